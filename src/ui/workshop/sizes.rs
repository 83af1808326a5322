//! Sizes of type before a room. At eight metres a capital must be about 3 cm high to be read
//! with ease; on a picture a metre and a half high that is a fiftieth of its height, which a
//! type of a thirty-second has.

use egui::Vec2;

/// The least size of any text before the room, in points of a window of 1024 by 768.
pub const LEAST: f32 = 24.0;

/// Sizes of type for a window.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// What a point of a window of 1024 by 768 comes to here.
    pub unit: f32,
}

impl Sizes {
    /// For a window of this size.
    pub fn of(window: Vec2) -> Self {
        Self { unit: (window.x / 1024.0).min(window.y / 768.0).clamp(0.3, 4.0) }
    }

    /// What stands around: keys, hints, times.
    pub fn small(self) -> f32 {
        LEAST * self.unit
    }

    /// What is read in passing: evidence, decisions.
    pub fn body(self) -> f32 {
        26.0 * self.unit
    }

    /// Names of places.
    pub fn name(self) -> f32 {
        30.0 * self.unit
    }

    /// The question, from as large as it may be to as small as it must be.
    pub fn questions(self) -> impl Iterator<Item = f32> {
        let unit = self.unit;
        [52.0, 48.0, 44.0, 40.0, 37.0, 34.0, 31.0, 28.0, 26.0].into_iter().map(move |it| it * unit)
    }

    /// Room around and between.
    pub fn gap(self) -> f32 {
        12.0 * self.unit
    }
}
