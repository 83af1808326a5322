//! Undo and redo: whole projects that share what did not change.

use crate::edit::{Edit, EditError};
use crate::model::{Project, Subject};

/// How many steps can be taken back.
const STEPS: usize = 500;

/// The project as it is, and the way it came.
///
/// Invariant: only this type changes a project, and only by an [`Edit`] that
/// succeeded and changed something.
#[derive(Clone, Debug, Default)]
pub struct History {
    current: Project,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The project before a drag under way.
    gesture: Option<Step>,
    /// What changed the project without a step, as long as there are steps to take it in.
    aside: Vec<Edit>,
    /// What the last step continues under, such as typing in one field.
    continues: Option<u64>,
    revision: u64,
}

/// A step and the project on its far side.
#[derive(Clone, Debug)]
struct Step {
    label: String,
    project: Project,
    /// How much of what changed the project without a step is in it.
    aside: usize,
}

impl Step {
    /// Brings what changed the project meanwhile without a step into it.
    fn catch_up(&mut self, aside: &[Edit]) {
        for edit in aside.get(self.aside..).unwrap_or_default() {
            // where that makes no sense, all stays as it was then: such an edit fails before it changes anything
            let _nothing_changed = edit.apply(&mut self.project);
        }
        self.aside = aside.len();
    }

    fn caught_up(mut self, aside: &[Edit]) -> Self {
        self.catch_up(aside);
        self
    }
}

impl History {
    /// Begins with a project and no steps.
    pub fn new(project: Project) -> Self {
        Self { current: project, ..Self::default() }
    }

    /// The project as it is, a drag's preview included.
    pub fn current(&self) -> &Project {
        &self.current
    }

    /// Grows with every change of the current project.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Changes the project as one step. Returns whether anything changed.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply(&mut self, edit: &Edit) -> Result<bool, EditError> {
        self.continues = None;
        self.step(edit)
    }

    /// Changes the project, and joins it with the step before where that came under
    /// the same key: typing in a field is one step.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply_continuing(&mut self, edit: &Edit, key: u64) -> Result<bool, EditError> {
        if self.continues != Some(key) || self.undo.is_empty() {
            let changed = self.step(edit)?;
            self.continues = changed.then_some(key);
            return Ok(changed);
        }
        let began = self.undo.last().map_or(&self.current, |it| &it.project);
        let Some(after) = self.changed_since(began, edit)? else { return Ok(false) };
        self.replace(after);
        self.redo.clear();
        let back = self.undo.pop_if(|step| {
            step.catch_up(&self.aside);
            step.project.same(&self.current) || step.project == self.current
        });
        if let Some(step) = back {
            // back where it began: also the same copy, so that nothing counts as unsaved
            self.current = step.project;
            self.continues = None;
        }
        Ok(true)
    }

    /// Changes the project without a step: what moves on by itself, such as a clock. Taking a
    /// step back leaves it as it is.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply_aside(&mut self, edit: &Edit) -> Result<bool, EditError> {
        let Some(after) = self.changed_by(edit)? else { return Ok(false) };
        self.replace(after);
        // the steps take it in when they are come back to
        let seen = self.undo.iter().chain(&self.redo).chain(&self.gesture).map(|it| it.aside).max();
        let Some(seen) = seen else {
            self.aside.clear();
            return Ok(true);
        };
        match self.aside.get_mut(seen..).and_then(<[Edit]>::last_mut) {
            Some(last) if last.gives_way_to(edit) => *last = edit.clone(),
            _ => self.aside.push(edit.clone()),
        }
        Ok(true)
    }

    /// Whether the last step is what is being typed, and goes on with the next letter.
    pub fn is_typing(&self) -> bool {
        self.continues.is_some()
    }

    /// What is typed next is a step of its own.
    pub fn end_typing(&mut self) {
        self.continues = None;
    }

    fn step(&mut self, edit: &Edit) -> Result<bool, EditError> {
        self.abort();
        let label = edit.label(&self.current);
        let Some(after) = self.changed_by(edit)? else { return Ok(false) };
        let before = self.replace(after);
        self.remember(label, before);
        Ok(true)
    }

    /// The project after an edit, where it makes a difference.
    fn changed_by(&self, edit: &Edit) -> Result<Option<Project>, EditError> {
        self.changed_since(&self.current, edit)
    }

    fn changed_since(&self, began: &Project, edit: &Edit) -> Result<Option<Project>, EditError> {
        let mut after = self.current.clone();
        edit.apply_since(began, &mut after)?;
        Ok((!after.same(&self.current)).then_some(after))
    }

    fn replace(&mut self, project: Project) -> Project {
        self.revision += 1;
        std::mem::replace(&mut self.current, project)
    }

    fn remember(&mut self, label: String, before: Project) {
        self.redo.clear();
        self.undo.push(Step { label, project: before, aside: self.aside.len() });
        if self.undo.len() > STEPS {
            self.undo.remove(0);
        }
    }

    /// Shows what an edit would come to while a drag is under way. Each preview
    /// starts from the project before the drag.
    ///
    /// # Errors
    /// [`EditError`]; the preview before stays then.
    pub fn preview(&mut self, edit: &Edit) -> Result<(), EditError> {
        if let Some(gesture) = &mut self.gesture {
            gesture.catch_up(&self.aside);
        }
        let before = self.gesture.as_ref().map_or(&self.current, |it| &it.project).clone();
        let label = edit.label(&before);
        let mut after = before.clone();
        edit.apply(&mut after)?;
        self.replace(after);
        self.gesture = Some(Step { label, project: before, aside: self.aside.len() });
        Ok(())
    }

    /// Ends a drag: its last preview becomes one step.
    pub fn commit(&mut self) {
        self.continues = None;
        if let Some(gesture) = self.gesture.take().map(|it| it.caught_up(&self.aside))
            && gesture.project != self.current
        {
            self.remember(gesture.label, gesture.project);
        }
    }

    /// Takes a drag back.
    pub fn abort(&mut self) {
        if let Some(gesture) = self.gesture.take().map(|it| it.caught_up(&self.aside)) {
            self.replace(gesture.project);
        }
    }

    /// Whether a drag is under way.
    pub fn is_previewing(&self) -> bool {
        self.gesture.is_some()
    }

    /// Takes the last step back. Returns what it was called and what changed.
    pub fn undo(&mut self) -> Option<(String, Vec<Subject>)> {
        self.abort();
        self.continues = None;
        let Step { label, project, .. } = self.undo.pop().map(|it| it.caught_up(&self.aside))?;
        let after = self.replace(project);
        let changed = self.current.differences(&after);
        self.redo.push(Step { label: label.clone(), project: after, aside: self.aside.len() });
        Some((label, changed))
    }

    /// Does the step taken back last again. Returns what it was called and what changed.
    pub fn redo(&mut self) -> Option<(String, Vec<Subject>)> {
        self.abort();
        self.continues = None;
        let Step { label, project, .. } = self.redo.pop().map(|it| it.caught_up(&self.aside))?;
        let before = self.replace(project);
        let changed = self.current.differences(&before);
        self.undo.push(Step { label: label.clone(), project: before, aside: self.aside.len() });
        Some((label, changed))
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::edit::Place;
    use crate::model::{Id, ProjectInfo, ZoneId};

    fn history() -> History {
        History::new(Fixture::new().zone("Z-1", |_| ()).project)
    }

    fn moved(dx: f32) -> Edit {
        Edit::Place(Place::Move { zones: [ZoneId::derived_from("Z-1")].into(), dx, dy: 0.0 })
    }

    fn x(history: &History) -> f32 {
        history.current().zones.values().next().unwrap().frame.x
    }

    fn titled(title: &str) -> Edit {
        Edit::Info(ProjectInfo { title: title.into(), ..ProjectInfo::default() })
    }

    #[test]
    fn undo_takes_back_and_redo_does_again() {
        let mut history = history();
        let start = history.current().clone();
        history.apply(&moved(8.0)).unwrap();
        history.apply(&moved(8.0)).unwrap();
        let end = history.current().clone();
        assert_eq!(history.undo_label(), Some("move zone Z-1"));
        let (_, changed) = history.undo().unwrap();
        assert_eq!(changed, [ZoneId::derived_from("Z-1").into()]);
        history.undo();
        assert_eq!(history.current(), &start);
        assert!(history.undo().is_none());
        history.redo();
        history.redo();
        assert_eq!(history.current(), &end);
    }

    #[test]
    fn an_edit_that_changes_nothing_or_fails_leaves_no_step() {
        let mut history = history();
        assert_eq!(history.apply(&moved(0.0)), Ok(false));
        let frames = Edit::Place(Place::Frames(vec![(ZoneId::derived_from("Z-1"), Default::default())]));
        assert_eq!(history.apply(&frames), Err(EditError::NoFrame));
        assert_eq!(history.undo_label(), None);
        assert_eq!(x(&history), 0.0);
    }

    #[test]
    fn a_drag_is_one_step_and_can_be_taken_back() {
        let mut history = history();
        for dx in [1.0, 5.0, 20.0] {
            history.preview(&moved(dx)).unwrap();
            assert_eq!(x(&history), dx, "each preview starts where the drag began");
        }
        history.commit();
        assert_eq!(x(&history), 20.0);
        history.preview(&moved(3.0)).unwrap();
        history.abort();
        assert_eq!(x(&history), 20.0);
        history.undo();
        assert_eq!(x(&history), 0.0);
        assert_eq!(history.undo_label(), None);
    }

    #[test]
    fn typing_in_a_field_is_one_step() {
        let mut history = history();
        for title in ["W", "Wa", "Water"] {
            history.apply_continuing(&titled(title), 7).unwrap();
        }
        history.apply_continuing(&titled("Water works"), 8).unwrap();
        history.undo();
        assert_eq!(history.current().info.title, "Water");
        history.undo();
        assert_eq!(history.current().info.title, "");
        history.redo();
        assert_eq!(history.current().info.title, "Water");
    }

    #[test]
    fn a_clock_that_goes_on_is_no_step_and_is_not_put_back() {
        let mut history = history();
        let id = crate::model::WorkshopId::derived_from("W-1");
        let workshop = crate::model::Workshop { title: "Filter hall".into(), ..Default::default() };
        history.apply(&Edit::Put(crate::edit::Item::Workshop(id, workshop))).unwrap();
        history.apply(&titled("Water works")).unwrap();
        let seconds = |history: &History| history.current().workshops.get(id).map(|it| it.seconds);
        let later = crate::model::Progress { seconds: 90, ..Default::default() };
        assert_eq!(history.apply_aside(&Edit::Proceed(id, later)), Ok(true));
        assert_eq!(history.undo_label(), Some("change title page"));
        history.undo();
        assert_eq!((history.current().info.title.as_str(), seconds(&history)), ("", Some(90)));
        history.undo();
        assert_eq!(seconds(&history), None, "before it was there nothing can go on");
        history.redo();
        history.redo();
        assert_eq!((history.current().info.title.as_str(), seconds(&history)), ("Water works", Some(90)));
        for seconds in 91..200 {
            history.apply_aside(&Edit::Proceed(id, crate::model::Progress { seconds, ..later })).unwrap();
        }
        assert_eq!(history.aside.len(), 2, "of a clock only what it showed last is kept");
        history.undo();
        assert_eq!((history.current().info.title.as_str(), seconds(&history)), ("", Some(199)));
    }

    #[test]
    fn a_clock_that_went_on_where_a_step_led_still_went_on_before_it() {
        use crate::edit::Item;
        use crate::model::{Progress, Risk, RiskId, Workshop, WorkshopId, WorkshopItem};
        let mut history = history();
        let (id, risk) = (WorkshopId::derived_from("W-1"), RiskId::derived_from("R-1"));
        history.apply(&Edit::Put(Item::Workshop(id, Workshop::default()))).unwrap();
        history.apply(&Edit::Put(Item::Risk(risk, Risk::default()))).unwrap();
        let there = Some(WorkshopItem::Risk(risk));
        history.apply_aside(&Edit::Proceed(id, Progress { seconds: 100, ..Default::default() })).unwrap();
        history.apply_aside(&Edit::Proceed(id, Progress { seconds: 110, place: there, ..Default::default() })).unwrap();
        history.undo();
        let workshop = history.current().workshops.get(id).unwrap();
        assert_eq!((workshop.seconds, workshop.place), (100, None));
    }

    #[test]
    fn typing_something_and_deleting_it_again_leaves_no_step() {
        let mut history = history();
        history.apply_continuing(&titled("W"), 7).unwrap();
        history.apply_continuing(&titled(""), 7).unwrap();
        assert_eq!(history.undo_label(), None);
    }
}
