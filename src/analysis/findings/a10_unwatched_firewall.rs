//! A10: a firewall behind which nobody would notice that it failed.

use super::nested::outwards;
use super::plant::zones_of;
use super::watching::blind;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Filtering, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "A10",
    title: "Firewall with no monitoring in its zone",
    severity: Severity::Hint,
    why: "A firewall lets through whatever its rules allow, the wrong rule included; only something that watches behind it shows that it does what it should and that nothing got past.",
    detection: "A firewall, as an asset or as the filtering of a conduit, where none of our zones that it stands in or joins, nor any zone around these, has a monitoring sensor or log collector or exchanges flows with one; a firewall drawn in a zone counts as the one in that zone's conduits. Where A07 names such a zone, or A11 finds no sensor in the whole plant and is not set aside, that is said instead.",
    false_positives: "A firewall that detects intrusions itself and whose alarms somebody reads.",
    advice: "Place a sensor behind the firewall, or send its logs to a collector and declare the flow.",
    run,
    fixes: fixes::sensor_in_zone,
};

fn run(plant: &Plant) -> Vec<Found> {
    if super::a11_no_sensor::is_without_sensor(plant) && !plant.is_set_aside(super::a11_no_sensor::CHECK.code) {
        return Vec::new();
    }
    let unseen = |zones: &[ZoneId]| {
        let own: Vec<_> = zones.iter().copied().filter(|&zone| is_ours(plant, zone)).collect();
        !own.is_empty() && !own.iter().any(|&zone| is_seen(plant, zone) || blind(plant, zone).is_some())
    };
    let assets = plant.assets().iter().filter(|(_, it)| it.kind == "firewall").filter_map(|(id, asset)| {
        let zones: Vec<_> = zones_of(asset).collect();
        unseen(&zones).then(|| Found::about(id, format!("Nothing watches behind the firewall {}", asset.tag)))
    });
    let conduits = plant.joined().filter_map(|(id, conduit, from, to)| {
        let is_firewall = matches!(conduit.filtering, Filtering::Stateful | Filtering::Application);
        let (near, far) = conduit.ends()?;
        // a firewall that stands in one of its zones is the one that filters it
        let stands_in = |zone: ZoneId| plant.assets_of(zone).any(|(_, it)| it.kind == "firewall");
        (is_firewall && unseen(&[near, far]) && !stands_in(near) && !stands_in(far)).then(|| {
            let (tag, from, to) = (&conduit.tag, &from.tag, &to.tag);
            Found::about(id, format!("Nothing watches behind the firewall in {tag}, neither in {from} nor in {to}"))
        })
    });
    assets.chain(conduits).collect()
}

/// Whether it is for us to watch the zone.
fn is_ours(plant: &Plant, zone: ZoneId) -> bool {
    plant.zones().get(zone).is_some_and(|it| !it.is_untrusted())
}

fn is_seen(plant: &Plant, zone: ZoneId) -> bool {
    let watched = plant.watched();
    outwards(plant, zone).any(|(id, _)| watched.contains(&id))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{a11_no_sensor, found};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Filtering, Id, SetAside, Trust, Zone, ZoneId};

    /// Two zones joined through a firewall, one with a firewall of its own, and a sensor elsewhere.
    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-SOC", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |it| it.filtering = Filtering::Stateful);
        let plant = plant.zone("Z-3", |_| ()).asset("FW", "firewall", "Z-3", |_| ()).asset("PLC", "plc", "Z-2", |_| ());
        plant.asset("IDS", "ot_ids", "Z-SOC", |_| ())
    }

    #[test]
    fn something_has_to_watch_behind_a_firewall() {
        assert_eq!(found(&CHECK, &plant()), ["C-1", "FW"]);
        assert_eq!(found(&CHECK, &plant().asset("IDS-2", "ot_ids", "Z-2", |_| ())), ["FW"]);
        assert_eq!(found(&CHECK, &plant().asset("IDS-3", "ot_ids", "Z-3", |_| ())), ["C-1"]);
        assert_eq!(found(&CHECK, &plant().flow("", "FW", "IDS", "syslog", |_| ())), ["C-1"]);
    }

    #[test]
    fn a_firewall_drawn_in_a_zone_is_the_one_in_its_conduits() {
        assert_eq!(found(&CHECK, &plant().asset("FW", "firewall", "Z-1", |_| ())), ["FW"]);
    }

    #[test]
    fn a_sensor_in_the_zone_around_sees_it_and_what_lies_outside_is_not_ours_to_watch() {
        let around = plant().zone("Z-SITE", |_| ()).asset("IDS-3", "ot_ids", "Z-SITE", |_| ());
        let nested = |tag: &str, plant: Fixture| plant.zone(tag, |it| it.parent = Some(ZoneId::derived_from("Z-SITE")));
        assert_eq!(found(&CHECK, &nested("Z-1", around)), ["FW"]);
        let outside =
            ["Z-1", "Z-2"].iter().fold(plant(), |plant, tag| plant.zone(tag, |it| it.trust = Trust::External));
        assert_eq!(found(&CHECK, &outside), ["FW"]);
    }

    #[test]
    fn what_is_graver_is_said_instead() {
        assert_eq!(found(&CHECK, &plant().sl_t("Z-2", 2)), ["FW"], "A07 names Z-2");
        let no_sensor = plant().asset("IDS", "switch", "Z-SOC", |_| ());
        assert!(found(&CHECK, &no_sensor).is_empty(), "A11 says so");
    }

    #[test]
    fn what_nobody_else_says_is_said() {
        let no_sensor = plant().asset("IDS", "switch", "Z-SOC", |_| ());
        let no_process = no_sensor.clone().asset("PLC", "switch", "Z-2", |_| ());
        assert!(found(&a11_no_sensor::CHECK, &no_process).is_empty());
        assert_eq!(found(&CHECK, &no_process), ["C-1", "FW"], "A11 asks for something that steers the process");
        let mut decided = no_sensor;
        let aside = SetAside { reason: "The firewalls detect intrusions".into(), ..SetAside::default() };
        Arc::make_mut(&mut decided.project.set_aside).insert("A11".to_owned(), aside);
        assert_eq!(found(&CHECK, &decided), ["C-1", "FW"], "A11 does not count");
    }

    #[test]
    fn a_sensor_sees_the_zones_at_any_depth_around_it() {
        let within = |outer: &'static str| move |it: &mut Zone| it.parent = Some(ZoneId::derived_from(outer));
        let plant = plant().zone("Z-SITE", |_| ()).zone("Z-AREA", within("Z-SITE")).zone("Z-3", within("Z-AREA"));
        assert_eq!(found(&CHECK, &plant.asset("IDS-2", "ot_ids", "Z-SITE", |_| ())), ["C-1"]);
    }
}
