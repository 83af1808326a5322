use super::*;
use crate::analysis::fixture::Fixture;
use crate::model::Id;

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

#[test]
fn the_enterprise_is_on_top_and_the_field_at_the_foot() {
    let mut project = plant().project;
    place_unplaced(&mut project);
    let y = |tag: &str| project.zones.get(ZoneId::derived_from(tag)).unwrap().frame.y;
    assert!(y("Z-ERP") < y("Z-DMZ") && y("Z-DMZ") < y("Z-OPS") && y("Z-OPS") < y("Z-A"));
    assert_eq!(y("Z-A"), y("Z-B"));
}

#[test]
fn what_lies_in_a_locked_zone_is_not_laid_out() {
    let mut project = plant().zone("Z-A2", |zone| zone.parent = Some(ZoneId::derived_from("Z-A"))).project;
    place_unplaced(&mut project);
    let [site, one, other] = ["Z-A", "Z-A1", "Z-A2"].map(ZoneId::derived_from);
    project.zones.get_mut(other).unwrap().frame = project.zones.get(one).unwrap().frame;
    let laid_out = |project: &Project, zones: &[ZoneId]| {
        lay_out(project, &Extent::Zones(zones.iter().copied().collect()), &mut |_| true).unwrap()
    };
    assert!(!laid_out(&project, &[one, other]).is_empty(), "they lie over each other");
    project.zones.get_mut(site).unwrap().locked = true;
    for zones in [&[one, other][..], &[site], &[one]] {
        assert_eq!(laid_out(&project, zones), [], "{zones:?}");
    }
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
