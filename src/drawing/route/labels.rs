//! Where the labels of conduits stand: on their line, and on nothing else.

use std::collections::BTreeMap;

use super::plane::Plane;
use super::{LABEL_HEIGHT, Route};
use crate::drawing::metrics::ZONE_HEADER;
use crate::model::{ConduitId, Point, Project, Rect};

/// What a label would cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Covered {
    Edge,
    Line(ConduitId),
    Label(ConduitId),
}

/// Where there are more conduits than this, every place is on some line.
const MANY: usize = 1_500;
/// Space kept around a label.
const MARGIN: f32 = 3.0;
/// So many places of a line are tried.
const SHARES: [f32; 9] = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85, 0.06, 0.94];

/// The frame of a label.
pub(super) fn frame(at: Point, width: f32) -> Rect {
    Rect::new(at.x - width / 2.0, at.y - LABEL_HEIGHT / 2.0, width, LABEL_HEIGHT)
}

/// Everything that labels had better not cover.
pub(super) fn covered(project: &Project, routes: &BTreeMap<ConduitId, Route>) -> Plane<Covered> {
    let mut plane = Plane::default();
    for zone in project.zones.values() {
        add_edges(&mut plane, zone.frame);
    }
    let with_lines = routes.iter().filter(|_| routes.len() <= MANY);
    for (&id, route) in with_lines {
        for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
            plane.add(Rect::between(*a, *b).grown(1.0), Covered::Line(id));
        }
    }
    plane
}

/// A strip along each side of a zone, the upper one with the title.
pub(super) fn add_edges(plane: &mut Plane<Covered>, frame: Rect) {
    let strip = 2.0;
    let wide = frame.width + 2.0 * strip;
    plane.add(Rect::new(frame.x - strip, frame.y - strip, wide, ZONE_HEADER), Covered::Edge);
    plane.add(Rect::new(frame.x - strip, frame.bottom() - strip, wide, 2.0 * strip), Covered::Edge);
    for x in [frame.x, frame.right()] {
        plane.add(Rect::new(x - strip, frame.y, 2.0 * strip, frame.height), Covered::Edge);
    }
}

/// Sets the place of every label, the longest lines last as they have the most places.
pub(super) fn set(project: &Project, routes: &mut BTreeMap<ConduitId, Route>, label_width: impl Fn(ConduitId) -> f32) {
    let mut plane = covered(project, routes);
    let length = |route: &Route| -> f32 {
        let parts = route.points.iter().zip(route.points.iter().skip(1));
        parts.map(|(a, b)| (a.x - b.x).abs() + (a.y - b.y).abs()).sum()
    };
    let mut order: Vec<(f32, ConduitId)> = routes.iter().map(|(&id, route)| (length(route), id)).collect();
    order.sort_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
    for (_, id) in order {
        let width = label_width(id);
        if let Some(route) = routes.get_mut(&id) {
            route.label = best(&route.points, width, id, &plane);
            plane.add(frame(route.label, width), Covered::Label(id));
        }
    }
}

/// The place on a way where a label covers least: no label at all if that can be,
/// then no edge of a zone, then no other line.
pub(super) fn best(points: &[Point], width: f32, id: ConduitId, plane: &Plane<Covered>) -> Point {
    let mut parts: Vec<(Point, Point, f32)> = points
        .iter()
        .zip(points.iter().skip(1))
        .map(|(&a, &b)| (a, b, (a.x - b.x).abs() + (a.y - b.y).abs()))
        .collect();
    // a label stands best on a level line that is longer than itself
    let rank = |&(a, b, length): &(Point, Point, f32)| {
        let fits = if a.y == b.y { length > width + 2.0 * MARGIN } else { length > 3.0 * LABEL_HEIGHT };
        if fits { length + 10_000.0 } else { length }
    };
    parts.sort_by(|one, next| rank(next).total_cmp(&rank(one)));
    let mut best = (u32::MAX, points.first().copied().unwrap_or_default());
    for share in SHARES {
        for &(a, b, _) in parts.iter().take(4) {
            let at = Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
            let cost = cost(&frame(at, width).grown(MARGIN), id, plane);
            if cost == 0 {
                return at;
            }
            if cost < best.0 {
                best = (cost, at);
            }
        }
    }
    best.1
}

fn cost(area: &Rect, id: ConduitId, plane: &Plane<Covered>) -> u32 {
    let mut cost = 0;
    plane.any(area, |_, it| {
        cost += match it {
            Covered::Label(_) => 1_000,
            Covered::Edge => 100,
            Covered::Line(other) if other != id => 1,
            Covered::Line(_) => 0,
        };
        cost > 5_000
    });
    cost
}
