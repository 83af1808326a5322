//! Windows that end without asking while something is typed that is in no project yet.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use zonewright::store;
use zonewright::ui::action::View;

use super::recovery::{
    copies, fields, go_to, label, leave, open_plant, rename_a_zone, titled_file, type_into, value, window_in,
};
use super::support::{
    Window, choose, click, click_at, click_first, find, press, project, session, shows, type_text, wait_until, written,
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Waits until a copy, or what lies beside it, holds a text.
fn wait_until_kept(window: &mut Window, home: &Path, typed: &str) {
    wait_until(window, "the recovery copy", |_| {
        let all = copies(home);
        let beside = all.iter().map(|it| it.with_extension("typed"));
        all.iter().cloned().chain(beside).any(|it| std::fs::read_to_string(it).is_ok_and(|it| it.contains(typed)))
    });
}

/// Ends the window without a word, and takes up what it left.
fn after_a_crash(mut window: Window, home: &Path, typed: &str) -> Window {
    wait_until_kept(&mut window, home, typed);
    drop(window);
    let begin = || {
        let mut window = window_in(home, None, false);
        window.run();
        window
    };
    let mut window = begin();
    for _ in 0..500 {
        if shows(&window, "Open it") {
            break;
        }
        // other than after a crash, what was being written is written to its end
        std::thread::sleep(std::time::Duration::from_millis(20));
        window = begin();
    }
    click(&mut window, "Open it");
    wait_until(&mut window, "the recovered work", |window| window.state().session().is_some());
    window
}

/// What stands in the fields of this label.
fn stands_in(window: &Window, name: &str) -> Vec<String> {
    fields(window).iter().filter(|it| label(it) == name).map(value).collect()
}

fn is_typed_somewhere(window: &Window, text: &str) -> bool {
    fields(window).iter().any(|it| value(it) == text)
}

#[test]
fn what_is_typed_on_the_diagram_is_in_the_recovered_project() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    let id = rename_a_zone(&mut window);
    window.run();
    assert!(copies(home.path()).is_empty(), "nothing is typed yet");
    type_text(&mut window, "Hall seven");
    let window = after_a_crash(window, home.path(), "Hall seven");
    assert_eq!(project(&window).zones.get(id).unwrap().name, "Hall seven");

    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    press(&mut window, Modifiers::ALT, Key::Num4);
    press(&mut window, NONE, Key::T);
    click_at(&mut window, egui::pos2(560.0, 760.0));
    type_text(&mut window, "Ask about the valves");
    assert!(!session(&window).is_dirty());
    let window = after_a_crash(window, home.path(), "Ask about the valves");
    assert!(project(&window).notes.values().any(|it| it.text == "Ask about the valves"));
}

#[test]
fn a_name_typed_in_the_outline_is_in_the_recovered_project() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    press(&mut window, Modifiers::ALT, Key::Num4);
    if window.query_by_role(Role::Tree).is_none() {
        press(&mut window, CTRL_SHIFT, Key::O);
    }
    let zones: Vec<_> = project(&window).zones.iter().map(|(id, it)| (id, format!("zone {} ", it.tag))).collect();
    let row = |it: &Node| {
        let label = it.accesskit_node().label()?;
        zones.iter().find(|(_, begins)| label.starts_with(begins)).map(|it| it.0)
    };
    let rows = window.query_all_by_role(Role::TreeItem);
    let (id, at) = rows.filter_map(|it| Some((row(&it)?, it.rect().center()))).next().expect("a zone has a row");
    click_at(&mut window, at);
    press(&mut window, NONE, Key::F2);
    type_text(&mut window, "Pump house nine");
    assert!(!session(&window).is_dirty());
    let window = after_a_crash(window, home.path(), "Pump house nine");
    assert_eq!(project(&window).zones.get(id).unwrap().name, "Pump house nine");
}

#[test]
fn a_reason_for_refusing_stands_in_its_dialog_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    find(&mut window, "Proposed scenarios");
    click_first(&mut window, "Refuse");
    type_text(&mut window, "Nobody gets there");
    let mut window = after_a_crash(window, home.path(), "Nobody gets there");
    assert!(shows(&window, "1 reason for refusing a proposal"), "{:?}", written(&window));
    find(&mut window, "Proposed scenarios");
    click_first(&mut window, "Refuse");
    assert!(is_typed_somewhere(&window, "Nobody gets there"));
}

#[test]
fn a_reason_for_setting_aside_stands_in_its_dialog_after_a_crash_until_it_is_given() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    let ask = |window: &mut Window| {
        go_to(window, View::Diagram);
        press(window, NONE, Key::F8);
        click_first(window, "Set aside…");
    };
    let aside = project(&window).set_aside.len();
    ask(&mut window);
    type_text(&mut window, "Gone by summer");
    let mut window = after_a_crash(window, home.path(), "Gone by summer");
    assert!(shows(&window, "1 reason for setting a finding aside"), "{:?}", written(&window));
    assert_eq!(project(&window).set_aside.len(), aside, "nobody set it aside");
    ask(&mut window);
    assert!(is_typed_somewhere(&window, "Gone by summer"));
    click(&mut window, "Set aside");
    assert!(project(&window).set_aside.values().any(|it| it.reason == "Gone by summer"));
    press(&mut window, NONE, Key::Escape);
    ask(&mut window);
    assert!(!is_typed_somewhere(&window, "Gone by summer"), "it was given");
}

#[test]
fn what_is_typed_and_not_confirmed_stands_there_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let path = titled_file(home.path(), "Plant");
    let mut window = window_in(home.path(), Some(path), false);
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    press(&mut window, Modifiers::ALT, Key::Num2);
    type_into(&mut window, "Role that confirms", "Plant manager");
    type_into(&mut window, "Reservations", "But for the pumps");
    type_into(&mut window, "Date of confirmation", "?");
    let mut window = after_a_crash(window, home.path(), "2026-11-21?");
    assert!(shows(&window, "Typed, but not confirmed: ZCR 1.1"));
    press(&mut window, Modifiers::ALT, Key::Num2);
    for text in ["Plant manager", "But for the pumps", "2026-11-21?"] {
        assert!(is_typed_somewhere(&window, text), "{text}");
    }
}

#[test]
fn half_a_date_stands_in_its_field_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    type_into(&mut window, "Title, new document", "Inventory");
    type_into(&mut window, "Dated, document 1", "21.1");
    type_into(&mut window, "Assessed from", "2026-1");
    let mut window = after_a_crash(window, home.path(), "2026-1");
    assert!(shows(&window, "Typed, but no date yet: “2026-1”, “21.1”."), "{:?}", written(&window));
    go_to(&mut window, View::Scope);
    assert_eq!(stands_in(&window, "Assessed from"), ["2026-1"]);
    assert_eq!(stands_in(&window, "Assessed to"), [""]);
    type_into(&mut window, "Assessed from", "1-21");
    type_into(&mut window, "Dated, document 1", "1.2026");
    assert_eq!(project(&window).info.assessed_from, Some(date(2026, 11, 21)));
    assert_eq!(project(&window).scope.documents[0].dated, Some(date(2026, 11, 21)));
}

#[test]
fn half_a_date_of_the_plan_stays_with_its_action_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    let plan = project(&window).actions.clone();
    let mut actions = plan.iter().filter(|(_, it)| it.due.is_some());
    let [(id, action), (_, other)] = [actions.next().unwrap(), actions.next().unwrap()];
    let look_at = |window: &mut Window, title: &str| {
        go_to(window, View::Plan);
        find(window, title);
    };
    look_at(&mut window, &action.title);
    type_into(&mut window, "Due", "?");
    let typed = format!("{}?", action.due.unwrap());
    let mut window = after_a_crash(window, home.path(), &typed);
    look_at(&mut window, &other.title);
    assert_eq!(stands_in(&window, "Due"), [other.due.unwrap().to_string()]);
    look_at(&mut window, &action.title);
    assert_eq!(stands_in(&window, "Due"), [typed]);
    assert_eq!(project(&window).actions.get(id).unwrap().due, action.due, "what is no date changes none");
}

#[test]
fn half_a_date_is_asked_about_when_the_window_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    type_into(&mut window, "Assessed from", "2026-1");
    leave(&mut window, "closing");
    assert!(shows(&window, "Leave what is not finished?") && shows(&window, "“2026-1”"), "{:?}", written(&window));
}

#[test]
fn names_typed_in_dialogs_stand_there_after_a_crash() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    find(&mut window, "Save as template");
    press(&mut window, NONE, Key::End);
    type_text(&mut window, " in the north");
    let mut window = after_a_crash(window, home.path(), " in the north");
    assert!(shows(&window, " in the north” in “Save as template”"), "{:?}", written(&window));
    find(&mut window, "Save as template");
    assert!(fields(&window).iter().any(|it| value(it).ends_with(" in the north")));
    click(&mut window, "Save");
    find(&mut window, "Save as template");
    assert!(!fields(&window).iter().any(|it| value(it).ends_with(" in the north")), "it was given");
    press(&mut window, NONE, Key::Escape);

    press(&mut window, CTRL_SHIFT, Key::S);
    press(&mut window, CTRL, Key::A);
    type_text(&mut window, "a long name.zonewright");
    let mut window = after_a_crash(window, home.path(), "a long name.zonewright");
    assert!(shows(&window, "“a long name.zonewright” in “Save project as”"), "{:?}", written(&window));
    press(&mut window, CTRL_SHIFT, Key::S);
    assert!(is_typed_somewhere(&window, "a long name.zonewright"));
}

#[test]
fn a_name_left_in_a_dialog_leaves_no_copy_behind_a_window_that_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    press(&mut window, CTRL_SHIFT, Key::S);
    press(&mut window, CTRL, Key::A);
    type_text(&mut window, "a long name");
    press(&mut window, NONE, Key::Escape);
    wait_until_kept(&mut window, home.path(), "a long name");
    leave(&mut window, "closing");
    assert!(!shows(&window, "Leave what is not finished?"));
    assert!(copies(home.path()).is_empty());
}

#[test]
fn a_name_that_another_view_has_stays_in_its_field_until_it_is_free() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), None, true);
    go_to(&mut window, View::Diagram);
    find(&mut window, "New view: Network");
    find(&mut window, "New view: Safety");
    click(&mut window, "View Safety");
    type_text(&mut window, "NETWORK");
    assert!(shows(&window, "Another view is called that."));
    press(&mut window, NONE, Key::Escape);
    let mut window = after_a_crash(window, home.path(), "NETWORK");
    go_to(&mut window, View::Diagram);
    click(&mut window, "View Whole plant");
    click_first(&mut window, "Safety");
    click(&mut window, "View Safety");
    assert_eq!(stands_in(&window, "Name of the view"), ["NETWORK"]);
    type_into(&mut window, "Name of the view", " 7");
    assert!(project(&window).views.values().any(|it| it.name == "NETWORK 7"));
}

#[test]
fn what_is_said_of_a_drawing_is_there_again_after_a_crash_a_cancel_and_an_import_that_is_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let drawing = home.path().join("plant.drawio");
    std::fs::write(&drawing, super::imports::DRAWING).unwrap();
    let stage = |window: &mut Window| {
        click(window, "Import a drawing…");
        choose(window, &drawing, "Import");
        wait_until(window, "the staging screen", |window| shows(window, "Import 2 zones"));
    };
    let kept = || store::files_in(&home.path().join("imports"), "ron");
    let mut window = window_in(home.path(), None, false);
    stage(&mut window);
    click(&mut window, "List rectangle");
    assert!(kept().is_empty(), "nothing is said yet");
    click_first(&mut window, "PLC-1");
    type_into(&mut window, "Name", " of the pumps");
    wait_until(&mut window, "what is said", |_| !kept().is_empty());
    drop(window);

    let mut window = window_in(home.path(), None, false);
    stage(&mut window);
    assert!(shows(&window, "As you left it; Undo begins anew") && shows(&window, "PLC-1 of the pumps"));
    press(&mut window, CTRL, Key::Z);
    assert!(!shows(&window, "As you left it; Undo begins anew") && !shows(&window, "PLC-1 of the pumps"));
    press(&mut window, CTRL_SHIFT, Key::Z);
    click(&mut window, "Cancel");
    stage(&mut window);
    assert!(shows(&window, "PLC-1 of the pumps"));
    click_first(&mut window, "Import 2 zones");
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    assert!(
        project(&window).assets.values().any(|it| it.name.contains("of the pumps")),
        "{:?}",
        project(&window).assets
    );
}

#[test]
fn what_is_said_of_a_table_is_there_again_and_can_be_begun_anew() {
    let home = tempfile::tempdir().unwrap();
    let sheet = home.path().join("study.csv");
    std::fs::write(&sheet, "Node;Deviation;Consequence;Severity\n3.2;More level;Tank overflows;4\n").unwrap();
    let ask = |window: &mut Window| {
        find(window, "Import consequences from a HAZOP…");
        choose(window, &sheet, "Import");
        wait_until(window, "the counts", |window| shows(window, "1 new"));
    };
    let kept = || store::files_in(&home.path().join("imports"), "ron");
    let mut window = window_in(home.path(), None, true);
    ask(&mut window);
    type_into(&mut window, "Called", " of 2026");
    wait_until(&mut window, "what is said", |_| !kept().is_empty());
    drop(window);

    let mut window = window_in(home.path(), None, true);
    ask(&mut window);
    assert_eq!(stands_in(&window, "Called"), ["HAZOP of 2026"]);
    press(&mut window, NONE, Key::Escape);
    ask(&mut window);
    assert!(shows(&window, "As you left it"));
    click(&mut window, "Begin anew");
    assert_eq!(stands_in(&window, "Called"), ["HAZOP"]);
    press(&mut window, NONE, Key::Escape);
    assert!(kept().is_empty(), "nothing is said");
}
