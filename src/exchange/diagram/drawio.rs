//! The diagram as a drawing of draw.io: zones are containers with what lies in them,
//! conduits are lines between zones on a layer of their own, flows on one that is hidden.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::boxes::{Box, Boxes, Kind, Line};
use super::markup::{Markup, number};
use crate::drawing::metrics::{ASSET_ICON, SMALL_TEXT, ZONE_HEADER, ZONE_TEXT};
use crate::model::{Point, Rect};

const ZONES: &str = "layer-zones";
const CONDUITS: &str = "layer-conduits";
const FLOWS: &str = "layer-flows";
const NOTES: &str = "layer-notes";

/// The drawing as bytes; the same diagram always gives the same.
pub(super) fn written(drawn: &Boxes) -> Vec<u8> {
    let mut markup = Markup::new();
    markup.begin("mxfile", &[("host", "Zonewright"), ("type", "device")]);
    markup.begin("diagram", &[("id", "zones-and-conduits"), ("name", &drawn.title)]);
    markup.begin(
        "mxGraphModel",
        &[
            ("dx", "1200"),
            ("dy", "800"),
            ("grid", "1"),
            ("gridSize", "8"),
            ("guides", "1"),
            ("tooltips", "1"),
            ("connect", "1"),
            ("arrows", "1"),
            ("fold", "1"),
            ("page", "0"),
            ("pageScale", "1"),
            ("math", "0"),
            ("shadow", "0"),
        ],
    );
    markup.begin("root", &[]);
    markup.empty("mxCell", &[("id", "0")]);
    for (id, name) in [(ZONES, "Zones and assets"), (CONDUITS, "Conduits"), (NOTES, "Notes")] {
        markup.empty("mxCell", &[("id", id), ("value", name), ("parent", "0")]);
    }
    markup.empty("mxCell", &[("id", FLOWS), ("value", "Flows"), ("visible", "0"), ("parent", "0")]);
    for it in &drawn.boxes {
        vertex(&mut markup, drawn, it);
    }
    for line in &drawn.lines {
        edge(&mut markup, drawn, line);
    }
    markup.finish()
}

/// A cell in the wrapper that holds its fields.
fn wrapped(
    markup: &mut Markup,
    id: &str,
    label: &str,
    fields: &[(&'static str, String)],
    cell: impl FnOnce(&mut Markup),
) {
    let mut attributes: Vec<(&str, &str)> = vec![("label", label)];
    attributes.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
    attributes.push(("id", id));
    markup.begin("UserObject", &attributes);
    cell(markup);
    markup.end();
}

fn vertex(markup: &mut Markup, drawn: &Boxes, it: &Box) {
    let layer = match it.kind {
        Kind::Note | Kind::Title | Kind::Legend => NOTES,
        Kind::LooseEnd => CONDUITS,
        _ => ZONES,
    };
    let parent = it.parent.and_then(|at| drawn.boxes.get(at)).map_or(layer, |outer| &outer.id);
    let origin = drawn.origin(it);
    let frame = it.frame.offset(-origin.x, -origin.y);
    let style = vertex_style(it);
    wrapped(markup, &it.id, &label(it.kind, &it.text), &it.fields, |markup| {
        markup.begin("mxCell", &[("style", &style), ("vertex", "1"), ("parent", parent)]);
        geometry(markup, frame);
        markup.end();
    });
}

fn geometry(markup: &mut Markup, frame: Rect) {
    let [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height].map(number);
    let frame: [(&str, &str); 5] = [("x", &x), ("y", &y), ("width", &width), ("height", &height), ("as", "geometry")];
    markup.empty("mxGeometry", &frame);
}

/// Lines of text as HTML.
fn label(kind: Kind, text: &[String]) -> String {
    let plain: Vec<String> =
        text.iter().map(|it| it.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")).collect();
    match (kind, plain.as_slice()) {
        (Kind::Zone | Kind::Title, [first, rest @ ..]) => {
            let rest: String = rest.iter().map(|it| format!("<br>{it}")).collect();
            format!("<b>{first}</b>{rest}")
        }
        (_, lines) => lines.join("<br>"),
    }
}

fn vertex_style(it: &Box) -> String {
    let dashed = if it.is_dashed { "dashed=1;" } else { "" };
    let (fill, edge) = (it.fill, it.edge);
    let picture = it.picture.as_ref().map(|svg| format!("image=data:image/svg+xml,{};", STANDARD.encode(svg)));
    let picture = picture.unwrap_or_default();
    match it.kind {
        Kind::Zone => format!(
            "swimlane;html=1;container=1;collapsible=0;recursiveResize=0;expand=0;startSize={ZONE_HEADER};\
             rounded=1;arcSize=4;swimlaneLine=0;fillColor={fill};swimlaneFillColor={fill};strokeColor={edge};strokeWidth=1.5;\
             align=left;verticalAlign=middle;spacingLeft=8;fontStyle=0;fontSize={};{dashed}",
            ZONE_TEXT - 2.0
        ),
        Kind::Note => format!(
            "rounded=0;whiteSpace=wrap;html=1;align=left;verticalAlign=top;spacing=6;fillColor={fill};strokeColor={edge};fontSize=12;"
        ),
        Kind::Title => {
            "text;html=1;whiteSpace=wrap;align=left;verticalAlign=middle;strokeColor=none;fillColor=none;fontSize=18;"
                .to_owned()
        }
        Kind::Asset | Kind::Conduit | Kind::Flow | Kind::SecondHome => format!(
            "shape=label;html=1;whiteSpace=wrap;fillColor=none;strokeColor=none;imageAlign=center;imageVerticalAlign=top;\
             imageWidth={ASSET_ICON};imageHeight={ASSET_ICON};verticalAlign=bottom;align=center;spacing=0;spacingTop=0;\
             fontSize={SMALL_TEXT};{dashed}{picture}"
        ),
        Kind::Legend => format!("shape=image;html=1;imageAspect=0;aspect=fixed;{picture}"),
        Kind::LooseEnd => {
            format!("ellipse;html=1;aspect=fixed;fillColor={fill};strokeColor={edge};strokeWidth=1.5;{dashed}")
        }
    }
}

fn edge(markup: &mut Markup, drawn: &Boxes, line: &Line) {
    let (Some(from), Some(to)) = (drawn.boxes.get(line.from), drawn.boxes.get(line.to)) else { return };
    let layer = if line.kind == Kind::Flow { FLOWS } else { CONDUITS };
    let mut style = edge_style(line);
    if let (Some(&first), Some(&last)) = (line.points.first(), line.points.last()) {
        style.push_str(&port("exit", first, from.frame));
        style.push_str(&port("entry", last, to.frame));
    }
    wrapped(markup, &line.id, &label(line.kind, &line.text), &line.fields, |markup| {
        let cell: [(&str, &str); 5] =
            [("style", &style), ("edge", "1"), ("parent", layer), ("source", &from.id), ("target", &to.id)];
        markup.begin("mxCell", &cell);
        let along = line.label.map(|label| fine(2.0 * share(&line.points, label) - 1.0));
        let mut geometry = vec![("relative", "1"), ("as", "geometry")];
        if let Some(along) = &along {
            geometry.insert(0, ("x", along));
        }
        let bends = line.points.get(1..line.points.len().saturating_sub(1)).unwrap_or_default();
        if bends.is_empty() {
            markup.empty("mxGeometry", &geometry);
        } else {
            markup.begin("mxGeometry", &geometry);
            markup.begin("Array", &[("as", "points")]);
            for bend in bends {
                markup.empty("mxPoint", &[("x", &number(bend.x)), ("y", &number(bend.y))]);
            }
            markup.end();
            markup.end();
        }
        markup.end();
    });
}

fn edge_style(line: &Line) -> String {
    let arrow = |points: bool| if points { "block" } else { "none" };
    let way = match line.kind {
        Kind::SecondHome | Kind::Flow => "edgeStyle=none;curved=0;",
        _ => "edgeStyle=orthogonalEdgeStyle;rounded=1;jumpStyle=arc;",
    };
    let width = if line.kind == Kind::Conduit { "2" } else { "1" };
    let dashed = if line.is_dashed { "dashed=1;" } else { "" };
    format!(
        "{way}html=1;strokeWidth={width};strokeColor={};{dashed}startArrow={};endArrow={};startFill=1;endFill=1;\
         labelBackgroundColor=#ffffff;fontSize={SMALL_TEXT};",
        line.color,
        arrow(line.points_back),
        arrow(line.points_on),
    )
}

/// Where a line meets the edge of a box, as a share of its size.
fn port(end: &str, at: Point, frame: Rect) -> String {
    let share = |at: f32, start: f32, size: f32| fine(((at - start) / size.max(1.0)).clamp(0.0, 1.0));
    let (x, y) = (share(at.x, frame.x, frame.width), share(at.y, frame.y, frame.height));
    format!("{end}X={x};{end}Y={y};{end}Dx=0;{end}Dy=0;{end}Perimeter=0;")
}

/// A share to a hundred-thousandth, so that lines along wide boxes stay straight.
fn fine(share: f32) -> String {
    ((f64::from(share) * 1e5).round() / 1e5).to_string()
}

/// How far along a way the place nearest to a point is, from 0 to 1.
fn share(points: &[Point], at: Point) -> f32 {
    let length = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
    let pairs = || points.iter().zip(points.iter().skip(1));
    let whole: f32 = pairs().map(|(&a, &b)| length(a, b)).sum();
    let mut passed = 0.0;
    let mut best = (f32::INFINITY, 0.5);
    for (&a, &b) in pairs() {
        let step = length(a, b).max(f32::EPSILON);
        let along = (((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / (step * step)).clamp(0.0, 1.0);
        let nearest = Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along);
        let distance = length(nearest, at);
        if distance < best.0 {
            best = (distance, (passed + along * step) / whole.max(f32::EPSILON));
        }
        passed += step;
    }
    best.1.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_where_ours_does() {
        let way = [Point::new(0.0, 0.0), Point::new(100.0, 0.0), Point::new(100.0, 300.0)];
        assert!((share(&way, Point::new(100.0, 100.0)) - 0.5).abs() < 1e-4);
        assert!((share(&way, Point::new(0.0, 5.0))).abs() < 1e-4);
    }
}
