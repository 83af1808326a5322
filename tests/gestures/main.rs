//! Ten thousand random gestures on generated plants, by the same functions that the
//! window calls: nothing dangles, nothing is lost, undo takes all of it back.

#![cfg(test)]

mod check;
mod command;
mod drag;
mod elsewhere;
mod pick;

use fastrand::Rng;
use zonewright::catalogue::Catalogue;
use zonewright::drawing::layout::place_unplaced;
use zonewright::edit::{Edit, EditError};
use zonewright::generate::{Size, plant};
use zonewright::hands::cut::Cut;
use zonewright::history::History;
use zonewright::model::*;

use self::check::{Allows, check};
use self::pick::Drawn;

const SESSIONS: u64 = 25;
const GESTURES: usize = 400;

/// A project open in the editor.
struct Desk {
    start: Project,
    history: History,
    drawn: Drawn,
    view: DiagramView,
}

impl Desk {
    fn new(seed: u64, zones: usize) -> Self {
        let size = Size { zones, conduits: zones + 6, assets: 2 * zones + 12, answers: 3, conduit_answers: 1 };
        let mut project = plant(size, seed);
        place_unplaced(&mut project);
        for number in 0..4 {
            let frame = Rect::new(-400.0, 200.0 * number as f32, 240.0, 90.0);
            let note = Note { frame, text: format!("Note {number}"), ..Note::default() };
            project.notes.insert(NoteId::derived_from(&format!("{seed} {number}")), note);
        }
        let view = DiagramView::whole_plant();
        let drawn = Drawn::of(&project, &view, None);
        Self { start: project.clone(), history: History::new(project), drawn, view }
    }

    /// All is taken back, and done again.
    fn take_back(mut self, seed: u64) {
        let end = self.history.current().clone();
        let mut taken_back = 0;
        while self.history.undo().is_some() {
            taken_back += 1;
        }
        assert_eq!(*self.history.current(), self.start, "seed {seed}: all is taken back");
        for _ in 0..taken_back {
            assert!(self.history.redo().is_some(), "seed {seed}: each step can be done again");
        }
        assert_eq!(*self.history.current(), end, "seed {seed}: all is done again");
    }
}

/// Someone at the editor, with two projects to go between.
struct Driver {
    rng: Rng,
    catalogue: &'static Catalogue,
    desk: Desk,
    other: Desk,
    clipboard: String,
    cut: Option<Cut>,
    done: usize,
    refused: usize,
}

impl Driver {
    fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            catalogue: Catalogue::embedded(),
            desk: Desk::new(seed, 24),
            other: Desk::new(seed, 4),
            clipboard: String::new(),
            cut: None,
            done: 0,
            refused: 0,
        }
    }

    fn project(&self) -> Project {
        self.desk.history.current().clone()
    }

    fn preview(&mut self, edit: &Edit) {
        match self.desk.history.preview(edit) {
            Ok(()) | Err(EditError::TooDeep | EditError::OffCanvas) => (),
            Err(error) => panic!("a preview that can't be: {error}: {edit:?}"),
        }
    }

    fn apply(&mut self, edit: &Edit, allows: &Allows) {
        self.apply_as(edit, allows, None);
    }

    /// Applies an edit; under a key it may go on from the step before.
    fn apply_as(&mut self, edit: &Edit, allows: &Allows, key: Option<u64>) {
        let before = self.project();
        let history = &mut self.desk.history;
        let applied = match key {
            Some(key) => history.apply_continuing(edit, key),
            None => history.apply(edit),
        };
        match applied {
            Ok(_) => self.done += 1,
            Err(EditError::TooDeep | EditError::OffCanvas) => {
                self.refused += 1;
                assert!(self.desk.history.current().same(&before), "what is refused changes nothing: {edit:?}");
            }
            Err(error) => panic!("an edit that can't be: {error}: {edit:?}"),
        }
        check(&before, self.desk.history.current(), allows, &edit.label(&before));
    }

    fn step(&mut self, number: usize) {
        let is_crowded = self.desk.history.current().zones.len() > 60;
        match self.rng.u32(0..1000) {
            _ if is_crowded => self.clear_away(),
            0..420 => self.drag(),
            420..460 => self.drop_from_a_list(),
            460..740 => self.command(),
            740..790 => self.drop_in_outline(),
            790..810 => self.put_part(),
            810..830 => self.rename(),
            830..840 => self.work_on_views(),
            840 => self.lay_out(),
            841..853 => self.mend(),
            853..870 => self.change_view(),
            870..880 => self.change_project(),
            880..945 => drop(self.desk.history.undo()),
            _ => drop(self.desk.history.redo()),
        }
        let desk = &mut self.desk;
        let earlier = (!number.is_multiple_of(25)).then_some(&desk.drawn);
        desk.drawn = Drawn::of(desk.history.current(), &desk.view, earlier);
    }
}

fn session(seed: u64) -> (usize, usize) {
    fastrand::seed(seed);
    let mut driver = Driver::new(seed);
    check(&driver.desk.start, &driver.desk.start, &Allows::default(), "the plant");
    for number in 0..GESTURES {
        driver.step(number);
    }
    driver.desk.take_back(seed);
    driver.other.take_back(seed);
    (driver.done, driver.refused)
}

#[test]
fn ten_thousand_random_gestures_lose_nothing_and_are_all_taken_back() {
    let (done, refused) = (0..SESSIONS).map(session).fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1));
    assert!(done > 4_000, "most gestures change something: {done} did, {refused} were refused");
    assert!(refused < 100, "hardly any goes beyond the canvas or is too deep: {refused}");
}
