//! Ratings of consequence and likelihood, and the matrix that turns them into risk.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use super::record::choices;

/// A step of a rating scale, 1 (least) to 6 (most); the project's matrix says how many steps it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rating(u8);

impl Rating {
    /// The last step that any scale has.
    pub const MOST: Self = Self(6);

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
impl Rating {
    /// The same on a scale with another number of steps: the ends stay the ends, the steps
    /// between are spread evenly and rounded. One beyond its scale counts as the last step.
    #[must_use]
    pub fn spread(self, from_steps: usize, to_steps: usize) -> Self {
        let (from, to) = (from_steps.clamp(2, 6) as u32, to_steps.clamp(2, 6) as u32);
        let step = u32::from(self.0).min(from) - 1;
        // 1 + round(step (to - 1) / (from - 1)), in whole numbers
        let spread = (2 * step * (to - 1) + from - 1) / (2 * (from - 1));
        Self(1 + spread.min(to - 1) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_spread_over_another_scale() {
        let spread =
            |from: u8, to| (1..=from).map(|it| Rating(it).spread(from.into(), to).number()).collect::<Vec<_>>();
        assert_eq!(spread(5, 3), [1, 2, 2, 3, 3]);
        assert_eq!(spread(3, 5), [1, 3, 5]);
        assert_eq!(spread(5, 6), [1, 2, 4, 5, 6]);
        assert_eq!(spread(4, 4), [1, 2, 3, 4]);
        assert_eq!(Rating(6).spread(4, 5).number(), 5, "beyond its scale");
    }
}
