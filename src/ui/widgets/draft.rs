//! What was typed into a dialog that was left without its button, by Esc or beside it: it stands there
//! again when the dialog is opened for the same thing.

use std::fmt::Debug;
use std::hash::Hash;
use std::mem::take;

use egui::{Context, Id};

/// The texts of the dialogs that were left, each with what its dialog is.
#[derive(Clone, Default)]
pub(super) struct Begun(Vec<(Draft, String)>);

/// Where the text of one dialog about one thing is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    dialog: Id,
    about: Id,
}

fn all() -> Id {
    Id::unique("what was typed into dialogs that were left")
}

impl Draft {
    /// The dialog, and what it is opened for.
    pub fn of(dialog: &str, about: impl Hash + Debug) -> Self {
        let dialog = Id::unique(("draft", dialog));
        Self { dialog, about: dialog.with(about) }
    }

    /// The text to begin with: what was begun when it was left, or else what is proposed.
    pub fn begin(self, ctx: &Context, proposed: String) -> String {
        self.take(ctx).unwrap_or(proposed)
    }

    /// Keeps what was typed until the dialog begins again; what says no more than was proposed is not kept.
    pub fn keep(self, ctx: &Context, text: &str, proposed: &str) {
        let is_typed = !text.trim().is_empty() && text != proposed;
        self.take(ctx);
        if is_typed {
            ctx.data_mut(|data| data.get_temp_mut_or_default::<Begun>(all()).0.push((self, text.to_owned())));
        }
    }

    /// How many texts of a dialog wait to be gone on with.
    pub fn count(ctx: &Context, dialog: &str) -> usize {
        let dialog = Id::unique(("draft", dialog));
        let begun = ctx.data(|data| data.get_temp::<Begun>(all())).unwrap_or_default();
        begun.0.iter().filter(|(draft, _)| draft.dialog == dialog).count()
    }

    fn take(self, ctx: &Context) -> Option<String> {
        ctx.data_mut(|data| {
            let begun = &mut data.get_temp_mut_or_default::<Begun>(all()).0;
            let (mine, others): (Vec<_>, Vec<_>) = take(begun).into_iter().partition(|(draft, _)| *draft == self);
            *begun = others;
            mine.into_iter().next().map(|(_, text)| text)
        })
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
        assert_eq!(["refuse", "rename"].map(|it| Draft::count(&ctx, it)), [1, 0]);
        assert_eq!(Draft::of("refuse", "R-1").begin(&ctx, String::new()), "Nobody gets");
        assert_eq!(Draft::of("refuse", "R-1").begin(&ctx, String::new()), "", "it was gone on with");
        assert_eq!(Draft::count(&ctx, "refuse"), 0);
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
