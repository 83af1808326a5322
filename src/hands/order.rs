//! Which of several lies before the others.

use std::collections::BTreeSet;

use super::stack::{notes, siblings};
use crate::edit::{Edit, Item};
use crate::model::{Note, NoteId, Project, Subject, Zone, ZoneId};

/// Where to bring something among those that it lies with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bring {
    /// Before all others.
    Front,
    /// Before the next one.
    Forward,
    /// Behind the next one.
    Backward,
    /// Behind all others.
    Back,
}

impl Bring {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Front, Self::Forward, Self::Backward, Self::Back];

    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Front => "bring to front",
            Self::Forward => "bring forward",
            Self::Backward => "send backward",
            Self::Back => "send to back",
        }
    }

    /// The items in their new order, from the back to the front.
    fn ordered<T: Copy + Ord>(self, items: &[T], chosen: &BTreeSet<T>) -> Vec<T> {
        let is_chosen = |it: &T| chosen.contains(it);
        let (picked, rest): (Vec<T>, Vec<T>) = items.iter().copied().partition(is_chosen);
        match self {
            Self::Front => rest.into_iter().chain(picked).collect(),
            Self::Back => picked.into_iter().chain(rest).collect(),
            Self::Forward => {
                let mut items = items.to_vec();
                items.reverse();
                step_down(&mut items, is_chosen);
                items.reverse();
                items
            }
            Self::Backward => {
                let mut items = items.to_vec();
                step_down(&mut items, is_chosen);
                items
            }
        }
    }
}

/// Moves each chosen item one place towards the beginning, past one that is not chosen.
fn step_down<T>(items: &mut [T], is_chosen: impl Fn(&T) -> bool) {
    for place in 1..items.len() {
        let passes = matches!(items.get(place - 1..=place), Some([before, it]) if is_chosen(it) && !is_chosen(before));
        if passes {
            items.swap(place - 1, place);
        }
    }
}

/// Brings zones and notes before others or behind them; `None` where they lie there already.
pub fn bring(project: &Project, selected: &[Subject], bring: Bring) -> Option<Edit> {
    let mut edits = Vec::new();
    let zones: BTreeSet<ZoneId> = selected
        .iter()
        .filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None })
        .filter(|&id| project.zones.contains(id))
        .collect();
    let mut done: BTreeSet<ZoneId> = BTreeSet::new();
    for &zone in &zones {
        if done.contains(&zone) {
            continue;
        }
        let before = siblings(project, zone);
        done.extend(&before);
        let after = bring.ordered(&before, &zones);
        if after == before {
            continue;
        }
        let numbered = after.iter().zip(0..).filter_map(|(&id, order)| {
            let zone = project.zones.get(id).filter(|it| it.order != order)?;
            Some(Edit::Put(Item::Zone(id, Zone { order, ..zone.clone() })))
        });
        edits.extend(numbered);
    }
    edits.extend(bring_notes(project, selected, bring));
    let things: Vec<&Subject> =
        selected.iter().filter(|it| matches!(it, Subject::Zone(_) | Subject::Note(_))).collect();
    let what = match things.as_slice() {
        [only] => format!("{} {}", only.kind(), project.subject_tag(**only)).trim_end().to_owned(),
        several => format!("{} things", several.len()),
    };
    (!edits.is_empty()).then(|| Edit::Several(format!("{} {what}", bring.word()), edits))
}

/// A note, or the place of all zones among the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Note(NoteId),
    Zones,
}

fn bring_notes(project: &Project, selected: &[Subject], bring: Bring) -> Vec<Edit> {
    let is_behind = |id: &NoteId| project.notes.get(*id).is_some_and(|it| it.order < 0);
    let (behind, before): (Vec<NoteId>, Vec<NoteId>) = notes(project).into_iter().partition(is_behind);
    let mut layers: Vec<Layer> = behind.into_iter().map(Layer::Note).collect();
    layers.push(Layer::Zones);
    layers.extend(before.into_iter().map(Layer::Note));
    let chosen: BTreeSet<Layer> = selected
        .iter()
        .filter_map(|it| if let Subject::Note(id) = it { Some(Layer::Note(*id)) } else { None })
        .collect();
    let after = bring.ordered(&layers, &chosen);
    if after == layers {
        return Vec::new();
    }
    let zones = after.iter().zip(0_i32..).find(|(it, _)| **it == Layer::Zones).map_or(0, |(_, place)| place);
    // behind the zones numbers end at -1, before them they begin at 0
    let orders = (0_i32..).zip(&after).filter_map(|(place, it)| match it {
        Layer::Note(id) => {
            let order: i32 = place - zones;
            Some((*id, if order > 0 { order - 1 } else { order }))
        }
        Layer::Zones => None,
    });
    let changed = orders.filter_map(|(id, order)| {
        let note = project.notes.get(id).filter(|it| it.order != order)?;
        Some(Edit::Put(Item::Note(id, Note { order, ..note.clone() })))
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::hands::stack::siblings;
    use crate::model::Id;

    fn after(project: &Project, tags: &[&str], how: Bring) -> Project {
        let selected: Vec<Subject> = tags.iter().map(|tag| ZoneId::derived_from(tag).into()).collect();
        let mut after = project.clone();
        if let Some(edit) = bring(project, &selected, how) {
            edit.apply(&mut after).unwrap();
        }
        after
    }

    fn stack(project: &Project) -> String {
        let ids = siblings(project, ZoneId::derived_from("A"));
        ids.into_iter().map(|id| project.target_tag(id.into()).to_owned()).collect()
    }

    #[test]
    fn zones_go_before_their_siblings_and_behind_them() {
        let start = Fixture::new().zone("A", |_| ()).zone("B", |_| ()).zone("C", |_| ()).zone("D", |_| ()).project;
        let moved = |tags: &[&str], how| stack(&after(&start, tags, how));
        assert_eq!(stack(&start), "ABCD");
        assert_eq!(moved(&["A"], Bring::Front), "BCDA");
        assert_eq!(moved(&["A", "B"], Bring::Forward), "CABD");
        assert_eq!(moved(&["C"], Bring::Backward), "ACBD");
        assert_eq!(moved(&["B", "D"], Bring::Back), "BDAC");
        assert!(after(&start, &["D"], Bring::Forward).same(&start), "it lies in front");
    }

    #[test]
    fn notes_go_behind_the_zones_step_by_step() {
        let mut project = Fixture::new().zone("A", |_| ()).project;
        let [one, two] = ["1", "2"].map(NoteId::derived_from);
        for id in [one, two] {
            project.notes.insert(id, Note { frame: crate::model::Rect::new(0.0, 0.0, 9.0, 9.0), ..Note::default() });
        }
        let front = *notes(&project).last().unwrap();
        let step = |project: &Project, how: Bring| {
            let mut after = project.clone();
            bring(project, &[front.into()], how).unwrap().apply(&mut after).unwrap();
            after
        };
        let order = |project: &Project| project.notes.get(front).unwrap().order;
        let once = step(&project, Bring::Backward);
        assert_eq!((order(&once), notes(&once)[0]), (0, front));
        let twice = step(&once, Bring::Backward);
        assert_eq!(order(&twice), -1);
        assert_eq!(order(&step(&twice, Bring::Front)), 1);
        let again = step(&twice, Bring::Forward);
        assert_eq!((order(&again), notes(&again)[0]), (0, front), "before the zones, behind the other note");
        assert!(bring(&twice, &[front.into()], Bring::Back).is_none(), "nothing lies behind it");
    }
}
