//! A list that drops down, to choose from by hand and by keys alike.

use egui::{ComboBox, EventFilter, Key, Modifiers, Response, Ui};

use super::presses;

/// One of several. However the list was opened its keys begin at what is chosen: arrows, Home and End go
/// along it, Enter takes one, Esc leaves it as it was. `choices` is asked only while the list is open.
pub fn drop_down<T: PartialEq>(
    ui: &mut Ui,
    list: ComboBox,
    chosen: &mut T,
    choices: impl FnOnce() -> Vec<(T, String)>,
) -> Response {
    let mut is_left_by_key = false;
    let shown = list.show_ui(ui, |ui| {
        is_left_by_key = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
        rows(ui, chosen, choices());
    });
    if is_left_by_key {
        // on from where one was
        shown.response.request_focus();
    }
    shown.response
}

fn rows<T: PartialEq>(ui: &mut Ui, chosen: &mut T, choices: Vec<(T, String)>) {
    let [on, back, first, last] =
        [Key::ArrowDown, Key::ArrowUp, Key::Home, Key::End].map(|it| presses(ui, Modifiers::NONE, it));
    let begins_at = choices.iter().position(|(it, _)| it == chosen).unwrap_or(0);
    let end = choices.len().saturating_sub(1);
    let mut shown = Vec::new();
    for (it, words) in choices {
        let row = ui.selectable_label(*chosen == it, words);
        if row.clicked() {
            *chosen = it;
            ui.close();
        }
        shown.push(row);
    }
    let place = match shown.iter().position(Response::has_focus) {
        None => begins_at,
        Some(_) if first > 0 => 0,
        Some(_) if last > 0 => end,
        Some(at) => (at + on).saturating_sub(back).min(end),
    };
    let Some(row) = shown.get(place) else { return };
    if !row.has_focus() {
        row.request_focus();
        row.scroll_to_me(None);
    }
    // the arrows do not lead out of the list
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, filter));
}
