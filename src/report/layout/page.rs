//! Pages of shapes with links, and what stands where.

use std::collections::BTreeMap;

use crate::drawing::shape::Shape;
use crate::model::Rect;

/// A page. Lengths are in points, y downwards from the upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What is drawn, from the back to the front.
    pub shapes: Vec<Shape>,
    /// Where a click leads to the named anchor.
    pub links: Vec<(Rect, String)>,
}

/// A place in the document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The page, counted from 0.
    pub page: usize,
    /// Points from its upper edge.
    pub y: f32,
}

/// An entry of the bookmarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// 1 to 3.
    pub level: u8,
    /// Number and text of the heading.
    pub title: String,
    /// Where it leads.
    pub place: Place,
}

/// A report laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its pages.
    pub pages: Vec<Page>,
    /// Where links lead.
    pub anchors: BTreeMap<String, Place>,
    /// Headings in order.
    pub bookmarks: Vec<Bookmark>,
    /// Characters that could not be shown, as a sentence.
    pub warning: Option<String>,
}

/// A4, upright.
pub const A4: (f32, f32) = (595.276, 841.89);
/// A3, upright.
pub const A3: (f32, f32) = (841.89, 1190.551);
/// White around the text: left and right.
pub const SIDE: f32 = 56.0;
/// White above the text.
pub const TOP: f32 = 72.0;
/// White below the text.
pub const BOTTOM: f32 = 64.0;

impl Page {
    /// An empty page of a size.
    pub fn new((width, height): (f32, f32)) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// The part that text fills.
    pub fn body(&self) -> Rect {
        Rect::new(SIDE, TOP, self.width - 2.0 * SIDE, self.height - TOP - BOTTOM)
    }
}
