//! Drawings of other tools: each reader makes a [`Drawing`] of its file, and one
//! staging decides what in it is a zone, an asset or a conduit.

mod drawing;

pub use drawing::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, Meaning, Page, Remark};
