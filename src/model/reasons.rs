//! The sentences that the program itself gives as reasons of an SL-T. Each names what it leans on,
//! so that it can be told when it holds no more.

use std::collections::HashMap;

use jiff::civil::Date;

use super::id::{ConduitId, ZoneId};
use super::level::{Fr, SecurityLevel, SlVector};
use super::plant::{Conduit, TargetLevel, Zone};
use super::project::Project;
use super::table::Table;
use super::target::Target;

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
    of_tags([tag], || format!("{SAME}{tag}{}.", how.words()))
}

/// "The lower of Z-1 and Z-2, to be confirmed."
pub fn lower_of(one: &str, other: &str) -> String {
    of_tags([one, other], || format!("{LOWER}{one}{AND}{other}{TO_CONFIRM}."))
}

/// "In each FR as the more demanding of Z-1 and Z-2."
pub fn higher_of(one: &str, other: &str) -> String {
    of_tags([one, other], || format!("{HIGHER}{one}{AND}{other}."))
}

/// "At least as Z-1, which it lies in."
pub fn at_least_around(tag: &str) -> String {
    of_tags([tag], || format!("{AT_LEAST}{tag}{LIES_IN}."))
}

/// "At least the lower of Z-1 and Z-2, FR by FR."
pub fn at_least_lower_of(one: &str, other: &str) -> String {
    of_tags([one, other], || format!("{AT_LEAST_LOWER}{one}{AND}{other}{FR_BY_FR}."))
}

/// A sentence that names these; none where one of them has no tag.
fn of_tags<const N: usize>(tags: [&str; N], sentence: impl FnOnce() -> String) -> String {
    if tags.iter().any(|it| it.trim().is_empty()) { String::new() } else { sentence() }
}

/// "Proposed from the worst consequence 4 and exploitability 2."
pub fn from_rules(figures: &str) -> String {
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
    let mut lines = own_lines(reason);
    let whole = lines.next().filter(|_| lines.next().is_none())?.trim();
    let whole = whole.strip_suffix('.').unwrap_or(whole);
    // a tag may have a full stop in it
    let has_another = whole.contains(". ");
    if whole.starts_with(RULES) {
        return (!has_another).then_some(Sentence::Rules);
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
        .or_else(|| others(How::Higher, HIGHER, "", !has_another))
        .or_else(same)
        // people write so too; it counts where it names a zone or conduit
        .or_else(|| others(How::Same, SAME, "", false))
}

const UNTIL: &str = "Until ";

/// "Until 2026-11-23 DC was 1: No confidential data", a line below a reason: why an FR was what it is no more.
pub fn until(on: Date, fr: Fr, level: SecurityLevel, why: &str) -> String {
    let why: Vec<&str> = why.split_whitespace().collect();
    format!("{UNTIL}{on} {} was {level}: {}", fr.code(), why.join(" "))
}

fn is_of_earlier(line: &str) -> bool {
    let told = || {
        let (day, rest) = line.trim().strip_prefix(UNTIL)?.split_once(' ')?;
        let (fr, rest) = rest.split_once(" was ")?;
        let (level, _) = rest.split_once(": ")?;
        let is_level = SecurityLevel::ALL.into_iter().any(|it| it.to_string() == level);
        Some(day.parse::<Date>().is_ok() && Fr::ALL.into_iter().any(|it| it.code() == fr) && is_level)
    };
    told() == Some(true)
}

/// What a reason says of the levels as they are.
fn own_lines(reason: &str) -> impl Iterator<Item = &str> {
    reason.lines().filter(|it| !it.trim().is_empty() && !is_of_earlier(it))
}

/// Whether a reason says nothing of the levels as they are.
pub fn is_silent(reason: &str) -> bool {
    own_lines(reason).next().is_none()
}

/// A reason in place of another one, with what that says of earlier levels.
pub fn in_place_of(earlier: &str, reason: &str) -> String {
    let lines = std::iter::once(reason).filter(|it| !it.is_empty());
    lines.chain(earlier.lines().filter(|it| is_of_earlier(it))).collect::<Vec<_>>().join("\n")
}

/// A reason with a sentence behind what it says of the levels as they are.
pub fn with_sentence(reason: &str, sentence: &str) -> String {
    let own: Vec<&str> = reason.lines().filter(|it| !is_of_earlier(it)).collect();
    in_place_of(reason, format!("{} {sentence}", own.join("\n").trim()).trim_start())
}

/// A sentence of the program with the tags that those named in it have by now; `None` where that changes nothing.
/// `now` gives the tag of today for one of then.
pub fn retold<'a>(reason: &'a str, now: impl Fn(&'a str) -> Option<String>) -> Option<String> {
    let Sentence::Others { how, tags, words, is_certain: true } = read(reason)? else { return None };
    let by_now = named(how, tags, now).ok()?;
    let begin = words.strip_suffix(tags)?;
    let retold = format!("{begin}{}", by_now.join(AND));
    let line = |it: &str| if is_of_earlier(it) { it.to_owned() } else { it.replacen(words, &retold, 1) };
    (retold != words).then(|| reason.lines().map(line).collect::<Vec<_>>().join("\n"))
}

/// Tells the sentences again in which zones and conduits are called what they were called elsewhere: `tags` are pairs
/// of then and now, and of one tag the first counts.
pub fn retell<'t>(
    zones: &mut Table<ZoneId, Zone>,
    conduits: &mut Table<ConduitId, Conduit>,
    tags: impl Iterator<Item = (&'t str, &'t str)>,
) {
    let mut by_now = HashMap::new();
    for (then, now) in tags {
        by_now.entry(then).or_insert(now);
    }
    let now = |tag: &str| by_now.get(tag).map(|&it| it.to_owned());
    let anew = |it: &Option<TargetLevel>| retold(&it.as_ref()?.reason, now);
    let tell = |it: &mut Option<TargetLevel>| {
        if let (Some(reason), Some(level)) = (anew(it), it) {
            level.reason = reason;
        }
    };
    zones.change_where(|it| anew(&it.sl_t).is_some(), |it| tell(&mut it.sl_t));
    conduits.change_where(|it| anew(&it.sl_t).is_some(), |it| tell(&mut it.sl_t));
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
pub enum Now<'a> {
    /// These levels, or no lower than these.
    Levels {
        /// The levels.
        levels: SlVector,
        /// Higher ones do too.
        at_least: bool,
    },
    /// Those named have no SL-T.
    Unset,
    /// No zone or conduit has this tag, which is named.
    Gone(&'a str),
}

impl Now<'_> {
    /// Whether an SL-T is still what its sentence says, but for FRs of which it says why they deviate.
    pub fn holds(self, own: &TargetLevel) -> bool {
        let Self::Levels { levels, at_least } = self else { return false };
        let is_so = |fr| own.levels[fr] == levels[fr] || at_least && own.levels[fr] > levels[fr];
        Fr::ALL.into_iter().all(|fr| is_so(fr) || own.explains(fr))
    }

    /// The levels that the sentence stands for at a target: FRs of which it says why they deviate stay.
    pub fn applied_to(self, own: &TargetLevel) -> Option<SlVector> {
        let Self::Levels { levels, at_least } = self else { return None };
        Some(SlVector::from_fn(|fr| match own.levels[fr] {
            it if own.explains(fr) => it,
            it if at_least => it.max(levels[fr]),
            _ => levels[fr],
        }))
    }
}

const AND: &str = " and ";

/// Those that tags stand for, or the first tag that stands for nothing.
fn named<'a, T>(how: How, tags: &'a str, find: impl Fn(&'a str) -> Option<T>) -> Result<Vec<T>, &'a str> {
    let find = |tag: &'a str| Some(tag).filter(|it| !it.trim().is_empty()).and_then(&find).ok_or(tag);
    if matches!(how, How::Same | How::AtLeast) {
        return find(tags).map(|it| vec![it]);
    }
    let mut missing = None;
    // a tag may have an "and" in it
    for (at, and) in tags.match_indices(AND) {
        let Some((one, rest)) = tags.split_at_checked(at) else { continue };
        match (find(one), find(rest.strip_prefix(and).unwrap_or(rest))) {
            (Ok(one), Ok(other)) => return Ok(vec![one, other]),
            (Ok(_), Err(gone)) | (Err(gone), Ok(_)) => missing = Some(gone),
            (Err(gone), Err(_)) => missing = missing.or(Some(gone)),
        }
    }
    Err(missing.unwrap_or(tags))
}

/// What a sentence about others comes to now; `None` for one that may be people's own and names no target.
/// `find` looks a tag up, `level` an SL-T.
pub fn now<'a>(
    sentence: Sentence<'a>,
    find: impl Fn(&'a str) -> Option<Target>,
    level: impl Fn(Target) -> Option<SlVector>,
) -> Option<Now<'a>> {
    let Sentence::Others { how, tags, is_certain, .. } = sentence else { return None };
    let named = match named(how, tags, find) {
        Ok(named) => named,
        Err(gone) => return is_certain.then_some(Now::Gone(gone)),
    };
    let each = |one: SlVector, other: SlVector| match how {
        How::Higher => SlVector::from_fn(|fr| one[fr].max(other[fr])),
        _ => SlVector::from_fn(|fr| one[fr].min(other[fr])),
    };
    let levels = named.into_iter().filter_map(level).reduce(each);
    let at_least = matches!(how, How::AtLeast | How::AtLeastLower);
    Some(levels.map_or(Now::Unset, |levels| Now::Levels { levels, at_least }))
}

/// The levels that the reason of a target stands for now, where it is a sentence about others.
pub fn levels_now(project: &Project, target: Target) -> Option<SlVector> {
    let own = project.target_level(target)?;
    let find = |tag: &str| project.targets().find(|&it| project.target_tag(it) == tag);
    let level = |it: Target| project.target_level(it).map(|it| it.levels);
    now(read(&own.reason)?, find, level)?.applied_to(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};

    /// Two zones at 3 and 2, and what a reason comes to there.
    fn comes_to(reason: &str) -> Option<Now<'_>> {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Wash and rinse", |_| ()).zone("Z-3", |_| ());
        let plant = plant.sl_t("Z-1", 3).sl_t("Wash and rinse", 2);
        let project = &plant.project;
        let find = |tag: &str| project.targets().find(|&it| project.target_tag(it) == tag);
        now(read(reason)?, find, |it| project.target_level(it).map(|it| it.levels))
    }

    fn at(level: u8, at_least: bool) -> Option<Now<'static>> {
        let levels = SlVector::uniform(SecurityLevel::new(level).unwrap());
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
        assert_eq!(comes_to(&same_as("Z-OLD", As::LeadsInto)), Some(Now::Gone("Z-OLD")));
        for (one, other) in [("Z-OLD", "Wash and rinse"), ("Wash and rinse", "Z-OLD")] {
            assert_eq!(comes_to(&lower_of(one, other)), Some(Now::Gone("Z-OLD")));
        }
        assert_eq!(comes_to(&same_as("Z-3", As::LeadsInto)), Some(Now::Unset));
        assert_eq!(comes_to(&lower_of("Z-3", "Z-1")), at(3, false), "the only one set");
    }

    #[test]
    fn no_lower_is_enough_where_the_sentence_says_so() {
        let own = SlVector::uniform(SecurityLevel::new(3).unwrap());
        let mut level = TargetLevel { levels: own, ..TargetLevel::default() };
        assert!(at(2, true).unwrap().holds(&level) && !at(2, false).unwrap().holds(&level));
        level.levels[Fr::Dc] = SecurityLevel::ZERO;
        assert!(!at(3, false).unwrap().holds(&level));
        level.give_deviation(Fr::Dc, "No confidential data");
        assert!(at(3, false).unwrap().holds(&level), "an FR that says why may deviate");
        assert_eq!(at(2, true).unwrap().applied_to(&level), Some(level.levels));
        let mut followed = level.levels;
        for fr in Fr::ALL.into_iter().filter(|&it| it != Fr::Dc) {
            followed[fr] = SecurityLevel::new(2).unwrap();
        }
        assert_eq!(at(2, false).unwrap().applied_to(&level), Some(followed), "and stays when the others follow");
    }

    #[test]
    fn a_tag_may_have_a_full_stop_in_it() {
        let plant = Fixture::new().zone("No. 1 pump house", |_| ()).zone("Geb. 3", |_| ());
        let project = plant.sl_t("No. 1 pump house", 3).sl_t("Geb. 3", 2).project;
        let find = |tag: &str| project.targets().find(|&it| project.target_tag(it) == tag);
        let level = |it| project.target_level(it).map(|it| it.levels);
        let of =
            |reason: &str| now(read(reason).unwrap(), find, level).is_some_and(|it| matches!(it, Now::Levels { .. }));
        for how in As::ALL {
            assert!(of(&same_as("No. 1 pump house", how)), "{how:?}");
        }
        let two = ("Geb. 3", "No. 1 pump house");
        assert!(of(&lower_of(two.0, two.1)) && of(&higher_of(two.0, two.1)) && of(&at_least_lower_of(two.0, two.1)));
        assert!(of(&at_least_around(two.0)) && of("As No. 1 pump house."));
        assert!(is_of_program(&same_as("Geb. 4", As::LeadsInto)), "also where it is gone");
        for reason in [from_rules("the worst consequence 4"), same_as(two.0, As::LeadsInto), higher_of(two.0, two.1)] {
            assert!(!is_of_program(&with_sentence(&reason, "Agreed by the board.")), "{reason}");
        }
    }

    #[test]
    fn a_tag_that_is_empty_names_nothing() {
        let plant = Fixture::new().zone("Z-1", |zone| zone.tag.clear()).sl_t("Z-1", 3);
        let find = |tag: &str| plant.project.targets().find(|&it| plant.project.target_tag(it) == tag);
        let sentence = Sentence::Others { how: How::Same, tags: "", words: "As ", is_certain: true };
        assert_eq!(now(sentence, find, |_| None), Some(Now::Gone("")));
        assert_eq!([same_as(" ", As::LeadsInto), lower_of("Z-1", ""), at_least_around("")], [""; 3]);
    }

    #[test]
    fn what_was_until_a_day_says_nothing_of_today() {
        let line = until(TODAY, Fr::Dc, SecurityLevel::ZERO, "No confidential\ndata");
        assert_eq!(line, "Until 2026-06-15 DC was 0: No confidential data");
        assert!(is_silent(&line) && !is_silent(&format!("Rule 7\n{line}")) && !is_silent("Until 2027 DC was 1: x"));
        let rules = from_rules("the worst consequence 4");
        assert!(is_of_rules(&format!("{rules}\n{line}")));
        assert_eq!(in_place_of(&format!("{rules}\n{line}"), "Rule 7"), format!("Rule 7\n{line}"));
        assert_eq!(with_sentence(&format!("Rule 7\n{line}"), "Raised."), format!("Rule 7 Raised.\n{line}"));
        assert_eq!(with_sentence(&line, "Raised."), format!("Raised.\n{line}"));
    }

    #[test]
    fn a_sentence_is_told_again_with_other_tags() {
        let by_now = |tag: &str| match tag {
            "Z-1" => Some("Z-2".to_owned()),
            "Z-2" => Some("Z-1".to_owned()),
            _ => None,
        };
        assert_eq!(retold(&lower_of("Z-1", "Z-2"), by_now), Some(lower_of("Z-2", "Z-1")));
        let line = until(TODAY, Fr::Dc, SecurityLevel::ZERO, "As Z-1");
        let told = retold(&format!("{}\n{line}", same_as("Z-1", As::LeadsInto)), by_now);
        assert_eq!(told, Some(format!("{}\n{line}", same_as("Z-2", As::LeadsInto))));
        assert_eq!(retold(&same_as("Z-3", As::LeadsInto), by_now), None);
        assert_eq!(retold("As Z-1.", by_now), None, "that people may have written");
    }
}
