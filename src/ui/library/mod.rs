//! The user's library in the window: the gallery of templates, the parts kept, and the
//! questions that both ask.

mod ask;
mod gallery;
mod parts;
mod picture;

pub use ask::{Ask, contents};
pub use gallery::Gallery;
pub use parts::{PICTURE, Part, Parts, Shelf};
pub use picture::paint_thumbnail;

use crate::model::Subject;
use crate::ui::widgets::Draft;

/// What is asked for about templates and parts.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryAction {
    /// Open or close the gallery of templates.
    Gallery(bool),
    /// Ask for a name and keep the open project as a template.
    SaveTemplate,
    /// Show the folder of the user's own templates.
    ShowTemplates,
    /// Show the folder of the user's own parts.
    ShowParts,
    /// Ask for a name and keep these as a part.
    KeepPart(Vec<Subject>),
    /// Ask for a name and keep what is selected as a part.
    KeepSelection,
    /// Ask something about a template or part.
    Ask(Ask),
    /// The question was answered.
    Answer(Ask),
    /// The question was left.
    Leave,
    /// Say something in the status bar.
    Say(String),
}

/// What the window knows of the library.
#[derive(Default)]
pub struct Library {
    /// The gallery, while it is open.
    pub gallery: Option<Gallery>,
    /// What is asked, while it is.
    pub ask: Option<Ask>,
    /// The name that the question proposed.
    pub proposed: String,
    /// The parts, once they were asked for.
    pub parts: Parts,
}

impl Library {
    /// Asks something, with the name that was begun for it when it was left before.
    pub fn begin(&mut self, ctx: &egui::Context, mut ask: Ask) {
        let heading = ask.heading();
        if let Some(name) = ask.name() {
            self.proposed.clone_from(name);
            *name = Draft::of(heading, &self.proposed).text(ctx, &self.proposed);
        }
        self.ask = Some(ask);
    }

    /// Keeps the name that is begun, with each letter.
    pub fn keep(&mut self, ctx: &egui::Context) {
        let Some(ask) = &mut self.ask else { return };
        let heading = ask.heading();
        if let Some(name) = ask.name() {
            Draft::of(heading, &self.proposed).keep(ctx, name, &self.proposed);
        }
    }

    /// The name of this question was given.
    pub fn given(&self, ctx: &egui::Context, heading: &str) {
        Draft::of(heading, &self.proposed).forget(ctx);
    }
}
