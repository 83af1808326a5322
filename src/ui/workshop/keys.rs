//! The keys of workshop mode, while nobody types: each is heard in its turn, however many came at once.

use egui::{Event, Key, Modifiers, Ui};

use super::{Mode, Stage, answer, present, scenario};
use crate::model::{GapKey, Known, LogKind, WorkshopItem};
use crate::ui::action::{Action, WorkshopAction};
use crate::ui::answering::{hear_later, left_with_escape};
use crate::ui::context::Context;
use crate::ui::views::answers::{STATUSES, answer_at};
use crate::ui::widgets::{is_below_dialog, presses};

use super::line::Line;

/// What the keys are called, for the list of them.
pub(super) const KEYS: [(&str, &str); 12] = [
    ("1 2 3 6 0", "met, partial, not met, inherited; not assessed"),
    ("4 5", "compensated, not applicable; then its text is typed"),
    ("Y N U", "the technology could do it: yes, no, unknown"),
    ("Enter", "into the notes, or the text that the answer needs"),
    ("C M", "a remark at the answer; mark it to be looked at again"),
    ("D S P R", "write down a decision, dissent, parked, remark"),
    ("Tab", "in a text: who said it; Ctrl+Enter finishes it"),
    ("Space → ←", "next, previous; O goes to what is open next"),
    ("B T", "blank the screen; stop the clock, go on"),
    ("L", "the scribe's part beside it"),
    ("F7", "a second window for the room"),
    ("Ctrl+Z, Esc", "take back; close what is open, then leave"),
];

/// The same while a scenario is before the room.
pub(super) const KEYS_OF_RISK: [(&str, &str); 12] = [
    ("Arrows", "move the scenario: likelihood, consequence"),
    ("Backspace", "take it off the matrix"),
    ("1 2 3", "unmitigated, today, after the plan; at first: how bad"),
    ("E, A, N", "estimates beside the matrix; ask all who are here; the next one"),
    ("H, G", "show all estimates, or hide them; agree on what they come to"),
    ("Space, Page", "next, previous; O goes to what is open next"),
    ("D S P R", "write down a decision, dissent, parked, remark"),
    ("Tab", "in a text: who said it; Ctrl+Enter finishes it"),
    ("B T", "blank the screen; stop the clock, go on"),
    ("L", "the scribe's part beside it"),
    ("F7", "a second window for the room"),
    ("Ctrl+Z, Esc", "take back; close what is open, then leave"),
];

/// The window whose keys are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    /// The only one.
    Only,
    /// The scribe's, while the room has one of its own.
    Scribe,
    /// The room's own.
    Room,
}

/// What the room's own window remembers from one frame to the next.
#[derive(Default)]
pub(super) struct Ear {
    /// What was pressed and is not heard yet.
    later: Vec<Event>,
    /// A field had the keyboard at the end of the last frame.
    was_typing: bool,
}

impl Ear {
    /// What waits comes before what is new.
    pub fn begin(&mut self, ui: &Ui) {
        let waiting = std::mem::take(&mut self.later);
        if !waiting.is_empty() {
            ui.input_mut(|input| drop(input.events.splice(..0, waiting)));
        }
        let leaves = self.was_typing && !egui::Popup::is_any_open(ui.ctx());
        // the field has given up the keyboard by itself
        if leaves && presses(ui, Modifiers::NONE, Key::Escape) > 0 {
            left_with_escape(ui.ctx());
        }
    }

    /// What waits, to be heard elsewhere.
    pub fn rest(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.later)
    }

    pub fn end(&mut self, ui: &Ui) {
        self.was_typing = ui.ctx().text_edit_focused();
    }
}

/// Whether a field or a key of the mode would hear it.
pub(super) fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_) | Event::Copy | Event::Cut)
}

/// Takes everything that was typed in this window.
pub(super) fn typed(ui: &Ui) -> Vec<Event> {
    ui.input_mut(|input| {
        let (typed, rest) = std::mem::take(&mut input.events).into_iter().partition(is_typed);
        input.events = rest;
        typed
    })
}

/// Lets keys be heard in their turn up to the first that means something, for what comes after it may be
/// meant for another question, or be words. Returns what is left for others now, and what comes later.
fn in_turn(events: Vec<Event>, mut stroke: impl FnMut(Key, Modifiers) -> bool) -> (Vec<Event>, Vec<Event>) {
    let (mut now, mut later) = (Vec::new(), Vec::new());
    let (mut is_heard, mut is_own_text) = (false, false);
    for event in events {
        match &event {
            // the letter of the key that was heard
            Event::Text(_) if is_own_text => (),
            _ if is_heard && is_typed(&event) => later.push(event),
            Event::Key { key, pressed: true, modifiers, .. } if !is_heard && stroke(*key, *modifiers) => {
                (is_heard, is_own_text) = (true, true);
                continue;
            }
            _ => now.push(event),
        }
        is_own_text = false;
    }
    (now, later)
}

/// Does what the keys of a window ask for.
pub(super) fn take(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, seat: Seat) {
    if egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui) {
        return;
    }
    if ui.ctx().text_edit_focused() {
        return;
    }
    let has_line = mode.line.as_ref().is_some_and(|it| seat != Seat::Room || it.seat == Seat::Room);
    if has_line {
        // the line has yet to get the keyboard
        hear_later(ui.ctx(), typed(ui));
        return;
    }
    let is_let_go = ui.ctx().drag_stopped_id().is_some() && ui.input(|input| input.key_pressed(Key::Escape));
    if ui.ctx().dragged_id().is_some() || is_let_go {
        return;
    }
    let events = ui.input_mut(|input| std::mem::take(&mut input.events));
    let has_focus = ui.memory(|memory| memory.focused().is_some());
    let (now, later) = in_turn(events, |key, held| stroke(ui, ctx, mode, stage, (seat, has_focus), (key, held)));
    ui.input_mut(|input| input.events = now);
    if seat == Seat::Room {
        if !later.is_empty() {
            ui.ctx().request_repaint();
        }
        mode.ear.later = later;
    } else {
        hear_later(ui.ctx(), later);
    }
}

/// One key; whether it means something here.
fn stroke(
    ui: &Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    (seat, has_focus): (Seat, bool),
    (key, held): (Key, Modifiers),
) -> bool {
    // the scribe writes on while the room sees nothing
    if seat != Seat::Scribe && (mode.is_blank || mode.shows_keys) {
        (mode.is_blank, mode.shows_keys) = (false, false);
        return true;
    }
    if held.alt || held.command {
        return false;
    }
    if mode.asks_who.is_some() && seat != Seat::Scribe && !held.shift && !has_focus {
        if present::stroke(ctx, mode, stage, key) {
            return true;
        }
        if key != Key::L {
            return false;
        }
    }
    if key == Key::Questionmark || held.shift && key == Key::Slash {
        mode.shows_keys = !mode.shows_keys;
        return true;
    }
    if held.shift {
        return false;
    }
    match key {
        Key::Escape => escape(ui, ctx, mode, stage, seat),
        Key::D => mode.write_down(ctx, stage, LogKind::Decision, seat),
        Key::S => mode.write_down(ctx, stage, LogKind::Dissent, seat),
        Key::P => mode.write_down(ctx, stage, LogKind::Parked, seat),
        Key::R => mode.write_down(ctx, stage, LogKind::Remark, seat),
        Key::B => {
            mode.is_blank = !mode.is_blank;
            mode.keep(ctx, Some(stage.place));
        }
        Key::T if stage.workshop.closed => mode.refuse(ctx, super::IS_OVER),
        Key::T => {
            mode.clock.is_running = !mode.clock.is_running;
            mode.keep(ctx, Some(stage.place));
        }
        Key::L => mode.shows_scribe = !mode.shows_scribe,
        _ => {
            let is_done = match stage.place {
                WorkshopItem::Question(asked) => question(ctx, mode, stage, asked, (seat, has_focus), key),
                WorkshopItem::Risk(id) => scenario::stroke(ui, ctx, mode, stage, (id, seat, has_focus), key),
            };
            return is_done || walk(ctx, mode, stage, (seat, has_focus), key);
        }
    }
    true
}

/// Closes what is open in this window, the innermost first, and leaves where nothing is.
fn escape(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, seat: Seat) {
    if mode.shows_keys {
        mode.shows_keys = false;
    } else if scenario::escape(ui, ctx, mode, stage, seat) {
    } else if seat == Seat::Only && mode.shows_scribe && ui.ctx().content_rect().width() < super::BOTH_FROM {
        // it stands where the room's view was
        mode.shows_scribe = false;
    } else {
        ctx.send(Action::Workshop(WorkshopAction::Leave));
    }
}

/// A key that answers a question.
fn question(
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    asked: GapKey,
    (seat, has_focus): (Seat, bool),
    key: Key,
) -> bool {
    let room = (mode.id, stage.workshop);
    let capable = match key {
        Key::Y => Some(Known::Yes),
        Key::N => Some(Known::No),
        Key::U => Some(Known::Unknown),
        _ => None,
    };
    let numbers = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    let number = numbers.iter().position(|it| *it == key);
    let status = STATUSES.into_iter().find(|it| number == Some(usize::from(it.0))).map(|it| it.1);
    match (capable, status) {
        (Some(capable), _) => answer::set_capable(ctx, room, asked, capable),
        (_, Some(status)) => mode.answer(ctx, stage, asked, status, seat),
        // what has the focus takes it for itself
        _ if key == Key::Enter && !has_focus => {
            let status = answer_at(ctx, asked).status;
            mode.write(ctx, stage, Line::of_answer(status, seat));
        }
        _ if key == Key::C => mode.write(ctx, stage, Line::of_comment(seat)),
        _ if key == Key::M => answer::mark(ctx, room, asked),
        _ => return false,
    }
    true
}

/// A key that goes to the next, the previous, the first, the last, or the next open one.
fn walk(ctx: &Context, mode: &mut Mode, stage: &Stage, (seat, has_focus): (Seat, bool), key: Key) -> bool {
    let is_question = matches!(stage.place, WorkshopItem::Question(_));
    let stops = stage.course.stops();
    let to = match key {
        Key::ArrowRight | Key::ArrowDown if is_question => stage.course.next(stage.place),
        Key::ArrowLeft | Key::ArrowUp if is_question => stage.course.previous(stage.place),
        // what has the focus takes Space for itself, but the scenario that is moved by arrows
        Key::Space if is_question && has_focus => return false,
        Key::Space | Key::PageDown => stage.course.next(stage.place),
        Key::PageUp => stage.course.previous(stage.place),
        Key::Home => stops.first().map(|it| it.item),
        Key::End => stops.last().map(|it| it.item),
        Key::O => stage.course.next_open(stage.place),
        _ => return false,
    };
    match to {
        Some(place) => mode.go(ctx, place, seat),
        None if matches!(key, Key::ArrowRight | Key::ArrowDown | Key::Space | Key::PageDown) => {
            mode.refuse(ctx, "This is the last one");
        }
        None => (),
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
    }

    #[test]
    fn a_key_is_heard_alone_and_what_follows_it_later() {
        let text = |it: &str| Event::Text(it.into());
        let events =
            vec![key(Key::ArrowUp), key(Key::D), text("d"), Event::PointerGone, key(Key::A), text("a"), key(Key::Num1)];
        let mut heard = Vec::new();
        let (now, later) = in_turn(events, |key, _| {
            heard.push(key);
            key != Key::ArrowUp
        });
        assert_eq!(heard, [Key::ArrowUp, Key::D]);
        assert_eq!(now, [key(Key::ArrowUp), Event::PointerGone]);
        assert_eq!(later, [key(Key::A), text("a"), key(Key::Num1)], "its own letter is not written anywhere");
    }
}
