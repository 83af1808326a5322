//! Putting zones into another zone from outside the drawing: they are moved there, and room is made.

use std::collections::BTreeSet;

use super::growth::with_growth;
use crate::drawing::asset_places;
use crate::drawing::metrics::{GRID, INNER_GAP, ZONE_GAP, ZONE_HEADER, ZONE_PADDING};
use crate::edit::{Edit, EditError, Place};
use crate::model::{Point, Project, ZoneId};

/// Puts zones into a zone, or out to the top level, as one step: each is moved to a free
/// place there, the zones around grow, and what lies beside them makes room.
/// One that lies there already, or in another of them, stays where it is, and so does what is locked.
///
/// # Errors
/// [`EditError::ZoneInItself`], [`EditError::TooDeep`], [`EditError::Gone`], or
/// [`EditError::InTheWay`] of a locked zone that can't make room.
pub fn nest(project: &Project, zones: &BTreeSet<ZoneId>, parent: Option<ZoneId>) -> Result<Edit, EditError> {
    let moves = |id: &ZoneId| {
        let is_elsewhere = project.zones.get(*id).is_some_and(|it| it.parent != parent);
        is_elsewhere && !project.zone_ancestors(*id).iter().any(|outer| zones.contains(outer))
    };
    let moved: BTreeSet<ZoneId> = zones.iter().copied().filter(moves).collect();
    let step = Edit::Place(Place::Nest { zones: moved.clone(), parent });
    let label = step.label(project);
    let mut after = project.clone();
    step.apply(&mut after)?;
    let mut edits = vec![step];
    let mut waiting = moved.clone();
    for &zone in &moved {
        let from = after.zones.get(zone).map(|it| it.frame).unwrap_or_default();
        let place = free_place(&after, &waiting, zone, parent);
        let edit = Edit::Place(Place::Move { zones: [zone].into(), dx: place.x - from.x, dy: place.y - from.y });
        edit.apply(&mut after)?;
        edits.push(edit);
        waiting.remove(&zone);
    }
    let edit = with_growth(project, Edit::Several(label, edits), &moved);
    let mut after = project.clone();
    edit.apply(&mut after)?;
    match locked_in_the_way(project, &after) {
        Some(tag) => Err(EditError::InTheWay(tag)),
        None => Ok(edit),
    }
}

/// Below what lies and stands in the zone; on the top level, right of everything. Zones
/// that wait to be put there are not in the way.
fn free_place(project: &Project, waiting: &BTreeSet<ZoneId>, zone: ZoneId, parent: Option<ZoneId>) -> Point {
    let others = project.zones.iter().filter(|(id, it)| it.parent == parent && !waiting.contains(id));
    let others = others.map(|(_, it)| it.frame);
    match parent.and_then(|it| Some((it, project.zones.get(it)?.frame))) {
        Some((outer, frame)) => {
            let top = frame.y + ZONE_HEADER + ZONE_PADDING;
            let inner = others.map(|it| it.bottom() + INNER_GAP);
            let places = asset_places(project);
            let assets =
                places.cells.iter().filter(|(id, _)| project.assets.get(**id).is_some_and(|it| it.zone == Some(outer)));
            let assets = assets.map(|(_, cell)| cell.bottom() + ZONE_PADDING);
            let y = inner.chain(assets).fold(top, f32::max);
            Point::new(frame.x + ZONE_PADDING, up_to_grid(y))
        }
        None => {
            let around = others.reduce(|all, it| all.union(&it));
            let own = project.zones.get(zone).map(|it| it.frame).unwrap_or_default();
            let x = around.map_or(own.x, |it| it.right() + ZONE_GAP);
            Point::new(up_to_grid(x), own.y)
        }
    }
}

fn up_to_grid(value: f32) -> f32 {
    (value / GRID).ceil() * GRID
}

/// A locked zone over which another one beside it would come to lie.
fn locked_in_the_way(project: &Project, after: &Project) -> Option<String> {
    let mut locked = project.zones.iter().filter(|(_, it)| it.locked);
    let covered = locked.find(|(id, locked)| {
        project.zones.iter().any(|(other, it)| {
            let now = after.zones.get(other).map(|it| it.frame).unwrap_or_default();
            let is_beside = other != *id && it.parent == locked.parent && now != it.frame;
            is_beside && now.overlaps(&locked.frame) && !it.frame.overlaps(&locked.frame)
        })
    });
    covered.map(|(_, it)| it.tag.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Rect};

    fn id(tag: &str) -> ZoneId {
        ZoneId::derived_from(tag)
    }

    fn plant() -> Project {
        let inside = |outer: &'static str, frame: Rect| {
            move |zone: &mut crate::model::Zone| {
                zone.parent = Some(id(outer));
                zone.frame = frame;
            }
        };
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 320.0, 240.0))
            .zone("Z-11", inside("Z-1", Rect::new(14.0, 48.0, 200.0, 100.0)))
            .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 320.0, 320.0, 160.0))
            .zone("Z-3", |zone| zone.frame = Rect::new(400.0, 0.0, 600.0, 200.0))
            .zone("Z-31", inside("Z-3", Rect::new(420.0, 50.0, 200.0, 100.0)))
            .project
    }

    fn nested(zones: &[&str], parent: Option<&str>) -> Project {
        let mut project = plant();
        let edit = nest(&project, &zones.iter().map(|it| id(it)).collect(), parent.map(id)).unwrap();
        edit.apply(&mut project).unwrap();
        assert_drawn_as_nested(&project);
        project
    }

    fn assert_drawn_as_nested(project: &Project) {
        for (one, zone) in project.zones.iter() {
            if let Some(outer) = zone.parent.and_then(|it| project.zones.get(it)) {
                assert!(outer.frame.encloses(&zone.frame), "{} in {}", zone.tag, outer.tag);
            }
            for (other, beside) in project.zones.iter() {
                if one < other && beside.parent == zone.parent {
                    assert!(!zone.frame.overlaps(&beside.frame), "{} over {}", zone.tag, beside.tag);
                }
            }
        }
    }

    #[test]
    fn a_zone_put_into_another_is_drawn_in_it_and_nothing_overlaps() {
        let project = nested(&["Z-3"], Some("Z-1"));
        assert_eq!(project.zones.get(id("Z-3")).unwrap().parent, Some(id("Z-1")));
        assert_eq!(project.zones.get(id("Z-31")).unwrap().parent, Some(id("Z-3")));
        assert!(project.zones.get(id("Z-2")).unwrap().frame.y > 320.0, "what lay below made room");
    }

    #[test]
    fn a_locked_zone_stays_and_is_not_covered() {
        let mut project = plant();
        project.zones.get_mut(id("Z-2")).unwrap().locked = true;
        let covering = nest(&project, &[id("Z-3")].into(), Some(id("Z-1")));
        assert_eq!(covering, Err(EditError::InTheWay("Z-2".into())));
        project.zones.get_mut(id("Z-2")).unwrap().frame = Rect::new(0.0, 1320.0, 320.0, 160.0);
        let edit = nest(&project, &[id("Z-3")].into(), Some(id("Z-1"))).unwrap();
        let mut after = project.clone();
        edit.apply(&mut after).unwrap();
        assert_drawn_as_nested(&after);
        assert_eq!(after.zones.get(id("Z-2")), project.zones.get(id("Z-2")), "what is locked stays");
    }

    #[test]
    fn several_zones_stand_one_below_the_other() {
        let project = nested(&["Z-1", "Z-3"], Some("Z-2"));
        assert_eq!(project.zones.values().filter(|it| it.parent == Some(id("Z-2"))).count(), 2);
    }

    #[test]
    fn a_zone_comes_out_to_the_top_level_beside_everything() {
        let project = nested(&["Z-11"], None);
        assert!(project.zones.get(id("Z-11")).unwrap().frame.x > 1000.0);
    }

    #[test]
    fn what_lies_there_already_stays_and_nothing_lies_in_itself() {
        let project = plant();
        let stays = nest(&project, &[id("Z-11")].into(), Some(id("Z-1"))).unwrap();
        let mut after = project.clone();
        stays.apply(&mut after).unwrap();
        assert!(after.same(&project));
        assert_eq!(nest(&project, &[id("Z-1")].into(), Some(id("Z-11"))), Err(EditError::ZoneInItself));
    }
}
