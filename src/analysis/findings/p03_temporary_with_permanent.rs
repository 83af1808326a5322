//! P03: devices that come and go among those that stay (ZCR 3.4).

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "P03",
    title: "Temporarily connected devices with permanent ones",
    severity: Severity::Warning,
    why: "A laptop or stick that was elsewhere yesterday brings along what it caught there; plugged straight in among controllers, nothing stands in its way.",
    detection: "A zone in which an asset marked as temporary or of a portable type stands beside one that stays; network and security devices are tolerated.",
    false_positives: "A maintenance laptop that never leaves the cabinet; then it is not temporary.",
    advice: "Give portable devices a zone of their own with a check before they connect, or keep a permanent station for the work.",
    run,
    fixes: fixes::part_temporary,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(
        ("temporarily connected devices", |it| is_temporary(plant, it)),
        ("permanent ones", |it| !serves_network(plant, it)),
    )
}

pub(in crate::analysis) fn is_temporary(plant: &Plant, asset: &Asset) -> bool {
    asset.temporary || plant.class(asset) == Some(AssetClass::Portable)
}

/// Whether an asset carries or watches the network, and so may stand beside anything.
pub(super) fn serves_network(plant: &Plant, asset: &Asset) -> bool {
    matches!(plant.class(asset), Some(AssetClass::Network | AssetClass::Security))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_laptop_belongs_in_a_zone_of_its_own() {
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-TEST", |_| ()).zone("Z-MAINT", |_| ());
        let plant = plant.asset("PLC", "plc", "Z-CTRL", |_| ()).asset("LAPTOP", "vendor_laptop", "Z-CTRL", |_| ());
        let plant =
            plant.asset("HMI", "hmi", "Z-TEST", |_| ()).asset("LOAN", "hmi", "Z-TEST", |it| it.temporary = true);
        let plant = plant.asset("STICK", "removable_media", "Z-MAINT", |_| ()).asset("SW", "switch", "Z-MAINT", |_| ());
        let plant = plant.asset("SCOPE", "", "Z-MAINT", |it| it.temporary = true);
        assert_eq!(found(&CHECK, &plant), ["Z-CTRL", "Z-TEST"]);
    }
}
