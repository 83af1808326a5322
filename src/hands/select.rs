//! Selecting several: by a rectangle, everything, what lies beneath.

use std::collections::BTreeSet;

use super::hit::{Hit, under};
use super::{Field, around};
use crate::model::{AssetId, Point, Project, Rect, Subject, ZoneId};

/// Everything that lies wholly in a rectangle: zones, notes and conduits, and assets
/// whose zone does not.
pub fn enclosed(field: &Field, area: Rect) -> Vec<Subject> {
    chosen(field, |frame, _| area.encloses(frame), |points| points.iter().all(|&it| area.contains(it)))
}

/// Everything that a rectangle touches. A zone around the whole rectangle is not touched.
pub fn touched(field: &Field, area: Rect) -> Vec<Subject> {
    let crosses = |points: &[Point]| {
        points.windows(2).any(|pair| match pair {
            &[a, b] => {
                let run = Rect::between(a, b);
                run.x <= area.right() && area.x <= run.right() && run.y <= area.bottom() && area.y <= run.bottom()
            }
            _ => false,
        })
    };
    chosen(field, |frame, is_zone| area.overlaps(frame) && !(is_zone && frame.encloses(&area)), crosses)
}

fn chosen(field: &Field, frame: impl Fn(&Rect, bool) -> bool, line: impl Fn(&[Point]) -> bool) -> Vec<Subject> {
    let shown = field.shown;
    let zones: BTreeSet<ZoneId> =
        shown.zones.iter().filter(|(_, it)| frame(&it.frame, true)).map(|(id, _)| id).collect();
    let is_among = |zone: Option<ZoneId>| zone.is_some_and(|it| zones.contains(&it));
    let is_loose = |id: AssetId| shown.assets.get(id).is_some_and(|it| !is_among(it.zone));
    let assets = field.cells.iter().filter(|(id, cell)| frame(cell, false) && is_loose(**id));
    let notes = shown.notes.iter().filter(|(_, it)| frame(&it.frame, false)).map(|(id, _)| Subject::Note(id));
    let conduits = field.routes.iter().filter(|(id, route)| shown.conduits.contains(**id) && line(&route.points));
    let mut found: Vec<Subject> = zones.iter().map(|&id| id.into()).collect();
    found.extend(conduits.map(|(&id, _)| Subject::Conduit(id)));
    found.extend(assets.map(|(&id, _)| Subject::Asset(id)));
    found.extend(notes);
    found
}

/// What Ctrl+A selects: all that lies in the selected zone, and everything once that is selected.
pub fn all(shown: &Project, selected: &[Subject]) -> Vec<Subject> {
    if let &[Subject::Zone(zone)] = selected {
        let inside = inside(shown, zone);
        if !inside.is_empty() {
            return inside;
        }
    }
    let zones = shown.zones.ids().map(Subject::from);
    let conduits = shown.conduits.ids().map(Subject::from);
    zones.chain(conduits).chain(shown.notes.ids().map(Subject::from)).collect()
}

/// Zones and assets that lie or stand in a zone itself.
pub fn inside(shown: &Project, zone: ZoneId) -> Vec<Subject> {
    let zones = shown.zones.iter().filter(|(_, it)| it.parent == Some(zone)).map(|(id, _)| Subject::Zone(id));
    let assets = shown.assets.iter().filter(|(_, it)| it.zone == Some(zone)).map(|(id, _)| Subject::Asset(id));
    zones.chain(assets).collect()
}

/// What a click selects that asks for what lies beneath: the next one behind the
/// selected one, and the foremost again after the last.
pub fn beneath(field: &Field, at: Point, zoom: f32, selected: Option<Subject>) -> Option<Subject> {
    let stack: Vec<Subject> = under(field, at, zoom).into_iter().filter_map(Hit::subject).collect();
    let here = stack.iter().position(|it| Some(*it) == selected);
    let next = here.map_or(0, |place| (place + 1) % stack.len().max(1));
    // nothing selected here yet: the one behind the foremost
    stack.get(if here.is_none() && stack.len() > 1 { 1 } else { next }).copied()
}

/// The frame of a zone, an asset or a note.
pub fn frame_of(field: &Field, subject: Subject) -> Option<Rect> {
    match subject {
        Subject::Zone(id) => field.project.zones.get(id).map(|it| it.frame),
        Subject::Note(id) => field.project.notes.get(id).map(|it| it.frame),
        Subject::Asset(id) => field.cells.get(&id).copied(),
        Subject::Conduit(id) => {
            let points = &field.routes.get(&id)?.points;
            around(points.iter().map(|it| Rect::new(it.x, it.y, 1.0, 1.0)))
        }
        _ => None,
    }
}

/// The same without what lies in another one of them.
pub fn outermost(project: &Project, zones: &BTreeSet<ZoneId>) -> BTreeSet<ZoneId> {
    let is_inner = |id: ZoneId| project.zone_ancestors(id).iter().any(|outer| zones.contains(outer));
    zones.iter().copied().filter(|&id| project.zones.contains(id) && !is_inner(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant};
    use crate::model::{ConduitId, Id};

    fn tags(drawn: &Drawn, subjects: &[Subject]) -> Vec<String> {
        subjects.iter().map(|&it| drawn.project.subject_tag(it).into_owned()).collect()
    }

    #[test]
    fn a_window_selects_what_it_encloses_and_a_crossing_what_it_touches() {
        let drawn = Drawn::of(&plant());
        let field = drawn.field();
        let area = Rect::new(-10.0, -10.0, 500.0, 400.0);
        assert_eq!(
            BTreeSet::from_iter(tags(&drawn, &enclosed(&field, area))),
            ["Z-1", "Z-2"].map(str::to_owned).into()
        );
        let found = BTreeSet::from_iter(tags(&drawn, &touched(&field, area)));
        assert_eq!(found, ["Z-1", "Z-2", "C-1"].map(str::to_owned).into());
        // inside a zone it selects what stands there, not the zone around it
        let inside = touched(&field, Rect::new(20.0, 50.0, 30.0, 30.0));
        assert_eq!(inside, [Subject::from(AssetId::derived_from("A-1"))]);
    }

    #[test]
    fn all_means_first_all_in_the_zone() {
        let drawn = Drawn::of(&plant());
        let inside = all(&drawn.project, &[ZoneId::derived_from("Z-1").into()]);
        assert_eq!(BTreeSet::from_iter(tags(&drawn, &inside)), ["Z-2", "A-1", "A-2"].map(str::to_owned).into());
        assert_eq!(all(&drawn.project, &inside).len(), 4);
        assert_eq!(all(&drawn.project, &[ZoneId::derived_from("Z-3").into()]).len(), 4, "nothing stands in it");
    }

    #[test]
    fn one_click_after_the_other_goes_down_and_begins_again() {
        let drawn = Drawn::of(&plant());
        let [outer, inner] = ["Z-1", "Z-2"].map(|tag| Subject::from(ZoneId::derived_from(tag)));
        let next = |selected| beneath(&drawn.field(), Point::new(200.0, 200.0), 1.0, selected);
        assert_eq!(next(None), Some(outer));
        assert_eq!(next(Some(outer)), Some(inner));
        assert_eq!(next(Some(inner)), Some(outer));
        let elsewhere = Some(ConduitId::derived_from("C-1").into());
        assert_eq!(next(elsewhere), Some(outer));
    }
}
