//! Painting the scene.

use egui::Painter;

use super::CanvasState;
use super::brush::Brush;
use crate::drawing::scene::{Scene, flows_of};
use crate::ui::context::Context;
use crate::ui::theme::color32;

/// Paints what is visible of the scene, and the flows of what is selected.
pub(super) fn scene(painter: &Painter, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    painter.rect_filled(rect, 0.0, color32(ctx.palette.canvas));
    let camera = state.camera;
    let visible = camera.visible(rect);
    let look = state.look(ctx.palette);
    let mut brush = Brush::new(painter, &mut state.icons, camera, rect);
    for element in scene.elements.visible(visible, camera.zoom) {
        for shape in &element.shapes {
            brush.shape(shape);
        }
    }
    if let Some(subject) = ctx.selection.only() {
        for shape in flows_of(scene, &look, subject, camera.zoom) {
            brush.shape(&shape);
        }
    }
    brush.finish();
}
