//! P05: devices that are reached from outside among those that are not (ZCR 3.6).

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "P05",
    title: "Externally connected devices with internal ones",
    severity: Severity::Warning,
    why: "A device with a line of its own to the outside is the first to be attacked; its neighbours in the zone are the next.",
    detection: "A zone in which an asset marked as connected from outside stands beside one that is not; network, remote access and security devices are tolerated, and so is what lies outside itself.",
    false_positives: "An outside line that leads through the site's own firewall; then the device is not externally connected.",
    advice: "Give externally connected devices a zone of their own, or bring their line in through the DMZ.",
    run,
    fixes: fixes::part_external,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(("externally connected devices", is_apart), ("internal ones", |it| !is_tolerated(plant, it)))
}

/// Whether an asset has a line of its own to the outside.
pub(in crate::analysis) fn is_apart(asset: &Asset) -> bool {
    asset.external
}

fn is_tolerated(plant: &Plant, asset: &Asset) -> bool {
    use AssetClass::{External, Network, RemoteAccess, Security};
    matches!(plant.class(asset), Some(Network | RemoteAccess | Security | External))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Asset;

    #[test]
    fn a_device_with_a_line_outside_belongs_in_a_zone_of_its_own() {
        let outside = |asset: &mut Asset| asset.external = true;
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-REMOTE", |_| ()).zone("Z-INNER", |_| ());
        let plant = plant.asset("PLC", "plc", "Z-CTRL", |_| ()).asset("RTU", "rtu", "Z-CTRL", outside);
        let plant = plant.asset("RTU-2", "rtu", "Z-REMOTE", outside).asset("FW", "firewall", "Z-REMOTE", |_| ());
        let plant = plant.asset("JUMP", "jump_host", "Z-REMOTE", |_| ()).asset("IDS", "ot_ids", "Z-REMOTE", |_| ());
        let plant = plant.asset("NET", "internet", "Z-REMOTE", |_| ());
        let plant = plant.asset("HMI", "hmi", "Z-INNER", |_| ()).asset("PLC-2", "plc", "Z-INNER", |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-CTRL"]);
    }
}
