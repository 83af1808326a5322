//! What could happen, how bad and how likely it is (IEC 62443-3-2, ZCR 2 and ZCR 5).

use egui::Ui;

use crate::ui::context::Context;
use crate::ui::widgets::page;

/// What the page remembers.
#[derive(Default)]
pub struct RiskState {}

/// Shows it.
pub fn risk(ui: &mut Ui, _ctx: &Context, _state: &mut RiskState) {
    page(
        ui,
        "risk",
        "Risk",
        "What could happen, how bad and how likely it is (IEC 62443-3-2, ZCR 2 and ZCR 5).",
        |_| (),
    );
}
