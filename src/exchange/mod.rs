//! From and to other tools: tables, the tracker, JSON.

pub mod analysis_json;
pub mod tables;
pub mod tracker;
