//! Routes after a small change: only what the change touches is routed again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::labels::{self, Covered};
use super::lone::without_straights;
use super::plane::Plane;
use super::zones::Zones;
use super::{Route, Routing, jumps};
use crate::drawing::place::asset_places;
use crate::model::{Conduit, ConduitId, Point, Project, Rect, ZoneId};

/// How many places are looked at for ways around zones in one update. What comes after
/// that is only stretched, until everything is routed again.
const WORK: usize = 8_000;
/// So many conduits get a way of their own in one update.
const MOST_ALONE: usize = 12;

/// How far something was moved.
type Shift = (f32, f32);

/// The zones that stand elsewhere now, with the move where that is all.
type Moved = BTreeMap<ZoneId, Option<Shift>>;

/// A conduit that is to be routed, its ends, and a way that would do.
type Asked = (ConduitId, (ZoneId, ZoneId), Option<Vec<Point>>);

impl Routing {
    /// The routes after a change of the project, as [`Routing::update`] has them.
    #[must_use]
    pub fn updated(&self, project: &Project, label_width: impl Fn(ConduitId) -> f32) -> Self {
        let places = asset_places(project);
        let mut new = self.clone();
        new.update(project, label_width, |area| places.cells.values().any(|it| it.overlaps(area)));
        new
    }

    /// Follows a change of the project: what that does not touch keeps its way. Cheap
    /// enough for every frame of a drag; when the drag has ended, [`Routing::of`] finds
    /// the best ways again. `is_taken` tells where no label is to stand.
    pub fn update(
        &mut self,
        project: &Project,
        label_width: impl Fn(ConduitId) -> f32,
        is_taken: impl Fn(&Rect) -> bool,
    ) {
        self.changed.clear();
        self.shifted.clear();
        let moved = self.moved(project);
        if moved.is_empty() && self.conduits.same(&project.conduits) {
            self.zones = project.zones.clone();
            return;
        }
        let before = self.routes.clone();
        let zones = Zones::new(project);
        let roots = Roots::of(project, &moved);
        let mut alone: Vec<Asked> = Vec::new();
        let is_same_plant = self.conduits.same(&project.conduits) && self.zones.ids().eq(project.zones.ids());
        let is_there = |(from, to): &(ZoneId, ZoneId)| {
            from != to && (is_same_plant || project.zones.contains(*from) && project.zones.contains(*to))
        };
        for (id, conduit) in project.conduits.iter() {
            let ends = conduit.ends().filter(is_there);
            let Some(route) = before.get(&id) else {
                alone.extend(ends.map(|it| (id, it, None)));
                continue;
            };
            let Some(ends) = ends else {
                self.routes.remove(&id);
                self.changed.insert(id);
                continue;
            };
            if !is_same_plant && self.conduits.get(id).and_then(Conduit::ends) != Some(ends) {
                alone.push((id, ends, None));
                continue;
            }
            match (moved.get(&ends.0), moved.get(&ends.1)) {
                // both ends moved by the same: the way moves along
                (Some(&Some(one)), Some(&Some(next))) if is_same(one, next) => {
                    let way: Vec<Point> = route.points.iter().map(|it| it.offset(one.0, one.1)).collect();
                    if !roots.hold(ends, &way) && zones.runs_through(&way, ends) {
                        alone.push((id, ends, Some(way)));
                        continue;
                    }
                    let shift = |it: &Point| it.offset(one.0, one.1);
                    let jumps = route.jumps.iter().map(shift).collect();
                    self.routes.insert(id, Arc::new(Route { points: way, label: shift(&route.label), jumps }));
                    self.changed.insert(id);
                    self.shifted.insert(id, one);
                }
                (None, None) => {
                    if roots.meet(&route.points) && zones.runs_through(&route.points, ends) {
                        alone.push((id, ends, Some(route.points.clone())));
                    }
                }
                (from, to) => {
                    let way = match (from, to) {
                        (Some(&Some(shift)), None) => Some(stretched(&route.points, false, shift)),
                        (None, Some(&Some(shift))) => Some(stretched(&route.points, true, shift)),
                        _ => None,
                    };
                    alone.push((id, ends, way));
                }
            }
        }
        for (&id, _) in before.iter().filter(|(id, _)| !project.conduits.contains(**id)) {
            self.routes.remove(&id);
            self.changed.insert(id);
        }
        self.zones = project.zones.clone();
        self.conduits = project.conduits.clone();
        self.route_alone(project, &zones, alone, &label_width, &is_taken);
        jumps::update(&mut self.routes, &before, &mut self.changed, Arc::make_mut(&mut self.uprights));
        // a hop that came or went is more than a move
        let routes = &self.routes;
        let is_as_it_was = |id: &ConduitId, shift: &Shift| match (before.get(id), routes.get(id)) {
            (Some(before), Some(now)) => {
                before.jumps.len() == now.jumps.len()
                    && before.jumps.iter().zip(&now.jumps).all(|(one, next)| one.offset(shift.0, shift.1) == *next)
            }
            _ => false,
        };
        self.shifted.retain(|id, shift| is_as_it_was(id, shift));
    }

    /// Finds each of some conduits its way, or takes the one offered where there are too many.
    fn route_alone(
        &mut self,
        project: &Project,
        zones: &Zones,
        alone: Vec<Asked>,
        label_width: &impl Fn(ConduitId) -> f32,
        is_taken: &impl Fn(&Rect) -> bool,
    ) {
        let mut work = WORK;
        let again: Vec<(ConduitId, (ZoneId, ZoneId))> = alone.iter().map(|(id, ends, _)| (*id, *ends)).collect();
        let plane = near_labels(project, self, again.get(..again.len().min(MOST_ALONE)).unwrap_or_default());
        for (place, (id, ends, offered)) in alone.into_iter().enumerate() {
            let is_alone = place < MOST_ALONE && work > 0;
            let way = if is_alone { zones.lone(ends, &mut work) } else { offered };
            let Some(points) = way.or_else(|| zones.lone(ends, &mut 0)) else { continue };
            let label = match self.routes.get(&id).map(|it| it.label) {
                Some(label) if !is_alone && is_on(label, &points) => label,
                _ if is_alone => labels::best(&points, label_width(id), id, &plane, is_taken),
                _ => labels::middle(&points),
            };
            self.routes.insert(id, Arc::new(Route { points, label, jumps: Vec::new() }));
            self.changed.insert(id);
        }
    }

    /// The zones that stand elsewhere now.
    fn moved(&self, project: &Project) -> Moved {
        if self.zones.same(&project.zones) {
            return Moved::new();
        }
        let mut moved = Moved::new();
        for (id, zone) in project.zones.iter_shared() {
            match self.zones.shared(id) {
                Some(before) if Arc::ptr_eq(before, zone) => (),
                Some(before) if before.frame == zone.frame && before.parent == zone.parent => (),
                Some(before) => {
                    let (a, b) = (before.frame, zone.frame);
                    let is_same = a.width == b.width && a.height == b.height;
                    moved.insert(id, is_same.then_some((b.x - a.x, b.y - a.y)));
                }
                None => {
                    moved.insert(id, None);
                }
            }
        }
        moved
    }
}

/// Whether two moves are one; places far out are known less exactly.
fn is_same(one: Shift, next: Shift) -> bool {
    (one.0 - next.0).abs() < 0.05 && (one.1 - next.1).abs() < 0.05
}

/// The outermost of the zones that moved: what moves with them lies in them.
struct Roots {
    /// The one that each moved zone lies in.
    of: BTreeMap<ZoneId, ZoneId>,
    frames: BTreeMap<ZoneId, Rect>,
}

impl Roots {
    fn of(project: &Project, moved: &Moved) -> Self {
        let mut roots = Self { of: BTreeMap::new(), frames: BTreeMap::new() };
        for &id in moved.keys() {
            let outer = project.zone_ancestors(id).into_iter().rev().find(|it| moved.contains_key(it));
            let root = outer.unwrap_or(id);
            if let Some(zone) = project.zones.get(root) {
                roots.of.insert(id, root);
                roots.frames.insert(root, zone.frame);
            }
        }
        roots
    }

    /// Whether a way between two zones runs inside one zone that moved with all in it.
    fn hold(&self, (from, to): (ZoneId, ZoneId), way: &[Point]) -> bool {
        let root = self.of.get(&from).filter(|it| self.of.get(&to) == Some(*it));
        root.and_then(|it| self.frames.get(it)).is_some_and(|frame| way.iter().all(|it| frame.contains(*it)))
    }

    /// Whether a way runs through one of them.
    fn meet(&self, way: &[Point]) -> bool {
        way.iter().zip(way.iter().skip(1)).any(|(&a, &b)| {
            let part = Rect::between(a, b).grown(1.0);
            self.frames.values().any(|it| it.overlaps(&part))
        })
    }
}

/// A way of which one end, the last or the first, was moved: the part before it follows.
fn stretched(points: &[Point], is_last: bool, (dx, dy): Shift) -> Vec<Point> {
    let mut way = points.to_vec();
    if !is_last {
        way.reverse();
    }
    match way.as_mut_slice() {
        [.., first, last] if points.len() > 2 => {
            let is_upright = first.x == last.x;
            *last = last.offset(dx, dy);
            *first = if is_upright { first.offset(dx, 0.0) } else { first.offset(0.0, dy) };
        }
        &mut [first, last] => {
            let (is_upright, last) = (first.x == last.x, last.offset(dx, dy));
            let (x, y) = (f32::midpoint(first.x, last.x), f32::midpoint(first.y, last.y));
            let corners = if is_upright {
                [Point::new(first.x, y), Point::new(last.x, y)]
            } else {
                [Point::new(x, first.y), Point::new(x, last.y)]
            };
            way = [first].into_iter().chain(corners).chain([last]).collect();
        }
        _ => (),
    }
    if !is_last {
        way.reverse();
    }
    without_straights(way)
}

fn is_on(label: Point, points: &[Point]) -> bool {
    points.iter().zip(points.iter().skip(1)).any(|(&a, &b)| Rect::between(a, b).grown(0.5).contains(label))
}

/// The labels near the conduits that are routed again.
fn near_labels(project: &Project, routing: &Routing, again: &[(ConduitId, (ZoneId, ZoneId))]) -> Plane<Covered> {
    let mut plane = Plane::default();
    let frame = |zone: ZoneId| project.zones.get(zone).map(|it| it.frame);
    let areas = again.iter().flat_map(|(_, (from, to))| [frame(*from), frame(*to)]).flatten();
    let Some(area) = areas.reduce(|all, it| all.union(&it)) else { return plane };
    let area = area.grown(200.0);
    let near = routing.routes.iter().filter(|(_, route)| area.contains(route.label));
    for (&id, route) in near {
        if again.binary_search_by_key(&id, |it| it.0).is_err() {
            plane.add(labels::frame(route.label, 60.0), Covered::Label(id));
        }
    }
    for zone in project.zones.values().filter(|it| it.frame.overlaps(&area)) {
        labels::add_edges(&mut plane, zone.frame);
    }
    for note in project.notes.values().filter(|it| it.frame.overlaps(&area)) {
        plane.add(note.frame, Covered::Thing);
    }
    plane
}
