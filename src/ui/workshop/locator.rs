//! The small picture of the diagram in which the place that is spoken of is marked.

use egui::{Pos2, Rect, Role, Sense, Shape as Painted, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::inks::Inks;
use super::parts::text;
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
const MOST_TAGS: usize = 6;
/// The type of tags where there are several, in sizes of the least type: they stand in words beside
/// the picture as well.
const SEVERAL: f32 = 0.75;

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
        // what a tag leaves free: what is marked
        let mut lines: Vec<Rect> = Vec::new();
        let mut anchors: Vec<(Target, Rect)> = Vec::new();
        let mark = color32(inks.palette.accent);
        let line = Stroke::new(5.0 * unit, mark);
        for &target in targets {
            match target {
                Target::Zone(id) => {
                    let Some(rect) = zone_rect(id) else { continue };
                    // also where the zone is smaller than the line around it
                    let rect = Rect::from_center_size(rect.center(), rect.size().max(egui::Vec2::splat(10.0 * unit)));
                    painter.rect(rect, 3.0 * unit, mark.gamma_multiply(0.25), line, StrokeKind::Outside);
                    anchors.push((target, rect.expand(5.0 * unit)));
                }
                Target::Conduit(id) => {
                    let way = drawn.ways.iter().find(|(it, _)| *it == id).map(|(_, way)| way.clone());
                    let way = way.or_else(|| straight(project, id)).unwrap_or_default();
                    let points: Vec<_> = way.into_iter().map(&place).collect();
                    let parts = points.iter().zip(points.iter().skip(1));
                    let parts: Vec<_> = parts.map(|(from, to)| Rect::from_two_pos(*from, *to)).collect();
                    lines.extend(parts.iter().map(|it| it.expand(5.0 * unit)));
                    let longest = parts.iter().max_by(|a, b| a.size().length().total_cmp(&b.size().length()));
                    let middle = longest.map(|it| Rect::from_center_size(it.center(), vec2(10.0, 10.0) * unit));
                    anchors.extend(middle.map(|it| (target, it)));
                    for end in [points.first(), points.last()].into_iter().flatten() {
                        painter.circle_filled(*end, 7.0 * unit, mark);
                    }
                    painter.add(Painted::line(points, line));
                }
            }
        }
        // with more of them the picture would be hidden by what it says
        let all: Vec<(ZoneId, Rect)> = project.zones.ids().filter_map(|it| Some((it, zone_rect(it)?))).collect();
        let size = sizes.small() * if targets.len() > 1 { SEVERAL } else { 1.0 };
        let tag = |tag: &str| {
            let words = text(ui, tag, (Face::SemiBold, size), inks.text(), f32::INFINITY);
            let around = words.size() + vec2(8.0, 0.0) * unit;
            (words, around)
        };
        let put = |at: Rect, words: std::sync::Arc<egui::Galley>, edge: Stroke| {
            painter.rect(at, 3.0 * unit, color32(inks.palette.canvas), edge, StrokeKind::Inside);
            painter.galley(at.min + vec2(4.0, 0.0) * unit, words, color32(inks.text()));
        };
        let inside = frame.shrink(4.0 * unit);
        let is_other =
            |id: ZoneId, of: Option<ZoneId>| of.is_none_or(|of| of != id && !project.zone_ancestors(of).contains(&id));
        let mut told: Vec<Rect> = Vec::new();
        let mut leaders: Vec<[Pos2; 2]> = Vec::new();
        // from above downwards, so that what leads to them does not cross
        anchors.sort_by(|one, other| one.1.center().y.total_cmp(&other.1.center().y));
        // what is marked is named wherever there is room for it
        for &(target, anchor) in anchors.iter().take(MOST_TAGS) {
            let zone = if let Target::Zone(id) = target { Some(id) } else { None };
            let (words, size) = tag(project.target_tag(target));
            let marked = anchors.iter().filter(|(it, _)| match it {
                Target::Zone(id) => is_other(*id, zone),
                Target::Conduit(_) => *it != target,
            });
            let marked = marked.map(|it| it.1).chain(lines.iter().copied()).collect();
            let zones = all.iter().filter(|(it, _)| is_other(*it, zone)).map(|it| it.1).collect();
            let at = named(anchor, size, inside, &Taken { marked, zones, told: &told, leaders: &leaders });
            let leader = leader(anchor, at);
            if at.distance_to_pos(leader[0]) > 3.0 * unit {
                painter.line_segment(leader, Stroke::new(2.0 * unit, mark));
                leaders.push(leader);
            }
            put(at, words, Stroke::new(1.5 * unit, mark));
            told.push(at);
        }
        let ends = spoken_of(project, targets).into_iter().filter(|it| !targets.contains(&Target::Zone(*it)));
        for zone in ends {
            let Some((rect, zone_tag)) = zone_rect(zone).zip(project.zones.get(zone).map(|it| &it.tag)) else {
                continue;
            };
            if told.len() >= MOST_TAGS {
                break;
            }
            let (words, size) = tag(zone_tag);
            let others = all.iter().filter(|(it, _)| is_other(*it, Some(zone))).map(|(_, rect)| *rect);
            let taken: Vec<Rect> = others.chain(lines.iter().copied()).chain(told.iter().copied()).collect();
            let Some(at) = beside(rect, size, inside, &taken) else { continue };
            put(at, words, Stroke::NONE);
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
    let at = |middle: Pos2| Rect::from_center_size(middle, size);
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

/// What stands in the picture already.
struct Taken<'a> {
    /// What else is marked.
    marked: Vec<Rect>,
    /// Other zones.
    zones: Vec<Rect>,
    /// Tags.
    told: &'a [Rect],
    /// What leads from a place to its tag.
    leaders: &'a [[Pos2; 2]],
}

/// What leads from a place to its tag.
fn leader(anchor: Rect, at: Rect) -> [Pos2; 2] {
    let from = anchor.clamp(at.center());
    [from, at.clamp(from)]
}

/// Where words of this size name what is marked: by it, or else as near to it as they stand over as
/// little as can be, of tags and what is marked before all, then of other zones.
fn named(anchor: Rect, size: egui::Vec2, frame: Rect, taken: &Taken) -> Rect {
    let all: Vec<Rect> = taken.marked.iter().chain(&taken.zones).chain(taken.told).copied().collect();
    if let Some(at) = beside(anchor, size, frame, &all) {
        return at;
    }
    let room = (frame.size() - size).max(egui::Vec2::ZERO);
    let steps = (room / (0.3 * size.y)).floor().min(vec2(80.0, 80.0));
    let places = (0..=steps.x as usize).flat_map(|x| (0..=steps.y as usize).map(move |y| vec2(x as f32, y as f32)));
    let hidden = |at: Rect, all: &[Rect]| {
        let parts = all.iter().map(|it| it.intersect(at)).filter(Rect::is_positive).map(|it| it.area());
        parts.sum::<f32>() / size.y
    };
    let cost = |at: &Rect| {
        let [from, to] = leader(anchor, *at);
        let own = if at.intersects(anchor) { size.x } else { 0.0 };
        let passes = |it: &&Rect| (1..=8).any(|part| it.contains(from.lerp(to, part as f32 / 8.0)));
        let through = taken.told.iter().filter(passes);
        let crossed =
            taken.leaders.iter().filter(|it| cross(**it, [from, to]) || at.intersects(Rect::from_points(&**it)));
        let in_the_way = 4.0 * size.x * (through.count() + crossed.count()) as f32;
        let hides = 20.0 * (hidden(*at, &taken.marked) + 2.0 * hidden(*at, taken.told) + own);
        from.distance(to) + in_the_way + hides + 0.4 * hidden(*at, &taken.zones)
    };
    let at = |step: egui::Vec2| Rect::from_min_size(frame.min + room * step / steps.max(vec2(1.0, 1.0)), size);
    let found = places.map(at).min_by(|one, other| cost(one).total_cmp(&cost(other)));
    found.unwrap_or_else(|| Rect::from_center_size(frame.center(), size))
}

/// Whether two straight lines meet.
fn cross([a, b]: [Pos2; 2], [c, d]: [Pos2; 2]) -> bool {
    let side = |from: Pos2, to: Pos2, of: Pos2| (to - from).rot90().dot(of - from);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
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
    fn what_is_marked_is_named_over_as_little_as_can_be() {
        let frame = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 200.0));
        let tag = vec2(90.0, 30.0);
        // zones in rows, with streets between them that are too narrow for a tag, and one that is not
        let row = |y: f32| (0..6).map(move |it| Rect::from_min_size(pos2(50.0 * it as f32, y), vec2(40.0, 25.0)));
        let zones: Vec<Rect> = [5.0, 40.0, 75.0, 150.0].into_iter().flat_map(row).collect();
        for &anchor in &zones {
            let others: Vec<Rect> = zones.iter().copied().filter(|it| *it != anchor).collect();
            let mut taken = Taken { marked: Vec::new(), zones: others, told: &[], leaders: &[] };
            let at = named(anchor, tag, frame, &taken);
            assert!(frame.expand(1.0).contains_rect(at) && !at.intersects(anchor.shrink(1.0)), "{at} of {anchor}");
            let told = [at];
            taken.told = &told;
            let next = named(anchor, tag, frame, &taken);
            assert!(!next.shrink(1.0).intersects(at), "{next} over {at}");
        }
        let full = Taken { marked: vec![frame], zones: vec![frame], told: &[frame], leaders: &[] };
        assert!(frame.expand(1.0).contains_rect(named(frame, tag, frame, &full)), "there is always one");
    }

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
