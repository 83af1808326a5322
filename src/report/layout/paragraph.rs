//! Words in several styles, broken into lines.

use super::Style;
use super::page::Page;
use crate::drawing::palette::Color;
use crate::drawing::shape::{Anchor, Shape};
use crate::model::{Point, Rect};
use crate::report::outline::Span;
use crate::text::{Face, break_lines};

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
    size: f32,
    pub leading: f32,
}

impl Lines {
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading
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
    /// Breaks spans into lines of a width.
    pub(super) fn lines(&self, spans: &[Span], setting: Setting, width: f32) -> Lines {
        let mut lines = Lines { lines: Vec::new(), size: setting.size, leading: setting.leading };
        if let [only] = spans {
            for line in self.broken(only, setting, width) {
                lines.lines.push(vec![line]);
            }
            return lines;
        }
        // several styles: word by word
        let mut line: Vec<Piece> = Vec::new();
        let mut pen = 0.0;
        for span in spans {
            let mut rest = span.clone();
            while !rest.text.is_empty() {
                let room = (width - pen).max(0.0);
                let first = self.broken(&rest, setting, if line.is_empty() { width } else { room });
                let Some(first) = first.into_iter().next() else { break };
                let fits = line.is_empty() || first.width <= room;
                if !fits {
                    lines.lines.push(std::mem::take(&mut line));
                    pen = 0.0;
                    continue;
                }
                let taken = first.text.len();
                let full = self.typesetter.width(first.face, &first.text, setting.size);
                let is_all = taken >= rest.text.len();
                let next = rest.text.get(taken..).unwrap_or_default().trim_start_matches('\n').to_owned();
                line.push(Piece { x: pen, ..first });
                pen += full;
                rest.text = next;
                if !is_all {
                    lines.lines.push(std::mem::take(&mut line));
                    pen = 0.0;
                }
            }
        }
        if !line.is_empty() {
            lines.lines.push(line);
        }
        lines
    }

    fn broken(&self, span: &Span, setting: Setting, width: f32) -> Vec<Piece> {
        let face = if span.strong || setting.strong { Face::SemiBold } else { Face::Regular };
        let color = match (&span.link, span.weak) {
            (Some(_), _) => self.palette.accent,
            (None, true) => self.palette.text_weak,
            (None, false) => setting.color,
        };
        let text = self.shown(face, &span.text);
        let lines = break_lines(self.typesetter, face, setting.size, &text, width);
        let piece = |line: crate::text::Line| Piece {
            x: 0.0,
            width: line.width,
            text: line.text,
            face,
            color,
            link: span.link.clone(),
        };
        lines.into_iter().map(piece).collect()
    }

    /// The text with what the face lacks replaced; an author's line ends stay.
    pub(super) fn shown(&self, face: Face, text: &str) -> String {
        let mut missing = self.missing.borrow_mut();
        let lines: Vec<_> = text.lines().map(|line| missing.replace(face, line)).collect();
        lines.join("\n")
    }
}
