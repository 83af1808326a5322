//! Ten thousand random gestures on generated plants, by the same functions that the
//! canvas calls: nothing dangles, nothing is lost, undo takes all of it back.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fastrand::Rng;
use zonewright::catalogue::Catalogue;
use zonewright::drawing::asset_places;
use zonewright::drawing::layout::place_unplaced;
use zonewright::drawing::route::{Route, Routing};
use zonewright::edit::{Edit, EditError};
use zonewright::generate::{Size, plant};
use zonewright::hands::arrange::{Align, align, distribute, in_rows, nudge, same_size};
use zonewright::hands::gesture::{Gesture, Tool, sizable};
use zonewright::hands::hit::{Grips, Handle, hit};
use zonewright::hands::leave::take_out;
use zonewright::hands::order::{Bring, bring};
use zonewright::hands::select::{all, frame_of};
use zonewright::hands::{Axis, Field, Hand, Held, clipboard, cut, draw, join, lock, room};
use zonewright::history::History;
use zonewright::model::*;

const SESSIONS: u64 = 25;
const GESTURES: usize = 400;

/// What a gesture may do to a plant beyond moving things about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Things are moved, sized, joined, ordered, added: nothing goes.
    Shapes,
    /// Locks come and go.
    Locks,
    /// Things go because they were to go.
    Removes,
    /// Assets may come to stand in no zone.
    Homeless,
}

struct Driver {
    rng: Rng,
    history: History,
    drawn: Drawn,
    clipboard: String,
    cut: Option<cut::Cut>,
    done: usize,
    refused: usize,
}

/// Where assets and conduits are drawn.
#[derive(Clone, Default)]
struct Drawn {
    cells: BTreeMap<AssetId, Rect>,
    routes: BTreeMap<ConduitId, Arc<Route>>,
}

impl Drawn {
    /// Of a project; with routes of some steps ago, which will do to press on.
    fn of(project: &Project, earlier: Option<&Self>) -> Self {
        let routes = match earlier {
            Some(drawn) => {
                let kept = drawn.routes.iter().filter(|(id, _)| project.conduits.contains(**id));
                kept.map(|(id, route)| (*id, Arc::clone(route))).collect()
            }
            None => Routing::of(project, |_| 40.0).routes().clone(),
        };
        Self { cells: asset_places(project).cells, routes }
    }

    fn field<'a>(&'a self, project: &'a Project) -> Field<'a> {
        Field { project, shown: project, cells: &self.cells, routes: &self.routes, scene: None }
    }
}

impl Driver {
    fn new(seed: u64) -> Self {
        let size = Size { zones: 24, conduits: 30, assets: 60, answers: 3, conduit_answers: 1 };
        let mut project = plant(size, seed);
        place_unplaced(&mut project);
        for number in 0..4 {
            let frame = Rect::new(-400.0, 200.0 * number as f32, 240.0, 90.0);
            let note = Note { frame, text: format!("Note {number}"), ..Note::default() };
            project.notes.insert(NoteId::derived_from(&format!("{seed} {number}")), note);
        }
        let drawn = Drawn::of(&project, None);
        let history = History::new(project);
        Self { rng: Rng::with_seed(seed), history, drawn, clipboard: String::new(), cut: None, done: 0, refused: 0 }
    }

    fn project(&self) -> Project {
        self.history.current().clone()
    }

    fn chance(&mut self, per_cent: u32) -> bool {
        self.rng.u32(0..100) < per_cent
    }

    fn some_subject(&mut self, project: &Project) -> Option<Subject> {
        let zones: Vec<Subject> = project.zones.ids().map(Subject::from).collect();
        let assets: Vec<Subject> = project.assets.ids().map(Subject::from).collect();
        let conduits: Vec<Subject> = project.conduits.ids().map(Subject::from).collect();
        let notes: Vec<Subject> = project.notes.ids().map(Subject::from).collect();
        let of = match self.rng.u32(0..10) {
            0..5 => zones,
            5..8 => assets,
            8 => conduits,
            _ => notes,
        };
        self.rng.choice(of)
    }

    fn selection(&mut self, project: &Project) -> Vec<Subject> {
        if self.chance(2) {
            return all(project, &[]);
        }
        let count = [1, 1, 1, 2, 3, 6][self.rng.usize(0..6)];
        (0..count).filter_map(|_| self.some_subject(project)).collect()
    }

    fn held(&mut self) -> Held {
        Held { shift: self.chance(15), alt: self.chance(12), command: self.chance(40) }
    }

    fn hand(&mut self, at: Point) -> Hand {
        let zoom = [0.4, 1.0, 1.0, 2.5][self.rng.usize(0..4)];
        Hand { at, zoom, seen: Rect::new(at.x - 900.0, at.y - 600.0, 1800.0, 1200.0), held: self.held() }
    }

    fn place_on(&mut self, frame: Rect) -> Point {
        Point::new(frame.x + self.rng.f32() * frame.width, frame.y + self.rng.f32() * frame.height)
    }

    /// Somewhere a gesture could begin or end: on something, at a grip, on nothing.
    fn some_place(&mut self, project: &Project) -> Point {
        let subject = self.some_subject(project);
        let frame = subject.and_then(|it| frame_of(&self.drawn.field(project), it));
        match frame {
            Some(frame) if self.rng.u32(0..10) < 9 => self.place_on(frame),
            _ => Point::new(self.rng.f32() * 4000.0 - 1000.0, self.rng.f32() * 4000.0 - 1000.0),
        }
    }

    /// Presses somewhere, drags, and lets go or takes it back.
    fn drag(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let drawn = self.drawn.clone();
        let field = drawn.field(&project);
        let tool = [Tool::Select, Tool::Select, Tool::Select, Tool::Select, Tool::Zone, Tool::Conduit, Tool::Flow]
            [self.rng.usize(0..7)];
        let conduit = selected.iter().find_map(|it| if let Subject::Conduit(id) = it { Some(*id) } else { None });
        let grips = Grips { frame: sizable(&field, &selected), conduit, has_ports: true };
        let end = conduit.and_then(|id| drawn.routes.get(&id)).map(|it| it.points.clone()).unwrap_or_default();
        let first = selected.first().and_then(|&it| frame_of(&field, it));
        let from = match (self.rng.u32(0..10), grips.frame, end.first().copied().zip(end.last().copied())) {
            (0..4, Some(frame), _) => Handle::ALL[self.rng.usize(0..8)].place(frame),
            (0..7, _, Some((first, last))) => {
                if self.rng.bool() {
                    first
                } else {
                    last
                }
            }
            (0..7, ..) if first.is_some() => self.place_on(first.unwrap()),
            _ => self.some_place(&project),
        };
        let mut hand = self.hand(from);
        hand.held = Held::default();
        let under = hit(&field, from, hand.zoom, &grips);
        let mut gesture = Gesture::begin(&field, tool, under, &selected, &hand);
        let places = self.rng.usize(1..4);
        let mut last = hand;
        for _ in 0..places {
            let at = match self.rng.u32(0..3) {
                0 => self.some_place(&project),
                1 => from.offset(self.rng.f32() * 80.0 - 40.0, self.rng.f32() * 80.0 - 40.0),
                _ => from.offset(self.rng.f32() * 1200.0 - 600.0, self.rng.f32() * 1200.0 - 600.0),
            };
            last = self.hand(at);
            match gesture.at(&field, &last).edit {
                Some(edit) => self.preview(&edit),
                None => self.history.abort(),
            }
        }
        let outcome = gesture.at(&field, &last);
        self.history.abort();
        assert!(self.history.current().same(&project), "a drag taken back leaves the very same project");
        if self.chance(10) {
            return;
        }
        if let Some(missing) = outcome.missing {
            let edit = if self.rng.bool() { missing.with_conduit(&project).0 } else { missing.alone(&project) };
            self.apply(&edit, Kind::Shapes);
        } else if let Some(edit) = outcome.edit {
            assert!(!outcome.is_refused, "what is refused changes nothing: {edit:?}");
            self.apply(&edit, Kind::Shapes);
            let project = self.history.current();
            let selects = outcome.selects.unwrap_or_default();
            assert!(selects.iter().all(|it| it.exists_in(project)), "what is selected is there: {selects:?}");
        }
    }

    fn preview(&mut self, edit: &Edit) {
        match self.history.preview(edit) {
            Ok(()) | Err(EditError::TooDeep) => (),
            Err(error) => panic!("a preview that can't be: {error}: {edit:?}"),
        }
    }

    /// One of the commands on what is selected.
    fn command(&mut self) {
        let project = self.project();
        let selected = self.selection(&project);
        let drawn = self.drawn.clone();
        let field = drawn.field(&project);
        let axis = Axis::BOTH[self.rng.usize(0..2)];
        let mut zones: BTreeSet<ZoneId> = BTreeSet::new();
        let mut conduits = BTreeSet::new();
        for subject in &selected {
            match *subject {
                Subject::Zone(id) if !lock::is_zone_locked(&project, id) => drop(zones.insert(id)),
                Subject::Conduit(id) => drop(conduits.insert(id)),
                _ => (),
            }
        }
        let near = self.some_place(&project);
        let some_zone = project.zones.ids().nth(self.rng.usize(0..project.zones.len().max(1)));
        let (edit, kind) = match self.rng.u32(0..26) {
            0..3 => (align(&field, &selected, Align::ALL[self.rng.usize(0..6)]), Kind::Shapes),
            3 => (distribute(&field, &selected, axis), Kind::Shapes),
            4 => (same_size(&field, &selected, axis), Kind::Shapes),
            5 | 6 => (bring(&project, &selected, Bring::ALL[self.rng.usize(0..4)]), Kind::Shapes),
            7 => (lock::lock(&project, &selected[..selected.len().min(1)], self.rng.bool()), Kind::Locks),
            8 => (lock::lock(&project, &project.subjects().collect::<Vec<_>>(), false), Kind::Locks),
            9 | 10 => (room::fit(&project, &zones), Kind::Shapes),
            11 => (in_rows(&field, zones), Kind::Shapes),
            12 | 13 => {
                (nudge(&field, &selected, self.rng.f32() * 20.0 - 10.0, self.rng.f32() * 20.0 - 10.0), Kind::Shapes)
            }
            14 | 15 => (clipboard::duplicate(&field, &selected).map(|it| it.0), Kind::Shapes),
            16 => {
                if let Some((text, _)) = clipboard::copy(&project, &selected) {
                    self.clipboard = text;
                }
                (None, Kind::Shapes)
            }
            17 => match cut::cut(&project, &selected) {
                Some(cut) => {
                    self.clipboard.clone_from(&cut.text);
                    let edit = cut.edit.clone();
                    self.cut = Some(cut);
                    (Some(edit), Kind::Removes)
                }
                None => (None, Kind::Removes),
            },
            18..21 => {
                let pointer = self.rng.bool().then_some(near);
                let cut = self.cut.clone();
                let spot =
                    clipboard::Spot { pointer, middle: near, selected: &selected, is_pasted: false, cut: cut.as_ref() };
                let text = if self.chance(10) { "Some words\nof a note".to_owned() } else { self.clipboard.clone() };
                let pasted = clipboard::paste(&field, &text, &spot);
                (pasted.ok().flatten().map(|it| it.edit), Kind::Shapes)
            }
            21 => (draw::zone_around(&field, ZoneId::random(), &selected).ok(), Kind::Shapes),
            22 => (take_out(&field, &selected), Kind::Homeless),
            23 => (Some(draw::zone_near(&project, ZoneId::random(), some_zone, near)), Kind::Shapes),
            24 => {
                let types = Catalogue::embedded().asset_types();
                let kind = &types[self.rng.usize(0..types.len())].id;
                let at = self.rng.bool().then_some(near);
                let new = |zone| draw::new_asset(&project, Catalogue::embedded(), AssetId::random(), kind, (zone, at));
                (some_zone.and_then(new), Kind::Shapes)
            }
            _ if self.rng.bool() => (join::reversed(&project, conduits), Kind::Shapes),
            _ => {
                // a deleted zone leaves its assets, in no zone
                let kind = match selected.first() {
                    Some(Subject::Asset(_)) => Kind::Removes,
                    _ => Kind::Homeless,
                };
                (Some(Edit::Remove(selected.into_iter().take(1).collect())), kind)
            }
        };
        if let Some(edit) = edit {
            self.apply(&edit, kind);
        }
    }

    fn apply(&mut self, edit: &Edit, kind: Kind) {
        let before = self.project();
        match self.history.apply(edit) {
            Ok(_) => self.done += 1,
            Err(EditError::TooDeep) => self.refused += 1,
            Err(error) => panic!("an edit that can't be: {error}: {edit:?}"),
        }
        let label = edit.label(&before);
        check(&before, self.history.current(), kind, &label);
    }

    fn step(&mut self, number: usize) {
        let is_crowded = self.history.current().zones.len() > 60;
        match self.rng.u32(0..100) {
            _ if is_crowded => {
                let project = self.project();
                let top = project.zones.iter().find(|(_, it)| it.parent.is_none()).map(|(id, _)| id);
                let cut = top.and_then(|id| cut::cut(&project, &[id.into()]));
                if let Some(cut) = cut {
                    self.apply(&cut.edit, Kind::Removes);
                }
            }
            0..55 => self.drag(),
            55..90 => self.command(),
            90..95 => drop(self.history.undo()),
            _ => drop(self.history.redo()),
        }
        let project = self.project();
        self.drawn = Drawn::of(&project, (!number.is_multiple_of(10)).then_some(&self.drawn));
    }
}

/// What holds after every gesture.
fn check(before: &Project, after: &Project, kind: Kind, label: &str) {
    assert_eq!(after.first_unresolved(), None, "{label}");
    for (id, conduit) in after.conduits.iter() {
        assert!(conduit.ends().is_some(), "{label}: {id} dangles");
        assert_ne!(conduit.from, conduit.to, "{label}: {id} joins a zone with itself");
    }
    for (id, zone) in after.zones.iter() {
        assert!(zone.frame.is_drawable(), "{label}: {id} has the frame {:?}", zone.frame);
        assert!(!after.lies_in_itself(id) && !after.lies_too_deep(id), "{label}: {id} lies in itself");
        if let Some(outer) = zone.parent.and_then(|it| after.zones.get(it)) {
            let is_inside = outer.frame.grown(0.5).encloses(&zone.frame);
            assert!(is_inside, "{label}: {id} {:?} sticks out of {:?}", zone.frame, outer.frame);
        }
    }
    assert!(after.notes.values().all(|it| it.frame.is_drawable()), "{label}");
    assert!(after.assets.values().all(Asset::is_drawable), "{label}");
    if kind != Kind::Removes {
        for (id, asset) in before.assets.iter() {
            let Some(now) = after.assets.get(id) else { panic!("{label}: {id} is lost") };
            assert!(kind == Kind::Homeless || now.zone.is_some() || asset.zone.is_none(), "{label}: {id} is homeless");
        }
        if kind == Kind::Shapes {
            assert!(before.zones.ids().all(|it| after.zones.contains(it)), "{label}");
            assert!(before.conduits.ids().all(|it| after.conduits.contains(it)), "{label}");
            assert_eq!(
                before.answers,
                after
                    .answers
                    .iter()
                    .filter(|(it, _)| before.answers.contains(*it))
                    .map(|(it, answers)| (it, answers.clone()))
                    .collect(),
                "{label}"
            );
        }
    }
    if kind == Kind::Shapes {
        check_locks(before, after, label);
    }
    let tags: Vec<&str> = after.targets().map(|it| after.target_tag(it)).collect();
    assert_eq!(
        tags.iter().collect::<BTreeSet<_>>().len(),
        tags.len(),
        "{label}: tags of zones and conduits are unique"
    );
}

/// What is locked keeps its size, and its place, unless the zone around it goes along.
fn check_locks(before: &Project, after: &Project, label: &str) {
    for (id, zone) in before.zones.iter().filter(|(id, _)| lock::is_zone_locked(before, *id)) {
        let Some(now) = after.zones.get(id) else { continue };
        let size = |frame: Rect| (frame.width, frame.height);
        let moved = |id: ZoneId| {
            let (then, now) = (before.zones.get(id).unwrap().frame, after.zones.get(id).unwrap().frame);
            (now.x - then.x, now.y - then.y)
        };
        let near = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01;
        assert!(near(size(zone.frame), size(now.frame)), "{label}: locked {id} was sized");
        let way = moved(id);
        let went_along = before.zone_ancestors(id).into_iter().any(|outer| near(moved(outer), way));
        assert!(near(way, (0.0, 0.0)) || went_along, "{label}: locked {id} was moved by {way:?}");
        assert_eq!(zone.parent, now.parent, "{label}: locked {id} was put elsewhere");
    }
    for (id, asset) in before.assets.iter().filter(|(id, _)| lock::is_locked(before, (*id).into())) {
        let now = after.assets.get(id).unwrap();
        assert_eq!((asset.zone, asset.place), (now.zone, now.place), "{label}: {id} stands in a locked zone");
    }
    for (id, note) in before.notes.iter().filter(|(_, it)| it.locked) {
        assert_eq!(Some(note.frame), after.notes.get(id).map(|it| it.frame), "{label}: {id} is locked");
    }
}

#[test]
fn ten_thousand_random_gestures_lose_nothing_and_are_all_taken_back() {
    let (mut done, mut refused) = (0, 0);
    for seed in 0..SESSIONS {
        fastrand::seed(seed);
        let mut driver = Driver::new(seed);
        let start = driver.project();
        check(&start, &start, Kind::Shapes, "the plant");
        for number in 0..GESTURES {
            driver.step(number);
        }
        let end = driver.project();
        let mut taken_back = 0;
        while driver.history.undo().is_some() {
            taken_back += 1;
        }
        assert_eq!(*driver.history.current(), start, "seed {seed}: all is taken back");
        for _ in 0..taken_back {
            assert!(driver.history.redo().is_some(), "seed {seed}: each step can be done again");
        }
        assert_eq!(*driver.history.current(), end, "seed {seed}: all is done again");
        done += driver.done;
        refused += driver.refused;
    }
    assert!(done > 4_000, "most gestures change something: {done} did, {refused} were refused");
}
