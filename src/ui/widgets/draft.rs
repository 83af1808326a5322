//! What was typed into a dialog that was left without its button, by Esc or beside it: it stands there
//! again when the dialog is opened for the same thing.

use std::fmt::Debug;
use std::hash::Hash;

use egui::{Context, Id};

/// The text of a dialog that was left.
#[derive(Clone, Default)]
pub(super) struct Begun(String);

/// Where the text of one dialog about one thing is kept.
#[derive(Clone, Copy)]
pub struct Draft(Id);

impl Draft {
    /// The dialog, and what it is opened for.
    pub fn of(dialog: &str, about: impl Hash + Debug) -> Self {
        Self(Id::unique(("draft", dialog)).with(about))
    }

    /// The text to begin with: what was begun when it was left, or else what is proposed.
    pub fn begin(self, ctx: &Context, proposed: String) -> String {
        ctx.data_mut(|data| data.remove_temp::<Begun>(self.0)).map_or(proposed, |it| it.0)
    }

    /// Keeps what was typed until the dialog begins again; what says no more than was proposed is not kept.
    pub fn keep(self, ctx: &Context, text: &str, proposed: &str) {
        let is_typed = !text.trim().is_empty() && text != proposed;
        ctx.data_mut(|data| {
            data.remove::<Begun>(self.0);
            if is_typed {
                data.insert_temp(self.0, Begun(text.to_owned()));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_there_again_for_the_same_thing_alone() {
        let ctx = Context::default();
        Draft::of("refuse", "R-1").keep(&ctx, "Nobody gets", "");
        assert_eq!(Draft::of("refuse", "R-2").begin(&ctx, String::new()), "");
        assert_eq!(Draft::of("rename", "R-1").begin(&ctx, "Cell".into()), "Cell");
        assert_eq!(Draft::of("refuse", "R-1").begin(&ctx, String::new()), "Nobody gets");
        assert_eq!(Draft::of("refuse", "R-1").begin(&ctx, String::new()), "", "it was gone on with");
    }

    #[test]
    fn what_was_proposed_and_what_was_emptied_is_no_draft() {
        let (ctx, draft) = (Context::default(), Draft::of("keep", "part"));
        draft.keep(&ctx, "Cell 1", "Cell");
        draft.keep(&ctx, "Cell", "Cell");
        assert_eq!(draft.begin(&ctx, "Cell".into()), "Cell");
        draft.keep(&ctx, "Cell 1", "Cell");
        draft.keep(&ctx, "  ", "Cell");
        assert_eq!(draft.begin(&ctx, "Cell".into()), "Cell");
    }
}
