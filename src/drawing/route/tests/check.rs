//! What must hold of every routing; read by the tests of the whole library too.

use super::*;

/// What must hold of every routing.
pub(super) fn check(project: &Project, routing: &Routing) {
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

pub(super) fn routed(project: &Project) -> Routing {
    Routing::of(project, |_| 60.0)
}

pub(super) fn parts(route: &Route) -> impl Iterator<Item = (Point, Point)> {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

pub(super) fn is_on_edge(point: Point, frame: Rect) -> bool {
    frame.grown(0.1).contains(point) && !frame.grown(-0.1).contains(point)
}
