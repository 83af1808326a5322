//! Painting the scene.

use egui::Painter;

use super::CanvasState;
use crate::drawing::scene::Scene;
use crate::model::Point;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::shape_to_egui;

/// Paints what is visible of the scene.
pub(super) fn scene(painter: &Painter, ctx: &Context, state: &CanvasState, scene: &Scene, rect: egui::Rect) {
    painter.rect_filled(rect, 0.0, color32(ctx.palette.canvas));
    let camera = state.camera;
    let visible = camera.visible(rect);
    let place = |at: Point| camera.to_screen(rect, at);
    for element in scene.elements.visible(visible, camera.zoom) {
        for shape in &element.shapes {
            shape_to_egui(painter, shape, &place, camera.zoom);
        }
    }
}
