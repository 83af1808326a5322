//! Small parts that several views share.

mod button;
mod chip;
mod field;
mod level;
mod page;

pub use button::{Symbol, icon_button, primary_button};
pub use chip::{band_chip, chip, severity_chip};
pub use field::{Field, choice, date_field, multiline, optional_choice, optional_rating, singleline, switch};
pub use level::{fr_bars, level_row, paint_shapes, shape_to_egui};
pub use page::{card, empty_state, fact, page, section};
