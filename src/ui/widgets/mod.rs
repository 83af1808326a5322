//! Small parts that several views share.

mod button;
mod chip;
mod field;
mod level;
mod page;

pub use button::{Symbol, disclosure, focus_ring, icon_button, primary_button};
pub use chip::{band_chip, chip, severity_chip};
pub use field::{Field, choice, date_field, multiline, optional_choice, optional_rating, singleline, switch};
pub use level::{fr_bars, level_row, paint_shapes, shape_to_egui};
pub use page::{
    card, cell, chosen_card, dialog, dialog_height, dialog_width, empty_state, fact, page, page_margin, section,
};

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// Whether a key was pressed with nothing held beside it; it is then taken. While a
/// dialog is open, keys are for the dialog.
pub fn plain_key(ui: &egui::Ui, key: egui::Key) -> bool {
    !is_below_dialog(ui)
        && ui.input_mut(|input| input.modifiers.is_none() && input.consume_key(egui::Modifiers::NONE, key))
}

/// Whether a dialog lies over this part of the window.
pub fn is_below_dialog(ui: &egui::Ui) -> bool {
    ui.memory(egui::Memory::top_modal_layer).is_some_and(|top| top != ui.layer_id())
}
