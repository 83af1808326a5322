//! Which row of its level each zone stands in, and the order in the rows.

use fastrand::Rng;

use super::super::layers::{Layers, Link};
use super::now::Standing;
use super::search::Search;
use crate::model::Rect;

/// A zone as far as the order goes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Its level from the top, 0 the highest.
    pub(super) level: usize,
    /// Where it stands now, if it stands anywhere.
    pub(super) now: Option<Rect>,
}

/// What is to be ordered.
#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    pub(super) items: Vec<Item>,
    pub(super) links: Vec<(usize, usize)>,
    /// How much may be tried, in comparisons of nodes.
    pub(super) work: i64,
    /// Space between neighbours.
    pub(super) gap: f32,
}

/// The rows found.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    pub(super) layers: Layers,
    pub(super) links: Vec<Link>,
    /// Whether it goes on from what stands now.
    pub(super) is_kept: bool,
}

/// Where an item stands: its row, and how far along it, 0 to 1.
pub(super) type Places = Vec<(usize, f32)>;

/// The rows that each level may use.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// First row and number of rows of each level.
    pub(super) levels: Vec<(usize, usize)>,
    /// How much a row should hold at most.
    pub(super) width: f32,
    pub(super) count: usize,
    /// Space between rows.
    pub(super) gap: f32,
}

/// How many crossings there may be, each as so many times those of a fresh order and so many
/// more; fewer more where there are fewer conduits than [`MANY`].
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// With which what stands is kept.
    kept: (f64, u64),
    /// What it is bettered to otherwise.
    enough: (f64, u64),
    /// What is taken if it can't be brought to that; beyond, the fresh order is.
    bearable: (f64, u64),
}

/// As many items as this or fewer may always use a second row where that saves crossings.
pub(super) const FEW: usize = 80;
/// As many as this or fewer may use a third, and the search may stray further.
pub(super) const TINY: usize = 20;
/// What was drawn by hand.
const DRAWN: Patience = Patience { kept: (1.5, 14), enough: (1.25, 6), bearable: (1.5, 14) };
/// What was laid out already: it bears all that was left alone the last time, and a few small changes more.
const LAID_OUT: Patience = Patience { kept: (2.0, 20), enough: (1.5, 14), bearable: (2.5, 30) };
/// With fewer conduits than this, fewer crossings are borne.
const MANY: u64 = 45;
/// How much is tried for the ways of each conduit between many items that stand.
const ROUTING: i64 = 4_000;

/// How much is worth trying to order this many items and links, in comparisons of nodes.
pub(super) fn work(items: usize, links: usize) -> i64 {
    let (things, links) = ((items + links) as i64, links as i64);
    if items <= FEW {
        (12_000 * things * things).min(25_000_000)
    } else {
        (2_000_000 + 35_000 * links).min(200_000_000)
    }
}

/// How much may be tried for a whole drawing.
pub(super) fn most_work(links: usize) -> i64 {
    (45_000 * links as i64).max(30_000_000)
}

impl Task {
    /// The best order found. `None` where `go_on` answers no.
    pub(super) fn ordered(&self, rows: &Rows, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Order> {
        let mut layers = Layers::new(rows.count);
        for item in &self.items {
            let (first, count) = rows.levels.get(item.level).copied().unwrap_or_default();
            layers.add((first, first + count.saturating_sub(1)), 0.0, false);
        }
        for &(a, b) in &self.links {
            layers.join(a, b, true);
        }
        let mut search = Search::new(self, rows, layers, go_on);
        let standing = Standing::of(&self.items);
        let Some(now) = standing.places(self, rows) else {
            let found = search.fresh(0)?;
            return Some(search.finished(&found, false));
        };
        // what stands is kept, and only what is new finds a place, unless many more conduits
        // cross than need to; then only that is moved which brings much, if that suffices
        let ways = if self.items.len() <= FEW { self.work / 4 } else { ROUTING * self.links.len() as i64 };
        let patience = if standing.is_laid_out(&self.items) { LAID_OUT } else { DRAWN };
        let more = |most: u64| most.min(most * self.links.len() as u64 / MANY);
        let kept = search.kept(&now, more(patience.kept.1), self.work - ways)?;
        if kept.crossings <= more(patience.kept.1) {
            return Some(search.finished(&kept, true));
        }
        let fresh = search.fresh(self.work / 4)?;
        let within = |(times, most): (f64, u64)| (fresh.crossings as f64 * times) as u64 + more(most);
        if kept.crossings <= within(patience.kept) {
            return Some(search.finished(&kept, true));
        }
        let bettered = search.bettered(&kept, within(patience.enough))?;
        let is_kept = bettered.crossings <= within(patience.bearable);
        Some(search.finished(if is_kept { &bettered } else { &fresh }, is_kept))
    }

    /// The rows that there are: as many for each level as make the whole about as wide as it should be.
    pub(super) fn rows(&self, gap: f32) -> Rows {
        let levels = self.items.iter().map(|it| it.level + 1).max().unwrap_or(0);
        let mut wide = vec![0.0_f32; levels];
        let mut tall = vec![0.0_f32; levels];
        let mut many = vec![0_usize; levels];
        for item in &self.items {
            if let (Some(wide), Some(tall), Some(many)) =
                (wide.get_mut(item.level), tall.get_mut(item.level), many.get_mut(item.level))
            {
                *wide += item.width + self.gap;
                *tall = tall.max(item.height);
                *many += 1;
            }
        }
        let longest = wide.iter().copied().fold(0.0, f32::max);
        let needed =
            |width: f32| -> Vec<usize> { wide.iter().map(|it| (it / width).ceil().max(1.0) as usize).collect() };
        let aspect = |width: f32| {
            let high: f32 = needed(width).iter().zip(&tall).map(|(rows, tall)| *rows as f32 * (tall + gap)).sum();
            let broad = wide.iter().zip(needed(width)).map(|(wide, rows)| wide / rows as f32).fold(0.0, f32::max);
            broad / high.max(1.0)
        };
        let widest = if self.items.len() <= FEW { 2.4 } else { 3.5 };
        let mut width = longest.max(1.0);
        for parts in 2..60 {
            let next = longest / parts as f32;
            if aspect(width) <= widest || next < 900.0 {
                break;
            }
            width = next;
        }
        let few = self.items.len() <= FEW && !self.links.is_empty();
        let standing = Standing::of(&self.items);
        let spare = if self.items.len() <= TINY { 3 } else { 2 };
        let mut count = 0;
        let levels = needed(width)
            .into_iter()
            .zip(many)
            .enumerate()
            .map(|(level, (rows, many))| {
                // rows that it has now, unless it is scattered about
                let now = Some(standing.rows_of(level)).filter(|it| *it <= 2 * rows + 1);
                let rows = rows.max(now.unwrap_or(0));
                let rows = if few && many > 1 { rows.max(spare).min(many) } else { rows };
                count += rows;
                (count - rows, rows)
            })
            .collect();
        Rows { levels, width, count, gap }
    }

    /// Places to begin with.
    pub(super) fn fresh(&self, rows: &Rows, beginning: usize, rng: &mut Rng) -> Places {
        let mut load = vec![0.0_f32; rows.count];
        let mut places = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let (first, count) = rows.levels.get(item.level).copied().unwrap_or_default();
            // the first row that has room; in later beginnings any
            let span = first..first + count;
            let has_room = |row: &usize| load.get(*row).is_some_and(|it| it + item.width <= rows.width);
            let row = if beginning < 3 {
                span.clone().find(has_room)
            } else {
                Some(first + rng.usize(..count.max(1))).filter(has_room)
            };
            let least = |one: &usize, next: &usize| {
                let of = |row: &usize| load.get(*row).copied().unwrap_or_default();
                of(one).total_cmp(&of(next))
            };
            let row = row.or_else(|| span.min_by(least)).unwrap_or(first);
            if let Some(load) = load.get_mut(row) {
                *load += item.width + self.gap;
            }
            // the first beginning is by tag, so that what is joined with nothing stands in that order
            places.push((row, if beginning == 0 { at as f32 / self.items.len() as f32 } else { rng.f32() }));
        }
        places
    }
}
