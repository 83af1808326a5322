//! A14: a link to the outside that passes every firewall.

use super::plant::{is_filter, zones_of};
use super::watching::is_sensor;
use super::words::{all_of, some_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;
use crate::model::{Asset, Zone, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "A14",
    title: "External link past the firewalls",
    severity: Severity::Error,
    why: "Every firewall is idle while one line leads around them: what comes from outside stands inside at once.",
    detection: "An asset with interfaces in an untrusted and in a trusted zone that is no firewall, one-way device, sensor or remote access gateway; and an asset that stands for the outside (the internet, a vendor's network, a cloud service) in a zone that is not untrusted, beside others and with no firewall in the zone.",
    false_positives: "A service that the organisation itself runs and protects as part of the zone.",
    advice: "Let the link end in a zone of trust External and join that over a conduit with a firewall.",
    run,
    fixes: fixes::part_outside,
};

fn run(plant: &Plant) -> Vec<Found> {
    let found = plant.assets().iter().filter_map(|(id, asset)| {
        let message = if leads_outside(plant, asset) {
            let (outer, inner): (Vec<_>, Vec<_>) = zones_of(asset).partition(|&zone| is_untrusted(plant, zone));
            let tags =
                |zones: &[ZoneId]| all_of(&zones.iter().map(|&it| plant.target_tag(it.into())).collect::<Vec<_>>());
            format!("{} joins {} to {} past every firewall", asset.tag, tags(&inner), tags(&outer))
        } else {
            let beside = stands_among(plant, asset)?;
            let zone = plant.target_tag(asset.zone?.into());
            format!(
                "{} stands for the outside, yet lies in {zone} with {} and no firewall between",
                asset.tag,
                some_of(&beside)
            )
        };
        Some(Found::about(id, message))
    });
    found.collect()
}

/// Whether an asset that filters nothing has a foot both in an untrusted and in a trusted zone.
pub(super) fn leads_outside(plant: &Plant, asset: &Asset) -> bool {
    let may_stand_between =
        || is_filter(asset) || is_sensor(plant, asset) || plant.class(asset) == Some(AssetClass::RemoteAccess);
    let (mut outer, mut inner) = (false, false);
    for zone in zones_of(asset).filter(|_| !asset.other_zones.is_empty()) {
        if is_untrusted(plant, zone) {
            outer = true;
        } else {
            inner = true;
        }
    }
    outer && inner && !may_stand_between()
}

fn is_untrusted(plant: &Plant, zone: ZoneId) -> bool {
    plant.zones().get(zone).is_some_and(Zone::is_untrusted)
}

fn is_outside(plant: &Plant, asset: &Asset) -> bool {
    plant.class(asset) == Some(AssetClass::External)
}

/// What of ours stands beside something of the outside in one trusted zone with no firewall.
fn stands_among<'a>(plant: &Plant<'a>, asset: &Asset) -> Option<Vec<&'a str>> {
    let zone = asset.zone.filter(|&zone| is_outside(plant, asset) && !is_untrusted(plant, zone))?;
    if plant.assets_of(zone).any(|(_, it)| is_filter(it)) {
        return None;
    }
    let mut ours: Vec<_> =
        plant.assets_in(zone).filter(|it| !is_outside(plant, it)).map(|it| it.tag.as_str()).collect();
    ours.sort_unstable();
    (!ours.is_empty()).then_some(ours)
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Trust, ZoneId};

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-CTRL", |_| ()).zone("Z-NET", |zone| zone.trust = Trust::External);
        plant.asset("PLC", "plc", "Z-CTRL", |_| ())
    }

    fn with(kind: &str) -> Fixture {
        plant().asset("X", kind, "Z-CTRL", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-NET"));
        })
    }

    #[test]
    fn nothing_but_a_firewall_may_stand_in_both() {
        for kind in ["router", "cellular_modem", "historian", "plc", ""] {
            assert_eq!(messages(&CHECK, &with(kind)), ["X joins Z-CTRL to Z-NET past every firewall"], "{kind}");
        }
        for kind in ["firewall", "data_diode", "remote_access_gw", "ot_ids"] {
            assert!(found(&CHECK, &with(kind)).is_empty(), "{kind}");
        }
    }

    #[test]
    fn the_outside_has_no_place_among_controllers() {
        let within = plant().asset("NET", "internet", "Z-CTRL", |_| ());
        let told = "NET stands for the outside, yet lies in Z-CTRL with PLC and no firewall between";
        assert_eq!(messages(&CHECK, &within), [told]);
        assert!(found(&CHECK, &within.asset("FW", "firewall", "Z-CTRL", |_| ())).is_empty());
    }

    #[test]
    fn the_outside_in_a_zone_of_its_own_is_as_it_should_be() {
        assert!(found(&CHECK, &plant().asset("NET", "internet", "Z-NET", |_| ())).is_empty());
        let alone = plant().zone("Z-CLOUD", |_| ()).asset("CLOUD", "cloud_service", "Z-CLOUD", |_| ());
        assert!(found(&CHECK, &alone).is_empty());
    }
}
