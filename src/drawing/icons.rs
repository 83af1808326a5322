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
struct Icon {
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

static ICONS: LazyLock<BTreeMap<String, Vec<IconStroke>>> = LazyLock::new(|| {
    let icons: Vec<Icon> = embedded(include_str!("../../assets/icons.ron"));
    icons.into_iter().flat_map(|icon| icon.types.into_iter().map(move |kind| (kind, icon.strokes.clone()))).collect()
});

/// The icon of an asset type in a square frame; a plain box for a type without one.
pub fn icon(kind: &str, frame: Rect, color: Color) -> Vec<Shape> {
    let scale = frame.width / GRID;
    let stroke = Stroke::solid(1.5 * scale, color);
    let at = |(x, y): (f32, f32)| Point::new(frame.x + x * scale, frame.y + y * scale);
    let unknown = [IconStroke::Rect(4.0, 4.0, 16.0, 16.0, 2.0)];
    let strokes = ICONS.get(kind).map_or(&unknown[..], Vec::as_slice);
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
    strokes.iter().map(shape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_asset_type_has_an_icon_of_its_own_kind() {
        for kind in Catalogue::embedded().asset_types() {
            assert!(ICONS.contains_key(&kind.id), "{}", kind.id);
        }
        assert_eq!(ICONS.len(), Catalogue::embedded().asset_types().len());
    }

    #[test]
    fn icons_stay_in_their_frame() {
        let frame = Rect::new(100.0, 100.0, 24.0, 24.0);
        for kind in ICONS.keys() {
            for shape in icon(kind, frame, Color::rgb(0, 0, 0)) {
                if let Shape::Line { points, .. } = shape {
                    assert!(points.iter().all(|&it| frame.contains(it)), "{kind}: {points:?}");
                }
            }
        }
    }
}
