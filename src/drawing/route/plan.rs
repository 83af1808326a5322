//! Routing conduits at right angles around zones.
//!
//! Each conduit leaves and enters at a port of its own. Of a handful of candidate
//! routes the one is taken that runs through the fewest zones, lies on the fewest
//! others, crosses the fewest, and is shortest; short conduits choose first.

use std::collections::{BTreeMap, HashMap};

use super::{LABEL_HEIGHT, Route};
use crate::model::{ConduitId, Point, Project, Rect, ZoneId};

/// Space between neighbouring ports and parallel lines.
const TRACK: f32 = 12.0;
/// Space between a line and the zone that it goes around or leaves.
const CLEARANCE: f32 = 18.0;
/// Beyond this many pairs of a conduit and a zone only the plainest route is tried.
const THOROUGH: usize = 60_000;

/// Routes every conduit that has both ends. `label_width` tells how wide a label is.
pub(super) fn routes(project: &Project, label_width: impl Fn(ConduitId) -> f32) -> BTreeMap<ConduitId, Route> {
    let mut ends: Vec<Ends> =
        project.conduits.iter().filter_map(|(id, it)| Ends::new(project, id, it.ends()?)).collect();
    set_ports(&mut ends);
    ends.sort_by(|one, next| one.distance().total_cmp(&next.distance()).then(one.conduit.cmp(&next.conduit)));
    let mut plan = Plan {
        zones: project.zones.iter().map(|(id, zone)| (id, zone.frame)).collect(),
        thorough: ends.len() * project.zones.len() <= THOROUGH,
        laid: Vec::new(),
        labels: Vec::new(),
    };
    let mut routes = BTreeMap::new();
    for ends in &ends {
        let points = plan.lay(project, ends);
        let label = plan.label(&points, label_width(ends.conduit));
        routes.insert(ends.conduit, Route { points, label, jumps: Vec::new() });
    }
    routes
}

/// A side of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Side {
    Top,
    Bottom,
    Left,
    Right,
}

impl Side {
    fn is_vertical(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }

    /// The line that the side lies on, and where it begins and ends along it.
    fn of(self, frame: Rect) -> (f32, f32, f32) {
        match self {
            Self::Top => (frame.y, frame.x, frame.right()),
            Self::Bottom => (frame.bottom(), frame.x, frame.right()),
            Self::Left => (frame.x, frame.y, frame.bottom()),
            Self::Right => (frame.right(), frame.y, frame.bottom()),
        }
    }
}

/// One end of a conduit: a zone's side, and the port on it.
#[derive(Clone, Copy, Debug)]
struct End {
    zone: ZoneId,
    frame: Rect,
    side: Side,
    /// Where along the side: wished at first, then set.
    port: f32,
    is_set: bool,
}

impl End {
    fn point(&self) -> Point {
        let (line, ..) = self.side.of(self.frame);
        if self.side.is_vertical() { Point::new(self.port, line) } else { Point::new(line, self.port) }
    }
}

#[derive(Clone, Copy, Debug)]
struct Ends {
    conduit: ConduitId,
    from: End,
    to: End,
}

impl Ends {
    fn new(project: &Project, conduit: ConduitId, (from, to): (ZoneId, ZoneId)) -> Option<Self> {
        let (a, b) = (project.zones.get(from)?.frame, project.zones.get(to)?.frame);
        let (from_side, to_side) = sides(a, b);
        let (from_port, to_port) = wished_ports(a, b, from_side);
        Some(Self {
            conduit,
            from: End { zone: from, frame: a, side: from_side, port: from_port, is_set: false },
            to: End { zone: to, frame: b, side: to_side, port: to_port, is_set: false },
        })
    }

    fn distance(&self) -> f32 {
        let (a, b) = (self.from.point(), self.to.point());
        (a.x - b.x).abs() + (a.y - b.y).abs()
    }

    fn is_nested(&self) -> bool {
        self.from.frame.encloses(&self.to.frame) || self.to.frame.encloses(&self.from.frame)
    }
}

/// The sides at which a conduit leaves and enters: those that face each other.
fn sides(a: Rect, b: Rect) -> (Side, Side) {
    if a.encloses(&b) || b.encloses(&a) {
        let (inner, outer) = if a.encloses(&b) { (b, a) } else { (a, b) };
        let gaps = [
            (outer.right() - inner.right(), Side::Right),
            (inner.x - outer.x, Side::Left),
            (outer.bottom() - inner.bottom(), Side::Bottom),
            (inner.y - outer.y, Side::Top),
        ];
        let nearest = gaps.into_iter().min_by(|one, next| one.0.total_cmp(&next.0)).map_or(Side::Right, |it| it.1);
        return (nearest, nearest);
    }
    let (down, up) = (b.y - a.bottom(), a.y - b.bottom());
    let (right, left) = (b.x - a.right(), a.x - b.right());
    let vertical = down.max(up);
    let horizontal = right.max(left);
    if vertical >= 2.0 * TRACK || vertical >= horizontal {
        if down >= up { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) }
    } else if right >= left {
        (Side::Right, Side::Left)
    } else {
        (Side::Left, Side::Right)
    }
}

/// Ports opposite each other where the zones overlap along the side, or else as near as can be.
fn wished_ports(a: Rect, b: Rect, side: Side) -> (f32, f32) {
    let (_, a_start, a_end) = side.of(a);
    let (_, b_start, b_end) = side.of(b);
    let (start, end) = (a_start.max(b_start), a_end.min(b_end));
    if end - start >= 2.0 * TRACK {
        let middle = (start + end) / 2.0;
        return (middle, middle);
    }
    let within = |at: f32, start: f32, end: f32| {
        let margin = TRACK.min((end - start) / 2.0);
        // not clamp, which panics where rounding puts the ends of a narrow side the wrong way round
        at.min(end - margin).max(start + margin)
    };
    let (a_middle, b_middle) = ((a_start + a_end) / 2.0, (b_start + b_end) / 2.0);
    (within(b_middle, a_start, a_end), within(a_middle, b_start, b_end))
}

/// Spreads the ports of each side, the most crowded side first; the far end of a
/// conduit then wishes to stand opposite.
fn set_ports(ends: &mut [Ends]) {
    let mut by_side: HashMap<(ZoneId, Side), Vec<(usize, bool)>> = HashMap::new();
    for (at, it) in ends.iter().enumerate() {
        by_side.entry((it.from.zone, it.from.side)).or_default().push((at, true));
        by_side.entry((it.to.zone, it.to.side)).or_default().push((at, false));
    }
    let mut order: Vec<_> = by_side.into_iter().collect();
    order.sort_by_key(|(side, ports)| (std::cmp::Reverse(ports.len()), *side));
    for ((_, side), mut ports) in order {
        let end =
            |ends: &[Ends], (at, is_from): (usize, bool)| ends.get(at).map(|it| if is_from { it.from } else { it.to });
        let far_middle = |ends: &[Ends], (at, is_from): (usize, bool)| {
            let far = ends.get(at).map(|it| if is_from { it.to.frame } else { it.from.frame }).unwrap_or_default();
            let (_, start, end) = side.of(far);
            (start + end) / 2.0
        };
        ports.sort_by(|&one, &next| {
            let wish = |it| end(ends, it).map_or(0.0, |end| end.port);
            let far = far_middle(ends, one).total_cmp(&far_middle(ends, next));
            wish(one).total_cmp(&wish(next)).then(far).then(one.0.cmp(&next.0))
        });
        let Some(frame) = ports.first().and_then(|&it| end(ends, it)).map(|it| it.frame) else { continue };
        let (_, start, stop) = side.of(frame);
        let wishes: Vec<f32> = ports.iter().filter_map(|&it| end(ends, it)).map(|it| it.port).collect();
        for (&(at, is_from), port) in ports.iter().zip(spread(&wishes, start, stop)) {
            let Some(it) = ends.get_mut(at) else { continue };
            let (here, far) = if is_from { (&mut it.from, &mut it.to) } else { (&mut it.to, &mut it.from) };
            here.port = port;
            here.is_set = true;
            let (_, far_start, far_stop) = far.side.of(far.frame);
            if !far.is_set && port > far_start + TRACK / 2.0 && port < far_stop - TRACK / 2.0 {
                far.port = port;
            }
        }
    }
}

/// Ports as near to the wishes (in rising order) as a track between them and the ends of the side allow.
fn spread(wishes: &[f32], start: f32, stop: f32) -> Vec<f32> {
    let count = wishes.len() as f32;
    let length = stop - start;
    let gap = (2.0 * TRACK).min(length / (count + 1.0));
    let margin = gap.min(TRACK);
    let mut ports: Vec<f32> = Vec::with_capacity(wishes.len());
    for &wish in wishes {
        let after_last = ports.last().map_or(start + margin, |last| last + gap);
        ports.push(wish.max(after_last));
    }
    let mut before_next = stop - margin;
    for port in ports.iter_mut().rev() {
        *port = port.min(before_next);
        before_next = *port - gap;
    }
    ports
}

/// A straight part of a route already laid.
#[derive(Clone, Copy, Debug)]
struct Segment {
    a: Point,
    b: Point,
}

impl Segment {
    fn is_horizontal(&self) -> bool {
        (self.a.y - self.b.y).abs() < 0.5
    }

    fn bounds(&self) -> Rect {
        Rect::between(self.a, self.b)
    }

    fn length(&self) -> f32 {
        (self.a.x - self.b.x).abs() + (self.a.y - self.b.y).abs()
    }

    fn middle(&self, share: f32) -> Point {
        Point::new(self.a.x + (self.b.x - self.a.x) * share, self.a.y + (self.b.y - self.a.y) * share)
    }
}

fn segments(points: &[Point]) -> impl Iterator<Item = Segment> {
    points.windows(2).filter_map(|pair| match pair {
        &[a, b] => Some(Segment { a, b }),
        _ => None,
    })
}

struct Plan {
    zones: Vec<(ZoneId, Rect)>,
    thorough: bool,
    laid: Vec<Segment>,
    labels: Vec<Rect>,
}

impl Plan {
    fn lay(&mut self, project: &Project, ends: &Ends) -> Vec<Point> {
        let (a, b) = (ends.from.point(), ends.to.point());
        let is_plain = ends.is_nested() || ends.from.frame.overlaps(&ends.to.frame);
        let points = if is_plain {
            elbow(a, b, ends.from.side)
        } else {
            let open: Vec<ZoneId> = [ends.from.zone, ends.to.zone]
                .into_iter()
                .flat_map(|zone| std::iter::once(zone).chain(project.zone_ancestors(zone)))
                .collect();
            let around = a_frame_around(ends);
            let is_near = |frame: &Rect| frame.overlaps(&around);
            let obstacles: Vec<Rect> = if self.thorough {
                let closed = self.zones.iter().filter(|(id, frame)| !open.contains(id) && is_near(frame));
                closed.map(|(_, frame)| *frame).collect()
            } else {
                Vec::new()
            };
            let candidates = candidates(ends, &obstacles, self.thorough);
            let costs = candidates.into_iter().map(|points| (self.cost(&points, &obstacles), points));
            costs.min_by(|(one, _), (next, _)| one.total_cmp(next)).map_or_else(|| vec![a, b], |(_, points)| points)
        };
        if self.thorough {
            self.laid.extend(segments(&points));
        }
        points
    }

    fn cost(&self, points: &[Point], obstacles: &[Rect]) -> f32 {
        let mut cost = points.len() as f32 * 14.0;
        for segment in segments(points) {
            cost += segment.length();
            let bounds = segment.bounds().grown(4.0);
            cost += 4_000.0 * obstacles.iter().filter(|it| it.overlaps(&bounds)).count() as f32;
            for other in &self.laid {
                if other.is_horizontal() == segment.is_horizontal() {
                    let beside = other.bounds().grown(TRACK / 2.0 - 1.0);
                    cost += if beside.overlaps(&segment.bounds().grown(0.5)) { 900.0 } else { 0.0 };
                } else if other.bounds().grown(0.5).overlaps(&segment.bounds().grown(0.5)) {
                    cost += 40.0;
                }
            }
        }
        cost
    }

    /// A place for the label on the route: on its longest parts first, and not on another label or a zone.
    fn label(&mut self, points: &[Point], width: f32) -> Point {
        let mut parts: Vec<Segment> = segments(points).collect();
        parts.sort_by(|one, next| next.length().total_cmp(&one.length()));
        let frame = |at: Point| Rect::new(at.x - width / 2.0, at.y - LABEL_HEIGHT / 2.0, width, LABEL_HEIGHT);
        let places = parts.iter().flat_map(|part| [0.5, 0.38, 0.62, 0.25, 0.75].map(|share| part.middle(share)));
        let places: Vec<Point> = places.collect();
        let is_free = |at: &&Point| {
            let frame = frame(**at);
            let on_edge = self.zones.iter().any(|(_, zone)| zone.overlaps(&frame) && !zone.encloses(&frame));
            !on_edge && !self.labels.iter().any(|other| other.overlaps(&frame))
        };
        let is_apart = |at: &&Point| !self.labels.iter().any(|other| other.overlaps(&frame(**at)));
        let place =
            if self.thorough { places.iter().find(is_free).or_else(|| places.iter().find(is_apart)) } else { None };
        let place = place.or(places.first()).copied().unwrap_or_default();
        self.labels.push(frame(place));
        place
    }
}

/// Everything that could stand in the way of a conduit, with room for detours.
fn a_frame_around(ends: &Ends) -> Rect {
    ends.from.frame.union(&ends.to.frame).grown(120.0)
}

/// From one point to another with one jog halfway.
fn elbow(a: Point, b: Point, side: Side) -> Vec<Point> {
    if (a.x - b.x).abs() < 0.5 || (a.y - b.y).abs() < 0.5 {
        vec![a, b]
    } else if side.is_vertical() {
        let y = (a.y + b.y) / 2.0;
        vec![a, Point::new(a.x, y), Point::new(b.x, y), b]
    } else {
        let x = (a.x + b.x) / 2.0;
        vec![a, Point::new(x, a.y), Point::new(x, b.y), b]
    }
}

fn transposed(point: Point) -> Point {
    Point::new(point.y, point.x)
}

fn transposed_rect(rect: &Rect) -> Rect {
    Rect::new(rect.y, rect.x, rect.height, rect.width)
}

/// The routes worth trying, for a conduit that leaves upwards or downwards; one
/// that leaves sideways is the same with x and y exchanged.
fn candidates(ends: &Ends, obstacles: &[Rect], thorough: bool) -> Vec<Vec<Point>> {
    let (a, b) = (ends.from.point(), ends.to.point());
    if ends.from.side.is_vertical() {
        return upright_candidates(a, b, obstacles, thorough);
    }
    let obstacles: Vec<Rect> = obstacles.iter().map(transposed_rect).collect();
    let routes = upright_candidates(transposed(a), transposed(b), &obstacles, thorough);
    routes.into_iter().map(|route| route.into_iter().map(transposed).collect()).collect()
}

fn upright_candidates(a: Point, b: Point, obstacles: &[Rect], thorough: bool) -> Vec<Vec<Point>> {
    let mut routes = Vec::new();
    if (a.x - b.x).abs() < 1.0 {
        routes.push(vec![a, b]);
    }
    let jog = |y: f32| vec![a, Point::new(a.x, y), Point::new(b.x, y), b];
    let middle = (a.y + b.y) / 2.0;
    if !thorough {
        routes.push(jog(middle));
        return routes;
    }
    let towards = if b.y >= a.y { 1.0 } else { -1.0 };
    let length = (b.y - a.y).abs();
    let room = ((length / 2.0 - CLEARANCE / 2.0) / TRACK).floor().clamp(0.0, 6.0) as i32;
    routes.extend((-room..=room).map(|track| jog(middle + track as f32 * TRACK)));
    if length > 4.0 * CLEARANCE {
        for track in 0..4 {
            let away = CLEARANCE + track as f32 * TRACK;
            routes.push(jog(a.y + towards * away));
            routes.push(jog(b.y - towards * away));
        }
    }
    // along the sides of what stands in the way
    for obstacle in obstacles {
        for track in 0..3 {
            let away = CLEARANCE + track as f32 * TRACK;
            for x in [obstacle.x - away, obstacle.right() + away] {
                let leave = a.y + towards * away.min(length / 3.0);
                let enter = b.y - towards * away.min(length / 3.0);
                routes.push(vec![
                    a,
                    Point::new(a.x, leave),
                    Point::new(x, leave),
                    Point::new(x, enter),
                    Point::new(b.x, enter),
                    b,
                ]);
            }
        }
    }
    routes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Zone};

    fn at(x: f32, y: f32) -> impl FnOnce(&mut Zone) {
        move |zone| zone.frame = Rect::new(x, y, 200.0, 100.0)
    }

    fn routed(plant: &Fixture) -> BTreeMap<ConduitId, Route> {
        routes(&plant.project, |_| 60.0)
    }

    fn runs_through(route: &Route, frame: Rect) -> bool {
        segments(&route.points).any(|segment| segment.bounds().grown(0.5).overlaps(&frame))
    }

    #[test]
    fn zones_above_each_other_are_joined_by_a_straight_line() {
        let plant = Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(40.0, 200.0));
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |_| ());
        let route = &routed(&plant)[&ConduitId::derived_from("C-1")];
        assert_eq!(route.points.len(), 2, "{route:?}");
        assert_eq!((route.points[0].y, route.points[1].y), (100.0, 200.0));
    }

    #[test]
    fn a_conduit_goes_around_a_zone_in_its_way() {
        let plant = Fixture::new()
            .zone("Z-1", at(0.0, 0.0))
            .zone("Z-WALL", at(0.0, 200.0))
            .zone("Z-2", at(0.0, 400.0))
            .conduit("C-1", "Z-1", "Z-2", |_| ());
        let route = &routed(&plant)[&ConduitId::derived_from("C-1")];
        assert!(!runs_through(route, Rect::new(0.0, 200.0, 200.0, 100.0)), "{route:?}");
        assert!(segments(&route.points).all(|it| it.a.x == it.b.x || it.a.y == it.b.y), "right angles only");
    }

    #[test]
    fn parallel_conduits_do_not_lie_on_each_other() {
        let mut plant =
            Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(0.0, 200.0)).zone("Z-3", at(300.0, 200.0));
        for (tag, to) in [("C-1", "Z-2"), ("C-2", "Z-2"), ("C-3", "Z-3"), ("C-4", "Z-3")] {
            plant = plant.conduit(tag, "Z-1", to, |_| ());
        }
        let laid: Vec<Segment> =
            routed(&plant).values().flat_map(|route| segments(&route.points).collect::<Vec<_>>()).collect();
        for (place, one) in laid.iter().enumerate() {
            let same_way = laid[place + 1..].iter().filter(|other| other.is_horizontal() == one.is_horizontal());
            for other in same_way {
                assert!(!one.bounds().grown(1.0).overlaps(&other.bounds().grown(1.0)), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_nested_zone_is_joined_to_the_one_around_it() {
        let plant = Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 600.0, 400.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(380.0, 100.0, 200.0, 100.0);
            })
            .conduit("C-1", "Z-2", "Z-1", |_| ());
        let route = &routed(&plant)[&ConduitId::derived_from("C-1")];
        assert_eq!((route.points[0].x, route.points[1].x), (580.0, 600.0));
    }

    #[test]
    fn a_zone_too_narrow_for_two_ports_is_joined() {
        // where rounding makes the middle by the left edge lie right of that by the right edge
        let plant = Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(-7.7, 0.0, 23.7, 90.0))
            .zone("Z-2", |zone| zone.frame = Rect::new(400.0, 300.0, 200.0, 90.0))
            .conduit("C-1", "Z-1", "Z-2", |_| ());
        assert_eq!(routed(&plant).len(), 1);
    }

    #[test]
    fn ports_keep_apart_and_inside_their_side() {
        let ports = spread(&[50.0, 50.0, 50.0, 95.0], 0.0, 100.0);
        assert!(ports.windows(2).all(|pair| pair[1] - pair[0] >= 11.9), "{ports:?}");
        assert!(ports.iter().all(|port| (0.0..=100.0).contains(port)));
        let crowded = spread(&[0.0; 30], 0.0, 100.0);
        assert!(crowded.is_sorted() && crowded.iter().all(|port| (0.0..=100.0).contains(port)), "{crowded:?}");
    }
}
