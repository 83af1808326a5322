//! What lies where in a drawing, for hits and guides, without looking at everything.

use super::super::grid::Grid;
use super::*;
use crate::model::AssetId;

/// Zones, cards of assets, lines and labels of conduits by where they lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    pub zones: Grid<ZoneId>,
    pub cards: Grid<AssetId>,
    pub lines: Grid<ConduitId>,
    pub labels: Grid<ConduitId>,
}

/// The straight parts of a route as rectangles without breadth.
pub(super) fn parts(route: &Route) -> impl Iterator<Item = Rect> {
    route.points.windows(2).filter_map(|pair| match *pair {
        [a, b] => Some(Rect::between(a, b)),
        _ => None,
    })
}

/// A rectangle around a place.
fn around(at: Point, distance: f32) -> Rect {
    Rect::new(at.x, at.y, 0.0, 0.0).grown(distance)
}

impl Scene {
    /// The zones whose frames touch an area.
    pub fn zones_near(&self, area: Rect) -> Vec<ZoneId> {
        self.finder.zones.near(area)
    }

    /// The zones whose frames hold a place.
    pub fn zones_at(&self, at: Point) -> Vec<ZoneId> {
        self.finder.zones.at(at)
    }

    /// The asset whose card is at a place, be it where it stands or in a further zone.
    pub fn asset_at(&self, at: Point) -> Option<AssetId> {
        self.finder.cards.at(at).first().copied()
    }

    /// The assets that have a card in an area.
    pub fn assets_near(&self, area: Rect) -> Vec<AssetId> {
        self.finder.cards.near(area)
    }

    /// The conduit whose label is at a place.
    pub fn label_at(&self, at: Point) -> Option<ConduitId> {
        self.finder.labels.at(at).last().copied()
    }

    /// The conduit whose line is nearest to a place and no farther than a distance.
    pub fn line_near(&self, at: Point, distance: f32) -> Option<ConduitId> {
        let away = |id: &ConduitId| {
            let route = self.routes().get(id)?;
            parts(route).map(|it| distance_to(at, it)).min_by(f32::total_cmp)
        };
        let near = self.finder.lines.near(around(at, distance)).into_iter();
        let near = near.filter_map(|id| Some((away(&id)?, id))).filter(|(away, _)| *away <= distance);
        near.min_by(|one, next| one.0.total_cmp(&next.0)).map(|(_, id)| id)
    }

    /// The conduits that have a part in an area.
    pub fn lines_near(&self, area: Rect) -> Vec<ConduitId> {
        self.finder.lines.near(area)
    }

    /// The innermost zone at a place that is not among `without`; of zones that overlap,
    /// the one that lies before the others.
    pub fn zone_at(&self, at: Point, without: &[ZoneId]) -> Option<ZoneId> {
        let around = self.zones_at(at).into_iter().filter(|id| !without.contains(id));
        around.max_by_key(|id| self.elements.rank(Stratum::Plant, (*id).into()))
    }
}

fn distance_to(at: Point, line: Rect) -> f32 {
    let x = (line.x - at.x).max(at.x - line.right()).max(0.0);
    let y = (line.y - at.y).max(at.y - line.bottom()).max(0.0);
    x.hypot(y)
}
