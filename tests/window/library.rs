//! Templates and parts in the window: chosen, begun with, kept, put in, renamed, deleted.

use std::collections::BTreeSet;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::model::*;
use zonewright::store;
use zonewright::templates;
use zonewright::ui::{App, Start};

use super::support::{
    Window, click, drag, find, press, project, shows, start, type_text, wait_for_project, wait_until,
};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A window whose preferences and library are in a folder.
fn window_in(home: &Path, demo: bool) -> Window {
    let start = Start { preferences: Some(home.join("preferences.ron")), ..start(demo) };
    let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_theme(Theme::Light).with_max_steps(12);
    let mut window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start));
    if demo {
        wait_for_project(&mut window);
    }
    window
}

/// Labels of buttons that begin with these words, in the order of the screen.
fn buttons(window: &Window, prefix: &str) -> Vec<String> {
    let labels = window.query_all_by_role(Role::Button).filter_map(|it| it.accesskit_node().label());
    labels.filter_map(|it| it.strip_prefix(prefix).map(str::to_owned)).collect()
}

fn open_gallery(window: &mut Window) {
    press(window, CTRL_SHIFT, Key::N);
    wait_until(window, "the counts", |window| shows(window, " conduits, "));
}

/// Puts a name into the field of a question and agrees.
fn name(window: &mut Window, name: &str, button: &str) {
    let is_name = |it: &Node| it.accesskit_node().labelled_by().any(|label| label.value().as_deref() == Some("Name"));
    // the inspector may have a name too; a question lies over it
    let field = window.query_all_by_role(Role::TextInput).rfind(is_name).expect("a name is asked for");
    field.set_text_value_accesskit(name);
    window.run();
    click(window, button);
}

/// Agrees to a question by Enter in its field.
fn agree(window: &mut Window) {
    press(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_project_begins_with_a_template_from_the_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), false);
    open_gallery(&mut window);
    assert_eq!(buttons(&window, "Template ").first().map(String::as_str), Some("Water treatment works"));
    type_text(&mut window, "substation relay");
    assert_eq!(buttons(&window, "Template "), Vec::<String>::new());
    for _ in 0..6 {
        press(&mut window, Modifiers::NONE, Key::Backspace);
    }
    assert!(buttons(&window, "Template ").contains(&"Electric substation".to_owned()));
    press(&mut window, Modifiers::NONE, Key::Enter);
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    let begun = window.state().session().unwrap();
    assert_eq!(begun.project().info.title, "Electric substation");
    assert!(begun.is_dirty() && begun.file().is_none(), "unsaved, named after the template");
    assert!(begun.project().zones.len() >= 7 && begun.project().answers.is_empty());
}

#[test]
fn arrows_move_through_the_cards() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), false);
    open_gallery(&mut window);
    let chosen = |window: &Window| {
        let cards = window
            .query_all_by_role(Role::Button)
            .filter(|it| it.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True));
        cards.filter_map(|it| it.accesskit_node().label()).collect::<Vec<_>>()
    };
    let titles: Vec<_> = templates::built_in().iter().map(|it| format!("Template {}", it.title)).collect();
    assert_eq!(chosen(&window), [titles[0].clone()]);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(chosen(&window), [titles[1].clone()]);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&window), [titles[4].clone()], "three in a row");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().session().is_none() && chosen(&window).is_empty());
}

#[test]
fn a_project_is_kept_as_a_template_stands_first_and_can_be_deleted() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), true);
    let plant = project(&window).clone();
    find(&mut window, "Save as template");
    assert!(shows(&window, "Left out: answers"), "what is kept is said");
    name(&mut window, "Our usual works", "Save");
    let folder = home.path().join("templates");
    let (own, errors) = templates::own(&folder);
    assert!(errors.is_empty() && own.len() == 1);
    assert_eq!(project(&window), &plant, "the open project is as it was");
    open_gallery(&mut window);
    wait_until(&mut window, "the user's own", |window| {
        buttons(window, "Template ").first().map(String::as_str) == Some("Our usual works")
    });
    click(&mut window, "Create project");
    wait_until(&mut window, "the project", |window| project(window).info.title == "Our usual works");
    assert_eq!(project(&window).zones.len(), plant.zones.len());
    assert!(project(&window).answers.is_empty() && project(&window).risks.is_empty());
    open_gallery(&mut window);
    wait_until(&mut window, "the user's own", |window| !buttons(window, "Delete…").is_empty());
    click(&mut window, "Delete…");
    click(&mut window, "Delete");
    assert!(templates::own(&folder).0.is_empty());
    wait_until(&mut window, "the rest", |window| !buttons(window, "Template ").contains(&"Our usual works".to_owned()));
}

fn tags(project: &Project) -> Vec<String> {
    let targets = project.zones.values().map(|it| &it.tag).chain(project.conduits.values().map(|it| &it.tag));
    targets.chain(project.assets.values().map(|it| &it.tag)).cloned().collect()
}

#[test]
fn a_part_is_kept_put_in_renamed_and_deleted() {
    let home = tempfile::tempdir().unwrap();
    let mut window = window_in(home.path(), true);
    press(&mut window, Modifiers::ALT, Key::Num4);
    let before = project(&window).clone();
    let zone = before.zones.iter().find(|(id, _)| before.assets.values().any(|it| it.zone == Some(*id))).unwrap();
    let (tag, assets) = (zone.1.tag.clone(), before.assets.values().filter(|it| it.zone == Some(zone.0)).count());
    find(&mut window, &tag);
    find(&mut window, "Keep the selection as a part");
    type_text(&mut window, " as usual");
    agree(&mut window);
    let parts = || store::parts(&home.path().join("parts")).0;
    assert_eq!(parts().len(), 1);
    click(&mut window, "Add assets");
    let kept = parts()[0].1.name.clone();
    assert!(kept.ends_with(" as usual"), "what is proposed can be typed on: {kept}");
    assert_eq!(buttons(&window, "Part ").as_slice(), std::slice::from_ref(&kept));
    window.get_by_role_and_label(Role::Button, &format!("Part {kept}")).focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let after = project(&window).clone();
    assert_eq!((after.zones.len(), after.assets.len()), (before.zones.len() + 1, before.assets.len() + assets));
    let unique: BTreeSet<_> = tags(&after).into_iter().collect();
    assert_eq!(unique.len(), tags(&after).len(), "no tag twice");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before, "one step");
    // and by the pointer
    let from = window.get_by_role_and_label(Role::Button, &format!("Part {kept}")).rect().center();
    let to = window.get_by_role(Role::Canvas).rect().left_bottom() + vec2(60.0, -60.0);
    drag(&mut window, from, to);
    assert_eq!(project(&window).zones.len(), before.zones.len() + 1);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before, "one step");
    let menu = |window: &mut Window, entry: &str| {
        let at = window.get_by_label_contains("Part ").rect().center();
        window.hover_at(at);
        window.get_by_label_contains("Part ").click_secondary();
        window.run();
        click(window, entry);
    };
    menu(&mut window, "Rename…");
    name(&mut window, "Dosing cell", "Rename");
    assert_eq!(buttons(&window, "Part "), ["Dosing cell"]);
    assert_eq!(parts().len(), 1);
    menu(&mut window, "Delete…");
    click(&mut window, "Delete");
    assert!(parts().is_empty() && buttons(&window, "Part ").is_empty());
}
