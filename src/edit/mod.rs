//! What a user may change. An [`Edit`] is the only way to change a project; it
//! carries final values, so that it reads as what it does and can be labelled
//! before it is done.

mod follow;
mod fragment;
mod label;
mod onto;
mod place;
mod put;
mod refusal;
mod remove;
mod risk;
mod tags;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use fragment::{Fragment, FragmentError, Renewal};
pub use place::Place;
pub use put::Item;
pub use refusal::EditError;
pub use risk::{initial_consequence, refine, take_over_consequences};
pub use tags::{next_tag, next_tags};

use self::refusal::{require, require_known};
use self::remove::remove;
use crate::catalogue::Catalogue;
use crate::model::*;

/// A change of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds something, or puts it in place of what has its id.
    Put(Item),
    /// Takes things out and forgets them wherever they are named. A zone takes the
    /// zones in it and their conduits along; its assets stay, in no zone.
    Remove(BTreeSet<Subject>),
    /// Moves, sizes or nests what is drawn.
    Place(Place),
    /// Answers requirements. An answer at its default takes the earlier one out.
    Answer(Vec<(GapKey, Answer)>),
    /// Sets the SL-T of targets, or takes it away.
    SetTargetLevel(Vec<Target>, Option<TargetLevel>),
    /// Decides what counts for a gap in place of what was computed.
    Decide(GapKey, GapOverride),
    /// Sets a finding (by its key) aside with a reason, or takes that back.
    SetAside(String, Option<SetAside>),
    /// Stands by a step, or takes that back.
    Confirm(ValidationStep, Option<Confirmation>),
    /// Stands by a requirement of IEC 62443-3-2, or takes that back.
    ConfirmZcr(ZcrId, Option<Confirmation>),
    /// Refuses a proposed risk scenario (by its key) with a reason, or takes that back.
    Refuse(String, Option<SetAside>),
    /// Moves a workshop on: where the room is and how long it has worked.
    Proceed(WorkshopId, Progress),
    /// Changes the title page.
    Info(ProjectInfo),
    /// Changes the scope.
    Scope(Scope),
    /// Changes the project's settings.
    Settings(Settings),
    /// Several edits as one step with a name of its own.
    Several(String, Vec<Self>),
}

impl Edit {
    /// The same step under another name.
    #[must_use]
    pub fn named(self, label: impl Into<String>) -> Self {
        match self {
            Self::Several(_, edits) => Self::Several(label.into(), edits),
            single => Self::Several(label.into(), vec![single]),
        }
    }

    /// Whether another edit, done right after this one, leaves nothing of it wherever it can be done,
    /// and can be done wherever this one can.
    pub fn gives_way_to(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Proceed(id, before), Self::Proceed(next, after)) => {
                id == next && before.place == after.place && before.today.is_none() && before.takes.is_none()
            }
            _ => false,
        }
    }

    /// Changes the project.
    ///
    /// # Errors
    /// [`EditError`]; the project may then be half changed, so apply edits to a copy
    /// ([`History`](crate::history::History) does).
    pub fn apply(&self, project: &mut Project) -> Result<(), EditError> {
        let began = project.clone();
        self.apply_since(&began, project)
    }

    /// Changes the project as one of several edits that come to one, such as the letters of a tag.
    ///
    /// # Errors
    /// As for [`apply`](Self::apply).
    pub(crate) fn apply_since(&self, began: &Project, project: &mut Project) -> Result<(), EditError> {
        let before = project.clone();
        self.perform(project)?;
        follow::follow_tags(began, &before, project);
        Ok(())
    }

    fn perform(&self, project: &mut Project) -> Result<(), EditError> {
        match self {
            Self::Put(item) => item.put(project)?,
            Self::Remove(subjects) => remove(project, subjects),
            Self::Place(place) => place.apply(project)?,
            Self::Answer(answers) => answer(project, answers)?,
            Self::SetTargetLevel(targets, level) => set_target_level(project, targets, level.as_ref())?,
            Self::Decide(key, decided) => {
                if *decided == GapOverride::default() {
                    project.overrides.remove(*key);
                } else if project.overrides.get(*key) != Some(decided) {
                    require(project, key.target)?;
                    require_known([key.requirement])?;
                    project.overrides.insert(*key, decided.clone());
                }
            }
            Self::SetAside(key, reason) => set_or_clear(&mut project.set_aside, key, reason.as_ref()),
            Self::Confirm(step, confirmation) => {
                set_or_clear(&mut project.confirmations, step, confirmation.as_ref());
            }
            Self::ConfirmZcr(id, confirmation) => {
                if Catalogue::embedded().zcr_requirement(*id).is_none() {
                    return Err(EditError::UnknownZcr(*id));
                }
                set_or_clear(&mut project.zcr, id, confirmation.as_ref());
            }
            Self::Refuse(key, reason) => set_or_clear(&mut project.refused, key, reason.as_ref()),
            &Self::Proceed(id, progress) => proceed(project, id, progress)?,
            Self::Info(info) => replace(&mut project.info, info),
            Self::Scope(scope) => {
                scope.access_points.iter().filter_map(|it| it.conduit).try_for_each(|it| require(project, it))?;
                replace(&mut project.scope, scope);
            }
            Self::Settings(settings) => {
                if !settings.matrix.is_complete() {
                    return Err(EditError::IncompleteMatrix);
                }
                require_known(settings.conduit_scope.keys().copied())?;
                replace(&mut project.settings, settings);
            }
            Self::Several(_, edits) => edits.iter().try_for_each(|edit| edit.perform(project))?,
        }
        Ok(())
    }
}

/// Replaces shared content only where it differs, so that an edit that changes
/// nothing leaves the very same project.
fn replace<T: PartialEq + Clone>(shared: &mut Arc<T>, value: &T) {
    if **shared != *value {
        *shared = Arc::new(value.clone());
    }
}

fn set_or_clear<K: Ord + Clone, V: PartialEq + Clone>(
    shared: &mut Arc<std::collections::BTreeMap<K, V>>,
    key: &K,
    value: Option<&V>,
) {
    if shared.get(key) != value {
        let map = Arc::make_mut(shared);
        match value {
            Some(value) => map.insert(key.clone(), value.clone()),
            None => map.remove(key),
        };
    }
}

fn answer(project: &mut Project, answers: &[(GapKey, Answer)]) -> Result<(), EditError> {
    for (key, answer) in answers {
        require(project, key.target)?;
        require_known([key.requirement])?;
        answer.evidence.iter().try_for_each(|&it| require(project, it))?;
        if let Status::Inherited(Some(source)) = answer.status {
            require(project, source)?;
        }
        let known = project.answer(key.target, key.requirement);
        if known.unwrap_or(&Answer::default()) == answer {
            continue;
        }
        let mut of_target = project.answers.get(key.target).cloned().unwrap_or_default();
        if *answer == Answer::default() {
            of_target.remove(&key.requirement);
        } else {
            of_target.insert(key.requirement, answer.clone());
        }
        if of_target.is_empty() {
            project.answers.remove(key.target);
        } else {
            project.answers.insert(key.target, of_target);
        }
    }
    Ok(())
}

fn proceed(project: &mut Project, id: WorkshopId, progress: Progress) -> Result<(), EditError> {
    progress.place.into_iter().try_for_each(|it| require(project, it.subject()))?;
    if let Some(WorkshopItem::Question(key)) = progress.place {
        require_known([key.requirement])?;
    }
    let mut workshop = project.workshops.get(id).cloned().ok_or(EditError::Gone("workshop"))?;
    workshop.proceed(progress);
    if project.workshops.get(id) != Some(&workshop) {
        project.workshops.insert(id, workshop);
    }
    Ok(())
}

fn set_target_level(project: &mut Project, targets: &[Target], level: Option<&TargetLevel>) -> Result<(), EditError> {
    for &target in targets {
        if project.target_level(target) == level && Subject::from(target).exists_in(project) {
            continue;
        }
        let sl_t = match target {
            Target::Zone(id) => project.zones.get_mut(id).map(|zone| &mut zone.sl_t),
            Target::Conduit(id) => project.conduits.get_mut(id).map(|conduit| &mut conduit.sl_t),
        };
        *sl_t.ok_or(EditError::Gone(target.kind()))? = level.cloned();
    }
    Ok(())
}

#[cfg(test)]
mod fixture {
    use super::*;
    use crate::analysis::fixture::Fixture;

    /// The plant after an edit.
    pub fn applied(plant: &Fixture, edit: &Edit) -> Project {
        let mut project = plant.project.clone();
        edit.apply(&mut project).expect("the edit can be done");
        assert_eq!(project.first_unresolved(), None);
        project
    }

    /// A zone in a zone, joined with a third, and a controller.
    pub fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", |zone| zone.parent = Some(ZoneId::derived_from("Z-1")))
            .zone("Z-3", |_| ())
            .conduit("C-1", "Z-2", "Z-3", |_| ())
            .asset("PLC", "plc", "Z-2", |_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::fixture::{applied, plant};

    #[test]
    fn an_answer_taken_back_leaves_no_trace() {
        let plant = plant();
        let key = plant.gap("Z-1/SR 1.1");
        let met = Answer { status: Status::Met, ..Answer::default() };
        let mut project = applied(&plant, &Edit::Answer(vec![(key, met)]));
        assert_eq!(project.answer(key.target, key.requirement).unwrap().status, Status::Met);
        Edit::Answer(vec![(key, Answer::default())]).apply(&mut project).unwrap();
        assert_eq!(project, plant.project);
    }

    #[test]
    fn an_edit_that_changes_nothing_leaves_the_very_same_project() {
        let plant = plant();
        let zone = plant.project.zones.get(ZoneId::derived_from("Z-1")).unwrap().clone();
        let edits = [
            Edit::Put(Item::Zone(ZoneId::derived_from("Z-1"), zone)),
            Edit::Info((*plant.project.info).clone()),
            Edit::SetTargetLevel(vec![plant.target("Z-1")], None),
            Edit::SetAside("A05 a-0".into(), None),
            Edit::Answer(vec![(plant.gap("Z-1/SR 1.1"), Answer::default())]),
        ];
        for edit in edits {
            assert!(applied(&plant, &edit).same(&plant.project), "{edit:?}");
        }
    }
}
