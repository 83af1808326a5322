//! E10: answers inherited from nowhere.

use std::collections::BTreeMap;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::RequirementSet;
use crate::model::Target;

pub(super) const CHECK: Check = Check {
    code: "E10",
    title: "Inherited answer without a source",
    severity: Severity::Error,
    why: "An inherited answer says no more than its source; where that is gone, or leads back to the answer itself, nobody has answered at all.",
    detection: "Inherited answers for which no source is chosen, or whose source, through any number of steps, is a target that is gone, lies in a circle, or inherits from nowhere itself; gathered by target.",
    false_positives: "None: such an answer counts as unknown.",
    advice: "Name the target that the answer really comes from, or answer it here.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let mut unsaid: BTreeMap<Target, RequirementSet> = BTreeMap::new();
    for (target, inherited) in plant.inherited() {
        for &(index, _) in inherited.iter().filter(|(_, source)| source.is_none()) {
            unsaid.entry(target).or_default().set(index, true);
        }
    }
    let rootless = plant.unresolved().map(|(target, which)| {
        let unsaid = unsaid.get(&target).copied().unwrap_or_default() & which;
        let lost = which.without(unsaid);
        let mut words = Vec::new();
        if !unsaid.is_empty() {
            words.push(format!("{} inherited, but from where is not said", plant.some_requirements(unsaid)));
        }
        if !lost.is_empty() {
            let which = plant.some_requirements(lost);
            words.push(format!("{which} inherited from a target that is gone, in a circle, or has it from nowhere"));
        }
        Found::about(target, format!("{}: {}", plant.target_tag(target), words.join("; ")))
    });
    rootless.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Status, ZoneId};

    fn from(tag: &str) -> Status {
        Status::Inherited(Some(ZoneId::derived_from(tag).into()))
    }

    #[test]
    fn an_inherited_answer_comes_from_somewhere() {
        let plant =
            ["Z-1", "Z-2", "Z-3", "Z-4", "Z-5"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        let plant = plant.answer("Z-1", "SR 1.1", Status::Inherited(None), |_| ());
        let circle = plant.answer("Z-2", "SR 1.1", from("Z-3"), |_| ()).answer("Z-3", "SR 1.1", from("Z-2"), |_| ());
        let plant = circle.answer("Z-4", "SR 1.1", from("Z-5"), |_| ()).answer("Z-5", "SR 1.1", Status::Met, |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-1", "Z-2", "Z-3"]);
        let told = messages(&CHECK, &plant);
        assert_eq!(told[0], "Z-1: SR 1.1 inherited, but from where is not said");
        assert_eq!(told[1], "Z-2: SR 1.1 inherited from a target that is gone, in a circle, or has it from nowhere");
    }
}
