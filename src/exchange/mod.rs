//! From and to other tools: tables, the tracker, the diagram, JSON.

pub mod analysis_json;
pub mod assets;
pub mod comparison;
mod decode;
pub mod diagram;
pub mod drawings;
pub mod evidence;
pub mod hazop;
pub mod opening;
pub mod outcome;
pub mod tables;
pub mod tracker;

/// The ending of a file's name, in lower case.
fn ending(file: &std::path::Path) -> String {
    file.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}
