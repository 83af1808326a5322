//! Which part of the drawing is shown: fitting, panning, zooming.

use egui::{PointerButton, Ui};

use super::camera::Camera;
use super::flight::Flight;
use super::{CanvasState, Fit, bounds_of};
use crate::drawing::scene::Scene;
use crate::model::Point;
use crate::ui::context::Context;

impl CanvasState {
    /// Where the drawing is on the screen.
    pub fn area(&self) -> egui::Rect {
        self.rect
    }

    /// Shows everything above what covers this much of the foot.
    pub fn show_above(&mut self, foot: f32) {
        self.foot = foot;
        self.fit(false);
    }

    /// Nothing covers the foot any more; what is seen stays.
    pub fn clear_foot(&mut self) {
        self.foot = 0.0;
    }
}

/// Shows what is waiting to be shown; what shows everything goes on to.
pub(super) fn apply_fit(ui: &Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    // what shows everything goes on to, whatever the size of its place
    let is_resized = state.drag.is_none() && state.fitted.is_some_and(|size| size != rect.size());
    let Some(fit) = state.fit.take().or(is_resized.then_some(Fit::All)) else {
        fly_on(ui, state);
        return;
    };
    // what follows on a flight begins where that leads
    if let Some(flight) = state.flight.take() {
        state.camera = flight.goal();
    }
    let before = state.camera;
    show_part(ctx, state, scene, rect, fit);
    if fit == Fit::All {
        state.fitted = Some(rect.size());
    } else if state.camera != before {
        state.fitted = None;
        if !state.panels.still && before != Camera::default() {
            state.flight = Some(Flight::begin(ui, before, state.camera));
            fly_on(ui, state);
        }
    }
}

/// Goes on with a flight under way.
fn fly_on(ui: &Ui, state: &mut CanvasState) {
    let Some(flight) = state.flight else { return };
    state.camera = flight.camera(ui).unwrap_or_else(|| {
        state.flight = None;
        flight.goal()
    });
}

fn show_part(ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect, fit: Fit) {
    let selected = ctx.selection.subjects.iter().filter_map(|&it| bounds_of(ctx.project, scene, it));
    let selected = selected.reduce(|all, it| all.union(&it));
    match (fit, selected) {
        (Fit::Selection, Some(part)) => state.camera.fit(rect, part.grown(60.0)),
        (Fit::Find, Some(part)) => {
            let seen = state.camera.visible(rect);
            let is_readable = state.camera.zoom >= 0.3;
            let fits = part.width < seen.width * 0.8 && part.height < seen.height * 0.8;
            match is_readable {
                true if seen.encloses(&part) => (),
                // it is gone to and not zoomed to
                true if fits => state.camera.center = part.center(),
                _ => state.camera.fit(rect, part.grown(260.0)),
            }
        }
        (Fit::Find, None) if state.drawn.is_some() => (),
        _ if !scene.elements.is_empty() => {
            let above = egui::Rect { max: rect.max - egui::vec2(0.0, state.foot), ..rect };
            state.camera.fit(above, scene.bounds);
            state.camera.center.y += state.foot / 2.0 / state.camera.zoom;
        }
        _ => state.camera = Camera { center: Point::new(rect.width() / 2.0, rect.height() / 2.0), zoom: 1.0 },
    }
}

/// Wheel and pinch zoom at the pointer, middle button or Space pans.
pub(super) fn by_pointer(ui: &Ui, state: &mut CanvasState, rect: egui::Rect, response: &egui::Response) {
    let before = state.camera;
    pan_and_zoom(ui, state, rect, response);
    if state.camera != before {
        state.flight = None;
        state.fitted = None;
    }
}

fn pan_and_zoom(ui: &Ui, state: &mut CanvasState, rect: egui::Rect, response: &egui::Response) {
    let space = ui.input(|input| input.key_down(egui::Key::Space)) && state.rename.is_none();
    if response.dragged_by(PointerButton::Middle) || (space && response.dragged()) {
        state.camera.pan(response.drag_delta());
    }
    if !response.contains_pointer() {
        return;
    }
    let (scroll, zoom, modifiers) =
        ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers));
    let Some(at) = response.hover_pos() else { return };
    if zoom != 1.0 {
        state.camera.zoom_at(rect, at, zoom);
    } else if modifiers.shift && scroll != egui::Vec2::ZERO {
        state.camera.pan(if scroll.x == 0.0 { egui::vec2(scroll.y, 0.0) } else { scroll });
    } else if scroll.y != 0.0 {
        state.camera.zoom_at(rect, at, (scroll.y / 430.0).exp());
    }
}
