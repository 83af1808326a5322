//! P01: office systems among those that steer the process (ZCR 3.2).

use super::{Check, Found, Plant, Severity};
use crate::catalogue::AssetClass;

pub(super) const CHECK: Check = Check {
    code: "P01",
    title: "Business assets with control assets",
    severity: Severity::Warning,
    why: "Office systems read mail, browse and are patched in the office's rhythm; in one zone with controllers, what befalls them befalls the process.",
    detection: "A zone in which an asset of the office stands beside one that steers, protects or watches the process.",
    false_positives: "A business terminal on the plant floor that has no network connection there.",
    advice: "Give the business assets a zone of their own, and let them reach the plant's data through a DMZ.",
    run,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(
        ("business assets", |it| plant.class(it) == Some(AssetClass::Enterprise)),
        ("control assets", |it| plant.class(it).is_some_and(AssetClass::is_control)),
    )
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
