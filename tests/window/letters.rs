//! Letters that come one right after the other, before anything follows from the one before.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, ViewportId, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::samples::SAMPLES;
use zonewright::ui::App;

use super::support::{Window, find, press, project, session, start, wait_for_project};

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

/// Types into each field on the screen; tells what did not come into it as it was typed, and into how many it typed.
fn type_into_all(window: &mut Window, place: &str) -> (Vec<String>, usize) {
    let (mut lost, mut number) = (Vec::new(), 0);
    let count = fields(window).len();
    while number < count {
        let label = |it: &Node| it.accesskit_node().label().unwrap_or_default();
        let Some(label) = fields(window).get(number).map(|it| (it.focus(), label(it)).1) else { break };
        number += 1;
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
    (lost, number)
}

/// Types into all fields of a fresh window after going somewhere.
fn try_all(place: &str, least: usize, go: impl FnOnce(&mut Window)) {
    let mut window = quick_window();
    go(&mut window);
    let (lost, count) = type_into_all(&mut window, place);
    assert_eq!(lost, Vec::<String>::new());
    assert!(count >= least, "{place} has but {count} fields");
}

#[test]
fn no_letter_is_lost_beside_a_page() {
    macro_rules! each {
        ($project:ident: $($table:ident $least:literal)*) => {
            $(
                let tag = $project.$table.values().map(|it| it.tag.clone()).min().unwrap();
                try_all(&tag, $least, |window| find(window, &tag));
            )*
        };
    }
    let sample = SAMPLES[0].open().unwrap();
    each!(sample: zones 10 conduits 10 assets 8 risks 8 actions 7 evidence 5);
}

#[test]
fn no_letter_is_lost_on_a_page() {
    let at = |key: Key| move |window: &mut Window| press(window, Modifiers::ALT, key);
    try_all("overview", 1, at(Key::Num1));
    try_all("scope", 10, at(Key::Num3));
    try_all("risk", 1, at(Key::Num5));
    try_all("scales", 10, |window| find(window, "Scales and levels"));
    try_all("gaps", 1, at(Key::Num7));
    try_all("workshop", 4, |window| press(window, NONE, Key::F6));
}

#[test]
fn no_letter_is_lost_in_answers() {
    let go = |window: &mut Window| {
        press(window, Modifiers::ALT, Key::Num6);
        press(window, NONE, Key::ArrowDown);
        press(window, NONE, Key::Enter);
    };
    try_all("an answer", 4, go);
    try_all("two answers", 3, |window| {
        go(window);
        press(window, Modifiers::SHIFT, Key::ArrowDown);
    });
}

#[test]
fn what_follows_from_letters_comes_once_they_pause_and_without_another_touch() {
    let mut window = quick_window();
    let tag = project(&window).zones.values().map(|it| it.tag.clone()).min().unwrap();
    find(&mut window, &tag);
    let name = fields(&window).iter().position(|it| it.accesskit_node().label().as_deref() == Some("Name")).unwrap();
    fields(&window)[name].focus();
    window.run();
    let is_current = |window: &Window| session(window).analysis().project().same(project(window));
    for letter in ["q", "z"] {
        window.event(Event::Text(letter.to_owned()));
        window.run();
        assert!(!is_current(&window));
    }
    press(&mut window, NONE, Key::Backspace);
    assert!(!is_current(&window), "what is taken back is typed too");
    let wakes_in = window.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert!(wakes_in <= Duration::from_millis(240), "{wakes_in:?}");
    window.run_steps(15);
    assert!(is_current(&window));
    // what is done next is done with what was typed, and a step of the arrows is none
    window.event(Event::Text("x".to_owned()));
    window.step();
    press(&mut window, Modifiers::ALT, Key::Num1);
    assert!(is_current(&window));
}
