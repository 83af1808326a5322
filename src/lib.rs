//! Zonewright
pub mod analysis;
pub mod catalogue;
pub mod model;
pub mod store;
