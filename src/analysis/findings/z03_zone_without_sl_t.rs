//! Z03: a zone of which nobody has said how well it is to be protected.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z03",
    title: "Zone without SL-T",
    severity: Severity::Warning,
    why: "Without a target there is nothing to fall short of: no gap of the zone shows up, however poorly it is protected.",
    detection: "A zone for which no SL-T is set.",
    false_positives: "A zone outside the organisation, whose protection is not decided here.",
    advice: "Rate the scenarios that touch the zone, derive an SL-T from them, and record who decided it and why.",
    run,
    fixes: fixes::propose_level,
};

fn run(plant: &Plant) -> Vec<Found> {
    let undecided = plant.zones().iter().filter(|(_, it)| it.sl_t.is_none());
    undecided.map(|(id, it)| Found::about(id, format!("No SL-T is set for the zone {}", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_target_of_nought_is_a_decision_and_none_is_not() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
        assert_eq!(found(&CHECK, &plant.sl_t("Z-2", 0)), ["Z-1"]);
    }
}
