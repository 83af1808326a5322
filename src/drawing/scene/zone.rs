//! Zones: frame, title, level strip, marks of findings.

use super::super::shape::{Anchor, Shape, Stroke, centred_text, chip};
use super::*;
use crate::model::{Boundary, Point, Zone, ZoneId};
use crate::text::Face;

/// Width of one cell of the level strip.
const CELL: f32 = 14.0;
/// Height of the level strip.
const STRIP: f32 = 17.0;
/// Width and height of a zone's one figure where only zones are drawn.
const FARTHEST_FIGURE: (f32, f32) = (60.0, 44.0);

/// Frames and titles, outer zones behind inner ones.
pub(super) fn elements(context: &Context) -> Vec<Element> {
    let mut zones: Vec<(usize, &str, ZoneId, &Zone)> = context
        .project
        .zones
        .iter()
        .map(|(id, zone)| (context.project.zone_ancestors(id).len(), zone.tag.as_str(), id, zone))
        .collect();
    zones.sort_by_key(|&(depth, tag, id, _)| (depth, tag, id));
    zones.into_iter().flat_map(|(_, _, id, zone)| frame(context, id, zone)).collect()
}

fn fill(context: &Context, id: ZoneId, zone: &Zone) -> Color {
    let palette = context.look.palette;
    match context.look.view.overlay {
        Overlay::Trust => palette.zone(zone.trust).fill,
        _ => palette.canvas.mixed(context.summary(id.into()).1.0, 0.6),
    }
}

/// The frame, and its title near, from afar and from farthest.
fn frame(context: &Context, id: ZoneId, zone: &Zone) -> [Element; 4] {
    let palette = context.look.palette;
    let colors = palette.zone(zone.trust);
    let frame = zone.frame;
    let width = if zone.boundary == Boundary::Physical { 2.5 } else { 1.5 };
    let stroke =
        if zone.is_untrusted() { Stroke::dashed(width, colors.edge, 7.0) } else { Stroke::solid(width, colors.edge) };
    let room = frame.width - 2.0 * ZONE_PADDING;
    let name = if zone.name.is_empty() { &zone.tag } else { &zone.name };
    let text = |y: f32, text: &str, face: Face, size: f32, room: f32, color: Color| Shape::Text {
        at: Point::new(frame.x + ZONE_PADDING, frame.y + y),
        anchor: Anchor::Start,
        text: face.shortened(text, size, room),
        face,
        size,
        color,
    };
    let tag_room = (room - strip_width(frame.width)).max(40.0);
    let near = vec![
        text(14.5, &zone.tag, Face::Regular, SMALL_TEXT, tag_room, palette.text_weak),
        text(29.0, name, Face::SemiBold, ZONE_TEXT, room, palette.text),
    ];
    let far = vec![text(31.0, name, Face::SemiBold, ZONE_TEXT * FAR, room - 50.0, palette.text)];
    let farthest = {
        let size = ZONE_TEXT * FARTHEST;
        let room = frame.width - FARTHEST_FIGURE.0 - 24.0;
        // the tag says more than the beginning of a name
        let shown = if Face::SemiBold.width(name, size) <= room { name } else { &zone.tag };
        let at = Point::new(frame.x + 10.0, frame.y + 40.0);
        let text = Face::SemiBold.shortened(shown, size, room);
        vec![Shape::Text { at, anchor: Anchor::Start, text, face: Face::SemiBold, size, color: palette.text }]
    };
    let bounds = frame.grown(width);
    let outline = Shape::Rect { frame, radius: 8.0, fill: Some(fill(context, id, zone)), stroke: Some(stroke) };
    [
        Element::new(Some(id.into()), bounds, vec![outline]),
        Element::new(Some(id.into()), bounds, near).above_zoom(READABLE),
        Element::new(Some(id.into()), bounds, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(Some(id.into()), bounds, farthest).below_zoom(ASSETS_FROM),
    ]
}

/// The width of the strip of a zone this wide.
fn strip_width(zone_width: f32) -> f32 {
    if zone_width < 160.0 { 0.0 } else { 7.0 * CELL + 6.0 }
}

/// Level strips and marks on the zones' upper edges, in front of conduits.
pub(super) fn badges(context: &Context) -> Vec<Element> {
    let marks = context.marks();
    let mut badges = Vec::new();
    for (id, zone) in context.project.zones.iter() {
        let frame = zone.frame;
        if let Some(levels) = context.analysis.target(id.into()) {
            badges.push(strip(context, id, frame, levels));
            badges.extend(figures(context, id, frame));
        }
        if let Some(&(errors, warnings)) = marks.get(&id.into()) {
            badges.extend(mark(context, id, frame, errors, warnings));
        }
    }
    badges
}

/// Seven cells, one for each FR, astride the upper edge at its right end.
fn strip(context: &Context, id: ZoneId, frame: Rect, levels: &TargetLevels) -> Element {
    let palette = context.look.palette;
    let width = strip_width(frame.width).max(7.0 * CELL + 6.0);
    let bounds = Rect::new(frame.right() - 10.0 - width, frame.y - STRIP / 2.0, width, STRIP);
    let edge = Stroke::solid(
        1.0,
        palette.zone(context.project.zones.get(id).map_or_else(Default::default, |it| it.trust)).edge,
    );
    let mut shapes = vec![Shape::Rect { frame: bounds, radius: 4.0, fill: Some(palette.label), stroke: Some(edge) }];
    for fr in Fr::ALL {
        let cell = Rect::new(bounds.x + 3.0 + fr.index() as f32 * CELL, bounds.y + 2.5, CELL - 1.0, STRIP - 5.0);
        let (text, (fill, ink)) = context.level_cell(levels, fr);
        shapes.push(Shape::filled(cell, 2.0, fill));
        shapes.push(centred_text(cell.center(), text, Face::SemiBold, 10.0, ink));
    }
    Element::new(Some(id.into()), bounds.grown(1.0), shapes).above_zoom(READABLE)
}

/// One large figure in place of the strip where that could not be read.
fn figures(context: &Context, id: ZoneId, frame: Rect) -> [Element; 2] {
    let (text, colors) = context.summary(id.into());
    let figure = |width: f32, height: f32, inset: f32, size: f32| {
        let bounds = Rect::new(frame.right() - width - inset, frame.y + inset, width, height);
        Element::new(Some(id.into()), bounds, chip(bounds, text.clone(), size, colors).into())
    };
    let (width, height) = FARTHEST_FIGURE;
    [
        figure(44.0, 34.0, 8.0, 24.0).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        figure(width, height, 6.0, 34.0).below_zoom(ASSETS_FROM),
    ]
}

/// How many findings there are, astride the lower edge at its left end.
fn mark(context: &Context, id: ZoneId, frame: Rect, errors: usize, warnings: usize) -> Option<Element> {
    let palette = context.look.palette;
    let (count, severity) = if errors > 0 { (errors, Severity::Error) } else { (warnings, Severity::Warning) };
    if count == 0 {
        return None;
    }
    let (fill, ink) = palette.severity(severity);
    let text = format!("! {count}");
    let width = Face::SemiBold.width(&text, 10.0) + 10.0;
    let bounds = Rect::new(frame.x + 10.0, frame.bottom() - 8.0, width, 16.0);
    let shapes = vec![
        Shape::Rect { frame: bounds, radius: 8.0, fill: Some(fill), stroke: Some(Stroke::solid(1.0, ink)) },
        centred_text(bounds.center(), text, Face::SemiBold, 10.0, ink),
    ];
    Some(Element::new(Some(id.into()), bounds.grown(1.0), shapes).above_zoom(READABLE))
}
