//! E24: risks rated lower today for countermeasures that are not there.

use std::cmp::Ordering;

use super::words::one_or_more;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::RequirementSet;
use crate::model::{RatedAt, Risk, RiskId};

pub(super) const CHECK: Check = Check {
    code: "E24",
    title: "Risk lowered by countermeasures that are not there",
    severity: Severity::Warning,
    why: "Today's rating is lower because something stands against the scenario; if all the requirements that counter it are gaps where it strikes, nothing does.",
    detection: "A risk rated lower today than unmitigated that names requirements which counter it, of which none is satisfied at any of its targets and at least one that is demanded there is answered Partial or NotMet.",
    false_positives: "A countermeasure outside the requirements, such as a mechanical interlock; then describe it as existing countermeasure and set this aside.",
    advice: "Rate the risk of today again, or correct the answers; a gap that is to be closed lowers the residual rating, not today's.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let change = |it| plant.change_between(it, RatedAt::Unmitigated, RatedAt::Current);
    let lowered = plant.risks().iter().filter(|(_, it)| !it.requirements.is_empty() && !it.targets.is_empty());
    lowered.filter(|(_, it)| change(it) == Some(Ordering::Less)).filter_map(|(id, it)| missing(plant, id, it)).collect()
}

fn missing(plant: &Plant, id: RiskId, risk: &Risk) -> Option<Found> {
    let countering: RequirementSet = risk.requirements.iter().filter_map(|&it| plant.catalogue.index(it)).collect();
    let mut violated = RequirementSet::EMPTY;
    for &target in &risk.targets {
        let (standing, scope) = (plant.standing(target), plant.scope(target));
        if !(standing.satisfied & scope & countering).is_empty() {
            return None;
        }
        violated |= standing.violated & plant.demanded(target) & countering;
    }
    (!violated.is_empty()).then(|| {
        let (tag, which) = (&risk.tag, plant.some_requirements(violated));
        let are_gaps = one_or_more(violated.len(), "counters it, is a gap", "counter it, are gaps");
        Found::about(id, format!("{tag} is rated lower today, but {which}, which {are_gaps} where it strikes"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Consequences, Id, Rating, Risk, Status, ZoneId};

    /// A scenario of consequence 4 that SR 1.1 and SR 5.1 counter, with its likelihood before and today.
    fn risk(unmitigated: u8, current: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
            (risk.unmitigated, risk.current) = (Rating::new(unmitigated), Rating::new(current));
            risk.targets = [ZoneId::derived_from("Z-1").into()].into();
            risk.requirements = ["SR 1.1", "SR 5.1"].iter().map(|it| it.parse().unwrap()).collect();
        }
    }

    #[test]
    fn something_has_to_stand_against_a_risk_that_is_rated_lower() {
        let plant =
            Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1).risk("R-1", risk(4, 2)).risk("R-SAME", risk(4, 4));
        assert!(found(&CHECK, &plant).is_empty(), "nobody has answered");
        let gaps = plant.answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        assert_eq!(found(&CHECK, &gaps), ["R-1"]);
        assert!(found(&CHECK, &gaps.answer("Z-1", "SR 5.1", Status::Met, |_| ())).is_empty());
    }

    #[test]
    fn only_what_is_demanded_is_missing_and_one_is_told_as_one() {
        let both = |risk: &mut Risk| risk.requirements = ["SR 1.1", "SR 1.1 RE 2"].map(|it| it.parse().unwrap()).into();
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1).risk("R-1", |it| {
            risk(4, 2)(it);
            both(it);
        });
        let plant = plant.answer("Z-1", "SR 1.1 RE 2", Status::NotMet, |_| ());
        assert!(found(&CHECK, &plant).is_empty(), "SL 3 alone demands it");
        let plant = plant.answer("Z-1", "SR 1.1", Status::Partial, |_| ());
        let one = "R-1 is rated lower today, but SR 1.1, which counters it, is a gap where it strikes";
        assert_eq!(messages(&CHECK, &plant), [one]);
        let two = "R-1 is rated lower today, but SR 1.1 and SR 1.1 RE 2, which counter it, are gaps where it strikes";
        assert_eq!(messages(&CHECK, &plant.sl_t("Z-1", 3)), [two]);
    }
}
