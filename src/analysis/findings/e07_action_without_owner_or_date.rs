//! E07: actions that nobody will do, or not at any time.

use super::words::all_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E07",
    title: "Action without owner or due date",
    severity: Severity::Hint,
    why: "What nobody has promised by a day is a wish; it treats its gaps on paper only.",
    detection: "An open action of which the owner or the due date is empty.",
    false_positives: "Actions gathered in a workshop that are to be assigned afterwards.",
    advice: "Agree with somebody that they do it, and by when.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let open = plant.actions().iter().filter(|(_, it)| !it.is_finished());
    let vague = open.filter_map(|(id, it)| {
        let owner = it.owner.trim().is_empty().then_some("no owner");
        let date = it.due.is_none().then_some("no due date");
        let lacking: Vec<_> = owner.into_iter().chain(date).collect();
        (!lacking.is_empty()).then(|| Found::about(id, format!("{} has {}", it.tag, all_of(&lacking))))
    });
    vague.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::ActionStatus;

    #[test]
    fn an_open_action_has_somebody_and_a_day() {
        let plant = Fixture::new().action("ACT-1", |it| it.owner = " ".into()).action("ACT-2", |it| it.due = None);
        let plant = plant.action("ACT-3", |_| ()).action("ACT-4", |it| {
            it.due = None;
            it.status = ActionStatus::Dropped;
        });
        assert_eq!(found(&CHECK, &plant), ["ACT-1", "ACT-2"]);
    }
}
