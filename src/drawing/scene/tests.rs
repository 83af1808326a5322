//! What the notation and the overlays promise.

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

fn one_conduit(change: impl FnOnce(&mut Conduit)) -> Scene {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 420.0, 300.0, 200.0))
        .conduit("C-1", "Z-1", "Z-2", change);
    let mut look = look(Overlay::Trust);
    look.view.hidden_layers.insert(Layer::Findings);
    scene(&plant.project, &plant.analyse(), &look)
}

fn conduit() -> ConduitId {
    ConduitId::derived_from("C-1")
}

/// The middles of signs on the line of the conduit, from the upper zone to the lower one.
fn signs_on_line(scene: &Scene) -> Vec<f32> {
    let label = scene.routes()[&conduit()].label;
    let is_sign = |it: &Shape| match it {
        Shape::Rect { frame, radius, .. } if *radius < 3.0 => Some(frame.center().y),
        _ => None,
    };
    let on_line = shapes(scene, conduit()).into_iter().filter(|it| it.bounds().width < 25.0);
    on_line.filter_map(|it| is_sign(&it)).filter(|y| (*y - label.y).abs() > 8.0).collect()
}

#[test]
fn what_filters_at_an_end_stands_at_that_end() {
    let at = |place: FilterPlace| {
        signs_on_line(&one_conduit(|it| {
            it.filtering = Filtering::Stateful;
            it.filter_place = place;
        }))
    };
    let (upper, lower) = (200.0..260.0, 360.0..420.0);
    let [from, to, both] = [FilterPlace::From, FilterPlace::To, FilterPlace::Both].map(at);
    assert!(from.len() == 1 && upper.contains(&from[0]), "{from:?}");
    assert!(to.len() == 1 && lower.contains(&to[0]), "{to:?}");
    assert!(both.len() == 2 && upper.contains(&both[0]) && lower.contains(&both[1]), "{both:?}");
    assert!(at(FilterPlace::Unstated).is_empty() && at(FilterPlace::Gateway).is_empty());
}

#[test]
fn a_gateway_is_doubled_in_the_middle() {
    let icons = |place: FilterPlace| {
        let scene = one_conduit(|it| {
            it.filtering = Filtering::Application;
            it.filter_place = place;
        });
        shapes(&scene, conduit()).iter().filter(|it| matches!(it, Shape::Icon { .. })).count()
    };
    assert_eq!((icons(FilterPlace::Gateway), icons(FilterPlace::Unstated)), (2, 1));
}

#[test]
fn a_one_way_conduit_has_a_diode_that_points_to_its_to_zone() {
    for place in FilterPlace::ALL {
        let scene = one_conduit(|it| {
            it.filtering = Filtering::OneWay;
            it.filter_place = *place;
            it.initiated_by = Initiator::From;
        });
        let triangles: Vec<Vec<Point>> = shapes(&scene, conduit())
            .into_iter()
            .filter_map(|it| if let Shape::Polygon { points, .. } = it { Some(points) } else { None })
            .collect();
        let diodes: Vec<_> = triangles.iter().filter(|it| it[1].y < 405.0).collect();
        assert!(!diodes.is_empty(), "{place}");
        // the tip is the second corner, and the to zone lies below
        assert!(diodes.iter().all(|it| it[1].y > it[0].y && it[1].y > it[2].y), "{place}: {diodes:?}");
    }
}

#[test]
fn arrowheads_stand_at_the_ends_that_may_be_opened_to() {
    let tips = |initiated_by: Initiator| {
        let scene = one_conduit(|it| it.initiated_by = initiated_by);
        let polygon = |it: Shape| if let Shape::Polygon { points, .. } = it { Some(points[0].y) } else { None };
        shapes(&scene, conduit()).into_iter().filter_map(polygon).collect::<Vec<f32>>()
    };
    assert_eq!(tips(Initiator::From), [420.0]);
    assert_eq!(tips(Initiator::To), [200.0]);
    assert_eq!(tips(Initiator::Both), [420.0, 200.0]);
}

#[test]
fn remote_access_and_missing_filters_both_show() {
    let palette = Palette::light();
    let line = |filtering: Filtering, remote_access: RemoteAccess| {
        let scene = one_conduit(|it| {
            it.filtering = filtering;
            it.remote_access = remote_access;
        });
        let stroke = |it: Shape| if let Shape::Line { stroke, .. } = it { Some(stroke) } else { None };
        shapes(&scene, conduit()).into_iter().find_map(stroke).unwrap()
    };
    let plain = line(Filtering::None, RemoteAccess::None);
    let remote = line(Filtering::None, RemoteAccess::AlwaysOn);
    let filtered = line(Filtering::Stateful, RemoteAccess::AlwaysOn);
    assert_eq!((plain.color, plain.dash), (palette.conduit_weak, 0.0));
    assert_eq!((remote.color, remote.dots), (palette.conduit_weak, true));
    assert_eq!((filtered.color, filtered.dots), (palette.conduit, true));
    let on_demand = line(Filtering::Stateful, RemoteAccess::OnDemand);
    assert!(on_demand.dash > 0.0 && !on_demand.dots);
}

#[test]
fn a_line_hops_over_another() {
    let straight = Route { points: vec![Point::new(0.0, 50.0), Point::new(200.0, 50.0)], ..Route::default() };
    let hopping = Route { jumps: vec![Point::new(120.0, 50.0)], ..straight.clone() };
    assert!(conduit::way(&straight).iter().all(|it| it.y == 50.0));
    let highest = conduit::way(&hopping).into_iter().min_by(|one, next| one.y.total_cmp(&next.y)).unwrap();
    assert!((highest.x - 120.0).abs() < 1.0 && highest.y < 46.0, "{highest:?}");
}

#[test]
fn a_conduit_between_a_zone_and_its_child_is_seen() {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 500.0, 400.0))
        .zone("Z-2", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-1"));
            zone.frame = Rect::new(100.0, 150.0, 240.0, 150.0);
        })
        .conduit("C-1", "Z-1", "Z-2", |_| ());
    let scene = drawn(&plant, Overlay::Trust);
    let label = shapes(&scene, conduit()).iter().find_map(|it| match it {
        Shape::Rect { frame, fill: Some(_), .. } if frame.height == 18.0 => Some(*frame),
        _ => None,
    });
    let points = &scene.routes()[&conduit()].points;
    assert!(label.is_some() && points.windows(2).any(|it| it[0] != it[1]), "{points:?}");
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
fn flows_are_drawn_where_their_layer_is_shown_and_on_demand_otherwise() {
    let plant = plant().asset("PLC", "plc", "Z-2", |_| ()).flow("C-1", "HIST", "PLC", "modbus_tcp", |_| ());
    let flow = plant.project.flows.ids().next().unwrap();
    let hidden = drawn(&plant, Overlay::Trust);
    assert!(shapes(&hidden, flow).is_empty());
    for subject in [Subject::from(conduit()), AssetId::derived_from("PLC").into(), flow.into()] {
        let shown = |zoom: f32| flows_of(&hidden, &look(Overlay::Trust), subject, zoom).len();
        assert!(shown(0.4) > 0 && shown(0.4) < shown(1.0), "from afar without words");
    }
    assert!(flows_of(&hidden, &look(Overlay::Trust), ZoneId::derived_from("Z-1").into(), 1.0).is_empty());
    let view = DiagramView { hidden_layers: [].into(), ..DiagramView::whole_plant() };
    let shown = scene(&plant.project, &plant.analyse(), &Look { view, ..Look::printed() });
    assert!(shapes(&shown, flow).iter().any(|it| matches!(it, Shape::Polygon { .. })), "with its direction");
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
fn an_overlay_tells_the_figures_of_the_analysis() {
    let plant = plant()
        .zone("Z-NET", |zone| {
            zone.trust = Trust::External;
            zone.frame = Rect::new(600.0, 0.0, 240.0, 140.0);
        })
        .conduit("C-NET", "Z-NET", "Z-1", |_| ())
        .answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
    let analysis = plant.analyse();
    let zone = Target::from(ZoneId::derived_from("Z-1"));
    let levels = analysis.target(zone).unwrap();
    let near = |overlay: Overlay| scene(&plant.project, &analysis, &look(overlay)).figure(&analysis, zone).near;
    assert_eq!(near(Overlay::Target), levels.target.unwrap().highest().to_string());
    assert_eq!(near(Overlay::Achieved), levels.achieved.lowest().unwrap().to_string());
    assert_eq!(near(Overlay::Proven), levels.evidenced.lowest().unwrap().to_string());
    assert_eq!(near(Overlay::Shortfall), format!("−{}", levels.worst_shortfall()));
    assert_eq!(near(Overlay::Trust), near(Overlay::Shortfall));
    let first = analysis.gaps.iter().find(|it| it.target == Some(zone)).unwrap();
    assert_eq!(near(Overlay::TopGap), format!("{:?}  {}", first.band, first.score));
    let exploitability = analysis.factors.exploitability(zone);
    assert_eq!(exploitability.hops, Some(1));
    assert_eq!(near(Overlay::Exposure), format!("E{}  1 hop", exploitability.value));
    let about = |subject: Subject, severity: Severity| {
        let open = analysis.findings.iter().filter(|it| it.set_aside.is_none() && it.severity() == severity);
        open.filter(|it| it.about.first() == Some(&subject)).count()
    };
    let counts = Severity::ALL.map(|severity| about(ZoneId::derived_from("Z-1").into(), severity));
    let expected: Vec<String> = counts
        .iter()
        .zip(["E", "W", "H"])
        .filter(|(count, _)| **count > 0)
        .map(|(count, sign)| format!("{sign}{count}"))
        .collect();
    assert_eq!(near(Overlay::Findings), expected.join(" "));
    assert_eq!(near(Overlay::Ownership), "A  Operations manager");
    assert_eq!(near(Overlay::Lifecycle), "1 of 1 unknown");
}

#[test]
fn levels_of_one_fr_are_told_where_one_is_chosen() {
    let plant = plant().sl_t_in("Z-1", Fr::Tre, 4);
    let analysis = plant.analyse();
    let view = DiagramView { overlay: Overlay::Target, fr: Some(Fr::Tre), ..DiagramView::whole_plant() };
    let scene = scene(&plant.project, &analysis, &Look { view, ..Look::printed() });
    let zone = ZoneId::derived_from("Z-1");
    assert_eq!(scene.figure(&analysis, zone.into()).text, "4");
    assert!(texts(&scene, zone).contains(&"FR 6  4".to_owned()));
}

#[test]
fn each_fr_has_its_cell_where_none_is_chosen() {
    let zone = ZoneId::derived_from("Z-1");
    let count =
        |overlay: Overlay, text: &str| texts(&drawn(&plant(), overlay), zone).iter().filter(|it| *it == text).count();
    assert!(count(Overlay::Target, "2") >= 7);
    assert!(count(Overlay::Achieved, "0") >= 7);
    assert!(count(Overlay::Shortfall, "?") >= 7, "nothing is answered");
    let answered = |plant: Fixture, fr: usize| plant.answer("Z-1", &format!("SR {fr}.1"), Status::NotMet, |_| ());
    let short = texts(&drawn(&(1..=7).fold(plant(), answered), Overlay::Shortfall), zone);
    assert!(short.iter().filter(|it| *it == "2").count() >= 7);
    let unset = texts(&drawn(&plant(), Overlay::Target), ZoneId::derived_from("Z-2"));
    assert!(unset.iter().any(|it| it == "–"));
}

#[test]
fn exposure_tells_the_easiest_paths_and_the_chokes() {
    let plant = Fixture::new()
        .zone("Z-NET", |zone| {
            zone.trust = Trust::External;
            zone.frame = Rect::new(0.0, 0.0, 240.0, 140.0);
        })
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 300.0, 240.0, 140.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 600.0, 240.0, 140.0))
        .conduit("C-1", "Z-NET", "Z-1", |_| ())
        .conduit("C-2", "Z-1", "Z-2", |_| ())
        .conduit("C-3", "Z-2", "Z-1", |it| it.initiated_by = Initiator::From);
    let analysis = plant.analyse();
    let facts = Facts::of(&plant.project, &analysis, Overlay::Exposure);
    let id = |tag: &str| ConduitId::derived_from(tag);
    assert!(facts.is_on_path(id("C-1")) && facts.is_on_path(id("C-2")) && !facts.is_on_path(id("C-3")));
    assert!(facts.is_choke(id("C-1")) && !facts.is_choke(id("C-2")));
}

#[test]
fn roles_have_letters_and_nobody_a_hatch() {
    let plant = plant().conduit("C-2", "Z-1", "Z-2", |it| it.owner = "Network engineer".into());
    let analysis = plant.analyse();
    let scene = scene(&plant.project, &analysis, &look(Overlay::Ownership));
    let figure = |target: Target| scene.figure(&analysis, target);
    assert_eq!(figure(ConduitId::derived_from("C-2").into()).text, "A");
    assert_eq!(figure(ZoneId::derived_from("Z-1").into()).text, "B");
    let nobody = figure(ConduitId::derived_from("C-1").into());
    assert!(nobody.text == "?" && nobody.hatch.is_some());
    let words = legend_words(&plant, &look(Overlay::Ownership));
    for word in ["Network engineer", "Operations manager", "no owner"] {
        assert!(words.contains(&word.to_owned()), "{words:?}");
    }
}

#[test]
fn the_legend_holds_only_what_occurs() {
    let words = legend_words(&plant(), &Look::printed());
    for word in ["Operational", "nothing filters", "dual-homed", "logical boundary", "perimeter of the SUC"] {
        assert!(words.contains(&word.to_owned()), "{word} is missing: {words:?}");
    }
    for word in
        ["External", "physical boundary", "stateful firewall", "remote access on demand", "site or area", "locked"]
    {
        assert!(!words.contains(&word.to_owned()), "{word} does not occur: {words:?}");
    }
}

#[test]
fn names_on_a_tinted_zone_can_be_read() {
    for palette in Palette::all() {
        let least = if palette.name == "High contrast" { 7.0 } else { 4.5 };
        let fills = palette.levels.iter().chain(&palette.shortfalls).chain(&palette.bands).chain(&palette.roles);
        for &fill in fills.chain([&palette.good_soft, &palette.error_soft, &palette.sunken]) {
            let ground = palette.canvas.mixed(fill, OVERLAY_TINT);
            let contrast = palette.text.contrast(ground);
            assert!(contrast >= least, "{}: {ground}: {contrast}", palette.name);
        }
        for severity in Severity::ALL {
            let ground = palette.canvas.mixed(palette.severity(severity).0, SOFT_TINT);
            assert!(palette.text.contrast(ground) >= least, "{}: {severity:?}", palette.name);
            assert!(ground != palette.canvas, "{}: {severity:?} is seen", palette.name);
        }
    }
}

#[test]
fn what_follows_a_move_is_what_drawing_anew_gives() {
    let mut plant = plant().asset("PLC", "plc", "Z-2", |_| ()).flow("C-1", "HIST", "PLC", "modbus_tcp", |_| ());
    let view = DiagramView { hidden_layers: [].into(), ..DiagramView::whole_plant() };
    let look = Look { view, ..Look::printed() };
    let analysis = plant.analyse();
    let mut followed = scene(&plant.project, &analysis, &look);
    for step in 1..4_u8 {
        let zone = plant.project.zones.get_mut(ZoneId::derived_from("Z-2")).unwrap();
        zone.frame = zone.frame.offset(37.0 * f32::from(step), 11.0);
        assert!(followed.follow(&plant.project, &analysis));
        let mut fresh = scene(&plant.project, &analysis, &look);
        // while a thing is dragged routes follow it, and are found anew when it is let go
        fresh.routing = Routing::default();
        let of = |scene: &Scene| -> Vec<Element> {
            let is_route = |it: &&Element| matches!(it.subject, Some(Subject::Conduit(_)));
            scene.elements.iter().filter(|it| !is_route(it) && it.subject.is_some()).cloned().collect()
        };
        assert_eq!(of(&followed), of(&fresh));
        assert_eq!(followed.places, fresh.places);
        let middle = plant.project.zones.get(ZoneId::derived_from("Z-2")).unwrap().frame.center();
        assert_eq!(followed.zones_at(middle), [ZoneId::derived_from("Z-2")]);
        let line = followed.routes()[&conduit()].points[0];
        assert_eq!(followed.lines_near(line, 1.0), [conduit()]);
    }
}

/// What each subject shows, but for the ways of conduits and what lies around them: those
/// follow a change and are not found from the beginning.
fn told(scene: &Scene) -> Vec<Element> {
    let is_meant = |it: &&Element| !matches!(it.subject, None | Some(Subject::Conduit(_)));
    scene.elements.iter().filter(is_meant).cloned().collect()
}

/// Plants one after the other, each a small change of the one before.
fn edited() -> Vec<(&'static str, Project)> {
    let plant = plant()
        .zone("Z-3", |zone| {
            zone.frame = Rect::new(400.0, 0.0, 400.0, 500.0);
            zone.site = "South".into();
        })
        .asset("PLC", "plc", "Z-2", |_| ())
        .flow("C-1", "HIST", "PLC", "modbus_tcp", |_| ());
    let [one, two, three] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
    let [hist, plc] = ["HIST", "PLC"].map(AssetId::derived_from);
    let mut project = plant.project;
    let legend = Note { kind: NoteKind::Legend, frame: Rect::new(900.0, 0.0, 300.0, 300.0), ..Note::default() };
    project.notes.insert(NoteId::derived_from("N"), legend);
    let mut plants = vec![("as it was", project.clone())];
    let mut step = |what: &'static str, change: &dyn Fn(&mut Project)| {
        change(&mut project);
        plants.push((what, project.clone()));
    };
    step("a letter typed in a name", &|it| it.zones.get_mut(one).unwrap().name.push('x'));
    step("another tag", &|it| it.zones.get_mut(one).unwrap().tag = "Z-9".into());
    step("a zone into another", &|it| {
        let zone = it.zones.get_mut(two).unwrap();
        (zone.parent, zone.frame) = (Some(three), Rect::new(440.0, 80.0, 300.0, 200.0));
    });
    step("an asset into another zone", &|it| {
        let asset = it.assets.get_mut(plc).unwrap();
        (asset.zone, asset.place) = (Some(three), Some(Point::new(20.0, 320.0)));
    });
    step("a second home less", &|it| it.assets.get_mut(hist).unwrap().other_zones.clear());
    step("a conduit more", &|it| {
        let conduit = Conduit { tag: "C-2".into(), from: Some(one), to: Some(three), ..Conduit::default() };
        it.conduits.insert(ConduitId::derived_from("C-2"), conduit);
    });
    step("an end pulled to another zone", &|it| it.conduits.get_mut(conduit()).unwrap().to = Some(three));
    step("a copy of a zone", &|it| {
        let copy = Zone { tag: "Z-4".into(), frame: Rect::new(0.0, 600.0, 300.0, 200.0), ..Zone::default() };
        it.zones.insert(ZoneId::derived_from("Z-4"), copy);
    });
    let four = ZoneId::derived_from("Z-4");
    step("another zone of the site", &|it| {
        let frame = Rect::new(1400.0, 0.0, 300.0, 500.0);
        let zone = Zone { tag: "Z-5".into(), site: "South".into(), frame, ..Zone::default() };
        it.zones.insert(ZoneId::derived_from("Z-5"), zone);
    });
    step("a zone of none between them", &|it| {
        it.zones.get_mut(four).unwrap().frame = Rect::new(1000.0, 100.0, 200.0, 200.0);
    });
    step("and away again", &|it| it.zones.get_mut(four).unwrap().frame = Rect::new(0.0, 600.0, 300.0, 200.0));
    step("another trust", &|it| it.zones.get_mut(one).unwrap().trust = Trust::External);
    step("another order", &|it| it.zones.get_mut(one).unwrap().order = 7);
    step("an owner", &|it| it.zones.get_mut(three).unwrap().owner = "A role".into());
    step("an asset without support", &|it| it.assets.get_mut(plc).unwrap().supported = Known::No);
    step("a flow less", &|it| it.flows = Table::default());
    step("all but one gone", &|it| {
        it.conduits = Table::default();
        it.assets = Table::default();
        it.zones.retain(|id, _| id == one);
    });
    plants
}

#[test]
fn what_follows_an_edit_is_what_drawing_anew_gives() {
    let overlays = [Overlay::Trust, Overlay::Exposure, Overlay::Findings, Overlay::Lifecycle, Overlay::Ownership];
    for overlay in overlays {
        let view = DiagramView { hidden_layers: [].into(), overlay, ..DiagramView::whole_plant() };
        let look = Look { view, ..Look::printed() };
        let plants = edited();
        let mut analysis = Fixture { project: plants[0].1.clone() }.analyse();
        let mut followed = scene(&plants[0].1, &analysis, &look);
        for (what, project) in &plants {
            analysis = analyse_after(project, Catalogue::embedded(), TODAY, Some(&analysis));
            assert!(followed.follow(project, &analysis), "{overlay}: {what}");
            let fresh = scene(project, &analysis, &look);
            assert_eq!(followed.places, fresh.places, "{overlay}: {what}");
            assert_eq!(told(&followed), told(&fresh), "{overlay}: {what}");
            assert_eq!((&followed.perimeter, &followed.sites), (&fresh.perimeter, &fresh.sites), "{overlay}: {what}");
            let ways = |scene: &Scene| scene.routes().keys().copied().collect::<Vec<_>>();
            assert_eq!(ways(&followed), ways(&fresh), "{overlay}: {what}");
            let labels = |scene: &Scene| -> Vec<Subject> { scene.elements.subjects(Stratum::Labels).collect() };
            assert_eq!(labels(&followed), labels(&fresh), "{overlay}: {what}");
            let edge = Rect::new(-1e4, -1e4, 2e4, 2e4);
            assert_eq!(followed.zones_near(edge), fresh.zones_near(edge), "{overlay}: {what}");
        }
    }
}

#[test]
fn a_typed_letter_leaves_every_way_as_it_is() {
    let mut plant = plant();
    let mut scene = scene(&plant.project, &plant.analyse(), &Look::printed());
    let before = scene.routes()[&conduit()].clone();
    plant.project.zones.get_mut(ZoneId::derived_from("Z-1")).unwrap().name = "Other".into();
    plant.project.conduits.get_mut(conduit()).unwrap().name = "Other".into();
    assert!(scene.follow(&plant.project, &plant.analyse()));
    assert!(std::sync::Arc::ptr_eq(&before, &scene.routes()[&conduit()]) && !scene.has_followed());
}

#[test]
fn a_plant_that_went_each_its_own_way_is_drawn_from_the_beginning() {
    let place = |number: u16, step: f32| {
        move |zone: &mut Zone| {
            zone.frame = Rect::new(f32::from(number) * step, f32::from(number) * 10.0, 200.0, 100.0);
        }
    };
    let plant = |step: f32| {
        (0..20).fold(Fixture::new(), |plant, number| plant.zone(&format!("Z-{number}"), place(number, step)))
    };
    let (before, after) = (plant(300.0), plant(340.0));
    let mut scene = scene(&before.project, &before.analyse(), &Look::printed());
    assert!(!scene.follow(&after.project, &before.analyse()));
}

#[test]
fn many_zones_that_move_with_the_one_around_them_are_moved_and_not_drawn() {
    let outer = ZoneId::derived_from("Z-OUT");
    let mut plant = Fixture::new()
        .zone("Z-OUT", |zone| zone.frame = Rect::new(0.0, 0.0, 3200.0, 900.0))
        .zone("Z-FAR", |zone| zone.frame = Rect::new(5000.0, 0.0, 300.0, 200.0));
    for number in 0..30_u16 {
        let tag = format!("Z-{number:02}");
        plant = plant.zone(&tag, |zone| {
            zone.parent = Some(outer);
            zone.frame =
                Rect::new(40.0 + f32::from(number % 10) * 300.0, 80.0 + f32::from(number / 10) * 260.0, 240.0, 160.0);
        });
        plant = plant.asset(&format!("A-{number:02}"), "plc", &tag, |_| ());
    }
    for number in 0..29 {
        let [from, to] = [number, number + 1].map(|it| format!("Z-{it:02}"));
        plant = plant.conduit(&format!("C-{number:02}"), &from, &to, |_| ());
    }
    plant = plant.conduit("C-FAR", "Z-09", "Z-FAR", |_| ());
    let view = DiagramView { hidden_layers: [].into(), ..DiagramView::whole_plant() };
    let look = Look { view, ..Look::printed() };
    let mut project = plant.project.clone();
    let analysis = plant.analyse();
    let mut followed = scene(&project, &analysis, &look);
    let inside = followed.routes()[&ConduitId::derived_from("C-00")].clone();
    for id in project.zone_with_contents(outer) {
        let zone = project.zones.get_mut(id).unwrap();
        zone.frame = zone.frame.offset(64.0, 32.0);
    }
    assert!(followed.follow(&project, &analysis));
    let fresh = scene(&project, &analysis, &look);
    assert_eq!(followed.places, fresh.places);
    let (told, expected) = (told(&followed), told(&fresh));
    assert_eq!(told.len(), expected.len());
    let near = |a: &Rect, b: &Rect| a.grown(0.01).encloses(b) && b.grown(0.01).encloses(a);
    for (one, other) in told.iter().zip(&expected) {
        assert_eq!((one.subject, one.zoom, one.shapes.len()), (other.subject, other.zoom, other.shapes.len()));
        assert!(near(&one.bounds, &other.bounds), "{one:?} {other:?}");
        let mut shapes = one.shapes.iter().zip(&other.shapes);
        assert!(shapes.all(|(one, other)| near(&one.bounds(), &other.bounds())), "{one:?} {other:?}");
    }
    let moved: Vec<Point> = inside.points.iter().map(|it| it.offset(64.0, 32.0)).collect();
    assert_eq!(followed.routes()[&ConduitId::derived_from("C-00")].points, moved);
    let far = &followed.routes()[&ConduitId::derived_from("C-FAR")].points;
    assert_eq!(followed.lines_near(far[0], 1.0), [ConduitId::derived_from("C-FAR")]);
    let card = followed.places.cells[&AssetId::derived_from("A-07")].center();
    assert_eq!(followed.assets_at(card), [AssetId::derived_from("A-07")]);
}

#[test]
fn lines_to_further_zones_are_drawn_only_on_demand() {
    let scene = drawn(&plant(), Overlay::Trust);
    let asset = AssetId::derived_from("HIST");
    let ghost = scene.places.ghosts[&(asset, ZoneId::derived_from("Z-2"))];
    let cards = [scene.places.cells[&asset], ghost];
    let is_in_a_card = |it: &Shape| cards.iter().any(|card| card.grown(6.0).encloses(&it.bounds()));
    assert!(shapes(&scene, asset).iter().all(is_in_a_card), "nothing crosses what lies between");
    let frames = |it: &&Shape| matches!(it, Shape::Line { stroke, .. } if !stroke.pattern().is_empty());
    assert_eq!(shapes(&scene, asset).iter().filter(frames).count(), 2, "both cards are framed");
    assert!(texts(&scene, asset).contains(&"also in Z-2".to_owned()), "each says where else it stands");
    let on_demand = homes_of(&scene, &look(Overlay::Trust), asset);
    assert!(on_demand.iter().any(|it| it.bounds().height > 100.0), "from one zone to the other");
    assert!(homes_of(&scene, &look(Overlay::Trust), AssetId::derived_from("PLC")).is_empty());
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
