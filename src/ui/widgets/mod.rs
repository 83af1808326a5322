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
pub use page::{card, cell, chosen_card, empty_state, fact, page, section};

/// Whether keys are for this part of the screen: nothing lies over it that takes them.
pub fn takes_keys(ui: &egui::Ui) -> bool {
    ui.memory(|memory| memory.allows_interaction(ui.layer_id()))
}

/// Whether a key was pressed with nothing held beside it; it is then taken.
pub fn plain_key(ui: &egui::Ui, key: egui::Key) -> bool {
    takes_keys(ui) && ui.input_mut(|input| input.modifiers.is_none() && input.consume_key(egui::Modifiers::NONE, key))
}
