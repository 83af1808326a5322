//! Room: what a zone holds, how large it must be for that, where there is a free place.

use std::collections::BTreeSet;

use super::around;
use super::growth::with_growth;
use super::snap::{on_grid, room_in};
use crate::drawing::layout::grid;
use crate::drawing::metrics::*;
use crate::drawing::{cell_at, free_cells};
use crate::edit::{Edit, Place};
use crate::model::{AssetId, Point, Project, Rect, Zone, ZoneId};

/// The smallest width and height to which a zone is sized by hand.
pub const LEAST: (f32, f32) = (ZONE_MIN_WIDTH / 2.0, ZONE_MIN_HEIGHT / 2.0);

/// What lies and stands in a zone itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The frames of the zones in it.
    pub zones: Vec<Rect>,
    /// The cells of the assets placed by hand.
    pub placed: Vec<(AssetId, Rect)>,
    /// How many assets stand in its grid.
    pub in_grid: usize,
}

impl Contents {
    /// Of a zone as it is.
    pub fn of(project: &Project, zone: ZoneId) -> Self {
        let zones = project.zones.values().filter(|it| it.parent == Some(zone)).map(|it| it.frame).collect();
        let mut contents = Self { zones, ..Self::default() };
        let Some(frame) = project.zones.get(zone).map(|it| it.frame) else { return contents };
        for (id, asset) in project.assets.iter().filter(|(_, it)| it.zone == Some(zone)) {
            match asset.place {
                Some(place) => contents.placed.push((id, cell_at(frame, place))),
                None => contents.in_grid += 1,
            }
        }
        contents
    }

    /// What must lie inside whatever the size of the zone.
    pub fn fixed(&self) -> Option<Rect> {
        let zones = around(self.zones.iter().copied()).map(|it| {
            let top = it.y - ZONE_HEADER;
            Rect {
                x: it.x - ZONE_PADDING,
                y: top,
                width: it.width + 2.0 * ZONE_PADDING,
                height: it.bottom() + ZONE_PADDING - top,
            }
        });
        around(zones.into_iter().chain(self.placed.iter().map(|(_, cell)| *cell)))
    }

    /// Whether a zone with this frame has room for all of it.
    pub fn fits(&self, frame: Rect) -> bool {
        self.fixed().is_none_or(|it| frame.grown(0.01).encloses(&it)) && self.has_cells(frame)
    }

    /// Whether a zone with this frame has a free cell for each asset in its grid.
    pub fn has_cells(&self, frame: Rect) -> bool {
        let is_taken = |cell: &Rect| {
            self.zones.iter().chain(self.placed.iter().map(|(_, it)| it)).any(|it| it.grown(-2.0).overlaps(cell))
        };
        self.in_grid == 0 || free_cells(frame).iter().filter(|it| !is_taken(it)).count() >= self.in_grid
    }

    /// The smallest frame for all of it, from the corner that a zone has now.
    pub fn fitted(&self, now: Rect) -> Rect {
        let mut frame = match self.fixed() {
            Some(fixed) => {
                // nor does the zone's name lie over who was placed by hand
                let top = self.placed.iter().map(|(_, cell)| cell.y - ZONE_HEADER).fold(fixed.y, f32::min);
                Rect { y: top, height: fixed.bottom() - top, ..fixed }
            }
            None => {
                let (columns, rows) = grid(self.in_grid);
                let width = columns as f32 * ASSET_WIDTH + 2.0 * ZONE_PADDING;
                Rect::new(now.x, now.y, width, ZONE_HEADER + rows as f32 * ASSET_HEIGHT + ZONE_PADDING)
            }
        };
        frame.width = frame.width.max(ZONE_MIN_WIDTH);
        frame.height = frame.height.max(ZONE_MIN_HEIGHT);
        self.with_rows(frame)
    }

    /// A frame with as many more rows as the assets in the grid need.
    pub fn with_rows(&self, mut frame: Rect) -> Rect {
        let rows_at_most = self.in_grid + 4;
        for _ in 0..rows_at_most {
            let cells = free_cells(frame).len();
            let taller = Rect { height: frame.height + ASSET_HEIGHT, ..frame };
            // a grid has no more than so many rows
            if self.has_cells(frame) || cells > 0 && free_cells(taller).len() == cells {
                break;
            }
            frame = taller;
        }
        frame
    }
}

/// Where a hand-placed asset stands once its zone has another corner and it stays where it is.
pub(super) fn kept_places(project: &Project, zone: ZoneId, frame: Rect) -> Option<Edit> {
    let before = project.zones.get(zone)?.frame;
    if before.corner() == frame.corner() {
        return None;
    }
    let placed = Contents::of(project, zone).placed;
    let (assets, places): (Vec<_>, Vec<_>) =
        placed.into_iter().map(|(id, cell)| (id, Point::new(cell.x - frame.x, cell.y - frame.y))).unzip();
    (!assets.is_empty()).then_some(Edit::Place(Place::Assets { assets, zone: Some(zone), places }))
}

/// The edits that give zones new frames while all that lies in them stays where it is.
pub fn framed(project: &Project, frames: &[(ZoneId, Rect)]) -> Vec<Edit> {
    let mut edits = vec![Edit::Place(Place::Frames(frames.to_vec()))];
    edits.extend(frames.iter().filter_map(|&(zone, frame)| kept_places(project, zone, frame)));
    edits
}

/// The free place in a zone, or on the top level, that is nearest to a wanted one.
pub fn free_place(project: &Project, parent: Option<ZoneId>, (width, height): (f32, f32), near: Point) -> Point {
    const STEPS: i32 = 40;
    let mut taken: Vec<Rect> =
        project.zones.values().filter(|it: &&Zone| it.parent == parent).map(|it| it.frame).collect();
    let room = parent.and_then(|id| project.zones.get(id)).map(|it| room_in(it.frame));
    let mut gap = ZONE_GAP;
    if let Some(parent) = parent {
        taken.extend(Contents::of(project, parent).placed.into_iter().map(|(_, cell)| cell));
        gap = ZONE_PADDING;
    } else {
        taken.extend(project.notes.values().map(|it| it.frame));
    }
    let near = match room {
        Some(room) => Point::new(near.x.clamp(room.x, room.right()), near.y.clamp(room.y, room.bottom())),
        None => near,
    };
    let near = Point::new(on_grid(near.x), on_grid(near.y));
    let is_free = |at: &Point| {
        let frame = Rect::new(at.x, at.y, width, height);
        !taken.iter().any(|it| it.grown(gap.min(ZONE_PADDING)).overlaps(&frame))
            && room.is_none_or(|room| room.x <= at.x && room.y <= at.y)
    };
    let step = 2.0 * GRID;
    // rings around the wanted place; to the right and down comes first
    let ring = |radius: i32| {
        (-radius..=radius)
            .rev()
            .flat_map(move |dy| (-radius..=radius).rev().map(move |dx| (dx, dy)))
            .filter(move |(dx, dy): &(i32, i32)| dx.abs().max(dy.abs()) == radius)
    };
    let places = (0..STEPS).flat_map(ring).map(|(dx, dy)| near.offset(dx as f32 * step, dy as f32 * step));
    let outside = || {
        let beside = around(taken.iter().copied()).map_or(near, |all| Point::new(near.x, all.bottom() + gap));
        Point::new(on_grid(beside.x), on_grid(beside.y))
    };
    // within the zone if it fits there, else where the zone will grow least
    let inside = |at: &Point| room.is_none_or(|room| room.right() >= at.x + width && room.bottom() >= at.y + height);
    let mut free = places.filter(is_free);
    match room {
        None => free.next().unwrap_or_else(outside),
        Some(_) => {
            let all: Vec<Point> = free.collect();
            all.iter().copied().find(inside).or_else(|| all.first().copied()).unwrap_or_else(outside)
        }
    }
}

/// The edit that makes zones as small as what lies in them allows; inner ones first.
pub fn fit(project: &Project, zones: &BTreeSet<ZoneId>) -> Option<Edit> {
    let mut after = project.clone();
    let mut zones: Vec<ZoneId> = zones.iter().copied().filter(|&it| project.zones.contains(it)).collect();
    zones.sort_by_key(|&id| std::cmp::Reverse(project.zone_ancestors(id).len()));
    let mut edits = Vec::new();
    for zone in zones {
        let now = after.zones.get(zone)?.frame;
        let fitted = Contents::of(&after, zone).fitted(now);
        for edit in framed(&after.clone(), &[(zone, fitted)]) {
            edit.apply(&mut after).ok()?;
            edits.push(edit);
        }
    }
    // one that was too small for what lies in it has grown
    let edit = with_growth(project, Edit::Several("fit to contents".to_owned(), edits), &BTreeSet::new());
    let mut after = project.clone();
    edit.apply(&mut after).ok()?;
    (!after.same(project)).then_some(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, cell, plant, zone, zone_id};

    #[test]
    fn a_zone_sized_at_its_left_edge_leaves_its_assets_where_they_are() {
        let drawn = Drawn::of(&plant());
        let before = cell(&drawn.project, "A-1");
        let id = zone_id(&drawn.project, "Z-1");
        let edits = framed(&drawn.project, &[(id, Rect::new(-80.0, -40.0, 480.0, 340.0))]);
        let after = drawn.after(&Edit::Several(String::new(), edits));
        assert_eq!(cell(&after, "A-1"), before);
        assert_eq!(zone(&after, "Z-2").frame, zone(&drawn.project, "Z-2").frame);
    }

    #[test]
    fn a_zone_fits_its_contents() {
        let mut fixture = plant();
        for number in 0..9 {
            fixture = fixture.asset(&format!("B-{number}"), "plc", "Z-3", |_| ());
        }
        let drawn = Drawn::of(&fixture);
        let fitted = |tag: &str| {
            let id = zone_id(&drawn.project, tag);
            let after = drawn.after(&fit(&drawn.project, &[id].into()).unwrap());
            let frame = zone(&after, tag).frame;
            let contents = Contents::of(&after, id);
            assert!(contents.fits(frame), "{tag}");
            assert!(
                contents.placed.iter().all(|(_, it)| it.y >= frame.y + ZONE_HEADER),
                "{tag}: its name lies over none"
            );
            frame
        };
        assert!(!Contents::of(&drawn.project, zone_id(&drawn.project, "Z-1")).placed.is_empty());
        let around_all = fitted("Z-1");
        assert!(around_all.width < 400.0 && around_all.encloses(&zone(&drawn.project, "Z-2").frame));
        assert!(fitted("Z-3").height < 300.0);
    }

    #[test]
    fn a_free_place_is_near_and_covers_nothing() {
        let drawn = Drawn::of(&plant());
        let size = (200.0, 100.0);
        let place = free_place(&drawn.project, None, size, Point::new(50.0, 50.0));
        let frame = Rect::new(place.x, place.y, size.0, size.1);
        assert!(drawn.project.zones.values().all(|it| !it.frame.overlaps(&frame)), "{frame:?}");
        let outer = zone_id(&drawn.project, "Z-1");
        let place = free_place(&drawn.project, Some(outer), (100.0, 50.0), Point::new(300.0, 150.0));
        let frame = Rect::new(place.x, place.y, 100.0, 50.0);
        assert!(zone(&drawn.project, "Z-1").frame.encloses(&frame));
        assert!(!zone(&drawn.project, "Z-2").frame.overlaps(&frame));
    }

    #[test]
    fn a_zone_grows_no_rows_that_hold_nothing() {
        let contents = Contents { in_grid: 5_000, ..Contents::default() };
        let narrow = contents.with_rows(Rect::new(0.0, 0.0, 240.0, 140.0));
        assert_eq!(free_cells(narrow).len(), 400, "two columns of as many rows as a grid has");
        assert!(narrow.height < 202.0 * ASSET_HEIGHT + ZONE_HEADER);
    }
}
