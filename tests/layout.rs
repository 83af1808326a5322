//! Laying out and routing on generated plants: what holds for every one of them.

#![cfg(test)]

#[path = "../src/drawing/route/tests/check.rs"]
mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

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

/// Plants laid out once for all tests that look at one.
fn plants() -> impl Iterator<Item = &'static Project> {
    static PLANTS: [OnceLock<Project>; 3] = [const { OnceLock::new() }; 3];
    PLANTS.iter().zip(0..).map(|(plant, seed)| plant.get_or_init(|| laid_out(&generated(26, 45, seed))))
}

fn plant() -> &'static Project {
    plants().next().unwrap()
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
    for (seed, project) in plants().enumerate() {
        for (parent, zones) in siblings(project) {
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
    assert!(plants().all(|project| asset_places(project).more.is_empty()));
}

#[test]
fn the_same_project_is_laid_out_the_same() {
    assert_eq!(plant(), &laid_out(&generated(26, 45, 0)));
}

#[test]
fn a_layout_called_off_gives_nothing() {
    let project = generated(22, 36, 5);
    assert_eq!(lay_out(&project, &Extent::All, &mut |_| false), None);
}

#[test]
fn a_selection_is_laid_out_where_it_is_and_the_rest_stays() {
    let project = plant();
    let roots = project.zones.iter().filter(|(_, zone)| zone.parent.is_none()).map(|(id, _)| id);
    let chosen: BTreeSet<_> = roots.skip(3).take(6).collect();
    let moved = lay_out(project, &Extent::Zones(chosen.clone()), &mut |_| true).unwrap();
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

/// Where the zones lie in their rows, by their tags.
fn rows(project: &Project) -> BTreeMap<(Option<ZoneId>, i32), Vec<&str>> {
    let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for zone in project.zones.values() {
        rows.entry((zone.parent, zone.frame.y as i32)).or_default().push(zone);
    }
    let sorted = rows.into_iter().map(|(row, mut zones)| {
        zones.sort_by(|one, next| one.frame.x.total_cmp(&next.frame.x));
        (row, zones.into_iter().map(|it| it.tag.as_str()).collect())
    });
    sorted.collect()
}

fn frames(project: &Project) -> BTreeMap<&str, Rect> {
    project.zones.values().map(|it| (it.tag.as_str(), it.frame)).collect()
}

/// What the layout makes of a small change: no neighbours of a row are torn apart or turned
/// around, and few zones are moved sideways.
fn changes_little(what: &str, before: &Project, changed: &Project) {
    let after = laid_out(changed);
    let frames = frames(&after);
    for row in rows(before).values() {
        let now: Vec<&Rect> = row.iter().filter_map(|tag| frames.get(tag)).collect();
        for pair in now.windows(2) {
            assert!((pair[0].y - pair[1].y).abs() < 1.0 && pair[0].x < pair[1].x, "{what}: {row:?}");
        }
    }
    let pushed = before
        .zones
        .values()
        .filter(|it| frames.get(it.tag.as_str()).is_some_and(|now| (now.x - it.frame.x).abs() > 80.0));
    let pushed = pushed.count();
    assert!(pushed * 3 <= before.zones.len(), "{what}: {pushed} zones pushed aside");
}

/// The project with one zone changed.
fn with(project: &Project, zone: ZoneId, change: impl FnOnce(&mut Zone)) -> Project {
    let mut project = project.clone();
    change(project.zones.get_mut(zone).unwrap());
    project
}

#[test]
fn a_small_change_turns_nothing_around_and_pushes_little_aside() {
    let small = (0..5).map(|seed| laid_out(&generated(18, 26, seed)));
    let all = plants().cloned().chain(small);
    for (plant, project) in all.enumerate() {
        let little =
            |what: &str, changed: &Project| changes_little(&format!("{what}, plant {plant}"), &project, changed);
        little("nothing", &project);
        let zones: Vec<ZoneId> = project.zones.ids().collect();
        for (place, &zone) in zones.iter().enumerate().step_by(5) {
            let from = Some(zones[(place * 7 + 3) % zones.len()]);
            let mut changed = project.clone();
            let conduit = Conduit { tag: "C-NEW".to_owned(), from, to: Some(zone), ..Conduit::default() };
            changed.conduits.insert(ConduitId::derived_from("C-NEW"), conduit.clone());
            little("a conduit more", &changed);
            let mut changed = project.clone();
            changed.conduits.remove(project.conduits.ids().nth(place).unwrap());
            little("a conduit less", &changed);
            let mut changed = project.clone();
            let new = ZoneId::derived_from("Z-NEW");
            let like = project.zones.get(zone).unwrap().clone();
            changed.zones.insert(new, Zone { tag: "Z-NEW".to_owned(), frame: Rect::default(), ..like });
            changed.conduits.insert(ConduitId::derived_from("C-NEW"), Conduit { to: Some(new), ..conduit });
            little("a zone more", &changed);
            little("a zone resized", &with(&project, zone, |it| it.frame.width += 160.0));
            let mut changed = project.clone();
            let asset = Asset { tag: "NEW".to_owned(), zone: Some(zone), ..Asset::default() };
            changed.assets.insert(AssetId::derived_from("NEW"), asset);
            little("an asset more", &changed);
            let mut changed = project.clone();
            let held = changed.zone_with_contents(zone);
            changed
                .conduits
                .retain(|_, it| !it.ends().is_some_and(|(from, to)| held.contains(&from) || held.contains(&to)));
            changed.zones.retain(|id, _| !held.contains(&id));
            changed.assets.retain(|_, it| !it.zone.is_some_and(|it| held.contains(&it)));
            little("a zone less", &changed);
        }
    }
}

/// The same plant with other ids.
fn with_other_ids(project: &Project) -> Project {
    let mut other = Project::default();
    let zone = |id: ZoneId| ZoneId::derived_from(&format!("other {}", project.zones.get(id).unwrap().tag));
    for (id, it) in project.zones.iter() {
        other.zones.insert(zone(id), Zone { parent: it.parent.map(zone), ..it.clone() });
    }
    for it in project.assets.values() {
        let asset = Asset { zone: it.zone.map(zone), ..it.clone() };
        other.assets.insert(AssetId::derived_from(&format!("other {}", it.tag)), asset);
    }
    for it in project.conduits.values() {
        let conduit = Conduit { from: it.from.map(zone), to: it.to.map(zone), ..it.clone() };
        other.conduits.insert(ConduitId::derived_from(&format!("other {}", it.tag)), conduit);
    }
    other
}

#[test]
fn tags_and_contents_say_how_it_is_laid_out_and_no_ids() {
    let mut nowhere = generated(18, 26, 7);
    nowhere.zones.change_where(|_| true, |zone| zone.frame = Rect::default());
    for project in [&nowhere, plant()] {
        let (one, other) = (laid_out(project), laid_out(&with_other_ids(project)));
        assert_eq!(frames(&one), frames(&other));
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
            shuffled.zones.get_mut(zone).unwrap().frame.height += rng.f32() * 30.0;
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
    for seed in 0..2 {
        let best = laid_out(&generated(32, 60, seed));
        let by_hand = shuffled(&best, seed);
        let (least, before, after) = (crossings(&best), crossings(&by_hand), crossings(&laid_out(&by_hand)));
        let saved = (before as f32 - after as f32) / (before as f32 - least as f32);
        assert!(saved > 0.7, "seed {seed}: {before} by hand, {after} laid out, {least} at best");
    }
}

fn label_frame(route: &Route) -> Rect {
    Rect::new(route.label.x - 30.0, route.label.y - LABEL_HEIGHT / 2.0, 60.0, LABEL_HEIGHT)
}

#[test]
fn every_conduit_of_a_plant_laid_out_goes_around_all_other_zones() {
    for project in plants() {
        check(project, &routed(project));
    }
}

#[test]
fn the_same_project_gets_the_same_routes() {
    assert_eq!(routed(plant()).routes(), routed(plant()).routes());
}

#[test]
fn nothing_is_left_out_where_zones_lie_anyhow() {
    let mut rng = fastrand::Rng::with_seed(3);
    for seed in 0..4 {
        let mut project = generated(20, 40, seed);
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
    // drawn so that many cross
    let project = shuffled(plant(), 4);
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
    let routing = routed(plant());
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
    let project = plant();
    let before = routed(project);
    for zone in project.zones.ids().step_by(7) {
        let project = moved(project, zone, 57.0, 33.0);
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
    let after = routed(plant()).updated(plant(), |_| 60.0);
    assert!(after.changed().is_empty());
}
