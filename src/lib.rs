//! Zonewright
pub mod catalogue;
pub mod model;
pub mod store;
