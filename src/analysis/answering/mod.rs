//! What helps to answer: where an answer comes from, what lifts a level, and what can be proposed.

pub mod chain;
pub mod lift;

pub use chain::{Chain, End, chain, heirs};
pub use lift::{Lift, Missing, lifts};
