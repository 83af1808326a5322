//! Z06: a conduit that leaves no zone.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z06",
    title: "Conduit with both ends in one zone",
    severity: Severity::Error,
    why: "A conduit is where traffic passes from one zone to another; one that comes back to where it starts separates nothing and hides that the zone may need splitting.",
    detection: "A conduit whose two ends are the same zone.",
    false_positives: "None: traffic within a zone needs no conduit.",
    advice: "Pull one end onto the zone that is meant, split the zone in two, or delete the conduit.",
    run,
    fixes: fixes::delete_conduit,
};

fn run(plant: &Plant) -> Vec<Found> {
    let looping = plant.conduits().iter().filter_map(|(id, conduit)| {
        let (zone, _) = conduit.ends().filter(|(from, to)| from == to)?;
        let zone_tag = plant.target_tag(zone.into());
        Some(Found::about(id, format!("{} starts and ends in {zone_tag}", conduit.tag)))
    });
    looping.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_conduit_needs_two_different_zones() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-1", |_| ());
        let plant = plant.conduit("C-2", "Z-1", "Z-2", |_| ()).conduit("C-3", "", "", |_| ());
        assert_eq!(found(&CHECK, &plant), ["C-1"]);
    }
}
