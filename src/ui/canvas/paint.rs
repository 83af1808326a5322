//! Painting the scene.

use egui::Painter;

use super::CanvasState;
use super::brush::Brush;
use crate::drawing::scene::{Scene, flows_of, homes_of};
use crate::hands::hit::Hit;
use crate::model::Subject;
use crate::ui::context::Context;
use crate::ui::theme::color32;

/// Paints what is visible of the scene, the flows of what is selected, and the further homes
/// of what is selected or pointed at.
pub(super) fn scene(
    painter: &Painter,
    ctx: &Context,
    state: &mut CanvasState,
    scene: &Scene,
    rect: egui::Rect,
    hovered: Hit,
) {
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
    let selected = ctx.selection.only().and_then(|it| if let Subject::Asset(id) = it { Some(id) } else { None });
    let pointed_at = if let Hit::Asset(id) = hovered { Some(id) } else { None };
    for asset in selected.into_iter().chain(pointed_at.filter(|it| Some(*it) != selected)) {
        for shape in homes_of(scene, &look, asset) {
            brush.shape(&shape);
        }
    }
    brush.finish();
}
