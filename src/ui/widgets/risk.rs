//! Risk levels as chips.

use egui::{Response, Ui};

use super::chip;
use crate::drawing::palette::Palette;
use crate::drawing::risk_level::risk_colors;
use crate::model::{RiskLevel, RiskMatrix};

/// What the project calls a risk level.
pub fn risk_word(matrix: &RiskMatrix, level: RiskLevel) -> String {
    matrix.level_word(level).to_owned()
}

/// A level in its colour and word; a dash where it is not rated.
pub fn risk_chip(ui: &mut Ui, palette: &Palette, matrix: &RiskMatrix, level: Option<RiskLevel>) -> Response {
    match level {
        Some(level) => chip(ui, matrix.level_word(level), risk_colors(palette, matrix, level)),
        None => chip(ui, "–", (palette.sunken, palette.text_weak)),
    }
}
