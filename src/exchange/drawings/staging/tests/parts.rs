//! Shapes that are parts of others, or look like something that they are not.

use super::*;

#[test]
fn a_small_frame_around_one_thing_is_that_thing() {
    let card = |sketch: Sketch, name: &str, x: f32| {
        sketch.boxed("", [x, 60.0, 140.0, 60.0]).shape(name, "gcp2/compute engine", [x + 4.0, 70.0, 30.0, 30.0])
    };
    let sketch = Sketch::default().boxed("Control network", [0.0, 0.0, 500.0, 300.0]);
    let sketch = card(card(sketch, "PLC-1", 20.0), "HMI-1", 300.0).line(1, 3, "");
    let (project, report) = sketch.staging().build();
    assert_eq!((report.zones, report.assets, report.flows), (1, 2, 1), "{report}");
    assert_eq!(report.remarks, [], "a frame is no loss");
    assert_eq!(home(&project, "PLC-1"), "Control network");
}

#[test]
fn a_large_frame_around_one_thing_stays_a_zone() {
    let sketch = Sketch::default().boxed("", [0.0, 0.0, 600.0, 400.0]).boxed("PLC-1", [40.0, 60.0, 80.0, 60.0]);
    assert_eq!(sketch.staging().build().1.zones, 1);
}

#[test]
fn an_icon_says_what_the_box_around_it_is() {
    let sketch = Sketch::default()
        .boxed("", [0.0, 0.0, 600.0, 400.0])
        .shape("Plant VNET", "networking/virtual networks", [540.0, 10.0, 40.0, 30.0])
        .boxed("PLC-1", [40.0, 60.0, 80.0, 60.0])
        .boxed("HMI-1", [40.0, 160.0, 80.0, 60.0])
        .boxed("ERP", [900.0, 60.0, 80.0, 60.0])
        .line(1, 4, "");
    let (project, report) = sketch.staging().build();
    assert_eq!(home(&project, "PLC-1"), "Plant VNET");
    assert!(project.assets.values().all(|it| it.name != "Plant VNET"));
    assert_eq!(report.conduits, 1, "a line at the icon is one at the zone: {report}");
}

#[test]
fn an_icon_joined_with_what_stands_beside_it_is_a_thing() {
    let sketch = Sketch::default()
        .boxed("", [0.0, 0.0, 600.0, 400.0])
        .shape("Control network", "network and peripherals/ethernet", [240.0, 10.0, 60.0, 30.0])
        .boxed("PLC-1", [40.0, 160.0, 80.0, 60.0])
        .boxed("HMI-1", [340.0, 160.0, 80.0, 60.0])
        .line(1, 2, "")
        .line(1, 3, "");
    let (_, report) = sketch.staging().build();
    assert_eq!((report.assets, report.flows), (3, 2), "{report}");
}

#[test]
fn a_list_that_lines_lead_to_is_an_asset_with_its_properties() {
    let mut sketch = Sketch::default()
        .shape("Line PLC", "list", [0.0, 0.0, 160.0, 120.0])
        .shape("10.1.1.2", "text", [0.0, 30.0, 160.0, 30.0])
        .shape("Port 1: Profinet", "text", [0.0, 60.0, 160.0, 30.0])
        .boxed("HMI-1", [400.0, 0.0, 80.0, 60.0])
        .line(2, 3, "");
    for row in [1, 2] {
        sketch.0.shapes[row].parent = Some(0);
    }
    let (project, report) = sketch.staging().build();
    assert_eq!((report.assets, report.flows), (2, 1), "{report}");
    let plc = project.assets.values().find(|it| it.name == "Line PLC").unwrap();
    assert_eq!((plc.kind.as_str(), plc.addresses.as_slice()), ("plc", &["10.1.1.2".to_owned()][..]));
    assert!(plc.notes.contains("Port 1: Profinet"));
}

#[test]
fn a_list_called_a_zone_holds_what_it_lists() {
    let mut sketch = Sketch::default()
        .shape("VLAN 10 (servers)", "list", [0.0, 0.0, 160.0, 120.0])
        .shape("Historian - 10.1.1.2", "text", [0.0, 30.0, 160.0, 30.0])
        .shape("SCADA - 10.1.1.3", "text", [0.0, 60.0, 160.0, 30.0]);
    for row in [1, 2] {
        sketch.0.shapes[row].parent = Some(0);
    }
    let (project, report) = sketch.staging().build();
    assert_eq!((report.zones, report.assets), (1, 2), "{report}");
    assert!(project.assets.values().all(|it| it.zone.is_some() && it.addresses.len() == 1));
}

#[test]
fn words_about_traffic_say_nothing_of_whose_hands_a_zone_is_in() {
    let name = "VLAN 20 - Cell | 10.1.20.0/24 | gateway 10.1.20.1 | to the Internet: blocked, to the office: passed";
    let sketch = Sketch::default().boxed(name, [0.0, 0.0, 600.0, 400.0]).boxed("PLC-1", [40.0, 60.0, 80.0, 60.0]);
    let (project, _) = sketch.staging().build();
    let (_, zone) = zone(&project, "VLAN 20 - Cell");
    assert_eq!(zone.trust, Trust::Operational);
    assert!(zone.notes.contains("gateway 10.1.20.1"), "nothing of it is lost");
}

#[test]
fn a_long_text_that_lines_lead_to_is_a_thing() {
    let long = format!("Server rack\n{}", "two power supplies, eight disks, ".repeat(8));
    let sketch = |joined: bool| {
        let sketch = Sketch::default().boxed(&long, [0.0, 0.0, 400.0, 80.0]).boxed("HMI-1", [600.0, 0.0, 80.0, 60.0]);
        if joined { sketch.line(0, 1, "") } else { sketch }
    };
    assert_eq!(sketch(true).staging().build().1.assets, 2);
    assert_eq!(sketch(false).staging().build().1.assets, 1);
}

#[test]
fn a_bar_with_a_title_is_no_asset() {
    let sketch = plant().boxed("Overview of everything drawn here", [0.0, -80.0, 1000.0, 40.0]);
    let (project, report) = sketch.staging().build();
    assert_eq!(report.assets, 3, "{report}");
    assert!(project.notes.values().any(|it| it.text.starts_with("Overview")));
}

#[test]
fn a_small_cloud_in_a_box_without_name_and_lines_is_an_ornament() {
    let sketch = plant().shape("", "cloud", [10.0, 10.0, 30.0, 20.0]);
    assert_eq!(sketch.staging().build().1.zones, 2);
}

#[test]
fn names_of_machines_do_not_say_what_they_are() {
    let sketch = Sketch::default().boxed("Disk array\nvmdisk-hub-plant-dev", [0.0, 0.0, 80.0, 60.0]);
    assert_eq!(sketch.staging().understood(at(0)).unwrap().kind, "");
}

#[test]
fn a_symbol_that_a_loose_end_touches_is_a_thing() {
    let house = |sketch: Sketch| sketch.shape("", "symbols/house", [0.0, 0.0, 50.0, 50.0]);
    let end = LinkEnd::Free(Point::new(56.0, 25.0));
    let joined =
        house(Sketch::default()).boxed("VPN gateway", [300.0, 0.0, 80.0, 60.0]).loose(end, LinkEnd::Shape(1), "");
    assert_eq!(joined.staging().build().1.counts(), "1 zone, 2 assets, 0 conduits, 1 flow");
    let alone = house(Sketch::default()).boxed("VPN gateway", [300.0, 0.0, 80.0, 60.0]);
    assert_eq!(alone.staging().build().1.assets, 1);
}

#[test]
fn a_text_above_a_zone_stays_outside_it() {
    let sketch = plant().shape("Drawn by the site team", "text", [40.0, -18.0, 160.0, 16.0]);
    let (project, _) = sketch.staging().build();
    let note = project.notes.values().next().unwrap();
    assert!(project.zones.values().all(|it| !it.frame.overlaps(&note.frame)), "{note:?}");
}

#[test]
fn a_symbol_drawn_large_around_others_is_a_zone() {
    let sketch = Sketch::default()
        .shape("Public side", "aws region", [0.0, 0.0, 400.0, 300.0])
        .boxed("PLC-1", [10.0, 40.0, 60.0, 40.0])
        .boxed("HMI-1", [80.0, 40.0, 60.0, 40.0]);
    assert_eq!(home(&sketch.staging().build().0, "PLC-1"), "Public side");
}

#[test]
fn services_named_after_clouds_are_no_clouds() {
    let is_cloud = |hint: &str| {
        let shape = DrawnShape { hint: hint.into(), ..DrawnShape::default() };
        looks::Looks::of(&shape) == looks::Looks::Cloud
    };
    assert!(is_cloud("cloud") && is_cloud("cisco/storage/cloud") && is_cloud("network cloud 2"));
    assert!(!is_cloud("amazon cloud watch aws") && !is_cloud("gcp2/cloud load balancing"));
}
