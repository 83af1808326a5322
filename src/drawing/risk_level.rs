//! The colours of risk levels: the same on every page of an appearance, in its matrices and on paper.

use super::palette::{Color, Palette};
use crate::model::{RiskLevel, RiskMatrix};

/// What stands on a level is read at this contrast.
const READABLE: f32 = 7.0;

/// Fill and ink of a risk level: the project's colour, as light or dark as its ink asks for. In a
/// dark appearance it glows no more than what stands around it.
pub fn risk_colors(palette: &Palette, matrix: &RiskMatrix, level: RiskLevel) -> (Color, Color) {
    let crate::model::Color([r, g, b]) = matrix.level_color(level);
    let color = Color::rgb(r, g, b);
    let (black, white) = (Color::rgb(0, 0, 0), Color::rgb(255, 255, 255));
    let is_dark = palette.panel.contrast(white) > palette.panel.contrast(black);
    let ink = match is_dark {
        true => palette.text,
        false if color.contrast(palette.text) >= color.contrast(white) => palette.text,
        false => white,
    };
    let away = if ink.contrast(black) > ink.contrast(white) { black } else { white };
    let mut fills = (0..50_u8).map(|step| color.mixed(away, f32::from(step) * 0.02));
    (fills.find(|it| it.contrast(ink) >= READABLE).unwrap_or(away), ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_read_on_its_colour_in_every_look() {
        let mut matrix = RiskMatrix::default();
        for own in [None, Some(crate::model::Color([0x77, 0x77, 0x77])), Some(crate::model::Color([0xb8, 0x56, 0x0b]))]
        {
            matrix.styles[0].color = own;
            for palette in Palette::all() {
                for level in RiskLevel::ALL {
                    let (fill, ink) = risk_colors(palette, &matrix, *level);
                    assert!(fill.contrast(ink) >= 7.0, "{} {level}: {}", palette.name, fill.contrast(ink));
                }
            }
        }
    }

    #[test]
    fn levels_are_told_apart_in_every_look() {
        let matrix = RiskMatrix::default();
        for palette in Palette::all() {
            let fills: Vec<Color> = RiskLevel::ALL.iter().map(|it| risk_colors(palette, &matrix, *it).0).collect();
            for (place, one) in fills.iter().enumerate() {
                for other in fills.iter().skip(place + 1) {
                    let far = one.r.abs_diff(other.r).max(one.g.abs_diff(other.g)).max(one.b.abs_diff(other.b));
                    assert!(far >= 24, "{}: {one} and {other}", palette.name);
                }
            }
        }
    }
}
