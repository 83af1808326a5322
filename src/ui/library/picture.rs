//! Painting a small picture into its frame.

use egui::{Ui, pos2};

use crate::drawing::Thumbnail;
use crate::model::Rect;
use crate::ui::widgets::shape_to_egui;

/// Paints it in the middle of a frame of the screen.
pub fn paint_thumbnail(ui: &Ui, picture: &Thumbnail, frame: egui::Rect) {
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    let (zoom, place) = picture.fitted(Rect::new(frame.left(), frame.top(), frame.width(), frame.height()));
    let place = |at| {
        let at = place(at);
        pos2(at.x, at.y)
    };
    for shape in &picture.shapes {
        shape_to_egui(&painter, shape, &place, zoom);
    }
}
