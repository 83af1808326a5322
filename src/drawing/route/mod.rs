//! Routing conduits at right angles around zones, and keeping the routes up to date
//! while zones move.

mod jumps;
mod plan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{ConduitId, Point, Project};

/// Height of a conduit's label.
pub const LABEL_HEIGHT: f32 = 18.0;

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
}

impl Routing {
    /// Routes every conduit anew. `label_width` tells how wide a label is.
    pub fn of(project: &Project, label_width: impl Fn(ConduitId) -> f32) -> Self {
        let mut routes = plan::routes(project, label_width);
        jumps::set(&mut routes);
        let changed = routes.keys().copied().collect();
        Self { routes: routes.into_iter().map(|(id, route)| (id, Arc::new(route))).collect(), changed }
    }

    /// The routes after a change of the project: what the change does not touch keeps
    /// its way. Cheap enough for every frame of a drag; when the drag has ended,
    /// [`Routing::of`] finds the best ways again.
    pub fn updated(&self, project: &Project, label_width: impl Fn(ConduitId) -> f32) -> Self {
        let mut new = Self::of(project, label_width);
        new.changed = self.routes.keys().filter(|id| !new.routes.contains_key(id)).copied().collect();
        for (id, route) in &mut new.routes {
            match self.routes.get(id) {
                Some(before) if before == route => *route = Arc::clone(before),
                _ => _ = new.changed.insert(*id),
            }
        }
        new
    }

    /// The way of each conduit.
    pub fn routes(&self) -> &BTreeMap<ConduitId, Arc<Route>> {
        &self.routes
    }

    /// The conduits whose way is new, other or gone since the routing that this one was updated from.
    pub fn changed(&self) -> &BTreeSet<ConduitId> {
        &self.changed
    }
}
