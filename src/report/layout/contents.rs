//! The list of contents with page numbers.

use super::Style;
use super::page::{A4, Bookmark, Page};
use super::paragraph::Setting;
use crate::drawing::shape::{Anchor, Shape, Stroke};
use crate::model::{Point, Rect};
use crate::report::outline::Span;
use crate::text::Face;

/// Headings below this level are not listed.
const DEEPEST: u8 = 2;
const TITLE: f32 = 44.0;

/// The contents are drawn together so far rather than put a few lines on a page of their own.
const CLOSEST: f32 = 0.78;

fn row_height(level: u8) -> f32 {
    if level == 1 { 22.0 } else { 15.0 }
}

/// By how much the lines are drawn together to fit onto one page, if that is enough.
fn scale(headings: &[Bookmark], room: f32) -> f32 {
    let all: f32 = headings.iter().filter(|it| it.level <= DEEPEST).map(|it| row_height(it.level)).sum();
    let scale = room / all.max(room);
    if scale < CLOSEST { 1.0 } else { scale }
}

/// How high the contents are on one page without an end.
pub(super) fn height(headings: &[Bookmark]) -> f32 {
    let listed = headings.iter().filter(|it| it.level <= DEEPEST);
    TITLE + listed.map(|it| row_height(it.level)).sum::<f32>()
}

/// How many pages the contents take.
pub(super) fn count(headings: &[Bookmark], style: &Style) -> usize {
    pages(headings, 0, style).len()
}

/// The contents; `first` is the page that the body begins on, counted from 0.
pub(super) fn pages(headings: &[Bookmark], first: usize, style: &Style) -> Vec<Page> {
    let mut page = Page::new(A4);
    let body = page.body();
    let mut pages = Vec::new();
    let title = Setting { size: 20.0, leading: 26.0, color: style.palette.text, strong: true };
    style.lines(&[Span::from("Contents")], title, body.width).put(&mut page, body.corner(), body.width, false);
    let mut y = body.y + TITLE;
    let scale = scale(headings, body.height - TITLE - 1.0);
    for (place, heading) in headings.iter().enumerate().filter(|(_, it)| it.level <= DEEPEST) {
        let height = row_height(heading.level) * scale;
        if y + height > body.bottom() {
            pages.push(std::mem::replace(&mut page, Page::new(A4)));
            y = body.y;
        }
        entry(&mut page, style, heading, Rect::new(body.x, y, body.width, height), first);
        page.links.push((Rect::new(body.x, y, body.width, height), anchor(place)));
        y += height;
    }
    pages.push(page);
    pages
}

/// The anchor of a heading by its place among all headings; the writer resolves it
/// from the bookmarks.
pub(super) fn anchor(place: usize) -> String {
    format!("heading {place}")
}

fn entry(page: &mut Page, style: &Style, heading: &Bookmark, frame: Rect, first: usize) {
    let is_chapter = heading.level == 1;
    let face = if is_chapter { Face::SemiBold } else { Face::Regular };
    let size = if is_chapter { 10.5 } else { 9.5 };
    let indent = if is_chapter { 0.0 } else { 16.0 };
    let number = (heading.place.page + first + 1).to_string();
    let room = frame.width - indent - 40.0;
    let title = face.shortened(&style.shown(face, &heading.title), size, room);
    let baseline = frame.bottom() - 4.0;
    let text = |x: f32, anchor: Anchor, text: String, face: Face| Shape::Text {
        at: Point::new(x, baseline),
        anchor,
        text,
        face,
        size,
        color: style.palette.text,
    };
    let end = frame.x + indent + style.typesetter.width(face, &title, size);
    let dots = Stroke::dashed(0.6, style.palette.line_strong, 1.2);
    let number_width = style.typesetter.width(face, &number, size);
    page.shapes.push(text(frame.x + indent, Anchor::Start, title, face));
    page.shapes.push(Shape::segment(
        Point::new(end + 6.0, baseline - 1.0),
        Point::new(frame.right() - number_width - 6.0, baseline - 1.0),
        dots,
    ));
    page.shapes.push(text(frame.right(), Anchor::End, number, face));
}

#[cfg(test)]
mod tests {
    use super::super::page::Place;
    use super::*;

    #[test]
    fn a_few_lines_too_many_are_drawn_together_onto_one_page() {
        let of = |chapters: usize| {
            let heading = |_| Bookmark { level: 1, title: "Chapter".into(), place: Place { page: 0, y: 0.0 } };
            let headings: Vec<_> = (0..chapters).map(heading).collect();
            scale(&headings, 660.0)
        };
        assert_eq!(of(30), 1.0, "there is room");
        assert_eq!(of(33), 660.0 / (33.0 * 22.0));
        assert_eq!(of(60), 1.0, "it takes two pages anyway");
    }
}
