//! Assets: icon and tag; a ghosted card in each further zone that one reaches into.

use super::super::icons::Icon;
use super::super::shape::{Shape, Stroke, centred_text, curve, rounded_outline};
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
    // from afar an icon that tells nothing gives way to the tag
    if asset.kind.is_empty() {
        far.extend(plate(context, &asset.tag, cell, card.ink));
    } else {
        far.push(icon.shape(far_frame(cell), card.ink));
    }
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
    let mut name = tag(context, &asset.tag, cell, context.look.palette.text);
    let further: Vec<ZoneId> = asset.other_zones.iter().copied().filter(|it| Some(*it) != asset.zone).collect();
    if !further.is_empty() {
        let edge = dotted(context, cell.grown(-3.0), 6.0);
        far.push(edge.clone());
        if let Shape::Text { at, .. } = &mut name {
            at.y = cell.y + 43.0;
        }
        near.extend([edge, also_in(context, &further, cell)]);
    }
    near.push(name);
    vec![
        Element::new(Some(id.into()), cell, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), cell, near).above_zoom(READABLE),
    ]
}

/// The tag of an asset of an unknown type on a box.
fn plate(context: &Context, text: &str, cell: Rect, ink: Color) -> [Shape; 2] {
    const TEXT: f32 = 17.0;
    let frame = Rect { height: TEXT * 1.8, ..cell.grown(-4.0) };
    let frame = frame.offset(0.0, cell.center().y - frame.center().y);
    let stroke = Some(Stroke::solid(context.look.line(1.5), ink));
    let text = Face::Regular.shortened(text, TEXT, frame.width - 6.0);
    [
        Shape::Rect { frame, radius: 4.0, fill: Some(context.look.palette.canvas), stroke },
        centred_text(frame.center(), text, Face::Regular, TEXT, context.look.palette.text),
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

/// A dotted frame around a card of a dual-homed asset.
fn dotted(context: &Context, frame: Rect, radius: f32) -> Shape {
    let stroke = Stroke::dashed(context.look.line(1.25), context.look.palette.conduit_weak, 3.0);
    Shape::Line { points: rounded_outline(frame, radius), stroke }
}

/// "also in Z-1", below the tag of a dual-homed asset.
fn also_in(context: &Context, zones: &[ZoneId], cell: Rect) -> Shape {
    let size = context.look.text(9.0);
    let tags: Vec<&str> = zones.iter().map(|zone| context.project.target_tag((*zone).into())).collect();
    let text = Face::Regular.shortened(&format!("also in {}", tags.join(", ")), size, ASSET_WIDTH - 10.0);
    let below = Point::new(cell.center().x, cell.y + 52.0);
    centred_text(below, text, Face::Regular, size, context.look.palette.text)
}

/// The card of a dual-homed asset in a further zone: the same icon, paler, in a dotted
/// frame, and where the asset stands.
pub(super) fn ghost(context: &Context, id: AssetId, asset: &Asset, cell: Rect) -> Vec<Element> {
    let palette = context.look.palette;
    let ink = palette.icon.mixed(palette.canvas, 0.35);
    if cell.height <= DOCK_HEIGHT {
        return docked(context, id, asset, cell, ink);
    }
    let edge = dotted(context, cell.grown(-3.0), 6.0);
    let icon = Icon::of_type(&asset.kind);
    let small = Rect::new(cell.center().x - 11.0, cell.y + 6.0, 22.0, 22.0);
    let mut name = tag(context, &asset.tag, cell, palette.text);
    if let Shape::Text { at, .. } = &mut name {
        at.y = cell.y + 41.0;
    }
    let home: Vec<ZoneId> = asset.zone.into_iter().collect();
    let near = vec![edge.clone(), icon.shape(small, ink), name, also_in(context, &home, cell)];
    let far = vec![edge, icon.shape(far_frame(cell).grown(-4.0), ink)];
    vec![
        Element::new(Some(id.into()), cell, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), cell, near).above_zoom(READABLE),
    ]
}

/// A dual-homed asset at the edge of a further zone that has no cell for it.
fn docked(context: &Context, id: AssetId, asset: &Asset, frame: Rect, ink: Color) -> Vec<Element> {
    let palette = context.look.palette;
    let ground = Shape::filled(frame, frame.height / 2.0, palette.canvas);
    let edge = dotted(context, frame, frame.height / 2.0);
    let icon = |side: f32, x: f32| {
        let middle = Point::new(x, frame.center().y);
        Icon::of_type(&asset.kind).shape(Rect::new(middle.x - side / 2.0, middle.y - side / 2.0, side, side), ink)
    };
    let size = context.look.text(9.0);
    let text = Face::Regular.shortened(&asset.tag, size, frame.width - 28.0);
    let words = Point::new(frame.center().x + 8.0, frame.center().y);
    let near = vec![
        ground.clone(),
        edge.clone(),
        icon(13.0, frame.x + 12.0),
        centred_text(words, text, Face::Regular, size, palette.text),
    ];
    let far = vec![ground, edge, icon(16.0, frame.center().x)];
    vec![
        Element::new(Some(id.into()), frame, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), frame, near).above_zoom(READABLE),
    ]
}

/// Lines from a dual-homed asset to its cards in further zones, with a frame around each: shown
/// while the asset is selected or pointed at.
pub fn homes_of(scene: &Scene, look: &Look, asset: AssetId) -> Vec<Shape> {
    let further = scene.project.assets.get(asset).into_iter().flat_map(|it| &it.other_zones);
    let ghosts: Vec<Rect> = further.filter_map(|&zone| scene.places.ghosts.get(&(asset, zone))).copied().collect();
    let Some(&cell) = scene.places.cells.get(&asset) else { return Vec::new() };
    let stroke = Stroke::dashed(look.line(1.75), look.palette.accent, 5.0);
    let middle = |it: &Rect| it.center();
    let lines = ghosts.iter().map(|ghost| {
        let (from, to) = (middle(&cell), middle(ghost));
        let bulge = ((to.x - from.x).hypot(to.y - from.y) * 0.08).min(60.0);
        let clear = |it: &Point| !cell.contains(*it) && !ghost.contains(*it);
        let points = curve(from, to, bulge).into_iter().filter(clear).collect();
        Shape::Line { points, stroke }
    });
    let frames = ghosts.iter().map(|ghost| Shape::Line { points: rounded_outline(ghost.grown(1.0), 7.0), stroke });
    lines.chain(frames).collect()
}
