//! Workshops as they are held: among others, on other days, beside other windows, by keys alone.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Color32, Key, Modifiers, Shape, Theme, vec2};
use egui_kittest::kittest::Queryable;
use jiff::civil::{Date, date};
use zonewright::drawing::palette::Palette;
use zonewright::model::*;

use super::support::{
    Window, before_sessions, find, hold, opened, prepare_workshop, press, project, shows, type_text, water_works,
    without_sessions, written,
};

const PLAIN: Modifiers = Modifiers::NONE;

fn only(window: &Window) -> &Workshop {
    project(window).workshops.values().next().expect("a workshop is there")
}

fn held() -> Window {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    hold(&mut window);
    window
}

/// A workshop on risk scenarios with two people, before the room.
fn held_on_risks() -> Window {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let roles: Vec<_> = only(&window).attendance.iter().map(|it| it.role.clone()).take(2).collect();
    for role in roles {
        window.get_by_role_and_label(Role::CheckBox, &format!("{role} came")).click_accesskit();
        window.run();
    }
    ask_about_risks(&mut window);
    hold(&mut window);
    window
}

fn ask_about_risks(window: &mut Window) {
    window.get_by_role_and_label(Role::ComboBox, "What is asked").click();
    window.run();
    window.get_by_label("Risk scenarios").click();
    window.run();
}

#[test]
fn the_workshop_that_was_worked_in_last_goes_on() {
    let on = |day: Date| LogEntry { at: Some(day.at(10, 0, 0, 0)), text: "Badges".into(), ..LogEntry::default() };
    let of = |title: &str, day: Date| Workshop { title: title.into(), held_on: Some(day), ..Workshop::default() };
    let mut project = without_sessions();
    let (first, second) = (date(2026, 11, 16), date(2026, 11, 19));
    for workshop in [
        Workshop { log: vec![on(first)], ..of("Filter hall", first) },
        Workshop { log: vec![on(second)], ..of("Pumping station", second) },
        Workshop { log: vec![on(date(2026, 11, 20))], closed: true, ..of("Chlorination", date(2026, 11, 20)) },
        of("Supervisors", date(2026, 12, 3)),
    ] {
        project.workshops.insert(WorkshopId::random(), workshop);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.zonewright");
    zonewright::store::save(&project, &file).unwrap();
    let mut window = opened(&file, vec2(1440.0, 900.0), Theme::Light, 1.0);
    hold(&mut window);
    press(&mut window, PLAIN, Key::R);
    type_text(&mut window, "A remark");
    press(&mut window, PLAIN, Key::Enter);
    for workshop in super::support::project(&window).workshops.values() {
        let is_it = workshop.title == "Pumping station";
        assert_eq!(workshop.log.iter().any(|it| it.text == "A remark"), is_it, "{}", workshop.title);
        assert_eq!(workshop.last_on.is_some(), is_it, "{}", workshop.title);
    }
}

/// Another window takes the keyboard, and gives it back.
fn look_elsewhere(window: &mut Window) {
    for is_here in [false, true] {
        window.input_mut().focused = is_here;
        window.event(egui::Event::WindowFocused(is_here));
        window.run();
    }
}

#[test]
fn who_looks_into_another_window_writes_on_where_they_were() {
    let mut window = held();
    let Some(WorkshopItem::Question(key)) = only(&window).place else { panic!("a question") };
    let before = project(&window).answer(key.target, key.requirement).cloned();
    press(&mut window, PLAIN, Key::D);
    type_text(&mut window, "Badges ");
    look_elsewhere(&mut window);
    for (key, letter) in [(Key::B, "b"), (Key::Num2, "2")] {
        window.key_press(key);
        type_text(&mut window, letter);
    }
    assert_eq!(only(&window).log[0].text, "Badges b2");
    assert_eq!(project(&window).answer(key.target, key.requirement).cloned(), before, "no letter is a command");
    press(&mut window, PLAIN, Key::Enter);
    // nor is a line lost that has no letter yet
    press(&mut window, PLAIN, Key::P);
    look_elsewhere(&mut window);
    type_text(&mut window, "The supplier");
    assert_eq!(only(&window).log[1].text, "The supplier");
}

#[test]
fn a_title_on_the_diagram_is_written_on_after_a_look_elsewhere() {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num4);
    find(&mut window, "Add a title to the diagram");
    let before = project(&window).clone();
    type_text(&mut window, "Water ");
    look_elsewhere(&mut window);
    window.key_press(Key::W);
    type_text(&mut window, "works");
    assert_eq!(*project(&window), before, "it is still written");
    press(&mut window, PLAIN, Key::Escape);
    assert!(project(&window).notes.values().any(|it| it.text == "Water works"));
}

#[test]
fn estimates_are_shown_and_agreed_on_by_keys() {
    let mut window = held_on_risks();
    let Some(WorkshopItem::Risk(id)) = only(&window).place else { panic!("a scenario") };
    let risk = |window: &Window| project(window).risks.get(id).unwrap().clone();
    for key in [Key::E, Key::A, Key::N, Key::Num5, Key::Num5, Key::N, Key::Num5, Key::Num5, Key::Enter] {
        press(&mut window, PLAIN, key);
    }
    let before = risk(&window);
    assert!(before.estimates.len() == 2 && before.estimates.iter().all(|it| it.hidden));
    press(&mut window, PLAIN, Key::G);
    assert_eq!(risk(&window), before, "nothing is agreed on before all are seen");
    press(&mut window, PLAIN, Key::H);
    assert!(risk(&window).estimates.iter().all(|it| !it.hidden));
    assert!(shows(&window, "Hide  H") && shows(&window, "  G"), "{:?}", written(&window));
    press(&mut window, PLAIN, Key::G);
    let (after, at) = (risk(&window), before.estimates[0].at);
    let likelihood = [after.unmitigated, after.current, after.residual][at as usize];
    assert_eq!(likelihood, Rating::new(5));
    assert!(shows(&window, "Agreed: "), "{:?}", written(&window));
    press(&mut window, PLAIN, Key::H);
    assert!(risk(&window).estimates.iter().all(|it| it.hidden), "and hidden again");
}

#[test]
fn scenarios_are_in_no_order_of_requirements() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let offers = |window: &mut Window, words: &str| {
        window.get_by_role_and_label(Role::ComboBox, "Order").click();
        window.run();
        let is_offered = window.query_by_label(words).is_some();
        press(window, PLAIN, Key::Escape);
        is_offered
    };
    assert!(offers(&mut window, "By FR") && !offers(&mut window, "By scenario"));
    ask_about_risks(&mut window);
    assert!(!offers(&mut window, "By FR") && offers(&mut window, "By scenario"));
}

/// The inks of all text on the screen.
fn inks(window: &Window) -> BTreeSet<[u8; 4]> {
    fn read(shape: &Shape, inks: &mut BTreeSet<[u8; 4]>) {
        match shape {
            Shape::Text(text) => {
                let sections = text.galley.job.sections.iter().map(|it| match it.format.color {
                    Color32::PLACEHOLDER => text.fallback_color,
                    color => color,
                });
                match text.override_text_color {
                    Some(color) => drop(inks.insert(color.to_array())),
                    None => inks.extend(sections.map(|it| it.to_array())),
                }
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|it| read(it, inks)),
            _ => (),
        }
    }
    let mut inks = BTreeSet::new();
    window.output().shapes.iter().for_each(|it| read(&it.shape, &mut inks));
    inks
}

#[test]
fn what_the_scribe_writes_before_the_room_has_its_inks() {
    let palette = Palette::light();
    let of_a_desk = [palette.text_weak, palette.text_faint, palette.accent, palette.warning, palette.hint];
    let assert_strong = |window: &Window| {
        let inks = inks(window);
        for ink in of_a_desk {
            assert!(!inks.contains(&[ink.r, ink.g, ink.b, 255]), "{ink}: {:?}", written(window));
        }
    };
    for mut window in [held(), held_on_risks()] {
        assert_strong(&window);
        press(&mut window, PLAIN, Key::L);
        assert!(shows(&window, "Said about this"));
        assert_strong(&window);
        press(&mut window, PLAIN, Key::D);
        assert!(shows(&window, "Type, then Ctrl+Enter"));
        assert_strong(&window);
    }
}
