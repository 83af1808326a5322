//! Zonewright
pub mod analysis;
pub mod catalogue;
pub mod cli;
pub mod drawing;
pub mod exchange;
pub mod model;
pub mod store;
