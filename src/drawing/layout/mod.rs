//! Placing zones: by Purdue level from the enterprise down to the field, nested
//! zones inside, so that few conduits cross.
//!
//! In each zone, and in the whole drawing, the zones inside are sorted into rows of
//! their level (`order`); then they get their places with room for the routes
//! between (`coords`). What stands somewhere already keeps its order and its place as
//! far as it can, so that a small change moves little.

mod across;
mod coords;
mod now;
mod order;
mod search;
mod size;
mod slide;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::coords::Corners;
use self::order::{Item, Task};
use self::size::Contents;
pub use self::size::grid;
use super::metrics::*;
use crate::model::{Conduit, Point, Project, PurdueLevel, Rect, Trust, Zone, ZoneId};

/// What is to be laid out.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// Everything.
    All,
    /// These zones beside one another, each with what it holds; of a single zone what it holds.
    Zones(BTreeSet<ZoneId>),
}

/// New frames for all zones that a layout moves, or nothing where it was called off:
/// `go_on` is told the share done and answers whether to go on. The same project
/// always gets the same frames.
pub fn lay_out(project: &Project, extent: &Extent, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Vec<(ZoneId, Rect)>> {
    let layout = Layout::new(project, true);
    let frames = match extent {
        Extent::All => layout.whole(go_on)?,
        Extent::Zones(zones) => match zones.iter().collect::<Vec<_>>().as_slice() {
            [only] => layout.inside(**only, go_on)?,
            _ => layout.beside(zones, go_on)?,
        },
    };
    let is_moved = |&(id, frame): &(ZoneId, Rect)| project.zones.get(id).is_some_and(|zone| zone.frame != frame);
    Some(frames.into_iter().filter(is_moved).collect())
}

/// Places all zones that have no drawable frame. Where no zone has one, the whole
/// plant is laid out; otherwise what is missing is laid out beside the rest.
pub fn place_unplaced(project: &mut Project) {
    let unplaced: Vec<_> =
        project.zones.iter().filter(|(_, zone)| !zone.frame.is_drawable()).map(|(id, _)| id).collect();
    if unplaced.is_empty() {
        return;
    }
    let frames = arrange(project);
    let placed = project.zones.values().filter(|zone| zone.frame.is_drawable()).map(|zone| zone.frame);
    let beside = placed.reduce(|all, frame| all.union(&frame)).map_or(0.0, |all| all.right() + ZONE_GAP);
    for id in unplaced {
        let parent = project.zones.get(id).and_then(|zone| zone.parent);
        let parent = parent.and_then(|parent| Some((parent, project.zones.get(parent)?.frame)));
        let Some(&frame) = frames.get(&id) else { continue };
        // a zone whose parent was placed by hand moves to where its parent is
        let moved = match parent.and_then(|(parent, there)| Some((frames.get(&parent)?, there))) {
            Some((arranged, there)) if there.is_drawable() => frame.offset(there.x - arranged.x, there.y - arranged.y),
            _ => frame.offset(beside, 0.0),
        };
        if let Some(zone) = project.zones.get_mut(id) {
            zone.frame = moved;
        }
    }
}

/// A frame for every zone of the project, whatever frames it has now. The same
/// project always gets the same frames.
pub fn arrange(project: &Project) -> BTreeMap<ZoneId, Rect> {
    let frames = Layout::new(project, false).whole(&mut |_| true);
    frames.unwrap_or_default().into_iter().collect()
}

/// The level that a zone is placed at: its own, or what its trust suggests.
pub fn level_of(zone: &Zone) -> PurdueLevel {
    zone.purdue.unwrap_or(match zone.trust {
        Trust::External => PurdueLevel::L5,
        Trust::Enterprise => PurdueLevel::L4,
        Trust::Operational => PurdueLevel::L2,
        Trust::Safety => PurdueLevel::L1,
    })
}

/// Up to the next line of the grid.
fn snapped(length: f32) -> f32 {
    (length / GRID).ceil() * GRID
}

/// The zones in a zone, laid out: where each lies from the upper left corner, and how large all are.
#[derive(Clone, Debug, Default)]
struct Inside {
    corners: Vec<(ZoneId, Point)>,
    size: (f32, f32),
    /// Where the corner of all lies, if what stands now is kept.
    origin: Option<Point>,
}

struct Layout<'a> {
    project: &'a Project,
    by_parent: BTreeMap<Option<ZoneId>, Vec<ZoneId>>,
    contents: HashMap<ZoneId, Contents>,
    /// Pairs of zones joined by a conduit, by the zone that both lie in.
    links: BTreeMap<Option<ZoneId>, Vec<(ZoneId, ZoneId)>>,
    /// Conduits that leave a zone from inside of it.
    leaving: HashMap<ZoneId, usize>,
    inside: HashMap<ZoneId, Inside>,
    sizes: HashMap<ZoneId, ((f32, f32), f32)>,
    /// Zones that stay as they are inside: something in them is locked.
    rigid: BTreeSet<ZoneId>,
    /// Whether the search begins with what stands now.
    is_steady: bool,
    /// The work that all planes are worth, that of those done, and how much of it may be done.
    work: f32,
    done: Cell<f32>,
    share: f32,
}

impl<'a> Layout<'a> {
    fn new(project: &'a Project, is_steady: bool) -> Self {
        let mut by_parent: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, zone) in project.zones.iter() {
            by_parent.entry(zone.parent).or_default().push(id);
        }
        for zones in by_parent.values_mut() {
            zones.sort_by_cached_key(|&id| project.target_tag(id.into()));
        }
        let mut layout = Self {
            project,
            by_parent,
            contents: Contents::of_zones(project),
            links: BTreeMap::new(),
            leaving: HashMap::new(),
            inside: HashMap::new(),
            sizes: HashMap::new(),
            rigid: BTreeSet::new(),
            is_steady,
            work: 0.0,
            done: Cell::new(0.0),
            share: 1.0,
        };
        let locked = project.zones.ids().filter(|it| layout.is_locked(*it));
        let rigid = locked.flat_map(|zone| std::iter::once(zone).chain(project.zone_ancestors(zone))).collect();
        layout.rigid = rigid;
        for (from, to) in project.conduits.values().filter_map(Conduit::ends) {
            layout.add_link(from, to);
        }
        layout.work = layout.by_parent.iter().map(|(&parent, zones)| layout.work_of(parent, zones.len())).sum();
        layout.share = (order::most_work(project.conduits.len()) as f32 / layout.work.max(1.0)).min(1.0);
        layout
    }

    /// How much work it is to order so many zones in a zone.
    fn work_of(&self, parent: Option<ZoneId>, zones: usize) -> f32 {
        order::work(zones, self.links.get(&parent).map_or(0, Vec::len)) as f32
    }

    fn add_link(&mut self, from: ZoneId, to: ZoneId) {
        let branch = |zone: ZoneId| std::iter::once(zone).chain(self.project.zone_ancestors(zone)).collect::<Vec<_>>();
        let (mut one, mut next) = (branch(from), branch(to));
        while one.last().is_some() && one.last() == next.last() {
            one.pop();
            next.pop();
        }
        if let (Some(&a), Some(&b)) = (one.last(), next.last()) {
            let plane = self.project.zones.get(a).and_then(|it| it.parent);
            self.links.entry(plane).or_default().push((a, b));
        }
        for crossed in one.iter().skip(1).chain(next.iter().skip(1)) {
            *self.leaving.entry(*crossed).or_default() += 1;
        }
    }

    /// Lays out everything but what is locked.
    fn whole(mut self, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Vec<(ZoneId, Rect)>> {
        let outside = self.arranged(None, go_on)?;
        let free: Vec<ZoneId> = outside.corners.iter().map(|it| it.0).collect();
        let corner = self.room_for(None, &free, outside.origin.unwrap_or_default(), outside.size);
        let mut frames = Vec::new();
        for (zone, at) in outside.corners {
            self.put(zone, at.offset(corner.x, corner.y), &mut frames);
        }
        Some(frames)
    }

    /// A zone and all in it, moved as one.
    fn moved_to(&self, zone: ZoneId, corner: Point) -> Vec<(ZoneId, Rect)> {
        let Some(from) = self.project.zones.get(zone).map(|it| it.frame) else { return Vec::new() };
        let moved = self.project.zone_with_contents(zone).into_iter();
        let frame = |id: ZoneId| Some((id, self.project.zones.get(id)?.frame));
        moved.filter_map(frame).map(|(id, it)| (id, it.offset(corner.x - from.x, corner.y - from.y))).collect()
    }

    /// Lays out what lies in a zone; the zone keeps its corner.
    fn inside(mut self, zone: ZoneId, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Vec<(ZoneId, Rect)>> {
        let mut frames = Vec::new();
        if self.by_parent.contains_key(&Some(zone)) && !self.rigid.contains(&zone) {
            self.size(zone, go_on)?;
            let corner = self.project.zones.get(zone)?.frame.corner();
            self.put(zone, corner, &mut frames);
            self.widen_around(zone, &mut frames);
        }
        Some(frames)
    }

    /// Lays zones out beside one another as they are, where they are now.
    fn beside(self, zones: &BTreeSet<ZoneId>, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Vec<(ZoneId, Rect)>> {
        let lies_in_one = |id: ZoneId| self.project.zone_ancestors(id).iter().any(|it| zones.contains(it));
        let mut groups: BTreeMap<Option<ZoneId>, Vec<ZoneId>> = BTreeMap::new();
        for &id in zones.iter().filter(|&&id| !lies_in_one(id) && !self.is_locked(id)) {
            if let Some(zone) = self.project.zones.get(id) {
                groups.entry(zone.parent).or_default().push(id);
            }
        }
        let mut frames = Vec::new();
        for (parent, mut group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
            group.sort_by_cached_key(|&id| self.project.target_tag(id.into()));
            let size =
                |id: ZoneId| self.project.zones.get(id).map_or((0.0, 0.0), |it| (it.frame.width, it.frame.height));
            let arranged = self.task(parent, &group, size, go_on)?;
            let now = group.iter().filter_map(|id| Some(self.project.zones.get(*id)?.frame));
            let corner = now.reduce(|all, it| all.union(&it))?.corner();
            let corner = self.room_for(parent, &group, corner, arranged.size);
            for (id, at) in arranged.corners {
                frames.extend(self.moved_to(id, at.offset(corner.x, corner.y)));
            }
            if let Some(&first) = group.first() {
                self.widen_around(first, &mut frames);
            }
        }
        Some(frames)
    }

    /// Where a group of this size stands on none of the zones that stay.
    fn room_for(&self, parent: Option<ZoneId>, group: &[ZoneId], corner: Point, size: (f32, f32)) -> Point {
        let siblings = self.by_parent.get(&parent).into_iter().flatten().filter(|it| !group.contains(it));
        let staying: Vec<Rect> = siblings.filter_map(|it| Some(self.project.zones.get(*it)?.frame)).collect();
        let mut at = corner;
        for _ in 0..staying.len() {
            let taken = Rect::new(at.x, at.y, size.0, size.1).grown(GRID);
            let Some(other) = staying.iter().find(|it| it.overlaps(&taken)) else { break };
            at.x = snapped(other.right() + ZONE_GAP);
        }
        at
    }

    /// Lets the zones around one grow where what lies in them needs it.
    fn widen_around(&self, zone: ZoneId, frames: &mut Vec<(ZoneId, Rect)>) {
        let of = |id: ZoneId, frames: &[(ZoneId, Rect)]| {
            let new = frames.iter().find(|(it, _)| *it == id).map(|it| it.1);
            new.or_else(|| Some(self.project.zones.get(id)?.frame))
        };
        for outer in self.project.zone_ancestors(zone) {
            let Some(frame) = of(outer, frames) else { continue };
            let inner = self.by_parent.get(&Some(outer)).into_iter().flatten().filter_map(|&it| of(it, frames));
            let needed = inner.map(|it| it.grown(ZONE_PADDING)).fold(frame, |all, it| all.union(&it));
            if needed != frame {
                frames.retain(|(id, _)| *id != outer);
                frames.push((outer, needed));
            }
        }
    }

    /// Arranges the zones that lie directly in a zone, and in them first what they hold.
    fn arranged(&mut self, parent: Option<ZoneId>, go_on: &mut dyn FnMut(f32) -> bool) -> Option<Inside> {
        let mut zones = self.by_parent.get(&parent).cloned().unwrap_or_default();
        zones.retain(|it| !self.is_locked(*it));
        for &zone in &zones {
            self.size(zone, go_on)?;
        }
        let size = |id: ZoneId| self.sizes.get(&id).copied().unwrap_or_default().0;
        self.task(parent, &zones, size, go_on)
    }

    fn task(
        &self,
        parent: Option<ZoneId>,
        zones: &[ZoneId],
        size: impl Fn(ZoneId) -> (f32, f32),
        go_on: &mut dyn FnMut(f32) -> bool,
    ) -> Option<Inside> {
        let place: HashMap<ZoneId, usize> = zones.iter().enumerate().map(|(at, &id)| (id, at)).collect();
        let mut levels: Vec<PurdueLevel> =
            zones.iter().filter_map(|it| self.project.zones.get(*it)).map(level_of).collect();
        levels.sort_by(|one, next| next.cmp(one));
        levels.dedup();
        let item = |&id: &ZoneId| {
            let (width, height) = size(id);
            let zone = self.project.zones.get(id);
            let level = zone.and_then(|zone| levels.iter().position(|it| *it == level_of(zone))).unwrap_or(0);
            let now = zone.map(|it| it.frame).filter(|it| self.is_steady && it.is_drawable());
            Item { width, height, level, now }
        };
        let (gap, row_gap) = if parent.is_none() { (ZONE_GAP, LEVEL_GAP) } else { (INNER_GAP, INNER_GAP) };
        let links = self.links.get(&parent).into_iter().flatten();
        let mut links: Vec<_> = links.filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?))).collect();
        // in the order of tags, not of ids: the same plant gives the same picture, whatever its ids
        links.sort_unstable();
        let (done, work) = (self.done.get(), self.work_of(parent, zones.len()));
        let task = Task { items: zones.iter().map(item).collect(), links, gap, work: (work * self.share) as i64 };
        if zones.is_empty() {
            return Some(Inside::default());
        }
        let mut go_on = |share: f32| go_on(((done + share * work) / self.work).clamp(0.0, 1.0));
        let order = task.ordered(&task.rows(row_gap), &mut go_on)?;
        self.done.set(done + work);
        if !go_on(1.0) {
            return None;
        }
        let Corners { corners, origin } = task.corners(&order, row_gap);
        let reach = |along: fn(&(&Point, &Item)) -> f32| {
            corners.iter().zip(&task.items).map(|it| along(&it)).fold(0.0, f32::max)
        };
        let size = (reach(|(corner, item)| corner.x + item.width), reach(|(corner, item)| corner.y + item.height));
        Some(Inside { corners: zones.iter().copied().zip(corners).collect(), size, origin })
    }

    fn is_locked(&self, zone: ZoneId) -> bool {
        let is_drawn = self.project.zones.get(zone).is_some_and(|it| it.frame.is_drawable());
        self.is_steady && is_drawn && self.project.is_zone_locked(zone)
    }

    /// The size that a zone needs for its assets and the zones in it.
    fn size(&mut self, zone: ZoneId, go_on: &mut dyn FnMut(f32) -> bool) -> Option<()> {
        if self.rigid.contains(&zone) {
            let frame = self.project.zones.get(zone)?.frame;
            self.sizes.insert(zone, ((frame.width, frame.height), 0.0));
            return Some(());
        }
        let contents = self.contents.get(&zone).copied().unwrap_or_default();
        let mut lanes = 0.0;
        let mut inner = None;
        if self.by_parent.contains_key(&Some(zone)) {
            let inside = self.arranged(Some(zone), go_on)?;
            inner = Some(inside.size);
            self.inside.insert(zone, inside);
            lanes = (self.leaving.get(&zone).copied().unwrap_or(0) as f32 * 2.0 * GRID).min(ASSET_WIDTH - GRID);
        }
        self.sizes.insert(zone, contents.zone_size(inner, lanes));
        Some(())
    }

    /// Gives a zone and all in it their frames.
    fn put(&self, zone: ZoneId, corner: Point, frames: &mut Vec<(ZoneId, Rect)>) {
        if self.rigid.contains(&zone) {
            frames.extend(self.moved_to(zone, corner));
            return;
        }
        let ((width, height), top) = self.sizes.get(&zone).copied().unwrap_or_default();
        frames.push((zone, Rect::new(corner.x, corner.y, width, height)));
        if let Some(inside) = self.inside.get(&zone) {
            let left = snapped((width - inside.size.0) / 2.0 - GRID / 2.0).max(0.0);
            for &(inner, at) in &inside.corners {
                self.put(inner, Point::new(corner.x + left + at.x, corner.y + top + at.y), frames);
            }
        }
    }
}
