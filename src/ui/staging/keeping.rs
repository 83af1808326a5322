//! What is said of a drawing is kept, and said again when the same drawing is opened: it outlives a crash,
//! leaving without an import, and an import that is taken back.

use std::time::{Duration, Instant};

use egui::Context;

use super::StagingScreen;
use crate::exchange::drawings::staging::{Said, Staging};
use crate::store::SaidOf;

/// It is kept so long after the first word that is not kept yet.
const SOON: Duration = Duration::from_millis(300);

/// Where what is said is kept, and since when that lacks something.
pub(super) struct Keeping {
    place: Option<SaidOf>,
    /// What is so without a word.
    unsaid: Said,
    since: Option<Instant>,
    /// What was said before is on the screen, and nothing else was said since.
    pub goes_on: bool,
}

impl Keeping {
    pub fn of(staging: &Staging) -> Self {
        Self { place: None, unsaid: staging.said(), since: None, goes_on: false }
    }

    /// Something is being said.
    pub fn lacks_something(&mut self) {
        self.since.get_or_insert_with(Instant::now);
        self.goes_on = false;
    }
}

impl StagingScreen {
    /// Keeps at this place what is said, and says again what was kept there.
    pub fn kept_at(mut self, place: Option<SaidOf>) -> Self {
        let said = place.as_ref().and_then(SaidOf::read);
        self.keeping.place = place;
        if let Some(said) = said {
            self.step(None);
            self.staging.say(said);
            (self.keeping.since, self.keeping.goes_on) = (None, true);
        }
        self
    }

    /// Keeps what is said when it is time.
    pub(super) fn keep_soon(&mut self, ctx: &Context) {
        let Some(since) = self.keeping.since else { return };
        match SOON.checked_sub(since.elapsed()) {
            Some(wait) => ctx.request_repaint_after(wait),
            None => {
                self.keep();
            }
        }
    }

    /// Keeps what is said now. Returns whether there is anything.
    pub fn keep(&mut self) -> bool {
        let said = self.staging.said();
        let is_said = said != self.keeping.unsaid;
        if let (Some(place), Some(_)) = (&self.keeping.place, self.keeping.since.take()) {
            if is_said {
                // what can't be kept is still on the screen
                let _ = place.keep(&said);
            } else {
                place.forget();
            }
        }
        is_said && self.keeping.place.is_some()
    }
}
