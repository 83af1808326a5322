//! Security levels, foundational requirements, and vectors of one value per FR.

use std::fmt;
use std::ops::{Index, IndexMut};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::serde_as_text;

/// A security level, 0 to 4 (IEC 62443-3-3, Annex A; 1-1 for the meaning).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecurityLevel(u8);

impl SecurityLevel {
    /// No particular protection.
    pub const ZERO: Self = Self(0);
    /// The highest level.
    pub const MAX: Self = Self(4);
    /// All five levels, lowest first.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// The level with this number, if there is one.
    pub const fn new(number: u8) -> Option<Self> {
        if number <= 4 { Some(Self(number)) } else { None }
    }

    /// 0 to 4.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// One level up, and never above 4.
    pub const fn next(self) -> Self {
        if self.0 < 4 { Self(self.0 + 1) } else { self }
    }

    /// How many levels this lies above `other`; 0 where it does not.
    pub const fn above(self, other: Self) -> u8 {
        self.0.saturating_sub(other.0)
    }
}

impl fmt::Display for SecurityLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for SecurityLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for SecurityLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Self::new(number).ok_or_else(|| serde::de::Error::custom(format!("{number} is not a security level: 0 to 4")))
    }
}

/// The seven foundational requirements of IEC 62443.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum FoundationalRequirement {
    /// FR 1, identification and authentication control.
    Iac = 1,
    /// FR 2, use control.
    Uc,
    /// FR 3, system integrity.
    Si,
    /// FR 4, data confidentiality.
    Dc,
    /// FR 5, restricted data flow.
    Rdf,
    /// FR 6, timely response to events.
    Tre,
    /// FR 7, resource availability.
    Ra,
}

/// Short for [`FoundationalRequirement`].
pub type Fr = FoundationalRequirement;

impl FoundationalRequirement {
    /// All seven in order.
    pub const ALL: [Self; 7] = [Self::Iac, Self::Uc, Self::Si, Self::Dc, Self::Rdf, Self::Tre, Self::Ra];

    /// The FR with this number, 1 to 7.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|fr| fr.number() == number)
    }

    /// 1 to 7.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// 0 to 6: its place in a row of seven.
    pub const fn index(self) -> usize {
        self as usize - 1
    }

    /// The usual abbreviation, such as "IAC".
    pub const fn code(self) -> &'static str {
        match self {
            Self::Iac => "IAC",
            Self::Uc => "UC",
            Self::Si => "SI",
            Self::Dc => "DC",
            Self::Rdf => "RDF",
            Self::Tre => "TRE",
            Self::Ra => "RA",
        }
    }

    /// The name in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iac => "Identification and authentication control",
            Self::Uc => "Use control",
            Self::Si => "System integrity",
            Self::Dc => "Data confidentiality",
            Self::Rdf => "Restricted data flow",
            Self::Tre => "Timely response to events",
            Self::Ra => "Resource availability",
        }
    }
}

impl fmt::Display for FoundationalRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FR {}", self.number())
    }
}

impl FromStr for FoundationalRequirement {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.strip_prefix("FR ")
            .and_then(|number| number.parse().ok())
            .and_then(Self::from_number)
            .ok_or_else(|| format!("\"{text}\" is not a foundational requirement: FR 1 to FR 7"))
    }
}

serde_as_text!(FoundationalRequirement);

/// One value for each FR, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PerFr<T>([T; 7]);

impl<T> PerFr<T> {
    /// Works out the value of each FR.
    pub fn from_fn(value: impl FnMut(Fr) -> T) -> Self {
        Self(Fr::ALL.map(value))
    }

    /// FR and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Fr, &T)> {
        Fr::ALL.into_iter().zip(&self.0)
    }

    /// The same seven, each turned into something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> PerFr<U> {
        PerFr(self.0.map(change))
    }
}

impl<T> Index<Fr> for PerFr<T> {
    type Output = T;
    fn index(&self, fr: Fr) -> &T {
        let [iac, uc, si, dc, rdf, tre, ra] = &self.0;
        match fr {
            Fr::Iac => iac,
            Fr::Uc => uc,
            Fr::Si => si,
            Fr::Dc => dc,
            Fr::Rdf => rdf,
            Fr::Tre => tre,
            Fr::Ra => ra,
        }
    }
}

impl<T> IndexMut<Fr> for PerFr<T> {
    fn index_mut(&mut self, fr: Fr) -> &mut T {
        let [iac, uc, si, dc, rdf, tre, ra] = &mut self.0;
        match fr {
            Fr::Iac => iac,
            Fr::Uc => uc,
            Fr::Si => si,
            Fr::Dc => dc,
            Fr::Rdf => rdf,
            Fr::Tre => tre,
            Fr::Ra => ra,
        }
    }
}

/// Seven levels, one per FR. Written `{3,3,2,2,3,2,2}` for people ([`Display`](fmt::Display)
/// with `#`) and `3-3-2-2-3-2-2` in files and tables.
pub type SlVector = PerFr<SecurityLevel>;

impl SlVector {
    /// The same level for each FR.
    pub fn uniform(level: SecurityLevel) -> Self {
        Self([level; 7])
    }

    /// The highest of the seven.
    pub fn highest(&self) -> SecurityLevel {
        self.0.into_iter().max().unwrap_or_default()
    }
}

impl fmt::Display for SlVector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if f.alternate() { "," } else { "-" };
        let digits = self.0.map(|level| level.to_string()).join(separator);
        if f.alternate() { write!(f, "{{{digits}}}") } else { f.write_str(&digits) }
    }
}

impl FromStr for SlVector {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let bare = text.trim().trim_start_matches('{').trim_end_matches('}');
        let levels: Option<Vec<SecurityLevel>> =
            bare.split(['-', ',']).map(|digit| SecurityLevel::new(digit.trim().parse().ok()?)).collect();
        levels
            .and_then(|levels| levels.try_into().ok())
            .map(Self)
            .ok_or_else(|| format!("\"{text}\" is not seven levels 0 to 4 with dashes between, as in 3-3-2-2-3-2-2"))
    }
}

serde_as_text!(SlVector);

/// Seven levels as found by the analysis; `None` where no requirement is in scope.
pub type LevelVector = PerFr<Option<SecurityLevel>>;

impl Serialize for LevelVector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl LevelVector {
    /// The lowest of the levels there are.
    pub fn lowest(&self) -> Option<SecurityLevel> {
        self.0.into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_written_for_people_and_for_files() {
        let vector: SlVector = "3-3-2-2-3-2-2".parse().unwrap();
        assert_eq!(format!("{vector:#}"), "{3,3,2,2,3,2,2}");
        assert_eq!(vector.to_string(), "3-3-2-2-3-2-2");
        assert_eq!("{3,3,2,2,3,2,2}".parse(), Ok(vector));
    }

    #[test]
    fn a_vector_needs_seven_levels_of_0_to_4() {
        for wrong in ["", "3-3-2", "3-3-2-2-3-2-5", "3-3-2-2-3-2-2-1", "a-b-c-d-e-f-g"] {
            assert!(wrong.parse::<SlVector>().is_err(), "{wrong}");
        }
    }
}
