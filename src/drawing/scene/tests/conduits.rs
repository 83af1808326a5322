//! How conduits and flows are drawn.

use super::*;

fn one_conduit(change: impl FnOnce(&mut Conduit)) -> Scene {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 420.0, 300.0, 200.0))
        .conduit("C-1", "Z-1", "Z-2", change);
    let mut look = look(Overlay::Trust);
    look.view.hidden_layers.insert(Layer::Findings);
    scene(&plant.project, &plant.analyse(), &look)
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
