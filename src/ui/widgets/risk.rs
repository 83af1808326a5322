//! Risk levels as chips and colours.

use egui::{Response, Ui};

use super::chip;
use crate::analysis::Band;
use crate::drawing::palette::{Color, Palette};
use crate::model::{RiskLevel, RiskMatrix};

/// Fill and ink of a risk level.
pub fn risk_colors(palette: &Palette, _matrix: &RiskMatrix, level: RiskLevel) -> (Color, Color) {
    palette.band(match level {
        RiskLevel::Critical => Band::P1,
        RiskLevel::High => Band::P2,
        RiskLevel::Medium => Band::P3,
        RiskLevel::Low => Band::P4,
    })
}

/// What the project calls a risk level.
pub fn risk_word(_matrix: &RiskMatrix, level: RiskLevel) -> String {
    level.word().to_owned()
}

/// A level in its colour and word; a dash where it is not rated.
pub fn risk_chip(ui: &mut Ui, palette: &Palette, matrix: &RiskMatrix, level: Option<RiskLevel>) -> Response {
    match level {
        Some(level) => chip(ui, &risk_word(matrix, level), risk_colors(palette, matrix, level)),
        None => chip(ui, "–", (palette.sunken, palette.text_weak)),
    }
}

/// A colour on a ground, as much of it as said (0 to 1).
pub fn on_ground(color: Color, ground: Color, share: f32) -> Color {
    let mix = |one: u8, other: u8| (f32::from(one) * share + f32::from(other) * (1.0 - share)).round() as u8;
    Color { r: mix(color.r, ground.r), g: mix(color.g, ground.g), b: mix(color.b, ground.b), a: 255 }
}
