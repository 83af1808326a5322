//! Imports in the window: tables of assets, and drawings on their staging screen.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use zonewright::ui::action::View;
use zonewright::ui::{App, Start};

use super::support::{
    Dropped, Window, assert_no_id_stands_twice, choose, click, find, first_page, is_shown, press, session, shows,
    start, wait_until, water_works, written,
};

/// A drawing of two rectangles behind what stands in them, with a line between.
pub(super) const DRAWING: &str = r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
    <mxCell id="a" value="Level 2 Control" vertex="1" parent="1"><mxGeometry width="300" height="200" as="geometry"/></mxCell>
    <mxCell id="b" value="Office" vertex="1" parent="1"><mxGeometry x="500" width="300" height="200" as="geometry"/></mxCell>
    <mxCell id="p" value="PLC-1" vertex="1" parent="1"><mxGeometry x="40" y="60" width="80" height="60" as="geometry"/></mxCell>
    <mxCell id="e" value="Thing" vertex="1" parent="1"><mxGeometry x="600" y="60" width="80" height="60" as="geometry"/></mxCell>
    <mxCell id="l" edge="1" parent="1" source="p" target="e"><mxGeometry relative="1" as="geometry"/></mxCell>
    </root></mxGraphModel>"#;

#[test]
fn a_table_of_assets_tells_what_it_would_do_before_it_does_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("assets.csv");
    std::fs::write(&path, "tag,type,zone\nPLC-901,plc,Z-NEW\nPLC-902,plc,Z-NEW\n").unwrap();
    let mut window = water_works();
    let before = session(&window).project().assets.len();
    click(&mut window, "File");
    click(&mut window, "Import assets from a table…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the counts", |window| shows(window, "2 new"));
    assert!(shows(&window, "New zones: Z-NEW"));
    window.get_by_label("Make zones that the project does not have").click();
    wait_until(&mut window, "the counts anew", |window| shows(window, "Zones that the project does not have: Z-NEW"));
    click(&mut window, "Import");
    assert_eq!(session(&window).project().assets.len(), before + 2);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(session(&window).project().assets.len(), before);
}

#[test]
fn a_dropped_file_goes_where_it_belongs_and_a_picture_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = water_works();
    let drop = |window: &mut Window, name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
        window.run();
    };
    press(&mut window, Modifiers::ALT, Key::Num1);
    drop(&mut window, "cabinet.jpg", "a picture");
    assert!(shows(&window, "cabinet.jpg was not taken"), "{:?}", written(&window));
    drop(&mut window, "assets.csv", "tag,type,zone\nPLC-901,plc,Z-NEW\n");
    wait_until(&mut window, "the counts", |window| shows(window, "1 new"));
}

#[test]
fn a_hazop_tells_what_becomes_of_each_row_and_can_be_said_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.csv");
    let mut window = water_works();
    let before = session(&window).project().clone();
    let zone = before.zones.values().next().unwrap().tag.clone();
    let sheet = format!(
        "Node;Deviation;Consequence;Severity;Likelihood;Zone\n3.2;More level;Tank overflows;grim;;{zone}\n3.3;No flow;No water;5;2;{zone}\n3.4;As well as;;;;\n"
    );
    std::fs::write(&path, sheet).unwrap();
    click(&mut window, "File");
    click(&mut window, "Import consequences from a HAZOP…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the counts", |window| shows(window, "2 new"));
    assert!(shows(&window, "1 with errors") && shows(&window, "says a deviation but no consequence"));
    assert!(shows(&window, "\"grim\" stands for no severity"), "the cell is named");
    assert_no_id_stands_twice(&window, "hazop");
    click(&mut window, "Turn severities round");
    wait_until(&mut window, "the counts anew", |window| shows(window, "2 new"));
    click(&mut window, "Import");
    let after = session(&window).project();
    let new: Vec<_> = after.risks.iter().filter(|(id, _)| !before.risks.contains(*id)).map(|(_, it)| it).collect();
    assert_eq!(new.len(), 2);
    let turned = new.iter().find(|it| it.source == "HAZOP node 3.3, line 3 (study.csv)").unwrap();
    assert_eq!(turned.consequences.safety.map(zonewright::model::Rating::number), Some(1));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(session(&window).project().risks, before.risks);
}

#[test]
fn a_hazop_names_the_columns_that_are_left_out_and_its_nodes_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.csv");
    let node =
        "Node 7: transfer of sodium hypochlorite from the road tanker to the day tanks with venting and overflow";
    std::fs::write(&path, format!("Node;Consequence;Severity;Owner\n{node};Spill;4;Shift lead\n")).unwrap();
    let mut window = water_works();
    click(&mut window, "File");
    click(&mut window, "Import consequences from a HAZOP…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the counts", |window| shows(window, "1 new"));
    assert!(shows(&window, "left out") && shows(&window, "Column Owner: taken nowhere"), "{:?}", written(&window));
    let line = window.get_by_role_and_label(Role::Label, "Called").rect().height();
    let names = window.query_all_by_role_and_label(Role::Label, node).map(|it| it.rect().height());
    assert!(names.into_iter().any(|height| height > 1.5 * line), "it is broken into lines, not cut");
    click(&mut window, "Import");
    assert!(shows(&window, "Imported: 1 new"));
    for _ in 0..400 {
        window.step();
    }
    assert!(!shows(&window, "Imported: 1 new"), "what went well is told for a while");
}

#[test]
fn files_are_asked_for_beside_the_project_and_else_where_one_was_chosen_last() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("assets.csv");
    std::fs::write(&table, "tag\nPLC-901\n").unwrap();
    let here = folder.path().display().to_string();
    let mut window = water_works();
    click(&mut window, "File");
    click(&mut window, "Import assets from a table…");
    assert!(!shows(&window, &here));
    choose(&mut window, &table, "Import");
    wait_until(&mut window, "the counts", |window| shows(window, "1 new"));
    click(&mut window, "Cancel");
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    assert!(shows(&window, &here), "a sample has no folder: {:?}", written(&window));
    // opened by a name that holds only where the program was started
    let file = PathBuf::from("sample-projects/gas-compressor-station.zonewright");
    let start = Start { file: Some(file), ..start(false) };
    let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_theme(Theme::Light).with_max_steps(40);
    let mut window: Window = builder.build_eframe(move |creation| App::new(&creation.egui_ctx, start));
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    for command in ["Save as…", "Export tracker…", "Export full report…", "Import consequences from a HAZOP…"] {
        find(&mut window, command);
        let beside = format!("{}sample-projects", std::path::MAIN_SEPARATOR);
        assert!(written(&window).iter().any(|it| it.ends_with(&beside)), "{command}: {:?}", written(&window));
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn a_drawing_is_shown_said_otherwise_and_imported_as_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plant.drawio");
    std::fs::write(&path, DRAWING).unwrap();
    let mut window = first_page();
    click(&mut window, "Import a drawing…");
    choose(&mut window, &path, "Import");
    let import = "Import 2 zones, 2 assets and 1 conduit";
    wait_until(&mut window, "the staging screen", |window| shows(window, import));
    assert!(shows(&window, "Everything was understood"));
    assert_no_id_stands_twice(&window, "staging");
    // all boxes at once, then with a key
    click(&mut window, "rectangle (2)");
    assert!(shows(&window, "2 shapes"));
    press(&mut window, Modifiers::NONE, Key::X);
    wait_until(&mut window, "the new count", |window| !shows(window, import) && shows(window, "Import 2 zones"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    wait_until(&mut window, "the step taken back", |window| shows(window, import));
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    wait_until(&mut window, "the step done again", |window| !shows(window, import) && shows(window, "Import 2 zones"));
    click(&mut window, "As it was understood");
    wait_until(&mut window, "the first count", |window| shows(window, import));
    click(&mut window, import);
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    assert_eq!(session(&window).project().zones.len(), 2);
    assert!(is_shown(&window, View::Diagram));
    let before = session(&window).project().clone();
    click(&mut window, "File");
    click(&mut window, "Import a drawing…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the staging screen", |window| shows(window, "Into this project"));
    window.get_by_label("Into this project").click();
    window.run();
    click(&mut window, import);
    wait_until(&mut window, "the import", |window| session(window).project().zones.len() == 4);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(session(&window).project() == &before, "one step takes it back");
}

#[test]
fn lines_that_no_conduit_carries_are_shown_after_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.drawio");
    let shape = |id: &str, x: u32| {
        format!(
            r#"<mxCell id="{id}" value="{id}" style="shape=mxgraph.cisco.routers.router;" vertex="1" parent="1"><mxGeometry x="{x}" y="40" width="60" height="40" as="geometry"/></mxCell>"#
        )
    };
    let line = r#"<mxCell id="e" style="endArrow=none;" edge="1" parent="1" source="R-A" target="R-B"><mxGeometry relative="1" as="geometry"/></mxCell>"#;
    let cells =
        format!(r#"<mxCell id="0"/><mxCell id="1" parent="0"/>{}{}{line}"#, shape("R-A", 40), shape("R-B", 400));
    std::fs::write(&path, format!("<mxGraphModel><root>{cells}</root></mxGraphModel>")).unwrap();
    let mut window = first_page();
    click(&mut window, "Import a drawing…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the staging screen", |window| shows(window, "Import 1 zone"));
    let import = written(&window).into_iter().find(|it| it.starts_with("Import 1 zone")).unwrap();
    click(&mut window, &import);
    wait_until(&mut window, "the project", |window| window.state().session().is_some());
    assert_eq!(session(&window).project().flows.len(), 1);
    click(&mut window, "Layers");
    let layer = |name: &str| window.get_by_role_and_label(Role::CheckBox, name).accesskit_node().toggled();
    assert_eq!(layer("Flows"), Some(egui::accesskit::Toggled::True));
}

#[test]
fn a_file_that_is_no_drawing_leaves_the_open_project() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("noise.drawio");
    std::fs::write(&path, "no drawing at all").unwrap();
    let mut window = water_works();
    let before = session(&window).project().clone();
    click(&mut window, "File");
    click(&mut window, "Import a drawing…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the error", |window| shows(window, "was not imported"));
    assert!(session(&window).project().same(&before));
}

#[test]
fn rows_in_conflict_and_with_errors_are_told_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("assets.csv");
    let mut window = water_works();
    let there = session(&window).project().assets.values().next().unwrap().tag.clone();
    let table = format!("tag,type,vendor\n{there},,Somebody else\nPLC-901,flux capacitor,\nPLC-901,plc,\n");
    std::fs::write(&path, table).unwrap();
    let before = session(&window).project().clone();
    click(&mut window, "File");
    click(&mut window, "Import assets from a table…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the counts", |window| shows(window, "1 in conflict"));
    assert!(shows(&window, "1 with errors") && shows(&window, "Rows in conflict stop the import"));
    assert!(shows(&window, "\"flux capacitor\" is no known type"), "the cell is named");
    let place = |window: &Window, text: &str| written(window).iter().position(|it| it == text);
    assert!(place(&window, "Line 4") < place(&window, "Line 2"), "errors first");
    let is_offered =
        |window: &Window| !window.get_by_role_and_label(Role::Button, "Import").accesskit_node().is_disabled();
    assert!(!is_offered(&window));
    window.get_by_label("Leave it as it is").click();
    wait_until(&mut window, "the counts anew", |window| shows(window, "1 left as they are"));
    assert!(is_offered(&window));
    click(&mut window, "Import");
    let after = session(&window).project();
    assert_eq!(after.assets.len(), before.assets.len() + 1);
    assert!(before.assets.iter().all(|(id, asset)| after.assets.get(id) == Some(asset)), "what was there stays");
}

#[test]
fn an_empty_diagram_offers_to_begin_with_a_drawing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plant.drawio");
    std::fs::write(&path, DRAWING).unwrap();
    let mut window = first_page();
    press(&mut window, Modifiers::COMMAND, Key::N);
    press(&mut window, Modifiers::ALT, Key::Num4);
    assert!(shows(&window, "Nothing drawn yet"));
    click(&mut window, "Import a drawing…");
    choose(&mut window, &path, "Import");
    wait_until(&mut window, "the staging screen", |window| shows(window, "Into this project"));
    click(&mut window, "Import 2 zones, 2 assets and 1 conduit");
    wait_until(&mut window, "the import", |window| session(window).project().zones.len() == 2);
    assert!(!shows(&window, "Nothing drawn yet"));
}
