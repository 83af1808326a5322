//! Where routes hop over each other.

use std::collections::BTreeMap;

use super::Route;
use crate::model::{ConduitId, Point};

/// Half the width of a hop: crossings nearer to a corner have no room for one.
const HOP: f32 = 5.0;

/// Sets the places where horizontal parts cross upright parts of other routes.
pub(super) fn set(routes: &mut BTreeMap<ConduitId, Route>) {
    let mut uprights: Vec<(f32, f32, f32, ConduitId)> = Vec::new();
    for (&id, route) in routes.iter() {
        for (a, b) in parts(&route.points).filter(|(a, b)| a.x == b.x) {
            uprights.push((a.x, a.y.min(b.y), a.y.max(b.y), id));
        }
    }
    uprights.sort_by(|one, next| one.0.total_cmp(&next.0).then(one.3.cmp(&next.3)));
    for (&id, route) in routes.iter_mut() {
        let mut jumps = Vec::new();
        for (a, b) in parts(&route.points).filter(|(a, b)| a.y == b.y) {
            let (left, right) = (a.x.min(b.x) + HOP, a.x.max(b.x) - HOP);
            let first = uprights.partition_point(|it| it.0 <= left);
            let met = uprights.iter().skip(first).take_while(|it| it.0 < right);
            let crossed = met.filter(|it| it.1 < a.y && a.y < it.2 && it.3 != id);
            let here = jumps.len();
            jumps.extend(crossed.map(|it| Point::new(it.0, a.y)));
            if a.x > b.x
                && let Some(new) = jumps.get_mut(here..)
            {
                new.reverse();
            }
        }
        route.jumps = jumps;
    }
}

fn parts(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    points.iter().copied().zip(points.iter().skip(1).copied())
}
