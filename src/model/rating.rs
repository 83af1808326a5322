//! Ratings of consequence and likelihood, and the matrix that turns them into risk.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use super::record::choices;

/// A step of a rating scale, 1 (least) to 6 (most); the project's matrix says how many steps it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

impl Rating {
    /// The step with this number, 1 to 6.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= 6 { Some(Self(number)) } else { None }
    }

    /// 1 to 6.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Rating {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Rating {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Self::new(number).ok_or_else(|| serde::de::Error::custom(format!("{number} is not a rating: 1 to 6")))
    }
}

choices! {
    /// How high a risk is.
    RiskLevel: "a risk level" {
        /// Nothing to do beyond good practice.
        #[default]
        Low = "low",
        /// To be lowered where it is reasonable.
        Medium = "medium",
        /// To be lowered.
        High = "high",
        /// Not to be lived with.
        Critical = "critical",
    }
}

/// The project's risk matrix: its scales' words, a risk level per cell, and the tolerable line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskMatrix {
    /// Words for the consequence scale, least first; as many as the scale has steps (3 to 6).
    pub consequence: Vec<String>,
    /// Words for the likelihood scale, least first; as many as the scale has steps (3 to 6).
    pub likelihood: Vec<String>,
    /// Risk by likelihood (outer) and consequence (inner), least first.
    pub levels: Vec<Vec<RiskLevel>>,
    /// The highest risk that may stay without an acceptance.
    pub tolerable: RiskLevel,
}

impl Default for RiskMatrix {
    fn default() -> Self {
        let words = |words: [&str; 5]| words.map(str::to_owned).to_vec();
        let level = |product: usize| match product {
            0..=4 => RiskLevel::Low,
            5..=9 => RiskLevel::Medium,
            10..=16 => RiskLevel::High,
            _ => RiskLevel::Critical,
        };
        Self {
            consequence: words(["Negligible", "Minor", "Serious", "Severe", "Catastrophic"]),
            likelihood: words(["Remote", "Unlikely", "Possible", "Likely", "Almost certain"]),
            levels: (1..=5)
                .map(|likelihood| (1..=5).map(|consequence| level(likelihood * consequence)).collect())
                .collect(),
            tolerable: RiskLevel::Medium,
        }
    }
}

impl RiskMatrix {
    /// The risk of a cell; a rating beyond the scale counts as its last step.
    pub fn level(&self, consequence: Rating, likelihood: Rating) -> RiskLevel {
        let step = |rating: Rating, steps: usize| usize::from(rating.number()).min(steps).saturating_sub(1);
        self.levels
            .get(step(likelihood, self.levels.len()))
            .and_then(|row| row.get(step(consequence, row.len())))
            .copied()
            .unwrap_or_default()
    }

    /// A consequence of this matrix on the scale of 1 to 5 that priorities use:
    /// the ends stay the ends, the steps between are spread evenly and rounded.
    pub fn consequence_of_five(&self, consequence: Rating) -> u8 {
        let steps = self.consequence.len().clamp(2, 6) as u32;
        let step = u32::from(consequence.number()).min(steps);
        // 1 + round(4 (step - 1) / (steps - 1)), in whole numbers
        let spread = (8 * (step - 1) + steps - 1) / (2 * (steps - 1));
        1 + spread.min(4) as u8
    }

    /// Whether its scales have 3 to 6 steps and each cell a level.
    pub fn is_complete(&self) -> bool {
        let fits = |steps: usize| (3..=6).contains(&steps);
        fits(self.consequence.len())
            && fits(self.likelihood.len())
            && self.levels.len() == self.likelihood.len()
            && self.levels.iter().all(|row| row.len() == self.consequence.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_five(steps: usize) -> Vec<u8> {
        let matrix = RiskMatrix { consequence: vec![String::new(); steps], ..RiskMatrix::default() };
        (1..=steps as u8).map(|number| matrix.consequence_of_five(Rating(number))).collect()
    }

    #[test]
    fn consequences_of_other_scales_are_spread_over_five() {
        assert_eq!(of_five(5), [1, 2, 3, 4, 5]);
        assert_eq!(of_five(3), [1, 3, 5]);
        assert_eq!(of_five(4), [1, 2, 4, 5]);
        assert_eq!(of_five(6), [1, 2, 3, 3, 4, 5]);
    }

    #[test]
    fn the_default_matrix_rises_with_both_scales() {
        let matrix = RiskMatrix::default();
        assert!(matrix.is_complete());
        assert_eq!(matrix.level(Rating(1), Rating(1)), RiskLevel::Low);
        assert_eq!(matrix.level(Rating(5), Rating(5)), RiskLevel::Critical);
        for step in 1..5 {
            let lower = matrix.level(Rating(3), Rating(step));
            assert!(lower <= matrix.level(Rating(3), Rating(step + 1)));
        }
    }
}
