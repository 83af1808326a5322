//! Icons of asset types as shapes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::palette::Color;
use super::shape::{Shape, Stroke};
use crate::catalogue::embedded;
use crate::model::{Point, Rect};

/// The side of the grid that icons are drawn on.
const GRID: f32 = 24.0;

#[derive(Deserialize)]
struct Drawn {
    types: Vec<String>,
    strokes: Vec<IconStroke>,
}

#[derive(Clone, Deserialize)]
enum IconStroke {
    Line(Vec<(f32, f32)>),
    Closed(Vec<(f32, f32)>),
    Rect(f32, f32, f32, f32, f32),
    Circle(f32, f32, f32),
    Dot(f32, f32, f32),
    Arc(f32, f32, f32, f32, f32, f32),
}

/// Icons in the order of the file, then signs, then the plain box.
static ICONS: LazyLock<Icons> = LazyLock::new(|| {
    let mut icons = Icons { by_name: BTreeMap::new(), strokes: Vec::new() };
    icons.add(embedded(include_str!("../../assets/icons.ron")), |name| name);
    icons.add(embedded(include_str!("../../assets/signs.ron")), |name| format!("sign {name}"));
    icons.strokes.push(vec![IconStroke::Rect(4.0, 4.0, 16.0, 16.0, 2.0)]);
    icons
});

struct Icons {
    by_name: BTreeMap<String, Icon>,
    strokes: Vec<Vec<IconStroke>>,
}

impl Icons {
    fn add(&mut self, drawn: Vec<Drawn>, named: impl Fn(String) -> String) {
        for Drawn { types, strokes } in drawn {
            let icon = Icon(self.strokes.len() as u16);
            self.strokes.push(strokes);
            self.by_name.extend(types.into_iter().map(|name| (named(name), icon)));
        }
    }
}

/// An icon of an asset type, or a sign of the notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icon(u16);

impl Icon {
    /// The icon of an asset type; a plain box for a type without one.
    pub fn of_type(kind: &str) -> Self {
        ICONS.by_name.get(kind).copied().unwrap_or_else(Self::plain)
    }

    /// A sign of the notation, such as "lock".
    pub fn sign(name: &str) -> Self {
        Self::of_type(&format!("sign {name}"))
    }

    fn plain() -> Self {
        Self(ICONS.strokes.len().saturating_sub(1) as u16)
    }

    /// How many icons there are; their [places](Self::place) are below this.
    pub fn count() -> usize {
        ICONS.strokes.len()
    }

    /// Its place among all icons.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    /// Every icon, in the order of their places.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::count()).map(|place| Self(place as u16))
    }

    /// It as one shape in a square frame.
    pub fn shape(self, frame: Rect, color: Color) -> Shape {
        Shape::Icon { icon: self, frame, color }
    }

    /// Its strokes in a square frame.
    pub fn strokes(self, frame: Rect, color: Color) -> Vec<Shape> {
        let scale = frame.width / GRID;
        let stroke = Stroke::solid(1.5 * scale, color);
        let at = |(x, y): (f32, f32)| Point::new(frame.x + x * scale, frame.y + y * scale);
        let shape = |icon_stroke: &IconStroke| match icon_stroke {
            IconStroke::Line(points) => Shape::Line { points: points.iter().copied().map(at).collect(), stroke },
            IconStroke::Closed(points) => {
                let closed = points.iter().chain(points.first()).copied().map(at).collect();
                Shape::Line { points: closed, stroke }
            }
            &IconStroke::Rect(x, y, width, height, radius) => {
                let corner = at((x, y));
                let frame = Rect::new(corner.x, corner.y, width * scale, height * scale);
                Shape::Rect { frame, radius: radius * scale, fill: None, stroke: Some(stroke) }
            }
            &IconStroke::Circle(x, y, radius) => {
                Shape::Circle { center: at((x, y)), radius: radius * scale, fill: None, stroke: Some(stroke) }
            }
            &IconStroke::Dot(x, y, radius) => {
                Shape::Circle { center: at((x, y)), radius: radius * scale, fill: Some(color), stroke: None }
            }
            &IconStroke::Arc(x, y, radius_x, radius_y, from, to) => {
                const STEPS: u8 = 24;
                let point = |step: u8| {
                    let angle = (from + (to - from) * f32::from(step) / f32::from(STEPS)).to_radians();
                    at((x + radius_x * angle.cos(), y + radius_y * angle.sin()))
                };
                Shape::Line { points: (0..=STEPS).map(point).collect(), stroke }
            }
        };
        ICONS.strokes.get(self.place()).into_iter().flatten().map(shape).collect()
    }
}

/// The icon of an asset type in a square frame, as strokes; a plain box for a type without one.
pub fn icon(kind: &str, frame: Rect, color: Color) -> Vec<Shape> {
    Icon::of_type(kind).strokes(frame, color)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_asset_type_has_an_icon_of_its_own_kind() {
        for kind in Catalogue::embedded().asset_types() {
            assert!(ICONS.by_name.contains_key(&kind.id), "{}", kind.id);
        }
        let types = ICONS.by_name.iter().filter(|(name, _)| !name.starts_with("sign "));
        let icons: std::collections::BTreeSet<Icon> = types.clone().map(|(_, &icon)| icon).collect();
        assert_eq!(types.count(), Catalogue::embedded().asset_types().len(), "no icon without a type");
        assert_eq!(icons.len(), Catalogue::embedded().asset_types().len(), "no two types share an icon");
    }

    #[test]
    fn icons_stay_in_their_frame() {
        let frame = Rect::new(100.0, 100.0, 24.0, 24.0);
        for (kind, icon) in &ICONS.by_name {
            for shape in icon.strokes(frame, Color::rgb(0, 0, 0)) {
                assert!(frame.encloses(&shape.bounds()), "{kind}: {shape:?}");
            }
        }
    }
}
