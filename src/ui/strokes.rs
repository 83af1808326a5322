//! What a keyboard sends beside its keys, put right before anything hears of it, in every window.

use egui::{Event, Key};

/// Hears the keys of every window first.
pub struct Strokes;

impl egui::Plugin for Strokes {
    fn debug_name(&self) -> &'static str {
        "strokes"
    }

    fn input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        without_signs_of_commands(&mut input.events);
    }
}

/// Drops the sign that comes with a key of a command: Alt and a figure go to a view, and nobody meant
/// to type the figure into the field that has the keyboard.
pub fn without_signs_of_commands(events: &mut Vec<Event>) {
    let mut is_sign_of_command = false;
    events.retain(|event| match event {
        Event::Text(_) => !std::mem::take(&mut is_sign_of_command),
        Event::Key { key, pressed, modifiers, .. } => {
            // with Ctrl it is AltGr, which types
            let is_alt_alone = modifiers.alt && !modifiers.ctrl && !modifiers.command;
            is_sign_of_command = *pressed && is_alt_alone && (is_figure(*key) || !cfg!(target_os = "macos"));
            true
        }
        _ => true,
    });
}

/// On a Mac, Option and a letter type a sign; only the figures are ours there.
const fn is_figure(key: Key) -> bool {
    matches!(
        key,
        Key::Num0
            | Key::Num1
            | Key::Num2
            | Key::Num3
            | Key::Num4
            | Key::Num5
            | Key::Num6
            | Key::Num7
            | Key::Num8
            | Key::Num9
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.into())
    }

    fn typed(events: Vec<Event>) -> String {
        let mut events = events;
        without_signs_of_commands(&mut events);
        let text = |it| if let Event::Text(text) = it { Some(text) } else { None };
        events.into_iter().filter_map(text).collect()
    }

    #[test]
    fn a_key_of_a_command_types_nothing_and_what_is_typed_around_it_stays() {
        let events = [text("a"), key(Key::Num5, Modifiers::ALT), text("5"), key(Key::B, Modifiers::NONE), text("b")];
        assert_eq!(typed(events.into()), "ab");
        assert_eq!(typed(vec![key(Key::Num5, Modifiers::ALT), text("∞"), text("c")]), "c", "one sign a key");
    }

    #[test]
    fn signs_that_are_typed_with_a_key_held_are_typed() {
        let alt_gr = Modifiers { alt: true, ctrl: true, command: true, ..Modifiers::NONE };
        assert_eq!(typed(vec![key(Key::Num7, alt_gr), text("{")]), "{");
        assert_eq!(typed(vec![key(Key::Num7, Modifiers::SHIFT), text("/")]), "/");
        assert_eq!(typed(vec![key(Key::Num7, Modifiers::NONE), text("7")]), "7");
    }
}
