//! The keys of workshop mode, while nobody types.

use egui::{Key, Modifiers, Ui};

use super::{Mode, Stage, answer, scenario};
use crate::model::{Known, LogKind, WorkshopItem};
use crate::ui::action::{Action, WorkshopAction};
use crate::ui::context::Context;
use crate::ui::views::answers::STATUSES;
use crate::ui::widgets::{plain_key, presses};

use super::line::Line;

/// What the keys are called, for the list of them.
pub(super) const KEYS: [(&str, &str); 11] = [
    ("1 to 5", "met, partial, not met, compensated, not applicable"),
    ("6, 0", "inherited; not assessed"),
    ("Y N U", "the technology could do it: yes, no, unknown"),
    ("Space → ←", "next, previous; O goes to what is open next"),
    ("D S P R", "write down a decision, dissent, parked, remark"),
    ("C", "write to the answer: notes, countermeasure, reason"),
    ("B", "blank the screen; any key brings it back"),
    ("T", "stop the clock, go on"),
    ("L", "the scribe's part beside it"),
    ("F7", "a second window for the room"),
    ("Ctrl+Z, Esc", "take back; leave, everything is kept"),
];

/// The same while a scenario is before the room.
pub(super) const KEYS_OF_RISK: [(&str, &str); 11] = [
    ("Arrows", "move the scenario: likelihood, consequence"),
    ("Backspace", "take it off the matrix"),
    ("1 2 3", "unmitigated, today, after the plan"),
    ("E", "estimates of several people beside the matrix"),
    ("Space, Page", "next, previous; O goes to what is open next"),
    ("D S P R", "write down a decision, dissent, parked, remark"),
    ("B", "blank the screen; any key brings it back"),
    ("T", "stop the clock, go on"),
    ("L", "the scribe's part beside it"),
    ("F7", "a second window for the room"),
    ("Ctrl+Z, Esc", "take back; leave, everything is kept"),
];

/// Does what the keys of this window ask for.
pub(super) fn take(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let is_typing = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
    let is_shown = !mode.is_blank && !mode.shows_keys && mode.line.is_none();
    if is_shown && !egui::Popup::is_any_open(ui.ctx()) && scenario::escapes(ui, ctx, mode, stage) {
        return;
    }
    if is_typing {
        return;
    }
    if mode.is_blank || mode.shows_keys {
        let any = ui.input_mut(|input| {
            let is_press = |event: &egui::Event| {
                matches!(
                    event,
                    egui::Event::Key { pressed: true, .. } | egui::Event::PointerButton { pressed: true, .. }
                )
            };
            let any = input.events.iter().any(is_press);
            if any {
                input.events.retain(|event| !matches!(event, egui::Event::Key { .. } | egui::Event::Text(_)));
            }
            any
        });
        if any {
            (mode.is_blank, mode.shows_keys) = (false, false);
        }
        return;
    }
    let pressed = |key: Key| plain_key(ui, key);
    let asks = pressed(Key::Questionmark)
        || presses(ui, Modifiers::SHIFT, Key::Questionmark) > 0
        || presses(ui, Modifiers::SHIFT, Key::Slash) > 0;
    if asks {
        mode.shows_keys = true;
    }
    if pressed(Key::Escape) {
        ctx.send(Action::Workshop(WorkshopAction::Leave));
        return;
    }
    match stage.place {
        WorkshopItem::Question(key) => {
            let room = (mode.id, stage.workshop);
            let numbers = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
            for (number, status) in STATUSES {
                if numbers.get(usize::from(number)).is_some_and(|&key| pressed(key)) {
                    answer::give(ctx, room, key, status);
                }
            }
            for (letter, capable) in [(Key::Y, Known::Yes), (Key::N, Known::No), (Key::U, Known::Unknown)] {
                if pressed(letter) {
                    answer::set_capable(ctx, room, key, capable);
                }
            }
            if pressed(Key::C) {
                mode.line = Some(Line::of_answer());
            }
        }
        WorkshopItem::Risk(_) => scenario::keys(ui, mode),
    }
    walk(ui, ctx, mode, stage);
    for (letter, kind) in
        [(Key::D, LogKind::Decision), (Key::S, LogKind::Dissent), (Key::P, LogKind::Parked), (Key::R, LogKind::Remark)]
    {
        if pressed(letter) {
            mode.write_down(ctx, stage, kind);
        }
    }
    if pressed(Key::B) {
        mode.is_blank = true;
        mode.keep(ctx, Some(stage.place));
    }
    if pressed(Key::T) && stage.workshop.closed {
        ctx.send(Action::Say(super::IS_OVER.to_owned()));
    } else if pressed(Key::T) {
        mode.clock.is_running = !mode.clock.is_running;
        mode.keep(ctx, Some(stage.place));
    }
    if pressed(Key::L) {
        mode.shows_scribe = !mode.shows_scribe;
    }
    if mode.line.is_some() {
        // the letter that opens a line is not written into it
        ui.input_mut(|input| input.events.retain(|event| !matches!(event, egui::Event::Text(_))));
    }
}

/// Next, previous, and next open.
fn walk(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let is_question = matches!(stage.place, WorkshopItem::Question(_));
    let arrow = |key: Key| is_question && plain_key(ui, key);
    // what has the focus takes Space for itself, but the scenario that is moved by arrows
    let is_free = !is_question || ui.memory(|memory| memory.focused().is_none());
    let ahead = arrow(Key::ArrowRight)
        || arrow(Key::ArrowDown)
        || plain_key(ui, Key::PageDown)
        || (is_free && plain_key(ui, Key::Space));
    let back = arrow(Key::ArrowLeft) || arrow(Key::ArrowUp) || plain_key(ui, Key::PageUp);
    let first = plain_key(ui, Key::Home).then(|| stage.course.stops().first().map(|it| it.item)).flatten();
    let last = plain_key(ui, Key::End).then(|| stage.course.stops().last().map(|it| it.item)).flatten();
    let open = plain_key(ui, Key::O).then(|| stage.course.next_open(stage.place)).flatten();
    let next = ahead.then(|| stage.course.next(stage.place)).flatten();
    let previous = back.then(|| stage.course.previous(stage.place)).flatten();
    if ahead && next.is_none() {
        ctx.send(Action::Say("This is the last one".to_owned()));
    }
    if let Some(place) = open.or(next).or(previous).or(first).or(last) {
        mode.go(ctx, place);
    }
}
