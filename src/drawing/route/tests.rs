use super::*;
use crate::analysis::fixture::Fixture;
use crate::drawing::layout::{Extent, lay_out};
use crate::generate::{self, Size};
use crate::model::{Id, Rect, ZoneId};

fn at(x: f32, y: f32) -> impl FnOnce(&mut Zone) {
    move |zone| zone.frame = Rect::new(x, y, 200.0, 100.0)
}

fn routed(project: &Project) -> Routing {
    Routing::of(project, |_| 60.0)
}

fn route(routing: &Routing, tag: &str) -> Route {
    (*routing.routes()[&ConduitId::derived_from(tag)]).clone()
}

fn parts(route: &Route) -> impl Iterator<Item = (Point, Point)> {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

fn is_on_edge(point: Point, frame: Rect) -> bool {
    frame.grown(0.1).contains(point) && !frame.grown(-0.1).contains(point)
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

fn generated(zones: usize, conduits: usize, seed: u64) -> Project {
    let mut project =
        generate::plant(Size { zones, conduits, assets: zones * 5, answers: 0, conduit_answers: 0 }, seed);
    for (id, frame) in lay_out(&project, &Extent::All, &mut |_| true).unwrap() {
        project.zones.get_mut(id).unwrap().frame = frame;
    }
    project
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
fn every_conduit_of_a_plant_laid_out_goes_around_all_other_zones() {
    for seed in 0..4 {
        let project = generated(48, 90, seed);
        check(&project, &routed(&project));
    }
}

#[test]
fn the_same_project_gets_the_same_routes() {
    let project = generated(40, 70, 9);
    assert_eq!(routed(&project).routes(), routed(&project).routes());
}

#[test]
fn nothing_is_left_out_where_zones_lie_anyhow() {
    let mut rng = fastrand::Rng::with_seed(3);
    for seed in 0..6 {
        let mut project = generated(30, 60, seed);
        for id in project.zones.ids().collect::<Vec<_>>() {
            let frame =
                Rect::new(rng.f32() * 900.0, rng.f32() * 900.0, 20.0 + rng.f32() * 300.0, 20.0 + rng.f32() * 200.0);
            project.zones.get_mut(id).unwrap().frame = frame;
        }
        let joined = project.conduits.values().filter(|it| it.ends().is_some_and(|(from, to)| from != to)).count();
        assert_eq!(routed(&project).routes().len(), joined);
    }
}

#[test]
fn of_conduits_that_cross_exactly_one_hops() {
    let project = generated(40, 80, 4);
    let routing = routed(&project);
    let routes: Vec<_> = routing.routes().values().collect();
    let hops: usize = routes.iter().map(|it| it.jumps.len()).sum();
    let mut crossings = 0;
    for (place, one) in routes.iter().enumerate() {
        for next in &routes[place + 1..] {
            for (a, b) in parts(one) {
                for (c, d) in parts(next) {
                    let ((left, right), (top, foot)) =
                        if a.y == b.y && c.x == d.x { ((a, b), (c, d)) } else { ((c, d), (a, b)) };
                    let inside = |at: f32, one: f32, next: f32| one.min(next) + 5.0 < at && at < one.max(next) - 5.0;
                    crossings += usize::from(
                        left.y == right.y
                            && top.x == foot.x
                            && inside(top.x, left.x, right.x)
                            && top.y.min(foot.y) < left.y
                            && left.y < top.y.max(foot.y),
                    );
                }
            }
        }
    }
    assert!(crossings > 10);
    assert_eq!(hops, crossings);
}

#[test]
fn labels_lie_on_their_line_and_seldom_on_anything_else() {
    let project = generated(40, 60, 6);
    let routing = routed(&project);
    let frames: Vec<Rect> = routing.routes().values().map(|it| labels::frame(it.label, 60.0)).collect();
    for route in routing.routes().values() {
        let mut on_line = parts(route).map(|(a, b)| Rect::between(a, b).grown(0.5));
        assert!(on_line.any(|it| it.contains(route.label)), "{route:?}");
    }
    let on_another = frames.iter().enumerate().filter(|(at, one)| frames[at + 1..].iter().any(|it| it.overlaps(one)));
    assert_eq!(on_another.count(), 0);
}

/// The project with a zone, and all in it, moved.
fn moved(project: &Project, zone: ZoneId, dx: f32, dy: f32) -> Project {
    let mut project = project.clone();
    for id in project.zone_with_contents(zone) {
        let frame = project.zones.get(id).unwrap().frame.offset(dx, dy);
        project.zones.get_mut(id).unwrap().frame = frame;
    }
    project
}

#[test]
fn a_moved_zone_takes_its_conduits_along_and_leaves_the_others_alone() {
    let project = generated(60, 100, 2);
    let before = routed(&project);
    for zone in project.zones.ids().step_by(7) {
        let project = moved(&project, zone, 57.0, 33.0);
        let after = before.updated(&project, |_| 60.0);
        for (id, conduit) in project.conduits.iter() {
            let (Some((from, to)), Some(route)) = (conduit.ends(), after.routes().get(&id)) else { continue };
            let on_edge = |point: Point, zone| is_on_edge(point, project.zones.get(zone).unwrap().frame);
            assert!(on_edge(route.points[0], from), "{}: {route:?}", conduit.tag);
            assert!(on_edge(*route.points.last().unwrap(), to), "{}: {route:?}", conduit.tag);
            if !after.changed().contains(&id) {
                assert!(Arc::ptr_eq(route, &before.routes()[&id]));
            }
        }
        assert!(after.changed().len() < project.conduits.len());
    }
}

#[test]
fn nothing_moved_changes_nothing() {
    let project = generated(40, 70, 8);
    let after = routed(&project).updated(&project, |_| 60.0);
    assert!(after.changed().is_empty());
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
