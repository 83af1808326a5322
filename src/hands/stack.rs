//! What can be brought before what: zones that lie in the same zone, and notes.

use std::collections::BTreeMap;

use crate::model::{NoteId, Project, ZoneId};

/// The zones that lie in the same zone as this one, itself included, from the back to the front.
pub fn siblings(project: &Project, zone: ZoneId) -> Vec<ZoneId> {
    let parent = project.zones.get(zone).and_then(|it| it.parent);
    let mut all: Vec<_> = project.zones.iter().filter(|(_, it)| it.parent == parent).collect();
    all.sort_by(|(a, one), (b, next)| (one.order, &one.tag, a).cmp(&(next.order, &next.tag, b)));
    all.into_iter().map(|(id, _)| id).collect()
}

/// Notes from the back to the front; those with an order below 0 lie behind all zones.
pub fn notes(project: &Project) -> Vec<NoteId> {
    let all: BTreeMap<(i32, NoteId), NoteId> = project.notes.iter().map(|(id, it)| ((it.order, id), id)).collect();
    all.into_values().collect()
}
