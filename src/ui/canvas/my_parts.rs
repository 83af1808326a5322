//! The user's own parts beside the canvas: dragged in, or put in by Enter.

use egui::{Key, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use super::CanvasState;
use crate::drawing::shown;
use crate::edit::Fragment;
use crate::hands::Field;
use crate::hands::part::{drop_part, place_part};
use crate::model::{Point, Subject};
use crate::text::Face;
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::library::{Ask, LibraryAction, PICTURE, Part, contents, paint_thumbnail};
use crate::ui::theme::{color32, font, strong};

/// Shows those whose name holds what is wanted.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, wanted: &str) {
    let Some(shelf) = state.shelf.clone() else { return };
    ui.horizontal(|ui| {
        ui.label(strong("My parts"));
        if !shelf.parts.is_empty() && ui.small_button("Folder").on_hover_text("Show the files of your parts").clicked()
        {
            ctx.send(Action::Library(LibraryAction::ShowParts));
        }
    });
    for error in &shelf.errors {
        ui.label(RichText::new(error).small().color(color32(ctx.palette.error)));
    }
    if shelf.parts.is_empty() {
        let hint =
            "Select zones with their assets and choose Keep as part… in their menu: they are here in every project.";
        ui.label(RichText::new(hint).small().weak());
    }
    for part in shelf.parts.iter().filter(|it| it.fragment.name.to_lowercase().contains(wanted)) {
        row(ui, ctx, state, part);
    }
    ui.add_space(6.0);
    ui.separator();
}

fn row(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, part: &Part) {
    let name = &part.fragment.name;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), PICTURE.1 + 10.0), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Part {name}")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, color32(ctx.palette.sunken));
    }
    let picture = egui::Rect::from_min_size(rect.min + vec2(4.0, 5.0), vec2(PICTURE.0, PICTURE.1));
    let edge = egui::Stroke::new(1.0, color32(ctx.palette.line));
    ui.painter().rect(picture, 4.0, color32(ctx.palette.canvas), edge, egui::StrokeKind::Inside);
    paint_thumbnail(ui, &part.picture, picture.shrink(3.0));
    let left = picture.right() + 8.0;
    let mut top = rect.top() + 6.0;
    for (text, face, size, ink, rows) in [
        (name.clone(), Face::SemiBold, 12.0, ctx.palette.text, 2),
        (contents(&part.fragment), Face::Regular, 11.0, ctx.palette.text_weak, 2),
    ] {
        let mut job = egui::text::LayoutJob::simple(text, font(face, size), color32(ink), rect.right() - left - 2.0);
        job.wrap.max_rows = rows;
        let galley = ui.painter().layout_job(job);
        let height = galley.size().y;
        ui.painter().galley(pos2(left, top), galley, color32(ink));
        top += height + 1.0;
    }
    response.dnd_set_drag_payload(part.fragment.clone());
    if response.dragged() {
        ghost(ui, ctx, state, &part.fragment);
    }
    let entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if response.double_clicked() || entered {
        insert(ctx, state, &part.fragment);
    }
    response.context_menu(|ui| menu(ui, ctx, state, part));
}

fn menu(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, part: &Part) {
    let (name, path) = (part.fragment.name.clone(), part.path.clone());
    if ui.button("Insert").clicked() {
        insert(ctx, state, &part.fragment);
        ui.close();
    }
    if ui.button("Rename…").clicked() {
        let ask = Ask::RenamePart(name.clone(), path.clone(), Box::new(part.fragment.clone()));
        ctx.send(Action::Library(LibraryAction::Ask(ask)));
        ui.close();
    }
    if ui.button("Delete…").clicked() {
        ctx.send(Action::Library(LibraryAction::Ask(Ask::DeletePart(name, path))));
        ui.close();
    }
}

/// The zones of a part as they would stand under the pointer.
fn ghost(ui: &Ui, ctx: &Context, state: &CanvasState, part: &Fragment) {
    let Some(at) = ui.ctx().pointer_interact_pos() else { return };
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("dragged own part"));
    let painter = ui.ctx().layer_painter(layer);
    let stroke = egui::Stroke::new(1.5, color32(ctx.palette.accent));
    let fill = color32(ctx.palette.accent).gamma_multiply(0.08);
    let zoom = state.zoom();
    let Some(bounds) = part.bounds() else {
        let square = egui::Rect::from_center_size(at, vec2(28.0, 28.0));
        painter.rect(square, 4.0, fill, stroke, egui::StrokeKind::Middle);
        return;
    };
    let corner = at - vec2(bounds.width / 2.0 * zoom, 17.0 * zoom);
    for zone in part.zones.values() {
        let min = corner + vec2((zone.frame.x - bounds.x) * zoom, (zone.frame.y - bounds.y) * zoom);
        let frame = egui::Rect::from_min_size(min, vec2(zone.frame.width * zoom, zone.frame.height * zoom));
        painter.rect(frame, 4.0, fill, stroke, egui::StrokeKind::Middle);
    }
}

/// Puts a part in where it was dropped on the canvas.
pub(super) fn dropped(ctx: &Context, field: &Field, part: &Fragment, at: Point) {
    put(ctx, drop_part(field.project, field.shown, part, at));
}

/// Puts a part in without the mouse: into the selected zone if it is assets alone, else
/// in the middle of what is seen or beside the plant.
fn insert(ctx: &Context, state: &mut CanvasState, part: &Fragment) {
    let middle = state.middle();
    let near = match ctx.selection.only() {
        Some(Subject::Zone(id)) if part.zones.is_empty() => {
            ctx.project.zones.get(id).map_or(middle, |it| it.frame.center())
        }
        _ => middle,
    };
    let project = ctx.session.project();
    put(ctx, place_part(project, &shown(project, &state.view), part, near));
    state.fly_to_selection();
}

fn put(ctx: &Context, edit: Result<(crate::edit::Edit, Vec<Subject>), String>) {
    match edit {
        Ok((edit, subjects)) => {
            ctx.edit(edit);
            ctx.send(Action::Select(Selection { subjects, requirement: None }));
        }
        Err(why) => ctx.send(Action::Library(LibraryAction::Say(why))),
    }
}
