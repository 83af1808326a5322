//! Paints what egui draws with the processor alone, for machines without usable graphics.
//!
//! [`Painter`] takes the shapes of a frame, has those cut into triangles that were not in the frame before, and
//! keeps a window's pixels. Only what differs from the last frame is painted again, and [`Painter::paint`] tells
//! where that is, so that only that much has to be shown anew. It knows nothing of windows and of the rest of
//! this program.
//!
//! What comes out is what a graphics card would make of the same triangles, but for one step in 255 where
//! it dithers or rounds. Callbacks, by which a program draws with the graphics card itself, are not drawn.
//!
//! ```
//! # use zonewright::render::{Frame, Painter, Textures};
//! let ctx = egui::Context::default();
//! let mut output = ctx.run_ui(egui::RawInput::default(), |ui| { ui.label("Pump hall"); });
//! let (mut textures, mut painter) = (Textures::default(), Painter::default());
//! textures.set(&mut output.textures_delta);
//! let frame = Frame { size: [320, 200], pixels_per_point: output.pixels_per_point, ground: egui::Color32::BLACK };
//! let cut = |shape| ctx.tessellate(vec![shape], output.pixels_per_point);
//! let changed = painter.paint(frame, output.shapes.clone(), &textures, &cut);
//! assert_eq!(changed.iter().map(|area| area.pixels()).sum::<usize>(), 320 * 200, "the first frame is all new");
//! let changed = painter.paint(frame, output.shapes, &textures, &cut);
//! assert!(changed.is_empty(), "and nothing of it changed since");
//! textures.free(&mut output.textures_delta);
//! ```

mod area;
mod colour;
mod paint;
mod parts;
mod piece;
mod plan;
mod spans;
mod texture;

use std::num::NonZero;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

use egui::Color32;
use egui::epaint::{ClippedPrimitive, ClippedShape, Primitive};

pub use self::area::Area;
use self::colour::packed;
use self::paint::Rows;
use self::parts::{Parts, WIDE};
use self::piece::TILE;
use self::plan::{Band, Plan};
pub use self::texture::Textures;

/// So many pixels to paint again are worth another thread.
const PAYS: usize = 150_000;
/// More threads than this wait for the memory.
const MOST: usize = 4;
/// The threads that paint at once; the system reads files to tell how many it has.
static CORES: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get).min(MOST));

/// What a window is to show.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Width and height in pixels.
    pub size: [u32; 2],
    /// Pixels for each of egui's points.
    pub pixels_per_point: f32,
    /// What is seen where nothing is drawn; taken without its alpha.
    pub ground: Color32,
}

/// Holds the pixels of one window.
#[derive(Default)]
pub struct Painter {
    size: [u32; 2],
    pixels: Vec<u32>,
    parts: Parts,
    plan: Plan,
    /// The ground of what the pixels show; `None`: they are to be painted again.
    ground: Option<Color32>,
    changed: Vec<Area>,
}

impl Painter {
    /// Paints all again in the next frame.
    pub fn forget(&mut self) {
        self.plan.forget();
        self.ground = None;
    }

    /// Brings the pixels to what the shapes show, and tells where they were painted again. `cut` makes triangles of a
    /// shape, as [`egui::Context::tessellate`] does; it is asked for shapes that the last frame did not have.
    pub fn paint(
        &mut self,
        frame: Frame,
        shapes: Vec<ClippedShape>,
        textures: &Textures,
        cut: &dyn Fn(ClippedShape) -> Vec<ClippedPrimitive>,
    ) -> &[Area] {
        if self.size != frame.size {
            self.size = frame.size;
            self.pixels.clear();
            self.pixels.resize(Area::whole(frame.size).pixels(), 0);
        }
        let are_same = self.parts.take(shapes, frame.size, frame.pixels_per_point, textures, cut);
        self.changed.clear();
        let before = self.ground.replace(frame.ground);
        if are_same && before == Some(frame.ground) {
            return &self.changed;
        }
        self.plan.prepare(frame.size, frame.ground, &self.parts);
        for change in self.plan.bands.iter().flat_map(Band::changes) {
            join(&mut self.changed, change);
        }
        let work: usize = self.changed.iter().map(|area| area.pixels()).sum();
        if work > 0 {
            self.repaint(frame, textures, work);
        }
        self.plan.settle();
        &self.changed
    }

    /// The window's pixels, row by row, each `0xFFRRGGBB`.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    /// Width and height of what was painted last, in pixels.
    pub fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Paints all tiles that changed, with as many threads as are worth it.
    fn repaint(&mut self, frame: Frame, textures: &Textures, work: usize) {
        let width = frame.size[0] as usize;
        let high = self.plan.bands.first().map_or(1, |band| band.area.height()) as usize;
        let (plan, parts) = (&self.plan, &self.parts);
        let bands = Mutex::new(plan.bands.iter().zip(self.pixels.chunks_mut((width * high).max(1))));
        let next = || bands.lock().unwrap_or_else(PoisonError::into_inner).next();
        let paint = || {
            while let Some((band, pixels)) = next() {
                let rows = Rows { pixels, width, top: band.area.top };
                let mut brush = Brush { rows, band, parts, textures, frame };
                band.changes().for_each(|area| brush.paint(area));
            }
        };
        let others = if work < PAYS { 0 } else { (work / PAYS).min(*CORES - 1) };
        if others == 0 {
            return paint();
        }
        thread::scope(|scope| {
            for _ in 0..others {
                // where there is no other thread this one does all
                let _ = thread::Builder::new().spawn_scoped(scope, paint);
            }
            paint();
        });
    }
}

/// Paints what changed in a band.
struct Brush<'a> {
    rows: Rows<'a>,
    band: &'a Band,
    parts: &'a Parts,
    textures: &'a Textures,
    frame: Frame,
}

impl Brush<'_> {
    /// Paints an area of the band, from what hides all below it; where that reaches over a part of it alone, the rest
    /// is painted by itself.
    fn paint(&mut self, area: Area) {
        let hides = |(place, at): (usize, &u32)| {
            let (cover, colour) = self.parts.get(*at)?.cover?;
            let hidden = cover.and(area);
            let is_worth_it = hidden.width() >= WIDE.min(area.width());
            (hidden.height() == area.height() && is_worth_it).then_some((hidden, colour, place + 1))
        };
        let ground = (area, packed(self.frame.ground.to_opaque()), 0);
        let (here, colour, first) = self.band.parts.iter().enumerate().rev().find_map(hides).unwrap_or(ground);
        self.rows.clear(here, colour);
        for part in self.band.parts.iter().skip(first).filter_map(|&at| self.parts.get(at)) {
            for piece in part.pieces_in(here.top / TILE[1]).filter(|piece| piece.bounds.meets(here)) {
                let Some(clipped) = part.primitives.get(piece.primitive as usize) else { continue };
                let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
                let Some(texture) = self.textures.get(mesh.texture_id) else { continue };
                self.rows.draw(piece, mesh, self.frame.pixels_per_point, texture, here);
            }
        }
        for beside in [Area { right: here.left, ..area }, Area { left: here.right, ..area }] {
            if !beside.is_empty() {
                self.paint(beside);
            }
        }
    }
}

/// Adds an area to others, as one with the one above it where they are equally wide.
fn join(areas: &mut Vec<Area>, area: Area) {
    let above = areas
        .iter_mut()
        .rev()
        .find(|above| above.bottom == area.top && above.left == area.left && above.right == area.right);
    match above {
        Some(above) => above.bottom = area.bottom,
        None => areas.push(area),
    }
}

#[cfg(test)]
mod tests;
