//! The diagram's workspace without a display: outline, views, notes and finding, by keys, pointer and labels.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use zonewright::model::*;
use zonewright::ui::App;

use super::support::{
    Window, click, click_at, find, press, project, session, shows, start, type_text, wait_for_project,
};

/// The water works in the diagram with the outline beside it.
fn workspace(size: Vec2, zoom: f32) -> Window {
    let builder =
        Harness::builder().with_size(size / zoom).with_theme(Theme::Light).with_max_steps(40).with_step_dt(0.1);
    let mut window = builder.build_eframe(move |creation| {
        creation.egui_ctx.set_zoom_factor(zoom);
        App::new(&creation.egui_ctx, start(true))
    });
    wait_for_project(&mut window);
    press(&mut window, Modifiers::ALT, Key::Num4);
    if window.query_by_role(Role::Tree).is_none() {
        press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    }
    window
}

fn water_works() -> Window {
    workspace(vec2(1440.0, 900.0), 1.0)
}

/// A row of the outline by the beginning of what it says.
fn row<'a>(window: &'a Window, begins: &str) -> Option<Node<'a>> {
    let is_it = |it: &Node| it.accesskit_node().label().is_some_and(|label| label.starts_with(begins));
    window.query_all_by_role(Role::TreeItem).find(is_it)
}

fn row_of<'a>(window: &'a Window, zone: &Zone) -> Node<'a> {
    row(window, &format!("zone {} ", zone.tag)).expect("the zone has a row")
}

fn is_selected(window: &Window, begins: &str) -> bool {
    let toggled = row(window, begins).and_then(|it| it.accesskit_node().toggled());
    toggled == Some(egui::accesskit::Toggled::True)
}

fn click_row(window: &mut Window, begins: &str) {
    let at = row(window, begins).expect("there is such a row").rect().center();
    click_at(window, at);
}

/// The first two zones of the top level whose rows are seen.
fn two_zones(window: &Window) -> [(ZoneId, Zone); 2] {
    let zones = project(window).zones.iter().filter(|(_, it)| it.parent.is_none()).map(|(id, it)| (id, it.clone()));
    let top = |zone: &Zone| row(window, &format!("zone {} ", zone.tag)).map(|it| it.rect().top());
    let mut seen: Vec<_> = zones.filter_map(|(id, zone)| Some((top(&zone)?, id, zone))).collect();
    seen.sort_by(|one, next| one.0.total_cmp(&next.0));
    let two: Vec<_> = seen.into_iter().take(2).map(|(_, id, zone)| (id, zone)).collect();
    two.try_into().expect("two zones are seen")
}

#[test]
fn what_is_selected_in_the_outline_is_selected_everywhere_and_back() {
    let mut window = water_works();
    let [(_, first), (_, second)] = two_zones(&window);
    click_row(&mut window, &format!("zone {} ", first.tag));
    assert!(is_selected(&window, &format!("zone {} ", first.tag)));
    let in_diagram = format!("Zone {} {}", first.tag, first.name);
    let drawn = window.get_by_role_and_label(Role::Group, &in_diagram);
    assert_eq!(drawn.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    // Tab on the canvas goes to the next, and the outline follows
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!is_selected(&window, &format!("zone {} ", first.tag)));
    click_row(&mut window, &format!("zone {} ", first.tag));
    let [first_at, second_at] = [&first, &second].map(|it| row_of(&window, it).rect().center());
    let _ = first_at;
    window.event(egui::Event::PointerMoved(second_at));
    window.event_modifiers(
        egui::Event::PointerButton {
            pos: second_at,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::COMMAND,
        },
        Modifiers::COMMAND,
    );
    window.event_modifiers(
        egui::Event::PointerButton {
            pos: second_at,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::COMMAND,
        },
        Modifiers::COMMAND,
    );
    window.run();
    assert!(
        is_selected(&window, &format!("zone {} ", first.tag)) && is_selected(&window, &format!("zone {} ", second.tag))
    );
    assert!(!session(&window).is_dirty(), "selecting changes nothing");
}

#[test]
fn a_zone_is_dragged_into_another_and_taken_back() {
    let mut window = water_works();
    let before = project(&window).clone();
    let [(first, zone), (second, into)] = two_zones(&window);
    let (from, to) = (row_of(&window, &zone).rect().center(), row_of(&window, &into).rect().center());
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    window.run();
    window.hover_at(from + (to - from) * 0.5);
    window.run();
    window.hover_at(to);
    window.run();
    window.drop_at(to);
    window.run();
    let nested = project(&window).zones.get(first).unwrap();
    let outer = project(&window).zones.get(second).unwrap();
    assert_eq!(nested.parent, Some(second));
    assert!(outer.frame.encloses(&nested.frame), "it is drawn where it lies");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn arrows_walk_the_outline_and_a_name_is_typed_in_place() {
    let mut window = water_works();
    let [(first, zone), (_, next)] = two_zones(&window);
    click_row(&mut window, &format!("zone {} ", zone.tag));
    // past the heading of the next site
    for (key, selected) in [(Key::ArrowDown, &next), (Key::ArrowUp, &zone)] {
        press(&mut window, Modifiers::NONE, key);
        press(&mut window, Modifiers::NONE, key);
        assert!(is_selected(&window, &format!("zone {} ", selected.tag)), "{key:?}");
    }
    press(&mut window, Modifiers::NONE, Key::F2);
    type_text(&mut window, "Pump house");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&window).zones.get(first).unwrap().name, "Pump house");
    press(&mut window, Modifiers::NONE, Key::F2);
    type_text(&mut window, "Nothing of this");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(project(&window).zones.get(first).unwrap().name, "Pump house");
}

#[test]
fn what_is_typed_in_the_outline_filters_it() {
    let mut window = water_works();
    let [(_, zone), _] = two_zones(&window);
    click_row(&mut window, &format!("zone {} ", zone.tag));
    type_text(&mut window, "no such thing");
    assert!(window.query_all_by_role(Role::TreeItem).next().is_none());
    assert!(shows(&window, "Nothing answers to these words"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(row(&window, &format!("zone {} ", zone.tag)).is_some());
}

#[test]
fn a_view_from_a_preset_hides_and_is_taken_back() {
    let mut window = water_works();
    let zones = window.query_all_by_role(Role::Group).count();
    click(&mut window, "View Whole plant");
    click(&mut window, "Remote access");
    assert_eq!(project(&window).views.len(), 1);
    assert!(shows(&window, "Remote access"));
    assert!(window.query_all_by_role(Role::Group).count() < zones, "some zones are hidden");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).views.len(), 0);
    assert_eq!(window.query_all_by_role(Role::Group).count(), zones, "the whole plant again");
}

#[test]
fn a_layer_is_hidden_on_this_screen_alone_and_in_a_view_for_good() {
    let mut window = water_works();
    let tick = |window: &mut Window| {
        click(window, "Layers");
        window.get_by_role_and_label(Role::CheckBox, "Assets").click();
        window.run();
        press(window, Modifiers::NONE, Key::Escape);
    };
    tick(&mut window);
    assert!(!session(&window).is_dirty(), "the whole plant is as this screen shows it");
    tick(&mut window);
    click(&mut window, "View Whole plant");
    click(&mut window, "Safety");
    tick(&mut window);
    let view = project(&window).views.values().next().unwrap();
    assert!(view.hidden_layers.contains(&Layer::Assets));
}

#[test]
fn a_note_is_written_in_place_and_an_empty_one_is_none() {
    let mut window = water_works();
    let at = window.get_by_role_and_label(Role::Canvas, "Diagram of zones and conduits").rect().left_bottom()
        + vec2(30.0, -40.0);
    click_at(&mut window, at);
    press(&mut window, Modifiers::NONE, Key::Escape);
    let write = |window: &mut Window, text: &str, end: (Modifiers, Key)| {
        press(window, Modifiers::NONE, Key::T);
        click_at(window, at);
        type_text(window, text);
        press(window, end.0, end.1);
    };
    write(&mut window, "Shutdown in week 14", (Modifiers::COMMAND, Key::Enter));
    let notes: Vec<&str> = project(&window).notes.values().map(|it| it.text.as_str()).collect();
    assert_eq!(notes, ["Shutdown in week 14"]);
    assert!(shows(&window, "Shutdown in week 14"));
    let before = project(&window).clone();
    write(&mut window, "Esc loses no word", (Modifiers::NONE, Key::Escape));
    assert!(project(&window).notes.values().any(|it| it.text == "Esc loses no word"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
    write(&mut window, "  ", (Modifiers::COMMAND, Key::Enter));
    assert_eq!(*project(&window), before);
}

#[test]
fn the_bar_that_finds_counts_and_goes_from_one_to_the_next() {
    let mut window = water_works();
    let plcs = project(&window).assets.values().filter(|it| it.tag.contains("PLC")).count();
    assert!(plcs > 1, "the plant has several");
    press(&mut window, Modifiers::COMMAND, Key::F);
    type_text(&mut window, "PLC");
    assert!(shows(&window, "found"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(shows(&window, "1 of "));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(shows(&window, "2 of "));
    press(&mut window, Modifiers::SHIFT, Key::Enter);
    assert!(shows(&window, "1 of "));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!shows(&window, "1 of "));
    assert!(!session(&window).is_dirty());
}

#[test]
fn the_finder_flies_to_an_asset_and_the_outline_unfolds_for_it() {
    let mut window = water_works();
    let asset = project(&window).assets.values().find(|it| it.zone.is_some()).unwrap().clone();
    let begins = format!("asset {} ", asset.tag);
    assert!(row(&window, &begins).is_none(), "its zone is folded at first");
    press(&mut window, Modifiers::COMMAND, Key::K);
    type_text(&mut window, &asset.tag);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(is_selected(&window, &begins));
}

#[test]
fn the_strip_above_the_canvas_is_one_line_in_every_size() {
    for (size, zoom) in
        [(vec2(1440.0, 900.0), 1.0), (vec2(1024.0, 768.0), 1.0), (vec2(1024.0, 768.0), 1.5), (vec2(1280.0, 800.0), 2.0)]
    {
        let mut window = workspace(size, zoom);
        let select = window.get_by_role_and_label(Role::Button, "Select and move (V)").rect();
        let canvas = window.get_by_role_and_label(Role::Canvas, "Diagram of zones and conduits").rect();
        assert!(canvas.top() - select.top() < 50.0, "{size} at {zoom}: {select} {canvas}");
        assert!(canvas.width() > 60.0, "{size} at {zoom}: {canvas}");
        let is_overflowing = window.query_by_role_and_label(Role::Button, "More").is_some();
        if is_overflowing {
            click(&mut window, "More");
            press(&mut window, Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn layers_and_colours_are_chosen_by_their_names() {
    let mut window = water_works();
    find(&mut window, "New view: Network");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let view = |window: &Window| project(window).views.values().next().cloned().unwrap();
    let before = view(&window);
    find(&mut window, "layer: purdue");
    assert_ne!(view(&window).hidden_layers.contains(&Layer::Bands), before.hidden_layers.contains(&Layer::Bands));
    find(&mut window, "overlay exposure");
    assert_eq!(view(&window).overlay, Overlay::Exposure);
    find(&mut window, "colours tell of FR 3");
    assert_eq!(view(&window).fr, Some(Fr::Si));
}
