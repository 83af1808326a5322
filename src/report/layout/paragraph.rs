//! Words in several styles, broken into lines.

use super::Style;
use super::page::Page;
use crate::drawing::palette::Color;
use crate::drawing::shape::{Anchor, Shape};
use crate::model::{Point, Rect};
use crate::report::outline::Span;
use crate::text::{Face, break_lines, widest_word};

/// Size and leading of a sort of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub size: f32,
    pub leading: f32,
    pub color: Color,
    pub strong: bool,
}

/// A piece of a line in one style.
#[derive(Clone, Debug)]
struct Piece {
    x: f32,
    width: f32,
    text: String,
    face: Face,
    color: Color,
    link: Option<String>,
}

/// Lines of a paragraph, ready to be put on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    lines: Vec<Vec<Piece>>,
    pub size: f32,
    pub leading: f32,
}

impl Lines {
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading
    }

    /// The width of the widest line.
    pub fn width(&self) -> f32 {
        let ends = self.lines.iter().filter_map(|line| line.last()).map(|piece| piece.x + piece.width);
        ends.fold(0.0, f32::max)
    }

    /// Takes the first lines off.
    pub fn take_first(&mut self, count: usize) -> Self {
        let rest = self.lines.split_off(count.min(self.lines.len()));
        Self { lines: std::mem::replace(&mut self.lines, rest), ..*self }
    }

    /// Puts the lines on a page with the upper left corner at `at`; figures end at the
    /// right of `width` where `is_figure`.
    pub fn put(&self, page: &mut Page, at: Point, width: f32, is_figure: bool) {
        for (number, line) in self.lines.iter().enumerate() {
            let baseline = at.y + number as f32 * self.leading + (self.leading + self.size * Face::CAP_HEIGHT) / 2.0;
            let used = line.last().map_or(0.0, |piece| piece.x + piece.width);
            let shift = if is_figure { width - used } else { 0.0 };
            for piece in line {
                let x = at.x + shift + piece.x;
                page.shapes.push(Shape::Text {
                    at: Point::new(x, baseline),
                    anchor: Anchor::Start,
                    text: piece.text.clone(),
                    face: piece.face,
                    size: self.size,
                    color: piece.color,
                });
                if let Some(link) = &piece.link {
                    let top = at.y + number as f32 * self.leading;
                    page.links.push((Rect::new(x, top, piece.width, self.leading), link.clone()));
                }
            }
        }
    }
}

impl Style<'_> {
    /// Breaks spans, as one text, into lines of a width.
    pub(super) fn lines(&self, spans: &[Span], setting: Setting, width: f32) -> Lines {
        let runs = self.runs(spans, setting);
        let runs: Vec<_> = runs.iter().map(|(face, text)| (*face, text.as_str())).collect();
        let piece = |it: crate::text::Piece| {
            let span = spans.get(it.run)?;
            let color = match (&span.link, span.weak) {
                (Some(_), _) => self.palette.accent,
                (None, true) => self.palette.text_weak,
                (None, false) => setting.color,
            };
            let link = span.link.clone();
            Some(Piece { x: it.x, width: it.width, text: it.text, face: face(span, setting), color, link })
        };
        let lines = break_lines(self.typesetter, setting.size, &runs, width);
        let lines = lines.into_iter().map(|line| line.0.into_iter().filter_map(piece).collect());
        Lines { lines: lines.collect(), size: setting.size, leading: setting.leading }
    }

    /// How wide a line must be at least, so that none of the words is broken.
    pub(super) fn widest_word(&self, spans: &[Span], setting: Setting) -> f32 {
        let runs = self.runs(spans, setting);
        let runs: Vec<_> = runs.iter().map(|(face, text)| (*face, text.as_str())).collect();
        widest_word(self.typesetter, setting.size, &runs)
    }

    fn runs(&self, spans: &[Span], setting: Setting) -> Vec<(Face, String)> {
        let run = |span: &Span| {
            let face = face(span, setting);
            (face, self.shown(face, &span.text))
        };
        spans.iter().map(run).collect()
    }

    /// The text with what the face lacks replaced; an author's line ends stay.
    pub(super) fn shown(&self, face: Face, text: &str) -> String {
        let mut missing = self.missing.borrow_mut();
        let lines: Vec<_> = text.lines().map(|line| missing.replace(face, line)).collect();
        lines.join("\n")
    }
}

fn face(span: &Span, setting: Setting) -> Face {
    if span.strong || setting.strong { Face::SemiBold } else { Face::Regular }
}
