//! A02: a way in from an untrusted zone with nothing that filters.

use super::unfiltered::{Flaw, unfiltered};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "A02",
    title: "Untrusted zone joined with no filtering",
    severity: Severity::Error,
    why: "Whatever comes from a zone that nobody here controls has to be taken for hostile; without a filtering device all of it reaches the other side.",
    detection: "A conduit with no filtering, and no firewall or one-way device with a foot in both its zones, of which one end or both are zones of trust External or marked untrusted.",
    false_positives: "A conduit between two zones outside, over which nothing of the plant passes.",
    advice: "Put a firewall, a proxy or a one-way device into the conduit, and let through only the flows declared.",
    run,
    fixes: fixes::filter,
};

fn run(plant: &Plant) -> Vec<Found> {
    let open = unfiltered(plant, Flaw::Untrusted).into_iter().map(|it| {
        let (outer, inner) = if it.from.is_untrusted() { (it.from, it.to) } else { (it.to, it.from) };
        let (tag, outer, inner) = (&it.conduit.tag, &outer.tag, &inner.tag);
        Found::about(it.id, format!("{tag} lets everything from {outer} into {inner} unfiltered"))
    });
    open.collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Filtering, Id, Trust, ZoneId};

    #[test]
    fn what_comes_from_outside_has_to_be_filtered() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant =
            plant.zone("Z-NET", |zone| zone.trust = Trust::External).zone("Z-GUEST", |zone| zone.untrusted = true);
        let plant = plant.conduit("C-1", "Z-NET", "Z-1", |_| ()).conduit("C-2", "Z-1", "Z-GUEST", |_| ());
        let plant = plant.conduit("C-3", "Z-NET", "Z-2", |conduit| conduit.filtering = Filtering::Stateful);
        assert_eq!(found(&CHECK, &plant.conduit("C-4", "Z-1", "Z-2", |_| ())), ["C-1", "C-2"]);
    }

    #[test]
    fn a_firewall_with_a_foot_in_both_zones_filters() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-NET", |zone| zone.trust = Trust::External);
        let plant = plant.conduit("C-1", "Z-NET", "Z-1", |_| ());
        let between = |kind: &str| {
            plant.clone().asset("X", kind, "Z-1", |asset| {
                asset.other_zones.insert(ZoneId::derived_from("Z-NET"));
            })
        };
        assert!(found(&CHECK, &between("firewall")).is_empty());
        assert_eq!(found(&CHECK, &between("switch")), ["C-1"]);
    }
}
