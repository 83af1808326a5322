//! Which part of the drawing is seen, and how large.

use egui::{Pos2, Vec2, pos2};

use crate::model::{Point, Rect};

/// The smallest zoom.
const SMALLEST: f32 = 0.05;
/// The largest zoom.
const LARGEST: f32 = 4.0;

/// A view onto the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The place in the drawing at the middle of the screen.
    pub center: Point,
    /// Points of the screen for a canvas unit.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { center: Point::default(), zoom: 1.0 }
    }
}

impl Camera {
    /// Where a place of the drawing is on the screen.
    pub fn to_screen(self, screen: egui::Rect, at: Point) -> Pos2 {
        let middle = screen.center();
        pos2(middle.x + (at.x - self.center.x) * self.zoom, middle.y + (at.y - self.center.y) * self.zoom)
    }

    /// Which place of the drawing is there on the screen.
    pub fn to_canvas(self, screen: egui::Rect, at: Pos2) -> Point {
        let middle = screen.center();
        Point::new(self.center.x + (at.x - middle.x) / self.zoom, self.center.y + (at.y - middle.y) / self.zoom)
    }

    /// The part of the drawing on the screen.
    pub fn visible(self, screen: egui::Rect) -> Rect {
        Rect::between(self.to_canvas(screen, screen.min), self.to_canvas(screen, screen.max))
    }

    /// Where a rectangle of the drawing is on the screen.
    pub fn rect_to_screen(self, screen: egui::Rect, rect: Rect) -> egui::Rect {
        let corner = self.to_screen(screen, rect.corner());
        egui::Rect::from_min_size(corner, Vec2::new(rect.width, rect.height) * self.zoom)
    }

    /// Moves what is seen by a distance on the screen.
    pub fn pan(&mut self, delta: Vec2) {
        self.center.x -= delta.x / self.zoom;
        self.center.y -= delta.y / self.zoom;
    }

    /// Zooms about the middle.
    pub fn zoom_by(&mut self, factor: f32) {
        self.zoom = (self.zoom * factor).clamp(SMALLEST, LARGEST);
    }

    /// Zooms so that what is under a place on the screen stays there.
    pub fn zoom_at(&mut self, screen: egui::Rect, at: Pos2, factor: f32) {
        let before = self.to_canvas(screen, at);
        self.zoom = (self.zoom * factor).clamp(SMALLEST, LARGEST);
        let after = self.to_canvas(screen, at);
        self.center.x += before.x - after.x;
        self.center.y += before.y - after.y;
    }

    /// Shows a part of the drawing as large as it fits, and no larger than it is.
    pub fn fit(&mut self, screen: egui::Rect, part: Rect) {
        let margin = 20.0;
        let across = (screen.width() - 2.0 * margin) / part.width.max(1.0);
        let down = (screen.height() - 2.0 * margin) / part.height.max(1.0);
        self.zoom = across.min(down).clamp(SMALLEST, 1.25);
        self.center = part.center();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: egui::Rect = egui::Rect { min: pos2(100.0, 50.0), max: pos2(900.0, 650.0) };

    #[test]
    fn what_is_under_the_pointer_stays_there_while_zooming() {
        let mut camera = Camera { center: Point::new(40.0, -20.0), zoom: 0.8 };
        let pointer = pos2(700.0, 120.0);
        let before = camera.to_canvas(SCREEN, pointer);
        camera.zoom_at(SCREEN, pointer, 1.7);
        let after = camera.to_canvas(SCREEN, pointer);
        assert!((before.x - after.x).abs() < 1e-3 && (before.y - after.y).abs() < 1e-3);
    }

    #[test]
    fn fitting_shows_the_whole_part() {
        let mut camera = Camera::default();
        let part = Rect::new(-500.0, 200.0, 3000.0, 900.0);
        camera.fit(SCREEN, part);
        assert!(camera.visible(SCREEN).encloses(&part));
    }
}
