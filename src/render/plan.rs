//! Where a frame differs from the one before.
//!
//! The window is cut into tiles. Each tile has a number that follows from all that is drawn in it, in its
//! order: where it is as in the last frame, so are the pixels.

use egui::Color32;

use super::area::Area;
use super::parts::{Parts, after, mixed};
use super::piece::{ROW, TILE};

/// A row of tiles.
#[derive(Default)]
pub(super) struct Band {
    /// The pixels of it.
    pub area: Area,
    /// Which of the parts lie in it, in their order.
    pub parts: Vec<u32>,
    /// What each tile comes to, now and in the frame before.
    now: Vec<u64>,
    before: Vec<u64>,
}

/// The rows of tiles; their room is used again in each frame.
#[derive(Default)]
pub(super) struct Plan {
    size: [u32; 2],
    pub bands: Vec<Band>,
}

impl Band {
    /// The areas in which it differs from the frame before, from left to right.
    pub(super) fn changes(&self) -> impl Iterator<Item = Area> {
        let area = self.area;
        let mut tiles = self.now.iter().enumerate().map(|(at, now)| self.before.get(at) != Some(now)).enumerate();
        std::iter::from_fn(move || {
            let (first, _) = tiles.find(|(_, differs)| *differs)?;
            let end = tiles.find(|(_, differs)| !*differs).map_or(self.now.len(), |(end, _)| end);
            let column = |tile: usize| tile as u32 * TILE[0];
            Some(Area { left: column(first), right: column(end).min(area.right), ..area })
        })
    }
}

impl Plan {
    /// Adds up what the parts come to in each tile.
    pub(super) fn prepare(&mut self, size: [u32; 2], ground: Color32, parts: &Parts) {
        self.lay_out(size, ground);
        for (index, part) in parts.iter().enumerate() {
            for &(tile, told) in &part.tiles {
                let Some(band) = self.bands.get_mut((tile / ROW) as usize) else { continue };
                if band.parts.last() != Some(&(index as u32)) {
                    band.parts.push(index as u32);
                }
                band.now.get_mut((tile % ROW) as usize).into_iter().for_each(|tile| *tile = after(*tile, told));
            }
        }
    }

    /// The frame was painted: the next one is compared with it.
    pub(super) fn settle(&mut self) {
        for band in &mut self.bands {
            std::mem::swap(&mut band.now, &mut band.before);
        }
    }

    /// What was painted is no longer there.
    pub(super) fn forget(&mut self) {
        self.bands.iter_mut().for_each(|band| band.before.clear());
    }

    fn lay_out(&mut self, size: [u32; 2], ground: Color32) {
        let [width, height] = size;
        if self.size != size {
            self.size = size;
            self.bands.resize_with(height.div_ceil(TILE[1]) as usize, Band::default);
            self.forget();
        }
        let start = mixed(&[u64::from(u32::from_be_bytes(ground.to_array()))]);
        for (at, band) in self.bands.iter_mut().enumerate() {
            let top = at as u32 * TILE[1];
            band.area = Area { left: 0, top, right: width, bottom: (top + TILE[1]).min(height) };
            band.parts.clear();
            band.now.clear();
            band.now.resize(width.div_ceil(TILE[0]) as usize, start);
        }
    }
}
