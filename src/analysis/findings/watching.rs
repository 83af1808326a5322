//! What notices attacks, and the zones that it sees.

use std::collections::HashSet;

use super::Plant;
use super::plant::zones_of;
use crate::catalogue::AssetClass;
use crate::model::{Asset, Fr, SecurityLevel, ZoneId};

/// Whether an asset listens for attacks on the network.
pub fn is_sensor(plant: &Plant, asset: &Asset) -> bool {
    plant.class(asset) == Some(AssetClass::Security)
}

fn watches(plant: &Plant, asset: &Asset) -> bool {
    asset.kind == "log_server" || is_sensor(plant, asset)
}

/// The zones of what watches, and of what exchanges flows with it.
pub fn watched(plant: &Plant) -> HashSet<ZoneId> {
    let watches = |asset: &&Asset| watches(plant, asset);
    let watchers = plant.assets().values().filter(watches);
    let talks = plant.flows().values().filter_map(|flow| plant.ends(flow));
    let talking = talks.flat_map(|(from, to)| [watches(&to).then_some(from), watches(&from).then_some(to)]);
    watchers.chain(talking.flatten()).flat_map(zones_of).collect()
}

/// What a zone without anything that watches is to reach in FR 6, if that is so much that
/// something has to, and there is something to watch.
pub fn blind(plant: &Plant, watched: &HashSet<ZoneId>, zone: ZoneId) -> Option<SecurityLevel> {
    let level = plant.zone_sl_t(zone).map(|levels| levels[Fr::Tre]).filter(|level| level.number() >= 2)?;
    (!watched.contains(&zone) && plant.assets_in(zone).next().is_some()).then_some(level)
}
