//! Small drawings that stand in cells of tables.

use super::Material;
use crate::analysis::{Band, SoFar, TargetLevels};
use crate::drawing::levels::{achieved_cells, bars, level_cells, proven_cells, shortfall_cells, so_far_cell, strip};
use crate::drawing::palette::Color;
use crate::drawing::risk_level::risk_colors;
use crate::drawing::shape::chip;
use crate::model::{Fr, LevelVector, Rect, RiskLevel};
use crate::report::outline::{Cell, Drawing};
use crate::text::Face;

/// Width of seven bars.
pub(super) const BARS: f32 = 112.0;
/// Width of seven shortfalls.
pub(super) const SHORTFALLS: f32 = 126.0;

/// A chip with a short word.
pub(super) fn chip_cell(text: &str, width: f32, colors: (Color, Color)) -> Cell {
    let frame = Rect::new(0.0, 0.0, width, 11.0);
    Drawing { width, height: 11.0, shapes: chip(frame, text, 7.5, colors).into() }.into()
}

impl Material<'_> {
    /// Band and score.
    pub fn band_cell(&self, band: Band, score: u8) -> Cell {
        chip_cell(&format!("{} {score}", band.word()), 32.0, self.palette.band(band))
    }

    /// A risk level in the project's word and colour.
    pub fn risk_cell(&self, level: Option<RiskLevel>) -> Cell {
        let Some(level) = level else { return "–".into() };
        let matrix = &self.project.settings.matrix;
        let word = matrix.level_word(level);
        let width = (Face::Regular.width(word, 7.5) + 8.0).max(38.0);
        chip_cell(word, width, risk_colors(self.palette, matrix, level))
    }

    /// Seven bars.
    pub fn bars_cell(&self, levels: &TargetLevels) -> Cell {
        let frame = Rect::new(0.0, 1.0, BARS, 34.0);
        Drawing { width: BARS, height: 36.0, shapes: bars(levels, self.palette, frame) }.into()
    }

    /// Seven figures of a level vector.
    pub fn levels_cell(&self, levels: &LevelVector) -> Cell {
        figures(&level_cells(levels, self.palette))
    }

    /// Seven figures of SL-A, as far as it is known.
    pub fn achieved_cell(&self, levels: &TargetLevels) -> Cell {
        figures(&achieved_cells(levels, self.palette))
    }

    /// Seven figures of what is proven, as far as it is known.
    pub fn proven_cell(&self, levels: &TargetLevels) -> Cell {
        figures(&proven_cells(levels, self.palette))
    }

    /// Seven figures of levels as far as they are known.
    pub fn so_far_cell(&self, level: impl Fn(Fr) -> SoFar) -> Cell {
        figures(&Fr::ALL.map(|fr| so_far_cell(level(fr), self.palette)))
    }

    /// Seven figures of SL-T; a dash each where it is not set.
    pub fn target_cell(&self, levels: &TargetLevels) -> Cell {
        self.levels_cell(&levels.target.map(|it| it.map(Some)).unwrap_or_default())
    }

    /// Seven shortfalls.
    pub fn shortfall_cell(&self, levels: &TargetLevels) -> Cell {
        let frame = Rect::new(0.0, 0.0, SHORTFALLS, 11.0);
        let shapes = strip(&shortfall_cells(levels, self.palette), frame, 7.5);
        Drawing { width: SHORTFALLS, height: 11.0, shapes }.into()
    }
}

/// Seven figures side by side.
fn figures(cells: &[(String, (Color, Color)); 7]) -> Cell {
    let frame = Rect::new(0.0, 0.0, 84.0, 11.0);
    Drawing { width: 84.0, height: 11.0, shapes: strip(cells, frame, 7.5) }.into()
}

/// The FRs as a column header: "IAC UC SI DC RDF TRE RA".
pub(super) fn fr_codes() -> String {
    Fr::ALL.map(Fr::code).join(" ")
}
