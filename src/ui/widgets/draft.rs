//! What was typed into a dialog and not given: it stands there again when the dialog is opened for the
//! same thing, after it was left by Esc and after a crash.

use std::fmt::Debug;
use std::mem::take;

use egui::{Context, Id};

use crate::store::Unfinished;

/// What stands in dialogs and was not given.
#[derive(Clone, Default)]
pub(super) struct Begun(Vec<Unfinished>);

/// Where the text of one dialog about one thing is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    dialog: String,
    about: String,
}

fn all() -> Id {
    Id::unique("what was typed into dialogs and not given")
}

impl Draft {
    /// The dialog, and what it is opened for.
    pub fn of(dialog: &str, about: impl Debug) -> Self {
        Self { dialog: dialog.to_owned(), about: format!("{about:?}") }
    }

    /// The text to begin with: what was begun when it was left, or else what is proposed.
    pub fn begin(&self, ctx: &Context, proposed: String) -> String {
        self.take(ctx).unwrap_or(proposed)
    }

    /// Keeps what was typed until the dialog begins again; what says no more than was proposed is not kept.
    pub fn keep(&self, ctx: &Context, text: &str, proposed: &str) {
        let is_typed = !text.trim().is_empty() && text != proposed;
        self.take(ctx);
        if is_typed {
            let Self { dialog, about } = self.clone();
            let unfinished = Unfinished { place: dialog, about, text: text.to_owned() };
            ctx.data_mut(|data| data.get_temp_mut_or_default::<Begun>(all()).0.push(unfinished));
        }
    }

    /// How many texts of a dialog wait to be gone on with.
    pub fn count(ctx: &Context, dialog: &str) -> usize {
        Self::unfinished(ctx).iter().filter(|it| it.place == dialog).count()
    }

    /// All that was typed and not given.
    pub fn unfinished(ctx: &Context) -> Vec<Unfinished> {
        ctx.data(|data| data.get_temp::<Begun>(all())).unwrap_or_default().0
    }

    /// Takes up what was typed before a crash.
    pub fn take_up(ctx: &Context, unfinished: Vec<Unfinished>) {
        ctx.data_mut(|data| data.get_temp_mut_or_default::<Begun>(all()).0 = unfinished);
    }

    fn take(&self, ctx: &Context) -> Option<String> {
        ctx.data_mut(|data| {
            let begun = &mut data.get_temp_mut_or_default::<Begun>(all()).0;
            let is_mine = |it: &Unfinished| it.place == self.dialog && it.about == self.about;
            let (mine, others): (Vec<_>, Vec<_>) = take(begun).into_iter().partition(is_mine);
            *begun = others;
            mine.into_iter().next().map(|it| it.text)
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
