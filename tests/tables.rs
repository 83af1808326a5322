//! Tables out and in again: what they hold comes back, however a spreadsheet saved
//! them, and a cell that can't be taken is told and nothing is written.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jiff::civil::date;
use tempfile::TempDir;
use zonewright::analysis::analyse;
use zonewright::catalogue::Catalogue;
use zonewright::exchange::analysis_json;
use zonewright::exchange::tables::{self, Rejected, TablesError};
use zonewright::model::*;
use zonewright::samples::SAMPLES;

/// A folder with the tables of a project.
fn exported(project: &Project) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tables::export(project, &folder.path().join("plant")).unwrap();
    folder
}

fn imported(folder: &TempDir) -> Project {
    let imported = tables::import(&folder.path().join("plant")).unwrap();
    assert_eq!(imported.warnings, Vec::<String>::new());
    imported.project
}

/// A project with everything at its default that no table has a column for.
fn as_tables_hold(project: &Project) -> Project {
    let level =
        |it: &Option<TargetLevel>| it.as_ref().map(|it| TargetLevel { levels: it.levels, ..TargetLevel::default() });
    let mut held = Project {
        flows: project.flows.iter().map(|(id, it)| (id, Flow { notes: String::new(), ..it.clone() })).collect(),
        ..Project::default()
    };
    for (id, it) in project.zones.iter() {
        let (notes, site) = Default::default();
        let zone = Zone { notes, site, boundary: Boundary::default(), sl_t: level(&it.sl_t), ..it.clone() };
        held.zones.insert(id, zone);
    }
    for (id, it) in project.conduits.iter() {
        let (notes, scope) = Default::default();
        held.conduits.insert(id, Conduit { notes, scope, sl_t: level(&it.sl_t), ..it.clone() });
    }
    for (id, it) in project.assets.iter() {
        held.assets.insert(id, Asset { notes: String::new(), place: None, ..it.clone() });
    }
    for (target, answers) in project.answers.iter() {
        let kept = |it: &Answer| {
            let (notes, countermeasure, justification) = match it.status {
                Status::Compensated => (String::new(), it.countermeasure.clone(), String::new()),
                Status::NotApplicable => (String::new(), String::new(), it.justification.clone()),
                _ => (it.notes.clone(), String::new(), String::new()),
            };
            Answer {
                notes,
                countermeasure,
                justification,
                answered_by: String::new(),
                answered_on: None,
                review: false,
                comments: Vec::new(),
                ..it.clone()
            }
        };
        held.answers.insert(target, answers.iter().map(|(&id, it)| (id, kept(it))).collect());
    }
    for (id, it) in project.evidence.iter() {
        held.evidence.insert(id, Evidence { notes: String::new(), ..it.clone() });
    }
    for (id, it) in project.risks.iter() {
        held.risks.insert(id, Risk { estimates: Vec::new(), ..it.clone() });
    }
    for (id, it) in project.actions.iter() {
        let (notes, outage_window, findings) = Default::default();
        held.actions.insert(id, Action { notes, outage_window, findings, ..it.clone() });
    }
    for (id, it) in project.acceptances.iter() {
        let findings = Default::default();
        held.acceptances.insert(id, Acceptance { findings, residual: None, review_every_months: None, ..it.clone() });
    }
    assert_eq!(held.first_unresolved(), None);
    held
}

/// What follows from a project, by tag, with findings in the order of their words.
fn analysed(project: &Project) -> serde_json::Value {
    let catalogue = Catalogue::embedded();
    let analysis = analyse(project, catalogue, date(2026, 11, 21));
    let json = analysis_json::to_json(project, catalogue, &analysis).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    // what is alike stands in the order of ids, which tables do not hold
    for list in ["/findings", "/exposure/easiest_paths"] {
        let list = value.pointer_mut(list).and_then(|it| it.as_array_mut()).unwrap();
        for finding in &mut *list {
            if let Some(about) = finding.get_mut("about").and_then(|it| it.as_array_mut()) {
                about.sort_by_key(ToString::to_string);
            }
        }
        list.sort_by_key(ToString::to_string);
    }
    for wave in value["roadmap"].as_array_mut().unwrap() {
        wave["actions"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    value
}

#[test]
fn a_second_export_is_the_first_to_the_byte() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let first = tables::written(&project).unwrap();
        let second = tables::written(&imported(&exported(&project))).unwrap();
        for ((file, before), (_, after)) in first.iter().zip(&second) {
            assert_eq!(String::from_utf8_lossy(before), String::from_utf8_lossy(after), "{}: {file}", sample.id);
        }
        assert!(first.iter().all(|(_, bytes)| bytes.iter().filter(|&&it| it == b'\n').count() > 1), "{}", sample.id);
    }
}

#[test]
fn what_tables_hold_leads_to_the_same_analysis() {
    for sample in SAMPLES {
        let project = sample.open().unwrap();
        let (before, after) = (analysed(&as_tables_hold(&project)), analysed(&imported(&exported(&project))));
        // how far the path is rests on the scope and the title page, which no table holds
        for (key, value) in before.as_object().unwrap().iter().filter(|(key, _)| *key != "zcr") {
            assert_eq!(value, &after[key], "{}: {key}", sample.id);
        }
    }
}

/// The tables of a folder as a spreadsheet may save them.
fn saved_again(folder: &TempDir, delimiter: u8, line_end: csv::Terminator, mark: &str) {
    for entry in fs::read_dir(folder.path().join("plant")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read(&path).unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(line_end).from_writer(Vec::from(mark));
        rows.records().for_each(|row| writer.write_record(&row.unwrap()).unwrap());
        fs::write(&path, writer.into_inner().unwrap()).unwrap();
    }
}

#[test]
fn semicolons_marks_and_line_ends_of_spreadsheets_do_not_matter() {
    for sample in SAMPLES {
        let folder = exported(&sample.open().unwrap());
        let plain = imported(&folder);
        saved_again(&folder, b';', csv::Terminator::CRLF, "\u{feff}");
        let text = fs::read_to_string(folder.path().join("plant/zones.csv")).unwrap();
        assert!(text.starts_with("\u{feff}tag;name;") && text.contains("\r\n"));
        assert!(imported(&folder) == plain, "{}", sample.id);
    }
}

#[test]
fn columns_stand_in_any_order_and_may_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zones.csv"), "Consequence,colour,TAG\n4,green,Z-1\n,,\n\n5,,Z-2\n").unwrap();
    let imported = tables::import(folder.path()).unwrap();
    let warned = imported.warnings.join("\n");
    assert!(warned.contains("zones.csv") && warned.contains("colour"), "{warned}");
    let mut zones: Vec<_> = imported.project.zones.values().map(|it| (it.tag.as_str(), it.consequence)).collect();
    zones.sort();
    assert_eq!(zones, [("Z-1", Rating::new(4)), ("Z-2", Rating::new(5))]);
    assert!(imported.project.zones.values().all(|it| it.frame.is_drawable()), "each zone has a place");
}

#[test]
fn the_same_tables_always_give_the_same_project() {
    let folder = exported(&SAMPLES[0].open().unwrap());
    assert!(imported(&folder) == imported(&folder));
}

/// Tables that can be taken; each case below spoils one cell.
const GOOD: [(&str, &str, &str); 9] = [
    (
        "zones.csv",
        "tag,name,parent,purdue,trust,untrusted,consequence,owner,sl_t,x,y,width,height",
        "Z-1,One,,2,Operational,no,3,Lead,3-3-2-2-3-2-2,0,0,200,100",
    ),
    (
        "conduits.csv",
        "tag,name,from,to,initiated_by,remote_access,filtering,owner,sl_t",
        "C-1,Link,Z-1,Z-1,both,none,stateful,Lead,1-1-1-1-1-1-1",
    ),
    (
        "assets.csv",
        "tag,name,type,zone,other_zones,address,supported,criticality,temporary,wireless,external",
        "A-1,PLC,plc,Z-1,Z-1,10.0.0.1,yes,4,no,no,no",
    ),
    ("flows.csv", "conduit,from_asset,to_asset,protocol,port,both_ways", "C-1,A-1,A-1,https,443,yes"),
    (
        "answers.csv",
        "target,requirement,status,inherited_from,capable,text,evidence",
        "Z-1,SR 1.1,inherited,C-1,yes,Seen,EV-1",
    ),
    (
        "evidence.csv",
        "tag,title,kind,location,sha256,collected_on,expires_on,accepted",
        "EV-1,Export,file,here,,2026-01-31,2027-01-31,yes",
    ),
    (
        "risks.csv",
        "tag,title,targets,safety,likelihood_unmitigated,likelihood_current,likelihood_residual,actions",
        "R-1,Flood,Z-1;C-1,4,5,4,2,T-1",
    ),
    (
        "actions.csv",
        "tag,title,owner,start,due,status,depends_on,outage,wave,closes",
        "T-1,Do,Lead,2026-01-01,2026-02-01,In progress,T-1,no,next outage,Z-1/SR 1.1",
    ),
    (
        "acceptances.csv",
        "tag,gaps,risks,reason,accepted_by,accepted_on,expires_on",
        "RA-1,Z-1/SR 1.1,R-1,Cost,Plant manager,2026-01-01,2027-01-01",
    ),
];

/// The good tables with one cell of one table replaced.
fn spoiled(spoil: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("plant")).unwrap();
    for (file, header, row) in GOOD {
        let mut cells: Vec<&str> = row.split(',').collect();
        for (_, column, cell) in spoil.iter().filter(|(at, ..)| *at == file) {
            let place =
                header.split(',').position(|name| name == *column).unwrap_or_else(|| panic!("{file}: {column}"));
            cells[place] = cell;
        }
        fs::write(folder.path().join("plant").join(file), format!("{header}\n\n{}\n", cells.join(","))).unwrap();
    }
    folder
}

fn rejected(folder: &TempDir) -> Vec<Rejected> {
    match tables::import(&folder.path().join("plant")) {
        Err(TablesError::Rejected(rejected)) => rejected,
        other => panic!("it is to be rejected: {:?}", other.map(|it| it.warnings)),
    }
}

/// File, column, a cell that can't be taken, and what the message must say is allowed.
const SPOILED: [(&str, &str, &str, &str); 48] = [
    ("zones.csv", "tag", "", "tag"),
    ("zones.csv", "tag", "Z;1", "semicolon"),
    ("zones.csv", "parent", "Z-9", "zones.csv"),
    ("zones.csv", "parent", "Z-1", "in itself"),
    ("zones.csv", "purdue", "2.5", "0, 1, 2, 3, 3.5, 4, 5"),
    ("zones.csv", "trust", "Trusted", "External, Enterprise, Operational, Safety"),
    ("zones.csv", "untrusted", "maybe", "yes or no"),
    ("zones.csv", "consequence", "6", "1 to 5"),
    ("zones.csv", "consequence", "high", "1 to 5"),
    ("zones.csv", "sl_t", "3-3-2", "3-3-2-2-3-2-2"),
    ("zones.csv", "sl_t", "3-3-2-2-3-2-5", "3-3-2-2-3-2-2"),
    ("zones.csv", "x", "left", "number"),
    ("zones.csv", "y", "NaN", "number"),
    ("zones.csv", "width", "inf", "number"),
    ("zones.csv", "height", "1e30", "number"),
    ("conduits.csv", "tag", "Z-1", "zones.csv"),
    ("conduits.csv", "from", "Z-9", "zones.csv"),
    ("conduits.csv", "to", "C-1", "zones.csv"),
    ("conduits.csv", "initiated_by", "nobody", "from, to, both"),
    ("conduits.csv", "remote_access", "yes", "none, on-demand, always-on"),
    ("conduits.csv", "filtering", "firewall", "none, stateful, application, one-way"),
    ("assets.csv", "type", "toaster", "plc"),
    ("assets.csv", "zone", "Z-9", "zones.csv"),
    ("assets.csv", "other_zones", "Z-1;Z-9", "zones.csv"),
    ("assets.csv", "supported", "perhaps", "unknown, yes, no"),
    ("assets.csv", "criticality", "0", "1 to 5"),
    ("assets.csv", "wireless", "sometimes", "yes or no"),
    ("flows.csv", "conduit", "Z-1", "conduits.csv"),
    ("flows.csv", "from_asset", "A-9", "assets.csv"),
    ("flows.csv", "port", "70000", "1 to 65535"),
    ("answers.csv", "target", "Z-9", "zones.csv or conduits.csv"),
    ("answers.csv", "target", "", "empty"),
    ("answers.csv", "requirement", "SR 1.99", "100 requirements"),
    ("answers.csv", "requirement", "1.1", "SR 1.1"),
    ("answers.csv", "status", "done", "not assessed, met, partial, not met, compensated, not applicable, inherited"),
    ("answers.csv", "inherited_from", "Z-9", "zones.csv or conduits.csv"),
    ("answers.csv", "capable", "2", "unknown, yes, no"),
    ("answers.csv", "evidence", "EV-1;EV-9", "evidence.csv"),
    ("evidence.csv", "sha256", "abc", "64 hexadecimal"),
    ("evidence.csv", "expires_on", "31.12.2026", "2026-11-21"),
    ("risks.csv", "targets", "Z-1;Z-9", "zones.csv or conduits.csv"),
    ("risks.csv", "likelihood_current", "9", "1 to 5"),
    ("risks.csv", "actions", "T-9", "actions.csv"),
    ("actions.csv", "status", "Started", "Planned, In progress, Done, Verified, Dropped"),
    ("actions.csv", "wave", "soon", "now, next, next outage, later"),
    ("actions.csv", "closes", "Z-1 SR 1.1", "Z-CTRL/SR 1.1"),
    ("acceptances.csv", "gaps", "Z-9/SR 1.1", "zones.csv or conduits.csv"),
    ("acceptances.csv", "risks", "R-9", "risks.csv"),
];

#[test]
fn the_good_tables_are_taken() {
    let project = imported(&spoiled(&[]));
    assert_eq!((project.zones.len(), project.flows.len(), project.acceptances.len()), (1, 1, 1));
}

#[test]
fn a_cell_that_can_not_be_taken_is_told_with_its_place_and_what_is_allowed() {
    for (file, column, cell, allowed) in SPOILED {
        let rejected = rejected(&spoiled(&[(file, column, cell)]));
        let told = rejected.iter().find(|it| it.file == file && it.column == column);
        let told = told.unwrap_or_else(|| panic!("{file}, {column} \"{cell}\": {rejected:?}"));
        assert_eq!(told.line, 3, "{told}: lines are counted as an editor counts them");
        assert!(told.reason.contains(allowed), "{told}: does not say \"{allowed}\"");
        // of several values in a cell the one that is wrong is named
        let named = cell.split([';', '/']).any(|value| told.reason.contains(value));
        assert!(named || allowed == "in itself", "{told}: does not name {cell}");
    }
}

#[test]
fn every_cell_that_can_not_be_taken_is_told_at_once() {
    let all = [
        ("zones.csv", "purdue", "9"),
        ("zones.csv", "trust", "x"),
        ("assets.csv", "type", "x"),
        ("evidence.csv", "accepted", "x"),
        ("actions.csv", "due", "x"),
    ];
    let rejected = rejected(&spoiled(&all));
    let told: Vec<_> = rejected.iter().map(|it| (it.file.as_str(), it.column.as_str())).collect();
    assert_eq!(told, all.map(|(file, column, _)| (file, column)));
}

#[test]
fn what_stands_twice_is_rejected() {
    let folder = spoiled(&[]);
    for (file, _, row) in GOOD.iter().filter(|(file, ..)| *file != "flows.csv") {
        let path = folder.path().join("plant").join(file);
        let good = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{good}{row}\n")).unwrap();
        let rejected = rejected(&folder);
        assert!(rejected.iter().any(|it| it.file == *file && it.line == 4 && it.reason.contains("twice")), "{file}");
        fs::write(&path, good).unwrap();
    }
}

#[test]
fn with_any_error_nothing_is_written() {
    let import = |tables: &Path, output: &Path, force: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zonewright"));
        command.args(["import", "tables"]).arg(tables).arg("-o").arg(output);
        command.args(force.then_some("--force")).output().unwrap()
    };
    for (file, column, cell, _) in SPOILED {
        let folder = spoiled(&[(file, column, cell)]);
        let output = folder.path().join("plant.zonewright");
        let ran = import(&folder.path().join("plant"), &output, false);
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("{file}, line 3, column {column}")), "{said}");
        assert!(ran.stdout.is_empty() && !output.exists());
        fs::write(&output, "an earlier project").unwrap();
        import(&folder.path().join("plant"), &output, true);
        assert_eq!(fs::read_to_string(&output).unwrap(), "an earlier project");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing lies beside it");
    }
}

#[test]
fn cells_that_would_be_lost_and_zones_without_end_are_refused() {
    let nested: String =
        (0..40).fold("tag,parent\nZ-0,\n".to_owned(), |table, number| format!("{table}Z-{},Z-{number}\n", number + 1));
    let wrong = [
        ("tag,name,owner\nZ-1,Mixer,Bob, Smith\n", "more cells than the header"),
        ("tag,name\nZ-1,\"Mixer\nZ-2,Filter\n", "quotation mark"),
        (&nested, "more than 32 others"),
    ];
    for (table, said) in wrong {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("zones.csv"), table).unwrap();
        let refused = tables::import(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn all_that_is_said_of_a_risk_comes_back() {
    let mut project = Project::default();
    let (zone, asset) = (ZoneId::derived_from("Z-1"), AssetId::derived_from("PLC-1"));
    let frame = Rect::new(0.0, 0.0, 200.0, 200.0);
    project.zones.insert(zone, Zone { tag: "Z-1".into(), frame, ..Zone::default() });
    project.assets.insert(asset, Asset { tag: "PLC-1".into(), zone: Some(zone), ..Asset::default() });
    let initial = RiskId::derived_from("R-01");
    let consequences = Consequences { safety: Rating::new(4), ..Consequences::default() };
    let first = Risk {
        tag: "R-01".into(),
        title: "Overflow".into(),
        stage: AssessmentStage::Initial,
        consequences,
        source: "HAZOP node 3.2, row 17".into(),
        ..Risk::default()
    };
    let detailed = Risk {
        tag: "R-02".into(),
        stage: AssessmentStage::Detailed,
        details: Some(initial),
        assets: [asset].into(),
        threat_source: "Malware".into(),
        scenario: "It comes in; it spreads.\nIt stops the pumps.".into(),
        vulnerabilities: "Open ports, \"shared\" passwords".into(),
        techniques: ["T0859".to_owned(), "T0866".to_owned()].into(),
        requirements: ["SR 1.1 RE 1".parse().unwrap(), "SR 5.1".parse().unwrap()].into(),
        template: "flat-network".into(),
        current_consequence: Rating::new(2),
        owner: "Operations manager".into(),
        ..first.clone()
    };
    project.risks = [(initial, first), (RiskId::derived_from("R-02"), detailed)].into_iter().collect();
    assert_eq!(imported(&exported(&project)).risks, project.risks);
}

#[test]
fn an_export_says_what_an_import_of_it_would_refuse() {
    let sample = SAMPLES[0].open().unwrap();
    assert_eq!(tables::remarks(&sample), [""; 0]);
    let mut six = sample;
    let (zone, asset) = (six.zones.ids().next().unwrap(), six.assets.ids().next().unwrap());
    six.zones.get_mut(zone).unwrap().tag = "C;D".into();
    six.assets.get_mut(asset).unwrap().criticality = Rating::new(6);
    let said = tables::remarks(&six);
    assert!(said[0].starts_with("1 of the tags") && said[1].starts_with("1 of the assets"), "{said:?}");
}

#[test]
fn ratings_of_another_matrix_are_spread_onto_the_five_that_tables_know() {
    let mut project = SAMPLES[0].open().unwrap();
    assert_eq!(tables::remarks(&project), [""; 0]);
    Arc::make_mut(&mut project.settings).matrix = RiskMatrix::default().with_steps(6, 3);
    let (zone, risk) = (project.zones.ids().next().unwrap(), project.risks.ids().next().unwrap());
    project.zones.get_mut(zone).unwrap().consequence = Rating::new(6);
    project.risks.get_mut(risk).unwrap().current = Rating::new(3);
    let back = imported(&exported(&project));
    let tag = &project.zones.get(zone).unwrap().tag;
    let there = back.zones.values().find(|it| it.tag == *tag).unwrap();
    assert_eq!(there.consequence, Rating::new(5), "the worst stays the worst");
    let tag = &project.risks.get(risk).unwrap().tag;
    assert_eq!(back.risks.values().find(|it| it.tag == *tag).unwrap().current, Rating::new(5));
    let said = tables::remarks(&project);
    assert!(said.iter().any(|it| it.starts_with("The matrix has 6 steps of consequence and 3")), "{said:?}");
}
