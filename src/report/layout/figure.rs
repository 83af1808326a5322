//! Figures: large numbers with what they count, and drawings with their captions.

use super::flow::Flow;
use super::page::{A3, Page};
use super::paragraph::{Lines, Setting};
use crate::drawing::pages;
use crate::drawing::shape::Shape;
use crate::model::{Point, Rect};
use crate::report::outline::{Drawing, Figure, KeyFigure, Span};

/// Height of a key figure.
pub(super) const KEY_FIGURE: f32 = 58.0;
/// The smallest scale at which a figure may stand among the text.
const SMALLEST_INLINE: f32 = 0.6;

impl Flow<'_> {
    /// Figures side by side, with what they count.
    pub fn key_figures(&mut self, figures: &[KeyFigure]) {
        const GAP: f32 = 10.0;
        // five or six stand in one row, which tells a story from left to right
        let a_row = if matches!(figures.len(), 5 | 6) { figures.len() } else { 4 };
        let rows = figures.len().div_ceil(a_row) as f32;
        self.make_room(rows * (KEY_FIGURE + GAP) - GAP);
        for row in figures.chunks(a_row) {
            self.make_room(KEY_FIGURE);
            let body = self.body();
            let width = (body.width - GAP * (a_row as f32 - 1.0)) / a_row as f32;
            for (place, it) in row.iter().enumerate() {
                let frame = Rect::new(body.x + place as f32 * (width + GAP), self.y, width, KEY_FIGURE);
                self.key_figure(it, frame);
            }
            self.y += KEY_FIGURE;
            self.gap = GAP;
        }
        self.gap = 14.0;
    }

    fn key_figure(&mut self, it: &KeyFigure, frame: Rect) {
        let palette = self.style.palette;
        self.page.shapes.push(Shape::filled(frame, 4.0, palette.window));
        let edge = Rect::new(frame.x, frame.y, 3.0, frame.height);
        self.page.shapes.push(Shape::filled(edge, 1.5, it.color));
        let figure = Setting { size: 20.0, leading: 24.0, color: it.color, strong: true };
        let label = Setting { size: 8.0, leading: 10.0, color: palette.text_weak, strong: false };
        let room = frame.width - 18.0;
        let at = Point::new(frame.x + 12.0, frame.y + 6.0);
        self.style.lines(&[Span::from(it.figure.as_str())], figure, room).put(&mut self.page, at, room, false);
        let at = at.offset(0.0, 25.0);
        self.style.lines(&[Span::from(it.label.as_str())], label, room).put(&mut self.page, at, room, false);
    }

    /// The height that a figure takes with its caption; nothing where it gets a page of its own.
    pub fn height_among_text(&self, figure: &Figure) -> f32 {
        let body = self.body();
        let scale = (body.width / figure.drawing.width).min(1.0);
        if figure.own_page && scale < SMALLEST_INLINE {
            return 0.0;
        }
        let scale = scale.min((body.height - 24.0) / figure.drawing.height);
        figure.drawing.height * scale + self.caption(figure, body.width).height() + 4.0
    }

    /// A drawing with its caption: among the text, or on pages of its own.
    pub fn figure(&mut self, figure: &Figure) {
        let body = self.body();
        let scale = (body.width / figure.drawing.width).min(1.0);
        if figure.own_page && scale < SMALLEST_INLINE {
            self.figure_page(figure);
            return;
        }
        let room = body.height - 24.0;
        let scale = scale.min(room / figure.drawing.height);
        let caption = self.caption(figure, body.width);
        self.make_room(figure.drawing.height * scale + caption.height() + 4.0);
        draw(&mut self.page, &figure.drawing, Point::new(body.x, self.y), scale);
        self.y += figure.drawing.height * scale + 4.0;
        caption.put(&mut self.page, Point::new(body.x, self.y), body.width, false);
        self.y += caption.height();
        self.gap = 12.0;
    }

    fn caption(&self, figure: &Figure, width: f32) -> Lines {
        self.style.lines(&[Span::weak(figure.caption.as_str())], self.style.note_setting(), width)
    }

    /// Pages of their own for a large figure, after the page being filled: one where it
    /// can be read on one sheet, or else an overview and the parts.
    fn figure_page(&mut self, figure: &Figure) {
        let (drawing, shapes) = (&figure.drawing, &figure.drawing.shapes);
        let size = (drawing.width, drawing.height);
        let body_of = |paper: (f32, f32)| {
            let body = Page::new(paper).body();
            Rect { height: body.height - 16.0, ..body }
        };
        let sheets = pages::sheets(size, figure.core, &figure.whole, body_of);
        let is_wide = drawing.width > drawing.height;
        let turned = |(width, height): (f32, f32)| if is_wide { (height, width) } else { (width, height) };
        let paper = if sheets.parts.len() == 1 { sheets.paper } else { turned(A3) };
        let body = body_of(paper);
        let mut page = Page::new(paper);
        let scale = (body.width / size.0).min(body.height / size.1).min(1.5);
        if sheets.parts.len() == 1 {
            draw(&mut page, drawing, body.corner(), scale);
        } else {
            page.shapes.extend(pages::overview(shapes, size, &sheets, body));
        }
        let caption = self.caption(figure, body.width);
        let foot = body.y + drawing.height * scale + 4.0;
        caption.put(&mut page, Point::new(body.x, foot), body.width, false);
        self.figures.push(page);
        if sheets.parts.len() > 1 {
            for number in 0..sheets.parts.len() {
                let mut page = Page::new(sheets.paper);
                page.shapes.extend(pages::part(shapes, &sheets, number, body_of(sheets.paper), ""));
                self.figures.push(page);
            }
        }
    }
}

/// Puts a drawing on a page.
pub(super) fn draw(page: &mut Page, drawing: &Drawing, at: Point, scale: f32) {
    page.shapes.extend(drawing.shapes.iter().map(|it| it.transformed(scale, at.x, at.y)));
}
