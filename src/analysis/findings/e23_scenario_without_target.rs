//! E23: risk scenarios that touch no zone or conduit.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E23",
    title: "Risk scenario without a target",
    severity: Severity::Warning,
    why: "A scenario weighs on what it names: one that names no zone or conduit raises no consequence, no proposal of an SL-T and no priority, however bad it is.",
    detection: "A risk of the detailed assessment that names no zone and no conduit. Those of the initial assessment may come before zones are drawn.",
    false_positives: "A scenario for the plant as a whole; then name its zones all the same.",
    advice: "Name the zones and conduits that the scenario touches.",
    run,
    fixes: fixes::touch_zones_of_assets,
};

fn run(plant: &Plant) -> Vec<Found> {
    let detailed = plant.risks().iter().filter(|(_, it)| it.stage == crate::model::AssessmentStage::Detailed);
    let without = detailed.filter(|(_, it)| it.targets.is_empty());
    without.map(|(id, it)| Found::about(id, format!("{} names no zone or conduit that it touches", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssessmentStage, Id, ZoneId};

    #[test]
    fn a_scenario_touches_something() {
        let plant = Fixture::new().zone("Z-1", |_| ()).risk("R-1", |_| ());
        let plant = plant.risk("R-2", |it| it.targets = [ZoneId::derived_from("Z-1").into()].into());
        let plant = plant.risk("R-3", |it| it.stage = AssessmentStage::Initial);
        assert_eq!(found(&CHECK, &plant), ["R-1"]);
    }
}
