//! P01: office systems among those that steer the process (ZCR 3.2).

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::{Asset, PurdueLevel};

pub(super) const CHECK: Check = Check {
    code: "P01",
    title: "Business assets with control assets",
    severity: Severity::Warning,
    why: "Office systems read mail, browse and are patched in the office's rhythm; in one zone with controllers, what befalls them befalls the process.",
    detection: "A zone in which an asset of the office stands beside one that steers, protects or watches the process, SCADA, alarm and OPC servers included.",
    false_positives: "A business terminal on the plant floor that has no network connection there.",
    advice: "Give the business assets a zone of their own, and let them reach the plant's data through a DMZ.",
    run,
    fixes: fixes::part_business,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(("business assets", |it| is_business(plant, it)), ("control assets", |it| is_control(plant, it)))
}

/// Whether an asset belongs to the office.
pub(in crate::analysis) fn is_business(plant: &Plant, asset: &Asset) -> bool {
    plant.class(asset) == Some(AssetClass::Enterprise)
}

/// What steers, protects or watches the process, the servers that do so included.
fn is_control(plant: &Plant, asset: &Asset) -> bool {
    plant.asset_type(asset).is_some_and(|kind| {
        kind.class.is_control() || kind.class == AssetClass::Server && kind.purdue() <= PurdueLevel::L2
    })
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Zone, ZoneId};

    #[test]
    fn an_office_pc_beside_a_controller_is_found() {
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-OFFICE", |_| ());
        let plant = plant.asset("PLC", "plc", "Z-CTRL", |_| ()).asset("PC", "office_pc", "Z-CTRL", |_| ());
        let scada = plant.clone().zone("Z-SRV", |_| ()).asset("SCADA", "scada_server", "Z-SRV", |_| ());
        assert_eq!(found(&CHECK, &scada.asset("PC-2", "office_pc", "Z-SRV", |_| ())), ["Z-CTRL", "Z-SRV"]);
        let plant = plant.asset("ERP", "erp", "Z-OFFICE", |_| ()).asset("HIST", "historian", "Z-OFFICE", |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-CTRL"]);
        assert_eq!(messages(&CHECK, &plant), ["Z-CTRL mixes business assets (PC) with control assets (PLC)"]);
    }

    #[test]
    fn neither_an_inner_zone_nor_a_second_interface_mixes_them() {
        let inside = |zone: &mut Zone| zone.parent = Some(ZoneId::derived_from("Z-SITE"));
        let plant = Fixture::new().zone("Z-SITE", |_| ()).zone("Z-CTRL", inside);
        let plant = plant.asset("PLC", "plc", "Z-CTRL", |_| ()).asset("PC", "office_pc", "Z-SITE", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-CTRL"));
        });
        assert!(found(&CHECK, &plant).is_empty());
    }
}
