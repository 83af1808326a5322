//! Placing zones that have no frame yet: by Purdue level from the enterprise down
//! to the field, nested zones inside, neighbours that talk to each other near.

use std::collections::{BTreeMap, HashMap};

use super::metrics::*;
use crate::model::{Conduit, Project, PurdueLevel, Rect, Trust, Zone, ZoneId};

/// Rows get no wider than this where they hold more than one zone.
const ROW_WIDTH: f32 = 2600.0;
/// How often the order within the levels is improved.
const SWEEPS: usize = 8;

/// Places all zones that have no drawable frame. Where no zone has one, the whole
/// plant is laid out; otherwise what is missing is laid out beside the rest.
pub fn place_unplaced(project: &mut Project) {
    let unplaced: Vec<_> =
        project.zones.iter().filter(|(_, zone)| !zone.frame.is_drawable()).map(|(id, _)| id).collect();
    if unplaced.is_empty() {
        return;
    }
    let frames = arrange(project);
    let placed = project.zones.values().filter(|zone| zone.frame.is_drawable()).map(|zone| zone.frame);
    let beside = placed.reduce(|all, frame| all.union(&frame)).map_or(0.0, |all| all.right() + ZONE_GAP);
    for id in unplaced {
        let parent = project.zones.get(id).and_then(|zone| zone.parent);
        let parent = parent.and_then(|parent| Some((parent, project.zones.get(parent)?.frame)));
        let Some(&frame) = frames.get(&id) else { continue };
        // a zone whose parent was placed by hand moves to where its parent is
        let moved = match parent.and_then(|(parent, there)| Some((frames.get(&parent)?, there))) {
            Some((arranged, there)) if there.is_drawable() => frame.offset(there.x - arranged.x, there.y - arranged.y),
            _ => frame.offset(beside, 0.0),
        };
        if let Some(zone) = project.zones.get_mut(id) {
            zone.frame = moved;
        }
    }
}

/// A frame for every zone of the project, whatever frames it has now. The same
/// project always gets the same frames.
pub fn arrange(project: &Project) -> BTreeMap<ZoneId, Rect> {
    let mut arrangement = Arrangement::new(project);
    let roots = arrangement.children(None);
    let mut rows: BTreeMap<std::cmp::Reverse<PurdueLevel>, Vec<ZoneId>> = BTreeMap::new();
    for id in roots {
        let level = project.zones.get(id).map_or(PurdueLevel::L2, level_of);
        rows.entry(std::cmp::Reverse(level)).or_default().push(id);
    }
    let mut rows: Vec<Vec<ZoneId>> = rows.into_values().collect();
    arrangement.order(&mut rows);
    arrangement.place_rows(rows);
    arrangement.frames
}

/// The level that a zone is placed at: its own, or what its trust suggests.
pub fn level_of(zone: &Zone) -> PurdueLevel {
    zone.purdue.unwrap_or(match zone.trust {
        Trust::External => PurdueLevel::L5,
        Trust::Enterprise => PurdueLevel::L4,
        Trust::Operational => PurdueLevel::L2,
        Trust::Safety => PurdueLevel::L1,
    })
}

struct Arrangement {
    by_parent: BTreeMap<Option<ZoneId>, Vec<ZoneId>>,
    assets: HashMap<ZoneId, usize>,
    /// Top-level zones that a top-level zone is joined with.
    neighbours: HashMap<ZoneId, Vec<ZoneId>>,
    frames: BTreeMap<ZoneId, Rect>,
}

impl Arrangement {
    fn new(project: &Project) -> Self {
        let mut by_parent: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, zone) in project.zones.iter() {
            by_parent.entry(zone.parent).or_default().push(id);
        }
        for zones in by_parent.values_mut() {
            zones.sort_by_key(|&id| project.target_tag(id.into()));
        }
        let mut assets: HashMap<_, usize> = HashMap::new();
        for zone in project.assets.values().filter_map(|asset| asset.zone) {
            *assets.entry(zone).or_default() += 1;
        }
        let root = |zone: ZoneId| project.zone_ancestors(zone).last().copied().unwrap_or(zone);
        let mut neighbours: HashMap<_, Vec<_>> = HashMap::new();
        for (from, to) in project.conduits.values().filter_map(Conduit::ends) {
            let (from, to) = (root(from), root(to));
            neighbours.entry(from).or_default().push(to);
            neighbours.entry(to).or_default().push(from);
        }
        Self { by_parent, assets, neighbours, frames: BTreeMap::new() }
    }

    fn children(&self, zone: Option<ZoneId>) -> Vec<ZoneId> {
        self.by_parent.get(&zone).cloned().unwrap_or_default()
    }

    /// Orders each row by where its neighbours in the other rows are, over and over.
    fn order(&self, rows: &mut [Vec<ZoneId>]) {
        for _ in 0..SWEEPS {
            for row in 0..rows.len() {
                let places: HashMap<ZoneId, f32> = rows
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != row)
                    .flat_map(|(_, zones)| {
                        let count = zones.len() as f32;
                        zones.iter().enumerate().map(move |(place, &id)| (id, (place as f32 + 0.5) / count))
                    })
                    .collect();
                if let Some(zones) = rows.get_mut(row) {
                    let count = zones.len() as f32;
                    let mut wanted: Vec<_> = zones
                        .iter()
                        .enumerate()
                        .map(|(place, &id)| {
                            (self.wanted_place(id, &places).unwrap_or((place as f32 + 0.5) / count), id)
                        })
                        .collect();
                    wanted.sort_by(|(one, _), (next, _)| one.total_cmp(next));
                    *zones = wanted.into_iter().map(|(_, id)| id).collect();
                }
            }
        }
    }

    fn wanted_place(&self, zone: ZoneId, places: &HashMap<ZoneId, f32>) -> Option<f32> {
        let neighbours = self.neighbours.get(&zone)?;
        let there: Vec<f32> = neighbours.iter().filter_map(|other| places.get(other).copied()).collect();
        (!there.is_empty()).then(|| there.iter().sum::<f32>() / there.len() as f32)
    }

    fn place_rows(&mut self, rows: Vec<Vec<ZoneId>>) {
        let mut lines: Vec<Vec<(ZoneId, f32, f32)>> = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            let mut width = 0.0;
            for zone in row {
                let (zone_width, zone_height) = self.size(zone);
                if width > 0.0 && width + zone_width > ROW_WIDTH {
                    lines.push(std::mem::take(&mut line));
                    width = 0.0;
                }
                width += zone_width + ZONE_GAP;
                line.push((zone, zone_width, zone_height));
            }
            lines.push(line);
        }
        let line_width =
            |line: &[(ZoneId, f32, f32)]| line.iter().map(|(_, width, _)| width + ZONE_GAP).sum::<f32>() - ZONE_GAP;
        let widest = lines.iter().map(|line| line_width(line)).fold(0.0, f32::max);
        let mut y = 0.0;
        for line in lines {
            let mut x = snapped((widest - line_width(&line)) / 2.0);
            let height = line.iter().map(|(_, _, height)| *height).fold(0.0, f32::max);
            for (zone, zone_width, zone_height) in line {
                self.place(zone, Rect::new(x, y, zone_width, zone_height));
                x = snapped(x + zone_width + ZONE_GAP);
            }
            y = snapped(y + height + LEVEL_GAP);
        }
    }

    /// The size that a zone needs for its assets and the zones in it.
    fn size(&self, zone: ZoneId) -> (f32, f32) {
        let (columns, rows) = grid(self.assets.get(&zone).copied().unwrap_or(0));
        let (assets_width, assets_height) = (columns as f32 * ASSET_WIDTH, rows as f32 * ASSET_HEIGHT);
        let inner: Vec<_> = self.children(Some(zone)).into_iter().map(|child| self.size(child)).collect();
        let inner_width = inner.iter().map(|(width, _)| width + INNER_GAP).sum::<f32>() - INNER_GAP;
        let inner_height = inner.iter().map(|(_, height)| *height).fold(0.0, f32::max);
        let between = if inner.is_empty() { 0.0 } else { ZONE_PADDING * 2.0 };
        let width = (assets_width.max(inner_width) + 2.0 * ZONE_PADDING).max(ZONE_MIN_WIDTH);
        let height = ZONE_HEADER + assets_height + between + inner_height + ZONE_PADDING;
        (snapped(width), snapped(height.max(ZONE_MIN_HEIGHT)))
    }

    /// Places a zone and, at its foot, the zones in it.
    fn place(&mut self, zone: ZoneId, frame: Rect) {
        self.frames.insert(zone, frame);
        let inner = self.children(Some(zone));
        let sizes: Vec<_> = inner.iter().map(|&child| self.size(child)).collect();
        let mut x = frame.x + ZONE_PADDING;
        for (child, (width, height)) in inner.into_iter().zip(sizes) {
            self.place(child, Rect::new(x, frame.bottom() - ZONE_PADDING - height, width, height));
            x += width + INNER_GAP;
        }
    }
}

/// Columns and rows of the grid that this many assets are drawn in.
pub fn grid(assets: usize) -> (usize, usize) {
    if assets == 0 {
        return (0, 0);
    }
    let columns = ((assets as f32 * 1.4).sqrt().ceil() as usize).clamp(2, 10);
    (columns, assets.div_ceil(columns))
}

/// Up to the next line of the grid.
fn snapped(length: f32) -> f32 {
    (length / GRID).ceil() * GRID
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Point};

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
    fn nothing_overlaps_and_what_is_nested_lies_inside() {
        let mut project = plant().project;
        place_unplaced(&mut project);
        let frame = |tag: &str| project.zones.get(ZoneId::derived_from(tag)).unwrap().frame;
        assert!(frame("Z-A").encloses(&frame("Z-A1")));
        let tops = ["Z-ERP", "Z-DMZ", "Z-OPS", "Z-A", "Z-B"].map(frame);
        for (place, one) in tops.iter().enumerate() {
            assert!(tops[place + 1..].iter().all(|other| !one.overlaps(other)));
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
}
