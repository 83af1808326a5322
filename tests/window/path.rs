//! The ZCR path: what is open leads to its place, and somebody stands by each step.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::analysis::{Progress, zcr};
use zonewright::catalogue::Catalogue;
use zonewright::model::*;
use zonewright::ui::action::View;

use super::support::{
    Window, assert_no_id_stands_twice, before_sessions, click, first_page, is_shown, press, project, session, shows,
    type_text, water_works,
};

fn path(window: &mut Window) {
    press(window, Modifiers::ALT, Key::Num2);
    assert!(is_shown(window, View::Path));
}

fn id(text: &str) -> ZcrId {
    text.parse().unwrap()
}

/// The row that is marked as the current one.
fn current(window: &Window) -> String {
    let rows = window.query_all_by_role(Role::Button).filter(|it| {
        let node = it.accesskit_node();
        node.toggled() == Some(egui::accesskit::Toggled::True)
            && node.label().is_some_and(|it| it.starts_with("ZCR ") && it != "ZCR path" || it.starts_with("Step "))
    });
    let labels: Vec<String> = rows.filter_map(|it| it.accesskit_node().label()).collect();
    assert_eq!(labels.len(), 1, "{labels:?}");
    labels.into_iter().next().unwrap()
}

fn field(window: &Window, label: &str) -> egui::Rect {
    let is_it = |it: &Node| it.accesskit_node().labelled_by().any(|it| it.value().as_deref() == Some(label));
    let fields = window.query_all_by_role(Role::TextInput).chain(window.query_all_by_role(Role::MultilineTextInput));
    fields.into_iter().find(is_it).unwrap_or_else(|| panic!("no field {label}")).rect()
}

#[test]
fn the_path_is_walked_by_keys() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    assert!(current(&window).starts_with("ZCR 1.1 Identify the SUC perimeter"), "{}", current(&window));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(current(&window).starts_with("ZCR 3.1"), "{}", current(&window));
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert!(current(&window).starts_with("ZCR 2.1"), "{}", current(&window));
    press(&mut window, Modifiers::NONE, Key::End);
    assert!(current(&window).starts_with("Step 4"), "{}", current(&window));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(current(&window).starts_with("Step 4"), "it ends there");
    press(&mut window, Modifiers::NONE, Key::Home);
    assert!(current(&window).starts_with("ZCR 1.1"));
    assert!(!session(&window).is_dirty(), "looking changes nothing");
}

#[test]
fn a_step_is_confirmed_by_keys_although_something_is_open_and_taken_back() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    press(&mut window, Modifiers::NONE, Key::C);
    type_text(&mut window, "Plant manager");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let confirmed = project(&window).zcr.get(&id("ZCR 1.1")).cloned().expect("it is confirmed");
    assert_eq!((confirmed.by.as_str(), confirmed.on), ("Plant manager", Some(session(&window).analysis().as_of)));
    let open = session(&window).analysis().zcr(Catalogue::embedded())[0].count();
    if open > 0 {
        assert!(shows(&window, "Confirmed, but"), "what is open stays open");
    }
    // the next one proposes the same role
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::C);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&window).zcr.get(&id("ZCR 2.1")).unwrap().by, "Plant manager");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).zcr.len(), 1);
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    click(&mut window, "Take back");
    assert!(project(&window).zcr.is_empty());
}

#[test]
fn what_is_typed_before_a_confirmation_stays_while_one_looks_elsewhere() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    press(&mut window, Modifiers::NONE, Key::C);
    type_text(&mut window, "Safety engineer");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::ALT, Key::Num1);
    path(&mut window);
    assert!(shows(&window, "Safety engineer"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(!shows(&window, "Safety engineer"), "another step has its own");
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert!(shows(&window, "Safety engineer"));
    assert!(project(&window).zcr.is_empty());
}

#[test]
fn what_is_no_date_confirms_nothing() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    press(&mut window, Modifiers::NONE, Key::C);
    type_text(&mut window, "Plant manager");
    let at = field(&window, "Date of confirmation");
    super::support::click_at(&mut window, at.center());
    type_text(&mut window, "x");
    assert!(shows(&window, "Not a date yet"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(project(&window).zcr.is_empty());
}

#[test]
fn an_open_thing_leads_to_the_very_place() {
    let mut window = water_works();
    // an asset that stands nowhere
    let asset = project(&window).assets.ids().next().unwrap();
    let tag = project(&window).subject_tag(asset.into()).into_owned();
    let mut loose = project(&window).clone();
    loose.assets.get_mut(asset).unwrap().zone = None;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("loose.zonewright");
    zonewright::store::save(&loose, &file).unwrap();
    press(&mut window, Modifiers::COMMAND, Key::O);
    super::support::choose(&mut window, &file, "Open");
    super::support::wait_until(&mut window, "the project", |it| session(it).file().is_some());
    path(&mut window);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(shows(&window, "1 asset in no zone"));
    window.get_by_role_and_label(Role::Link, &tag).click();
    window.run();
    assert!(is_shown(&window, View::Diagram));
    assert!(shows(&window, &tag));
    // and Enter leads to the first open thing
    press(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert!(is_shown(&window, View::Path));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(is_shown(&window, View::Diagram));
}

#[test]
fn next_goes_to_what_is_to_do() {
    let mut window = first_page();
    click(&mut window, "New project");
    path(&mut window);
    assert!(shows(&window, "0 of 32 complete, 0 confirmed"));
    press(&mut window, Modifiers::NONE, Key::N);
    assert!(current(&window).starts_with("ZCR 2.1"));
    click(&mut window, "Next open step");
    assert!(current(&window).starts_with("ZCR 3.1"));
    // what is missing in the scope leads to its field
    press(&mut window, Modifiers::NONE, Key::Home);
    window.get_by_role_and_label(Role::Link, "Perimeter").click();
    window.run();
    assert!(is_shown(&window, View::Scope));
    type_text(&mut window, "The fence");
    assert_eq!(project(&window).scope.perimeter, "The fence");
    path(&mut window);
    assert!(current(&window).contains("begun"), "{}", current(&window));
}

#[test]
fn the_finder_leads_to_a_step() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    super::support::find(&mut window, "ZCR 5.6");
    assert!(is_shown(&window, View::Path));
    assert!(current(&window).starts_with("ZCR 5.6 Determine SL-T"), "{}", current(&window));
}

#[test]
fn validation_is_confirmed_on_the_path_and_led_to_from_the_overview() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    press(&mut window, Modifiers::ALT, Key::Num1);
    window.get_by_role_and_label(Role::Link, "2  Asset inventory").click();
    window.run();
    assert!(is_shown(&window, View::Path));
    assert!(current(&window).starts_with("Step 2 Asset inventory"), "{}", current(&window));
    let before = project(&window).confirmations.get(&ValidationStep::Inventory).cloned();
    if before.is_some() {
        click(&mut window, "Take back");
    }
    assert_eq!(project(&window).confirmations.get(&ValidationStep::Inventory), None);
    press(&mut window, Modifiers::NONE, Key::C);
    type_text(&mut window, "Maintenance manager");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&window).confirmations.get(&ValidationStep::Inventory).unwrap().by, "Maintenance manager");
}

#[test]
fn the_rail_counts_what_is_complete() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    let states = session(&window).analysis().zcr(Catalogue::embedded());
    let complete = states.iter().filter(|it| it.progress == Progress::Complete).count();
    assert_eq!(zcr::totals(states).0, complete);
    assert!(shows(&window, &format!("{complete} of 32")));
}

#[test]
fn every_step_is_shown_in_every_room() {
    for (width, height, theme) in [
        (1440.0, 900.0, Theme::Dark),
        (1024.0, 768.0, Theme::Light),
        (480.0, 700.0, Theme::Light),
        (480.0, 320.0, Theme::Dark),
    ] {
        let mut window = before_sessions(vec2(width, height), theme, 1.0);
        path(&mut window);
        for _ in 0..36 {
            let place = format!("{width}x{height}: {}", current(&window));
            assert_no_id_stands_twice(&window, &place);
            assert!(shows(&window, "What is open") || width < 600.0, "{place}");
            press(&mut window, Modifiers::NONE, Key::ArrowDown);
        }
        assert!(current(&window).starts_with("Step 4"));
    }
}

#[test]
fn nothing_leaves_a_confirmation_that_is_typed_and_not_given_without_a_question() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    path(&mut window);
    press(&mut window, Modifiers::NONE, Key::C);
    type_text(&mut window, "Plant manager");
    press(&mut window, Modifiers::ALT, Key::Num1);
    let close = |window: &mut Window| {
        let viewport = window.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        window.run();
    };
    let quit = |window: &mut Window| press(window, Modifiers::COMMAND, Key::Q);
    let new = |window: &mut Window| press(window, Modifiers::COMMAND, Key::N);
    let ways: [&dyn Fn(&mut Window); 3] = [&close, &quit, &new];
    for leave in ways {
        leave(&mut window);
        assert!(shows(&window, "Typed, but not confirmed: ZCR "), "what is typed is told");
        click(&mut window, "Cancel");
        assert!(!session(&window).project().zones.is_empty() && !shows(&window, "Typed, but not confirmed"));
    }
    let is_dirty = session(&window).is_dirty();
    if !is_dirty {
        quit(&mut window);
        click(&mut window, "Show it");
        assert!(is_shown(&window, View::Path) && shows(&window, "Plant manager"));
    }
    new(&mut window);
    click(&mut window, if is_dirty { "Don't save" } else { "Leave without it" });
    assert!(session(&window).project().zones.is_empty());
}
