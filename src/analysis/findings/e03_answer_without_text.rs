//! E03: answers that need a reason and have none.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E03",
    title: "Not applicable or compensated without its text",
    severity: Severity::Warning,
    why: "Saying that a requirement does not concern a place, or that something else stands in for it, is a claim that needs its reason; without one it counts as unknown.",
    detection: "Answers of Compensated with no countermeasure described and of NotApplicable with no justification, gathered by target.",
    false_positives: "None: the text may be short, but the answer does not count without it.",
    advice: "Describe the countermeasure, or write why the requirement can't concern this target, or change the answer.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.silent.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.silent));
        Some(Found::about(target, format!("{tag} calls {which} compensated or not applicable and does not say why")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn each_of_the_two_needs_its_own_text() {
        let plant = ["Z-1", "Z-2", "Z-3", "Z-4"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        let plant = plant.answer("Z-1", "SR 1.1", Status::NotApplicable, |it| it.countermeasure = "A guard".into());
        let plant = plant.answer("Z-2", "SR 1.1", Status::Compensated, |it| it.countermeasure = " ".into());
        let plant = plant.answer("Z-3", "SR 1.1", Status::Compensated, |it| it.countermeasure = "A guard".into());
        let plant = plant.answer("Z-3", "SR 2.2", Status::NotApplicable, |it| it.justification = "No radio".into());
        assert_eq!(found(&CHECK, &plant.answer("Z-4", "SR 1.1", Status::NotMet, |_| ())), ["Z-1", "Z-2"]);
    }
}
