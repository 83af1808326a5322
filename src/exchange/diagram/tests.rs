use std::collections::BTreeSet;

use super::*;
use crate::analysis::fixture::Fixture;
use crate::exchange::drawings::staging::{Report, Staging};
use crate::exchange::drawings::{Drawing, DrawingKind, DrawnShape, LinkEnd, read};
use crate::model::reasons::{As, same_as};
use crate::model::*;

fn plant() -> Fixture {
    Fixture::new()
        .zone("Z-OPS", |zone| {
            zone.name = "Operations & <control>".into();
            zone.frame = Rect::new(40.0, 60.0, 640.0, 420.0);
            zone.purdue = Some(PurdueLevel::L3);
        })
        .zone("Z-SIS", |zone| {
            zone.name = "Safety".into();
            zone.trust = Trust::Safety;
            zone.parent = Some(ZoneId::derived_from("Z-OPS"));
            zone.frame = Rect::new(80.0, 140.0, 260.0, 200.0);
        })
        .zone("Z-ENT", |zone| {
            zone.trust = Trust::Enterprise;
            zone.frame = Rect::new(40.0, -300.0, 300.0, 160.0);
        })
        .conduit("C-1", "Z-ENT", "Z-OPS", |conduit| {
            conduit.initiated_by = Initiator::From;
            conduit.filtering = Filtering::Stateful;
        })
        .conduit("C-2", "Z-SIS", "Z-OPS", |_| ())
        .asset("HIST-1", "historian", "Z-OPS", |asset| {
            asset.name = "Historian".into();
            asset.addresses = vec!["10.0.0.5".into()];
            asset.other_zones.insert(ZoneId::derived_from("Z-ENT"));
        })
        .asset("SIS-1", "sis_controller", "Z-SIS", |_| ())
        .asset("LOOSE", "plc", "", |_| ())
        .flow("C-1", "HIST-1", "SIS-1", "modbus_tcp", |_| ())
        .sl_t("Z-SIS", 3)
}

fn exported(ending: &str) -> Vec<u8> {
    let plant = plant();
    for_file(&plant.project, &plant.analyse(), (&Look::printed(), &Part::All), Path::new(&format!("a.{ending}")))
        .unwrap()
}

fn read_back(ending: &str) -> Drawing {
    let kind = if ending == "drawio" { DrawingKind::Drawio } else { DrawingKind::Graphml };
    read(kind, &exported(ending)).unwrap()
}

fn named<'a>(drawing: &'a Drawing, tag: &str) -> &'a DrawnShape {
    let has_tag = |it: &&DrawnShape| it.details.iter().any(|(name, value)| name == "tag" && value == tag);
    drawing.pages[0].shapes.iter().find(has_tag).unwrap_or_else(|| panic!("{tag}"))
}

#[test]
fn zones_nest_and_assets_stand_in_them() {
    for ending in ["drawio", "graphml"] {
        let drawing = read_back(ending);
        let parent = |tag: &str| named(&drawing, tag).parent.map(|it| drawing.pages[0].shapes[it].key.clone());
        let key = |tag: &str| Some(named(&drawing, tag).key.clone());
        assert_eq!(parent("Z-SIS"), key("Z-OPS"), "{ending}");
        assert_eq!(parent("SIS-1"), key("Z-SIS"), "{ending}");
        assert_eq!(parent("HIST-1"), key("Z-OPS"), "{ending}");
        assert_eq!(parent("LOOSE"), None, "{ending}");
        assert!(named(&drawing, "Z-OPS").text.contains("Operations & <control>"), "{ending}");
    }
}

#[test]
fn everything_is_where_we_draw_it() {
    let frame = plant().project.zones.get(ZoneId::derived_from("Z-SIS")).unwrap().frame;
    for ending in ["drawio", "graphml"] {
        let drawing = read_back(ending);
        assert_eq!(named(&drawing, "Z-SIS").frame, frame, "{ending}");
        assert!(frame.encloses(&named(&drawing, "SIS-1").frame), "{ending}");
    }
}

#[test]
fn conduits_join_zones_and_point_where_they_may_be_opened() {
    for ending in ["drawio", "graphml"] {
        let drawing = read_back(ending);
        let page = &drawing.pages[0];
        let link = page.links.iter().find(|it| it.text.contains("C-1")).unwrap();
        let key = |end| if let LinkEnd::Shape(at) = end { page.shapes[at].key.clone() } else { String::new() };
        assert_eq!(key(link.from), ZoneId::derived_from("Z-ENT").to_string(), "{ending}");
        assert_eq!(key(link.to), ZoneId::derived_from("Z-OPS").to_string(), "{ending}");
        assert!(link.points_on && !link.points_back, "{ending}");
        assert!(link.details.contains(&("filtering".into(), "stateful".into())), "{ending}");
        assert_eq!(page.links.len(), 3, "{ending}: two conduits and a flow; a second home is a field of its asset");
    }
}

#[test]
fn the_fields_say_what_ours_say() {
    let drawing = read_back("drawio");
    let says = |tag: &str, name: &str| {
        named(&drawing, tag).details.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    assert_eq!(says("Z-SIS", "sl_t").as_deref(), Some("3-3-3-3-3-3-3"));
    assert_eq!(says("Z-SIS", "trust").as_deref(), Some("Safety"));
    assert_eq!(says("HIST-1", "address").as_deref(), Some("10.0.0.5"));
    assert_eq!(says("HIST-1", "other_zones").as_deref(), Some("Z-ENT"));
}

#[test]
fn flows_have_a_hidden_layer_of_their_own() {
    let text = String::from_utf8(exported("drawio")).unwrap();
    assert!(text.contains("id=\"layer-flows\" value=\"Flows\" visible=\"0\""));
    assert!(text.contains("zonewright=\"flow\""));
}

#[test]
fn the_same_plant_gives_the_same_bytes() {
    for ending in ["drawio", "graphml"] {
        assert_eq!(exported(ending), exported(ending), "{ending}");
    }
}

#[test]
fn an_empty_plant_is_a_drawing_too() {
    let plant = Fixture::new();
    for ending in ["drawio", "graphml"] {
        let bytes = for_file(
            &plant.project,
            &plant.analyse(),
            (&Look::printed(), &Part::All),
            Path::new(&format!("a.{ending}")),
        )
        .unwrap();
        let kind = if ending == "drawio" { DrawingKind::Drawio } else { DrawingKind::Graphml };
        assert!(read(kind, &bytes).is_ok(), "{ending}");
    }
}

/// What was written, read back and built.
fn staged(plant: &Fixture, ending: &str) -> Staging {
    let path = format!("a.{ending}");
    let bytes = for_file(&plant.project, &plant.analyse(), (&Look::printed(), &Part::All), Path::new(&path)).unwrap();
    let kind = if ending == "drawio" { DrawingKind::Drawio } else { DrawingKind::Graphml };
    Staging::new(read(kind, &bytes).unwrap())
}

fn again(plant: &Fixture, ending: &str) -> (Project, Report) {
    staged(plant, ending).build()
}

#[test]
fn flows_come_back_with_their_conduits() {
    let plant = plant().flow("", "SIS-1", "HIST-1", "opcua", |flow| {
        flow.both_ways = true;
        flow.port = "4840".parse().ok();
        flow.notes = "Trends".into();
    });
    for ending in ["drawio", "graphml"] {
        let flows = |project: &Project| {
            let asset = |id: Option<AssetId>| id.and_then(|it| project.assets.get(it)).map(|it| it.tag.clone());
            let conduit = |id: Option<ConduitId>| id.map(|it| project.target_tag(it.into()).to_owned());
            let mut flows: Vec<_> = project
                .flows
                .values()
                .map(|it| {
                    (
                        asset(it.from),
                        asset(it.to),
                        conduit(it.conduit),
                        Flow { from: None, to: None, conduit: None, ..it.clone() },
                    )
                })
                .map(|(from, to, conduit, flow)| format!("{from:?} {to:?} {conduit:?} {flow:?}"))
                .collect();
            flows.sort();
            flows
        };
        let (theirs, report) = again(&plant, ending);
        assert_eq!(flows(&theirs), flows(&plant.project), "{ending}");
        assert!(!report.to_string().contains("hidden"), "{ending}: {report}");
    }
}

#[test]
fn notes_titles_and_legends_come_back_as_what_they_are() {
    let mut plant = plant();
    for (text, kind) in
        [("Shutdown in week 14\n\nAsk first", NoteKind::Text), ("Line 1", NoteKind::Title), ("", NoteKind::Legend)]
    {
        let frame = Rect::new(40.0, 600.0 + plant.project.notes.len() as f32 * 200.0, 220.0, 160.0);
        plant
            .project
            .notes
            .insert(NoteId::derived_from(text), Note { text: text.into(), kind, frame, ..Note::default() });
    }
    for ending in ["drawio", "graphml"] {
        let notes = |project: &Project| {
            let mut notes: Vec<_> =
                project.notes.values().map(|it| (it.kind, it.text.clone(), format!("{:?}", it.frame))).collect();
            notes.sort();
            notes
        };
        assert_eq!(notes(&again(&plant, ending).0), notes(&plant.project), "{ending}");
    }
    let legend = String::from_utf8(
        for_file(&plant.project, &plant.analyse(), (&Look::printed(), &Part::All), Path::new("a.graphml")).unwrap(),
    );
    assert!(legend.unwrap().contains("Operational"), "the legend is a picture of what it says");
}

#[test]
fn a_conduit_with_a_loose_end_comes_back_with_one() {
    let plant = plant().conduit("C-3", "Z-SIS", "", |_| ()).conduit("C-4", "", "", |_| ());
    for ending in ["drawio", "graphml"] {
        let (theirs, report) = again(&plant, ending);
        let ends = |tag: &str| {
            let conduit = theirs.conduits.values().find(|it| it.tag == tag).unwrap();
            [conduit.from, conduit.to].map(|end| end.map(|it| theirs.target_tag(it.into()).to_owned()))
        };
        assert_eq!(ends("C-3"), [Some("Z-SIS".to_owned()), None], "{ending}: {report}");
        assert_eq!(ends("C-4"), [None, None], "{ending}: {report}");
        assert!(!report.to_string().contains("loose"), "{ending}: {report}");
    }
}

#[test]
fn words_of_ours_come_back_as_they_were() {
    let mut plant = plant();
    let notes = "First <b>line</b> & more\n\n  indented: 1 < 2";
    for tag in ["Z-OPS", "Z-SIS", "Z-ENT"] {
        plant.project.zones.get_mut(ZoneId::derived_from(tag)).unwrap().notes = notes.into();
    }
    for ending in ["drawio", "graphml"] {
        let (theirs, _) = again(&plant, ending);
        let ours = theirs.zones.values().filter(|it| it.tag != "Z-REST");
        assert!(ours.into_iter().all(|it| it.notes == notes), "{ending}");
    }
}

#[test]
fn beside_its_original_a_reason_names_what_came_along() {
    let mut plant = plant();
    let led = TargetLevel { reason: same_as("Z-SIS", As::LeadsInto), ..TargetLevel::default() };
    plant.project.conduits.get_mut(ConduitId::derived_from("C-2")).unwrap().sl_t = Some(led);
    for ending in ["drawio", "graphml"] {
        let (edit, _) = staged(&plant, ending).edit(&plant.project, "import");
        let mut both = plant.project.clone();
        edit.apply(&mut both).unwrap();
        let reasons = both.conduits.values().filter_map(|it| Some(it.sl_t.as_ref()?.reason.clone()));
        let expected = ["Z-SIS", "Z-SIS-2"].map(|it| same_as(it, As::LeadsInto));
        assert_eq!(reasons.collect::<BTreeSet<_>>(), expected.into(), "{ending}");
    }
}

#[test]
fn what_was_renamed_in_the_other_tool_is_called_so() {
    let text = String::from_utf8(exported("drawio")).unwrap();
    let renamed = text.replace("label=\"SIS-1\"", "label=\"SIS-1&lt;br&gt;Shutdown system\"");
    assert_ne!(renamed, text);
    let (project, _) = Staging::new(read(DrawingKind::Drawio, renamed.as_bytes()).unwrap()).build();
    let named = |tag: &str| project.assets.values().find(|it| it.tag == tag).unwrap().name.clone();
    assert_eq!((named("SIS-1").as_str(), named("HIST-1").as_str()), ("Shutdown system", "Historian"));
}

#[test]
fn zones_and_assets_come_back_where_they_were() {
    let mut plant = plant();
    let id = AssetId::derived_from("SIS-1");
    plant.project.assets.get_mut(id).unwrap().place = Some(Point::new(120.0, 90.0));
    for ending in ["drawio", "graphml"] {
        let (theirs, _) = again(&plant, ending);
        for zone in plant.project.zones.values() {
            let again = theirs.zones.values().find(|it| it.tag == zone.tag).unwrap();
            assert_eq!(again.frame, zone.frame, "{ending} {}", zone.tag);
        }
        let place = |tag: &str| theirs.assets.values().find(|it| it.tag == tag).unwrap().place;
        assert_eq!(place("SIS-1"), Some(Point::new(120.0, 90.0)), "{ending}");
        assert_eq!(place("HIST-1"), None, "{ending}: it stands in the grid");
    }
}

#[test]
fn what_we_wrote_comes_back_the_same() {
    let ours = plant().project;
    for ending in ["drawio", "graphml"] {
        let (theirs, report) = Staging::new(read_back(ending)).build();
        let zones = |project: &Project| {
            let mut zones: Vec<_> = project
                .zones
                .values()
                .map(|it| {
                    let parent = it.parent.map(|outer| project.target_tag(outer.into()).to_owned());
                    let levels = it.sl_t.as_ref().map(|it| it.levels);
                    (it.tag.clone(), it.name.clone(), parent, it.trust, it.purdue, it.owner.clone(), levels)
                })
                .collect();
            zones.retain(|it| it.0 != "Z-REST");
            zones.sort_by(|one, next| one.0.cmp(&next.0));
            zones
        };
        assert_eq!(zones(&theirs), zones(&ours), "{ending}: {report}");
        let assets = |project: &Project| {
            let tag = |zone: ZoneId| project.target_tag(zone.into()).to_owned();
            let mut assets: Vec<_> = project
                .assets
                .values()
                .map(|it| {
                    let zone = it.zone.map(tag).filter(|it| it != "Z-REST");
                    let homes: Vec<_> = it.other_zones.iter().copied().map(tag).collect();
                    (it.tag.clone(), it.name.clone(), it.kind.clone(), zone, homes, it.addresses.clone())
                })
                .collect();
            assets.sort();
            assets
        };
        assert_eq!(assets(&theirs), assets(&ours), "{ending}");
        let conduits = |project: &Project| {
            let tag = |zone: Option<ZoneId>| zone.map(|it| project.target_tag(it.into()).to_owned());
            let mut conduits: Vec<_> = project
                .conduits
                .values()
                .map(|it| (it.tag.clone(), tag(it.from), tag(it.to), it.initiated_by, it.filtering))
                .collect();
            conduits.sort_by(|one, next| one.0.cmp(&next.0));
            conduits
        };
        assert_eq!(conduits(&theirs), conduits(&ours), "{ending}");
    }
}
