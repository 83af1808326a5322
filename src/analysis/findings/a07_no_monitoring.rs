//! A07: a zone that is to notice attacks and has nothing that watches.

use super::watching::blind;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "A07",
    title: "No monitoring although FR 6 asks for it",
    severity: Severity::Warning,
    why: "From level 2 of FR 6 on, somebody is to notice what happens in the zone in time; without a sensor and without logs going out nobody can.",
    detection: "A zone with assets and an FR 6 target of 2 or more, in which no monitoring sensor or log collector stands or reaches in, and whose assets exchange no flow with one.",
    false_positives: "Traffic mirrored to a sensor elsewhere for which no flow was declared.",
    advice: "Place a sensor, forward the zone's logs to a collector and declare the flow, or write down how else incidents are noticed.",
    run,
    fixes: fixes::sensor_in_zone,
};

fn run(plant: &Plant) -> Vec<Found> {
    let blind = plant.zones().iter().filter_map(|(id, zone)| {
        let level = blind(plant, id)?;
        Some(Found::about(id, format!("{} is to reach level {level} of FR 6 and nothing monitors it", zone.tag)))
    });
    blind.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    /// A zone with a PLC and an FR 6 target of 2, and a zone elsewhere.
    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2).zone("Z-2", |_| ());
        plant.asset("PLC", "plc", "Z-1", |_| ()).asset("HMI", "hmi", "Z-2", |_| ())
    }

    #[test]
    fn from_level_2_on_something_has_to_watch() {
        assert_eq!(found(&CHECK, &plant()), ["Z-1"]);
        assert!(found(&CHECK, &plant().sl_t("Z-1", 1)).is_empty());
        assert_eq!(found(&CHECK, &plant().zone("Z-3", |_| ()).sl_t("Z-3", 3)), ["Z-1"]);
    }

    #[test]
    fn a_sensor_within_one_that_reaches_in_and_logs_sent_out_all_do() {
        assert!(found(&CHECK, &plant().asset("IDS", "ot_ids", "Z-1", |_| ())).is_empty());
        let reaching = plant().asset("IDS", "ot_ids", "Z-2", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-1"));
        });
        assert!(found(&CHECK, &reaching).is_empty());
        let elsewhere = plant().asset("LOG", "log_server", "Z-2", |_| ());
        assert_eq!(found(&CHECK, &elsewhere.clone().flow("", "HMI", "LOG", "syslog", |_| ())), ["Z-1"]);
        assert!(found(&CHECK, &elsewhere.clone().flow("", "PLC", "LOG", "syslog", |_| ())).is_empty());
        assert!(found(&CHECK, &elsewhere.flow("", "LOG", "PLC", "syslog", |_| ())).is_empty());
    }
}
