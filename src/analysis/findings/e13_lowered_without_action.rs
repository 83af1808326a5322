//! E13: risks that go down by themselves.

use std::cmp::Ordering;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E13",
    title: "Residual risk lowered with no action",
    severity: Severity::Warning,
    why: "A risk does not fall because a lower number is written down; without an action behind it the residual rating is a hope.",
    detection: "A risk whose residual level lies below its current one, or whose consequence times likelihood does within the same level, with no action but dropped ones.",
    false_positives: "Actions that lower the risk but were never linked to it.",
    advice: "Link the actions that lower the risk, or leave the residual rating where the current one is.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let lowered = plant.risks().iter().filter(|(_, it)| plant.change_of(it) == Some(Ordering::Less));
    lowered
        .filter(|(_, it)| !plant.is_acted_on(it))
        .map(|(id, it)| {
            Found::about(id, format!("{} is rated lower after the plan with no action to lower it", it.tag))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{ActionId, ActionStatus, Consequences, Id, Rating, Risk};

    /// A scenario of consequence 4 with its likelihood today and after the plan, and the action named.
    fn risk(current: u8, residual: u8, action: &str) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            (risk.current, risk.residual) = (Rating::new(current), Rating::new(residual));
            risk.actions = (!action.is_empty()).then(|| ActionId::derived_from(action)).into_iter().collect();
        }
    }

    #[test]
    fn only_an_action_lowers_a_risk() {
        let plant = Fixture::new().action("ACT", |_| ()).action("DROPPED", |it| it.status = ActionStatus::Dropped);
        let plant = plant.risk("R-1", risk(4, 2, "")).risk("R-2", risk(4, 2, "DROPPED")).risk("R-3", risk(4, 2, "ACT"));
        let plant = plant.risk("R-4", risk(4, 4, "")).risk("R-5", risk(4, 3, ""));
        assert_eq!(found(&CHECK, &plant), ["R-1", "R-2", "R-5"]);
    }

    #[test]
    fn a_lower_consequence_needs_an_action_too() {
        let plant = Fixture::new().risk("R-1", |it| {
            risk(3, 3, "")(it);
            it.residual_consequence = Rating::new(2);
        });
        assert_eq!(found(&CHECK, &plant), ["R-1"]);
    }
}
