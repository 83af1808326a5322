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
    assert_eq!(first.source, "HAZOP node 3.2, row 17 (study.csv)");
    assert_eq!(first.scenario, "Deviation: More level\nCause: LV-101 fails open\nConsequence: Tank overflows.");
    assert_eq!((first.stage, first.consequences.safety), (AssessmentStage::Initial, Rating::new(4)));
    assert_eq!(first.countermeasures, "High level alarm");
    assert_eq!(first.targets, [ZoneId::derived_from("Z-DOSE").into()].into());
    assert_eq!(first.assets, [AssetId::derived_from("LV-101")].into(), "its tag stands in the cause");
    let second = risk(&project, "R-02");
    assert_eq!(second.source, "HAZOP node 3.2, row 18 (study.csv)");
    assert!(second.scenario.contains("Cause: LV-101 fails open"), "what stands above holds: {}", second.scenario);
    assert_eq!(second.consequences.environment, Rating::new(5));
}

#[test]
fn a_node_is_the_zone_that_its_words_name_or_that_somebody_said() {
    let mut import = import("Node|Consequence|Severity\n3 Dosing of acid|Burns|4\n4 SIS|Trip|3\n5 Yard|Fire|2");
    let plant = plant();
    let places = |import: &HazopImport| import.places_in(&plant).into_iter().map(|it| it.1).collect::<Vec<_>>();
    let [dosing, sis] = ["Z-DOSE", "Z-SIS"].map(|it| Subject::Zone(ZoneId::derived_from(it)));
    assert_eq!(places(&import), [Some(dosing), None, None], "a name among its words");
    import.set_place("4 SIS", Some(sis));
    import.set_place("3 Dosing of acid", Some(AssetId::derived_from("LV-101").into()));
    let outcome = import.outcome(&plant);
    assert!(outcome.rows.iter().all(|it| it.doubts.is_empty()), "a node need not be a zone");
    let project = applied(&outcome, &plant);
    let about = |tag: &str| (risk(&project, tag).targets.clone(), risk(&project, tag).assets.clone());
    assert_eq!(about("R-01"), ([dosing.target().unwrap()].into(), [AssetId::derived_from("LV-101")].into()));
    assert_eq!(about("R-02"), ([sis.target().unwrap()].into(), BTreeSet::new()));
    assert_eq!(about("R-03"), (BTreeSet::new(), BTreeSet::new()));
    import.set_place("3 Dosing of acid", None);
    assert_eq!(places(&import)[0], None, "nowhere, whatever it is called");
}

#[test]
fn of_places_that_are_called_the_same_none_is_taken_and_their_tags_are_told() {
    let plant =
        Fixture::new().zone("Z-B", |it| it.name = "Pumping".into()).zone("Z-A", |it| it.name = "pumping".into());
    let plant = plant.zone("Z-C", |it| it.name = "Storage".into()).project;
    let mut import = import("Node|Consequence|Severity|Zone\n3 Pumping|Burns|4|\n|Fire|3|Pumping\n4|Smoke|2|storage");
    let outcome = import.outcome(&plant);
    let doubts = |column: &str, name: &str| {
        (column.to_owned(), format!("\"{name}\" may be Z-A or Z-B, and is taken for none: say which it is"))
    };
    assert_eq!(outcome.rows[0].doubts, [doubts("node", "3 Pumping")]);
    assert_eq!(outcome.rows[1].doubts, [doubts("node", "3 Pumping"), doubts("zone", "Pumping")]);
    let project = applied(&outcome, &plant);
    assert!(risk(&project, "R-01").targets.is_empty() && risk(&project, "R-02").targets.is_empty());
    assert!(risk(&project, "R-02").scenario.contains("Zone: Pumping"));
    assert_eq!(risk(&project, "R-03").targets, [ZoneId::derived_from("Z-C").into()].into());
    assert_eq!(import.places_in(&plant)[0].1, None);
    import.set_place("3 Pumping", Some(ZoneId::derived_from("Z-A").into()));
    assert!(import.outcome(&plant).rows[0].doubts.is_empty());
}

#[test]
fn a_category_is_the_same_however_it_is_broken_into_lines() {
    let table = Table {
        name: "study.csv".into(),
        columns: ["Node", "Consequence", "Severity", "Category"].map(str::to_owned).into(),
        rows: [("Fire", "Plant  damage"), ("Smoke", "Plant\ndamage"), ("Leak", "Safety\nEnvironment")]
            .map(|(what, category)| Row { line: 2, cells: ["1", what, "4", category].map(str::to_owned).into() })
            .into(),
        other_sheets: Vec::new(),
    };
    let mut import = HazopImport::new(table, &RiskMatrix::default());
    let listed = [("Plant damage".to_owned(), vec![]), ("Safety Environment".to_owned(), vec![0, 1])];
    assert_eq!(import.categories_in(), listed, "each once");
    import.set_category("Plant  damage", vec![3]);
    let outcome = import.outcome(&plant());
    assert!(outcome.rows.iter().all(|it| it.doubts.is_empty()));
    let project = applied(&outcome, &plant());
    for tag in ["R-01", "R-02"] {
        assert_eq!(risk(&project, tag).consequences.finance, Rating::new(4), "{tag}");
    }
}

#[test]
fn an_unknown_category_can_be_said() {
    let mut import = import("Node|Consequence|Severity|Category\n1|Fire|4|Plant damage\n1|Smoke|3|Safety");
    assert_eq!(import.categories_in(), [("Plant damage".to_owned(), vec![]), ("Safety".to_owned(), vec![0])]);
    let doubts = |import: &HazopImport| import.outcome(&plant()).rows.iter().map(|it| it.doubts.len()).sum::<usize>();
    assert_eq!(doubts(&import), 1);
    import.set_category("Plant damage", vec![3]);
    assert_eq!(doubts(&import), 0);
    let project = applied(&import.outcome(&plant()), &plant());
    assert_eq!(risk(&project, "R-01").consequences.finance, Rating::new(4));
    assert!(!risk(&project, "R-01").scenario.contains("Category"));
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

const MERGED: &str = "Node|No.|Deviation|Cause|Consequence|Severity|Category|Safeguards|Remarks
1||High pressure|Valve closed|Vessel rupture|5|Safety|PSV-101|
|||||3|Environment|SIS trip|
|||Pump runs on||||Operator response|Look at the drain
|2||||||PSV-10|";

#[test]
fn a_merged_consequence_is_one_scenario_with_all_that_stands_beside_it() {
    let outcome = import(MERGED).outcome(&plant());
    assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged, 3 joined with another row");
    let project = applied(&outcome, &plant());
    let only = risk(&project, "R-01");
    assert_eq!((only.consequences.safety, only.consequences.environment), (Rating::new(5), Rating::new(3)));
    assert_eq!(only.countermeasures, "PSV-101\nSIS trip\nOperator response\nPSV-10", "PSV-10 is not PSV-101");
    for kept in ["Cause: Valve closed", "Also caused by: Pump runs on", "Remarks: Look at the drain", "Also row 2"] {
        assert!(only.scenario.contains(kept), "{kept}: {}", only.scenario);
    }
    assert!(outcome.rows.iter().all(|row| row.tag == "R-01"));
    assert_eq!(import(MERGED).outcome(&project).edit, None);
}

#[test]
fn a_merged_severity_or_category_holds_for_the_rows_beside_it() {
    let sheet =
        "Node|Deviation|Consequence|Severity|Category\n1|Fire|Smoke|2|Environment\n|||4|\n||||Operations\n|||-|Safety";
    let project = applied(&import(sheet).outcome(&plant()), &plant());
    let only = risk(&project, "R-01");
    assert_eq!((only.consequences.environment, only.consequences.operations), (Rating::new(4), Rating::new(4)));
    assert_eq!(only.consequences.safety, None, "where a row says that there is none");
}

#[test]
fn causes_of_a_study_without_consequences_are_scenarios_of_their_own() {
    let sheet = "Node|Deviation|Cause|Severity\n1|High pressure|Valve closed|5\n||Pump runs on|3\n|||4";
    let outcome = import(sheet).outcome(&plant());
    assert_eq!(outcome.summary(), "2 new, 0 updated, 0 unchanged, 1 joined with another row");
}

#[test]
fn rows_that_differ_in_their_number_only_are_one_scenario() {
    let sheet = "Node|No.|Deviation|Cause|Consequence|Sev|Safeguards\n1|1|Fire|Spark|Smoke|2|Alarm\n1|2|Fire|Spark|Smoke|4|Foam";
    let project = applied(&import(sheet).outcome(&plant()), &plant());
    let only = risk(&project, "R-01");
    assert_eq!((project.risks.len(), only.consequences.safety), (1, Rating::new(4)));
    assert_eq!(only.countermeasures, "Alarm\nFoam");
    assert!(only.scenario.contains("Also row 2") && !only.scenario.contains("Also row 1"), "{}", only.scenario);
}

#[test]
fn a_severity_alone_is_no_scenario() {
    let outcome = import("Node|Consequence|Severity\n1||4\n2|Fire|3").outcome(&plant());
    assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged, 1 with errors");
    assert!(outcome.remarks()[0].contains("how bad it is but not what happens"), "{:?}", outcome.remarks());
}

#[test]
fn an_unknown_category_rates_nothing_and_is_told() {
    let sheet = "Node|Consequence|Severity|Category\n1|Leak|5|Weather\n2|Fine|4|Financial loss\n3|Fire|3|\n4|Spill|2|Health & Environment";
    let outcome = import(sheet).outcome(&plant());
    assert!(outcome.remarks().iter().any(|it| it.contains("\"Weather\" is no known category")), "{outcome:?}");
    let project = applied(&outcome, &plant());
    let leak = risk(&project, "R-01");
    assert_eq!(leak.consequences.worst(), None);
    assert!(leak.scenario.contains("Severity: 5") && leak.scenario.contains("Category: Weather"), "{}", leak.scenario);
    assert_eq!(risk(&project, "R-02").consequences.finance, Rating::new(4));
    assert_eq!(risk(&project, "R-03").consequences.safety, Rating::new(3), "no category is the usual one");
    let both = &risk(&project, "R-04").consequences;
    assert_eq!((both.safety, both.environment), (Rating::new(2), Rating::new(2)));
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
    assert_eq!(import.severities["IV"], Rating::new(4));
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

fn in_table(name: &str, text: &str) -> HazopImport {
    let mut import = import(text);
    let table = std::sync::Arc::make_mut(&mut import.table);
    table.name = name.into();
    import.on_conflict = OnConflict::Update;
    import
}

#[test]
fn a_row_put_in_above_moves_no_scenario() {
    let sheet = "Node|Deviation|Consequence|Severity\n1|Fire|Smoke|2\n1|Leak|Spill|3";
    let once = applied(&import(sheet).outcome(&plant()), &plant());
    let longer = sheet.replace("\n1|Fire", "\n1|Frost|Burst pipe|5\n1|Fire");
    let outcome = in_table("study.csv", &longer).outcome(&once);
    assert_eq!(outcome.summary(), "1 new, 0 updated, 2 unchanged");
    let project = applied(&outcome, &once);
    assert_eq!(
        (risk(&project, "R-01").title.as_str(), risk(&project, "R-03").title.as_str()),
        ("Fire: Smoke", "Frost: Burst pipe")
    );
    assert_eq!(project.risks.len(), 3);
}

#[test]
fn a_row_number_counts_only_where_the_deviation_is_the_same() {
    let sheet = "Node|No.|Deviation|Consequence|Severity\n1|7|Fire|Smoke|2";
    let once = applied(&import(sheet).outcome(&plant()), &plant());
    let reworded = in_table("study.csv", &sheet.replace("Smoke", "Smoke in the hall")).outcome(&once);
    assert_eq!(reworded.summary(), "0 new, 1 updated, 0 unchanged");
    assert_eq!(risk(&applied(&reworded, &once), "R-01").title, "Fire: Smoke in the hall");
    let other = in_table("study.csv", &sheet.replace("Fire|Smoke", "Leak|Spill")).outcome(&once);
    assert_eq!(other.summary(), "1 new, 0 updated, 0 unchanged");
}

#[test]
fn another_study_of_another_part_overwrites_nothing() {
    let sheet = "Node|No.|Deviation|Consequence|Severity|Zone\n1|7|Fire|Smoke|2|Z-DOSE";
    let once = applied(&in_table("dosing.csv", sheet).outcome(&plant()), &plant());
    let elsewhere = sheet.replace("|2|Z-DOSE", "|5|Z-SIS");
    for (table, text) in [("sis.csv", elsewhere.as_str()), ("sis.csv", &elsewhere.replace("Smoke", "Loss of trip"))] {
        let outcome = in_table(table, text).outcome(&once);
        assert_eq!(outcome.summary(), "1 new, 0 updated, 0 unchanged", "{text}");
        let project = applied(&outcome, &once);
        assert_eq!(risk(&project, "R-01"), risk(&once, "R-01"));
        assert_eq!(risk(&project, "R-02").source, "HAZOP node 1, row 7 (sis.csv)");
    }
    let renamed = in_table("dosing, later.csv", sheet).outcome(&once);
    assert_eq!(renamed.summary(), "0 new, 0 updated, 1 unchanged", "the same words of the same zone");
}

#[test]
fn rows_of_one_number_have_sources_and_tags_of_their_own() {
    let rows: String = (0..40).map(|it| format!("\n1|7|Deviation {it}|Consequence|3")).collect();
    let outcome = import(&format!("Node|No.|Deviation|Consequence|Severity{rows}")).outcome(&plant());
    let project = applied(&outcome, &plant());
    let of = |it: fn(&Risk) -> &String| project.risks.values().map(it).collect::<BTreeSet<_>>().len();
    assert_eq!((of(|it| &it.source), of(|it| &it.tag)), (40, 40));
    assert_eq!(risk(&project, "R-40").source, "HAZOP node 1, row 7 (study.csv) (40)");
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
    assert_eq!(risk(&project, "R-01").source, "HAZOP node 1, line 2 (study.csv)");
}

#[test]
fn a_tag_that_several_assets_have_is_taken_for_none_of_them() {
    let plant = Fixture::new().zone("Z-A", |_| ()).zone("Z-B", |_| ()).zone("Z-C", |_| ());
    let plant = plant.asset("P-1", "drive", "Z-A", |_| ()).asset("P-2", "drive", "Z-B", |_| ());
    let mut plant = plant.asset("P-3", "drive", "Z-C", |_| ()).project;
    plant.assets.get_mut(AssetId::derived_from("P-2")).unwrap().tag = "P-1".into();
    let import =
        import("Node|Cause|Consequence|Severity|Tag\n1||Leak|3|P-1; P-3\n2|P-1 stops|Dry run|2|\nP-1||Fire|4|");
    let outcome = import.outcome(&plant);
    let which = "P-1 in Z-A or P-1 in Z-B";
    let doubt = |column: &str, doubt: String| [(column.to_owned(), doubt)];
    let two = format!("\"P-1\" is the tag of 2 assets, {which}: it is taken for none");
    assert_eq!(outcome.rows[0].doubts, doubt("equipment", format!("{two} and went to the text")));
    assert_eq!(outcome.rows[1].doubts, doubt("cause or consequence", two));
    let may_be = format!("\"P-1\" may be {which}, and is taken for none: say which it is");
    assert_eq!(outcome.rows[2].doubts, doubt("node", may_be));
    let project = applied(&outcome, &plant);
    let leak = risk(&project, "R-01");
    assert_eq!(leak.assets, [AssetId::derived_from("P-3")].into());
    assert!(leak.scenario.contains("Equipment: P-1"), "{}", leak.scenario);
    assert!(risk(&project, "R-02").assets.is_empty());
}

#[test]
fn a_scale_is_that_of_the_column_which_says_it() {
    let mut import = import("Consequence|Severity|Class\nLeak|1|5\nFire|4|10\nSmoke|5|10\nSpill|2|1");
    let [one, three, five] = [1, 3, 5].map(|it| Rating::new(it).unwrap());
    assert_eq!(import.severities["5"], Some(five));
    import.say(2, Some(Field::Severity));
    assert_eq!(import.severities.get("4"), None, "what only the other column says is gone");
    assert_eq!(import.severities["5"], Some(three), "half of ten, and not the top of five");
    assert_eq!(import.severities["1"], Some(one));
    import.say(1, Some(Field::Severity));
    import.reverse_severities();
    import.set_severity("4", Some(five));
    assert_eq!((import.severities["1"], import.severities["4"]), (Some(five), Some(five)));
    import.say(0, Some(Field::Deviation));
    assert_eq!(
        (import.severities["1"], import.severities["4"]),
        (Some(five), Some(five)),
        "another column changes nothing"
    );
    import.say(2, Some(Field::Severity));
    assert_eq!(
        (import.severities["1"], import.severities["10"]),
        (Some(one), Some(five)),
        "turned was the other column"
    );
    import.say(2, Some(Field::Safety));
    import.reverse_severities();
    import.say(1, Some(Field::Environment));
    assert_eq!(import.severities["10"], Some(one), "a column beside it counts the same way");
}

#[test]
fn what_was_said_of_a_worksheet_is_said_again_of_what_there_still_is() {
    let sheet = "Node|Consequence|Severity\n5 Yard|Fire|2\n6 Acid|Burns|4";
    let mut said = import(sheet);
    let [dosing, gone] = ["Z-DOSE", "Z-GONE"].map(|it| Subject::Zone(ZoneId::derived_from(it)));
    said.set_place("5 Yard", Some(dosing));
    said.set_place("6 Acid", Some(gone));
    said.reverse_severities();
    said.study = "Study 7".into();
    let kept = ron::to_string(&said).unwrap();
    assert!(!kept.contains("Burns"), "the table itself is not kept");
    let mut again = import(sheet);
    again.say_again(ron::from_str(&kept).unwrap(), &plant());
    let places: Vec<_> = again.places_in(&plant()).into_iter().map(|it| it.1).collect();
    assert_eq!(places, [Some(dosing), None]);
    assert_eq!((again.study.as_str(), &again.severities), ("Study 7", &said.severities));
    assert_ne!(again.severities, import(sheet).severities);
}
