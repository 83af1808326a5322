//! Rating a scenario by hand: what a place on the risk matrix comes to, as a change of its ratings.

use crate::edit::{Edit, Item};
use crate::model::{Consequences, Project, RatedAt, Rating, Risk, RiskId, RiskMatrix};

/// Where a scenario is put: a step of the consequence, a step of the likelihood, or of both.
/// What is `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// How bad.
    pub consequence: Option<Rating>,
    /// How likely.
    pub likelihood: Option<Rating>,
}

/// A scenario in another place: the change, and what it did in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// The scenario with its new ratings.
    pub risk: Risk,
    /// What changed, such as "R-04 today, likelihood Possible → Likely: high".
    pub said: String,
}

impl Rated {
    /// The change as one step.
    pub fn edit(self, id: RiskId) -> Edit {
        let name = format!("rate risk {}", self.risk.tag);
        Edit::Put(Item::Risk(id, self.risk)).named(name)
    }
}

/// A point in time as people say it.
pub const fn moment(at: RatedAt) -> &'static str {
    match at {
        RatedAt::Unmitigated => "unmitigated",
        RatedAt::Current => "today",
        RatedAt::Residual => "after the plan",
    }
}

/// How bad a scenario is at a point in time, as far as that is known.
pub fn consequence(risk: &Risk, at: RatedAt) -> Option<Rating> {
    match at {
        RatedAt::Unmitigated => risk.consequences.worst(),
        RatedAt::Current => risk.current_consequence.or(risk.consequences.worst()),
        RatedAt::Residual => risk.residual_consequence.or_else(|| consequence(risk, RatedAt::Current)),
    }
}

/// How likely a scenario is at a point in time, as far as that is known.
pub fn likelihood(risk: &Risk, at: RatedAt) -> Option<Rating> {
    match at {
        RatedAt::Unmitigated => risk.unmitigated,
        RatedAt::Current => risk.current,
        RatedAt::Residual => risk.residual,
    }
}

/// The categories of which it must be said which one a move means, the likeliest first: when the
/// consequence with nothing against it rises and not just one is rated. None where it is plain.
pub fn asks_category(risk: &Risk, at: RatedAt, consequence: Option<Rating>) -> Vec<usize> {
    let rises = consequence > risk.consequences.worst();
    let rated = risk.consequences.ratings().iter().flatten().count();
    if at == RatedAt::Unmitigated && rises && rated != 1 { worst_first(risk) } else { Vec::new() }
}

/// All categories, the worst first, and of those that nobody rated the plant's own work.
fn worst_first(risk: &Risk) -> Vec<usize> {
    let ratings = risk.consequences.ratings();
    let mut all: Vec<usize> = (0..ratings.len()).collect();
    all.sort_by_key(|&it| (std::cmp::Reverse(ratings.get(it).copied().flatten()), it != OPERATIONS));
    all
}

/// The place of operations in [`Consequences::CATEGORIES`].
const OPERATIONS: usize = 2;

/// Puts a scenario into a place at a point in time. With nothing against it the consequence is
/// that of its categories: `category` rises, or else the worst one; what is worse than the place
/// comes down to it. Later it is what countermeasures leave of that. `None` where nothing changes.
pub fn put(matrix: &RiskMatrix, risk: &Risk, at: RatedAt, to: Place, category: Option<usize>) -> Option<Rated> {
    let mut rated = risk.clone();
    let mut said = Vec::new();
    let step = |words: &[String], step: Option<Rating>| step.map_or("not rated".to_owned(), |it| name(words, it));
    if let Some(to) = to.consequence.filter(|it| Some(*it) != consequence(risk, at)) {
        let mut from = step(&matrix.consequence, consequence(risk, at));
        let what = match at {
            RatedAt::Unmitigated => {
                let rises = consequence(risk, at).is_none_or(|it| it < to);
                let (what, chosen) = put_categories(&mut rated, to, category);
                if rises {
                    // from where this one was, whichever was the worst
                    from = step(&matrix.consequence, risk.consequences.ratings().get(chosen).copied().flatten());
                }
                if rises { format!("{what} raised,") } else { what }
            }
            RatedAt::Current => {
                rated.current_consequence = (risk.consequences.worst() != Some(to)).then_some(to);
                "consequence".to_owned()
            }
            RatedAt::Residual => {
                rated.residual_consequence = (consequence(risk, RatedAt::Current) != Some(to)).then_some(to);
                "consequence".to_owned()
            }
        };
        said.push(format!("{what} {from} → {}", name(&matrix.consequence, to)));
    }
    if let Some(to) = to.likelihood.filter(|it| Some(*it) != likelihood(risk, at)) {
        let from = step(&matrix.likelihood, likelihood(risk, at));
        *likelihood_mut(&mut rated, at) = Some(to);
        said.push(format!("likelihood {from} → {}", name(&matrix.likelihood, to)));
    }
    if rated == *risk {
        return None;
    }
    let level = rated.level(at, matrix).map(|it| format!(": {}", matrix.level_word(it))).unwrap_or_default();
    let said = format!("{} {}, {}{level}", risk.tag, moment(at), said.join(", "));
    Some(Rated { risk: rated, said })
}

/// Takes a scenario off the matrix at a point in time: its likelihood is open again.
pub fn take_off(risk: &Risk, at: RatedAt) -> Option<Rated> {
    let mut rated = risk.clone();
    *likelihood_mut(&mut rated, at) = None;
    let said = format!("{} {}, likelihood not rated", risk.tag, moment(at));
    (rated != *risk).then_some(Rated { risk: rated, said })
}

/// The place so many steps to the right and up; what is not rated yet begins in the middle.
pub fn step(matrix: &RiskMatrix, risk: &Risk, at: RatedAt, right: i32, up: i32) -> Place {
    let moved = |rating: Option<Rating>, steps: usize, by: i32| {
        let steps = i32::try_from(steps).unwrap_or(6);
        let number = rating.map_or((steps + 1) / 2, |it| i32::from(it.number()).min(steps) + by);
        u8::try_from(number.clamp(1, steps)).ok().and_then(Rating::new)
    };
    let is_placed = risk.rating(at).is_some();
    Place {
        consequence: (right != 0 || !is_placed)
            .then(|| moved(consequence(risk, at), matrix.consequence.len(), if is_placed { right } else { 0 }))
            .flatten(),
        likelihood: (up != 0 || !is_placed)
            .then(|| moved(likelihood(risk, at), matrix.likelihood.len(), if is_placed { up } else { 0 }))
            .flatten(),
    }
}

/// A copy under the next free tag.
pub fn copied(project: &Project, id: RiskId) -> Option<Risk> {
    let first = project.risks.get(id)?;
    let tag = crate::edit::next_tag(stem(&first.tag), project.risks.values().map(|it| &it.tag));
    Some(Risk { tag, title: format!("{} (copy)", first.title), estimates: Vec::new(), ..first.clone() })
}

/// A tag without the figures at its end.
fn stem(tag: &str) -> &str {
    tag.trim_end_matches(|it: char| it.is_ascii_digit())
}

/// The words of a step, with its number where it has none.
pub fn name(words: &[String], step: Rating) -> String {
    let place = usize::from(step.number()).min(words.len()).saturating_sub(1);
    words.get(place).filter(|it| !it.trim().is_empty()).cloned().unwrap_or_else(|| step.to_string())
}

fn likelihood_mut(risk: &mut Risk, at: RatedAt) -> &mut Option<Rating> {
    match at {
        RatedAt::Unmitigated => &mut risk.unmitigated,
        RatedAt::Current => &mut risk.current,
        RatedAt::Residual => &mut risk.residual,
    }
}

/// Makes this the worst of the categories; says which ones changed, and which one would rise.
fn put_categories(risk: &mut Risk, to: Rating, category: Option<usize>) -> (String, usize) {
    let rises = risk.consequences.worst().is_none_or(|worst| worst < to);
    let chosen = category.or_else(|| worst_first(risk).first().copied()).unwrap_or(OPERATIONS);
    let mut changed = Vec::new();
    for (place, rating) in risk.consequences.ratings_mut().into_iter().enumerate() {
        let is_meant = if rises { place == chosen } else { rating.is_some_and(|it| it > to) };
        if is_meant {
            *rating = Some(to);
            changed.push(Consequences::CATEGORIES.get(place).copied().unwrap_or_default());
        }
    }
    (changed.join(" and "), chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(number: u8) -> Option<Rating> {
        Rating::new(number)
    }

    fn risk() -> Risk {
        Risk {
            tag: "R-1".into(),
            consequences: Consequences { safety: rating(4), operations: rating(3), ..Consequences::default() },
            unmitigated: rating(4),
            current: rating(3),
            ..Risk::default()
        }
    }

    fn moved(risk: &Risk, at: RatedAt, consequence: u8, likelihood: u8) -> Rated {
        let to = Place { consequence: rating(consequence), likelihood: rating(likelihood) };
        put(&RiskMatrix::default(), risk, at, to, None).expect("it moves")
    }

    #[test]
    fn with_nothing_against_it_the_worst_category_rises() {
        let rated = moved(&risk(), RatedAt::Unmitigated, 5, 4);
        assert_eq!(rated.risk.consequences.ratings(), [rating(5), None, rating(3), None, None, None]);
        assert_eq!(rated.said, "R-1 unmitigated, safety raised, Severe → Catastrophic: critical");
    }

    #[test]
    fn the_category_that_is_meant_rises_alone() {
        let to = Place { consequence: rating(5), likelihood: None };
        let rated = put(&RiskMatrix::default(), &risk(), RatedAt::Unmitigated, to, Some(3)).unwrap();
        assert_eq!(rated.risk.consequences.ratings(), [rating(4), None, rating(3), rating(5), None, None]);
    }

    #[test]
    fn all_that_is_worse_comes_down_with_it() {
        let rated = moved(&risk(), RatedAt::Unmitigated, 2, 5);
        assert_eq!(rated.risk.consequences.ratings(), [rating(2), None, rating(2), None, None, None]);
        assert_eq!(rated.risk.rating(RatedAt::Unmitigated), rating(2).zip(rating(5)));
        assert_eq!(
            rated.said,
            "R-1 unmitigated, safety and operations Severe → Minor, likelihood Likely → Almost certain: high"
        );
    }

    #[test]
    fn later_countermeasures_lower_the_consequence_and_the_first_rating_stays() {
        let today = moved(&risk(), RatedAt::Current, 3, 2).risk;
        assert_eq!(today.consequences, risk().consequences);
        assert_eq!((today.current_consequence, today.current), (rating(3), rating(2)));
        let back = moved(&today, RatedAt::Current, 4, 2).risk;
        assert_eq!(back.current_consequence, None, "as bad as with nothing against it");
        let planned = moved(&today, RatedAt::Residual, 3, 1).risk;
        assert_eq!((planned.residual_consequence, planned.residual), (None, rating(1)), "as bad as today");
        assert_eq!(moved(&today, RatedAt::Residual, 2, 1).risk.residual_consequence, rating(2));
    }

    #[test]
    fn it_is_asked_which_category_rises_and_nothing_else() {
        assert_eq!(asks_category(&risk(), RatedAt::Unmitigated, rating(5)).first(), Some(&0));
        assert_eq!(asks_category(&Risk::default(), RatedAt::Unmitigated, rating(1)).first(), Some(&OPERATIONS));
        let alone = Risk { consequences: Consequences { finance: rating(2), ..Default::default() }, ..Risk::default() };
        assert!(asks_category(&alone, RatedAt::Unmitigated, rating(5)).is_empty(), "there is one only");
        for (at, consequence) in [(RatedAt::Unmitigated, 4), (RatedAt::Unmitigated, 1), (RatedAt::Current, 5)] {
            assert_eq!(asks_category(&risk(), at, rating(consequence)), Vec::<usize>::new());
        }
    }

    #[test]
    fn steps_stay_on_the_matrix_and_begin_in_its_middle() {
        let matrix = RiskMatrix::default();
        let place = |consequence, likelihood| Place { consequence, likelihood };
        assert_eq!(step(&matrix, &risk(), RatedAt::Unmitigated, 1, 0), place(rating(5), None));
        assert_eq!(step(&matrix, &risk(), RatedAt::Current, 0, -1), place(None, rating(2)));
        let edge = moved(&risk(), RatedAt::Unmitigated, 5, 5).risk;
        let stays = step(&matrix, &edge, RatedAt::Unmitigated, 1, 0);
        assert_eq!(put(&matrix, &edge, RatedAt::Unmitigated, stays, None), None);
        assert_eq!(step(&matrix, &risk(), RatedAt::Residual, 0, 1), place(rating(4), rating(3)));
        assert_eq!(step(&matrix, &Risk::default(), RatedAt::Current, 1, 0), place(rating(3), rating(3)));
    }

    #[test]
    fn what_is_taken_off_keeps_its_consequence() {
        let rated = take_off(&risk(), RatedAt::Current).unwrap().risk;
        assert_eq!(take_off(&rated, RatedAt::Current), None);
        assert_eq!((rated.current, rated.consequences), (None, risk().consequences));
    }
}
