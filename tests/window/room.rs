//! The hands of a room that is quick: many keys at once, two windows, and things let go in the middle.

use std::cell::RefCell;

use eframe::App as _;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, Shape, Theme, ViewportId, vec2};
use egui_kittest::kittest::Queryable;
use zonewright::model::*;

use super::support::{
    Dropped, Window, before_sessions, choose, click, find, hold, prepare_workshop, press, project, shows, wait_until,
    water_works, written,
};

const PLAIN: Modifiers = Modifiers::NONE;

/// The room's own window: what is done in it, and what stood in it last.
#[derive(Default)]
struct Room {
    events: Vec<Event>,
    texts: Vec<(String, Rect)>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// A desktop that gives a second window.
fn give_second_windows(window: &Window) {
    window.ctx.set_embed_viewports(false);
    egui::Context::set_immediate_viewport_renderer(|ctx, mut viewport| {
        let id = viewport.ids.this;
        let mut input = RawInput {
            viewport_id: id,
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0))),
            events: ROOM.with_borrow_mut(|it| std::mem::take(&mut it.events)),
            ..RawInput::default()
        };
        input.viewports.insert(ViewportId::ROOT, egui::ViewportInfo::default());
        input.viewports.insert(id, egui::ViewportInfo::default());
        let mut output = ctx.run_ui(input, |ui| (viewport.viewport_ui_cb)(ui));
        let mut texts = Vec::new();
        output.shapes.iter().for_each(|it| read(&it.shape, &mut texts));
        ROOM.with_borrow_mut(|it| it.texts = texts);
        output.textures_delta.clear();
    });
}

fn read(shape: &Shape, texts: &mut Vec<(String, Rect)>) {
    match shape {
        Shape::Text(text) => {
            texts.push((text.galley.text().to_owned(), text.galley.rect.translate(text.pos.to_vec2())));
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|it| read(it, texts)),
        _ => (),
    }
}

fn room_shows(text: &str) -> bool {
    ROOM.with_borrow(|it| it.texts.iter().any(|it| it.0.contains(text)))
}

/// Frames as the desktop makes them, events handed on between them.
fn go_on(window: &mut Window) {
    for _ in 0..16 {
        let mut input = std::mem::take(window.input_mut());
        let ctx = window.ctx.clone();
        window.state_mut().raw_input_hook(&ctx, &mut input);
        *window.input_mut() = input;
        window.step();
    }
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// A key as it comes from a keyboard, with its letter.
fn stroke(letter: &str) -> Vec<Event> {
    let name = if letter == " " { "Space" } else { letter };
    let key_of = Key::from_name(&name.to_uppercase()).or_else(|| Key::from_name(name)).expect("a key");
    let released = Event::Key { key: key_of, physical_key: None, pressed: false, repeat: false, modifiers: PLAIN };
    vec![key(key_of, PLAIN), Event::Text(letter.to_owned()), released]
}

fn strokes(letters: &str) -> Vec<Event> {
    letters.chars().flat_map(|it| stroke(&it.to_string())).collect()
}

/// Does this in the room's own window.
fn in_room(window: &mut Window, events: Vec<Event>) {
    ROOM.with_borrow_mut(|it| it.events.extend(events));
    go_on(window);
}

fn click_in_room(window: &mut Window, text: &str) {
    let at = ROOM.with_borrow(|it| it.texts.iter().find(|it| it.0.contains(text)).map(|it| it.1.center()));
    let pos = at.unwrap_or_else(|| panic!("the room does not see {text}"));
    for events in [vec![Event::PointerMoved(pos)], vec![button(pos, true)], vec![button(pos, false)]] {
        in_room(window, events);
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: PLAIN }
}

fn only(window: &Window) -> &Workshop {
    project(window).workshops.values().next().expect("a workshop is there")
}

fn prepared() -> Window {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    window
}

fn on_risks(window: &mut Window) {
    window.get_by_role_and_label(Role::ComboBox, "What is asked").click();
    window.run();
    window.get_by_label("Risk scenarios").click();
    window.run();
}

/// A workshop held with a window for the room and one for the scribe.
fn held_in_two_windows(prepare: impl FnOnce(&mut Window)) -> Window {
    let mut window = prepared();
    prepare(&mut window);
    give_second_windows(&window);
    window.input_mut().events.push(key(Key::F7, PLAIN));
    go_on(&mut window);
    if room_shows("Who is in the room?") {
        in_room(&mut window, vec![key(Key::Enter, PLAIN)]);
    }
    assert!(window.query_by_label("Who is here").is_some(), "the scribe has this window");
    window
}

#[test]
fn keys_that_come_at_once_are_heard_one_after_the_other() {
    let mut window = prepared();
    hold(&mut window);
    let before = project(&window).answers.clone();
    window.input_mut().events.extend(strokes("1 2 4"));
    go_on(&mut window);
    let taken = only(&window).taken.clone();
    assert_eq!(taken.len(), 3, "{taken:?}");
    let statuses: Vec<Status> = taken
        .iter()
        .filter_map(|it| match it.item {
            WorkshopItem::Question(key) => project(&window).answer(key.target, key.requirement),
            WorkshopItem::Risk(_) => None,
        })
        .map(|it| it.status)
        .collect();
    assert_eq!(statuses, [Status::Met, Status::Partial, Status::Compensated]);
    assert_ne!(project(&window).answers, before);
    // the text that the last one needs is typed next
    window.input_mut().events.extend(strokes("1"));
    window.input_mut().events.push(key(Key::Enter, Modifiers::COMMAND));
    go_on(&mut window);
    // two keys of one question keep what each of them says
    window.input_mut().events.extend(strokes("2y"));
    go_on(&mut window);
    let Some(WorkshopItem::Question(key)) = only(&window).place else { panic!("a question") };
    let answer = project(&window).answer(key.target, key.requirement).unwrap();
    assert_eq!((answer.status, answer.capable), (Status::Partial, Known::Yes));
    // and words after the key of a line are words
    window.input_mut().events.extend(strokes("d123"));
    go_on(&mut window);
    assert_eq!(only(&window).log[0].text, "123");
    assert_eq!(project(&window).answer(key.target, key.requirement).unwrap().status, Status::Partial);
}

#[test]
fn words_typed_in_the_window_of_the_room_go_into_the_line() {
    let mut window = held_in_two_windows(|_| ());
    assert!(room_shows("Good evidence would be"));
    let (before, place) = (project(&window).answers.clone(), only(&window).place);
    in_room(&mut window, strokes("d"));
    in_room(&mut window, strokes("b1 "));
    in_room(&mut window, strokes("2t3"));
    assert_eq!(only(&window).log[0].text, "b1 2t3");
    assert!(room_shows("b1 2t3") && room_shows("Enter keeps it"), "who types sees what");
    in_room(&mut window, vec![key(Key::Enter, PLAIN)]);
    assert!(!room_shows("Enter keeps it") && room_shows("b1 2t3"));
    assert_eq!((&project(&window).answers, only(&window).place), (&before, place));
    // even where all of it comes in one frame
    in_room(&mut window, strokes("p44"));
    in_room(&mut window, vec![key(Key::Escape, PLAIN)]);
    assert_eq!(only(&window).log[1].text, "44");
    assert_eq!(project(&window).answers, before);
    // then the keys are the room's again
    in_room(&mut window, strokes(" "));
    assert_ne!(only(&window).place, place);
}

#[test]
fn a_blank_room_stays_blank_while_the_scribe_works() {
    let mut window = held_in_two_windows(|_| ());
    let is_blank = || !room_shows("Good evidence would be");
    window.input_mut().events.extend(strokes("b"));
    go_on(&mut window);
    assert!(is_blank());
    for button in ["Next", "Previous"] {
        window.get_by_role_and_label(Role::Button, button).click();
        go_on(&mut window);
        assert!(is_blank(), "{button}");
    }
    window.input_mut().events.extend(strokes(" "));
    go_on(&mut window);
    assert!(is_blank());
    for blank in [false, true, false] {
        window.get_by_role_and_label(Role::Button, "More").click();
        go_on(&mut window);
        window.get_by_role_and_label(Role::Button, "Blank  B").click();
        go_on(&mut window);
        assert_eq!(is_blank(), blank, "the button");
    }
    for blank in [true, false, true] {
        window.input_mut().events.extend(strokes("b"));
        go_on(&mut window);
        assert_eq!(is_blank(), blank, "the key");
    }
    let before = project(&window).answers.clone();
    in_room(&mut window, strokes("3"));
    assert!(!is_blank() && project(&window).answers == before, "any key of the room's own window");
}

#[test]
fn commands_that_make_no_sense_before_the_room_do_nothing_in_its_window() {
    let mut window = held_in_two_windows(|_| ());
    let before = project(&window).clone();
    let (ctrl, shift) = (Modifiers::COMMAND, Modifiers::SHIFT);
    for (modifiers, of) in [
        (ctrl, Key::K),
        (ctrl, Key::N),
        (ctrl, Key::O),
        (Modifiers::ALT, Key::ArrowLeft),
        (PLAIN, Key::F8),
        (ctrl | shift, Key::L),
    ] {
        in_room(&mut window, vec![key(of, modifiers)]);
        assert!(window.query_by_label("Who is here").is_some() && room_shows("Good evidence"), "{of:?}");
        assert!(window.query_by_label("Find anything").is_none() && *project(&window) == before, "{of:?}");
    }
    in_room(&mut window, strokes("1"));
    assert_eq!(only(&window).taken.len(), 1);
    in_room(&mut window, vec![key(Key::Z, ctrl)]);
    assert!(only(&window).taken.is_empty(), "what does make sense is done");
}

fn scenario(window: &Window) -> RiskId {
    match only(window).place {
        Some(WorkshopItem::Risk(id)) => id,
        other => panic!("the room is at a scenario, not at {other:?}"),
    }
}

fn in_scribes(window: &mut Window, events: Vec<Event>) {
    window.input_mut().events.extend(events);
    go_on(window);
}

#[test]
fn esc_closes_the_innermost_thing_of_its_own_window() {
    let mut window = held_in_two_windows(on_risks);
    let id = scenario(&window);
    in_room(&mut window, strokes("e"));
    assert!(room_shows("Nobody has estimated yet") || room_shows("Who"), "the estimates are before the room");
    assert!(!room_shows("Add estimate"), "and are entered by the scribe");
    window.get_by_role_and_label(Role::Button, "Add estimate").click_accesskit();
    go_on(&mut window);
    window.get_by_label("Estimate by").focus();
    go_on(&mut window);
    in_scribes(&mut window, strokes("zq"));
    assert_eq!(project(&window).risks.get(id).unwrap().estimates.last().unwrap().by, "zq");
    let esc = || vec![key(Key::Escape, PLAIN)];
    let is_entered = |window: &Window| window.query_by_label("Estimate by").is_some();
    in_scribes(&mut window, esc());
    assert!(is_entered(&window), "first the field");
    in_scribes(&mut window, esc());
    assert!(!is_entered(&window) && room_shows("zq"), "then the estimate, and the room still sees all of them");
    in_room(&mut window, esc());
    assert!(!room_shows("zq") && window.query_by_label("Who is here").is_some(), "the room's own are closed there");
    in_room(&mut window, esc());
    assert!(window.query_by_label("Who is here").is_none(), "nothing is open: the workshop is left");
}

#[test]
fn the_rooms_matrix_is_moved_in_the_rooms_window_alone() {
    let mut window = held_in_two_windows(on_risks);
    in_room(&mut window, strokes("2"));
    let id = scenario(&window);
    let risk = |window: &Window| project(window).risks.get(id).unwrap().clone();
    let before = risk(&window);
    let arrows = [Key::ArrowDown, Key::ArrowLeft, Key::ArrowUp, Key::ArrowRight];
    for arrow in arrows {
        in_scribes(&mut window, vec![key(arrow, PLAIN)]);
    }
    in_scribes(&mut window, vec![key(Key::Backspace, PLAIN)]);
    assert_eq!(risk(&window), before, "keys of the scribe");
    // nor does the scribe's hand, where the matrix would be
    let from = ROOM.with_borrow(|it| it.texts.iter().find(|it| it.0 == before.tag).map(|it| it.1.center()));
    let from = from.expect("the scenario stands on the matrix");
    let aside = from - vec2(200.0, 120.0);
    for events in [
        vec![Event::PointerMoved(from)],
        vec![button(from, true)],
        vec![Event::PointerMoved(aside)],
        vec![button(aside, false)],
    ] {
        in_scribes(&mut window, events);
    }
    assert_eq!(risk(&window), before, "the scribe's hand");
    // the room's keys move it, while the scribe writes too
    let down = before.current.is_some_and(|it| it.number() > 1);
    let (there, back) = if down { (Key::ArrowDown, Key::ArrowUp) } else { (Key::ArrowUp, Key::ArrowDown) };
    in_room(&mut window, vec![key(there, PLAIN)]);
    assert_ne!(risk(&window).current, before.current);
    in_scribes(&mut window, strokes("d"));
    in_scribes(&mut window, strokes("ab"));
    in_room(&mut window, vec![key(back, PLAIN)]);
    assert_eq!(risk(&window).current, before.current);
    in_scribes(&mut window, strokes("c"));
    assert_eq!(only(&window).log[0].text, "abc");
}

#[test]
fn the_room_goes_on_while_the_scribe_writes() {
    let mut window = held_in_two_windows(|_| ());
    let Some(WorkshopItem::Question(first)) = only(&window).place else { panic!("a question") };
    let before = project(&window).answers.clone();
    in_scribes(&mut window, strokes("d"));
    in_scribes(&mut window, strokes("a"));
    in_room(&mut window, strokes(" "));
    let Some(WorkshopItem::Question(second)) = only(&window).place else { panic!("a question") };
    assert_ne!(first, second);
    // what is typed on stays words about the first one
    in_scribes(&mut window, strokes("31"));
    let entry = only(&window).log[0].clone();
    assert_eq!((entry.text.as_str(), entry.about), ("a31", Some(WorkshopItem::Question(first))));
    assert_eq!(project(&window).answers, before);
    assert!(shows(&window, "The room has gone on to"), "{:?}", written(&window));
    // and whoever speaks for the room does not take the scribe's words
    in_room(&mut window, strokes("p"));
    assert_eq!(only(&window).log.len(), 1);
    in_room(&mut window, strokes("4"));
    assert_eq!(project(&window).answer(second.target, second.requirement).unwrap().status, Status::Compensated);
    in_scribes(&mut window, strokes("b"));
    assert_eq!(only(&window).log[0].text, "a31b");
    in_scribes(&mut window, vec![key(Key::Enter, Modifiers::COMMAND)]);
    assert!(!shows(&window, "The room has gone on to"), "the scribe follows");
    // the same for a note of the answer
    let notes = |window: &Window| project(window).answer(second.target, second.requirement).unwrap().notes.clone();
    let before = notes(&window);
    window.get_by_role_and_label(Role::MultilineTextInput, "Notes").focus();
    go_on(&mut window);
    in_scribes(&mut window, strokes("x"));
    in_room(&mut window, strokes(" "));
    in_scribes(&mut window, strokes("3"));
    assert_eq!(notes(&window), format!("{before}x3"));
}

#[test]
fn what_both_windows_do_in_one_frame_is_kept_from_both() {
    let mut window = held_in_two_windows(|_| ());
    let Some(WorkshopItem::Question(at)) = only(&window).place else { panic!("a question") };
    let answer = |window: &Window| project(window).answer(at.target, at.requirement).cloned().unwrap_or_default();
    in_scribes(&mut window, strokes("d"));
    in_scribes(&mut window, strokes("a"));
    assert!(only(&window).taken.is_empty());
    window.input_mut().events.extend(strokes("b"));
    in_room(&mut window, strokes("2"));
    let workshop = only(&window);
    assert_eq!(workshop.taken.iter().map(|it| it.item).collect::<Vec<_>>(), [WorkshopItem::Question(at)]);
    assert_eq!(workshop.log[0].text, "ab");
    assert_eq!(answer(&window).status, Status::Partial);
    in_scribes(&mut window, vec![key(Key::Enter, Modifiers::COMMAND)]);
    // into one answer
    let before = answer(&window).notes;
    window.get_by_role_and_label(Role::MultilineTextInput, "Notes").focus();
    go_on(&mut window);
    window.input_mut().events.extend(strokes("x"));
    in_room(&mut window, strokes("3"));
    assert_eq!((answer(&window).status, answer(&window).notes), (Status::NotMet, format!("{before}x")));
}

#[test]
fn the_room_takes_back_nothing_while_the_scribe_writes() {
    let mut window = held_in_two_windows(|_| ());
    in_room(&mut window, strokes("1"));
    in_scribes(&mut window, strokes("d"));
    in_scribes(&mut window, strokes("ab"));
    let before = project(&window).clone();
    for of in [Key::Z, Key::Y] {
        in_room(&mut window, vec![key(of, Modifiers::COMMAND)]);
        assert_eq!(*project(&window), before, "{of:?}");
    }
    assert!(room_shows("The scribe is writing: undo there"), "and is told why");
    // it is taken back by who writes, and by the room once that is done
    in_scribes(&mut window, strokes("c"));
    assert_eq!(only(&window).log[0].text, "abc");
    in_scribes(&mut window, vec![key(Key::Enter, Modifiers::COMMAND)]);
    in_room(&mut window, strokes("2"));
    in_room(&mut window, vec![key(Key::Z, Modifiers::COMMAND)]);
    let Some(WorkshopItem::Question(at)) = only(&window).place else { panic!("a question") };
    assert_eq!(project(&window).answer(at.target, at.requirement).unwrap().status, Status::Met);
    assert_eq!(only(&window).log[0].text, "abc");
}

#[test]
fn a_text_asked_for_in_the_rooms_window_is_typed_there_too() {
    let mut window = held_in_two_windows(|_| ());
    let Some(WorkshopItem::Question(at)) = only(&window).place else { panic!("a question") };
    click_in_room(&mut window, "Compensated");
    in_room(&mut window, vec![key(Key::A, Modifiers::COMMAND)]);
    in_room(&mut window, strokes("a 1"));
    let answer = project(&window).answer(at.target, at.requirement).unwrap();
    assert_eq!((answer.status, answer.countermeasure.as_str()), (Status::Compensated, "a 1"));
    in_room(&mut window, vec![key(Key::Enter, Modifiers::COMMAND)]);
    in_room(&mut window, strokes("1"));
    assert_eq!(project(&window).answer(at.target, at.requirement).unwrap().status, Status::Met);
}

#[test]
fn a_line_of_the_scribe_stays_what_it_is_about_while_the_room_has_the_keyboard() {
    for opens in ["d", "c"] {
        let mut window = held_in_two_windows(|_| ());
        let Some(WorkshopItem::Question(at)) = only(&window).place else { panic!("a question") };
        in_scribes(&mut window, strokes(opens));
        in_scribes(&mut window, strokes("ab"));
        window.input_mut().focused = false;
        in_room(&mut window, strokes(" "));
        assert_ne!(only(&window).place, Some(WorkshopItem::Question(at)), "the room goes on");
        window.input_mut().focused = true;
        in_scribes(&mut window, strokes("1"));
        let (said, about) = match opens {
            "d" => (only(&window).log[0].text.clone(), only(&window).log[0].about),
            _ => {
                let answer = project(&window).answer(at.target, at.requirement).unwrap();
                (answer.comments.last().unwrap().text.clone(), Some(WorkshopItem::Question(at)))
            }
        };
        assert_eq!((said.as_str(), about), ("ab1", Some(WorkshopItem::Question(at))));
    }
}

#[test]
fn esc_lets_a_scenario_go_where_it_was_and_the_workshop_goes_on() {
    let mut window = prepared();
    on_risks(&mut window);
    hold(&mut window);
    press(&mut window, PLAIN, Key::Num2);
    let Some(WorkshopItem::Risk(id)) = only(&window).place else { panic!("a scenario") };
    let risk = project(&window).risks.get(id).unwrap().clone();
    let tag = risk.tag.clone();
    let mut texts = Vec::new();
    window.output().shapes.iter().for_each(|it| read(&it.shape, &mut texts));
    let from = texts.iter().find(|it| it.0 == tag).expect("the scenario stands on the matrix").1.center();
    let aside = from - vec2(300.0, 0.0);
    for escapes in [true, false] {
        window.hover_at(from);
        window.drag_at(from);
        for share in [0.3, 0.7, 1.0] {
            window.hover_at(from.lerp(aside, share));
            window.step();
        }
        if escapes {
            press(&mut window, PLAIN, Key::Escape);
        }
        window.drop_at(aside);
        window.run();
        let after = project(&window).risks.get(id).unwrap();
        assert_eq!(*after == risk, escapes, "it is moved unless Esc lets it go");
        assert!(shows(&window, "after the plan"), "the workshop goes on");
    }
}

#[test]
fn another_project_dropped_on_the_window_leaves_the_room_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.zonewright");
    let mut other = project(&before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0)).clone();
    std::sync::Arc::make_mut(&mut other.info).title = "Another works".to_owned();
    zonewright::store::save(&other, &file).unwrap();
    let mut window = prepared();
    hold(&mut window);
    press(&mut window, PLAIN, Key::Num1);
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(file)));
    window.run();
    assert!(shows(&window, "Save your changes?") && !shows(&window, "Good evidence would be"));
    assert_eq!(only(&window).taken.len(), 1);
    click(&mut window, "Don't save");
    wait_until(&mut window, "the other project", |window| project(window).info.title == "Another works");
    assert!(!shows(&window, "Good evidence would be"));
    press(&mut window, PLAIN, Key::F6);
    assert!(shows(&window, "No workshop yet"));
}

#[test]
fn what_was_exported_before_is_not_told_to_the_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = water_works();
    find(&mut window, "Export tracker");
    choose(&mut window, &folder.path().join("tracker.csv"), "Export");
    wait_until(&mut window, "the tracker", |window| shows(window, "Exported"));
    hold(&mut window);
    assert!(shows(&window, "to go") && !shows(&window, "Exported"), "{:?}", written(&window));
}
