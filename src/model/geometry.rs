//! Points and rectangles of the drawing, in canvas units (one unit is a pixel at zoom 1).

use serde::{Deserialize, Serialize};

/// How far the canvas reaches from its middle, and how wide or high a thing on it is at most:
/// a hundred times as far as a large plant. Beyond it places are known too coarsely to draw.
pub const CANVAS: f32 = 1e7;

/// A place in the drawing; x to the right, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// A place.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// This place moved.
    pub fn offset(self, dx: f32, dy: f32) -> Self {
        Self { x: self.x + dx, y: self.y + dy }
    }

    /// Whether it lies on the canvas.
    pub fn is_drawable(self) -> bool {
        [self.x, self.y].iter().all(|number| number.abs() < CANVAS)
    }
}

/// An upright rectangle by its upper left corner and size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width, never negative.
    pub width: f32,
    /// Height, never negative.
    pub height: f32,
}

impl Rect {
    /// A rectangle by corner and size.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The rectangle between two opposite corners, in any order.
    pub fn between(a: Point, b: Point) -> Self {
        Self { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
    }

    /// Right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// Its middle.
    pub fn center(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Upper left corner.
    pub fn corner(&self) -> Point {
        Point::new(self.x, self.y)
    }

    /// Whether the place lies in it or on its edge.
    pub fn contains(&self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// Whether the other lies wholly in it.
    pub fn encloses(&self, other: &Self) -> bool {
        self.x <= other.x && self.y <= other.y && self.right() >= other.right() && self.bottom() >= other.bottom()
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// This rectangle moved.
    pub fn offset(&self, dx: f32, dy: f32) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..*self }
    }

    /// This rectangle grown by a margin on each side; a negative margin shrinks it.
    pub fn grown(&self, margin: f32) -> Self {
        Self {
            x: self.x - margin,
            y: self.y - margin,
            width: (self.width + 2.0 * margin).max(0.0),
            height: (self.height + 2.0 * margin).max(0.0),
        }
    }

    /// The smallest rectangle around both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, width: self.right().max(other.right()) - x, height: self.bottom().max(other.bottom()) - y }
    }

    /// Whether it has a usable size and place: on the canvas, nothing negative or empty.
    pub fn is_drawable(&self) -> bool {
        self.corner().is_drawable()
            && Point::new(self.width, self.height).is_drawable()
            && self.width > 0.0
            && self.height > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_between_corners_does_not_care_which_came_first() {
        let (a, b) = (Point::new(30.0, 5.0), Point::new(10.0, 25.0));
        assert_eq!(Rect::between(a, b), Rect::new(10.0, 5.0, 20.0, 20.0));
        assert_eq!(Rect::between(a, b), Rect::between(b, a));
    }

    #[test]
    fn a_shared_edge_is_no_overlap() {
        let left = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(!left.overlaps(&left.offset(10.0, 0.0)));
        assert!(left.overlaps(&left.offset(9.0, 0.0)));
    }
}
