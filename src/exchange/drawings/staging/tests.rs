mod parts;

use super::*;
use crate::edit::Edit;
use crate::exchange::drawings::{DrawnLink, LinkEnd, Meaning};
use crate::model::*;

/// A drawing built in words: shapes and lines of one page.
#[derive(Default)]
struct Sketch(Page);

impl Sketch {
    fn shape(mut self, text: &str, hint: &str, [x, y, width, height]: [f32; 4]) -> Self {
        self.0.shapes.push(DrawnShape {
            key: self.0.shapes.len().to_string(),
            text: text.into(),
            hint: hint.into(),
            frame: Rect::new(x, y, width, height),
            ..DrawnShape::default()
        });
        self
    }

    fn boxed(self, text: &str, frame: [f32; 4]) -> Self {
        self.shape(text, "rectangle", frame)
    }

    fn line(self, from: usize, to: usize, text: &str) -> Self {
        self.loose(LinkEnd::Shape(from), LinkEnd::Shape(to), text)
    }

    fn loose(mut self, from: LinkEnd, to: LinkEnd, text: &str) -> Self {
        let key = format!("line {}", self.0.links.len());
        self.0.links.push(DrawnLink {
            key,
            text: text.into(),
            hint: String::new(),
            from,
            to,
            points_back: false,
            points_on: true,
            details: Vec::new(),
        });
        self
    }

    fn staging(self) -> Staging {
        Staging::new(Drawing { pages: vec![self.0], ..Drawing::default() })
    }
}

/// A control and an office zone, drawn as mere rectangles behind their assets.
fn plant() -> Sketch {
    Sketch::default()
        .boxed("Level 2 Control", [0.0, 0.0, 400.0, 300.0])
        .boxed("Office network", [600.0, 0.0, 400.0, 300.0])
        .boxed("PLC-1", [40.0, 60.0, 80.0, 60.0])
        .shape("", "cisco/firewalls/firewall", [240.0, 60.0, 60.0, 60.0])
        .shape("Edge", "text", [240.0, 122.0, 60.0, 20.0])
        .boxed("ERP", [700.0, 60.0, 80.0, 60.0])
        .line(2, 3, "Modbus TCP 502")
        .line(3, 5, "HTTPS")
}

fn at(shape: usize) -> At {
    At { page: 0, shape }
}

fn zone<'p>(project: &'p Project, name: &str) -> (ZoneId, &'p Zone) {
    project.zones.iter().find(|(_, it)| it.name == name).unwrap_or_else(|| panic!("there is no zone {name}"))
}

fn asset<'p>(project: &'p Project, tag: &str) -> &'p Asset {
    project.assets.values().find(|it| it.tag == tag).unwrap_or_else(|| panic!("there is no asset {tag}"))
}

fn home<'p>(project: &'p Project, tag: &str) -> &'p str {
    asset(project, tag).zone.map_or("", |zone| &project.zones.get(zone).unwrap().name)
}

#[test]
fn rectangles_behind_others_are_zones_and_say_why() {
    let staging = plant().staging();
    let understood = staging.understood(at(0)).unwrap();
    assert_eq!((understood.role, understood.reason.as_str()), (Role::Zone, "holds 2 shapes"));
    assert_eq!(understood.purdue, Some(PurdueLevel::L2));
    let firewall = staging.understood(at(3)).unwrap();
    assert_eq!((firewall.kind.as_str(), firewall.name.as_str()), ("firewall", "Edge"));
    assert_eq!(firewall.reason, "stencil cisco/firewalls/firewall");
    assert_eq!(staging.understood(at(4)).unwrap().role, Role::Note, "its text names the firewall");
}

#[test]
fn lines_between_zones_become_one_conduit_with_its_flows() {
    let (project, report) = plant().line(2, 5, "").staging().build();
    assert_eq!((report.zones, report.assets, report.conduits, report.flows), (2, 3, 1, 3));
    assert_eq!(report.remarks, []);
    assert_eq!(project.first_unresolved(), None);
    let conduit = project.conduits.values().next().unwrap();
    assert_eq!(conduit.from, Some(zone(&project, "Level 2 Control").0));
    assert_eq!((conduit.initiated_by, conduit.filtering), (Initiator::From, Filtering::Stateful));
    let inner = project.flows.values().find(|it| it.conduit.is_none()).unwrap();
    assert_eq!((inner.protocol.as_str(), inner.port.unwrap().first), ("modbus_tcp", 502));
    assert_eq!(zone(&project, "Office network").1.trust, Trust::Enterprise);
    assert_eq!(home(&project, "PLC-1"), "Level 2 Control");
}

#[test]
fn nothing_overlaps_that_stood_apart() {
    let (project, _) = plant().staging().build();
    let frames: Vec<_> = project.zones.values().map(|it| it.frame).collect();
    assert!(frames.iter().all(Rect::is_drawable) && !frames[0].overlaps(&frames[1]));
    let places = crate::drawing::asset_places(&project);
    for (id, asset) in project.assets.iter() {
        let zone = project.zones.get(asset.zone.unwrap()).unwrap();
        assert!(zone.frame.encloses(&places.cells[&id]), "{}", asset.tag);
    }
    assert!(places.more.is_empty());
}

#[test]
fn what_the_user_says_changes_what_follows() {
    let mut staging = plant().staging();
    staging.choose([at(1)], |choice| choice.role = Some(Role::Nothing));
    let (project, _) = staging.build();
    assert_eq!(home(&project, "ERP"), "Not in any zone");
    staging.choose([at(1)], |choice| *choice = Choice::default());
    staging.choose([at(2), at(5)], |choice| choice.kind = Some("rtu".to_owned()));
    staging.choose([at(0)], |choice| choice.name = Some("Dosing".to_owned()));
    let (project, _) = staging.build();
    assert_eq!(asset(&project, "ERP").kind, "rtu");
    assert_eq!(home(&project, "PLC-1"), "Dosing");
}

#[test]
fn shapes_that_look_alike_are_one_class() {
    let classes = plant().staging().classes();
    let boxes = classes.iter().find(|it| it.name == "rectangle").unwrap();
    assert_eq!(boxes.members, [at(2), at(5)]);
    assert!(classes.iter().any(|it| it.name == "rectangle that holds others" && it.members.len() == 2));
}

#[test]
fn boxes_without_contents_are_zones_where_they_are_called_so() {
    let sketch = Sketch::default()
        .boxed("L3.5 - Industrial DMZ", [0.0, 0.0, 200.0, 60.0])
        .boxed("Safety zone", [0.0, 100.0, 200.0, 60.0])
        .shape("Internet", "cloud", [0.0, 200.0, 200.0, 60.0])
        .boxed("L3 switch", [0.0, 300.0, 200.0, 60.0])
        .line(0, 1, "")
        .line(2, 0, "");
    let (project, report) = sketch.staging().build();
    assert_eq!((report.zones, report.conduits), (4, 2), "with the zone for the switch");
    assert_eq!(zone(&project, "L3.5 - Industrial DMZ").1.purdue, Some(PurdueLevel::Dmz));
    assert_eq!(zone(&project, "Safety zone").1.trust, Trust::Safety);
    assert!(zone(&project, "Internet").1.is_untrusted());
    assert_eq!(asset(&project, "L3-SWITCH").kind, "switch");
}

#[test]
fn zones_nest_by_place_and_share_the_hands_they_are_in() {
    let sketch = Sketch::default()
        .boxed("Machine", [120.0, 120.0, 200.0, 100.0])
        .boxed("Vendor site", [0.0, 0.0, 500.0, 400.0])
        .boxed("HMI", [150.0, 150.0, 60.0, 40.0]);
    let (project, report) = sketch.staging().build();
    assert_eq!((report.zones, report.nested), (2, 1));
    let (_, machine) = zone(&project, "Machine");
    assert_eq!(machine.parent, Some(zone(&project, "Vendor site").0));
    assert_eq!(machine.trust, Trust::External, "it lies in a zone of others");
    assert_eq!(home(&project, "HMI"), "Machine");
}

#[test]
fn a_text_at_the_edge_names_the_rectangle() {
    let sketch = Sketch::default()
        .boxed("", [0.0, 0.0, 500.0, 400.0])
        .shape("Filter house", "text", [10.0, 6.0, 120.0, 20.0])
        .shape("", "computers/server rack", [100.0, 150.0, 60.0, 60.0])
        .shape("SCADA-1", "text", [100.0, 212.0, 60.0, 20.0]);
    let (project, report) = sketch.staging().build();
    assert_eq!(report.remarks, []);
    assert_eq!(home(&project, "SCADA-1"), "Filter house");
    assert!(project.notes.is_empty());
}

#[test]
fn loose_ends_snap_to_what_is_near_and_are_told_elsewhere() {
    let near = LinkEnd::Free(Point::new(128.0, 90.0));
    let far = LinkEnd::Free(Point::new(500.0, 900.0));
    let edge = LinkEnd::Free(Point::new(596.0, 200.0));
    let sketch =
        plant().loose(near, LinkEnd::Shape(5), "snaps").loose(near, edge, "zone").loose(far, LinkEnd::Nowhere, "lost");
    let (project, report) = sketch.staging().build();
    assert_eq!(project.flows.values().filter(|it| it.notes == "snaps").count(), 1);
    assert_eq!(report.conduits, 1, "the line to the zone's edge is part of it");
    assert_eq!(report.remarks.len(), 1);
    assert!(report.remarks[0].place.contains("lost"), "{:?}", report.remarks);
}

#[test]
fn a_shape_that_is_a_conduit_joins_what_its_lines_lead_to() {
    let sketch = Sketch::default()
        .boxed("Zone A", [0.0, 0.0, 200.0, 100.0])
        .boxed("Zone B", [400.0, 0.0, 200.0, 100.0])
        .shape("Conduit 7", "rectangle", [250.0, 30.0, 100.0, 40.0])
        .line(0, 2, "")
        .line(2, 1, "OPC UA");
    let (project, report) = sketch.staging().build();
    assert_eq!((report.zones, report.assets, report.conduits), (2, 0, 1));
    let conduit = project.conduits.values().next().unwrap();
    assert_eq!((conduit.name.as_str(), conduit.initiated_by), ("Conduit 7", Initiator::From));
}

#[test]
fn a_line_that_ends_on_another_line_joins_what_that_joins() {
    let bus = (LinkEnd::Free(Point::new(0.0, 200.0)), LinkEnd::Free(Point::new(900.0, 200.0)));
    let down = |x: f32| LinkEnd::Free(Point::new(x, 200.0));
    let sketch = Sketch::default()
        .boxed("PLC-1", [100.0, 0.0, 60.0, 60.0])
        .boxed("PLC-2", [500.0, 0.0, 60.0, 60.0])
        .loose(bus.0, bus.1, "Ring")
        .loose(LinkEnd::Shape(0), down(130.0), "")
        .loose(LinkEnd::Shape(1), down(530.0), "");
    let (_, report) = sketch.staging().build();
    assert_eq!(report.flows, 1, "{:?}", report.remarks);
}

#[test]
fn a_firewall_between_zones_is_at_home_in_one_and_reaches_the_other() {
    let sketch = Sketch::default()
        .boxed("Level 1 Cell", [0.0, 0.0, 300.0, 200.0])
        .boxed("Level 4 Office", [600.0, 0.0, 300.0, 200.0])
        .boxed("PLC", [50.0, 50.0, 60.0, 60.0])
        .boxed("PC", [700.0, 50.0, 60.0, 60.0])
        .shape("FW-1", "firewall", [420.0, 50.0, 60.0, 60.0])
        .line(2, 4, "")
        .line(4, 3, "");
    let (project, report) = sketch.staging().build();
    let firewall = asset(&project, "FW-1");
    assert_eq!(home(&project, "FW-1"), "Level 1 Cell");
    assert_eq!(firewall.other_zones.iter().next(), Some(&zone(&project, "Level 4 Office").0));
    assert_eq!((report.zones, report.conduits), (2, 1));
    assert_eq!(report.remarks.len(), 1, "where it was put is told");
}

#[test]
fn assets_outside_all_zones_are_gathered_or_left_as_asked() {
    let mut staging = Sketch::default().boxed("PLC-1", [0.0, 0.0, 60.0, 60.0]).staging();
    assert_eq!(home(&staging.build().0, "PLC-1"), "Not in any zone");
    staging.outside = Outside::Nowhere;
    let (project, report) = staging.build();
    assert_eq!((report.zones, asset(&project, "PLC-1").zone), (0, None));
    assert_eq!(report.remarks.len(), 1);
}

#[test]
fn what_the_file_says_goes_before_what_it_looks_like() {
    let mut sketch = plant();
    sketch.0.shapes[2].meaning = Some(Meaning::Zone { trust: Some(Trust::Safety), purdue: Some(PurdueLevel::L0) });
    sketch.0.shapes[5].meaning = Some(Meaning::Asset(Some("historian")));
    let (project, _) = sketch.staging().build();
    let (_, inner) = zone(&project, "PLC-1");
    assert_eq!((inner.trust, inner.purdue), (Trust::Safety, Some(PurdueLevel::L0)));
    assert_eq!(asset(&project, "ERP").kind, "historian");
}

#[test]
fn pages_and_lines_can_be_left_out() {
    let mut drawing = Drawing::default();
    drawing.pages.push(plant().0);
    drawing.pages.push(plant().0);
    let mut staging = Staging::new(drawing);
    assert_eq!(staging.build().1.zones, 4);
    staging.take_page(1, false);
    staging.take_line(0, 1, false);
    let (_, report) = staging.build();
    assert_eq!((report.zones, report.conduits, report.flows), (2, 0, 1));
}

#[test]
fn texts_become_notes_where_they_stand() {
    let sketch = plant().shape("Checked on site", "text", [400.0, 600.0, 100.0, 20.0]);
    let (project, _) = sketch.staging().build();
    let note = project.notes.values().next().unwrap();
    assert_eq!(note.text, "Checked on site");
    assert!(note.frame.is_drawable() && note.frame.y > 300.0);
}

#[test]
fn what_is_drawn_beyond_the_canvas_stands_on_it() {
    let page = || {
        let sketch = Sketch::default().boxed("Control zone", [-900_000.0, 0.0, 400.0, 300.0]);
        let sketch = sketch.boxed("Office zone", [900_000.0, 0.0, 400.0, 300.0]);
        sketch.shape("Checked on site", "text", [960_000.0, 600.0, 100.0, 20.0]).0
    };
    let pages = std::iter::repeat_with(page).take(40).collect();
    let (project, report) = Staging::new(Drawing { pages, ..Drawing::default() }).build();
    assert_eq!((report.zones, project.notes.len()), (80, 40));
    assert!(project.zones.values().all(|it| it.frame.is_drawable()));
    assert!(project.notes.values().all(|it| it.frame.is_drawable()));
}

#[test]
fn shapes_without_a_place_are_laid_out() {
    let mut sketch = plant();
    for shape in &mut sketch.0.shapes {
        shape.frame = Rect::default();
    }
    sketch.0.shapes[2].parent = Some(0);
    sketch.0.shapes[0].is_container = true;
    let staging = sketch.staging();
    assert!(staging.lays_out_anew);
    let frames: Vec<_> = staging.shapes().map(|at| staging.frame(at)).collect();
    assert!(frames.iter().all(Rect::is_drawable) && frames[0].encloses(&frames[2]));
    let (project, _) = staging.build();
    assert_eq!(home(&project, "PLC-1"), "Level 2 Control");
    assert!(project.zones.values().all(|it| it.frame.is_drawable()));
}

#[test]
fn an_import_into_a_project_stands_beside_what_is_there_and_is_one_step() {
    let (there, _) = plant().staging().build();
    let (edit, report) = plant().staging().edit(&there, "import plant.drawio");
    let mut both = there.clone();
    edit.apply(&mut both).unwrap();
    assert!(matches!(&edit, Edit::Several(label, _) if label == "import plant.drawio"));
    assert_eq!(both.zones.len(), there.zones.len() + report.zones);
    assert_eq!(both.first_unresolved(), None);
    let mut tags: Vec<_> = both.zones.values().map(|it| &it.tag).collect();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), both.zones.len(), "no tag stands twice");
    let old: Vec<_> = there.zones.values().map(|it| it.frame).collect();
    let new = both.zones.iter().filter(|(id, _)| !there.zones.contains(*id));
    assert!(new.map(|(_, it)| it.frame).all(|frame| old.iter().all(|it| !it.overlaps(&frame))));
}

#[test]
fn the_same_drawing_gives_the_same_project() {
    let built = || crate::store::to_text(&plant().staging().build().0).unwrap();
    assert_eq!(built(), built());
}

#[test]
fn thousands_of_shapes_in_one_another_are_borne() {
    let mut sketch = Sketch::default();
    for number in 0..3000 {
        let inset = number as f32 * 3.0;
        sketch = sketch.boxed("Box", [inset, inset, 30_000.0 - 2.0 * inset, 30_000.0 - 2.0 * inset]);
    }
    let (project, report) = sketch.staging().build();
    assert_eq!(report.zones + report.assets, project.zones.len() + project.assets.len());
    assert_eq!(project.first_unresolved(), None);
    assert!(project.zones.ids().all(|id| project.zone_ancestors(id).len() <= DEEPEST));
}

#[test]
fn random_drawings_never_make_a_broken_project() {
    let mut dice = fastrand::Rng::with_seed(62443);
    for _ in 0..60 {
        let mut sketch = Sketch::default();
        let count = dice.usize(1..30);
        for _ in 0..count {
            let hint = ["rectangle", "text", "cloud", "group", "waypoint", "line", "cisco/switch", "note", "swimlane"];
            let text = ["", "DMZ", "PLC-1", "Level 3", "Legend", "Conduit 1", "10.0.0.1"];
            let mut number = || dice.f32() * 600.0;
            let frame = [number(), number(), number() * 0.8, number() * 0.8];
            sketch = sketch.shape(text[dice.usize(..text.len())], hint[dice.usize(..hint.len())], frame);
            let last = sketch.0.shapes.len() - 1;
            if dice.u8(..4) == 0 && last > 0 {
                sketch.0.shapes[last].parent = Some(dice.usize(..last));
                sketch.0.shapes[last].is_container = dice.bool();
            }
        }
        for _ in 0..dice.usize(..40) {
            let mut end = || match dice.u8(..4) {
                0 => LinkEnd::Free(Point::new(dice.f32() * 600.0, dice.f32() * 600.0)),
                1 => LinkEnd::Nowhere,
                _ => LinkEnd::Shape(dice.usize(..count)),
            };
            let (from, to) = (end(), end());
            sketch = sketch.loose(from, to, "");
        }
        let mut staging = sketch.staging();
        staging.lays_out_anew = dice.bool();
        let role = Role::ALL[dice.usize(..5)];
        let all: Vec<At> = staging.shapes().filter(|_| dice.u8(..5) == 0).collect();
        staging.choose(all, |choice| choice.role = Some(role));
        let (project, _) = staging.build();
        assert_eq!(project.first_unresolved(), None);
        let (edit, _) = staging.edit(&project, "again");
        edit.apply(&mut project.clone()).expect("what was built can be put into a project");
    }
}

#[test]
fn a_stack_of_levels_keeps_its_order() {
    let mut sketch = Sketch::default();
    let levels = [3, 5, 0, 4, 1, 2];
    for level in levels {
        sketch = sketch.boxed(&format!("Level {level}"), [450.0, 1000.0 - 100.0 * level as f32, 280.0, 60.0]);
    }
    for x in [300.0, 430.0, 560.0] {
        sketch = sketch.boxed("Cloud service", [x, 380.0, 120.0, 34.0]).line(sketch_end(x), 1, "");
    }
    let project = sketch.staging().build().0;
    let top = |level: i32| zone(&project, &format!("Level {level}")).1.frame;
    for level in 0..5 {
        assert!(top(level + 1).bottom() < top(level).y, "level {} stands above level {level}", level + 1);
        assert!((top(level + 1).center().x - top(level).center().x).abs() < 20.0, "none goes aside");
    }
}

/// The place of the box drawn at an x above the stack.
fn sketch_end(x: f32) -> usize {
    6 + ((x - 300.0) / 130.0).round() as usize
}

#[test]
fn what_stands_in_a_zone_inside_does_not_name_the_zone_around() {
    let staging = Sketch::default()
        .boxed("", [0.0, 0.0, 600.0, 400.0])
        .boxed("", [10.0, 10.0, 280.0, 110.0])
        .boxed("PLC-1", [20.0, 80.0, 60.0, 36.0])
        .boxed("PLC-2", [200.0, 80.0, 60.0, 36.0])
        .boxed("HMI-1", [400.0, 200.0, 80.0, 60.0])
        .boxed("HMI-2", [400.0, 300.0, 80.0, 60.0])
        .shape("Pump hall", "text", [110.0, 45.0, 80.0, 18.0])
        .staging();
    let name = |shape: usize| staging.understood(at(shape)).unwrap().name.as_str();
    assert_eq!(staging.understood(at(0)).unwrap().role, Role::Zone);
    assert_eq!(name(0), "");
    let (project, report) = staging.build();
    assert!(project.zones.values().any(|it| it.name == UNNAMED_ZONE));
    assert!(report.remarks.iter().any(|it| it.what.contains("no name in the drawing")), "{:?}", report.remarks);
}

#[test]
fn a_zone_known_only_by_its_network_is_called_by_that() {
    let sketch = Sketch::default()
        .boxed("10.2.0.0/24", [0.0, 0.0, 400.0, 300.0])
        .boxed("PLC-1", [40.0, 60.0, 80.0, 60.0])
        .boxed("PLC-2", [200.0, 60.0, 80.0, 60.0]);
    let project = sketch.staging().build().0;
    assert_eq!(zone(&project, "10.2.0.0/24").1.parent, None);
}
