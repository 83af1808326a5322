//! The asset types to drag into zones, and the assets that stand in no zone yet.

use egui::{Frame, Id, Key, Margin, Panel, RichText, ScrollArea, Sense, Ui, vec2};

use super::CanvasState;
use crate::drawing::icons::icon;
use crate::model::{Rect, Subject};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{paint_shapes, plain_key, take_keys};

/// Shows them at the left of the canvas.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let frame = Frame::new().fill(color32(ctx.palette.panel)).inner_margin(Margin::same(10));
    Panel::left("parts").resizable(false).exact_size(236.0).frame(frame).show(ui, |ui| {
        let field = egui::TextEdit::singleline(&mut state.wanted_part)
            .hint_text("Find an asset type")
            .desired_width(f32::INFINITY);
        let field = ui.add(field).accessible_name("Find an asset type");
        if std::mem::take(&mut state.takes_part) {
            take_keys(ui, &field, state.wanted_part.chars().count());
        }
        let hint = "Drag into a zone, or select a zone and double-click or press Enter.";
        ui.label(RichText::new(hint).small().weak());
        let wanted = state.wanted_part.to_lowercase();
        let mut kinds = ctx.catalogue.asset_types().iter().filter(|it| it.name.to_lowercase().contains(&wanted));
        let is_entered = field.lost_focus() && plain_key(ui, Key::Enter);
        if let Some(first) = kinds.next().filter(|_| is_entered && !wanted.is_empty()) {
            add(ctx, state, &first.id);
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            unplaced(ui, ctx);
            super::my_parts::show(ui, ctx, state, &wanted);
            for kind in ctx.catalogue.asset_types().iter().filter(|it| it.name.to_lowercase().contains(&wanted)) {
                part(ui, ctx, state, &kind.id, &kind.name);
            }
        });
    });
}

fn part(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, kind: &str, name: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Asset type {name}")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, color32(ctx.palette.sunken));
    }
    let picture = Rect::new(rect.left() + 4.0, rect.top() + 4.0, 20.0, 20.0);
    paint_shapes(ui, &icon(kind, picture, ctx.palette.icon));
    let size = 12.0 * ctx.palette.type_size;
    let text = crate::text::Face::Regular.shortened(name, size, rect.width() - 36.0);
    let response = if text == name { response } else { response.on_hover_text(name) };
    let font = crate::ui::theme::font(crate::text::Face::Regular, size);
    let at = egui::pos2(rect.left() + 32.0, rect.center().y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, text, font, color32(ctx.palette.text));
    response.dnd_set_drag_payload(kind.to_owned());
    if response.dragged()
        && let Some(at) = ui.ctx().pointer_interact_pos()
    {
        let layer = egui::LayerId::new(egui::Order::Tooltip, Id::unique("dragged part"));
        let painter = ui.ctx().layer_painter(layer);
        let place = Rect::new(at.x - 14.0, at.y - 14.0, 28.0, 28.0);
        for shape in icon(kind, place, ctx.palette.accent) {
            crate::ui::widgets::shape_to_egui(&painter, &shape, &|it| egui::pos2(it.x, it.y), 1.0);
        }
    }
    if response.double_clicked() || (response.has_focus() && plain_key(ui, Key::Enter)) {
        add(ctx, state, kind);
    }
}

/// Adds an asset to the selected zone, or to that of the selected asset; where neither is, that is said.
fn add(ctx: &Context, state: &mut CanvasState, kind: &str) {
    let zone = match ctx.selection.only() {
        Some(Subject::Zone(id)) => Some(id),
        Some(Subject::Asset(id)) => ctx.project.assets.get(id).and_then(|it| it.zone),
        _ => None,
    };
    match zone {
        Some(zone) => super::drop::add_asset(ctx, state, kind, zone, None),
        None => ctx.send(Action::Say("Select the zone that it goes into first, or drag it there".to_owned())),
    }
}

fn unplaced(ui: &mut Ui, ctx: &Context) {
    let mut assets: Vec<_> = ctx.project.assets.iter().filter(|(_, it)| it.zone.is_none()).collect();
    if assets.is_empty() {
        return;
    }
    assets.sort_by_key(|(_, it)| &it.tag);
    ui.label(strong(format!("In no zone ({})", assets.len())));
    for (id, asset) in assets {
        let name = format!("{}  {}", asset.tag, asset.name);
        let row = egui::Button::selectable(ctx.selection.contains(id), name).sense(Sense::click_and_drag());
        let response = ui.add(row).on_hover_text("Drag it into a zone");
        if response.clicked() {
            ctx.select(id);
        }
        response.dnd_set_drag_payload(id);
    }
    ui.separator();
}
