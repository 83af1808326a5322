//! The requirements of IEC 62443-3-2 in their order: what each needs, and what is open.

use egui::Ui;

use crate::ui::context::Context;
use crate::ui::widgets::page;

/// What the page remembers.
#[derive(Default)]
pub struct PathState {}

/// Shows it.
pub fn path(ui: &mut Ui, _ctx: &Context, _state: &mut PathState) {
    page(
        ui,
        "path",
        "ZCR path",
        "The requirements of IEC 62443-3-2 in their order: what each needs, and what is open.",
        |_| (),
    );
}
