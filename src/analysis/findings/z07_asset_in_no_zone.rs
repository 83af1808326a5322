//! Z07: an asset that stands nowhere.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z07",
    title: "Asset in no zone",
    severity: Severity::Warning,
    why: "What belongs to no zone gets no target and no answers: the assessment passes it by.",
    detection: "An asset without a zone of its own, even where an interface of it reaches into one.",
    false_positives: "An asset just imported that nobody has placed yet.",
    advice: "Put the asset into the zone it stands in, or take it out of the inventory if it is out of scope.",
    run,
    fixes: fixes::place_asset,
};

fn run(plant: &Plant) -> Vec<Found> {
    let homeless = plant.assets().iter().filter(|(_, it)| it.zone.is_none());
    homeless.map(|(id, it)| Found::about(id, format!("{} stands in no zone", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    #[test]
    fn an_interface_in_a_zone_is_not_a_home() {
        let plant =
            Fixture::new().zone("Z-1", |_| ()).asset("PLC", "plc", "Z-1", |_| ()).asset("HMI", "hmi", "", |_| ());
        let plant = plant.asset("HIST", "historian", "", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-1"));
        });
        assert_eq!(found(&CHECK, &plant), ["HIST", "HMI"]);
    }
}
