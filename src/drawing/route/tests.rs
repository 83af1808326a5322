mod check;

use self::check::{check, is_on_edge, parts, routed};
use super::*;
use crate::analysis::fixture::Fixture;
use crate::drawing::metrics::{ZONE_HEADER, ZONE_PADDING, ZONE_TEXT};
use crate::drawing::place::asset_places;
use crate::model::{Asset, Id, Rect, ZoneId};
use crate::text::Face;

fn at(x: f32, y: f32) -> impl FnOnce(&mut Zone) {
    move |zone| zone.frame = Rect::new(x, y, 200.0, 100.0)
}

fn route(routing: &Routing, tag: &str) -> Route {
    (*routing.routes()[&ConduitId::derived_from(tag)]).clone()
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
fn a_line_enters_beside_what_reaches_into_a_full_zone() {
    let reach = |asset: &mut Asset| asset.other_zones = [ZoneId::derived_from("Z-2")].into();
    let plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 300.0, 300.0, 100.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 0.0, 400.0, 110.0));
    let plant =
        ["P-1", "P-2", "P-3", "P-4"].into_iter().fold(plant, |plant, tag| plant.asset(tag, "plc", "Z-2", |_| ()));
    let plant = plant.asset("HIS-1", "historian", "Z-1", reach).conduit("C-1", "Z-1", "Z-2", |_| ());
    let routing = routed(&plant.project);
    let dock = *asset_places(&plant.project).ghosts.values().next().unwrap();
    assert_eq!(dock.center().y, 110.0, "no cell is free");
    for (a, b) in routing.routes().values().flat_map(|it| parts(it)) {
        assert!(!Rect::between(a, b).grown(0.5).overlaps(&dock), "{a:?} {b:?} over {dock:?}");
    }
    check(&plant.project, &routing);
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

#[test]
fn conduits_that_run_the_same_way_are_an_even_bundle_in_one_order() {
    // from zones apart, through the gaps between two pairs of walls, to zones apart
    let wide = |x: f32, y: f32, width: f32| move |zone: &mut Zone| zone.frame = Rect::new(x, y, width, 100.0);
    let mut plant = Fixture::new().zone("W-1", wide(-9900.0, 300.0, 10200.0)).zone("W-2", wide(700.0, 300.0, 9200.0));
    plant = plant.zone("W-3", wide(-9900.0, 600.0, 10300.0)).zone("W-4", wide(800.0, 600.0, 9100.0));
    for (number, tag) in ["A", "B", "C", "D"].into_iter().enumerate() {
        let x = number as f32 * 330.0 - 300.0;
        plant = plant.zone(&format!("{tag}-1"), at(x, 0.0)).zone(&format!("{tag}-2"), at(x + 60.0, 900.0));
        plant = plant.conduit(&format!("C-{tag}"), &format!("{tag}-1"), &format!("{tag}-2"), |_| ());
    }
    let routing = routed(&plant.project);
    check(&plant.project, &routing);
    for height in [350.0, 650.0] {
        let places = ["A", "B", "C", "D"].map(|tag| {
            let route = route(&routing, &format!("C-{tag}"));
            let upright = parts(&route).find(|(a, b)| a.x == b.x && a.y.min(b.y) < height && height < a.y.max(b.y));
            upright.unwrap().0.x
        });
        let steps: Vec<f32> = places.windows(2).map(|it| it[1] - it[0]).collect();
        assert!(steps.iter().all(|it| (it - 2.0 * TRACK).abs() < 0.1), "in the order of their ends: {places:?}");
    }
    assert!(routing.routes().values().all(|it| it.jumps.is_empty()), "none crosses another");
}

#[test]
fn a_label_covers_neither_an_asset_nor_a_note_nor_another_line() {
    let mut plant = Fixture::new()
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 400.0, 100.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 400.0, 400.0, 100.0))
        .conduit("C-1", "Z-1", "Z-2", |_| ())
        .conduit("C-2", "Z-1", "Z-2", |_| ());
    let note = crate::model::Note { frame: Rect::new(100.0, 190.0, 200.0, 110.0), ..Default::default() };
    plant.project.notes.insert(crate::model::NoteId::derived_from("N"), note.clone());
    let routing = Routing::of(&plant.project, |_| 20.0);
    for (id, route) in routing.routes() {
        let label = labels::frame(route.label, 20.0);
        assert!(!label.overlaps(&note.frame), "{route:?}");
        let others = routing.routes().iter().filter(|(other, _)| *other != id).map(|it| it.1);
        assert!(others.flat_map(|it| parts(it)).all(|(a, b)| !Rect::between(a, b).grown(0.1).overlaps(&label)));
    }
}

#[test]
fn a_covered_end_is_left_and_nothing_searched_for_long() {
    let mut plant = Fixture::new()
        .zone("Z-1", at(0.0, 0.0))
        .zone("Z-OVER", |zone| zone.frame = Rect::new(-100.0, -100.0, 500.0, 400.0))
        .zone("Z-2", at(900.0, 700.0));
    for number in 0..40_u16 {
        let (x, y) = (f32::from(number % 8) * 260.0 - 500.0, f32::from(number / 8) * 160.0 + 900.0);
        plant = plant.zone(&format!("Z-W{number}"), at(x, y));
    }
    let project = plant.conduit("C-1", "Z-1", "Z-2", |_| ()).project;
    let mut work = 20_000;
    let ends = ["Z-1", "Z-2"].map(ZoneId::derived_from);
    let way = zones::Zones::new(&project).lone((ends[0], ends[1]), &mut work).unwrap();
    assert!(work > 10_000, "{work}");
    assert!(is_on_edge(way[0], project.zones.get(ends[0]).unwrap().frame), "{way:?}");
    assert!(is_on_edge(way[way.len() - 1], project.zones.get(ends[1]).unwrap().frame), "{way:?}");
}
