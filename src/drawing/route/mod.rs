//! Routing conduits at right angles around zones, and keeping the routes up to date
//! while zones move.
//!
//! [`Routing::of`] routes the whole drawing: plane by plane (`hierarchy`), in each
//! through rows of boxes with as few crossings as can be (`region`, `slots`,
//! `tracks`). What that leaves running through a zone goes its own way (`lone`), as
//! does everything that [`Routing::updated`] has to route again during a drag.

mod hierarchy;
mod jumps;
mod labels;
mod lone;
mod plane;
mod region;
mod slots;
#[cfg(test)]
mod tests;
mod tracks;
mod update;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use region::lines;

use crate::model::{Conduit, ConduitId, Point, Project, Table, Zone};

/// Height of a conduit's label.
pub const LABEL_HEIGHT: f32 = 18.0;
/// Space between neighbouring ports and parallel lines.
pub(super) const TRACK: f32 = 12.0;
/// Space between a line and the zone that it goes around.
pub(super) const CLEARANCE: f32 = 18.0;

/// The way of a conduit in the drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Its corners from the `from` zone to the `to` zone.
    pub points: Vec<Point>,
    /// Where the middle of its label stands.
    pub label: Point,
    /// Where it hops over other conduits, along the way; of two that cross one hops.
    pub jumps: Vec<Point>,
}

/// The ways of all conduits that have both ends. Routes that did not change are
/// shared with the routing that this one was updated from.
#[derive(Clone, Debug, Default)]
pub struct Routing {
    routes: BTreeMap<ConduitId, Arc<Route>>,
    changed: BTreeSet<ConduitId>,
    /// Those of them that were only moved, and how far.
    shifted: BTreeMap<ConduitId, (f32, f32)>,
    uprights: Arc<jumps::Uprights>,
    /// What the routes were made for.
    zones: Table<crate::model::ZoneId, Zone>,
    conduits: Table<ConduitId, Conduit>,
}

impl Routing {
    /// Routes every conduit anew. `label_width` tells how wide a label is.
    pub fn of(project: &Project, label_width: impl Fn(ConduitId) -> f32) -> Self {
        let zones = zones::Zones::new(project);
        let ways = hierarchy::ways(project);
        let free = |id: ConduitId, points: Vec<Point>| {
            let ends = project.conduits.get(id).and_then(Conduit::ends);
            match ends {
                Some(ends) if zones.runs_through(&points, ends) => {
                    zones.lone(ends, &mut usize::MAX.clone()).unwrap_or(points)
                }
                _ => points,
            }
        };
        let route = |points| Route { points, ..Route::default() };
        let mut routes: BTreeMap<_, _> = ways.into_iter().map(|(id, way)| (id, route(free(id, way)))).collect();
        labels::set(project, &mut routes, label_width);
        let uprights = jumps::set(&mut routes);
        Self {
            changed: routes.keys().copied().collect(),
            shifted: BTreeMap::new(),
            uprights: Arc::new(uprights),
            routes: routes.into_iter().map(|(id, route)| (id, Arc::new(route))).collect(),
            zones: project.zones.clone(),
            conduits: project.conduits.clone(),
        }
    }

    /// The way of each conduit.
    pub fn routes(&self) -> &BTreeMap<ConduitId, Arc<Route>> {
        &self.routes
    }

    /// The conduits whose way is new, other or gone since the routing that this one was updated from.
    pub fn changed(&self) -> &BTreeSet<ConduitId> {
        &self.changed
    }

    /// Those of them whose way was only moved, with how far.
    pub fn shifted(&self) -> &BTreeMap<ConduitId, (f32, f32)> {
        &self.shifted
    }
}
