//! Where assets are drawn in their zones.

use std::collections::BTreeMap;

use super::metrics::*;
use crate::model::{Asset, AssetId, Point, Project, Rect, ZoneId};

/// Where each asset is drawn, and how many did not fit into each zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssetPlaces {
    /// The cell of each asset that is drawn.
    pub cells: BTreeMap<AssetId, Rect>,
    /// Zones too small for all their assets, with the cell that says how many more there are.
    pub more: BTreeMap<ZoneId, (Rect, usize)>,
}

/// Places all assets that stand in a zone: those placed by hand where they were
/// put, the others in a grid that goes around them and around nested zones.
pub fn asset_places(project: &Project) -> AssetPlaces {
    let mut by_zone: BTreeMap<ZoneId, Vec<(AssetId, &Asset)>> = BTreeMap::new();
    for (id, asset) in project.assets.iter() {
        if let Some(zone) = asset.zone {
            by_zone.entry(zone).or_default().push((id, asset));
        }
    }
    let mut inner: BTreeMap<ZoneId, Vec<Rect>> = BTreeMap::new();
    for zone in project.zones.values() {
        if let Some(parent) = zone.parent {
            inner.entry(parent).or_default().push(zone.frame);
        }
    }
    let mut places = AssetPlaces::default();
    for (zone, mut assets) in by_zone {
        let Some(frame) = project.zones.get(zone).map(|it| it.frame) else { continue };
        assets.sort_by_key(|(id, asset)| (asset.place.is_none(), &asset.tag, *id));
        let mut taken = inner.remove(&zone).unwrap_or_default();
        let mut free = free_cells(frame);
        let mut left = Vec::new();
        for (id, asset) in assets {
            match asset.place.map(|place| cell_at(frame, place)) {
                Some(cell) => {
                    taken.push(cell);
                    places.cells.insert(id, cell);
                }
                None => left.push(id),
            }
        }
        free.retain(|cell| !taken.iter().any(|other| other.grown(-2.0).overlaps(cell)));
        if left.len() > free.len()
            && let Some(last) = free.pop()
        {
            places.more.insert(zone, (last, left.len() - free.len()));
        }
        places.cells.extend(left.into_iter().zip(free));
    }
    places
}

/// The cell at a place, kept inside the zone where that is large enough.
fn cell_at(frame: Rect, place: Point) -> Rect {
    let x = place.x.min(frame.width - ASSET_WIDTH).max(0.0);
    let y = place.y.min(frame.height - ASSET_HEIGHT).max(0.0);
    Rect::new(frame.x + x, frame.y + y, ASSET_WIDTH, ASSET_HEIGHT)
}

/// The cells of a zone's grid, row by row.
fn free_cells(frame: Rect) -> Vec<Rect> {
    let columns = ((frame.width - 2.0 * GRID) / ASSET_WIDTH).floor().clamp(1.0, 200.0) as usize;
    let rows = ((frame.height - ZONE_HEADER - GRID / 2.0) / ASSET_HEIGHT).floor().clamp(0.0, 200.0) as usize;
    let left = frame.x + (frame.width - columns as f32 * ASSET_WIDTH) / 2.0;
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (column as f32, row as f32)));
    let cell = |(column, row)| {
        let top = frame.y + ZONE_HEADER;
        Rect::new(left + column * ASSET_WIDTH, top + row * ASSET_HEIGHT, ASSET_WIDTH, ASSET_HEIGHT)
    };
    cells.map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Id;

    fn crowded(count: usize, frame: Rect) -> Project {
        let mut plant = Fixture::new().zone("Z-1", |zone| zone.frame = frame);
        for number in 0..count {
            plant = plant.asset(&format!("A-{number:02}"), "plc", "Z-1", |_| ());
        }
        plant.project
    }

    #[test]
    fn assets_fill_a_grid_without_overlap_inside_their_zone() {
        let frame = Rect::new(40.0, 40.0, 400.0, 300.0);
        let places = asset_places(&crowded(9, frame));
        let cells: Vec<_> = places.cells.values().collect();
        assert_eq!(cells.len(), 9);
        for (at, cell) in cells.iter().enumerate() {
            assert!(frame.encloses(cell), "{cell:?}");
            assert!(cells[at + 1..].iter().all(|other| !cell.overlaps(other)));
        }
    }

    #[test]
    fn a_zone_too_small_says_how_many_more_there_are() {
        let places = asset_places(&crowded(20, Rect::new(0.0, 0.0, 208.0, 180.0)));
        let (_, more) = places.more[&ZoneId::derived_from("Z-1")];
        assert_eq!(places.cells.len() + more, 20);
    }

    #[test]
    fn the_grid_goes_around_what_was_placed_by_hand() {
        let mut project = crowded(4, Rect::new(0.0, 0.0, 400.0, 300.0));
        let hand = AssetId::derived_from("A-03");
        project.assets.get_mut(hand).unwrap().place = Some(Point::new(16.0, ZONE_HEADER + 2.0));
        let places = asset_places(&project);
        let placed = places.cells[&hand];
        assert_eq!(placed.corner(), Point::new(16.0, ZONE_HEADER + 2.0));
        assert!(places.cells.iter().filter(|(id, _)| **id != hand).all(|(_, cell)| !cell.overlaps(&placed)));
    }
}
