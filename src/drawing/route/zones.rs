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

    /// The zones that a conduit between these may run through: through its ends only
    /// inside the one that the other lies in.
    fn open(&self, (from, to): (ZoneId, ZoneId)) -> Vec<ZoneId> {
        let around = [from, to].into_iter().flat_map(|it| self.project.zone_ancestors(it));
        around.chain([from, to]).collect()
    }

    /// Whether a way runs through a zone that it has no business in.
    pub(super) fn runs_through(&self, points: &[Point], ends: (ZoneId, ZoneId)) -> bool {
        let open = self.open(ends);
        self.meets(points, |_, zone| open.contains(&zone))
    }

    /// Whether a way runs through any zone but those left out.
    fn meets(&self, points: &[Point], is_left_out: impl Fn(&Rect, ZoneId) -> bool) -> bool {
        points.iter().zip(points.iter().skip(1)).any(|(&a, &b)| {
            let part = Rect::between(a, b).grown(0.5);
            self.plane.any(&part, |frame, zone| frame.grown(-1.0).overlaps(&part) && !is_left_out(frame, zone))
        })
    }

    /// The way of a conduit by itself, around all zones near it. What lies over an end
    /// can't be gone around, and is not. The search takes from `work`; where that is used
    /// up, the way is as good as can be had.
    pub(super) fn lone(&self, zones: (ZoneId, ZoneId), work: &mut usize) -> Option<Vec<Point>> {
        let frame = |zone: ZoneId| self.project.zones.get(zone).map(|it| it.frame);
        let ends = Ends { from: frame(zones.0)?, to: frame(zones.1)? };
        let around = ends.from.union(&ends.to);
        let open = self.open(zones);
        let is_left_out = |frame: &Rect, zone: ZoneId| ends.is_free_of(frame) || open.contains(&zone);
        let mut way = None;
        for near in NEAR {
            let mut seen = BTreeSet::new();
            let mut obstacles = Vec::new();
            self.plane.any(&around.grown(near), |frame, zone| {
                if !is_left_out(frame, zone) && seen.insert(zone) {
                    obstacles.push(*frame);
                }
                false
            });
            let points = lone::way(ends, &obstacles, work);
            let is_free = !self.meets(&points, is_left_out);
            way = Some(points);
            if is_free || *work == 0 {
                break;
            }
        }
        way
    }
}
