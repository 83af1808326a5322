//! One-way devices, as conduits that say so and as assets, and the ways that data takes over them.

use std::collections::BTreeSet;

use super::Plant;
use super::nested::{level_of, trust_of};
use super::plant::{reaches, zones_of};
use crate::model::{Asset, AssetId, Conduit, ConduitId, Filtering, Flow, Fr, Initiator, SlVector, ZoneId};

/// A way of data from a zone to another.
pub type Way = (ZoneId, ZoneId);

/// The conduits with a one-way device.
pub fn conduits<'a>(plant: &Plant<'a>) -> impl Iterator<Item = (ConduitId, &'a Conduit)> {
    plant.conduits().iter().filter(|(_, it)| it.filtering == Filtering::OneWay)
}

/// The assets that are one-way devices, each with the ways that flows take over it: those that end
/// at it, and those over a conduit between two of its zones in which nothing else filters.
pub fn assets<'a>(plant: &Plant<'a>) -> Vec<(AssetId, &'a Asset, BTreeSet<Way>)> {
    let devices = plant.assets().iter().filter(|(_, it)| it.kind == "data_diode");
    devices.map(|(id, it)| (id, it, ways_over(plant, id, it))).collect()
}

fn ways_over(plant: &Plant, id: AssetId, device: &Asset) -> BTreeSet<Way> {
    let home = |asset: Option<AssetId>| asset.and_then(|it| plant.assets().get(it)).and_then(|it| it.zone);
    let (mut sources, mut sinks) = (BTreeSet::new(), BTreeSet::new());
    for flow in plant.flows_at(id) {
        let is_opened_here = flow.from == Some(id);
        let Some(zone) = home(if is_opened_here { flow.to } else { flow.from }) else { continue };
        if is_opened_here || flow.both_ways {
            sinks.insert(zone);
        }
        if !is_opened_here || flow.both_ways {
            sources.insert(zone);
        }
    }
    let mut ways: BTreeSet<Way> = sources.iter().flat_map(|&from| sinks.iter().map(move |&to| (from, to))).collect();
    let zones: BTreeSet<_> = zones_of(device).collect();
    let between = |it: &Conduit| it.ends().is_some_and(|(one, other)| zones.contains(&one) && zones.contains(&other));
    let conduits = zones.iter().flat_map(|&zone| plant.conduits_of(zone));
    for (id, conduit) in conduits.filter(|(_, it)| it.filtering == Filtering::None && between(it)) {
        for (_, flow) in plant.flows_of(id) {
            let Some((from, to)) = home(flow.from).zip(home(flow.to)).filter(|(from, to)| from != to) else { continue };
            if conduit.touches(from) && conduit.touches(to) {
                ways.insert((from, to));
                ways.extend(flow.both_ways.then_some((to, from)));
            }
        }
    }
    ways
}

/// Whether data that takes this way leads from a less protected zone into a better protected one:
/// by the trust of the two, else by their SL-T, else by their Purdue levels.
pub fn leads_inwards(plant: &Plant, (out, into): Way) -> bool {
    let zones = plant.zones();
    let Some((from, to)) = zones.get(out).zip(zones.get(into)) else { return false };
    let (near, far) = (trust_of(plant, out), trust_of(plant, into));
    if near != far {
        return near < far;
    }
    let levels = from.sl_t.as_ref().zip(to.sl_t.as_ref()).map(|(from, to)| (from.levels, to.levels));
    let all_at_least = |one: &SlVector, other: &SlVector| Fr::ALL.into_iter().all(|fr| one[fr] >= other[fr]);
    match levels {
        Some((near, far)) if near != far && all_at_least(&far, &near) => true,
        Some((near, far)) if near != far && all_at_least(&near, &far) => false,
        _ => level_of(plant, out).zip(level_of(plant, into)).is_some_and(|(from, to)| from > to),
    }
}

/// Whether all that is known to pass a one-way conduit goes against it, so that it is merely
/// drawn the wrong way round.
pub fn all_goes_back(plant: &Plant, id: ConduitId, conduit: &Conduit) -> bool {
    conduit.initiated_by != Initiator::From
        && plant.flows_of(id).all(|(_, flow)| !flow.both_ways && goes_back(plant, conduit, flow))
}

/// Whether a flow leads from the receiving side of a one-way conduit to the sending one.
pub fn goes_back(plant: &Plant, conduit: &Conduit, flow: &Flow) -> bool {
    let ends = plant.ends(flow).zip(conduit.ends());
    ends.is_some_and(|((opens, answers), (from, to))| reaches(opens, to) && reaches(answers, from))
}
