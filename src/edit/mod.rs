//! What a user may change. An [`Edit`] is the only way to change a project; it
//! carries final values, so that it reads as what it does and can be labelled
//! before it is done.

mod follow;
mod fragment;
mod label;
mod onto;
mod place;
mod put;
mod risk;
mod tags;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use fragment::{Fragment, FragmentError, Renewal};
pub use place::Place;
pub use put::Item;
pub use risk::{initial_consequence, refine, take_over_consequences};
pub use tags::{next_tag, next_tags};

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

/// Why an edit can't be done. The project is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It names something that the project does not hold.
    #[error("{0}")]
    Unresolved(#[from] Unresolved),
    /// Something named is gone.
    #[error("this {0} is not there any more")]
    Gone(&'static str),
    /// A zone would lie in itself.
    #[error("a zone can't lie in itself or in a zone within it")]
    ZoneInItself,
    /// Zones in zones in zones.
    #[error("zones may lie in one another {DEEPEST} deep at most")]
    TooDeep,
    /// A locked zone, by its tag, stands where there has to be room.
    #[error("{0} is locked and stands where room is needed")]
    InTheWay(String),
    /// A frame that can't be drawn.
    #[error("a zone needs a width and a height")]
    NoFrame,
    /// A note that can't be drawn.
    #[error("a note needs a width and a height")]
    NoNoteFrame,
    /// Something would lie beyond the canvas.
    #[error("this reaches beyond the canvas: bring what lies far apart nearer together first")]
    OffCanvas,
    /// A place that can't be drawn.
    #[error("an asset needs a place on the canvas")]
    NoPlace,
    /// A baseline would hold others.
    #[error("a baseline holds no baselines itself: take it of the project as it stands")]
    BaselineInBaseline,
    /// The risk matrix would lack steps or cells.
    #[error("a risk matrix has 3 to 6 steps each way and a level in each cell")]
    IncompleteMatrix,
    /// A requirement of IEC 62443-3-3 that there is not.
    #[error("{0} is not a requirement of IEC 62443-3-3")]
    UnknownRequirement(RequirementId),
    /// A requirement of IEC 62443-3-2 that there is not.
    #[error("{0} is not a requirement of IEC 62443-3-2")]
    UnknownZcr(ZcrId),
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
            Self::Remove(subjects) => {
                let before = project.clone();
                remove(project, subjects);
                forget_decisions(project, &before);
            }
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

/// Refuses to name what is gone.
fn require(project: &Project, named: impl Into<Subject>) -> Result<(), EditError> {
    let named = named.into();
    if named.exists_in(project) { Ok(()) } else { Err(EditError::Gone(named.kind())) }
}

/// Refuses to name a requirement that the standard does not have: its file could not be read again.
fn require_known(ids: impl IntoIterator<Item = RequirementId>) -> Result<(), EditError> {
    Catalogue::embedded().first_unknown(ids).map_or(Ok(()), |unknown| Err(EditError::UnknownRequirement(unknown)))
}

/// Refuses a frame that can't be drawn: one beyond the canvas, or one without a size.
fn require_drawable(frame: Rect, without_size: EditError) -> Result<(), EditError> {
    match frame.width > 0.0 && frame.height > 0.0 {
        _ if frame.is_drawable() => Ok(()),
        true => Err(EditError::OffCanvas),
        false => Err(without_size),
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

fn remove(project: &mut Project, subjects: &BTreeSet<Subject>) {
    for &subject in subjects {
        match subject {
            Subject::Zone(id) => remove_zone(project, id),
            Subject::Conduit(id) => project.remove_conduit(id),
            Subject::Asset(id) => project.remove_asset(id),
            Subject::Flow(id) => {
                project.flows.remove(id);
            }
            Subject::Evidence(id) => project.remove_evidence(id),
            Subject::Risk(id) => project.remove_risk(id),
            Subject::Action(id) => project.remove_action(id),
            Subject::Acceptance(id) => {
                project.acceptances.remove(id);
            }
            Subject::VendorAccess(id) => {
                project.vendor_access.remove(id);
            }
            Subject::Exception(id) => {
                project.exceptions.remove(id);
            }
            Subject::ManualFinding(id) => project.remove_manual_finding(id),
            Subject::Measure(id) => {
                project.measures.remove(id);
            }
            Subject::Workshop(id) => {
                project.workshops.remove(id);
            }
            Subject::Baseline(id) => {
                project.baselines.remove(id);
            }
            Subject::Note(id) => {
                project.notes.remove(id);
            }
            Subject::View(id) => {
                project.views.remove(id);
            }
        }
    }
}

/// What was decided about a finding goes with what the finding is about.
fn forget_decisions(project: &mut Project, before: &Project) {
    if project.set_aside.is_empty() && project.refused.is_empty() {
        return;
    }
    let gone: BTreeSet<String> =
        before.subjects().filter(|it| !it.exists_in(project)).map(|it| it.to_string()).collect();
    let is_about_gone = |key: &str| key.split(' ').skip(1).any(|id| gone.contains(id));
    if project.set_aside.keys().any(|key| is_about_gone(key)) {
        Arc::make_mut(&mut project.set_aside).retain(|key, _| !is_about_gone(key));
    }
    if project.refused.keys().any(|key| is_about_gone(key)) {
        // a scenario that was refused at several places stays refused at those that are left
        let left = |key: &str| {
            let words: Vec<_> = key.split(' ').filter(|word| !gone.contains(*word)).collect();
            (words.len() > 1).then(|| words.join(" "))
        };
        let refused = project.refused.iter().filter_map(|(key, reason)| Some((left(key)?, reason.clone())));
        project.refused = Arc::new(refused.collect());
    }
}

fn remove_zone(project: &mut Project, zone: ZoneId) {
    for zone in project.zone_with_contents(zone) {
        let conduits: Vec<_> = project.conduits.iter().filter(|(_, it)| it.touches(zone)).map(|(id, _)| id).collect();
        for conduit in conduits {
            project.remove_conduit(conduit);
        }
        project.remove_zone(zone);
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
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;

    fn applied(plant: &Fixture, edit: &Edit) -> Project {
        let mut project = plant.project.clone();
        edit.apply(&mut project).expect("the edit can be done");
        assert_eq!(project.first_unresolved(), None);
        project
    }

    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", |zone| zone.parent = Some(ZoneId::derived_from("Z-1")))
            .zone("Z-3", |_| ())
            .conduit("C-1", "Z-2", "Z-3", |_| ())
            .asset("PLC", "plc", "Z-2", |_| ())
    }

    #[test]
    fn a_deleted_zone_takes_its_contents_and_conduits_but_no_asset() {
        let plant = plant();
        let project = applied(&plant, &Edit::Remove([ZoneId::derived_from("Z-1").into()].into()));
        assert_eq!(project.zones.values().map(|it| it.tag.as_str()).collect::<Vec<_>>(), ["Z-3"]);
        assert!(project.conduits.is_empty());
        assert_eq!(project.assets.get(AssetId::derived_from("PLC")).unwrap().zone, None);
    }

    #[test]
    fn what_was_set_aside_about_something_goes_with_it_and_comes_back_with_it() {
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
        let conduit = ConduitId::derived_from("C-1");
        let keys = [format!("A06 {inner}"), format!("A02 {conduit}"), format!("Z09 f-0 {inner} {other}")];
        let mut project = plant().project;
        let reason = SetAside { reason: "Decided".into(), ..SetAside::default() };
        let staying = [format!("A06 {other}"), "A11".to_owned()];
        for key in keys.iter().chain(&staying) {
            Edit::SetAside(key.clone(), Some(reason.clone())).apply(&mut project).unwrap();
        }
        let mut history = crate::history::History::new(project.clone());
        assert_eq!(history.apply(&Edit::Remove([outer.into()].into())), Ok(true));
        assert!(history.current().set_aside.keys().eq(&staying), "{:?}", history.current().set_aside);
        history.undo().unwrap();
        assert_eq!(history.current(), &project);
    }

    #[test]
    fn a_refusal_goes_with_the_last_place_that_it_is_about() {
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
        let mut project = plant().project;
        for key in [format!("flat-network {inner}"), format!("no-backup {outer} {inner} {other}")] {
            Edit::Refuse(key, Some(SetAside::default())).apply(&mut project).unwrap();
        }
        Edit::Remove([outer.into()].into()).apply(&mut project).unwrap();
        assert!(project.refused.keys().eq([&format!("no-backup {other}")]), "{:?}", project.refused);
    }

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

    #[test]
    fn what_is_gone_can_not_be_changed() {
        let mut project = plant().project;
        let stranger = ZoneId::derived_from("Z-9");
        let met = Answer { status: Status::Met, ..Answer::default() };
        let key = GapKey { target: stranger.into(), requirement: "SR 1.1".parse().unwrap() };
        assert_eq!(Edit::Answer(vec![(key, met)]).apply(&mut project), Err(EditError::Gone("zone")));
        let lost = Conduit { from: Some(stranger), ..Conduit::default() };
        let edit = Edit::Put(Item::Conduit(ConduitId::derived_from("C-9"), lost));
        assert!(matches!(edit.apply(&mut project), Err(EditError::Unresolved(_))));
    }

    #[test]
    fn a_requirement_that_the_standard_does_not_have_can_not_be_named() {
        let plant = plant();
        let unknown: RequirementId = "SR 1.1 RE 9".parse().unwrap();
        let key = GapKey { requirement: unknown, ..plant.gap("Z-1/SR 1.1") };
        let item = WorkshopItem::Question(key);
        let risk = Risk { requirements: [unknown].into(), ..Risk::default() };
        let workshop = |workshop: Workshop| Edit::Put(Item::Workshop(WorkshopId::random(), workshop));
        let settings = Settings { conduit_scope: [(unknown, true)].into(), ..(*plant.project.settings).clone() };
        let met = Answer { status: Status::Met, ..Answer::default() };
        for edit in [
            Edit::Put(Item::Risk(RiskId::random(), risk)),
            workshop(Workshop { place: Some(item), ..Workshop::default() }),
            workshop(Workshop { taken: vec![Taken { item, was_open: true, at: None }], ..Workshop::default() }),
            workshop(Workshop {
                log: vec![LogEntry { about: Some(item), ..LogEntry::default() }],
                ..Workshop::default()
            }),
            Edit::Put(Item::Action(ActionId::random(), Action { closes: [key].into(), ..Action::default() })),
            Edit::Answer(vec![(key, met)]),
            Edit::Settings(settings),
        ] {
            let error = edit.apply(&mut plant.project.clone()).unwrap_err();
            assert_eq!(error, EditError::UnknownRequirement(unknown), "{edit:?}");
        }
    }

    #[test]
    fn a_requirement_that_the_standard_does_not_have_can_not_be_confirmed() {
        let mut project = plant().project;
        let approved = Confirmation { by: "Plant manager".into(), ..Confirmation::default() };
        let confirm = |id: &str| Edit::ConfirmZcr(id.parse().unwrap(), Some(approved.clone()));
        let error = confirm("ZCR 5.99").apply(&mut project).unwrap_err();
        assert_eq!(error.to_string(), "ZCR 5.99 is not a requirement of IEC 62443-3-2");
        confirm("ZCR 5.13").apply(&mut project).unwrap();
        assert_eq!(project.zcr.len(), 1);
    }

    #[test]
    fn what_is_gone_can_not_be_named() {
        let plant = plant();
        let key = plant.gap("Z-1/SR 1.1");
        let gone = GapKey { target: ZoneId::derived_from("Z-9").into(), ..key };
        let status = Status::Inherited(Some(gone.target));
        let evidence = [EvidenceId::derived_from("EV-9")].into();
        let conduit = Some(ConduitId::derived_from("C-9"));
        let access_points = vec![AccessPoint { conduit, ..AccessPoint::default() }];
        let blocks_closure = Some(Override { value: true, reason: String::new() });
        let edits = [
            Edit::Answer(vec![(key, Answer { status, ..Answer::default() })]),
            Edit::Answer(vec![(key, Answer { evidence, ..Answer::default() })]),
            Edit::Decide(gone, GapOverride { blocks_closure, ..GapOverride::default() }),
            Edit::Scope(Scope { access_points, ..Scope::default() }),
        ];
        for edit in edits {
            let refused = edit.apply(&mut plant.project.clone());
            assert!(matches!(refused, Err(EditError::Gone(_))), "{edit:?}");
        }
    }
}
