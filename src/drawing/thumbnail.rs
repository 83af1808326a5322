//! A drawing small enough for a card: what is left of it where nothing small can be read.

use jiff::civil::Date;

use super::icons::icon;
use super::metrics::ASSET_ICON;
use super::palette::Palette;
use super::scene::{Look, scene};
use super::shape::Shape;
use crate::analysis::analyse;
use crate::catalogue::Catalogue;
use crate::edit::Fragment;
use crate::model::{DiagramView, Layer, Point, Project, Rect};

/// Smaller words are left out, in points.
const LEGIBLE: f32 = 7.0;

/// Shapes in canvas units and what they cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thumbnail {
    /// The shapes from the back to the front.
    pub shapes: Vec<Shape>,
    /// What they cover.
    pub bounds: Rect,
}

impl Thumbnail {
    /// The drawing of a project as it looks in a card of this size.
    pub fn of_project(project: &Project, palette: &'static Palette, (width, height): (f32, f32)) -> Self {
        // neither bands nor words: at this size they are noise
        let hidden =
            [Layer::Bands, Layer::Flows, Layer::Levels, Layer::Findings, Layer::Perimeter, Layer::Sites, Layer::Notes];
        let view = DiagramView { hidden_layers: hidden.into(), ..DiagramView::default() };
        let analysis = analyse(project, Catalogue::embedded(), Date::constant(2000, 1, 1));
        let scene = scene(project, &analysis, &Look { palette, view });
        let bounds = scene.bounds;
        let zoom = (width / bounds.width.max(1.0)).min(height / bounds.height.max(1.0));
        let drawn = scene.elements.iter().filter(|it| it.is_drawn_at(zoom)).flat_map(|it| &it.shapes);
        let is_legible = |it: &&Shape| !matches!(it, Shape::Text { size, .. } if size * zoom < LEGIBLE);
        Self { shapes: drawn.filter(is_legible).cloned().collect(), bounds }
    }

    /// The drawing of a part; where it has no zone, its first assets as icons.
    pub fn of_part(part: &Fragment, palette: &'static Palette, size: (f32, f32)) -> Self {
        if part.zones.is_empty() {
            return Self::of_assets(part, palette);
        }
        let mut project = Project::default();
        let corner = part.bounds().map(|it| it.corner()).unwrap_or_default();
        match part.put(&project, corner, None).apply(&mut project) {
            Ok(()) => Self::of_project(&project, palette, size),
            Err(_) => Self::default(),
        }
    }

    fn of_assets(part: &Fragment, palette: &Palette) -> Self {
        let kinds: Vec<&str> = part.assets.values().map(|it| it.kind.as_str()).take(4).collect();
        let step = ASSET_ICON * 1.3;
        let place = |number: usize| Rect::new(number as f32 * step, 0.0, ASSET_ICON, ASSET_ICON);
        let shapes = kinds.iter().enumerate().flat_map(|(number, kind)| icon(kind, place(number), palette.icon));
        let bounds = Rect::new(0.0, 0.0, (kinds.len().max(1) - 1) as f32 * step + ASSET_ICON, ASSET_ICON);
        Self { shapes: shapes.collect(), bounds }
    }

    /// Where a point of the drawing lies in a frame that shows all of it, and how much smaller it is.
    pub fn fitted(&self, frame: Rect) -> (f32, impl Fn(Point) -> Point + use<>) {
        let bounds = self.bounds;
        let zoom = (frame.width / bounds.width.max(1.0)).min(frame.height / bounds.height.max(1.0)).min(1.0);
        let (middle, center) = (bounds.center(), frame.center());
        (zoom, move |at: Point| Point::new(center.x + (at.x - middle.x) * zoom, center.y + (at.y - middle.y) * zoom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssetId, Id};

    fn plant() -> Fixture {
        Fixture::new().zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 900.0, 400.0)).asset(
            "PLC-1",
            "plc",
            "Z-1",
            |_| (),
        )
    }

    #[test]
    fn a_card_shows_all_of_the_drawing() {
        let small = Thumbnail::of_project(&plant().project, Palette::light(), (200.0, 100.0));
        let frame = Rect::new(10.0, 10.0, 200.0, 100.0);
        let (zoom, place) = small.fitted(frame);
        assert!(zoom < 0.25);
        for corner in [small.bounds.corner(), Point::new(small.bounds.right(), small.bounds.bottom())] {
            assert!(frame.grown(0.5).contains(place(corner)));
        }
    }

    #[test]
    fn an_asset_alone_is_its_icon() {
        let part = Fragment::of(&plant().project, &[AssetId::derived_from("PLC-1").into()].into());
        let small = Thumbnail::of_part(&part, Palette::light(), (60.0, 40.0));
        assert!(!small.shapes.is_empty());
        assert_eq!((small.bounds.width, small.bounds.height), (ASSET_ICON, ASSET_ICON));
    }
}
