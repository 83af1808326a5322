//! Chips: a short word on a colour.

use egui::{Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::focus_ring;
use crate::analysis::{Band, Severity};
use crate::drawing::palette::{Color, Palette};
use crate::text::Face;
use crate::ui::theme::{color32, font, palette};

/// A chip.
pub fn chip(ui: &mut Ui, text: &str, colors: (Color, Color)) -> Response {
    let response = painted(ui, text, colors, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// A chip that is a button, with a ring while it has the keyboard.
pub fn chip_button(ui: &mut Ui, text: &str, colors: (Color, Color)) -> Response {
    let response = painted(ui, text, colors, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    focus_ring(ui, &response);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn painted(ui: &mut Ui, text: &str, (fill, ink): (Color, Color), sense: Sense) -> Response {
    let scale = palette(ui.ctx()).type_size;
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Face::SemiBold, 11.0 * scale), color32(ink));
    let size = vec2(galley.size().x + 12.0, 18.0 * scale);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if ui.is_rect_visible(rect) {
        ui.painter().rect_filled(rect, 4.0, color32(fill));
        let at = rect.center() - galley.size() / 2.0;
        ui.painter().galley(at, galley, color32(ink));
    }
    response
}

/// Band and, where there is room for it, score.
pub fn band_chip(ui: &mut Ui, palette: &Palette, band: Band, score: Option<u8>) -> Response {
    let text = score.map_or(band.word().to_owned(), |score| format!("{} {score}", band.word()));
    chip(ui, &text, palette.band(band))
}

/// A severity in its colour and word.
pub fn severity_chip(ui: &mut Ui, palette: &Palette, severity: Severity) -> Response {
    chip(ui, severity.word(), palette.severity(severity))
}
