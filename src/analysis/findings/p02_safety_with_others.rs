//! P02: safety functions among other systems (ZCR 3.3).

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "P02",
    title: "Safety assets with others",
    severity: Severity::Warning,
    why: "The safety system is the last line when control fails or is taken over; in one zone with control, one break-in reaches both.",
    detection: "A zone in which a safety controller or its engineering workstation stands beside anything that is not for safety; field, network and security devices are tolerated, and what comes and goes is in P03.",
    false_positives: "An integrated control and safety system whose maker and certificate vouch for the separation inside.",
    advice: "Give the safety system a zone of its own with its engineering workstation, and let control only read from it.",
    run,
    fixes: fixes::part_safety,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.zones_mixing(("safety assets", |it| is_safety(plant, it)), ("others", |it| is_no_company(plant, it)))
}

pub(in crate::analysis) fn is_safety(plant: &Plant, asset: &Asset) -> bool {
    plant.class(asset) == Some(AssetClass::Safety) || asset.kind == "sis_engineering_ws"
}

/// Field devices, and what serves or watches the network, may stand beside safety.
fn is_no_company(plant: &Plant, asset: &Asset) -> bool {
    use AssetClass::{Field, Network, Portable, Safety, Security};
    !matches!(plant.class(asset), None | Some(Safety | Field | Network | Security | Portable))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn safety_tolerates_its_own_tools_the_field_and_the_network() {
        let plant = Fixture::new().zone("Z-SIS", |_| ()).asset("SIS", "sis_controller", "Z-SIS", |_| ());
        let plant =
            plant.asset("SIS-EWS", "sis_engineering_ws", "Z-SIS", |_| ()).asset("PT", "sensor", "Z-SIS", |_| ());
        let alone = plant.asset("SW", "switch", "Z-SIS", |_| ()).asset("IDS", "ot_ids", "Z-SIS", |_| ());
        assert!(found(&CHECK, &alone).is_empty());
        for kind in ["plc", "hmi", "engineering_ws", "historian", "office_pc", "jump_host", "camera"] {
            assert_eq!(found(&CHECK, &alone.clone().asset("X", kind, "Z-SIS", |_| ())), ["Z-SIS"], "{kind}");
        }
    }

    #[test]
    fn the_safety_engineering_workstation_counts_as_safety() {
        let plant = Fixture::new().zone("Z-ENG", |_| ()).asset("SIS-EWS", "sis_engineering_ws", "Z-ENG", |_| ());
        let plant = plant.asset("EWS", "engineering_ws", "Z-ENG", |_| ());
        assert_eq!(found(&CHECK, &plant), ["Z-ENG"]);
    }
}
