//! Where routes hop over each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Route;
use crate::model::{ConduitId, Point, Rect};

/// Half the width of a hop: crossings nearer to a corner have no room for one.
const HOP: f32 = 5.0;

/// An upright part of a route.
#[derive(Clone, Copy, Debug)]
struct Upright {
    x: f32,
    top: f32,
    foot: f32,
    of: ConduitId,
}

/// Sets the places where level parts cross upright parts of other routes.
pub(super) fn set(routes: &mut BTreeMap<ConduitId, Route>) {
    let uprights = uprights(routes.iter().map(|(&id, route)| (id, route)));
    for (&id, route) in routes.iter_mut() {
        route.jumps = crossed(&route.points, id, &uprights);
    }
}

/// Sets the hops after some routes changed: theirs over all others, and those of the
/// others over them.
pub(super) fn update(
    routes: &mut BTreeMap<ConduitId, Arc<Route>>,
    before: &BTreeMap<ConduitId, Arc<Route>>,
    changed: &mut BTreeSet<ConduitId>,
) {
    if changed.is_empty() {
        return;
    }
    let of_changed = |routes: &BTreeMap<ConduitId, Arc<Route>>| -> Vec<Upright> {
        let changed = changed.iter().filter_map(|id| Some((*id, routes.get(id)?)));
        uprights(changed.map(|(id, route)| (id, &**route)))
    };
    let (gone, come) = (of_changed(before), of_changed(routes));
    let mut also = Vec::new();
    for (&id, route) in routes.iter() {
        let jumps = if changed.contains(&id) {
            over_all(&route.points, id, routes)
        } else if meets(&route.points, &gone) || meets(&route.points, &come) {
            over_others(route, id, &gone, &come)
        } else {
            continue;
        };
        if jumps != route.jumps {
            also.push((id, Route { jumps, ..(**route).clone() }));
        }
    }
    for (id, route) in also {
        routes.insert(id, Arc::new(route));
        changed.insert(id);
    }
}

/// The hops of one route over all others.
fn over_all(points: &[Point], id: ConduitId, routes: &BTreeMap<ConduitId, Arc<Route>>) -> Vec<Point> {
    let Some(&first) = points.first() else { return Vec::new() };
    let around = points.iter().fold(Rect::between(first, first), |all, it| all.union(&Rect::between(*it, *it)));
    let mut near = Vec::new();
    for (&of, route) in routes {
        for (a, b) in parts(&route.points).filter(|(a, b)| a.x == b.x) {
            if around.x < a.x && a.x < around.right() {
                near.push(Upright { x: a.x, top: a.y.min(b.y), foot: a.y.max(b.y), of });
            }
        }
    }
    sort(&mut near);
    crossed(points, id, &near)
}

/// The hops of a route that stayed as it was, without those over what is gone and
/// with those over what has come.
fn over_others(route: &Route, id: ConduitId, gone: &[Upright], come: &[Upright]) -> Vec<Point> {
    let is_over = |it: &Point, upright: &Upright| upright.x == it.x && upright.top < it.y && it.y < upright.foot;
    let mut left: Vec<Point> =
        route.jumps.iter().filter(|it| !gone.iter().any(|upright| is_over(it, upright))).copied().collect();
    left.extend(crossed(&route.points, id, come));
    let mut jumps = Vec::with_capacity(left.len());
    for (a, b) in levels(&route.points) {
        let here = jumps.len();
        let is_on = |it: &&Point| it.y == a.y && a.x.min(b.x) < it.x && it.x < a.x.max(b.x);
        jumps.extend(left.iter().filter(is_on));
        if let Some(new) = jumps.get_mut(here..) {
            new.sort_by(|one: &Point, next| one.x.total_cmp(&next.x));
            if a.x > b.x {
                new.reverse();
            }
        }
    }
    jumps
}

fn uprights<'a>(routes: impl Iterator<Item = (ConduitId, &'a Route)>) -> Vec<Upright> {
    let mut uprights = Vec::new();
    for (of, route) in routes {
        for (a, b) in parts(&route.points).filter(|(a, b)| a.x == b.x) {
            uprights.push(Upright { x: a.x, top: a.y.min(b.y), foot: a.y.max(b.y), of });
        }
    }
    sort(&mut uprights);
    uprights
}

fn sort(uprights: &mut [Upright]) {
    uprights.sort_by(|one, next| one.x.total_cmp(&next.x).then(one.of.cmp(&next.of)));
}

/// The uprights between two x, not counting the ends.
fn between(uprights: &[Upright], left: f32, right: f32) -> impl Iterator<Item = &Upright> {
    let first = uprights.partition_point(|it| it.x <= left);
    uprights.iter().skip(first).take_while(move |it| it.x < right)
}

fn meets(points: &[Point], uprights: &[Upright]) -> bool {
    levels(points).any(|(a, b)| between(uprights, a.x.min(b.x), a.x.max(b.x)).any(|it| it.top < a.y && a.y < it.foot))
}

fn crossed(points: &[Point], id: ConduitId, uprights: &[Upright]) -> Vec<Point> {
    let mut jumps = Vec::new();
    for (a, b) in levels(points) {
        let here = jumps.len();
        let met = between(uprights, a.x.min(b.x) + HOP, a.x.max(b.x) - HOP);
        let met = met.filter(|it| it.top < a.y && a.y < it.foot && it.of != id);
        jumps.extend(met.map(|it| Point::new(it.x, a.y)));
        if a.x > b.x
            && let Some(new) = jumps.get_mut(here..)
        {
            new.reverse();
        }
    }
    jumps
}

fn levels(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    parts(points).filter(|(a, b)| a.y == b.y)
}

fn parts(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    points.iter().copied().zip(points.iter().skip(1).copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;

    #[test]
    fn of_two_that_cross_the_level_one_hops_once() {
        let way = |points: &[(f32, f32)]| Route {
            points: points.iter().map(|&(x, y)| Point::new(x, y)).collect(),
            ..Route::default()
        };
        let [level, upright] = ["C-1", "C-2"].map(ConduitId::derived_from);
        let mut routes = BTreeMap::from([
            (level, way(&[(100.0, 50.0), (0.0, 50.0), (0.0, 90.0)])),
            (upright, way(&[(40.0, 0.0), (40.0, 100.0)])),
        ]);
        set(&mut routes);
        assert_eq!(routes[&level].jumps, [Point::new(40.0, 50.0)]);
        assert!(routes[&upright].jumps.is_empty());
    }
}
