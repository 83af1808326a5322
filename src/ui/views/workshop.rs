//! Sessions with the people of the plant.

use egui::Ui;

use crate::ui::context::Context;
use crate::ui::widgets::page;

/// What the page remembers.
#[derive(Default)]
pub struct WorkshopState {}

/// Shows it.
pub fn workshop(ui: &mut Ui, _ctx: &Context, _state: &mut WorkshopState) {
    page(ui, "workshop", "Workshop", "Sessions with the people of the plant.", |_| ());
}
