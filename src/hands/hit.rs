//! What is under the pointer: one look over the drawing a frame.

use crate::drawing::scene::{ASSETS_FROM, Scene};
use crate::model::{AssetId, ConduitId, Point, Project, Rect, Subject, ZoneId};

/// A corner or edge of a zone that can be pulled.
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

    /// The frame with this corner or edge moved to a place; never smaller than `least`.
    pub fn pulled(self, frame: Rect, to: Point, least: (f32, f32)) -> Rect {
        let axis = |start: f32, end: f32, to: f32, side: i8, least: f32| match side {
            -1 => (to.min(end - least), end),
            1 => (start, to.max(start + least)),
            _ => (start, end),
        };
        let (left, right) = axis(frame.x, frame.right(), to.x, self.x, least.0);
        let (top, bottom) = axis(frame.y, frame.bottom(), to.y, self.y, least.1);
        Rect::new(left, top, right - left, bottom - top)
    }
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    /// A handle of the selected zone.
    Handle(ZoneId, Handle),
    /// The dot at a zone's edge that a conduit is pulled from.
    Port(ZoneId),
    /// A conduit, its line or its label.
    Conduit(ConduitId),
    /// An asset.
    Asset(AssetId),
    /// A zone.
    Zone(ZoneId),
    /// Nothing.
    Nothing,
}

impl Hit {
    /// What would be selected by a click.
    pub fn subject(self) -> Option<Subject> {
        match self {
            Self::Handle(id, _) | Self::Zone(id) | Self::Port(id) => Some(id.into()),
            Self::Conduit(id) => Some(id.into()),
            Self::Asset(id) => Some(id.into()),
            Self::Nothing => None,
        }
    }
}

/// How near the pointer must be, in points of the screen.
const NEAR: f32 = 7.0;

/// What is at a place. `resizable` is the zone whose handles are shown.
pub fn hit(project: &Project, scene: &Scene, at: Point, zoom: f32, resizable: Option<ZoneId>) -> Hit {
    let near = NEAR / zoom;
    if let Some((id, frame)) = resizable.and_then(|id| Some((id, project.zones.get(id)?.frame))) {
        let distance = |handle: &Handle| {
            let place = handle.place(frame);
            (place.x - at.x).abs().max((place.y - at.y).abs())
        };
        if let Some(handle) = Handle::ALL.into_iter().find(|handle| distance(handle) <= near) {
            return Hit::Handle(id, handle);
        }
    }
    let around = Rect::new(at.x, at.y, 0.0, 0.0).grown(near * 2.5);
    for id in scene.zones_near(around) {
        let Some(zone) = project.zones.get(id) else { continue };
        if ports_of(zone.frame, zoom).into_iter().any(|port| (port.x - at.x).hypot(port.y - at.y) <= near) {
            return Hit::Port(id);
        }
    }
    if let Some(id) = scene.label_at(at).filter(|_| zoom > 0.5) {
        return Hit::Conduit(id);
    }
    if let Some(id) = scene.asset_at(at).filter(|_| zoom >= ASSETS_FROM) {
        return Hit::Asset(id);
    }
    if let Some(id) = scene.line_near(at, near) {
        return Hit::Conduit(id);
    }
    scene.zone_at(at, &[]).map_or(Hit::Nothing, Hit::Zone)
}

/// The innermost zone at a place that is not among `without`.
pub fn zone_at(project: &Project, at: Point, without: &[ZoneId]) -> Option<ZoneId> {
    let around = project.zones.iter().filter(|(id, zone)| zone.frame.contains(at) && !without.contains(id));
    around
        .max_by_key(|(id, zone)| {
            let area = (zone.frame.width * zone.frame.height) as i64;
            (project.zone_ancestors(*id).len(), -area, *id)
        })
        .map(|(id, _)| id)
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

/// Everything that a rectangle encloses: zones, conduits and assets.
pub fn enclosed(project: &Project, scene: &Scene, area: Rect) -> Vec<Subject> {
    let is_within = |id: &ZoneId| project.zones.get(*id).is_some_and(|zone| area.encloses(&zone.frame));
    let zones = scene.zones_near(area).into_iter().filter(is_within).map(Subject::from);
    let is_on_it =
        |id: &ConduitId| scene.routes().get(id).is_some_and(|route| route.points.iter().all(|&it| area.contains(it)));
    let conduits = scene.lines_near(area).into_iter().filter(is_on_it).map(Subject::from);
    let mut found: Vec<Subject> = zones.chain(conduits).collect();
    if found.is_empty() {
        let assets = scene.places.cells.iter().filter(|(_, cell)| area.contains(cell.center()));
        found.extend(assets.map(|(&id, _)| Subject::from(id)));
        found.sort();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::drawing::scene::{Look, scene};
    use crate::model::Id;

    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 400.0, 300.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(100.0, 100.0, 200.0, 120.0);
            })
            .zone("Z-3", |zone| zone.frame = Rect::new(0.0, 500.0, 400.0, 200.0))
            .conduit("C-1", "Z-1", "Z-3", |_| ())
    }

    #[test]
    fn the_innermost_zone_is_hit_and_handles_come_first() {
        let plant = plant();
        let scene = scene(&plant.project, &plant.analyse(), &Look::printed());
        let at = |x: f32, y: f32, resizable| hit(&plant.project, &scene, Point::new(x, y), 1.0, resizable);
        let [outer, inner] = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        assert_eq!(at(250.0, 150.0, None), Hit::Zone(inner));
        assert_eq!(at(20.0, 280.0, None), Hit::Zone(outer));
        assert_eq!(at(300.0, 220.0, Some(inner)), Hit::Handle(inner, Handle { x: 1, y: 1 }));
        assert_eq!(at(200.0, 340.0, None), Hit::Conduit(ConduitId::derived_from("C-1")));
        assert_eq!(at(900.0, 900.0, None), Hit::Nothing);
        assert_eq!(at(411.0, 150.0, None), Hit::Port(outer));
    }

    #[test]
    fn a_pulled_frame_keeps_its_other_side_and_a_least_size() {
        let frame = Rect::new(10.0, 10.0, 100.0, 80.0);
        let handle = Handle { x: -1, y: 1 };
        assert_eq!(handle.pulled(frame, Point::new(0.0, 120.0), (50.0, 50.0)), Rect::new(0.0, 10.0, 110.0, 110.0));
        let least = handle.pulled(frame, Point::new(500.0, -500.0), (50.0, 50.0));
        assert_eq!((least.right(), least.y, least.width, least.height), (110.0, 10.0, 50.0, 50.0));
    }

    #[test]
    fn a_rectangle_selects_what_it_encloses() {
        let plant = plant();
        let scene = scene(&plant.project, &plant.analyse(), &Look::printed());
        let found = enclosed(&plant.project, &scene, Rect::new(-10.0, -10.0, 420.0, 320.0));
        assert_eq!(
            found,
            ["Z-1", "Z-2"]
                .map(|tag| Subject::from(ZoneId::derived_from(tag)))
                .iter()
                .copied()
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
    }
}
