//! Snapping: what is moved or sized finds the edges and middles of others, equal gaps,
//! equal sizes and the padding of its zone, or else the grid.

use super::hit::Handle;
use super::{Axis, Field};
use crate::drawing::metrics::{GRID, ZONE_HEADER, ZONE_PADDING};
use crate::model::{Rect, ZoneId};

/// What shows why something came to rest where it did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guide {
    /// Edges or middles in line.
    Line {
        /// Along which way the place is measured: `Across` is an upright line.
        axis: Axis,
        /// The place.
        at: f32,
        /// Where the line begins, the other way.
        from: f32,
        /// Where it ends.
        to: f32,
    },
    /// One of several gaps of the same width.
    Gap {
        /// Along which way it is measured.
        axis: Axis,
        /// Where it begins.
        from: f32,
        /// Where it ends.
        to: f32,
        /// Where it is shown, the other way.
        at: f32,
    },
    /// One of several things of the same size.
    Size {
        /// Along which way it is measured.
        axis: Axis,
        /// Where the thing begins.
        from: f32,
        /// Where it ends.
        to: f32,
        /// Where it is shown, the other way.
        at: f32,
    },
}

/// What there is to snap to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// Things whose edges and middles count.
    pub edges: Vec<Rect>,
    /// Things that stand in rows, whose gaps and sizes count.
    pub peers: Vec<Rect>,
    /// The room inside the zone that it lies in.
    pub inside: Option<Rect>,
}

impl Around {
    /// What zones and notes in an outer zone snap to, without those left out.
    pub fn of_zones(field: &Field, parent: Option<ZoneId>, seen: Rect, without: impl Fn(ZoneId) -> bool) -> Self {
        let zones = || field.shown.zones.iter().filter(|(id, it)| it.frame.overlaps(&seen) && !without(*id));
        let ancestors = parent.map(|id| field.shown.zone_ancestors(id)).unwrap_or_default();
        let is_outer = |id: ZoneId| Some(id) == parent || ancestors.contains(&id);
        Self {
            edges: zones().filter(|(id, _)| !is_outer(*id)).map(|(_, it)| it.frame).collect(),
            peers: zones().filter(|(_, it)| it.parent == parent).map(|(_, it)| it.frame).collect(),
            inside: parent.and_then(|id| field.shown.zones.get(id)).map(|it| room_in(it.frame)),
        }
    }

    /// What assets in a zone snap to, without those left out.
    pub fn of_assets(field: &Field, zone: ZoneId, without: impl Fn(crate::model::AssetId) -> bool) -> Self {
        let in_zone = |id| field.shown.assets.get(id).is_some_and(|it| it.zone == Some(zone));
        let cells = field.cells.iter().filter(|(id, _)| in_zone(**id) && !without(**id));
        let cells: Vec<Rect> = cells.map(|(_, cell)| *cell).collect();
        let inside = field.shown.zones.get(zone).map(|it| room_in(it.frame));
        Self { edges: cells.clone(), peers: cells, inside }
    }
}

/// The room that a zone has for what lies in it.
pub fn room_in(frame: Rect) -> Rect {
    let across = (frame.width - 2.0 * ZONE_PADDING).max(0.0);
    let down = (frame.height - ZONE_HEADER - ZONE_PADDING).max(0.0);
    Rect::new(frame.x + ZONE_PADDING, frame.y + ZONE_HEADER, across, down)
}

/// How near an edge must come, in points of the screen.
const NEAR: f32 = 6.0;
/// What counts as the same place.
const SAME: f32 = 0.1;

/// How far to correct a moved frame, and the guides to show.
pub fn moved(frame: Rect, around: &Around, zoom: f32) -> (f32, f32, Vec<Guide>) {
    let near = NEAR / zoom;
    let correct = |axis: Axis| {
        let offsets = edge_offsets(frame, around, axis).into_iter().chain(gap_offsets(frame, &around.peers, axis));
        nearest(offsets, near).unwrap_or_else(|| {
            let (start, _) = axis.span(&frame);
            on_grid(start) - start
        })
    };
    let (dx, dy) = (correct(Axis::Across), correct(Axis::Down));
    let there = frame.offset(dx, dy);
    let mut guides = Vec::new();
    for axis in Axis::BOTH {
        guides.extend(lines(there, around, axis));
        guides.extend(gaps(there, &around.peers, axis));
    }
    (dx, dy, guides)
}

/// A frame of which the edges that a handle pulls are snapped, and the guides to show.
pub fn sized(frame: Rect, handle: Handle, around: &Around, zoom: f32) -> (Rect, Vec<Guide>) {
    let near = NEAR / zoom;
    let mut there = frame;
    let mut guides = Vec::new();
    for (axis, side) in [(Axis::Across, handle.x), (Axis::Down, handle.y)] {
        if side == 0 {
            continue;
        }
        let (start, end) = axis.span(&there);
        let pulled = if side < 0 { start } else { end };
        let edges = around.edges.iter().flat_map(|it| stops(axis, it)).chain(inner_stops(around, axis));
        // the same size as another one
        let sizes = around.peers.iter().map(|it| {
            let (from, to) = axis.span(it);
            let grow = (to - from) - (end - start);
            if side < 0 { -grow } else { grow }
        });
        let offset =
            nearest(edges.map(|stop| stop - pulled).chain(sizes), near).unwrap_or_else(|| on_grid(pulled) - pulled);
        let pulled = pulled + offset;
        there = axis.with_span(there, if side < 0 { (pulled, end) } else { (start, pulled) });
        guides.extend(
            lines(there, around, axis)
                .into_iter()
                .filter(|it| matches!(it, Guide::Line { at, .. } if (at - pulled).abs() < SAME)),
        );
        guides.extend(sizes_like(there, &around.peers, axis));
    }
    (there, guides)
}

fn nearest(offsets: impl Iterator<Item = f32>, near: f32) -> Option<f32> {
    offsets.filter(|it| it.abs() <= near).min_by(|one, next| one.abs().total_cmp(&next.abs()))
}

fn stops(axis: Axis, rect: &Rect) -> [f32; 3] {
    let (start, end) = axis.span(rect);
    [start, (start + end) / 2.0, end]
}

fn inner_stops(around: &Around, axis: Axis) -> impl Iterator<Item = f32> {
    around.inside.into_iter().flat_map(move |it| {
        let (start, end) = axis.span(&it);
        [start, end]
    })
}

fn edge_offsets(frame: Rect, around: &Around, axis: Axis) -> Vec<f32> {
    let own = stops(axis, &frame);
    let theirs = around.edges.iter().flat_map(|it| stops(axis, it));
    let mut offsets: Vec<f32> = theirs.flat_map(|there| own.map(|here| there - here)).collect();
    if let Some(inside) = &around.inside {
        let ((start, end), (from, to)) = (axis.span(&frame), axis.span(inside));
        offsets.extend([from - start, to - end]);
    }
    offsets
}

/// Lines from what a frame is in line with to the frame.
fn lines(frame: Rect, around: &Around, axis: Axis) -> Vec<Guide> {
    let own = stops(axis, &frame);
    let across = axis.other();
    let mut found: Vec<(f32, f32, f32)> = Vec::new();
    let mut add = |at: f32, other: &Rect| {
        if !own.iter().any(|here| (here - at).abs() < SAME) {
            return;
        }
        let ((a, b), (c, d)) = (across.span(&frame), across.span(other));
        let (from, to) = (a.min(c), b.max(d));
        match found.iter_mut().find(|(there, ..)| (there - at).abs() < SAME) {
            Some(line) => *line = (line.0, line.1.min(from), line.2.max(to)),
            None => found.push((at, from, to)),
        }
    };
    for other in &around.edges {
        stops(axis, other).into_iter().for_each(|at| add(at, other));
    }
    if let Some(inside) = &around.inside {
        inner_stops(around, axis).for_each(|at| add(at, inside));
    }
    found.into_iter().map(|(at, from, to)| Guide::Line { axis, at, from, to }).collect()
}

/// The things that stand in a row with a frame, in their order, none overlapping the next.
fn row(frame: &Rect, peers: &[Rect], axis: Axis) -> Vec<Rect> {
    let (from, to) = axis.other().span(frame);
    let is_beside = |it: &&Rect| {
        let (start, end) = axis.other().span(it);
        start < to && from < end
    };
    let mut row: Vec<Rect> = peers.iter().filter(is_beside).copied().collect();
    row.sort_by(|one, next| axis.span(one).0.total_cmp(&axis.span(next).0));
    row
}

/// Where a frame would have the same gap on both sides, or the gap that its neighbours have.
fn gap_offsets(frame: Rect, peers: &[Rect], axis: Axis) -> Vec<f32> {
    let (start, end) = axis.span(&frame);
    let mut offsets = Vec::new();
    for pair in row(&frame, peers, axis).windows(2) {
        let &[a, b] = pair else { continue };
        let ((a_start, a_end), (b_start, b_end)) = (axis.span(&a), axis.span(&b));
        let gap = b_start - a_end;
        if gap <= 0.0 {
            continue;
        }
        offsets.push(b_end + gap - start);
        offsets.push(a_start - gap - end);
        if gap > end - start {
            offsets.push((a_end + b_start) / 2.0 - (start + end) / 2.0);
        }
    }
    offsets
}

/// The equal gaps of a frame and its neighbours.
fn gaps(frame: Rect, peers: &[Rect], axis: Axis) -> Vec<Guide> {
    let mut row = row(&frame, peers, axis);
    let place = row.partition_point(|it| axis.span(it).0 <= axis.span(&frame).0);
    row.insert(place, frame);
    let gap = |pair: &[Rect]| match pair {
        [a, b] => {
            let (from, to) = (axis.span(a).1, axis.span(b).0);
            let ((a, b), (c, d)) = (axis.other().span(a), axis.other().span(b));
            (to > from).then_some((from, to, (a.max(c) + b.min(d)) / 2.0))
        }
        _ => None,
    };
    let all: Vec<Option<(f32, f32, f32)>> = row.windows(2).map(gap).collect();
    let own: Vec<usize> = [place.checked_sub(1), Some(place)].into_iter().flatten().collect();
    let size = |it: &(f32, f32, f32)| it.1 - it.0;
    let mut found: Vec<usize> = Vec::new();
    for &here in &own {
        let Some(Some(width)) = all.get(here).map(|it| it.as_ref().map(size)) else { continue };
        let is_same =
            |place: &usize| all.get(*place).and_then(Option::as_ref).is_some_and(|it| (size(it) - width).abs() < SAME);
        // only neighbours of neighbours: the row that the eye sees
        let near = here.saturating_sub(2)..=here + 2;
        let same: Vec<usize> = near.filter(is_same).collect();
        if same.len() > 1 {
            found.extend(same);
        }
    }
    found.sort_unstable();
    found.dedup();
    let guide = |(from, to, at): (f32, f32, f32)| Guide::Gap { axis, from, to, at };
    found.into_iter().filter_map(|it| all.get(it).copied().flatten()).map(guide).collect()
}

/// The others that are just as wide or high, and the frame itself.
fn sizes_like(frame: Rect, peers: &[Rect], axis: Axis) -> Vec<Guide> {
    let length = |it: &Rect| axis.span(it).1 - axis.span(it).0;
    let like: Vec<&Rect> = peers.iter().filter(|it| (length(it) - length(&frame)).abs() < SAME).take(4).collect();
    if like.is_empty() {
        return Vec::new();
    }
    let guide = |it: &Rect| {
        let ((from, to), (_, end)) = (axis.span(it), axis.other().span(it));
        Guide::Size { axis, from, to, at: end }
    };
    like.into_iter().chain([&frame]).map(guide).collect()
}

/// The nearest line of the grid.
pub fn on_grid(value: f32) -> f32 {
    (value / GRID).round() * GRID
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(frames: &[Rect]) -> Around {
        Around { edges: frames.to_vec(), peers: frames.to_vec(), inside: None }
    }

    #[test]
    fn an_edge_finds_the_edge_of_another_zone_or_else_the_grid() {
        let others = around(&[Rect::new(100.0, 0.0, 200.0, 100.0)]);
        let (dx, dy, guides) = moved(Rect::new(103.0, 203.0, 150.0, 83.0), &others, 1.0);
        assert_eq!(guides, [Guide::Line { axis: Axis::Across, at: 100.0, from: 0.0, to: 203.0 + dy + 83.0 }]);
        assert_eq!((dx, 203.0 + dy), (-3.0, 200.0));
        let (dx, _, guides) = moved(Rect::new(603.0, 203.0, 150.0, 80.0), &others, 1.0);
        assert_eq!((603.0 + dx, guides.len()), (600.0, 0));
    }

    #[test]
    fn far_away_things_are_near_on_a_small_screen() {
        let others = around(&[Rect::new(100.0, 0.0, 200.0, 100.0)]);
        let frame = Rect::new(115.0, 203.0, 400.0, 83.0);
        assert_eq!(moved(frame, &others, 1.0).0, -3.0, "to the grid");
        assert_eq!(moved(frame, &others, 0.4).0, -15.0, "to the edge");
    }

    #[test]
    fn three_in_a_row_have_equal_gaps_and_say_how_wide() {
        let others = around(&[Rect::new(0.0, 0.0, 100.0, 90.0), Rect::new(137.0, 0.0, 100.0, 90.0)]);
        let (dx, _, guides) = moved(Rect::new(271.0, 20.0, 61.0, 40.0), &others, 1.0);
        assert_eq!(271.0 + dx, 274.0);
        let gap = |from: f32, to: f32| Guide::Gap { axis: Axis::Across, from, to, at: 0.0 };
        let found: Vec<_> = guides
            .into_iter()
            .filter_map(|it| match it {
                Guide::Gap { axis, from, to, .. } => Some(Guide::Gap { axis, from, to, at: 0.0 }),
                _ => None,
            })
            .collect();
        assert_eq!(found, [gap(100.0, 137.0), gap(237.0, 274.0)]);
    }

    #[test]
    fn between_two_the_middle_is_found() {
        let others = around(&[Rect::new(0.0, 0.0, 100.0, 90.0), Rect::new(301.0, 0.0, 100.0, 90.0)]);
        let (dx, _, guides) = moved(Rect::new(168.0, 20.0, 61.0, 40.0), &others, 1.0);
        assert_eq!(168.0 + dx, 170.0);
        assert_eq!(guides.iter().filter(|it| matches!(it, Guide::Gap { .. })).count(), 2);
    }

    #[test]
    fn what_lies_in_a_zone_finds_its_padding() {
        let inside = room_in(Rect::new(0.0, 0.0, 403.0, 300.0));
        let around = Around { inside: Some(inside), ..Around::default() };
        let (dx, dy, guides) = moved(Rect::new(11.0, 37.0, 100.0, 60.0), &around, 1.0);
        assert_eq!((11.0 + dx, 37.0 + dy), (ZONE_PADDING, ZONE_HEADER));
        assert_eq!(guides.len(), 2);
    }

    #[test]
    fn a_pulled_edge_stops_where_the_size_is_that_of_another() {
        let others = around(&[Rect::new(500.0, 400.0, 213.0, 100.0)]);
        let right = Handle { x: 1, y: 0 };
        let (frame, guides) = sized(Rect::new(0.0, 0.0, 209.0, 80.0), right, &others, 1.0);
        assert_eq!(frame, Rect::new(0.0, 0.0, 213.0, 80.0));
        assert_eq!(guides.iter().filter(|it| matches!(it, Guide::Size { .. })).count(), 2);
        let left = Handle { x: -1, y: 0 };
        let (frame, _) = sized(Rect::new(4.0, 0.0, 209.0, 80.0), left, &others, 1.0);
        assert_eq!((frame.x, frame.right()), (0.0, 213.0));
    }
}
