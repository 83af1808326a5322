//! The small picture of the diagram in which the place that is spoken of is marked.

use egui::{Rect, Role, Sense, Shape as Painted, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::parts::{Inks, text};
use super::sizes::Sizes;
use crate::drawing::scene::{Look, scene};
use crate::drawing::shape::Shape;
use crate::model::{
    Conduit, ConduitId, DiagramView, Layer, Point, Project, Rect as Frame, Subject, Table, Target, Zone, ZoneId,
};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::shape_to_egui;

/// With more conduits than this the picture has none: they would be a grey cloud, and take their time.
const MOST_CONDUITS: usize = 120;
/// As many tags stand in the picture.
const MOST_TAGS: usize = 4;

/// The drawing, and what it was drawn from.
#[derive(Default)]
pub(super) struct Locator(Option<Drawn>);

struct Drawn {
    zones: Table<ZoneId, Zone>,
    conduits: Table<ConduitId, Conduit>,
    inks: Inks,
    shapes: Vec<Shape>,
    bounds: Frame,
    /// The ways of the conduits.
    ways: Vec<(ConduitId, Vec<Point>)>,
}

impl Locator {
    fn drawn(&mut self, ctx: &Context, inks: Inks) -> Option<&Drawn> {
        let project = ctx.project;
        let is_known = self.0.as_ref().is_some_and(|it| {
            it.zones.same(&project.zones)
                && it.conduits.same(&project.conduits)
                && std::ptr::eq(it.inks.palette, inks.palette)
        });
        if !is_known {
            self.0 = Some(draw(ctx, inks));
        }
        self.0.as_ref()
    }

    /// Shows the plant in a frame, with these places marked.
    pub fn show(&mut self, ui: &Ui, ctx: &Context, inks: Inks, frame: Rect, targets: &[Target], sizes: Sizes) {
        let unit = sizes.unit;
        let tags: Vec<_> = targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
        let label = format!("Where it lies: {}", tags.join(", "));
        let response = ui.interact(frame, ui.scope_id().with("locator"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label.as_str()));
        let edge = Stroke::new(1.5 * unit, color32(inks.palette.line_strong));
        ui.painter().rect(frame, 8.0 * unit, color32(inks.palette.canvas), edge, StrokeKind::Inside);
        let project = ctx.project;
        let Some(drawn) = self.drawn(ctx, inks).filter(|it| it.bounds.width > 0.0) else { return };
        let inside = frame.shrink(10.0 * unit);
        let bounds = drawn.bounds;
        let zoom = (inside.width() / bounds.width.max(1.0)).min(inside.height() / bounds.height.max(1.0));
        let middle = bounds.center();
        let place = |at: Point| {
            pos2(inside.center().x + (at.x - middle.x) * zoom, inside.center().y + (at.y - middle.y) * zoom)
        };
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        for shape in &drawn.shapes {
            shape_to_egui(&painter, shape, &place, zoom);
        }
        // what is spoken of stands out from all the rest
        painter.rect_filled(frame.shrink(2.0 * unit), 6.0 * unit, color32(inks.palette.canvas).gamma_multiply(0.35));
        let edge = Stroke::new(1.5 * unit, color32(inks.outline()));
        let zone_rect = |id: ZoneId| {
            let frame = project.zones.get(id)?.frame;
            Some(Rect::from_two_pos(place(frame.corner()), place(Point::new(frame.right(), frame.bottom()))))
        };
        for rect in project.zones.ids().filter_map(zone_rect) {
            painter.rect_stroke(rect, 2.0 * unit, edge, StrokeKind::Inside);
        }
        // what a tag must leave free: lines of what is marked, and zones that it does not name
        let mut lines: Vec<Rect> = Vec::new();
        let mark = color32(inks.palette.accent);
        let line = Stroke::new(5.0 * unit, mark);
        for &target in targets {
            match target {
                Target::Zone(id) => {
                    let Some(rect) = zone_rect(id) else { continue };
                    // also where the zone is smaller than the line around it
                    let rect = Rect::from_center_size(rect.center(), rect.size().max(egui::Vec2::splat(10.0 * unit)));
                    painter.rect(rect, 3.0 * unit, mark.gamma_multiply(0.25), line, StrokeKind::Outside);
                }
                Target::Conduit(id) => {
                    let way = drawn.ways.iter().find(|(it, _)| *it == id).map(|(_, way)| way.clone());
                    let way = way.or_else(|| straight(project, id)).unwrap_or_default();
                    let points: Vec<_> = way.into_iter().map(&place).collect();
                    let parts = points.iter().zip(points.iter().skip(1));
                    lines.extend(parts.map(|(from, to)| Rect::from_two_pos(*from, *to).expand(5.0 * unit)));
                    for end in [points.first(), points.last()].into_iter().flatten() {
                        painter.circle_filled(*end, 7.0 * unit, mark);
                    }
                    painter.add(Painted::line(points, line));
                }
            }
        }
        // with more of them the picture would be hidden by what it says
        let all: Vec<(ZoneId, Rect)> = project.zones.ids().filter_map(|it| Some((it, zone_rect(it)?))).collect();
        let mut told = Vec::new();
        for zone in spoken_of(project, targets).into_iter().take(MOST_TAGS) {
            let Some((rect, tag)) = zone_rect(zone).zip(project.zones.get(zone).map(|it| it.tag.as_str())) else {
                continue;
            };
            let words = text(ui, tag, (Face::SemiBold, sizes.small()), inks.text(), f32::INFINITY);
            let around = project.zone_ancestors(zone);
            let others = all.iter().filter(|(it, _)| *it != zone && !around.contains(it)).map(|(_, rect)| *rect);
            let taken: Vec<Rect> = others.chain(lines.iter().copied()).chain(told.iter().copied()).collect();
            let size = words.size() + vec2(8.0, 0.0) * unit;
            let Some(at) = beside(rect, size, frame.shrink(4.0 * unit), &taken) else { continue };
            painter.rect_filled(at, 3.0 * unit, color32(inks.palette.canvas));
            painter.galley(at.min + vec2(4.0, 0.0) * unit, words, color32(inks.text()));
            told.push(at);
        }
    }
}

/// The zones that are meant: those marked, and both ends of a conduit.
fn spoken_of(project: &Project, targets: &[Target]) -> Vec<ZoneId> {
    let mut all = Vec::new();
    for &target in targets {
        let zones = match target {
            Target::Zone(id) => [Some(id), None],
            Target::Conduit(id) => project.conduits.get(id).map_or([None, None], |it| [it.from, it.to]),
        };
        for zone in zones.into_iter().flatten() {
            if !all.contains(&zone) {
                all.push(zone);
            }
        }
    }
    all
}

/// Where words of this size stand in the frame: in a zone that is large enough to be seen around
/// them, or else just above, below or beside it, over nothing that is taken; `None` where there is no
/// room for them.
fn beside(zone: Rect, size: egui::Vec2, frame: Rect, taken: &[Rect]) -> Option<Rect> {
    let at = |middle: egui::Pos2| Rect::from_center_size(middle, size);
    let is_clear = |it: &Rect| frame.expand(1.0).contains_rect(*it) && taken.iter().all(|other| !other.intersects(*it));
    let within = at(zone.center());
    if zone.width() > 1.3 * size.x && zone.height() > 1.6 * size.y && is_clear(&within) {
        return Some(within);
    }
    // what is marked is drawn with a thick line
    let away = zone.size() / 2.0 + size / 2.0 + egui::Vec2::splat(0.3 * size.y);
    let along = (size.x - zone.width()).max(0.0) / 2.0;
    let around = [vec2(0.0, -away.y), vec2(0.0, away.y), vec2(away.x, 0.0), vec2(-away.x, 0.0)];
    // above and below also flush with either edge
    let flush = [(along, -away.y), (-along, -away.y), (along, away.y), (-along, away.y)].map(|(x, y)| vec2(x, y));
    around.into_iter().chain(flush).map(|by| at(zone.center() + by)).find(is_clear)
}

/// From the middle of one zone to the middle of the other.
fn straight(project: &Project, id: ConduitId) -> Option<Vec<Point>> {
    let conduit = project.conduits.get(id)?;
    let middle = |zone: Option<ZoneId>| project.zones.get(zone?).map(|it| it.frame.center());
    Some(vec![middle(conduit.from)?, middle(conduit.to)?])
}

fn draw(ctx: &Context, inks: Inks) -> Drawn {
    let project = ctx.project;
    // neither words nor devices: only where zones lie and what joins them
    let mut hidden: std::collections::BTreeSet<Layer> = Layer::ALL.iter().copied().collect();
    let mut part = Project { zones: project.zones.clone(), ..Project::default() };
    if project.conduits.len() <= MOST_CONDUITS {
        hidden.remove(&Layer::Conduits);
        part.conduits = project.conduits.clone();
    }
    let view = DiagramView { hidden_layers: hidden, ..DiagramView::default() };
    let scene = scene(&part, ctx.analysis, &Look { palette: inks.palette, view });
    // of conduits only their ways
    let is_form = |is_conduit: bool, it: &Shape| match it {
        Shape::Text { .. } | Shape::Icon { .. } => false,
        Shape::Line { .. } => true,
        _ => !is_conduit,
    };
    let shapes = scene.elements.iter().flat_map(|element| {
        let is_conduit = matches!(element.subject, Some(Subject::Conduit(_)));
        element.shapes.iter().filter(move |it| is_form(is_conduit, it))
    });
    Drawn {
        zones: project.zones.clone(),
        conduits: project.conduits.clone(),
        inks,
        shapes: shapes.cloned().collect(),
        bounds: scene.bounds,
        ways: scene.routes().iter().map(|(id, route)| (*id, route.points.clone())).collect(),
    }
}

/// Where a target lies, in words: the zones around it, or the zones that it joins.
pub(super) fn way_words(project: &Project, target: Target) -> String {
    let tag = |id: ZoneId| project.zones.get(id).map_or("?", |it| it.tag.as_str());
    match target {
        Target::Zone(id) => {
            let site = project.zones.get(id).map_or("", |it| it.site.as_str());
            let around = project.zone_ancestors(id).into_iter().rev().map(tag);
            let parts: Vec<&str> = std::iter::once(site).filter(|it| !it.is_empty()).chain(around).collect();
            if parts.is_empty() { String::new() } else { format!("in {}", parts.join(" › ")) }
        }
        Target::Conduit(id) => {
            let Some(conduit) = project.conduits.get(id) else { return String::new() };
            let end = |zone: Option<ZoneId>| zone.map_or("?", tag);
            format!("from {} to {}", end(conduit.from), end(conduit.to))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_by_its_zone_and_over_nothing_else_or_not_at_all() {
        let frame = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 200.0));
        let tag = vec2(80.0, 30.0);
        for corner in [pos2(0.0, 0.0), pos2(290.0, 190.0), pos2(140.0, 90.0), pos2(290.0, 10.0)] {
            let small = Rect::from_min_size(corner, vec2(10.0, 8.0));
            let mut taken = vec![small];
            while let Some(told) = beside(small, tag, frame, &taken) {
                assert!(
                    frame.expand(1.0).contains_rect(told) && taken.iter().all(|it| !it.intersects(told)),
                    "{small}: {told}"
                );
                let gap = told.intersect(small);
                assert!(gap.width() > -20.0 && gap.height() > -20.0, "{told} is far from {small}");
                taken.push(told);
            }
            assert!((2..9).contains(&taken.len()), "{small} has room for {}", taken.len() - 1);
        }
        let large = Rect::from_min_size(pos2(50.0, 40.0), vec2(200.0, 120.0));
        assert!(large.contains_rect(beside(large, tag, frame, &[]).unwrap()));
        // a conduit through it is not hidden
        let line = Rect::from_two_pos(pos2(150.0, 0.0), pos2(150.0, 200.0)).expand(5.0);
        let told = beside(large, tag, frame, &[line]);
        assert!(told.is_none_or(|it| !it.intersects(line)), "{told:?}");
    }
}
