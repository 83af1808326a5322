//! Where assets are drawn in their zones.

use std::collections::BTreeMap;

use super::metrics::*;
use crate::model::{Asset, AssetId, Point, Project, Rect, ZoneId};

/// Where each asset is drawn, and how many did not fit into each zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssetPlaces {
    /// The cell of each asset that is drawn.
    pub cells: BTreeMap<AssetId, Rect>,
    /// The cells of dual-homed assets in their further zones, or places at the lower edges of those
    /// that have no room for one.
    pub ghosts: BTreeMap<(AssetId, ZoneId), Rect>,
    /// Zones too small for all their assets, with the cell that says how many more there are.
    pub more: BTreeMap<ZoneId, (Rect, usize)>,
    residents: BTreeMap<ZoneId, Residents>,
}

/// Who is drawn in a zone.
#[derive(Clone, Debug, Default, PartialEq)]
struct Residents {
    /// Assets that stand in it.
    home: Vec<AssetId>,
    /// Assets that reach into it from elsewhere.
    guests: Vec<AssetId>,
    /// Zones that lie in it.
    inner: Vec<ZoneId>,
}

/// Places all assets that stand in a zone: those placed by hand where they were
/// put, the others in a grid that goes around them and around nested zones, and after
/// them those that reach in from other zones.
pub fn asset_places(project: &Project) -> AssetPlaces {
    let mut places = AssetPlaces::default();
    for (id, asset) in project.assets.iter() {
        for (zone, is_home) in homes(asset) {
            let residents = places.residents.entry(zone).or_default();
            if is_home { &mut residents.home } else { &mut residents.guests }.push(id);
        }
    }
    for (id, zone) in project.zones.iter() {
        if let Some(parent) = zone.parent {
            places.residents.entry(parent).or_default().inner.push(id);
        }
    }
    let zones: Vec<ZoneId> = places.residents.keys().copied().collect();
    for zone in zones {
        places.fill(project, zone);
    }
    places
}

impl AssetPlaces {
    /// Places the assets of some zones anew, after zones were moved or sized or assets put
    /// elsewhere in theirs. Who stands in which zone must be known already.
    pub fn refill(&mut self, project: &Project, zones: impl IntoIterator<Item = ZoneId>) {
        for zone in zones {
            self.more.remove(&zone);
            let Some(residents) = self.residents.get(&zone) else { continue };
            for id in &residents.home {
                self.cells.remove(id);
            }
            for &id in &residents.guests {
                self.ghosts.remove(&(id, zone));
            }
            self.fill(project, zone);
        }
    }

    /// Takes note of what has become of an asset. Its zones before and after are to be refilled.
    pub fn follow_asset(&mut self, id: AssetId, before: Option<&Asset>, after: Option<&Asset>) {
        self.cells.remove(&id);
        for (zone, is_home) in before.into_iter().flat_map(homes) {
            self.ghosts.remove(&(id, zone));
            self.change(zone, |it| put(if is_home { &mut it.home } else { &mut it.guests }, id, false));
        }
        for (zone, is_home) in after.into_iter().flat_map(homes) {
            self.change(zone, |it| put(if is_home { &mut it.home } else { &mut it.guests }, id, true));
        }
    }

    /// Takes note that a zone lies in another one now. Both outer zones are to be refilled.
    pub fn follow_zone(&mut self, id: ZoneId, before: Option<ZoneId>, after: Option<ZoneId>) {
        if before == after {
            return;
        }
        for (parent, is_in) in before.map(|it| (it, false)).into_iter().chain(after.map(|it| (it, true))) {
            self.change(parent, |it| put(&mut it.inner, id, is_in));
        }
    }

    /// Moves all that is drawn in a zone along with it.
    pub fn shift(&mut self, zone: ZoneId, (dx, dy): (f32, f32)) {
        let Some(residents) = self.residents.get(&zone) else { return };
        for id in &residents.home {
            self.cells.entry(*id).and_modify(|it| *it = it.offset(dx, dy));
        }
        for &id in &residents.guests {
            self.ghosts.entry((id, zone)).and_modify(|it| *it = it.offset(dx, dy));
        }
        self.more.entry(zone).and_modify(|it| it.0 = it.0.offset(dx, dy));
    }

    fn change(&mut self, zone: ZoneId, change: impl FnOnce(&mut Residents)) {
        let residents = self.residents.entry(zone).or_default();
        change(residents);
        if *residents == Residents::default() {
            self.residents.remove(&zone);
        }
    }

    /// The assets drawn in a zone: those that stand in it, and those that reach into it.
    pub fn residents(&self, zone: ZoneId) -> (&[AssetId], &[AssetId]) {
        self.residents.get(&zone).map_or((&[], &[]), |it| (&it.home, &it.guests))
    }

    /// The zones that lie in a zone.
    pub fn inner(&self, zone: ZoneId) -> &[ZoneId] {
        self.residents.get(&zone).map_or(&[], |it| &it.inner)
    }

    fn fill(&mut self, project: &Project, zone: ZoneId) {
        let Some(residents) = self.residents.get(&zone) else { return };
        let Some(frame) = project.zones.get(zone).map(|it| it.frame) else { return };
        let found = |id: &AssetId| project.assets.get(*id).map(|asset| (*id, asset));
        let mut home: Vec<(AssetId, &Asset)> = residents.home.iter().filter_map(found).collect();
        home.sort_by_key(|(id, asset)| (asset.place.is_none(), &asset.tag, *id));
        let mut guests: Vec<(AssetId, &Asset)> = residents.guests.iter().filter_map(found).collect();
        guests.sort_by_key(|(id, asset)| (&asset.tag, *id));
        let mut taken: Vec<Rect> =
            residents.inner.iter().filter_map(|&id| project.zones.get(id)).map(|it| it.frame).collect();
        let mut left = Vec::new();
        for (id, asset) in home {
            match asset.place.map(|place| cell_at(frame, place)) {
                Some(cell) => {
                    taken.push(cell);
                    self.cells.insert(id, cell);
                }
                None => left.push(id),
            }
        }
        if left.is_empty() && guests.is_empty() {
            return;
        }
        let mut guests = guests.into_iter().map(|(id, _)| (id, zone));
        let mut free = free_cells(frame);
        free.retain(|cell| !taken.iter().any(|other| other.grown(-2.0).overlaps(cell)));
        if left.len() > free.len()
            && let Some(last) = free.pop()
        {
            self.more.insert(zone, (last, left.len() - free.len()));
        }
        let mut free = free.into_iter();
        self.cells.extend(left.into_iter().zip(free.by_ref()));
        let seated: Vec<_> = free.zip(guests.by_ref()).map(|(cell, guest)| (guest, cell)).collect();
        self.ghosts.extend(seated);
        self.ghosts.extend(guests.zip(docks(frame)));
    }
}

/// The zones that an asset is drawn in, and whether it stands there.
fn homes(asset: &Asset) -> impl Iterator<Item = (ZoneId, bool)> {
    let further = asset.other_zones.iter().filter(|it| asset.zone.is_some_and(|home| home != **it));
    asset.zone.map(|it| (it, true)).into_iter().chain(further.map(|it| (*it, false)))
}

/// Puts something into an ordered list, or takes it out.
fn put<T: Ord + Copy>(list: &mut Vec<T>, item: T, is_in: bool) {
    match list.binary_search(&item) {
        Ok(place) if !is_in => drop(list.remove(place)),
        Err(place) if is_in => list.insert(place, item),
        _ => (),
    }
}

/// The cell at a place, kept inside the zone where that is large enough.
pub fn cell_at(frame: Rect, place: Point) -> Rect {
    let x = place.x.min(frame.width - ASSET_WIDTH).max(0.0);
    let y = place.y.min(frame.height - ASSET_HEIGHT).max(0.0);
    Rect::new(frame.x + x, frame.y + y, ASSET_WIDTH, ASSET_HEIGHT)
}

/// Places at the lower edge of a zone for those that reach into it and find no cell.
fn docks(frame: Rect) -> impl Iterator<Item = Rect> {
    let (width, height) = (ASSET_WIDTH - 6.0, DOCK_HEIGHT);
    let most = ((frame.width - 2.0 * GRID) / ASSET_WIDTH).floor().clamp(1.0, 200.0) as usize;
    (0..most).map(move |at| {
        Rect::new(frame.x + GRID + at as f32 * ASSET_WIDTH, frame.bottom() - height / 2.0, width, height)
    })
}

/// The cells of a zone's grid, row by row.
pub fn free_cells(frame: Rect) -> Vec<Rect> {
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
    fn a_dual_homed_asset_has_a_cell_in_each_of_its_zones() {
        let mut plant = Fixture::new();
        for (tag, x) in [("Z-1", 0.0), ("Z-2", 500.0), ("Z-3", 1000.0)] {
            plant = plant.zone(tag, |zone| zone.frame = Rect::new(x, 0.0, 400.0, 300.0));
        }
        let [second, third] = ["Z-2", "Z-3"].map(ZoneId::derived_from);
        let plant = plant.asset("PLC", "plc", "Z-2", |_| ());
        let plant = plant.asset("HIST", "historian", "Z-1", |asset| asset.other_zones = [second, third].into());
        let places = asset_places(&plant.project);
        let hist = AssetId::derived_from("HIST");
        for zone in [second, third] {
            let ghost = places.ghosts[&(hist, zone)];
            assert!(plant.project.zones.get(zone).unwrap().frame.encloses(&ghost));
            assert!(places.cells.values().all(|cell| !cell.overlaps(&ghost)));
        }
    }

    #[test]
    fn a_dual_homed_asset_docks_at_a_zone_that_is_full() {
        let mut plant = Fixture::new();
        for (tag, x) in [("Z-1", 0.0), ("Z-2", 500.0)] {
            plant = plant.zone(tag, |zone| zone.frame = Rect::new(x, 0.0, 208.0, 110.0));
        }
        for tag in ["PLC-1", "PLC-2"] {
            plant = plant.asset(tag, "plc", "Z-2", |_| ());
        }
        let second = ZoneId::derived_from("Z-2");
        for tag in ["HIST-1", "HIST-2"] {
            plant = plant.asset(tag, "historian", "Z-1", |asset| asset.other_zones = [second].into());
        }
        let places = asset_places(&plant.project);
        let [one, next] = ["HIST-1", "HIST-2"].map(|tag| places.ghosts[&(AssetId::derived_from(tag), second)]);
        let frame = plant.project.zones.get(second).unwrap().frame;
        for dock in [one, next] {
            assert!(dock.center().y == frame.bottom() && dock.x > frame.x && dock.right() < frame.right());
            assert!(places.cells.values().all(|cell| !cell.grown(-8.0).overlaps(&dock)));
        }
        assert!(!one.overlaps(&next));
    }

    #[test]
    fn refilling_a_moved_zone_gives_the_same_as_placing_all_anew() {
        let mut project = crowded(9, Rect::new(0.0, 0.0, 400.0, 300.0));
        let mut places = asset_places(&project);
        let zone = ZoneId::derived_from("Z-1");
        project.zones.get_mut(zone).unwrap().frame = Rect::new(90.0, 40.0, 210.0, 150.0);
        places.refill(&project, [zone]);
        assert_eq!(places, asset_places(&project));
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
