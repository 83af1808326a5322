//! Answering in the window: by keys alone, several together, with texts that are never lost.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::model::*;

use super::support::{
    Dropped, Window, click, find, press, project, says, session, shows, type_text, wait_until, water_works, written,
};

const NONE: Modifiers = Modifiers::NONE;

/// The first zone by tag.
fn first_zone(window: &Window) -> (Target, String) {
    let zones = project(window).zones.iter().map(|(id, zone)| (Target::from(id), zone.tag.clone()));
    zones.min_by_key(|it| it.1.clone()).expect("there are zones")
}

/// The answers of the first zone, opened from the matrix by keys.
fn answers() -> (Window, Target) {
    let mut window = water_works();
    let (target, _) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Enter);
    (window, target)
}

fn id(text: &str) -> RequirementId {
    text.parse().unwrap()
}

fn answer(window: &Window, target: Target, requirement: &str) -> Answer {
    project(window).answer(target, id(requirement)).cloned().unwrap_or_default()
}

fn status(window: &Window, target: Target, requirement: &str) -> Status {
    answer(window, target, requirement).status
}

/// The row of a requirement.
fn row<'a>(window: &'a Window, requirement: &str) -> Option<Node<'a>> {
    let begins = format!("{requirement} ");
    let is_it = |it: &Node| {
        let label = it.accesskit_node().label().unwrap_or_default();
        it.accesskit_node().toggled().is_some()
            && label.strip_prefix(&begins).is_some_and(|rest| !rest.starts_with("RE "))
    };
    window.query_all_by_role(Role::Button).find(is_it)
}

fn is_chosen(window: &Window, requirement: &str) -> bool {
    let toggled = row(window, requirement).and_then(|it| it.accesskit_node().toggled());
    toggled == Some(egui::accesskit::Toggled::True)
}

/// Whether a field has the keyboard.
fn is_typing(window: &Window) -> bool {
    window.ctx.text_edit_focused()
}

#[test]
fn a_note_here_and_there_needs_no_pointer() {
    let (mut window, target) = answers();
    assert!(is_chosen(&window, "SR 1.1"));
    press(&mut window, NONE, Key::Enter);
    assert!(is_typing(&window), "Enter goes into the notes");
    let before = answer(&window, target, "SR 1.1").notes;
    type_text(&mut window, " Seen on site.");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(!is_typing(&window));
    assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before} Seen on site."));
    assert!(is_chosen(&window, "SR 1.1 RE 1"), "an answered one is left for the next");
    press(&mut window, NONE, Key::Num0);
    press(&mut window, NONE, Key::ArrowUp);
    press(&mut window, NONE, Key::Enter);
    type_text(&mut window, "Not answered yet");
    press(&mut window, NONE, Key::Escape);
    assert!(is_chosen(&window, "SR 1.1 RE 1"), "one that is not answered yet is answered now");
    press(&mut window, NONE, Key::Num2);
    assert_eq!(status(&window, target, "SR 1.1 RE 1"), Status::Partial);
    assert!(answer(&window, target, "SR 1.1 RE 1").notes.ends_with("Not answered yet"));
}

#[test]
fn a_status_that_needs_its_text_asks_for_it_at_once() {
    let (mut window, target) = answers();
    for (key, typed) in [(Key::Num4, "A guard at the gate"), (Key::Num5, "No people here")] {
        press(&mut window, NONE, key);
        assert!(is_typing(&window), "{key:?}");
        type_text(&mut window, typed);
        press(&mut window, NONE, Key::Escape);
        assert!(!is_typing(&window));
    }
    assert!(answer(&window, target, "SR 1.1").countermeasure.ends_with("A guard at the gate"));
    assert!(answer(&window, target, "SR 1.1 RE 1").justification.ends_with("No people here"));
    assert!(is_chosen(&window, "SR 1.1 RE 2"));
}

#[test]
fn an_inherited_answer_asks_at_once_from_where() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::Num6);
    assert_eq!(status(&window, target, "SR 1.1"), Status::Inherited(None), "it lies in no other zone");
    assert!(egui::Popup::is_any_open(&window.ctx) && is_chosen(&window, "SR 1.1"), "the choice is open");
    press(&mut window, NONE, Key::Escape);
    assert!(!egui::Popup::is_any_open(&window.ctx));
    assert!(shows(&window, "from where is not said"));
    press(&mut window, NONE, Key::Enter);
    assert!(egui::Popup::is_any_open(&window.ctx), "Enter asks again");
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Enter);
    let Status::Inherited(Some(source)) = status(&window, target, "SR 1.1") else { panic!("a source is chosen") };
    assert_ne!(source, target);
    assert!(!egui::Popup::is_any_open(&window.ctx) && is_chosen(&window, "SR 1.1 RE 1"), "and one goes on");
    press(&mut window, NONE, Key::Num1);
    assert_eq!(status(&window, target, "SR 1.1 RE 1"), Status::Met);
}

#[test]
fn what_is_shown_beside_the_list_begins_at_its_top() {
    let (mut window, _) = answers();
    let top = |window: &Window| window.get_by_label("What to look for").rect().top();
    let before = top(&window);
    window.get_by_label("Where it applies").scroll_to_me();
    window.run();
    assert!(top(&window) < before - 50.0, "{} of {before}", top(&window));
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::ArrowUp);
    assert_eq!(top(&window), before);
}

#[test]
fn keys_mark_filter_and_find_what_is_open() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::M);
    assert!(answer(&window, target, "SR 1.1").review);
    press(&mut window, NONE, Key::R);
    assert!(row(&window, "SR 1.1").is_some() && row(&window, "SR 7.8").is_none(), "to review");
    press(&mut window, NONE, Key::A);
    press(&mut window, Modifiers::COMMAND, Key::Num7);
    assert!(row(&window, "SR 1.1").is_none() && is_chosen(&window, "SR 7.1"), "the nearest after it");
    press(&mut window, NONE, Key::ArrowLeft);
    assert!(row(&window, "SR 6.1").is_some() && row(&window, "SR 7.1").is_none());
    press(&mut window, Modifiers::COMMAND, Key::Num6);
    assert!(row(&window, "SR 1.1").is_some(), "all FRs again");
    press(&mut window, NONE, Key::Home);
    press(&mut window, NONE, Key::C);
    type_text(&mut window, "Ask the vendor");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    let comments = answer(&window, target, "SR 1.1").comments;
    assert_eq!(comments.len(), 1);
    assert_eq!((comments[0].text.as_str(), comments[0].resolved), ("Ask the vendor", false));
    assert!(answer(&window, target, "SR 1.1 RE 1").comments.is_empty(), "the remark is at one answer");
    press(&mut window, NONE, Key::ArrowUp);
    window.get_by_role_and_label(Role::Button, "Settle").click_accesskit();
    window.run();
    assert!(answer(&window, target, "SR 1.1").comments[0].resolved);
}

#[test]
fn under_the_open_filter_no_row_is_skipped() {
    let (mut window, target) = answers();
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, NONE, Key::Num0);
    press(&mut window, NONE, Key::Escape);
    press(&mut window, NONE, Key::Home);
    press(&mut window, NONE, Key::O);
    for _ in 0..10 {
        press(&mut window, NONE, Key::Num1);
    }
    let answers = project(&window).answers.get(target).unwrap();
    let met: Vec<RequirementId> = answers.iter().filter(|(_, it)| it.status == Status::Met).map(|it| *it.0).collect();
    let first_ten: Vec<RequirementId> =
        zonewright::catalogue::Catalogue::embedded().requirements().iter().map(|it| it.id).take(10).collect();
    assert_eq!(met, first_ten);
}

#[test]
fn several_keys_in_one_frame_are_each_heard() {
    let (mut window, target) = answers();
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Y, Key::ArrowDown, Key::Num2] {
        window.key_press_modifiers(NONE, key);
    }
    window.run();
    let statuses = ["SR 1.1", "SR 1.1 RE 1", "SR 1.1 RE 2"].map(|it| status(&window, target, it));
    assert_eq!(statuses, [Status::Met, Status::Partial, Status::NotMet]);
    assert_eq!(answer(&window, target, "SR 1.1 RE 3").capable, Known::Yes);
    assert_eq!(status(&window, target, "SR 1.2"), Status::Partial);
}

#[test]
fn several_requirements_are_answered_as_one_step() {
    let (mut window, target) = answers();
    let before = project(&window).clone();
    for _ in 0..3 {
        press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    }
    assert!(shows(&window, "4 requirements chosen"));
    press(&mut window, NONE, Key::Num3);
    for it in ["SR 1.1", "SR 1.1 RE 1", "SR 1.1 RE 2", "SR 1.1 RE 3"] {
        assert_eq!(status(&window, target, it), Status::NotMet, "{it}");
    }
    press(&mut window, NONE, Key::N);
    assert_eq!(answer(&window, target, "SR 1.1 RE 3").capable, Known::No);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn several_targets_are_answered_together() {
    let mut window = water_works();
    let before = project(&window).clone();
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, NONE, Key::Enter);
    assert!(shows(&window, "3 targets together"));
    press(&mut window, NONE, Key::Num4);
    type_text(&mut window, "Guarded");
    press(&mut window, NONE, Key::Escape);
    let answered: Vec<Answer> =
        project(&window).answers.values().filter_map(|it| it.get(&id("SR 1.1"))).cloned().collect();
    assert_eq!(answered.iter().filter(|it| it.countermeasure == "Guarded").count(), 3);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
}

#[test]
fn undo_of_an_answer_goes_back_to_it() {
    let (mut window, target) = answers();
    let before = status(&window, target, "SR 1.1");
    press(&mut window, NONE, if before == Status::NotMet { Key::Num2 } else { Key::Num3 });
    press(&mut window, NONE, Key::End);
    assert!(is_chosen(&window, "SR 7.8"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(status(&window, target, "SR 1.1"), before);
    assert!(is_chosen(&window, "SR 1.1"));
    let row = row(&window, "SR 1.1").unwrap().rect();
    assert!(window.ctx.content_rect().contains_rect(row), "it is in sight: {row:?}");
}

#[test]
fn a_remark_leaves_one_at_the_requirement_that_it_is_about() {
    for (modifiers, key) in [(Modifiers::COMMAND, Key::Enter), (NONE, Key::Escape)] {
        let (mut window, target) = answers();
        let was_marked = answer(&window, target, "SR 1.1").review;
        press(&mut window, NONE, Key::C);
        type_text(&mut window, "Ask the supplier");
        press(&mut window, modifiers, key);
        assert!(!is_typing(&window) && is_chosen(&window, "SR 1.1"));
        press(&mut window, NONE, Key::M);
        let after = answer(&window, target, "SR 1.1");
        assert_eq!((after.review, after.comments.last().unwrap().text.as_str()), (!was_marked, "Ask the supplier"));
    }
}

/// Leaves the field in some way, and brings the answers back.
type Leave = fn(&mut Window);

#[test]
fn typed_text_stays_however_its_field_is_left() {
    let ways: [(&str, Leave); 8] = [
        ("Tab", |window| press(window, NONE, Key::Tab)),
        ("Esc", |window| press(window, NONE, Key::Escape)),
        ("Ctrl+Enter", |window| press(window, Modifiers::COMMAND, Key::Enter)),
        ("a click elsewhere", |window| click(window, "‹  All")),
        ("Page down", |window| press(window, NONE, Key::PageDown)),
        ("Alt+4", |window| press(window, Modifiers::ALT, Key::Num4)),
        ("the inspector put away", |window| click(window, "Inspector")),
        ("help", |window| {
            press(window, NONE, Key::F1);
            press(window, NONE, Key::Escape);
        }),
    ];
    for (way, leave) in ways {
        let (mut window, target) = answers();
        let before = answer(&window, target, "SR 1.1").notes;
        press(&mut window, NONE, Key::Enter);
        type_text(&mut window, "Half a sent");
        leave(&mut window);
        assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before}Half a sent"), "{way}");
        press(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(answer(&window, target, "SR 1.1").notes, before, "{way}: typing is one step");
        press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
        assert_eq!(answer(&window, target, "SR 1.1").notes, format!("{before}Half a sent"), "{way}");
    }
}

#[test]
fn undo_within_a_field_takes_back_what_was_typed_and_redo_brings_it() {
    let (mut window, target) = answers();
    let before = session(&window).project().clone();
    press(&mut window, NONE, Key::Enter);
    type_text(&mut window, "One");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*project(&window), before);
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert!(answer(&window, target, "SR 1.1").notes.ends_with("One"));
}

#[test]
fn an_inherited_answer_names_its_source_and_the_source_its_heirs() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::I);
    assert!(shows(&window, "Inherit from a zone or service"));
    window.get_by_role_and_label(Role::CheckBox, "Also replace answers that were given").click();
    window.run();
    let take = window
        .query_all_by_role(Role::Button)
        .find(|it| says(it).starts_with("Take ") && says(it).ends_with(" answers"))
        .map(|it| says(&it));
    click(&mut window, &take.expect("there is something to inherit"));
    let inherited = project(&window).answers.get(target).unwrap().iter().find_map(|(id, it)| match it.status {
        Status::Inherited(Some(source)) => Some((*id, source)),
        _ => None,
    });
    let (requirement, source) = inherited.expect("something is inherited");
    let heirs = zonewright::analysis::answering::heirs(project(&window), GapKey { target: source, requirement });
    assert!(heirs.contains(&target));
    let undo = session(&window).undo_label().unwrap().to_owned();
    assert!(undo.starts_with("take over "), "{undo}");
}

#[test]
fn typical_answers_are_taken_one_by_one_and_marked() {
    let (mut window, target) = answers();
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, NONE, Key::Num0);
    press(&mut window, NONE, Key::U);
    let blank = project(&window).clone();
    press(&mut window, NONE, Key::T);
    assert!(shows(&window, "to be checked on site"));
    click(&mut window, "None");
    let first = window.query_all_by_role(Role::CheckBox).find(|it| says(it).starts_with("SR ")).expect("an offer");
    let requirement = says(&first);
    first.click();
    window.run();
    click(&mut window, "Take 1 answer");
    let taken = answer(&window, target, &requirement);
    assert!(taken.review && taken.notes.contains("Typical, to be checked."), "{taken:?}");
    assert_eq!(project(&window).answers_changed(&blank).len(), 1);
}

#[test]
fn chosen_answers_are_given_to_other_targets() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::Num3);
    press(&mut window, NONE, Key::ArrowUp);
    press(&mut window, NONE, Key::F);
    let zones = project(&window).zones.iter().filter(|(id, _)| Target::from(*id) != target);
    let mut zones: Vec<(String, ZoneId)> = zones.map(|(id, it)| (format!("{}  ", it.tag), id)).collect();
    zones.sort();
    let offered = window.query_all_by_role(Role::CheckBox).map(|it| (says(&it), it));
    let first =
        offered.filter_map(|(label, it)| Some((zones.iter().find(|it| label.starts_with(&it.0))?.1, it))).next();
    let (other, row) = first.expect("another zone");
    row.click();
    window.run();
    window.get_by_role_and_label(Role::CheckBox, "Also replace answers that were given").click();
    window.run();
    click(&mut window, "Give 1 answer");
    assert_eq!(status(&window, other.into(), "SR 1.1"), Status::NotMet);
    assert_eq!(status(&window, target, "SR 1.1"), Status::NotMet);
}

fn attached(window: &Window, target: Target) -> Vec<Evidence> {
    let ids = answer(window, target, "SR 1.1").evidence;
    ids.into_iter().filter_map(|id| project(window).evidence.get(id).cloned()).collect()
}

#[test]
fn a_dropped_file_and_a_pasted_screenshot_become_evidence() {
    let (mut window, target) = answers();
    let before = project(&window).evidence.len();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fw01_rules.cfg");
    std::fs::write(&path, "deny any any").unwrap();
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.clone())));
    wait_until(&mut window, "the file", |window| project(window).evidence.len() > before);
    let found = attached(&window, target);
    let file = found.iter().find(|it| it.title == "fw01 rules").expect("it is attached");
    assert!(!file.accepted && file.kind == "configuration" && file.file.is_some());
    // once more: it is linked, not doubled
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    wait_until(&mut window, "the notice", |window| shows(window, "already"));
    assert_eq!(project(&window).evidence.len(), before + 1);
    let image = egui::ColorImage::filled([64, 32], egui::Color32::RED);
    window.event(egui::Event::PasteImage(std::sync::Arc::new(image)));
    wait_until(&mut window, "the screenshot", |window| project(window).evidence.len() > before + 1);
    let screenshot = attached(&window, target).into_iter().find(|it| it.kind == "screenshot").expect("it is attached");
    assert!(screenshot.title.starts_with("Screenshot 2026-11-21"));
    let picture = format!("Picture of {}", screenshot.file.unwrap().name);
    wait_until(&mut window, "the picture", |window| window.query_by_label(&picture).is_some());
    let foot = window.get_by_label(&picture).rect().bottom();
    assert!(foot < 870.0, "it is brought into sight: {foot}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).evidence.len(), before + 1, "attaching is one step");
}

#[test]
fn existing_evidence_is_found_by_its_words_and_attached_by_key() {
    let (mut window, target) = answers();
    let has = answer(&window, target, "SR 1.1").evidence;
    let (other, tag) = project(&window)
        .evidence
        .iter()
        .filter(|(id, _)| !has.contains(id))
        .map(|(id, it)| (id, it.tag.clone()))
        .max_by_key(|it| it.1.len())
        .expect("other evidence");
    press(&mut window, NONE, Key::E);
    assert!(is_typing(&window));
    type_text(&mut window, &tag);
    press(&mut window, NONE, Key::Enter);
    assert!(answer(&window, target, "SR 1.1").evidence.contains(&other));
    // Esc only leaves the words: a screenshot that is pasted then is for the same answer
    assert!(is_chosen(&window, "SR 1.1"));
    press(&mut window, NONE, Key::E);
    assert!(is_typing(&window));
    press(&mut window, NONE, Key::Escape);
    assert!(!is_typing(&window));
    assert!(is_chosen(&window, "SR 1.1"));
}

#[test]
fn a_target_is_set_by_figures_and_no_answer_is_lost() {
    let mut window = water_works();
    let (target, tag) = first_zone(&window);
    let answers = project(&window).answers.clone();
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Num2);
    let set = |window: &Window| project(window).target_level(target).unwrap().clone();
    assert_eq!(set(&window).levels.to_string(), "2-2-2-2-2-2-2", "all seven at first");
    press(&mut window, NONE, Key::ArrowRight);
    for key in [Key::Num3, Key::Num1, Key::Num4] {
        press(&mut window, NONE, key);
    }
    assert_eq!(set(&window).levels.to_string(), "3-1-4-2-2-2-2");
    assert!(set(&window).decided_on.is_some());
    press(&mut window, NONE, Key::Delete);
    assert!(project(&window).target_level(target).is_none());
    assert!(shows(&window, "without SL-T"));
    press(&mut window, NONE, Key::T);
    assert!(set(&window).reason.starts_with("Proposed from"), "{}", set(&window).reason);
    assert!(window.query_by_role_and_label(Role::Button, &format!("SL-T of {tag}, {}", set(&window).levels)).is_some());
    assert!(project(&window).answers.same(&answers));
}

#[test]
fn what_is_asked_for_while_evidence_is_read_comes_after_it_and_nothing_is_lost() {
    let (mut window, target) = answers();
    let before = project(&window).evidence.len();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.cfg"), "deny any any").unwrap();
    // all in one frame: the first is read while the others are asked for
    let image = egui::ColorImage::filled([64, 32], egui::Color32::BLUE);
    window.event(egui::Event::PasteImage(std::sync::Arc::new(image)));
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(folder.path().join("rules.cfg"))));
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait_until(&mut window, "screenshot and file", |window| project(window).evidence.len() > before + 1);
    assert!(attached(&window, target).iter().any(|it| it.title == "rules"));
    wait_until(&mut window, "the question where to save", |window| shows(window, "Save project as"));
}

#[test]
fn where_nothing_is_answered_no_level_is_claimed() {
    let (mut window, target) = answers();
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, NONE, Key::Num0);
    let levels = session(&window).analysis().target(target).unwrap();
    let fr = levels.not_assessed().next().expect("nothing is answered");
    for what in ["Achieved", "Proven", "Short by"] {
        let label = format!("{what} {fr} {}: not assessed", fr.code());
        assert!(window.query_by_label(&label).is_some(), "{label}");
    }
}

#[test]
fn neighbours_without_a_level_to_take_are_told_as_they_are() {
    let mut window = water_works();
    let (_, tag) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    click(&mut window, "Targets");
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::N);
    assert!(shows(&window, &format!("Nothing to take: {tag} lies in no other zone")));
}

#[test]
fn answers_that_are_open_are_those_of_what_is_selected_elsewhere() {
    let (mut window, first) = answers();
    let other = project(&window).zones.iter().find(|(id, _)| Target::from(*id) != first).unwrap();
    let (other, name) = (Target::from(other.0), format!("{}  {}", other.1.tag, other.1.name));
    find(&mut window, &name);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::ArrowDown);
    let before = project(&window).clone();
    press(&mut window, NONE, Key::R);
    press(&mut window, NONE, Key::A);
    press(&mut window, NONE, Key::Num4);
    let answered = project(&window).answers_changed(&before);
    assert!(answered.iter().all(|it| it.target == other) && !answered.is_empty(), "{answered:?}");
}

#[test]
fn why_a_target_deviates_is_said_by_keys_where_it_is_set() {
    let mut window = water_works();
    let (target, tag) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::ArrowRight);
    press(&mut window, NONE, Key::Num4);
    press(&mut window, NONE, Key::ArrowLeft);
    assert!(shows(&window, &format!("Why {tag} has this SL-T")));
    press(&mut window, NONE, Key::W);
    assert!(is_typing(&window), "W goes to the reason of this FR");
    type_text(&mut window, "Logs on with one key");
    press(&mut window, NONE, Key::Enter);
    assert!(!is_typing(&window));
    let set = |window: &Window| project(window).target_level(target).unwrap().clone();
    assert_eq!(set(&window).deviations.get(&Fr::Iac).map(String::as_str), Some("Logs on with one key"));
    // and once for all FRs
    press(&mut window, NONE, Key::ArrowLeft);
    press(&mut window, NONE, Key::Num4);
    let told = |window: &Window, code: &str| {
        let findings = &session(window).analysis().findings;
        findings.of(code).filter(|it| it.about.first() == Some(&target.into())).count()
    };
    assert_eq!(told(&window, "E27"), 1, "its reason was one for other levels");
    press(&mut window, NONE, Key::W);
    press(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, "Decided by the board");
    press(&mut window, NONE, Key::Escape);
    assert!(!is_typing(&window));
    assert!(shows(&window, &format!("Why {tag} has this SL-T")), "Esc leaves the field alone");
    assert_eq!((set(&window).reason.as_str(), told(&window, "E27")), ("Decided by the board", 0));
    assert!(set(&window).decided_on.is_some());
}

#[test]
fn a_date_that_is_half_typed_stays_with_its_target() {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Num2);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Num2);
    let typed = |window: &Window| {
        let dates = window.query_all_by_role_and_label(Role::TextInput, "Decided on");
        dates.map(|it| it.accesskit_node().value().unwrap_or_default()).collect::<Vec<_>>()
    };
    let date = window.query_all_by_role_and_label(Role::TextInput, "Decided on").next().expect("the field");
    date.focus();
    window.run();
    press(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, "2026-1");
    assert!(typed(&window).contains(&"2026-1".to_owned()), "{:?}", typed(&window));
    press(&mut window, NONE, Key::Escape);
    press(&mut window, NONE, Key::ArrowUp);
    assert!(typed(&window).iter().all(|it| it.len() == 10), "that of another target: {:?}", typed(&window));
    press(&mut window, NONE, Key::ArrowDown);
    assert!(typed(&window).contains(&"2026-1".to_owned()), "and is there again: {:?}", typed(&window));
}

#[test]
fn why_a_figure_deviates_is_said_right_after_it_was_typed() {
    let mut window = water_works();
    let (target, _) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::ArrowRight);
    let set = |window: &Window| project(window).target_level(target).unwrap().clone();
    let said = |window: &Window| set(window).deviations.get(&Fr::Iac).cloned().unwrap_or_default();
    press(&mut window, NONE, Key::Num4);
    press(&mut window, NONE, Key::W);
    type_text(&mut window, "One key");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(said(&window), "One key");
    assert!(!set(&window).reason.contains("One key"), "not the reason for all FRs");
    press(&mut window, NONE, Key::W);
    type_text(&mut window, " for all");
    press(&mut window, NONE, Key::Escape);
    assert_eq!(said(&window), "One key for all", "what is written stays");
}

#[test]
fn what_nobody_in_particular_answers_is_in_nobodys_name() {
    let (mut window, target) = answers();
    let named = |window: &Window| {
        let answer = answer(window, target, "SR 1.1");
        (answer.answered_by, answer.answered_on)
    };
    let (before, earlier) = named(&window);
    assert!(!before.is_empty() && earlier.is_some());
    press(&mut window, NONE, Key::Enter);
    type_text(&mut window, " Seen.");
    press(&mut window, NONE, Key::Escape);
    assert_eq!(named(&window), (before, earlier), "a text alone leaves the answer as it was given");
    let is_met = status(&window, target, "SR 1.1") == Status::Met;
    press(&mut window, NONE, Key::ArrowUp);
    press(&mut window, NONE, if is_met { Key::Num3 } else { Key::Num1 });
    let (after, today) = named(&window);
    assert_eq!((after.as_str(), today), ("", Some(session(&window).analysis().as_of)));
}

#[test]
fn several_targets_get_their_reason_as_one_step() {
    let mut window = water_works();
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, NONE, Key::Num2);
    let before = project(&window).clone();
    press(&mut window, NONE, Key::W);
    type_text(&mut window, "Corporate rule 7");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    let given = |window: &Window| {
        let all = project(window).targets().filter_map(|it| project(window).target_level(it));
        all.filter(|it| it.reason == "Corporate rule 7").count()
    };
    assert_eq!(given(&window), 2);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).zones, before.zones, "one step");
}

#[test]
fn esc_puts_the_reason_of_a_level_away_and_nothing_else() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::Num3);
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    assert!(shows(&window, "Why is IAC at") && shows(&window, "What lifts it"));
    press(&mut window, NONE, Key::Escape);
    assert!(!shows(&window, "Why is IAC at"));
    assert!(row(&window, "SR 1.1").is_some(), "the answers of the zone are still there");
    assert_eq!(status(&window, target, "SR 1.1"), Status::NotMet);
    press(&mut window, NONE, Key::Escape);
    assert!(row(&window, "SR 1.1").is_none(), "and only then the matrix");
}

#[test]
fn a_reason_found_lacking_leads_to_its_field() {
    let mut window = water_works();
    let (target, _) = first_zone(&window);
    press(&mut window, Modifiers::ALT, Key::Num6);
    press(&mut window, NONE, Key::L);
    press(&mut window, NONE, Key::ArrowDown);
    press(&mut window, NONE, Key::Num4);
    let found = session(&window).analysis().findings.of("E27").find(|it| it.about.first() == Some(&target.into()));
    let message = found.expect("it was a reason for other levels").message.clone();
    press(&mut window, Modifiers::ALT, Key::Num4);
    let is_it = |it: &Node| it.accesskit_node().label().as_deref() == Some(&*message);
    window.query_all_by_role(Role::DisclosureTriangle).find(is_it).expect("a row").click_accesskit();
    window.run();
    window.get_by_role_and_label(Role::Button, "Write the reason").click_accesskit();
    window.run();
    assert!(is_typing(&window), "the field has the keyboard");
    let before = project(&window).target_level(target).unwrap().reason.clone();
    type_text(&mut window, " Whoever takes it takes all");
    let after = format!("{before} Whoever takes it takes all");
    assert_eq!(project(&window).target_level(target).unwrap().reason, after, "what is written stays");
}

#[test]
fn what_is_demanded_is_listed_together_with_what_is_open() {
    let (mut window, target) = answers();
    press(&mut window, NONE, Key::O);
    press(&mut window, NONE, Key::D);
    let open = session(&window).analysis().target(target).unwrap().open_questions().len();
    for shown in [format!("Open {open}"), format!("Demanded {open}")] {
        assert!(shows(&window, &shown), "{shown}: {:?}", written(&window));
    }
    press(&mut window, NONE, Key::A);
    assert!(shows(&window, "All 100"), "all again");
}
