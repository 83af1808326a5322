//! The number of a requirement of IEC 62443-3-3, and what is written "Z-CTRL/SR 1.1".

use std::fmt;
use std::str::FromStr;

use super::id::serde_as_text;
use super::level::Fr;
use super::target::Target;

/// An SR or RE by its number, such as "SR 1.1 RE 2". Ordered as the standard
/// orders them. Whether it exists is for the catalogue to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId {
    fr: u8,
    sr: u8,
    re: u8,
}

impl RequirementId {
    /// The FR it belongs to.
    pub fn fr(self) -> Fr {
        Fr::from_number(self.fr).unwrap_or(Fr::Iac)
    }

    /// The SR it belongs to; an SR belongs to itself.
    pub fn sr(self) -> Self {
        Self { re: 0, ..self }
    }

    /// Whether it is an SR and no RE.
    pub fn is_sr(self) -> bool {
        self.re == 0
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SR {}.{}", self.fr, self.sr)?;
        if self.re > 0 { write!(f, " RE {}", self.re) } else { Ok(()) }
    }
}

impl FromStr for RequirementId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let rest = text.trim().strip_prefix("SR ")?;
            let (number, re) = match rest.split_once(" RE ") {
                Some((number, re)) => (number, re.parse().ok().filter(|&re| re > 0)?),
                None => (rest, 0),
            };
            let (fr, sr) = number.split_once('.')?;
            let id = Self { fr: fr.parse().ok()?, sr: sr.parse().ok()?, re };
            Fr::from_number(id.fr).map(|_| id)
        };
        parse().ok_or_else(|| format!("\"{text}\" is not a requirement such as \"SR 1.1\" or \"SR 1.1 RE 1\""))
    }
}

serde_as_text!(RequirementId);

/// A target and a requirement: where an answer stands, and what a gap is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GapKey {
    /// The zone or conduit.
    pub target: Target,
    /// The SR or RE.
    pub requirement: RequirementId,
}

impl fmt::Display for GapKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.target, self.requirement)
    }
}

impl FromStr for GapKey {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (target, requirement) =
            text.split_once('/').ok_or_else(|| format!("\"{text}\" is not a target/requirement pair"))?;
        Ok(Self { target: target.parse().map_err(|error| format!("{error}"))?, requirement: requirement.parse()? })
    }
}

serde_as_text!(GapKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_reads_as_the_standard_numbers_it() {
        for text in ["SR 1.1", "SR 1.13 RE 1", "SR 7.8"] {
            assert_eq!(text.parse::<RequirementId>().unwrap().to_string(), text);
        }
        for wrong in ["", "SR", "SR 8.1", "SR 1", "SR 1.1 RE 0", "RE 1", "SR 1.x"] {
            assert!(wrong.parse::<RequirementId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn requirements_are_ordered_by_number_not_by_letter() {
        let id = |text: &str| text.parse::<RequirementId>().unwrap();
        assert!(id("SR 1.2") < id("SR 1.10"));
        assert!(id("SR 1.9 RE 1") < id("SR 1.10"));
    }
}
