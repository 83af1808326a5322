//! Flows from asset to asset, drawn on demand.

use super::super::shape::{Anchor, Shape, Stroke, arrowhead, curve};
use super::*;
use crate::catalogue::Catalogue;
use crate::model::{AssetId, Flow, FlowId, Point};
use crate::text::Face;

/// A thin curve from the asset that opens the flow to the one that answers, with the
/// protocol where that can be read. `None` where an end is not drawn.
pub(super) fn elements(context: &Context, id: FlowId, flow: &Flow, places: &AssetPlaces) -> Vec<Element> {
    shapes(context.look, id, flow, places).map_or(Vec::new(), |(line, label)| {
        let mut elements = vec![element(id, line).above_zoom(ASSETS_FROM)];
        if !label.is_empty() {
            elements.push(element(id, label).above_zoom(READABLE));
        }
        elements
    })
}

fn element(id: FlowId, shapes: Vec<Shape>) -> Element {
    let bounds = shapes.iter().map(Shape::bounds).reduce(|all, it| all.union(&it)).unwrap_or_default();
    Element::new(Some(id.into()), bounds, shapes)
}

/// The flows of an asset or a conduit as shapes, whatever the layers: shown while it is
/// selected, with their protocols where those can be read at a zoom.
pub fn flows_of(scene: &Scene, look: &Look, subject: Subject, zoom: f32) -> Vec<Shape> {
    let project = &scene.project;
    let is_meant = |flow: &Flow| match subject {
        Subject::Asset(id) => flow.from == Some(id) || flow.to == Some(id),
        Subject::Conduit(id) => flow.conduit == Some(id),
        _ => false,
    };
    let meant = project.flows.iter().filter(|(id, flow)| subject == Subject::Flow(*id) || is_meant(flow));
    let drawn = meant.filter_map(|(id, flow)| shapes(look, id, flow, &scene.places));
    drawn.flat_map(|(line, label)| line.into_iter().chain(label.into_iter().filter(|_| zoom >= READABLE))).collect()
}

/// A flow's protocol and port, such as "Modbus TCP 502".
pub fn protocol_text(flow: &Flow) -> String {
    let known = Catalogue::embedded().protocols().iter().find(|it| it.id == flow.protocol);
    let name = known.map_or(flow.protocol.as_str(), |it| it.name.as_str());
    match flow.port {
        Some(port) => format!("{name} {port}"),
        None => name.to_owned(),
    }
}

fn shapes(look: &Look, id: FlowId, flow: &Flow, places: &AssetPlaces) -> Option<(Vec<Shape>, Vec<Shape>)> {
    let middle = |id: AssetId| places.cells.get(&id).map(|cell| Point::new(cell.center().x, cell.y + 20.0));
    let (from, to) = (middle(flow.from?)?, middle(flow.to?)?);
    let length = (to.x - from.x).hypot(to.y - from.y);
    if length < 1.0 {
        return None;
    }
    // flows between the same two assets lie beside each other
    let spread = (id.to_string().bytes().map(u32::from).sum::<u32>() % 5) as f32 * 9.0;
    let all = curve(from, to, (length * 0.08).min(60.0) + spread);
    let clear = ASSET_ICON / 2.0 + 5.0;
    let is_clear = |it: &&Point| {
        let away = |end: Point| (it.x - end.x).hypot(it.y - end.y);
        away(from) >= clear && away(to) >= clear
    };
    let points: Vec<Point> = all.iter().filter(is_clear).copied().collect();
    let color = look.palette.flow;
    let stroke = Stroke::solid(look.line(1.25), color);
    let [first, second, .., before, last] = *points.as_slice() else {
        return Some((vec![Shape::Line { points: vec![from, to], stroke }], Vec::new()));
    };
    let mut line = vec![Shape::Line { points: points.clone(), stroke }, arrowhead(before, last, 7.0, color)];
    if flow.both_ways {
        line.push(arrowhead(second, first, 7.0, color));
    }
    let at = points.get(points.len() / 2).copied().unwrap_or(from);
    let size = look.text(9.0);
    let text = protocol_text(flow);
    let width = Face::Regular.width(&text, size);
    let ground = Rect::new(at.x - width / 2.0 - 3.0, at.y - size * 0.7, width + 6.0, size * 1.4);
    let label = vec![
        Shape::filled(ground, 3.0, look.palette.label),
        Shape::Text { at: at.offset(0.0, size * 0.36), anchor: Anchor::Middle, text, face: Face::Regular, size, color },
    ];
    Some((line, if length < 90.0 { Vec::new() } else { label }))
}
