//! Zonewright
pub mod analysis;
pub mod catalogue;
pub mod cli;
pub mod drawing;
pub mod edit;
pub mod exchange;
pub mod history;
pub mod model;
pub mod report;
pub mod session;
pub mod store;
pub mod task;
pub mod text;
