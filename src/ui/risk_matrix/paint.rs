//! How the risk matrix looks.

use egui::{Align2, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use super::layout::{Cell, Grid};
use super::{Piece, ink_of, is_named};
use crate::drawing::palette::{Color, Palette};
use crate::hands::rate;
use crate::model::{RatedAt, Rating, RiskMatrix};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::font;
use crate::ui::widgets::{contrast, on_ground, risk_colors, risk_word};

/// Sizes and colours.
pub(super) struct Ink {
    palette: &'static Palette,
    /// How much larger than usual everything is.
    pub scale: f32,
    /// The size of words at the axes.
    pub size: f32,
}

/// How much of a level's colour the ground of its cells has at most, in steps of 6 per cent.
const MOST_GROUND: u8 = 8;

impl Ink {
    /// So many times as large as usual.
    pub fn new(palette: &'static Palette, times: f32) -> Self {
        let scale = palette.type_size * times;
        Self { palette, scale, size: 12.5 * scale }
    }

    /// The height of a line of words.
    pub fn line(&self) -> f32 {
        1.5 * self.size
    }

    /// The height of what is said below the axis.
    pub fn legend_height(&self) -> f32 {
        self.line()
    }

    pub fn piece_height(&self) -> f32 {
        21.0 * self.scale
    }

    pub fn more_width(&self) -> f32 {
        28.0 * self.scale
    }

    pub fn piece_width(&self, says: &str) -> f32 {
        Face::SemiBold.width(says, self.size) + 12.0 * self.scale
    }

    /// The height that the word of a cell takes, with the ring around what has the keys.
    fn word_height(&self) -> f32 {
        1.25 * 11.0 * self.scale + 3.0
    }

    /// The least height of a cell in which a scenario can be seen.
    pub fn least_cell(&self) -> f32 {
        self.word_height() + self.piece_height() + 10.0
    }

    /// The part of a cell in which scenarios stand: below its word.
    pub fn room(&self, cell: Rect) -> Rect {
        let inside = cell.shrink2(vec2(4.0, 4.0));
        // in a low cell they stand over the word: the colour tells the level, and they must be seen
        let below = (inside.top() + self.word_height()).min(cell.bottom() - self.piece_height() - 1.0);
        Rect::from_min_max(pos2(inside.left(), below.max(cell.top())), pos2(inside.right(), cell.bottom() - 1.0))
    }

    pub fn tray_room(&self, tray: Rect) -> Rect {
        let inside = tray.shrink2(vec2(8.0, 6.0));
        Rect::from_min_max(pos2(inside.left(), inside.top() + self.line()), inside.max)
    }

    /// As much of a level's colour as leaves its word a contrast of 7 to 1.
    fn ground(&self, color: Color) -> Color {
        let grounds = (2..=MOST_GROUND).rev().map(|share| on_ground(color, self.palette.panel, share as f32 * 0.06));
        let mut readable = grounds.filter(|it| contrast(*it, self.palette.text) >= 7.0);
        readable.next().unwrap_or(self.palette.panel)
    }

    /// Cells in the colours of their levels, each with the level's word, and the tolerable line.
    pub fn cells(&self, ui: &Ui, ctx: &Context, grid: Grid, under: Option<Cell>) {
        let matrix = &ctx.project.settings.matrix;
        let painter = ui.painter();
        for cell in grid.cells() {
            let rect = grid.of(cell).shrink(1.0);
            // what has no likelihood is taken for certain
            let level = matrix.level(cell.consequence, cell.likelihood.unwrap_or(Rating::MOST));
            let fill = self.ground(risk_colors(matrix, level).0);
            painter.rect_filled(rect, 3.0, ink_of(fill));
            let size = 11.0 * self.scale;
            let word = Face::Regular.shortened(matrix.level_word(level), size, rect.width() - 10.0);
            let ink = ink_of(self.palette.text);
            painter.text(rect.min + vec2(5.0, 3.0), Align2::LEFT_TOP, word, font(Face::Regular, size), ink);
            if under == Some(cell) {
                let edge = Stroke::new(2.5 * self.palette.line_weight, ink_of(self.palette.accent));
                painter.rect_stroke(rect, 3.0, edge, StrokeKind::Inside);
            }
        }
        if let Some(rows) = grid.rows {
            self.tolerable_line(ui, matrix, grid, rows);
        }
    }

    /// A heavy line between what is tolerable and what is not.
    fn tolerable_line(&self, ui: &Ui, matrix: &RiskMatrix, grid: Grid, rows: usize) {
        let stroke = Stroke::new(3.0 * self.scale.min(1.5), ink_of(self.palette.text));
        let is_tolerable =
            |consequence: Rating, likelihood: Rating| matrix.level(consequence, likelihood) <= matrix.tolerable;
        let next =
            |it: Rating, steps: usize| Rating::new(it.number() + 1).filter(|it| usize::from(it.number()) <= steps);
        for cell in grid.cells() {
            let Some(likelihood) = cell.likelihood else { continue };
            let rect = grid.of(cell);
            let here = is_tolerable(cell.consequence, likelihood);
            if next(cell.consequence, grid.columns).is_some_and(|it| is_tolerable(it, likelihood) != here) {
                ui.painter().line_segment([rect.right_top(), rect.right_bottom()], stroke);
            }
            if next(likelihood, rows).is_some_and(|it| is_tolerable(cell.consequence, it) != here) {
                ui.painter().line_segment([rect.left_top(), rect.right_top()], stroke);
            }
        }
    }

    /// The words of the scales, and what the line means.
    pub fn axes(&self, ui: &Ui, ctx: &Context, grid: Grid, whole: Rect) {
        let matrix = &ctx.project.settings.matrix;
        let (text, weak) = (ink_of(self.palette.text), ink_of(self.palette.text_weak));
        let painter = ui.painter();
        let put = |at: Pos2, anchor: Align2, words: String, face: Face, ink: egui::Color32| {
            painter.text(at, anchor, words, font(face, self.size), ink);
        };
        let Some(first) = grid.cells().next() else { return };
        for cell in grid.cells().filter(|it| it.likelihood == first.likelihood) {
            let rect = grid.of(cell);
            let word = rate::name(&matrix.consequence, cell.consequence);
            let word = Face::Regular.shortened(&word, self.size, rect.width() - 6.0);
            put(rect.center_bottom() + vec2(0.0, 0.6 * self.line()), Align2::CENTER_CENTER, word, Face::Regular, text);
        }
        for cell in grid.cells().filter(|it| it.consequence == first.consequence) {
            let Some(likelihood) = cell.likelihood else { continue };
            let rect = grid.of(cell);
            let word = rate::name(&matrix.likelihood, likelihood);
            let word = Face::Regular.shortened(&word, self.size, rect.left() - whole.left() - 8.0);
            put(rect.left_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, word, Face::Regular, text);
        }
        if grid.rows.is_some() {
            put(pos2(whole.left(), whole.top()), Align2::LEFT_TOP, "Likelihood ↑".to_owned(), Face::SemiBold, weak);
        }
        let y = grid.rect.bottom() + 1.7 * self.line();
        put(pos2(grid.rect.right(), y), Align2::RIGHT_CENTER, "Consequence →".to_owned(), Face::SemiBold, weak);
        if grid.rows.is_some() {
            let line = Stroke::new(3.0 * self.scale.min(1.5), text);
            let left = grid.rect.left();
            painter.line_segment([pos2(left, y), pos2(left + 22.0 * self.scale, y)], line);
            let words = format!("tolerable up to {}", risk_word(matrix, matrix.tolerable));
            put(pos2(left + 28.0 * self.scale, y), Align2::LEFT_CENTER, words, Face::Regular, weak);
        }
    }

    pub fn tray(&self, ui: &Ui, tray: Rect, heading: &str, is_empty: bool, is_under: bool) {
        let edge = if is_under {
            Stroke::new(2.5 * self.palette.line_weight, ink_of(self.palette.accent))
        } else {
            Stroke::new(1.0, ink_of(self.palette.line))
        };
        ui.painter().rect(tray, 6.0, ink_of(self.palette.window), edge, StrokeKind::Inside);
        let at = tray.min + vec2(8.0, 6.0);
        let ink = ink_of(self.palette.text_weak);
        ui.painter().text(at, Align2::LEFT_TOP, heading, font(Face::SemiBold, self.size), ink);
        if is_empty {
            let text = "None. Drag one here to take its rating back.".to_owned();
            let font = font(Face::Regular, self.size * 0.92);
            let galley = ui.painter().layout(text, font, ink, tray.width() - 16.0);
            ui.painter().galley(at + vec2(0.0, self.line()), galley, ink);
        }
    }

    /// A scenario by what it says.
    pub fn piece(&self, ui: &Ui, ctx: &Context, piece: &Piece, says: &str, response: &Response) {
        let is_selected = ctx.selection.contains(piece.risk);
        let (fill, ink) = if is_selected {
            (self.palette.accent, self.palette.on_accent)
        } else {
            (self.palette.raised, self.palette.text)
        };
        let edge = match (is_named(ctx, piece.risk), response.hovered()) {
            (true, _) => Stroke::new(2.0, ink_of(self.palette.accent)),
            (false, true) => Stroke::new(1.5, ink_of(self.palette.text)),
            (false, false) => Stroke::new(1.0, ink_of(self.palette.line_strong)),
        };
        let shade = if response.dragged() { 0.35 } else { 1.0 };
        let painter = ui.painter();
        painter.rect(piece.rect, 5.0, ink_of(fill).gamma_multiply(shade), edge, StrokeKind::Inside);
        if response.has_focus() {
            let ring = Stroke::new(2.0, ink_of(self.palette.focus));
            painter.rect_stroke(piece.rect.expand(2.0), 6.0, ring, StrokeKind::Outside);
        }
        let says = Face::SemiBold.shortened(says, self.size, piece.rect.width() - 8.0);
        let ink = ink_of(ink).gamma_multiply(shade);
        painter.text(piece.rect.center(), Align2::CENTER_CENTER, says, font(Face::SemiBold, self.size), ink);
    }

    /// The scenario in the hand.
    pub fn held(&self, ui: &Ui, ctx: &Context, piece: &Piece, hand: Pos2) {
        let rect = Rect::from_center_size(hand, piece.rect.size());
        let painter =
            ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("held scenario")));
        painter.rect(rect, 5.0, ink_of(self.palette.accent), Stroke::NONE, StrokeKind::Inside);
        let tag = ctx.project.risks.get(piece.risk).map_or("", |it| &it.tag);
        let ink = ink_of(self.palette.on_accent);
        painter.text(rect.center(), Align2::CENTER_CENTER, tag, font(Face::SemiBold, self.size), ink);
    }

    /// How many more stand there.
    pub fn count(&self, ui: &Ui, rect: Rect, count: usize, response: &Response) {
        let edge =
            if response.has_focus() || response.hovered() { self.palette.text } else { self.palette.line_strong };
        let painter = ui.painter();
        painter.rect(rect, 5.0, ink_of(self.palette.sunken), Stroke::new(1.0, ink_of(edge)), StrokeKind::Inside);
        let ink = ink_of(self.palette.text);
        painter.text(rect.center(), Align2::CENTER_CENTER, format!("+{count}"), font(Face::SemiBold, self.size), ink);
    }

    /// Arrows from a scenario's first rating to today's, and to that after the plan.
    pub fn way(&self, ui: &Ui, pieces: &[Piece]) {
        let stroke = Stroke::new(2.0 * self.scale, ink_of(self.palette.text));
        let of = |at: RatedAt| pieces.iter().find(|it| it.at == at && it.cell.is_some());
        for (from, to) in [(RatedAt::Unmitigated, RatedAt::Current), (RatedAt::Current, RatedAt::Residual)] {
            let (Some(from), Some(to)) = (of(from), of(to)) else { continue };
            if from.cell == to.cell || from.risk != to.risk {
                continue;
            }
            let begin = edge_towards(from.rect, to.rect.center());
            let end = edge_towards(to.rect.expand(2.0), from.rect.center());
            let way = (end - begin).normalized();
            let back = way * (9.0 * self.scale);
            ui.painter().line_segment([begin, end - back], stroke);
            let side = back.rot90() * 0.5;
            let head = vec![end, end - back + side, end - back - side];
            ui.painter().add(egui::Shape::convex_polygon(head, stroke.color, Stroke::NONE));
        }
    }
}

/// Where the line from the middle of a rectangle to a place leaves it.
fn edge_towards(rect: Rect, place: Pos2) -> Pos2 {
    let way = place - rect.center();
    let across = if way.x == 0.0 { f32::INFINITY } else { 0.5 * rect.width() / way.x.abs() };
    let up = if way.y == 0.0 { f32::INFINITY } else { 0.5 * rect.height() / way.y.abs() };
    rect.center() + way * across.min(up).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_level_is_read_on_its_ground_in_every_look() {
        let matrix = RiskMatrix::default();
        for palette in Palette::all() {
            let ink = Ink::new(palette, 1.0);
            let grounds: Vec<Color> =
                crate::model::RiskLevel::ALL.iter().map(|level| ink.ground(risk_colors(&matrix, *level).0)).collect();
            for ground in &grounds {
                assert!(contrast(*ground, palette.text) >= 7.0, "{}: {ground:?}", palette.name);
                assert!(*ground != palette.panel, "{}: a level has a colour", palette.name);
            }
            assert!(grounds.windows(2).all(|it| it[0] != it[1]), "{}", palette.name);
        }
    }

    #[test]
    fn an_arrow_leaves_a_scenario_at_its_edge() {
        let rect = Rect::from_center_size(pos2(0.0, 0.0), vec2(40.0, 20.0));
        assert_eq!(edge_towards(rect, pos2(0.0, 100.0)), pos2(0.0, 10.0));
        assert_eq!(edge_towards(rect, pos2(-100.0, 0.0)), pos2(-20.0, 0.0));
        assert_eq!(edge_towards(rect, pos2(100.0, 100.0)), pos2(10.0, 10.0));
        assert_eq!(edge_towards(rect, pos2(5.0, 0.0)), pos2(5.0, 0.0), "what lies within is reached");
        assert_eq!(edge_towards(rect, rect.center()), rect.center());
    }
}
