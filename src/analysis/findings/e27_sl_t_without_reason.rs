//! E27: SL-T that go their own way and do not say why.

use super::words::{all_of, in_words};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Fr, SlVector, TargetLevel, reasons};

pub(super) const CHECK: Check = Check {
    code: "E27",
    title: "SL-T deviates from the proposal without a reason",
    severity: Severity::Hint,
    why: "The team may decide otherwise than the rules propose, and has to be able to say why: that is the first thing asked about an SL-T.",
    detection: "An SL-T that differs from what consequence and exploitability propose in some FR, with no reason for the deviation in that FR, and none for the SL-T as a whole but that it is proposed, or one that was given when that FR had another level. A reason that names a neighbour of another SL-T is E34.",
    false_positives: "An SL-T set by a corporate rule; name the rule as the reason.",
    advice: "Write the reason, or take the proposal.",
    run,
    fixes: fixes::propose_level,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unexplained = plant.targets().filter_map(|target| {
        // one that people gave for these levels covers every FR
        let is_covered = |it: &&TargetLevel| it.reason_for.is_none() && !is_silent(&it.reason);
        let level = plant.target_level(target).filter(|it| !is_covered(it))?;
        let proposed = plant.proposal(target).levels;
        let frs = unexplained(level, &proposed);
        let tag = plant.target_tag(target);
        let why = match level.reason_for.filter(|_| !is_silent(&level.reason)) {
            Some(given_for) => format!("gives a reason that was for {}", in_words(&given_for)),
            None => "does not say why".to_owned(),
        };
        let message = || {
            let (levels, proposed) = (in_words(&level.levels), in_words(&proposed));
            let place = if frs.len() == Fr::ALL.len() { String::new() } else { format!(" in {}", all_of(&frs)) };
            format!("{tag} has {levels} where {proposed} is proposed, and {why}{place}")
        };
        (!frs.is_empty()).then(|| Found::about(target, message()))
    });
    unexplained.collect()
}

fn is_silent(reason: &str) -> bool {
    reasons::is_silent(reason) || reasons::is_of_rules(reason)
}

/// The FRs of an SL-T that deviate from the proposal and of which nobody says why.
pub(in super::super) fn unexplained(level: &TargetLevel, proposed: &SlVector) -> Vec<Fr> {
    let is_silent_throughout = is_silent(&level.reason);
    let is_silent = |fr: &Fr| {
        let is_for_another = || level.reason_for.is_some_and(|it| it[*fr] != level.levels[*fr]);
        !level.explains(*fr) && (is_silent_throughout || is_for_another())
    };
    Fr::ALL.into_iter().filter(|&fr| level.levels[fr] != proposed[fr]).filter(is_silent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::answering::Signature;
    use crate::analysis::derive::with_level;
    use crate::analysis::fixture::Fixture;
    use crate::analysis::fixture::TODAY;
    use crate::model::{Fr, Rating, SecurityLevel, Zone};

    fn severe(zone: &mut Zone) {
        zone.consequence = Rating::new(5);
    }

    #[test]
    fn a_deviation_needs_its_reason() {
        let plant = ["Z-1", "Z-2", "Z-3", "Z-4"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, severe));
        // consequence 5, out of reach: SL 3 is proposed
        let plant = plant.sl_t("Z-1", 3).sl_t("Z-2", 3).sl_t_in("Z-2", Fr::Dc, 1).sl_t("Z-3", 2).sl_t("Z-4", 3);
        let mut plant = plant.sl_t_in("Z-4", Fr::Dc, 1);
        let zone = |tag: &str| plant.target(tag).zone().unwrap();
        let (second, third, fourth) = (zone("Z-2"), zone("Z-3"), zone("Z-4"));
        let level = |plant: &mut Fixture, id| plant.project.zones.get_mut(id).unwrap().sl_t.take().unwrap();
        let reasoned = level(&mut plant, third);
        plant.project.zones.get_mut(third).unwrap().sl_t =
            Some(crate::model::TargetLevel { reason: "Corporate rule 7".into(), ..reasoned });
        let mut stale = level(&mut plant, second);
        stale.reason = "Proposed from the worst consequence 5 and exploitability 1.".into();
        plant.project.zones.get_mut(second).unwrap().sl_t = Some(stale);
        let mut reasoned = level(&mut plant, fourth);
        reasoned.deviations.insert(Fr::Dc, "No confidential data".into());
        plant.project.zones.get_mut(fourth).unwrap().sl_t = Some(reasoned);
        assert_eq!(
            messages(&CHECK, &plant),
            ["Z-2 has 3-3-3-1-3-3-3 where SL 3 is proposed, and does not say why in FR 4"]
        );
    }

    #[test]
    fn the_reason_for_one_level_is_none_for_another() {
        let plant = Fixture::new().zone("Z-1", severe).sl_t("Z-1", 3);
        let (mut plant, target) = (plant.clone(), plant.target("Z-1"));
        let id = target.zone().unwrap();
        plant.project.zones.get_mut(id).unwrap().sl_t.as_mut().unwrap().reason = "Worst consequence 5.".into();
        let by = Signature { role: "", on: TODAY };
        let two = SecurityLevel::new(2).unwrap();
        let lowered = |plant: &Fixture, fr| with_level(&plant.project, &plant.analyse().factors, target, fr, two, by);
        let put = |plant: &mut Fixture, level| plant.project.zones.get_mut(id).unwrap().sl_t = Some(level);
        let level = lowered(&plant, Some(Fr::Dc));
        put(&mut plant, level);
        let words = "Z-1 has 3-3-3-2-3-3-3 where SL 3 is proposed, and gives a reason that was for SL 3 in FR 4";
        assert_eq!(messages(&CHECK, &plant), [words]);
        let mut level = lowered(&plant, None);
        level.give_reason("One operator, no confidential data");
        put(&mut plant, level);
        assert!(messages(&CHECK, &plant).is_empty());
    }

    #[test]
    fn why_one_fr_deviated_until_now_is_no_reason_for_the_others() {
        for reason in ["Proposed from the worst consequence 5 and exploitability 1.", ""] {
            let plant = Fixture::new().zone("Z-1", severe).sl_t("Z-1", 3);
            let mut plant = plant.sl_t_in("Z-1", Fr::Dc, 1).sl_t_in("Z-1", Fr::Uc, 2);
            let target = plant.target("Z-1");
            let id = target.zone().unwrap();
            let level = plant.project.zones.get_mut(id).unwrap().sl_t.as_mut().unwrap();
            level.reason = reason.into();
            level.give_deviation(Fr::Dc, "No confidential data");
            let by = Signature { role: "", on: TODAY };
            let moved = |fr, to| {
                let to = SecurityLevel::new(to).unwrap();
                with_level(&plant.project, &plant.analyse().factors, target, Some(fr), to, by)
            };
            let level = moved(Fr::Dc, 2);
            assert!(level.reason.ends_with("DC was 1: No confidential data"), "{}", level.reason);
            plant.project.zones.get_mut(id).unwrap().sl_t = Some(level);
            let words = "Z-1 has 3-2-3-2-3-3-3 where SL 3 is proposed, and does not say why in FR 2 and FR 4";
            assert_eq!(messages(&CHECK, &plant), [words]);
        }
    }
}
