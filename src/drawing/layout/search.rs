//! The search for an order: sifting from several beginnings, and from changes of the
//! best found so far.

use fastrand::Rng;

use super::super::layers::{Layers, Snapshot};
use super::order::{FEW, Order, Places, Rows, TINY, Task};

/// Rows may be longer by this share where that saves crossings.
const SLACK: f32 = 1.2;
/// How often a conduit goes another way instead of a zone.
const REROUTED: f64 = 0.4;
/// The best width of the drawing by its height.
const ASPECT: f32 = 1.6;
/// What it costs that the drawing is twice as large as with full rows: this many crossings
const ROOM: f64 = 3.0;
/// or, where there are few items and if that is more, this share of those of a first attempt.
const ROOM_SHARE: f64 = 0.1;

/// Of what stands, a zone is moved at first where that saves this share of all crossings,
const HIGHEST_PRICE: f64 = 0.1;
/// and at last this share of the crossings that a zone has.
const PRICE: f64 = 0.1;
/// In so many steps.
const PRICES: i32 = 6;

/// An order found.
pub(super) struct Found {
    pub(super) crossings: u64,
    /// The crossings, and what the room that it takes costs.
    score: f64,
    order: Snapshot,
}

/// A search under way, and the work that it may still take.
pub(super) struct Search<'a> {
    task: &'a Task,
    rows: &'a Rows,
    layers: Layers,
    rng: Rng,
    /// What a unit of height costs, in crossings.
    room: f64,
    work: i64,
    whole: i64,
    go_on: &'a mut dyn FnMut(f32) -> bool,
}

/// What a change is allowed to do.
#[derive(Clone, Copy)]
enum Aim {
    /// To make it a little worse, at first: by this share of all.
    Best { heat: f64 },
    /// To move what saves this many crossings for each zone, until there are few enough.
    Little { price: f64, enough: u64 },
    /// To move only what stands nowhere yet, until there are few enough.
    New { enough: u64 },
}

impl<'a> Search<'a> {
    pub(super) fn new(task: &'a Task, rows: &'a Rows, layers: Layers, go_on: &'a mut dyn FnMut(f32) -> bool) -> Self {
        Self { task, rows, layers, rng: Rng::with_seed(7), room: 0.0, work: task.work, whole: task.work, go_on }
    }

    /// What stands now, with good places for what is new and good ways between: good enough
    /// where they come to so few crossings.
    pub(super) fn kept(&mut self, now: &Places, enough: u64, until: i64) -> Option<Found> {
        for (item, it) in self.task.items.iter().enumerate() {
            self.layers.nodes[item].is_fixed = it.now.is_some();
        }
        self.begin(now);
        self.layers.sift(&mut self.work);
        self.layers.keep();
        let kept = self.improved(Aim::New { enough }, until);
        for item in 0..self.task.items.len() {
            self.layers.nodes[item].is_fixed = false;
        }
        kept
    }

    /// An order with no more than `enough` crossings, if moving little of it comes to that:
    /// first only what saves most for each zone moved.
    pub(super) fn bettered(&mut self, kept: &Found, enough: u64) -> Option<Found> {
        let least = (kept.crossings as f64 / self.task.items.len() as f64 * PRICE).max(1.0);
        let highest = (kept.crossings as f64 * HIGHEST_PRICE).max(least);
        let whole = self.work;
        self.layers.restore(&kept.order);
        let mut found = self.found();
        for step in 1..=PRICES {
            let share = f64::from(step - 1) / f64::from(PRICES - 1);
            let price = highest * (least / highest).powf(share);
            found =
                self.improved(Aim::Little { price, enough }, whole - whole * i64::from(step) / i64::from(PRICES))?;
            self.layers.restore(&found.order);
        }
        Some(found)
    }

    /// Begins anew with all items at these places.
    fn begin(&mut self, places: &Places) {
        for (item, &(row, share)) in places.iter().enumerate() {
            let node = &mut self.layers.nodes[item];
            node.row = row;
            node.wish = share;
        }
        self.layers.settle();
    }

    /// The best found from several beginnings, with so much work left.
    pub(super) fn fresh(&mut self, until: i64) -> Option<Found> {
        let items = self.task.items.len();
        let heat = if items <= TINY { 0.1 } else { 0.006 };
        let heat = if items <= FEW { heat } else { 0.001 };
        let (beginnings, first) = if items <= FEW { (4, (self.work - until) / 2) } else { (1, 0) };
        let from = self.work;
        let mut best: Option<Found> = None;
        for beginning in 0..beginnings {
            let places = self.task.fresh(self.rows, beginning as usize, &mut self.rng);
            self.begin(&places);
            self.layers.sweep(12);
            self.layers.sift(&mut self.work);
            self.layers.keep();
            if beginning == 0 {
                let share = if items <= FEW { ROOM_SHARE } else { 0.0 };
                let height = f64::from(self.height(&self.load()));
                self.room = ROOM.max(self.layers.crossings() as f64 * share) / height.max(1.0);
            }
            let found = self.improved(Aim::Best { heat }, from - first * (beginning + 1) / beginnings)?;
            if best.as_ref().is_none_or(|it| found.score < it.score) {
                best = Some(found);
            }
        }
        self.layers.restore(&best?.order);
        self.improved(Aim::Best { heat }, until)
    }

    /// The order found, with its arcs where they are drawn.
    pub(super) fn finished(self, found: &Found, is_kept: bool) -> Order {
        let mut layers = self.layers;
        layers.restore(&found.order);
        layers.turn_arcs();
        let links = (0..self.task.links.len()).map(|line| layers.link(line)).collect();
        Order { layers, links, is_kept }
    }

    /// What stands now.
    fn found(&self) -> Found {
        let crossings = self.layers.crossings();
        Found { crossings, score: crossings as f64 + self.room_cost(), order: self.layers.snapshot() }
    }

    /// How high a drawing of the best aspect must be to hold rows of these widths and heights.
    fn height(&self, load: &[(f32, f32)]) -> f32 {
        let width = load.iter().map(|it| it.0).fold(0.0, f32::max);
        let height: f32 = load.iter().filter(|it| it.1 > 0.0).map(|it| it.1 + self.rows.gap).sum();
        height.max(width / ASPECT)
    }

    fn room_cost(&self) -> f64 {
        self.room * f64::from(self.height(&self.load()))
    }

    /// The best found by changing and sifting, until so much work is left.
    fn improved(&mut self, aim: Aim, until: i64) -> Option<Found> {
        let mut best = self.found();
        let (mut crossings, mut score) = (best.crossings as i64, best.score);
        let from = self.work;
        let movable: Vec<usize> = match aim {
            Aim::New { .. } => (0..self.task.items.len()).filter(|&it| !self.layers.nodes[it].is_fixed).collect(),
            _ => (0..self.task.items.len()).collect(),
        };
        let enough = match aim {
            Aim::Best { .. } => 0,
            Aim::Little { enough, .. } | Aim::New { enough } => enough as i64,
        };
        while self.work > until && crossings > enough {
            if !(self.go_on)(1.0 - self.work as f32 / self.whole as f32) {
                return None;
            }
            let (crossed, added) = self.changed(&movable);
            // now and then something a little worse is taken, ever less so
            let left = (self.work - until).max(0) as f64 / (from - until).max(1) as f64;
            let allowed = match aim {
                Aim::Best { heat } => -self.rng.f64().max(1e-9).ln() * heat * left * best.score,
                Aim::Little { price, .. } => -price * self.layers.moved() as f64,
                Aim::New { .. } => 0.0,
            };
            if added > allowed {
                self.layers.undo();
                continue;
            }
            self.layers.keep();
            score += added;
            crossings += crossed;
            if score < best.score - 1e-6 {
                best = Found { crossings: crossings.max(0) as u64, score, order: self.layers.snapshot() };
            }
        }
        Some(best)
    }

    /// Puts some items elsewhere and sifts what that concerns; answers what it adds
    /// to the crossings, and to the score.
    fn changed(&mut self, movable: &[usize]) -> (i64, f64) {
        let task = self.task;
        let mut load = self.load();
        let room = self.room_cost();
        let most = if task.items.len() <= FEW { 2 } else { 1 };
        let mut added = 0;
        for _ in 0..1 + self.rng.usize(..=most) {
            let chosen = if self.rng.f64() < REROUTED { None } else { self.rng.choice(movable).copied() };
            let Some(at) = chosen else {
                let line = self.rng.usize(..task.links.len());
                added += self.layers.reroute(line, &mut self.rng);
                continue;
            };
            let Some(item) = task.items.get(at) else { continue };
            let dice = self.rng.f64();
            let share = match self.amid(at) {
                Some(amid) if dice < 0.5 => amid + (self.rng.f32() - 0.5) * 0.1,
                _ => self.rng.f32(),
            };
            let before = self.layers.nodes[at].row;
            let (first, count) = self.rows.levels.get(item.level).copied().unwrap_or_default();
            let row = first + self.rng.usize(..count.max(1));
            let has_room =
                row != before && load.get(row).is_some_and(|it| it.0 + item.width <= self.rows.width * SLACK);
            if has_room && self.rng.u8(..10) < 6 {
                added += self.layers.change_row(at, row, share, &mut self.work);
                load = self.load();
            } else {
                added += self.layers.jump(at, share);
            }
        }
        self.work -= 400;
        added -= self.layers.sift_waiting(&mut self.work);
        (added, added as f64 + self.room_cost() - room)
    }

    /// How wide and how high each row is.
    fn load(&self) -> Vec<(f32, f32)> {
        let mut load = vec![(0.0, 0.0_f32); self.rows.count];
        for (at, item) in self.task.items.iter().enumerate() {
            if let Some((width, height)) = load.get_mut(self.layers.nodes[at].row) {
                *width += item.width + self.task.gap;
                *height = height.max(item.height);
            }
        }
        load
    }

    /// How far along the row lies, in the mean, what an item is joined with.
    fn amid(&self, item: usize) -> Option<f32> {
        let joined = self.layers.joined(item);
        let (sum, count) = joined.fold((0.0, 0.0), |(sum, count), it| (sum + self.layers.share(it), count + 1.0));
        (count > 0.0).then(|| sum / count)
    }
}
