//! E17: more claimed of a shared service than where it comes from.

use std::collections::BTreeMap;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::RequirementSet;
use crate::model::Target;

pub(super) const CHECK: Check = Check {
    code: "E17",
    title: "Enhancement claimed beyond the source of the requirement",
    severity: Severity::Warning,
    why: "A requirement that is inherited is fulfilled by somebody else's service; its enhancement can hardly be met here while that service does not have it.",
    detection: "An RE answered Met whose SR is inherited, while the target that the SR comes from answers the same RE Partial or NotMet; gathered by target and source.",
    false_positives: "An enhancement that is added on the spot, on top of a shared service.",
    advice: "Inherit the enhancement from the same source, or answer the requirement itself here too.",
    run,
    fixes: fixes::inherit_too,
};

fn run(plant: &Plant) -> Vec<Found> {
    let of_target = |(target, inherited): (Target, &[(usize, Option<Target>)])| {
        let mut beyond: BTreeMap<Target, RequirementSet> = BTreeMap::new();
        for &(index, source) in inherited {
            let Some(source) = source.filter(|&it| it != target) else { continue };
            let claimed = claimed(plant, target, source, index);
            if !claimed.is_empty() {
                *beyond.entry(source).or_default() |= claimed;
            }
        }
        beyond.into_iter().map(move |(source, which)| (target, source, which)).collect::<Vec<_>>()
    };
    let beyond = plant.inherited().flat_map(of_target).map(|(target, source, which)| {
        let (here, there) = (plant.target_tag(target), plant.target_tag(source));
        let which = plant.some_requirements(which);
        Found::about_all(
            [target, source],
            format!("{here} claims {which} met, which {there} has not, and inherits the requirement from there"),
        )
    });
    beyond.collect()
}

/// The enhancements of an SR that are met here and lacking there.
pub(in super::super) fn claimed(plant: &Plant, here: Target, there: Target, sr: usize) -> RequirementSet {
    let family = || {
        let id = plant.catalogue.requirements().get(sr)?.id;
        let is_met = plant.claims_of(here)?.met;
        let is_lacking = plant.claims_of(there)?.lacking;
        let rest = if id.is_sr() { plant.catalogue.with_enhancements(id) } else { RequirementSet::EMPTY };
        Some(rest & is_met & is_lacking)
    };
    family().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Status, ZoneId};

    #[test]
    fn an_enhancement_is_met_where_its_requirement_is() {
        let from = Status::Inherited(Some(ZoneId::derived_from("Z-1").into()));
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ());
        let plant = plant.answer("Z-1", "SR 1.3", Status::Met, |_| ());
        let plant = plant.answer("Z-1", "SR 1.3 RE 1", Status::NotMet, |_| ());
        let plant = plant.answer("Z-2", "SR 1.3", from, |_| ()).answer("Z-2", "SR 1.3 RE 1", Status::Met, |_| ());
        let plant = plant.answer("Z-3", "SR 1.3", from, |_| ()).answer("Z-3", "SR 1.3 RE 1", Status::NotMet, |_| ());
        assert_eq!(
            messages(&CHECK, &plant),
            ["Z-2 claims SR 1.3 RE 1 met, which Z-1 has not, and inherits the requirement from there"]
        );
        let honest = plant.answer("Z-2", "SR 1.3 RE 1", from, |_| ());
        assert!(found(&CHECK, &honest).is_empty());
    }
}
