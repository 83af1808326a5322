//! Two states of the assessment side by side.

use egui::Ui;

use crate::ui::context::Context;
use crate::ui::widgets::page;

/// What the page remembers.
#[derive(Default)]
pub struct CompareState {}

/// Shows it.
pub fn compare(ui: &mut Ui, _ctx: &Context, _state: &mut CompareState) {
    page(ui, "compare", "Compare", "Two states of the assessment side by side.", |_| ());
}
