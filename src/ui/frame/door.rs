//! Where Tab begins: at the page, and not at the menus above it.

use egui::{Id, Key, Popup, Rect, Sense, Ui, Vec2};

fn door() -> Id {
    Id::unique("door of the page")
}

/// Where nothing has the keyboard, Tab goes to what stands first on the page; from its end it
/// goes on through the frame.
pub fn begin_at_page(ui: &Ui) {
    let is_free = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    let is_asked = || ui.input(|input| input.key_pressed(Key::Tab) && input.modifiers.is_none());
    if is_free && is_asked() && !Popup::is_any_open(ui.ctx()) {
        ui.memory_mut(|memory| memory.request_focus(door()));
    }
}

/// The door of the page: whoever comes to it is led on in the same frame.
pub fn door_of_page(ui: &Ui) {
    if ui.memory(|memory| memory.has_focus(door())) {
        ui.interact(Rect::from_min_size(ui.cursor().min, Vec2::ZERO), door(), Sense::focusable_noninteractive());
    }
}
