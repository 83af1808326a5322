//! Walking over the drawing by keys: to what lies beside, inside, around.

use super::Field;
use super::select::{frame_of, inside};
use crate::model::{Point, Rect, Subject, ZoneId};

/// A way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The nearest thing that way. From a zone to zones of the same zone first, from an asset
/// to assets, from a note to notes; a conduit leads to the zones it joins.
pub fn neighbour(field: &Field, from: Subject, way: Way) -> Option<Subject> {
    let here = frame_of(field, from)?;
    let shown = field.shown;
    let zones = |keep: &dyn Fn(Option<ZoneId>) -> bool| -> Vec<Subject> {
        shown.zones.iter().filter(|(_, it)| keep(it.parent)).map(|(id, _)| id.into()).collect()
    };
    let groups: Vec<Vec<Subject>> = match from {
        Subject::Zone(id) => {
            let parent = shown.zones.get(id)?.parent;
            // from the edge of a zone on to what lies beside that
            let outer = shown.zone_ancestors(id);
            let is_outer = |it: Option<ZoneId>| it.is_none_or(|it| outer.contains(&it));
            vec![zones(&|it| it == parent), zones(&|it| is_outer(it))]
        }
        Subject::Asset(_) => {
            let home = match from {
                Subject::Asset(id) => shown.assets.get(id)?.zone,
                _ => None,
            };
            let drawn = || field.cells.keys().filter(|id| shown.assets.contains(**id));
            let of_home = drawn().filter(|id| shown.assets.get(**id).is_some_and(|it| it.zone == home));
            vec![of_home.map(|&id| id.into()).collect(), drawn().map(|&id| id.into()).collect()]
        }
        Subject::Note(_) => vec![shown.notes.ids().map(Subject::from).collect(), zones(&|it| it.is_none())],
        _ => vec![zones(&|_| true)],
    };
    let is_around = |it: Subject| matches!((it, from), (Subject::Zone(outer), Subject::Zone(inner)) if shown.zone_ancestors(inner).contains(&outer));
    groups.into_iter().find_map(|group| {
        let candidates = group.into_iter().filter(|&it| it != from && !is_around(it));
        nearest(here, candidates.filter_map(|it| Some((it, frame_of(field, it)?))), way)
    })
}

/// The nearest frame that way: what lies straight ahead before what lies aslant.
fn nearest(here: Rect, others: impl Iterator<Item = (Subject, Rect)>, way: Way) -> Option<Subject> {
    let from = here.center();
    let ahead = |to: Point| match way {
        Way::Left => (from.x - to.x, (from.y - to.y).abs()),
        Way::Right => (to.x - from.x, (from.y - to.y).abs()),
        Way::Up => (from.y - to.y, (from.x - to.x).abs()),
        Way::Down => (to.y - from.y, (from.x - to.x).abs()),
    };
    let cost = |frame: Rect| {
        let (along, aside) = ahead(frame.center());
        let is_straight = match way {
            Way::Left | Way::Right => here.y < frame.bottom() && frame.y < here.bottom(),
            Way::Up | Way::Down => here.x < frame.right() && frame.x < here.right(),
        };
        let is_that_way = along > 1.0 && (is_straight || along * 2.0 >= aside);
        is_that_way.then_some(along + aside * if is_straight { 0.3 } else { 2.0 })
    };
    others
        .filter_map(|(subject, frame)| Some((cost(frame)?, subject)))
        .min_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)))
        .map(|(_, subject)| subject)
}

/// The first thing that lies or stands in a zone, from the top left.
pub fn into(field: &Field, zone: ZoneId) -> Option<Subject> {
    let mut all: Vec<Subject> = inside(field.shown, zone);
    sort(field, &mut all);
    all.first().copied()
}

/// The zone that something lies or stands in; of a conduit its `from` zone.
pub fn out_of(field: &Field, subject: Subject) -> Option<Subject> {
    let zone = match subject {
        Subject::Zone(id) => field.shown.zones.get(id)?.parent,
        Subject::Asset(id) => field.shown.assets.get(id)?.zone,
        Subject::Flow(id) => return field.shown.flows.get(id)?.conduit.map(Into::into),
        _ => None,
    };
    zone.filter(|&it| field.shown.zones.contains(it)).map(Into::into)
}

/// What comes after this one, or before it, from the top left to the bottom right:
/// zones, assets, conduits and notes.
pub fn next(field: &Field, from: Option<Subject>, back: bool) -> Option<Subject> {
    let shown = field.shown;
    let mut all: Vec<Subject> = shown.zones.ids().map(Subject::from).collect();
    all.extend(field.cells.keys().filter(|id| shown.assets.contains(**id)).map(|&id| Subject::Asset(id)));
    all.extend(field.routes.keys().filter(|id| shown.conduits.contains(**id)).map(|&id| Subject::Conduit(id)));
    all.extend(shown.notes.ids().map(Subject::Note));
    sort(field, &mut all);
    let last = all.len().checked_sub(1)?;
    let place = from.and_then(|from| all.iter().position(|it| *it == from));
    let there = match (place, back) {
        (None, false) => 0,
        (None, true) => last,
        (Some(place), false) => (place + 1) % all.len(),
        (Some(place), true) => place.checked_sub(1).unwrap_or(last),
    };
    all.get(there).copied()
}

fn sort(field: &Field, subjects: &mut [Subject]) {
    let place = |subject: Subject| match subject {
        Subject::Conduit(id) => field.routes.get(&id).map(|it| it.label).unwrap_or_default(),
        _ => frame_of(field, subject).unwrap_or_default().corner(),
    };
    subjects.sort_by(|&one, &next| {
        let (a, b) = (place(one), place(next));
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)).then(one.cmp(&next))
    });
}

/// Zones other than one, the nearest first: what it can be joined with.
pub fn others_by_distance(field: &Field, from: ZoneId) -> Vec<ZoneId> {
    let Some(here) = field.shown.zones.get(from).map(|it| it.frame) else { return Vec::new() };
    let apart = |frame: Rect| {
        let across = (here.x - frame.right()).max(frame.x - here.right()).max(0.0);
        let down = (here.y - frame.bottom()).max(frame.y - here.bottom()).max(0.0);
        across.hypot(down)
    };
    let mut others: Vec<_> = field.shown.zones.iter().filter(|(id, _)| *id != from).collect();
    others.sort_by(|(a, one), (b, next)| {
        apart(one.frame).total_cmp(&apart(next.frame)).then(one.tag.cmp(&next.tag)).then(a.cmp(b))
    });
    others.into_iter().map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant};
    use crate::model::{AssetId, Id};

    fn zone(tag: &str) -> Subject {
        ZoneId::derived_from(tag).into()
    }

    #[test]
    fn keys_lead_to_what_lies_that_way() {
        let drawn = Drawn::of(&plant().zone("Z-4", |zone| zone.frame = Rect::new(0.0, 500.0, 400.0, 200.0)));
        let go = |from: &str, way| neighbour(&drawn.field(), zone(from), way);
        assert_eq!(go("Z-1", Way::Right), Some(zone("Z-3")));
        assert_eq!(go("Z-1", Way::Down), Some(zone("Z-4")));
        assert_eq!(go("Z-3", Way::Left), Some(zone("Z-1")));
        assert_eq!(go("Z-2", Way::Right), Some(zone("Z-3")), "out of the zone around it");
        assert_eq!(go("Z-1", Way::Up), None);
        let asset = AssetId::derived_from("A-1").into();
        let beside = neighbour(&drawn.field(), asset, Way::Right);
        assert_eq!(beside, Some(AssetId::derived_from("A-2").into()));
    }

    #[test]
    fn inside_and_out_again() {
        let drawn = Drawn::of(&plant());
        let first = into(&drawn.field(), ZoneId::derived_from("Z-1")).unwrap();
        assert_eq!(drawn.project.subject_tag(first), "A-2");
        assert_eq!(out_of(&drawn.field(), first), Some(zone("Z-1")));
        assert_eq!(out_of(&drawn.field(), zone("Z-1")), None);
        assert_eq!(into(&drawn.field(), ZoneId::derived_from("Z-3")), None);
    }

    #[test]
    fn one_after_the_other_comes_round_to_the_first() {
        let drawn = Drawn::of(&plant());
        let first = next(&drawn.field(), None, false).unwrap();
        let mut all = vec![first];
        while let Some(it) = next(&drawn.field(), all.last().copied(), false).filter(|it| *it != first) {
            all.push(it);
        }
        assert_eq!(all.len(), 6);
        assert_eq!(next(&drawn.field(), Some(first), true), all.last().copied());
    }
}
