//! Small parts that several views share.

mod button;
mod chip;
mod draft;
mod drop_down;
mod field;
mod level;
mod page;
mod picker;
mod risk;

pub use button::{Symbol, disclosure, focus_ring, icon_button, pressable, primary_button};
pub use chip::{band_chip, chip, chip_button, severity_chip};
pub use draft::Draft;
pub use drop_down::drop_down;
pub use field::{
    DATE, Field, NO_DATE, choice, date_field, forget_drafts, go_on_writing, multiline, multiline_of, one_of_many,
    optional_choice, optional_rating, singleline, switch, take_keys, typed_date, wrapped,
};
pub use level::{fr_bars, level_row, paint_shapes, shape_to_egui};
pub use page::{
    card, cell, chosen_card, dialog, dialog_height, dialog_width, empty_state, fact, follow_focus, is_left, page,
    page_margin, scroll_by_keys, scrolls_from, section, where_seen,
};
pub use picker::pick;
pub use risk::{risk_chip, risk_word};

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// Whether a key was pressed with nothing held beside it; it is then taken. While a
/// dialog is open, keys are for the dialog.
pub fn plain_key(ui: &egui::Ui, key: egui::Key) -> bool {
    !is_below_dialog(ui) && presses(ui, egui::Modifiers::NONE, key) > 0
}

/// How often a key was pressed with exactly this held beside it; it is then taken. Each press
/// knows what was held then: by the end of a slow frame that may have changed.
pub fn presses(ui: &egui::Ui, modifiers: egui::Modifiers, wanted: egui::Key) -> usize {
    let is_it = |event: &egui::Event| {
        matches!(event, egui::Event::Key { key, pressed: true, modifiers: held, .. }
            if *key == wanted
                && (held.shift, held.alt, held.command) == (modifiers.shift, modifiers.alt, modifiers.command))
    };
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !is_it(event));
        before - input.events.len()
    })
}

/// Whether a dialog lies over this part of the window.
pub fn is_below_dialog(ui: &egui::Ui) -> bool {
    ui.memory(egui::Memory::top_modal_layer).is_some_and(|top| top != ui.layer_id())
}
