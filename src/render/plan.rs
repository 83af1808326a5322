//! What a frame is made of, and where it differs from the one before.
//!
//! The window is cut into tiles. Each tile has a number that follows from all that is drawn in it, in its
//! order: where it is as in the last frame, so are the pixels.

use std::hash::Hasher as _;

use egui::Rect;
use egui::epaint::{Mesh, Primitive, Vertex};
use foldhash::SharedSeed;
use foldhash::fast::FoldHasher;

use super::Frame;
use super::area::Area;
use super::spans::{Corner, bounds};
use super::texture::{Texture, Textures};

/// Columns and rows of a tile: text and buttons are wider than high.
const TILE: [u32; 2] = [64, 16];

/// A triangle, or a rectangle of two, and where it is seen.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Which of the frame's primitives it is of.
    pub primitive: u32,
    /// Where its corners begin in the indices of its mesh.
    pub at: u32,
    /// The pixels that it may touch.
    pub bounds: Area,
    /// It is two triangles that make a rectangle along the axes, of one colour.
    pub is_rectangle: bool,
}

/// A row of tiles.
#[derive(Default)]
pub(super) struct Band {
    /// The pixels of it.
    pub area: Area,
    /// Which of the pieces lie in it, in their order.
    pub pieces: Vec<u32>,
    /// What each tile comes to, now and in the frame before.
    now: Vec<u64>,
    before: Vec<u64>,
}

/// The frame taken apart; its room is used again in each frame.
#[derive(Default)]
pub(super) struct Plan {
    size: [u32; 2],
    pub pieces: Vec<Piece>,
    pub bands: Vec<Band>,
    /// The corners of the mesh at hand, and what each vertex comes to.
    corners: Vec<(Corner, u64)>,
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
    /// Takes the next frame apart. Meshes without a known texture show nothing.
    pub(super) fn prepare(&mut self, shown: Frame, textures: &Textures) {
        self.lay_out(shown);
        self.pieces.clear();
        for (primitive, clipped) in shown.primitives.iter().enumerate() {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = textures.get(mesh.texture_id) else { continue };
            let seen = seen(clipped.clip_rect, shown.pixels_per_point).and(Area::whole(shown.size));
            if !seen.is_empty() {
                self.take_apart(primitive as u32, mesh, texture, seen, shown.pixels_per_point);
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

    fn lay_out(&mut self, shown: Frame) {
        let [width, height] = shown.size;
        if self.size != shown.size {
            self.size = shown.size;
            self.bands.resize_with(height.div_ceil(TILE[1]) as usize, Band::default);
            self.forget();
        }
        let start = mixed(&[u64::from(u32::from_be_bytes(shown.ground.to_array()))]);
        for (at, band) in self.bands.iter_mut().enumerate() {
            let top = at as u32 * TILE[1];
            band.area = Area { left: 0, top, right: width, bottom: (top + TILE[1]).min(height) };
            band.pieces.clear();
            band.now.clear();
            band.now.resize(width.div_ceil(TILE[0]) as usize, start);
        }
    }

    fn take_apart(&mut self, primitive: u32, mesh: &Mesh, texture: &Texture, seen: Area, pixels_per_point: f32) {
        self.corners.clear();
        self.corners
            .extend(mesh.vertices.iter().map(|vertex| (Corner::of(vertex.pos, pixels_per_point), told(vertex))));
        let pack = |low: u32, high: u32| u64::from(low) | (u64::from(high) << 32);
        let about = mixed(&[texture.stamp, pack(seen.left, seen.right), pack(seen.top, seen.bottom)]);
        let mut at = 0;
        while let Some(three) = three(&mesh.indices, at) {
            let is_rectangle = is_rectangle(mesh, at);
            let begins = at;
            at += if is_rectangle { 6 } else { 3 };
            let Some([a, b, c]) = each(three, &self.corners) else { continue };
            // the fourth corner of a rectangle follows from the others, but what it stands for is asked
            let d = is_rectangle.then(|| mesh.indices.get(begins + 5)).flatten();
            let d = d.and_then(|&index| self.corners.get(index as usize)).copied().unwrap_or(c);
            let Some(bounds) = bounds(&[a.0, b.0, c.0, d.0], seen) else { continue };
            let piece = mixed(&[about, a.1, b.1, c.1, d.1, version(mesh, three, texture)]);
            let index = self.pieces.len() as u32;
            self.pieces.push(Piece { primitive, at: begins as u32, bounds, is_rectangle });
            let tiles = (bounds.left / TILE[0]) as usize..bounds.right.div_ceil(TILE[0]) as usize;
            let rows = (bounds.top / TILE[1]) as usize..bounds.bottom.div_ceil(TILE[1]) as usize;
            for band in self.bands.get_mut(rows).unwrap_or_default() {
                band.pieces.push(index);
                for tile in band.now.get_mut(tiles.clone()).unwrap_or_default() {
                    *tile = mixed(&[*tile, piece]);
                }
            }
        }
    }
}

/// The pixels that a clip rectangle leaves: its sides at the nearest edges of pixels.
fn seen(clip: Rect, pixels_per_point: f32) -> Area {
    let side = |points: f32| (points * pixels_per_point).round() as u32;
    Area { left: side(clip.min.x), top: side(clip.min.y), right: side(clip.max.x), bottom: side(clip.max.y) }
}

fn three(indices: &[u32], at: usize) -> Option<[u32; 3]> {
    indices.get(at..at + 3).and_then(|three| three.try_into().ok())
}

fn each<T: Copy>(indices: [u32; 3], of: &[T]) -> Option<[T; 3]> {
    let one = |index: u32| of.get(index as usize).copied();
    Some([one(indices[0])?, one(indices[1])?, one(indices[2])?])
}

/// The corners of a triangle; `None` where the mesh is not whole.
pub(super) fn triangle(mesh: &Mesh, at: u32) -> Option<[Vertex; 3]> {
    each(three(&mesh.indices, at as usize)?, &mesh.vertices)
}

/// Whether the next two triangles make a rectangle along the axes, of one colour, as egui writes glyphs.
fn is_rectangle(mesh: &Mesh, at: usize) -> bool {
    let Some(&[a, b, c, also_c, also_b, d]) = mesh.indices.get(at..at + 6) else { return false };
    if c != also_c || b != also_b {
        return false;
    }
    let (Some([a, b, c]), Some(d)) = (each([a, b, c], &mesh.vertices), mesh.vertices.get(d as usize)) else {
        return false;
    };
    let stands = |of: fn(&Vertex) -> egui::Pos2| {
        let [a, b, c, d] = [of(&a), of(&b), of(&c), of(d)];
        a.y == b.y && c.y == d.y && a.x == c.x && b.x == d.x
    };
    stands(|it| it.pos) && stands(|it| it.uv) && a.color == b.color && a.color == c.color && a.color == d.color
}

/// The version of what a triangle takes its colours from.
#[inline]
fn version(mesh: &Mesh, three: [u32; 3], texture: &Texture) -> u64 {
    let Some(corners) = each(three, &mesh.vertices) else { return 0 };
    let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
    for Vertex { uv, .. } in corners {
        low = [low[0].min(uv.x), low[1].min(uv.y)];
        high = [high[0].max(uv.x), high[1].max(uv.y)];
    }
    texture.version(low, high)
}

/// What a vertex comes to.
#[inline]
fn told(vertex: &Vertex) -> u64 {
    let pair = |pos: egui::Pos2| u64::from(pos.x.to_bits()) | (u64::from(pos.y.to_bits()) << 32);
    mixed(&[u64::from(u32::from_be_bytes(vertex.color.to_array())), pair(vertex.pos), pair(vertex.uv)])
}

/// One number for several, in their order.
#[inline(always)]
fn mixed(numbers: &[u64]) -> u64 {
    let mut hasher = FoldHasher::with_seed(0, SharedSeed::global_fixed());
    numbers.iter().for_each(|&number| hasher.write_u64(number));
    hasher.finish()
}
