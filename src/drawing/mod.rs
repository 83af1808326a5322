//! The diagram as data: where things are placed, what is drawn, and the writers
//! of pictures. The canvas, SVG, PNG and PDF paint one and the same drawing.

pub mod layout;
pub mod metrics;
