//! What stands around every view: top bar, rail, inspector, status bar.

mod door;
mod inspector;
mod rail;
mod status;
mod top;

pub use door::{begin_at_page, door_of_page};
pub use inspector::{enter_inspector, inspector, new_action};
pub use rail::{RailState, rail};
pub use status::status;
pub use top::top;
