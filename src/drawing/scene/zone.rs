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
const STRIP: f32 = 14.0;
/// Where the middle of the row of level, tag and strip lies below the upper edge, which is
/// thereby left to the conduits that end there.
const ROW: f32 = 12.0;
/// Space between the strip and the right edge.
const STRIP_INSET: f32 = 10.0;
/// Width and height of a zone's one figure where only zones are drawn.
const FARTHEST_FIGURE: (f32, f32) = (60.0, 44.0);
/// The same of a zone that has room for a larger one.
const ROOMY_FIGURE: (f32, f32) = (92.0, 58.0);
/// The largest name of a zone where only zones are drawn.
const ROOMY_TEXT: f32 = 46.0;
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
        Element::new(Some(id.into()), bounds, title_farthest(context, id, zone)).below_zoom(ASSETS_FROM),
    ]
}

fn fill(context: &Context, id: ZoneId, zone: &Zone) -> Color {
    let palette = context.look.palette;
    match context.look.view.overlay {
        Overlay::Trust => palette.zone(zone.trust).fill,
        Overlay::Findings | Overlay::Lifecycle => {
            palette.canvas.mixed(context.figures().of_target(id.into()).colors.0, SOFT_TINT)
        }
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
    let frame = zone.frame;
    let mut shapes = title_row(context, zone).0;
    let size = look.text(ZONE_TEXT).min(16.0);
    let name = Face::SemiBold.shortened(name(zone), size, frame.width - 2.0 * ZONE_PADDING);
    let at = Point::new(frame.x + ZONE_PADDING, frame.y + 19.0 + size * 0.86);
    shapes.push(Shape::Text { at, anchor: Anchor::Start, text: name, face: Face::SemiBold, size, color: palette.text });
    shapes
}

/// Level, sign of its trust and tag, and where they end.
fn title_row(context: &Context, zone: &Zone) -> (Vec<Shape>, f32) {
    let (look, palette) = (context.look, context.look.palette);
    // on the colours of an overlay weak ink would be too weak
    let ink = if look.view.overlay == Overlay::Trust { palette.text_weak } else { palette.text };
    let (frame, small) = (zone.frame, look.text(SMALL_TEXT));
    let mut x = frame.x + ZONE_PADDING;
    let middle = frame.y + ROW;
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
    let text = Face::Regular.shortened(&zone.tag, small, (room - x).max(40.0));
    let end = x + Face::Regular.width(&text, small);
    let at = Point::new(x, middle + small * Face::CAP_HEIGHT / 2.0);
    shapes.push(Shape::Text { at, anchor: Anchor::Start, text, face: Face::Regular, size: small, color: ink });
    (shapes, end)
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
    let room = frame.width - 2.0 * ZONE_PADDING - 50.0;
    // rather made smaller than cut
    let size = size.min(size * room / Face::SemiBold.width(name(zone), size).max(1.0)).max(size * 0.72);
    let text = Face::SemiBold.shortened(name(zone), size, room + 0.5);
    let color = context.look.palette.text;
    vec![Shape::Text { at, anchor: Anchor::Start, text, face: Face::SemiBold, size, color }]
}

/// The name, or where that does not fit, the tag: it says more than the beginning of a name.
/// A zone with no zones in it has room for several lines of it.
fn title_farthest(context: &Context, id: ZoneId, zone: &Zone) -> Vec<Shape> {
    let frame = zone.frame;
    let color = context.look.palette.text;
    let line = |at: Point, text: String, size: f32| Shape::Text {
        at,
        anchor: Anchor::Start,
        text,
        face: Face::SemiBold,
        size,
        color,
    };
    if is_roomy(context, id, zone) {
        let (lines, size) = roomy_name(zone);
        let first = frame.y + 11.0 + size * 0.8;
        let lines = lines.into_iter().enumerate();
        return lines
            .map(|(row, text)| line(Point::new(frame.x + 12.0, first + row as f32 * size * 1.1), text, size))
            .collect();
    }
    let size = ZONE_TEXT * FARTHEST;
    let room = frame.width - FARTHEST_FIGURE.0 - 24.0;
    let shown = if Face::SemiBold.width(name(zone), size) <= room { name(zone) } else { &zone.tag };
    // a tag is rather made smaller than cut
    let size = size.min(size * room / Face::SemiBold.width(shown, size).max(1.0)).max(size * 0.6);
    let text = Face::SemiBold.shortened(shown, size, room + 0.5);
    vec![line(Point::new(frame.x + 12.0, frame.y + 40.0), text, size)]
}

/// Whether nothing is drawn in a zone from farthest but its name and figure, and there is room for large ones.
fn is_roomy(context: &Context, id: ZoneId, zone: &Zone) -> bool {
    let is_large = zone.frame.width >= ZONE_MIN_WIDTH && zone.frame.height >= ZONE_MIN_HEIGHT + 30.0;
    is_large && !context.outer.contains(&id)
}

/// The name in up to two lines above the figure, or else the tag, as large as can be.
fn roomy_name(zone: &Zone) -> (Vec<String>, f32) {
    let (width, height) = (zone.frame.width - 24.0, zone.frame.height - ROOMY_FIGURE.1 - 22.0);
    let fits = |lines: &[String], size: f32| {
        lines.len() as f32 * size * 1.1 <= height && lines.iter().all(|line| Face::SemiBold.width(line, size) <= width)
    };
    let words: Vec<&str> = name(zone).split_whitespace().collect();
    let broken = (1..words.len()).map(|at| {
        let (one, next) = words.split_at(at);
        vec![one.join(" "), next.join(" ")]
    });
    let mut ways: Vec<Vec<String>> = std::iter::once(vec![words.join(" ")]).chain(broken).collect();
    for size in [ROOMY_TEXT, ZONE_TEXT * FARTHEST] {
        // the most even way of all that fit
        ways.sort_by(|one, next| widest(one, size).total_cmp(&widest(next, size)));
        if let Some(lines) = ways.iter().find(|it| fits(it, size)) {
            return (lines.clone(), size);
        }
    }
    let size = (width / Face::SemiBold.width(&zone.tag, 1.0).max(0.1)).clamp(ZONE_TEXT, ROOMY_TEXT);
    (vec![Face::SemiBold.shortened(&zone.tag, size, width + 0.5)], size)
}

fn widest(lines: &[String], size: f32) -> f32 {
    lines.iter().map(|it| Face::SemiBold.width(it, size)).fold(0.0, f32::max)
}

/// The width of the strip of a zone this wide.
fn strip_width(zone_width: f32) -> f32 {
    if zone_width < 160.0 { 0.0 } else { 7.0 * CELL + 6.0 }
}

/// The figures of a zone, in front of conduits.
pub(super) fn badges(context: &Context, id: ZoneId, zone: &Zone) -> Vec<Element> {
    let mut badges = Vec::new();
    if context.look.shows(Layer::Levels)
        && !context.look.marks_tell()
        && let Some(levels) = context.analysis.target(id.into())
    {
        let figures = context.figures();
        let figure = figures.of_target(id.into());
        badges.push(if figures.has_cells() {
            strip(context, id, zone, levels)
        } else {
            plate(context, id, zone, &figure)
        });
        badges.extend(large_figures(context, id, zone, &figure));
    }
    badges
}

/// Seven cells, one for each FR, at the right end of the title.
fn strip(context: &Context, id: ZoneId, zone: &Zone, levels: &TargetLevels) -> Element {
    let (frame, palette) = (zone.frame, context.look.palette);
    let width = 7.0 * CELL + 6.0;
    let bounds = Rect::new(frame.right() - STRIP_INSET - width, frame.y + ROW - STRIP / 2.0, width, STRIP);
    let edge = Stroke::solid(context.look.line(1.0), palette.zone(zone.trust).edge);
    let mut shapes = vec![Shape::Rect { frame: bounds, radius: 4.0, fill: Some(palette.label), stroke: Some(edge) }];
    for fr in Fr::ALL {
        let cell = Rect::new(bounds.x + 3.5 + fr.index() as f32 * CELL, bounds.y + 1.5, CELL - 1.0, STRIP - 3.0);
        let Figure { text, colors: (fill, ink), .. } = context.figures().cell(levels, fr);
        shapes.push(Shape::filled(cell, 2.0, fill));
        // a cell has no room for the minus of a shortfall
        let text = text.trim_start_matches('−').to_owned();
        let room = (cell.width - 0.5) / Face::SemiBold.width(&text, 1.0).max(0.1);
        let size = context.look.text(10.0).min(11.0).min(room);
        shapes.push(centred_text(cell.center(), text, Face::SemiBold, size, ink));
    }
    Element::new(Some(id.into()), bounds.grown(1.0), shapes).above_zoom(READABLE)
}

/// One figure in full, at the right end of the title.
fn plate(context: &Context, id: ZoneId, zone: &Zone, figure: &Figure) -> Element {
    let (frame, palette) = (zone.frame, context.look.palette);
    let size = context.look.text(10.5);
    let room = frame.right() - STRIP_INSET - title_row(context, zone).1 - 22.0;
    let text = Face::SemiBold.shortened(&figure.near, size, room.max(30.0));
    let width = Face::SemiBold.width(&text, size) + 14.0;
    let height = (size + 5.0).min(16.0);
    let bounds = Rect::new(frame.right() - STRIP_INSET - width, frame.y + ROW - height / 2.0, width, height);
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
fn large_figures(context: &Context, id: ZoneId, zone: &Zone, figure: &Figure) -> [Element; 2] {
    let frame = zone.frame;
    let large = |width: f32, height: f32, y: f32, inset: f32, size: f32| {
        let size = size.min(size * (width - 8.0) / Face::SemiBold.width(&figure.text, size).max(1.0));
        let bounds = Rect::new(frame.right() - width - inset, y, width, height);
        let [ground, text] = chip(bounds, figure.text.clone(), size, figure.colors);
        let mut shapes = vec![ground];
        shapes.extend(figure_hatch(figure, bounds));
        shapes.push(text);
        Element::new(Some(id.into()), bounds, shapes)
    };
    let farthest = if is_roomy(context, id, zone) {
        let (width, height) = ROOMY_FIGURE;
        large(width, height, frame.bottom() - height - 8.0, 8.0, 46.0)
    } else {
        let (width, height) = FARTHEST_FIGURE;
        large(width, height, frame.y + 6.0, 6.0, 34.0)
    };
    [
        large(44.0, 34.0, frame.y + 8.0, 8.0, 24.0).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        farthest.below_zoom(ASSETS_FROM),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{DiagramView, Id};

    fn badges_of(overlay: Overlay) -> Vec<Rect> {
        let plant = Fixture::new().zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 240.0, 160.0)).sl_t("Z-1", 2);
        let look = Look { view: DiagramView { overlay, ..DiagramView::whole_plant() }, ..Look::printed() };
        let scene = scene(&plant.project, &plant.analyse(), &look);
        scene.elements.of(Stratum::Badges, ZoneId::derived_from("Z-1").into()).map(|it| it.bounds).collect()
    }

    #[test]
    fn figures_stand_inside_their_zone_so_that_they_cover_no_end_of_a_conduit() {
        for overlay in [Overlay::Trust, Overlay::Exposure, Overlay::Ownership] {
            let badges = badges_of(overlay);
            assert!(badges.len() == 3 && badges.iter().all(|it| Rect::new(0.0, 0.0, 240.0, 160.0).encloses(it)));
        }
    }

    #[test]
    fn a_name_too_long_for_its_zone_gives_way_to_the_tag_from_farthest() {
        let zone = |name: &str| Zone {
            tag: "Z-1".into(),
            name: name.into(),
            frame: Rect::new(0.0, 0.0, 300.0, 176.0),
            ..Zone::default()
        };
        assert_eq!(roomy_name(&zone("Engineering room")).0, ["Engineering", "room"]);
        assert_eq!(roomy_name(&zone("Unit 100, inlet and slug catcher")).0, ["Z-1"]);
    }
}
