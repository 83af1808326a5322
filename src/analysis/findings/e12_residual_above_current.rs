//! E12: risks that the plan is said to raise.

use std::cmp::Ordering;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E12",
    title: "Residual risk above current",
    severity: Severity::Warning,
    why: "What is planned should lower a risk; a residual rating above today's is a slip, or the plan does harm.",
    detection: "A risk whose residual level lies above its current one, or whose consequence times likelihood does within the same level.",
    false_positives: "A change to the plant that raises the risk knowingly, such as a new remote connection.",
    advice: "Rate the risk again with the people who know the plan; if it really rises, plan something against it.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let raised = plant.risks().iter().filter(|(_, it)| plant.change_of(it) == Some(Ordering::Greater));
    raised.map(|(id, it)| Found::about(id, format!("{} is rated higher after the plan than today", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Consequences, Rating, Risk};

    /// A scenario of consequence 4 with its likelihood today and after the plan, 0 for not rated.
    fn risk(current: u8, residual: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            (risk.current, risk.residual) = (Rating::new(current), Rating::new(residual));
        }
    }

    #[test]
    fn a_plan_does_not_raise_a_risk() {
        let plant = Fixture::new().risk("R-LEVEL", risk(2, 3)).risk("R-WITHIN", risk(3, 4)).risk("R-SAME", risk(3, 3));
        let plant = plant.risk("R-LOWER", risk(3, 2)).risk("R-OPEN", risk(3, 0));
        assert_eq!(found(&CHECK, &plant), ["R-LEVEL", "R-WITHIN"]);
    }
}
