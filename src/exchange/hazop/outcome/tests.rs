//! What worksheets become.

use super::*;
use crate::analysis::fixture::Fixture;
use crate::exchange::assets::{Row, Table};
use crate::exchange::hazop::Field;

fn import(text: &str) -> HazopImport {
    let mut lines = text.lines().map(|line| line.split('|').map(str::to_owned).collect::<Vec<_>>());
    let columns = lines.next().unwrap();
    let rows = lines.enumerate().map(|(at, cells)| Row { line: at as u64 + 2, cells }).collect();
    let table = Table { name: "study.csv".into(), columns, rows, other_sheets: Vec::new() };
    HazopImport::new(table, &RiskMatrix::default())
}

fn plant() -> Project {
    let plant = Fixture::new().zone("Z-DOSE", |zone| zone.name = "Dosing".into()).zone("Z-SIS", |_| ());
    plant.asset("LV-101", "actuator", "Z-DOSE", |_| ()).asset("SIS-1", "sis_controller", "Z-SIS", |_| ()).project
}

fn applied(outcome: &Outcome, project: &Project) -> Project {
    let mut changed = project.clone();
    outcome.edit.as_ref().unwrap().apply(&mut changed).unwrap();
    assert_eq!(changed.first_unresolved(), None);
    changed
}

fn risk<'a>(project: &'a Project, tag: &str) -> &'a Risk {
    project.risks.values().find(|it| it.tag == tag).unwrap()
}

const SHEET: &str = "Node|No.|Deviation|Cause|Consequence|Safeguards|Severity|Category|Zone
3.2|17|More level|LV-101 fails open|Tank overflows.|High level alarm|4|Safety|dosing
|18|||Chlorine gets into the drain|Bund|S5|Environment|";

#[test]
fn each_row_becomes_a_scenario_of_the_initial_assessment() {
    let outcome = import(SHEET).outcome(&plant());
    assert_eq!(outcome.summary(), "2 new, 0 updated, 0 unchanged");
    let project = applied(&outcome, &plant());
    let first = risk(&project, "R-01");
    assert_eq!(first.title, "More level: Tank overflows");
    assert_eq!(first.source, "HAZOP node 3.2, row 17");
    assert_eq!(first.scenario, "Deviation: More level\nCause: LV-101 fails open\nConsequence: Tank overflows.");
    assert_eq!((first.stage, first.consequences.safety), (AssessmentStage::Initial, Rating::new(4)));
    assert_eq!(first.countermeasures, "High level alarm");
    assert_eq!(first.targets, [ZoneId::derived_from("Z-DOSE").into()].into());
    assert_eq!(first.assets, [AssetId::derived_from("LV-101")].into(), "its tag stands in the cause");
    let second = risk(&project, "R-02");
    assert_eq!(second.source, "HAZOP node 3.2, row 18");
    assert!(second.scenario.contains("Cause: LV-101 fails open"), "what stands above holds: {}", second.scenario);
    assert_eq!(second.consequences.environment, Rating::new(5));
}

#[test]
fn with_a_likelihood_a_row_is_detailed() {
    let mut import = import("Node|Consequence|Severity|Likelihood\n1|Fire|5|Likely\n1|Smoke|3|1E-3");
    let outcome = import.outcome(&plant());
    let project = applied(&outcome, &plant());
    let fire = risk(&project, "R-01");
    assert_eq!((fire.stage, fire.unmitigated), (AssessmentStage::Detailed, Rating::new(4)));
    let smoke = risk(&project, "R-02");
    assert_eq!((smoke.stage, smoke.unmitigated), (AssessmentStage::Initial, None));
    assert!(smoke.scenario.contains("Likelihood: 1E-3"), "nothing is lost: {}", smoke.scenario);
    assert!(outcome.remarks().iter().any(|it| it.contains("line 3, column Likelihood") && it.contains("1E-3")));
    import.set_likelihood("1E-3", Rating::new(2));
    import.likelihood_at = RatedAt::Current;
    let project = applied(&import.outcome(&plant()), &plant());
    assert_eq!(risk(&project, "R-02").current, Rating::new(2));
}

#[test]
fn rows_for_each_category_are_one_scenario() {
    let sheet = "Node|Deviation|Cause|Consequence|Sev|Category\n1|No flow|Pump stops|No water|2|S\n1|No flow|Pump stops|No water|4|public service";
    let outcome = import(sheet).outcome(&plant());
    assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged, 1 joined with another row");
    let project = applied(&outcome, &plant());
    let only = risk(&project, "R-01");
    assert_eq!((only.consequences.safety, only.consequences.public_service), (Rating::new(2), Rating::new(4)));
    assert_eq!(outcome.rows[1].tag, "R-01");
}

#[test]
fn severities_of_several_columns_count_for_their_categories() {
    let outcome = import("Node|Consequence|Safety|Environment|Asset damage\n1|Leak|3|Major|?").outcome(&plant());
    let project = applied(&outcome, &plant());
    let leak = risk(&project, "R-01");
    assert_eq!((leak.consequences.safety, leak.consequences.environment), (Rating::new(3), Rating::new(4)));
    assert!(leak.scenario.contains("Asset damage: ?"), "{}", leak.scenario);
}

#[test]
fn severities_mean_what_the_user_says() {
    let mut import = import("Node|Consequence|Severity\n1|Leak|I\n2|Fire|IV");
    assert_eq!(import.severities["IV"], None);
    import.set_severity("IV", Rating::new(5));
    import.set_severity("I", Rating::new(2));
    let project = applied(&import.outcome(&plant()), &plant());
    assert_eq!(risk(&project, "R-02").consequences.safety, Rating::new(5));
    import.reverse_severities();
    import.category = 3;
    let project = applied(&import.outcome(&plant()), &plant());
    assert_eq!(risk(&project, "R-01").consequences.finance, Rating::new(4));
}

#[test]
fn what_is_not_there_is_told_and_kept_in_the_text() {
    let outcome = import("Node|Consequence|Severity|Tag|Zone|Rank\n1|Leak|3|P-9, SIS-1|Z-9|A").outcome(&plant());
    let remarks = outcome.remarks();
    assert!(remarks.iter().any(|it| it.contains("\"Z-9\" is no zone")), "{remarks:?}");
    assert!(remarks.iter().any(|it| it.contains("\"P-9\" is no asset")), "{remarks:?}");
    let project = applied(&outcome, &plant());
    let leak = risk(&project, "R-01");
    assert_eq!(leak.targets, [ZoneId::derived_from("Z-SIS").into()].into(), "the zone of its equipment");
    for kept in ["Zone: Z-9", "Equipment: P-9", "Risk rank of the study: A"] {
        assert!(leak.scenario.contains(kept), "{kept}: {}", leak.scenario);
    }
}

#[test]
fn every_row_that_says_something_is_accounted_for() {
    let outcome =
        import("Node|Deviation|Consequence|Severity\n1|More flow|-|n/a\n2|No flow|Trip|3\n||||").outcome(&plant());
    assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged, 1 with errors");
    assert!(outcome.remarks()[0].contains("line 2: says a deviation but no consequence"), "{:?}", outcome.remarks());
    assert_eq!(outcome.row_remarks().len(), 2);
}

#[test]
fn the_same_sheet_twice_changes_nothing_and_another_is_a_conflict() {
    let once = applied(&import(SHEET).outcome(&plant()), &plant());
    let again = import(SHEET).outcome(&once);
    assert_eq!((again.summary().as_str(), &again.edit), ("0 new, 0 updated, 2 unchanged", &None));
    let mut changed = import(&SHEET.replace("|4|Safety", "|5|Safety"));
    let stopped = changed.outcome(&once);
    assert!(stopped.is_stopped() && stopped.edit.is_none());
    assert!(stopped.remarks()[0].contains("R-01 is there already and differs in safety"), "{:?}", stopped.remarks());
    changed.on_conflict = OnConflict::Skip;
    assert_eq!(changed.outcome(&once).edit, None);
    changed.on_conflict = OnConflict::Update;
    let updated = applied(&changed.outcome(&once), &once);
    assert_eq!(updated.risks.len(), 2);
    assert_eq!(risk(&updated, "R-01").consequences.safety, Rating::new(5));
}

#[test]
fn the_import_is_one_step() {
    let outcome = import(SHEET).outcome(&plant());
    let mut history = crate::history::History::new(plant());
    history.apply(outcome.edit.as_ref().unwrap()).unwrap();
    history.undo().unwrap();
    assert_eq!(history.current(), &plant());
}

#[test]
fn a_column_can_be_told_otherwise() {
    let mut import = import("Knot|How bad|Consequence\n1|4|Leak");
    assert_eq!(import.ignored(), ["Knot", "How bad"]);
    import.say(0, Some(Field::Node));
    import.say(1, Some(Field::Severity));
    assert_eq!(import.severities["4"], Rating::new(4));
    let project = applied(&import.outcome(&plant()), &plant());
    assert_eq!(risk(&project, "R-01").source, "HAZOP node 1, row 2");
}
