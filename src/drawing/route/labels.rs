//! Where the labels of conduits stand: on their line, and on nothing else.

use std::collections::BTreeMap;

use super::plane::Plane;
use super::{LABEL_HEIGHT, Route};
use crate::drawing::metrics::ZONE_HEADER;
use crate::drawing::place::asset_places;
use crate::model::{ConduitId, Point, Project, Rect};

/// What a label would cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Covered {
    /// The edge or the title of a zone.
    Edge,
    /// An asset or a note.
    Thing,
    Line(ConduitId),
    Label(ConduitId),
}

/// Space kept around a label.
const MARGIN: f32 = 2.0;
/// How far apart the places of a line are that are tried, and how many of each part.
const STEP: f32 = 15.0;
const MOST_STEPS: f32 = 24.0;

/// The frame of a label.
pub(super) fn frame(at: Point, width: f32) -> Rect {
    Rect::new(at.x - width / 2.0, at.y - LABEL_HEIGHT / 2.0, width, LABEL_HEIGHT)
}

/// Everything that labels are not to cover.
fn covered(project: &Project, routes: &BTreeMap<ConduitId, Route>) -> Plane<Covered> {
    let mut plane = Plane::default();
    for zone in project.zones.values() {
        add_edges(&mut plane, zone.frame);
    }
    let places = asset_places(project);
    let things = places.cells.values().chain(places.ghosts.values()).copied();
    for thing in things.chain(project.notes.values().map(|it| it.frame)) {
        plane.add(thing, Covered::Thing);
    }
    for (&id, route) in routes {
        for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
            plane.add(Rect::between(*a, *b).grown(0.5), Covered::Line(id));
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
            route.label = best(&route.points, width, id, &plane, &|_| false);
            plane.add(frame(route.label, width), Covered::Label(id));
        }
    }
}

/// The middle of the longest part of a way.
pub(super) fn middle(points: &[Point]) -> Point {
    let parts = points.iter().zip(points.iter().skip(1));
    let length = |(a, b): &(&Point, &Point)| (a.x - b.x).abs() + (a.y - b.y).abs();
    let longest = parts.max_by(|one, next| length(one).total_cmp(&length(next)));
    longest.map_or_else(
        || points.first().copied().unwrap_or_default(),
        |(a, b)| Point::new(f32::midpoint(a.x, b.x), f32::midpoint(a.y, b.y)),
    )
}

/// The place on a way where a label covers least: no label at all if that can be, then
/// no asset and no note, then no edge of a zone, then as few other lines as can be.
pub(super) fn best(
    points: &[Point],
    width: f32,
    id: ConduitId,
    plane: &Plane<Covered>,
    is_taken: &impl Fn(&Rect) -> bool,
) -> Point {
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
    let mut best = (u32::MAX / 8, points.first().copied().unwrap_or_default());
    // from the middle of each part outwards
    let most = parts.iter().map(|it| steps(it.2)).max().unwrap_or(1);
    for step in 0..most {
        for &(a, b, length) in parts.iter().filter(|it| step < steps(it.2)) {
            let side = if step % 2 == 0 { -0.5 } else { 0.5 };
            let share = 0.5 + side * step.div_ceil(2) as f32 / (steps(length).div_ceil(2) + 1) as f32;
            let at = Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
            let area = frame(at, width).grown(MARGIN);
            let near = NEAR * cost(&area, id, plane, best.0);
            if near >= best.0 {
                continue;
            }
            let taken = if is_taken(&area) { NEAR * THING } else { 0 };
            let cost = near + taken + cost(&from_afar(at, width), id, plane, best.0);
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

/// What the label takes that is drawn in its place from afar: as wide, but higher.
fn from_afar(at: Point, width: f32) -> Rect {
    let height = LABEL_HEIGHT * 1.45;
    Rect::new(at.x - width / 2.0, at.y - height / 2.0, width, height)
}

/// How many places of a part of a length are tried.
fn steps(length: f32) -> usize {
    (length / STEP).clamp(3.0, MOST_STEPS) as usize
}

/// What it costs to cover an asset or a note.
const THING: u32 = 400;
/// How much more it matters what a label covers near than from afar.
const NEAR: u32 = 4;

/// What a label in an area would cover, if that is less than so much.
fn cost(area: &Rect, id: ConduitId, plane: &Plane<Covered>, most: u32) -> u32 {
    let mut cost = 0;
    plane.any(area, |_, it| {
        cost += match it {
            Covered::Label(_) => 1_000,
            Covered::Thing => THING,
            Covered::Edge => 100,
            Covered::Line(other) if other != id => 10,
            Covered::Line(_) => 0,
        };
        cost >= most
    });
    cost
}
