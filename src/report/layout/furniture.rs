//! Header and footer of every page but the first.

use super::Style;
use super::page::{BOTTOM, Page, SIDE};
use crate::drawing::palette::Color;
use crate::drawing::shape::{Anchor, Shape, Stroke};
use crate::model::Point;
use crate::report::outline::Cover;
use crate::text::Face;

const SIZE: f32 = 7.5;

pub(super) fn add(pages: &mut [Page], cover: &Cover, style: &Style) {
    let palette = style.palette;
    let count = pages.len();
    let title = style.shown(Face::Regular, &cover.title);
    let marking = style.shown(Face::SemiBold, &cover.marking);
    let subject = style.shown(Face::Regular, &cover.subject.join(", "));
    let as_of = cover.as_of.map(|day| format!("As of {day}")).unwrap_or_default();
    for (place, page) in pages.iter_mut().enumerate().skip(1) {
        let (left, right) = (SIDE, page.width - SIDE);
        let half = (right - left) / 2.0 - 10.0;
        let mut text = |x: f32, y: f32, anchor: Anchor, text: &str, face: Face, color: Color| {
            let text = face.shortened(text, SIZE, half);
            page.shapes.push(Shape::Text { at: Point::new(x, y), anchor, text, face, size: SIZE, color });
        };
        let top = 42.0;
        let foot = page.height - BOTTOM + 34.0;
        text(left, top, Anchor::Start, &title, Face::Regular, palette.text_weak);
        text(right, top, Anchor::End, &marking, Face::SemiBold, palette.error);
        text(left, foot, Anchor::Start, &subject, Face::Regular, palette.text_weak);
        let number = format!("{as_of}    Page {} of {count}", place + 1);
        text(right, foot, Anchor::End, number.trim_start(), Face::Regular, palette.text_weak);
        let line = Stroke::solid(0.5, palette.line_strong);
        for y in [top + 6.0, foot - 11.0] {
            page.shapes.push(Shape::segment(Point::new(left, y), Point::new(right, y), line));
        }
    }
}
