//! Outlines at right angles around some rectangles that leave others out.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Point, Rect};

/// Beyond this many columns or rows they are made even and fewer.
const MOST_LINES: usize = 320;

/// Closed outlines, one or several, around everything `inside` with a margin. What is
/// `outside` is left out with a smaller margin unless it overlaps something inside.
/// Outer outlines run clockwise, those around what is left out within run the other way.
pub fn outlines(inside: &[Rect], outside: &[Rect], margin: f32) -> Vec<Vec<Point>> {
    let keep_off = margin * 0.4;
    let grown: Vec<Rect> = inside.iter().map(|it| it.grown(margin)).collect();
    let Some(all) = grown.iter().copied().reduce(|all, it| all.union(&it)) else { return Vec::new() };
    let outside: Vec<Rect> = outside.iter().copied().filter(|it| it.grown(keep_off).overlaps(&all)).collect();
    let left_out: Vec<Rect> = outside.iter().map(|it| it.grown(keep_off)).collect();
    let frames = || grown.iter().chain(&left_out).chain(inside).chain(&outside);
    let xs = lines(frames().flat_map(|it| [it.x, it.right()]), all.x, all.right());
    let ys = lines(frames().flat_map(|it| [it.y, it.bottom()]), all.y, all.bottom());
    let mut field = Field { columns: xs.len().saturating_sub(1), rows: ys.len().saturating_sub(1), cells: Vec::new() };
    field.cells = vec![false; field.columns * field.rows];
    let mut barred = vec![false; field.cells.len()];
    let mut must = vec![false; field.cells.len()];
    for frame in &grown {
        mark(&mut field.cells, &xs, &ys, frame, true);
    }
    for frame in inside {
        mark(&mut must, &xs, &ys, frame, true);
    }
    for frame in &left_out {
        mark(&mut barred, &xs, &ys, frame, false);
    }
    field.fill_between(&barred);
    for ((cell, must), barred) in field.cells.iter_mut().zip(&must).zip(&barred) {
        *cell = (*cell && !barred) || *must;
    }
    field.traced(&xs, &ys)
}

/// Sorted places of lines without doubles; even ones where there would be too many.
fn lines(places: impl Iterator<Item = f32>, from: f32, to: f32) -> Vec<f32> {
    let mut places: Vec<f32> = places.filter(|it| (from..=to).contains(it)).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, one| (*next - *one).abs() < 0.25);
    if places.len() > MOST_LINES {
        let step = (to - from) / MOST_LINES as f32;
        places = (0..=MOST_LINES).map(|it| from + it as f32 * step).collect();
    }
    places
}

/// Marks the cells that a rectangle covers; those that it covers in part only if `partly`.
fn mark(cells: &mut [bool], xs: &[f32], ys: &[f32], frame: &Rect, partly: bool) {
    let columns = xs.len().saturating_sub(1);
    let range = |lines: &[f32], from: f32, to: f32| {
        let slack = 0.5;
        if partly {
            let first = lines.partition_point(|it| *it <= from + slack).saturating_sub(1);
            (first, lines.partition_point(|it| *it < to - slack))
        } else {
            let first = lines.partition_point(|it| *it < from - slack);
            (first, lines.partition_point(|it| *it <= to + slack).saturating_sub(1))
        }
    };
    let (left, right) = range(xs, frame.x, frame.right());
    let (top, bottom) = range(ys, frame.y, frame.bottom());
    for row in top..bottom.min(ys.len().saturating_sub(1)) {
        for column in left..right.min(columns) {
            if let Some(cell) = cells.get_mut(row * columns + column) {
                *cell = true;
            }
        }
    }
}

/// Cells inside or not, row by row.
struct Field {
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

impl Field {
    fn has(&self, column: isize, row: isize) -> bool {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { return false };
        column < self.columns && self.cells.get(row * self.columns + column).copied().unwrap_or(false)
    }

    /// Fills what lies between two cells of a row or a column unless something barred
    /// does too, until nothing more is to be filled.
    fn fill_between(&mut self, barred: &[bool]) {
        for _ in 0..8 {
            let before: usize = self.cells.iter().filter(|it| **it).count();
            let (columns, rows) = (self.columns, self.rows);
            for row in 0..rows {
                self.fill_line(barred, columns, |at| row * columns + at);
            }
            for column in 0..columns {
                self.fill_line(barred, rows, |at| at * columns + column);
            }
            if self.cells.iter().filter(|it| **it).count() == before {
                break;
            }
        }
    }

    fn fill_line(&mut self, barred: &[bool], length: usize, cell: impl Fn(usize) -> usize) {
        let mut last: Option<usize> = None;
        for at in 0..length {
            let place = cell(at);
            if self.cells.get(place).copied().unwrap_or(false) {
                if let Some(last) = last {
                    for between in last + 1..at {
                        if let Some(cell) = self.cells.get_mut(cell(between)) {
                            *cell = true;
                        }
                    }
                }
                last = Some(at);
            } else if barred.get(place).copied().unwrap_or(false) {
                last = None;
            }
        }
    }

    /// The edges between cells inside and cells outside as closed outlines.
    fn traced(&self, xs: &[f32], ys: &[f32]) -> Vec<Vec<Point>> {
        // each edge runs with the inside at its right
        let mut edges: BTreeMap<(usize, usize), BTreeSet<(usize, usize)>> = BTreeMap::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let (x, y) = (column as isize, row as isize);
                if !self.has(x, y) {
                    continue;
                }
                let mut edge = |from: (usize, usize), to: (usize, usize)| {
                    edges.entry(from).or_default().insert(to);
                };
                if !self.has(x, y - 1) {
                    edge((column, row), (column + 1, row));
                }
                if !self.has(x + 1, y) {
                    edge((column + 1, row), (column + 1, row + 1));
                }
                if !self.has(x, y + 1) {
                    edge((column + 1, row + 1), (column, row + 1));
                }
                if !self.has(x - 1, y) {
                    edge((column, row + 1), (column, row));
                }
            }
        }
        let mut loops = Vec::new();
        while let Some((&start, _)) = edges.first_key_value() {
            let mut corners: Vec<(usize, usize)> = vec![start];
            let mut at = start;
            while let Some(next) = edges.get_mut(&at).and_then(BTreeSet::pop_first) {
                if edges.get(&at).is_some_and(BTreeSet::is_empty) {
                    edges.remove(&at);
                }
                at = next;
                if at == start {
                    break;
                }
                corners.push(at);
            }
            loops.push(
                turns(&corners).into_iter().filter_map(|(x, y)| Some(Point::new(*xs.get(x)?, *ys.get(y)?))).collect(),
            );
        }
        loops
    }
}

/// The corners of a closed way at which it turns.
fn turns(corners: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let count = corners.len();
    let at = |place: usize| corners.get(place % count.max(1)).copied().unwrap_or_default();
    let is_turn = |&place: &usize| {
        let (before, here, after) = (at(place + count - 1), at(place), at(place + 1));
        !(before.0 == here.0 && here.0 == after.0 || before.1 == here.1 && here.1 == after.1)
    };
    (0..count).filter(is_turn).map(at).collect()
}

/// Whether a place lies within outlines.
pub fn is_within(outlines: &[Vec<Point>], place: Point) -> bool {
    let crossed = |corners: &Vec<Point>| {
        let next = corners.iter().cycle().skip(1);
        let upright = corners.iter().zip(next).filter(|(a, b)| (a.x - b.x).abs() < 0.01);
        let is_left = |(a, b): &(&Point, &Point)| a.x < place.x && a.y.min(b.y) <= place.y && place.y < a.y.max(b.y);
        upright.filter(is_left).count()
    };
    outlines.iter().map(crossed).sum::<usize>() % 2 == 1
}

/// Where a line at right angles first crosses outlines, and along which way it runs there.
pub fn crossing(outlines: &[Vec<Point>], way: &[Point]) -> Option<Point> {
    let first = way.first()?;
    let mut best: Option<(f32, Point)> = None;
    let mut walked = 0.0;
    let mut last = *first;
    for &next in way.iter().skip(1) {
        for corners in outlines {
            for (&a, &b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                if let Some(at) = meeting(last, next, a, b) {
                    let distance = walked + (at.x - last.x).abs() + (at.y - last.y).abs();
                    if best.is_none_or(|(nearest, _)| distance < nearest) {
                        best = Some((distance, at));
                    }
                }
            }
        }
        walked += (next.x - last.x).abs() + (next.y - last.y).abs();
        last = next;
    }
    best.map(|(_, at)| at)
}

/// Where two lines, one upright and one level, cross.
fn meeting(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let is_upright = |one: Point, other: Point| (one.x - other.x).abs() < 0.01;
    let (upright, level) = match (is_upright(a, b), is_upright(c, d)) {
        (true, false) => ((a, b), (c, d)),
        (false, true) => ((c, d), (a, b)),
        _ => return None,
    };
    let at = Point::new(upright.0.x, level.0.y);
    let between = |at: f32, one: f32, other: f32| (one.min(other)..=one.max(other)).contains(&at);
    (between(at.y, upright.0.y, upright.1.y) && between(at.x, level.0.x, level.1.x)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners_of(frame: Rect) -> [Point; 5] {
        let inner = frame.grown(-1.0);
        let (right, bottom) = (inner.right(), inner.bottom());
        [
            inner.corner(),
            Point::new(right, inner.y),
            Point::new(inner.x, bottom),
            Point::new(right, bottom),
            inner.center(),
        ]
    }

    #[test]
    fn what_is_inside_is_enclosed_and_what_is_outside_left_out() {
        let inside = [
            Rect::new(0.0, 0.0, 200.0, 100.0),
            Rect::new(0.0, 300.0, 200.0, 100.0),
            Rect::new(500.0, 300.0, 200.0, 100.0),
        ];
        let outside = [Rect::new(400.0, 0.0, 200.0, 100.0), Rect::new(260.0, 310.0, 180.0, 80.0)];
        let outlines = outlines(&inside, &outside, 20.0);
        for place in inside.into_iter().flat_map(corners_of) {
            assert!(is_within(&outlines, place), "{place:?} in {outlines:?}");
        }
        for place in outside.into_iter().flat_map(corners_of) {
            assert!(!is_within(&outlines, place), "{place:?} in {outlines:?}");
        }
    }

    #[test]
    fn a_lone_rectangle_gets_four_corners() {
        let outlines = outlines(&[Rect::new(10.0, 10.0, 100.0, 50.0)], &[], 5.0);
        assert_eq!(outlines.len(), 1);
        assert_eq!(outlines[0].len(), 4);
    }

    #[test]
    fn a_way_out_crosses_once() {
        let outlines = outlines(&[Rect::new(0.0, 0.0, 100.0, 100.0)], &[], 20.0);
        let way = [Point::new(50.0, 100.0), Point::new(50.0, 160.0), Point::new(300.0, 160.0)];
        assert_eq!(crossing(&outlines, &way), Some(Point::new(50.0, 120.0)));
    }

    #[test]
    fn hundreds_of_rectangles_are_still_enclosed() {
        let inside: Vec<Rect> = (0..600)
            .map(|it| {
                Rect::new(
                    (it % 30) as f32 * 311.0 + (it % 7) as f32,
                    (it / 30) as f32 * 213.0 + (it % 11) as f32,
                    200.0,
                    100.0,
                )
            })
            .collect();
        let outlines = outlines(&inside, &[], 20.0);
        assert!(inside.iter().flat_map(|&it| corners_of(it)).all(|it| is_within(&outlines, it)));
    }
}
