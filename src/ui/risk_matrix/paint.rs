//! How the risk matrix looks.

use std::sync::Arc;

use egui::{Align2, Galley, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};

use super::layout::{Cell, Grid};
use super::{Piece, ink_of, is_named};
use crate::drawing::palette::Palette;
use crate::drawing::risk_level::risk_colors;
use crate::hands::rate;
use crate::model::{RatedAt, Rating, RiskLevel, RiskMatrix};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::font;
use crate::ui::widgets::risk_word;

/// Sizes and colours.
pub(super) struct Ink {
    palette: &'static Palette,
    /// How much larger than usual everything is.
    pub scale: f32,
    /// The size of words at the axes.
    pub size: f32,
    /// In type that is read from afar: no word is smaller, and no line is spent on a name alone.
    pub is_big: bool,
}

/// How a scenario is written where room is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As large as words at the axes.
    Full,
    /// Smaller, with less around it.
    Tight,
    /// The figures of its tag alone.
    Figures,
}

impl Style {
    /// What a tag is so.
    pub fn says(self, tag: &str) -> &str {
        let stem = tag.trim_end_matches(|it: char| it.is_ascii_digit());
        match tag.strip_prefix(stem) {
            Some(figures) if self == Self::Figures && !figures.is_empty() => figures,
            _ => tag,
        }
    }
}

/// How words stand below the columns: each in so much width, and every other one a line lower.
struct Axis {
    width: f32,
    is_staggered: bool,
}

/// How much lower that is, in sizes of type.
const STAGGER: f32 = 1.2;

impl Ink {
    /// So many times as large as usual.
    pub fn new(palette: &'static Palette, times: f32) -> Self {
        let scale = palette.type_size * times;
        Self { palette, scale, size: 12.5 * scale, is_big: times > 1.0 }
    }

    /// The height of a line of words.
    pub fn line(&self) -> f32 {
        1.5 * self.size
    }

    /// The height of what is said below the axis.
    pub fn legend_height(&self) -> f32 {
        self.line()
    }

    pub fn piece_height(&self, style: Style) -> f32 {
        self.scale * if style == Style::Full { 21.0 } else { 17.0 }
    }

    pub fn more_width(&self) -> f32 {
        28.0 * self.scale
    }

    /// The size of what stands on a scenario.
    fn piece_size(&self, style: Style) -> f32 {
        if style == Style::Full { self.size } else { self.size * 0.92 }
    }

    pub fn piece_width(&self, says: &str, style: Style) -> f32 {
        let around = if style == Style::Full { 12.0 } else { 5.0 };
        Face::SemiBold.width(says, self.piece_size(style)) + around * self.scale
    }

    /// The size of a cell's word.
    fn word_size(&self) -> f32 {
        11.0 * self.scale
    }

    /// The height that the word of a cell takes, with the ring around what has the keys.
    fn word_height(&self) -> f32 {
        1.25 * self.word_size() + 3.0
    }

    /// The size of the word of this cell: no larger than the cell is high.
    fn word_size_in(&self, cell: Rect) -> f32 {
        self.word_size().min(cell.height() / 1.25)
    }

    /// Where the word of a cell stands: at its top left, or in the middle where it is no higher than that.
    pub fn word_rect(&self, cell: Rect, word: &str) -> Rect {
        let room = (cell.width() - 12.0).max(0.0);
        let size = self.word_size_in(cell);
        let width = Face::Regular.width(word, size).min(room);
        let high = 1.15 * size;
        let is_low = cell.height() < self.word_height() + self.piece_height(Style::Tight) + 8.0;
        let top = if is_low { 0.5 * (cell.height() - high) } else { 4.0 };
        Rect::from_min_size(cell.min + vec2(6.0, top), vec2(width, high))
    }

    /// The least height of a cell in which a scenario can be seen.
    pub fn least_cell(&self) -> f32 {
        self.word_height() + self.piece_height(Style::Full) + 10.0
    }

    /// The parts of a cell in which scenarios may stand: below its word, beside it, and over all
    /// of it, without the word.
    pub fn rooms(&self, cell: Rect, word: &str) -> [Rect; 3] {
        let inside = cell.shrink2(vec2(4.0, 4.0));
        let word = self.word_rect(cell, word);
        let below = Rect::from_min_max(
            pos2(inside.left(), (inside.top() + self.word_height()).max(word.bottom() + 1.0)),
            inside.max,
        );
        let beside = Rect::from_min_max(pos2(word.right() + 6.0, inside.top()), inside.max);
        [below, beside, inside]
    }

    pub fn tray_room(&self, tray: Rect) -> Rect {
        let inside = tray.shrink2(vec2(8.0, 6.0));
        Rect::from_min_max(pos2(inside.left(), inside.top() + self.line()), inside.max)
    }

    /// Cells in the colours of their levels, each with the level's word where nothing stands on
    /// it, and the tolerable line.
    pub fn cells(&self, ui: &Ui, ctx: &Context, grid: Grid, pieces: &[Piece], under: Option<Cell>) {
        let matrix = &ctx.project.settings.matrix;
        let painter = ui.painter();
        for cell in grid.cells() {
            let rect = grid.of(cell).shrink(1.0);
            let level = level_of(matrix, cell);
            let (fill, ink) = risk_colors(self.palette, matrix, level);
            painter.rect_filled(rect, 3.0, ink_of(fill));
            let word = matrix.level_word(level);
            let place = self.word_rect(grid.of(cell), word);
            if !pieces.iter().any(|it| it.cell == Some(cell) && it.rect.intersects(place)) {
                let size = self.word_size_in(grid.of(cell));
                let word = Face::Regular.shortened(word, size, rect.width() - 10.0);
                painter.text(place.min, Align2::LEFT_TOP, word, font(Face::Regular, size), ink_of(ink));
            }
            if under == Some(cell) {
                let edge = Stroke::new(2.5 * self.palette.line_weight, ink_of(ink));
                painter.rect_stroke(rect.shrink(2.0), 3.0, edge, StrokeKind::Inside);
            }
        }
        if let Some(rows) = grid.rows {
            self.tolerable_line(ui, matrix, grid, rows);
        }
    }

    /// A heavy line between what is tolerable and what is not.
    fn tolerable_line(&self, ui: &Ui, matrix: &RiskMatrix, grid: Grid, rows: usize) {
        let mut lines: Vec<[Pos2; 2]> = Vec::new();
        let is_tolerable =
            |consequence: Rating, likelihood: Rating| matrix.level(consequence, likelihood) <= matrix.tolerable;
        let next =
            |it: Rating, steps: usize| Rating::new(it.number() + 1).filter(|it| usize::from(it.number()) <= steps);
        for cell in grid.cells() {
            let Some(likelihood) = cell.likelihood else { continue };
            let rect = grid.of(cell);
            let here = is_tolerable(cell.consequence, likelihood);
            if next(cell.consequence, grid.columns).is_some_and(|it| is_tolerable(it, likelihood) != here) {
                lines.push([rect.right_top(), rect.right_bottom()]);
            }
            if next(likelihood, rows).is_some_and(|it| is_tolerable(cell.consequence, it) != here) {
                lines.push([rect.left_top(), rect.right_top()]);
            }
        }
        // with an edge, so that it is seen on whatever colour
        let width = 3.0 * self.scale.min(1.5);
        for (width, color) in [(width + 2.5, self.palette.panel), (width, self.palette.text)] {
            for line in &lines {
                ui.painter().line_segment(*line, Stroke::new(width, ink_of(color)));
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
        let axis = self.axis(&matrix.consequence, grid.rect.width());
        for (place, cell) in grid.cells().filter(|it| it.likelihood == first.likelihood).enumerate() {
            let rect = grid.of(cell);
            let galley = self.wrapped(ui, &rate::name(&matrix.consequence, cell.consequence), axis.width);
            let lower = if axis.is_staggered && place % 2 == 1 { STAGGER * self.size } else { 0.0 };
            let most = whole.right() - galley.size().x;
            let at = rect.center_bottom() + vec2(-0.5 * galley.size().x, 4.0 + lower);
            painter.galley(pos2(at.x.min(most), at.y), galley, text);
        }
        for cell in grid.cells().filter(|it| it.consequence == first.consequence) {
            let Some(likelihood) = cell.likelihood else { continue };
            let rect = grid.of(cell);
            let room = rect.left() - whole.left() - 8.0;
            let galley = self.wrapped(ui, &rate::name(&matrix.likelihood, likelihood), room);
            painter.galley(rect.left_center() - vec2(8.0, 0.0) - galley.size() * vec2(1.0, 0.5), galley, text);
        }
        let y =
            whole.bottom().min(grid.rect.bottom() + self.axis_height(ui, ctx, grid.rect.width()) + 0.7 * self.line());
        let mut left = grid.rect.left();
        if grid.rows.is_some() {
            let words = "Likelihood ↑";
            let (at, anchor) = match self.is_big {
                true => (pos2(whole.left(), y), Align2::LEFT_CENTER),
                false => (whole.min, Align2::LEFT_TOP),
            };
            put(at, anchor, words.to_owned(), Face::SemiBold, weak);
            if self.is_big {
                left = left.max(whole.left() + Face::SemiBold.width(words, self.size) + self.size);
            }
        }
        put(pos2(grid.rect.right(), y), Align2::RIGHT_CENTER, "Consequence →".to_owned(), Face::SemiBold, weak);
        if grid.rows.is_some() {
            let line = Stroke::new(3.0 * self.scale.min(1.5), text);
            painter.line_segment([pos2(left, y), pos2(left + 22.0 * self.scale, y)], line);
            let level = risk_word(matrix, matrix.tolerable);
            let room =
                grid.rect.right() - left - 28.0 * self.scale - Face::SemiBold.width("  Consequence →", self.size);
            let words = format!("tolerable up to {level}");
            let has_room = !self.is_big || Face::Regular.width(&words, self.size) <= room;
            let words = if has_room { words } else { format!("up to {level}") };
            put(pos2(left + 28.0 * self.scale, y), Align2::LEFT_CENTER, words, Face::Regular, weak);
        }
    }

    /// A word of a scale in as many lines as it takes; a long one smaller rather than cut.
    fn wrapped(&self, ui: &Ui, word: &str, width: f32) -> Arc<Galley> {
        let longest = word.split_whitespace().map(|it| Face::Regular.width(it, self.size)).fold(1.0_f32, f32::max);
        let size = self.size * (width / longest).clamp(0.7, 1.0);
        ui.painter().layout(word.to_owned(), font(Face::Regular, size), ink_of(self.palette.text), width.max(8.0))
    }

    /// How the words of the consequences stand below so wide a matrix.
    fn axis(&self, words: &[String], width: f32) -> Axis {
        let each = width / words.len().max(1) as f32;
        let parts = words.iter().flat_map(|it| it.split_whitespace());
        let longest = parts.map(|it| Face::Regular.width(it, self.size)).fold(1.0_f32, f32::max);
        // from afar in two lines rather than smaller
        let is_staggered = self.is_big && longest > each - 6.0;
        Axis { width: if is_staggered { 2.0 * each } else { each } - 6.0, is_staggered }
    }

    /// The height of the words of the consequences below so wide a matrix.
    pub fn axis_height(&self, ui: &Ui, ctx: &Context, width: f32) -> f32 {
        let words = &ctx.project.settings.matrix.consequence;
        let axis = self.axis(words, width);
        let steps = (1..=words.len()).filter_map(|it| Rating::new(u8::try_from(it).unwrap_or(6)));
        let heights = steps.map(|it| self.wrapped(ui, &rate::name(words, it), axis.width).size().y);
        let lower = if axis.is_staggered { STAGGER * self.size } else { 0.0 };
        heights.fold(self.size, f32::max) + lower + 4.0
    }

    pub fn tray(&self, ui: &Ui, tray: Rect, heading: &str, is_under: bool) {
        let edge = if is_under {
            Stroke::new(2.5 * self.palette.line_weight, ink_of(self.palette.accent))
        } else {
            Stroke::new(1.0, ink_of(self.palette.line))
        };
        ui.painter().rect(tray, 6.0, ink_of(self.palette.window), edge, StrokeKind::Inside);
        let at = tray.min + vec2(8.0, 6.0);
        let ink = ink_of(self.palette.text_weak);
        ui.painter().text(at, Align2::LEFT_TOP, heading, font(Face::SemiBold, self.size), ink);
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
        // smaller rather than cut, as far as that is read
        let (size, room) = (self.piece_size(piece.style), piece.rect.width() - 4.0);
        let size = size * (room / Face::SemiBold.width(says, size).max(1.0)).clamp(0.75, 1.0);
        let says = Face::SemiBold.shortened(says, size, room);
        let ink = ink_of(ink).gamma_multiply(shade);
        painter.text(piece.rect.center(), Align2::CENTER_CENTER, says, font(Face::SemiBold, size), ink);
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

/// The level of a cell; what has no likelihood is taken for certain.
fn level_of(matrix: &RiskMatrix, cell: Cell) -> RiskLevel {
    matrix.level(cell.consequence, cell.likelihood.unwrap_or(Rating::MOST))
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
    fn figures_stand_for_a_tag() {
        assert_eq!((Style::Figures.says("R-04"), Style::Full.says("R-04")), ("04", "R-04"));
        assert_eq!(Style::Figures.says("Fire"), "Fire", "a tag without figures is whole");
    }

    #[test]
    fn no_part_of_a_cell_for_scenarios_but_the_last_touches_its_word() {
        for times in [1.0, 1.7] {
            for palette in Palette::all() {
                let ink = Ink::new(palette, times);
                let cell = Rect::from_min_size(pos2(10.0, 20.0), vec2(160.0, 70.0));
                let [below, beside, inside] = ink.rooms(cell, "critical");
                let word = ink.word_rect(cell, "critical");
                assert!(!below.intersects(word) && !beside.intersects(word), "{}", palette.name);
                assert!(cell.contains_rect(inside) && inside.contains_rect(beside));
            }
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
