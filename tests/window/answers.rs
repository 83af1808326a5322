//! Answering in the window: by keys alone, several together, with texts that are never lost.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::edit::Edit;
use zonewright::model::*;
use zonewright::session::Session;

use super::support::{Window, click, press, project, session, shows, type_text, water_works};

const NONE: Modifiers = Modifiers::NONE;

/// The first zone by tag.
fn first_zone(window: &Window) -> (Target, String) {
    let zones = project(window).zones.iter().map(|(id, zone)| (Target::from(id), zone.tag.clone()));
    zones.min_by_key(|it| it.1.clone()).expect("there are zones")
}

/// The answers of the first zone, opened from the matrix by keys.
fn answers() -> (Window, Target) {
    let mut window = water_works();
    let (target, _) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Enter);
    (window, target)
}

fn id(text: &str) -> RequirementId {
    text.parse().unwrap()
}

fn answer(window: &Window, target: Target, requirement: &str) -> Answer {
    project(window).answer(target, id(requirement)).cloned().unwrap_or_default()
}

fn status(window: &Window, target: Target, requirement: &str) -> Status {
    answer(window, target, requirement).status
}

/// The row of a requirement.
fn row<'a>(window: &'a Window, requirement: &str) -> Option<Node<'a>> {
    let begins = format!("{requirement} ");
    let is_it = |it: &Node| {
        let label = it.accesskit_node().label().unwrap_or_default();
        it.accesskit_node().toggled().is_some()
            && label.strip_prefix(&begins).is_some_and(|rest| !rest.starts_with("RE "))
    };
    window.query_all_by_role(Role::Button).find(is_it)
}

fn is_chosen(window: &Window, requirement: &str) -> bool {
    let toggled = row(window, requirement).and_then(|it| it.accesskit_node().toggled());
    toggled == Some(egui::accesskit::Toggled::True)
}

/// Whether a field has the keyboard.
fn is_typing(window: &Window) -> bool {
    window.ctx.text_edit_focused()
}

#[test]
fn a_note_here_and_there_needs_no_pointer() {
    let (mut window, target) = answers();
    assert!(is_chosen(&window, "SR 1.1"));
    press(&mut window, NONE, Key::Enter);
    assert!(is_typing(&window), "Enter goes into the notes");
    let before = answer(&window, target, "SR 1.1").notes;
    type_text(&mut window, " Seen on site.");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(!is_typing(&window));
    assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before} Seen on site."));
    assert!(is_chosen(&window, "SR 1.1 RE 1"), "an answered one is left for the next");
    press(&mut window, NONE, Key::Num0);
    press(&mut window, NONE, Key::ArrowUp);
    press(&mut window, NONE, Key::Enter);
    type_text(&mut window, "Not answered yet");
    press(&mut window, NONE, Key::Escape);
    assert!(is_chosen(&window, "SR 1.1 RE 1"), "one that is not answered yet is answered now");
    press(&mut window, NONE, Key::Num2);
    assert_eq!(status(&window, target, "SR 1.1 RE 1"), Status::Partial);
    assert!(answer(&window, target, "SR 1.1 RE 1").notes.ends_with("Not answered yet"));
}

#[test]
fn a_status_that_needs_its_text_asks_for_it_at_once() {
    let (mut window, target) = answers();
    for (key, typed) in [(Key::Num4, "A guard at the gate"), (Key::Num5, "No people here")] {
        press(&mut window, NONE, key);
        assert!(is_typing(&window), "{key:?}");
        type_text(&mut window, typed);
        press(&mut window, NONE, Key::Escape);
        assert!(!is_typing(&window));
    }
    assert!(answer(&window, target, "SR 1.1").countermeasure.ends_with("A guard at the gate"));
    assert!(answer(&window, target, "SR 1.1 RE 1").justification.ends_with("No people here"));
    assert!(is_chosen(&window, "SR 1.1 RE 2"));
}

#[test]
fn keys_mark_filter_and_find_what_is_open() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::M);
    assert!(answer(&window, target, "SR 1.1").review);
    press(&mut window, NONE, Key::R);
    assert!(row(&window, "SR 1.1").is_some() && row(&window, "SR 7.8").is_none(), "to review");
    press(&mut window, NONE, Key::A);
    press(&mut window, Modifiers::COMMAND, Key::Num7);
    assert!(row(&window, "SR 1.1").is_none() && is_chosen(&window, "SR 7.1"), "the nearest after it");
    press(&mut window, NONE, Key::ArrowLeft);
    assert!(row(&window, "SR 6.1").is_some() && row(&window, "SR 7.1").is_none());
    press(&mut window, Modifiers::COMMAND, Key::Num6);
    assert!(row(&window, "SR 1.1").is_some(), "all FRs again");
    press(&mut window, NONE, Key::Home);
    press(&mut window, NONE, Key::C);
    type_text(&mut window, "Ask the vendor");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    let comments = answer(&window, target, "SR 1.1").comments;
    assert_eq!(comments.len(), 1);
    assert_eq!((comments[0].text.as_str(), comments[0].resolved), ("Ask the vendor", false));
    assert!(answer(&window, target, "SR 1.1 RE 1").comments.is_empty(), "the remark is at one answer");
    press(&mut window, NONE, Key::ArrowUp);
    click(&mut window, "Settle");
    assert!(answer(&window, target, "SR 1.1").comments[0].resolved);
}

#[test]
fn under_the_open_filter_no_row_is_skipped() {
    let (mut window, target) = answers();
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, NONE, Key::Num0);
    press(&mut window, NONE, Key::Escape);
    press(&mut window, NONE, Key::Home);
    press(&mut window, NONE, Key::O);
    for _ in 0..10 {
        press(&mut window, NONE, Key::Num1);
    }
    let answers = project(&window).answers.get(target).unwrap();
    let met: Vec<RequirementId> = answers.iter().filter(|(_, it)| it.status == Status::Met).map(|it| *it.0).collect();
    let first_ten: Vec<RequirementId> =
        zonewright::catalogue::Catalogue::embedded().requirements().iter().map(|it| it.id).take(10).collect();
    assert_eq!(met, first_ten);
}

#[test]
fn several_keys_in_one_frame_are_each_heard() {
    let (mut window, target) = answers();
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Y, Key::ArrowDown, Key::Num2] {
        window.key_press_modifiers(NONE, key);
    }
    window.run();
    let statuses = ["SR 1.1", "SR 1.1 RE 1", "SR 1.1 RE 2"].map(|it| status(&window, target, it));
    assert_eq!(statuses, [Status::Met, Status::Partial, Status::NotMet]);
    assert_eq!(answer(&window, target, "SR 1.1 RE 3").capable, Known::Yes);
    assert_eq!(status(&window, target, "SR 1.2"), Status::Partial);
}

#[test]
fn several_requirements_are_answered_as_one_step() {
    let (mut window, target) = answers();
    let before = project(&window).clone();
    for _ in 0..3 {
        press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    }
    assert!(shows(&window, "4 requirements chosen"));
    press(&mut window, NONE, Key::Num3);
    for it in ["SR 1.1", "SR 1.1 RE 1", "SR 1.1 RE 2", "SR 1.1 RE 3"] {
        assert_eq!(status(&window, target, it), Status::NotMet, "{it}");
    }
    press(&mut window, NONE, Key::N);
    assert_eq!(answer(&window, target, "SR 1.1 RE 3").capable, Known::No);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn several_targets_are_answered_together() {
    let mut window = water_works();
    let before = project(&window).clone();
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, NONE, Key::Enter);
    assert!(shows(&window, "3 targets together"));
    press(&mut window, NONE, Key::Num4);
    type_text(&mut window, "Guarded");
    press(&mut window, NONE, Key::Escape);
    let answered: Vec<Answer> =
        project(&window).answers.values().filter_map(|it| it.get(&id("SR 1.1"))).cloned().collect();
    assert_eq!(answered.iter().filter(|it| it.countermeasure == "Guarded").count(), 3);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn undo_of_an_answer_goes_back_to_it() {
    let (mut window, target) = answers();
    let before = status(&window, target, "SR 1.1");
    press(&mut window, NONE, if before == Status::NotMet { Key::Num2 } else { Key::Num3 });
    press(&mut window, NONE, Key::End);
    assert!(is_chosen(&window, "SR 7.8"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(status(&window, target, "SR 1.1"), before);
    assert!(is_chosen(&window, "SR 1.1"));
    let row = row(&window, "SR 1.1").unwrap().rect();
    assert!(window.ctx.content_rect().contains_rect(row), "it is in sight: {row:?}");
}

/// Leaves the field in some way, and brings the answers back.
type Leave = fn(&mut Window);

#[test]
fn typed_text_stays_however_its_field_is_left() {
    let ways: [(&str, Leave); 8] = [
        ("Tab", |window| press(window, NONE, Key::Tab)),
        ("Esc", |window| press(window, NONE, Key::Escape)),
        ("Ctrl+Enter", |window| press(window, Modifiers::COMMAND, Key::Enter)),
        ("a click elsewhere", |window| click(window, "‹  All")),
        ("Page down", |window| press(window, NONE, Key::PageDown)),
        ("Alt+4", |window| press(window, Modifiers::ALT, Key::Num4)),
        ("the inspector put away", |window| click(window, "Inspector")),
        ("help", |window| {
            press(window, NONE, Key::F1);
            press(window, NONE, Key::Escape);
        }),
    ];
    for (way, leave) in ways {
        let (mut window, target) = answers();
        let before = answer(&window, target, "SR 1.1").notes;
        press(&mut window, NONE, Key::Enter);
        type_text(&mut window, "Half a sent");
        leave(&mut window);
        assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before}Half a sent"), "{way}");
        press(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(answer(&window, target, "SR 1.1").notes, before, "{way}: typing is one step");
        press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
        assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before}Half a sent"), "{way}");
    }
}

#[test]
fn undo_within_a_field_takes_back_what_was_typed_and_redo_brings_it() {
    let (mut window, target) = answers();
    let before = session(&window).project().clone();
    press(&mut window, NONE, Key::Enter);
    type_text(&mut window, "One");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert!(answer(&window, target, "SR 1.1").notes.ends_with("One"));
}

#[test]
fn an_inherited_answer_names_its_source_and_the_source_its_heirs() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::Num6);
    press(&mut window, NONE, Key::ArrowUp);
    let source = project(&window).zones.ids().map(Target::from).find(|it| *it != target).unwrap();
    let Status::Inherited(_) = status(&window, target, "SR 1.1") else { panic!("inherited") };
    let mut session: Session = session(&window).clone();
    let key = GapKey { target, requirement: id("SR 1.1") };
    let answer = Answer { status: Status::Inherited(Some(source)), ..Answer::default() };
    session.apply(&Edit::Answer(vec![(key, answer)])).unwrap();
    let heirs = zonewright::analysis::answering::heirs(session.project(), GapKey { target: source, ..key });
    assert!(heirs.contains(&target));
}
