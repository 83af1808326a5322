//! Growth: the zones around what was placed become large enough to hold it, and what lies
//! beside them makes room.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Axis;
use super::room::{Contents, kept_places};
use crate::drawing::metrics::{ZONE_GAP, ZONE_HEADER, ZONE_PADDING};
use crate::edit::{Edit, Place};
use crate::model::{Asset, AssetId, NoteId, Project, Rect, Subject, ZoneId};

/// Two that lie over each other by no more than this lie beside each other.
const TOUCHING: f32 = 0.5;

/// An edit that puts these zones where they are to be, and the growth that it makes
/// necessary, as one step: of the zones around them, and room for what it makes larger
/// without placing it.
pub fn with_growth(project: &Project, edit: Edit, placed: &BTreeSet<ZoneId>) -> Edit {
    let mut after = project.clone();
    if edit.apply(&mut after).is_err() {
        return edit;
    }
    let uncovered = uncovered(project, &after, placed);
    if uncovered.iter().any(|it| it.apply(&mut after).is_err()) {
        return edit;
    }
    let growth: Vec<Edit> = uncovered.into_iter().chain(Growth::of(project, &after, placed).edits()).collect();
    if growth.is_empty() {
        return edit;
    }
    let label = edit.label(project);
    let mut edits = match edit {
        Edit::Several(_, edits) => edits,
        single => vec![single],
    };
    edits.extend(growth);
    Edit::Several(label, edits)
}

/// Zones that grow one after the other, inner ones first, while what lies beside them moves
/// aside. It moves no farther than the edge that it makes room for, and what was apart
/// stays apart, so that growth comes to an end.
struct Growth<'a> {
    /// As the edit left it.
    project: &'a Project,
    /// Zones and notes that the edit has placed: they don't move aside.
    placed: BTreeSet<Subject>,
    /// The frames that zones need for the assets put into their grids.
    needed: BTreeMap<ZoneId, Rect>,
    /// The frames of zones that grow, without their own way aside.
    frames: BTreeMap<ZoneId, Rect>,
    /// How far things move aside within what is around them.
    aside: BTreeMap<Subject, (f32, f32)>,
}

impl<'a> Growth<'a> {
    fn of(before: &Project, project: &'a Project, placed: &BTreeSet<ZoneId>) -> Self {
        let size = |frame: Rect| (frame.width, frame.height);
        let sized = project.zones.iter().filter_map(|(id, zone)| {
            let frame = before.zones.get(id)?.frame;
            (size(frame) != size(zone.frame) && !placed.contains(&id)).then_some((id, frame))
        });
        let notes = project.notes.iter().filter(|(id, note)| {
            let before = before.notes.get(*id);
            before.is_none_or(|it| it.frame != note.frame)
        });
        let mut growth = Self {
            project,
            placed: placed.iter().map(|&id| id.into()).chain(notes.map(|(id, _)| id.into())).collect(),
            needed: needed(before, project),
            frames: sized.collect(),
            aside: BTreeMap::new(),
        };
        growth.grow(placed);
        growth
    }

    fn grow(&mut self, placed: &BTreeSet<ZoneId>) {
        let project = self.project;
        let parent = |zone: ZoneId| project.zones.get(zone).and_then(|it| it.parent);
        let inner_first = |zone: ZoneId| (Reverse(project.zone_ancestors(zone).len()), zone);
        let around = placed.iter().filter_map(|&zone| parent(zone));
        let larger = self.frames.keys().chain(self.needed.keys()).copied();
        let mut waiting: BTreeSet<_> = larger.chain(around).map(inner_first).collect();
        while let Some((_, zone)) = waiting.pop_first() {
            let before = self.frame(zone);
            let after = self.holding(zone);
            if after != before {
                self.frames.insert(zone, after);
                self.make_room(zone, before, after);
                waiting.extend(parent(zone).map(inner_first));
            }
        }
    }

    /// A zone's frame, before its own way aside.
    fn frame(&self, zone: ZoneId) -> Rect {
        let now = || self.project.zones.get(zone).map(|it| it.frame).unwrap_or_default();
        self.frames.get(&zone).copied().unwrap_or_else(now)
    }

    fn moved(&self, subject: impl Into<Subject>, frame: Rect) -> Rect {
        let (dx, dy) = self.aside.get(&subject.into()).copied().unwrap_or_default();
        frame.offset(dx, dy)
    }

    /// The frame that a zone needs around what was placed, has grown or moved aside in it.
    fn holding(&self, zone: ZoneId) -> Rect {
        let now = self.project.zones.get(zone).map(|it| it.frame).unwrap_or_default();
        let now = self.needed.get(&zone).copied().unwrap_or(now);
        let touched = self.placed.iter().chain(self.aside.keys());
        let touched = touched.filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None });
        let is_in = |id: &ZoneId| self.project.zones.get(*id).is_some_and(|it| it.parent == Some(zone));
        let inner = touched.chain(self.frames.keys().copied()).filter(is_in);
        let inner = inner.map(|id| self.moved(id, self.frame(id)));
        inner.fold(now, |all, it| if all.encloses(&it) { all } else { all.union(&with_rim(it)) })
    }

    /// Moves aside what lies beside a zone that grows.
    fn make_room(&mut self, zone: ZoneId, before: Rect, after: Rect) {
        let (before, after) = (self.moved(zone, before), self.moved(zone, after));
        let start = self.beside(zone);
        let mut beside = start.clone();
        push(&mut beside, Axis::Across, before, after);
        push(&mut beside, Axis::Down, Rect { x: after.x, width: after.width, ..before }, after);
        for ((subject, from), to) in start.into_iter().zip(beside.into_values()).filter(|((_, from), to)| from != to) {
            for moved in self.carried_by(subject).into_iter().chain([subject]) {
                let aside = self.aside.entry(moved).or_default();
                *aside = (aside.0 + to.x - from.x, aside.1 + to.y - from.y);
            }
        }
    }

    /// What can move aside for a zone, where it lies by now: zones in the same zone, and on
    /// the top level notes.
    fn beside(&self, zone: ZoneId) -> BTreeMap<Subject, Rect> {
        let parent = self.project.zones.get(zone).and_then(|it| it.parent);
        let siblings = || self.project.zones.iter().filter(|(_, it)| it.parent == parent);
        let zones = siblings().filter(|(id, _)| *id != zone).map(|(id, _)| (Subject::Zone(id), self.frame(id)));
        // a note that lies in a zone goes with that
        let is_carried = |note: &Rect| siblings().any(|(_, it)| it.frame.encloses(note));
        let notes = self.project.notes.iter().filter(|(_, it)| parent.is_none() && !is_carried(&it.frame));
        let all = zones.chain(notes.map(|(id, it)| (Subject::Note(id), it.frame)));
        all.filter(|(it, _)| self.is_movable(*it)).map(|(it, frame)| (it, self.moved(it, frame))).collect()
    }

    /// The notes that lie in a zone.
    fn carried_by(&self, subject: Subject) -> Vec<Subject> {
        let Subject::Zone(zone) = subject else { return Vec::new() };
        let frame = self.project.zones.get(zone).map(|it| it.frame).unwrap_or_default();
        let notes = self.project.notes.iter().filter(|(_, it)| frame.encloses(&it.frame));
        notes.map(|(id, _)| Subject::Note(id)).filter(|it| self.is_movable(*it)).collect()
    }

    fn is_movable(&self, subject: Subject) -> bool {
        !self.placed.contains(&subject) && !self.project.is_locked(subject)
    }

    fn edits(self) -> Vec<Edit> {
        let project = self.project;
        let aside = |subject: Subject| self.aside.get(&subject).copied().unwrap_or_default();
        let zones = project.zones.iter().filter_map(|(id, zone)| {
            let around = project.zone_ancestors(id).into_iter().chain([id]).map(|it| aside(it.into()));
            let (dx, dy) = around.fold((0.0, 0.0), |all, it| (all.0 + it.0, all.1 + it.1));
            let frame = self.frame(id).offset(dx, dy);
            (frame != zone.frame).then_some((id, frame))
        });
        let zones: Vec<(ZoneId, Rect)> = zones.collect();
        let notes = project.notes.iter().map(|(id, it)| (id, self.moved(id, it.frame)));
        let notes: Vec<(NoteId, Rect)> =
            notes.filter(|(id, frame)| project.notes.get(*id).is_some_and(|it| it.frame != *frame)).collect();
        let mut edits = Vec::new();
        if !zones.is_empty() {
            edits.push(Edit::Place(Place::Frames(zones)));
        }
        edits.extend(self.frames.iter().filter_map(|(&zone, &frame)| kept_places(project, zone, frame)));
        if !notes.is_empty() {
            edits.push(Edit::Place(Place::Notes(notes)));
        }
        edits
    }
}

/// The frames of zones with more rows, where assets have come into a zone and its grid has
/// no cell for each any more. One that was too small before stays as small.
fn needed(before: &Project, after: &Project) -> BTreeMap<ZoneId, Rect> {
    if before.assets.same(&after.assets) {
        return BTreeMap::new();
    }
    let has_come = |id: AssetId, now: &Asset| {
        before.assets.get(id).is_none_or(|it| it.zone != now.zone || (it.place.is_some() && now.place.is_none()))
    };
    let come = after.assets.iter().filter(|(id, it)| has_come(*id, it));
    let homes: BTreeSet<ZoneId> = come.filter_map(|(_, it)| it.zone).collect();
    let grown = homes.into_iter().filter_map(|zone| {
        let (was, now) = (before.zones.get(zone)?.frame, after.zones.get(zone)?.frame);
        let contents = Contents::of(after, zone);
        let is_full = !contents.has_cells(now) && Contents::of(before, zone).has_cells(was);
        (is_full && !after.is_zone_locked(zone)).then(|| (zone, contents.with_rows(now)))
    });
    grown.collect()
}

/// Puts into the grid what zones have come to lie over that was placed by hand.
fn uncovered(before: &Project, after: &Project, placed: &BTreeSet<ZoneId>) -> Vec<Edit> {
    let mut covered: BTreeMap<ZoneId, Vec<AssetId>> = BTreeMap::new();
    for (home, frame) in
        placed.iter().filter_map(|it| after.zones.get(*it)).filter_map(|it| Some((it.parent?, it.frame)))
    {
        let was_over =
            |cell: &Rect| placed.iter().filter_map(|it| before.zones.get(*it)).any(|it| it.frame.overlaps(cell));
        let is_resting = |id: AssetId| match (before.assets.get(id), after.assets.get(id)) {
            (Some(then), Some(now)) => (then.zone, then.place) == (now.zone, now.place),
            _ => false,
        };
        let there = Contents::of(after, home).placed.into_iter();
        let over = there.filter(|(id, cell)| is_resting(*id) && frame.overlaps(cell) && !was_over(cell));
        covered.entry(home).or_default().extend(over.map(|(id, _)| id));
    }
    let to_grid = |(home, mut assets): (ZoneId, Vec<AssetId>)| {
        assets.sort_unstable();
        assets.dedup();
        let places = Vec::new();
        (!assets.is_empty()).then_some(Edit::Place(Place::Assets { assets, zone: Some(home), places }))
    };
    covered.into_iter().filter_map(to_grid).collect()
}

/// Moves along with two opposite edges of a zone what lies beyond them, and what lies beyond
/// that in turn. Each keeps the gap that it had, or the usual one if that was wider.
fn push(beside: &mut BTreeMap<Subject, Rect>, axis: Axis, before: Rect, after: Rect) {
    for way in [1.0, -1.0] {
        // seen from the other side, the other edge is the far one
        let span = |frame: &Rect| match axis.span(frame) {
            it if way > 0.0 => it,
            (start, end) => (-end, -start),
        };
        let across = |frame: &Rect| axis.other().span(frame);
        let (old, new) = (span(&before).1, span(&after).1);
        if new <= old {
            continue;
        }
        let mut pushing = vec![(across(&before), old, new)];
        let mut in_order: Vec<&mut Rect> = beside.values_mut().collect();
        in_order.sort_by(|one, next| span(one).0.total_cmp(&span(next).0));
        for frame in in_order {
            let ((start, end), (from, to)) = (span(frame), across(frame));
            let is_beyond =
                |((low, high), old, _): &&((f32, f32), f32, f32)| start >= old - TOUCHING && from < *high && *low < to;
            let needed =
                pushing.iter().filter(is_beyond).map(|(_, old, new)| new + (start - old).clamp(0.0, ZONE_GAP) - start);
            let by = needed.fold(0.0, f32::max);
            if by > 0.0 {
                *frame = axis.moved(*frame, by * way);
                pushing.push(((from, to), end, end + by));
            }
        }
    }
}

/// A frame with the rim that the zone around it has.
fn with_rim(inner: Rect) -> Rect {
    let height = inner.height + ZONE_HEADER + ZONE_PADDING;
    Rect::new(inner.x - ZONE_PADDING, inner.y - ZONE_HEADER, inner.width + 2.0 * ZONE_PADDING, height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::hands::fixture::{Drawn, cell, plant, zone, zone_id};
    use crate::model::{Id, Note};

    #[test]
    fn the_zones_around_grow_with_what_is_moved_out_of_them() {
        let drawn = Drawn::of(&plant());
        let inner = zone_id(&drawn.project, "Z-2");
        let before = cell(&drawn.project, "A-1");
        let edit = Edit::Place(Place::Move { zones: [inner].into(), dx: -200.0, dy: 0.0 });
        let after = drawn.after(&with_growth(&drawn.project, edit, &[inner].into()));
        let (outer, inner) = (zone(&after, "Z-1").frame, zone(&after, "Z-2").frame);
        assert!(outer.encloses(&inner), "{outer:?} {inner:?}");
        assert_eq!((outer.x, outer.right()), (inner.x - ZONE_PADDING, 400.0));
        assert_eq!(cell(&after, "A-1"), before, "what else lies there stays where it is");
    }

    #[test]
    fn an_asset_gives_way_to_a_zone_that_is_put_over_it() {
        let drawn = Drawn::of(&plant());
        let inner = zone_id(&drawn.project, "Z-2");
        let over = cell(&drawn.project, "A-1").corner();
        let from = zone(&drawn.project, "Z-2").frame.corner();
        let edit = Edit::Place(Place::Move { zones: [inner].into(), dx: over.x - from.x, dy: over.y - from.y });
        let after = drawn.after(&with_growth(&drawn.project, edit, &[inner].into()));
        let (outer, inner) = (zone(&after, "Z-1").frame, zone(&after, "Z-2").frame);
        for tag in ["A-1", "A-2"] {
            let cell = cell(&after, tag);
            assert!(outer.encloses(&cell) && !inner.overlaps(&cell), "{tag}: {cell:?} under {inner:?}");
        }
    }

    /// A zone with one in it, and a row of others beside it.
    fn row() -> Fixture {
        let zone = |plant: Fixture, tag: &str, frame: Rect, parent: Option<&str>| {
            plant.zone(tag, |zone| {
                zone.frame = frame;
                zone.parent = parent.map(ZoneId::derived_from);
            })
        };
        let plant = zone(Fixture::new(), "OUTER", Rect::new(0.0, 0.0, 300.0, 300.0), None);
        let plant = zone(plant, "INNER", Rect::new(40.0, 60.0, 200.0, 100.0), Some("OUTER"));
        let plant = zone(plant, "NEXT", Rect::new(340.0, 0.0, 200.0, 200.0), None);
        let plant = zone(plant, "IN-NEXT", Rect::new(360.0, 60.0, 100.0, 100.0), Some("NEXT"));
        let plant = zone(plant, "LAST", Rect::new(560.0, 100.0, 200.0, 200.0), None);
        zone(plant, "BELOW", Rect::new(0.0, 700.0, 760.0, 100.0), None)
    }

    fn moved(drawn: &Drawn, tag: &str, (dx, dy): (f32, f32)) -> Project {
        let id = zone_id(&drawn.project, tag);
        let edit = Edit::Place(Place::Move { zones: [id].into(), dx, dy });
        drawn.after(&with_growth(&drawn.project, edit, &[id].into()))
    }

    #[test]
    fn what_lies_beside_a_zone_that_grows_makes_room_and_keeps_its_gap() {
        let drawn = Drawn::of(&row());
        let after = moved(&drawn, "INNER", (100.0, 0.0));
        let grown = zone(&after, "OUTER").frame.right() - 300.0;
        assert_eq!(grown, 340.0 + ZONE_PADDING - 300.0);
        for tag in ["NEXT", "IN-NEXT", "LAST"] {
            assert_eq!(zone(&after, tag).frame, zone(&drawn.project, tag).frame.offset(grown, 0.0), "{tag}");
        }
        assert_eq!(zone(&after, "BELOW").frame, zone(&drawn.project, "BELOW").frame, "nothing came near it");
    }

    #[test]
    fn the_zone_around_grows_for_what_moves_aside_in_it() {
        let drawn = Drawn::of(
            &row()
                .zone("DEEP", |zone| {
                    zone.frame = Rect::new(60.0, 100.0, 100.0, 40.0);
                    zone.parent = Some(ZoneId::derived_from("INNER"));
                })
                .zone("MATE", |zone| {
                    zone.frame = Rect::new(250.0, 60.0, 36.0, 100.0);
                    zone.parent = Some(ZoneId::derived_from("OUTER"));
                }),
        );
        let after = moved(&drawn, "DEEP", (200.0, 0.0));
        let frame = |tag: &str| zone(&after, tag).frame;
        assert!(frame("INNER").encloses(&frame("DEEP")));
        assert_eq!(frame("MATE").x - frame("INNER").right(), 10.0);
        assert!(frame("OUTER").encloses(&frame("MATE")) && !frame("OUTER").overlaps(&frame("NEXT")));
        assert!(!frame("NEXT").overlaps(&frame("LAST")));
    }

    #[test]
    fn what_is_locked_or_lay_over_it_before_does_not_move() {
        let locked = row().zone("NEXT", |zone| {
            zone.frame = Rect::new(340.0, 0.0, 200.0, 200.0);
            zone.locked = true;
        });
        let after = moved(&Drawn::of(&locked), "INNER", (100.0, 0.0));
        assert_eq!(zone(&after, "NEXT").frame.x, 340.0);
        let over = row().zone("NEXT", |zone| zone.frame = Rect::new(290.0, 0.0, 200.0, 200.0));
        let after = moved(&Drawn::of(&over), "INNER", (100.0, 0.0));
        assert_eq!(zone(&after, "NEXT").frame.x, 290.0);
    }

    #[test]
    fn what_lies_above_goes_up_and_what_lies_on_the_left_goes_left() {
        let drawn = Drawn::of(&row());
        let after = moved(&drawn, "IN-NEXT", (-100.0, 0.0));
        assert!(zone(&after, "OUTER").frame.x < 0.0);
        assert_eq!(zone(&after, "INNER").frame.x - zone(&after, "OUTER").frame.x, 40.0, "with all that lies in it");
        let up = Drawn::of(&row().zone("TOP", |zone| zone.frame = Rect::new(340.0, -120.0, 200.0, 100.0)));
        let after = moved(&up, "IN-NEXT", (0.0, -60.0));
        let (next, top) = (zone(&after, "NEXT").frame, zone(&after, "TOP").frame);
        assert_eq!((next.y - top.bottom(), top.x), (20.0, 340.0));
    }

    /// Rows of outer zones, each with a zone in it, none over another.
    fn blocks(rng: &mut fastrand::Rng) -> Project {
        let mut plant = Fixture::new();
        let mut top = 0.0;
        for row in 0..4 {
            let mut left = rng.f32() * 300.0;
            for column in 0..4 {
                let (width, height) = (120.0 + rng.f32() * 300.0, 120.0 + rng.f32() * 200.0);
                let (outer, inner) = (format!("O-{row}{column}"), format!("I-{row}{column}"));
                plant = plant.zone(&outer, |zone| zone.frame = Rect::new(left, top + rng.f32() * 60.0, width, height));
                let frame = zone(&plant.project, &outer).frame;
                plant = plant.zone(&inner, |zone| {
                    zone.frame = Rect::new(frame.x + 20.0, frame.y + 40.0, 60.0, 50.0);
                    zone.parent = Some(ZoneId::derived_from(&outer));
                });
                left += width + rng.f32() * 90.0;
            }
            top += 400.0;
        }
        plant.project
    }

    #[test]
    fn however_many_zones_grow_none_comes_over_another_and_none_goes_farther_than_they_grow() {
        for seed in 0..200 {
            let mut rng = fastrand::Rng::with_seed(seed);
            let project = blocks(&mut rng);
            let inner: Vec<ZoneId> =
                project.zones.iter().filter(|(_, it)| it.parent.is_some()).map(|it| it.0).collect();
            let mut placed = BTreeSet::new();
            let mut edits = Vec::new();
            for &id in rng.choose_multiple(&inner, 3) {
                let (dx, dy) = (rng.f32() * 600.0 - 300.0, rng.f32() * 600.0 - 300.0);
                edits.push(Edit::Place(Place::Move { zones: [id].into(), dx, dy }));
                placed.insert(id);
            }
            let mut after = project.clone();
            with_growth(&project, Edit::Several(String::new(), edits), &placed).apply(&mut after).unwrap();
            for (id, zone) in after.zones.iter() {
                let parent = zone.parent.and_then(|it| after.zones.get(it));
                assert!(parent.is_none_or(|it| it.frame.grown(0.1).encloses(&zone.frame)), "seed {seed}: {}", zone.tag);
                let beside = after.zones.iter().filter(|(other, it)| *other != id && it.parent == zone.parent);
                let over = beside.map(|it| it.1).find(|it| it.frame.grown(-0.1).overlaps(&zone.frame));
                assert_eq!(over.map(|it| &it.tag), None, "seed {seed}: over {}", zone.tag);
                let before = project.zones.get(id).unwrap().frame;
                let way = (zone.frame.x - before.x).abs().max((zone.frame.y - before.y).abs());
                assert!(way < 3.0 * 300.0 + 3.0 * ZONE_HEADER, "seed {seed}: {} went {way}", zone.tag);
            }
        }
    }

    #[test]
    fn two_homes_that_an_edit_makes_larger_do_not_come_over_each_other() {
        let plant = row().zone("NEXT", |zone| zone.frame = Rect::new(310.0, 0.0, 200.0, 200.0));
        let drawn = Drawn::of(&plant);
        let frames = |by: f32| {
            let sized = |tag: &str| {
                let id = zone_id(&drawn.project, tag);
                let frame = zone(&drawn.project, tag).frame;
                (id, Rect { width: frame.width + by, ..frame })
            };
            Edit::Place(Place::Frames(vec![sized("OUTER"), sized("NEXT")]))
        };
        let after = drawn.after(&with_growth(&drawn.project, frames(150.0), &BTreeSet::new()));
        let frame = |tag: &str| zone(&after, tag).frame;
        assert_eq!((frame("OUTER").x, frame("OUTER").right()), (0.0, 450.0));
        assert_eq!((frame("NEXT").x, frame("NEXT").width), (460.0, 350.0), "it grows where it was moved aside");
        assert_eq!(frame("LAST").x - frame("NEXT").right(), 50.0);
    }

    #[test]
    fn a_zone_gets_more_rows_for_the_assets_that_are_put_into_it() {
        let mut plant = row().zone("FULL", |zone| zone.frame = Rect::new(0.0, 320.0, 220.0, 110.0));
        for number in 0..4 {
            plant = plant.asset(&format!("A-{number}"), "plc", if number < 2 { "FULL" } else { "OUTER" }, |_| ());
        }
        let drawn = Drawn::of(&plant);
        let (full, assets) = (zone_id(&drawn.project, "FULL"), ["A-2", "A-3"].map(AssetId::derived_from));
        let put = Edit::Place(Place::Assets { assets: assets.into(), zone: Some(full), places: Vec::new() });
        let after = drawn.after(&with_growth(&drawn.project, put, &BTreeSet::new()));
        assert_eq!(zone(&after, "FULL").frame.height, 110.0 + crate::drawing::metrics::ASSET_HEIGHT);
        assert!(["A-0", "A-1", "A-2", "A-3"].iter().all(|tag| zone(&after, "FULL").frame.encloses(&cell(&after, tag))));
    }

    #[test]
    fn notes_make_room_too_and_go_along_with_the_zone_that_they_lie_in() {
        let mut fixture = row();
        let frames = [(312.0, false), (350.0, false), (900.0, false), (314.0, true)];
        let ids = frames.map(|(x, locked)| {
            let id = NoteId::derived_from(&format!("{x}"));
            let note = Note { frame: Rect::new(x, 100.0, 20.0, 20.0), locked, ..Note::default() };
            fixture.project.notes.insert(id, note);
            id
        });
        let after = moved(&Drawn::of(&fixture), "INNER", (100.0, 0.0));
        let went = [0, 1, 2, 3].map(|it: usize| after.notes.get(ids[it]).unwrap().frame.x - frames[it].0);
        assert_eq!(went, [54.0, 54.0, 0.0, 0.0], "beside, in NEXT, far away, locked");
        assert_eq!(zone(&after, "NEXT").frame.x, 394.0);
    }
}
