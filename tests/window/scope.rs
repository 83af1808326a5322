//! The scope: tables by keys, rows from a spreadsheet, sites that take their zones along,
//! and dates that are not lost.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use zonewright::analysis::scoping;
use zonewright::model::*;
use zonewright::ui::action::View;

use super::support::{
    Window, assert_no_id_stands_twice, click, first_page, is_shown, press, project, session, shows, type_text,
    water_works, window_of,
};

fn scope(window: &mut Window) {
    press(window, Modifiers::ALT, Key::Num3);
    assert!(is_shown(window, View::Scope));
}

/// A new project at its scope.
fn fresh() -> Window {
    let mut window = first_page();
    click(&mut window, "New project");
    assert!(is_shown(&window, View::Scope));
    window
}

fn enter(window: &mut Window, label: &str) {
    let roles = [Role::TextInput, Role::MultilineTextInput];
    let cell = roles.into_iter().find_map(|role| window.query_by_role_and_label(role, label));
    cell.unwrap_or_else(|| panic!("no cell {label}")).focus();
    window.run();
}

fn go_to_part(window: &mut Window, part: &str) {
    for words in ["described", "open"] {
        if let Some(it) = window.query_by_role_and_label(Role::Button, &format!("Go to {part}, {words}")) {
            it.click();
            window.run();
            return;
        }
    }
    panic!("no part {part}");
}

/// Opens a file from another page: the scope has a field "Name" as the chooser has.
fn open(window: &mut Window, file: &std::path::Path) {
    press(window, Modifiers::ALT, Key::Num1);
    press(window, Modifiers::COMMAND, Key::O);
    super::support::choose(window, file, "Open");
    super::support::wait_until(window, "the project", |it| session(it).file().is_some());
}

fn key(window: &mut Window, key: Key) {
    press(window, Modifiers::NONE, key);
}

fn roles(window: &Window) -> Vec<String> {
    project(window).scope.people.iter().map(|it| it.role.clone()).collect()
}

#[test]
fn a_table_is_filled_moved_and_emptied_by_keys() {
    let mut window = fresh();
    go_to_part(&mut window, "People");
    for role in ["Operator", "Planner", "Auditor"] {
        type_text(&mut window, role);
        key(&mut window, Key::Enter);
    }
    assert_eq!(roles(&window), ["Operator", "Planner", "Auditor"]);
    // up from the empty row, and down again
    key(&mut window, Key::ArrowUp);
    type_text(&mut window, " in training");
    assert_eq!(roles(&window)[2], "Auditor in training");
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(roles(&window), ["Auditor in training", "Operator", "Planner"]);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(roles(&window), ["Operator", "Auditor in training", "Planner"]);
    press(&mut window, Modifiers::ALT, Key::Delete);
    assert_eq!(roles(&window), ["Operator", "Planner"]);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(roles(&window), ["Operator", "Auditor in training", "Planner"]);
    // the next cell of the row
    enter(&mut window, "Role, person 1");
    key(&mut window, Key::Tab);
    type_text(&mut window, "Works");
    assert_eq!(project(&window).scope.people[0].organisation, "Works");
}

#[test]
fn a_new_row_is_one_step_of_undo() {
    let mut window = fresh();
    let before = project(&window).clone();
    go_to_part(&mut window, "Assumptions");
    type_text(&mut window, "The");
    type_text(&mut window, " fence holds");
    assert_eq!(project(&window).scope.assumptions, ["The fence holds"]);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn lines_of_a_spreadsheet_become_rows_as_one_step() {
    let mut window = fresh();
    go_to_part(&mut window, "Documents");
    let lines = "Title\tReference\tDated\nNetwork drawing\tD-1\t2026-02-01\nInventory\tI-7\tspring";
    window.event(Event::Paste(lines.to_owned()));
    window.run();
    let documents = &project(&window).scope.documents;
    assert_eq!(documents.len(), 2, "the line of titles is none");
    assert_eq!((documents[0].title.as_str(), documents[0].dated), ("Network drawing", Some(date(2026, 2, 1))));
    assert!(documents[1].reference.contains("spring"), "nothing is lost: {documents:?}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(project(&window).scope.documents.is_empty());
    // one line of words is text as in any field
    window.event(Event::Paste("Policy".to_owned()));
    window.run();
    assert_eq!(project(&window).scope.documents[0].title, "Policy");
}

#[test]
fn a_half_typed_date_stays_until_it_is_one() {
    let mut window = fresh();
    enter(&mut window, "Edition");
    go_to_part(&mut window, "Documents");
    type_text(&mut window, "Inventory");
    enter(&mut window, "Dated, document 1");
    type_text(&mut window, "2026-0");
    assert_eq!(project(&window).scope.documents[0].dated, None);
    // away from the field, the page and back
    press(&mut window, Modifiers::ALT, Key::Num1);
    scope(&mut window);
    go_to_part(&mut window, "Documents");
    assert!(shows(&window, "2026-0") && shows(&window, "Not a date yet"));
    // its row moves, and it goes along
    enter(&mut window, "Title, new document");
    type_text(&mut window, "Policy");
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(project(&window).scope.documents[1].title, "Inventory");
    enter(&mut window, "Dated, document 2");
    key(&mut window, Key::End);
    type_text(&mut window, "3-09");
    assert_eq!(project(&window).scope.documents[1].dated, Some(date(2026, 3, 9)));
    assert_eq!(project(&window).scope.documents[0].dated, None);
    assert!(!shows(&window, "Not a date yet"));
}

#[test]
fn a_half_typed_date_of_the_title_page_stays_but_not_in_another_project() {
    let mut window = fresh();
    let from = |window: &mut Window| enter(window, "Assessed from");
    from(&mut window);
    type_text(&mut window, "2026-1");
    press(&mut window, Modifiers::ALT, Key::Num1);
    scope(&mut window);
    assert!(shows(&window, "2026-1") && shows(&window, "Not a date yet"));
    from(&mut window);
    key(&mut window, Key::End);
    type_text(&mut window, "1-21");
    assert_eq!(project(&window).info.assessed_from, Some(date(2026, 11, 21)));
    type_text(&mut window, "7");
    assert_eq!(project(&window).info.assessed_from, Some(date(2026, 11, 21)), "what is no date changes none");
    press(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Don't save");
    assert!(!shows(&window, "2026-11-217"));
}

#[test]
fn a_renamed_site_takes_its_zones_along_as_one_step() {
    let mut window = fresh();
    let halls = |window: &Window| project(window).zones.values().map(|it| it.site.clone()).collect::<Vec<_>>();
    let with = |site: &str| {
        let mut project = Project::default();
        for (number, site) in [("1", site), ("2", "Hall 1"), ("3", "")] {
            let frame = Rect::new(0.0, 0.0, 200.0, 100.0);
            let zone = Zone { tag: format!("Z-{number}"), site: site.to_owned(), frame, ..Zone::default() };
            project.zones.insert(ZoneId::derived_from(number), zone);
        }
        project
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("halls.zonewright");
    zonewright::store::save(&with("Hall 10"), &file).unwrap();
    open(&mut window, &file);
    scope(&mut window);
    go_to_part(&mut window, "Sites");
    click(&mut window, "Add all 2 sites");
    assert_eq!(
        project(&window).scope.sites.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["Hall 1", "Hall 10"]
    );
    let before = project(&window).clone();
    enter(&mut window, "Site, site 2");
    key(&mut window, Key::End);
    // on its way it is called as the other one
    key(&mut window, Key::Backspace);
    type_text(&mut window, "5");
    let mut now = halls(&window);
    now.sort();
    assert_eq!(now, ["", "Hall 1", "Hall 15"]);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn conduits_across_the_perimeter_are_made_access_points() {
    let mut window = water_works();
    let mut without = project(&window).clone();
    std::sync::Arc::make_mut(&mut without.scope).access_points.clear();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("without.zonewright");
    zonewright::store::save(&without, &file).unwrap();
    open(&mut window, &file);
    let suggested = scoping::suggested_access_points(project(&window));
    assert!(suggested.len() > 1);
    scope(&mut window);
    go_to_part(&mut window, "Access points");
    let first = project(&window).target_tag(suggested[0].into()).to_owned();
    click(&mut window, &format!("Add {first}"));
    assert_eq!(project(&window).scope.access_points[0].conduit, Some(suggested[0]));
    if suggested.len() > 2 {
        click(&mut window, &format!("Add all {}", suggested.len() - 1));
    } else {
        let other = project(&window).target_tag(suggested[1].into()).to_owned();
        click(&mut window, &format!("Add {other}"));
    }
    assert!(scoping::suggested_access_points(project(&window)).is_empty());
}

#[test]
fn a_service_is_called_as_the_regulation_calls_it() {
    let mut window = fresh();
    go_to_part(&mut window, "Services");
    type_text(&mut window, "Gas transport");
    click(&mut window, "Sectors of NIS2 for service 1");
    click(&mut window, "Energy: Gas (NIS2, Annex I)");
    assert_eq!(project(&window).scope.services[0].regulated_as, "Energy: Gas (NIS2, Annex I)");
}

#[test]
fn the_five_questions_say_what_they_want_and_how_far_they_are() {
    let mut window = fresh();
    go_to_part(&mut window, "Question 4: duties");
    type_text(&mut window, "NIS2");
    assert_eq!(project(&window).scope.duties, "NIS2");
    assert!(shows(&window, "1 of 5 answered") || shows(&window, "answered"));
    let described = scoping::parts(project(&window)).iter().filter(|it| it.1).count();
    assert!(shows(&window, &format!("{described} of 14")), "the rail counts");
}

#[test]
fn the_list_of_parts_shows_where_one_types_and_is_pressed_all_over() {
    let mut window = window_of(vec2(1440.0, 900.0), Theme::Light, 1.0, true);
    scope(&mut window);
    let chosen = |window: &Window| {
        let rows = window.query_all_by_role(Role::Button);
        let is_it = |it: &egui_kittest::Node| it.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
        let name = |it: egui_kittest::Node| it.accesskit_node().label().unwrap_or_default();
        rows.filter(is_it).map(name).find(|it| it.starts_with("Go to "))
    };
    assert!(chosen(&window).is_some_and(|it| it.starts_with("Go to Title page")), "{:?}", chosen(&window));
    enter(&mut window, "Perimeter");
    for _ in 0..3 {
        window.run();
    }
    let typed = chosen(&window);
    assert!(typed.as_ref().is_some_and(|it| !it.starts_with("Go to Title page")), "{typed:?}");
    let documents = ["described", "open"].map(|it| format!("Go to Documents, {it}"));
    let row = documents.iter().find_map(|it| window.query_by_label(it)).unwrap().rect();
    assert!(row.width() > 140.0, "{row:?}");
    let outage = ["described", "open"].map(|it| format!("Go to Outages, {it}"));
    let other = outage.iter().find_map(|it| window.query_by_label(it)).map(|it| it.rect());
    assert!(other.is_none_or(|it| (it.right() - row.right()).abs() < 0.5), "all rows are as wide");
}

#[test]
fn the_scope_holds_in_every_room() {
    for (width, height, theme) in
        [(1440.0, 900.0, Theme::Dark), (1024.0, 768.0, Theme::Light), (480.0, 700.0, Theme::Light)]
    {
        let mut window = window_of(vec2(width, height), theme, 1.0, true);
        scope(&mut window);
        assert_no_id_stands_twice(&window, &format!("{width}x{height}"));
        if width < 600.0 {
            let parts = format!("Parts: {} of 14", scoping::parts(project(&window)).iter().filter(|it| it.1).count());
            click(&mut window, &parts);
            assert_no_id_stands_twice(&window, "the list of parts");
            go_to_part(&mut window, "Documents");
            assert!(shows(&window, "Documents reviewed"));
        }
        assert!(!session(&window).is_dirty());
    }
}

#[test]
fn tab_goes_from_cell_to_cell_and_begins_a_new_row_after_the_last() {
    let mut window = fresh();
    go_to_part(&mut window, "People");
    for text in ["Operator", "Works", "", "Knows the pumps", "Planner", "Office"] {
        type_text(&mut window, text);
        key(&mut window, Key::Tab);
    }
    let people = project(&window).scope.people.clone();
    let told: Vec<_> = people.iter().map(|it| [&it.role, &it.organisation, &it.name, &it.notes]).collect();
    assert_eq!(told, [["Operator", "Works", "", "Knows the pumps"], ["Planner", "Office", "", ""]]);
    // and back over the end of the row
    for _ in 0..3 {
        press(&mut window, Modifiers::SHIFT, Key::Tab);
    }
    type_text(&mut window, " well");
    assert_eq!(project(&window).scope.people[0].notes, "Knows the pumps well");
    // what is done with a row is reached by key
    press(&mut window, Modifiers::SHIFT, Key::F10);
    assert!(shows(&window, "Move down"));
    key(&mut window, Key::Enter);
    assert_eq!(roles(&window), ["Planner", "Operator"]);
}

#[test]
fn tab_goes_through_cells_with_a_list_to_choose_from() {
    let mut window = fresh();
    enter(&mut window, "Service, new service");
    for text in ["Water", "Drinking water", "The town"] {
        type_text(&mut window, text);
        key(&mut window, Key::Tab);
    }
    let service = project(&window).scope.services[0].clone();
    assert_eq!((service.regulated_as.as_str(), service.notes.as_str()), ("Drinking water", "The town"));
}
