//! E10: answers inherited from nowhere.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E10",
    title: "Inherited answer without a source",
    severity: Severity::Error,
    why: "An inherited answer says no more than its source; where that is gone, or leads back to the answer itself, nobody has answered at all.",
    detection: "Inherited answers whose source, through any number of steps, is a target that is gone or lies in a circle; gathered by target.",
    false_positives: "None: such an answer counts as unknown.",
    advice: "Name the target that the answer really comes from, or answer it here.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let rootless = plant.unresolved().map(|(target, which)| {
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(which));
        Found::about(target, format!("{tag} inherits {which} from a target that is gone or in a circle"))
    });
    rootless.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
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
    }
}
