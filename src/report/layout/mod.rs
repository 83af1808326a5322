//! From an outline to pages: shaped text, lines, tables that break, contents with
//! page numbers. Knows nothing of the format that the pages are written in.

mod card;
mod contents;
mod cover;
mod figure;
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
/// A list of contents up to this part of a page has the text begin below it.
const SHARES_ITS_PAGE: f32 = 0.6;
/// White between such a list and the text.
const GAP_BELOW_CONTENTS: f32 = 14.0;

/// Lays out a report. The same outline always gives the same pages. `progress` is
/// told the share done, 0 to 1, and stops the work by answering false.
pub fn lay_out(outline: &Outline, progress: &mut dyn FnMut(f32) -> bool) -> Option<Document> {
    let typesetter = Typesetter::new();
    let style = Style { typesetter: &typesetter, palette: Palette::light(), missing: RefCell::default() };
    let mut body = flow::flow(outline, &style, 0.0, progress)?;
    let has_contents = body.pages.len() >= CONTENTS_FROM;
    let high = contents::height(&body.headings);
    let is_short = has_contents && high <= SHARES_ITS_PAGE * Page::new(page::A4).body().height;
    if is_short {
        body = flow::flow(outline, &style, high + GAP_BELOW_CONTENTS, &mut |_| true)?;
    }
    let contents_pages = if has_contents && !is_short { contents::count(&body.headings, &style) } else { 0 };
    let first = 1 + contents_pages;
    let mut pages = vec![cover::page(&outline.cover, &style)];
    let list = if has_contents { contents::pages(&body.headings, first, &style) } else { Vec::new() };
    if is_short {
        for (page, list) in body.pages.iter_mut().zip(list) {
            page.shapes.extend(list.shapes);
            page.links.extend(list.links);
        }
    } else {
        pages.extend(list);
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
