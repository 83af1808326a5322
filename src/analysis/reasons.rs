//! The sentences that the program itself gives as reasons of an SL-T. Each names what it leans on,
//! so that it can be told when it holds no more.

use crate::model::{Fr, Project, SlVector, Target, TargetLevel};

const RULES: &str = "Proposed from ";
const AT_LEAST: &str = "At least as ";
const AT_LEAST_LOWER: &str = "At least the lower of ";
const LOWER: &str = "The lower of ";
const HIGHER: &str = "In each FR as the more demanding of ";
const SAME: &str = "As ";

/// How a target stands to the one that it has its SL-T from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// A conduit to the zone that asks for more.
    LeadsInto,
    /// A new DMZ to the conduit that is led through it.
    LeadsThrough,
    /// A new zone to the one that its assets stood in.
    PartedFrom,
}

impl As {
    const ALL: [Self; 3] = [Self::LeadsInto, Self::LeadsThrough, Self::PartedFrom];

    const fn words(self) -> &'static str {
        match self {
            Self::LeadsInto => ", which it leads into",
            Self::LeadsThrough => ", which leads through it, to be confirmed",
            Self::PartedFrom => ", which it was parted from, to be confirmed",
        }
    }
}

/// "As Z-1, which it leads into."
pub fn same_as(tag: &str, how: As) -> String {
    format!("{SAME}{tag}{}.", how.words())
}

/// "The lower of Z-1 and Z-2, to be confirmed."
pub(super) fn lower_of(one: &str, other: &str) -> String {
    format!("{LOWER}{one} and {other}{TO_CONFIRM}.")
}

/// "In each FR as the more demanding of Z-1 and Z-2."
pub fn higher_of(one: &str, other: &str) -> String {
    format!("{HIGHER}{one} and {other}.")
}

/// "At least as Z-1, which it lies in."
pub(super) fn at_least_around(tag: &str) -> String {
    format!("{AT_LEAST}{tag}{LIES_IN}.")
}

/// "At least the lower of Z-1 and Z-2, FR by FR."
pub(super) fn at_least_lower_of(one: &str, other: &str) -> String {
    format!("{AT_LEAST_LOWER}{one} and {other}{FR_BY_FR}.")
}

/// "Proposed from the worst consequence 4 and exploitability 2."
pub(super) fn from_rules(figures: &str) -> String {
    format!("{RULES}{figures}.")
}

const TO_CONFIRM: &str = ", to be confirmed";
const LIES_IN: &str = ", which it lies in";
const FR_BY_FR: &str = ", FR by FR";

/// What a sentence of the program says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence<'a> {
    /// The rules propose it.
    Rules,
    /// Others have it.
    Others {
        /// How it follows from theirs.
        how: How,
        /// Their tags, of two with "and" between.
        tags: &'a str,
        /// What is said of them, without what comes after.
        words: &'a str,
        /// Nobody but the program writes so.
        is_certain: bool,
    },
}

/// How an SL-T follows from those of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is the same.
    Same,
    /// It is no lower.
    AtLeast,
    /// It is the lower of two.
    Lower,
    /// It is no lower than the lower of two.
    AtLeastLower,
    /// It is the higher of two.
    Higher,
}

/// What a reason says where it is a sentence of the program with nothing that people added.
pub fn read(reason: &str) -> Option<Sentence<'_>> {
    let whole = reason.trim();
    let whole = whole.strip_suffix('.').unwrap_or(whole);
    if whole.contains('\n') || whole.contains(". ") {
        return None;
    }
    if whole.starts_with(RULES) {
        return Some(Sentence::Rules);
    }
    let others = |how, begin: &str, end: &str, is_certain| {
        let words = whole.strip_suffix(end)?;
        let tags = words.strip_prefix(begin)?;
        Some(Sentence::Others { how, tags, words, is_certain })
    };
    let same = || As::ALL.into_iter().find_map(|it| others(How::Same, SAME, it.words(), true));
    others(How::AtLeastLower, AT_LEAST_LOWER, FR_BY_FR, true)
        .or_else(|| others(How::AtLeast, AT_LEAST, LIES_IN, true))
        .or_else(|| others(How::Lower, LOWER, TO_CONFIRM, true))
        .or_else(|| others(How::Higher, HIGHER, "", true))
        .or_else(same)
        // people write so too; it counts where it names a zone or conduit
        .or_else(|| others(How::Same, SAME, "", false))
}

/// Whether a reason is a sentence of the program, which another proposal may replace.
pub fn is_of_program(reason: &str) -> bool {
    matches!(read(reason), Some(Sentence::Rules | Sentence::Others { is_certain: true, .. }))
}

/// Whether a reason says no more than that the rules propose it.
pub fn is_of_rules(reason: &str) -> bool {
    read(reason) == Some(Sentence::Rules)
}

/// What a sentence comes to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// These levels, or no lower than these.
    Levels {
        /// The levels.
        levels: SlVector,
        /// Higher ones do too.
        at_least: bool,
    },
    /// Those named have no SL-T.
    Unset,
    /// One of those named is not there any more.
    Gone,
}

impl Now {
    /// Whether an SL-T is still what its sentence says, but for FRs of which it says why they deviate.
    pub fn holds(self, own: &TargetLevel) -> bool {
        let Self::Levels { levels, at_least } = self else { return false };
        let is_explained = |fr| own.deviations.get(&fr).is_some_and(|it| !it.trim().is_empty());
        let is_so = |fr| own.levels[fr] == levels[fr] || at_least && own.levels[fr] > levels[fr];
        Fr::ALL.into_iter().all(|fr| is_so(fr) || is_explained(fr))
    }

    /// The levels that the sentence stands for, beginning with those that a target has.
    pub fn applied_to(self, own: &SlVector) -> Option<SlVector> {
        match self {
            Self::Levels { levels, at_least: false } => Some(levels),
            Self::Levels { levels, at_least: true } => Some(SlVector::from_fn(|fr| own[fr].max(levels[fr]))),
            Self::Unset | Self::Gone => None,
        }
    }
}

/// What a sentence about others comes to now; `None` for one that may be people's own and names no target.
/// `find` looks a tag up, `level` an SL-T.
pub fn now<'a>(
    sentence: Sentence<'a>,
    find: impl Fn(&'a str) -> Option<Target>,
    level: impl Fn(Target) -> Option<SlVector>,
) -> Option<Now> {
    let Sentence::Others { how, tags, is_certain, .. } = sentence else { return None };
    let named = match how {
        How::Same | How::AtLeast => find(tags).map(|it| vec![it]),
        // a tag may have an "and" in it
        How::Lower | How::AtLeastLower | How::Higher => tags.match_indices(" and ").find_map(|(at, and)| {
            let (one, rest) = tags.split_at_checked(at)?;
            Some(vec![find(one)?, find(rest.strip_prefix(and)?)?])
        }),
    };
    let Some(named) = named else { return is_certain.then_some(Now::Gone) };
    let each = |one: SlVector, other: SlVector| match how {
        How::Higher => SlVector::from_fn(|fr| one[fr].max(other[fr])),
        _ => SlVector::from_fn(|fr| one[fr].min(other[fr])),
    };
    let levels = named.into_iter().filter_map(level).reduce(each);
    let at_least = matches!(how, How::AtLeast | How::AtLeastLower);
    Some(levels.map_or(Now::Unset, |levels| Now::Levels { levels, at_least }))
}

/// The levels that the reason of a target stands for now, where it is a sentence about others.
pub(super) fn levels_now(project: &Project, target: Target) -> Option<SlVector> {
    let own = project.target_level(target)?;
    let find = |tag: &str| project.targets().find(|&it| project.target_tag(it) == tag);
    let level = |it: Target| project.target_level(it).map(|it| it.levels);
    now(read(&own.reason)?, find, level)?.applied_to(&own.levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    /// Two zones at 3 and 2, and what a reason comes to there.
    fn comes_to(reason: &str) -> Option<Now> {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Wash and rinse", |_| ()).zone("Z-3", |_| ());
        let plant = plant.sl_t("Z-1", 3).sl_t("Wash and rinse", 2);
        let project = &plant.project;
        let find = |tag: &str| project.targets().find(|&it| project.target_tag(it) == tag);
        now(read(reason)?, find, |it| project.target_level(it).map(|it| it.levels))
    }

    fn at(level: u8, at_least: bool) -> Option<Now> {
        let levels = SlVector::uniform(crate::model::SecurityLevel::new(level).unwrap());
        Some(Now::Levels { levels, at_least })
    }

    #[test]
    fn every_sentence_of_the_program_is_read_back() {
        for how in As::ALL {
            assert_eq!(comes_to(&same_as("Z-1", how)), at(3, false), "{how:?}");
        }
        assert_eq!(comes_to(&lower_of("Z-1", "Wash and rinse")), at(2, false));
        assert_eq!(comes_to(&higher_of("Wash and rinse", "Z-1")), at(3, false));
        assert_eq!(comes_to(&at_least_around("Z-1")), at(3, true));
        assert_eq!(comes_to(&at_least_lower_of("Wash and rinse", "Z-1")), at(2, true));
        assert!(is_of_rules(&from_rules("the worst consequence 4 and exploitability 2")));
        // as earlier versions wrote them
        assert_eq!(comes_to("The lower of Z-1 and Wash and rinse, to be confirmed"), at(2, false));
    }

    #[test]
    fn a_sentence_of_people_counts_where_it_names_a_target() {
        assert_eq!(comes_to("As Z-1."), at(3, false));
        assert_eq!(comes_to("As the line."), None);
        assert_eq!(comes_to("As Z-1. Agreed by the board."), None, "with what people added it is theirs");
        assert!(!is_of_program("As Z-1.") && !is_of_program("Corporate rule 7"));
    }

    #[test]
    fn what_is_gone_or_has_no_level_is_told() {
        assert_eq!(comes_to(&same_as("Z-OLD", As::LeadsInto)), Some(Now::Gone));
        assert_eq!(comes_to(&same_as("Z-3", As::LeadsInto)), Some(Now::Unset));
        assert_eq!(comes_to(&lower_of("Z-3", "Z-1")), at(3, false), "the only one set");
    }

    #[test]
    fn no_lower_is_enough_where_the_sentence_says_so() {
        let own = SlVector::uniform(crate::model::SecurityLevel::new(3).unwrap());
        let mut level = TargetLevel { levels: own, ..TargetLevel::default() };
        assert!(at(2, true).unwrap().holds(&level) && !at(2, false).unwrap().holds(&level));
        level.levels[Fr::Dc] = crate::model::SecurityLevel::ZERO;
        assert!(!at(3, false).unwrap().holds(&level));
        level.give_deviation(Fr::Dc, "No confidential data");
        assert!(at(3, false).unwrap().holds(&level), "an FR that says why may deviate");
        assert_eq!(at(2, true).unwrap().applied_to(&own), Some(own));
    }
}
