//! A05: an asset with a foot in two zones.

use super::plant::zones_of;
use super::watching::is_sensor;
use super::words::{all_of, levels_apart};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::Asset;

pub(super) const CHECK: Check = Check {
    code: "A05",
    title: "Dual-homed asset joins zones",
    severity: Severity::Warning,
    why: "A machine with a network card in each zone is a way around the conduit between them: whoever takes it over stands in both. Historians are the classic case.",
    detection: "An asset with an interface in a second zone that is not itself a network device and no sensor that merely listens; how far the SL-T of its zones lie apart is named. Where one of the zones is untrusted, A14 says so instead.",
    false_positives: "A second card that is unplugged or serves a separate backup network; then take the second zone off the asset.",
    advice: "Give the asset one home and let the other zone reach it over a filtered conduit, or put a replica in a DMZ.",
    run,
    fixes: fixes::stand_in_one_zone,
};

fn run(plant: &Plant) -> Vec<Found> {
    let joining = plant.assets().iter().filter_map(|(id, asset)| {
        let is_joining = zones_of(asset).nth(1).is_some()
            && plant.class(asset) != Some(AssetClass::Network)
            && !is_sensor(plant, asset)
            && !super::a14_outside_within::leads_outside(plant, asset);
        is_joining.then(|| {
            let zones: Vec<_> = zones_of(asset).map(|zone| plant.target_tag(zone.into())).collect();
            let apart = apart(plant, asset).map(|it| format!(", which lie {it}")).unwrap_or_default();
            Found::about(id, format!("{} stands in {} at once{apart}", asset.tag, all_of(&zones)))
        })
    });
    joining.collect()
}

/// How far the SL-T of two of its zones lie apart, if they do.
pub(super) fn apart(plant: &Plant, asset: &Asset) -> Option<String> {
    let mut zones = zones_of(asset).filter_map(|id| plant.zones().get(id));
    let home = zones.next()?;
    zones.find_map(|other| levels_apart(home, other))
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Fr, Id, ZoneId};

    #[test]
    fn a_historian_with_two_cards_is_found_and_a_firewall_is_not() {
        let second = |asset: &mut crate::model::Asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        };
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.asset("HIST", "historian", "Z-1", second).asset("FW", "firewall", "Z-1", second);
        let plant = plant.asset("HMI", "hmi", "Z-1", |_| ());
        assert_eq!(found(&CHECK, &plant), ["HIST"]);
        assert_eq!(messages(&CHECK, &plant), ["HIST stands in Z-1 and Z-2 at once"]);
        let apart = messages(&CHECK, &plant.sl_t("Z-1", 3).sl_t("Z-2", 3).sl_t_in("Z-2", Fr::Rdf, 1));
        assert_eq!(apart, ["HIST stands in Z-1 and Z-2 at once, which lie 2 levels apart in FR 5"]);
    }

    #[test]
    fn a_sensor_that_listens_in_two_zones_joins_none() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).asset("IDS", "ot_ids", "Z-1", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        });
        assert!(found(&CHECK, &plant).is_empty());
    }
}
