//! Painting the scene.

use std::sync::{Arc, Weak};

use egui::{Color32, Galley, Painter, Rect};

use super::CanvasState;
use super::brush::Brush;
use super::camera::Camera;
use crate::drawing::scene::{Scene, flows_of, homes_of};
use crate::hands::hit::Hit;
use crate::model::Subject;
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};

/// What was painted of a scene in the last frame, and is painted again while nothing of this differs.
pub(super) struct Painted {
    /// Whoever changes a scene makes another one of it, for this one is looked at.
    scene: Weak<Scene>,
    camera: Camera,
    rect: Rect,
    pixels_per_point: f32,
    /// A text that is laid out anew when all letters are: then those of the texts lie elsewhere.
    letters: Arc<Galley>,
    shapes: Vec<egui::Shape>,
}

/// Paints what is visible of the scene, the flows of what is selected, and the further homes
/// of what is selected or pointed at.
pub(super) fn scene(
    painter: &Painter,
    ctx: &Context,
    state: &mut CanvasState,
    scene: &Arc<Scene>,
    rect: Rect,
    hovered: Hit,
) {
    painter.rect_filled(rect, 0.0, color32(ctx.palette.canvas));
    painter.extend(elements(painter, state, scene, rect).iter().cloned());
    let camera = state.camera;
    let look = state.look(ctx.palette);
    let mut brush = Brush::new(painter, &mut state.icons, camera, rect);
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
    painter.extend(brush.finish());
}

/// The elements that are visible, as they were painted in the last frame if they can be.
fn elements<'a>(painter: &Painter, state: &'a mut CanvasState, scene: &Arc<Scene>, rect: Rect) -> &'a [egui::Shape] {
    let (camera, pixels_per_point) = (state.camera, painter.pixels_per_point());
    let letters = painter.layout_no_wrap("0".to_owned(), font(Face::Regular, 10.0), Color32::PLACEHOLDER);
    let of = Arc::downgrade(scene);
    let last = state.painted.take().filter(|last| {
        last.scene.ptr_eq(&of)
            && (last.camera, last.rect, last.pixels_per_point) == (camera, rect, pixels_per_point)
            && Arc::ptr_eq(&last.letters, &letters)
    });
    let painted = last.unwrap_or_else(|| {
        let mut brush = Brush::new(painter, &mut state.icons, camera, rect);
        for element in scene.elements.visible(camera.visible(rect), camera.zoom) {
            for shape in &element.shapes {
                brush.shape(shape);
            }
        }
        Painted { scene: of, camera, rect, pixels_per_point, letters, shapes: brush.finish() }
    });
    &state.painted.insert(painted).shapes
}
