//! A11: a plant in which nothing listens for attacks.

use super::watching::is_sensor;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::AssetClass;

pub(super) const CHECK: Check = Check {
    code: "A11",
    title: "No intrusion detection in the whole plant",
    severity: Severity::Warning,
    why: "Whoever got in and keeps quiet is seen by nobody: an attack that is not noticed lasts until the process shows it.",
    detection: "A plant with assets that steer or watch the process, in which no asset is a network monitoring sensor or another device that detects intrusions.",
    false_positives: "A firewall that detects intrusions itself, or a sensor that belongs to somebody else and was not drawn.",
    advice: "Place a sensor where most traffic passes, between the site's servers and control first, and decide who reads its alarms.",
    run,
    fixes: fixes::sensor_for_plant,
};

fn run(plant: &Plant) -> Vec<Found> {
    if !is_without_sensor(plant) {
        return Vec::new();
    }
    vec![Found { about: Vec::new(), message: "Nothing in the whole plant detects intrusions".to_owned(), of: None }]
}

/// Whether there is a process and nothing that listens for attacks on it.
pub(super) fn is_without_sensor(plant: &Plant) -> bool {
    let assets = || plant.assets().values();
    let is_process = |class: AssetClass| class.is_control() || class == AssetClass::Server;
    let has_process = assets().any(|it| plant.class(it).is_some_and(is_process));
    has_process && !assets().any(|it| is_sensor(plant, it))
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_plant_needs_one_sensor_somewhere() {
        let plant = Fixture::new().zone("Z-1", |_| ()).asset("PLC", "plc", "Z-1", |_| ());
        let logging = plant.clone().asset("LOG", "log_server", "Z-1", |_| ());
        assert_eq!(messages(&CHECK, &plant), ["Nothing in the whole plant detects intrusions"]);
        assert_eq!(messages(&CHECK, &logging).len(), 1, "a log collector is told, it does not listen");
        assert!(messages(&CHECK, &plant.asset("IDS", "ot_ids", "Z-1", |_| ())).is_empty());
    }

    #[test]
    fn a_drawing_without_a_process_needs_none() {
        let plant = Fixture::new().zone("Z-1", |_| ());
        assert!(messages(&CHECK, &plant).is_empty());
        assert!(messages(&CHECK, &plant.asset("PC", "office_pc", "Z-1", |_| ())).is_empty());
    }
}
