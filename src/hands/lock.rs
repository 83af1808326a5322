//! Locks: what is not moved, sized, deleted or added to by hand.

use std::collections::BTreeSet;

use crate::edit::{Edit, Item};
use crate::model::{Note, Project, Subject, Zone, ZoneId};

/// Whether a zone, or one that it lies in, is locked.
pub fn is_zone_locked(project: &Project, zone: ZoneId) -> bool {
    project.is_zone_locked(zone)
}

/// Whether this stays where it is: locked itself, or lying in a zone that is.
pub fn is_locked(project: &Project, subject: Subject) -> bool {
    project.is_locked(subject)
}

/// Why nothing is done with something locked, in a few words.
pub fn reason(project: &Project, subject: Subject) -> String {
    let tag = project.subject_tag(subject);
    match (subject, own_lock(project, subject)) {
        (Subject::Note(_), _) => "This note is locked".to_owned(),
        (_, Some(true)) => format!("{tag} is locked"),
        _ => format!("{tag} lies in a locked zone"),
    }
}

/// What of these may be deleted, and what stays: what is locked, or has something locked in it.
pub fn deletable(project: &Project, subjects: &[Subject]) -> (BTreeSet<Subject>, BTreeSet<Subject>) {
    subjects.iter().partition(|&&subject| match subject {
        Subject::Zone(id) => !project.zone_with_contents(id).into_iter().any(|it| project.is_zone_locked(it)),
        _ => !project.is_locked(subject),
    })
}

/// Whether this has a lock of its own.
pub fn can_be_locked(subject: Subject) -> bool {
    matches!(subject, Subject::Zone(_) | Subject::Note(_))
}

/// Whether all of these that have a lock are locked by it.
pub fn are_locked(project: &Project, subjects: &[Subject]) -> bool {
    let mut locks = subjects.iter().filter_map(|&it| own_lock(project, it)).peekable();
    locks.peek().is_some() && locks.all(|it| it)
}

fn own_lock(project: &Project, subject: Subject) -> Option<bool> {
    match subject {
        Subject::Zone(id) => project.zones.get(id).map(|it| it.locked),
        Subject::Note(id) => project.notes.get(id).map(|it| it.locked),
        _ => None,
    }
}

/// Locks zones and notes, or unlocks them; `None` where that changes nothing.
pub fn lock(project: &Project, subjects: &[Subject], locked: bool) -> Option<Edit> {
    let subjects: BTreeSet<Subject> = subjects.iter().copied().collect();
    let items = subjects.iter().filter_map(|&it| match it {
        Subject::Zone(id) => {
            let zone = project.zones.get(id).filter(|it| it.locked != locked)?;
            Some(Item::Zone(id, Zone { locked, ..zone.clone() }))
        }
        Subject::Note(id) => {
            let note = project.notes.get(id).filter(|it| it.locked != locked)?;
            Some(Item::Note(id, Note { locked, ..note.clone() }))
        }
        _ => None,
    });
    let items: Vec<Item> = items.collect();
    let what = match items.as_slice() {
        [] => return None,
        [only] => format!("{} {}", only.subject().kind(), project.subject_tag(only.subject())),
        several => format!("{} things", several.len()),
    };
    let label = format!("{} {what}", if locked { "lock" } else { "unlock" });
    Some(Edit::Several(label, items.into_iter().map(Edit::Put).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant};
    use crate::model::{AssetId, Id};

    #[test]
    fn what_lies_in_a_locked_zone_is_locked_with_it() {
        let drawn = Drawn::of(&plant());
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
        let asset = AssetId::derived_from("A-1");
        let locked = drawn.after(&lock(&drawn.project, &[outer.into()], true).unwrap());
        for (subject, is) in [(outer.into(), true), (inner.into(), true), (asset.into(), true), (other.into(), false)] {
            assert_eq!(is_locked(&locked, subject), is, "{subject:?}");
        }
        assert!(are_locked(&locked, &[outer.into(), asset.into()]));
        assert_eq!(lock(&locked, &[outer.into()], true), None, "it is locked already");
        assert_eq!(
            [outer.into(), asset.into()].map(|it| reason(&locked, it)),
            ["Z-1 is locked", "A-1 lies in a locked zone"]
        );
        let unlocked = lock(&locked, &[outer.into()], false).unwrap();
        assert_eq!(unlocked.label(&locked), "unlock zone Z-1");
    }

    #[test]
    fn what_is_locked_or_holds_something_locked_is_not_deleted() {
        let drawn = Drawn::of(&plant());
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(|it| Subject::from(ZoneId::derived_from(it)));
        let asset = AssetId::derived_from("A-1").into();
        let all = [outer, inner, other, asset];
        let locked = drawn.after(&lock(&drawn.project, &[inner], true).unwrap());
        assert_eq!(deletable(&locked, &all), ([other, asset].into(), [outer, inner].into()));
        let locked = drawn.after(&lock(&drawn.project, &[outer], true).unwrap());
        assert_eq!(deletable(&locked, &all), ([other].into(), [outer, inner, asset].into()));
    }
}
