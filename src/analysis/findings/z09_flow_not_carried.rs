//! Z09: traffic between zones that goes over no conduit.

use std::collections::BTreeMap;

use super::plant::{reaches, zones_of};
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Asset, Conduit, Flow};

pub(super) const CHECK: Check = Check {
    code: "Z09",
    title: "Flow that no conduit carries",
    severity: Severity::Error,
    why: "Traffic that passes from zone to zone outside the conduits is traffic that nobody assesses: either the drawing or the network is wrong.",
    detection: "A flow between assets with no zone in common that names no conduit, or one that does not join a zone of one with a zone of the other; gathered by the pair of zones and the conduit named.",
    false_positives: "Traffic that takes several conduits in a row, and conduits drawn to the outer zone while the asset stands in an inner one.",
    advice: "Name the conduit that carries the flow, draw the one that is missing, or split the flow where a DMZ passes it on.",
    run,
    fixes: fixes::carry,
};

fn run(plant: &Plant) -> Vec<Found> {
    let mut stray: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, flow) in plant.flows().iter() {
        let Some((from, to)) = plant.ends(flow) else { continue };
        let Some((near, far)) = from.zone.zip(to.zone) else { continue };
        if !is_carried(plant, flow, from, to) {
            stray.entry((near.min(far), near.max(far), flow.conduit)).or_default().push((id, near, far));
        }
    }
    let tag = |subject| plant.subject_tag(subject);
    let found = stray.into_iter().filter_map(|((.., conduit), flows)| {
        let &(first, near, far) = flows.first()?;
        let example = tag(first.into());
        let (what, join, name) = match flows.len() {
            1 => (example.into_owned(), "leads", "names"),
            many => (format!("{many} flows such as {example}"), "lead", "name"),
        };
        let (near_tag, far_tag) = (tag(near.into()), tag(far.into()));
        let over = match conduit {
            Some(conduit) => format!("{name} {}, which does not join the two", tag(conduit.into())),
            None => format!("{name} no conduit"),
        };
        let message = format!("{what} {join} from {near_tag} to {far_tag} and {over}");
        Some(Found::about(first, message).and(near).and(far))
    });
    found.collect()
}

/// Whether it stays in a zone, or the conduit it names joins a zone of one end with a zone of the other.
pub(in crate::analysis) fn is_carried(plant: &Plant, flow: &Flow, from: &Asset, to: &Asset) -> bool {
    let stays = zones_of(from).any(|zone| reaches(to, zone));
    let conduit = flow.conduit.and_then(|id| plant.conduits().get(id));
    let joins = |(one, other)| reaches(from, one) && reaches(to, other) || reaches(from, other) && reaches(to, one);
    stays || conduit.and_then(Conduit::ends).is_some_and(joins)
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    /// An HMI and a PLC in a zone each, a spare PLC, and two conduits of which one leads elsewhere.
    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).zone("Z-3", |_| ());
        let plant = plant.conduit("C-12", "Z-1", "Z-2", |_| ()).conduit("C-23", "Z-2", "Z-3", |_| ());
        let plant = plant.asset("HMI", "hmi", "Z-1", |_| ()).asset("PLC", "plc", "Z-2", |_| ());
        plant.asset("PLC-2", "plc", "Z-2", |_| ()).asset("LOOSE", "plc", "", |_| ())
    }

    #[test]
    fn a_flow_between_zones_needs_the_conduit_between_them() {
        let carried = plant().flow("C-12", "HMI", "PLC", "s7comm", |_| ()).flow("C-12", "PLC", "HMI", "s7comm", |_| ());
        assert!(found(&CHECK, &carried).is_empty());
        let uncarried = plant().flow("", "HMI", "PLC", "s7comm", |_| ());
        assert_eq!(found(&CHECK, &uncarried), ["HMI → PLC, Z-1, Z-2"]);
        let elsewhere = plant().flow("C-23", "HMI", "PLC", "s7comm", |_| ());
        assert_eq!(found(&CHECK, &elsewhere), ["HMI → PLC, Z-1, Z-2"]);
    }

    #[test]
    fn flows_between_the_same_zones_are_one_finding() {
        let plant = plant().flow("", "HMI", "PLC", "s7comm", |_| ()).flow("", "PLC-2", "HMI", "opcua", |_| ());
        let messages = messages(&CHECK, &plant);
        assert_eq!(messages.len(), 1);
        assert!(messages[0].starts_with("2 flows such as ") && messages[0].ends_with(" name no conduit"));
    }

    #[test]
    fn a_zone_in_common_needs_no_conduit_and_no_zone_is_another_finding() {
        let within = plant().flow("", "PLC", "PLC-2", "s7comm", |_| ()).flow("", "HMI", "LOOSE", "s7comm", |_| ());
        let dual_homed = within.asset("HIST", "historian", "Z-3", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-1"));
        });
        assert!(found(&CHECK, &dual_homed.flow("", "HIST", "HMI", "opcua", |_| ())).is_empty());
    }
}
