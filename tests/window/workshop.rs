//! Workshops: prepared, held before the room by keys, left and resumed.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape, Theme, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::catalogue::Catalogue;
use zonewright::model::*;

use super::support::{
    Window, assert_no_id_stands_twice, before_sessions, click, hold, opened, prepare_workshop, press, project, session,
    shows, type_text, without_sessions, written,
};

const PLAIN: Modifiers = Modifiers::NONE;

fn only(window: &Window) -> &Workshop {
    let mut all = project(window).workshops.values();
    let first = all.next().expect("a workshop is there");
    assert!(all.next().is_none());
    first
}

/// A workshop on everything that the water works' targets demand, before the room.
fn held(mut window: Window) -> Window {
    prepare_workshop(&mut window);
    hold(&mut window);
    assert!(shows(&window, "Good evidence would be"), "{:?}", written(&window));
    window
}

fn place(window: &Window) -> GapKey {
    match only(window).place {
        Some(WorkshopItem::Question(key)) => key,
        other => panic!("the room is at a question, not at {other:?}"),
    }
}

fn status(window: &Window, key: GapKey) -> Status {
    project(window).answer(key.target, key.requirement).map_or(Status::NotAssessed, |it| it.status)
}

#[test]
fn without_a_workshop_the_page_says_what_to_do() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    hold(&mut window);
    assert!(shows(&window, "Prepare a workshop first") && shows(&window, "No workshop yet"));
    assert!(!session(&window).is_dirty());
}

#[test]
fn those_of_the_scope_are_invited_and_the_room_answers_in_their_name() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let roles: Vec<_> = project(&window).scope.people.iter().map(|it| it.role.clone()).collect();
    assert!(roles.len() > 1);
    assert!(only(&window).attendance.iter().map(|it| &it.role).eq(&roles));
    window.get_by_role_and_label(Role::CheckBox, &format!("{} came", roles[1])).click();
    window.run();
    assert_eq!(only(&window).present().collect::<Vec<_>>(), [roles[1].as_str()]);
    hold(&mut window);
    let key = place(&window);
    press(&mut window, PLAIN, Key::Num2);
    let answer = project(&window).answer(key.target, key.requirement).unwrap();
    assert_eq!((answer.status, &answer.answered_by), (Status::Partial, &roles[1]));
    assert_eq!(answer.answered_on, Some(jiff::civil::date(2026, 11, 21)));
}

#[test]
fn the_room_answers_by_key_and_takes_back_what_it_answered() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let before = project(&window).clone();
    let first = place(&window);
    let other = if status(&window, first) == Status::NotMet {
        (Key::Num2, Status::Partial)
    } else {
        (Key::Num3, Status::NotMet)
    };
    press(&mut window, PLAIN, other.0);
    assert_eq!((place(&window), status(&window, first)), (first, other.1), "the answer stays before the room");
    press(&mut window, PLAIN, Key::Space);
    let second = place(&window);
    assert_ne!(first, second);
    for (there, back) in
        [(Key::ArrowRight, Key::ArrowLeft), (Key::PageDown, Key::PageUp), (Key::ArrowDown, Key::ArrowUp)]
    {
        press(&mut window, PLAIN, there);
        assert_ne!(place(&window), second);
        press(&mut window, PLAIN, back);
        assert_eq!(place(&window), second);
    }
    press(&mut window, PLAIN, Key::Y);
    assert_eq!(project(&window).answer(second.target, second.requirement).unwrap().capable, Known::Yes);
    // walking about is no step
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(place(&window), first, "the room sees what is taken back");
    assert_eq!(project(&window).answers, before.answers);
    assert!(only(&window).taken.is_empty());
}

#[test]
fn what_is_said_is_written_down_beside_the_answer_from_the_first_letter() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let key = place(&window);
    press(&mut window, PLAIN, Key::D);
    assert!(only(&window).log.is_empty(), "nothing is kept before there is something to keep");
    type_text(&mut window, "B");
    assert_eq!(only(&window).log[0].text, "B", "the key that opens the line is not written into it");
    type_text(&mut window, "adges from May on");
    let entry = only(&window).log[0].clone();
    assert_eq!((entry.kind, entry.about), (LogKind::Decision, Some(WorkshopItem::Question(key))));
    assert_eq!(
        (entry.text.as_str(), entry.at.map(jiff::civil::DateTime::date)),
        ("Badges from May on", Some(jiff::civil::date(2026, 11, 21)))
    );
    assert!(!shows(&window, "Decided   Badges"), "the room sees it when it is written");
    press(&mut window, PLAIN, Key::Enter);
    assert!(shows(&window, "Decided   Badges from May on"));
    // the keys are the room's again
    press(&mut window, PLAIN, Key::Num1);
    assert_eq!(status(&window, key), Status::Met);
    press(&mut window, PLAIN, Key::P);
    type_text(&mut window, "Ask the supplier");
    // leaving in the middle of a word loses nothing
    press(&mut window, PLAIN, Key::Escape);
    press(&mut window, PLAIN, Key::Escape);
    assert!(shows(&window, "Ask the supplier") && shows(&window, "What was said"), "{:?}", written(&window));
    assert_eq!(only(&window).parked().count(), 1);
    // an entry is one step to take back
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(only(&window).log.len(), 1);
}

#[test]
fn a_line_that_stays_empty_leaves_no_entry() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::S);
    type_text(&mut window, "x");
    press(&mut window, PLAIN, Key::Backspace);
    press(&mut window, PLAIN, Key::Enter);
    assert!(only(&window).log.is_empty());
}

#[test]
fn an_answer_that_needs_a_text_asks_for_it_at_once() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let key = place(&window);
    let answer = |window: &Window| project(window).answer(key.target, key.requirement).unwrap().clone();
    for (number, text, is_countermeasure) in
        [(Key::Num4, "A locked room", true), (Key::Num5, "There is no wireless", false)]
    {
        press(&mut window, PLAIN, number);
        press(&mut window, Modifiers::COMMAND, Key::A);
        type_text(&mut window, text);
        let now = answer(&window);
        assert_eq!(if is_countermeasure { &now.countermeasure } else { &now.justification }, text);
        // it is finished as in the requirements
        press(&mut window, Modifiers::COMMAND, Key::Enter);
        assert!(!shows(&window, "Say w"), "{:?}", written(&window));
        let label = if is_countermeasure { "Countermeasure" } else { "Justification" };
        assert!(shows(&window, &format!("{label}   {text}")), "the room goes on seeing it: {:?}", written(&window));
        press(&mut window, PLAIN, Key::Y);
        assert_eq!((answer(&window).capable, place(&window)), (Known::Yes, key), "the keys are the room's again");
    }
    // left empty it is asked for, and Enter goes into it
    press(&mut window, PLAIN, Key::Enter);
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, PLAIN, Key::Backspace);
    press(&mut window, PLAIN, Key::Escape);
    assert!(
        answer(&window).justification.is_empty() && shows(&window, "Say why it does not concern this place: Enter")
    );
    press(&mut window, PLAIN, Key::Enter);
    type_text(&mut window, "No radio");
    press(&mut window, PLAIN, Key::Enter);
    assert_eq!(answer(&window).justification, "No radio");
}

#[test]
fn notes_remarks_and_marks_have_the_keys_of_the_requirements() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let key = place(&window);
    let answer = |window: &Window| project(window).answer(key.target, key.requirement).unwrap().clone();
    press(&mut window, PLAIN, Key::Num2);
    let before = answer(&window);
    press(&mut window, PLAIN, Key::Enter);
    type_text(&mut window, " Seen");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(answer(&window).notes, format!("{} Seen", before.notes), "what was written goes on");
    press(&mut window, PLAIN, Key::C);
    type_text(&mut window, "Ask again");
    press(&mut window, PLAIN, Key::Escape);
    let remarks = answer(&window).comments;
    assert_eq!(remarks.len(), before.comments.len() + 1);
    assert_eq!(remarks.last().unwrap().text, "Ask again");
    press(&mut window, PLAIN, Key::M);
    assert_eq!(answer(&window).review, !before.review);
}

#[test]
fn tab_says_who_said_it() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let roles: Vec<_> = only(&window).attendance.iter().map(|it| it.role.clone()).take(2).collect();
    for role in &roles {
        window.get_by_role_and_label(Role::CheckBox, &format!("{role} came")).click_accesskit();
        window.run();
    }
    hold(&mut window);
    press(&mut window, PLAIN, Key::S);
    assert!(shows(&window, "Said by nobody in particular"));
    // before the first letter or after it
    press(&mut window, PLAIN, Key::Tab);
    type_text(&mut window, "Too slow at night");
    let by = |window: &Window| only(window).log[0].by.clone();
    assert_eq!(by(&window), roles[0]);
    press(&mut window, PLAIN, Key::Tab);
    assert_eq!(by(&window), roles[1]);
    press(&mut window, PLAIN, Key::Tab);
    assert_eq!(by(&window), "");
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    assert_eq!(by(&window), roles[1]);
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(shows(&window, &format!("Dissent ({})   Too slow at night", roles[1])));
    let entry = only(&window).log[0].clone();
    assert_eq!((only(&window).log.len(), entry.text.as_str()), (1, "Too slow at night"));
    // an answer is all of them's, or one's
    let key = place(&window);
    let answered_by =
        |window: &Window| project(window).answer(key.target, key.requirement).unwrap().answered_by.clone();
    press(&mut window, PLAIN, Key::Num4);
    assert_eq!(answered_by(&window), roles.join(", "));
    press(&mut window, PLAIN, Key::Tab);
    assert_eq!(answered_by(&window), roles[0]);
}

#[test]
fn what_happened_is_read_as_a_table() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let key = place(&window);
    press(&mut window, PLAIN, Key::Num3);
    press(&mut window, PLAIN, Key::D);
    type_text(&mut window, "Badges from May on");
    press(&mut window, PLAIN, Key::Enter);
    press(&mut window, PLAIN, Key::Escape);
    for head in ["Time", "About", "What", "Who", "Words", "All 2", "Answers 1", "Decisions 1"] {
        assert!(shows(&window, head), "{head}: {:?}", written(&window));
    }
    let at = only(&window).taken[0].at.expect("it is known when");
    assert_eq!(at.date(), jiff::civil::date(2026, 11, 21));
    assert!(shows(&window, &at.strftime("%H:%M").to_string()));
    let about = format!("{} at {}", key.requirement, project(&window).target_tag(key.target));
    assert!(shows(&window, "1 answer or rating") && shows(&window, &about));
    // what was said comes first, and answers are folded
    let count = || written(&window).into_iter().filter(|it| *it == about).count();
    assert_eq!((count(), shows(&window, "Not met")), (1, false));
    // words and speaker are mended in it
    window.get_by_role_and_label(Role::MultilineTextInput, "Said by").focus();
    window.run();
    type_text(&mut window, "Plant manager");
    assert_eq!(only(&window).log[0].by, "Plant manager");
    for (filter, decisions) in [("Answers 1", false), ("Decisions 1", true)] {
        window.get_by_role_and_label(Role::Button, filter).click();
        window.run();
        assert_eq!(window.query_by_role_and_label(Role::MultilineTextInput, "What was said").is_some(), decisions);
        assert_eq!(shows(&window, "Not met"), !decisions);
    }
}

#[test]
fn leaving_the_program_keeps_the_last_minute() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::Num1);
    let before = only(&window).seconds;
    for _ in 0..100 {
        window.step();
    }
    assert_eq!(only(&window).seconds, before, "the minute is not full");
    press(&mut window, Modifiers::COMMAND, Key::Q);
    assert!(shows(&window, "Save your changes?"));
    assert!(only(&window).seconds > before);
}

#[test]
fn the_screen_is_blanked_and_any_key_brings_it_back() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    let key = place(&window);
    let before = project(&window).answers.clone();
    press(&mut window, PLAIN, Key::B);
    assert!(!shows(&window, "Good evidence would be"));
    // the key that brings it back does nothing else
    press(&mut window, PLAIN, Key::Num3);
    assert!(shows(&window, "Good evidence would be"));
    assert_eq!((place(&window), &project(&window).answers), (key, &before));
    press(&mut window, Modifiers::SHIFT, Key::Questionmark);
    assert!(shows(&window, "Any key goes on."));
    press(&mut window, PLAIN, Key::Space);
    assert!(!shows(&window, "Any key goes on.") && place(&window) == key);
}

#[test]
fn it_is_resumed_where_it_stopped_with_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.zonewright");
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    for _ in 0..3 {
        press(&mut window, PLAIN, Key::Num1);
        press(&mut window, PLAIN, Key::Space);
    }
    for _ in 0..400 {
        window.step();
    }
    let progress = |window: &Window| written(window).into_iter().find(|it| it.contains(" to go, "));
    let before = progress(&window);
    assert!(before.is_some(), "{:?}", written(&window));
    press(&mut window, PLAIN, Key::Escape);
    let workshop = only(&window).clone();
    assert_eq!(workshop.taken.len(), 3);
    assert!(workshop.seconds > 0 && workshop.seconds_at_place > 0, "{workshop:?}");
    zonewright::store::save(project(&window), &file).unwrap();
    let other = zonewright::store::open(&file).unwrap();
    assert_eq!(other.workshops, project(&window).workshops);
    hold(&mut window);
    assert_eq!(only(&window).place, workshop.place);
    assert_eq!(progress(&window), before);
    // and where the room goes elsewhere, nothing is lost
    press(&mut window, Modifiers::ALT, Key::Num4);
    assert_eq!(only(&window).place, workshop.place);
    hold(&mut window);
    assert_eq!(only(&window).place, workshop.place);
}

/// Texts before the room, with their size, place and room.
fn texts(window: &Window) -> Vec<(String, f32, egui::Rect, egui::Rect)> {
    fn read(clip: egui::Rect, shape: &Shape, found: &mut Vec<(String, f32, egui::Rect, egui::Rect)>) {
        match shape {
            Shape::Text(text) => {
                let sizes = text.galley.job.sections.iter().map(|it| it.format.font_id.size);
                let rect = text.galley.rect.translate(text.pos.to_vec2());
                found.push((text.galley.text().to_owned(), sizes.fold(f32::MAX, f32::min), rect, clip));
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|it| read(clip, it, found)),
            _ => (),
        }
    }
    let mut found = Vec::new();
    window.output().shapes.iter().for_each(|it| read(it.clip_rect, &it.shape, &mut found));
    found
}

#[test]
fn every_question_fits_before_the_room_in_type_that_is_read_from_afar() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut window = held(before_sessions(vec2(1024.0, 768.0), theme, 1.0));
        press(&mut window, PLAIN, Key::Escape);
        // every requirement of the catalogue is asked about one zone
        window.get_by_role_and_label(Role::CheckBox, "Only what the targets demand").click();
        window.run();
        hold(&mut window);
        press(&mut window, PLAIN, Key::Home);
        for requirement in Catalogue::embedded().requirements() {
            assert_eq!(place(&window).requirement, requirement.id);
            let strip = window.get_by_role_and_label(Role::Button, "Previous").rect().top() - 6.0;
            let before_room: Vec<_> = texts(&window).into_iter().filter(|it| it.2.top() < strip).collect();
            assert!(before_room.iter().any(|it| it.0 == requirement.question), "{}", requirement.id);
            for (text, size, rect, clip) in &before_room {
                assert!(*size >= 24.0, "{}: {text} has {size}", requirement.id);
                assert!(
                    clip.expand(1.0).contains_rect(*rect),
                    "{}: {text} is cut off: {rect} in {clip}",
                    requirement.id
                );
                assert!(rect.bottom() <= strip, "{}: {text} reaches into the strip", requirement.id);
            }
            for (place, one) in before_room.iter().enumerate() {
                for other in before_room.iter().skip(place + 1) {
                    let both = one.2.shrink(2.0).intersect(other.2.shrink(2.0));
                    assert!(!both.is_positive(), "{}: {} over {}", requirement.id, one.0, other.0);
                }
            }
            press(&mut window, PLAIN, Key::Space);
        }
    }
}

#[test]
fn the_mode_holds_in_every_size_and_look() {
    for size in [vec2(480.0, 600.0), vec2(1024.0, 768.0), vec2(1920.0, 1080.0)] {
        for zoom in [1.0, 1.5] {
            let mut window = held(before_sessions(size, Theme::Dark, zoom));
            let name = format!("{size} at {zoom}");
            assert_no_id_stands_twice(&window, &name);
            press(&mut window, PLAIN, Key::L);
            assert!(window.query_by_label("Who is here").is_some(), "{name}");
            assert_no_id_stands_twice(&window, &name);
            for (text, _, rect, clip) in texts(&window) {
                let is_seen = clip.intersects(rect);
                assert!(!is_seen || rect.left() >= -1.0, "{name}: {text}");
            }
        }
    }
}

#[test]
fn where_the_desktop_has_no_second_window_the_only_one_says_so() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::F7);
    assert!(shows(&window, "gives no second window") && shows(&window, "Good evidence would be"));
    press(&mut window, PLAIN, Key::Num1);
    assert_eq!(status(&window, place(&window)), Status::Met);
}

#[test]
fn the_facilitator_orders_the_zones_by_key() {
    let mut window = before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    click(&mut window, "Put all in, to order them");
    let targets = only(&window).agenda.targets.clone();
    let tag = project(&window).target_tag(targets[0]).to_owned();
    click(&mut window, &format!("Move {tag} down"));
    assert_eq!(only(&window).agenda.targets[..2], [targets[1], targets[0]]);
    window.get_by_role_and_label(Role::Button, &format!("Move {tag} down")).focus();
    window.run();
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(only(&window).agenda.targets[2], targets[0]);
    hold(&mut window);
    press(&mut window, PLAIN, Key::Home);
    assert_eq!(place(&window).target, targets[1]);
}

#[test]
fn what_was_parked_becomes_an_action() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::P);
    type_text(&mut window, "Ask the supplier");
    press(&mut window, PLAIN, Key::Enter);
    assert!(shows(&window, "Parked   Ask the supplier"), "{:?}", written(&window));
    press(&mut window, PLAIN, Key::Escape);
    let before = project(&window).actions.len();
    window.get_by_role_and_label(Role::Button, "Add to the plan").click_accesskit();
    window.run();
    assert_eq!(project(&window).actions.len(), before + 1);
    assert!(project(&window).actions.values().any(|it| it.title == "Ask the supplier"));
    assert_eq!(only(&window).parked().count(), 0);
    hold(&mut window);
    assert!(!shows(&window, "Ask the supplier"), "it is dealt with");
}

/// A workshop on the risk scenarios of the water works, before the room.
fn held_on_risks(size: egui::Vec2) -> Window {
    on_risks(before_sessions(size, Theme::Light, 1.0))
}

fn on_risks(mut window: Window) -> Window {
    prepare_workshop(&mut window);
    let roles: Vec<_> = only(&window).attendance.iter().map(|it| it.role.clone()).take(2).collect();
    for role in roles {
        window.get_by_role_and_label(Role::CheckBox, &format!("{role} came")).click_accesskit();
        window.run();
    }
    window.get_by_role_and_label(Role::ComboBox, "What is asked").click();
    window.run();
    window.get_by_label("Risk scenarios").click();
    window.run();
    assert_eq!(only(&window).agenda.subject, AgendaSubject::Risks);
    hold(&mut window);
    window
}

#[test]
fn a_scenario_is_moved_on_the_matrix_by_arrows_and_the_room_goes_on_by_space() {
    let mut window = held_on_risks(vec2(1024.0, 768.0));
    let at = |window: &Window| match only(window).place {
        Some(WorkshopItem::Risk(id)) => id,
        other => panic!("the room is at a scenario, not at {other:?}"),
    };
    let first = at(&window);
    let likelihood = |window: &Window| project(window).risks.get(first).unwrap().current;
    assert!(only(&window).was_open(WorkshopItem::Risk(first)).is_some(), "the room has come to it");
    press(&mut window, PLAIN, Key::Num2);
    let before = likelihood(&window).expect("the sample rates it").number();
    let (key, after) = if before > 1 { (Key::ArrowDown, before - 1) } else { (Key::ArrowUp, before + 1) };
    press(&mut window, PLAIN, key);
    assert_eq!(likelihood(&window).unwrap().number(), after);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(likelihood(&window).unwrap().number(), before);
    press(&mut window, PLAIN, Key::Space);
    assert_ne!(at(&window), first);
    // those who are here are asked at once
    press(&mut window, PLAIN, Key::E);
    let second = at(&window);
    let estimates = |window: &Window| project(window).risks.get(second).unwrap().estimates.len();
    let before = estimates(&window);
    click(&mut window, "Ask all who are here (2)");
    assert_eq!(estimates(&window), before + 2);
}

#[test]
fn scenarios_are_read_from_afar() {
    for size in [vec2(1024.0, 768.0), vec2(1920.0, 1080.0)] {
        let mut window = held_on_risks(size);
        let least = 24.0 * (size.x / 1024.0).min(size.y / 768.0) * 0.9;
        let tags: Vec<String> =
            project(&window).targets().map(|it| project(&window).target_tag(it).to_owned()).collect();
        for _ in 0..project(&window).risks.len() {
            let strip = window.get_by_role_and_label(Role::Button, "Previous").rect().top() - 6.0;
            for (text, font, rect, clip) in texts(&window).into_iter().filter(|it| it.2.top() < strip) {
                // the words of cells are told by their colour and place, too, and tags in the picture by words
                let is_told = ["low", "medium", "high", "critical"].contains(&text.as_str()) || tags.contains(&text);
                assert!(font >= if is_told { 0.8 * least } else { least }, "{size}: {text} has {font}");
                assert!(clip.expand(1.0).contains_rect(rect), "{size}: {text} is cut off");
            }
            press(&mut window, PLAIN, Key::Space);
        }
    }
}

#[test]
fn a_workshop_that_is_over_is_only_looked_at_until_it_is_taken_up_again() {
    let mut window = held(before_sessions(vec2(1440.0, 900.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::Num1);
    press(&mut window, PLAIN, Key::Escape);
    let place = |window: &Window| window.get_by_label("Export minutes…").rect();
    let minutes = place(&window);
    window.get_by_role_and_label(Role::CheckBox, "It is over").click_accesskit();
    window.run();
    assert_eq!(place(&window), minutes, "what stood there before stays there");
    let (before, answers) = (only(&window).clone(), project(&window).answers.clone());
    assert!(before.closed && shows(&window, "Show (F5)"));
    hold(&mut window);
    assert!(shows(&window, "It is over"), "{:?}", written(&window));
    for key in [Key::Space, Key::PageDown, Key::Num3, Key::Y, Key::D, Key::T, Key::Home] {
        press(&mut window, PLAIN, key);
    }
    for _ in 0..100 {
        window.step();
    }
    // nor does the scribe write in it
    press(&mut window, PLAIN, Key::L);
    let notes = window.get_by_role_and_label(Role::MultilineTextInput, "Notes");
    assert!(notes.accesskit_node().is_disabled());
    notes.focus();
    window.run();
    type_text(&mut window, "x");
    press(&mut window, PLAIN, Key::L);
    assert_eq!((only(&window), &project(&window).answers), (&before, &answers));
    press(&mut window, PLAIN, Key::Escape);
    assert_eq!(only(&window), &before, "leaving it changes nothing");
    hold(&mut window);
    click(&mut window, "Take it up again");
    press(&mut window, PLAIN, Key::Space);
    press(&mut window, PLAIN, Key::Num3);
    assert!(!only(&window).closed);
    assert_eq!(only(&window).taken.len(), before.taken.len() + 1);
}

#[test]
fn escape_closes_an_estimate_then_the_estimates_then_leaves() {
    let mut window = held_on_risks(vec2(1024.0, 768.0));
    press(&mut window, PLAIN, Key::E);
    click(&mut window, "Add estimate");
    assert!(window.query_by_label("Estimate by").is_some() && !shows(&window, "Add estimate"), "it stands alone");
    // the field has the keyboard, for its name is asked first
    press(&mut window, PLAIN, Key::Escape);
    press(&mut window, PLAIN, Key::Escape);
    assert!(window.query_by_label("Estimate by").is_none() && shows(&window, "Add estimate"));
    press(&mut window, PLAIN, Key::Escape);
    assert!(!shows(&window, "Add estimate") && window.query_by_label("Estimates").is_some());
    press(&mut window, PLAIN, Key::Escape);
    assert!(shows(&window, "Export minutes…"));
}

/// The scenario before the room.
fn scenario(window: &Window) -> (RiskId, &Risk) {
    match only(window).place {
        Some(WorkshopItem::Risk(id)) => (id, project(window).risks.get(id).expect("it is there")),
        other => panic!("the room is at a scenario, not at {other:?}"),
    }
}

#[test]
fn the_room_is_asked_who_is_in_it_before_the_first_question() {
    let mut window = before_sessions(vec2(1024.0, 768.0), Theme::Light, 1.0);
    prepare_workshop(&mut window);
    let roles: Vec<_> = only(&window).attendance.iter().map(|it| it.role.clone()).collect();
    press(&mut window, PLAIN, Key::F5);
    assert!(shows(&window, "Who is in the room?") && !shows(&window, "Good evidence would be"));
    assert!(roles.iter().all(|it| shows(&window, it)), "{:?}", written(&window));
    press(&mut window, PLAIN, Key::Num2);
    assert_eq!(only(&window).present().collect::<Vec<_>>(), [roles[1].as_str()]);
    press(&mut window, PLAIN, Key::A);
    assert_eq!(only(&window).present().count(), roles.len());
    press(&mut window, PLAIN, Key::Num2);
    press(&mut window, PLAIN, Key::Enter);
    assert!(shows(&window, "Good evidence would be") && only(&window).taken.is_empty());
    assert_eq!(only(&window).present().count(), roles.len() - 1);
    // it is asked once
    hold(&mut window);
    press(&mut window, PLAIN, Key::F5);
    assert!(!shows(&window, "Who is in the room?"));
}

#[test]
fn what_is_hidden_is_hidden_everywhere_until_it_is_shown() {
    for size in [vec2(1024.0, 768.0), vec2(1920.0, 1080.0)] {
        let mut window = held_on_risks(size);
        let (id, risk) = scenario(&window);
        let (tag, title) = (risk.tag.clone(), risk.title.clone());
        press(&mut window, PLAIN, Key::D);
        type_text(&mut window, "It stays at five");
        press(&mut window, PLAIN, Key::Enter);
        assert!(shows(&window, "It stays at five"));
        press(&mut window, PLAIN, Key::E);
        click(&mut window, "Ask all who are here (2)");
        let is_told = |window: &Window| written(window).contains(&tag) || shows(window, "It stays at five");
        assert!(!is_told(&window) && shows(&window, &title), "{:?}", written(&window));
        // nor when the estimates are put away, and no key moves what is not seen
        let before = project(&window).risks.get(id).unwrap().clone();
        press(&mut window, PLAIN, Key::E);
        press(&mut window, PLAIN, Key::ArrowUp);
        press(&mut window, PLAIN, Key::ArrowLeft);
        assert!(!is_told(&window) && shows(&window, "Hidden until all estimates are shown"));
        assert_eq!(*project(&window).risks.get(id).unwrap(), before);
        // nor beside it
        press(&mut window, PLAIN, Key::L);
        let lit = window.query_all_by_role(Role::Button).filter(|it| {
            let label = it.accesskit_node().label().unwrap_or_default();
            label.contains("agreed") && it.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
        });
        assert_eq!(lit.count(), 0);
        press(&mut window, PLAIN, Key::L);
        press(&mut window, PLAIN, Key::E);
        // one's own value is not told either, nor when it is looked at again
        let role = only(&window).present().next().unwrap().to_owned();
        for _ in 0..2 {
            click(&mut window, &format!("Change the estimate of {role}"));
            press(&mut window, PLAIN, Key::Num4);
            press(&mut window, PLAIN, Key::Num2);
            let toggled =
                |it: &egui_kittest::Node| it.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
            let is_step = |it: &egui_kittest::Node| {
                let label = it.accesskit_node().label().unwrap_or_default();
                label.starts_with("How bad: ") || label.starts_with("How likely: ")
            };
            assert!(window.query_all_by_role(Role::Button).any(|it| is_step(&it)), "{size}");
            assert!(!window.query_all_by_role(Role::Button).any(|it| is_step(&it) && toggled(&it)), "{size}");
            press(&mut window, PLAIN, Key::Enter);
        }
        let given = project(&window).risks.get(id).unwrap().estimates.iter().find(|it| it.by == role).unwrap().clone();
        assert_eq!((given.consequence, given.likelihood), (Rating::new(4), Rating::new(2)));
        // shown, all of it stands there again
        click(&mut window, "Show all estimates");
        assert!(project(&window).risks.get(id).unwrap().estimates.iter().all(|it| !it.hidden));
        press(&mut window, PLAIN, Key::E);
        assert!(is_told(&window), "{:?}", written(&window));
    }
}

#[test]
fn before_anybody_estimated_the_matrix_stays() {
    for size in [vec2(1024.0, 768.0), vec2(1920.0, 1080.0)] {
        let mut window = held_on_risks(size);
        let (_, risk) = scenario(&window);
        let (tag, of) = (risk.tag.clone(), risk.estimates.len());
        assert_eq!(of, 0, "the sample's first scenario has no estimates");
        press(&mut window, PLAIN, Key::E);
        assert!(shows(&window, "Nobody has estimated yet.") && shows(&window, "Ask all who are here (2)"));
        assert!(written(&window).contains(&tag), "{:?}", written(&window));
    }
}

#[test]
fn whose_estimate_it_is_is_chosen_by_keys() {
    let mut window = held_on_risks(vec2(1024.0, 768.0));
    let (id, _) = scenario(&window);
    press(&mut window, PLAIN, Key::E);
    click(&mut window, "Estimate of…");
    assert!(window.query_by_label("Find in Estimate of…").is_some());
    // Tab and the arrows go along the list
    press(&mut window, PLAIN, Key::Tab);
    press(&mut window, PLAIN, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::Tab);
    assert!(window.query_by_label("Find in Estimate of…").is_some());
    press(&mut window, PLAIN, Key::Enter);
    let mut roles: Vec<_> = project(&window).scope.people.iter().map(|it| it.role.clone()).collect();
    roles.sort();
    let estimates = &project(&window).risks.get(id).unwrap().estimates;
    assert_eq!(estimates.iter().map(|it| &it.by).collect::<Vec<_>>(), [&roles[1]]);
}

#[test]
fn nothing_moves_before_the_room_while_a_line_is_written() {
    let mut window = held(before_sessions(vec2(1024.0, 768.0), Theme::Light, 1.0));
    let places = |window: &Window| -> Vec<_> {
        let strip = 768.0 - 120.0;
        let seen = texts(window).into_iter().filter(|it| it.2.bottom() < strip && !it.0.contains("in all"));
        seen.map(|it| (it.0, it.2)).collect()
    };
    let before = places(&window);
    press(&mut window, PLAIN, Key::D);
    assert_eq!(places(&window), before);
    for _ in 0..3 {
        type_text(&mut window, "what was agreed on in the room, word by word, and why it is so ");
        let now = places(&window);
        assert!(now.iter().filter(|it| !it.0.starts_with("what")).all(|it| before.contains(it)), "{now:?}");
        assert!(before.iter().take(6).all(|it| now.contains(it)));
    }
    press(&mut window, PLAIN, Key::Enter);
    assert!(only(&window).log[0].text.starts_with("what was agreed on"));
}

#[test]
fn evidence_that_has_no_room_is_counted() {
    let mut window = held(before_sessions(vec2(1024.0, 768.0), Theme::Light, 1.0));
    press(&mut window, PLAIN, Key::Home);
    let mut is_counted = false;
    for _ in 0..8 {
        for kind in [Key::D, Key::S] {
            press(&mut window, PLAIN, kind);
            type_text(&mut window, &"what was said about it, in two lines at least ".repeat(3));
            press(&mut window, PLAIN, Key::Enter);
        }
        let requirement = Catalogue::embedded().requirement(place(&window).requirement).unwrap();
        let told = requirement.evidence.iter().filter(|it| shows(&window, it)).count();
        let missing = requirement.evidence.len() - told;
        let words = [format!("and {missing} more"), format!("{missing} kinds of good evidence")];
        assert!(missing == 0 || words.iter().any(|it| shows(&window, it)), "{}", requirement.id);
        is_counted |= missing > 0;
        press(&mut window, PLAIN, Key::Space);
    }
    assert!(is_counted, "somewhere not all of it has room");
}

#[test]
fn all_of_a_long_scenario_can_be_read_in_the_room() {
    let words = "somebody who knows the plant changes what the panel shows and waits for the night shift, ";
    for times in [4, 12] {
        let mut project = without_sessions();
        let ids: Vec<_> = project.risks.ids().collect();
        for id in ids {
            let risk = project.risks.get(id).unwrap().clone();
            let scenario = format!("{}to the last word.", words.repeat(times));
            project.risks.insert(id, Risk { scenario, ..risk });
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plant.zonewright");
        zonewright::store::save(&project, &file).unwrap();
        let mut window = on_risks(opened(&file, vec2(1024.0, 768.0), Theme::Light, 1.0));
        let told =
            texts(&window).into_iter().find(|it| it.0.contains("to the last word.")).expect("all of it is there");
        let is_whole = |told: &(String, f32, egui::Rect, egui::Rect)| told.3.expand(1.0).contains_rect(told.2);
        assert!(!written(&window).iter().any(|it| it.ends_with('…')), "nothing is cut");
        assert_eq!(is_whole(&told), times == 4, "{told:?}");
        if times == 4 {
            continue;
        }
        // what has no room is rolled to
        assert!(shows(&window, "more below"));
        for _ in 0..12 {
            press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
        }
        let told = texts(&window).into_iter().find(|it| it.0.contains("to the last word.")).unwrap();
        assert!(told.2.bottom() <= told.3.bottom() + 1.0 && !shows(&window, "more below"), "{told:?}");
    }
}
