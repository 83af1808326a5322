//! Type: the one embedded family, its metrics, shaping, and breaking into lines.
//!
//! The window, the diagram and the report use the same two faces, so that widths
//! agree everywhere.

mod face;
mod lines;
mod shape;

pub use face::{Face, MissingGlyphs};
pub use lines::{Line, Piece, break_lines, widest_word};
pub use shape::{Glyph, Run, Typesetter};
