//! Keys of the canvas.

use egui::{Key, Modifiers, Ui};

use super::{CanvasState, Tool};
use crate::drawing::scene::Scene;
use crate::edit::{Edit, Place};
use crate::model::{Subject, ZoneId};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::widgets::plain_key;

/// Does what the keys of this frame ask for.
pub(super) fn handle(ui: &Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene) {
    // focus on the canvas keeps arrows and Tab for the canvas
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            memory.set_focus_lock_filter(id, filter);
        }
    });
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let plain = |key: Key| plain_key(ui, key);
    if pressed(Modifiers::COMMAND, Key::A) {
        let all = ctx.project.zones.ids().map(Subject::from).chain(ctx.project.conduits.ids().map(Subject::from));
        ctx.send(Action::Select(Selection { subjects: all.collect(), requirement: None }));
    }
    if plain(Key::Escape) {
        escape(ctx, state);
    }
    if (plain(Key::Delete) || plain(Key::Backspace)) && !ctx.selection.subjects.is_empty() {
        ctx.edit(Edit::Remove(ctx.selection.subjects.iter().copied().collect()));
        ctx.send(Action::Select(Selection::default()));
    }
    for (key, tool) in [(Key::V, Tool::Select), (Key::Z, Tool::Zone), (Key::C, Tool::Conduit)] {
        if plain(key) {
            state.tool = tool;
        }
    }
    if pressed(Modifiers::SHIFT, Key::F) {
        state.fit(true);
    } else if plain(Key::F) {
        state.fit(false);
    }
    for (keys, factor) in [([Key::Plus, Key::Equals], 1.2), ([Key::Minus, Key::Minus], 1.0 / 1.2)] {
        if keys.into_iter().any(plain) {
            state.zoom_by(factor);
        }
    }
    if plain(Key::F2) {
        state.rename = ctx.selection.only().and_then(|it| super::Rename::begin(ctx.project, it));
    }
    if pressed(Modifiers::SHIFT, Key::Tab) {
        next(ctx, scene, true);
    } else if plain(Key::Tab) {
        next(ctx, scene, false);
    }
    nudge(ui, ctx);
}

/// One thing at a time: the drag, the tool, the selection.
fn escape(ctx: &Context, state: &mut CanvasState) {
    if state.drag.take().is_some() {
        state.guides.clear();
        ctx.send(Action::Abort);
    } else if state.tool != Tool::Select {
        state.tool = Tool::Select;
    } else {
        ctx.send(Action::Select(Selection::default()));
    }
}

/// Selects the next zone, conduit or asset, from the top left to the bottom right.
fn next(ctx: &Context, scene: &Scene, back: bool) {
    let project = ctx.project;
    let mut all: Vec<(i64, i64, Subject)> = Vec::new();
    let mut add = |x: f32, y: f32, subject: Subject| all.push((y as i64, x as i64, subject));
    for (id, zone) in project.zones.iter() {
        add(zone.frame.x, zone.frame.y, id.into());
    }
    for (&id, cell) in &scene.places.cells {
        add(cell.x, cell.y, id.into());
    }
    for (&id, route) in scene.routes() {
        add(route.label.x, route.label.y, id.into());
    }
    all.sort();
    let current = ctx.selection.only().and_then(|it| all.iter().position(|(.., subject)| *subject == it));
    let there = match (current, back) {
        (None, false) => 0,
        (None, true) => all.len().saturating_sub(1),
        (Some(place), false) => (place + 1) % all.len().max(1),
        (Some(place), true) => (place + all.len().max(1) - 1) % all.len().max(1),
    };
    if let Some(&(.., subject)) = all.get(there) {
        ctx.select(subject);
    }
}

/// Arrows move what is selected by one, with Shift by ten.
fn nudge(ui: &Ui, ctx: &Context) {
    let mut step = (0.0, 0.0);
    for (key, dx, dy) in [
        (Key::ArrowLeft, -1.0, 0.0),
        (Key::ArrowRight, 1.0, 0.0),
        (Key::ArrowUp, 0.0, -1.0),
        (Key::ArrowDown, 0.0, 1.0),
    ] {
        for (modifiers, far) in [(Modifiers::SHIFT, 10.0), (Modifiers::NONE, 1.0)] {
            let count = ui.input_mut(|input| input.count_and_consume_key(modifiers, key)) as f32;
            step.0 += dx * far * count;
            step.1 += dy * far * count;
        }
    }
    let zones: std::collections::BTreeSet<ZoneId> = ctx
        .selection
        .subjects
        .iter()
        .filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None })
        .collect();
    if step != (0.0, 0.0) && !zones.is_empty() {
        let edit = Edit::Place(Place::Move { zones, dx: step.0, dy: step.1 });
        // nudges one after the other are one step
        ctx.send(Action::Type(edit, egui::Id::unique("nudge")));
    }
}
