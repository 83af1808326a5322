//! What moves by hand: zones with all that lies in them, assets, notes.

use std::collections::{BTreeMap, BTreeSet};

use super::select::outermost;
use super::{Field, around, lock};
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH, ZONE_HEADER};
use crate::edit::{Edit, Place};
use crate::model::{AssetId, NoteId, Point, Project, Rect, Subject, ZoneId};

/// Things to move, with where they are drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bodies {
    /// Zones that lie in none of the others, with their frames.
    pub zones: BTreeMap<ZoneId, Rect>,
    /// Assets that stand in none of the zones, with their home and cell.
    pub assets: BTreeMap<AssetId, (ZoneId, Rect)>,
    /// Notes, with their frames.
    pub notes: BTreeMap<NoteId, Rect>,
    /// How many more there are that don't move, for they are locked.
    pub locked: usize,
}

impl Bodies {
    /// Those of these subjects that can be moved.
    pub fn of(field: &Field, subjects: &[Subject]) -> Self {
        let project = field.project;
        let mut bodies = Self::default();
        let (free, locked): (Vec<_>, Vec<_>) = subjects
            .iter()
            .copied()
            .filter(|it| it.exists_in(project))
            .partition(|&subject| !lock::is_locked(project, subject));
        bodies.locked = locked.len();
        let zones: BTreeSet<ZoneId> =
            free.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None }).collect();
        for id in outermost(project, &zones) {
            bodies.zones.extend(project.zones.get(id).map(|it| (id, it.frame)));
        }
        let moves_along = |home: ZoneId| {
            zones.contains(&home) || project.zone_ancestors(home).iter().any(|outer| zones.contains(outer))
        };
        for subject in free {
            match subject {
                Subject::Asset(id) => {
                    let home = project.assets.get(id).and_then(|it| it.zone).filter(|&home| !moves_along(home));
                    let cell = field.cells.get(&id);
                    bodies.assets.extend(home.zip(cell.copied()).map(|it| (id, it)));
                }
                Subject::Note(id) => bodies.notes.extend(project.notes.get(id).map(|it| (id, it.frame))),
                _ => (),
            }
        }
        bodies
    }

    /// Whether there is nothing to move.
    pub fn is_empty(&self) -> bool {
        self.zones.is_empty() && self.assets.is_empty() && self.notes.is_empty()
    }

    /// Each with its frame.
    pub fn frames(&self) -> Vec<(Subject, Rect)> {
        let zones = self.zones.iter().map(|(&id, &frame)| (Subject::Zone(id), frame));
        let assets = self.assets.iter().map(|(&id, &(_, cell))| (Subject::Asset(id), cell));
        zones.chain(assets).chain(self.notes.iter().map(|(&id, &frame)| (Subject::Note(id), frame))).collect()
    }

    /// What all of them cover.
    pub fn bounds(&self) -> Option<Rect> {
        around(self.frames().into_iter().map(|(_, frame)| frame))
    }

    /// The zones that move, with all that lie in them.
    pub fn contents(&self, project: &Project) -> BTreeSet<ZoneId> {
        let moves = |id: &ZoneId| {
            self.zones.contains_key(id) || project.zone_ancestors(*id).iter().any(|it| self.zones.contains_key(it))
        };
        if self.zones.is_empty() { BTreeSet::new() } else { project.zones.ids().filter(moves).collect() }
    }

    /// The edits that move each by its own distance; assets stay inside their zone.
    pub fn shifted(&self, project: &Project, by: impl Fn(Subject) -> (f32, f32)) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut groups: Vec<((f32, f32), BTreeSet<ZoneId>)> = Vec::new();
        for &id in self.zones.keys() {
            let shift = by(id.into());
            match groups.iter_mut().find(|(of_group, _)| *of_group == shift) {
                _ if shift == (0.0, 0.0) => (),
                Some((_, zones)) => {
                    zones.insert(id);
                }
                None => groups.push((shift, [id].into())),
            }
        }
        edits.extend(groups.into_iter().map(|((dx, dy), zones)| Edit::Place(Place::Move { zones, dx, dy })));
        let mut homes: BTreeMap<ZoneId, (Vec<AssetId>, Vec<Point>)> = BTreeMap::new();
        for (&id, &(home, cell)) in &self.assets {
            let (dx, dy) = by(id.into());
            if let Some(frame) = project.zones.get(home).map(|it| it.frame).filter(|_| (dx, dy) != (0.0, 0.0)) {
                let (assets, places) = homes.entry(home).or_default();
                assets.push(id);
                places.push(inside(frame, cell.offset(dx, dy)));
            }
        }
        edits.extend(
            homes
                .into_iter()
                .map(|(home, (assets, places))| Edit::Place(Place::Assets { assets, zone: Some(home), places })),
        );
        let notes = self.notes.iter().map(|(&id, frame)| {
            let (dx, dy) = by(id.into());
            (id, frame.offset(dx, dy))
        });
        let notes: Vec<_> = notes.filter(|(id, frame)| self.notes.get(id) != Some(frame)).collect();
        if !notes.is_empty() {
            edits.push(Edit::Place(Place::Notes(notes)));
        }
        edits
    }
}

/// The place of a cell from the corner of its zone, kept inside and below the title.
pub fn inside(zone: Rect, cell: Rect) -> Point {
    let (right, bottom) = ((zone.width - ASSET_WIDTH).max(0.0), (zone.height - ASSET_HEIGHT).max(0.0));
    Point::new((cell.x - zone.x).clamp(0.0, right), (cell.y - zone.y).clamp(ZONE_HEADER.min(bottom), bottom))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, cell, plant, zone, zone_id};
    use crate::model::Id;

    #[test]
    fn what_moves_along_moves_once() {
        let drawn = Drawn::of(&plant());
        let all: Vec<Subject> = drawn.project.subjects().collect();
        let bodies = Bodies::of(&drawn.field(), &all);
        assert_eq!(bodies.zones.len(), 2);
        assert!(bodies.assets.is_empty());
        assert_eq!(bodies.contents(&drawn.project).len(), 3);
        let after = drawn.after(&Edit::Several(String::new(), bodies.shifted(&drawn.project, |_| (16.0, 8.0))));
        assert_eq!(zone(&after, "Z-2").frame, zone(&drawn.project, "Z-2").frame.offset(16.0, 8.0));
    }

    #[test]
    fn assets_moved_by_hand_stay_in_their_zone() {
        let drawn = Drawn::of(&plant());
        let bodies = Bodies::of(&drawn.field(), &[AssetId::derived_from("A-1").into()]);
        let after = drawn.after(&Edit::Several(String::new(), bodies.shifted(&drawn.project, |_| (-100.0, 20.0))));
        assert_eq!(cell(&after, "A-1").corner(), Point::new(0.0, 60.0));
    }

    #[test]
    fn what_is_locked_is_counted_and_left() {
        let drawn = Drawn::of(&plant().zone("Z-9", |zone| zone.locked = true));
        let subjects = ["Z-9", "Z-3"].map(|tag| Subject::Zone(zone_id(&drawn.project, tag)));
        let bodies = Bodies::of(&drawn.field(), &subjects);
        assert_eq!((bodies.zones.len(), bodies.locked), (1, 1));
    }
}
