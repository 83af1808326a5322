//! How far apart several people estimated.

use crate::model::{Estimate, RatedAt, Rating, Risk};

/// How estimates lie on a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Every estimate, the least first.
    pub all: Vec<Rating>,
    /// The least.
    pub least: Rating,
    /// The greatest.
    pub most: Rating,
    /// The one in the middle; of two the greater, to be on the safe side.
    pub middle: Rating,
}

impl Spread {
    /// How these lie; `None` where there are none.
    pub fn of(estimates: impl IntoIterator<Item = Option<Rating>>) -> Option<Self> {
        let mut all: Vec<Rating> = estimates.into_iter().flatten().collect();
        all.sort();
        let (&least, &most) = (all.first()?, all.last()?);
        let middle = all.get(all.len() / 2).copied().unwrap_or(most);
        Some(Self { all, least, most, middle })
    }

    /// How many steps the furthest are apart.
    pub fn width(&self) -> u8 {
        self.most.number() - self.least.number()
    }

    /// From the least to the greatest, such as "2–4".
    pub fn range(&self) -> String {
        if self.width() == 0 { self.least.to_string() } else { format!("{}–{}", self.least, self.most) }
    }

    /// What that means for the room.
    pub fn said(&self) -> String {
        match (self.all.len(), self.width()) {
            (1, _) => "one estimate".to_owned(),
            (_, 0) => "all agree".to_owned(),
            (_, 1) => "one step apart".to_owned(),
            (_, steps) => format!("{steps} steps apart: hear the reasons"),
        }
    }
}

/// The estimates of a scenario at a point in time, each with its place among all of them.
pub fn at(risk: &Risk, at: RatedAt) -> impl Iterator<Item = (usize, &Estimate)> {
    risk.estimates.iter().enumerate().filter(move |(_, it)| it.at == at)
}

/// Whether those at a point in time are kept from the room until all are shown.
pub fn are_hidden(risk: &Risk, at: RatedAt) -> bool {
    self::at(risk, at).any(|(_, it)| it.hidden)
}

/// Whether one that is asked for now is kept from the others: not where theirs are shown already.
pub fn begins_hidden(risk: &Risk, at: RatedAt) -> bool {
    self::at(risk, at).next().is_none() || are_hidden(risk, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_hidden_until_all_is_shown() {
        let mut risk = Risk::default();
        let ask = |risk: &mut Risk| {
            let hidden = begins_hidden(risk, RatedAt::Current);
            risk.estimates.push(Estimate { at: RatedAt::Current, hidden, ..Estimate::default() });
        };
        assert!(!are_hidden(&risk, RatedAt::Current), "there is nothing to hide");
        ask(&mut risk);
        ask(&mut risk);
        assert!(are_hidden(&risk, RatedAt::Current) && !are_hidden(&risk, RatedAt::Residual));
        risk.estimates.iter_mut().for_each(|it| it.hidden = false);
        ask(&mut risk);
        assert!(!are_hidden(&risk, RatedAt::Current), "who comes late hides nothing again");
    }

    fn spread(numbers: &[u8]) -> Option<Spread> {
        Spread::of(numbers.iter().map(|&it| Rating::new(it)))
    }

    #[test]
    fn the_middle_is_on_the_safe_side() {
        let middle = |numbers: &[u8]| spread(numbers).map(|it| it.middle.number());
        assert_eq!(middle(&[]), None);
        assert_eq!(middle(&[0]), None, "who has not said does not count");
        assert_eq!(middle(&[2, 5, 3]), Some(3));
        assert_eq!(middle(&[2, 3]), Some(3));
    }

    #[test]
    fn it_ranges_from_the_least_to_the_greatest() {
        let range = |numbers: &[u8]| spread(numbers).map(|it| it.range()).unwrap_or_default();
        assert_eq!((range(&[3, 5, 4]), range(&[2, 2])), ("3–5".to_owned(), "2".to_owned()));
    }

    #[test]
    fn it_says_how_far_people_are_apart() {
        let said = |numbers: &[u8]| spread(numbers).map(|it| it.said()).unwrap_or_default();
        assert_eq!(said(&[4, 4, 0, 4]), "all agree");
        assert_eq!(said(&[3, 4]), "one step apart");
        assert_eq!(said(&[1, 4, 3]), "3 steps apart: hear the reasons");
    }
}
