//! Pictures of single things as SVG: the icon of an asset type, the legend.

use crate::drawing::icons::icon;
use crate::drawing::metrics::ASSET_ICON;
use crate::drawing::palette::Palette;
use crate::drawing::scene::Scene;
use crate::drawing::shape::Shape;
use crate::drawing::{Picture, to_svg};
use crate::model::{NoteId, Rect};

/// The icon of an asset type.
pub(super) fn icon_of(kind: &str) -> String {
    let frame = Rect::new(0.0, 0.0, ASSET_ICON, ASSET_ICON);
    svg(frame, icon(kind, frame, Palette::light().icon))
}

/// A note as the scene draws it.
pub(super) fn note(scene: &Scene, id: NoteId, frame: Rect) -> String {
    let drawn = scene.elements.iter().filter(|it| it.subject == Some(id.into()));
    let shapes = drawn.flat_map(|it| it.shapes.iter().map(|shape| shape.transformed(1.0, -frame.x, -frame.y)));
    svg(Rect { x: 0.0, y: 0.0, ..frame }, shapes.collect())
}

/// Shapes alone: neither ground nor title, for they stand on something that has both.
fn svg(frame: Rect, shapes: Vec<Shape>) -> String {
    let ground = Palette::light().canvas;
    let picture = Picture {
        width: frame.width,
        height: frame.height,
        ground,
        title: String::new(),
        shapes,
        core: Rect::default(),
        whole: Vec::new(),
    };
    let svg = to_svg(&picture);
    svg.lines().filter(|line| !line.starts_with("<title>") && !line.starts_with("<rect width=")).collect()
}
