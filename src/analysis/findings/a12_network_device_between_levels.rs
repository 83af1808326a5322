//! A12: a switch or router with a leg in zones that are not of one level.

use super::a05_dual_homed::apart;
use super::nested::level_of;
use super::plant::{is_filter, zones_of};
use super::words::all_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "A12",
    title: "Network device joins zones of different level",
    severity: Severity::Warning,
    why: "A switch or router passes everything on, and VLANs on one box are apart only as long as its configuration is right; whoever takes over the device sees the traffic of the better protected zone from the lesser one.",
    detection: "A network device that is neither a firewall nor a one-way device, with interfaces in zones whose SL-T differ in some FR or that stand at different Purdue levels, a zone without a level having that of the zone around it. Where one of them is untrusted, A14 says so instead.",
    false_positives: "A device that filters between its interfaces; then it is a firewall.",
    advice: "Give each zone a device of its own and join them through a firewall.",
    run,
    fixes: fixes::stand_in_one_zone,
};

fn run(plant: &Plant) -> Vec<Found> {
    let joining = plant.assets().iter().filter_map(|(id, asset)| {
        let is_device = plant.class(asset) == Some(AssetClass::Network) && !is_filter(asset);
        if !is_device || zones_of(asset).nth(1).is_none() || super::a14_outside_within::leads_outside(plant, asset) {
            return None;
        }
        let how = match apart(plant, asset) {
            Some(apart) => format!("lie {apart}"),
            None => format!("stand at the Purdue levels {}", purdue_levels(plant, asset)?),
        };
        let zones: Vec<_> = zones_of(asset).map(|zone| plant.target_tag(zone.into())).collect();
        Some(Found::about(id, format!("{} joins {}, which {how}", asset.tag, all_of(&zones))))
    });
    joining.collect()
}

/// The different Purdue levels of its zones, if there are such.
fn purdue_levels(plant: &Plant, asset: &Asset) -> Option<String> {
    let mut levels: Vec<_> = zones_of(asset).filter_map(|id| level_of(plant, id)).collect();
    levels.sort_unstable();
    levels.dedup();
    (levels.len() > 1).then(|| all_of(&levels))
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, PurdueLevel, ZoneId};

    fn plant(kind: &str) -> Fixture {
        Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).asset("X", kind, "Z-1", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        })
    }

    #[test]
    fn a_switch_may_not_join_zones_of_different_sl_t() {
        let unequal = |kind: &str| plant(kind).sl_t("Z-1", 1).sl_t("Z-2", 3);
        let lie = "X joins Z-1 and Z-2, which lie 2 levels apart in FR 1, FR 2, FR 3, FR 4, FR 5, FR 6 and FR 7";
        assert_eq!(messages(&CHECK, &unequal("switch")), [lie]);
        assert_eq!(found(&CHECK, &unequal("router")), ["X"]);
        assert!(found(&CHECK, &unequal("firewall")).is_empty() && found(&CHECK, &unequal("data_diode")).is_empty());
        assert!(found(&CHECK, &unequal("historian")).is_empty(), "A05 finds it");
    }

    #[test]
    fn nor_zones_of_different_purdue_level() {
        let level = |zone: PurdueLevel| {
            plant("switch").zone("Z-1", |it| it.purdue = Some(PurdueLevel::L3)).zone("Z-2", |it| it.purdue = Some(zone))
        };
        assert_eq!(
            messages(&CHECK, &level(PurdueLevel::L1)),
            ["X joins Z-1 and Z-2, which stand at the Purdue levels 1 and 3"]
        );
        assert!(found(&CHECK, &level(PurdueLevel::L3)).is_empty());
        assert!(found(&CHECK, &plant("switch")).is_empty());
    }

    #[test]
    fn a_zone_without_a_level_has_that_of_the_zone_around() {
        let around = plant("switch").zone("Z-0", |it| it.purdue = Some(PurdueLevel::L3));
        let nested = around.zone("Z-2", |it| it.parent = Some(ZoneId::derived_from("Z-0")));
        let at = |level: PurdueLevel| nested.clone().zone("Z-1", |it| it.purdue = Some(level));
        assert_eq!(found(&CHECK, &at(PurdueLevel::L1)), ["X"]);
        assert!(found(&CHECK, &at(PurdueLevel::L3)).is_empty());
    }
}
