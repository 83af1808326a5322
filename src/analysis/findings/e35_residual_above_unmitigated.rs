//! E35: risks that a plan is said to raise above what there would be without anything.

use std::cmp::Ordering;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RatedAt;

pub(super) const CHECK: Check = Check {
    code: "E35",
    title: "Residual risk above unmitigated",
    severity: Severity::Warning,
    why: "The unmitigated rating is that of a plant with nothing against the scenario; what remains after the plan can't be worse, so one of the two ratings is a slip.",
    detection: "A risk whose residual level lies above its unmitigated one, or whose consequence times likelihood does within the same level, and that is not rated as of today. Where it is, E12 or E15 tells at which of the two steps it rises.",
    false_positives: "A plan that brings a danger of its own, such as a remote connection; that is a scenario by itself.",
    advice: "Rate the risk as of today, and then correct the residual or the unmitigated rating.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let change = |it| plant.change_between(it, RatedAt::Unmitigated, RatedAt::Residual);
    let unrated = plant.risks().iter().filter(|(_, it)| it.rating(RatedAt::Current).is_none());
    let raised = unrated.filter(|(_, it)| change(it) == Some(Ordering::Greater));
    raised
        .map(|(id, it)| {
            Found::about(id, format!("{} is rated higher after the plan than with nothing against it", it.tag))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{CHECKS, found};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Rating, Risk};

    /// A scenario of consequence 3 with its likelihoods.
    fn risk(unmitigated: u8, current: Option<u8>, residual: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences.safety = Rating::new(3);
            risk.unmitigated = Rating::new(unmitigated);
            risk.current = current.and_then(Rating::new);
            risk.residual = Rating::new(residual);
        }
    }

    #[test]
    fn a_plan_is_no_worse_than_nothing() {
        let plant = Fixture::new().risk("R-1", risk(2, None, 3)).risk("R-2", risk(3, None, 3));
        assert_eq!(found(&CHECK, &plant), ["R-1"]);
    }

    #[test]
    fn where_today_is_rated_it_is_told_where_the_risk_rises() {
        let plant = Fixture::new().risk("R-1", risk(2, Some(1), 3)).risk("R-2", risk(2, Some(4), 3));
        let of = |code| found(CHECKS.iter().find(|it| it.code == code).unwrap(), &plant);
        assert_eq!((found(&CHECK, &plant), of("E12"), of("E15")), (vec![], vec!["R-1".into()], vec!["R-2".into()]));
    }
}
