//! Keys of the canvas.

use egui::{Event, Key, Modifiers, Ui};

use super::command::Command;
use super::{CanvasState, carry};
use crate::hands::Field;
use crate::hands::arrange::nudge;
use crate::hands::gesture::Tool;
use crate::hands::walk::{Way, neighbour, next, out_of};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::widgets::presses;

const ARROWS: [(Key, Way, f32, f32); 4] = [
    (Key::ArrowLeft, Way::Left, -1.0, 0.0),
    (Key::ArrowRight, Way::Right, 1.0, 0.0),
    (Key::ArrowUp, Way::Up, 0.0, -1.0),
    (Key::ArrowDown, Way::Down, 0.0, 1.0),
];

/// Does what the keys of this frame ask for.
pub(super) fn handle(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    // focus on the canvas keeps arrows and Tab for the canvas
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            memory.set_focus_lock_filter(id, filter);
        }
    });
    clipboard(ui, ctx, state, field);
    for command in Command::all() {
        let is_asked = command.keys().into_iter().any(|(modifiers, key)| is_pressed(ui, modifiers, key));
        if !is_asked {
            continue;
        }
        if command.is_offered(ctx.project, &ctx.selection.subjects) {
            carry::out(ui, ctx, state, field, command);
        } else if command == Command::AddAsset {
            // what is typed next looks for its type
            (state.parts, state.takes_part) = (true, true);
        } else if ctx.selection.subjects.is_empty() && command.group() != "Select" {
            ctx.send(Action::Say(format!("{}: select something first", command.title(ctx.project, &[]))));
        }
    }
    if is_pressed(ui, Modifiers::NONE, Key::Escape) {
        escape(ctx, state, field);
    }
    for (modifiers, back) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
        if is_pressed(ui, modifiers, Key::Tab)
            && let Some(subject) = next(field, ctx.selection.only(), back)
        {
            state.go_to(ctx, subject);
        }
    }
    walk(ui, ctx, state, field);
    move_by_arrows(ui, ctx, state, field);
}

/// Whether a key was pressed with exactly this held beside it; it is then taken.
fn is_pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    presses(ui, modifiers, key) > 0
}

/// The clipboard's keys come as events of their own.
fn clipboard(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    let is_of_clipboard = |event: &Event| matches!(event, Event::Copy | Event::Cut | Event::Paste(_));
    let events: Vec<Event> = ui.input(|input| input.events.iter().filter(|it| is_of_clipboard(it)).cloned().collect());
    for event in events {
        match event {
            Event::Copy => carry::out(ui, ctx, state, field, Command::Copy),
            Event::Cut => carry::out(ui, ctx, state, field, Command::Cut),
            Event::Paste(text) => carry::paste(ui, ctx, state, field, &text),
            _ => (),
        }
    }
    ui.input_mut(|input| input.events.retain(|event| !is_of_clipboard(event)));
}

/// One thing at a time: the drag, the tool, the selection from the inside out.
fn escape(ctx: &Context, state: &mut CanvasState, field: &Field) {
    if state.drag.is_some() {
        state.take_back(ctx);
    } else if state.tool != Tool::Select {
        state.tool = Tool::Select;
    } else if state.find.take().is_some() {
        // what was found is told no more
    } else {
        let outer = ctx.selection.only().and_then(|it| out_of(field, it));
        ctx.send(Action::Select(outer.map(Selection::of).unwrap_or_default()));
    }
}

/// Ctrl and an arrow select what lies that way; so does an arrow where nothing is selected.
fn walk(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    for (key, way, ..) in ARROWS {
        if is_pressed(ui, Modifiers::COMMAND, key) {
            let there = match ctx.selection.subjects.first() {
                Some(&from) => neighbour(field, from, way),
                None => next(field, None, false),
            };
            if let Some(subject) = there {
                state.go_to(ctx, subject);
            }
        }
    }
}

/// Arrows move what is selected by one, with Shift by ten.
fn move_by_arrows(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    let mut step = (0.0, 0.0);
    for (key, _, dx, dy) in ARROWS {
        for (modifiers, far) in [(Modifiers::SHIFT, 10.0), (Modifiers::NONE, 1.0)] {
            let count = presses(ui, modifiers, key) as f32;
            step.0 += dx * far * count;
            step.1 += dy * far * count;
        }
    }
    if step == (0.0, 0.0) || state.drag.is_some() {
        return;
    }
    if ctx.selection.subjects.is_empty() {
        if let Some(subject) = next(field, None, false) {
            state.go_to(ctx, subject);
        }
    } else if let Some(edit) = nudge(field, &ctx.selection.subjects, step.0, step.1) {
        // nudges one after the other are one step
        ctx.send(Action::Type(edit, egui::Id::unique("nudge")));
    } else if ctx.selection.subjects.iter().any(|&it| crate::hands::lock::is_locked(field.project, it)) {
        ctx.send(Action::Say("Locked: press L to unlock it first".to_owned()));
    }
}
