use super::*;
use crate::analysis::fixture::Fixture;
use crate::generate::{self, Size};
use crate::model::{ConduitId, Id};

fn plant() -> Fixture {
    let unplaced = |zone: &mut Zone| zone.frame = Rect::default();
    let mut plant = Fixture::new();
    for (tag, level) in [("Z-ERP", "4"), ("Z-DMZ", "3.5"), ("Z-OPS", "3"), ("Z-A", "1"), ("Z-B", "1")] {
        plant = plant.zone(tag, |zone| {
            unplaced(zone);
            zone.purdue = level.parse().ok();
        });
    }
    for number in 0..7 {
        plant = plant.asset(&format!("PLC-{number}"), "plc", "Z-A", |_| ());
    }
    plant.zone("Z-A1", |zone| {
        unplaced(zone);
        zone.parent = Some(ZoneId::derived_from("Z-A"));
    })
}

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
fn the_enterprise_is_on_top_and_the_field_at_the_foot() {
    let mut project = plant().project;
    place_unplaced(&mut project);
    let y = |tag: &str| project.zones.get(ZoneId::derived_from(tag)).unwrap().frame.y;
    assert!(y("Z-ERP") < y("Z-DMZ") && y("Z-DMZ") < y("Z-OPS") && y("Z-OPS") < y("Z-A"));
    assert_eq!(y("Z-A"), y("Z-B"));
}

#[test]
fn what_was_placed_by_hand_stays_where_it_is() {
    let mut project = plant().project;
    let hand = Rect::new(500.0, 700.0, 900.0, 600.0);
    project.zones.get_mut(ZoneId::derived_from("Z-A")).unwrap().frame = hand;
    place_unplaced(&mut project);
    let frame = |tag: &str| project.zones.get(ZoneId::derived_from(tag)).unwrap().frame;
    assert_eq!(frame("Z-A"), hand);
    assert!(hand.contains(Point::new(frame("Z-A1").x, frame("Z-A1").y)));
    assert!(frame("Z-B").x > hand.right());
}

#[test]
fn nothing_overlaps_what_is_nested_lies_inside_and_levels_lie_in_order() {
    for seed in 0..4 {
        let project = laid_out(&generated(48, 90, seed));
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
    let project = laid_out(&generated(60, 100, 3));
    assert!(crate::drawing::asset_places(&project).more.is_empty());
}

#[test]
fn the_same_project_is_laid_out_the_same() {
    let project = generated(40, 80, 5);
    assert_eq!(laid_out(&project), laid_out(&project));
}

#[test]
fn a_layout_called_off_gives_nothing() {
    let project = generated(40, 80, 5);
    assert_eq!(lay_out(&project, &Extent::All, &mut |_| false), None);
}

#[test]
fn the_share_done_rises() {
    let plant = plant().conduit("C-1", "Z-ERP", "Z-A", |_| ()).conduit("C-2", "Z-DMZ", "Z-B", |_| ());
    let mut last = 0.0;
    let mut rises = |share: f32| {
        assert!((0.0..=1.0).contains(&share) && share >= last, "{share} after {last}");
        last = share;
        true
    };
    lay_out(&plant.project, &Extent::All, &mut rises).unwrap();
    assert!(last > 0.0);
}

#[test]
fn a_selection_is_laid_out_where_it_is_and_the_rest_stays() {
    let project = laid_out(&generated(30, 50, 2));
    let roots: Vec<_> = project.zones.iter().filter(|(_, zone)| zone.parent.is_none()).map(|(id, _)| id).collect();
    let chosen: BTreeSet<_> = roots.into_iter().skip(3).take(6).collect();
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

/// The share of neighbours in reading order that are not neighbours in that order any more.
fn share_turned(before: &Project, after: &Project) -> f32 {
    let place = |project: &Project, id: ZoneId| project.zones.get(id).unwrap().frame.corner();
    let ids: Vec<ZoneId> = before.zones.iter().filter(|(_, zone)| zone.parent.is_none()).map(|(id, _)| id).collect();
    let (mut turned, mut pairs) = (0, 0);
    for (at, &one) in ids.iter().enumerate() {
        for &next in &ids[at + 1..] {
            let (a, b, c, d) = (place(before, one), place(before, next), place(after, one), place(after, next));
            if (a.y - b.y).abs() < 1.0 {
                pairs += 1;
                turned += usize::from((c.y - d.y).abs() > 1.0 || (a.x < b.x) != (c.x < d.x));
            }
        }
    }
    turned as f32 / pairs as f32
}

#[test]
fn what_is_laid_out_already_stays_as_it_is() {
    let project = laid_out(&generated(60, 90, 1));
    assert!(share_turned(&project, &laid_out(&project)) < 0.05);
}

#[test]
fn a_small_change_turns_little_around() {
    for seed in 0..3 {
        let project = laid_out(&generated(60, 90, seed));
        let roots: Vec<_> = project.zones.iter().filter(|(_, it)| it.parent.is_none()).map(|(id, _)| id).collect();
        let mut with_conduit = project.clone();
        let conduit = Conduit { from: Some(roots[5]), to: Some(roots[20]), ..Conduit::default() };
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
