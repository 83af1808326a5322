//! Where routes hop over each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Route;
use crate::model::{ConduitId, Point};

/// Half the width of a hop: crossings nearer to a corner have no room for one.
const HOP: f32 = 5.0;
/// Height of the bands that upright parts are sorted into.
const BAND: f32 = 256.0;
/// What reaches through more bands is kept apart.
const MOST_BANDS: i32 = 256;

/// An upright part of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Upright {
    x: f32,
    top: f32,
    foot: f32,
    of: ConduitId,
}

/// The upright parts of routes, found by where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Uprights {
    /// Those that reach into a band, from left to right.
    bands: BTreeMap<i32, Vec<Upright>>,
    /// Those that reach through very many, from left to right.
    tall: Vec<Upright>,
}

fn band(y: f32) -> i32 {
    (y / BAND).floor() as i32
}

impl Uprights {
    fn of<'a>(routes: impl Iterator<Item = (ConduitId, &'a Route)>) -> Self {
        let mut uprights = Self::default();
        uprights.exchange(&BTreeSet::new(), &Self::default(), routes);
        uprights
    }

    /// Takes away those of some routes, which stand where `gone` says, and puts others in.
    fn exchange<'a>(
        &mut self,
        routes: &BTreeSet<ConduitId>,
        gone: &Self,
        come: impl Iterator<Item = (ConduitId, &'a Route)>,
    ) {
        for band in gone.bands.keys() {
            if let Some(there) = self.bands.get_mut(band) {
                there.retain(|it| !routes.contains(&it.of));
            }
        }
        if !gone.tall.is_empty() {
            self.tall.retain(|it| !routes.contains(&it.of));
        }
        let mut touched = BTreeSet::new();
        for (of, route) in come {
            for (a, b) in parts(&route.points).filter(|(a, b)| a.x == b.x) {
                let it = Upright { x: a.x, top: a.y.min(b.y), foot: a.y.max(b.y), of };
                let (first, last) = (band(it.top), band(it.foot));
                if last.saturating_sub(first) > MOST_BANDS {
                    self.tall.push(it);
                    continue;
                }
                for band in first..=last {
                    self.bands.entry(band).or_default().push(it);
                    touched.insert(band);
                }
            }
        }
        for band in touched {
            if let Some(there) = self.bands.get_mut(&band) {
                sort(there);
            }
        }
        sort(&mut self.tall);
    }

    /// Those that a level line from `left` to `right` crosses.
    fn crossed(&self, y: f32, left: f32, right: f32) -> Vec<Upright> {
        let there = self.bands.get(&band(y)).map(Vec::as_slice).unwrap_or_default();
        let is_met = move |it: &&Upright| it.top < y && y < it.foot;
        let mut met: Vec<Upright> = between(there, left, right).filter(is_met).copied().collect();
        if !self.tall.is_empty() {
            met.extend(between(&self.tall, left, right).filter(is_met));
            sort(&mut met);
        }
        met
    }

    /// Whether the level parts of a way cross any.
    fn meet(&self, points: &[Point]) -> bool {
        levels(points).any(|(a, b)| !self.crossed(a.y, a.x.min(b.x), a.x.max(b.x)).is_empty())
    }

    /// Where the level parts of a route cross those of others.
    fn jumps(&self, points: &[Point], id: ConduitId) -> Vec<Point> {
        let mut jumps = Vec::new();
        for (a, b) in levels(points) {
            let here = jumps.len();
            let met = self.crossed(a.y, a.x.min(b.x) + HOP, a.x.max(b.x) - HOP);
            jumps.extend(met.into_iter().filter(|it| it.of != id).map(|it| Point::new(it.x, a.y)));
            if a.x > b.x
                && let Some(new) = jumps.get_mut(here..)
            {
                new.reverse();
            }
        }
        jumps
    }
}

/// Sets the places where level parts cross upright parts of other routes.
pub(super) fn set(routes: &mut BTreeMap<ConduitId, Route>) -> Uprights {
    let uprights = Uprights::of(routes.iter().map(|(&id, route)| (id, route)));
    for (&id, route) in routes.iter_mut() {
        route.jumps = uprights.jumps(&route.points, id);
    }
    uprights
}

/// Sets the hops after some routes changed: theirs over all others, and those of the
/// others over them.
pub(super) fn update(
    routes: &mut BTreeMap<ConduitId, Arc<Route>>,
    before: &BTreeMap<ConduitId, Arc<Route>>,
    changed: &mut BTreeSet<ConduitId>,
    uprights: &mut Uprights,
) {
    if changed.is_empty() {
        return;
    }
    let of_changed = |routes: &BTreeMap<ConduitId, Arc<Route>>| {
        let changed = changed.iter().filter_map(|id| Some((*id, routes.get(id)?)));
        Uprights::of(changed.map(|(id, route)| (id, &**route)))
    };
    let (gone, come) = (of_changed(before), of_changed(routes));
    let now = changed.iter().filter_map(|id| Some((*id, &**routes.get(id)?)));
    uprights.exchange(changed, &gone, now);
    let mut also = Vec::new();
    for (&id, route) in routes.iter() {
        if changed.contains(&id) || gone.meet(&route.points) || come.meet(&route.points) {
            let jumps = uprights.jumps(&route.points, id);
            if jumps != route.jumps {
                also.push((id, jumps));
            }
        }
    }
    for (id, jumps) in also {
        if let Some(route) = routes.get_mut(&id) {
            Arc::make_mut(route).jumps = jumps;
        }
        changed.insert(id);
    }
}

fn sort(uprights: &mut [Upright]) {
    uprights
        .sort_by(|one, next| one.x.total_cmp(&next.x).then(one.of.cmp(&next.of)).then(one.top.total_cmp(&next.top)));
}

/// Those between two x, not counting the ends.
fn between(uprights: &[Upright], left: f32, right: f32) -> impl Iterator<Item = &Upright> {
    let first = uprights.partition_point(|it| it.x <= left);
    uprights.iter().skip(first).take_while(move |it| it.x < right)
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
