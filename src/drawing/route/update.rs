//! Routes after a small change: only what the change touches is routed again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::labels::{self, Covered};
use super::plane::Plane;
use super::zones::Zones;
use super::{Route, Routing, jumps};
use crate::model::{Conduit, ConduitId, Point, Project, Rect, ZoneId};

impl Routing {
    /// The routes after a change of the project: what the change does not touch keeps
    /// its way. Cheap enough for every frame of a drag; when the drag has ended,
    /// [`Routing::of`] finds the best ways again.
    pub fn updated(&self, project: &Project, label_width: impl Fn(ConduitId) -> f32) -> Self {
        let mut new = Self {
            routes: self.routes.clone(),
            changed: BTreeSet::new(),
            zones: project.zones.clone(),
            conduits: project.conduits.clone(),
        };
        let moved = self.moved(project);
        let zones = Zones::new(project);
        let frames: Vec<Rect> = moved.iter().filter_map(|&(id, _)| Some(project.zones.get(id)?.frame)).collect();
        let mut again = Vec::new();
        for (id, conduit) in project.conduits.iter() {
            let Some(ends) = conduit.ends().filter(|(from, to)| from != to) else { continue };
            let Some(route) = self.routes.get(&id) else {
                again.push((id, ends));
                continue;
            };
            let shift = |zone: ZoneId| {
                moved.binary_search_by_key(&zone, |it| it.0).ok().map(|at| moved.get(at).and_then(|it| it.1))
            };
            match (shift(ends.0), shift(ends.1)) {
                // both ends moved by the same: the way moves along
                (Some(Some(one)), Some(Some(next))) if one == next => {
                    let points: Vec<Point> = route.points.iter().map(|it| it.offset(one.0, one.1)).collect();
                    if zones.runs_through(&points, ends) {
                        again.push((id, ends));
                    } else {
                        let label = route.label.offset(one.0, one.1);
                        new.routes.insert(id, Arc::new(Route { points, label, jumps: Vec::new() }));
                        new.changed.insert(id);
                    }
                }
                (None, None) => {
                    let is_other = self.conduits.get(id).and_then(Conduit::ends) != Some(ends);
                    if is_other || is_run_over(route, &frames) && zones.runs_through(&route.points, ends) {
                        again.push((id, ends));
                    }
                }
                _ => again.push((id, ends)),
            }
        }
        for id in self.routes.keys() {
            if project
                .conduits
                .get(*id)
                .and_then(Conduit::ends)
                .is_none_or(|(from, to)| from == to || !project.zones.contains(from) || !project.zones.contains(to))
            {
                new.routes.remove(id);
                new.changed.insert(*id);
            }
        }
        let plane = near_labels(project, &new, &again);
        for (id, ends) in again {
            let Some(points) = zones.lone(ends) else { continue };
            let label = labels::best(&points, label_width(id), id, &plane);
            new.routes.insert(id, Arc::new(Route { points, label, jumps: Vec::new() }));
            new.changed.insert(id);
        }
        jumps::update(&mut new.routes, &self.routes, &mut new.changed);
        new
    }

    /// The zones that stand elsewhere now, ordered, with the move if that is all.
    fn moved(&self, project: &Project) -> Vec<(ZoneId, Option<(f32, f32)>)> {
        if self.zones.same(&project.zones) {
            return Vec::new();
        }
        let mut moved = Vec::new();
        for (id, zone) in project.zones.iter_shared() {
            match self.zones.shared(id) {
                Some(before) if Arc::ptr_eq(before, zone) => (),
                Some(before) if before.frame == zone.frame && before.parent == zone.parent => (),
                Some(before) => {
                    let (a, b) = (before.frame, zone.frame);
                    let is_same = before.parent == zone.parent && a.width == b.width && a.height == b.height;
                    moved.push((id, is_same.then_some((b.x - a.x, b.y - a.y))));
                }
                None => moved.push((id, None)),
            }
        }
        moved
    }
}

/// Whether a way runs through one of the frames.
fn is_run_over(route: &Route, frames: &[Rect]) -> bool {
    route.points.iter().zip(route.points.iter().skip(1)).any(|(&a, &b)| {
        let part = Rect::between(a, b).grown(1.0);
        frames.iter().any(|it| it.overlaps(&part))
    })
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
    plane
}
