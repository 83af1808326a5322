//! Where a part of the library comes to stand.

use super::hit::zone_at;
use super::snap::on_grid;
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH, ZONE_GAP, ZONE_HEADER, ZONE_PADDING};
use crate::edit::{Edit, Fragment};
use crate::model::{Point, Project, Rect, Subject, ZoneId};

/// Puts a part in where it was dropped: into the innermost zone there that has room for
/// it, or beside the zones there. Assets alone need a zone to stand in; `None` without one.
pub fn drop_part(project: &Project, part: &Fragment, at: Point) -> Option<(Edit, Vec<Subject>)> {
    let under = zone_at(project, at, |_| false);
    let Some(bounds) = part.bounds() else {
        let corner = at.offset(-ASSET_WIDTH / 2.0, -ASSET_HEIGHT / 2.0);
        return under.map(|zone| insert(project, part, corner, Some(zone)));
    };
    let wanted =
        Rect::new(on_grid(at.x - bounds.width / 2.0), on_grid(at.y - ZONE_HEADER / 2.0), bounds.width, bounds.height);
    let around = under.into_iter().flat_map(|zone| std::iter::once(zone).chain(project.zone_ancestors(zone)));
    for zone in around {
        if let Some(place) = room_in(project, zone, wanted) {
            return Some(insert(project, part, place.corner(), Some(zone)));
        }
    }
    Some(insert(project, part, beside(project, wanted).corner(), None))
}

/// Puts a part in where there is room, as near to a place as that goes; assets alone into
/// the zone at that place. `None` where there is no such zone.
pub fn place_part(project: &Project, part: &Fragment, near: Point) -> Option<(Edit, Vec<Subject>)> {
    let Some(bounds) = part.bounds() else { return drop_part(project, part, near) };
    let wanted = bounds
        .offset(on_grid(near.x - bounds.width / 2.0) - bounds.x, on_grid(near.y - bounds.height / 2.0) - bounds.y);
    Some(insert(project, part, beside(project, wanted).corner(), None))
}

fn insert(project: &Project, part: &Fragment, at: Point, parent: Option<ZoneId>) -> (Edit, Vec<Subject>) {
    let (edit, subjects) = part.insert(project, at, parent);
    (edit.named(format!("insert part {}", part.name)), subjects)
}

/// The frame moved into a zone, if that has room for it.
fn room_in(project: &Project, zone: ZoneId, frame: Rect) -> Option<Rect> {
    let outer = project.zones.get(zone)?.frame;
    let (left, top) = (outer.x + ZONE_PADDING, outer.y + ZONE_HEADER);
    let (right, bottom) = (outer.right() - ZONE_PADDING - frame.width, outer.bottom() - ZONE_PADDING - frame.height);
    if right < left || bottom < top {
        return None;
    }
    let place = Rect { x: frame.x.clamp(left, right), y: frame.y.clamp(top, bottom), ..frame };
    let mut inner = project.zones.values().filter(|it| it.parent == Some(zone));
    (!inner.any(|it| it.frame.overlaps(&place))).then_some(place)
}

/// The frame itself if no zone is there, else to the right of all zones.
fn beside(project: &Project, frame: Rect) -> Rect {
    let is_taken = project.zones.values().any(|it| it.frame.overlaps(&frame));
    let right = project.zones.values().map(|it| it.frame.right()).fold(f32::MIN, f32::max);
    if is_taken { Rect { x: on_grid(right + ZONE_GAP), ..frame } } else { frame }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssetId, Id, Zone};

    /// A wide zone, a narrow one in it, and nothing beside them.
    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 1000.0, 600.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(20.0, 60.0, 200.0, 120.0);
            })
            .asset("PLC-1", "plc", "Z-2", |_| ())
    }

    fn skid() -> Fragment {
        let plant = Fixture::new().zone("Z-1", |zone| zone.frame = Rect::new(50.0, 50.0, 240.0, 160.0)).asset(
            "PLC-1",
            "plc",
            "Z-1",
            |_| (),
        );
        let mut part = Fragment::of(&plant.project, &[ZoneId::derived_from("Z-1").into()].into());
        part.name = "Skid".into();
        part
    }

    fn put(dropped: Option<(Edit, Vec<Subject>)>) -> (Project, Zone) {
        let mut project = plant().project;
        let (edit, subjects) = dropped.expect("there is a place");
        assert_eq!(edit.label(&project), "insert part Skid");
        edit.apply(&mut project).unwrap();
        let [Subject::Zone(id)] = subjects[..] else { panic!("{subjects:?}") };
        let zone = project.zones.get(id).unwrap().clone();
        (project, zone)
    }

    #[test]
    fn a_part_falls_into_the_zone_that_has_room() {
        let (project, zone) = put(drop_part(&plant().project, &skid(), Point::new(700.0, 300.0)));
        assert_eq!(zone.parent, Some(ZoneId::derived_from("Z-1")));
        assert!(project.zones.get(ZoneId::derived_from("Z-1")).unwrap().frame.encloses(&zone.frame));
        assert_eq!(zone.tag, "Z-3", "no tag twice");
    }

    #[test]
    fn a_part_at_the_edge_is_moved_inside() {
        let (_, zone) = put(drop_part(&plant().project, &skid(), Point::new(995.0, 595.0)));
        assert_eq!(zone.parent, Some(ZoneId::derived_from("Z-1")));
    }

    #[test]
    fn a_part_that_fits_nowhere_stands_beside() {
        let (project, zone) = put(drop_part(&plant().project, &skid(), Point::new(60.0, 100.0)));
        assert_eq!(zone.parent, None, "Z-2 is too small, and Z-1 has Z-2 there");
        let others = project.zones.values().filter(|it| it.tag != zone.tag);
        assert!(others.into_iter().all(|it| !it.frame.overlaps(&zone.frame)));
        let (_, zone) = put(place_part(&plant().project, &skid(), Point::new(500.0, 300.0)));
        assert_eq!((zone.parent, zone.frame.x > 1000.0), (None, true));
    }

    #[test]
    fn assets_alone_need_a_zone() {
        let plant = plant();
        let part = Fragment::of(&plant.project, &[AssetId::derived_from("PLC-1").into()].into()).closed();
        assert!(drop_part(&plant.project, &part, Point::new(2000.0, 0.0)).is_none());
        let (edit, _) = drop_part(&plant.project, &part, Point::new(100.0, 100.0)).unwrap();
        let mut project = plant.project;
        edit.apply(&mut project).unwrap();
        assert!(project.assets.values().all(|it| it.zone == Some(ZoneId::derived_from("Z-2"))));
    }
}
