//! Assets: icon and tag; a ghosted card in each further zone that one reaches into.

use super::super::icons::Icon;
use super::super::shape::{Shape, Stroke, centred_text, rounded_outline};
use super::figure::Figure;
use super::*;
use crate::model::{Asset, AssetId, Known, Point, ZoneId};
use crate::text::Face;

/// The colours of a card under an overlay that tells of assets.
struct Card {
    ink: Color,
    ground: Option<Color>,
    /// A short text in the corner, with its ground and ink.
    corner: Option<(String, (Color, Color))>,
}

fn card(context: &Context, id: AssetId, asset: &Asset) -> Card {
    let palette = context.look.palette;
    let plain = Card { ink: palette.icon, ground: None, corner: None };
    let of_figure = |figure: Figure| Card {
        ink: palette.icon,
        ground: Some(palette.canvas.mixed(figure.colors.0, 0.5)),
        corner: Some((figure.text, figure.colors)),
    };
    match context.look.view.overlay {
        Overlay::Lifecycle => match asset.supported {
            Known::No => Card {
                ink: palette.error,
                ground: Some(palette.error_soft),
                corner: Some(("!".to_owned(), (palette.error, palette.error_soft))),
            },
            Known::Unknown => Card {
                ink: palette.hint,
                ground: None,
                corner: Some(("?".to_owned(), (palette.hint_soft, palette.hint))),
            },
            Known::Yes => plain,
        },
        Overlay::Findings => context.figures().findings(id.into()).map_or(plain, |figure| {
            let card = of_figure(figure);
            if context.look.marks_tell() { Card { corner: None, ..card } } else { card }
        }),
        Overlay::Ownership if asset.owner.is_empty() => plain,
        Overlay::Ownership => {
            let figure = context.figures().owner(&asset.owner);
            Card { corner: Some((figure.text, figure.colors)), ..plain }
        }
        _ if asset.supported == Known::No => {
            let corner = Some(("!".to_owned(), (palette.warning_soft, palette.warning)));
            Card { ink: palette.warning, ground: None, corner }
        }
        _ => plain,
    }
}

/// An asset in its cell, near and from afar.
pub(super) fn elements(context: &Context, id: AssetId, asset: &Asset, cell: Rect) -> Vec<Element> {
    let icon = Icon::of_type(&asset.kind);
    let card = card(context, id, asset);
    let ground = card.ground.map(|fill| Shape::filled(cell.grown(-2.0), 5.0, fill));
    let mut far: Vec<Shape> = ground.iter().cloned().collect();
    far.push(icon.shape(far_frame(cell), card.ink));
    let mut near: Vec<Shape> = ground.into_iter().collect();
    near.push(icon.shape(near_frame(cell), card.ink));
    if let Some((text, (fill, ink))) = card.corner {
        let size = context.look.text(9.0);
        let width = (Face::SemiBold.width(&text, size) + 5.0).max(size + 3.0);
        let middle = Point::new(near_frame(cell).right() + 4.0, near_frame(cell).y + 3.0);
        let frame = Rect::new(middle.x - width / 2.0, middle.y - size * 0.65, width, size * 1.3);
        let stroke = Some(Stroke::solid(1.0, ink));
        near.push(Shape::Rect { frame, radius: size * 0.65, fill: Some(fill), stroke });
        near.push(centred_text(middle, text, Face::SemiBold, size, ink));
    }
    near.push(tag(context, &asset.tag, cell, context.look.palette.text));
    vec![
        Element::new(Some(id.into()), cell, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), cell, near).above_zoom(READABLE),
    ]
}

fn near_frame(cell: Rect) -> Rect {
    Rect::new(cell.center().x - ASSET_ICON / 2.0, cell.y + 5.0, ASSET_ICON, ASSET_ICON)
}

fn far_frame(cell: Rect) -> Rect {
    let side = ASSET_ICON * FAR * 0.9;
    Rect::new(cell.center().x - side / 2.0, cell.center().y - side / 2.0, side, side)
}

fn tag(context: &Context, text: &str, cell: Rect, color: Color) -> Shape {
    let size = context.look.text(SMALL_TEXT);
    let text = Face::Regular.shortened(text, size, ASSET_WIDTH - 4.0);
    let below = Point::new(cell.center().x, near_frame(cell).bottom() + 5.0 + size * 0.55);
    centred_text(below, text, Face::Regular, size, color)
}

/// How many more assets a zone holds than it has room to show.
pub(super) fn more(context: &Context, zone: ZoneId, cell: Rect, more: usize) -> Vec<Element> {
    let shape = centred_text(cell.center(), format!("+{more}"), Face::SemiBold, 16.0, context.look.palette.text_weak);
    vec![Element::new(Some(zone.into()), cell, vec![shape]).above_zoom(ASSETS_FROM)]
}

/// The card of a dual-homed asset in a further zone: the same icon, paler, in a dotted
/// frame, and where the asset stands.
pub(super) fn ghost(context: &Context, id: AssetId, asset: &Asset, cell: Rect) -> Vec<Element> {
    let palette = context.look.palette;
    let ink = palette.icon.mixed(palette.canvas, 0.35);
    let frame = cell.grown(-3.0);
    let stroke = Stroke::dashed(context.look.line(1.25), palette.conduit_weak, 3.0);
    let edge = Shape::Line { points: rounded_outline(frame, 6.0), stroke };
    let icon = Icon::of_type(&asset.kind);
    let home = asset.zone.map_or("", |zone| context.project.target_tag(zone.into()));
    let size = context.look.text(9.0);
    let also = Face::Regular.shortened(&format!("also in {home}"), size, ASSET_WIDTH - 10.0);
    let small = Rect::new(cell.center().x - 11.0, cell.y + 6.0, 22.0, 22.0);
    let mut name = tag(context, &asset.tag, cell, palette.text);
    if let Shape::Text { at, .. } = &mut name {
        at.y = cell.y + 40.0;
    }
    let below = Point::new(cell.center().x, cell.y + 50.0);
    let near =
        vec![edge.clone(), icon.shape(small, ink), name, centred_text(below, also, Face::Regular, size, palette.text)];
    let far = vec![edge, icon.shape(far_frame(cell).grown(-4.0), ink)];
    vec![
        Element::new(Some(id.into()), cell, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), cell, near).above_zoom(READABLE),
    ]
}

/// A dashed line from a dual-homed asset to its card in each further zone, or to the
/// edge of a zone that has no room for it.
pub(super) fn home_lines(context: &Context, id: AssetId, asset: &Asset, places: &AssetPlaces) -> Vec<Element> {
    let color = context.look.palette.conduit_weak;
    let Some(&cell) = places.cells.get(&id) else { return Vec::new() };
    let from = near_frame(cell).center();
    let mut elements = Vec::new();
    for &zone in &asset.other_zones {
        let Some(frame) = context.project.zones.get(zone).map(|it| it.frame) else { continue };
        let (line, foot) = match places.ghosts.get(&(id, zone)) {
            Some(ghost) => (between_cards(from, cell, *ghost), None),
            None => {
                let to = Point::new(from.x.clamp(frame.x, frame.right()), from.y.clamp(frame.y, frame.bottom()));
                let out = ASSET_ICON / 2.0 + 3.0;
                let up = if to.y < from.y { -out } else { out };
                let line = vec![from.offset(0.0, up), Point::new(from.x, to.y), to];
                (line, Some(Rect::new(to.x - 4.0, to.y - 4.0, 8.0, 8.0)))
            }
        };
        let bounds = super::super::shape::bounds_of(&line).grown(4.0);
        let stroke = Stroke::dashed(context.look.line(1.5), color, 4.0);
        let mut shapes = vec![Shape::Line { points: line, stroke }];
        shapes.extend(foot.map(|it| Shape::filled(it, 2.0, color)));
        elements.push(Element::new(Some(id.into()), bounds, shapes).above_zoom(ASSETS_FROM));
    }
    elements
}

/// From the icon up between the rows of cards, along there, and between the columns to
/// the other card, so that the line crosses no icon.
fn between_cards(from: Point, cell: Rect, ghost: Rect) -> Vec<Point> {
    let lane = cell.y + 1.5;
    let start = vec![Point::new(from.x, from.y - ASSET_ICON / 2.0 - 1.0), Point::new(from.x, lane)];
    let end = if (ghost.y - cell.y).abs() < 1.0 {
        let x = ghost.center().x;
        vec![Point::new(x, lane), Point::new(x, ghost.y + 4.0)]
    } else {
        let (x, edge) =
            if ghost.center().x >= from.x { (ghost.x, ghost.x + 4.0) } else { (ghost.right(), ghost.right() - 4.0) };
        let y = ghost.y + 16.0;
        vec![Point::new(x, lane), Point::new(x, y), Point::new(edge, y)]
    };
    start.into_iter().chain(end).collect()
}
