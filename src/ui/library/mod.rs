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
    /// The parts, once they were asked for.
    pub parts: Parts,
}
