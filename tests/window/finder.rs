//! Ctrl+K: what the program can do and what is in the project is found, and done where it belongs.

use egui::{Key, Modifiers};
use zonewright::ui::action::View;

use super::support::{find, is_shown, press, project, shows, type_text, water_works, written};

#[test]
fn the_finder_knows_what_the_program_can_do_and_what_is_in_the_project() {
    let mut window = water_works();
    for (words, found) in [
        ("baseline take", "Take a baseline…"),
        ("workshop new", "New workshop"),
        ("compare file", "Compare with another file…"),
        ("comparison", "Export comparison…"),
        ("estimates several", "Estimates of several people"),
        ("estimates r-0", "Estimates of R-0"),
        ("typical answers", "Typical answers of the equipment…"),
        ("copy similar", "Copy answers from a similar target…"),
        ("inherit", "Inherit answers from a zone or service…"),
        ("give chosen", "Give the chosen answers to other targets…"),
        ("attach", "Attach evidence…"),
        ("side by side", "SL-T of all targets side by side"),
        ("finding hand", "New finding by hand"),
        ("new action", "New action in the plan"),
        ("library browse", "Browse the library of scenarios"),
        ("historian library", "istorian"),
        ("zcr 5.6", "ZCR 5.6"),
        ("sites scope", "Sites"),
        ("question 3", "Question 3: limits"),
        ("zcr path", "Go to ZCR path"),
        ("list warnings", "List the findings: warnings"),
        ("answer as", "Answer as "),
        ("evidence ev-", "EV-"),
    ] {
        press(&mut window, Modifiers::COMMAND, Key::K);
        type_text(&mut window, words);
        let hits = written(&window);
        let list = hits.iter().skip_while(|it| !it.contains(words));
        assert!(list.skip(1).any(|it| it.contains(found)), "{words}: {hits:?}");
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    let project = project(&window).clone();
    let first = |names: Vec<&str>| names.into_iter().find(|it| !it.is_empty()).unwrap().to_owned();
    for name in [
        first(project.scope.sites.iter().map(|it| it.name.as_str()).collect()),
        first(project.scope.services.iter().map(|it| it.name.as_str()).collect()),
        first(project.workshops.values().map(|it| it.title.as_str()).collect()),
        first(project.baselines.values().map(|it| it.name.as_str()).collect()),
    ] {
        press(&mut window, Modifiers::COMMAND, Key::K);
        type_text(&mut window, &name);
        let hits = written(&window);
        assert!(hits.iter().filter(|it| it.contains(&name)).count() > 1, "{name}: {hits:?}");
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn evidence_is_shown_where_it_proves_something() {
    let mut window = water_works();
    let project = project(&window).clone();
    let proved: Vec<_> = project.answers.values().flat_map(|it| it.values()).flat_map(|it| &it.evidence).collect();
    let (id, evidence) = project.evidence.iter().find(|(id, _)| proved.contains(&id)).unwrap();
    find(&mut window, &format!("{} {}", evidence.tag, evidence.title));
    let key = project.first_proved_by(id).unwrap();
    let tag = project.target_tag(key.target);
    assert!(is_shown(&window, View::Requirements) && shows(&window, tag), "{:?}", written(&window));
    assert!(shows(&window, &key.requirement.to_string()) && shows(&window, &evidence.tag), "{:?}", written(&window));
}

#[test]
fn what_the_finder_finds_is_done_on_its_page() {
    let mut window = water_works();
    let before = project(&window).baselines.len();
    find(&mut window, "Take a baseline");
    assert!(is_shown(&window, View::Compare));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(project(&window).baselines.len(), before + 1);
    let before = project(&window).workshops.len();
    find(&mut window, "New workshop");
    assert!(is_shown(&window, View::Workshop));
    assert_eq!(project(&window).workshops.len(), before + 1);
    find(&mut window, "Typical answers of the equipment");
    assert!(is_shown(&window, View::Requirements) && shows(&window, "Choose a zone or conduit first"));
    find(&mut window, "Z-DOSE");
    find(&mut window, "Typical answers of the equipment");
    assert!(shows(&window, "Typical answers of the equipment"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    find(&mut window, "Estimates of several people");
    assert!(is_shown(&window, View::Risk) && shows(&window, "Add estimate"), "{:?}", written(&window));
    find(&mut window, "Browse the library of scenarios");
    assert!(shows(&window, "Find in the library") || shows(&window, "Browse the library"));
    find(&mut window, "New finding by hand");
    assert!(is_shown(&window, View::Gaps));
    find(&mut window, "New action in the plan");
    assert!(is_shown(&window, View::Plan));
    find(&mut window, "SL-T of all targets side by side");
    assert!(is_shown(&window, View::Requirements));
}
