//! The requirements of IEC 62443-3-2 by number.

use std::fmt;
use std::str::FromStr;

use super::id::serde_as_text;

/// A zone and conduit requirement of IEC 62443-3-2 by its number, such as "ZCR 3.2". Ordered
/// as the standard orders them. Whether it exists is for the catalogue to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZcrId {
    group: u8,
    number: u8,
}

impl ZcrId {
    /// The group that it belongs to, 1 to 7.
    pub const fn group(self) -> u8 {
        self.group
    }

    /// Its number within the group.
    pub const fn number(self) -> u8 {
        self.number
    }
}

impl fmt::Display for ZcrId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ZCR {}.{}", self.group, self.number)
    }
}

impl FromStr for ZcrId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (group, number) = text.trim().strip_prefix("ZCR ")?.split_once('.')?;
            let group = group.parse().ok().filter(|group| (1..=7).contains(group))?;
            Some(Self { group, number: number.parse().ok()? })
        };
        parse().ok_or_else(|| format!("\"{text}\" is not a requirement such as \"ZCR 3.2\""))
    }
}

serde_as_text!(ZcrId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_survives_its_text() {
        let id: ZcrId = "ZCR 5.13".parse().unwrap();
        assert_eq!((id.group(), id.to_string().as_str()), (5, "ZCR 5.13"));
        assert!("ZCR 3.2".parse::<ZcrId>().unwrap() < id);
        for wrong in ["ZCR 8.1", "ZCR 3", "SR 1.1", "ZCR 0.1", "ZCR 1.x"] {
            assert!(wrong.parse::<ZcrId>().is_err(), "{wrong}");
        }
    }
}
