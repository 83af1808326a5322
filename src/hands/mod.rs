//! Hands: what presses, drags and commands on the drawing come to, as data and edits.
//! Nothing here knows a window, so that the same gestures are driven by tests.

pub mod arrange;
pub mod bodies;
pub mod clipboard;
pub mod cut;
pub mod draw;
pub mod estimate;
pub mod gesture;
pub mod growth;
pub mod hit;
pub mod home;
pub mod join;
pub mod leave;
pub mod lock;
pub mod nest;
pub mod order;
pub mod outline;
pub mod part;
pub mod rate;
pub mod room;
pub mod select;
pub mod site;
pub mod snap;
pub mod stack;
pub mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::drawing::route::Route;
use crate::drawing::scene::Scene;
use crate::model::{AssetId, ConduitId, Point, Project, Rect};

/// What hands work on.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The whole project; edits are made for it.
    pub project: &'a Project,
    /// As much of it as is drawn; only that is hit, snapped to and walked to.
    pub shown: &'a Project,
    /// Where assets are drawn.
    pub cells: &'a BTreeMap<AssetId, Rect>,
    /// How conduits are drawn.
    pub routes: &'a BTreeMap<ConduitId, Arc<Route>>,
    /// The drawing itself, which also knows labels and second homes.
    pub scene: Option<&'a Scene>,
}

impl<'a> Field<'a> {
    /// A project, as much of it as is shown, and where a scene draws that.
    pub fn new(project: &'a Project, shown: &'a Project, scene: &'a Scene) -> Self {
        Self { project, shown, cells: &scene.places.cells, routes: scene.routes(), scene: Some(scene) }
    }
}

/// Keys held while something is done by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Keeps to one axis, keeps a proportion.
    pub shift: bool,
    /// Copies, sizes about the centre.
    pub alt: bool,
    /// Snaps to nothing.
    pub command: bool,
}

/// Where the hand is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    /// Its place in the drawing.
    pub at: Point,
    /// Points of the screen for a canvas unit.
    pub zoom: f32,
    /// The part of the drawing that is seen; nothing else is snapped to.
    pub seen: Rect,
    /// What is held.
    pub held: Held,
}

/// One of the two ways to measure on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

impl Axis {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Across, Self::Down];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Across => Self::Down,
            Self::Down => Self::Across,
        }
    }

    /// Where a rectangle begins and ends.
    pub fn span(self, rect: &Rect) -> (f32, f32) {
        match self {
            Self::Across => (rect.x, rect.right()),
            Self::Down => (rect.y, rect.bottom()),
        }
    }

    /// The rectangle with another beginning and end.
    #[must_use]
    pub fn with_span(self, rect: Rect, (start, end): (f32, f32)) -> Rect {
        match self {
            Self::Across => Rect { x: start, width: end - start, ..rect },
            Self::Down => Rect { y: start, height: end - start, ..rect },
        }
    }

    /// The rectangle moved.
    #[must_use]
    pub fn moved(self, rect: Rect, by: f32) -> Rect {
        match self {
            Self::Across => rect.offset(by, 0.0),
            Self::Down => rect.offset(0.0, by),
        }
    }
}

/// The smallest rectangle around all of them.
pub fn around(frames: impl IntoIterator<Item = Rect>) -> Option<Rect> {
    frames.into_iter().reduce(|all, it| all.union(&it))
}

#[cfg(test)]
pub(crate) mod fixture {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::drawing::asset_places;
    use crate::drawing::scene::{Look, scene};
    use crate::edit::Edit;
    use crate::model::{Asset, Id, Zone, ZoneId};

    /// Two zones side by side, one of them with a zone and two assets in it.
    pub fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 400.0, 300.0))
            .zone("Z-2", |zone| {
                zone.parent = Some(ZoneId::derived_from("Z-1"));
                zone.frame = Rect::new(160.0, 120.0, 200.0, 120.0);
            })
            .zone("Z-3", |zone| zone.frame = Rect::new(600.0, 0.0, 400.0, 200.0))
            .asset("A-1", "plc", "Z-1", |asset| asset.place = Some(Point::new(16.0, 40.0)))
            .asset("A-2", "plc", "Z-1", |_| ())
            .conduit("C-1", "Z-1", "Z-3", |_| ())
    }

    /// The plant with everything drawn.
    pub struct Drawn {
        pub project: Project,
        pub scene: Scene,
    }

    impl Drawn {
        pub fn of(fixture: &Fixture) -> Self {
            let scene = scene(&fixture.project, &fixture.analyse(), &Look::printed());
            Self { project: fixture.project.clone(), scene }
        }

        pub fn field(&self) -> Field<'_> {
            Field::new(&self.project, &self.project, &self.scene)
        }

        pub fn after(&self, edit: &Edit) -> Project {
            let mut project = self.project.clone();
            edit.apply(&mut project).expect("the edit can be done");
            assert_eq!(project.first_unresolved(), None);
            project
        }
    }

    pub fn hand(x: f32, y: f32) -> Hand {
        let seen = Rect::new(-5000.0, -5000.0, 10000.0, 10000.0);
        Hand { at: Point::new(x, y), zoom: 1.0, seen, held: Held::default() }
    }

    pub fn zone<'a>(project: &'a Project, tag: &str) -> &'a Zone {
        project.zones.values().find(|it| it.tag == tag).expect("the zone is there")
    }

    pub fn zone_id(project: &Project, tag: &str) -> ZoneId {
        project.zones.iter().find(|(_, it)| it.tag == tag).expect("the zone is there").0
    }

    pub fn asset<'a>(project: &'a Project, tag: &str) -> &'a Asset {
        project.assets.values().find(|it| it.tag == tag).expect("the asset is there")
    }

    pub fn cell(project: &Project, tag: &str) -> Rect {
        asset_places(project).cells[&AssetId::derived_from(tag)]
    }
}
