//! Between the list of answers and the fields of one: who answers, what is chosen beside the
//! selection, and how the keyboard goes into a text and comes back.

use std::collections::BTreeSet;

use egui::{Event, Id, Key, Modifiers, Response, TextEdit, Ui};

use crate::model::{EvidenceId, GapKey, RequirementId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widgets::presses;

/// What holds for all answers that are given now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answering {
    /// The role that answers; empty: nobody in particular.
    pub role: String,
    /// The requirements chosen in the list, the selected one among them.
    pub chosen: BTreeSet<RequirementId>,
}

/// What is asked for about answers.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerAction {
    /// Gives the keyboard to a text of the selected answer.
    EnterText(AnswerText),
    /// A text was left for the list, which goes on to the next requirement or stays.
    LeftText(bool),
    /// From now on this role answers.
    AnswerAs(String),
    /// Opens what a piece of evidence is.
    OpenEvidence(EvidenceId),
    /// Goes to the first answer that a piece of evidence proves.
    ShowProved(EvidenceId),
    /// Asks for files and attaches them to these answers.
    ChooseEvidence(Vec<GapKey>),
    /// Asks for files and attaches them to the answers that are looked at.
    Attach,
}

/// A text of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerText {
    /// What was seen and said.
    Notes,
    /// What stands in for it.
    Countermeasure,
    /// Why it does not concern the place.
    Justification,
    /// A remark.
    Comment,
    /// Words to find evidence by.
    Evidence,
    /// Where an inherited answer comes from: chosen, not typed.
    Source,
}

fn wanted() -> Id {
    Id::unique("text of an answer that waits for the keyboard")
}

fn waiting() -> Id {
    Id::unique("events for a later frame")
}

fn escaped() -> Id {
    Id::unique("a field was left with Esc")
}

/// The keyboard goes to this text when it is shown next.
pub fn want(ctx: &egui::Context, text: AnswerText) {
    ctx.data_mut(|data| data.insert_temp(wanted(), (text, 0_u8)));
    ctx.request_repaint();
}

/// Whether the keyboard is to go to this now; asked for no more then.
pub fn take_wanted(ui: &Ui, text: AnswerText) -> bool {
    ui.data_mut(|data| {
        let is_wanted = data.get_temp::<(AnswerText, u8)>(wanted()).is_some_and(|(it, _)| it == text);
        if is_wanted {
            data.remove::<(AnswerText, u8)>(wanted());
        }
        is_wanted
    })
}

/// Attends to a text: gives it the keyboard where that was asked for, and goes back to the
/// list with Ctrl+Enter or Esc.
pub fn attend(ui: &Ui, ctx: &Context, text: Option<AnswerText>, field: &Response, letters: usize) {
    if text.is_some_and(|it| take_wanted(ui, it)) {
        field.request_focus();
        field.scroll_to_me(None);
        let mut state = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
        let end = egui::text::CCursor::new(letters);
        state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        state.store(ui.ctx(), field.id);
        ui.ctx().request_repaint();
        return;
    }
    let is_done = field.has_focus() && presses(ui, Modifiers::COMMAND, Key::Enter) > 0;
    if is_done {
        field.surrender_focus();
        ctx.send(Action::EndTyping);
    }
    if is_done || field.lost_focus() && is_left_with_escape(ui) {
        let goes_on = match text {
            // who looks for evidence may want to paste it instead
            Some(AnswerText::Evidence) => is_done,
            // what is remarked about an answer does not give it
            Some(AnswerText::Comment) | None => false,
            Some(_) => true,
        };
        ctx.send(Action::Answers(AnswerAction::LeftText(goes_on)));
    }
}

/// Takes note that Esc took the keyboard from a field in this frame.
pub fn left_with_escape(ctx: &egui::Context) {
    let frame = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(escaped(), frame));
}

fn is_left_with_escape(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp::<u64>(escaped())) == Some(ui.ctx().cumulative_pass_nr())
}

/// These events are heard in the next frame, before what comes then.
pub fn hear_later(ctx: &egui::Context, events: Vec<Event>) {
    if !events.is_empty() {
        ctx.data_mut(|data| {
            let after: Vec<Event> = data.get_temp(waiting()).unwrap_or_default();
            data.insert_temp(waiting(), events.into_iter().chain(after).collect::<Vec<Event>>());
        });
        ctx.request_repaint();
    }
}

/// These events, typed in another window, are heard in the first one after all that waits there.
pub fn pass_on(ctx: &egui::Context, events: Vec<Event>) {
    if !events.is_empty() {
        ctx.data_mut(|data| data.get_temp_mut_or_default::<Vec<Event>>(waiting()).extend(events));
        ctx.request_repaint_of(egui::ViewportId::ROOT);
    }
}

/// Lets each event be heard by what it was meant for. In a slow frame much may have been pressed at
/// once: words, then the key that leaves their field, then keys for what comes after. The field
/// would hear none of the words, for it has been left when it is shown.
pub fn pace(ctx: &egui::Context, events: &mut Vec<Event>) {
    let mut all: Vec<Event> = ctx.data_mut(|data| data.remove_temp(waiting())).unwrap_or_default();
    crate::ui::strokes::without_signs_of_commands(events);
    all.append(events);
    // so many frames a text that is to come is waited for
    let is_to_come = ctx.data_mut(|data| match data.get_temp::<(AnswerText, u8)>(wanted()) {
        Some((_, 20..)) => {
            data.remove::<(AnswerText, u8)>(wanted());
            false
        }
        Some((text, frames)) => {
            data.insert_temp(wanted(), (text, frames + 1));
            true
        }
        None => false,
    });
    let rest = if is_to_come {
        let (later, now) = all.into_iter().partition(|it| is_typed(it) || is_leaving(it));
        all = now;
        later
    } else if ctx.text_edit_focused() {
        let heard = heard_together(&all);
        all.split_off(heard)
    } else {
        Vec::new()
    };
    *events = all;
    hear_later(ctx, rest);
    if is_to_come {
        ctx.request_repaint();
    }
}

/// Whether a field makes text of it.
fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_) | Event::Key { pressed: true, .. })
        && !is_leaving(event)
}

/// Whether a field may be left by it.
fn is_leaving(event: &Event) -> bool {
    match event {
        Event::PointerButton { pressed, .. } => *pressed,
        Event::Key { key, pressed: true, modifiers, .. } => {
            let is_function = key.name().strip_prefix('F').is_some_and(|it| it.parse::<u8>().is_ok());
            modifiers.command || modifiers.ctrl || modifiers.alt || is_function || matches!(key, Key::Escape | Key::Tab)
        }
        _ => false,
    }
}

/// How many of the events a field may hear in one frame: words up to what leaves it, or what
/// leaves it by itself.
fn heard_together(events: &[Event]) -> usize {
    let Some(leaves) = events.iter().position(is_leaving) else { return events.len() };
    let has_words = events.iter().take(leaves).any(is_typed);
    if has_words { leaves } else { leaves + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn words_are_heard_before_the_key_that_leaves_their_field() {
        let word = || Event::Text("seen".into());
        let esc = || key(Key::Escape, Modifiers::NONE);
        assert_eq!(heard_together(&[word(), key(Key::A, Modifiers::NONE)]), 2);
        assert_eq!(heard_together(&[word(), esc(), word()]), 1);
        assert_eq!(heard_together(&[esc(), word()]), 1);
        assert_eq!(heard_together(&[Event::PointerGone, esc(), word()]), 2);
        for leaving in [
            key(Key::Z, Modifiers::COMMAND),
            key(Key::Num4, Modifiers::ALT),
            key(Key::Tab, Modifiers::NONE),
            key(Key::F5, Modifiers::NONE),
        ] {
            assert_eq!(heard_together(&[word(), leaving]), 1);
        }
        assert_eq!(heard_together(&[word(), key(Key::F, Modifiers::NONE)]), 2, "F is a letter");
    }
}
