//! Where there is room on the canvas for a new zone.

use crate::model::{Project, Rect, ZoneId};

/// Room between a new zone and its neighbours, enough for a conduit and its label.
const GAP: f32 = 72.0;
/// Room between a zone's edge and a zone in it; more above, where its title stands.
const INSIDE: f32 = 24.0;
const TITLE: f32 = 48.0;
/// What the frames of new zones snap to.
const GRID: f32 = 8.0;
/// An asset's cell, and what a zone needs beside its assets.
const CELL: (f32, f32) = (92.0, 62.0);
const LEAST: (f32, f32) = (216.0, 112.0);

/// How large a zone with so many assets is drawn.
pub(super) fn size_for(assets: usize) -> (f32, f32) {
    let columns = (assets.max(1) as f32).sqrt().ceil().max(2.0);
    let rows = (assets.max(1) as f32 / columns).ceil();
    let fit = |length: f32, least: f32| (length.max(least) / GRID).ceil() * GRID;
    (fit(columns * CELL.0 + 32.0, LEAST.0), fit(rows * CELL.1 + 50.0, LEAST.1))
}

/// A frame of this size near another zone, in the same zone as that, and the zones around
/// with the frames that they must grow to. Neither it nor they come to lie over anything;
/// where the neighbourhood is full, it is beside the whole drawing.
pub(super) fn beside(
    project: &Project,
    near: ZoneId,
    (width, height): (f32, f32),
) -> (Rect, Option<ZoneId>, Vec<(ZoneId, Rect)>) {
    let around = project.zone_ancestors(near);
    let frame = project.zones.get(near).map_or(Rect::new(0.0, 0.0, width, height), |it| it.frame);
    for step in 0..12_u8 {
        let away = GAP + f32::from(step) * 5.0 * GRID;
        let sideways = f32::from(step) * 3.0 * GRID;
        let candidates = [
            (frame.right() + away, frame.y),
            (frame.x - away - width, frame.y),
            (frame.x, frame.bottom() + away),
            (frame.x, frame.y - away - height),
            (frame.right() + away, frame.y + sideways),
            (frame.right() + away, frame.bottom() + away),
            (frame.x - away - width, frame.bottom() + away),
        ];
        for (x, y) in candidates {
            let place = Rect::new((x / GRID).round() * GRID, (y / GRID).round() * GRID, width, height);
            if let Some(grown) = fitted(project, &around, place) {
                return (place, around.first().copied(), grown);
            }
        }
    }
    let all = project.zones.values().map(|it| it.frame).reduce(|all, it| all.union(&it)).unwrap_or_default();
    (Rect::new(((all.right() + GAP) / GRID).ceil() * GRID, all.y, width, height), None, Vec::new())
}

/// How the zones around have to grow for this place; `None` where it, or one of them then,
/// would come too near to something else.
fn fitted(project: &Project, around: &[ZoneId], place: Rect) -> Option<Vec<(ZoneId, Rect)>> {
    let mut grown = Vec::new();
    let mut within = place;
    let mut inner: Vec<ZoneId> = Vec::new();
    let is_free = |frame: Rect, parent: Option<ZoneId>, without: &[ZoneId]| {
        let beside = project.zones.iter().filter(|(id, it)| it.parent == parent && !without.contains(id));
        beside.into_iter().all(|(_, it)| !it.frame.overlaps(&frame.grown(GAP / 2.0)))
    };
    for &outer in around {
        if !is_free(within, Some(outer), &inner) {
            return None;
        }
        let old = project.zones.get(outer)?.frame;
        let needed =
            Rect::new(within.x - INSIDE, within.y - TITLE, within.width + 2.0 * INSIDE, within.height + TITLE + INSIDE);
        let frame = old.union(&needed);
        if frame == old {
            // it lies in what is there already: nothing further out changes
            return Some(grown);
        }
        grown.push((outer, frame));
        within = frame;
        inner = vec![outer];
    }
    is_free(within, None, &inner).then_some(grown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Id;

    fn zone(plant: Fixture, tag: &str, frame: Rect, parent: Option<&str>) -> Fixture {
        plant.zone(tag, |zone| {
            zone.frame = frame;
            zone.parent = parent.map(ZoneId::derived_from);
        })
    }

    #[test]
    fn a_new_zone_lies_beside_and_over_nothing() {
        let plant = zone(Fixture::new(), "Z-1", Rect::new(0.0, 0.0, 240.0, 160.0), None);
        let plant = zone(plant, "Z-2", Rect::new(320.0, 0.0, 240.0, 160.0), None);
        let (frame, parent, grown) = beside(&plant.project, ZoneId::derived_from("Z-1"), (216.0, 112.0));
        assert!(plant.project.zones.values().all(|it| !it.frame.overlaps(&frame)), "{frame:?}");
        assert_eq!((parent, grown), (None, Vec::new()));
    }

    #[test]
    fn the_zone_around_grows_with_it() {
        let plant = zone(Fixture::new(), "Z-SITE", Rect::new(0.0, 0.0, 320.0, 260.0), None);
        let plant = zone(plant, "Z-1", Rect::new(40.0, 60.0, 240.0, 160.0), Some("Z-SITE"));
        let (frame, parent, grown) = beside(&plant.project, ZoneId::derived_from("Z-1"), (216.0, 112.0));
        assert_eq!(parent, Some(ZoneId::derived_from("Z-SITE")));
        assert!(grown.len() == 1 && grown[0].1.encloses(&frame));
    }

    #[test]
    fn a_full_neighbourhood_puts_it_beside_the_whole_drawing() {
        let plant = zone(Fixture::new(), "Z-1", Rect::new(0.0, 0.0, 240.0, 160.0), None);
        let wall = |plant: Fixture, tag: &str, x: f32, y: f32, width: f32, height: f32| {
            zone(plant, tag, Rect::new(x, y, width, height), None)
        };
        let plant = wall(plant, "Z-E", 260.0, -1500.0, 2000.0, 3000.0);
        let plant = wall(plant, "Z-W", -2020.0, -1500.0, 2000.0, 3000.0);
        let plant = wall(plant, "Z-N", -10.0, -1500.0, 260.0, 1480.0);
        let plant = wall(plant, "Z-S", -10.0, 180.0, 260.0, 1320.0);
        let (frame, ..) = beside(&plant.project, ZoneId::derived_from("Z-1"), (216.0, 112.0));
        assert!(plant.project.zones.values().all(|it| !it.frame.overlaps(&frame)), "{frame:?}");
        assert!(frame.x > 2260.0);
    }
}
