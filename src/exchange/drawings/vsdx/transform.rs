//! Where a shape's own places lie on its page.

use super::sheet::Sheet;
use crate::model::{Point, Rect};

/// Pixels for an inch.
const PIXELS: f64 = 96.0;

/// An affine map of inches: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Transform {
    /// From a page's inches, y up, to pixels from its upper left corner.
    pub fn of_page(height: f64, scale: f64) -> Self {
        let pixels = PIXELS * scale;
        Self { a: pixels, b: 0.0, c: 0.0, d: -pixels, e: 0.0, f: height * pixels }
    }

    /// The map of a shape's own places, where this is that of what it lies in.
    pub fn of_shape(self, sheet: Sheet) -> Self {
        let number = |name| sheet.number(name).unwrap_or_default();
        let (sin, cos) = number("Angle").sin_cos();
        let (flip_x, flip_y) = (sign(sheet, "FlipX"), sign(sheet, "FlipY"));
        let (width, height) = size(sheet);
        let loc = |name, half: f64| sheet.number(name).unwrap_or(half);
        let (loc_x, loc_y) = (loc("LocPinX", width / 2.0), loc("LocPinY", height / 2.0));
        let (a, b, c, d) = (cos * flip_x, sin * flip_x, -sin * flip_y, cos * flip_y);
        let own =
            Self { a, b, c, d, e: number("PinX") - a * loc_x - c * loc_y, f: number("PinY") - b * loc_x - d * loc_y };
        self.after(own)
    }

    fn after(self, first: Self) -> Self {
        Self {
            a: self.a * first.a + self.c * first.b,
            b: self.b * first.a + self.d * first.b,
            c: self.a * first.c + self.c * first.d,
            d: self.b * first.c + self.d * first.d,
            e: self.a * first.e + self.c * first.f + self.e,
            f: self.b * first.e + self.d * first.f + self.f,
        }
    }

    /// Where a place lies on the page.
    pub fn point(self, x: f64, y: f64) -> Point {
        let along = |one: f64, next: f64, start: f64| (one * x + next * y + start) as f32;
        Point::new(along(self.a, self.c, self.e), along(self.b, self.d, self.f))
    }

    /// The upright rectangle around a shape with this map.
    pub fn frame(self, sheet: Sheet) -> Rect {
        let (width, height) = size(sheet);
        let diagonals = [(0.0, 0.0, width, height), (width, 0.0, 0.0, height)];
        let [one, next] = diagonals.map(|(x, y, to_x, to_y)| Rect::between(self.point(x, y), self.point(to_x, to_y)));
        one.union(&next)
    }

    /// The square around the circle whose quarter a curved panel shows.
    pub fn frame_of_quarter(self, sheet: Sheet) -> Rect {
        let (width, height) = size(sheet);
        let (center, edge) = (self.point(width, height), self.point(width, 0.0));
        let radius = (center.x - edge.x).hypot(center.y - edge.y);
        Rect::new(center.x, center.y, 0.0, 0.0).grown(radius)
    }
}

fn size(sheet: Sheet) -> (f64, f64) {
    (sheet.number("Width").unwrap_or_default(), sheet.number("Height").unwrap_or_default())
}

fn sign(sheet: Sheet, cell: &str) -> f64 {
    if sheet.is_set(cell) { -1.0 } else { 1.0 }
}
