//! The perimeter of the SUC with its access points, and outlines of sites and areas.

use std::collections::{BTreeMap, BTreeSet};

use super::super::hull::{crossing, outlines};
use super::super::shape::{Anchor, Shape, Stroke, bounds_of, centred_text, rounded_loop};
use super::*;
use crate::model::{Point, ZoneId};
use crate::text::Face;

/// Space between the perimeter and the zones inside, more than conduits keep that go around them.
const MARGIN: f32 = 26.0;
/// Space between a site's outline and its zones.
const SITE_MARGIN: f32 = 34.0;
/// Half the size of an access point.
const POINT: f32 = 8.0;
/// How much of a line the mark of an access point takes.
pub(super) const CROSSING: f32 = 3.0 * POINT;

/// How far the mark of an access point reaches with most names.
const CROSSING_NAME: f32 = 140.0;

/// The zones that a zone lies in, the nearest first.
fn outer(project: &Project, zone: ZoneId) -> impl Iterator<Item = ZoneId> {
    // a circle ends somewhere
    let parent = |id: &ZoneId| project.zones.get(*id)?.parent;
    std::iter::successors(parent(&zone), parent).take(64)
}

/// The frames of the outermost zones for which `is_in` holds, and those of the zones to
/// be left out: the outermost others that neither lie in one of them nor hold one.
fn split(project: &Project, is_in: impl Fn(&Zone) -> bool) -> (Vec<Rect>, Vec<Rect>) {
    let has = |id: ZoneId| project.zones.get(id).is_some_and(&is_in);
    let holders: BTreeSet<ZoneId> =
        project.zones.iter().filter(|(_, zone)| is_in(zone)).flat_map(|(id, _)| outer(project, id)).collect();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for (id, zone) in project.zones.iter() {
        if outer(project, id).any(has) {
            continue;
        }
        if is_in(zone) {
            inside.push(zone.frame);
        } else if !holders.contains(&id) {
            outside.push(zone.frame);
        }
    }
    (inside, outside)
}

/// The conduits from inside the perimeter to outside.
pub(super) fn leaving(project: &Project) -> Vec<ConduitId> {
    project.conduits_leaving().collect()
}

/// The outlines around what lies inside the perimeter.
pub(super) fn perimeter(project: &Project) -> Vec<Vec<Point>> {
    let (inside, outside) = split(project, Zone::is_in_suc);
    outlines(&inside, &outside, MARGIN)
}

/// The perimeter as a heavy line, and apart its name, beside the places where it is crossed.
pub(super) fn elements(look: &Look, outlines: &[Vec<Point>], crossings: &[Point]) -> (Vec<Element>, Vec<Element>) {
    let color = look.palette.perimeter;
    let (mut elements, mut names) = (Vec::new(), Vec::new());
    for corners in outlines {
        let bounds = bounds_of(corners);
        let line = |width: f32, dash: f32| Shape::Line {
            points: rounded_loop(corners, 10.0),
            stroke: Stroke::dash_dotted(look.line(width), color, dash),
        };
        let area = bounds.grown(14.0);
        elements.push(Element::new(None, area, vec![line(2.75, 20.0)]).above_zoom(ASSETS_FROM));
        elements.push(Element::new(None, area, vec![line(6.0, 60.0)]).below_zoom(ASSETS_FROM));
        // an outline around what is left out within has no name of its own
        if is_clockwise(corners)
            && let Some((start, end)) = name_side(corners)
        {
            // at the right end, as a site has its name at the left, unless an access point is there
            let named = |size: f32| {
                let (width, height) = (Face::SemiBold.width("SUC", size) + 10.0, size * 1.4);
                let plate = |x: f32| Rect::new(x, start.y - height / 2.0, width, height);
                let right = plate(end.x - 20.0 - width);
                let is_free = |it: &Rect| {
                    !crossings.iter().any(|at| Rect::new(at.x - 12.0, at.y - 8.0, CROSSING_NAME, 16.0).overlaps(it))
                };
                let frame = [right, plate(start.x + 20.0)].into_iter().find(is_free).unwrap_or(right);
                name_plate(look, "SUC", frame, size, color)
            };
            names.push(Element::new(None, area, named(look.text(12.0))).above_zoom(READABLE));
            names.push(Element::new(None, area, named(22.0)).above_zoom(ASSETS_FROM).below_zoom(READABLE));
            names.push(Element::new(None, area, named(44.0)).below_zoom(ASSETS_FROM));
        }
    }
    (elements, names)
}

/// Whether corners run clockwise: around an inside.
fn is_clockwise(corners: &[Point]) -> bool {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>() > 0.0
}

/// The left and the right end of the highest level side that is long enough.
fn name_side(corners: &[Point]) -> Option<(Point, Point)> {
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let level = sides.filter(|(a, b)| (a.y - b.y).abs() < 0.5 && (a.x - b.x).abs() > 120.0);
    let highest = level.min_by(|(a, b), (c, d)| a.y.total_cmp(&c.y).then(a.x.min(b.x).total_cmp(&c.x.min(d.x))))?;
    let (a, b) = highest;
    Some(if a.x <= b.x { (*a, *b) } else { (*b, *a) })
}

/// A name on a line.
fn name_plate(look: &Look, name: &str, frame: Rect, size: f32, color: Color) -> Vec<Shape> {
    vec![
        Shape::Rect {
            frame,
            radius: 4.0,
            fill: Some(look.palette.canvas),
            stroke: Some(Stroke::solid(look.line(1.0), color)),
        },
        centred_text(frame.center(), name, Face::SemiBold, size, color),
    ]
}

/// A mark where a conduit crosses the perimeter, with its name where the scope names it.
pub(super) fn access_point(context: &Context, id: ConduitId, route: &Route, outlines: &[Vec<Point>]) -> Vec<Element> {
    let Some(at) = crossing(outlines, &route.points) else { return Vec::new() };
    let (look, palette) = (context.look, context.look.palette);
    let named = context.project.scope.access_points.iter().find(|it| it.conduit == Some(id));
    let diamond = |size: f32, fill: Color| {
        let corner = |x: f32, y: f32| Point::new(at.x + x * size, at.y + y * size);
        let corners = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
        let edge = corners.iter().chain(corners.first()).copied().collect();
        let stroke = Stroke::solid(look.line(1.75), palette.perimeter);
        vec![Shape::Polygon { points: corners, fill }, Shape::Line { points: edge, stroke }]
    };
    let fill = if named.is_some() { palette.perimeter } else { palette.label };
    let bounds = Rect::new(at.x, at.y, 0.0, 0.0).grown(POINT * 2.0);
    let mut elements = vec![
        Element::new(Some(id.into()), bounds, diamond(POINT, fill)).above_zoom(READABLE),
        Element::new(Some(id.into()), bounds, diamond(POINT * 1.7, fill)).above_zoom(ASSETS_FROM).below_zoom(READABLE),
    ];
    if let Some(point) = named.filter(|it| !it.name.is_empty()) {
        let size = look.text(10.0);
        let text = Face::Regular.shortened(&point.name, size, 220.0);
        let width = Face::Regular.width(&text, size);
        let start = Point::new(at.x + POINT + 4.0, at.y + size * 0.36);
        let ground = Rect::new(start.x - 2.0, at.y - size * 0.65, width + 4.0, size * 1.3);
        let shapes = vec![
            Shape::filled(ground, 2.0, palette.canvas),
            Shape::Text { at: start, anchor: Anchor::Start, text, face: Face::Regular, size, color: palette.perimeter },
        ];
        elements.push(Element::new(Some(id.into()), ground, shapes).above_zoom(READABLE));
    }
    elements
}

/// The outlines around the zones of each site that holds several; none where all zones
/// stand in one.
pub(super) fn sites(project: &Project) -> BTreeMap<String, Vec<Vec<Point>>> {
    let names: BTreeSet<&str> = project.zones.values().map(|it| it.site.as_str()).collect();
    if names.len() < 2 {
        return BTreeMap::new();
    }
    let mut sites = BTreeMap::new();
    for name in names.into_iter().filter(|it| !it.is_empty()) {
        let (inside, outside) = split(project, |zone| zone.site == name);
        // the name of a lone zone's place needs no line around it
        if inside.len() > 1 {
            sites.insert(name.to_owned(), outlines(&inside, &outside, SITE_MARGIN));
        }
    }
    sites
}

/// A light outline for each site, and apart its name.
pub(super) fn site_elements(look: &Look, sites: &BTreeMap<String, Vec<Vec<Point>>>) -> (Vec<Element>, Vec<Element>) {
    let color = look.palette.site;
    let ground = Color { a: 215, ..look.palette.canvas };
    let (mut elements, mut names) = (Vec::new(), Vec::new());
    for (name, corners) in sites.iter().flat_map(|(name, outlines)| outlines.iter().map(move |it| (name, it))) {
        let bounds = bounds_of(corners);
        let area = bounds.grown(30.0);
        let stroke = Stroke::dashed(look.line(1.0), color, 2.0);
        let line = Shape::Line { points: rounded_loop(corners, 14.0), stroke };
        elements.push(Element::new(None, area, vec![line]));
        for name in site_names(look, name, corners) {
            // no lower than the letters, or it would cover the outline
            let frame = name.frame();
            let letters = Rect { y: frame.y + name.size * 0.15, height: name.size * 0.95, ..frame };
            let plate = Shape::filled(letters, 3.0, ground);
            let shape = Shape::Text {
                at: name.at,
                anchor: Anchor::Start,
                text: name.text,
                face: Face::SemiBold,
                size: name.size,
                color,
            };
            let element = Element::new(None, area, vec![plate, shape]);
            names.push(element.above_zoom(name.zoom.0).below_zoom(name.zoom.1));
        }
    }
    (elements, names)
}

/// The name of a site as it is drawn at some zooms.
pub(super) struct SiteName {
    text: String,
    /// Where it begins, on its line of writing.
    at: Point,
    size: f32,
    /// The zooms at which it is drawn, from and below.
    pub zoom: (f32, f32),
}

impl SiteName {
    /// What it covers.
    pub fn frame(&self) -> Rect {
        let width = Face::SemiBold.width(&self.text, self.size);
        Rect::new(self.at.x, self.at.y - self.size, width, self.size * 1.3)
    }
}

/// The name of a site at an outline, larger where the drawing is small; none around what is
/// left out within.
pub(super) fn site_names(look: &Look, name: &str, corners: &[Point]) -> Vec<SiteName> {
    let Some((at, end)) = name_side(corners).filter(|_| is_clockwise(corners)) else { return Vec::new() };
    let width = (end.x - at.x - 60.0).max(60.0);
    let steps = [(look.text(12.0), READABLE, f32::INFINITY), (22.0, ASSETS_FROM, READABLE), (48.0, 0.0, ASSETS_FROM)];
    let named = |(size, from, below): (f32, f32, f32)| SiteName {
        text: Face::SemiBold.shortened(name, size, width),
        at: Point::new(at.x + 20.0, at.y - 4.0),
        size,
        zoom: (from, below),
    };
    steps.map(named).into()
}
