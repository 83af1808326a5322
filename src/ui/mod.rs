//! The window: frame, views, canvas. It changes a project only by handing edits to
//! the session.

pub mod action;
mod answering;
mod app;
mod aside;
mod asset_table;
mod canvas;
mod commands;
mod context;
mod estimates;
mod files;
mod finder;
mod frame;
mod hazop_table;
mod keeping;
mod kept;
mod library;
mod recovered;
mod risk_matrix;
mod staging;
mod strokes;
mod table_import;
mod theme;
mod timing;
mod views;
mod widgets;
mod window;
mod workshop;

pub use app::{App, Start};
pub use files::Chooser;
pub use theme::Appearance;
pub use window::{Painting, WindowError, run};
