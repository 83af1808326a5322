//! E19: answers inherited from a target that has not answered.

use std::collections::BTreeMap;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::RequirementSet;
use crate::model::Target;

pub(super) const CHECK: Check = Check {
    code: "E19",
    title: "Inherited from a target that has not answered",
    severity: Severity::Hint,
    why: "An inherited answer looks settled and is not: it stays an open question until the target that it comes from is assessed.",
    detection: "Inherited answers whose source, through any number of steps, is unknown, in targets that are assessed against the requirement; gathered by target and where it is inherited from. Circles and targets that are gone are E10.",
    false_positives: "A source that is assessed later on purpose, in a workshop still to come.",
    advice: "Answer the requirement at its source, or here.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let of_target = |(target, inherited): (Target, &[(usize, Option<Target>)])| {
        let (standing, scope) = (plant.standing(target), plant.scope(target));
        let known = standing.satisfied | standing.violated | standing.unresolved;
        let mut open: BTreeMap<Target, RequirementSet> = BTreeMap::new();
        for &(index, source) in inherited {
            if let Some(source) = source
                && scope.contains(index)
                && !known.contains(index)
            {
                open.entry(source).or_default().set(index, true);
            }
        }
        open.into_iter().map(move |(source, which)| (target, source, which)).collect::<Vec<_>>()
    };
    let open = plant.inherited().flat_map(of_target).map(|(target, source, which)| {
        let (here, there) = (plant.target_tag(target), plant.target_tag(source));
        let which = plant.some_requirements(which);
        Found::about_all([target, source], format!("{here} inherits {which} from {there}, where nobody has answered"))
    });
    open.collect()
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
    fn somebody_has_to_answer_in_the_end() {
        let plant = ["Z-1", "Z-2", "Z-3"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        let plant = plant.answer("Z-1", "SR 1.1", from("Z-2"), |_| ()).answer("Z-2", "SR 1.1", from("Z-3"), |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-1, Z-2", "Z-2, Z-3"]);
        assert_eq!(messages(&CHECK, &plant)[0], "Z-1 inherits SR 1.1 from Z-2, where nobody has answered");
        assert!(found(&CHECK, &plant.answer("Z-3", "SR 1.1", Status::NotMet, |_| ())).is_empty());
    }

    #[test]
    fn a_circle_is_told_elsewhere() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.answer("Z-1", "SR 1.1", from("Z-2"), |_| ()).answer("Z-2", "SR 1.1", from("Z-1"), |_| ());
        assert!(found(&CHECK, &plant).is_empty());
    }
}
