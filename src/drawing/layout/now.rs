//! What stands somewhere already, read as rows.

use std::collections::BTreeMap;

use super::super::metrics::GRID;
use super::super::route::lines;
use super::order::{Item, Places, Rows, Task};
use crate::model::Rect;

/// The rows that all items stand in now, level by level.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// The row of each item in its level.
    rows: Vec<Option<usize>>,
    /// How many rows each level stands in.
    counts: Vec<usize>,
}

impl Standing {
    pub(super) fn of(items: &[Item]) -> Self {
        let mut standing = Self { rows: vec![None; items.len()], counts: Vec::new() };
        for level in 0..items.iter().map(|it| it.level + 1).max().unwrap_or(0) {
            let of_level = items.iter().enumerate().filter(|(_, it)| it.level == level);
            let (places, frames): (Vec<usize>, Vec<Rect>) = of_level.filter_map(|(at, it)| Some((at, it.now?))).unzip();
            let rows = lines(&frames);
            standing.counts.push(rows.iter().max().map_or(0, |it| it + 1));
            for (at, row) in places.into_iter().zip(rows) {
                if let Some(place) = standing.rows.get_mut(at) {
                    *place = Some(row);
                }
            }
        }
        standing
    }

    /// Whether this looks like a layout and not like a drawing by hand: nearly all is as large
    /// as it needs to be, and on a line with its row.
    pub(super) fn is_laid_out(&self, items: &[Item]) -> bool {
        let mut tops: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        let rows = || items.iter().zip(&self.rows).filter_map(|(it, row)| Some((it, it.now?, (it.level, (*row)?))));
        for (_, now, row) in rows() {
            tops.entry(row).and_modify(|it| *it = it.min(now.y)).or_insert(now.y);
        }
        let is_tidy = |(it, now, row): &(&Item, Rect, (usize, usize))| {
            let is_on_line = tops.get(row).is_some_and(|top| now.y - top < GRID);
            is_on_line && (now.width - it.width).abs() < GRID && (now.height - it.height).abs() < GRID
        };
        rows().filter(is_tidy).count() * 4 >= rows().count() * 3
    }

    /// How many rows a level stands in now.
    pub(super) fn rows_of(&self, level: usize) -> usize {
        self.counts.get(level).copied().unwrap_or(0)
    }

    /// Where the items stand now, if half of them do; the others begin amid what they are joined with.
    pub(super) fn places(&self, task: &Task, rows: &Rows) -> Option<Places> {
        let middles: Vec<f32> = task.items.iter().filter_map(|it| Some(it.now?.center().x)).collect();
        if middles.is_empty() || middles.len() * 2 < task.items.len() {
            return None;
        }
        let left = middles.iter().copied().fold(f32::INFINITY, f32::min);
        let right = middles.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let share = |frame: Rect| (frame.center().x - left) / (right - left).max(1.0);
        let place = |(at, item): (usize, &Item)| {
            let (first, count) = rows.levels.get(item.level).copied().unwrap_or_default();
            let (Some(frame), Some(row)) = (item.now, self.rows.get(at).copied().flatten()) else {
                return (first, task.near(at, share));
            };
            // more rows than there may be are put together
            let row = if self.rows_of(item.level) > count { row * count / self.rows_of(item.level) } else { row };
            (first + row, share(frame))
        };
        Some(task.items.iter().enumerate().map(place).collect())
    }
}

impl Task {
    /// Where something new had best begin: amid what it is joined with.
    fn near(&self, item: usize, share: impl Fn(Rect) -> f32) -> f32 {
        let joined = self.links.iter().filter_map(|&(a, b)| if a == item { Some(b) } else { (b == item).then_some(a) });
        let there: Vec<f32> = joined.filter_map(|it| Some(share(self.items.get(it)?.now?))).collect();
        if there.is_empty() { 1.0 } else { there.iter().sum::<f32>() / there.len() as f32 }
    }
}
