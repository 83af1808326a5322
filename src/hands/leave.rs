//! Taking things out of the zone that they lie in.

use std::collections::BTreeSet;

use super::growth::with_growth;
use super::room::free_place;
use super::select::outermost;
use super::{Field, lock};
use crate::drawing::metrics::ZONE_GAP;
use crate::edit::{Edit, Place};
use crate::model::{AssetId, Point, Rect, Subject, ZoneId};

/// Zones beside the zone that they lay in, assets in no zone.
pub fn take_out(field: &Field, selected: &[Subject]) -> Option<Edit> {
    let project = field.project;
    let free: Vec<Subject> =
        selected.iter().copied().filter(|&it| it.exists_in(project) && !lock::is_locked(project, it)).collect();
    let zones: BTreeSet<ZoneId> =
        free.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None }).collect();
    let mut after = project.clone();
    let mut edits = Vec::new();
    let mut moved = BTreeSet::new();
    for id in outermost(project, &zones) {
        let Some(outer) = project.zones.get(id).and_then(|it| it.parent) else { continue };
        // what lies in a locked zone is locked, so the zone around is free to grow
        let parent = after.zones.get(outer).and_then(|it| it.parent);
        let (Some(frame), Some(around)) = (frame(&after, id), frame(&after, outer)) else { continue };
        let near = Point::new(around.right() + ZONE_GAP, frame.y);
        let place = free_place(&after, parent, (frame.width, frame.height), near);
        let (dx, dy) = (place.x - frame.x, place.y - frame.y);
        for place in [Place::Move { zones: [id].into(), dx, dy }, Place::Nest { zones: [id].into(), parent }] {
            let edit = Edit::Place(place);
            edit.apply(&mut after).ok()?;
            edits.push(edit);
        }
        moved.insert(id);
    }
    let is_housed = |id: &AssetId| project.assets.get(*id).is_some_and(|it| it.zone.is_some());
    let assets: Vec<AssetId> = free
        .iter()
        .filter_map(|it| if let Subject::Asset(id) = it { Some(*id) } else { None })
        .filter(is_housed)
        .collect();
    if !assets.is_empty() {
        edits.push(Edit::Place(Place::Assets { assets, zone: None, places: Vec::new() }));
    }
    if edits.is_empty() {
        return None;
    }
    let what = match free.as_slice() {
        [only] => format!("{} {}", only.kind(), project.subject_tag(*only)),
        several => format!("{} things", several.len()),
    };
    Some(with_growth(project, Edit::Several(format!("take {what} out of its zone"), edits), &moved))
}

fn frame(project: &crate::model::Project, zone: ZoneId) -> Option<Rect> {
    project.zones.get(zone).map(|it| it.frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, asset, plant, zone, zone_id};
    use crate::model::Id;

    #[test]
    fn a_zone_comes_to_lie_beside_the_one_around_it() {
        let drawn = Drawn::of(&plant());
        let edit = take_out(&drawn.field(), &[zone_id(&drawn.project, "Z-2").into()]).unwrap();
        assert_eq!(edit.label(&drawn.project), "take zone Z-2 out of its zone");
        let after = drawn.after(&edit);
        let inner = zone(&after, "Z-2");
        assert_eq!(inner.parent, None);
        assert!(["Z-1", "Z-3"].iter().all(|tag| !zone(&after, tag).frame.overlaps(&inner.frame)));
        assert_eq!(take_out(&drawn.field(), &[zone_id(&drawn.project, "Z-3").into()]), None);
    }

    #[test]
    fn an_asset_then_stands_in_no_zone() {
        let drawn = Drawn::of(&plant());
        let edit = take_out(&drawn.field(), &[AssetId::derived_from("A-1").into()]).unwrap();
        assert_eq!(asset(&drawn.after(&edit), "A-1").zone, None);
    }
}
