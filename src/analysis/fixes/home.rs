//! Where an asset stands: in one zone, and in some zone.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::findings::plant::zones_of;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::model::*;

fn asset_of(finding: &Finding) -> Option<AssetId> {
    finding.about.first().and_then(|it| if let Subject::Asset(id) = it { Some(*id) } else { None })
}

/// A05, A12, A14: an asset with a foot in several zones stands in one of them, its home first;
/// what it exchanges with the others goes over conduits with firewalls.
pub(in super::super) fn stand_in_one_zone(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(id) = asset_of(finding) else { return Vec::new() };
    let Some(asset) = repair.project.assets.get(id).filter(|it| zones_of(it).nth(1).is_some()) else {
        return Vec::new();
    };
    let alone = zones_of(asset).take(3).filter_map(|zone| {
        let mut draft = Draft::new(repair, finding);
        let flows = draft.flows_of(&BTreeSet::from([id]));
        let changed = draft.project.assets.get_mut(id)?;
        changed.other_zones.clear();
        if changed.zone != Some(zone) {
            changed.zone = Some(zone);
            changed.place = None;
        }
        let conduits = draft.carry(&flows);
        let behind = draft.protect(&conduits);
        let label = format!("Let {} stand in {} alone{behind}", asset.tag, repair.project.target_tag(zone.into()));
        draft.finish(label)
    });
    alone.collect()
}

/// Z07: an asset in no zone stands where an interface of it reaches, or where its neighbours by
/// address stand, if that is one or two zones.
pub(in super::super) fn place_asset(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(id) = asset_of(finding) else { return Vec::new() };
    let Some(asset) = repair.project.assets.get(id) else { return Vec::new() };
    let networks: BTreeSet<_> = networks(asset).collect();
    let neighbours = repair.project.assets.values().filter(|it| networks_meet(it, &networks));
    let mut zones: BTreeSet<_> = neighbours.filter_map(|it| it.zone).collect();
    if !asset.other_zones.is_empty() {
        zones = asset.other_zones.clone();
    }
    if zones.len() > 2 {
        return Vec::new();
    }
    let into = zones.into_iter().filter_map(|zone| {
        let mut draft = Draft::new(repair, finding);
        let changed = draft.project.assets.get_mut(id)?;
        changed.zone = Some(zone);
        changed.other_zones.remove(&zone);
        changed.place = None;
        draft.finish(format!("Put {} into {}", asset.tag, repair.project.target_tag(zone.into())))
    });
    into.collect()
}

/// The first three figures of its addresses.
fn networks(asset: &Asset) -> impl Iterator<Item = &str> {
    asset.addresses.iter().filter_map(|it| it.rsplit_once('.')).map(|(network, _)| network.trim())
}

fn networks_meet(asset: &Asset, others: &BTreeSet<&str>) -> bool {
    networks(asset).any(|it| others.contains(it))
}
