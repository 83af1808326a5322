//! The way of one conduit by itself: around what stands between its ends, on lines
//! along the edges of those obstacles. For ends that the rows can't join, and for
//! what moves under the pointer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::dense::Dense;
use super::{CLEARANCE, TRACK};
use crate::model::{Point, Rect};

/// What a corner costs, in canvas units of way.
const CORNER: f32 = 40.0;
/// How much more a line costs that runs close along one of the two frames.
const CLOSE: f32 = 2.0;
/// More lines than this in one direction are thinned out to those near the ends.
const LINES: usize = 120;

/// One end and the way there is to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) from: Rect,
    pub(super) to: Rect,
}

impl Ends {
    /// Whether a frame is in nobody's way: it lies over an end, which no way can help, or
    /// inside of one that the way leaves.
    pub(super) fn is_free_of(&self, frame: &Rect) -> bool {
        let Self { from, to } = self;
        match (from.encloses(to), to.encloses(from)) {
            (true, _) => frame.contains(to.center()),
            (_, true) => frame.contains(from.center()),
            _ => [from, to].into_iter().any(|it| frame.contains(it.center()) || it.encloses(frame)),
        }
    }
}

/// The shortest way with few corners from one frame to the other that runs through
/// no obstacle; straight through where there is none, or none is found with so much
/// `work`, counted in places looked at.
pub(super) fn way(ends: Ends, obstacles: &[Rect], work: &mut usize) -> Vec<Point> {
    if ends.from.encloses(&ends.to) || ends.to.encloses(&ends.from) {
        return to_the_edge(ends, obstacles);
    }
    simple(ends, obstacles).or_else(|| searched(ends, obstacles, work)).unwrap_or_else(|| direct(ends))
}

/// From the inner zone to the nearest side of the outer one that nothing hides.
fn to_the_edge(Ends { from, to }: Ends, obstacles: &[Rect]) -> Vec<Point> {
    let (inner, outer) = if from.encloses(&to) { (to, from) } else { (from, to) };
    let middle = inner.center();
    let mut ways = [
        [Point::new(inner.right(), middle.y), Point::new(outer.right(), middle.y)],
        [Point::new(inner.x, middle.y), Point::new(outer.x, middle.y)],
        [Point::new(middle.x, inner.bottom()), Point::new(middle.x, outer.bottom())],
        [Point::new(middle.x, inner.y), Point::new(middle.x, outer.y)],
    ];
    let cost = |way: &[Point; 2]| {
        let hidden = if is_free(way, obstacles) { 0.0 } else { 1e6 };
        length(way) + hidden
    };
    ways.sort_by(|one, next| cost(one).total_cmp(&cost(next)));
    let [best, ..] = ways;
    if from.encloses(&to) { vec![best[1], best[0]] } else { best.to_vec() }
}

fn length(points: &[Point]) -> f32 {
    points.iter().zip(points.iter().skip(1)).map(|(a, b)| (a.x - b.x).abs() + (a.y - b.y).abs()).sum()
}

/// Whether nothing stands on or close to a way.
pub(super) fn is_free(points: &[Point], obstacles: &[Rect]) -> bool {
    points.iter().zip(points.iter().skip(1)).all(|(&a, &b)| {
        let part = Rect::between(a, b).grown(2.0);
        !obstacles.iter().any(|it| it.overlaps(&part))
    })
}

fn direct(Ends { from, to }: Ends) -> Vec<Point> {
    let (a, b) = (from.center(), to.center());
    if (b.y - a.y).abs() >= (b.x - a.x).abs() {
        let (start, end) = if b.y > a.y { (from.bottom(), to.y) } else { (from.y, to.bottom()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(a.x, start), Point::new(a.x, middle), Point::new(b.x, middle), Point::new(b.x, end)]
    } else {
        let (start, end) = if b.x > a.x { (from.right(), to.x) } else { (from.x, to.right()) };
        let middle = (start + end) / 2.0;
        vec![Point::new(start, a.y), Point::new(middle, a.y), Point::new(middle, b.y), Point::new(end, b.y)]
    }
}

/// A straight line, or one with a jog halfway or near either end, if one is free.
fn simple(Ends { from, to }: Ends, obstacles: &[Rect]) -> Option<Vec<Point>> {
    let sideways = upright(turned(from), turned(to), &obstacles.iter().map(|it| turned(*it)).collect::<Vec<_>>());
    let sideways = sideways.map(|points| points.into_iter().map(|it| Point::new(it.y, it.x)).collect::<Vec<_>>());
    match (upright(from, to, obstacles), sideways) {
        (Some(one), Some(next)) if length(&next) + CORNER < length(&one) => Some(next),
        (one, next) => one.or(next),
    }
}

fn turned(rect: Rect) -> Rect {
    Rect::new(rect.y, rect.x, rect.height, rect.width)
}

fn upright(from: Rect, to: Rect, obstacles: &[Rect]) -> Option<Vec<Point>> {
    let (start, end) = if to.y - from.bottom() >= TRACK {
        (from.bottom(), to.y)
    } else if from.y - to.bottom() >= TRACK {
        (from.y, to.bottom())
    } else {
        return None;
    };
    let (left, right) = (from.x.max(to.x) + TRACK, from.right().min(to.right()) - TRACK);
    if left <= right {
        let places = [0.5, 0.2, 0.8].map(|share| left + (right - left) * share);
        let ways = places.map(|x| vec![Point::new(x, start), Point::new(x, end)]);
        if let Some(way) = ways.into_iter().find(|it| is_free(it, obstacles)) {
            return Some(way);
        }
    }
    let within = |x: f32, it: Rect| x.min(it.right() - 2.0 * TRACK).max(it.x + (2.0 * TRACK).min(it.width / 2.0));
    let (a, b) = (within(to.center().x, from), within(from.center().x, to));
    let near = CLEARANCE.min((end - start).abs() / 3.0) * (end - start).signum();
    [(start + end) / 2.0, start + near, end - near]
        .map(|y| vec![Point::new(a, start), Point::new(a, y), Point::new(b, y), Point::new(b, end)])
        .into_iter()
        .find(|it| is_free(it, obstacles))
}

/// Whether a line runs so close along a frame that it would be taken for its edge.
fn hugs(a: Point, b: Point, frame: &Rect) -> bool {
    let near = |at: f32, low: f32, high: f32| [low, high].iter().any(|edge| (at - edge).abs() < CLEARANCE * 0.5);
    let overlaps = |from: f32, to: f32, low: f32, high: f32| from.min(to) < high && low < from.max(to);
    if a.x == b.x {
        near(a.x, frame.x, frame.right()) && overlaps(a.y, b.y, frame.y, frame.bottom())
    } else {
        near(a.y, frame.y, frame.bottom()) && overlaps(a.x, b.x, frame.x, frame.right())
    }
}

/// A state of the search: a crossing of lines, and whether it was reached along a row.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    cost: f32,
    before: usize,
    is_done: bool,
    is_reached: bool,
}

/// The best way on the lines along the obstacles.
fn searched(ends: Ends, obstacles: &[Rect], work: &mut usize) -> Option<Vec<Point>> {
    if *work == 0 {
        return None;
    }
    let Ends { from, to } = ends;
    let xs = lines(obstacles.iter().flat_map(|it| [it.x, it.right()]), (from.x, from.right()), (to.x, to.right()));
    let ys = lines(obstacles.iter().flat_map(|it| [it.y, it.bottom()]), (from.y, from.bottom()), (to.y, to.bottom()));
    let (columns, rows) = (xs.len(), ys.len());
    let (xs, ys): (Dense<f32>, Dense<f32>) = (xs.into_iter().collect(), ys.into_iter().collect());
    let blocked = blocked(&xs, &ys, obstacles);
    let point = |state: usize| Point::new(xs[state / 2 % columns], ys[state / 2 / columns]);
    let is_inside =
        |it: Point, frame: Rect| frame.x < it.x && it.x < frame.right() && frame.y < it.y && it.y < frame.bottom();
    let mut reached: Dense<Reached> = Dense::filled(columns * rows * 2);
    let mut open = BinaryHeap::new();
    let goal = to.center();
    let left = |it: Point| {
        let (dx, dy) = ((it.x - goal.x).abs() - to.width / 2.0, (it.y - goal.y).abs() - to.height / 2.0);
        dx.max(0.0) + dy.max(0.0)
    };
    // it begins in the middle lines of the first frame and ends where the second is entered
    for state in 0..columns * rows * 2 {
        let at = point(state);
        let is_axis = if state % 2 == 0 { at.y == from.center().y } else { at.x == from.center().x };
        if is_axis && is_inside(at, from) && (at.x == from.center().x || at.y == from.center().y) {
            reached[state] = Reached { cost: 0.0, before: state, is_done: false, is_reached: true };
            open.push((Reverse(Rank(left(at))), Reverse(state)));
        }
    }
    while let Some((_, Reverse(state))) = open.pop() {
        if std::mem::replace(&mut reached[state].is_done, true) {
            continue;
        }
        *work = work.saturating_sub(1);
        if *work == 0 {
            return None;
        }
        let at = point(state);
        if is_inside(at, to) {
            return Some(clipped(&walked(&reached, state, point), ends));
        }
        let (column, row) = (state / 2 % columns, state / 2 / columns);
        let steps = [
            (column.checked_sub(1).map(|it| (it, row)), 0),
            ((column + 1 < columns).then_some((column + 1, row)), 0),
            (row.checked_sub(1).map(|it| (column, it)), 1),
            ((row + 1 < rows).then_some((column, row + 1)), 1),
        ];
        for (next, way) in steps {
            let Some((column, row)) = next else { continue };
            let next = (row * columns + column) * 2 + way;
            if reached[next].is_done {
                continue;
            }
            let there = point(next);
            let turns = if way == state % 2 { 0.0 } else { CORNER };
            let close = if hugs(at, there, &from) || hugs(at, there, &to) { CLOSE * length(&[at, there]) } else { 0.0 };
            let cost = reached[state].cost + length(&[at, there]) + turns + close;
            // a step is known by its place further left or further up
            let step = (state / 2).min(next / 2) * 2 + way;
            if (!reached[next].is_reached || cost < reached[next].cost) && !blocked[step] {
                reached[next] = Reached { cost, before: state, is_done: false, is_reached: true };
                open.push((Reverse(Rank(cost + left(there))), Reverse(next)));
            }
        }
    }
    None
}

/// Which steps between neighbouring lines an obstacle stands on: from each crossing to
/// the next one on the right, and to the next one below.
fn blocked(xs: &Dense<f32>, ys: &Dense<f32>, obstacles: &[Rect]) -> Dense<bool> {
    const NEAR: f32 = 2.0;
    let (columns, rows) = (xs.len(), ys.len());
    let mut blocked: Dense<bool> = Dense::filled(columns * rows * 2);
    // the lines that run through a stretch, and the steps that reach into it
    let lines = |all: &Dense<f32>, from: f32, to: f32| {
        let first = all.iter().take_while(|it| **it + NEAR <= from).count();
        (first, all.iter().take_while(|it| **it - NEAR < to).count().max(first))
    };
    for it in obstacles {
        let (left, right) = lines(xs, it.x, it.right());
        let (top, foot) = lines(ys, it.y, it.bottom());
        for row in top..foot {
            for column in left.saturating_sub(1)..right.min(columns.saturating_sub(1)) {
                blocked[(row * columns + column) * 2] = true;
            }
        }
        for column in left..right {
            for row in top.saturating_sub(1)..foot.min(rows.saturating_sub(1)) {
                blocked[(row * columns + column) * 2 + 1] = true;
            }
        }
    }
    blocked
}

/// Costs that can be ordered.
#[derive(Clone, Copy, Debug)]
struct Rank(f32);

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Lines just outside of the obstacles and the ends, and through the middle of the ends.
fn lines(edges: impl Iterator<Item = f32>, from: (f32, f32), to: (f32, f32)) -> Vec<f32> {
    let ((a, b), (c, d)) = (from, to);
    let middles = [(a + b) / 2.0, (c + d) / 2.0];
    let outside = [a - CLEARANCE, b + CLEARANCE, c - CLEARANCE, d + CLEARANCE];
    let mut lines: Vec<f32> = middles.into_iter().chain(outside).collect();
    lines.push((a.max(c) + b.min(d)) / 2.0);
    for edge in edges {
        lines.extend([edge - CLEARANCE, edge + CLEARANCE]);
    }
    let away = |it: f32| (it - f32::midpoint(a.min(c), b.max(d))).abs();
    if lines.len() > LINES {
        let (kept, rest) = lines.split_at_mut(6);
        rest.sort_by(|one, next| away(*one).total_cmp(&away(*next)));
        lines = kept.iter().chain(rest.iter().take(LINES)).copied().collect();
    }
    lines.sort_by(f32::total_cmp);
    lines.dedup_by(|one, next| (*one - *next).abs() < 0.5 && !middles.contains(one));
    lines
}

/// The corners on the way to a state.
fn walked(reached: &Dense<Reached>, last: usize, point: impl Fn(usize) -> Point) -> Vec<Point> {
    let mut points = vec![point(last)];
    let mut state = last;
    while reached[state].before != state {
        state = reached[state].before;
        points.push(point(state));
    }
    points.reverse();
    points
}

/// The way without what lies inside of its ends and without corners that are none.
fn clipped(points: &[Point], Ends { from, to }: Ends) -> Vec<Point> {
    let is_in = |it: &Point, frame: Rect| frame.contains(*it);
    let first = points.iter().rposition(|it| is_in(it, from)).unwrap_or(0);
    let mut way: Vec<Point> = points.iter().skip(first).copied().collect();
    if let Some(last) = way.iter().position(|it| is_in(it, to)) {
        way.truncate(last + 1);
    }
    let to_edge = |inside: Point, outside: Point, frame: Rect| {
        if inside.x == outside.x {
            Point::new(inside.x, if outside.y > inside.y { frame.bottom() } else { frame.y })
        } else {
            Point::new(if outside.x > inside.x { frame.right() } else { frame.x }, inside.y)
        }
    };
    if let [first, second, ..] = way.as_mut_slice() {
        *first = to_edge(*first, *second, from);
    }
    if let [.., before, last] = way.as_mut_slice() {
        *last = to_edge(*last, *before, to);
    }
    without_straights(way)
}

/// A way without points that are no corners.
pub(super) fn without_straights(points: Vec<Point>) -> Vec<Point> {
    let mut way: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if way.last().is_some_and(|it| (it.x - point.x).abs() < 0.01 && (it.y - point.y).abs() < 0.01) {
            continue;
        }
        if let [.., a, b] = way.as_slice()
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            way.pop();
        }
        way.push(point);
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: Rect = Rect::new(0.0, 0.0, 200.0, 100.0);

    fn checked(to: Rect, obstacles: &[Rect]) -> Vec<Point> {
        let way = way(Ends { from: FROM, to }, obstacles, &mut usize::MAX.clone());
        assert!(is_free(&way, obstacles), "{way:?}");
        assert!(way.windows(2).all(|pair| pair[0].x == pair[1].x || pair[0].y == pair[1].y), "{way:?}");
        let on_edge = |it: Point, frame: Rect| frame.grown(0.1).contains(it) && !frame.grown(-0.1).contains(it);
        assert!(on_edge(way[0], FROM) && on_edge(*way.last().unwrap(), to), "{way:?}");
        way
    }

    #[test]
    fn what_lies_above_one_another_is_joined_straight() {
        assert_eq!(checked(Rect::new(40.0, 300.0, 200.0, 100.0), &[]).len(), 2);
    }

    #[test]
    fn what_lies_beside_one_another_is_joined_straight() {
        assert_eq!(checked(Rect::new(400.0, 20.0, 200.0, 100.0), &[]).len(), 2);
    }

    #[test]
    fn a_way_goes_around_walls_on_all_sides_but_one() {
        let walls = [
            Rect::new(-300.0, 200.0, 800.0, 50.0),
            Rect::new(-300.0, -200.0, 50.0, 450.0),
            Rect::new(-300.0, -200.0, 800.0, 50.0),
        ];
        checked(Rect::new(0.0, 400.0, 200.0, 100.0), &walls);
        checked(Rect::new(-700.0, 0.0, 200.0, 100.0), &walls);
    }

    #[test]
    fn a_zone_is_joined_with_the_one_around_it() {
        let outer = Rect::new(-50.0, -200.0, 300.0, 900.0);
        let way = way(Ends { from: FROM, to: outer }, &[], &mut usize::MAX.clone());
        assert_eq!(way, [Point::new(200.0, 50.0), Point::new(250.0, 50.0)]);
    }
}
