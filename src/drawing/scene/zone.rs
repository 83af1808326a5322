//! Zones: frame by trust and boundary, title with level, figures.

use super::super::icons::Icon;
use super::super::shape::{Anchor, Shape, Stroke, centred_text, chip, hatch, rounded_outline};
use super::figure::Figure;
use super::*;
use crate::model::{Boundary, Point, Trust, Zone, ZoneId};
use crate::text::Face;

/// Width of one cell of the level strip.
const CELL: f32 = 14.0;
/// Height of the level strip.
const STRIP: f32 = 17.0;
/// Width and height of a zone's one figure where only zones are drawn.
const FARTHEST_FIGURE: (f32, f32) = (60.0, 44.0);
/// Radius of a zone's corners.
const RADIUS: f32 = 8.0;
/// Space between the two lines of a physical boundary.
const DOUBLE: f32 = 4.0;

/// The frame, and its title near, from afar and from farthest.
pub(super) fn elements(context: &Context, id: ZoneId, zone: &Zone) -> Vec<Element> {
    let bounds = zone.frame.grown(3.0 * context.look.palette.line_weight);
    vec![
        Element::new(Some(id.into()), bounds, outline(context, id, zone)),
        Element::new(Some(id.into()), bounds, title_near(context, zone)).above_zoom(READABLE),
        Element::new(Some(id.into()), bounds, title_far(context, zone)).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), bounds, title_farthest(context, zone)).below_zoom(ASSETS_FROM),
    ]
}

fn fill(context: &Context, id: ZoneId, zone: &Zone) -> Color {
    let palette = context.look.palette;
    match context.look.view.overlay {
        Overlay::Trust => palette.zone(zone.trust).fill,
        _ => palette.canvas.mixed(context.figures().of_target(id.into()).colors.0, OVERLAY_TINT),
    }
}

/// One line for a logical boundary, two for a physical one; broken where it is untrusted.
pub(super) fn boundary(look: &Look, zone: &Zone, frame: Rect, radius: f32) -> Vec<Shape> {
    let edge = look.palette.zone(zone.trust).edge;
    let is_physical = zone.boundary == Boundary::Physical;
    let line = |inset: f32, width: f32| {
        let (frame, radius) = (frame.grown(-inset), (radius - inset / 2.0).max(0.0));
        let width = look.line(width);
        if zone.is_untrusted() {
            Shape::Line { points: rounded_outline(frame, radius), stroke: Stroke::dashed(width, edge, 7.0) }
        } else {
            Shape::Rect { frame, radius, fill: None, stroke: Some(Stroke::solid(width, edge)) }
        }
    };
    if is_physical { vec![line(0.0, 2.5), line(DOUBLE, 1.0)] } else { vec![line(0.0, 1.5)] }
}

fn outline(context: &Context, id: ZoneId, zone: &Zone) -> Vec<Shape> {
    let mut shapes = vec![Shape::filled(zone.frame, RADIUS, fill(context, id, zone))];
    shapes.extend(boundary(context.look, zone, zone.frame, RADIUS));
    shapes
}

/// The name, or else the tag.
fn name(zone: &Zone) -> &str {
    if zone.name.is_empty() { &zone.tag } else { &zone.name }
}

/// Level, sign of its trust and tag in a row, the name below.
fn title_near(context: &Context, zone: &Zone) -> Vec<Shape> {
    let (look, palette) = (context.look, context.look.palette);
    // on the colours of an overlay weak ink would be too weak
    let ink = if look.view.overlay == Overlay::Trust { palette.text_weak } else { palette.text };
    let (frame, small) = (zone.frame, look.text(SMALL_TEXT));
    let mut x = frame.x + ZONE_PADDING;
    let middle = frame.y + 15.0 - small * Face::CAP_HEIGHT / 2.0;
    let mut shapes = Vec::new();
    if let Some(level) = zone.purdue {
        let text = format!("L{level}");
        let size = small * 0.91;
        let width = Face::SemiBold.width(&text, size) + 8.0;
        let cell = Rect::new(x, middle - size * 0.65, width, size * 1.3);
        shapes.push(Shape::filled(cell, 3.0, palette.zone(zone.trust).edge.mixed(palette.canvas, 0.75)));
        shapes.push(centred_text(cell.center(), text, Face::SemiBold, size, palette.text));
        x += width + 5.0;
    }
    let room = frame.right() - ZONE_PADDING - strip_width(frame.width);
    let mut sign = |icon: Icon, x: &mut f32| {
        if *x + small + 40.0 < room {
            shapes.push(icon.shape(Rect::new(*x, middle - small / 2.0, small, small), ink));
            *x += small + 4.0;
        }
    };
    if let Some(icon) = trust_sign(zone.trust) {
        sign(icon, &mut x);
    }
    if zone.locked {
        sign(Icon::sign("lock"), &mut x);
    }
    let tag = Face::Regular.shortened(&zone.tag, small, (room - x).max(40.0));
    let start = |x: f32, y: f32, text: String, face: Face, size: f32, color: Color| Shape::Text {
        at: Point::new(x, frame.y + y),
        anchor: Anchor::Start,
        text,
        face,
        size,
        color,
    };
    shapes.push(start(x, 15.0, tag, Face::Regular, small, ink));
    let size = look.text(ZONE_TEXT);
    let name = Face::SemiBold.shortened(name(zone), size, frame.width - 2.0 * ZONE_PADDING);
    shapes.push(start(frame.x + ZONE_PADDING, 17.0 + size * 0.86, name, Face::SemiBold, size, palette.text));
    shapes
}

/// The sign of a trust, so that colour does not speak alone.
pub(super) fn trust_sign(trust: Trust) -> Option<Icon> {
    match trust {
        Trust::External => Some(Icon::sign("external")),
        Trust::Enterprise => Some(Icon::sign("enterprise")),
        // most zones are, and need no sign
        Trust::Operational => None,
        Trust::Safety => Some(Icon::sign("safety")),
    }
}

/// The name, larger.
fn title_far(context: &Context, zone: &Zone) -> Vec<Shape> {
    let frame = zone.frame;
    let size = context.look.text(ZONE_TEXT).min(ZONE_TEXT * 1.2) * FAR;
    let at = Point::new(frame.x + ZONE_PADDING, frame.y + 8.0 + size * 0.92);
    let text = Face::SemiBold.shortened(name(zone), size, frame.width - 2.0 * ZONE_PADDING - 50.0);
    let color = context.look.palette.text;
    vec![Shape::Text { at, anchor: Anchor::Start, text, face: Face::SemiBold, size, color }]
}

/// The name, or where that does not fit, the tag: it says more than the beginning of a name.
fn title_farthest(context: &Context, zone: &Zone) -> Vec<Shape> {
    let frame = zone.frame;
    let size = ZONE_TEXT * FARTHEST;
    let room = frame.width - FARTHEST_FIGURE.0 - 24.0;
    let shown = if Face::SemiBold.width(name(zone), size) <= room { name(zone) } else { &zone.tag };
    let at = Point::new(frame.x + 10.0, frame.y + 40.0);
    let text = Face::SemiBold.shortened(shown, size, room);
    vec![Shape::Text { at, anchor: Anchor::Start, text, face: Face::SemiBold, size, color: context.look.palette.text }]
}

/// The width of the strip of a zone this wide.
fn strip_width(zone_width: f32) -> f32 {
    if zone_width < 160.0 { 0.0 } else { 7.0 * CELL + 6.0 }
}

/// What stands on the upper edge of a zone, in front of conduits.
pub(super) fn badges(context: &Context, id: ZoneId, zone: &Zone) -> Vec<Element> {
    let mut badges = Vec::new();
    if context.look.shows(Layer::Levels)
        && let Some(levels) = context.analysis.target(id.into())
    {
        let figures = context.figures();
        let figure = figures.of_target(id.into());
        badges.push(if figures.has_cells() {
            strip(context, id, zone, levels)
        } else {
            plate(context, id, zone, &figure)
        });
        badges.extend(large_figures(id, zone.frame, &figure));
    }
    badges
}

/// Seven cells, one for each FR, astride the upper edge at its right end.
fn strip(context: &Context, id: ZoneId, zone: &Zone, levels: &TargetLevels) -> Element {
    let (frame, palette) = (zone.frame, context.look.palette);
    let width = 7.0 * CELL + 6.0;
    let bounds = Rect::new(frame.right() - 10.0 - width, frame.y - STRIP / 2.0, width, STRIP);
    let edge = Stroke::solid(context.look.line(1.0), palette.zone(zone.trust).edge);
    let mut shapes = vec![Shape::Rect { frame: bounds, radius: 4.0, fill: Some(palette.label), stroke: Some(edge) }];
    for fr in Fr::ALL {
        let cell = Rect::new(bounds.x + 3.0 + fr.index() as f32 * CELL, bounds.y + 2.5, CELL - 1.0, STRIP - 5.0);
        let Figure { text, colors: (fill, ink), .. } = context.figures().cell(levels, fr);
        shapes.push(Shape::filled(cell, 2.0, fill));
        shapes.push(centred_text(cell.center(), text, Face::SemiBold, context.look.text(10.0).min(11.5), ink));
    }
    Element::new(Some(id.into()), bounds.grown(1.0), shapes).above_zoom(READABLE)
}

/// One figure in full, astride the upper edge at its right end.
fn plate(context: &Context, id: ZoneId, zone: &Zone, figure: &Figure) -> Element {
    let (frame, palette) = (zone.frame, context.look.palette);
    let size = context.look.text(10.5);
    let text = Face::SemiBold.shortened(&figure.near, size, (frame.width - 36.0).max(30.0));
    let width = Face::SemiBold.width(&text, size) + 14.0;
    let height = size + 8.0;
    let bounds = Rect::new(frame.right() - 10.0 - width, frame.y - height / 2.0, width, height);
    let edge = Stroke::solid(context.look.line(1.0), palette.zone(zone.trust).edge);
    let mut shapes = vec![Shape::filled(bounds, 4.0, figure.colors.0)];
    shapes.extend(figure_hatch(figure, bounds));
    shapes.push(Shape::Rect { frame: bounds, radius: 4.0, fill: None, stroke: Some(edge) });
    shapes.push(centred_text(bounds.center(), text, Face::SemiBold, size, figure.colors.1));
    Element::new(Some(id.into()), bounds.grown(1.0), shapes).above_zoom(READABLE)
}

/// The hatch of a figure, at the edges of its ground so that the text stays clear.
pub(super) fn figure_hatch(figure: &Figure, frame: Rect) -> Vec<Shape> {
    let Some(is_rising) = figure.hatch else { return Vec::new() };
    let ink = figure.colors.0.mixed(figure.colors.1, 0.35);
    hatch(frame.grown(-1.0), 4.0, is_rising, Stroke::solid(0.8, ink))
}

/// One large figure in place of the strip where that could not be read.
fn large_figures(id: ZoneId, frame: Rect, figure: &Figure) -> [Element; 2] {
    let large = |width: f32, height: f32, inset: f32, size: f32| {
        let size = size.min(size * (width - 8.0) / Face::SemiBold.width(&figure.text, size).max(1.0));
        let bounds = Rect::new(frame.right() - width - inset, frame.y + inset, width, height);
        let [ground, text] = chip(bounds, figure.text.clone(), size, figure.colors);
        let mut shapes = vec![ground];
        shapes.extend(figure_hatch(figure, bounds));
        shapes.push(text);
        Element::new(Some(id.into()), bounds, shapes)
    };
    let (width, height) = FARTHEST_FIGURE;
    [
        large(44.0, 34.0, 8.0, 24.0).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        large(width, height, 6.0, 34.0).below_zoom(ASSETS_FROM),
    ]
}
