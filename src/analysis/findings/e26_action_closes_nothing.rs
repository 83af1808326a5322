//! E26: actions that nobody would miss.

use std::collections::HashSet;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Action, ActionId};

pub(super) const CHECK: Check = Check {
    code: "E26",
    title: "Action that closes nothing",
    severity: Severity::Hint,
    why: "An action is paid for by what it closes; one that closes nothing has no priority, or its gaps count as untreated although something is being done.",
    detection: "An action that is not finished and names no gap and no manual finding, against which no risk is planned and on which no other action depends; or all of whose gaps and manual findings are closed already while no risk needs it.",
    false_positives: "Organisational work that is tracked here for convenience.",
    advice: "Name the gaps that it closes or the risks that it lowers; if everything is closed, mark it done.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let of_risks = plant.risks().values().flat_map(|it| it.actions.iter().copied());
    let of_actions = plant.actions().values().filter(|it| it.treats()).flat_map(|it| it.depends_on.iter().copied());
    let needed: HashSet<ActionId> = of_risks.chain(of_actions).collect();
    let open = plant.actions().iter().filter(|(id, it)| !it.is_finished() && !needed.contains(id));
    open.filter_map(|(id, it)| {
        let tag = &it.tag;
        if it.closes.is_empty() && it.findings.is_empty() {
            Some(Found::about(id, format!("{tag} closes no gap and lowers no risk")))
        } else {
            is_idle(plant, it)
                .then(|| Found::about(id, format!("{tag} is still open, but all that it closes is closed")))
        }
    })
    .collect()
}

fn is_idle(plant: &Plant, action: &Action) -> bool {
    let is_met = |index: usize, target| plant.standing(target).satisfied.contains(index);
    let is_satisfied = action
        .closes
        .iter()
        .all(|key| plant.catalogue.index(key.requirement).is_some_and(|index| is_met(index, key.target)));
    is_satisfied && action.findings.iter().all(|&id| plant.manual_findings().get(id).is_some_and(|it| it.closed))
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{ActionId, ActionStatus, Id, Status};

    #[test]
    fn an_action_is_there_for_something() {
        let plant = Fixture::new().zone("Z-1", |_| ()).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let plant = plant.answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        let (closed, open) = (plant.gap("Z-1/SR 1.1"), plant.gap("Z-1/SR 1.3"));
        let plant = plant.action("A-NOTHING", |_| ()).action("A-CLOSED", |it| it.closes = [closed].into());
        let plant = plant.action("A-OPEN", |it| it.closes = [closed, open].into());
        let plant = plant.action("A-DONE", |it| it.status = ActionStatus::Done).action("A-BEFORE", |_| ());
        let plant = plant.action("A-AFTER", |it| {
            it.closes = [open].into();
            it.depends_on = [ActionId::derived_from("A-BEFORE")].into();
        });
        let plant =
            plant.action("A-RISK", |_| ()).risk("R-1", |it| it.actions = [ActionId::derived_from("A-RISK")].into());
        assert_eq!(
            messages(&CHECK, &plant),
            ["A-CLOSED is still open, but all that it closes is closed", "A-NOTHING closes no gap and lowers no risk"]
        );
    }
}
