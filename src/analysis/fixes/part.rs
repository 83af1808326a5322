//! Assets that need a zone of their own get one.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::findings::one_way::leads_inwards;
use super::super::findings::{
    Plant, a06_flat_zone, p01_business_with_control, p02_safety_with_others, p03_temporary_with_permanent,
    p04_wireless_with_wired, p05_external_with_internal,
};
use super::draft::Draft;
use super::{Fix, Repair, room};
use crate::model::*;

/// How the new zone differs from the one that its assets come from.
struct Parted {
    /// What is added to the tag.
    suffix: &'static str,
    /// What its name says.
    name: &'static str,
    change: fn(&mut Zone),
}

fn zone_of(finding: &Finding) -> Option<ZoneId> {
    finding.about.first().and_then(|it| if let Subject::Zone(id) = it { Some(*id) } else { None })
}

fn part(repair: &Repair, finding: &Finding, apart: impl Fn(&Plant, &Asset) -> bool, parted: &Parted) -> Vec<Fix> {
    let Some(zone) = zone_of(finding) else { return Vec::new() };
    let plant = repair.plant();
    let assets = plant.assets_of(zone).filter(|(_, it)| it.zone == Some(zone) && apart(&plant, it));
    fix(repair, finding, zone, &assets.map(|(id, _)| id).collect(), parted)
}

fn fix(repair: &Repair, finding: &Finding, zone: ZoneId, assets: &BTreeSet<AssetId>, parted: &Parted) -> Vec<Fix> {
    let mut draft = Draft::new(repair, finding);
    let Some(behind) = draft.part(zone, assets, parted) else { return Vec::new() };
    let tag = assets.first().and_then(|&id| repair.project.assets.get(id)).map_or("", |it| &it.tag);
    let what = match assets.len() {
        1 => format!("{tag} to a zone of its own"),
        many => format!("{many} assets to a zone of their own"),
    };
    draft.finish(format!("Move {what}{behind}")).into_iter().collect()
}

/// P01: office systems.
pub(in super::super) fn part_business(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let change = |zone: &mut Zone| {
        zone.trust = Trust::Enterprise;
        zone.purdue = Some(PurdueLevel::L4);
    };
    let parted = Parted { suffix: "BUS", name: "business systems", change };
    part(repair, finding, p01_business_with_control::is_business, &parted)
}

/// P02: safety functions.
pub(in super::super) fn part_safety(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let parted = Parted { suffix: "SAFE", name: "safety", change: |zone| zone.trust = Trust::Safety };
    part(repair, finding, p02_safety_with_others::is_safety, &parted)
}

/// P03: devices that come and go.
pub(in super::super) fn part_temporary(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let parted = Parted { suffix: "TEMP", name: "temporary devices", change: |_| () };
    part(repair, finding, p03_temporary_with_permanent::is_temporary, &parted)
}

/// P04: devices on the air.
pub(in super::super) fn part_wireless(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let parted = Parted { suffix: "AIR", name: "wireless devices", change: |_| () };
    part(repair, finding, |_, it| p04_wireless_with_wired::is_wireless(it), &parted)
}

/// P05: devices with a line to the outside.
pub(in super::super) fn part_external(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let parted = Parted { suffix: "EXT", name: "external connections", change: |_| () };
    part(repair, finding, |_, it| p05_external_with_internal::is_apart(it), &parted)
}

/// A06: what stands above the two lowest levels of a flat zone.
pub(in super::super) fn part_surplus_levels(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(zone) = zone_of(finding) else { return Vec::new() };
    let Some((level, assets)) = a06_flat_zone::surplus(&repair.plant(), zone) else { return Vec::new() };
    let change = match level {
        PurdueLevel::L4 | PurdueLevel::L5 => |zone: &mut Zone| {
            zone.trust = Trust::Enterprise;
            zone.purdue = Some(PurdueLevel::L4);
        },
        PurdueLevel::Dmz | PurdueLevel::L3 => |zone: &mut Zone| zone.purdue = Some(PurdueLevel::L3),
        _ => |zone: &mut Zone| zone.purdue = Some(PurdueLevel::L2),
    };
    fix(repair, finding, zone, &assets, &Parted { suffix: "UP", name: "upper levels", change })
}

/// A14: what stands for the outside.
pub(in super::super) fn part_outside(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(&Subject::Asset(id)) = finding.about.first() else { return Vec::new() };
    let Some(asset) = repair.project.assets.get(id) else { return Vec::new() };
    let Some(zone) = asset.zone.filter(|_| asset.other_zones.is_empty()) else {
        return super::stand_in_one_zone(repair, finding);
    };
    let change = |zone: &mut Zone| {
        zone.trust = Trust::External;
        zone.purdue = Some(PurdueLevel::L5);
    };
    fix(repair, finding, zone, &[id].into(), &Parted { suffix: "OUT", name: "outside", change })
}

impl Draft<'_> {
    /// Moves assets of a zone to a new one beside it, with conduits for the flows that then cross.
    /// Returns what had to come between; `None` where there is nothing to move.
    fn part(&mut self, zone: ZoneId, assets: &BTreeSet<AssetId>, parted: &Parted) -> Option<&'static str> {
        let old = self.project.zones.get(zone).filter(|_| !assets.is_empty())?.clone();
        let (frame, parent, grown) = room::beside(&self.project, zone, room::size_for(assets.len()));
        let sl_t = old.sl_t.as_ref().map(|it| TargetLevel {
            levels: it.levels,
            reason: reasons::same_as(&old.tag, reasons::As::PartedFrom),
            ..TargetLevel::default()
        });
        let mut new = Zone {
            tag: self.free_zone_tag(&format!("{}-{}", old.tag.trim(), parted.suffix)),
            name: if old.name.is_empty() { parted.name.to_owned() } else { format!("{}, {}", old.name, parted.name) },
            notes: String::new(),
            parent,
            frame,
            sl_t,
            ..old
        };
        (parted.change)(&mut new);
        for (outer, frame) in grown {
            self.project.zones.get_mut(outer)?.frame = frame;
        }
        let new = self.add_zone(new);
        let flows = self.flows_of(assets);
        let mut conduits = self.reconnect(zone, new, assets);
        for &id in assets {
            let asset = self.project.assets.get_mut(id)?;
            asset.zone = Some(new);
            asset.place = None;
        }
        conduits.extend(self.carry(&flows));
        Some(self.protect(&conduits))
    }

    /// The flows that start or end at one of these assets.
    pub fn flows_of(&self, assets: &BTreeSet<AssetId>) -> Vec<FlowId> {
        let is_one = |id: Option<AssetId>| id.is_some_and(|it| assets.contains(&it));
        self.project.flows.iter().filter(|(_, it)| is_one(it.from) || is_one(it.to)).map(|(id, _)| id).collect()
    }

    /// Conduits of the old zone that carry nothing but flows of what moves follow it, unless a
    /// one-way device in them would then face the wrong way. Returns them.
    fn reconnect(&mut self, old: ZoneId, new: ZoneId, moved: &BTreeSet<AssetId>) -> BTreeSet<ConduitId> {
        let is_moved = |asset: Option<AssetId>| asset.is_some_and(|it| moved.contains(&it));
        let moved_end = |end: Option<ZoneId>| if end == Some(old) { Some(new) } else { end };
        let plant = self.plant();
        let following = self.project.conduits.iter().filter(|(id, it)| {
            let mut flows = plant.flows_of(*id).peekable();
            let follows = flows.peek().is_some() && flows.all(|(_, it)| is_moved(it.from) != is_moved(it.to));
            let way = || moved_end(it.from).zip(moved_end(it.to));
            let may_face_there =
                || it.filtering != Filtering::OneWay || !way().is_some_and(|it| leads_inwards(&plant, it));
            it.touches(old) && follows && may_face_there()
        });
        let following: BTreeSet<_> = following.map(|(id, _)| id).collect();
        for &id in &following {
            if let Some(conduit) = self.project.conduits.get_mut(id) {
                (conduit.from, conduit.to) = (moved_end(conduit.from), moved_end(conduit.to));
            }
        }
        following
    }
}
