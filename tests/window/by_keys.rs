//! What is done by keys alone wherever a hand began it: lists that drop down, help, estimates of several people.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable;
use zonewright::model::{AgendaSubject, Rating, Workshop, WorkshopItem};

use super::support::{
    Window, before_sessions, click, hold, prepare_workshop, press, project, shows, window_of, written,
};

const PLAIN: Modifiers = Modifiers::NONE;

fn workshop(window: &Window) -> &Workshop {
    project(window).workshops.values().next().expect("a workshop is there")
}

/// Opens a list by hand.
fn open_list(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::ComboBox, name).click();
    window.run();
    // the list is measured before it is shown
    window.run();
}

#[test]
fn a_list_opened_by_hand_is_gone_along_by_keys() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let subject = |window: &Window| workshop(window).agenda.subject;
    open_list(&mut window, "What is asked");
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::Escape);
    assert!(
        subject(&window) == AgendaSubject::Requirements && !shows(&window, "Risk scenarios"),
        "Esc chooses nothing"
    );
    open_list(&mut window, "What is asked");
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::Enter);
    assert_eq!(subject(&window), AgendaSubject::Risks, "the last one stays the last one");
    // one goes on from there
    press(&mut window, PLAIN, Key::Enter);
    window.run();
    press(&mut window, PLAIN, Key::Home);
    press(&mut window, PLAIN, Key::Enter);
    assert_eq!(subject(&window), AgendaSubject::Requirements);
}

#[test]
fn a_zone_is_put_on_the_agenda_by_keys_from_a_list_opened_by_hand() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    click(&mut window, "Add a zone or conduit");
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::Escape);
    assert!(workshop(&window).agenda.targets.is_empty(), "Esc chooses nothing");
    click(&mut window, "Add a zone or conduit");
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::Enter);
    assert_eq!(workshop(&window).agenda.targets, [project(&window).ordered_targets()[1].0]);
}

#[test]
fn help_is_scrolled_by_keys() {
    let mut window = window_of(vec2(1024.0, 600.0), Theme::Light, 1.0, true);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, PLAIN, Key::F1);
    let top = |window: &Window| {
        window.get_by_label("met, partial, not met, inherited; then the next requirement").rect().top()
    };
    let before = top(&window);
    let mut moved = |key: Key| {
        press(&mut window, PLAIN, key);
        window.run();
        (top(&window) - before).round()
    };
    let line = moved(Key::ArrowDown);
    assert!(line < 0.0);
    let page = moved(Key::PageDown);
    assert!(page < 3.0 * line, "{page}");
    let end = moved(Key::End);
    assert!(end <= page);
    assert!(moved(Key::PageUp) > end);
    assert_eq!(moved(Key::Home), 0.0);
}

#[test]
fn all_who_are_here_estimate_one_after_the_other_by_keys() {
    let mut window = before_sessions(vec2(1024.0, 768.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let roles: Vec<_> = workshop(&window).attendance.iter().map(|it| it.role.clone()).take(3).collect();
    for role in &roles {
        window.get_by_role_and_label(Role::CheckBox, &format!("{role} came")).click_accesskit();
        window.run();
    }
    open_list(&mut window, "What is asked");
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, PLAIN, Key::Enter);
    hold(&mut window);
    press(&mut window, PLAIN, Key::E);
    press(&mut window, PLAIN, Key::A);
    press(&mut window, PLAIN, Key::N);
    for (bad, likely) in [(Key::Num2, Key::Num1), (Key::Num3, Key::Num2), (Key::Num4, Key::Num3)] {
        assert!(window.query_by_label("Estimate by").is_some(), "{:?}", written(&window));
        [bad, likely, Key::N].into_iter().for_each(|key| press(&mut window, PLAIN, key));
    }
    let Some(WorkshopItem::Risk(id)) = workshop(&window).place else { panic!("the room is at a scenario") };
    let given: Vec<_> = project(&window).risks.get(id).unwrap().estimates.iter().collect();
    let given: Vec<_> = given.iter().map(|it| (it.by.clone(), it.consequence, it.likelihood)).collect();
    let wanted = |at: usize| (roles[at].clone(), Rating::new(at as u8 + 2), Rating::new(at as u8 + 1));
    assert_eq!(given, [wanted(0), wanted(1), wanted(2)]);
    press(&mut window, PLAIN, Key::Enter);
    assert!(window.query_by_label("Estimate by").is_none() && !shows(&window, "Ask all"), "{:?}", written(&window));
}
