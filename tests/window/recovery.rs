//! No typed text is lost: fields left in every way, undone and redone, and windows that end without asking.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, ViewportEvent, ViewportId, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::model::*;
use zonewright::store;
use zonewright::ui::action::View;
use zonewright::ui::{App, Start};

use super::support::{
    Window, choose, click, click_at, find, press, project, session, shows, start, type_text, wait_for_project,
    wait_until, written,
};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window whose preferences and recovery copies are in a folder. Dropping it is its end without a word.
pub(super) fn window_in(home: &Path, file: Option<PathBuf>, demo: bool) -> Window {
    let start = Start { preferences: Some(home.join("preferences.ron")), file, ..start(demo) };
    let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_theme(Theme::Light).with_max_steps(40);
    let mut window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start));
    if demo {
        wait_for_project(&mut window);
    }
    window
}

/// What lies among the recovery copies.
pub(super) fn copies(home: &Path) -> Vec<PathBuf> {
    store::files_in(&home.join("recovery"), store::EXTENSION)
}

/// Waits for a copy that holds the project as it is.
fn wait_for_copy(window: &mut Window, home: &Path) {
    wait_until(window, "the recovery copy", |window| {
        copies(home).iter().any(|it| store::open(it).is_ok_and(|it| it == *project(window)))
    });
}

/// Every field for text that can be seen and typed in.
pub(super) fn fields(window: &Window) -> Vec<Node<'_>> {
    let is_field = |it: &Node| {
        matches!(it.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)
            && !it.accesskit_node().is_disabled()
    };
    window.query_all(egui_kittest::kittest::by().predicate(|_| true)).filter(is_field).collect()
}

pub(super) fn value(field: &Node) -> String {
    field.accesskit_node().value().unwrap_or_default()
}

pub(super) fn label(field: &Node) -> String {
    let node = field.accesskit_node();
    let by = node.labelled_by().filter_map(|it| it.value()).next();
    node.label().or(by).or_else(|| node.placeholder().map(str::to_owned)).unwrap_or_default()
}

fn text_of(project: &Project) -> String {
    store::to_text(project).unwrap()
}

pub(super) fn titled_file(home: &Path, title: &str) -> PathBuf {
    let mut plant = Project::default();
    std::sync::Arc::make_mut(&mut plant.info).title = title.into();
    let path = home.join("plant.zonewright");
    store::save(&plant, &path).unwrap();
    path
}

/// Types into the field of this label on the page.
pub(super) fn type_into(window: &mut Window, name: &str, text: &str) {
    let field = fields(window).into_iter().find(|it| label(it) == name);
    field.unwrap_or_else(|| panic!("no field {name}; {:?}", written(window))).focus();
    window.run();
    press(window, NONE, Key::End);
    type_text(window, text);
}

pub(super) fn open_plant(home: &Path) -> (Window, PathBuf) {
    let path = titled_file(home, "Plant");
    let mut window = window_in(home, Some(path.clone()), false);
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    press(&mut window, Modifiers::ALT, Key::Num3);
    (window, path)
}

#[test]
fn a_window_that_ended_while_typing_is_recovered_and_its_file_is_untouched() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, path) = open_plant(home.path());
    type_into(&mut window, "Title", " of the north");
    wait_for_copy(&mut window, home.path());
    type_text(&mut window, " shore");
    wait_for_copy(&mut window, home.path());
    assert_eq!(copies(home.path()).len(), 1, "one copy for each open project");
    drop(window);

    let mut window = window_in(home.path(), None, false);
    window.run();
    assert!(shows(&window, "Recovered work of ") && shows(&window, " on plant.zonewright"), "{:?}", written(&window));
    click(&mut window, "Look at what differs");
    wait_until(&mut window, "what differs", |window| {
        shows(window, "Title page, title: Plant → “Plant of the north shore”")
    });
    click(&mut window, "Open it");
    wait_until(&mut window, "the recovered work", |window| window.state().session().is_some());
    assert_eq!(project(&window).info.title, "Plant of the north shore");
    assert!(session(&window).is_dirty());
    assert_eq!(session(&window).file(), Some(path.as_path()));
    assert_eq!(store::open(&path).unwrap().info.title, "Plant", "nothing is written before it is asked for");
    assert_eq!(copies(home.path()).len(), 1, "a second crash would lose nothing");
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, "the saved file", |window| !session(window).is_dirty());
    window.run();
    assert_eq!(store::open(&path).unwrap().info.title, "Plant of the north shore");
    assert_eq!(copies(home.path()), Vec::<PathBuf>::new(), "what is saved needs no copy");
}

#[test]
fn a_file_changed_since_is_told_and_not_replaced_without_asking_twice() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, path) = open_plant(home.path());
    type_into(&mut window, "Title", " A");
    wait_for_copy(&mut window, home.path());
    drop(window);
    titled_file(home.path(), "Changed by somebody else");
    let mut window = window_in(home.path(), None, false);
    window.run();
    assert!(shows(&window, "The file has been changed since."));
    click(&mut window, "Open it");
    wait_until(&mut window, "the recovered work", |window| window.state().session().is_some());
    press(&mut window, CTRL, Key::S);
    assert!(shows(&window, "another program has changed the file"));
    assert_eq!(store::open(&path).unwrap().info.title, "Changed by somebody else");
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, "the saved file", |window| !session(window).is_dirty());
    assert_eq!(store::open(&path).unwrap().info.title, "Plant A");
}

#[test]
fn recovered_work_is_put_off_offered_again_with_its_file_and_discarded_only_when_asked_twice() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, path) = open_plant(home.path());
    type_into(&mut window, "Title", " B");
    wait_for_copy(&mut window, home.path());
    drop(window);
    let mut window = window_in(home.path(), None, false);
    window.run();
    click(&mut window, "Later");
    assert!(!shows(&window, "Recovered work of "));
    press(&mut window, CTRL, Key::O);
    choose(&mut window, &path, "Open");
    wait_until(&mut window, "the offer", |window| shows(window, "Recovered work of "));
    assert_eq!(project(&window).info.title, "Plant", "the file is opened as it is");
    click(&mut window, "Discard…");
    click(&mut window, "Keep it");
    assert_eq!(copies(home.path()).len(), 1);
    press(&mut window, NONE, Key::Escape);
    find(&mut window, "Recovered work");
    click(&mut window, "Discard…");
    click(&mut window, "Delete it");
    assert_eq!(copies(home.path()), Vec::<PathBuf>::new());
    assert!(!shows(&window, "Recovered work of "));
}

#[test]
fn a_project_never_saved_is_recovered_and_running_windows_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut first = window_in(home.path(), None, false);
    click(&mut first, "New project");
    type_into(&mut first, "Title", "Fresh plant");
    wait_for_copy(&mut first, home.path());
    let mut second = window_in(home.path(), None, false);
    second.run();
    assert!(!shows(&second, "Recovered work"), "the first window still runs");
    drop(first);
    find(&mut second, "Recovered work");
    assert!(shows(&second, " on Fresh plant, never saved"));
    click(&mut second, "Open it");
    wait_until(&mut second, "the recovered work", |window| window.state().session().is_some());
    assert_eq!(project(&second).info.title, "Fresh plant");
    assert_eq!(session(&second).file(), None);
}

#[test]
fn what_is_taken_back_or_left_by_choice_leaves_no_copy() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    type_into(&mut window, "Title", " C");
    wait_for_copy(&mut window, home.path());
    press(&mut window, CTRL, Key::Z);
    window.run();
    assert_eq!(copies(home.path()), Vec::<PathBuf>::new(), "there is nothing unsaved");
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    wait_for_copy(&mut window, home.path());
    press(&mut window, CTRL, Key::N);
    click(&mut window, "Don't save");
    assert_eq!(project(&window), &Project::default());
    assert_eq!(copies(home.path()), Vec::<PathBuf>::new(), "it was left by choice");
}

#[test]
fn a_folder_that_can_not_be_written_is_told_once_and_work_goes_on() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("recovery"), "in the way").unwrap();
    let (mut window, path) = open_plant(home.path());
    type_into(&mut window, "Title", " D");
    wait_until(&mut window, "the remark", |window| shows(window, "Unsaved work can't be kept safe from a crash"));
    click(&mut window, "Dismiss");
    type_into(&mut window, "Title", " E");
    press(&mut window, CTRL, Key::S);
    wait_until(&mut window, "the saved file", |window| !session(window).is_dirty());
    assert_eq!(store::open(&path).unwrap().info.title, "Plant D E");
    assert!(!shows(&window, "Unsaved work can't be kept"), "once is enough");
}

/// Ways to leave a field, each with what brings the view back.
const WAYS: [&str; 9] =
    ["Tab", "Esc", "Shift+Tab", "a click elsewhere", "another view", "Ctrl+K", "PageDown", "F1", "closing"];

pub(super) fn leave(window: &mut Window, way: &str) {
    match way {
        "Tab" => press(window, NONE, Key::Tab),
        "Shift+Tab" => press(window, Modifiers::SHIFT, Key::Tab),
        "Esc" => press(window, NONE, Key::Escape),
        "a click elsewhere" => click_at(window, egui::pos2(700.0, 892.0)),
        "another view" => press(window, Modifiers::ALT, Key::Num9),
        "Ctrl+K" => {
            press(window, CTRL, Key::K);
            press(window, NONE, Key::Escape);
        }
        "PageDown" => press(window, NONE, Key::PageDown),
        "F1" => {
            press(window, NONE, Key::F1);
            press(window, NONE, Key::Escape);
        }
        "closing" => {
            let viewport = window.input_mut().viewports.entry(ViewportId::ROOT).or_default();
            viewport.events.push(ViewportEvent::Close);
            window.run();
            window.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
            if shows(window, "Save your changes?") {
                click(window, "Cancel");
            }
        }
        other => panic!("no such way: {other}"),
    }
}

pub(super) fn go_to(window: &mut Window, view: View) {
    find(window, &format!("Go to {}", view.name()));
}

/// Types into each field that a view shows and leaves it in one way after the other. Each text is
/// in the project then, or still in its field.
fn assert_nothing_typed_is_lost(window: &mut Window, view: View, prepare: impl Fn(&mut Window)) {
    go_to(window, view);
    prepare(window);
    // a table gets a row for what is typed below its last one: those are not gone through
    let count = fields(window).len();
    let mut place = 0;
    while place < count.min(fields(window).len()) {
        let way = WAYS[place % WAYS.len()];
        let (name, is_date) = {
            let field = &fields(window)[place];
            field.focus();
            (label(field), value(field).parse::<jiff::civil::Date>().is_ok())
        };
        window.run();
        press(window, NONE, Key::End);
        if is_date {
            press(window, CTRL, Key::A);
        }
        // no sample has these
        let typed = if is_date { format!("{}-01-02", 2100 + place) } else { format!("zq7{place}") };
        type_text(window, &typed);
        leave(window, way);
        if way == "another view" {
            go_to(window, view);
            prepare(window);
        }
        let is_kept = text_of(project(window)).contains(&typed);
        let is_there = fields(window).iter().any(|it| value(it).contains(&typed));
        assert!(is_kept || is_there, "{}: “{typed}” typed into “{name}” was lost by {way}", view.name());
        if !is_kept {
            // a filter would hide what comes after it
            let field = fields(window).into_iter().find(|it| value(it).contains(&typed)).unwrap();
            field.focus();
            window.run();
            press(window, CTRL, Key::A);
            press(window, NONE, Key::Delete);
            press(window, NONE, Key::Escape);
        }
        // of many alike every so many
        place += 1 + count / 40;
    }
    assert!(place > 0 || matches!(view, View::Report | View::Compare | View::Workshop | View::Path | View::Risk));
    let end = project(window).clone();
    while session(window).undo_label().is_some() {
        press(window, CTRL, Key::Z);
    }
    while session(window).redo_label().is_some() {
        press(window, CTRL, Key::Y);
    }
    assert_eq!(*project(window), end, "{}: all taken back and done again", view.name());
}

fn window_on_the_water_works() -> Window {
    super::support::water_works()
}

#[test]
fn no_text_typed_on_the_pages_is_lost_however_its_field_is_left() {
    let pages = [View::Overview, View::Path, View::Risk, View::Workshop, View::Report, View::Compare];
    for view in pages {
        assert_nothing_typed_is_lost(&mut window_on_the_water_works(), view, |_| ());
    }
}

#[test]
fn no_text_typed_into_the_scope_is_lost_however_its_field_is_left() {
    assert_nothing_typed_is_lost(&mut window_on_the_water_works(), View::Scope, |_| ());
}

#[test]
fn no_text_typed_about_an_answer_is_lost_however_its_field_is_left() {
    let select = |window: &mut Window| find(window, "SR 1.1");
    assert_nothing_typed_is_lost(&mut window_on_the_water_works(), View::Requirements, select);
}

#[test]
fn no_text_typed_about_gaps_and_actions_is_lost_however_its_field_is_left() {
    let window = || window_on_the_water_works();
    assert_nothing_typed_is_lost(&mut window(), View::Gaps, |_| ());
    let title = project(&window()).actions.values().next().unwrap().title.clone();
    assert_nothing_typed_is_lost(&mut window(), View::Plan, |window| find(window, &title));
}

#[test]
fn no_text_typed_beside_the_diagram_is_lost_however_its_field_is_left() {
    let window = || window_on_the_water_works();
    let plant = project(&window()).clone();
    let zone = plant.zones.values().next().unwrap().tag.clone();
    let conduit = plant.conduits.values().next().unwrap().tag.clone();
    let asset = plant.assets.values().next().unwrap().tag.clone();
    for tag in [zone, conduit, asset] {
        // a tag that was typed on is still found by its beginning
        assert_nothing_typed_is_lost(&mut window(), View::Diagram, |window| find(window, &tag));
    }
}

/// Brings the diagram with the first zone being renamed.
pub(super) fn rename_a_zone(window: &mut Window) -> ZoneId {
    press(window, Modifiers::ALT, Key::Num4);
    let (id, name) = project(window).zones.iter().map(|(id, it)| (id, it.tag.clone())).next().unwrap();
    find(window, &name);
    press(window, NONE, Key::F2);
    id
}

#[test]
fn a_name_typed_on_the_diagram_is_kept_when_the_view_is_left_or_the_window_closed() {
    for way in ["another view", "closing", "Ctrl+K", "a click elsewhere"] {
        let mut window = window_on_the_water_works();
        let id = rename_a_zone(&mut window);
        type_text(&mut window, "Hall seven");
        leave(&mut window, way);
        assert_eq!(project(&window).zones.get(id).unwrap().name, "Hall seven", "left by {way}");
    }
}

#[test]
fn a_name_being_typed_on_the_diagram_is_taken_back_by_its_field() {
    let mut window = window_on_the_water_works();
    let before = project(&window).clone();
    rename_a_zone(&mut window);
    type_text(&mut window, "Hall seven");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(*project(&window), before, "nothing but the field has changed");
    assert!(!fields(&window).iter().any(|it| value(it) == "Hall seven"));
    press(&mut window, CTRL, Key::Y);
    assert!(fields(&window).iter().any(|it| value(it) == "Hall seven"), "typed text comes back");
}

#[test]
fn a_word_taken_back_while_typing_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    type_into(&mut window, "Title", " of the north");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(project(&window).info.title, "Plant");
    press(&mut window, CTRL, Key::Y);
    assert_eq!(project(&window).info.title, "Plant of the north");
    type_text(&mut window, " shore");
    assert!(project(&window).info.title.contains(" shore") && project(&window).info.title.contains(" of the north"));
}

#[test]
fn a_click_beside_a_dialog_loses_nothing_typed_in_it() {
    let beside = egui::pos2(30.0, 450.0);
    let mut window = window_on_the_water_works();
    find(&mut window, "Save as template");
    press(&mut window, NONE, Key::End);
    type_text(&mut window, " in the north");
    click_at(&mut window, beside);
    assert!(fields(&window).iter().any(|it| value(it).ends_with(" in the north")), "the question stays");
    press(&mut window, NONE, Key::Escape);
    find(&mut window, "Save as template");
    assert!(fields(&window).iter().any(|it| value(it).ends_with(" in the north")), "what was begun is gone on with");
    press(&mut window, NONE, Key::Escape);

    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    press(&mut window, CTRL, Key::A);
    type_text(&mut window, "a long name.zonewright");
    click_at(&mut window, beside);
    assert!(fields(&window).iter().any(|it| value(it) == "a long name.zonewright"), "the chooser stays");
    press(&mut window, NONE, Key::Escape);

    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "dosing pumps");
    click_at(&mut window, beside);
    press(&mut window, CTRL, Key::K);
    assert!(fields(&window).iter().any(|it| value(it) == "dosing pumps"), "what was looked for is there again");
    type_text(&mut window, "next");
    assert!(fields(&window).iter().any(|it| value(it) == "next"), "and what is typed takes its place");
}

#[test]
fn keys_that_go_to_a_view_type_nothing_and_redo_never_undoes() {
    let home = tempfile::tempdir().unwrap();
    let (mut window, _) = open_plant(home.path());
    type_into(&mut window, "Title", " abc");
    let alt_5 = |pressed| egui::Event::Key {
        key: Key::Num5,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::ALT,
    };
    for event in [alt_5(true), egui::Event::Text("5".into()), alt_5(false)] {
        window.event(event);
    }
    window.run();
    assert!(super::support::is_shown(&window, View::Risk));
    assert_eq!(project(&window).info.title, "Plant abc");
    go_to(&mut window, View::Scope);
    type_into(&mut window, "Title", " d");
    let redo = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    press(&mut window, redo, Key::Z);
    assert_eq!(project(&window).info.title, "Plant abc d", "there is nothing to do again");
    press(&mut window, CTRL, Key::Z);
    assert_eq!(project(&window).info.title, "Plant");
    for _ in 0..2 {
        press(&mut window, redo, Key::Z);
        assert_eq!(project(&window).info.title, "Plant abc d");
    }
}
