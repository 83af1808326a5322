//! What is dropped on the canvas from beside it: an asset type, an asset that stands in no
//! zone yet, a part of the user's own.

use std::any::Any;
use std::sync::Arc;

use egui::{DragAndDrop, Painter, Response, StrokeKind};

use super::{CanvasState, my_parts};
use crate::edit::Fragment;
use crate::hands::hit::zone_at;
use crate::hands::home::put_down;
use crate::hands::{Field, draw, lock};
use crate::model::{AssetId, Id, Point, ZoneId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;

/// Shows where it would fall, and takes in what falls.
pub(super) fn show(painter: &Painter, ctx: &Context, state: &mut CanvasState, field: &Field, response: &Response) {
    // while something else is dragged the canvas is not hovered, but it holds the pointer
    let pointer = painter.ctx().pointer_interact_pos().filter(|_| response.contains_pointer());
    let Some(at) = pointer.map(|it| state.camera.to_canvas(state.rect, it)) else { return };
    let zone = zone_at(field.shown, at, |_| false);
    let is_asset = DragAndDrop::has_payload_of_type::<String>(painter.ctx())
        || DragAndDrop::has_payload_of_type::<AssetId>(painter.ctx());
    let frame = zone.and_then(|it| field.shown.zones.get(it)).map(|it| it.frame);
    if let Some(frame) = frame.filter(|_| is_asset) {
        let stroke = egui::Stroke::new(3.0, color32(ctx.palette.accent));
        painter.rect_stroke(state.camera.rect_to_screen(state.rect, frame), 8.0, stroke, StrokeKind::Outside);
    }
    if let Some(kind) = released::<String>(response)
        && let Some(zone) = home(ctx, zone)
    {
        add_asset(ctx, state, &kind, zone, Some(at));
    }
    if let Some(asset) = released::<AssetId>(response)
        && let Some(zone) = home(ctx, zone)
    {
        ctx.edit(put_down(field.project, *asset, zone, at));
        ctx.select(*asset);
    }
    if let Some(part) = released::<Fragment>(response) {
        my_parts::dropped(ctx, field, &part, at);
    }
}

/// What was let go here, if it is of this kind: the toolkit throws away what it is asked for
/// as anything else.
fn released<T: Any + Send + Sync>(response: &Response) -> Option<Arc<T>> {
    let is_it = DragAndDrop::has_payload_of_type::<T>(&response.ctx);
    if is_it { response.dnd_release_payload::<T>() } else { None }
}

/// The zone in which assets can be put down; where there is none, that is said.
fn home(ctx: &Context, zone: Option<ZoneId>) -> Option<ZoneId> {
    let Some(id) = zone else {
        ctx.send(Action::Say("Assets stand in zones: drop it on one".to_owned()));
        return None;
    };
    is_free(ctx, id).then_some(id)
}

/// Whether something can be put into a zone; where it is locked, that is said.
fn is_free(ctx: &Context, zone: ZoneId) -> bool {
    let project = ctx.session.project();
    let is_locked = lock::is_zone_locked(project, zone);
    if is_locked {
        ctx.send(Action::Say(format!("{}: press L to unlock it first", lock::reason(project, zone.into()))));
    }
    !is_locked
}

/// A new asset of a type in a zone, where it was dropped or in the zone's grid; it is named next.
pub(super) fn add_asset(ctx: &Context, state: &mut CanvasState, kind: &str, zone: ZoneId, at: Option<Point>) {
    let id = AssetId::random();
    if !is_free(ctx, zone) {
        return;
    }
    if let Some(edit) = draw::new_asset(ctx.session.project(), ctx.catalogue, id, kind, (zone, at)) {
        ctx.edit(edit);
        ctx.select(id);
        state.to_name = Some(id.into());
    }
}
