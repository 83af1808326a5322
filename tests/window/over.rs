//! What lies over the page: how high it is, what Esc leaves of it, and what several have in common.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::ui::App;

use super::support::{
    Window, click, click_at, find, press, project, session, shows, start, type_text, wait_until, water_works,
};

const CTRL: Modifiers = Modifiers::COMMAND;

fn diagram() -> Window {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num4);
    window
}

/// How high the card of findings is.
fn card(window: &Window) -> f32 {
    window.get_by_role_and_label(Role::Pane, "Findings").rect().height()
}

/// Selects a zone by its tag.
fn select(window: &mut Window, tag: &str, modifiers: Modifiers) {
    let zone = project(window).zones.values().find(|it| it.tag == tag).expect("there is such a zone").clone();
    let label = format!("Zone {} {}", zone.tag, zone.name);
    let title = window.get_by_role_and_label(Role::Group, &label).rect();
    window.hover_at(title.left_top() + vec2(12.0, 6.0));
    let at = title.left_top() + vec2(12.0, 6.0);
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        window.event_modifiers(egui::Event::PointerButton { pos: at, button, pressed, modifiers }, modifiers);
    }
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn selected(window: &Window) -> Vec<String> {
    let marked = |it: &egui_kittest::Node| it.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
    let zones = window.query_all_by_role(Role::Group).filter(marked);
    zones.filter_map(|it| it.accesskit_node().label()).filter(|it| it.starts_with("Zone ")).collect()
}

#[test]
fn the_card_of_findings_is_as_high_as_what_it_explains_however_little_it_said_before() {
    let mut window = diagram();
    press(&mut window, Modifiers::NONE, Key::F8);
    let first = card(&window);
    assert!(first > 220.0, "reason, advice and fix are seen: {first}");
    // folded, it is low
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(card(&window) < first - 60.0);
    // unfolded it is the same finding, then the next three
    for _ in 0..4 {
        press(&mut window, Modifiers::NONE, Key::F8);
        assert!(card(&window) > 220.0, "{}", card(&window));
    }
    for _ in 0..3 {
        press(&mut window, Modifiers::SHIFT, Key::F8);
    }
    assert_eq!(card(&window), first, "the same finding takes the same room");
}

#[test]
fn the_card_goes_once_its_finding_is_mended_and_the_next_is_whole() {
    let mut window = diagram();
    press(&mut window, Modifiers::NONE, Key::F8);
    let before = session(&window).revision();
    let is_fix = |label: &String| ["Move ", "Put ", "Set "].iter().any(|word| label.starts_with(word));
    let fix = window.query_all_by_role(Role::Button).filter_map(|it| it.accesskit_node().label()).find(is_fix);
    click(&mut window, &fix.expect("the first finding of the sample can be mended"));
    assert!(session(&window).revision() > before);
    assert!(window.query_by_role_and_label(Role::Pane, "Findings").is_none(), "what mended it is in sight");
    press(&mut window, Modifiers::NONE, Key::F8);
    assert!(card(&window) > 220.0);
}

/// How many rows of the finder are seen whole.
fn rows(window: &Window) -> usize {
    let field = window.get_by_role_and_label(Role::TextInput, "Find anything").rect();
    let is_row = |it: &egui_kittest::Node| {
        let rect = it.rect();
        rect.top() > field.bottom() && rect.width() > field.width() - 40.0 && rect.bottom() < field.bottom() + 390.0
    };
    window.query_all_by_role(Role::Button).filter(is_row).count()
}

#[test]
fn the_finder_shows_as_many_rows_as_it_has_room_for_however_few_it_had_before() {
    let mut window = diagram();
    press(&mut window, CTRL, Key::K);
    let first = rows(&window);
    assert!(first >= 10, "{first}");
    type_text(&mut window, "qqqq");
    assert!(shows(&window, "Nothing"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::K);
    assert_eq!(rows(&window), first);
    for _ in 0..25 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "z-");
    assert!(rows(&window) >= 10, "{}", rows(&window));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window).len(), 1, "the list begins at its beginning");
}

#[test]
fn esc_closes_a_list_of_choices_and_leaves_what_is_selected() {
    let mut window = diagram();
    select(&mut window, "Z-DMZ", Modifiers::NONE);
    assert_eq!(selected(&window).len(), 1);
    let choices = |window: &Window| window.query_all_by_role(Role::ComboBox).next().map(|it| it.rect().center());
    window.query_all_by_role(Role::ComboBox).next().expect("a list of choices").scroll_to_me();
    window.run();
    let at = choices(&window).expect("a list of choices");
    click_at(&mut window, at);
    assert!(egui::Popup::is_any_open(&window.ctx));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!egui::Popup::is_any_open(&window.ctx));
    assert_eq!(selected(&window).len(), 1);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&window).len(), 0);
}

#[test]
fn esc_closes_the_search_and_leaves_what_was_found_selected() {
    let mut window = diagram();
    press(&mut window, CTRL, Key::F);
    type_text(&mut window, "Dose protection");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let found = selected(&window);
    assert_eq!(found.len(), 1, "{found:?}");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::TextInput, "Find in the diagram").is_none());
    assert_eq!(selected(&window), found, "not the zone around it");
}

#[test]
fn esc_in_the_same_frame_as_another_chord_closes_the_card_and_not_the_selection() {
    let mut window = diagram();
    press(&mut window, Modifiers::NONE, Key::F8);
    let shown = selected(&window);
    window.key_press(Key::Escape);
    window.event(egui::Event::ModifiersChanged(CTRL));
    window.run();
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    assert!(window.query_by_role_and_label(Role::Pane, "Findings").is_none());
    assert_eq!(selected(&window), shown);
}

#[test]
fn undoing_a_layout_names_it_and_selects_nothing_else() {
    let mut window = diagram();
    select(&mut window, "Z-DMZ", Modifiers::NONE);
    let before = selected(&window);
    for lays in ["first", "again"] {
        if lays == "again" {
            press(&mut window, Modifiers::NONE, Key::Escape);
        }
        find(&mut window, "Lay out everything");
        wait_until(&mut window, "the layout", |window| shows(window, "Take back") || shows(window, "Nothing would"));
        press(&mut window, Modifiers::NONE, Key::Enter);
        let label = session(&window).undo_label().expect("it is one step").to_owned();
        assert!(label.starts_with("lay out "), "{label}");
        press(&mut window, CTRL, Key::Z);
        let expected = if lays == "first" { before.clone() } else { Vec::new() };
        assert_eq!(selected(&window), expected);
    }
}

#[test]
fn where_several_differ_the_inspector_says_so_and_sets_all() {
    let mut window = diagram();
    select(&mut window, "Z-DMZ", Modifiers::NONE);
    select(&mut window, "Z-ENT", Modifiers::SHIFT);
    assert!(shows(&window, "2 selected"), "{:?}", selected(&window));
    let [one, other] = ["Z-DMZ", "Z-ENT"].map(|tag| project(&window).zones.values().find(|it| it.tag == tag).unwrap());
    let differ = [one.purdue != other.purdue, one.trust != other.trust, one.consequence != other.consequence];
    let differ = differ.into_iter().filter(|it| *it).count() + usize::from(one.boundary != other.boundary);
    let various = window.query_all_by_role(Role::ComboBox).filter_map(|it| it.accesskit_node().value());
    assert_eq!(various.filter(|it| it == "various").count(), differ, "level, trust and whatever else differs");
    let owner = |window: &Window| {
        let zones = project(window).zones.values().filter(|it| ["Z-DMZ", "Z-ENT"].contains(&it.tag.as_str()));
        zones.map(|it| it.owner.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(owner(&window).len(), 2);
    assert!(shows(&window, "various"));
    let field = |it: &egui_kittest::Node| {
        it.accesskit_node().labelled_by().any(|label| label.value().as_deref() == Some("Owner"))
    };
    let owners = window.query_all_by_role(Role::TextInput).find(field).expect("there is a field");
    assert_eq!(owners.accesskit_node().value().unwrap_or_default(), "", "no one's owner is shown as all's");
    owners.focus();
    window.run();
    type_text(&mut window, "Control room lead");
    assert_eq!(owner(&window), ["Control room lead".to_owned()].into());
    press(&mut window, CTRL, Key::Z);
    assert_eq!(owner(&window).len(), 2, "one step");
}

#[test]
fn help_is_grouped_and_names_keys_as_they_are_on_the_keyboard() {
    let mut window = diagram();
    press(&mut window, Modifiers::NONE, Key::F1);
    for heading in ["Pointer", "Draw", "Edit", "Select", "Arrange", "See", "Everywhere"] {
        assert!(window.query_all_by_label(heading).next().is_some(), "{heading}");
    }
    assert!(!shows(&window, "Curly") && !shows(&window, "Bracket"));
    assert!(shows(&window, "Ctrl+Shift+],"));
}

#[test]
fn the_name_of_a_new_view_is_typed_over() {
    let mut window = diagram();
    click(&mut window, "View Whole plant");
    click(&mut window, "From what is shown now");
    type_text(&mut window, "Management");
    let names: Vec<_> = project(&window).views.values().map(|it| it.name.clone()).collect();
    assert_eq!(names, ["Management"]);
}

#[test]
fn a_format_is_chosen_by_its_name_and_a_name_is_typed_over() {
    let mut window = diagram();
    find(&mut window, "Export diagram");
    assert!(shows(&window, "GraphML (yEd)"));
    type_text(&mut window, "works");
    window.get_by_role_and_label(Role::Button, "draw.io").click();
    window.run();
    let field = window.query_all_by_role(Role::TextInput).filter_map(|it| it.accesskit_node().value());
    assert!(field.into_iter().any(|it| it == "works.drawio"), "the ending follows the format");
}

#[test]
fn a_sample_and_an_overlay_are_found_by_these_words() {
    let mut window = diagram();
    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "overlay");
    assert!(shows(&window, "Overlay: colours tell"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, CTRL, Key::K);
    type_text(&mut window, "sample");
    assert!(shows(&window, "Open a sample"));
}

#[test]
fn esc_in_the_outline_closes_the_card_first() {
    let mut window = diagram();
    press(&mut window, Modifiers::NONE, Key::F8);
    press(&mut window, CTRL.plus(Modifiers::SHIFT), Key::O);
    window.get_by_role(Role::Tree).focus();
    window.run();
    let shown = selected(&window);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::Pane, "Findings").is_none());
    assert_eq!(selected(&window), shown);
}

#[test]
fn a_file_is_opened_by_a_double_click_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let text = zonewright::store::to_text(project(&diagram())).unwrap();
    std::fs::write(folder.path().join("works.zonewright"), text).unwrap();
    let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_max_steps(80).with_step_dt(0.02);
    let mut window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start(false)));
    press(&mut window, CTRL, Key::O);
    type_text(&mut window, &folder.path().display().to_string());
    press(&mut window, Modifiers::NONE, Key::Enter);
    let row = window.get_by_label("works.zonewright").rect().center();
    click_at(&mut window, row);
    assert!(window.state().session().is_none(), "one click chooses");
    for _ in 0..2 {
        window.hover_at(row);
        window.drag_at(row);
        window.drop_at(row);
        window.step();
    }
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
}
