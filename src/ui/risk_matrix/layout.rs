//! Where cells, words and scenarios of a risk matrix stand.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::model::Rating;

/// A cell: the step of the consequence, and of the likelihood unless only consequences are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub consequence: Rating,
    pub likelihood: Option<Rating>,
}

/// The cells of a matrix in a rectangle: consequence across, likelihood up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// All cells together.
    pub rect: Rect,
    pub columns: usize,
    /// How many steps the likelihood has; `None`: only consequences are shown, in one row.
    pub rows: Option<usize>,
}

impl Grid {
    fn size(&self) -> Vec2 {
        let rows = self.rows.unwrap_or(1).max(1);
        vec2(self.rect.width() / self.columns.max(1) as f32, self.rect.height() / rows as f32)
    }

    /// All cells, the least first.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        let steps = |count: usize| (1..=u8::try_from(count).unwrap_or(6)).filter_map(Rating::new);
        let rows: Vec<Option<Rating>> = self.rows.map_or_else(|| vec![None], |it| steps(it).map(Some).collect());
        rows.into_iter()
            .flat_map(move |likelihood| steps(self.columns).map(move |consequence| Cell { consequence, likelihood }))
    }

    /// Where a cell stands; a step beyond the scale stands at its end.
    pub fn of(&self, cell: Cell) -> Rect {
        let size = self.size();
        let column = usize::from(cell.consequence.number()).min(self.columns).saturating_sub(1);
        let rows = self.rows.unwrap_or(1).max(1);
        let up = cell.likelihood.map_or(1, |it| usize::from(it.number()).min(rows));
        let min = self.rect.min + vec2(column as f32 * size.x, (rows - up) as f32 * size.y);
        Rect::from_min_size(min, size)
    }

    /// The cell at a place.
    pub fn at(&self, place: Pos2) -> Option<Cell> {
        self.cells().find(|it| self.of(*it).contains(place))
    }
}

/// Where so many things stand in a cell, line after line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// Those that have room, in their order.
    pub places: Vec<Rect>,
    /// Where it is said how many more there are, if not all have room.
    pub more: Option<Rect>,
}

/// Room between two things.
pub(super) const GAP: f32 = 4.0;

/// Puts things of these widths into a rectangle; what has no room is counted at the end.
pub(super) fn flow(room: Rect, widths: &[f32], height: f32, more: f32) -> Flow {
    let all = places(room, widths, height);
    if all.len() == widths.len() {
        return Flow { places: all, more: None };
    }
    // as many as leave room for the count
    for shown in (0..=all.len()).rev() {
        let with_count: Vec<f32> = widths.iter().take(shown).copied().chain([more]).collect();
        let mut found = places(room, &with_count, height);
        if found.len() == with_count.len() {
            let more = found.pop();
            return Flow { places: found, more };
        }
    }
    // there is always room to say that there is something
    let more = Rect::from_min_size(room.min, vec2(more.min(room.width().max(8.0)), height));
    Flow { places: Vec::new(), more: Some(more) }
}

/// Places line after line, as far as there is room; what is too wide alone is made as wide as the room.
fn places(room: Rect, widths: &[f32], height: f32) -> Vec<Rect> {
    let mut found = Vec::new();
    let mut at = room.min;
    for width in widths {
        let width = width.min(room.width());
        if at.x > room.left() && at.x + width > room.right() + 0.5 {
            at = pos2(room.left(), at.y + height + GAP);
        }
        if at.y + height > room.bottom() + 0.5 {
            break;
        }
        found.push(Rect::from_min_size(at, vec2(width, height)));
        at.x += width + GAP;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(consequence: u8, likelihood: u8) -> Cell {
        Cell { consequence: Rating::new(consequence).unwrap(), likelihood: Rating::new(likelihood) }
    }

    #[test]
    fn consequence_goes_across_and_likelihood_up() {
        let grid = Grid { rect: Rect::from_min_size(pos2(100.0, 50.0), vec2(50.0, 40.0)), columns: 5, rows: Some(4) };
        assert_eq!(grid.of(cell(1, 1)).min, pos2(100.0, 80.0));
        assert_eq!(grid.of(cell(5, 4)).max, pos2(150.0, 60.0));
        assert_eq!(grid.of(cell(6, 6)), grid.of(cell(5, 4)), "beyond the scale is its end");
        assert_eq!(grid.at(pos2(125.0, 75.0)), Some(cell(3, 2)));
        assert_eq!(grid.at(pos2(99.0, 75.0)), None);
        assert_eq!(grid.cells().count(), 20);
    }

    #[test]
    fn consequences_alone_stand_in_one_row() {
        let grid = Grid { rect: Rect::from_min_size(Pos2::ZERO, vec2(30.0, 40.0)), columns: 3, rows: None };
        assert_eq!(grid.cells().count(), 3);
        assert_eq!(grid.at(pos2(25.0, 5.0)), Some(Cell { likelihood: None, ..cell(3, 1) }));
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let room = Rect::from_min_size(Pos2::ZERO, vec2(100.0, 44.0));
        let all = flow(room, &[40.0; 4], 20.0, 30.0);
        assert_eq!((all.places.len(), all.more), (4, None), "two lines of two");
        let some = flow(room, &[40.0; 9], 20.0, 30.0);
        assert_eq!(some.places.len(), 3);
        let more = some.more.unwrap();
        assert!(room.contains_rect(more) && some.places.iter().all(|it| !it.intersects(more)));
    }

    #[test]
    fn however_small_the_room_it_says_that_there_is_something() {
        let room = Rect::from_min_size(Pos2::ZERO, vec2(12.0, 10.0));
        let flow = flow(room, &[40.0; 2], 20.0, 30.0);
        assert!(flow.places.is_empty() && flow.more.is_some());
    }
}
