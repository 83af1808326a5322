//! Z04: a conduit of which nobody has said how well it is to be protected.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z04",
    title: "Conduit without SL-T",
    severity: Severity::Warning,
    why: "A conduit has requirements of its own; without a target none of its weaknesses counts as a gap, and attackers come over conduits.",
    detection: "A conduit for which no SL-T is set.",
    false_positives: "A conduit between two zones that both lie outside the organisation.",
    advice: "Set the conduit's SL-T, as a rule no lower than that of the less demanding of its two zones.",
    run,
    fixes: fixes::propose_level,
};

fn run(plant: &Plant) -> Vec<Found> {
    let undecided = plant.conduits().iter().filter(|(_, it)| it.sl_t.is_none());
    undecided.map(|(id, it)| Found::about(id, format!("No SL-T is set for the conduit {}", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_conduit_does_not_take_its_target_from_its_zones() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).sl_t("Z-1", 2).sl_t("Z-2", 2);
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).conduit("C-2", "Z-1", "Z-2", |_| ());
        assert_eq!(found(&CHECK, &plant.sl_t("C-2", 2)), ["C-1"]);
    }
}
