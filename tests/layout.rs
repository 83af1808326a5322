//! Laying out and routing on generated plants: what holds for every one of them.

#![cfg(test)]

#[path = "../src/drawing/route/tests/check.rs"]
mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::check::{check, is_on_edge, parts, routed};
use zonewright::drawing::asset_places;
use zonewright::drawing::layout::{Extent, lay_out, level_of};
use zonewright::drawing::metrics::ZONE_HEADER;
use zonewright::drawing::route::{LABEL_HEIGHT, Route, Routing};
use zonewright::generate::{self, Size};
use zonewright::model::*;

fn generated(zones: usize, conduits: usize, seed: u64) -> Project {
    generate::plant(Size { zones, conduits, assets: zones * 6, answers: 0, conduit_answers: 0 }, seed)
}

/// The project with everything laid out anew.
fn laid_out(project: &Project) -> Project {
    let mut project = project.clone();
    for (id, frame) in lay_out(&project, &Extent::All, &mut |_| true).unwrap() {
        project.zones.get_mut(id).unwrap().frame = frame;
    }
    project
}

fn siblings(project: &Project) -> BTreeMap<Option<ZoneId>, Vec<(ZoneId, Rect)>> {
    let mut siblings: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, zone) in project.zones.iter() {
        siblings.entry(zone.parent).or_default().push((id, zone.frame));
    }
    siblings
}

#[test]
fn nothing_overlaps_what_is_nested_lies_inside_and_levels_lie_in_order() {
    for seed in 0..3 {
        let project = laid_out(&generated(26, 45, seed));
        for (parent, zones) in siblings(&project) {
            for (place, (one, frame)) in zones.iter().enumerate() {
                for (next, other) in &zones[place + 1..] {
                    assert!(!frame.overlaps(other), "seed {seed}: {one:?} lies on {next:?}");
                }
                if let Some(parent) = parent {
                    let around = project.zones.get(parent).unwrap().frame;
                    assert!(around.encloses(frame), "seed {seed}: {one:?} reaches out of its zone");
                    assert!(frame.y >= around.y + ZONE_HEADER, "seed {seed}: {one:?} covers the title");
                }
            }
            let level = |id: ZoneId| project.zones.get(id).map(level_of);
            for (one, frame) in &zones {
                let higher = zones.iter().filter(|(next, _)| level(*next) > level(*one));
                higher.for_each(|(_, other)| assert!(other.bottom() < frame.y, "seed {seed}: levels in order"));
            }
        }
    }
}

#[test]
fn every_asset_finds_room_in_its_zone() {
    let project = laid_out(&generated(26, 40, 3));
    assert!(asset_places(&project).more.is_empty());
}

#[test]
fn the_same_project_is_laid_out_the_same() {
    let project = generated(22, 36, 5);
    assert_eq!(laid_out(&project), laid_out(&project));
}

#[test]
fn a_layout_called_off_gives_nothing() {
    let project = generated(22, 36, 5);
    assert_eq!(lay_out(&project, &Extent::All, &mut |_| false), None);
}

#[test]
fn a_selection_is_laid_out_where_it_is_and_the_rest_stays() {
    let project = laid_out(&generated(26, 40, 2));
    let roots = project.zones.iter().filter(|(_, zone)| zone.parent.is_none()).map(|(id, _)| id);
    let chosen: BTreeSet<_> = roots.skip(3).take(6).collect();
    let moved = lay_out(&project, &Extent::Zones(chosen.clone()), &mut |_| true).unwrap();
    let belongs = |id: ZoneId| chosen.contains(&id) || project.zone_ancestors(id).iter().any(|it| chosen.contains(it));
    assert!(moved.iter().all(|(id, _)| belongs(*id)));
    let mut after = project.clone();
    for (id, frame) in moved {
        after.zones.get_mut(id).unwrap().frame = frame;
    }
    for zones in siblings(&after).values() {
        for (place, (_, frame)) in zones.iter().enumerate() {
            assert!(zones[place + 1..].iter().all(|(_, other)| !frame.overlaps(other)));
        }
    }
}

/// The share of neighbours in a row that are not in one row in that order any more.
fn share_turned(before: &Project, after: &Project) -> f32 {
    let place = |project: &Project, id: ZoneId| project.zones.get(id).unwrap().frame.corner();
    let mut ids: Vec<ZoneId> =
        before.zones.iter().filter(|(_, zone)| zone.parent.is_none()).map(|(id, _)| id).collect();
    ids.sort_by(|&one, &next| {
        let (a, b) = (place(before, one), place(before, next));
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))
    });
    let is_row = |one: Point, next: Point| (one.y - next.y).abs() < 1.0;
    let rows = ids.windows(2).filter(|pair| is_row(place(before, pair[0]), place(before, pair[1])));
    let (mut turned, mut pairs) = (0, 0);
    for pair in rows {
        let (one, next) = (place(after, pair[0]), place(after, pair[1]));
        pairs += 1;
        turned += usize::from(!is_row(one, next) || one.x > next.x);
    }
    turned as f32 / pairs as f32
}

#[test]
fn what_is_laid_out_already_stays_as_it_is() {
    let project = laid_out(&generated(32, 46, 1));
    assert!(share_turned(&project, &laid_out(&project)) < 0.05);
}

#[test]
fn a_small_change_turns_little_around() {
    for seed in 0..3 {
        let project = laid_out(&generated(32, 46, seed));
        let roots: Vec<_> = project.zones.iter().filter(|(_, it)| it.parent.is_none()).map(|(id, _)| id).collect();
        let mut with_conduit = project.clone();
        let conduit = Conduit { from: Some(roots[5]), to: Some(roots[15]), ..Conduit::default() };
        with_conduit.conduits.insert(ConduitId::derived_from("C-NEW"), conduit);
        let turned = share_turned(&project, &laid_out(&with_conduit));
        assert!(turned < 0.15, "a conduit more, seed {seed}: {turned}");
        let mut with_zone = project.clone();
        let zone =
            Zone { tag: "Z-NEW".to_owned(), frame: Rect::default(), ..project.zones.get(roots[9]).unwrap().clone() };
        with_zone.zones.insert(ZoneId::derived_from("Z-NEW"), zone);
        let turned = share_turned(&project, &laid_out(&with_zone));
        assert!(turned < 0.15, "a zone more, seed {seed}: {turned}");
    }
}

/// The zones of each row in another order, as if somebody had drawn them so.
fn shuffled(project: &Project, seed: u64) -> Project {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut rows: BTreeMap<i32, Vec<ZoneId>> = BTreeMap::new();
    for (id, zone) in project.zones.iter().filter(|(_, zone)| zone.parent.is_none()) {
        rows.entry(zone.frame.y as i32).or_default().push(id);
    }
    let mut shuffled = project.clone();
    for row in rows.values_mut() {
        rng.shuffle(row);
        let mut x = 0.0;
        for &zone in row.iter() {
            let frame = project.zones.get(zone).unwrap().frame;
            shuffled = moved(&shuffled, zone, x - frame.x, 0.0);
            x += frame.width + 72.0;
        }
    }
    shuffled
}

fn crossings(project: &Project) -> usize {
    routed(project).routes().values().map(|it| it.jumps.len()).sum()
}

#[test]
fn a_plant_drawn_by_hand_gets_most_of_the_crossings_saved_that_can_be() {
    for seed in 0..3 {
        let best = laid_out(&generated(32, 60, seed));
        let by_hand = shuffled(&best, seed);
        let (least, before, after) = (crossings(&best), crossings(&by_hand), crossings(&laid_out(&by_hand)));
        let saved = (before as f32 - after as f32) / (before as f32 - least as f32);
        assert!(saved > 0.7, "seed {seed}: {before} by hand, {after} laid out, {least} at best");
    }
}

fn laid_out_plant(zones: usize, conduits: usize, seed: u64) -> Project {
    laid_out(&generated(zones, conduits, seed))
}

fn label_frame(route: &Route) -> Rect {
    Rect::new(route.label.x - 30.0, route.label.y - LABEL_HEIGHT / 2.0, 60.0, LABEL_HEIGHT)
}

#[test]
fn every_conduit_of_a_plant_laid_out_goes_around_all_other_zones() {
    for seed in 0..3 {
        let project = laid_out_plant(26, 45, seed);
        check(&project, &routed(&project));
    }
}

#[test]
fn the_same_project_gets_the_same_routes() {
    let project = laid_out_plant(24, 40, 9);
    assert_eq!(routed(&project).routes(), routed(&project).routes());
}

#[test]
fn nothing_is_left_out_where_zones_lie_anyhow() {
    let mut rng = fastrand::Rng::with_seed(3);
    for seed in 0..4 {
        let mut project = laid_out_plant(20, 40, seed);
        let zones: Vec<ZoneId> = project.zones.ids().collect();
        for id in zones {
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
    let project = laid_out_plant(26, 60, 4);
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
    let project = laid_out_plant(26, 40, 6);
    let routing = routed(&project);
    let frames: Vec<Rect> = routing.routes().values().map(|it| label_frame(it)).collect();
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
    let project = laid_out_plant(32, 60, 2);
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
    let project = laid_out_plant(24, 40, 8);
    let after = routed(&project).updated(&project, |_| 60.0);
    assert!(after.changed().is_empty());
}
