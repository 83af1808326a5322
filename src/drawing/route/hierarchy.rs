//! The whole drawing plane by plane: what stands in a zone is routed inside of it,
//! and a conduit that leaves the zone goes on where it crossed the edge.

use std::collections::{BTreeMap, HashMap};

use super::lone::without_straights;
use super::region::{Leg, Region, Spot};
use crate::drawing::metrics::{ZONE_PADDING, ZONE_TEXT};
use crate::drawing::place::{AssetPlaces, asset_places};
use crate::model::{ConduitId, Point, Project, Rect, ZoneId};
use crate::text::Face;

/// A conduit's zones from each end up to the plane that both ends lie in.
struct Trip {
    conduit: ConduitId,
    /// From the `from` zone upwards; empty where the plane is the zone itself.
    from: Vec<ZoneId>,
    /// From the `to` zone upwards, likewise.
    to: Vec<ZoneId>,
    points: Vec<Point>,
}

/// A leg of a trip in a plane.
#[derive(Clone, Copy)]
enum Stage {
    /// Between the two branches, in the plane that holds both.
    Across,
    /// Inside the zone of this place on the way up from the `from` end.
    From(usize),
    /// Inside the zone of this place on the way up from the `to` end.
    To(usize),
}

/// The corners of every conduit that has both ends, from its `from` zone to its `to` zone.
pub(super) fn ways(project: &Project) -> BTreeMap<ConduitId, Vec<Point>> {
    let mut trips: Vec<Trip> = project
        .conduits
        .iter()
        .filter_map(|(id, it)| Some((id, it.ends()?)))
        .filter(|(_, (from, to))| from != to && project.zones.contains(*from) && project.zones.contains(*to))
        .map(|(id, ends)| trip(project, id, ends))
        .collect();
    let mut asked: BTreeMap<Option<ZoneId>, Vec<(usize, Stage)>> = BTreeMap::new();
    for (at, trip) in trips.iter().enumerate() {
        asked.entry(plane(project, trip)).or_default().push((at, Stage::Across));
        asked.extend_stages(at, &trip.from, Stage::From);
        asked.extend_stages(at, &trip.to, Stage::To);
    }
    let mut inside: BTreeMap<Option<ZoneId>, Vec<ZoneId>> = BTreeMap::new();
    for (id, zone) in project.zones.iter() {
        inside.entry(zone.parent).or_default().push(id);
    }
    let places = asset_places(project);
    let docks = docks(project, &places);
    let blocks = if asked.keys().any(Option::is_some) { blocks(project, &places) } else { HashMap::new() };
    // from the whole drawing inwards, so that the place at an edge is known inside of it
    let mut planes: Vec<Option<ZoneId>> = asked.keys().copied().collect();
    planes.sort_by_key(|it| (it.map_or(0, |zone| project.zone_ancestors(zone).len() + 1), *it));
    for plane in planes {
        let stages = asked.remove(&plane).unwrap_or_default();
        let zones = inside.get(&plane).map(Vec::as_slice).unwrap_or_default();
        let place: HashMap<ZoneId, usize> = zones.iter().enumerate().map(|(at, &zone)| (zone, at)).collect();
        let frame = |zone: ZoneId| project.zones.get(zone).map(|it| it.frame);
        let mut region = Region {
            boxes: zones.iter().filter_map(|&it| frame(it)).collect(),
            titles: zones.iter().map(|&it| title(project, it, inside.contains_key(&Some(it)))).collect(),
            docks: zones.iter().map(|it| docks.get(it).copied().unwrap_or_default()).collect(),
            legs: Vec::new(),
            frame: plane.and_then(frame),
        };
        region.boxes.extend(plane.and_then(|it| blocks.get(&it)));
        for &(at, stage) in &stages {
            if let Some(trip) = trips.get(at) {
                region.legs.push(leg(trip, stage, &place, region.frame));
            }
        }
        for ((at, stage), way) in stages.into_iter().zip(region.routes()) {
            if let Some(trip) = trips.get_mut(at) {
                match stage {
                    Stage::Across => trip.points = way,
                    Stage::From(_) => trip.points.splice(0..0, way).for_each(drop),
                    Stage::To(_) => trip.points.extend(way),
                }
            }
        }
    }
    trips.into_iter().map(|it| (it.conduit, without_straights(it.points))).collect()
}

trait Stages {
    fn extend_stages(&mut self, trip: usize, zones: &[ZoneId], stage: fn(usize) -> Stage);
}

impl Stages for BTreeMap<Option<ZoneId>, Vec<(usize, Stage)>> {
    /// Every zone of a branch but the first is crossed from its edge to the zone before it.
    fn extend_stages(&mut self, trip: usize, zones: &[ZoneId], stage: fn(usize) -> Stage) {
        for (at, &zone) in zones.iter().enumerate().skip(1) {
            self.entry(Some(zone)).or_default().push((trip, stage(at)));
        }
    }
}

fn trip(project: &Project, conduit: ConduitId, (from, to): (ZoneId, ZoneId)) -> Trip {
    let branch = |zone: ZoneId| -> Vec<ZoneId> { std::iter::once(zone).chain(project.zone_ancestors(zone)).collect() };
    let (mut one, mut next) = (branch(from), branch(to));
    // what both lie in belongs to neither branch
    while one.last().is_some() && one.last() == next.last() {
        one.pop();
        next.pop();
    }
    Trip { conduit, from: one, to: next, points: Vec::new() }
}

/// The plane in which both ends, or the zones around them, lie.
fn plane(project: &Project, trip: &Trip) -> Option<ZoneId> {
    let highest = trip.from.last().or(trip.to.last())?;
    project.zones.get(*highest)?.parent
}

/// Where a leg ends that has no zone there, as its end is the zone that the plane is: at
/// the lower edge, as the upper one has the title.
const LOWER_EDGE: Spot = Spot::Edge { is_upper: false, x: None };

fn leg(trip: &Trip, stage: Stage, place: &HashMap<ZoneId, usize>, frame: Option<Rect>) -> Leg {
    let at = |zone: Option<&ZoneId>| zone.and_then(|it| place.get(it)).copied().map(Spot::Box);
    let crossed = |point: Option<&Point>| match (point, frame) {
        (Some(point), Some(frame)) => {
            Spot::Edge { is_upper: (point.y - frame.y).abs() < (point.y - frame.bottom()).abs(), x: Some(point.x) }
        }
        _ => LOWER_EDGE,
    };
    match stage {
        Stage::Across => Leg {
            from: at(trip.from.last()).unwrap_or(LOWER_EDGE),
            to: at(trip.to.last()).unwrap_or(LOWER_EDGE),
            may_be_beside: trip.from.len() == 1 && trip.to.len() == 1,
        },
        Stage::From(outer) => Leg {
            from: at(trip.from.get(outer - 1)).unwrap_or(LOWER_EDGE),
            to: crossed(trip.points.first()),
            may_be_beside: false,
        },
        Stage::To(outer) => Leg {
            from: crossed(trip.points.last()),
            to: at(trip.to.get(outer - 1)).unwrap_or(LOWER_EDGE),
            may_be_beside: false,
        },
    }
}

/// How wide the title of a zone is that other zones lie in.
fn title(project: &Project, zone: ZoneId, is_outer: bool) -> f32 {
    match project.zones.get(zone) {
        Some(zone) if is_outer => Face::SemiBold.width(&zone.name, ZONE_TEXT) + ZONE_PADDING,
        _ => 0.0,
    }
}

/// How much of the lower side of each zone, from its left end, assets stand on that reach into it.
fn docks(project: &Project, places: &AssetPlaces) -> HashMap<ZoneId, f32> {
    let mut docks: HashMap<ZoneId, f32> = HashMap::new();
    for (&(_, zone), cell) in &places.ghosts {
        let frame = project.zones.get(zone).map(|it| it.frame);
        if let Some(frame) = frame.filter(|it| cell.bottom() > it.bottom()) {
            let wide = docks.entry(zone).or_default();
            *wide = wide.max(cell.right() - frame.x);
        }
    }
    docks
}

/// The part of each zone that its own assets and those reaching into it stand in.
fn blocks(project: &Project, places: &AssetPlaces) -> HashMap<ZoneId, Rect> {
    let mut blocks: HashMap<ZoneId, Rect> = HashMap::new();
    let home = |asset| project.assets.get(asset).and_then(|it| it.zone);
    let cells = places.cells.iter().filter_map(|(&asset, cell)| Some((home(asset)?, cell)));
    for (zone, cell) in cells.chain(places.ghosts.iter().map(|(&(_, zone), cell)| (zone, cell))) {
        blocks.entry(zone).and_modify(|it| *it = it.union(cell)).or_insert(*cell);
    }
    blocks
}
