//! The Risk page without a display: scenarios written, rated by keys and by hand, taken and refused.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Theme, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::model::*;

use super::support::{
    Window, click, drag, find, press, project, session, shows, type_text, water_works, window_of, written,
};

/// The Risk page of the water works.
fn risk_page() -> Window {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num5);
    window
}

/// The Risk page of an empty project.
fn empty_page() -> Window {
    let mut window = window_of(vec2(1440.0, 900.0), Theme::Light, 1.0, false);
    press(&mut window, Modifiers::COMMAND, Key::N);
    press(&mut window, Modifiers::ALT, Key::Num5);
    window
}

fn node<'a>(window: &'a Window, begins: &str) -> Option<Node<'a>> {
    let is_it = |it: &Node| it.accesskit_node().label().is_some_and(|label| label.starts_with(begins));
    window.query_all_by_role(Role::Button).find(is_it)
}

fn cell(window: &Window, name: &str) -> Pos2 {
    let begins = format!("Cell {name}:");
    let is_it = |it: &Node| it.accesskit_node().label().is_some_and(|label| label.starts_with(&begins));
    window.query_all_by_role(Role::Group).find(is_it).expect("the matrix has this cell").rect().center()
}

/// The scenario with this tag.
fn risk(window: &Window, tag: &str) -> Risk {
    project(window).risks.values().find(|it| it.tag == tag).expect("there is such a scenario").clone()
}

fn first_tag(window: &Window) -> String {
    project(window).risks.values().map(|it| it.tag.clone()).min().expect("the water works has scenarios")
}

/// Chooses a scenario in the register.
fn choose(window: &mut Window, tag: &str) {
    let at = node(window, &format!("Scenario {tag} ")).expect("the scenario has a row").rect().left_center();
    super::support::click_at(window, at + vec2(8.0, 0.0));
}

fn rating(number: u8) -> Option<Rating> {
    Rating::new(number)
}

#[test]
fn the_first_scenario_is_written_at_once() {
    let mut window = empty_page();
    assert!(shows(&window, "No scenario yet"));
    click(&mut window, "Write the first scenario");
    window.run();
    assert_eq!(project(&window).risks.len(), 1);
    assert!(shows(&window, "Scenario R-01"), "the inspector shows it: {:?}", written(&window));
    // the keys are in its title
    type_text(&mut window, "The pumps stop");
    assert_eq!(risk(&window, "R-01").title, "The pumps stop");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(risk(&window, "R-01").title, "");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(project(&window).risks.is_empty());
}

#[test]
fn scenarios_are_found_added_copied_and_deleted_by_key() {
    let mut window = risk_page();
    let count = project(&window).risks.len();
    let tag = first_tag(&window);
    choose(&mut window, &tag);
    press(&mut window, Modifiers::COMMAND, Key::D);
    assert_eq!(project(&window).risks.len(), count + 1);
    let copy = format!("{} (copy)", risk(&window, &tag).title);
    assert!(project(&window).risks.values().any(|it| it.title == copy));
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(project(&window).risks.len(), count, "the copy was selected");
    press(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(project(&window).risks.len(), count + 1);
    find(&mut window, "New risk scenario");
    assert_eq!(project(&window).risks.len(), count + 2);
}

#[test]
fn arrows_walk_the_register_and_shift_selects_more() {
    let mut window = risk_page();
    let tag = first_tag(&window);
    choose(&mut window, &tag);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert!(shows(&window, "2 of") && shows(&window, "2 selected"), "{:?}", written(&window));
    press(&mut window, Modifiers::COMMAND, Key::A);
    let all = project(&window).risks.len();
    assert!(shows(&window, &format!("{all} selected")));
    assert!(!session(&window).is_dirty(), "selecting changes nothing");
}

#[test]
fn arrows_move_a_scenario_on_the_matrix_as_one_step() {
    let mut window = risk_page();
    let tag = first_tag(&window);
    choose(&mut window, &tag);
    let before = project(&window).clone();
    let first = risk(&window, &tag);
    find(&mut window, "Risk matrix");
    press(&mut window, Modifiers::NONE, Key::Num2);
    let (key, by) = if first.current > rating(2) { (Key::ArrowDown, -1) } else { (Key::ArrowUp, 1) };
    press(&mut window, Modifiers::NONE, key);
    press(&mut window, Modifiers::NONE, key);
    let moved = i16::from(first.current.unwrap().number()) + 2 * by;
    assert_eq!(risk(&window, &tag).current.map(|it| i16::from(it.number())), Some(moved));
    assert!(shows(&window, &format!("{tag} today, likelihood")), "{:?}", written(&window));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before, "both presses are one step");
}

#[test]
fn the_matrix_says_where_those_without_a_likelihood_are() {
    let mut window = risk_page();
    let is_initial = |it: &&Risk| it.stage == AssessmentStage::Initial;
    let initial = project(&window).risks.values().filter(is_initial).count();
    find(&mut window, "Risk matrix");
    assert!(initial > 1 && shows(&window, &format!("{initial} initial scenarios")), "{:?}", written(&window));
    window.get_by_role_and_label(Role::Link, "show those").click();
    window.run();
    assert!(!shows(&window, "show those") && !session(&window).is_dirty());
}

#[test]
fn a_scenario_is_dragged_to_another_cell_and_off_the_matrix() {
    let mut window = empty_page();
    press(&mut window, Modifiers::NONE, Key::N);
    press(&mut window, Modifiers::NONE, Key::Escape);
    find(&mut window, "Risk matrix");
    let from = node(&window, "Scenario R-01 not rated").expect("it lies beside").rect().center();
    let to = cell(&window, "Severe, Possible");
    drag(&mut window, from, to);
    // with nothing rated it is asked what is so bad
    assert!(shows(&window, "what is severe about it?"), "{:?}", written(&window));
    click(&mut window, "Safety");
    let placed = risk(&window, "R-01");
    assert_eq!((placed.consequences.safety, placed.unmitigated), (rating(4), rating(3)));
    let from = node(&window, "Scenario R-01 Severe, Possible: high").expect("it is there").rect().center();
    let to = cell(&window, "Minor, Remote");
    drag(&mut window, from, to);
    let placed = risk(&window, "R-01");
    assert_eq!((placed.consequences.worst(), placed.unmitigated), (rating(2), rating(1)));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(risk(&window, "R-01").unmitigated, rating(3), "a drag is one step");
    press(&mut window, Modifiers::NONE, Key::Backspace);
    assert_eq!(risk(&window, "R-01").unmitigated, None);
}

#[test]
fn a_scenario_that_nobody_chose_is_dropped_on_the_cell_below_the_hand() {
    let mut window = risk_page();
    find(&mut window, "Risk matrix");
    let tag = first_tag(&window);
    let piece = node(&window, &format!("Scenario {tag} ")).expect("it is on the matrix");
    let (from, label) = (piece.rect().center(), piece.accesskit_node().label().unwrap_or_default());
    let place = label.trim_start_matches(&format!("Scenario {tag} ")).split(':').next().unwrap();
    let (bad, likely) = place.split_once(", ").expect("it is rated");
    let words = project(&window).settings.matrix.likelihood.clone();
    let to = words.iter().position(|it| it != likely).unwrap();
    let at = cell(&window, &format!("{bad}, {}", words[to]));
    let before = risk(&window, &tag);
    drag(&mut window, from, at);
    let after = risk(&window, &tag);
    assert_ne!(before.unmitigated, after.unmitigated);
    assert_eq!(after.unmitigated, rating(to as u8 + 1), "{label}");
    assert!(shows(&window, &after.title), "it is looked at once it was let go");
}

#[test]
fn a_cell_of_the_matrix_is_changed_by_click_and_by_key() {
    let mut window = risk_page();
    find(&mut window, "Scales and levels");
    let before = project(&window).settings.matrix.clone();
    let at = node(&window, "Level of ").expect("cells can be pressed").rect().center();
    super::support::click_at(&mut window, at);
    assert_ne!(project(&window).settings.matrix.levels, before.levels);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    press(&mut window, Modifiers::NONE, Key::Num4);
    let critical =
        |matrix: &RiskMatrix| matrix.levels.iter().flatten().filter(|it| **it == RiskLevel::Critical).count();
    assert!(critical(&project(&window).settings.matrix) > critical(&before));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).settings.matrix, before);
}

#[test]
fn estimates_are_hidden_until_all_are_shown_and_agreed_on() {
    let mut window = empty_page();
    press(&mut window, Modifiers::NONE, Key::N);
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.get_by_label_contains("Estimates of several people").scroll_to_me();
    window.run();
    window.get_by_label_contains("Estimates of several people").click();
    window.run();
    for (bad, likely) in [("Serious", "Likely"), ("Catastrophic", "Likely")] {
        window.get_by_role_and_label(Role::Button, "Add estimate").scroll_to_me();
        window.run();
        click(&mut window, "Add estimate");
        click(&mut window, &format!("How bad: {bad}"));
        click(&mut window, &format!("How likely: {likely}"));
        click(&mut window, "Done");
    }
    assert!(!shows(&window, "Catastrophic, Likely"), "nobody is swayed");
    click(&mut window, "Show all estimates");
    assert!(shows(&window, "2 steps apart") && shows(&window, "all agree"), "{:?}", written(&window));
    click(&mut window, "Agree on Catastrophic, Likely");
    let agreed = risk(&window, "R-01");
    assert_eq!((agreed.consequences.worst(), agreed.unmitigated), (rating(5), rating(4)));
    assert_eq!(agreed.estimates.len(), 2);
}

#[test]
fn proposals_are_taken_and_refused_by_key() {
    let mut window = risk_page();
    find(&mut window, "Proposed scenarios");
    let before = project(&window).clone();
    let first_open = |window: &Window| {
        let session = session(window);
        session.analysis().proposals(session.catalogue()).open.first().expect("something is proposed").clone()
    };
    let first = first_open(&window);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&window).risks.len(), before.risks.len() + 1);
    let taken =
        project(&window).risks.values().find(|it| it.template == first.scenario.id && it.targets == first.targets);
    assert!(taken.is_some(), "the first was taken");
    let second = first_open(&window);
    press(&mut window, Modifiers::NONE, Key::R);
    assert!(shows(&window, "Refuse this proposal"), "{:?}", written(&window));
    type_text(&mut window, "Not reachable");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!shows(&window, "Refuse this proposal") && project(&window).refused == before.refused);
    press(&mut window, Modifiers::NONE, Key::R);
    press(&mut window, Modifiers::NONE, Key::End);
    type_text(&mut window, " from there");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(
        project(&window).refused.get(&second.key).map(|it| it.reason.as_str()),
        Some("Not reachable from there")
    );
    let again = format!("Propose {} again", second.scenario.title);
    window.get_by_role_and_label(Role::Button, &again).scroll_to_me();
    window.run();
    click(&mut window, &again);
    assert_eq!(project(&window).refused, before.refused);
    for _ in 0..3 {
        press(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(*project(&window), before);
}

#[test]
fn any_scenario_of_the_library_is_taken_for_what_is_selected() {
    let mut window = water_works();
    let (zone, tag) =
        project(&window).zones.iter().map(|(id, it)| (id, it.tag.clone())).min_by_key(|it| it.1.clone()).unwrap();
    find(&mut window, &tag);
    find(&mut window, "Proposed scenarios");
    let count = project(&window).risks.len();
    let library = format!("Browse the library {}", session(&window).catalogue().scenarios().len());
    window.get_by_label(&library).click();
    window.run();
    let title = session(&window).catalogue().scenarios()[0].title.clone();
    click(&mut window, &format!("Take {title}"));
    assert_eq!(project(&window).risks.len(), count + 1);
    assert!(project(&window).risks.values().any(|it| it.title == title && it.targets.contains(&zone.into())));
}

#[test]
fn another_size_of_the_matrix_says_first_what_it_changes() {
    let mut window = risk_page();
    find(&mut window, "Scales and levels");
    let before = project(&window).clone();
    let button = "Consequence in 4 steps";
    window.get_by_role_and_label(Role::Button, button).scroll_to_me();
    window.run();
    click(&mut window, button);
    assert!(shows(&window, "A matrix of 4 by 5") && shows(&window, "another level"), "{:?}", written(&window));
    assert!(shows(&window, "consequence 3 → 4 of 5, SL-T proposed"), "zones move too: {:?}", written(&window));
    assert_eq!(*project(&window), before, "nothing is changed yet");
    click(&mut window, "Change the matrix");
    assert_eq!(project(&window).settings.matrix.consequence.len(), 4);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before, "one step, with the ratings");
}

#[test]
fn an_initial_scenario_is_looked_at_in_detail() {
    let mut window = empty_page();
    press(&mut window, Modifiers::NONE, Key::N);
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.get_by_label("Initial 0").click();
    window.run();
    press(&mut window, Modifiers::NONE, Key::N);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(risk(&window, "R-02").stage, AssessmentStage::Initial);
    let button = window.query_all_by_label("Look at in detail").next().expect("it can be looked at").rect().center();
    super::support::click_at(&mut window, button);
    let detailed = risk(&window, "R-03");
    let first = project(&window).risks.iter().find(|(_, it)| it.tag == "R-02").map(|it| it.0);
    assert_eq!((detailed.stage, detailed.details), (AssessmentStage::Detailed, first));
}

#[test]
fn the_page_holds_in_small_windows_and_every_look() {
    for (width, height) in [(1024.0, 768.0), (480.0, 640.0)] {
        for theme in [Theme::Light, Theme::Dark] {
            let mut window = window_of(vec2(width, height), theme, 1.0, true);
            press(&mut window, Modifiers::ALT, Key::Num5);
            for tab in ["Risk register", "Risk matrix", "Proposed scenarios", "Scales and levels"] {
                find(&mut window, tab);
                super::support::assert_no_id_stands_twice(&window, &format!("{tab} at {width}x{height}"));
                assert!(window.output().shapes.len() > 20, "{tab} at {width}x{height}: something is drawn");
            }
        }
    }
}

/// The scenario that has the keys on the matrix.
fn with_keys(window: &Window) -> String {
    let nodes = window.query_all_by_role(Role::Button).filter(|it| it.accesskit_node().is_focused());
    nodes.filter_map(|it| it.accesskit_node().label()).collect()
}

#[test]
fn tab_goes_through_all_scenarios_of_the_matrix_and_begins_anew() {
    let mut window = empty_page();
    for _ in 0..3 {
        find(&mut window, "New risk scenario");
    }
    find(&mut window, "Risk matrix");
    press(&mut window, Modifiers::NONE, Key::Escape);
    let left = |window: &Window, tag: &str| node(window, &format!("Scenario {tag} ")).expect("it is there").rect().min;
    let order = |window: &Window| {
        let mut tags = ["R-01", "R-02", "R-03"].map(|tag| (left(window, tag), tag));
        tags.sort_by(|one, next| (one.0.y, one.0.x).partial_cmp(&(next.0.y, next.0.x)).expect("places"));
        tags.map(|it| it.1)
    };
    let mut visited = Vec::new();
    for _ in 0..5 {
        press(&mut window, Modifiers::NONE, Key::Tab);
        visited.push(with_keys(&window).chars().skip(9).take(4).collect::<String>());
        assert_eq!(order(&window), ["R-01", "R-02", "R-03"], "those that are not rated keep their order");
    }
    let again = visited.iter().position(|it| it == "R-01").expect("the first one is gone to");
    let expected: Vec<_> = ["R-01", "R-02", "R-03"].iter().cycle().take(5 - again).copied().collect();
    assert_eq!(visited[again..], expected, "{visited:?}");
    while with_keys(&window) != "Scenario R-03 not rated" {
        press(&mut window, Modifiers::NONE, Key::Tab);
    }
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(with_keys(&window), "Scenario R-02 not rated");
}
