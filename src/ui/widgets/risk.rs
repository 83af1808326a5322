//! Risk levels as chips and colours.

use egui::{Response, Ui};

use super::chip;
use crate::drawing::palette::{Color, Palette};
use crate::model::{RiskLevel, RiskMatrix};

/// Fill and ink of a risk level: the project's colour, and of light and dark what stands out from it more.
pub fn risk_colors(matrix: &RiskMatrix, level: RiskLevel) -> (Color, Color) {
    let crate::model::Color([r, g, b]) = matrix.level_color(level);
    let fill = Color { r, g, b, a: 255 };
    let inks = [Color { r: 255, g: 255, b: 255, a: 255 }, Color { r: 0x0d, g: 0x16, b: 0x1a, a: 255 }];
    let [light, dark] = inks;
    (fill, if contrast(fill, light) >= contrast(fill, dark) { light } else { dark })
}

/// How far two colours stand out from each other, 1 to 21, as WCAG has it.
pub fn contrast(one: Color, other: Color) -> f32 {
    let linear = |part: u8| {
        let share = f32::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |it: Color| 0.2126 * linear(it.r) + 0.7152 * linear(it.g) + 0.0722 * linear(it.b);
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What the project calls a risk level.
pub fn risk_word(matrix: &RiskMatrix, level: RiskLevel) -> String {
    matrix.level_word(level).to_owned()
}

/// A level in its colour and word; a dash where it is not rated.
pub fn risk_chip(ui: &mut Ui, palette: &Palette, matrix: &RiskMatrix, level: Option<RiskLevel>) -> Response {
    match level {
        Some(level) => chip(ui, matrix.level_word(level), risk_colors(matrix, level)),
        None => chip(ui, "–", (palette.sunken, palette.text_weak)),
    }
}

/// A colour on a ground, as much of it as said (0 to 1).
pub fn on_ground(color: Color, ground: Color, share: f32) -> Color {
    let mix = |one: u8, other: u8| (f32::from(one) * share + f32::from(other) * (1.0 - share)).round() as u8;
    Color { r: mix(color.r, ground.r), g: mix(color.g, ground.g), b: mix(color.b, ground.b), a: 255 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_read_on_its_colour() {
        let mut matrix = RiskMatrix::default();
        for level in RiskLevel::ALL {
            let (fill, ink) = risk_colors(&matrix, *level);
            assert!(contrast(fill, ink) >= 4.5, "{level}: {}", contrast(fill, ink));
        }
        matrix.styles[0].color = Some(crate::model::Color([0x77, 0x77, 0x77]));
        let (fill, ink) = risk_colors(&matrix, RiskLevel::Low);
        assert!(contrast(fill, ink) >= 4.4, "a colour in the middle, too");
    }

    #[test]
    fn a_share_of_a_colour_lies_between_it_and_the_ground() {
        let [black, white] = [0, 255].map(|it| Color { r: it, g: it, b: it, a: 255 });
        assert_eq!(on_ground(black, white, 1.0), black);
        assert_eq!(on_ground(black, white, 0.0), white);
        assert_eq!(on_ground(black, white, 0.5).r, 128);
    }
}
