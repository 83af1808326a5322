//! Z05: a conduit that does not join two zones.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z05",
    title: "Conduit with a dangling end",
    severity: Severity::Error,
    why: "A conduit groups the channels between exactly two zones; with one end open nobody can say what it protects, and paths over it are missed.",
    detection: "A conduit of which one end or both name no zone.",
    false_positives: "None: a link that leaves the system under consideration ends in a zone of trust External.",
    advice: "Pull the open end onto the zone it belongs to, draw that zone, or delete the conduit.",
    run,
    fixes: fixes::delete_conduit,
};

fn run(plant: &Plant) -> Vec<Found> {
    let conduits = plant.conduits().iter().filter(|(_, it)| it.ends().is_none());
    conduits
        .map(|(id, it)| {
            let open = if it.from.is_none() && it.to.is_none() { "both ends" } else { "one end" };
            Found::about(id, format!("{} is joined to no zone at {open}", it.tag))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_conduit_needs_a_zone_at_each_end() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).conduit("C-2", "Z-1", "", |_| ());
        assert_eq!(found(&CHECK, &plant), ["C-2"]);
    }
}
