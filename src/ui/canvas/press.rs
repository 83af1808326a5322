//! Presses, drags and clicks.

use egui::{CursorIcon, PointerButton, Ui};

use super::gesture::Gesture;
use super::rename::Rename;
use super::{CanvasState, Drag, Tool, resizable};
use crate::drawing::scene::Scene;
use crate::hands::hit::{Hit, hit};
use crate::hands::snap;
use crate::model::{Point, Rect};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;

/// Does what the pointer asks for in this frame.
pub(super) fn handle(
    ui: &Ui,
    ctx: &Context,
    state: &mut CanvasState,
    scene: &Scene,
    response: &egui::Response,
    at: Option<Point>,
    hovered: Hit,
) {
    let (modifiers, space) = ui.input(|input| (input.modifiers, input.key_down(egui::Key::Space)));
    let Some(at) = at else { return };
    if response.drag_started_by(PointerButton::Primary) && !space {
        let pressed =
            ui.input(|input| input.pointer.press_origin()).map_or(at, |it| state.camera.to_canvas(response.rect, it));
        let under = hit(ctx.project, scene, pressed, state.camera.zoom, resizable(ctx, state));
        let gesture = Gesture::begin(ctx, state, scene, under, pressed, modifiers.shift);
        state.drag = Some(Drag { gesture, before: ctx.project.clone() });
    }
    if let Some(drag) = &state.drag {
        if response.dragged_by(PointerButton::Primary) {
            state.guides = drag.gesture.preview(ctx, &drag.before, at, state.camera.zoom, modifiers.command);
        }
        if response.drag_stopped_by(PointerButton::Primary)
            && let Some(Drag { gesture, before }) = state.drag.take()
        {
            state.to_name = gesture.end(ctx, &before, scene, at, state.camera.zoom, modifiers.command);
            state.guides.clear();
            state.tool = Tool::Select;
        }
    }
    if response.double_clicked() {
        match hovered.subject() {
            Some(subject) => state.rename = Rename::begin(ctx.project, subject),
            None => state.draw_zone(ctx, Rect::new(snap::on_grid(at.x), snap::on_grid(at.y), 240.0, 140.0)),
        }
    } else if response.clicked() {
        click(ctx, hovered, modifiers.shift || modifiers.command);
    } else if response.secondary_clicked() {
        state.menu_at = Some((at, hovered));
        if let Some(subject) = hovered.subject().filter(|it| !ctx.selection.contains(*it)) {
            ctx.select(subject);
        }
    }
    set_cursor(ui, state, response, hovered, space);
}

fn click(ctx: &Context, hovered: Hit, adds: bool) {
    let mut selection = match hovered.subject() {
        None if adds => return,
        None => Selection::default(),
        Some(subject) if adds => {
            let mut subjects = ctx.selection.subjects.clone();
            match subjects.iter().position(|it| *it == subject) {
                Some(place) => {
                    subjects.remove(place);
                }
                None => subjects.push(subject),
            }
            Selection { subjects, requirement: None }
        }
        Some(subject) => Selection::of(subject),
    };
    selection.requirement = None;
    ctx.send(Action::Select(selection));
}

fn set_cursor(ui: &Ui, state: &CanvasState, response: &egui::Response, hovered: Hit, space: bool) {
    if !response.contains_pointer() {
        return;
    }
    let icon = match (state.tool, hovered) {
        _ if space => CursorIcon::Grab,
        (Tool::Zone | Tool::Conduit, _) | (_, Hit::Port(_)) => CursorIcon::Crosshair,
        (_, Hit::Handle(_, handle)) => match (handle.x, handle.y) {
            (0, _) => CursorIcon::ResizeVertical,
            (_, 0) => CursorIcon::ResizeHorizontal,
            (x, y) if x == y => CursorIcon::ResizeNwSe,
            _ => CursorIcon::ResizeNeSw,
        },
        _ => CursorIcon::Default,
    };
    ui.ctx().set_cursor_icon(icon);
}
