//! The shapes of a frame, cut into triangles once and kept from frame to frame.
//!
//! Most shapes of a frame are those of the one before it. They are found by where and what they are, and keep
//! their triangles; only others are cut.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use egui::emath::TSTransform;
use egui::epaint::{ClippedPrimitive, ClippedShape, Primitive, TextShape};
use egui::{CornerRadius, Rect, Shape, TextureId};
use foldhash::SharedSeed;
use foldhash::fast::FoldHasher;

use super::area::Area;
use super::colour::{Packed, packed};
use super::piece::{Piece, TILE, pieces, seen};
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
    /// Where nothing is seen of what lies below it, and the colour that is seen there instead.
    pub cover: Option<(Area, Packed)>,
}

/// The parts of a frame in their order.
#[derive(Default)]
pub(super) struct Parts {
    /// All parts, those that are not in use too: their room serves the next ones.
    kept: Vec<Part>,
    free: Vec<u32>,
    /// The parts of the frame in their order, by their place among all.
    now: Vec<u32>,
    /// Those of the frame before that are not in this one, or not yet.
    before: Vec<u32>,
    /// Where in the frame before the next part is looked for first.
    next: usize,
    /// How many parts stand in the place that they had in the frame before.
    in_place: usize,
    /// Where in the frame before a part is, by its key; made once it is needed.
    places: HashMap<u64, u32, BuildHasherDefault<Plain>>,
    size: [u32; 2],
    pixels_per_point: f32,
    /// The state of the pictures that the tiles of the parts speak of.
    pictures: u64,
    /// How large the picture of all glyphs was when the parts were cut.
    glyphs: [u32; 2],
    /// What the triangles of a part come to, by tile and in their order.
    told: Vec<(u32, usize, u64)>,
}

/// From so many triangles on they are found by row.
const MANY: usize = 48;
/// So many parts that are not in use keep their room.
const SPARE: usize = 500;
/// The place of a part that is in this frame too.
const TAKEN: u32 = u32::MAX;
/// What covers less is not worth knowing, in pixels.
pub(super) const WIDE: u32 = 2 * TILE[0];

/// What cuts shapes into triangles.
pub(super) type Cut<'a> = &'a dyn Fn(ClippedShape) -> Vec<ClippedPrimitive>;

impl Parts {
    /// Takes the shapes of the next frame; those of the frame before are told apart from new ones. Tells whether
    /// all are those of the frame before.
    pub(super) fn take(
        &mut self,
        shapes: Vec<ClippedShape>,
        size: [u32; 2],
        pixels_per_point: f32,
        textures: &Textures,
        cut: Cut,
    ) -> bool {
        let glyphs = textures.get(TextureId::default()).map_or([0; 2], Texture::size);
        let is_other = (self.size, self.pixels_per_point, self.glyphs) != (size, pixels_per_point, glyphs);
        (self.size, self.pixels_per_point, self.glyphs) = (size, pixels_per_point, glyphs);
        std::mem::swap(&mut self.now, &mut self.before);
        self.now.clear();
        self.places.clear();
        if is_other {
            // places of glyphs in their picture are parts of its sides
            self.let_go();
        }
        (self.next, self.in_place) = (0, 0);
        for shape in shapes {
            self.take_one(shape, textures, cut);
        }
        let mut are_same = !is_other && [self.now.len(), self.before.len()] == [self.in_place; 2];
        self.let_go();
        if std::mem::replace(&mut self.pictures, textures.changes()) != textures.changes() {
            are_same = false;
            for &at in &self.now {
                self.kept.get_mut(at as usize).into_iter().for_each(|part| part.look_up(textures, &mut self.told));
            }
        }
        are_same
    }

    /// A part of the frame, by its place in it.
    pub(super) fn get(&self, place: u32) -> Option<&Part> {
        self.kept.get(*self.now.get(place as usize)? as usize)
    }

    /// The parts of the frame in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Part> {
        self.now.iter().filter_map(|&at| self.kept.get(at as usize))
    }

    /// Lets go of the parts of the frame before that are not in this one.
    fn let_go(&mut self) {
        for at in self.before.drain(..).filter(|at| *at != TAKEN) {
            let Some(part) = self.kept.get_mut(at as usize) else { continue };
            (part.shape, part.primitives) = (None, Vec::new());
            if self.free.len() >= SPARE {
                *part = Part::default();
            }
            self.free.push(at);
        }
    }

    fn take_one(&mut self, shape: ClippedShape, textures: &Textures, cut: Cut) {
        match shape.shape {
            Shape::Noop => {}
            Shape::Vec(shapes) => {
                for inner in shapes {
                    self.take_one(ClippedShape { shape: inner, ..shape }, textures, cut);
                }
            }
            _ => {
                let key = key(&shape);
                let found = self.find(&shape, key);
                if found.is_some() && self.next == self.now.len() + 1 {
                    self.in_place += 1;
                }
                let at = found.unwrap_or_else(|| self.make(shape, key, textures, cut));
                self.now.push(at);
            }
        }
    }

    /// The part of the frame before that shows the same, most often the next one.
    fn find(&mut self, shape: &ClippedShape, key: u64) -> Option<u32> {
        let Self { kept, before, places, next, .. } = self;
        let key_at = |at: u32| kept.get(at as usize).map(|part| part.key);
        let is_same = |at: u32| {
            let part = kept.get(at as usize).filter(|part| part.key == key);
            part.and_then(|part| part.shape.as_ref()).is_some_and(|before| is_same(before, shape))
        };
        let mut place = *next;
        if !before.get(place).is_some_and(|at| is_same(*at)) {
            if places.is_empty() {
                let all = before.iter().enumerate().rev();
                places.extend(all.filter_map(|(place, at)| Some((key_at(*at)?, place as u32))));
            }
            place = *places.get(&key)? as usize;
            if !before.get(place).is_some_and(|at| is_same(*at)) {
                return None;
            }
        }
        *next = place + 1;
        before.get_mut(place).map(|at| std::mem::replace(at, TAKEN))
    }

    /// Cuts a shape; tells where its part is kept.
    fn make(&mut self, shape: ClippedShape, key: u64, textures: &Textures, cut: Cut) -> u32 {
        let at = self.free.pop().unwrap_or_else(|| {
            self.kept.push(Part::default());
            self.kept.len() as u32 - 1
        });
        let whole = Area::whole(self.size);
        let Some(part) = self.kept.get_mut(at as usize) else { return TAKEN };
        part.key = key;
        part.shape = Some(shape.clone());
        part.cover = cover(&shape, self.pixels_per_point, whole);
        part.primitives = cut(shape);
        part.pieces.clear();
        part.rows.clear();
        for (at, primitive) in part.primitives.iter().enumerate() {
            pieces(at as u32, primitive, self.pixels_per_point, whole, &mut part.pieces);
        }
        if part.pieces.len() > MANY {
            let rows = |piece: &Piece| piece.bounds.top / TILE[1]..piece.bounds.bottom.div_ceil(TILE[1]);
            let all = part.pieces.iter().enumerate();
            part.rows.extend(all.flat_map(|(at, piece)| rows(piece).map(move |row| (row, at as u32))));
            part.rows.sort_unstable();
        }
        part.look_up(textures, &mut self.told);
        at
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
    fn look_up(&mut self, textures: &Textures, all: &mut Vec<(u32, usize, u64)>) {
        all.clear();
        for (place, piece) in self.pieces.iter().enumerate() {
            let Some(clipped) = self.primitives.get(piece.primitive as usize) else { continue };
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = textures.get(mesh.texture_id) else { continue };
            let told = piece.told(mesh, texture);
            all.extend(piece.tiles().map(|tile| (tile, place, told)));
        }
        // those of one tile stay in their order
        all.sort_unstable();
        self.tiles.clear();
        self.tiles.extend(all.iter().map(|&(tile, _, told)| (tile, told)));
        self.tiles.dedup_by(|(tile, told), (last, number)| {
            let is_one = tile == last;
            if is_one {
                *number = after(*number, *told);
            }
            is_one
        });
    }
}

/// Where an opaque rectangle hides what lies below it: without what its edge, its corners and its frame may leave free.
fn cover(clipped: &ClippedShape, pixels_per_point: f32, within: Area) -> Option<(Area, Packed)> {
    let Shape::Rect(shape) = &clipped.shape else { return None };
    let is_moved = shape.angle != 0.0 || clipped.transform_after_tessellation != TSTransform::IDENTITY;
    if is_moved || shape.blur_width > 0.0 || shape.brush.is_some() || !shape.fill.is_opaque() {
        return None;
    }
    let CornerRadius { nw, ne, sw, se } = shape.corner_radius;
    let edge = f32::from(nw.max(ne).max(sw).max(se)) + shape.stroke.width + 2.0 / pixels_per_point;
    let inner = shape.rect.shrink(edge);
    let (low, high) = (inner.min * pixels_per_point, inner.max * pixels_per_point);
    let area =
        Area { left: low.x.ceil() as u32, top: low.y.ceil() as u32, right: high.x as u32, bottom: high.y as u32 };
    let area = area.and(seen(clipped.clip_rect, pixels_per_point)).and(within);
    (area.width() >= WIDE && area.height() >= TILE[1]).then(|| (area, packed(shape.fill)))
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

/// A number that follows from one before it and one that is mixed well already; their order counts.
#[inline(always)]
pub(super) fn after(before: u64, told: u64) -> u64 {
    let product = u128::from(before ^ told) * 0x9e37_79b9_7f4a_7c15;
    (product >> 64) as u64 ^ product as u64
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
