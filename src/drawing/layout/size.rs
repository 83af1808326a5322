//! How large zones need to be.

use crate::drawing::metrics::*;
use crate::model::{Project, ZoneId};

use super::snapped;

/// What a zone holds besides other zones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contents {
    /// Assets in the grid, with those that reach in from other zones.
    pub(super) in_grid: usize,
    /// How far to the right and down assets placed by hand reach.
    pub(super) by_hand: Option<(f32, f32)>,
}

impl Contents {
    /// What stands in each zone.
    pub(super) fn of_zones(project: &Project) -> std::collections::HashMap<ZoneId, Self> {
        let mut contents: std::collections::HashMap<ZoneId, Self> = std::collections::HashMap::new();
        for asset in project.assets.values() {
            let Some(zone) = asset.zone else { continue };
            for &further in asset.other_zones.iter().filter(|it| **it != zone) {
                contents.entry(further).or_default().in_grid += 1;
            }
            let here = contents.entry(zone).or_default();
            match asset.place {
                Some(place) => {
                    let (right, foot) = here.by_hand.unwrap_or_default();
                    here.by_hand = Some((right.max(place.x + ASSET_WIDTH), foot.max(place.y + ASSET_HEIGHT)));
                }
                None => here.in_grid += 1,
            }
        }
        contents
    }

    /// Width and height of a zone's upper part: title and assets.
    fn head(&self) -> (f32, f32) {
        let (columns, rows) = grid(self.in_grid);
        let (by_hand_right, by_hand_foot) = self.by_hand.unwrap_or((0.0, ZONE_HEADER));
        let width = (columns as f32 * ASSET_WIDTH + 2.0 * ZONE_PADDING).max(by_hand_right + GRID);
        (width, by_hand_foot.max(ZONE_HEADER) + rows as f32 * ASSET_HEIGHT)
    }

    /// The size of a zone that holds `inner` below its assets, with `lanes` beside
    /// them for conduits that pass; and how far down the inner part begins.
    pub(super) fn zone_size(&self, inner: Option<(f32, f32)>, lanes: f32) -> ((f32, f32), f32) {
        let (head_width, head_height) = self.head();
        let Some((width, height)) = inner else {
            let size = (head_width.max(ZONE_MIN_WIDTH), (head_height + ZONE_PADDING).max(ZONE_MIN_HEIGHT));
            return ((snapped(size.0), snapped(size.1)), 0.0);
        };
        let top = snapped(head_height + INNER_GAP / 2.0 + if lanes > 0.0 { GRID } else { 0.0 });
        let width = (head_width + lanes).max(width + 2.0 * INNER_GAP / 2.0).max(ZONE_MIN_WIDTH);
        ((snapped(width), snapped(top + height + INNER_GAP / 2.0)), top)
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
