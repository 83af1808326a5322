//! A target: the zone or conduit that gets an SL-T and answers.

use std::fmt;
use std::str::FromStr;

use super::id::{ConduitId, IdError, ZoneId, serde_as_text};

/// A zone or a conduit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A zone.
    Zone(ZoneId),
    /// A conduit.
    Conduit(ConduitId),
}

impl Target {
    /// The zone, if it is one.
    pub fn zone(self) -> Option<ZoneId> {
        match self {
            Self::Zone(id) => Some(id),
            Self::Conduit(_) => None,
        }
    }

    /// The conduit, if it is one.
    pub fn conduit(self) -> Option<ConduitId> {
        match self {
            Self::Zone(_) => None,
            Self::Conduit(id) => Some(id),
        }
    }

    /// "zone" or "conduit".
    pub fn kind(self) -> &'static str {
        match self {
            Self::Zone(_) => "zone",
            Self::Conduit(_) => "conduit",
        }
    }
}

impl From<ZoneId> for Target {
    fn from(id: ZoneId) -> Self {
        Self::Zone(id)
    }
}

impl From<ConduitId> for Target {
    fn from(id: ConduitId) -> Self {
        Self::Conduit(id)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zone(id) => id.fmt(f),
            Self::Conduit(id) => id.fmt(f),
        }
    }
}

impl FromStr for Target {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        text.parse().map(Self::Zone).or_else(|_: IdError| {
            text.parse().map(Self::Conduit).map_err(|_: IdError| IdError(text.to_owned(), "zone or conduit"))
        })
    }
}

serde_as_text!(Target);
