use super::*;
use crate::analysis::fixture::Fixture;
use crate::drawing::metrics::{ZONE_HEADER, ZONE_PADDING, ZONE_TEXT};
use crate::model::{Id, Rect, ZoneId};
use crate::text::Face;

fn at(x: f32, y: f32) -> impl FnOnce(&mut Zone) {
    move |zone| zone.frame = Rect::new(x, y, 200.0, 100.0)
}

fn route(routing: &Routing, tag: &str) -> Route {
    (*routing.routes()[&ConduitId::derived_from(tag)]).clone()
}

/// What must hold of every routing.
fn check(project: &Project, routing: &Routing) {
    for (id, conduit) in project.conduits.iter() {
        let Some((from, to)) = conduit.ends().filter(|(from, to)| from != to) else {
            assert!(!routing.routes().contains_key(&id));
            continue;
        };
        let route = &routing.routes()[&id];
        let tag = &conduit.tag;
        let frame = |zone| project.zones.get(zone).unwrap().frame;
        assert!(route.points.len() >= 2, "{tag} has a way");
        assert!(is_on_edge(route.points[0], frame(from)), "{tag} begins at its zone: {route:?} {:?}", frame(from));
        assert!(is_on_edge(*route.points.last().unwrap(), frame(to)), "{tag} ends at its zone: {route:?}");
        for (a, b) in parts(route) {
            assert!(a.x == b.x || a.y == b.y, "{tag} runs at right angles: {route:?}");
            let part = Rect::between(a, b).grown(0.1);
            for (zone, it) in project.zones.iter() {
                let is_open = [from, to].iter().any(|&end| end == zone || project.zone_ancestors(end).contains(&zone));
                assert!(is_open || !it.frame.grown(-1.0).overlaps(&part), "{tag} runs through {}: {route:?}", it.tag);
            }
        }
    }
}

fn routed(project: &Project) -> Routing {
    Routing::of(project, |_| 60.0)
}

fn parts(route: &Route) -> impl Iterator<Item = (Point, Point)> {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

fn is_on_edge(point: Point, frame: Rect) -> bool {
    frame.grown(0.1).contains(point) && !frame.grown(-0.1).contains(point)
}

#[test]
fn zones_above_each_other_are_joined_by_a_straight_line() {
    let plant = Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(40.0, 200.0));
    let route = route(&routed(&plant.conduit("C-1", "Z-1", "Z-2", |_| ()).project), "C-1");
    assert_eq!(route.points.len(), 2, "{route:?}");
    assert_eq!((route.points[0].y, route.points[1].y), (100.0, 200.0));
}

#[test]
fn zones_beside_each_other_are_joined_by_a_straight_line() {
    let plant = Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(400.0, 20.0));
    let route = route(&routed(&plant.conduit("C-1", "Z-2", "Z-1", |_| ()).project), "C-1");
    assert_eq!(route.points.len(), 2, "{route:?}");
    assert_eq!((route.points[0].x, route.points[1].x), (400.0, 200.0), "from the first end to the second");
}

#[test]
fn a_conduit_goes_around_a_zone_in_its_way() {
    let plant = Fixture::new()
        .zone("Z-1", at(0.0, 0.0))
        .zone("Z-WALL", at(0.0, 200.0))
        .zone("Z-2", at(0.0, 400.0))
        .conduit("C-1", "Z-1", "Z-2", |_| ());
    check(&plant.project, &routed(&plant.project));
}

#[test]
fn parallel_conduits_do_not_lie_on_each_other() {
    let mut plant = Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(0.0, 200.0)).zone("Z-3", at(300.0, 200.0));
    for (tag, to) in [("C-1", "Z-2"), ("C-2", "Z-2"), ("C-3", "Z-3"), ("C-4", "Z-3")] {
        plant = plant.conduit(tag, "Z-1", to, |_| ());
    }
    let routing = routed(&plant.project);
    let laid: Vec<_> = routing.routes().values().flat_map(|route| parts(route).collect::<Vec<_>>()).collect();
    for (place, &(a, b)) in laid.iter().enumerate() {
        for &(c, d) in laid[place + 1..].iter().filter(|(c, d)| (a.x == b.x) == (c.x == d.x)) {
            let (one, next) = (Rect::between(a, b).grown(1.0), Rect::between(c, d).grown(1.0));
            let is_corner = [c, d].iter().any(|it| *it == a || *it == b);
            assert!(is_corner || !one.overlaps(&next), "{one:?} {next:?}");
        }
    }
}

#[test]
fn a_nested_zone_is_joined_to_the_one_around_it() {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 600.0, 400.0))
        .zone("Z-2", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-1"));
            zone.frame = Rect::new(380.0, 100.0, 200.0, 100.0);
        })
        .conduit("C-1", "Z-2", "Z-1", |_| ());
    check(&plant.project, &routed(&plant.project));
}

#[test]
fn a_conduit_reaches_a_zone_within_other_zones() {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 600.0, 500.0))
        .zone("Z-2", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-1"));
            zone.frame = Rect::new(50.0, 100.0, 400.0, 300.0);
        })
        .zone("Z-3", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-2"));
            zone.frame = Rect::new(100.0, 200.0, 200.0, 100.0);
        })
        .zone("Z-4", at(0.0, 700.0))
        .conduit("C-1", "Z-3", "Z-4", |_| ());
    check(&plant.project, &routed(&plant.project));
}

#[test]
fn a_zone_too_narrow_for_two_ports_is_joined() {
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(-7.7, 0.0, 23.7, 90.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(400.0, 300.0, 200.0, 90.0))
        .conduit("C-1", "Z-1", "Z-2", |_| ());
    assert_eq!(routed(&plant.project).routes().len(), 1);
}

#[test]
fn conduits_come_and_go_with_an_update() {
    let plant = Fixture::new().zone("Z-1", at(0.0, 0.0)).zone("Z-2", at(0.0, 300.0)).zone("Z-3", at(400.0, 0.0));
    let one = plant.conduit("C-1", "Z-1", "Z-2", |_| ());
    let before = routed(&one.project);
    let mut project = one.conduit("C-2", "Z-1", "Z-3", |_| ()).project;
    project.conduits.remove(ConduitId::derived_from("C-1"));
    let after = before.updated(&project, |_| 60.0);
    assert_eq!(after.routes().keys().collect::<Vec<_>>(), [&ConduitId::derived_from("C-2")]);
    assert_eq!(after.changed().len(), 2);
}

#[test]
fn what_goes_on_inside_a_zone_enters_beside_its_title() {
    let name = "A title of some length";
    let plant = Fixture::new()
        .zone("Z-1", at(0.0, 0.0))
        .zone("Z-2", |zone| {
            zone.frame = Rect::new(0.0, 300.0, 600.0, 300.0);
            zone.name = name.to_owned();
        })
        .zone("Z-3", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-2"));
            zone.frame = Rect::new(40.0, 420.0, 200.0, 100.0);
        })
        .conduit("C-1", "Z-1", "Z-3", |_| ());
    let routing = routed(&plant.project);
    check(&plant.project, &routing);
    let title = Rect::new(0.0, 301.0, Face::SemiBold.width(name, ZONE_TEXT) + ZONE_PADDING, ZONE_HEADER - 1.0);
    for (a, b) in routing.routes().values().flat_map(|it| parts(it)) {
        assert!(!Rect::between(a, b).grown(0.5).overlaps(&title), "{a:?} {b:?}");
    }
}

#[test]
fn a_line_past_the_assets_of_a_zone_ends_at_the_zone_below_them() {
    // the asset stands lower than the line may turn, but not in its way
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(300.0, 0.0, 300.0, 100.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 300.0, 700.0, 320.0))
        .zone("Z-3", |zone| {
            zone.parent = Some(ZoneId::derived_from("Z-2"));
            zone.frame = Rect::new(340.0, 420.0, 300.0, 160.0);
        })
        .asset("A-1", "plc", "Z-2", |asset| asset.place = Some(Point::new(20.0, 60.0)))
        .conduit("C-1", "Z-1", "Z-3", |_| ());
    let routing = routed(&plant.project);
    let lowest = routing.routes().values().flat_map(|it| it.points.iter()).map(|it| it.y).fold(0.0, f32::max);
    assert!(lowest <= 420.0, "{routing:?}");
    check(&plant.project, &routing);
}
