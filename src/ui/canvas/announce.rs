//! What makes the canvas known to those who can't see it, and to tests.

use egui::{Role, Sense, Ui, WidgetInfo};

use super::CanvasState;
use crate::drawing::scene::Scene;
use crate::model::Rect;
use crate::ui::context::Context;

/// Shows that the canvas has the keys, where nothing selected shows it.
pub(super) fn focus_edge(painter: &egui::Painter, ctx: &Context, response: &egui::Response) {
    if response.has_focus() && ctx.selection.subjects.is_empty() && !ctx.project.zones.is_empty() {
        let line = egui::Stroke::new(1.0, crate::ui::theme::color32(ctx.palette.accent));
        painter.rect_stroke(response.rect, 0.0, line, egui::StrokeKind::Inside);
    }
}

/// Tells the zones that are seen by tag and name.
pub(super) fn zones(ui: &Ui, ctx: &Context, state: &CanvasState, scene: &Scene, rect: egui::Rect) {
    const MOST: usize = 150;
    for id in scene.zones_near(state.camera.visible(rect)).into_iter().take(MOST) {
        let Some(zone) = ctx.project.zones.get(id) else { continue };
        let place = state.camera.rect_to_screen(rect, Rect { height: 30.0, ..zone.frame });
        let response = ui.interact(place.intersect(rect), ui.scope_id().with(("zone", id)), Sense::hover());
        let is_selected = ctx.selection.contains(id);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Group, true, is_selected, format!("Zone {} {}", zone.tag, zone.name))
        });
    }
}
