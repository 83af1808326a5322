//! What the notation and the overlays promise.

mod changes;
mod conduits;
mod overlays;

use super::super::route::Routing;
use super::*;
use crate::analysis::analyse_after;
use crate::analysis::fixture::{Fixture, TODAY};
use crate::catalogue::Catalogue;
use crate::drawing::hull::is_within;
use crate::model::*;

fn plant() -> Fixture {
    Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 320.0, 300.0, 200.0))
        .conduit("C-1", "Z-1", "Z-2", |_| ())
        .asset("HIST", "historian", "Z-1", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-2"));
        })
        .sl_t("Z-1", 2)
}

fn look(overlay: Overlay) -> Look {
    Look { view: DiagramView { overlay, ..DiagramView::whole_plant() }, ..Look::printed() }
}

fn drawn(plant: &Fixture, overlay: Overlay) -> Scene {
    scene(&plant.project, &plant.analyse(), &look(overlay))
}

fn shapes(scene: &Scene, subject: impl Into<Subject>) -> Vec<Shape> {
    let subject = subject.into();
    let near = scene.elements.iter().filter(|it| it.subject == Some(subject) && it.is_drawn_at(1.0));
    near.flat_map(|it| it.shapes.clone()).collect()
}

fn texts(scene: &Scene, subject: impl Into<Subject>) -> Vec<String> {
    let text = |it: Shape| if let Shape::Text { text, .. } = it { Some(text) } else { None };
    shapes(scene, subject).into_iter().filter_map(text).collect()
}

fn legend_words(plant: &Fixture, look: &Look) -> Vec<String> {
    let analysis = plant.analyse();
    let (shapes, _) = legend(&scene(&plant.project, &analysis, look), &analysis, look, 900.0);
    shapes.into_iter().filter_map(|it| if let Shape::Text { text, .. } = it { Some(text) } else { None }).collect()
}

fn conduit() -> ConduitId {
    ConduitId::derived_from("C-1")
}

#[test]
fn everything_drawn_is_there_and_inside_the_bounds() {
    let scene = drawn(&plant(), Overlay::Trust);
    assert!(!texts(&scene, ZoneId::derived_from("Z-1")).is_empty());
    assert!(!texts(&scene, AssetId::derived_from("HIST")).is_empty());
    assert!(scene.elements.iter().all(|it| scene.bounds.encloses(&it.bounds)));
}

#[test]
fn an_empty_project_draws_nothing() {
    let plant = Fixture::new();
    let scene = scene(&plant.project, &plant.analyse(), &Look::printed());
    assert!(scene.elements.is_empty());
    assert_eq!(legend_words(&plant, &Look::printed()), Vec::<String>::new());
}

#[test]
fn a_zone_lies_before_the_zone_that_it_lies_in_and_neighbours_by_their_order() {
    let frame = |zone: &mut Zone, x: f32| zone.frame = Rect::new(x, 0.0, 300.0, 200.0);
    let plant = Fixture::new()
        .zone("Z-1", |zone| {
            frame(zone, 0.0);
            zone.order = 5;
        })
        .zone("Z-2", |zone| frame(zone, 200.0))
        .zone("Z-2A", |zone| {
            frame(zone, 210.0);
            zone.parent = Some(ZoneId::derived_from("Z-2"));
            zone.order = 9;
        });
    let scene = drawn(&plant, Overlay::Trust);
    let zones: Vec<Subject> = {
        let frames = scene.elements.iter().filter(|it| it.zoom == (0.0, f32::INFINITY));
        frames.filter_map(|it| it.subject).collect()
    };
    let expected = ["Z-2", "Z-2A", "Z-1"].map(|tag| Subject::from(ZoneId::derived_from(tag)));
    assert_eq!(zones, expected);
    assert_eq!(scene.zones_at(Point::new(250.0, 100.0)), ["Z-1", "Z-2A", "Z-2"].map(ZoneId::derived_from));
}

#[test]
fn a_physical_boundary_is_doubled_and_an_untrusted_one_broken() {
    let lines = |boundary: Boundary, untrusted: bool| {
        zone::boundary(
            &Look::printed(),
            &Zone { boundary, untrusted, ..Zone::default() },
            Rect::new(0.0, 0.0, 90.0, 60.0),
            8.0,
        )
    };
    let broken = |shape: &Shape| match shape {
        Shape::Rect { stroke: Some(stroke), .. } | Shape::Line { stroke, .. } => stroke.dash > 0.0,
        _ => false,
    };
    assert_eq!(lines(Boundary::Logical, false).len(), 1);
    assert_eq!(lines(Boundary::Physical, false).len(), 2);
    assert!(lines(Boundary::Physical, true).iter().all(broken) && lines(Boundary::Logical, true).iter().all(broken));
    assert!(!lines(Boundary::Physical, false).iter().any(broken));
}

#[test]
fn level_and_lock_are_told_on_the_zone() {
    let plant = plant().zone("Z-3", |zone| {
        zone.frame = Rect::new(400.0, 0.0, 300.0, 200.0);
        zone.purdue = Some(PurdueLevel::Dmz);
        zone.locked = true;
    });
    let scene = drawn(&plant, Overlay::Trust);
    let zone = ZoneId::derived_from("Z-3");
    assert!(texts(&scene, zone).contains(&"L3.5".to_owned()));
    let lock = crate::drawing::icons::Icon::sign("lock");
    let has_lock =
        |zone: ZoneId| shapes(&scene, zone).iter().any(|it| matches!(it, Shape::Icon { icon, .. } if *icon == lock));
    assert!(has_lock(zone) && !has_lock(ZoneId::derived_from("Z-1")));
}

#[test]
fn the_perimeter_encloses_what_is_inside_and_leaves_out_the_rest() {
    let at = |x: f32, y: f32, trust: Trust| {
        move |zone: &mut Zone| {
            zone.frame = Rect::new(x, y, 240.0, 140.0);
            zone.trust = trust;
        }
    };
    let plant = Fixture::new()
        .zone("Z-NET", at(300.0, -300.0, Trust::External))
        .zone("Z-OFF", at(0.0, 0.0, Trust::Enterprise))
        .zone("Z-DMZ", at(400.0, 0.0, Trust::Operational))
        .zone("Z-A", at(0.0, 250.0, Trust::Operational))
        .zone("Z-SIS", at(400.0, 250.0, Trust::Safety))
        .conduit("C-1", "Z-OFF", "Z-DMZ", |_| ())
        .conduit("C-2", "Z-DMZ", "Z-SIS", |_| ());
    let scene = drawn(&plant, Overlay::Trust);
    let corners = |frame: Rect| {
        let (right, bottom) = (frame.right(), frame.bottom());
        [
            frame.corner(),
            Point::new(right, frame.y),
            Point::new(frame.x, bottom),
            Point::new(right, bottom),
            frame.center(),
        ]
    };
    for zone in plant.project.zones.values() {
        for corner in corners(zone.frame.grown(-0.5)) {
            assert_eq!(is_within(scene.perimeter(), corner), zone.is_in_suc(), "{} at {corner:?}", zone.tag);
        }
    }
    assert_eq!(scene.access_points(), [ConduitId::derived_from("C-1")].into());
}

#[test]
fn a_named_access_point_bears_its_name() {
    let mut plant = plant().zone("Z-9", |zone| {
        zone.trust = Trust::External;
        zone.frame = Rect::new(600.0, 0.0, 240.0, 140.0);
    });
    plant = plant.conduit("C-9", "Z-9", "Z-1", |_| ());
    let id = ConduitId::derived_from("C-9");
    std::sync::Arc::make_mut(&mut plant.project.scope).access_points =
        vec![AccessPoint { name: "Vendor portal".into(), conduit: Some(id), ..AccessPoint::default() }];
    let scene = drawn(&plant, Overlay::Trust);
    assert!(texts(&scene, id).contains(&"Vendor portal".to_owned()));
}

#[test]
fn a_dual_homed_asset_stands_in_both_zones_and_is_found_in_both() {
    let scene = drawn(&plant(), Overlay::Trust);
    let asset = AssetId::derived_from("HIST");
    assert!(texts(&scene, asset).contains(&"also in Z-1".to_owned()));
    let ghost = scene.places.ghosts[&(asset, ZoneId::derived_from("Z-2"))];
    assert_eq!(scene.assets_at(ghost.center()), [asset]);
    assert_eq!(scene.assets_at(scene.places.cells[&asset].center()), [asset]);
}

#[test]
fn what_a_view_hides_is_gone_with_what_lies_in_it() {
    let plant = plant();
    let zone = ZoneId::derived_from("Z-2");
    let view = DiagramView { hidden: [zone.into()].into(), ..DiagramView::whole_plant() };
    let scene = scene(&plant.project, &plant.analyse(), &Look { view, ..Look::printed() });
    assert!(shapes(&scene, zone).is_empty() && shapes(&scene, conduit()).is_empty());
    assert!(!shapes(&scene, ZoneId::derived_from("Z-1")).is_empty());
    assert_eq!(scene.zones_at(Point::new(100.0, 400.0)), []);
}

#[test]
fn sites_are_outlined_where_there_are_several() {
    let site = |name: &'static str, x: f32| {
        move |zone: &mut Zone| {
            zone.frame = Rect::new(x, 0.0, 240.0, 140.0);
            zone.site = name.into();
        }
    };
    let one = Fixture::new().zone("Z-1", site("North", 0.0)).zone("Z-2", site("North", 400.0));
    assert!(drawn(&one, Overlay::Trust).sites.is_empty());
    let two = one.zone("Z-3", site("South", 900.0)).zone("Z-4", site("South", 1300.0));
    let scene = drawn(&two, Overlay::Trust);
    let names: Vec<String> = scene
        .elements
        .iter()
        .filter(|it| it.subject.is_none() && it.is_drawn_at(1.0))
        .flat_map(|it| &it.shapes)
        .filter_map(|it| if let Shape::Text { text, .. } = it { Some(text.clone()) } else { None })
        .collect();
    assert!(names.contains(&"North".to_owned()) && names.contains(&"South".to_owned()), "{names:?}");
}

#[test]
fn an_asset_of_no_known_type_shows_its_tag_from_afar() {
    let plant = plant().asset("Billing", "", "Z-2", |_| ());
    let scene = drawn(&plant, Overlay::Trust);
    let says = |tag: &str| {
        let asset = Subject::from(AssetId::derived_from(tag));
        let far = scene.elements.iter().filter(|it| it.subject == Some(asset) && it.is_drawn_at(0.4));
        far.flat_map(|it| &it.shapes).any(|it| matches!(it, Shape::Text { text, .. } if text == tag))
    };
    assert!(says("Billing") && !says("HIST"), "an icon says enough");
}
