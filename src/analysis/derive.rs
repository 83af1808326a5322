//! The SL-T proposed for a target (domain rules, section 6), and what its neighbours suggest.

use jiff::civil::Date;

use super::answering::Signature;
use super::priority::Factors;
use crate::model::{Fr, PerFr, Project, SecurityLevel, SlVector, Target, TargetLevel, reasons};

/// A proposed SL-T and the figures that it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The proposal, alike for each FR: the team deviates FR by FR.
    pub levels: SlVector,
    /// Worst unmitigated consequence, 1 to 5.
    pub consequence: u8,
    /// Whether nobody rated the consequence.
    pub is_assumed: bool,
    /// Exploitability, 1 to 5; at 1 the proposal is one level lower.
    pub exploitability: u8,
}

/// Proposes the SL-T of a target from its worst consequence and its exploitability.
pub fn propose(project: &Project, factors: &Factors, target: Target) -> Proposal {
    let consequence = factors.consequence(target);
    let exploitability = factors.exploitability(target).value;
    let table = project.settings.derivation.0;
    let for_consequence = table.get(usize::from(consequence.value.saturating_sub(1))).copied().unwrap_or_default();
    let lowered = for_consequence.number().saturating_sub(u8::from(exploitability == 1));
    let level = SecurityLevel::new(lowered).unwrap_or_default();
    Proposal {
        levels: SlVector::uniform(level),
        consequence: consequence.value,
        is_assumed: consequence.is_assumed(),
        exploitability,
    }
}

impl Proposal {
    /// Where it comes from, in a sentence.
    pub fn reason(&self) -> String {
        let consequence = match self.is_assumed {
            true => format!("consequence {}, which is assumed as nobody has rated it,", self.consequence),
            false => format!("the worst consequence {}", self.consequence),
        };
        reasons::from_rules(&format!("{consequence} and exploitability {}", self.exploitability))
    }
}

/// An SL-T that follows from what lies around a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromNeighbours {
    /// At least these levels.
    pub levels: SlVector,
    /// From which targets, in a sentence.
    pub reason: String,
}

/// What the neighbours suggest: for a zone in another one at least that one's SL-T, for a conduit
/// at least the lower of its two zones', FR by FR. `None` where those have no SL-T.
pub fn from_neighbours(project: &Project, target: Target) -> Option<FromNeighbours> {
    let level = |zone| project.target_level(Target::Zone(zone)).map(|it| it.levels);
    match target {
        Target::Zone(id) => {
            let parent = project.zones.get(id)?.parent?;
            let reason = reasons::at_least_around(project.target_tag(parent.into()));
            Some(FromNeighbours { levels: level(parent)?, reason })
        }
        Target::Conduit(id) => {
            let (from, to) = project.conduits.get(id)?.ends()?;
            let (one, next) = (level(from)?, level(to)?);
            let tags = [from, to].map(|it| project.target_tag(it.into()));
            let reason = reasons::at_least_lower_of(tags[0], tags[1]);
            Some(FromNeighbours { levels: PerFr::from_fn(|fr| one[fr].min(next[fr])), reason })
        }
    }
}

/// Why the neighbours suggest nothing, in words without a full stop; `None` where they do.
pub fn why_nothing_from_neighbours(project: &Project, target: Target) -> Option<String> {
    if from_neighbours(project, target).is_some() {
        return None;
    }
    let tag = project.target_tag(target);
    let neighbours = match target {
        Target::Zone(id) => match project.zones.get(id)?.parent {
            Some(parent) => vec![parent],
            None => return Some(format!("{tag} lies in no other zone")),
        },
        Target::Conduit(id) => match project.conduits.get(id)?.ends() {
            Some((from, to)) => vec![from, to],
            None => return Some(format!("{tag} does not join two zones")),
        },
    };
    let unset = neighbours.into_iter().map(Target::Zone).filter(|&it| project.target_level(it).is_none());
    let mut tags: Vec<&str> = unset.map(|it| project.target_tag(it)).collect();
    tags.dedup();
    let have = if tags.len() == 1 { "has" } else { "have" };
    Some(format!("{} {have} no SL-T yet", tags.join(" and ")))
}

/// The FRs in which an SL-T is another than proposed, each of which wants a reason.
pub fn deviations(level: &TargetLevel, proposal: &Proposal) -> Vec<Fr> {
    Fr::ALL.into_iter().filter(|&fr| level.levels[fr] != proposal.levels[fr]).collect()
}

/// What is said of why an SL-T moves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why<'a> {
    /// What proposes the levels, or nothing. What people wrote stays, with the levels that it was given for;
    /// a reason that came with a proposal, or none, gives way to this one, and a sentence about neighbours
    /// to none where the levels become others.
    Proposed(&'a str),
    /// The reason that is there is one for these levels.
    Stated,
    /// To what FRs are raised, in a sentence.
    Raised(&'a str),
}

/// The SL-T of a target with these levels, decided now. What people wrote as its reason stays.
pub fn decided(project: &Project, target: Target, levels: SlVector, reason: &str, by: Signature) -> TargetLevel {
    let moved = moved(project, target, levels, (Why::Proposed(reason), by.on));
    let is_same = project.target_level(target).is_some_and(|it| it.levels == levels);
    // other levels by nobody in particular are in nobody's name
    match by.role {
        "" if is_same && !moved.decided_by.is_empty() => moved,
        role => TargetLevel { decided_by: role.to_owned(), decided_on: Some(by.on), ..moved },
    }
}

/// The SL-T of a target with these levels: whoever decided on the earlier ones did not decide on these.
pub(super) fn undecided(
    project: &Project,
    target: Target,
    levels: SlVector,
    (why, on): (Why<'_>, Date),
) -> TargetLevel {
    let moved = moved(project, target, levels, (why, on));
    TargetLevel { decided_by: String::new(), decided_on: None, ..moved }
}

/// The SL-T of a target at these levels. Why an FR deviated until this day is no reason for another level
/// of it, and becomes a line below the reason.
fn moved(project: &Project, target: Target, levels: SlVector, (why, on): (Why<'_>, Date)) -> TargetLevel {
    let mut level = project.target_level(target).cloned().unwrap_or_default();
    let before = level.levels;
    let mut lines = Vec::new();
    for fr in Fr::ALL.into_iter().filter(|&fr| levels[fr] != before[fr]) {
        let why = level.deviations.remove(&fr).filter(|it| !it.trim().is_empty());
        lines.extend(why.map(|why| reasons::until(on, fr, before[fr], &why)));
    }
    let mut given_for = level.reason_for.unwrap_or(before);
    let gives_way = reasons::is_silent(&level.reason) || reasons::is_of_program(&level.reason);
    match why {
        Why::Proposed(reason) => {
            let is_of_neighbours = gives_way && !reasons::is_of_rules(&level.reason);
            if gives_way && (!reason.is_empty() || is_of_neighbours && levels != before) {
                level.reason = reasons::in_place_of(&level.reason, reason);
            }
            given_for = if gives_way { levels } else { given_for };
        }
        Why::Stated => given_for = levels,
        Why::Raised(sentence) => {
            let raised: Vec<Fr> = Fr::ALL.into_iter().filter(|&fr| levels[fr] > before[fr]).collect();
            if gives_way && raised.len() < Fr::ALL.len() {
                // it says nothing of the FRs that stay
                raised.into_iter().for_each(|fr| level.give_deviation(fr, sentence));
                given_for = levels;
            } else {
                level.reason = reasons::with_sentence(&level.reason, sentence);
                raised.into_iter().for_each(|fr| given_for[fr] = levels[fr]);
            }
        }
    }
    for line in lines {
        let above = level.reason.trim_end();
        level.reason = if above.is_empty() { line } else { format!("{above}\n{line}") };
    }
    level.reason_for = Some(given_for).filter(|it| *it != levels);
    TargetLevel { levels, ..level }
}

/// The SL-T of a target with one FR, or all, at another level. One that was not set begins as proposed.
pub fn with_level(
    project: &Project,
    factors: &Factors,
    target: Target,
    fr: Option<Fr>,
    level: SecurityLevel,
    by: Signature,
) -> TargetLevel {
    let proposed = || propose(project, factors, target).levels;
    let mut levels = project.target_level(target).map_or_else(proposed, |it| it.levels);
    match fr {
        Some(fr) => levels[fr] = level,
        None => levels = SlVector::uniform(level),
    }
    decided(project, target, levels, "", by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Rating, Trust};

    fn proposed(consequence: Option<u8>, reachable: bool) -> u8 {
        let outside = Fixture::new().zone("Z-OUT", |zone| zone.trust = Trust::External);
        let plant = outside.zone("Z-1", |zone| zone.consequence = consequence.and_then(Rating::new));
        let plant = if reachable { plant.conduit("C-1", "Z-OUT", "Z-1", |_| ()) } else { plant };
        let analysis = plant.analyse();
        let proposal = propose(&plant.project, &analysis.factors, plant.target("Z-1"));
        proposal.levels.highest().number()
    }

    #[test]
    fn the_worst_consequence_sets_the_level() {
        let levels = [1, 2, 3, 4, 5].map(|consequence| proposed(Some(consequence), true));
        assert_eq!(levels, [1, 1, 2, 3, 4]);
        assert_eq!(proposed(None, true), 2, "3 is assumed");
    }

    #[test]
    fn what_can_not_be_reached_needs_one_level_less() {
        let levels = [1, 2, 3, 4, 5].map(|consequence| proposed(Some(consequence), false));
        assert_eq!(levels, [0, 0, 1, 2, 3]);
    }

    const BY: Signature = Signature { role: "Plant manager", on: crate::analysis::fixture::TODAY };

    #[test]
    fn a_zone_is_at_least_as_the_one_around_it_and_a_conduit_as_the_lower_of_its_zones() {
        let plant = Fixture::new()
            .zone("Z-SITE", |_| ())
            .zone("Z-1", |zone| zone.parent = Some(crate::model::Id::derived_from("Z-SITE")))
            .zone("Z-2", |_| ())
            .conduit("C-1", "Z-SITE", "Z-2", |_| ())
            .conduit("C-2", "Z-1", "Z-2", |_| ())
            .sl_t("Z-SITE", 2)
            .sl_t("Z-2", 3)
            .sl_t_in("Z-2", Fr::Tre, 1);
        let found =
            |target: &str| from_neighbours(&plant.project, plant.target(target)).map(|it| it.levels.to_string());
        let why = |target: &str| why_nothing_from_neighbours(&plant.project, plant.target(target));
        assert_eq!(found("Z-1").as_deref(), Some("2-2-2-2-2-2-2"));
        assert_eq!(found("C-1").as_deref(), Some("2-2-2-2-2-1-2"));
        assert_eq!((found("C-2"), found("Z-2")), (None, None), "Z-1 has no SL-T, and nothing is around Z-2");
        assert_eq!(why("C-2").as_deref(), Some("Z-1 has no SL-T yet"));
        assert_eq!(why("Z-2").as_deref(), Some("Z-2 lies in no other zone"));
        assert_eq!(why("C-1"), None);
    }

    #[test]
    fn one_fr_of_an_unset_target_begins_with_the_proposal_and_deviates_there_alone() {
        let plant = Fixture::new().zone("Z-1", |zone| zone.consequence = Rating::new(5));
        let analysis = plant.analyse();
        let target = plant.target("Z-1");
        let level = SecurityLevel::new(1).unwrap();
        let set = with_level(&plant.project, &analysis.factors, target, Some(Fr::Dc), level, BY);
        assert_eq!(set.levels.to_string(), "3-3-3-1-3-3-3");
        assert_eq!((set.decided_by.as_str(), set.decided_on), ("Plant manager", Some(BY.on)));
        let proposal = propose(&plant.project, &analysis.factors, target);
        assert_eq!(deviations(&set, &proposal), [Fr::Dc]);
    }

    #[test]
    fn what_nobody_in_particular_decides_is_in_nobodys_name() {
        let mut plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2);
        let target = plant.target("Z-1");
        let id = target.zone().unwrap();
        let before = plant.project.zones.get_mut(id).unwrap().sl_t.as_mut().unwrap();
        let earlier = jiff::civil::date(2025, 3, 1);
        (before.decided_by, before.decided_on) = ("Plant manager".into(), Some(earlier));
        let before = before.clone();
        let nobody = Signature { role: "", on: BY.on };
        let decide = |levels| decided(&plant.project, target, levels, "", nobody);
        let higher = decide(SlVector::uniform(SecurityLevel::new(3).unwrap()));
        assert_eq!((higher.decided_by.as_str(), higher.decided_on), ("", Some(BY.on)));
        let same = decide(before.levels);
        assert_eq!((same.decided_by.as_str(), same.decided_on), ("Plant manager", Some(earlier)));
    }

    fn deviating() -> (Fixture, TargetLevel) {
        let mut plant = Fixture::new().zone("Z-1", |zone| zone.consequence = Rating::new(5)).sl_t("Z-1", 3);
        plant = plant.sl_t_in("Z-1", Fr::Dc, 1).sl_t_in("Z-1", Fr::Uc, 2);
        let id = plant.target("Z-1").zone().unwrap();
        let level = plant.project.zones.get_mut(id).unwrap().sl_t.as_mut().unwrap();
        level.reason = "Worst case of the dosing".into();
        level.deviations = [(Fr::Dc, "No confidential data".into()), (Fr::Uc, "One operator".into())].into();
        let level = level.clone();
        (plant, level)
    }

    #[test]
    fn why_an_fr_deviated_is_no_reason_for_another_level() {
        let (plant, before) = deviating();
        let target = plant.target("Z-1");
        let proposal = propose(&plant.project, &plant.analyse().factors, target);
        let mut kept = proposal.levels;
        kept[Fr::Uc] = before.levels[Fr::Uc];
        let after = decided(&plant.project, target, kept, &proposal.reason(), BY);
        assert_eq!(after.deviations, [(Fr::Uc, "One operator".to_owned())].into(), "that of UC still holds");
        assert_eq!(after.reason, "Worst case of the dosing\nUntil 2026-06-15 DC was 1: No confidential data");
        assert_eq!(decided(&plant.project, target, before.levels, "", BY).deviations, before.deviations);
    }

    #[test]
    fn the_sentence_of_a_proposal_gives_way_to_the_next_one_and_that_of_people_stays() {
        let (mut plant, _) = deviating();
        let target = plant.target("Z-1");
        let id = target.zone().unwrap();
        let mut taken = |reason: &str| {
            let level = plant.project.zones.get_mut(id).unwrap().sl_t.as_mut().unwrap();
            (level.reason, level.deviations) = (reason.into(), std::collections::BTreeMap::new());
            decided(&plant.project, target, SlVector::uniform(SecurityLevel::ZERO), "Proposed anew.", BY).reason
        };
        assert_eq!(taken("Proposed from the worst consequence 2 and exploitability 4."), "Proposed anew.");
        assert_eq!(taken("At least as Z-SITE, which it lies in."), "Proposed anew.");
        let added = "Proposed from the worst consequence 2 and exploitability 4. Agreed by the board.";
        assert_eq!(taken(added), added);
        assert_eq!(taken("Corporate rule 7"), "Corporate rule 7");
    }

    #[test]
    fn a_changed_target_loses_no_answer() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 4).answer(
            "Z-1",
            "SR 1.1 RE 3",
            crate::model::Status::NotMet,
            |it| it.notes = "Seen".into(),
        );
        let mut project = plant.project.clone();
        let analysis = plant.analyse();
        let target = plant.target("Z-1");
        for level in SecurityLevel::ALL {
            let set = with_level(&project, &analysis.factors, target, None, level, BY);
            crate::edit::Edit::SetTargetLevel(vec![target], Some(set)).apply(&mut project).unwrap();
            assert!(project.answers.same(&plant.project.answers), "SL {level}");
        }
        crate::edit::Edit::SetTargetLevel(vec![target], None).apply(&mut project).unwrap();
        assert!(project.answers.same(&plant.project.answers), "no SL-T at all");
    }

    #[test]
    fn an_assumed_consequence_is_said_to_be_assumed() {
        let plant = Fixture::new().zone("Z-1", |_| ());
        let proposal = propose(&plant.project, &plant.analyse().factors, plant.target("Z-1"));
        assert!(proposal.reason().contains("consequence 3, which is assumed"), "{}", proposal.reason());
    }
}
