//! Header and footer of every page but the first.

use super::Style;
use super::page::{BOTTOM, Page, SIDE};
use super::paragraph::{Lines, Setting};
use crate::drawing::palette::Color;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::Point;
use crate::report::outline::{Cover, Span};
use crate::text::Face;

const SIZE: f32 = 7.5;
/// The smallest type that words too long for their lines are set in.
const SMALLEST: f32 = 4.0;
/// Where the header's last line stands.
const HEADER: f32 = 42.0;
/// White between what stands at the left and at the right.
const APART: f32 = 20.0;

pub(super) fn add(pages: &mut [Page], cover: &Cover, style: &Style) {
    let palette = style.palette;
    let count = pages.len();
    let title = style.shown(Face::Regular, &cover.title);
    let subject = cover.subject.join(", ");
    let as_of = cover.as_of.map(|day| format!("As of {day}    ")).unwrap_or_default();
    for (place, page) in pages.iter_mut().enumerate().skip(1) {
        let (left, right) = (SIDE, page.width - SIDE);
        let width = right - left;
        let foot = page.height - BOTTOM + 34.0;

        // the marking is never cut: beside the title where both fit, else on lines above it
        let marking = fitted(style, &cover.marking, (palette.error, true), width, 2);
        let title_width = style.typesetter.width(Face::Regular, &title, SIZE);
        let marking_width = marking.width();
        let is_beside = marking.len() == 1 && title_width + APART + marking_width <= width;
        let marking_top = if is_beside { HEADER } else { HEADER - marking.height() };
        put(page, &marking, right - marking_width, marking_top);
        let title = Face::Regular.shortened(&title, SIZE, width);
        put(page, &fitted(style, &title, (palette.text_weak, false), width, 1), left, HEADER);

        let number = format!("{as_of}Page {} of {count}", place + 1);
        let number = fitted(style, &number, (palette.text_weak, false), width, 1);
        let room = width - number.width() - APART;
        put(page, &fitted(style, &subject, (palette.text_weak, false), room, 3), left, foot);
        put(page, &number, right - number.width(), foot);

        let line = Stroke::solid(0.5, palette.line_strong);
        for y in [HEADER + 6.0, foot - 11.0] {
            page.shapes.push(Shape::segment(Point::new(left, y), Point::new(right, y), line));
        }
    }
}

/// The words on so many lines at most, in smaller type where they need it.
fn fitted(style: &Style, text: &str, (color, strong): (Color, bool), width: f32, most: usize) -> Lines {
    let spans = [Span::from(text)];
    let mut size = SIZE;
    loop {
        let lines = style.lines(&spans, Setting { size, leading: size * 1.3, color, strong }, width);
        if lines.len() <= most || size <= SMALLEST {
            return lines;
        }
        size -= 0.25;
    }
}

/// Puts lines with the first one's baseline at a height.
fn put(page: &mut Page, lines: &Lines, x: f32, baseline: f32) {
    let rise = (lines.leading + lines.size * Face::CAP_HEIGHT) / 2.0;
    let width = lines.width();
    lines.put(page, Point::new(x, baseline - rise), width, false);
}
