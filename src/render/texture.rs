//! Pictures that triangles take their colour from.

use std::collections::BTreeMap;

use egui::epaint::ImageDelta;
use egui::{Color32, ImageData, TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta};

use super::colour::{CLEAR, Packed, between, packed};

/// All pictures that egui handed over, by their id; the windows of a program share them.
#[derive(Default)]
pub struct Textures {
    held: BTreeMap<TextureId, Texture>,
    /// How often something changed until now.
    changes: u64,
}

/// One picture.
pub(super) struct Texture {
    size: [u32; 2],
    texels: Vec<Packed>,
    options: TextureOptions,
    /// Differs from that of every picture that stood here before.
    pub stamp: u64,
    /// How often something in each cell changed, row by row.
    versions: Vec<u64>,
}

/// Columns and rows of texels of which it is known together whether they changed.
const CELL: u32 = 32;

impl Textures {
    /// Takes what is new or changed: before a frame is painted. What doesn't fit into its picture is left out.
    pub fn set(&mut self, delta: &mut TexturesDelta) {
        let mut changes: Vec<_> = delta.set.drain().collect();
        changes.sort_by_key(|(id, _)| *id);
        for (id, changes) in changes {
            changes.iter().for_each(|change| self.change(id, change));
        }
    }

    /// Lets go of what is no longer needed: after the frame is painted that used it last.
    pub fn free(&mut self, delta: &mut TexturesDelta) {
        let free = std::mem::take(&mut delta.free);
        self.held.retain(|id, _| !free.contains(id));
    }

    fn change(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        let size = image.size.map(|side| u32::try_from(side).unwrap_or(0));
        match change.pos {
            None => {
                self.changes += 1;
                let texture = Texture {
                    size,
                    texels: image.pixels.iter().map(|&colour| packed(colour)).collect(),
                    options: change.options,
                    stamp: self.changes,
                    versions: vec![0; (size[0].div_ceil(CELL) * size[1].div_ceil(CELL)) as usize],
                };
                self.held.insert(id, texture);
            }
            Some(at) => {
                if let Some(texture) = self.held.get_mut(&id) {
                    texture.options = change.options;
                    texture.replace(at.map(|side| u32::try_from(side).unwrap_or(u32::MAX)), size, &image.pixels);
                    self.changes += 1;
                }
            }
        }
    }

    /// Differs once anything changed.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.held.get(&id)
    }
}

impl Texture {
    /// Columns and rows of texels.
    pub(super) fn size(&self) -> [u32; 2] {
        self.size
    }

    /// The texels of a row from `left` on; fewer where it ends.
    #[inline]
    pub(super) fn row(&self, left: u32, row: u32) -> &[Packed] {
        let start = row as usize * self.size[0] as usize;
        self.texels.get(start + left as usize..start + self.size[0] as usize).unwrap_or_default()
    }

    /// Puts new texels in the place of others.
    fn replace(&mut self, [left, top]: [u32; 2], [width, height]: [u32; 2], new: &[Color32]) {
        let (right, bottom) = (left.saturating_add(width), top.saturating_add(height));
        if right > self.size[0] || bottom > self.size[1] || width == 0 {
            return;
        }
        let cells = self.size[0].div_ceil(CELL) as usize;
        let rows = self.texels.chunks_exact_mut(self.size[0] as usize).enumerate().skip(top as usize);
        for ((row, texels), new) in rows.zip(new.chunks_exact(width as usize)) {
            let texels = texels.iter_mut().enumerate().skip(left as usize);
            for ((column, texel), &new) in texels.zip(new) {
                let new = packed(new);
                if *texel != new {
                    *texel = new;
                    let cell = row / CELL as usize * cells + column / CELL as usize;
                    self.versions.get_mut(cell).into_iter().for_each(|version| *version += 1);
                }
            }
        }
    }

    /// A number that differs once something between two places changed; the places in parts of its sides.
    #[inline]
    pub(super) fn version(&self, low: [f32; 2], high: [f32; 2]) -> u64 {
        let cells = self.size[0].div_ceil(CELL) as usize;
        // with a texel around, for those that are mixed
        let first = |part: f32, side: u32| ((part * side as f32 - 1.0) as u32 / CELL) as usize;
        let end = |part: f32, side: u32| ((part * side as f32 + 1.0) as u32).min(side).div_ceil(CELL) as usize;
        let (left, right) = (first(low[0], self.size[0]), end(high[0], self.size[0]));
        (first(low[1], self.size[1])..end(high[1], self.size[1]))
            .flat_map(|row| self.versions.get(row * cells + left..row * cells + right).unwrap_or_default())
            .sum()
    }

    /// The colour at a place, in parts of its sides. `is_shrunk`: more texels than pixels go by.
    #[inline]
    pub(super) fn sample(&self, u: f32, v: f32, is_shrunk: bool) -> Packed {
        let filter = if is_shrunk { self.options.minification } else { self.options.magnification };
        let (x, y) = (u * self.size[0] as f32, v * self.size[1] as f32);
        match filter {
            TextureFilter::Nearest => self.texel(x.floor() as i64, y.floor() as i64),
            TextureFilter::Linear => {
                let (x, y) = (x - 0.5, y - 0.5);
                let (left, top) = (x.floor(), y.floor());
                let parts = |over: f32| (over * 256.0 + 0.5) as u32;
                let (across, down) = (parts(x - left), parts(y - top));
                let (left, top) = (left as i64, top as i64);
                let row = |y: i64| between(self.texel(left, y), self.texel(left.saturating_add(1), y), across);
                between(row(top), row(top.saturating_add(1)), down)
            }
        }
    }

    fn texel(&self, x: i64, y: i64) -> Packed {
        let [width, height] = self.size.map(i64::from);
        if width == 0 || height == 0 {
            return CLEAR;
        }
        let wrapped = |at: i64, side: i64| match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => at.clamp(0, side - 1),
            TextureWrapMode::Repeat => at.rem_euclid(side),
            TextureWrapMode::MirroredRepeat => {
                let there = at.rem_euclid(2 * side);
                there.min(2 * side - 1 - there)
            }
        };
        let at = wrapped(y, height) * width + wrapped(x, width);
        usize::try_from(at).ok().and_then(|at| self.texels.get(at)).copied().unwrap_or(CLEAR)
    }
}

#[cfg(test)]
mod tests {
    use egui::ColorImage;

    use super::*;

    fn delta(pos: Option<[usize; 2]>, size: [usize; 2], colour: Color32, options: TextureOptions) -> TexturesDelta {
        let image = ImageData::Color(ColorImage::filled(size, colour).into());
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::Managed(1), ImageDelta { image, options, pos });
        delta
    }

    fn checked() -> Textures {
        let mut textures = Textures::default();
        textures.set(&mut delta(None, [2, 2], Color32::WHITE, TextureOptions::LINEAR));
        textures.set(&mut delta(Some([0, 0]), [1, 2], Color32::BLACK, TextureOptions::LINEAR));
        textures
    }

    #[test]
    fn a_part_that_is_replaced_has_another_version_and_others_keep_theirs() {
        let mut textures = Textures::default();
        textures.set(&mut delta(None, [100, 100], Color32::WHITE, TextureOptions::LINEAR));
        let versions = |textures: &Textures| {
            let texture = textures.get(TextureId::Managed(1)).unwrap();
            [
                texture.version([0.0; 2], [0.2; 2]),
                texture.version([0.5; 2], [0.6; 2]),
                texture.version([0.0; 2], [1.0; 2]),
            ]
        };
        let before = versions(&textures);
        textures.set(&mut delta(Some([50, 50]), [9, 9], Color32::WHITE, TextureOptions::LINEAR));
        assert_eq!(versions(&textures), before, "the same texels");
        textures.set(&mut delta(Some([50, 50]), [9, 9], Color32::BLACK, TextureOptions::LINEAR));
        let after = versions(&textures);
        assert_eq!(after[0], before[0]);
        assert!(after[1] != before[1] && after[2] != before[2]);
    }

    #[test]
    fn a_part_that_does_not_fit_changes_nothing() {
        let mut textures = checked();
        textures.set(&mut delta(Some([1, 0]), [2, 1], Color32::RED, TextureOptions::LINEAR));
        textures.set(&mut delta(Some([0, usize::MAX]), [1, 1], Color32::RED, TextureOptions::LINEAR));
        let texture = textures.get(TextureId::Managed(1)).unwrap();
        assert!(texture.texels.iter().all(|&texel| texel != packed(Color32::RED)));
    }

    #[test]
    fn between_texels_colours_are_mixed_or_the_nearest_taken() {
        let textures = checked();
        let texture = textures.get(TextureId::Managed(1)).unwrap();
        assert_eq!(texture.sample(0.5, 0.5, false) & 0xff, 128);
        assert_eq!(texture.sample(0.0, 0.5, false), packed(Color32::BLACK), "an edge goes on beyond itself");
        let mut textures = checked();
        textures.set(&mut delta(Some([0, 0]), [1, 1], Color32::BLACK, TextureOptions::NEAREST_REPEAT));
        let texture = textures.get(TextureId::Managed(1)).unwrap();
        assert_eq!(texture.sample(0.49, 0.9, true), packed(Color32::BLACK));
        assert_eq!(texture.sample(1.6, 0.9, true), packed(Color32::WHITE));
    }

    #[test]
    fn a_picture_that_was_let_go_of_is_gone() {
        let mut textures = checked();
        let mut delta = TexturesDelta::default();
        delta.free(TextureId::Managed(1));
        textures.free(&mut delta);
        assert!(textures.get(TextureId::Managed(1)).is_none());
    }
}
