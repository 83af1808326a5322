//! A triangle, or a rectangle of two, and where it is seen.

use egui::Rect;
use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};

use super::area::Area;
use super::parts::mixed;
use super::spans::{Corner, bounds};
use super::texture::Texture;

/// Columns and rows of a tile: text and buttons are wider than high.
pub(super) const TILE: [u32; 2] = [64, 16];
/// Tiles of a row are numbered from here on: more than any window is wide.
pub(super) const ROW: u32 = 1 << 16;

/// A triangle, or a rectangle of two, and where it is seen.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Which of the primitives of its part it is of.
    pub primitive: u32,
    /// Where its corners begin in the indices of its mesh.
    pub at: u32,
    /// The pixels that it may touch.
    pub bounds: Area,
    /// It is two triangles that make a rectangle along the axes, of one colour.
    pub is_rectangle: bool,
}

impl Piece {
    /// The tiles that it touches, row by row.
    pub(super) fn tiles(&self) -> impl Iterator<Item = u32> + use<> {
        let Area { left, top, right, bottom } = self.bounds;
        let columns = left / TILE[0]..right.div_ceil(TILE[0]);
        (top / TILE[1]..bottom.div_ceil(TILE[1]))
            .flat_map(move |row| columns.clone().map(move |column| row * ROW + column))
    }

    /// What it comes to: its corners with all that they say, its clip, and its picture as it is.
    pub(super) fn told(&self, mesh: &Mesh, texture: &Texture) -> u64 {
        let Some(corners) = triangle(mesh, self.at) else { return 0 };
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        for Vertex { uv, .. } in corners {
            low = [low[0].min(uv.x), low[1].min(uv.y)];
            high = [high[0].max(uv.x), high[1].max(uv.y)];
        }
        let [a, b, c] = corners.map(|vertex| told(&vertex));
        let Area { left, top, right, bottom } = self.bounds;
        let pack = |low: u32, high: u32| u64::from(low) | (u64::from(high) << 32);
        let clip = mixed(&[pack(left, right), pack(top, bottom), u64::from(self.is_rectangle)]);
        mixed(&[a, b, c, clip, texture.stamp, texture.version(low, high)])
    }
}

/// Adds what can be seen of a primitive, in its order.
pub(super) fn pieces(primitive: u32, of: &ClippedPrimitive, pixels_per_point: f32, within: Area, to: &mut Vec<Piece>) {
    let Primitive::Mesh(mesh) = &of.primitive else { return };
    let seen = seen(of.clip_rect, pixels_per_point).and(within);
    if seen.is_empty() {
        return;
    }
    let mut at = 0;
    while mesh.indices.len() >= at + 3 {
        let is_rectangle = is_rectangle(mesh, at);
        let begins = at as u32;
        at += if is_rectangle { 6 } else { 3 };
        // the fourth corner of a rectangle follows from the others
        let Some(corners) = triangle(mesh, begins) else { continue };
        let corners = corners.map(|vertex| Corner::of(vertex.pos, pixels_per_point));
        if let Some(bounds) = bounds(&corners, seen) {
            to.push(Piece { primitive, at: begins, bounds, is_rectangle });
        }
    }
}

/// The pixels that a clip rectangle leaves: its sides at the nearest edges of pixels.
pub(super) fn seen(clip: Rect, pixels_per_point: f32) -> Area {
    let side = |points: f32| (points * pixels_per_point).round() as u32;
    Area { left: side(clip.min.x), top: side(clip.min.y), right: side(clip.max.x), bottom: side(clip.max.y) }
}

/// The corners of a triangle; `None` where the mesh is not whole.
pub(super) fn triangle(mesh: &Mesh, at: u32) -> Option<[Vertex; 3]> {
    let at = at as usize;
    let &[a, b, c] = mesh.indices.get(at..at + 3)? else { return None };
    let corner = |index: u32| mesh.vertices.get(index as usize).copied();
    Some([corner(a)?, corner(b)?, corner(c)?])
}

/// Whether the next two triangles make a rectangle along the axes, of one colour, as egui writes glyphs.
fn is_rectangle(mesh: &Mesh, at: usize) -> bool {
    let Some(&[_, b, c, also_c, also_b, d]) = mesh.indices.get(at..at + 6) else { return false };
    if c != also_c || b != also_b {
        return false;
    }
    let (Some([a, b, c]), Some(d)) = (triangle(mesh, at as u32), mesh.vertices.get(d as usize)) else { return false };
    let stands = |of: fn(&Vertex) -> egui::Pos2| {
        let [a, b, c, d] = [of(&a), of(&b), of(&c), of(d)];
        a.y == b.y && c.y == d.y && a.x == c.x && b.x == d.x
    };
    stands(|it| it.pos) && stands(|it| it.uv) && a.color == b.color && a.color == c.color && a.color == d.color
}

/// What a vertex comes to.
#[inline]
fn told(vertex: &Vertex) -> u64 {
    let pair = |pos: egui::Pos2| u64::from(pos.x.to_bits()) | (u64::from(pos.y.to_bits()) << 32);
    mixed(&[u64::from(u32::from_be_bytes(vertex.color.to_array())), pair(vertex.pos), pair(vertex.uv)])
}
