//! E27: SL-T that go their own way and do not say why.

use super::super::derive::comes_from_the_rules;
use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Fr, Target, TargetLevel};

pub(super) const CHECK: Check = Check {
    code: "E27",
    title: "SL-T deviates from the proposal without a reason",
    severity: Severity::Hint,
    why: "The team may decide otherwise than the rules propose, and has to be able to say why: that is the first thing asked about an SL-T.",
    detection: "An SL-T that differs from what consequence and exploitability propose in some FR, with no reason for the SL-T as a whole but that it is proposed, and none for the deviation in that FR.",
    false_positives: "An SL-T set by a corporate rule; name the rule as the reason.",
    advice: "Write the reason, or take the proposal.",
    run,
    fixes: fixes::propose_level,
};

fn run(plant: &Plant) -> Vec<Found> {
    let unexplained = plant.targets().filter_map(|target| {
        let is_silent = |reason: &str| reason.trim().is_empty() || comes_from_the_rules(reason);
        let level = plant.target_level(target).filter(|it| is_silent(&it.reason))?;
        let frs = unexplained(plant, target, level);
        let tag = plant.target_tag(target);
        let proposed = plant.proposal(target).levels.highest();
        let message =
            || format!("{tag} deviates from the proposed SL {proposed} in {} and does not say why", some_of(&frs));
        (!frs.is_empty()).then(|| Found::about(target, message()))
    });
    unexplained.collect()
}

fn unexplained(plant: &Plant, target: Target, level: &TargetLevel) -> Vec<String> {
    let proposed = plant.proposal(target).levels;
    let is_silent = |fr: &Fr| level.deviations.get(fr).is_none_or(|it| it.trim().is_empty());
    let deviating = Fr::ALL.into_iter().filter(|&fr| level.levels[fr] != proposed[fr]);
    deviating.filter(is_silent).map(|fr| fr.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Fr, Rating, Zone};

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
        assert_eq!(messages(&CHECK, &plant), ["Z-2 deviates from the proposed SL 3 in FR 4 and does not say why"]);
    }
}
