//! Moving, sizing and nesting what is drawn.

use std::collections::BTreeSet;

use super::refusal::{EditError, require_drawable};
use crate::model::*;

/// A change of places.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Moves zones with all that lies in them.
    Move {
        /// Zones; one that lies in another of them moves once.
        zones: BTreeSet<ZoneId>,
        /// To the right, in canvas units.
        dx: f32,
        /// Down, in canvas units.
        dy: f32,
    },
    /// Gives zones new frames; what lies in them stays where it is.
    Frames(Vec<(ZoneId, Rect)>),
    /// Gives notes new frames: moves or sizes them.
    Notes(Vec<(NoteId, Rect)>),
    /// Puts zones into another zone, or out to the top level.
    Nest {
        /// The zones to put there.
        zones: BTreeSet<ZoneId>,
        /// The zone to put them in.
        parent: Option<ZoneId>,
    },
    /// Moves assets to a zone (or to none); `place` is where the first is drawn there,
    /// from the zone's upper left corner, the others beside it.
    Assets {
        /// The assets.
        assets: Vec<AssetId>,
        /// Their new home.
        zone: Option<ZoneId>,
        /// Places from the zone's corner, as many as assets; empty: the zone's grid.
        places: Vec<Point>,
    },
}

impl Place {
    pub(super) fn apply(&self, project: &mut Project) -> Result<(), EditError> {
        match self {
            Self::Move { zones, dx, dy } => {
                let goes_along = |id: ZoneId| project.zone_ancestors(id).iter().any(|outer| zones.contains(outer));
                let moved = project.zones.iter().filter(|(id, _)| zones.contains(id) || goes_along(*id));
                let frames: Vec<_> = moved.map(|(id, zone)| (id, zone.frame.offset(*dx, *dy))).collect();
                set_frames(project, &frames)
            }
            Self::Frames(frames) => set_frames(project, frames),
            Self::Notes(frames) => set_note_frames(project, frames),
            Self::Nest { zones, parent } => {
                if parent.is_some_and(|id| !project.zones.contains(id)) {
                    return Err(EditError::Gone("zone"));
                }
                for &id in zones {
                    if project.zones.get(id).ok_or(EditError::Gone("zone"))?.parent != *parent
                        && let Some(zone) = project.zones.get_mut(id)
                    {
                        zone.parent = *parent;
                    }
                    if project.lies_in_itself(id) {
                        return Err(EditError::ZoneInItself);
                    }
                    if project.lies_too_deep(id) {
                        return Err(EditError::TooDeep);
                    }
                }
                Ok(())
            }
            Self::Assets { assets, zone, places } => {
                if zone.is_some_and(|id| !project.zones.contains(id)) {
                    return Err(EditError::Gone("zone"));
                }
                for (order, &id) in assets.iter().enumerate() {
                    let mut asset = project.assets.get(id).ok_or(EditError::Gone("asset"))?.clone();
                    asset.zone = *zone;
                    asset.place = places.get(order).copied();
                    if let Some(zone) = zone {
                        asset.other_zones.remove(zone);
                    }
                    if !asset.is_drawable() {
                        return Err(EditError::NoPlace);
                    }
                    if project.assets.get(id) != Some(&asset) {
                        project.assets.insert(id, asset);
                    }
                }
                Ok(())
            }
        }
    }
}

fn set_frames(project: &mut Project, frames: &[(ZoneId, Rect)]) -> Result<(), EditError> {
    for &(id, frame) in frames {
        require_drawable(frame, EditError::NoFrame)?;
        if project.zones.get(id).ok_or(EditError::Gone("zone"))?.frame != frame
            && let Some(zone) = project.zones.get_mut(id)
        {
            zone.frame = frame;
        }
    }
    Ok(())
}

fn set_note_frames(project: &mut Project, frames: &[(NoteId, Rect)]) -> Result<(), EditError> {
    for &(id, frame) in frames {
        require_drawable(frame, EditError::NoNoteFrame)?;
        if project.notes.get(id).ok_or(EditError::Gone("note"))?.frame != frame
            && let Some(note) = project.notes.get_mut(id)
        {
            note.frame = frame;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 400.0, 400.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(50.0, 50.0, 100.0, 100.0);
            })
            .asset("PLC", "plc", "Z-1", |asset| {
                asset.other_zones.insert(ZoneId::derived_from("Z-2"));
            })
    }

    #[test]
    fn a_moved_zone_takes_its_contents_along_once() {
        let mut project = plant().project;
        let both = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        Place::Move { zones: both.into(), dx: 10.0, dy: -5.0 }.apply(&mut project).unwrap();
        assert_eq!(project.zones.get(both[0]).unwrap().frame.corner(), Point::new(10.0, -5.0));
        assert_eq!(project.zones.get(both[1]).unwrap().frame.corner(), Point::new(60.0, 45.0));
    }

    #[test]
    fn nothing_is_moved_or_sized_beyond_the_canvas() {
        let mut project = plant().project;
        let outer = ZoneId::derived_from("Z-1");
        let wide = Rect::new(0.0, 0.0, 2.0 * CANVAS, 400.0);
        let edits = [
            Place::Move { zones: [outer].into(), dx: 0.0, dy: f32::MAX },
            Place::Move { zones: [outer].into(), dx: -CANVAS, dy: 0.0 },
            Place::Frames(vec![(outer, wide)]),
        ];
        for edit in edits {
            assert_eq!(edit.apply(&mut project), Err(EditError::OffCanvas), "{edit:?}");
        }
    }

    #[test]
    fn a_zone_can_not_be_put_into_what_lies_in_it() {
        let mut project = plant().project;
        let [outer, inner] = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        let nest = Place::Nest { zones: [outer].into(), parent: Some(inner) };
        assert_eq!(nest.apply(&mut project), Err(EditError::ZoneInItself));
        let nest = Place::Nest { zones: [outer].into(), parent: Some(ZoneId::derived_from("Z-9")) };
        assert_eq!(nest.apply(&mut project), Err(EditError::Gone("zone")));
    }

    #[test]
    fn a_note_is_moved_and_sized_but_never_to_nothing() {
        let mut project = plant().project;
        let id = NoteId::derived_from("N");
        let frame = Rect::new(8.0, 8.0, 100.0, 40.0);
        project.notes.insert(id, Note { frame, ..Note::default() });
        Place::Notes(vec![(id, frame.offset(16.0, 0.0))]).apply(&mut project).unwrap();
        assert_eq!(project.notes.get(id).unwrap().frame.x, 24.0);
        let empty = Rect { width: 0.0, ..frame };
        assert_eq!(Place::Notes(vec![(id, empty)]).apply(&mut project), Err(EditError::NoNoteFrame));
        let far = frame.offset(-2.0 * CANVAS, 0.0);
        assert_eq!(Place::Notes(vec![(id, far)]).apply(&mut project), Err(EditError::OffCanvas));
        let gone = NoteId::derived_from("N-9");
        assert_eq!(Place::Notes(vec![(gone, frame)]).apply(&mut project), Err(EditError::Gone("note")));
    }

    #[test]
    fn an_asset_that_moves_to_its_second_zone_has_one_home() {
        let mut project = plant().project;
        let (plc, inner) = (AssetId::derived_from("PLC"), ZoneId::derived_from("Z-2"));
        let place = Point::new(8.0, 40.0);
        Place::Assets { assets: vec![plc], zone: Some(inner), places: vec![place] }.apply(&mut project).unwrap();
        let asset = project.assets.get(plc).unwrap();
        assert_eq!((asset.zone, asset.place), (Some(inner), Some(place)));
        assert!(asset.other_zones.is_empty());
    }
}
