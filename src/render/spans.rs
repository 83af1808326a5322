//! Which pixels a triangle covers: those whose centre lies in it, as graphics cards have it.
//!
//! Corners lie on a grid of 256 parts of a pixel. A centre on a side belongs to the triangle on its
//! right or below, so that triangles with a common side cover each pixel once.

use egui::Pos2;

use super::area::Area;

/// Parts of a pixel.
const PARTS: i64 = 256;
/// From the edge of a pixel to its centre.
const HALF: i64 = PARTS / 2;
/// How far from the window a corner may be, in pixels; what is farther is drawn from there.
const FAR: f64 = (1_u32 << 21) as f64;

/// A place in parts of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Corner {
    pub x: i64,
    pub y: i64,
}

impl Corner {
    /// The place of a vertex; what is no number is at 0.
    #[inline]
    pub(super) fn of(pos: Pos2, pixels_per_point: f32) -> Self {
        let parts = |points: f32| {
            let pixels = f64::from(points * pixels_per_point).clamp(-FAR, FAR);
            // above 0, where cutting off rounds down
            ((pixels + 2.0 * FAR) * PARTS as f64 + 0.5) as i64 - 2 * (FAR as i64) * PARTS
        };
        if pos.x.is_finite() && pos.y.is_finite() { Self { x: parts(pos.x), y: parts(pos.y) } } else { Self::default() }
    }

    /// Whether it lies on the corner of a pixel.
    pub(super) fn is_whole(self) -> bool {
        self.x % PARTS == 0 && self.y % PARTS == 0
    }
}

/// The first pixel whose centre is not before this place.
#[inline]
fn from(place: i64) -> i64 {
    -((HALF - place).div_euclid(PARTS))
}

/// The pixels whose centres lie between places, the end not counted; `None` where there is none.
#[inline]
pub(super) fn bounds(corners: &[Corner], within: Area) -> Option<Area> {
    let (mut low, mut high) = (*corners.first()?, *corners.first()?);
    for corner in corners {
        low = Corner { x: low.x.min(corner.x), y: low.y.min(corner.y) };
        high = Corner { x: high.x.max(corner.x), y: high.y.max(corner.y) };
    }
    let cut = |place: i64, low: u32, high: u32| from(place).clamp(i64::from(low), i64::from(high.max(low))) as u32;
    let area = Area {
        left: cut(low.x, within.left, within.right),
        top: cut(low.y, within.top, within.bottom),
        right: cut(high.x, within.left, within.right),
        bottom: cut(high.y, within.top, within.bottom),
    };
    (!area.is_empty()).then_some(area)
}

/// A side of a triangle, followed down the rows: the first or the last column inside it.
struct Side {
    /// The column in this row, rounded down.
    column: i64,
    rest: i64,
    step: i64,
    step_rest: i64,
    over: i64,
    is_left: bool,
}

impl Side {
    /// `None` for a level side, which the choice of rows has seen to.
    fn between(start: Corner, end: Corner, row: i64) -> Option<Self> {
        let (dx, dy) = (end.x - start.x, end.y - start.y);
        if dy == 0 {
            return None;
        }
        let is_left = dy < 0;
        // inside is where dx * (y - start.y) - dy * (x - start.x) is above 0, or 0 on a left side
        let reach = dx * (row * PARTS + HALF - start.y) - i64::from(!is_left);
        let over = PARTS * dy.abs();
        let along = (HALF - start.x) * dy.abs();
        let (value, step) = if is_left { (reach + along, dx * PARTS) } else { (reach - along, dx * PARTS) };
        Some(Self {
            column: value.div_euclid(over),
            rest: value.rem_euclid(over),
            step: step.div_euclid(over),
            step_rest: step.rem_euclid(over),
            over,
            is_left,
        })
    }

    #[inline(always)]
    fn next_row(&mut self) {
        self.column += self.step;
        self.rest += self.step_rest;
        if self.rest >= self.over {
            self.rest -= self.over;
            self.column += 1;
        }
    }
}

/// Twice the area of a triangle, in parts of pixels; above 0 where its corners go around as a clock does.
pub(super) fn doubled([a, b, c]: [Corner; 3]) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Tells each row of a triangle within an area: the row, its first column, and the one after its last.
#[inline]
pub(super) fn each_row(corners: [Corner; 3], within: Area, mut tell: impl FnMut(u32, u32, u32)) {
    let Some(area) = bounds(&corners, within) else { return };
    let [a, mut b, mut c] = corners;
    match doubled(corners) {
        0 => return,
        turned if turned < 0 => std::mem::swap(&mut b, &mut c),
        _ => {}
    }
    let first = i64::from(area.top);
    let mut sides = [Side::between(a, b, first), Side::between(b, c, first), Side::between(c, a, first)];
    for row in area.top..area.bottom {
        let (mut left, mut right) = (i64::from(area.left), i64::from(area.right));
        for side in sides.iter_mut().flatten() {
            if side.is_left {
                left = left.max(-side.column);
            } else {
                right = right.min(side.column + 1);
            }
            side.next_row();
        }
        if left < right {
            tell(row, left as u32, right as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHIN: Area = Area { left: 0, top: 0, right: 24, bottom: 24 };

    fn corner(x: f32, y: f32) -> Corner {
        Corner::of(Pos2::new(x, y), 1.0)
    }

    fn counted(triangles: &[[Corner; 3]]) -> Vec<u32> {
        let mut times = vec![0; 24 * 24];
        for &triangle in triangles {
            each_row(triangle, WITHIN, |row, from, to| {
                (from..to).for_each(|column| times[(row * 24 + column) as usize] += 1);
            });
        }
        times
    }

    /// Each centre, asked of each side.
    fn asked(corners: [Corner; 3]) -> Vec<u32> {
        let [a, mut b, mut c] = corners;
        if doubled(corners) < 0 {
            std::mem::swap(&mut b, &mut c);
        }
        let inside = |x: i64, y: i64| {
            doubled(corners) != 0
                && [(a, b), (b, c), (c, a)].iter().all(|(from, to)| {
                    let (dx, dy) = (to.x - from.x, to.y - from.y);
                    let value = dx * (y - from.y) - dy * (x - from.x);
                    value > 0 || (value == 0 && (dy < 0 || (dy == 0 && dx > 0)))
                })
        };
        (0..24 * 24).map(|at| u32::from(inside(at % 24 * PARTS + HALF, at / 24 * PARTS + HALF))).collect()
    }

    #[test]
    fn rows_hold_the_pixels_whose_centres_are_inside() {
        let mut random = fastrand::Rng::with_seed(8);
        for turn in 0..20_000 {
            // halves meet centres and corners often, parts of a pixel lie anywhere
            let mut place = || match turn % 3 {
                0 => random.i32(-8..56) as f32 / 2.0,
                1 => random.f32() * 30.0 - 3.0,
                _ => random.f32() * 3.0 + 8.0,
            };
            let corners = [corner(place(), place()), corner(place(), place()), corner(place(), place())];
            assert_eq!(counted(&[corners]), asked(corners), "{corners:?}");
        }
    }

    #[test]
    fn triangles_around_a_point_cover_each_pixel_once() {
        let mut random = fastrand::Rng::with_seed(9);
        for _ in 0..2_000 {
            let middle = corner(random.f32() * 24.0, random.f32() * 24.0);
            let around = [corner(0.0, 0.0), corner(24.0, 0.0), corner(24.0, 24.0), corner(0.0, 24.0)];
            let fan: Vec<_> = (0..4).map(|at| [around[at], around[(at + 1) % 4], middle]).collect();
            assert_eq!(counted(&fan), vec![1; 24 * 24], "{middle:?}");
        }
    }

    #[test]
    fn corners_far_away_or_nowhere_do_no_harm() {
        let far = [corner(-1.0e30, 3.0), corner(1.0e30, 3.0), corner(f32::MAX, f32::MAX)];
        each_row(far, WITHIN, |row, from, to| assert!(row < 24 && from < to && to <= 24));
        assert_eq!(corner(f32::NAN, 5.0), Corner::default());
        let half = [corner(-2.0e6, -2.0e6), corner(2.0e6, -2.0e6), corner(-2.0e6, 2.0e6)];
        assert_eq!(counted(&[half]).iter().filter(|&&times| times == 1).count(), 0);
    }

    #[test]
    fn a_place_is_rounded_to_parts_of_a_pixel() {
        assert_eq!(Corner::of(Pos2::new(10.0, -0.5), 1.5), Corner { x: 15 * 256, y: -192 });
        assert!(Corner::of(Pos2::new(2.0, -6.0), 1.5).is_whole());
        assert!(!Corner::of(Pos2::new(2.0, 1.0), 1.25).is_whole());
    }
}
