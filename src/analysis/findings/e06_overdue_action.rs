//! E06: actions that should have been finished.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E06",
    title: "Action past its date",
    severity: Severity::Warning,
    why: "As long as the action is open its gaps are too, and every date missed in silence makes the others worth less.",
    detection: "An action whose due date has passed and that is neither done nor verified nor dropped.",
    false_positives: "Work that is finished and not yet reported; then set the action to done.",
    advice: "Finish it, or agree on a new date with its owner and say what stands in until then.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let overdue = plant.actions().iter().filter(|(_, it)| it.is_overdue(plant.as_of));
    overdue
        .filter_map(|(id, it)| Some(Found::about(id, format!("{} was due on {} and is not finished", it.tag, it.due?))))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::ActionStatus;

    #[test]
    fn an_open_action_is_late_the_day_after_it_was_due() {
        let yesterday = Some(date(2026, 6, 14));
        let plant = Fixture::new().action("ACT-1", |it| it.due = yesterday).action("ACT-2", |it| it.due = Some(TODAY));
        let plant = plant.action("ACT-3", |it| (it.due, it.status) = (yesterday, ActionStatus::Done));
        let plant = plant.action("ACT-4", |it| (it.due, it.status) = (yesterday, ActionStatus::Dropped));
        let plant = plant.action("ACT-5", |it| (it.due, it.status) = (yesterday, ActionStatus::InProgress));
        assert_eq!(found(&CHECK, &plant), ["ACT-1", "ACT-5"]);
    }
}
