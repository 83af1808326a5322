//! A05: an asset with a foot in two zones.

use super::plant::{all_of, zones_of};
use super::{Check, Found, Plant, Severity};
use crate::catalogue::AssetClass;

pub(super) const CHECK: Check = Check {
    code: "A05",
    title: "Dual-homed asset joins zones",
    severity: Severity::Warning,
    why: "A machine with a network card in each zone is a way around the conduit between them: whoever takes it over stands in both. Historians are the classic case.",
    detection: "An asset with an interface in a second zone that is not itself a network device.",
    false_positives: "A second card that is unplugged or serves a separate backup network; then take the second zone off the asset.",
    advice: "Give the asset one home and let the other zone reach it over a filtered conduit, or put a replica in a DMZ.",
    run,
};

fn run(plant: &Plant) -> Vec<Found> {
    let joining = plant.assets().iter().filter_map(|(id, asset)| {
        let zones: Vec<_> = zones_of(asset).map(|zone| plant.target_tag(zone.into())).collect();
        let is_joining = zones.len() > 1 && plant.class(asset) != Some(AssetClass::Network);
        is_joining.then(|| Found::about(id, format!("{} stands in {} at once", asset.tag, all_of(&zones))))
    });
    joining.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    #[test]
    fn a_historian_with_two_cards_is_found_and_a_firewall_is_not() {
        let second = |asset: &mut crate::model::Asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        };
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.asset("HIST", "historian", "Z-1", second).asset("FW", "firewall", "Z-1", second);
        let plant = plant.asset("HMI", "hmi", "Z-1", |_| ());
        assert_eq!(found(&CHECK, &plant), ["HIST"]);
    }
}
