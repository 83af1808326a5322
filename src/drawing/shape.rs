//! The few shapes that every picture is made of. Each writer paints these and nothing else.

use super::icons::Icon;
use super::palette::Color;
use crate::model::{Point, Rect};
use crate::text::Face;

/// A shape of a picture. Lengths are in the picture's units.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An upright rectangle, with rounded corners where `radius` is more than 0.
    Rect {
        /// Where.
        frame: Rect,
        /// Radius of its corners.
        radius: f32,
        /// Its inside.
        fill: Option<Color>,
        /// Its edge, half in and half out.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Line {
        /// The points, two at least.
        points: Vec<Point>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled convex polygon.
    Polygon {
        /// Its corners.
        points: Vec<Point>,
        /// Its inside.
        fill: Color,
    },
    /// A circle.
    Circle {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f32,
        /// Its inside.
        fill: Option<Color>,
        /// Its edge, half in and half out.
        stroke: Option<Stroke>,
    },
    /// An icon or sign.
    Icon {
        /// Which one.
        icon: Icon,
        /// The square that it fills.
        frame: Rect,
        /// Its colour.
        color: Color,
    },
    /// A line of text.
    Text {
        /// Where its baseline begins, is centred or ends.
        at: Point,
        /// Which of these `at` is.
        anchor: Anchor,
        /// What it says.
        text: String,
        /// In which face.
        face: Face,
        /// How large.
        size: f32,
        /// In which colour.
        color: Color,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its width.
    pub width: f32,
    /// Its colour.
    pub color: Color,
    /// Dashes of this length with gaps as long; 0: unbroken.
    pub dash: f32,
    /// Each gap holds a dot.
    pub dots: bool,
}

impl Stroke {
    /// An unbroken line.
    pub const fn solid(width: f32, color: Color) -> Self {
        Self { width, color, dash: 0.0, dots: false }
    }

    /// A broken line.
    pub const fn dashed(width: f32, color: Color, dash: f32) -> Self {
        Self { width, color, dash, dots: false }
    }

    /// A line of dashes with a dot between.
    pub const fn dash_dotted(width: f32, color: Color, dash: f32) -> Self {
        Self { width, color, dash, dots: true }
    }

    /// Lengths drawn and left out by turns; empty for an unbroken line.
    pub fn pattern(&self) -> Vec<f32> {
        if self.dash <= 0.0 {
            Vec::new()
        } else if self.dots {
            let gap = ((self.dash - self.width) / 2.0).max(self.width);
            vec![self.dash, gap, self.width, gap]
        } else {
            vec![self.dash, self.dash]
        }
    }
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    /// How far left of its place a text of this width begins.
    pub fn offset(self, width: f32) -> f32 {
        match self {
            Self::Start => 0.0,
            Self::Middle => width / 2.0,
            Self::End => width,
        }
    }
}

impl Shape {
    /// A filled rectangle.
    pub fn filled(frame: Rect, radius: f32, fill: Color) -> Self {
        Self::Rect { frame, radius, fill: Some(fill), stroke: None }
    }

    /// A line between two points.
    pub fn segment(from: Point, to: Point, stroke: Stroke) -> Self {
        Self::Line { points: vec![from, to], stroke }
    }

    /// What it covers, as far as placing it needs to know.
    pub fn bounds(&self) -> Rect {
        let half = |stroke: &Option<Stroke>| stroke.map_or(0.0, |it| it.width / 2.0);
        match self {
            Self::Rect { frame, stroke, .. } => frame.grown(half(stroke)),
            Self::Line { points, stroke } => bounds_of(points).grown(stroke.width / 2.0),
            Self::Polygon { points, .. } => bounds_of(points),
            Self::Circle { center, radius, stroke, .. } => {
                Rect::new(center.x, center.y, 0.0, 0.0).grown(radius + half(stroke))
            }
            Self::Icon { frame, .. } => *frame,
            Self::Text { at, anchor, text, face, size, .. } => {
                let width = face.width(text, *size);
                Rect::new(at.x - anchor.offset(width), at.y - size, width, size * 1.25)
            }
        }
    }

    /// Moves it.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        match self {
            Self::Rect { frame, .. } | Self::Icon { frame, .. } => *frame = frame.offset(dx, dy),
            Self::Line { points, .. } | Self::Polygon { points, .. } => {
                points.iter_mut().for_each(|it| *it = it.offset(dx, dy));
            }
            Self::Circle { center: at, .. } | Self::Text { at, .. } => *at = at.offset(dx, dy),
        }
    }

    /// This shape scaled about the origin and then moved.
    #[must_use]
    pub fn transformed(&self, scale: f32, dx: f32, dy: f32) -> Self {
        let place = |it: Point| Point::new(it.x * scale + dx, it.y * scale + dy);
        let frame_of = |it: Rect| Rect::new(it.x * scale + dx, it.y * scale + dy, it.width * scale, it.height * scale);
        let line = |it: Stroke| Stroke { width: it.width * scale, dash: it.dash * scale, ..it };
        match self {
            Self::Rect { frame, radius, fill, stroke } => {
                Self::Rect { frame: frame_of(*frame), radius: radius * scale, fill: *fill, stroke: stroke.map(line) }
            }
            Self::Line { points, stroke } => {
                Self::Line { points: points.iter().map(|&it| place(it)).collect(), stroke: line(*stroke) }
            }
            Self::Polygon { points, fill } => {
                Self::Polygon { points: points.iter().map(|&it| place(it)).collect(), fill: *fill }
            }
            Self::Circle { center, radius, fill, stroke } => {
                Self::Circle { center: place(*center), radius: radius * scale, fill: *fill, stroke: stroke.map(line) }
            }
            Self::Icon { icon, frame, color } => Self::Icon { icon: *icon, frame: frame_of(*frame), color: *color },
            Self::Text { at, anchor, text, face, size, color } => Self::Text {
                at: place(*at),
                anchor: *anchor,
                text: text.clone(),
                face: *face,
                size: size * scale,
                color: *color,
            },
        }
    }
}

/// A line of text centred on a point in both directions, by the height of its capitals.
pub fn centred_text(center: Point, text: impl Into<String>, face: Face, size: f32, color: Color) -> Shape {
    let at = center.offset(0.0, size * Face::CAP_HEIGHT / 2.0);
    Shape::Text { at, anchor: Anchor::Middle, text: text.into(), face, size, color }
}

/// A chip: a rounded rectangle with a short text in its middle.
pub fn chip(frame: Rect, text: impl Into<String>, size: f32, (fill, ink): (Color, Color)) -> [Shape; 2] {
    [Shape::filled(frame, 3.0, fill), centred_text(frame.center(), text, Face::SemiBold, size, ink)]
}

/// The corners of a line rounded off, as points close together.
pub fn rounded(points: &[Point], radius: f32) -> Vec<Point> {
    const STEPS: u8 = 5;
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return Vec::new() };
    let mut smooth = vec![first];
    for corner in points.windows(3) {
        let &[before, at, after] = corner else { continue };
        let towards = |to: Point| {
            let length = (to.x - at.x).hypot(to.y - at.y);
            let reach = radius.min(length / 2.0) / length.max(f32::EPSILON);
            Point::new(at.x + (to.x - at.x) * reach, at.y + (to.y - at.y) * reach)
        };
        let (enter, leave) = (towards(before), towards(after));
        for step in 0..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let blend = |a: f32, b: f32, c: f32| (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            smooth.push(Point::new(blend(enter.x, at.x, leave.x), blend(enter.y, at.y, leave.y)));
        }
    }
    smooth.push(last);
    smooth
}

/// A closed line around corners, rounded off.
pub fn rounded_loop(corners: &[Point], radius: f32) -> Vec<Point> {
    let (Some(&first), Some(&last)) = (corners.first(), corners.last()) else { return Vec::new() };
    // begun in the middle of a side, so that each corner is rounded
    let middle = Point::new((last.x + first.x) / 2.0, (last.y + first.y) / 2.0);
    let mut points = vec![middle];
    points.extend(corners);
    points.push(middle);
    rounded(&points, radius)
}

/// The outline of a rectangle with rounded corners as a closed line.
pub fn rounded_outline(frame: Rect, radius: f32) -> Vec<Point> {
    let (right, bottom) = (frame.right(), frame.bottom());
    let corners = [frame.corner(), Point::new(right, frame.y), Point::new(right, bottom), Point::new(frame.x, bottom)];
    rounded_loop(&corners, radius)
}

/// Slanting lines over a rectangle, `gap` apart; rising to the right, or falling.
pub fn hatch(frame: Rect, gap: f32, is_rising: bool, stroke: Stroke) -> Vec<Shape> {
    let (width, height) = (frame.width, frame.height);
    let mut shapes = Vec::new();
    let mut offset = gap;
    while offset < width + height {
        // from the left or lower edge up to the right or upper one
        let start = Point::new((offset - height).max(0.0), offset.min(height));
        let end = Point::new(offset.min(width), (offset - width).max(0.0));
        let place = |it: Point| {
            let x = if is_rising { it.x } else { width - it.x };
            Point::new(frame.x + x, frame.y + it.y)
        };
        shapes.push(Shape::segment(place(start), place(end), stroke));
        offset += gap;
    }
    shapes
}

/// A line that turns about as a curve from one point to another, bulging to its left by `bulge`.
pub fn curve(from: Point, to: Point, bulge: f32) -> Vec<Point> {
    const STEPS: u8 = 12;
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(f32::EPSILON);
    let middle = Point::new((from.x + to.x) / 2.0 + dy / length * bulge, (from.y + to.y) / 2.0 - dx / length * bulge);
    let point = |step: u8| {
        let t = f32::from(step) / f32::from(STEPS);
        let blend = |a: f32, b: f32, c: f32| (1.0 - t).powi(2) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
        Point::new(blend(from.x, middle.x, to.x), blend(from.y, middle.y, to.y))
    };
    (0..=STEPS).map(point).collect()
}

/// The smallest rectangle around points; empty at the origin where there are none.
pub fn bounds_of(points: &[Point]) -> Rect {
    let Some(first) = points.first() else { return Rect::default() };
    let (mut left, mut top, mut right, mut bottom) = (first.x, first.y, first.x, first.y);
    for it in points {
        (left, right) = (left.min(it.x), right.max(it.x));
        (top, bottom) = (top.min(it.y), bottom.max(it.y));
    }
    Rect::new(left, top, right - left, bottom - top)
}

/// An arrowhead whose tip touches `tip`, coming from `from`.
pub fn arrowhead(from: Point, tip: Point, size: f32, fill: Color) -> Shape {
    let length = (tip.x - from.x).hypot(tip.y - from.y).max(f32::EPSILON);
    let (along_x, along_y) = ((tip.x - from.x) / length, (tip.y - from.y) / length);
    let base = Point::new(tip.x - along_x * size, tip.y - along_y * size);
    let half = size * 0.45;
    let points = vec![
        tip,
        Point::new(base.x - along_y * half, base.y + along_x * half),
        Point::new(base.x + along_y * half, base.y - along_x * half),
    ];
    Shape::Polygon { points, fill }
}
