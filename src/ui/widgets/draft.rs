//! What was typed and is in no project yet: it stands in its field again when that is shown for the same
//! thing, after it was left and after a crash.

use std::collections::BTreeMap;
use std::fmt::Debug;

use egui::{Context, Id};

use crate::store::Unfinished;

/// All that was typed so.
#[derive(Clone, Default)]
pub(super) struct Begun(BTreeMap<Draft, Typed>);

/// A text, and what it was typed over.
#[derive(Clone)]
struct Typed {
    text: String,
    over: String,
}

/// Where one text about one thing is typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draft {
    place: String,
    about: String,
}

fn all() -> Id {
    Id::unique("what was typed and is in no project yet")
}

fn begun<T>(ctx: &Context, with: impl FnOnce(&mut BTreeMap<Draft, Typed>) -> T) -> T {
    ctx.data_mut(|data| with(&mut data.get_temp_mut_or_default::<Begun>(all()).0))
}

impl Draft {
    /// The place, and what is typed about there.
    pub fn of(place: &str, about: impl Debug) -> Self {
        Self { place: place.to_owned(), about: format!("{about:?}") }
    }

    /// What stands in the field: what was typed over the same text, or else that.
    pub fn text(&self, ctx: &Context, proposed: &str) -> String {
        begun(ctx, |all| {
            // what has changed since, as by undo, is what counts
            if all.get(self).is_some_and(|it| it.over != proposed) {
                all.remove(self);
            }
            all.get(self).map_or(proposed, |it| &it.text).to_owned()
        })
    }

    /// Keeps what was typed; what says no more than was proposed is not kept.
    pub fn keep(&self, ctx: &Context, text: &str, proposed: &str) {
        if text.trim().is_empty() || text == proposed {
            self.forget(ctx);
        } else {
            let typed = Typed { text: text.to_owned(), over: proposed.to_owned() };
            begun(ctx, |all| all.insert(self.clone(), typed));
        }
    }

    /// It was given, and waits no more.
    pub fn forget(&self, ctx: &Context) {
        begun(ctx, |all| all.remove(self));
    }

    /// All that was typed, for a copy that outlives a crash.
    pub fn unfinished(ctx: &Context) -> Vec<Unfinished> {
        let told = |(Self { place, about }, Typed { text, over })| Unfinished { place, about, text, over };
        begun(ctx, |all| all.clone()).into_iter().map(told).collect()
    }

    /// Takes up what was typed before a crash.
    pub fn take_up(ctx: &Context, unfinished: Vec<Unfinished>) {
        let typed = |Unfinished { place, about, text, over }| (Self { place, about }, Typed { text, over });
        begun(ctx, |all| *all = unfinished.into_iter().map(typed).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_there_again_for_the_same_thing_alone() {
        let ctx = Context::default();
        let refused = Draft::of("refuse", "R-1");
        refused.keep(&ctx, "Nobody gets", "");
        assert_eq!(Draft::of("refuse", "R-2").text(&ctx, ""), "");
        assert_eq!(Draft::of("rename", "R-1").text(&ctx, "Cell"), "Cell");
        assert_eq!(refused.text(&ctx, ""), "Nobody gets");
        let after_a_crash = Context::default();
        Draft::take_up(&after_a_crash, Draft::unfinished(&ctx));
        assert_eq!(refused.text(&after_a_crash, ""), "Nobody gets");
        refused.forget(&ctx);
        assert_eq!(refused.text(&ctx, ""), "", "it was given");
        assert!(Draft::unfinished(&ctx).is_empty());
    }

    #[test]
    fn what_was_proposed_and_what_was_emptied_is_no_draft() {
        let (ctx, draft) = (Context::default(), Draft::of("keep", "part"));
        for typed in ["Cell", "  "] {
            draft.keep(&ctx, "Cell 1", "Cell");
            draft.keep(&ctx, typed, "Cell");
            assert!(Draft::unfinished(&ctx).is_empty());
            assert_eq!(draft.text(&ctx, "Cell"), "Cell");
        }
    }

    #[test]
    fn what_changed_below_a_draft_takes_its_place() {
        let (ctx, draft) = (Context::default(), Draft::of("date", "due"));
        draft.keep(&ctx, "2026-1", "");
        assert_eq!(draft.text(&ctx, "2026-11-21"), "2026-11-21");
        assert!(Draft::unfinished(&ctx).is_empty());
    }
}
