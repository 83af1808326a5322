//! Assets: icon and tag; a line to each further zone that one reaches into.

use super::super::icons::icon;
use super::super::shape::{Shape, Stroke, centred_text};
use super::*;
use crate::model::{Asset, Known, Point};
use crate::text::Face;

pub(super) fn elements(context: &Context, places: &AssetPlaces) -> Vec<Element> {
    let palette = context.look.palette;
    let mut elements = Vec::new();
    for (id, asset) in context.project.assets.iter() {
        let Some(&cell) = places.cells.get(&id) else { continue };
        let color = if asset.supported == Known::No { palette.warning } else { palette.icon };
        let far = ASSET_ICON * FAR * 0.9;
        let large = Rect::new(cell.center().x - far / 2.0, cell.center().y - far / 2.0, far, far);
        let far = icon(&asset.kind, large, color);
        elements.push(Element::new(Some(id.into()), cell, far).above_zoom(ASSETS_FROM).below_zoom(READABLE));
        elements.push(Element::new(Some(id.into()), cell, near(context, asset, cell, color)).above_zoom(READABLE));
    }
    for (&zone, &(cell, more)) in &places.more {
        let text = format!("+{more}");
        let shape = centred_text(cell.center(), text, Face::SemiBold, 16.0, palette.text_weak);
        elements.push(Element::new(Some(zone.into()), cell, vec![shape]).above_zoom(ASSETS_FROM));
    }
    elements.sort_by_key(|it| it.subject);
    elements
}

/// Icon and tag, and a mark where the maker mends it no more.
fn near(context: &Context, asset: &Asset, cell: Rect, color: Color) -> Vec<Shape> {
    let palette = context.look.palette;
    let middle = cell.center().x;
    let picture = Rect::new(middle - ASSET_ICON / 2.0, cell.y + 5.0, ASSET_ICON, ASSET_ICON);
    let mut shapes = icon(&asset.kind, picture, color);
    if asset.supported == Known::No {
        let center = Point::new(picture.right() + 3.0, picture.y + 3.0);
        let stroke = Some(Stroke::solid(1.0, palette.warning));
        shapes.push(Shape::Circle { center, radius: 5.5, fill: Some(palette.warning_soft), stroke });
        shapes.push(centred_text(center, "!", Face::SemiBold, 9.0, palette.warning));
    }
    let tag = Face::Regular.shortened(&asset.tag, SMALL_TEXT, ASSET_WIDTH - 4.0);
    let below = Point::new(middle, picture.bottom() + 11.0);
    shapes.push(centred_text(below, tag, Face::Regular, SMALL_TEXT, palette.text));
    shapes
}

/// A dashed line from a dual-homed asset to the nearest edge of each further zone.
pub(super) fn second_homes(context: &Context, places: &AssetPlaces) -> Vec<Element> {
    let color = context.look.palette.conduit_weak;
    let mut elements = Vec::new();
    for (id, asset) in context.project.assets.iter() {
        let Some(&cell) = places.cells.get(&id) else { continue };
        for zone in asset.other_zones.iter().filter_map(|&zone| context.project.zones.get(zone)) {
            let from = Point::new(cell.center().x, cell.y + 5.0 + ASSET_ICON / 2.0);
            let frame = zone.frame;
            let to = Point::new(from.x.clamp(frame.x, frame.right()), from.y.clamp(frame.y, frame.bottom()));
            let corner = Point::new(from.x, to.y);
            let is_bent = (to.x - from.x).abs() > 1.0 && (to.y - from.y).abs() > 1.0;
            let points = if is_bent { vec![from, corner, to] } else { vec![from, to] };
            let foot = Rect::new(to.x - 4.0, to.y - 4.0, 8.0, 8.0);
            let shapes =
                vec![Shape::Line { points, stroke: Stroke::dashed(1.75, color, 4.0) }, Shape::filled(foot, 2.0, color)];
            let bounds = Rect::between(from, to).union(&foot);
            elements.push(Element::new(Some(id.into()), bounds, shapes).above_zoom(ASSETS_FROM));
        }
    }
    elements
}
