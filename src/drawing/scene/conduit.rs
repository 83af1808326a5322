//! Conduits: line, arrowheads towards the sides that may be opened to, label.

use super::super::icons::icon;
use super::super::route::LABEL_HEIGHT;
use super::super::shape::{Shape, Stroke, arrowhead, centred_text, chip, rounded};
use super::*;
use crate::model::{Conduit, Filtering, Initiator, Point, RemoteAccess};
use crate::text::Face;

/// Width of the chip at the end of a label.
const CHIP: f32 = 20.0;
/// Side of the sign of what filters.
const SIGN: f32 = 13.0;

/// How wide a conduit's label is.
pub(super) fn label_width(project: &Project, id: ConduitId) -> f32 {
    project.conduits.get(id).map_or(0.0, |conduit| {
        let sign = if conduit.is_filtered() { SIGN + 4.0 } else { 0.0 };
        sign + Face::SemiBold.width(&conduit.tag, SMALL_TEXT) + CHIP + 16.0
    })
}

pub(super) fn elements(context: &Context, routes: &BTreeMap<ConduitId, Arc<Route>>) -> Vec<Element> {
    let drawn = routes.iter().filter_map(|(&id, route)| Some((id, context.project.conduits.get(id)?, &**route)));
    let drawn: Vec<_> = drawn.collect();
    let lines = drawn.iter().map(|(id, conduit, route)| line(context, *id, conduit, route));
    let labels = drawn.iter().map(|(id, conduit, route)| label(context, *id, conduit, route));
    let far = drawn.iter().map(|(id, conduit, route)| far_label(context, *id, conduit, route));
    lines.chain(labels).chain(far).collect()
}

/// The colour of a conduit: people reach in over it, nothing filters it, or neither.
fn color(context: &Context, conduit: &Conduit) -> Color {
    let palette = context.look.palette;
    if conduit.remote_access == RemoteAccess::AlwaysOn {
        palette.conduit_remote
    } else if conduit.is_filtered() {
        palette.conduit
    } else {
        palette.conduit_weak
    }
}

fn line(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Element {
    let color = color(context, conduit);
    let stroke = match conduit.remote_access {
        RemoteAccess::None => Stroke::solid(2.0, color),
        RemoteAccess::OnDemand | RemoteAccess::AlwaysOn => Stroke::dashed(2.25, color, 8.0),
    };
    let mut shapes = vec![Shape::Line { points: rounded(&route.points, 8.0), stroke }];
    if let &[ref before @ .., last] = route.points.as_slice()
        && let Some(&previous) = before.last()
        && conduit.initiated_by != Initiator::To
    {
        shapes.push(arrowhead(previous, last, 10.0, color));
    }
    if let &[first, second, ..] = route.points.as_slice()
        && conduit.initiated_by != Initiator::From
    {
        shapes.push(arrowhead(second, first, 10.0, color));
    }
    let around = |all: Rect, it: &Point| all.union(&Rect::new(it.x, it.y, 0.0, 0.0));
    let first = route.points.first().copied().unwrap_or_default();
    let bounds = route.points.iter().fold(Rect::new(first.x, first.y, 0.0, 0.0), around);
    Element::new(Some(id.into()), bounds.grown(5.0), shapes)
}

fn label(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Element {
    let palette = context.look.palette;
    let width = label_width(context.project, id);
    let frame = Rect::new(route.label.x - width / 2.0, route.label.y - LABEL_HEIGHT / 2.0, width, LABEL_HEIGHT);
    let edge = Stroke::solid(1.25, color(context, conduit));
    let mut shapes = vec![Shape::Rect { frame, radius: 9.0, fill: Some(palette.label), stroke: Some(edge) }];
    let mut x = frame.x + 7.0;
    if let Some(kind) = filter_sign(conduit.filtering) {
        let sign = Rect::new(x, frame.center().y - SIGN / 2.0, SIGN, SIGN);
        shapes.extend(icon(kind, sign, palette.icon));
        x += SIGN + 4.0;
    }
    let tag_width = Face::SemiBold.width(&conduit.tag, SMALL_TEXT);
    let middle = Point::new(x + tag_width / 2.0, frame.center().y);
    shapes.push(centred_text(middle, conduit.tag.clone(), Face::SemiBold, SMALL_TEXT, palette.text));
    let (text, colors) = context.summary(id.into());
    let cell = Rect::new(frame.right() - CHIP - 4.0, frame.y + 3.0, CHIP, LABEL_HEIGHT - 6.0);
    shapes.extend(chip(cell, text, 9.5, colors));
    Element::new(Some(id.into()), frame.grown(1.0), shapes).above_zoom(READABLE)
}

/// The tag alone, large enough to be read from afar.
fn far_label(context: &Context, id: ConduitId, conduit: &Conduit, route: &Route) -> Element {
    let size = SMALL_TEXT * FAR;
    let width = Face::SemiBold.width(&conduit.tag, size) + 12.0;
    let frame = Rect::new(route.label.x - width / 2.0, route.label.y - size * 0.65, width, size * 1.3);
    let (_, (fill, ink)) = context.summary(id.into());
    let edge = Stroke::solid(2.0, color(context, conduit));
    let shapes = vec![
        Shape::Rect { frame, radius: 8.0, fill: Some(fill), stroke: Some(edge) },
        centred_text(frame.center(), conduit.tag.clone(), Face::SemiBold, size, ink),
    ];
    Element::new(Some(id.into()), frame.grown(1.0), shapes).above_zoom(ASSETS_FROM).below_zoom(READABLE)
}

/// The sign of what filters: the icon of the device that does.
pub(super) fn filter_sign(filtering: Filtering) -> Option<&'static str> {
    match filtering {
        Filtering::None => None,
        Filtering::Stateful => Some("firewall"),
        Filtering::Application => Some("sis_controller"),
        Filtering::OneWay => Some("data_diode"),
    }
}
