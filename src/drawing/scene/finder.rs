//! What lies where in a drawing, for hits and guides, without looking at everything.

use super::super::grid::Grid;
use super::*;
use crate::model::AssetId;

/// Zones, cards of assets, lines and labels of conduits by where they lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    pub zones: Placed<ZoneId>,
    pub cards: Placed<AssetId>,
    pub lines: Placed<ConduitId>,
    pub labels: Placed<ConduitId>,
}

/// Things with the rectangles that they take.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    grid: Grid<T>,
    frames: BTreeMap<T, Vec<Rect>>,
}

impl<T> Default for Placed<T> {
    fn default() -> Self {
        Self { grid: Grid::default(), frames: BTreeMap::new() }
    }
}

impl<T: Copy + Ord> Placed<T> {
    /// Puts a thing where it lies now; away where that is nowhere.
    pub fn put(&mut self, item: T, frames: Vec<Rect>) {
        for frame in self.frames.remove(&item).unwrap_or_default() {
            self.grid.remove(frame, item);
        }
        for &frame in &frames {
            self.grid.insert(frame, item);
        }
        if !frames.is_empty() {
            self.frames.insert(item, frames);
        }
    }

    /// Moves a thing.
    pub fn shift(&mut self, item: T, by: (f32, f32)) {
        for frame in self.frames.get_mut(&item).into_iter().flatten() {
            self.grid.shift(*frame, by, item);
            *frame = frame.offset(by.0, by.1);
        }
    }

    /// Whether any lies in an area.
    pub fn is_any_in(&self, area: Rect) -> bool {
        !self.grid.near(area).is_empty()
    }

    /// Those in an area, in the order of their ids.
    pub fn near(&self, area: Rect) -> Vec<T> {
        self.grid.near(area)
    }

    /// Those at a place, in the order of their ids.
    fn at(&self, at: Point) -> Vec<T> {
        self.grid.at(at)
    }
}

/// The straight parts of a route as rectangles without breadth.
pub(super) fn parts(route: &Route) -> impl Iterator<Item = Rect> {
    route.points.windows(2).filter_map(|pair| match *pair {
        [a, b] => Some(Rect::between(a, b)),
        _ => None,
    })
}

impl Scene {
    /// The zones whose frames touch an area.
    pub fn zones_near(&self, area: Rect) -> Vec<ZoneId> {
        self.finder.zones.near(area)
    }

    /// The names of sites that are drawn at a zoom, with what they cover.
    pub fn site_names(&self, zoom: f32) -> impl Iterator<Item = (&str, Rect)> {
        let outlines = self.sites.iter().flat_map(|(name, outlines)| outlines.iter().map(move |it| (name, it)));
        outlines.flat_map(move |(name, corners)| {
            let names = perimeter::site_names(&self.look, name, corners).into_iter();
            let drawn = names.filter(move |it| it.zoom.0 <= zoom && zoom < it.zoom.1);
            drawn.map(move |it| (name.as_str(), it.frame()))
        })
    }

    /// The site whose name is at a place.
    pub fn site_at(&self, at: Point, zoom: f32) -> Option<&str> {
        self.site_names(zoom).find(|(_, frame)| frame.contains(at)).map(|(name, _)| name)
    }

    /// Whether any asset has a card in an area.
    pub fn has_card_in(&self, area: Rect) -> bool {
        self.finder.cards.is_any_in(area)
    }

    /// The assets that have a card at a place, be it where they stand or in a further zone.
    pub fn assets_at(&self, at: Point) -> Vec<AssetId> {
        self.finder.cards.at(at)
    }

    /// The conduit whose label is at a place.
    pub fn label_at(&self, at: Point) -> Option<ConduitId> {
        self.finder.labels.at(at).last().copied()
    }

    /// The conduits whose lines run no farther than a distance from a place.
    pub fn lines_near(&self, at: Point, distance: f32) -> Vec<ConduitId> {
        let is_near = |id: &ConduitId| {
            let mut parts = self.finder.lines.frames.get(id).into_iter().flatten();
            parts.any(|it| distance_to(at, it) <= distance)
        };
        let around = Rect::new(at.x, at.y, 0.0, 0.0).grown(distance);
        self.finder.lines.near(around).into_iter().filter(is_near).collect()
    }

    /// The zones at a place, the foremost first.
    pub fn zones_at(&self, at: Point) -> Vec<ZoneId> {
        let mut there: Vec<ZoneId> = self.finder.zones.at(at);
        there.sort_by_key(|id| std::cmp::Reverse(self.ranks.get(id)));
        there
    }
}

fn distance_to(at: Point, line: &Rect) -> f32 {
    let x = (line.x - at.x).max(at.x - line.right()).max(0.0);
    let y = (line.y - at.y).max(at.y - line.bottom()).max(0.0);
    x.hypot(y)
}
