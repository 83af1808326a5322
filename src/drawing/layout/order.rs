//! Which row of its level each zone stands in, and the order in the rows: found by
//! sifting from several beginnings and from changes of the best found so far.

use fastrand::Rng;

use super::super::layers::{Layers, Link, Snapshot};

/// A zone as far as the order goes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Its level from the top, 0 the highest.
    pub(super) level: usize,
    /// The middle of where it stands now, if it stands anywhere.
    pub(super) now: Option<(f32, f32)>,
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
}

/// Where an item stands: its row, and how far along it, 0 to 1.
type Places = Vec<(usize, f32)>;

/// What a beginning is.
enum Start {
    /// At random: the rows are first ordered by means.
    Fresh,
    /// As it stands: only what is new finds a place.
    Now,
}

/// The rows that each level may use.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// First row and number of rows of each level.
    levels: Vec<(usize, usize)>,
    /// How much a row should hold at most.
    width: f32,
    count: usize,
    /// Space between rows.
    gap: f32,
}

/// As many items as this or fewer may always use a second row where that saves crossings.
const FEW: usize = 80;
/// As many as this or fewer may use a third, and the search may stray further.
const TINY: usize = 20;
/// Rows may be longer by this share where that saves crossings.
const SLACK: f32 = 1.2;
/// What stands now is near enough to the best if it has at most this many times the crossings
const NEAR: f64 = 1.25;
/// and so many more.
const FEW_MORE: f64 = 9.0;
/// Of what stands now, a zone is moved only where that saves this share of the crossings that a zone has.
const PRICE: f64 = 0.1;
/// How often a conduit goes another way instead of a zone.
const REROUTED: f64 = 0.4;
/// The best width of the drawing by its height.
const ASPECT: f32 = 1.5;
/// What it costs that the drawing is twice as large as with full rows: this many crossings
const ROOM: f64 = 3.0;
/// or, where there are few items and if that is more, this share of those of a first attempt.
const ROOM_SHARE: f64 = 0.1;

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
        let whole = self.work;
        let mut search =
            Search { task: self, rows, layers, rng: Rng::with_seed(7), room: 0.0, work: whole, whole, go_on };
        let Some(now) = self.now(rows) else {
            let found = search.fresh(0)?;
            return Some(search.finished(&found));
        };
        // what stands now is kept unless many more conduits cross than need to; then
        // only that is moved which brings much, if that suffices
        search.begin(&now, Start::Now);
        let kept = search.found();
        if kept.crossings == 0 {
            return Some(search.finished(&kept));
        }
        let fresh = search.fresh(whole / 4)?;
        let is_near = |it: &Found| it.crossings as f64 <= fresh.crossings as f64 * NEAR + FEW_MORE;
        if is_near(&kept) {
            return Some(search.finished(&kept));
        }
        search.layers.restore(&kept.order);
        let price = (kept.crossings as f64 / self.items.len() as f64 * PRICE).max(1.0);
        let bettered = search.improved(0.0, price, 0)?;
        Some(search.finished(if is_near(&bettered) { &bettered } else { &fresh }))
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
        let spare = if self.items.len() <= TINY { 3 } else { 2 };
        let mut count = 0;
        let levels = needed(width)
            .into_iter()
            .zip(many)
            .enumerate()
            .map(|(level, (rows, many))| {
                // rows that it has now, unless it is scattered about
                let now = Some(self.tops(level).len()).filter(|it| *it <= 2 * rows + 1);
                let rows = rows.max(now.unwrap_or(0));
                let rows = if few && many > 1 { rows.max(spare).min(many) } else { rows };
                count += rows;
                (count - rows, rows)
            })
            .collect();
        Rows { levels, width, count, gap }
    }

    /// Where the items stand now, if all of them do, or all but a few.
    fn now(&self, rows: &Rows) -> Option<Places> {
        let standing: Vec<(f32, f32)> = self.items.iter().filter_map(|it| it.now).collect();
        if standing.len() * 4 < self.items.len() * 3 || standing.is_empty() {
            return None;
        }
        let left = standing.iter().map(|it| it.0).fold(f32::INFINITY, f32::min);
        let right = standing.iter().map(|it| it.0).fold(f32::NEG_INFINITY, f32::max);
        let share = |x: f32| (x - left) / (right - left).max(1.0);
        // the rows of a level are those that it has now
        let mut places = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let (first, count) = rows.levels.get(item.level).copied().unwrap_or_default();
            let Some((x, y)) = item.now else {
                places.push((first, self.near(at, share)));
                continue;
            };
            let heights = self.tops(item.level);
            let row = heights.iter().filter(|it| **it < y - item.height / 2.0 - 20.0).count().min(count - 1);
            places.push((first + row, share(x)));
        }
        Some(places)
    }

    /// The upper edges of the rows that a level stands in now.
    fn tops(&self, level: usize) -> Vec<f32> {
        let of_level = self.items.iter().filter(|it| it.level == level);
        let mut tops: Vec<f32> = of_level.filter_map(|it| Some(it.now?.1 - it.height / 2.0)).collect();
        tops.sort_by(f32::total_cmp);
        tops.dedup_by(|one, next| *one - *next < 40.0);
        tops
    }

    /// Where something new had best begin: amid what it is joined with.
    fn near(&self, item: usize, share: impl Fn(f32) -> f32) -> f32 {
        let joined = self.links.iter().filter_map(|&(a, b)| if a == item { Some(b) } else { (b == item).then_some(a) });
        let there: Vec<f32> = joined.filter_map(|it| Some(share(self.items.get(it)?.now?.0))).collect();
        if there.is_empty() { 1.0 } else { there.iter().sum::<f32>() / there.len() as f32 }
    }

    fn fresh(&self, rows: &Rows, beginning: usize, rng: &mut Rng) -> Places {
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

/// An order found.
struct Found {
    crossings: u64,
    /// The crossings, and what the room that it takes costs.
    score: f64,
    order: Snapshot,
}

/// A search under way, and the work that it may still take.
struct Search<'a> {
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

impl Search<'_> {
    /// Begins anew with all items at these places.
    fn begin(&mut self, places: &Places, start: Start) {
        for (item, (&(row, share), now)) in places.iter().zip(self.task.items.iter().map(|it| it.now)).enumerate() {
            let node = &mut self.layers.nodes[item];
            node.row = row;
            node.wish = share;
            node.is_fixed = matches!(start, Start::Now) && now.is_some();
        }
        self.layers.settle();
        if matches!(start, Start::Fresh) {
            self.layers.sweep(12);
        }
        self.layers.sift(&mut self.work);
        self.layers.keep();
        for item in 0..self.task.items.len() {
            self.layers.nodes[item].is_fixed = false;
        }
    }

    /// The best found from several beginnings, with so much work left.
    fn fresh(&mut self, until: i64) -> Option<Found> {
        let items = self.task.items.len();
        let heat = if items <= TINY { 0.1 } else { 0.006 };
        let heat = if items <= FEW { heat } else { 0.001 };
        let (beginnings, first) = if items <= FEW { (4, (self.work - until) / 2) } else { (1, 0) };
        let from = self.work;
        let mut best: Option<Found> = None;
        for beginning in 0..beginnings {
            let places = self.task.fresh(self.rows, beginning as usize, &mut self.rng);
            self.begin(&places, Start::Fresh);
            if beginning == 0 {
                let share = if items <= FEW { ROOM_SHARE } else { 0.0 };
                let height = f64::from(self.height(&self.load()));
                self.room = ROOM.max(self.layers.crossings() as f64 * share) / height.max(1.0);
            }
            let found = self.improved(heat, 0.0, from - first * (beginning + 1) / beginnings)?;
            if best.as_ref().is_none_or(|it| found.score < it.score) {
                best = Some(found);
            }
        }
        self.layers.restore(&best?.order);
        self.improved(heat, 0.0, until)
    }

    /// The order found, with its arcs where they are drawn.
    fn finished(self, found: &Found) -> Order {
        let mut layers = self.layers;
        layers.restore(&found.order);
        layers.turn_arcs();
        let links = (0..self.task.links.len()).map(|line| layers.link(line)).collect();
        Order { layers, links }
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

    /// The best found by changing and sifting, until so much work is left. A change
    /// must save this price for each zone that it moves.
    fn improved(&mut self, heat: f64, price: f64, until: i64) -> Option<Found> {
        let mut best = self.found();
        let (mut crossings, mut score) = (best.crossings as i64, best.score);
        let from = self.work;
        while self.work > until && crossings > 0 {
            if !(self.go_on)(1.0 - self.work as f32 / self.whole as f32) {
                return None;
            }
            let (crossed, added) = self.changed();
            // now and then something a little worse is taken, ever less so
            let left = (self.work - until).max(0) as f64 / (from - until).max(1) as f64;
            let worse = -self.rng.f64().max(1e-9).ln() * heat * left * best.score;
            let allowed = if price > 0.0 { -price * self.layers.moved() as f64 } else { worse };
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
    fn changed(&mut self) -> (i64, f64) {
        let task = self.task;
        let mut load = self.load();
        let room = self.room_cost();
        let most = if task.items.len() <= FEW { 2 } else { 1 };
        let mut added = 0;
        for _ in 0..1 + self.rng.usize(..=most) {
            if self.rng.f64() < REROUTED {
                let line = self.rng.usize(..task.links.len());
                added += self.layers.reroute(line, &mut self.rng);
                continue;
            }
            let at = self.rng.usize(..task.items.len());
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
