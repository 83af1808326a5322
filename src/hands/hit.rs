//! What is under the pointer: one look over the drawing a frame.

use super::{Field, site};
use crate::drawing::scene::{ASSETS_FROM, Scene};
use crate::model::{AssetId, ConduitId, NoteId, Point, Project, Rect, Subject, ZoneId};

/// A corner or edge of a frame that can be pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    /// -1 the left edge, 1 the right edge, 0 neither.
    pub x: i8,
    /// -1 the upper edge, 1 the lower edge, 0 neither.
    pub y: i8,
}

impl Handle {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self { x: -1, y: -1 },
        Self { x: 0, y: -1 },
        Self { x: 1, y: -1 },
        Self { x: 1, y: 0 },
        Self { x: 1, y: 1 },
        Self { x: 0, y: 1 },
        Self { x: -1, y: 1 },
        Self { x: -1, y: 0 },
    ];

    /// Where it is on a frame.
    pub fn place(self, frame: Rect) -> Point {
        let along = |start: f32, length: f32, side: i8| start + length * (f32::from(side) + 1.0) / 2.0;
        Point::new(along(frame.x, frame.width, self.x), along(frame.y, frame.height, self.y))
    }
}

/// One of a conduit's two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At its `from` zone.
    From,
    /// At its `to` zone.
    To,
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A handle around what is selected.
    Handle(Handle),
    /// An end of the selected conduit.
    End(ConduitId, End),
    /// The dot at a zone's edge that a conduit is pulled from.
    Port(ZoneId),
    /// A conduit, its line or its label.
    Conduit(ConduitId),
    /// An asset.
    Asset(AssetId),
    /// A note.
    Note(NoteId),
    /// A zone.
    Zone(ZoneId),
    /// The name of the site that this zone stands in.
    Site(ZoneId),
    /// Nothing.
    Nothing,
}

impl Hit {
    /// What would be selected by a click: several zones by the name of their site.
    pub fn subjects(self, project: &Project) -> Vec<Subject> {
        match self {
            Self::Site(zone) => site::zones_beside(project, zone),
            other => other.subject().into_iter().collect(),
        }
    }

    /// The one thing that would be selected by a click.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Zone(id) | Self::Port(id) => Some(id.into()),
            Self::Conduit(id) | Self::End(id, _) => Some(id.into()),
            Self::Asset(id) => Some(id.into()),
            Self::Note(id) => Some(id.into()),
            Self::Handle(_) | Self::Site(_) | Self::Nothing => None,
        }
    }
}

/// What can be gripped beside the drawing itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grips {
    /// The frame whose handles are shown.
    pub frame: Option<Rect>,
    /// The conduit whose ends can be pulled.
    pub conduit: Option<ConduitId>,
    /// Conduits can be pulled from the edges of zones.
    pub has_ports: bool,
}

/// How near the pointer must be, in points of the screen.
const NEAR: f32 = 7.0;

/// What is at a place.
pub fn hit(field: &Field, at: Point, zoom: f32, grips: &Grips) -> Hit {
    let gripped = gripped(field, at, zoom, grips);
    gripped.or_else(|| under(field, at, zoom).into_iter().next()).unwrap_or(Hit::Nothing)
}

fn gripped(field: &Field, at: Point, zoom: f32, grips: &Grips) -> Option<Hit> {
    let near = NEAR / zoom;
    if let Some((id, route)) = grips.conduit.and_then(|id| Some((id, field.routes.get(&id)?))) {
        let ends = [(End::From, route.points.first()), (End::To, route.points.last())];
        let found = ends.into_iter().find(|(_, place)| place.is_some_and(|it| distance(*it, at) <= near));
        if let Some((end, _)) = found {
            return Some(Hit::End(id, end));
        }
    }
    if let Some(frame) = grips.frame {
        let is_near = |handle: &Handle| {
            let place = handle.place(frame);
            (place.x - at.x).abs().max((place.y - at.y).abs()) <= near
        };
        if let Some(handle) = handles(frame, zoom).find(is_near) {
            return Some(Hit::Handle(handle));
        }
    }
    let is_at_port = |frame: Rect| ports_of(frame, zoom).into_iter().any(|port| distance(port, at) <= near);
    let has_port_here = |id: &ZoneId| field.shown.zones.get(*id).is_some_and(|it| is_at_port(it.frame));
    let around = Rect::new(at.x, at.y, 0.0, 0.0).grown(near * 2.5);
    let port = if grips.has_ports { zones_near(field, around).into_iter().find(has_port_here) } else { None };
    port.map(Hit::Port)
}

/// The zones that touch an area, found without looking at all where the drawing is of them.
fn zones_near(field: &Field, area: Rect) -> Vec<ZoneId> {
    match drawn(field) {
        Some(scene) => scene.zones_near(area),
        None => field.shown.zones.iter().filter(|(_, it)| it.frame.overlaps(&area)).map(|(id, _)| id).collect(),
    }
}

/// The scene where it draws the zones that are shown, and not what a drag makes of them.
fn drawn<'a>(field: &Field<'a>) -> Option<&'a Scene> {
    field.scene.filter(|it| it.project.zones.same(&field.shown.zones))
}

/// The handles of a frame; on a small one only the corners, or they would cover its name.
pub fn handles(frame: Rect, zoom: f32) -> impl Iterator<Item = Handle> {
    let size = frame.width.min(frame.height) * zoom;
    Handle::ALL.into_iter().filter(move |it| size > 48.0 || (it.x != 0 && it.y != 0))
}

/// Everything at a place, the foremost first.
pub fn under(field: &Field, at: Point, zoom: f32) -> Vec<Hit> {
    let mut found = Vec::new();
    let notes = |in_front: bool| {
        let notes = super::stack::notes(field.shown).into_iter().rev().filter(move |&id| {
            field.shown.notes.get(id).is_some_and(|it| (it.order >= 0) == in_front && it.frame.contains(at))
        });
        notes.map(Hit::Note)
    };
    found.extend(notes(true));
    let is_shown = |id: &ConduitId| field.shown.conduits.contains(*id);
    let label = field.scene.filter(|_| zoom > 0.5).and_then(|it| it.label_at(at)).filter(is_shown);
    found.extend(label.map(Hit::Conduit));
    if zoom >= ASSETS_FROM {
        let there = field.scene.map_or_else(
            || field.cells.iter().filter(|(_, cell)| cell.contains(at)).map(|(&id, _)| id).collect(),
            |it| it.assets_at(at),
        );
        found.extend(there.into_iter().filter(|&id| field.shown.assets.contains(id)).map(Hit::Asset));
    }
    let zones = drawn(field).map_or_else(|| zones_at(field.shown, at), |it| it.zones_at(at));
    // a zone that is small on the screen could not be taken hold of for all the lines at it
    let innermost = zones.first().and_then(|it| field.shown.zones.get(*it)).map(|it| it.frame);
    let near = innermost.map_or(NEAR / zoom, |it| (NEAR / zoom).min(it.width.min(it.height) / 8.0));
    let lines = field.scene.map_or_else(
        || field.routes.iter().filter(|(_, it)| is_on(&it.points, at, near)).map(|(&id, _)| id).collect(),
        |it| it.lines_near(at, near),
    );
    found.extend(lines.into_iter().filter(is_shown).map(Hit::Conduit));
    found.extend(zones.into_iter().map(Hit::Zone));
    let site = field.scene.and_then(|it| it.site_at(at, zoom));
    found.extend(site.and_then(|name| site::first_zone(field.shown, name)).map(Hit::Site));
    found.extend(notes(false));
    let mut once = Vec::new();
    found.retain(|it| {
        !once.contains(it) && {
            once.push(*it);
            true
        }
    });
    found
}

/// The zones at a place, the foremost first.
pub fn zones_at(project: &Project, at: Point) -> Vec<ZoneId> {
    let around = project.zones.iter().filter(|(_, zone)| zone.frame.contains(at));
    let mut around: Vec<_> = around.map(|(id, _)| (way(project, id), id)).collect();
    around.sort();
    around.into_iter().rev().map(|(_, id)| id).collect()
}

/// The foremost zone at a place that is not among `without`.
pub fn zone_at(project: &Project, at: Point, without: impl Fn(ZoneId) -> bool) -> Option<ZoneId> {
    zones_at(project, at).into_iter().find(|&id| !without(id))
}

/// How a zone lies among the others: by the orders and tags of the zones that it lies in.
fn way(project: &Project, zone: ZoneId) -> Vec<(i32, &str, ZoneId)> {
    let step = |id: ZoneId| project.zones.get(id).map(|it| (it.order, it.tag.as_str(), id));
    let mut way: Vec<_> = project.zone_ancestors(zone).into_iter().rev().filter_map(step).collect();
    way.extend(step(zone));
    way
}

/// The dots that conduits are pulled from: outside the middle of each side.
pub fn ports_of(frame: Rect, zoom: f32) -> [Point; 4] {
    let away = 11.0 / zoom;
    let middle = frame.center();
    [
        Point::new(middle.x, frame.y - away),
        Point::new(frame.right() + away, middle.y),
        Point::new(middle.x, frame.bottom() + away),
        Point::new(frame.x - away, middle.y),
    ]
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn is_on(points: &[Point], at: Point, near: f32) -> bool {
    points.windows(2).any(|pair| match pair {
        &[a, b] => distance_to_segment(at, a, b) <= near,
        _ => false,
    })
}

fn distance_to_segment(at: Point, a: Point, b: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (at.x - a.x - share * dx).hypot(at.y - a.y - share * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant};
    use crate::model::{Id, Note};

    fn at(drawn: &Drawn, x: f32, y: f32, grips: &Grips) -> Hit {
        hit(&drawn.field(), Point::new(x, y), 1.0, grips)
    }

    #[test]
    fn the_innermost_zone_is_hit_and_grips_come_first() {
        let drawn = Drawn::of(&plant());
        let [outer, inner] = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        let none = Grips::default();
        assert_eq!(at(&drawn, 200.0, 200.0, &none), Hit::Zone(inner));
        assert_eq!(at(&drawn, 20.0, 280.0, &none), Hit::Zone(outer));
        assert_eq!(at(&drawn, 900.0, 900.0, &none), Hit::Nothing);
        let grips = Grips { frame: Some(drawn.project.zones.get(inner).unwrap().frame), ..none };
        assert_eq!(at(&drawn, 360.0, 240.0, &grips), Hit::Handle(Handle { x: 1, y: 1 }));
        let ports = Grips { has_ports: true, ..none };
        assert_eq!(at(&drawn, 200.0, 311.0, &ports), Hit::Port(outer));
    }

    #[test]
    fn an_end_of_the_selected_conduit_can_be_gripped() {
        let drawn = Drawn::of(&plant());
        let id = ConduitId::derived_from("C-1");
        let points = &drawn.scene.routes()[&id].points;
        let (first, last) = (points[0], points[points.len() - 1]);
        let grips = Grips { conduit: Some(id), ..Grips::default() };
        assert_eq!(at(&drawn, first.x, first.y, &grips), Hit::End(id, End::From));
        assert_eq!(at(&drawn, last.x, last.y, &grips), Hit::End(id, End::To));
        assert_eq!(at(&drawn, last.x - 20.0, last.y, &Grips::default()), Hit::Conduit(id));
    }

    #[test]
    fn in_a_zone_that_is_small_on_the_screen_only_what_is_right_on_a_line_hits_it() {
        let drawn = Drawn::of(&plant());
        let id = ConduitId::derived_from("C-1");
        let end = *drawn.scene.routes()[&id].points.last().unwrap();
        let zone = ZoneId::derived_from("Z-3");
        assert_eq!(end.x, drawn.project.zones.get(zone).unwrap().frame.x);
        let inwards = |by: f32| Point::new(end.x + by, end.y);
        let near = |zoom: f32| hit(&drawn.field(), inwards(6.0 / zoom), zoom, &Grips::default());
        assert_eq!(near(1.0), Hit::Conduit(id));
        assert_eq!(near(0.1), Hit::Zone(zone));
        assert_eq!(hit(&drawn.field(), inwards(0.0), 0.1, &Grips::default()), Hit::Conduit(id));
    }

    #[test]
    fn what_was_brought_forward_is_hit_first() {
        let overlapping = |order: i32| {
            plant().zone("Z-4", |zone| {
                zone.frame = Rect::new(900.0, 100.0, 300.0, 200.0);
                zone.order = order;
            })
        };
        let [there, new] = ["Z-3", "Z-4"].map(|tag| Hit::Zone(ZoneId::derived_from(tag)));
        let place = Point::new(950.0, 150.0);
        let under = |order: i32| under(&Drawn::of(&overlapping(order)).field(), place, 1.0);
        assert_eq!(under(0), [new, there]);
        assert_eq!(under(-1), [there, new]);
    }

    #[test]
    fn a_note_lies_before_zones_or_behind_them() {
        let with_note = |order: i32| {
            let mut plant = plant();
            let frame = Rect::new(650.0, 100.0, 100.0, 60.0);
            plant.project.notes.insert(NoteId::derived_from("N"), Note { frame, order, ..Note::default() });
            at(&Drawn::of(&plant), 700.0, 130.0, &Grips::default())
        };
        assert_eq!(with_note(0), Hit::Note(NoteId::derived_from("N")));
        assert_eq!(with_note(-1), Hit::Zone(ZoneId::derived_from("Z-3")));
    }
}
