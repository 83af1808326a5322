//! The zones of a drawing by where they lie: what stands in a conduit's way.

use std::collections::BTreeSet;

use super::lone::{self, Ends};
use super::plane::Plane;
use crate::model::{Point, Project, Rect, ZoneId};

/// Obstacles further away than this from both ends are not gone around at first.
const NEAR: [f32; 3] = [80.0, 600.0, 1e7];

/// All zones of a project.
pub(super) struct Zones<'a> {
    project: &'a Project,
    plane: Plane<ZoneId>,
}

impl<'a> Zones<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        let mut plane = Plane::default();
        for (id, zone) in project.zones.iter() {
            plane.add(zone.frame, id);
        }
        Self { project, plane }
    }

    /// Whether a conduit between these zones may run through a zone: through its ends
    /// only inside the one that the other lies in.
    fn is_open(&self, zone: ZoneId, (from, to): (ZoneId, ZoneId)) -> bool {
        zone == from
            || zone == to
            || self.project.zone_ancestors(from).contains(&zone)
            || self.project.zone_ancestors(to).contains(&zone)
    }

    /// Whether a way runs through a zone that it has no business in.
    pub(super) fn runs_through(&self, points: &[Point], ends: (ZoneId, ZoneId)) -> bool {
        points.iter().zip(points.iter().skip(1)).any(|(&a, &b)| {
            let part = Rect::between(a, b).grown(0.5);
            self.plane.any(&part, |frame, zone| frame.grown(-1.0).overlaps(&part) && !self.is_open(zone, ends))
        })
    }

    /// The way of a conduit by itself, around all zones near it.
    pub(super) fn lone(&self, (from, to): (ZoneId, ZoneId)) -> Option<Vec<Point>> {
        let frame = |zone: ZoneId| self.project.zones.get(zone).map(|it| it.frame);
        let ends = Ends { from: frame(from)?, to: frame(to)? };
        let around = ends.from.union(&ends.to);
        let mut way = None;
        for near in NEAR {
            let mut seen = BTreeSet::new();
            let mut obstacles = Vec::new();
            self.plane.any(&around.grown(near), |frame, zone| {
                if seen.insert(zone) && !self.is_open(zone, (from, to)) {
                    obstacles.push(*frame);
                }
                false
            });
            let points = lone::way(ends, &obstacles);
            let is_free = !self.runs_through(&points, (from, to));
            way = Some(points);
            if is_free {
                break;
            }
        }
        way
    }
}
