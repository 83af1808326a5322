//! Finding what lies near a place without looking at everything.

use std::collections::BTreeMap;

use crate::model::{Point, Rect};

/// Width and height of a cell.
const CELL: f32 = 512.0;
/// What would lie in more cells than this is kept apart.
const MOST_CELLS: i32 = 32;

/// Things by where they lie. What covers many cells is kept in a list of its own.
#[derive(Clone, Debug)]
pub struct Grid<T> {
    cells: BTreeMap<(i32, i32), Vec<(Rect, T)>>,
    large: Vec<(Rect, T)>,
}

impl<T> Default for Grid<T> {
    fn default() -> Self {
        Self { cells: BTreeMap::new(), large: Vec::new() }
    }
}

/// The cells that a rectangle touches: first and last column, first and last row.
fn span(frame: &Rect) -> (i32, i32, i32, i32) {
    let cell = |at: f32| (at / CELL).floor() as i32;
    (cell(frame.x), cell(frame.right()), cell(frame.y), cell(frame.bottom()))
}

fn is_large((left, right, top, bottom): (i32, i32, i32, i32)) -> bool {
    right.saturating_sub(left).saturating_add(1).saturating_mul(bottom.saturating_sub(top).saturating_add(1))
        > MOST_CELLS
}

fn touches(one: &Rect, other: &Rect) -> bool {
    one.x <= other.right() && other.x <= one.right() && one.y <= other.bottom() && other.y <= one.bottom()
}

impl<T: Copy + Ord> Grid<T> {
    /// Puts a thing where it lies.
    pub fn insert(&mut self, frame: Rect, item: T) {
        let cells = span(&frame);
        if is_large(cells) {
            self.large.push((frame, item));
            return;
        }
        for row in cells.2..=cells.3 {
            for column in cells.0..=cells.1 {
                self.cells.entry((row, column)).or_default().push((frame, item));
            }
        }
    }

    /// Takes a thing away from where it was put.
    pub fn remove(&mut self, frame: Rect, item: T) {
        let take = |there: &mut Vec<(Rect, T)>| {
            if let Some(place) = there.iter().position(|it| it.1 == item && it.0 == frame) {
                there.swap_remove(place);
            }
        };
        let cells = span(&frame);
        if is_large(cells) {
            return take(&mut self.large);
        }
        for row in cells.2..=cells.3 {
            for column in cells.0..=cells.1 {
                self.cells.get_mut(&(row, column)).into_iter().for_each(take);
            }
        }
    }

    /// Moves a thing from where it was put.
    pub fn shift(&mut self, frame: Rect, (dx, dy): (f32, f32), item: T) {
        let moved = frame.offset(dx, dy);
        let cells = span(&frame);
        if cells != span(&moved) || is_large(cells) {
            self.remove(frame, item);
            self.insert(moved, item);
            return;
        }
        for row in cells.2..=cells.3 {
            for column in cells.0..=cells.1 {
                let mut there = self.cells.get_mut(&(row, column)).into_iter().flatten();
                if let Some(it) = there.find(|it| it.1 == item && it.0 == frame) {
                    it.0 = moved;
                }
            }
        }
    }

    /// Everything that touches an area, in order and once.
    pub fn near(&self, area: Rect) -> Vec<T> {
        let (left, right, top, bottom) = span(&area);
        let mut found: Vec<T> = self.large.iter().filter(|it| touches(&it.0, &area)).map(|it| it.1).collect();
        let rows = self.cells.range((top, i32::MIN)..=(bottom, i32::MAX));
        if i64::from(bottom) - i64::from(top) > 64 {
            let there = rows.filter(|((_, column), _)| (left..=right).contains(column)).flat_map(|(_, there)| there);
            found.extend(there.filter(|it| touches(&it.0, &area)).map(|it| it.1));
        } else {
            for row in top..=bottom {
                let there = self.cells.range((row, left)..=(row, right)).flat_map(|(_, there)| there);
                found.extend(there.filter(|it| touches(&it.0, &area)).map(|it| it.1));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Everything at a place.
    pub fn at(&self, place: Point) -> Vec<T> {
        self.near(Rect::new(place.x, place.y, 0.0, 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_touches_the_area() {
        let mut rng = fastrand::Rng::with_seed(5);
        let mut number = || rng.f32() * 9_000.0 - 3_000.0;
        let frames: Vec<Rect> =
            (0..400).map(|at| Rect::new(number(), number(), 40.0 + (at % 40) as f32 * 150.0, 60.0)).collect();
        let mut grid = Grid::default();
        for (item, &frame) in frames.iter().enumerate() {
            grid.insert(frame, item);
        }
        for (gone, &frame) in frames.iter().enumerate().take(50) {
            grid.remove(frame, gone);
        }
        let mut frames = frames;
        for (item, frame) in frames.iter_mut().enumerate().skip(50).step_by(3) {
            let by = (item as f32 - 90.0, 7.0);
            grid.shift(*frame, by, item);
            *frame = frame.offset(by.0, by.1);
        }
        for _ in 0..200 {
            let area = Rect::new(number(), number(), number().abs() / 4.0, number().abs());
            let expected: Vec<usize> = (50..frames.len()).filter(|&it| touches(&frames[it], &area)).collect();
            assert_eq!(grid.near(area), expected);
        }
    }
}
