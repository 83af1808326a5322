//! E15: risks that countermeasures are said to raise.

use std::cmp::Ordering;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RatedAt;

pub(super) const CHECK: Check = Check {
    code: "E15",
    title: "Current risk above unmitigated",
    severity: Severity::Warning,
    why: "The unmitigated rating is that of a plant with nothing against the scenario; what stands against it today can't make it worse, so one of the two ratings is a slip.",
    detection: "A risk whose current level lies above its unmitigated one, or whose consequence times likelihood does within the same level.",
    false_positives: "A countermeasure that brought a danger of its own, such as a remote connection; that is a scenario by itself.",
    advice: "Rate the unmitigated risk again as if nothing stood against it, or correct the current one.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let change = |it| plant.change_between(it, RatedAt::Unmitigated, RatedAt::Current);
    let raised = plant.risks().iter().filter(|(_, it)| change(it) == Some(Ordering::Greater));
    raised
        .map(|(id, it)| Found::about(id, format!("{} is rated higher today than with nothing against it", it.tag)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Consequences, Rating, Risk};

    /// A scenario of consequence 4 with its likelihood before all countermeasures and today, 0 for not rated.
    fn risk(unmitigated: u8, current: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            (risk.unmitigated, risk.current) = (Rating::new(unmitigated), Rating::new(current));
        }
    }

    #[test]
    fn what_stands_against_a_risk_does_not_raise_it() {
        let plant = Fixture::new().risk("R-LEVEL", risk(2, 4)).risk("R-WITHIN", risk(3, 4)).risk("R-SAME", risk(3, 3));
        let plant = plant.risk("R-LOWER", risk(4, 2)).risk("R-OPEN", risk(0, 3));
        assert_eq!(found(&CHECK, &plant), ["R-LEVEL", "R-WITHIN"]);
    }
}
