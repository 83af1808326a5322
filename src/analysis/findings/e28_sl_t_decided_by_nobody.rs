//! E28: targets taken for decided that nobody has decided.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::ValidationStep;

pub(super) const CHECK: Check = Check {
    code: "E28",
    title: "SL-T decided by nobody",
    severity: Severity::Warning,
    why: "Somebody stands by the levels as a whole, so each SL-T is taken for decided; without a role behind it nobody will defend it in the audit.",
    detection: "An SL-T that names nobody who decided it, once the step of the levels is confirmed; before that a proposal may stand.",
    false_positives: "A decision that was taken for all targets together and recorded elsewhere.",
    advice: "Name the role that decided and the day, or take back the confirmation of the levels.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    if plant.confirmation(ValidationStep::Levels).is_none() {
        return Vec::new();
    }
    let is_undecided =
        |&target: &crate::model::Target| plant.target_level(target).is_some_and(|it| it.decided_by.trim().is_empty());
    let undecided = plant.targets().filter(is_undecided);
    undecided
        .map(|it| Found::about(it, format!("The SL-T of {} was decided by nobody", plant.target_tag(it))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::ValidationStep;

    #[test]
    fn what_is_confirmed_was_decided_by_somebody() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ());
        let mut plant = plant.sl_t("Z-1", 2).sl_t("Z-2", 2);
        let decided = plant.target("Z-2").zone().unwrap();
        plant.project.zones.get_mut(decided).unwrap().sl_t.as_mut().unwrap().decided_by = "Operations manager".into();
        assert!(found(&CHECK, &plant).is_empty());
        assert_eq!(found(&CHECK, &plant.confirmed(ValidationStep::Levels)), ["Z-1"]);
    }
}
