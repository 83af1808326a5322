//! One piece of a frame, drawn into the pixels of a band.

use egui::epaint::{Mesh, Vertex};

use super::area::Area;
use super::colour::{CLEAR, Packed, WHITE, over, packed, times};
use super::piece::{Piece, triangle};
use super::spans::{Corner, doubled, each_row};
use super::texture::Texture;

/// Rows of pixels of the whole width.
pub(super) struct Rows<'a> {
    pub pixels: &'a mut [Packed],
    pub width: usize,
    /// The row that they begin with.
    pub top: u32,
}

impl Rows<'_> {
    /// Pixels of one row.
    #[inline(always)]
    fn span(&mut self, row: u32, from: u32, to: u32) -> &mut [Packed] {
        let start = (row.saturating_sub(self.top)) as usize * self.width;
        self.pixels.get_mut(start + from as usize..start + to as usize).unwrap_or_default()
    }

    /// Makes all of an area one colour, whatever was there.
    pub(super) fn clear(&mut self, area: Area, colour: Packed) {
        for row in area.top..area.bottom {
            self.span(row, area.left, area.right).fill(colour);
        }
    }

    /// Draws a piece as far as it lies within an area of these rows.
    pub(super) fn draw(&mut self, piece: &Piece, mesh: &Mesh, pixels_per_point: f32, texture: &Texture, within: Area) {
        let within = piece.bounds.and(within);
        let Some(first) = triangle(mesh, piece.at) else { return };
        if piece.is_rectangle {
            let place = |vertex: &Vertex| Corner::of(vertex.pos, pixels_per_point);
            let [a, b, c] = first;
            if a.uv == b.uv && a.uv == c.uv {
                let colour = times(packed(a.color), texture.sample(a.uv.x, a.uv.y, false));
                (within.top..within.bottom).for_each(|row| fill(self.span(row, within.left, within.right), colour));
            } else if let Some(from) = as_it_is([place(&a), place(&b), place(&c)], first, texture) {
                self.copy(within, from, packed(a.color), texture);
            } else {
                self.triangle(first, pixels_per_point, texture, within);
                triangle(mesh, piece.at + 3).into_iter().for_each(|second| {
                    self.triangle(second, pixels_per_point, texture, within);
                });
            }
        } else {
            self.triangle(first, pixels_per_point, texture, within);
        }
    }

    /// A picture whose texels lie on pixels; `from` leads from pixels to texels.
    fn copy(&mut self, within: Area, from: [i64; 2], colour: Packed, texture: &Texture) {
        let at = |pixel: u32, by: i64| u32::try_from(i64::from(pixel) + by).unwrap_or(u32::MAX);
        for row in within.top..within.bottom {
            let texels = texture.row(at(within.left, from[0]), at(row, from[1]));
            for (pixel, &texel) in self.span(row, within.left, within.right).iter_mut().zip(texels) {
                if texel != CLEAR {
                    *pixel = over(if texel == WHITE { colour } else { times(colour, texel) }, *pixel);
                }
            }
        }
    }

    fn triangle(&mut self, vertices: [Vertex; 3], pixels_per_point: f32, texture: &Texture, within: Area) {
        let corners = vertices.map(|vertex| Corner::of(vertex.pos, pixels_per_point));
        let [a, b, c] = vertices;
        let colours = vertices.map(|vertex| packed(vertex.color));
        if a.uv != b.uv || a.uv != c.uv {
            let Some(tint) = Slope::of(corners, colours.map(parts)) else { return };
            let Some(place) = Slope::of(corners, vertices.map(|vertex| [vertex.uv.x, vertex.uv.y])) else { return };
            let is_shrunk = place.is_beyond_one(texture.size().map(|side| side as f32));
            each_row(corners, within, |row, from, to| {
                let (mut tint_here, mut place_here) = (tint.at(from, row), place.at(from, row));
                for pixel in self.span(row, from, to) {
                    let [u, v] = place_here;
                    *pixel = over(times(joined(tint_here), texture.sample(u, v, is_shrunk)), *pixel);
                    tint.step(&mut tint_here);
                    place.step(&mut place_here);
                }
            });
            return;
        }
        let texel = texture.sample(a.uv.x, a.uv.y, false);
        let colours = colours.map(|colour| times(colour, texel));
        if colours[0] == colours[1] && colours[0] == colours[2] {
            if colours[0] != CLEAR {
                each_row(corners, within, |row, from, to| fill(self.span(row, from, to), colours[0]));
            }
        } else if let Some(tint) = Slope::of(corners, colours.map(parts)) {
            each_row(corners, within, |row, from, to| {
                let mut here = tint.at(from, row);
                for pixel in self.span(row, from, to) {
                    *pixel = over(joined(here), *pixel);
                    tint.step(&mut here);
                }
            });
        }
    }
}

#[inline(always)]
fn fill(pixels: &mut [Packed], colour: Packed) {
    if colour >> 24 == 0xff {
        pixels.fill(colour);
    } else if colour != CLEAR {
        pixels.iter_mut().for_each(|pixel| *pixel = over(colour, *pixel));
    }
}

/// What leads from pixels to texels, where each pixel of a rectangle has one texel to itself.
fn as_it_is([a, b, c]: [Corner; 3], [first, right, below]: [Vertex; 3], texture: &Texture) -> Option<[i64; 2]> {
    let [width, height] = texture.size().map(|side| side as f32);
    // the nearest edge of texels, if it is one but for what real numbers lose
    let edge = |part: f32, side: f32| {
        let texels = part * side;
        ((texels - texels.round()).abs() < 1.0 / 64.0).then(|| texels.round() as i64)
    };
    if !(a.is_whole() && b.is_whole() && c.is_whole()) {
        return None;
    }
    let (left, top) = (edge(first.uv.x, width)?, edge(first.uv.y, height)?);
    let is_as_wide = edge(right.uv.x, width)? - left == (b.x - a.x) / 256;
    let is_as_high = edge(below.uv.y, height)? - top == (c.y - a.y) / 256;
    (is_as_wide && is_as_high && b.x > a.x && c.y > a.y).then_some([left - a.x / 256, top - a.y / 256])
}

/// Alpha, red, green and blue as real numbers.
fn parts(colour: Packed) -> [f32; 4] {
    colour.to_be_bytes().map(f32::from)
}

#[inline(always)]
fn joined(parts: [f32; 4]) -> Packed {
    let byte = |part: f32| (part + 0.5).clamp(0.0, 255.0) as u32;
    (byte(parts[0]) << 24) | (byte(parts[1]) << 16) | (byte(parts[2]) << 8) | byte(parts[3])
}

/// Values that change evenly over a triangle.
struct Slope<const N: usize> {
    /// At the middle of the pixel at the upper left of the window.
    start: [f64; N],
    across: [f32; N],
    down: [f64; N],
}

impl<const N: usize> Slope<N> {
    /// `None` for a triangle without an inside.
    fn of(corners: [Corner; 3], values: [[f32; N]; 3]) -> Option<Self> {
        let twice = doubled(corners);
        if twice == 0 {
            return None;
        }
        let pixels = |parts: i64| parts as f64 / 256.0;
        let area = twice as f64 / 65536.0;
        let [a, b, c] = corners;
        let (bx, by, cx, cy) = (pixels(b.x - a.x), pixels(b.y - a.y), pixels(c.x - a.x), pixels(c.y - a.y));
        let [va, vb, vc] = values;
        let (mut start, mut across, mut down) = ([0.0; N], [0.0; N], [0.0; N]);
        for at in 0..N {
            let of = |values: &[f32; N]| f64::from(values.get(at).copied().unwrap_or_default());
            let (here, db, dc) = (of(&va), of(&vb) - of(&va), of(&vc) - of(&va));
            let (x, y) = ((db * cy - dc * by) / area, (dc * bx - db * cx) / area);
            if let (Some(start), Some(across), Some(down)) = (start.get_mut(at), across.get_mut(at), down.get_mut(at)) {
                *start = here + x * (0.5 - pixels(a.x)) + y * (0.5 - pixels(a.y));
                *across = x as f32;
                *down = y;
            }
        }
        Some(Self { start, across, down })
    }

    /// The values in the middle of a pixel.
    #[inline(always)]
    fn at(&self, column: u32, row: u32) -> [f32; N] {
        std::array::from_fn(|at| {
            let of = |values: &[f64; N]| values.get(at).copied().unwrap_or_default();
            let across = f64::from(self.across.get(at).copied().unwrap_or_default());
            (of(&self.start) + across * f64::from(column) + of(&self.down) * f64::from(row)) as f32
        })
    }

    /// On to the next pixel of the row.
    #[inline(always)]
    fn step(&self, values: &mut [f32; N]) {
        values.iter_mut().zip(self.across).for_each(|(value, by)| *value += by);
    }

    /// Whether a step goes over more than one texel.
    fn is_beyond_one(&self, texels: [f32; N]) -> bool {
        let long = |steps: &mut dyn Iterator<Item = f32>| steps.map(|step| step * step).sum::<f32>() > 1.001;
        long(&mut self.across.iter().zip(texels).map(|(step, side)| step * side))
            || long(&mut self.down.iter().zip(texels).map(|(step, side)| *step as f32 * side))
    }
}
