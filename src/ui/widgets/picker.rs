//! A button that opens a list to choose from by typing.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{EventFilter, Key, Modifiers, PopupCloseBehavior, RichText, TextEdit, Ui};

use super::{plain_key, presses, scrolls_from};

/// How many are shown at once; typing finds the rest.
const SHOWN: usize = 60;

/// What was typed into the list, and which of the entries Enter takes.
#[derive(Clone, Default)]
struct Wanted {
    words: String,
    place: usize,
}

/// Shows the button. Typing leaves what has all the words, arrows and Tab go along them, Enter takes
/// the one they are at.
/// `entries` is asked only while the list is open. Returns what was chosen.
pub fn pick<T>(ui: &mut Ui, button: &str, none: &str, entries: impl FnOnce() -> Vec<(String, T)>) -> Option<T> {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let id = ui.make_persistent_id(("wanted", button));
    let (response, inner) = MenuButton::new(button).config(config).ui(ui, |ui| {
        ui.set_min_width(260.0);
        ui.set_max_width(420.0);
        let mut wanted: Wanted = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let before = wanted.words.clone();
        let times = |held, key| presses(ui, held, key);
        let on = times(Modifiers::NONE, Key::ArrowDown) + times(Modifiers::NONE, Key::Tab);
        let back = times(Modifiers::NONE, Key::ArrowUp) + times(Modifiers::SHIFT, Key::Tab);
        // Tab and the arrows go along the list, and do not leave it
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        let field = TextEdit::singleline(&mut wanted.words).hint_text("Type to find").desired_width(f32::INFINITY);
        let field = ui.add(field.event_filter(filter)).accessible_name(format!("Find in {button}"));
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        if wanted.words != before {
            wanted.place = 0;
        }
        let enter = (field.has_focus() || field.lost_focus()) && plain_key(ui, Key::Enter);
        let chosen = list(ui, &mut wanted, none, entries(), (on, back, enter));
        ui.data_mut(|data| data.insert_temp(id, wanted));
        if chosen.is_some() {
            ui.close();
        }
        chosen
    });
    if inner.is_none() || response.clicked() {
        ui.data_mut(|data| data.remove::<Wanted>(id));
    }
    inner.and_then(|it| it.inner)
}

fn list<T>(
    ui: &mut Ui,
    wanted: &mut Wanted,
    none: &str,
    entries: Vec<(String, T)>,
    (on, back, enter): (usize, usize, bool),
) -> Option<T> {
    let words: Vec<String> = wanted.words.split_whitespace().map(str::to_lowercase).collect();
    let is_meant = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut meant: Vec<(String, T)> = entries.into_iter().filter(|it| is_meant(&it.0)).collect();
    let count = meant.len();
    if count == 0 {
        ui.label(RichText::new(if words.is_empty() { none } else { "Nothing answers to these words." }).weak());
        return None;
    }
    let last = count.min(SHOWN) - 1;
    let has_moved = on != back;
    wanted.place = (wanted.place + on).saturating_sub(back).min(last);
    let mut chosen = enter.then_some(wanted.place);
    scrolls_from(300.0).show(ui, |ui| {
        for (place, (text, _)) in meant.iter().enumerate().take(SHOWN) {
            let is_at = place == wanted.place;
            let row = egui::Button::new(text.as_str()).truncate().frame_when_inactive(is_at).selected(is_at);
            let row = ui.add(row);
            if is_at && has_moved {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                chosen = Some(place);
            }
        }
        if count > SHOWN {
            ui.label(RichText::new(format!("… and {} more: type a word of it", count - SHOWN)).weak());
        }
    });
    chosen.map(|place| meant.swap_remove(place).1)
}
