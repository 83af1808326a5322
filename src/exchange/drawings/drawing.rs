//! What stands in a drawing of another tool, before anybody says what it means.

use crate::model::{Point, PurdueLevel, Rect, Trust};

/// Why a file is no drawing that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DrawingError(
    /// What is wrong and what to do, in a sentence without a full stop.
    pub String,
);

/// A drawing as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The drawing's own title, or nothing.
    pub title: String,
    /// Its pages in order.
    pub pages: Vec<Page>,
    /// What was not understood.
    pub remarks: Vec<Remark>,
    /// What tells its file from others: ids follow from it.
    pub digest: String,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its name, or nothing.
    pub name: String,
    /// Its shapes; a shape comes after the one that it lies in.
    pub shapes: Vec<DrawnShape>,
    /// Its lines.
    pub links: Vec<DrawnLink>,
}

/// A shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawnShape {
    /// What the file knows it by; unique on its page.
    pub key: String,
    /// Its text, without markup; lines parted by `\n`.
    pub text: String,
    /// Words for its looks or type: a stencil's name, a style, a component type.
    pub hint: String,
    /// Where it stands, from the page's upper left corner; y down, in pixels.
    pub frame: Rect,
    /// The shape that the file says it lies in, by its place among the page's shapes.
    pub parent: Option<usize>,
    /// The file says that it holds others.
    pub is_container: bool,
    /// What it means, where the format says so.
    pub meaning: Option<Meaning>,
    /// Further fields, such as an address: name and value.
    pub details: Vec<(String, String)>,
}

/// What a shape means in a format that knows zones and components.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A zone.
    Zone {
        /// Whose hands it is in, where said.
        trust: Option<Trust>,
        /// Its Purdue level, where said.
        purdue: Option<PurdueLevel>,
    },
    /// An asset, with an id of the catalogue's asset types where one fits.
    Asset(Option<&'static str>),
    /// A text or a decoration.
    Note,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnLink {
    /// What the file knows it by.
    pub key: String,
    /// Its text, without markup.
    pub text: String,
    /// Words for its looks or type.
    pub hint: String,
    /// Where it begins.
    pub from: LinkEnd,
    /// Where it ends.
    pub to: LinkEnd,
    /// An arrowhead at its beginning.
    pub points_back: bool,
    /// An arrowhead at its end.
    pub points_on: bool,
    /// Further fields, such as a protocol: name and value.
    pub details: Vec<(String, String)>,
}

/// An end of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinkEnd {
    /// At a shape, by its place among the page's shapes.
    Shape(usize),
    /// Loose, at this place of the page.
    Free(Point),
    /// Nobody says where.
    Nowhere,
}

/// Something in the file that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where: a page, a shape, a line of the file.
    pub place: String,
    /// What, and why, in a sentence without a full stop.
    pub what: String,
}

impl Page {
    /// Where an end of a line is: the middle of its shape, or its own place.
    pub fn point(&self, end: LinkEnd) -> Option<Point> {
        match end {
            LinkEnd::Shape(place) => self.shapes.get(place).map(|shape| shape.frame.center()),
            LinkEnd::Free(point) => Some(point),
            LinkEnd::Nowhere => None,
        }
    }
}

impl Drawing {
    /// Notes what was left out.
    pub fn remark(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.remarks.push(Remark { place: place.into(), what: what.into() });
    }
}
