//! What notices attacks, and the zones that it sees.

use super::Plant;
use crate::catalogue::AssetClass;
use crate::model::{Asset, Fr, SecurityLevel, ZoneId};

/// Whether an asset listens for attacks on the network.
pub fn is_sensor(plant: &Plant, asset: &Asset) -> bool {
    plant.class(asset) == Some(AssetClass::Security)
}

/// Whether an asset notices attacks or is told of them.
pub fn watches(plant: &Plant, asset: &Asset) -> bool {
    asset.kind == "log_server" || is_sensor(plant, asset)
}

/// What a zone without anything that watches is to reach in FR 6, if that is so much that
/// something has to, and there is something to watch.
pub fn blind(plant: &Plant, zone: ZoneId) -> Option<SecurityLevel> {
    let level = plant.zone_sl_t(zone).map(|levels| levels[Fr::Tre]).filter(|level| level.number() >= 2)?;
    (!plant.watched().contains(&zone) && plant.assets_in(zone).next().is_some()).then_some(level)
}
