//! Zonewright, an offline workbench for IEC 62443 assessments.
//!
//! The floors, each knowing only those above it in this list:
//!
//! - [`render`]: paints the window with the processor alone.
//! - [`model`]: what a project is, plain data.
//! - [`catalogue`]: what the standards say, in our own words.
//! - [`edit`]: what a user may change, and [`history`], undo and redo.
//! - [`analysis`]: what follows: levels, gaps, priorities, exposure, roadmap, findings.
//! - [`text`]: the embedded typeface, shaping, lines.
//! - [`drawing`]: the diagram as data, and its pictures.
//! - [`hands`]: what gestures on the drawing come to.
//! - [`store`]: project files, replaced whole.
//! - [`report`]: the gap report: outline, layout, PDF.
//! - [`exchange`]: tables, tracker and JSON.
//! - [`task`]: one background job; [`session`]: one open project without a screen.
//! - [`samples`]: complete assessments to look around in; [`templates`]: plants to start from.
//! - [`generate`]: invented plants of any size, to measure with.
//! - [`cli`]: the commands; [`ui`]: the window.

pub mod analysis;
pub mod catalogue;
pub mod cli;
pub mod drawing;
pub mod edit;
pub mod exchange;
pub mod generate;
pub mod hands;
pub mod history;
pub mod model;
pub mod render;
pub mod report;
pub mod samples;
pub mod session;
pub mod store;
pub mod task;
pub mod templates;
pub mod text;
pub mod ui;
