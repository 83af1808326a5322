//! What an edit is called in the menu: "Undo move Z-CTRL".

use std::collections::BTreeSet;

use super::{Edit, Item, Place};
use crate::model::*;

impl Edit {
    /// What it does to this project, in a few words.
    pub fn label(&self, project: &Project) -> String {
        match self {
            Self::Put(item) => put(item, project),
            Self::Remove(subjects) => format!("delete {}", subjects_named(subjects.iter().copied(), project)),
            Self::Place(place) => placed(place, project),
            Self::Answer(answers) => match answers.as_slice() {
                [(key, _)] => format!("answer {} of {}", key.requirement, project.target_tag(key.target)),
                several => format!("{} answers", several.len()),
            },
            Self::SetTargetLevel(targets, level) => {
                let what = if level.is_some() { "set SL-T of" } else { "clear SL-T of" };
                format!("{what} {}", subjects_named(targets.iter().map(|&it| it.into()), project))
            }
            Self::Decide(key, _) => {
                format!("decide priority of {} at {}", key.requirement, project.target_tag(key.target))
            }
            Self::SetAside(_, Some(_)) => "set finding aside".to_owned(),
            Self::SetAside(_, None) => "take finding back".to_owned(),
            Self::Confirm(step, Some(_)) => format!("confirm {step}"),
            Self::Confirm(step, None) => format!("take back confirmation of {step}"),
            Self::ConfirmZcr(id, Some(_)) => format!("confirm {id}"),
            Self::ConfirmZcr(id, None) => format!("take back confirmation of {id}"),
            Self::Refuse(_, Some(_)) => "refuse proposed scenario".to_owned(),
            Self::Refuse(_, None) => "propose scenario again".to_owned(),
            Self::Proceed(id, _) => format!("go on in {}", project.subject_tag((*id).into())),
            Self::Info(_) => "change title page".to_owned(),
            Self::Scope(_) => "change scope".to_owned(),
            Self::Settings(_) => "change project settings".to_owned(),
            Self::Several(label, _) => label.clone(),
        }
    }
}

/// "zone Z-1", "3 zones", "zone Z-1 and 2 more".
fn subjects_named(subjects: impl IntoIterator<Item = Subject>, project: &Project) -> String {
    let subjects: Vec<_> = subjects.into_iter().collect();
    match subjects.as_slice() {
        [] => "nothing".to_owned(),
        [one] => format!("{} {}", one.kind(), project.subject_tag(*one)),
        [first, ..] => {
            let kinds: BTreeSet<_> = subjects.iter().map(|it| it.kind()).collect();
            if kinds.len() == 1 {
                format!("{} {}s", subjects.len(), first.kind())
            } else {
                format!("{} {} and {} more", first.kind(), project.subject_tag(*first), subjects.len() - 1)
            }
        }
    }
}

fn put(item: &Item, project: &Project) -> String {
    let subject = item.subject();
    if !subject.exists_in(project) {
        return format!("add {}", subject.kind());
    }
    let named = format!("{} {}", subject.kind(), project.subject_tag(subject));
    match item {
        Item::Zone(id, zone) => match project.zones.get(*id) {
            Some(before) if before.name != zone.name || before.tag != zone.tag => format!("rename {named}"),
            Some(before) if before.frame != zone.frame => format!("move {named}"),
            _ => format!("change {named}"),
        },
        Item::Conduit(id, conduit) => match project.conduits.get(*id) {
            Some(before) if before.name != conduit.name || before.tag != conduit.tag => format!("rename {named}"),
            Some(before) if before.ends() != conduit.ends() => format!("reconnect {named}"),
            _ => format!("change {named}"),
        },
        Item::View(id, view) => match project.views.get(*id) {
            Some(before) if before.name != view.name => format!("rename {named}"),
            _ => format!("change {named}"),
        },
        Item::Note(id, note) => match project.notes.get(*id) {
            Some(before) if before.text != note.text => format!("write {named}"),
            _ => format!("change {named}"),
        },
        _ => format!("change {named}"),
    }
}

fn placed(place: &Place, project: &Project) -> String {
    match place {
        Place::Move { zones, .. } => format!("move {}", subjects_named(zones.iter().map(|&it| it.into()), project)),
        Place::Frames(frames) => {
            format!("resize {}", subjects_named(frames.iter().map(|&(id, _)| id.into()), project))
        }
        Place::Notes(frames) => {
            format!("move {}", subjects_named(frames.iter().map(|&(id, _)| id.into()), project))
        }
        Place::Nest { zones, parent } => {
            let zones = subjects_named(zones.iter().map(|&it| it.into()), project);
            match parent {
                Some(parent) => format!("put {zones} into {}", project.target_tag((*parent).into())),
                None => format!("put {zones} on the top level"),
            }
        }
        Place::Assets { assets, zone, .. } => {
            let assets = subjects_named(assets.iter().map(|&it| it.into()), project);
            match zone {
                Some(zone) => format!("move {assets} to {}", project.target_tag((*zone).into())),
                None => format!("take {assets} out of its zone"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn a_label_says_what_undo_would_take_back() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let zones = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        let label = |edit: Edit| edit.label(&plant.project);
        let moved =
            |zones: &[ZoneId]| Edit::Place(Place::Move { zones: zones.iter().copied().collect(), dx: 1.0, dy: 1.0 });
        assert_eq!(label(moved(&zones[..1])), "move zone Z-1");
        assert_eq!(label(moved(&zones)), "move 2 zones");
        let renamed = Zone { name: "Dosing".into(), ..plant.project.zones.get(zones[0]).unwrap().clone() };
        assert_eq!(label(Edit::Put(Item::Zone(zones[0], renamed.clone()))), "rename zone Z-1");
        assert_eq!(label(Edit::Put(Item::Zone(ZoneId::random(), renamed))), "add zone");
        let answer = Edit::Answer(vec![(plant.gap("Z-1/SR 1.1"), Answer::default())]);
        assert_eq!(label(answer), "answer SR 1.1 of Z-1");
    }
}
