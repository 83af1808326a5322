//! What holds after every gesture.

use std::collections::BTreeSet;

use zonewright::drawing::asset_places;
use zonewright::edit::Edit;
use zonewright::hands::lock;
use zonewright::model::*;

/// What a gesture may do to a plant beyond moving things about and adding to them.
#[derive(Clone, Debug, Default)]
pub struct Allows {
    /// These go because they were to go, with the conduits and flows that hang on them.
    pub gone: BTreeSet<Subject>,
    /// Assets may come to stand in no zone.
    pub homeless: bool,
    /// Locks come and go, or are cut with what they lock.
    pub locks: bool,
    /// A finding is mended: conduits may be joined anew, and an asset come into a locked zone.
    pub mends: bool,
    /// Zones are fitted, so that their edges don't tell whether they moved aside.
    pub fits: bool,
}

impl Allows {
    /// What an edit takes out by its own words, zones with the zones in them.
    pub fn removal(project: &Project, edit: &Edit) -> Self {
        let gone = match edit {
            Edit::Remove(gone) => {
                let inner = gone.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None });
                let inner = inner.flat_map(|id| project.zone_with_contents(id)).map(Subject::Zone);
                inner.chain(gone.iter().copied()).collect()
            }
            Edit::Several(_, edits) => edits.iter().flat_map(|it| Self::removal(project, it).gone).collect(),
            _ => BTreeSet::new(),
        };
        Self { gone, ..Self::default() }
    }
}

pub fn check(before: &Project, after: &Project, allows: &Allows, label: &str) {
    assert_eq!(after.first_unresolved(), None, "{label}");
    nothing_dangles(after, label);
    all_is_drawn_where_it_lies(after, label);
    nothing_is_lost(before, after, allows, label);
    if !allows.locks {
        what_is_locked_stays(before, after, allows, label);
    }
    let tags: Vec<&str> = after.targets().map(|it| after.target_tag(it)).collect();
    let different: BTreeSet<_> = tags.iter().collect();
    assert_eq!(different.len(), tags.len(), "{label}: tags of zones and conduits are unique");
}

fn nothing_dangles(after: &Project, label: &str) {
    for (id, conduit) in after.conduits.iter() {
        assert!(conduit.ends().is_some(), "{label}: {id} dangles");
        assert_ne!(conduit.from, conduit.to, "{label}: {id} joins a zone with itself");
    }
    for (id, flow) in after.flows.iter() {
        assert!(flow.from.is_none() || flow.from != flow.to, "{label}: {id} leads to where it comes from");
    }
    for (id, asset) in after.assets.iter() {
        assert!(asset.zone.is_none_or(|it| !asset.other_zones.contains(&it)), "{label}: {id} is at home twice");
    }
}

fn all_is_drawn_where_it_lies(after: &Project, label: &str) {
    for (id, zone) in after.zones.iter() {
        assert!(zone.frame.is_drawable(), "{label}: {id} has the frame {:?}", zone.frame);
        assert!(!after.lies_in_itself(id) && !after.lies_too_deep(id), "{label}: {id} lies in itself");
        if let Some(outer) = zone.parent.and_then(|it| after.zones.get(it)) {
            let is_inside = outer.frame.grown(0.5).encloses(&zone.frame);
            assert!(is_inside, "{label}: {id} {:?} sticks out of {:?}", zone.frame, outer.frame);
        }
    }
    assert!(after.notes.values().all(|it| it.frame.is_drawable()), "{label}");
    assert!(after.assets.values().all(Asset::is_drawable), "{label}");
    for (id, cell) in asset_places(after).cells {
        let home = after.assets.get(id).and_then(|it| after.zones.get(it.zone?)).unwrap();
        assert!(home.frame.grown(0.5).encloses(&cell), "{label}: {id} {cell:?} stands outside {:?}", home.frame);
    }
}

fn nothing_is_lost(before: &Project, after: &Project, allows: &Allows, label: &str) {
    let goes = |it: Subject| allows.gone.contains(&it);
    for (id, asset) in before.assets.iter().filter(|(id, _)| !goes((*id).into())) {
        let Some(now) = after.assets.get(id) else { panic!("{label}: {id} is lost") };
        assert!(allows.homeless || now.zone.is_some() || asset.zone.is_none(), "{label}: {id} is homeless");
    }
    for id in before.zones.ids().filter(|it| !goes((*it).into())) {
        assert!(after.zones.contains(id), "{label}: {id} is lost");
    }
    for (id, note) in before.notes.iter().filter(|(id, _)| !goes((*id).into())) {
        assert_eq!(after.notes.get(id).map(|it| &it.text), Some(&note.text), "{label}");
    }
    for (id, conduit) in before.conduits.iter().filter(|(id, _)| !goes((*id).into()) && !allows.mends) {
        let has_end = conduit.ends().is_none_or(|(from, to)| !goes(from.into()) && !goes(to.into()));
        assert!(!has_end || after.conduits.contains(id), "{label}: {id} is lost");
    }
    for (id, flow) in before.flows.iter().filter(|(id, _)| !goes((*id).into())) {
        let has_end = flow.from.into_iter().chain(flow.to).all(|it| !goes(it.into()));
        assert!(!has_end || after.flows.contains(id), "{label}: {id} is lost");
    }
    for (target, answers) in before.answers.iter().filter(|(it, _)| Subject::from(*it).exists_in(after)) {
        for (requirement, answer) in answers.iter().filter(|(_, it)| !matches!(it.status, Status::Inherited(_))) {
            assert_eq!(after.answer(target, *requirement), Some(answer), "{label}");
        }
    }
}

/// What is locked keeps its size, and its place, unless the zone around it goes along.
fn what_is_locked_stays(before: &Project, after: &Project, allows: &Allows, label: &str) {
    for (id, zone) in before.zones.iter().filter(|(id, _)| lock::is_zone_locked(before, *id)) {
        assert!(!allows.gone.contains(&id.into()), "{label}: locked {id} goes");
        let moved = |id: ZoneId| {
            let (then, now) = (before.zones.get(id).unwrap().frame, after.zones.get(id).unwrap().frame);
            (now.x - then.x, now.y - then.y)
        };
        let near = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs() < 0.1 && (a.1 - b.1).abs() < 0.1;
        let now = after.zones.get(id).unwrap();
        let size = |frame: Rect| (frame.width, frame.height);
        assert!(near(size(zone.frame), size(now.frame)), "{label}: locked {id} was sized");
        let way = moved(id);
        let mut around = before.zone_ancestors(id).into_iter();
        let went_along = around.any(|outer| allows.fits || near(moved(outer), way));
        assert!(near(way, (0.0, 0.0)) || went_along, "{label}: locked {id} was moved by {way:?}");
        assert_eq!(zone.parent, now.parent, "{label}: locked {id} was put elsewhere");
    }
    for (id, asset) in before.assets.iter().filter(|(id, _)| lock::is_locked(before, (*id).into())) {
        let now = after.assets.get(id).unwrap();
        assert_eq!((asset.zone, asset.place), (now.zone, now.place), "{label}: {id} stands in a locked zone");
    }
    let is_locked = |zone: Option<ZoneId>| zone.is_some_and(|it| lock::is_zone_locked(before, it));
    for (id, asset) in after.assets.iter().filter(|(_, it)| is_locked(it.zone) && !allows.mends) {
        let was_there = before.assets.get(id).is_some_and(|it| it.zone == asset.zone);
        assert!(was_there, "{label}: {id} is put into a locked zone");
    }
    for (id, zone) in after.zones.iter().filter(|(_, it)| is_locked(it.parent)) {
        let was_there = before.zones.get(id).is_some_and(|it| it.parent == zone.parent);
        assert!(was_there, "{label}: {id} is put into a locked zone");
    }
    for (id, note) in before.notes.iter().filter(|(_, it)| it.locked) {
        assert_eq!(Some(note.frame), after.notes.get(id).map(|it| it.frame), "{label}: {id} is locked");
    }
}
