//! Work on the diagram by real events: pointer, keys and clipboard in a window without a display.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::drawing::route::Routing;
use zonewright::model::*;
use zonewright::ui::App;

use super::support::{Window, click_at, drag, press, project, start, type_text};

/// A window on the diagram of an empty project.
fn empty_diagram() -> Window {
    let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_max_steps(12);
    let mut window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start(false)));
    press(&mut window, Modifiers::COMMAND, Key::N);
    press(&mut window, Modifiers::ALT, Key::Num4);
    window
}

/// The project as it is now, to be compared with later.
fn snapshot(window: &Window) -> Project {
    project(window).clone()
}

fn canvas(window: &Window) -> egui::Rect {
    window.get_by_role(Role::Canvas).rect()
}

/// Holds these keys until the next call.
fn hold(window: &mut Window, modifiers: Modifiers) {
    window.event(Event::ModifiersChanged(modifiers));
    window.step();
}

/// Draws a zone by its corners, from the corner of the canvas.
fn draw_zone(window: &mut Window, name: &str, at: Vec2, size: Vec2) -> ZoneId {
    let before = snapshot(window);
    press(window, Modifiers::NONE, Key::Z);
    let corner = canvas(window).min + at;
    drag(window, corner, corner + size);
    type_text(window, name);
    press(window, Modifiers::NONE, Key::Enter);
    let after = snapshot(window);
    let (id, zone) = after.zones.iter().find(|(id, _)| !before.zones.contains(*id)).expect("a zone was drawn");
    assert_eq!(zone.name, name, "its name was typed in place");
    id
}

/// Two zones side by side, at the scale at which they were drawn.
fn two_zones() -> (Window, ZoneId, ZoneId) {
    let mut window = empty_diagram();
    let one = draw_zone(&mut window, "Control", vec2(100.0, 100.0), vec2(240.0, 160.0));
    let other = draw_zone(&mut window, "Safety", vec2(560.0, 100.0), vec2(240.0, 160.0));
    (window, one, other)
}

/// Where a place of the drawing is on the screen, by where a zone is.
fn on_screen(window: &Window, at: Point) -> Pos2 {
    let project = snapshot(window);
    let zone = project.zones.values().next().unwrap();
    let title = window.get_by_role_and_label(Role::Group, &format!("Zone {} {}", zone.tag, zone.name)).rect();
    let zoom = title.width() / zone.frame.width;
    title.min + vec2(at.x - zone.frame.x, at.y - zone.frame.y) * zoom
}

fn middle(window: &Window, zone: ZoneId) -> Pos2 {
    let frame = snapshot(window).zones.get(zone).unwrap().frame;
    on_screen(window, Point::new(frame.center().x, frame.bottom() - 20.0))
}

fn frame(window: &Window, zone: ZoneId) -> Rect {
    snapshot(window).zones.get(zone).unwrap().frame
}

#[test]
fn a_zone_is_dragged_and_copied_with_alt_each_as_one_step() {
    let (mut window, one, _) = two_zones();
    let start = snapshot(&window);
    let from = middle(&window, one);
    drag(&mut window, from, from + vec2(0.0, 260.0));
    let moved = frame(&window, one);
    assert_eq!(moved.x, start.zones.get(one).unwrap().frame.x, "it snaps to where it was across");
    assert!(moved.y > start.zones.get(one).unwrap().frame.y + 200.0);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(snapshot(&window), start);
    hold(&mut window, Modifiers::ALT);
    drag(&mut window, from, from + vec2(0.0, 260.0));
    hold(&mut window, Modifiers::NONE);
    let copied = snapshot(&window);
    assert_eq!(copied.zones.len(), 3);
    assert_eq!(copied.zones.get(one), start.zones.get(one), "the original stays");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(snapshot(&window), start);
}

#[test]
fn esc_takes_a_drag_back() {
    let (mut window, one, _) = two_zones();
    let start = snapshot(&window);
    let from = middle(&window, one);
    window.hover_at(from);
    window.drag_at(from);
    for step in 1..5 {
        window.hover_at(from + vec2(0.0, 40.0 * step as f32));
        window.step();
    }
    assert_ne!(frame(&window, one), start.zones.get(one).unwrap().frame, "it is shown where it would lie");
    window.key_press(Key::Escape);
    window.step();
    window.drop_at(from + vec2(0.0, 200.0));
    window.run();
    assert_eq!(snapshot(&window), start);
}

#[test]
fn a_conduit_is_pulled_from_a_port_and_joined_elsewhere() {
    let (mut window, one, other) = two_zones();
    let third = draw_zone(&mut window, "Office", vec2(560.0, 460.0), vec2(240.0, 160.0));
    let nothing = canvas(&window).right_bottom() - vec2(30.0, 30.0);
    click_at(&mut window, nothing);
    let side = on_screen(&window, Point::new(frame(&window, one).right(), frame(&window, one).center().y));
    let to = middle(&window, other);
    drag(&mut window, side + vec2(11.0, 0.0), to);
    let (id, conduit) = snapshot(&window).conduits.iter().map(|(id, it)| (id, it.clone())).next().expect("a conduit");
    assert_eq!(conduit.ends(), Some((one, other)));
    let end = |window: &Window| {
        let route = Routing::of(&snapshot(window), |_| 60.0).routes()[&id].clone();
        on_screen(window, *route.points.last().unwrap())
    };
    // it is selected: its end goes to another zone, and on nothing it goes back
    let from = end(&window);
    let to = middle(&window, third);
    drag(&mut window, from, to);
    assert_eq!(snapshot(&window).conduits.get(id).unwrap().ends(), Some((one, third)));
    let joined = snapshot(&window);
    let from = end(&window);
    let nowhere = canvas(&window).left_bottom() + vec2(60.0, -40.0);
    drag(&mut window, from, nowhere);
    assert_eq!(snapshot(&window), joined);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(snapshot(&window).conduits.get(id).unwrap().ends(), Some((one, other)));
}

/// What was put into the clipboard in the last frame.
fn copied(window: &mut Window, event: Event) -> String {
    window.event(event);
    window.step();
    let commands = window.output().platform_output.commands.clone();
    window.run();
    commands
        .into_iter()
        .find_map(|it| if let OutputCommand::CopyText(text) = it { Some(text) } else { None })
        .expect("something was copied")
}

#[test]
fn zones_are_copied_from_one_project_to_another_and_cut() {
    let (mut window, one, _) = two_zones();
    let at = middle(&window, one);
    click_at(&mut window, at);
    let text = copied(&mut window, Event::Copy);
    let mut other = empty_diagram();
    other.event(Event::Paste(text.clone()));
    other.run();
    let names = |window: &Window| {
        let mut names: Vec<String> = snapshot(window).zones.values().map(|it| it.name.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&other), ["Control"]);
    // pasted twice, neither lies on the other
    other.event(Event::Paste(text));
    other.run();
    let frames: Vec<Rect> = snapshot(&other).zones.values().map(|it| it.frame).collect();
    assert!(frames.len() == 2 && !frames[0].overlaps(&frames[1]), "{frames:?}");
    copied(&mut window, Event::Cut);
    assert_eq!(names(&window), ["Safety"]);
    window.event(Event::Paste("Shutdown in week 14".to_owned()));
    window.run();
    assert_eq!(
        snapshot(&window).notes.values().map(|it| it.text.as_str()).collect::<Vec<_>>(),
        ["Shutdown in week 14"]
    );
}

#[test]
fn a_plant_is_drawn_without_a_mouse() {
    let mut window = empty_diagram();
    for name in ["Control", "Safety"] {
        press(&mut window, Modifiers::NONE, Key::N);
        type_text(&mut window, name);
        press(&mut window, Modifiers::NONE, Key::Enter);
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    let zones = snapshot(&window).zones;
    let [one, other] = ["Control", "Safety"].map(|name| zones.iter().find(|(_, it)| it.name == name).unwrap().0);
    assert!(!frame(&window, one).overlaps(&frame(&window, other)));
    // from the first to the second
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::K);
    type_text(&mut window, "afety");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let joined: Vec<_> = snapshot(&window).conduits.values().filter_map(Conduit::ends).collect();
    assert_eq!(joined, [(one, other)]);
    // an asset into a zone, by typing its type
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Insert);
    type_text(&mut window, "firewall");
    press(&mut window, Modifiers::NONE, Key::Enter);
    let assets: Vec<Asset> = snapshot(&window).assets.values().cloned().collect();
    assert!(matches!(&assets[..], [only] if only.kind.contains("firewall") && only.zone.is_some()), "{assets:?}");
    // its tag can be typed at once; Enter keeps it
    press(&mut window, Modifiers::NONE, Key::Enter);
    // a flow to a second asset, by typing its tag
    press(&mut window, Modifiers::NONE, Key::Insert);
    type_text(&mut window, "historian");
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, Modifiers::NONE, Key::K);
    type_text(&mut window, &assets[0].tag);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let flows: Vec<Flow> = snapshot(&window).flows.values().cloned().collect();
    let [flow] = &flows[..] else { panic!("{flows:?}") };
    let tag = |id: Option<AssetId>| snapshot(&window).assets.get(id.unwrap()).unwrap().tag.clone();
    assert!(tag(flow.to) == assets[0].tag && tag(flow.from) != assets[0].tag, "{flow:?}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(snapshot(&window).assets.len(), 1);
    super::support::find(&mut window, &assets[0].tag);
    // out to its zone, nudged, sized, locked, and nudged no more
    press(&mut window, Modifiers::SHIFT, Key::Enter);
    let zone = assets[0].zone.unwrap();
    let before = frame(&window, zone);
    press(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(frame(&window, zone), before.offset(10.0, 0.0));
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::ArrowDown);
    assert_eq!(frame(&window, zone).height, before.height + 8.0);
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::ArrowUp);
    press(&mut window, Modifiers::NONE, Key::L);
    press(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(frame(&window, zone), before.offset(10.0, 0.0));
    assert!(snapshot(&window).zones.get(zone).unwrap().locked);
}

#[test]
fn several_are_put_in_line_by_key_and_from_the_menu() {
    let (mut window, one, other) = two_zones();
    let from = middle(&window, other);
    drag(&mut window, from, from + vec2(30.0, 130.0));
    let apart = snapshot(&window);
    assert_ne!(frame(&window, one).y, frame(&window, other).y);
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Modifiers::ALT, Key::W);
    assert_eq!(frame(&window, one).y, frame(&window, other).y);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(snapshot(&window), apart);
    // the menu of what is selected, by key
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Modifiers::SHIFT, Key::F10);
    let is_wanted =
        |it: &egui_kittest::Node| it.accesskit_node().label().is_some_and(|label| label.starts_with("Duplicate"));
    window.query_all_by_role(Role::Button).find(is_wanted).expect("the menu is open").click();
    window.run();
    assert_eq!(snapshot(&window).zones.len(), 4);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(snapshot(&window), apart);
}

/// Opens the list of what can be put in.
fn open_parts(window: &mut Window) {
    super::support::click(window, "Add assets");
}

#[test]
fn an_asset_type_is_dragged_into_a_zone() {
    let (mut window, one, _) = two_zones();
    open_parts(&mut window);
    press(&mut window, Modifiers::NONE, Key::F);
    let kind = window.get_by_role_and_label(Role::Button, "Asset type Programmable logic controller (PLC)").rect();
    let to = middle(&window, one);
    drag(&mut window, kind.center(), to);
    let assets: Vec<Asset> = snapshot(&window).assets.values().cloned().collect();
    assert!(matches!(&assets[..], [only] if only.zone == Some(one) && only.kind == "plc"), "{assets:?}");
    // it asks what it is called
    type_text(&mut window, "PLC-PRESS");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(snapshot(&window).assets.values().next().unwrap().tag, "PLC-PRESS");
    let beside = canvas(&window).right_bottom() - vec2(30.0, 30.0);
    drag(&mut window, kind.center(), beside);
    assert_eq!(snapshot(&window).assets.len(), 1, "it stands in no zone there");
    assert!(super::support::shows(&window, "Assets stand in zones"));
}

#[test]
fn an_asset_in_no_zone_is_dragged_from_the_list_into_one() {
    let (mut window, one, other) = two_zones();
    let at = middle(&window, one);
    click_at(&mut window, at);
    press(&mut window, Modifiers::NONE, Key::Insert);
    type_text(&mut window, "firewall");
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::G);
    let (id, asset) = snapshot(&window).assets.iter().map(|(id, it)| (id, it.clone())).next().unwrap();
    assert_eq!(asset.zone, None);
    open_parts(&mut window);
    press(&mut window, Modifiers::NONE, Key::F);
    let row = window.get_by_role_and_label(Role::Button, &format!("{}  {}", asset.tag, asset.name)).rect();
    let to = middle(&window, other);
    drag(&mut window, row.center(), to);
    assert_eq!(snapshot(&window).assets.get(id).unwrap().zone, Some(other));
}

#[test]
fn an_asset_type_is_added_from_the_list_by_keys_wherever_one_is() {
    let (mut window, one, _) = two_zones();
    press(&mut window, Modifiers::NONE, Key::Escape);
    let add = |window: &mut Window| {
        press(window, Modifiers::NONE, Key::A);
        type_text(window, "hmi");
        press(window, Modifiers::NONE, Key::Enter);
    };
    let minimap = window.query_by_role_and_label(Role::Image, "Minimap").is_some();
    add(&mut window);
    let written = super::support::written(&window);
    assert!(written.iter().any(|it| it.contains("Select the zone that it goes into first")), "{written:?}");
    assert!(snapshot(&window).assets.is_empty());
    assert_eq!(window.query_by_role_and_label(Role::Image, "Minimap").is_some(), minimap, "letters are for the field");
    let at = middle(&window, one);
    click_at(&mut window, at);
    // with the list open and an asset of the zone selected, too
    for count in 1..=2 {
        let kind = window.get_by_role_and_label(Role::Button, "Asset type HMI panel");
        kind.focus();
        window.run();
        press(&mut window, Modifiers::NONE, Key::Enter);
        press(&mut window, Modifiers::NONE, Key::Enter);
        let assets: Vec<Asset> = snapshot(&window).assets.values().cloned().collect();
        assert_eq!(assets.len(), count);
        assert!(assets.iter().all(|it| it.zone == Some(one) && it.kind == "hmi"), "{assets:?}");
    }
}

#[test]
fn a_key_that_needs_a_selection_says_so() {
    let (mut window, ..) = two_zones();
    press(&mut window, Modifiers::NONE, Key::Escape);
    let before = snapshot(&window);
    press(&mut window, Modifiers::NONE, Key::L);
    assert!(super::support::shows(&window, "select something first"));
    assert_eq!(snapshot(&window), before);
}

#[test]
fn what_lies_out_of_sight_is_gone_to_at_the_same_scale() {
    let (mut window, _, other) = two_zones();
    let place = |window: &Window, at: Point| window.state().on_screen(at).expect("the diagram is shown");
    let scale = |window: &Window| place(window, Point::new(100.0, 0.0)).x - place(window, Point::new(0.0, 0.0)).x;
    let (before, there) = (scale(&window), frame(&window, other).center());
    let corner = canvas(&window).left_top() + vec2(20.0, 20.0);
    // away from it, by the middle button
    let far = canvas(&window).right_top() + vec2(-20.0, 20.0);
    for (at, pressed) in [(corner, true), (far, false)] {
        window.hover_at(at);
        let button = egui::PointerButton::Middle;
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        window.run();
    }
    assert!(!canvas(&window).contains(place(&window, there)));
    let tag = snapshot(&window).zones.get(other).unwrap().tag.clone();
    super::support::find(&mut window, &tag);
    for _ in 0..60 {
        window.step();
    }
    assert!(canvas(&window).contains(place(&window, there)));
    assert!((scale(&window) - before).abs() < 0.5, "{} {before}", scale(&window));
}

#[test]
fn what_is_in_sight_is_selected_where_it_stands() {
    let (mut window, one, _) = two_zones();
    let place = |window: &Window| window.state().on_screen(Point::new(0.0, 0.0));
    press(&mut window, Modifiers::NONE, Key::Escape);
    let at = middle(&window, one);
    click_at(&mut window, at);
    press(&mut window, Modifiers::SHIFT, Key::F);
    for _ in 0..60 {
        window.step();
    }
    // as large as it can be seen
    let before = place(&window);
    press(&mut window, Modifiers::NONE, Key::Escape);
    let tag = snapshot(&window).zones.get(one).unwrap().tag.clone();
    super::support::find(&mut window, &tag);
    for _ in 0..60 {
        window.step();
    }
    assert!(is_selected(&window, one));
    assert_eq!(place(&window), before);
}

fn is_selected(window: &Window, zone: ZoneId) -> bool {
    let zone = project(window).zones.get(zone).unwrap();
    let name = format!("Zone {} {}", zone.tag, zone.name);
    let drawn = window.get_by_role_and_label(Role::Group, &name);
    drawn.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn shift_and_a_click_add_and_take_away() {
    let (mut window, one, other) = two_zones();
    let [first, second] = [one, other].map(|it| middle(&window, it));
    click_at(&mut window, first);
    hold(&mut window, Modifiers::SHIFT);
    click_at(&mut window, second);
    assert!(is_selected(&window, one) && is_selected(&window, other));
    click_at(&mut window, first);
    hold(&mut window, Modifiers::NONE);
    assert!(!is_selected(&window, one) && is_selected(&window, other));
}

#[test]
fn space_and_enter_do_not_click_what_lies_under_the_pointer() {
    let (mut window, one, other) = two_zones();
    let at = middle(&window, one);
    click_at(&mut window, at);
    assert!(is_selected(&window, one));
    window.hover_at(middle(&window, other));
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(is_selected(&window, one) && !is_selected(&window, other));
}

#[test]
fn the_drawing_is_made_once_while_nothing_of_it_differs() {
    let (mut window, one, _) = two_zones();
    let meshes = |window: &Window| -> Vec<*const egui::Mesh> {
        let shapes = window.output().shapes.iter();
        shapes
            .filter_map(|it| if let egui::Shape::Mesh(mesh) = &it.shape { Some(Arc::as_ptr(mesh)) } else { None })
            .collect()
    };
    let shared = |before: &[*const egui::Mesh], now: &[*const egui::Mesh]| now.iter().any(|it| before.contains(it));
    let before = meshes(&window);
    let _held = window.output().shapes.clone();
    window.hover_at(canvas(&window).max - vec2(40.0, 40.0));
    window.run();
    assert!(shared(&before, &meshes(&window)), "a pointer over nothing changes nothing");
    let frame = project(&window).zones.get(one).expect("the zone").frame;
    let corner = on_screen(&window, Point::new(frame.x + 10.0, frame.y + 10.0));
    click_at(&mut window, corner);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_ne!(project(&window).zones.get(one).expect("the zone").frame, frame, "the zone was moved");
    assert!(!shared(&before, &meshes(&window)), "what was moved is drawn anew");
}
