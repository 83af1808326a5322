//! `zonewright diff` and baselines in files, as whoever scripts them sees them.

#![cfg(test)]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use jiff::civil::date;
use zonewright::edit::{Edit, EditError, Item};
use zonewright::model::*;
use zonewright::samples::SAMPLES;
use zonewright::store;
use zonewright::templates;

fn diff(then: &Path, now: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zonewright"));
    command.arg("diff").arg(then).arg(now).args(["--as-of", "2026-11-22"]).args(more).output().unwrap()
}

/// The water works, and the same with one gap met, another called not applicable and a zone renamed.
fn states() -> (Project, Project) {
    let mut then = SAMPLES[0].open().unwrap();
    then.baselines = Table::default();
    let mut now = then.clone();
    let lacking = |(target, answers): (Target, &Answers)| {
        let mut lacking = answers.iter().filter(|(_, it)| it.status == Status::NotMet).map(|(id, _)| *id);
        Some((target, lacking.next()?, lacking.next()?))
    };
    let (target, met, dismissed) = then.answers.iter().find_map(lacking).unwrap();
    let mut answers = then.answers.get(target).cloned().unwrap();
    answers.get_mut(&met).unwrap().status = Status::Met;
    let dismissed = answers.get_mut(&dismissed).unwrap();
    (dismissed.status, dismissed.justification) = (Status::NotApplicable, "There is none".into());
    now.answers.insert(target, answers);
    let zone = now.zones.ids().next().unwrap();
    now.zones.get_mut(zone).unwrap().name = "Renamed".into();
    (then, now)
}

#[test]
fn what_changed_is_told_in_the_words_of_the_domain() {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = ["old.zonewright", "new.zonewright"].map(|it| folder.path().join(it));
    let (then, now) = states();
    store::save(&then, &old).unwrap();
    store::save(&now, &new).unwrap();
    let told = diff(&old, &new, &[]);
    assert_eq!(told.status.code(), Some(0), "{}", String::from_utf8_lossy(&told.stderr));
    let text = String::from_utf8(told.stdout.clone()).unwrap();
    for part in ["new.zonewright compared with old.zonewright", "Answers: 2", "Called not applicable", "Changes: 1"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(diff(&old, &new, &[]).stdout, told.stdout, "the same files and day give the same text");
    let json = diff(&old, &new, &["--json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["changes"][0]["fields"], serde_json::json!(["name"]));
    assert_eq!(value["answers"].as_array().unwrap().len(), 2);
    let mut scoped = then;
    Arc::make_mut(&mut scoped.scope).perimeter = "The fence".into();
    let other = folder.path().join("scoped.zonewright");
    store::save(&scoped, &other).unwrap();
    let text = String::from_utf8(diff(&old, &other, &[]).stdout).unwrap();
    assert!(text.contains("perimeter") && !text.contains("Nothing has changed."), "{text}");
    let same = String::from_utf8(diff(&old, &old, &[]).stdout).unwrap();
    assert!(same.contains("Nothing has changed."), "{same}");
    assert_eq!(diff(&old, &folder.path().join("none.zonewright"), &[]).status.code(), Some(2));
}

#[test]
fn a_baseline_holds_no_baselines_and_is_no_part_of_a_template() {
    let (then, mut now) = states();
    let taken = |project: &Project| Baseline { project: Arc::new(project.clone()), ..Baseline::default() };
    let put = |project: &Project| Edit::Put(Item::Baseline(BaselineId::derived_from("first"), taken(project)));
    let mut carrying = then;
    let file = Attachment { name: "rules.txt".into(), content: vec![7; 5000].into() };
    let evidence = Evidence { tag: "EV-FILE".into(), file: Some(file), ..Evidence::default() };
    carrying.evidence.insert(EvidenceId::derived_from("file"), evidence);
    put(&carrying).apply(&mut now).unwrap();
    assert!(now.baselines.values().all(|it| !it.project.has_contents()), "a file is carried once");
    let nested = Edit::Put(Item::Baseline(BaselineId::derived_from("second"), taken(&now)));
    assert_eq!(nested.apply(&mut now.clone()), Err(EditError::BaselineInBaseline));
    assert!(templates::without_assessment(&now).baselines.is_empty());
}

#[test]
fn a_file_keeps_its_baselines() {
    let (then, mut now) = states();
    for name in ["first", "second", "third"] {
        let taken = Baseline { name: name.into(), taken_on: Some(date(2026, 1, 1)), ..Baseline::default() };
        let taken = Baseline { project: Arc::new(then.clone()), ..taken };
        Edit::Put(Item::Baseline(BaselineId::derived_from(name), taken)).apply(&mut now).unwrap();
    }
    let text = store::to_text(&now).unwrap();
    assert!(store::from_text(&text).unwrap() == now);
    let alone = store::to_text(&then).unwrap().len();
    assert!(text.len() < 5 * alone, "{} bytes for {alone}", text.len());
}
