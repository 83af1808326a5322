//! Presses, drags and clicks.

use egui::{CursorIcon, PointerButton, Ui};

use super::menu::Menu;
use super::picker::Offer;
use super::rename::Rename;
use super::{CanvasState, Drag};
use crate::hands::gesture::{Gesture, Outcome, Tool};
use crate::hands::hit::{Grips, Hit, hit};
use crate::hands::{Field, Hand, Held, draw, lock, select, site, snap};
use crate::model::{Id, Point, Rect, Subject, ZoneId};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;

/// What the pointer is over and what it does in this frame.
pub(super) struct Pointer<'a> {
    pub response: &'a egui::Response,
    pub at: Option<Point>,
    pub hovered: Hit,
}

/// Does what the pointer asks for in this frame.
pub(super) fn handle(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field, pointer: &Pointer) {
    let (modifiers, space) = ui.input(|input| (input.modifiers, input.key_down(egui::Key::Space)));
    let held = Held { shift: modifiers.shift, alt: modifiers.alt, command: modifiers.command };
    let response = pointer.response;
    if state.drag.is_some() && !response.dragged() && !response.drag_stopped() {
        // the button came up where nobody saw it
        state.take_back(ctx);
    }
    let Some(at) = pointer.at else { return };
    if response.drag_started_by(PointerButton::Primary) && !space {
        begin(ui, ctx, state, field, response, held);
    }
    if state.drag.is_some() {
        scroll_at_edges(ui, state, response);
    }
    let at = response.interact_pointer_pos().map_or(at, |it| state.camera.to_canvas(response.rect, it));
    let hand = Hand { at, zoom: state.camera.zoom, seen: state.camera.visible(response.rect), held };
    drag(ctx, state, field, response, &hand);
    if response.double_clicked() {
        match (pointer.hovered, pointer.hovered.subject()) {
            (_, Some(subject)) => state.begin_writing(ctx.project, subject),
            (Hit::Site(zone), _) => {
                let site = site::site_of(ctx.project, zone);
                state.rename = site.and_then(|it| Rename::begin_site(ctx.project, it));
            }
            _ if state.tool == Tool::Select => {
                let (width, height) = draw::NEW_ZONE;
                let frame = Rect::new(snap::on_grid(at.x), snap::on_grid(at.y), width, height);
                state.draw_zone(ctx, field, frame);
            }
            _ => (),
        }
    } else if response.clicked_by(PointerButton::Primary) {
        // Space and Enter are no clicks here: they pan, and go inside
        click(ctx, state, field, pointer.hovered, &hand);
    } else if response.secondary_clicked() {
        let subjects = pointer.hovered.subjects(ctx.project);
        let subject = subjects.first().copied();
        if subjects.iter().any(|it| !ctx.selection.contains(*it)) {
            ctx.send(Action::Select(Selection { subjects, requirement: None }));
        }
        // a handle belongs to what is selected
        let is_of_selection = matches!(pointer.hovered, Hit::Handle(_));
        let subject = subject.or_else(|| ctx.selection.subjects.first().copied().filter(|_| is_of_selection));
        state.menu = Some(Menu::at(at, subject));
    }
    set_cursor(ui, state, field, pointer, space, held);
}

fn begin(ui: &Ui, ctx: &Context, state: &mut CanvasState, field: &Field, response: &egui::Response, held: Held) {
    let origin = ui.input(|input| input.pointer.press_origin()).or(response.interact_pointer_pos());
    let Some(origin) = origin else { return };
    let pressed = state.camera.to_canvas(response.rect, origin);
    let grips = grips(ctx, state, field);
    let under = hit(field, pressed, state.camera.zoom, &grips);
    let hand = Hand { at: pressed, zoom: state.camera.zoom, seen: state.camera.visible(response.rect), held };
    let gesture = Gesture::begin(field, state.tool, under, &ctx.selection.subjects, &hand);
    state.drag = Some(Drag {
        gesture,
        before: field.project.clone(),
        shown: field.shown.clone(),
        from: pressed,
        last: None,
        outcome: Outcome::default(),
        previews: false,
    });
}

/// Shows what the drag would come to, and ends it.
fn drag(ctx: &Context, state: &mut CanvasState, field: &Field, response: &egui::Response, hand: &Hand) {
    let Some(drag) = &mut state.drag else { return };
    let field = Field { project: &drag.before, shown: &drag.shown, ..*field };
    if response.dragged_by(PointerButton::Primary) && drag.last != Some(*hand) {
        drag.last = Some(*hand);
        drag.outcome = drag.gesture.at(&field, hand);
        match &drag.outcome.edit {
            Some(edit) if drag.shows_preview() => {
                drag.previews = true;
                ctx.send(Action::Preview(edit.clone()));
            }
            _ if std::mem::take(&mut drag.previews) => ctx.send(Action::Abort),
            _ => (),
        }
    }
    if !response.drag_stopped_by(PointerButton::Primary) {
        return;
    }
    let outcome = drag.gesture.at(&field, hand);
    state.take_back(ctx);
    state.tool = Tool::Select;
    if let Some(edit) = outcome.edit {
        ctx.edit(edit);
        state.to_name = outcome.drawn.map(Into::into);
    } else if let Some(missing) = outcome.missing {
        state.offer = Some(Offer::new(missing, hand.at));
        return;
    } else if outcome.is_refused && !outcome.hint.is_empty() {
        ctx.send(Action::Say(outcome.hint));
        return;
    }
    if let Some(subjects) = outcome.selects {
        ctx.send(Action::Select(Selection { subjects, requirement: None }));
    }
}

/// The drawing moves along where a drag comes near the edge of the canvas.
fn scroll_at_edges(ui: &Ui, state: &mut CanvasState, response: &egui::Response) {
    const RIM: f32 = 32.0;
    /// Points of the screen in a second, for a point nearer than the rim.
    const SPEED: f32 = 18.0;
    let is_worth_it =
        state.drag.as_ref().is_some_and(|it| !matches!(it.gesture, Gesture::Refuse(_)) && it.last.is_some());
    let Some(at) = response.interact_pointer_pos().filter(|_| is_worth_it) else { return };
    let inner = response.rect.shrink(RIM.min(response.rect.width() / 4.0));
    let beyond = at - inner.clamp(at);
    if beyond != egui::Vec2::ZERO {
        let step = ui.input(|input| input.stable_dt.min(0.05));
        state.camera.pan(-beyond.clamp(egui::Vec2::splat(-RIM * 2.0), egui::Vec2::splat(RIM * 2.0)) * SPEED * step);
        state.fitted = None;
        ui.ctx().request_repaint();
    }
}

/// What can be gripped beside the drawing itself.
pub(super) fn grips(ctx: &Context, state: &CanvasState, field: &Field) -> Grips {
    let selected = ctx.selection.subjects.as_slice();
    let selects = state.tool == Tool::Select;
    Grips {
        frame: crate::hands::gesture::sizable(field, selected).filter(|_| selects),
        conduit: match selected {
            [Subject::Conduit(id)] if selects => Some(*id),
            _ => None,
        },
        has_ports: matches!(state.tool, Tool::Select | Tool::Conduit),
    }
}

fn click(ctx: &Context, state: &mut CanvasState, field: &Field, hovered: Hit, hand: &Hand) {
    if matches!(hovered, Hit::Handle(_) | Hit::End(..)) {
        return;
    }
    if hand.held.alt {
        let beneath = select::beneath(field, hand.at, hand.zoom, ctx.selection.only());
        return ctx.send(Action::Select(beneath.map(Selection::of).unwrap_or_default()));
    }
    if state.tool != Tool::Select {
        return ctx.send(Action::Say(tool_hint(state.tool).to_owned()));
    }
    let adds = hand.held.shift || hand.held.command;
    let hit = hovered.subjects(field.project);
    let selection = if !adds {
        Selection { subjects: hit, requirement: None }
    } else if hit.is_empty() {
        return;
    } else {
        let mut subjects = ctx.selection.subjects.clone();
        if hit.iter().all(|it| subjects.contains(it)) {
            subjects.retain(|it| !hit.contains(it));
        } else {
            subjects.extend(hit.into_iter().filter(|it| !ctx.selection.contains(*it)));
        }
        Selection { subjects, requirement: None }
    };
    ctx.send(Action::Select(selection));
}

/// How a tool is used.
pub(super) fn tool_hint(tool: Tool) -> &'static str {
    match tool {
        Tool::Select => "",
        Tool::Zone => "Drag a rectangle to draw a zone",
        Tool::Conduit => "Drag from one zone to another to join them",
        Tool::Flow => "Drag from one asset to another to draw a flow",
        Tool::Note => "Click where the note should stand, or drag its frame",
    }
}

fn set_cursor(ui: &Ui, state: &CanvasState, field: &Field, pointer: &Pointer, space: bool, held: Held) {
    let response = pointer.response;
    if !response.contains_pointer() && state.drag.is_none() {
        return;
    }
    let of_drag = state.drag.as_ref().filter(|it| it.last.is_some());
    let icon = match (state.tool, pointer.hovered) {
        _ if space => CursorIcon::Grab,
        _ if of_drag.is_some_and(|it| it.outcome.is_refused) => match of_drag.map(|it| &it.gesture) {
            Some(Gesture::Connect(_) | Gesture::Reconnect(_) | Gesture::Flow(_)) => CursorIcon::Crosshair,
            _ => CursorIcon::NotAllowed,
        },
        _ if of_drag.is_some_and(|it| it.outcome.copies) => CursorIcon::Copy,
        _ if of_drag.is_some_and(|it| matches!(it.gesture, Gesture::Move(_))) => CursorIcon::Move,
        (Tool::Zone | Tool::Conduit | Tool::Flow | Tool::Note, _) | (_, Hit::Port(_) | Hit::End(..)) => {
            CursorIcon::Crosshair
        }
        (_, Hit::Handle(handle)) => match (handle.x, handle.y) {
            (0, _) => CursorIcon::ResizeVertical,
            (_, 0) => CursorIcon::ResizeHorizontal,
            (x, y) if x == y => CursorIcon::ResizeNwSe,
            _ => CursorIcon::ResizeNeSw,
        },
        (_, hit) if ui.input(|input| input.pointer.primary_down()) && is_locked(field, hit) => CursorIcon::NotAllowed,
        (_, Hit::Zone(_) | Hit::Asset(_) | Hit::Note(_)) if held.alt => CursorIcon::Copy,
        (_, Hit::Site(_)) => CursorIcon::PointingHand,
        _ => CursorIcon::Default,
    };
    ui.ctx().set_cursor_icon(icon);
}

fn is_locked(field: &Field, hit: Hit) -> bool {
    hit.subject().is_some_and(|it| lock::is_locked(field.project, it))
}

impl CanvasState {
    /// Ends a drag and takes back what it shows; a proposed layout stays proposed.
    pub(super) fn take_back(&mut self, ctx: &Context) {
        if self.drag.take().is_some_and(|it| it.previews) {
            ctx.send(Action::Abort);
        }
    }

    /// Draws a zone, to be named next.
    pub(super) fn draw_zone(&mut self, ctx: &Context, field: &Field, frame: Rect) {
        let id = ZoneId::random();
        let (edit, _) = draw::new_zone(field, id, draw::sized_for_zone(frame));
        ctx.edit(edit);
        ctx.select(id);
        self.to_name = Some(id.into());
    }
}
