//! P04: devices on the air among those on cables (ZCR 3.5).

use super::p03_temporary_with_permanent::serves_network;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "P04",
    title: "Wireless devices with wired ones",
    severity: Severity::Warning,
    why: "Radio does not stop at the fence: whoever sits in the car park can try the door, and behind it lies the whole zone.",
    detection: "A zone in which a wireless device, an access point or a cellular modem stands beside a wired asset; wired network and security devices are tolerated.",
    false_positives: "A radio that is switched off or reaches no further than the cabinet.",
    advice: "Give wireless devices a zone of their own and join it over a filtered conduit.",
    run,
    fixes: fixes::part_wireless,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(("wireless devices", is_wireless), ("wired ones", |it| !serves_network(plant, it)))
}

pub(in crate::analysis) fn is_wireless(asset: &Asset) -> bool {
    asset.wireless || matches!(asset.kind.as_str(), "wireless_ap" | "cellular_modem")
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn radio_belongs_in_a_zone_of_its_own() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ()).zone("Z-AIR", |_| ());
        let plant = plant.asset("PLC-1", "plc", "Z-1", |_| ()).asset("AP", "wireless_ap", "Z-1", |_| ());
        let plant = plant.asset("PLC-2", "plc", "Z-2", |_| ()).asset("MODEM", "cellular_modem", "Z-2", |_| ());
        let plant = plant.asset("PLC-3", "plc", "Z-3", |_| ()).asset("PT-3", "sensor", "Z-3", |it| it.wireless = true);
        let plant = plant.asset("AP-4", "wireless_ap", "Z-AIR", |_| ()).asset("SW", "switch", "Z-AIR", |_| ());
        let plant = plant.asset("PT-4", "sensor", "Z-AIR", |it| it.wireless = true);
        assert_eq!(found(&CHECK, &plant), ["Z-1", "Z-2", "Z-3"]);
    }
}
