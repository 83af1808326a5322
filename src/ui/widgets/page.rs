//! How pages are built: a heading, sections, cards, facts, and what stands where nothing is yet.

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::button::primary_button;
use crate::drawing::palette::Palette;
use crate::ui::theme::{color32, strong, title};

/// A page that scrolls, with its heading and one sentence on what it is for.
pub fn page(ui: &mut Ui, id: &str, heading: &str, what_for: &str, add_contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 28, right: 28, top: 20, bottom: 32 }).show(ui, |ui| {
            ui.heading(heading);
            ui.label(RichText::new(what_for).weak());
            ui.add_space(10.0);
            add_contents(ui);
        });
    });
}

/// A part of a page under a title.
pub fn section(ui: &mut Ui, heading: &str, add_contents: impl FnOnce(&mut Ui)) {
    ui.add_space(14.0);
    ui.label(title(heading));
    ui.add_space(2.0);
    add_contents(ui);
}

/// A framed part of a page.
pub fn card<R>(ui: &mut Ui, palette: &Palette, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new()
        .fill(color32(palette.raised))
        .stroke(egui::Stroke::new(1.0, color32(palette.line)))
        .corner_radius(8.0)
        .inner_margin(Margin::same(14))
        .show(ui, add_contents)
        .inner
}

/// What stands where nothing is yet: the next step, and a button that takes it.
/// Returns whether the button was pressed.
pub fn empty_state(ui: &mut Ui, palette: &Palette, heading: &str, next: &str, button: &str) -> bool {
    let mut pressed = false;
    ui.add_space(ui.available_height() * 0.25);
    ui.vertical_centered(|ui| {
        ui.label(title(heading));
        ui.label(RichText::new(next).weak());
        ui.add_space(8.0);
        pressed = primary_button(ui, palette, button).clicked();
    });
    pressed
}

/// A label with what it stands for, on one line.
pub fn fact(ui: &mut Ui, label: &str, value: impl Into<String>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(label).weak());
        ui.label(strong(value));
    });
}
