//! Growth: the zones around what was moved become large enough to hold it, and what lies
//! beside them makes room.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::room::framed;
use super::{Axis, lock};
use crate::drawing::metrics::{ZONE_GAP, ZONE_HEADER, ZONE_PADDING};
use crate::edit::{Edit, Place};
use crate::model::{Project, Rect, ZoneId};

/// An edit, and the growth of the zones around these zones that it makes necessary, as one step.
pub fn with_growth(project: &Project, edit: Edit, zones: &BTreeSet<ZoneId>) -> Edit {
    with_room(project, edit, zones, &BTreeSet::new())
}

/// The same where the edit lets some zones themselves grow for what it puts into them:
/// these homes need room too.
pub fn with_room(project: &Project, edit: Edit, zones: &BTreeSet<ZoneId>, homes: &BTreeSet<ZoneId>) -> Edit {
    let mut after = project.clone();
    if edit.apply(&mut after).is_err() {
        return edit;
    }
    let mut growth = Growth::new(&after, zones.iter().chain(homes).copied());
    for &home in homes {
        if let Some(before) = project.zones.get(home).map(|it| it.frame) {
            growth.make_room(home, before);
        }
    }
    for &zone in zones.iter().chain(homes) {
        growth.grow_around(zone);
    }
    let growth = growth.edits();
    if growth.is_empty() {
        return edit;
    }
    let label = edit.label(project);
    let mut edits = match edit {
        Edit::Several(_, edits) => edits,
        single => vec![single],
    };
    edits.extend(growth);
    Edit::Several(label, edits)
}

/// The edits that let the zones around these grow until they hold them.
pub fn growth(project: &Project, zones: &BTreeSet<ZoneId>) -> Vec<Edit> {
    let mut growth = Growth::new(project, zones.iter().copied());
    for &zone in zones {
        growth.grow_around(zone);
    }
    growth.edits()
}

/// Zones that grow, and zones that move out of their way.
struct Growth<'a> {
    project: &'a Project,
    grown: BTreeMap<ZoneId, Rect>,
    shifted: BTreeMap<ZoneId, (f32, f32)>,
    /// What was placed by hand, and the zones around it: nothing of it moves aside.
    still: BTreeSet<ZoneId>,
}

impl<'a> Growth<'a> {
    fn new(project: &'a Project, placed: impl Iterator<Item = ZoneId>) -> Self {
        let mut still = BTreeSet::new();
        for zone in placed {
            still.insert(zone);
            still.extend(project.zone_ancestors(zone));
        }
        Self { project, grown: BTreeMap::new(), shifted: BTreeMap::new(), still }
    }

    /// Where a zone is by now.
    fn frame(&self, zone: ZoneId) -> Option<Rect> {
        let frame = self.grown.get(&zone).copied().or_else(|| self.project.zones.get(zone).map(|it| it.frame))?;
        let (dx, dy) = self.shifted.get(&zone).copied().unwrap_or_default();
        Some(frame.offset(dx, dy))
    }

    /// Lets the zones around one grow, from the inside out.
    fn grow_around(&mut self, zone: ZoneId) {
        let mut inner = zone;
        for outer in self.project.zone_ancestors(zone) {
            let Some(before) = self.frame(outer) else { break };
            // what moved aside in it wants to be held too
            let is_in = |id: &ZoneId| self.project.zones.get(*id).is_some_and(|it| it.parent == Some(outer));
            let held = self.shifted.keys().copied().filter(is_in).chain([inner]);
            let frames = held.filter_map(|id| self.frame(id));
            let grown = frames.fold(before, |all, it| if all.encloses(&it) { all } else { all.union(&with_rim(it)) });
            if grown != before {
                self.grown.insert(outer, grown);
                self.make_room(outer, before);
            }
            inner = outer;
        }
    }

    /// Moves aside what lies beside a zone that has grown, and what lies beside that in turn.
    fn make_room(&mut self, zone: ZoneId, before: Rect) {
        let Some(parent) = self.project.zones.get(zone).map(|it| it.parent) else { return };
        let beside = self.project.zones.iter().filter(|(_, it)| it.parent == parent).map(|(id, _)| id);
        let movable: Vec<ZoneId> =
            beside.filter(|id| !self.still.contains(id) && !lock::is_zone_locked(self.project, *id)).collect();
        // each can be moved by each, but not for ever
        let mut steps = movable.len() * 4;
        let mut waiting = VecDeque::from([(zone, before)]);
        while let Some((pusher, before)) = waiting.pop_front() {
            let Some(after) = self.frame(pusher) else { continue };
            for &id in movable.iter().filter(|it| **it != pusher) {
                let Some(there) = self.frame(id) else { continue };
                let Some((dx, dy)) = way_aside(there, before, after) else { continue };
                steps = match steps.checked_sub(1) {
                    Some(left) => left,
                    None => return,
                };
                let (x, y) = self.shifted.get(&id).copied().unwrap_or_default();
                self.shifted.insert(id, (x + dx, y + dy));
                waiting.push_back((id, there));
            }
        }
    }

    fn edits(self) -> Vec<Edit> {
        let grown: Vec<(ZoneId, Rect)> = self.grown.into_iter().collect();
        let mut edits = if grown.is_empty() { Vec::new() } else { framed(self.project, &grown) };
        let mut groups: Vec<((f32, f32), BTreeSet<ZoneId>)> = Vec::new();
        for (zone, shift) in self.shifted {
            match groups.iter_mut().find(|(of_group, _)| *of_group == shift) {
                Some((_, zones)) => {
                    zones.insert(zone);
                }
                None => groups.push((shift, [zone].into())),
            }
        }
        edits.extend(groups.into_iter().map(|((dx, dy), zones)| Edit::Place(Place::Move { zones, dx, dy })));
        edits
    }
}

/// How far a zone goes so that one beside it, which was here before and is there now, leaves
/// it the gap that it had, or the usual one if that was wider. `None` where nothing comes
/// nearer, or where they lay over each other before.
fn way_aside(there: Rect, before: Rect, after: Rect) -> Option<(f32, f32)> {
    if there.overlaps(&before) {
        return None;
    }
    let mut ways: Vec<(f32, f32)> = Vec::new();
    for axis in Axis::BOTH {
        let across = axis.other();
        let ((start, end), (from, to)) = (across.span(&there), across.span(&after));
        if end <= from || to <= start {
            continue;
        }
        let ((start, end), (old, old_end), (new, new_end)) = (axis.span(&there), axis.span(&before), axis.span(&after));
        let mut by = 0.0;
        if start >= old_end && new_end > old_end {
            by = (new_end + (start - old_end).min(ZONE_GAP) - start).max(0.0);
        } else if end <= old && new < old {
            by = (new - (old - end).min(ZONE_GAP) - end).min(0.0);
        }
        if by != 0.0 {
            ways.push(if axis == Axis::Across { (by, 0.0) } else { (0.0, by) });
        }
    }
    let length = |way: &(f32, f32)| way.0.abs() + way.1.abs();
    ways.into_iter().min_by(|one, next| length(one).total_cmp(&length(next)))
}

/// A frame with the rim that the zone around it has.
fn with_rim(inner: Rect) -> Rect {
    let height = inner.height + ZONE_HEADER + ZONE_PADDING;
    Rect::new(inner.x - ZONE_PADDING, inner.y - ZONE_HEADER, inner.width + 2.0 * ZONE_PADDING, height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::hands::fixture::{Drawn, cell, plant, zone, zone_id};

    #[test]
    fn the_zones_around_grow_with_what_is_moved_out_of_them() {
        let drawn = Drawn::of(&plant());
        let inner = zone_id(&drawn.project, "Z-2");
        let before = cell(&drawn.project, "A-1");
        let edit = Edit::Place(Place::Move { zones: [inner].into(), dx: -200.0, dy: 0.0 });
        let after = drawn.after(&with_growth(&drawn.project, edit, &[inner].into()));
        let (outer, inner) = (zone(&after, "Z-1").frame, zone(&after, "Z-2").frame);
        assert!(outer.encloses(&inner), "{outer:?} {inner:?}");
        assert_eq!((outer.x, outer.right()), (inner.x - ZONE_PADDING, 400.0));
        assert_eq!(cell(&after, "A-1"), before, "what else lies there stays where it is");
    }

    /// A zone with one in it, and a row of others beside it.
    fn row() -> Fixture {
        let zone = |plant: Fixture, tag: &str, frame: Rect, parent: Option<&str>| {
            plant.zone(tag, |zone| {
                zone.frame = frame;
                zone.parent = parent.map(<ZoneId as crate::model::Id>::derived_from);
            })
        };
        let plant = zone(Fixture::new(), "OUTER", Rect::new(0.0, 0.0, 300.0, 300.0), None);
        let plant = zone(plant, "INNER", Rect::new(40.0, 60.0, 200.0, 100.0), Some("OUTER"));
        let plant = zone(plant, "NEXT", Rect::new(340.0, 0.0, 200.0, 200.0), None);
        let plant = zone(plant, "IN-NEXT", Rect::new(360.0, 60.0, 100.0, 100.0), Some("NEXT"));
        let plant = zone(plant, "LAST", Rect::new(560.0, 100.0, 200.0, 200.0), None);
        zone(plant, "BELOW", Rect::new(0.0, 700.0, 760.0, 100.0), None)
    }

    fn moved(drawn: &Drawn, tag: &str, (dx, dy): (f32, f32)) -> Project {
        let id = zone_id(&drawn.project, tag);
        let edit = Edit::Place(Place::Move { zones: [id].into(), dx, dy });
        drawn.after(&with_growth(&drawn.project, edit, &[id].into()))
    }

    #[test]
    fn what_lies_beside_a_zone_that_grows_makes_room_and_keeps_its_gap() {
        let drawn = Drawn::of(&row());
        let after = moved(&drawn, "INNER", (100.0, 0.0));
        let grown = zone(&after, "OUTER").frame.right() - 300.0;
        assert_eq!(grown, 340.0 + ZONE_PADDING - 300.0);
        for tag in ["NEXT", "IN-NEXT", "LAST"] {
            assert_eq!(zone(&after, tag).frame, zone(&drawn.project, tag).frame.offset(grown, 0.0), "{tag}");
        }
        assert_eq!(zone(&after, "BELOW").frame, zone(&drawn.project, "BELOW").frame, "nothing came near it");
    }

    #[test]
    fn the_zone_around_grows_for_what_moves_aside_in_it() {
        let drawn = Drawn::of(
            &row()
                .zone("DEEP", |zone| {
                    zone.frame = Rect::new(60.0, 100.0, 100.0, 40.0);
                    zone.parent = Some(<ZoneId as crate::model::Id>::derived_from("INNER"));
                })
                .zone("MATE", |zone| {
                    zone.frame = Rect::new(250.0, 60.0, 36.0, 100.0);
                    zone.parent = Some(<ZoneId as crate::model::Id>::derived_from("OUTER"));
                }),
        );
        let after = moved(&drawn, "DEEP", (200.0, 0.0));
        let frame = |tag: &str| zone(&after, tag).frame;
        assert!(frame("INNER").encloses(&frame("DEEP")));
        assert_eq!(frame("MATE").x - frame("INNER").right(), 10.0);
        assert!(frame("OUTER").encloses(&frame("MATE")) && !frame("OUTER").overlaps(&frame("NEXT")));
        assert!(!frame("NEXT").overlaps(&frame("LAST")));
    }

    #[test]
    fn what_is_locked_or_lay_over_it_before_does_not_move() {
        let locked = row().zone("NEXT", |zone| {
            zone.frame = Rect::new(340.0, 0.0, 200.0, 200.0);
            zone.locked = true;
        });
        let after = moved(&Drawn::of(&locked), "INNER", (100.0, 0.0));
        assert_eq!(zone(&after, "NEXT").frame.x, 340.0);
        let over = row().zone("NEXT", |zone| zone.frame = Rect::new(290.0, 0.0, 200.0, 200.0));
        let after = moved(&Drawn::of(&over), "INNER", (100.0, 0.0));
        assert_eq!(zone(&after, "NEXT").frame.x, 290.0);
    }

    #[test]
    fn what_lies_above_goes_up_and_what_lies_on_the_left_goes_left() {
        let drawn = Drawn::of(&row());
        let after = moved(&drawn, "IN-NEXT", (-100.0, 0.0));
        assert!(zone(&after, "OUTER").frame.x < 0.0);
        assert_eq!(zone(&after, "INNER").frame.x - zone(&after, "OUTER").frame.x, 40.0, "with all that lies in it");
        let up = Drawn::of(&row().zone("TOP", |zone| zone.frame = Rect::new(340.0, -120.0, 200.0, 100.0)));
        let after = moved(&up, "IN-NEXT", (0.0, -60.0));
        let (next, top) = (zone(&after, "NEXT").frame, zone(&after, "TOP").frame);
        assert_eq!((next.y - top.bottom(), top.x), (20.0, 340.0));
    }
}
