//! Conduits: line with hops, arrowheads towards the sides that may be opened to, the
//! signs of what filters where it stands, label.

use super::super::icons::Icon;
use super::super::route::LABEL_HEIGHT;
use super::super::shape::{Shape, Stroke, arrowhead, bounds_of, centred_text, rounded};
use super::figure::Figure;
use super::*;
use crate::model::{Conduit, FilterPlace, Filtering, Initiator, Point, RemoteAccess};
use crate::text::Face;

/// The least width of the chip at the end of a label.
const CHIP: f32 = 20.0;
/// Side of the sign of what filters.
const SIGN: f32 = 13.0;
/// How far from the end of a line the sign of what filters there stands.
const FROM_END: f32 = 19.0;
/// Radius of the arc with which a line hops over another.
const HOP: f32 = 5.0;

/// How wide a conduit's label is.
pub(super) fn label_width(context: &Context, id: ConduitId) -> f32 {
    let Some(conduit) = context.project.conduits.get(id) else { return 0.0 };
    let size = context.look.text(SMALL_TEXT);
    let signs: f32 = label_signs(conduit).len() as f32 * (SIGN + 4.0);
    let chip = if has_chip(context) { chip_width(context, id) + 4.0 } else { 0.0 };
    signs + Face::SemiBold.width(&conduit.tag, size) + chip + 16.0
}

/// Whether labels bear a figure: a conduit has no lifecycle.
fn has_chip(context: &Context) -> bool {
    is_coloured(context) && !context.look.marks_tell()
}

/// Whether the overlay has a colour for conduits.
fn is_coloured(context: &Context) -> bool {
    context.look.shows(Layer::Levels) && context.look.view.overlay != Overlay::Lifecycle
}

fn chip_width(context: &Context, id: ConduitId) -> f32 {
    let figure = context.figures().of_target(id.into());
    (Face::SemiBold.width(&chip_text(context, &figure), context.look.text(9.5)) + 7.0).max(CHIP)
}

/// What the chip says: the figure, or in full where that is as short as a score.
fn chip_text(context: &Context, figure: &Figure) -> String {
    match context.look.view.overlay {
        Overlay::TopGap | Overlay::Findings => figure.near.clone(),
        _ => figure.text.clone(),
    }
}

/// Line, labels near and from afar of a conduit.
pub(super) fn lines(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Vec<Element> {
    let points = way(route);
    let bounds = bounds_of(&route.points).grown(12.0);
    let mut elements = Vec::new();
    if let Some(halo) = halo(context, id) {
        let shape = Shape::Line { points: rounded(&route.points, 8.0), stroke: halo };
        elements.push(Element::new(Some(id.into()), bounds, vec![shape]));
    }
    let stroke = stroke(context, id, conduit);
    // from farthest neither hops nor heads can be seen
    let plain = Shape::Line { points: route.points.clone(), stroke };
    elements.push(Element::new(Some(id.into()), bounds, vec![plain]).below_zoom(ASSETS_FROM));
    let mut shapes = vec![Shape::Line { points, stroke }];
    shapes.extend(heads(conduit, route, stroke.color, 10.0));
    elements.push(Element::new(Some(id.into()), bounds, shapes).above_zoom(ASSETS_FROM));
    let signs = signs(context, conduit, route, label_frame(context, id, route));
    if !signs.is_empty() {
        elements.push(Element::new(Some(id.into()), bounds, signs).above_zoom(ASSETS_FROM));
    }
    elements
}

/// The colour says whether something filters, the dash whether people reach in, the
/// weight both the colour and, under exposure, what is easiest.
fn stroke(context: &Context, id: ConduitId, conduit: &Conduit) -> Stroke {
    let palette = context.look.palette;
    let (color, width) = if conduit.is_filtered() { (palette.conduit, 2.25) } else { (palette.conduit_weak, 1.75) };
    let (color, width) = match context.look.view.overlay {
        Overlay::Exposure if context.facts.is_on_path(id) => (color, width * 1.6),
        Overlay::Exposure => (color.mixed(palette.canvas, 0.55), width),
        _ => (color, width),
    };
    let width = context.look.line(width);
    match conduit.remote_access {
        RemoteAccess::None => Stroke::solid(width, color),
        RemoteAccess::OnDemand => Stroke::dashed(width, color, 8.0),
        RemoteAccess::AlwaysOn => Stroke::dash_dotted(width, color, 12.0),
    }
}

/// The colour of the overlay around the line, so that the line's own signs stay as they are.
fn halo(context: &Context, id: ConduitId) -> Option<Stroke> {
    let palette = context.look.palette;
    let width = context.look.line(8.0);
    match context.look.view.overlay {
        Overlay::Exposure if context.facts.is_choke(id) => Some(Stroke::solid(width * 1.6, palette.bands[2])),
        Overlay::Exposure if context.facts.is_on_path(id) => {
            Some(Stroke::solid(width, palette.canvas.mixed(palette.error, 0.35)))
        }
        Overlay::Trust | Overlay::Lifecycle | Overlay::Exposure => None,
        _ => {
            let fill = context.figures().of_target(id.into()).colors.0;
            Some(Stroke::solid(width, palette.canvas.mixed(fill, 0.7)))
        }
    }
}

/// The way of a line with its corners rounded and an arc at each hop.
pub(super) fn way(route: &Route) -> Vec<Point> {
    if route.jumps.is_empty() {
        return rounded(&route.points, 8.0);
    }
    let smooth = rounded(&route.points, 8.0);
    let mut points = Vec::with_capacity(smooth.len() + route.jumps.len() * 7);
    let mut rest = route.jumps.iter().peekable();
    let ends = smooth.iter().zip(smooth.iter().skip(1).map(Some).chain([None]));
    for (&from, to) in ends {
        points.push(from);
        let Some(&to) = to else { continue };
        while let Some(&&jump) = rest.peek() {
            if !lies_between(jump, from, to) {
                break;
            }
            rest.next();
            points.extend(hop(jump, from, to));
        }
    }
    points
}

fn lies_between(at: Point, from: Point, to: Point) -> bool {
    let is_level = (from.y - to.y).abs() < 0.5 && (at.y - from.y).abs() < 0.5;
    is_level && at.x > from.x.min(to.x) + HOP && at.x < from.x.max(to.x) - HOP
}

/// Half a circle over a crossing, towards the top.
fn hop(at: Point, from: Point, to: Point) -> impl Iterator<Item = Point> {
    const STEPS: u8 = 6;
    let side = if to.x >= from.x { -1.0 } else { 1.0 };
    (0..=STEPS).map(move |step| {
        let angle = std::f32::consts::PI * f32::from(step) / f32::from(STEPS);
        Point::new(at.x + side * HOP * angle.cos(), at.y - HOP * angle.sin())
    })
}

/// Arrowheads at the ends towards which the other side may open a connection.
fn heads(conduit: &Conduit, route: &Route, color: Color, size: f32) -> Vec<Shape> {
    let mut shapes = Vec::new();
    if let [.., previous, last] = *route.points.as_slice()
        && conduit.initiated_by != Initiator::To
    {
        shapes.push(arrowhead(previous, last, size, color));
    }
    if let [first, second, ..] = *route.points.as_slice()
        && conduit.initiated_by != Initiator::From
    {
        shapes.push(arrowhead(second, first, size, color));
    }
    shapes
}

/// The signs on the line: of what filters, where it stands, and which way a diode lets through.
fn signs(context: &Context, conduit: &Conduit, route: &Route, label: Rect) -> Vec<Shape> {
    let length: f32 = route.points.windows(2).map(distance).sum();
    let [from_start, from_end] = sign_distances(context, conduit, length);
    let places = match (conduit.filtering, conduit.filter_place) {
        (Filtering::None, _) => Vec::new(),
        (_, FilterPlace::From) => vec![from_start],
        (_, FilterPlace::To) => vec![length - from_end],
        (_, FilterPlace::Both) => vec![from_start, length - from_end],
        // beside the label, on the way to the other zone
        (Filtering::OneWay, _) => vec![beside(route, label, length)],
        (_, FilterPlace::Unstated | FilterPlace::Gateway) => Vec::new(),
    };
    let spots = places.into_iter().filter_map(|walked| along(route, walked));
    spots.flat_map(|(at, towards)| sign(context, conduit.filtering, at, towards)).collect()
}

/// How far from the two ends of a line their signs stand: farther where the line leaves the
/// perimeter, which the mark of an access point crosses about there.
fn sign_distances(context: &Context, conduit: &Conduit, length: f32) -> [f32; 2] {
    let is_in = |zone: Option<ZoneId>| zone.and_then(|id| context.project.zones.get(id)).is_some_and(Zone::is_in_suc);
    let ends = [is_in(conduit.from), is_in(conduit.to)];
    let [from, to] = ends;
    ends.map(|is_in| {
        let distance = if is_in && from != to { FROM_END + perimeter::CROSSING } else { FROM_END };
        if distance < length * 0.4 { distance } else { FROM_END.min(length * 0.3) }
    })
}

fn distance(pair: &[Point]) -> f32 {
    match pair {
        &[a, b] => (a.x - b.x).hypot(a.y - b.y),
        _ => 0.0,
    }
}

/// The place at a distance along a route, and the direction in which the route goes on.
fn along(route: &Route, walked: f32) -> Option<(Point, (f32, f32))> {
    let mut left = walked;
    let mut found = None;
    for pair in route.points.windows(2) {
        let (&[a, b], length) = (pair, distance(pair)) else { continue };
        if length <= 0.0 {
            continue;
        }
        let direction = ((b.x - a.x) / length, (b.y - a.y) / length);
        let reach = left.clamp(0.0, length);
        found = Some((Point::new(a.x + direction.0 * reach, a.y + direction.1 * reach), direction));
        if left <= length {
            break;
        }
        left -= length;
    }
    found
}

/// How far along the route a sign clears the label: behind it, or else before it.
fn beside(route: &Route, label: Rect, length: f32) -> f32 {
    let clear = |walked: f32| {
        let sign = along(route, walked).map(|(at, _)| Rect::new(at.x, at.y, 0.0, 0.0).grown(SIGN * 0.7));
        sign.is_some_and(|it| !it.overlaps(&label)) && walked > FROM_END && walked < length - FROM_END
    };
    let steps = (length / 6.0).clamp(1.0, 2000.0) as usize;
    let at_label = (0..=steps).map(|it| it as f32 * 6.0).min_by(|one, next| {
        let away = |walked: &f32| {
            along(route, *walked).map_or(f32::MAX, |(at, _)| (at.x - label.center().x).hypot(at.y - label.center().y))
        };
        away(one).total_cmp(&away(next))
    });
    let middle = at_label.unwrap_or(length / 2.0);
    let outwards = (0..=steps).map(|it| it as f32 * 6.0);
    let candidates = outwards.flat_map(|away| [middle + away, middle - away]);
    candidates.into_iter().find(|it| clear(*it)).unwrap_or(length / 2.0)
}

/// A sign on the line. A diode points the way that data may go; the others stand upright.
fn sign(context: &Context, filtering: Filtering, at: Point, (x, y): (f32, f32)) -> Vec<Shape> {
    let palette = context.look.palette;
    let frame = Rect::new(at.x - SIGN / 2.0, at.y - SIGN / 2.0, SIGN, SIGN);
    let edge = Stroke::solid(context.look.line(1.0), palette.conduit);
    let ground = Shape::Rect { frame: frame.grown(2.0), radius: 2.5, fill: Some(palette.label), stroke: Some(edge) };
    if filtering != Filtering::OneWay {
        return vec![ground, filter_sign(filtering).shape(frame, palette.icon)];
    }
    let place = |forwards: f32, sideways: f32| {
        Point::new(at.x + x * forwards - y * sideways, at.y + y * forwards + x * sideways)
    };
    let bar = Stroke::solid(context.look.line(2.0), palette.icon);
    vec![
        ground,
        Shape::Polygon { points: vec![place(-5.0, -5.5), place(3.5, 0.0), place(-5.0, 5.5)], fill: palette.icon },
        Shape::segment(place(4.75, -5.5), place(4.75, 5.5), bar),
    ]
}

/// The sign of what filters.
pub(super) fn filter_sign(filtering: Filtering) -> Icon {
    match filtering {
        Filtering::None | Filtering::Stateful => Icon::sign("stateful"),
        Filtering::Application => Icon::sign("application"),
        Filtering::OneWay => Icon::of_type("data_diode"),
    }
}

/// The signs in the label: that people reach in from afar, and what filters where
/// nobody said at which end, doubled for a gateway.
fn label_signs(conduit: &Conduit) -> Vec<Icon> {
    let mut signs = Vec::new();
    if conduit.remote_access != RemoteAccess::None {
        signs.push(Icon::sign("remote"));
    }
    let filter = filter_sign(conduit.filtering);
    match (conduit.filtering, conduit.filter_place) {
        // a diode stands on the line, where it can point
        (Filtering::None, _)
        | (_, FilterPlace::From | FilterPlace::To | FilterPlace::Both)
        | (Filtering::OneWay, FilterPlace::Unstated) => (),
        (_, FilterPlace::Gateway) => signs.extend([filter, filter]),
        (_, FilterPlace::Unstated) => signs.push(filter),
    }
    signs
}

pub(super) fn label_frame(context: &Context, id: ConduitId, route: &Route) -> Rect {
    let width = label_width(context, id);
    let frame = Rect::new(route.label.x - width / 2.0, route.label.y - LABEL_HEIGHT / 2.0, width, LABEL_HEIGHT);
    // beside a line so short that nothing of it would be seen
    let line = bounds_of(&route.points);
    if line.height < 1.0 && line.width < width + 12.0 {
        frame.offset(0.0, LABEL_HEIGHT / 2.0 + 7.0)
    } else if line.width < 1.0 && line.height < LABEL_HEIGHT + 12.0 {
        frame.offset(width / 2.0 + 7.0, 0.0)
    } else {
        frame
    }
}

/// The label near and from afar.
pub(super) fn labels(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Vec<Element> {
    vec![label(context, id, conduit, route), far_label(context, id, conduit, route)]
}

fn label(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Element {
    let (look, palette) = (context.look, context.look.palette);
    let frame = label_frame(context, id, route);
    let edge = Stroke::solid(look.line(1.25), stroke(context, id, conduit).color);
    let box_of = |frame: Rect, fill| Shape::Rect { frame, radius: frame.height / 2.0, fill, stroke: Some(edge) };
    let mut shapes = vec![box_of(frame, Some(palette.label))];
    if conduit.filter_place == FilterPlace::Gateway && conduit.is_filtered() {
        shapes = vec![box_of(frame.grown(3.0), Some(palette.label)), box_of(frame, None)];
    }
    let mut x = frame.x + 7.0;
    for icon in label_signs(conduit) {
        let sign = Rect::new(x, frame.center().y - SIGN / 2.0, SIGN, SIGN);
        let is_always_on = conduit.remote_access == RemoteAccess::AlwaysOn && icon == Icon::sign("remote");
        shapes.push(icon.shape(sign, if is_always_on { palette.conduit_remote } else { palette.icon }));
        x += SIGN + 4.0;
    }
    let size = look.text(SMALL_TEXT);
    let tag_width = Face::SemiBold.width(&conduit.tag, size);
    let middle = Point::new(x + tag_width / 2.0, frame.center().y);
    shapes.push(centred_text(middle, conduit.tag.clone(), Face::SemiBold, size, palette.text));
    if has_chip(context) {
        let figure = context.figures().of_target(id.into());
        let width = chip_width(context, id);
        let cell = Rect::new(frame.right() - width - 4.0, frame.y + 3.0, width, LABEL_HEIGHT - 6.0);
        shapes.push(Shape::filled(cell, 3.0, figure.colors.0));
        shapes.extend(zone::figure_hatch(&figure, cell));
        let text = chip_text(context, &figure);
        shapes.push(centred_text(cell.center(), text, Face::SemiBold, look.text(9.5), figure.colors.1));
    }
    Element::new(Some(id.into()), frame.grown(4.0), shapes).above_zoom(READABLE)
}

/// Whether the line is upright where its label stands.
pub(super) fn is_upright_at_label(route: &Route) -> bool {
    let mut parts = route.points.windows(2).filter_map(|pair| <[Point; 2]>::try_from(pair).ok());
    let part = parts.find(|[a, b]| Rect::between(*a, *b).grown(0.5).contains(route.label));
    part.is_some_and(|[a, b]| (a.x - b.x).abs() < (a.y - b.y).abs())
}

/// Where the label from afar stands.
pub(super) fn far_label_frame(context: &Context, id: ConduitId, route: &Route) -> Rect {
    let size = SMALL_TEXT * FAR;
    let tag = context.project.conduits.get(id).map_or("", |it| it.tag.as_str());
    let width = Face::SemiBold.width(tag, size) + 12.0;
    let middle = label_frame(context, id, route).center();
    Rect::new(middle.x - width / 2.0, middle.y - size * 0.65, width, size * 1.3)
}

/// The tag alone, large enough to be read from afar.
fn far_label(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Element {
    let size = SMALL_TEXT * FAR;
    let frame = far_label_frame(context, id, route);
    let (fill, ink) = if is_coloured(context) {
        context.figures().of_target(id.into()).colors
    } else {
        (context.look.palette.label, context.look.palette.text)
    };
    let edge = Stroke::solid(context.look.line(2.0), stroke(context, id, conduit).color);
    let shapes = vec![
        Shape::Rect { frame, radius: 8.0, fill: Some(fill), stroke: Some(edge) },
        centred_text(frame.center(), conduit.tag.clone(), Face::SemiBold, size, ink),
    ];
    Element::new(Some(id.into()), frame.grown(1.0), shapes).above_zoom(ASSETS_FROM).below_zoom(READABLE)
}
