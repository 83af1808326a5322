//! Letters that come one right after the other, before anything follows from the one before.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::samples::SAMPLES;
use zonewright::ui::App;

use super::support::{Window, find, press, project, start, wait_for_project};

const NONE: Modifiers = Modifiers::NONE;
const TYPED: &str = "qzxjk";

/// The water works, where a frame comes fifty times a second.
fn quick_window() -> Window {
    let builder = Harness::builder().with_size(vec2(1440.0, 1400.0)).with_max_steps(1000).with_step_dt(0.02);
    let mut window = builder.build_eframe(|creation| App::new(&creation.egui_ctx, start(true)));
    wait_for_project(&mut window);
    window
}

/// The fields that take letters.
fn fields(window: &Window) -> Vec<Node<'_>> {
    let is_field = |it: &Node| {
        let node = it.accesskit_node();
        matches!(node.role(), Role::TextInput | Role::MultilineTextInput) && !node.is_disabled() && !node.is_read_only()
    };
    window.query_all_by(|it| matches!(it.role(), Role::TextInput | Role::MultilineTextInput)).filter(is_field).collect()
}

/// What stands in the field that has the keyboard.
fn typed_into(window: &Window) -> Option<String> {
    fields(window).into_iter().find(Node::is_focused).and_then(|it| it.accesskit_node().value())
}

/// Types into each field on the screen; tells what did not come into it as it was typed, and how many there are.
fn type_into_all(window: &mut Window, place: &str) -> (Vec<String>, usize) {
    let count = fields(window).len();
    let mut lost = Vec::new();
    for number in 0..count {
        let label = |it: &Node| it.accesskit_node().label().unwrap_or_default();
        let Some(label) = fields(window).get(number).map(|it| (it.focus(), label(it)).1) else { break };
        window.run();
        press(window, Modifiers::COMMAND, Key::End);
        let before = typed_into(window);
        let known = project(window).clone();
        for letter in TYPED.chars() {
            window.event(Event::Text(letter.to_string()));
            window.step();
        }
        window.step();
        let after = typed_into(window);
        if !after.as_ref().is_some_and(|it| it.contains(TYPED)) {
            lost.push(format!("{place}, {label}: {before:?} became {after:?}"));
        }
        // what only looks for something is emptied again
        if project(window).same(&known) {
            press(window, Modifiers::COMMAND, Key::A);
            press(window, NONE, Key::Delete);
        }
        window.run();
    }
    (lost, count)
}

/// Types into all fields of a fresh window after going somewhere.
fn try_all(place: &str, go: impl FnOnce(&mut Window)) -> usize {
    let mut window = quick_window();
    go(&mut window);
    let (lost, count) = type_into_all(&mut window, place);
    assert_eq!(lost, Vec::<String>::new());
    assert!(count > 0, "{place} has no field");
    count
}

#[test]
fn no_letter_is_lost_beside_a_page() {
    macro_rules! tags {
        ($project:ident: $($table:ident)*) => {
            [$($project.$table.values().map(|it| it.tag.clone()).min().unwrap()),*]
        };
    }
    let sample = SAMPLES[0].open().unwrap();
    let tags = tags!(
        sample: zones conduits assets risks actions evidence
    );
    let count: usize = tags.iter().map(|tag| try_all(tag, |window| find(window, tag))).sum();
    assert!(count > 50, "{count} fields are too few");
}

#[test]
fn no_letter_is_lost_on_a_page() {
    for page in [Key::Num1, Key::Num3, Key::Num5, Key::Num7] {
        try_all(&format!("{page:?}"), |window| press(window, Modifiers::ALT, page));
    }
}

#[test]
fn no_letter_is_lost_in_answers() {
    let go = |window: &mut Window| {
        press(window, Modifiers::ALT, Key::Num6);
        press(window, NONE, Key::ArrowDown);
        press(window, NONE, Key::Enter);
    };
    try_all("an answer", go);
    try_all("two answers", |window| {
        go(window);
        press(window, Modifiers::SHIFT, Key::ArrowDown);
    });
}
