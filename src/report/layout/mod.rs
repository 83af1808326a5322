//! From an outline to pages: shaped text, lines, tables that break, contents with
//! page numbers. Knows nothing of the format that the pages are written in.

mod card;
mod contents;
mod cover;
mod flow;
mod furniture;
mod page;
mod paragraph;
mod table;

pub use page::{Bookmark, Document, Page, Place};

use super::outline::Outline;
use crate::drawing::palette::Palette;
use crate::text::{MissingGlyphs, Typesetter};
use std::cell::RefCell;

/// What the layout is given: type, colours, and what turns out to lack a glyph.
pub(super) struct Style<'a> {
    pub typesetter: &'a Typesetter,
    pub palette: &'a Palette,
    pub missing: RefCell<MissingGlyphs>,
}

/// With fewer pages than this after the cover nobody needs a list of contents.
const CONTENTS_FROM: usize = 4;

/// Lays out a report. The same outline always gives the same pages. `progress` is
/// told the share done, 0 to 1, and stops the work by answering false.
pub fn lay_out(outline: &Outline, progress: &mut dyn FnMut(f32) -> bool) -> Option<Document> {
    let typesetter = Typesetter::new();
    let style = Style { typesetter: &typesetter, palette: Palette::light(), missing: RefCell::default() };
    let body = flow::flow(outline, &style, progress)?;
    let has_contents = body.pages.len() >= CONTENTS_FROM;
    let contents_pages = if has_contents { contents::count(&body.headings, &style) } else { 0 };
    let first = 1 + contents_pages;
    let mut pages = vec![cover::page(&outline.cover, &style)];
    if has_contents {
        pages.extend(contents::pages(&body.headings, first, &style));
    }
    pages.extend(body.pages);
    furniture::add(&mut pages, &outline.cover, &style);
    let moved = |place: Place| Place { page: place.page + first, ..place };
    let headings = body.headings.iter().enumerate().map(|(place, it)| (contents::anchor(place), it.place));
    let anchors = body.anchors.into_iter().chain(headings).map(|(name, place)| (name, moved(place))).collect();
    let contents = Bookmark { level: 1, title: "Contents".to_owned(), place: Place { page: 1, y: 0.0 } };
    let mut bookmarks: Vec<_> = has_contents.then_some(contents).into_iter().collect();
    bookmarks.extend(body.headings.into_iter().map(|it| Bookmark { place: moved(it.place), ..it }));
    let warning = style.missing.borrow().warning();
    Some(Document { pages, anchors, bookmarks, warning })
}
