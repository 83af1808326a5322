//! The shapes of a frame, cut into triangles once and kept from frame to frame.
//!
//! Most shapes of a frame are those of the one before it. They are found by where and what they are, and keep
//! their triangles; only others are cut.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use egui::epaint::{ClippedPrimitive, ClippedShape, Primitive, TextShape};
use egui::{Rect, Shape, TextureId};
use foldhash::SharedSeed;
use foldhash::fast::FoldHasher;

use super::area::Area;
use super::piece::{Piece, TILE, pieces};
use super::texture::{Texture, Textures};

/// A shape with its triangles.
#[derive(Default)]
pub(super) struct Part {
    /// What it was made of, which also keeps texts and meshes in their place in memory.
    shape: Option<ClippedShape>,
    key: u64,
    /// Its triangles by clip and picture; mostly one mesh.
    pub primitives: Vec<ClippedPrimitive>,
    /// The triangles that can be seen, in their order.
    pub pieces: Vec<Piece>,
    /// The tiles that they touch, and what they come to in each.
    pub tiles: Vec<(u32, u64)>,
    /// Where there are many: the rows of tiles, in their order, with the triangles in each.
    rows: Vec<(u32, u32)>,
}

/// The parts of a frame in their order.
#[derive(Default)]
pub(super) struct Parts {
    pub now: Vec<Part>,
    before: Vec<Part>,
    /// Where in the frame before a part is, by its key; made once it is needed.
    places: HashMap<u64, u32, BuildHasherDefault<Plain>>,
    size: [u32; 2],
    pixels_per_point: f32,
    /// The state of the pictures that the tiles of the parts speak of.
    pictures: u64,
    /// How large the picture of all glyphs was when the parts were cut.
    glyphs: [u32; 2],
}

/// From so many triangles on they are found by row.
const MANY: usize = 48;

/// What cuts shapes into triangles.
pub(super) type Cut<'a> = &'a dyn Fn(ClippedShape) -> Vec<ClippedPrimitive>;

impl Parts {
    /// Takes the shapes of the next frame; those of the frame before are told apart from new ones.
    pub(super) fn take(
        &mut self,
        shapes: Vec<ClippedShape>,
        size: [u32; 2],
        pixels_per_point: f32,
        textures: &Textures,
        cut: Cut,
    ) {
        let glyphs = textures.get(TextureId::default()).map_or([0; 2], Texture::size);
        let is_other = (self.size, self.pixels_per_point, self.glyphs) != (size, pixels_per_point, glyphs);
        (self.size, self.pixels_per_point, self.glyphs) = (size, pixels_per_point, glyphs);
        std::mem::swap(&mut self.now, &mut self.before);
        self.now.clear();
        self.places.clear();
        if is_other {
            // places of glyphs in their picture are parts of its sides
            self.before.clear();
        }
        let mut next = 0;
        for shape in shapes {
            self.take_one(shape, &mut next, textures, cut);
        }
        if std::mem::replace(&mut self.pictures, textures.changes()) != textures.changes() {
            for part in &mut self.now {
                part.look_up(textures);
            }
        }
    }

    fn take_one(&mut self, shape: ClippedShape, next: &mut usize, textures: &Textures, cut: Cut) {
        match shape.shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for inner in shapes {
                    self.take_one(ClippedShape { shape: inner, ..shape }, next, textures, cut);
                }
            }
            _ => {
                let key = key(&shape);
                let part = self.find(&shape, key, next).unwrap_or_else(|| self.make(shape, key, textures, cut));
                self.now.push(part);
            }
        }
    }

    /// The part of the frame before that shows the same, most often the next one.
    fn find(&mut self, shape: &ClippedShape, key: u64, next: &mut usize) -> Option<Part> {
        let is_same = |part: &Part| part.key == key && part.shape.as_ref().is_some_and(|before| is_same(before, shape));
        let mut place = *next;
        if !self.before.get(place).is_some_and(is_same) {
            if self.places.is_empty() {
                self.places.extend(self.before.iter().enumerate().rev().map(|(place, part)| (part.key, place as u32)));
            }
            place = *self.places.get(&key)? as usize;
            if !self.before.get(place).is_some_and(is_same) {
                return None;
            }
        }
        *next = place + 1;
        self.before.get_mut(place).map(std::mem::take)
    }

    fn make(&self, shape: ClippedShape, key: u64, textures: &Textures, cut: Cut) -> Part {
        let kept = Some(shape.clone());
        let mut part = Part { shape: kept, key, primitives: cut(shape), ..Part::default() };
        let whole = Area::whole(self.size);
        for (at, primitive) in part.primitives.iter().enumerate() {
            pieces(at as u32, primitive, self.pixels_per_point, whole, &mut part.pieces);
        }
        if part.pieces.len() > MANY {
            let rows = |piece: &Piece| piece.bounds.top / TILE[1]..piece.bounds.bottom.div_ceil(TILE[1]);
            let all = part.pieces.iter().enumerate();
            part.rows = all.flat_map(|(at, piece)| rows(piece).map(move |row| (row, at as u32))).collect();
            part.rows.sort_by_key(|(row, _)| *row);
        }
        part.look_up(textures);
        part
    }
}

impl Part {
    /// The triangles that may lie in a row of tiles, in their order.
    pub(super) fn pieces_in(&self, row: u32) -> impl Iterator<Item = &Piece> {
        let all = if self.rows.is_empty() { self.pieces.as_slice() } else { &[] };
        let start = self.rows.partition_point(|(at, _)| *at < row);
        let some = self.rows.get(start..).unwrap_or_default().iter().take_while(move |(at, _)| *at == row);
        all.iter().chain(some.filter_map(|(_, piece)| self.pieces.get(*piece as usize)))
    }

    /// Works out what its triangles come to in each tile, with the pictures as they are.
    fn look_up(&mut self, textures: &Textures) {
        self.tiles.clear();
        for piece in &self.pieces {
            let Some(clipped) = self.primitives.get(piece.primitive as usize) else { continue };
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = textures.get(mesh.texture_id) else { continue };
            let told = piece.told(mesh, texture);
            for tile in piece.tiles() {
                self.tiles.push((tile, told));
            }
        }
        // those of one tile stay in their order
        self.tiles.sort_by_key(|(tile, _)| *tile);
        self.tiles.dedup_by(|(tile, told), (last, number)| {
            let is_one = tile == last;
            if is_one {
                *number = mixed(&[*number, *told]);
            }
            is_one
        });
    }
}

/// Whether two shapes show the same. Texts and meshes that lie at the same place in memory are the same, for the one
/// of the frame before is kept.
fn is_same(one: &ClippedShape, other: &ClippedShape) -> bool {
    if one.clip_rect != other.clip_rect || one.transform_after_tessellation != other.transform_after_tessellation {
        return false;
    }
    match (&one.shape, &other.shape) {
        (Shape::Text(one), Shape::Text(other)) => {
            let TextShape { pos, galley, underline, fallback_color, override_text_color, opacity_factor, angle } = one;
            Arc::ptr_eq(galley, &other.galley)
                && (pos, underline, fallback_color) == (&other.pos, &other.underline, &other.fallback_color)
                && (override_text_color, opacity_factor, angle)
                    == (&other.override_text_color, &other.opacity_factor, &other.angle)
        }
        (Shape::Mesh(one), Shape::Mesh(other)) => Arc::ptr_eq(one, other),
        (Shape::Text(_) | Shape::Mesh(_), _) | (_, Shape::Text(_) | Shape::Mesh(_)) => false,
        (one, other) => one == other,
    }
}

/// By what a shape is looked for: much of what it is, not all.
fn key(shape: &ClippedShape) -> u64 {
    let pair = |pos: egui::Pos2| u64::from(pos.x.to_bits()) | (u64::from(pos.y.to_bits()) << 32);
    let rect = |rect: &Rect| mixed(&[pair(rect.min), pair(rect.max)]);
    let colour = |colour: egui::Color32| u64::from(u32::from_le_bytes(colour.to_array()));
    let what = match &shape.shape {
        Shape::Text(text) => {
            mixed(&[1, Arc::as_ptr(&text.galley).addr() as u64, pair(text.pos), colour(text.fallback_color)])
        }
        Shape::Mesh(mesh) => mixed(&[2, Arc::as_ptr(mesh).addr() as u64]),
        Shape::Rect(it) => mixed(&[3, rect(&it.rect), colour(it.fill), colour(it.stroke.color)]),
        Shape::LineSegment { points, stroke } => mixed(&[4, pair(points[0]), pair(points[1]), colour(stroke.color)]),
        Shape::Circle(it) => mixed(&[5, pair(it.center), u64::from(it.radius.to_bits()), colour(it.fill)]),
        Shape::Path(it) => {
            let points = it.points.iter().map(|&point| pair(point)).reduce(|all, point| mixed(&[all, point]));
            mixed(&[6, points.unwrap_or_default(), colour(it.fill)])
        }
        other => mixed(&[7, rect(&other.visual_bounding_rect())]),
    };
    mixed(&[rect(&shape.clip_rect), what])
}

/// One number for several, in their order. It begins with another one than 0, with which whatever follows a 0 would
/// be forgotten.
#[inline(always)]
pub(super) fn mixed(numbers: &[u64]) -> u64 {
    let mut hasher = FoldHasher::with_seed(0x9e37_79b9_7f4a_7c15, SharedSeed::global_fixed());
    numbers.iter().for_each(|&number| hasher.write_u64(number));
    hasher.finish()
}

/// Keys are mixed well already.
#[derive(Default)]
pub(super) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = (self.0 << 8) | u64::from(byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_forgotten_of_numbers_that_are_0() {
        let all = [mixed(&[0, 1]), mixed(&[0, 2]), mixed(&[0, 0]), mixed(&[1, 0]), mixed(&[0, 0, 1])];
        assert!(all.iter().enumerate().all(|(at, one)| *one != 0 && !all[at + 1..].contains(one)), "{all:?}");
    }
}
