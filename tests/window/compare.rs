//! Two states of the assessment: taking a baseline, what became of gaps, another file, deleting.

use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable;
use zonewright::model::{Answer, GapKey, Status};
use zonewright::store;
use zonewright::ui::action::View;

use crate::support::*;

fn compare_page() -> Window {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    press(&mut window, Modifiers::ALT, Key::Num0);
    assert!(is_shown(&window, View::Compare));
    window
}

/// Takes the first baseline by the name that is proposed.
fn take_first(window: &mut Window) {
    click(window, "Take the first baseline…");
    press(window, Modifiers::NONE, Key::Enter);
}

/// Waits until what is compared beside the window is there.
fn compared(window: &mut Window) {
    wait_until(window, "the comparison", |it| !shows(it, "Comparing…"));
}

#[test]
fn a_baseline_shows_later_what_was_closed() {
    let mut window = compare_page();
    assert!(shows(&window, "Nothing to compare with yet"));
    take_first(&mut window);
    assert_eq!(project(&window).baselines.len(), 1);
    let baseline = project(&window).baselines.values().next().unwrap();
    assert_eq!(baseline.name, "State of 2026-11-21");
    assert!(baseline.project.baselines.is_empty());
    compared(&mut window);
    assert!(shows(&window, "Nothing has changed between these two states."));
    let gaps = session(&window).analysis().gaps.len();
    assert!(shows(&window, &format!("Still open {gaps}")));
    // the most urgent gap is answered met
    let gap = session(&window).analysis().gaps[0];
    let key: GapKey = gap.key().unwrap();
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(is_shown(&window, View::Requirements));
    press(&mut window, Modifiers::NONE, Key::Num1);
    assert_eq!(
        project(&window).answer(key.target, key.requirement).map(|it: &Answer| it.status),
        Some(Status::Met),
        "the line led to the answer"
    );
    press(&mut window, Modifiers::ALT, Key::Num0);
    compared(&mut window);
    assert!(shows(&window, "Closed 1") && shows(&window, "Answers 1"), "{:?}", written(&window));
    assert!(shows(&window, "evidence in force"));
}

#[test]
fn every_baseline_is_asked_for_its_name() {
    let mut window = compare_page();
    click(&mut window, "Take the first baseline…");
    assert!(project(&window).baselines.is_empty(), "it is asked first");
    type_text(&mut window, "Before the outage");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(project(&window).baselines.is_empty() && shows(&window, "Nothing to compare with yet"));
    click(&mut window, "Take the first baseline…");
    press(&mut window, Modifiers::NONE, Key::Enter);
    click(&mut window, "Take a baseline…");
    type_text(&mut window, "After it");
    click(&mut window, "Take it");
    let mut names: Vec<_> = project(&window).baselines.values().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["After it", "Before the outage"], "what was begun stands there again");
}

#[test]
fn a_baseline_is_named_and_deleting_it_asks() {
    let mut window = compare_page();
    take_first(&mut window);
    click(&mut window, "Baselines");
    window.get_by_role_and_label(egui::accesskit::Role::TextInput, "Name").focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::End);
    type_text(&mut window, ", first audit");
    assert_eq!(project(&window).baselines.values().next().unwrap().name, "State of 2026-11-21, first audit");
    click(&mut window, "Delete baseline…");
    assert!(shows(&window, "Undo brings it back"));
    click(&mut window, "Keep");
    assert_eq!(project(&window).baselines.len(), 1);
    click(&mut window, "Delete baseline…");
    click(&mut window, "Delete");
    assert!(project(&window).baselines.is_empty());
    assert!(shows(&window, "Nothing to compare with yet"));
}

#[test]
fn another_file_is_compared_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("last-year.zonewright");
    let mut window = compare_page();
    let mut earlier = project(&window).clone();
    let gap = session(&window).analysis().gaps[0].key().unwrap();
    let mut answers = earlier.answers.get(gap.target).cloned().unwrap();
    answers.remove(&gap.requirement);
    earlier.answers.insert(gap.target, answers);
    store::save(&earlier, &file).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    click(&mut window, "Compare with another file…");
    choose(&mut window, &file, "Compare with it");
    wait_until(&mut window, "the comparison", |it| shows(it, "last-year.zonewright"));
    compared(&mut window);
    assert!(shows(&window, "New 1"), "{:?}", written(&window));
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    assert!(!session(&window).is_dirty());
}

#[test]
fn a_file_that_is_no_project_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.zonewright");
    std::fs::write(&file, "nothing").unwrap();
    let mut window = compare_page();
    click(&mut window, "Compare with another file…");
    choose(&mut window, &file, "Compare with it");
    wait_until(&mut window, "the error", |it| shows(it, "Not compared"));
    assert!(shows(&window, "this is not a Zonewright project"));
}

#[test]
fn the_comparison_holds_in_any_size_and_look() {
    for (width, height, theme) in
        [(1440.0, 900.0, Theme::Light), (1024.0, 768.0, Theme::Dark), (480.0, 700.0, Theme::Light)]
    {
        let mut window = before_sessions(vec2(width, height), theme, 1.0);
        press(&mut window, Modifiers::ALT, Key::Num0);
        take_first(&mut window);
        compared(&mut window);
        assert!(shows(&window, "gaps then"), "{width}");
        click(&mut window, "Baselines");
        assert_no_id_stands_twice(&window, "compare");
    }
}
