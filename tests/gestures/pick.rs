//! What a gesture could be made with: selections, places, hands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zonewright::drawing::route::{Route, Routing};
use zonewright::drawing::{asset_places, shown};
use zonewright::hands::select::{all, frame_of};
use zonewright::hands::site::with_sites;
use zonewright::hands::{Field, Hand, Held};
use zonewright::model::*;

use crate::Driver;

/// Where assets and conduits are drawn.
#[derive(Clone)]
pub struct Drawn {
    pub cells: BTreeMap<AssetId, Rect>,
    pub routes: BTreeMap<ConduitId, Arc<Route>>,
    /// As much of the project as the view shows.
    pub shown: Project,
}

impl Drawn {
    /// Of a project in a view; with routes of some steps ago, which will do to press on.
    pub fn of(project: &Project, view: &DiagramView, earlier: Option<&Self>) -> Self {
        let shown = shown(project, view).into_owned();
        let routes = match earlier {
            Some(drawn) => {
                let kept = drawn.routes.iter().filter(|(id, _)| shown.conduits.contains(**id));
                kept.map(|(id, route)| (*id, Arc::clone(route))).collect()
            }
            None => Routing::of(&shown, |_| 40.0).routes().clone(),
        };
        Self { cells: asset_places(&shown).cells, routes, shown }
    }

    pub fn field<'a>(&'a self, project: &'a Project) -> Field<'a> {
        Field { project, shown: &self.shown, cells: &self.cells, routes: &self.routes, scene: None }
    }
}

/// The zones among subjects.
pub fn zones_of(subjects: &[Subject]) -> BTreeSet<ZoneId> {
    subjects.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None }).collect()
}

impl Driver {
    pub fn chance(&mut self, per_cent: u32) -> bool {
        self.rng.u32(0..100) < per_cent
    }

    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.usize(0..of.len())]
    }

    pub fn some_zone(&mut self, project: &Project) -> Option<ZoneId> {
        let zones: Vec<ZoneId> = project.zones.ids().collect();
        self.rng.choice(zones)
    }

    pub fn some_asset(&mut self, project: &Project) -> Option<AssetId> {
        let assets: Vec<AssetId> = project.assets.ids().collect();
        self.rng.choice(assets)
    }

    fn some_subject(&mut self, project: &Project) -> Option<Subject> {
        let of: Vec<Subject> = match self.rng.u32(0..20) {
            0..10 => project.zones.ids().map(Subject::from).collect(),
            10..16 => project.assets.ids().map(Subject::from).collect(),
            16 | 17 => project.conduits.ids().map(Subject::from).collect(),
            18 => project.flows.ids().map(Subject::from).collect(),
            _ => project.notes.ids().map(Subject::from).collect(),
        };
        self.rng.choice(of)
    }

    pub fn selection(&mut self, project: &Project) -> Vec<Subject> {
        match self.rng.u32(0..100) {
            0 | 1 => all(project, &[]),
            2 => {
                let zone = self.some_zone(project).map(Subject::Zone);
                with_sites(project, zone.as_slice())
            }
            3 => {
                // the same twice, and something that is gone
                let it = self.some_subject(project);
                it.into_iter().chain(it).chain([ZoneId::random().into()]).collect()
            }
            _ => {
                let count = self.one_of(&[1, 1, 1, 2, 3, 6]);
                (0..count).filter_map(|_| self.some_subject(project)).collect()
            }
        }
    }

    pub fn hand(&mut self, at: Point) -> Hand {
        let zoom = self.one_of(&[0.4, 1.0, 1.0, 2.5]);
        let held = Held { shift: self.chance(15), alt: self.chance(12), command: self.chance(40) };
        Hand { at, zoom, seen: Rect::new(at.x - 900.0, at.y - 600.0, 1800.0, 1200.0), held }
    }

    pub fn place_on(&mut self, frame: Rect) -> Point {
        Point::new(frame.x + self.rng.f32() * frame.width, frame.y + self.rng.f32() * frame.height)
    }

    /// Somewhere a gesture could begin or end: on something, at a grip, on nothing.
    pub fn some_place(&mut self, project: &Project) -> Point {
        let subject = self.some_subject(project);
        match subject.and_then(|it| frame_of(&self.desk.drawn.field(project), it)) {
            Some(frame) if self.rng.u32(0..10) < 9 => self.place_on(frame),
            _ => Point::new(self.rng.f32() * 4000.0 - 1000.0, self.rng.f32() * 4000.0 - 1000.0),
        }
    }
}
