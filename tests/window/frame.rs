//! The window itself, without a display: work done in it by keys and labels, every
//! view in every size and look, and that it rests when nothing happens.

use std::path::Path;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, ViewportId, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::analysis::Severity;
use zonewright::model::*;
use zonewright::samples::SAMPLES;
use zonewright::store;
use zonewright::ui::action::View;

use super::support::{
    Window, assert_no_id_stands_twice, before_sessions, choose, clashes, click, click_at, find, first_page, is_shown,
    opened, press, session, shows, type_text, wait_for_project, wait_until, water_works, window_of, written,
};

fn go_to(window: &mut Window, view: View) {
    let (modifiers, key) = match view {
        View::Overview => (Modifiers::ALT, Key::Num1),
        View::Path => (Modifiers::ALT, Key::Num2),
        View::Scope => (Modifiers::ALT, Key::Num3),
        View::Diagram => (Modifiers::ALT, Key::Num4),
        View::Risk => (Modifiers::ALT, Key::Num5),
        View::Requirements => (Modifiers::ALT, Key::Num6),
        View::Workshop => (Modifiers::NONE, Key::F6),
        View::Gaps => (Modifiers::ALT, Key::Num7),
        View::Plan => (Modifiers::ALT, Key::Num8),
        View::Report => (Modifiers::ALT, Key::Num9),
        View::Compare => (Modifiers::ALT, Key::Num0),
    };
    press(window, modifiers, key);
}

#[test]
fn an_id_that_stands_twice_would_be_seen() {
    // the mark that the toolkit writes is in no face of a bare window
    let window = Harness::builder().allow_missing_glyphs().build_ui(|ui| {
        for top in [10.0, 200.0] {
            let rect = egui::Rect::from_min_size(egui::pos2(10.0, top), vec2(50.0, 20.0));
            ui.interact(rect, egui::Id::unique("twice"), egui::Sense::click());
        }
    });
    assert!(!clashes(&window).is_empty(), "{:?}", written(&window));
}

#[test]
fn a_sample_opens_and_every_step_can_be_gone_to() {
    for sample in SAMPLES {
        let mut window = first_page();
        assert!(window.state().session().is_none());
        click(&mut window, &format!("Open sample {}", sample.title));
        wait_for_project(&mut window);
        assert_eq!(*session(&window).project(), sample.open().unwrap());
        for view in View::ALL {
            go_to(&mut window, view);
            let shown: Vec<_> = View::ALL.into_iter().filter(|&it| is_shown(&window, it)).collect();
            assert_eq!(shown, [view]);
        }
        // and with the pointer
        for view in View::ALL {
            click_step(&mut window, view);
            assert!(is_shown(&window, view));
        }
        assert!(!session(&window).is_dirty(), "looking changes nothing");
    }
}

fn click_step(window: &mut Window, view: View) {
    let is_step = |it: &Node| {
        it.accesskit_node().label().as_deref() == Some(view.name()) && it.accesskit_node().toggled().is_some()
    };
    window.query_all_by_role(Role::Button).find(is_step).unwrap().click();
    window.run();
}

/// Opens the answers of a target by its tag; a click on a level would show those of one FR.
fn open_answers(window: &mut Window, tag: &str) {
    let row = window.get_by_role_and_label(Role::Button, &format!("Answers of {tag}")).rect();
    let at_tag = row.left_center() + vec2(12.0, 0.0);
    window.hover_at(at_tag);
    window.drag_at(at_tag);
    window.drop_at(at_tag);
    window.run();
}

#[test]
fn the_inspector_shows_what_is_chosen_on_its_own_page() {
    let mut window = water_works();
    go_to(&mut window, View::Gaps);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(!shows(&window, "Nothing selected"));
    go_to(&mut window, View::Plan);
    assert!(shows(&window, "Choose an action to see and change it here."), "{:?}", written(&window));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(!shows(&window, "Nothing selected"));
    for view in [View::Gaps, View::Requirements, View::Diagram] {
        go_to(&mut window, view);
        assert!(shows(&window, "Nothing selected"), "no action stands in {}", view.name());
    }
    go_to(&mut window, View::Plan);
    assert!(!shows(&window, "Nothing selected"), "it is still selected where it stands");
}

#[test]
fn what_is_done_with_evidence_stands_two_and_two_in_a_narrow_inspector() {
    for size in [vec2(1022.0, 735.0), vec2(1440.0, 900.0)] {
        let mut window = window_of(size, Theme::Light, 1.0, true);
        go_to(&mut window, View::Requirements);
        open_answers(&mut window, "Z-DMZ");
        press(&mut window, Modifiers::NONE, Key::Home);
        let top = |label: &str| window.get_all_by_role_and_label(Role::Button, label).next().unwrap().rect().top();
        assert!((top("Detach") - top("Delete")).abs() < 1.0, "{size}");
        assert!((top("Take acceptance back") - top("Open")).abs() < 1.0, "{size}");
    }
}

#[test]
fn a_requirement_is_answered_by_key_and_taken_back() {
    let mut window = water_works();
    let before = session(&window).project().clone();
    let (zone, tag) =
        before.zones.iter().map(|(id, zone)| (id, zone.tag.clone())).min_by_key(|it| it.1.clone()).unwrap();
    go_to(&mut window, View::Requirements);
    open_answers(&mut window, &tag);
    let first: RequirementId = "SR 1.1".parse().unwrap();
    let status = |window: &Window| {
        session(window).project().answer(zone.into(), first).map_or(Status::NotAssessed, |it| it.status)
    };
    let other =
        if status(&window) == Status::NotMet { (Key::Num2, Status::Partial) } else { (Key::Num3, Status::NotMet) };
    press(&mut window, Modifiers::NONE, other.0);
    assert_eq!(status(&window), other.1);
    assert_eq!(session(&window).project().differences(&before).len(), 1, "nothing else was answered");
    let answered = session(&window).project().clone();
    assert!(session(&window).is_dirty() && shows(&window, "Unsaved changes"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*session(&window).project(), before);
    assert!(!session(&window).is_dirty());
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_eq!(*session(&window).project(), answered);
}

#[test]
fn all_requirements_of_a_zone_can_be_answered_from_the_keyboard() {
    let mut window = water_works();
    let zone = session(&window).project().zones.ids().next().unwrap();
    let tag = session(&window).project().target_tag(zone.into()).to_owned();
    go_to(&mut window, View::Requirements);
    open_answers(&mut window, &tag);
    for _ in 0..100 {
        press(&mut window, Modifiers::NONE, Key::Num1);
    }
    let answers = session(&window).project().answers.get(zone.into()).cloned().unwrap();
    let met = answers.values().filter(|it| it.status == Status::Met).count();
    assert_eq!(met, 100, "each answer goes on to the next requirement");
    for _ in 0..100 {
        press(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert!(!session(&window).is_dirty(), "and each is a step of its own");
}

#[test]
fn keys_do_nothing_beneath_what_lies_over_the_page() {
    let mut window = water_works();
    let zone = session(&window).project().zones.ids().next().unwrap();
    let tag = session(&window).project().target_tag(zone.into()).to_owned();
    let before = session(&window).project().clone();
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Y, Key::N, Key::ArrowDown, Key::ArrowRight, Key::Delete];
    go_to(&mut window, View::Requirements);
    open_answers(&mut window, &tag);
    for view in View::ALL {
        go_to(&mut window, view);
        let page = written(&window);
        press(&mut window, Modifiers::NONE, Key::F1);
        let help = written(&window).into_iter().find(|it| !page.contains(it)).expect("help says something");
        for key in keys {
            press(&mut window, Modifiers::NONE, key);
            assert!(session(&window).project().same(&before), "{}: {key:?} works beneath the help", view.name());
        }
        assert!(written(&window).contains(&help), "{}: help stays", view.name());
        press(&mut window, Modifiers::NONE, Key::Escape);
        assert!(!written(&window).contains(&help), "{}: Esc puts help away", view.name());
    }
    // the same keys work once nothing lies over the page
    go_to(&mut window, View::Diagram);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert!(!session(&window).project().same(&before));
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert!(session(&window).project().zones.get(zone).is_none());
}

#[test]
fn a_project_is_saved_where_the_chooser_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plant.zonewright");
    let mut window = water_works();
    press(&mut window, Modifiers::COMMAND, Key::S);
    // without its ending, which the chooser adds
    choose(&mut window, &folder.path().join("plant"), "Save");
    wait_until(&mut window, "the saved file", |window| session(window).file().is_some());
    assert_eq!(session(&window).file(), Some(path.as_path()));
    assert_eq!(store::open(&path).unwrap(), *session(&window).project());
    assert!(!session(&window).is_dirty() && shows(&window, "Saved"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // and opened again from there
    let mut other = first_page();
    press(&mut other, Modifiers::COMMAND, Key::O);
    choose(&mut other, &path, "Open");
    wait_until(&mut other, "the opened project", |window| window.state().session().is_some());
    assert_eq!(session(&other).project(), session(&window).project());
    assert_eq!(session(&other).file(), Some(path.as_path()));
}

/// The water works, saved as a file.
fn water_works_at(path: &Path) -> Window {
    let mut window = water_works();
    press(&mut window, Modifiers::COMMAND, Key::S);
    choose(&mut window, path, "Save");
    wait_until(&mut window, "the saved file", |window| session(window).file().is_some());
    window
}

fn remove_all(window: &mut Window) {
    go_to(window, View::Diagram);
    press(window, Modifiers::COMMAND, Key::A);
    press(window, Modifiers::NONE, Key::Delete);
}

/// A file that takes in what is written only when somebody reads: a very slow disk.
#[cfg(unix)]
fn make_slow(path: &Path) {
    std::fs::remove_file(path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn what_is_asked_for_while_saving_waits_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plant.zonewright");
    let mut window = water_works_at(&path);
    make_slow(&path);
    remove_all(&mut window);
    assert!(session(&window).is_dirty());
    press(&mut window, Modifiers::COMMAND, Key::S);
    // while that is under way the project changes again, and another one is asked for
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert!(!session(&window).project().zones.is_empty(), "the new project waits");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(store::from_text(&written).unwrap().zones.is_empty(), "what was saved is what was there then");
    wait_until(&mut window, "the question", |window| shows(window, "Save your changes?"));
    assert!(session(&window).is_dirty() && !session(&window).project().zones.is_empty());
    click(&mut window, "Don't save");
    assert!(session(&window).project().zones.is_empty() && session(&window).file().is_none());
}

#[test]
fn a_file_changed_by_another_program_is_not_replaced_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plant.zonewright");
    let mut window = water_works_at(&path);
    let other = SAMPLES[1].open().unwrap();
    store::save(&other, &path).unwrap();
    remove_all(&mut window);
    press(&mut window, Modifiers::COMMAND, Key::S);
    assert!(shows(&window, "another program has changed the file"));
    assert_eq!(store::open(&path).unwrap(), other);
    // asked for once more it is replaced
    press(&mut window, Modifiers::COMMAND, Key::S);
    wait_until(&mut window, "the saved file", |window| !session(window).is_dirty());
    assert_eq!(store::open(&path).unwrap(), *session(&window).project());
}

#[test]
fn everything_is_exported_where_the_chooser_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = water_works();
    let exports = [
        ("Export report as PDF…", "report.pdf", &b"%PDF-"[..]),
        ("Export tracker…", "tracker.xlsx", b"PK\x03\x04"),
        ("Export tracker…", "tracker.csv", b""),
        ("Export diagram…", "diagram.svg", b"<"),
        ("Export diagram…", "diagram.png", b"\x89PNG"),
        ("Export diagram…", "diagram.pdf", b"%PDF-"),
    ];
    for (button, name, begins) in exports {
        let path = folder.path().join(name);
        go_to(&mut window, View::Report);
        click(&mut window, button);
        choose(&mut window, &path, "Export");
        wait_until(&mut window, name, |window| shows(window, "Show in folder"));
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.len() > 1000 && bytes.starts_with(begins), "{name}");
        click(&mut window, "Dismiss");
    }
    click(&mut window, "Export tables…");
    choose(&mut window, &folder.path().join("tables"), "Export");
    wait_until(&mut window, "the tables", |window| shows(window, "Show in folder"));
    assert_eq!(std::fs::read_dir(folder.path().join("tables")).unwrap().count(), 9);
    assert!(!session(&window).is_dirty(), "exporting changes nothing");
}

#[test]
fn a_file_that_can_not_be_opened_leaves_the_open_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise.zonewright");
    std::fs::write(&path, [0xff; 10_000]).unwrap();
    let mut window = water_works();
    let before = session(&window).project().clone();
    press(&mut window, Modifiers::COMMAND, Key::O);
    choose(&mut window, &path, "Open");
    wait_until(&mut window, "the error", |window| shows(window, "not a Zonewright project"));
    assert!(shows(&window, "The open project is as it was"));
    assert!(session(&window).project().same(&before) && session(&window).file().is_none());
}

#[test]
fn a_place_that_can_not_be_written_keeps_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = water_works();
    let before = session(&window).project().clone();
    press(&mut window, Modifiers::COMMAND, Key::S);
    choose(&mut window, &folder.path().join("no/such/folder/plant.zonewright"), "Save");
    wait_until(&mut window, "the error", |window| shows(window, "Not saved"));
    assert!(session(&window).project().same(&before) && session(&window).file().is_none());
}

#[test]
fn unsaved_work_is_asked_about_once() {
    let mut window = water_works();
    let zone = session(&window).project().zones.values().next().unwrap().tag.clone();
    go_to(&mut window, View::Requirements);
    open_answers(&mut window, &zone);
    press(&mut window, Modifiers::NONE, Key::Num1);
    press(&mut window, Modifiers::NONE, Key::Num2);
    let work = session(&window).project().clone();
    assert!(session(&window).is_dirty());
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert!(shows(&window, "Save your changes?"));
    click(&mut window, "Cancel");
    assert!(session(&window).project().same(&work) && !shows(&window, "Save your changes?"));
    press(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Don't save");
    assert_eq!(*session(&window).project(), Project::default());
}

#[test]
fn the_finder_leads_to_what_is_named() {
    let mut window = water_works();
    let asset = session(&window).project().assets.values().next().unwrap().tag.clone();
    press(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_role_and_label(Role::TextInput, "Find anything").set_text_value_accesskit(&asset);
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(is_shown(&window, View::Diagram));
    assert!(shows(&window, &asset));
    // back to where one was
    press(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert!(is_shown(&window, View::Overview));
}

#[test]
fn a_finding_is_explained_where_it_stands_mended_taken_back_and_set_aside() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    go_to(&mut window, View::Diagram);
    let zones = session(&window).project().zones.len();
    press(&mut window, Modifiers::NONE, Key::F8);
    assert!(shows(&window, "Z-ENG mixes temporarily connected devices"), "the gravest comes first");
    assert_no_id_stands_twice(&window, "the panel of findings");
    click(&mut window, "Move VLP-01 to a zone of its own");
    assert_eq!(session(&window).project().zones.len(), zones + 1);
    assert!(!shows(&window, "Z-ENG mixes temporarily connected devices"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(session(&window).project().zones.len(), zones);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::F8);
    press(&mut window, Modifiers::NONE, Key::F8);
    press(&mut window, Modifiers::SHIFT, Key::F8);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::Button, "Close the findings").is_none());
}

#[test]
fn a_fix_is_the_same_however_little_of_the_plant_is_shown() {
    let mended = |hides: bool| {
        let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
        go_to(&mut window, View::Diagram);
        if hides {
            press(&mut window, Modifiers::COMMAND, Key::A);
            press(&mut window, Modifiers::COMMAND, Key::K);
            window.event(egui::Event::Text("Hide the selection in this view".to_owned()));
            window.run();
            press(&mut window, Modifiers::NONE, Key::Enter);
            assert!(window.query_by_role_and_label(Role::Group, "Zone Z-OT Operations").is_none());
        }
        press(&mut window, Modifiers::NONE, Key::F8);
        click(&mut window, "Move VLP-01 to a zone of its own");
        session(&window).project().clone()
    };
    assert!(mended(true) == mended(false));
}

#[test]
fn a_zone_is_drawn_on_an_empty_canvas_and_taken_back() {
    let mut window = first_page();
    click(&mut window, "New project");
    let empty = session(&window).project().clone();
    assert_eq!(empty, Project::default());
    for view in View::ALL {
        go_to(&mut window, view);
    }
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(session(&window).project().same(&empty), "looking changes nothing");
    go_to(&mut window, View::Diagram);
    press(&mut window, Modifiers::NONE, Key::Z);
    let corner = window.get_by_role(Role::Canvas).rect().min + vec2(60.0, 60.0);
    let opposite = corner + vec2(240.0, 160.0);
    window.hover_at(corner);
    window.drag_at(corner);
    window.hover_at(corner.lerp(opposite, 0.5));
    window.hover_at(opposite);
    window.run();
    window.drop_at(opposite);
    window.run();
    let zones: Vec<Zone> = session(&window).project().zones.values().cloned().collect();
    assert_eq!(zones.len(), 1);
    assert!(zones[0].frame.is_drawable() && zones[0].frame.width >= 200.0, "{:?}", zones[0].frame);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*session(&window).project(), empty, "drawing is one step");
}

const SIZES: [(f32, f32); 2] = [(1024.0, 768.0), (1920.0, 1080.0)];
const ZOOMS: [f32; 4] = [0.7, 1.0, 2.0, 3.0];

/// Every view in a look: it is drawn, no id stands twice, and it rests afterwards.
fn assert_every_view_is_drawn(theme: Theme, demo: bool) {
    for (width, height) in SIZES {
        for zoom in ZOOMS {
            let mut window = window_of(vec2(width, height), theme, zoom, demo);
            if !demo {
                press(&mut window, Modifiers::COMMAND, Key::N);
            }
            for view in View::ALL {
                let place = format!("{} at {width}x{height}, {theme:?}, zoom {zoom}", view.name());
                go_to(&mut window, view);
                assert!(is_shown(&window, view), "{place}");
                assert!((window.ctx.zoom_factor() - zoom).abs() < 0.01, "{place}");
                assert!(window.output().shapes.len() > 20, "{place}: something is drawn");
                assert_no_id_stands_twice(&window, &place);
                assert_rests(&mut window, &place);
            }
        }
    }
}

/// An idle window draws nothing by itself.
fn assert_rests(window: &mut Window, place: &str) {
    for frame in 0..3 {
        window.step();
        let delay = window.output().viewport_output.get(&ViewportId::ROOT).unwrap().repaint_delay;
        let causes = window.ctx.repaint_causes();
        assert_eq!(delay, Duration::MAX, "{place}, frame {frame}: {causes:?}");
    }
}

#[test]
fn a_sample_is_drawn_in_every_size_in_light() {
    assert_every_view_is_drawn(Theme::Light, true);
}

#[test]
fn a_sample_is_drawn_in_every_size_in_dark() {
    assert_every_view_is_drawn(Theme::Dark, true);
}

#[test]
fn an_empty_project_is_drawn_in_every_size_in_light() {
    assert_every_view_is_drawn(Theme::Light, false);
}

#[test]
fn an_empty_project_is_drawn_in_every_size_in_dark() {
    assert_every_view_is_drawn(Theme::Dark, false);
}

#[test]
fn help_finder_and_first_page_are_drawn_and_rest() {
    for (width, height) in SIZES {
        for zoom in ZOOMS {
            let mut window = window_of(vec2(width, height), Theme::Light, zoom, false);
            let place = format!("{width}x{height}, zoom {zoom}");
            assert_no_id_stands_twice(&window, &place);
            assert_rests(&mut window, &place);
            press(&mut window, Modifiers::COMMAND, Key::N);
            for view in View::ALL {
                go_to(&mut window, view);
                for (modifiers, key) in [(Modifiers::NONE, Key::F1), (Modifiers::COMMAND, Key::K)] {
                    let before = written(&window).len();
                    press(&mut window, modifiers, key);
                    assert!(written(&window).len() > before, "{place}: {key:?} shows something");
                    assert_no_id_stands_twice(&window, &place);
                    assert_rests(&mut window, &place);
                    press(&mut window, Modifiers::NONE, Key::Escape);
                    assert_eq!(
                        written(&window).len(),
                        before,
                        "{place}, {}: Esc puts away what {key:?} shows",
                        view.name()
                    );
                }
            }
        }
    }
}

/// A window that has laid its plant out anew and shows what came of it.
fn laid_out() -> (Window, Project) {
    let mut window = water_works();
    go_to(&mut window, View::Diagram);
    let before = session(&window).project().clone();
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    wait_until(&mut window, "the layout", |window| session(window).is_previewing());
    (window, before)
}

fn frames(project: &Project) -> Vec<Rect> {
    project.zones.values().map(|it| it.frame).collect()
}

#[test]
fn a_layout_is_shown_and_kept_as_one_step() {
    let (mut window, before) = laid_out();
    let shown = frames(session(&window).project());
    assert_ne!(shown, frames(&before));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!session(&window).is_previewing());
    assert_eq!(frames(session(&window).project()), shown);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(frames(session(&window).project()), frames(&before));
}

#[test]
fn a_layout_that_is_taken_back_leaves_the_project_as_it_was() {
    let (mut window, before) = laid_out();
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(session(&window).project() == &before && !session(&window).is_dirty());
    assert_eq!(session(&window).undo_label(), None);
}

#[test]
fn selecting_while_a_layout_is_shown_leaves_it_shown() {
    let (mut window, before) = laid_out();
    let shown = frames(session(&window).project());
    let from = window.get_by_role(Role::Canvas).rect().left_bottom() + vec2(10.0, -10.0);
    window.hover_at(from);
    window.drag_at(from);
    for reach in [30.0, 60.0, 90.0] {
        window.hover_at(from + vec2(reach, -reach));
        window.step();
    }
    window.drop_at(from + vec2(90.0, -90.0));
    window.run();
    assert!(session(&window).is_previewing(), "it is still proposed");
    assert_eq!(frames(session(&window).project()), shown);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(session(&window).project() == &before);
}

#[test]
fn what_is_done_while_a_layout_is_shown_keeps_it() {
    let (mut window, before) = laid_out();
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(frames(session(&window).project()), frames(&before), "undo takes it back");
    let (mut window, _) = laid_out();
    click(&mut window, "Keep");
    assert!(session(&window).undo_label().is_some());
}

#[test]
fn laying_out_a_selection_says_what_to_select() {
    let mut window = water_works();
    go_to(&mut window, View::Diagram);
    press(&mut window, Modifiers::COMMAND, Key::L);
    assert!(written(&window).iter().any(|it| it.contains("select the zones")), "{:?}", written(&window));
}

#[test]
fn the_first_page_is_begun_from_by_its_finder() {
    let mut window = first_page();
    press(&mut window, Modifiers::COMMAND, Key::K);
    assert!(shows(&window, "new from template") || shows(&window, "Open project…"));
    type_text(&mut window, "bioreactor pump suite");
    assert!(shows(&window, "Nothing of that name"), "every word must answer");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::K);
    type_text(&mut window, "sample");
    assert_eq!(written(&window).iter().filter(|it| *it == "sample").count(), SAMPLES.len() + 1, "and what is typed");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().session().is_none());
    find(&mut window, "bioreactor suite");
    wait_for_project(&mut window);
    assert_eq!(*session(&window).project(), SAMPLES[1].open().unwrap());
}

#[test]
fn a_count_in_the_status_bar_lists_what_it_counts() {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num4);
    let warnings = session(&window).analysis().open_findings(Severity::Warning);
    let hints = session(&window).analysis().open_findings(Severity::Hint);
    assert!(warnings > 0 && hints > 0);
    let rows = |window: &Window, word: &str| written(window).iter().filter(|it| *it == word).count();
    for (count, word, other) in [(warnings, "warning", "hint"), (hints, "hint", "warning")] {
        let label = format!("{count} {word}s");
        let chips = window.query_all_by_label(&label).map(|it| it.rect());
        let chip = chips.max_by(|one, next| one.top().total_cmp(&next.top())).expect("the status bar has a chip");
        click_at(&mut window, chip.center());
        assert!(is_shown(&window, View::Overview));
        assert!(rows(&window, word) > 0 && rows(&window, other) == 0, "only {word}s: {:?}", written(&window));
        assert!(!shows(&window, "How far the assessment is"), "the list is scrolled to");
    }
}

#[test]
fn where_every_target_is_0_nothing_is_demanded() {
    let zero = TargetLevel { reason: "Nothing here can be harmed".into(), ..TargetLevel::default() };
    let mut project = Project::default();
    for (tag, x) in [("Z-1", 0.0), ("Z-2", 400.0)] {
        let frame = Rect::new(x, 0.0, 300.0, 120.0);
        let zone = Zone { tag: tag.into(), sl_t: Some(zero.clone()), frame, ..Zone::default() };
        project.zones.insert(ZoneId::derived_from(tag), zone);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("zero.zonewright");
    store::save(&project, &file).unwrap();
    let window = opened(&file, vec2(1440.0, 900.0), Theme::Light, 1.0);
    assert!(shows(&window, "nothing demanded") && !shows(&window, "no targets"));
    assert!(shows(&window, "No target demands anything: there is nothing to count."));
}
