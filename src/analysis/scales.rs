//! What another risk matrix makes of the ratings that were given.

use super::derive::{Proposal, propose};
use super::priority::Factors;
use crate::edit::{Edit, Item};
use crate::model::*;

/// A risk whose level another matrix changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelChange {
    /// The risk.
    pub risk: RiskId,
    /// At which point in time.
    pub at: RatedAt,
    /// Its level as the matrix is.
    pub before: RiskLevel,
    /// Its level as it would be.
    pub after: RiskLevel,
}

/// A zone whose consequence on the scale of five another matrix changes, and with it what
/// counts: the urgency of gaps and the SL-T proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneChange {
    /// The zone.
    pub zone: ZoneId,
    /// Its worst consequence, 1 to 5, as the matrix is and as it would be.
    pub consequence: (u8, u8),
    /// The SL-T proposed for it, as the matrix is and as it would be.
    pub proposed: (SecurityLevel, SecurityLevel),
}

/// What becomes of ratings when the scales get another number of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GivenRatings {
    /// They keep their numbers; one beyond the new scale counts as its last step.
    Keep,
    /// They are spread linearly over the new scale, and rounded.
    #[default]
    Spread,
}

/// The risks whose level would change under another matrix, in the order of their tags.
pub fn level_changes(project: &Project, matrix: &RiskMatrix, given: GivenRatings) -> Vec<LevelChange> {
    let now = &project.settings.matrix;
    let mut risks: Vec<_> = project.risks.iter().collect();
    risks.sort_by_key(|(id, risk)| (&risk.tag, *id));
    let changes = risks.into_iter().flat_map(|(id, risk)| {
        let then = respread(risk, now, matrix, given);
        RatedAt::ALL.iter().filter_map(move |&at| {
            let (before, after) = (risk.level(at, now)?, then.level(at, matrix)?);
            (before != after).then_some(LevelChange { risk: id, at, before, after })
        })
    });
    changes.collect()
}

/// The zones whose consequence of five would change under another matrix, in the order of their tags.
pub fn zone_changes(project: &Project, factors: &Factors, matrix: &RiskMatrix, given: GivenRatings) -> Vec<ZoneChange> {
    let mut then = project.clone();
    if change_matrix(project, matrix, given).apply(&mut then).is_err() {
        return Vec::new();
    }
    let factors_then = factors.with_consequences_of(&then);
    let mut zones: Vec<_> = project.zones.iter().map(|(id, zone)| (&zone.tag, id)).collect();
    zones.sort();
    let changes = zones.into_iter().filter_map(|(_, zone)| {
        let target = Target::Zone(zone);
        let (before, after) = (propose(project, factors, target), propose(&then, &factors_then, target));
        let level = |of: &Proposal| Fr::ALL.into_iter().map(|fr| of.levels[fr]).max().unwrap_or_default();
        let change = ZoneChange {
            zone,
            consequence: (before.consequence, after.consequence),
            proposed: (level(&before), level(&after)),
        };
        (before.consequence != after.consequence).then_some(change)
    });
    changes.collect()
}

/// Gives the project another matrix, as one step; with [`GivenRatings::Spread`] the ratings of
/// risks and zones, and what people estimated, go along.
pub fn change_matrix(project: &Project, matrix: &RiskMatrix, given: GivenRatings) -> Edit {
    let now = &project.settings.matrix;
    let settings = Settings { matrix: matrix.clone(), ..(*project.settings).clone() };
    let mut edits = vec![Edit::Settings(settings)];
    if given == GivenRatings::Spread {
        let zones = project.zones.iter().filter_map(|(id, zone)| {
            let consequence = zone.consequence?.spread(now.consequence.len(), matrix.consequence.len());
            let zone = Zone { consequence: Some(consequence), ..zone.clone() };
            (project.zones.get(id) != Some(&zone)).then_some(Edit::Put(Item::Zone(id, zone)))
        });
        edits.extend(zones);
        let risks = project.risks.iter().filter_map(|(id, risk)| {
            let then = respread(risk, now, matrix, given);
            (*risk != then).then_some(Edit::Put(Item::Risk(id, then)))
        });
        edits.extend(risks);
    }
    Edit::Several("change risk matrix".to_owned(), edits)
}

fn respread(risk: &Risk, from: &RiskMatrix, to: &RiskMatrix, given: GivenRatings) -> Risk {
    let mut risk = risk.clone();
    if given == GivenRatings::Spread {
        for rating in risk.consequence_ratings_mut() {
            *rating = rating.spread(from.consequence.len(), to.consequence.len());
        }
        for rating in risk.likelihood_ratings_mut() {
            *rating = rating.spread(from.likelihood.len(), to.likelihood.len());
        }
    }
    risk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |zone| zone.consequence = Rating::new(5));
        let plant = plant.risk("R-01", |risk| {
            risk.consequences.safety = Rating::new(5);
            (risk.unmitigated, risk.current) = (Rating::new(3), Rating::new(2));
            risk.estimates = vec![Estimate { likelihood: Rating::new(4), ..Estimate::default() }];
        });
        plant.risk("R-02", |risk| {
            risk.stage = AssessmentStage::Initial;
            risk.consequences.finance = Rating::new(3);
        })
    }

    #[test]
    fn ratings_given_go_along_with_the_scale_in_one_step() {
        let project = plant().project;
        let matrix = project.settings.matrix.with_steps(3, 3);
        let mut history = crate::history::History::new(project.clone());
        assert_eq!(history.apply(&change_matrix(&project, &matrix, GivenRatings::Spread)), Ok(true));
        let then = history.current();
        let risk = then.risks.get(RiskId::derived_from("R-01")).unwrap();
        let number = |rating: Option<Rating>| rating.map(Rating::number);
        assert_eq!(number(risk.consequences.safety), Some(3));
        assert_eq!((number(risk.unmitigated), number(risk.current)), (Some(2), Some(2)));
        assert_eq!(number(risk.estimates[0].likelihood), Some(3));
        let zone = then.zones.get(ZoneId::derived_from("Z-1")).unwrap();
        assert_eq!(number(zone.consequence), Some(3));
        history.undo().unwrap();
        assert_eq!(history.current(), &project);
    }

    #[test]
    fn what_would_change_is_told_before() {
        let project = plant().project;
        assert!(level_changes(&project, &project.settings.matrix, GivenRatings::Keep).is_empty());
        let steeper = {
            let (five, three) = (Rating::new(5).unwrap(), Rating::new(3).unwrap());
            project.settings.matrix.clone().with_level(five, three, RiskLevel::Critical)
        };
        let changes = level_changes(&project, &steeper, GivenRatings::Keep);
        let expected = LevelChange {
            risk: RiskId::derived_from("R-01"),
            at: RatedAt::Unmitigated,
            before: RiskLevel::High,
            after: RiskLevel::Critical,
        };
        assert_eq!(changes, [expected]);
        let smaller = project.settings.matrix.with_steps(3, 3);
        let kept = level_changes(&project, &smaller, GivenRatings::Keep);
        assert!(kept.len() > level_changes(&project, &smaller, GivenRatings::Spread).len(), "{kept:?}");
    }

    #[test]
    fn zones_whose_consequence_moves_are_told_before() {
        let plant = Fixture::new().zone("Z-2", |zone| zone.consequence = Rating::new(4)).zone("Z-1", |_| ());
        let (plant, factors) = (plant.project.clone(), plant.analyse().factors);
        let changes = |steps, given| zone_changes(&plant, &factors, &plant.settings.matrix.with_steps(steps, 5), given);
        let found = changes(3, GivenRatings::Spread);
        assert_eq!(found.len(), 1, "a zone that nobody rated stays: {found:?}");
        assert_eq!((found[0].zone, found[0].consequence), (ZoneId::derived_from("Z-2"), (4, 5)));
        assert!(found[0].proposed.0 < found[0].proposed.1, "{found:?}");
        assert_eq!(changes(3, GivenRatings::Keep).len(), 1, "4 is beyond three steps and counts as the last");
        assert_eq!(changes(5, GivenRatings::Spread), []);
    }

    #[test]
    fn ratings_that_are_kept_stay_as_they_are() {
        let project = plant().project;
        let matrix = project.settings.matrix.with_steps(3, 3);
        let mut kept = project.clone();
        change_matrix(&project, &matrix, GivenRatings::Keep).apply(&mut kept).unwrap();
        assert!(kept.risks.same(&project.risks) && kept.zones.same(&project.zones));
        assert_eq!(kept.settings.matrix, matrix);
    }
}
