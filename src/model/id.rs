//! Typed ids: short, random, never reused.
//!
//! An id is 50 random bits, written as a letter for its kind and ten characters
//! of Crockford's base 32, so that two copies of a file edited apart can be
//! merged and a human can tell `z-7kq2m9x4tb` (a zone) from `c-01hzt5w8rn` (a conduit).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: usize = 10;
const MASK: u64 = (1 << (5 * DIGITS)) - 1;
/// As far ids that are given in a row lie apart at most: a million of them have room.
const STEP: u64 = 1 << 28;

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an id of a {1}")]
pub struct IdError(pub String, pub &'static str);

fn encode(prefix: char, bits: u64) -> String {
    let mut text = String::with_capacity(DIGITS + 2);
    text.push(prefix);
    text.push('-');
    for place in (0..DIGITS).rev() {
        let digit = (bits >> (5 * place)) & 31;
        text.extend(ALPHABET.get(digit as usize).copied().map(char::from));
    }
    text
}

fn decode(prefix: char, text: &str) -> Option<u64> {
    let digits = text.strip_prefix(prefix)?.strip_prefix('-')?;
    if digits.len() != DIGITS {
        return None;
    }
    digits.bytes().try_fold(0, |bits, byte| {
        let digit = ALPHABET.iter().position(|&known| known == byte)?;
        Some((bits << 5) | digit as u64)
    })
}

/// What every typed id can do; implemented by the id types of this module only.
pub trait Id: Copy + Ord + std::hash::Hash + fmt::Display + 'static {
    /// A new id from the system's randomness.
    fn random() -> Self;
    /// A new id that stands after `last` in order, which was made so too, or begins such a row. What is built or copied
    /// at once gets its ids so, for then whatever goes by their order, such as a tie among routes, falls the same way
    /// each time.
    fn after(last: Option<Self>) -> Self;
    /// The id that belongs to `name` (a tag, usually): the same name always gives
    /// the same id, so that tables imported twice agree.
    fn derived_from(name: &str) -> Self;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl Id for $name {
            fn random() -> Self {
                Self(fastrand::u64(..) & MASK)
            }

            fn after(last: Option<Self>) -> Self {
                Self(last.map_or_else(|| fastrand::u64(..=MASK / 2), |Self(bits)| (bits + fastrand::u64(1..=STEP)) & MASK))
            }

            fn derived_from(name: &str) -> Self {
                let digest = Sha256::digest(format!("{}:{name}", $prefix));
                let bits = digest.iter().take(8).fold(0, |bits, &byte| (bits << 8) | u64::from(byte));
                Self(bits & MASK)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&encode($prefix, self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                decode($prefix, text).map(Self).ok_or_else(|| IdError(text.to_owned(), $what))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                from_text(deserializer)
            }
        }
    )*};
}

ids! {
    /// Names a zone.
    ZoneId = 'z', "zone";
    /// Names a conduit.
    ConduitId = 'c', "conduit";
    /// Names an asset.
    AssetId = 'a', "asset";
    /// Names a declared flow.
    FlowId = 'f', "flow";
    /// Names a piece of evidence.
    EvidenceId = 'e', "piece of evidence";
    /// Names a risk scenario.
    RiskId = 'r', "risk scenario";
    /// Names an action of the plan.
    ActionId = 't', "action";
    /// Names an acceptance of residual risk.
    AcceptanceId = 'k', "acceptance";
    /// Names a vendor's way in.
    VendorAccessId = 'v', "vendor access";
    /// Names a vulnerability exception.
    ExceptionId = 'x', "vulnerability exception";
    /// Names a finding written by hand.
    ManualFindingId = 'n', "manual finding";
    /// Names an organisational measure.
    MeasureId = 'm', "organisational measure";
    /// Names a workshop.
    WorkshopId = 's', "workshop";
    /// Names a baseline.
    BaselineId = 'b', "baseline";
    /// Names a note on the canvas.
    NoteId = 'w', "note";
    /// Names a view of the diagram.
    ViewId = 'y', "view";
}

/// Reads any type that has a text form from that text.
pub(crate) fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: fmt::Display,
{
    struct Text<T>(std::marker::PhantomData<T>);
    impl<T> serde::de::Visitor<'_> for Text<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text(std::marker::PhantomData))
}

/// Gives a type with `Display` and `FromStr` the same text form in files.
macro_rules! serde_as_text {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::id::from_text(deserializer)
            }
        }
    };
}
pub(crate) use serde_as_text;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        for _ in 0..100 {
            let id = ZoneId::random();
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().len(), 12);
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let conduit = ConduitId::random().to_string();
        assert!(conduit.parse::<ZoneId>().is_err());
        assert!("z-".parse::<ZoneId>().is_err());
        assert!("z-iiiiiiiiii".parse::<ZoneId>().is_err());
    }

    #[test]
    fn the_same_name_gives_the_same_id() {
        assert_eq!(ZoneId::derived_from("Z-CTRL"), ZoneId::derived_from("Z-CTRL"));
        assert_ne!(ZoneId::derived_from("Z-CTRL"), ZoneId::derived_from("Z-SIS"));
    }

    #[test]
    fn ids_given_in_a_row_keep_its_order() {
        let row = std::iter::successors(Some(ZoneId::after(None)), |last| Some(ZoneId::after(Some(*last))));
        assert!(row.take(1000).is_sorted_by(|one, next| one < next));
        assert_ne!(ZoneId::after(None), ZoneId::after(None), "and begins elsewhere each time");
    }
}
