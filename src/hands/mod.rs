//! Hands: what presses, drags and commands on the drawing come to, as data and edits.
//! Nothing here knows a window, so that the same gestures are driven by tests.

pub mod hit;
pub mod snap;
