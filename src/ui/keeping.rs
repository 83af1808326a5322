//! What is said of a file before it is imported is kept, and said again when the same file is opened: it
//! outlives a crash, leaving without an import, and an import that is taken back.

use std::time::{Duration, Instant};

use egui::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::SaidOf;

/// It is kept so long after the first word that is not kept yet.
const SOON: Duration = Duration::from_millis(300);

/// Where what is said is kept, and since when that lacks something.
pub struct Keeping<T> {
    place: Option<SaidOf>,
    /// What is so without a word.
    pub unsaid: T,
    since: Option<Instant>,
    goes_on: bool,
}

impl<T: PartialEq + Serialize + DeserializeOwned> Keeping<T> {
    /// Keeps nothing yet.
    pub fn nowhere(unsaid: T) -> Self {
        Self { place: None, unsaid, since: None, goes_on: false }
    }

    /// Keeps it at this place from now on. Returns what is kept there.
    pub fn begin(&mut self, place: Option<SaidOf>) -> Option<T> {
        self.place = place;
        let said = self.place.as_ref().and_then(SaidOf::read);
        self.goes_on = said.is_some();
        said
    }

    /// Whether what was kept is on the screen, and nothing else was said since.
    pub fn goes_on(&self) -> bool {
        self.goes_on
    }

    /// Something is being said.
    pub fn lacks_something(&mut self) {
        self.since.get_or_insert_with(Instant::now);
        self.goes_on = false;
    }

    /// Keeps what is said when it is time.
    pub fn keep_soon(&mut self, ctx: &Context, said: impl FnOnce() -> T) {
        let Some(since) = self.since else { return };
        match SOON.checked_sub(since.elapsed()) {
            Some(wait) => ctx.request_repaint_after(wait),
            None => {
                self.keep(&said());
            }
        }
    }

    /// Keeps what is said now. Returns whether there is anything.
    pub fn keep(&mut self, said: &T) -> bool {
        let is_said = *said != self.unsaid;
        let Some(place) = &self.place else { return false };
        if self.since.take().is_some() {
            if is_said {
                // what can't be kept is still on the screen
                let _ = place.keep(said);
            } else {
                place.forget();
            }
        }
        is_said
    }
}
