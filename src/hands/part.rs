//! Where a part of the library comes to stand.

use super::hit::zone_at;
use super::home::settled;
use super::lock;
use super::snap::on_grid;
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH, ZONE_GAP, ZONE_HEADER, ZONE_PADDING};
use crate::edit::{Edit, Fragment};
use crate::model::{Point, Project, Rect, Subject, ZoneId};

/// What to do where assets would stand in no zone.
const NO_ZONE: &str = "Assets stand in a zone: select one, or drop them into it";

/// Puts a part in where it was dropped: into the innermost zone shown there that has room for
/// it and is not locked, or beside all zones.
///
/// # Errors
/// Why it can't be put there, in a few words: assets alone need a zone that is not locked.
pub fn drop_part(
    project: &Project,
    shown: &Project,
    part: &Fragment,
    at: Point,
) -> Result<(Edit, Vec<Subject>), String> {
    let under = zone_at(shown, at, |_| false);
    let Some(bounds) = part.bounds() else {
        let corner = at.offset(-ASSET_WIDTH / 2.0, -ASSET_HEIGHT / 2.0);
        let zone = under.ok_or(NO_ZONE)?;
        if lock::is_zone_locked(project, zone) {
            return Err(lock::reason(project, zone.into()));
        }
        let (edit, subjects) = insert(project, part, corner, Some(zone));
        let assets = subjects.iter().filter_map(|it| if let Subject::Asset(id) = it { Some(*id) } else { None });
        return Ok((settled(project, edit, zone, assets), subjects));
    };
    let wanted =
        Rect::new(on_grid(at.x - bounds.width / 2.0), on_grid(at.y - ZONE_HEADER / 2.0), bounds.width, bounds.height);
    let around = under.into_iter().flat_map(|zone| std::iter::once(zone).chain(project.zone_ancestors(zone)));
    for zone in around.filter(|it| !lock::is_zone_locked(project, *it)) {
        if let Some(place) = room_in(project, zone, wanted) {
            return Ok(insert(project, part, place.corner(), Some(zone)));
        }
    }
    Ok(insert(project, part, beside(project, wanted).corner(), None))
}

/// Puts a part in where there is room, as near to a place as that goes; assets alone into
/// the zone shown at that place.
///
/// # Errors
/// As [`drop_part`].
pub fn place_part(
    project: &Project,
    shown: &Project,
    part: &Fragment,
    near: Point,
) -> Result<(Edit, Vec<Subject>), String> {
    let Some(bounds) = part.bounds() else { return drop_part(project, shown, part, near) };
    let wanted = bounds
        .offset(on_grid(near.x - bounds.width / 2.0) - bounds.x, on_grid(near.y - bounds.height / 2.0) - bounds.y);
    Ok(insert(project, part, beside(project, wanted).corner(), None))
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
    use crate::drawing::shown;
    use crate::model::{AssetId, DiagramView, Id, Zone};

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

    fn dropped(plant: &Fixture, x: f32, y: f32) -> Result<(Edit, Vec<Subject>), String> {
        drop_part(&plant.project, &plant.project, &skid(), Point::new(x, y))
    }

    fn put(dropped: Result<(Edit, Vec<Subject>), String>) -> (Project, Zone) {
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
        let (project, zone) = put(dropped(&plant(), 700.0, 300.0));
        assert_eq!(zone.parent, Some(ZoneId::derived_from("Z-1")));
        assert!(project.zones.get(ZoneId::derived_from("Z-1")).unwrap().frame.encloses(&zone.frame));
        assert_eq!(zone.tag, "Z-3", "no tag twice");
    }

    #[test]
    fn a_part_at_the_edge_is_moved_inside() {
        let (_, zone) = put(dropped(&plant(), 995.0, 595.0));
        assert_eq!(zone.parent, Some(ZoneId::derived_from("Z-1")));
    }

    #[test]
    fn a_part_that_fits_nowhere_stands_beside() {
        let (project, zone) = put(dropped(&plant(), 60.0, 100.0));
        assert_eq!(zone.parent, None, "Z-2 is too small, and Z-1 has Z-2 there");
        let others = project.zones.values().filter(|it| it.tag != zone.tag);
        assert!(others.into_iter().all(|it| !it.frame.overlaps(&zone.frame)));
        let (_, zone) = put(place_part(&plant().project, &plant().project, &skid(), Point::new(500.0, 300.0)));
        assert_eq!((zone.parent, zone.frame.x > 1000.0), (None, true));
    }

    #[test]
    fn a_part_falls_neither_into_a_hidden_nor_into_a_locked_zone() {
        let plant = plant();
        let hiding = DiagramView { hidden: [ZoneId::derived_from("Z-1").into()].into(), ..DiagramView::whole_plant() };
        let seen = shown(&plant.project, &hiding);
        let (project, zone) = put(drop_part(&plant.project, &seen, &skid(), Point::new(700.0, 300.0)));
        assert_eq!(zone.parent, None, "Z-1 is hidden");
        assert!(project.zones.values().all(|it| it.tag == zone.tag || !it.frame.overlaps(&zone.frame)));
        let locked = plant.zone("Z-1", |zone| {
            (zone.frame, zone.locked) = (Rect::new(0.0, 0.0, 1000.0, 600.0), true);
        });
        let (edit, _) = dropped(&locked, 700.0, 300.0).unwrap();
        let mut project = locked.project;
        edit.apply(&mut project).unwrap();
        assert!(project.zones.values().all(|it| it.tag == "Z-2" || it.parent.is_none()));
    }

    #[test]
    fn assets_alone_need_a_zone() {
        let plant = plant();
        let part = Fragment::of(&plant.project, &[AssetId::derived_from("PLC-1").into()].into()).closed();
        let drop = |plant: &Fixture, x: f32| drop_part(&plant.project, &plant.project, &part, Point::new(x, 100.0));
        assert_eq!(drop(&plant, 2000.0), Err(NO_ZONE.to_owned()));
        let locked = self::plant().zone("Z-1", |zone| {
            (zone.frame, zone.locked) = (Rect::new(0.0, 0.0, 1000.0, 600.0), true);
        });
        assert_eq!(drop(&locked, 100.0), Err("Z-2 lies in a locked zone".to_owned()));
        let (edit, _) = drop(&plant, 100.0).unwrap();
        let mut project = plant.project;
        edit.apply(&mut project).unwrap();
        assert!(project.assets.values().all(|it| it.zone == Some(ZoneId::derived_from("Z-2"))));
    }
}
