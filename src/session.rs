//! One open project without a screen: its history, its file, what follows from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::{Date, Time};

use crate::analysis::{Analysis, analyse, analyse_after};
use crate::catalogue::Catalogue;
use crate::edit::{Edit, EditError};
use crate::history::History;
use crate::model::{Project, Subject};

/// An open project.
#[derive(Clone, Debug)]
pub struct Session {
    history: History,
    catalogue: &'static Catalogue,
    file: Option<PathBuf>,
    /// The project as the file has it.
    saved: Project,
    saved_at: Option<Time>,
    as_of: Date,
    analysis: Arc<Analysis>,
    /// The revision of the project that it follows from.
    analysed: u64,
    /// How often it was found out.
    analyses: u64,
}

impl Session {
    /// Begins with a project that no file holds yet.
    pub fn new(project: Project, as_of: Date) -> Self {
        let catalogue = Catalogue::embedded();
        let analysis = Arc::new(analyse(&project, catalogue, as_of));
        let history = History::new(project.clone());
        Self {
            catalogue,
            file: None,
            saved: project,
            saved_at: None,
            as_of,
            analysis,
            analysed: history.revision(),
            analyses: 0,
            history,
        }
    }

    /// Begins with a project that a file holds.
    pub fn of_file(project: Project, file: PathBuf, as_of: Date) -> Self {
        Self { file: Some(file), ..Self::new(project, as_of) }
    }

    /// Begins with recovered work. A file may hold the project as it was last `saved`.
    pub fn recovered(project: Project, saved: Option<Project>, file: Option<PathBuf>, as_of: Date) -> Self {
        Self { saved: saved.unwrap_or_default(), file, ..Self::new(project, as_of) }
    }

    /// The project as it is.
    pub fn project(&self) -> &Project {
        self.history.current()
    }

    /// What the standards say.
    pub fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// What follows from the project as it is; from what it was before, while letters come and
    /// during a drag.
    pub fn analysis(&self) -> &Arc<Analysis> {
        &self.analysis
    }

    /// Grows with every change of the project or of what follows from it.
    pub fn revision(&self) -> u64 {
        self.history.revision() + self.analyses
    }

    /// Grows with everything that follows from the project anew; not with each letter, nor during a drag.
    pub fn analyses(&self) -> u64 {
        self.analyses
    }

    /// The file that it is saved in.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// When it was last saved in this session.
    pub fn saved_at(&self) -> Option<Time> {
        self.saved_at
    }

    /// Whether the file lacks something.
    pub fn is_dirty(&self) -> bool {
        !self.project().same(&self.saved)
    }

    /// Takes note that a file now holds this project.
    pub fn saved(&mut self, project: Project, file: PathBuf, at: Time) {
        self.saved = project;
        self.file = Some(file);
        self.saved_at = Some(at);
    }

    /// Counts expiry, overdue and waves from another day.
    pub fn set_as_of(&mut self, as_of: Date) {
        if as_of != self.as_of {
            self.as_of = as_of;
            self.refresh(true);
        }
    }

    /// Changes the project as one step.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply(&mut self, edit: &Edit) -> Result<bool, EditError> {
        let changed = self.history.apply(edit);
        self.refresh(false);
        changed
    }

    /// Changes the project and joins the change with the one before under the same key. The analysis
    /// stays as it was until [`Session::settle`]: one letter is worth nobody's waiting.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply_continuing(&mut self, edit: &Edit, key: u64) -> Result<bool, EditError> {
        self.history.apply_continuing(edit, key)
    }

    /// Brings the analysis to what was typed. During a drag it stays as it was.
    pub fn settle(&mut self) {
        if !self.is_previewing() {
            self.refresh(false);
        }
    }

    /// Changes the project without a step; taking a step back leaves it as it is.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply_aside(&mut self, edit: &Edit) -> Result<bool, EditError> {
        let changed = self.history.apply_aside(edit);
        self.refresh(false);
        changed
    }

    /// Whether the last step is what is being typed, and goes on with the next letter.
    pub fn is_typing(&self) -> bool {
        self.history.is_typing()
    }

    /// What is typed next is a new step.
    pub fn end_typing(&mut self) {
        self.history.end_typing();
    }

    /// Takes over a whole project that no file holds, as unsaved work.
    pub fn adopt(&mut self, project: Project) {
        self.history = History::new(project);
        self.refresh(true);
    }

    /// Shows what an edit would come to while a drag is under way. The analysis stays
    /// as it was until the drag ends.
    ///
    /// # Errors
    /// [`EditError`]; the preview before stays then.
    pub fn preview(&mut self, edit: &Edit) -> Result<(), EditError> {
        self.history.preview(edit)
    }

    /// Ends a drag as one step.
    pub fn commit(&mut self) {
        self.history.commit();
        self.refresh(false);
    }

    /// Takes a drag back.
    pub fn abort(&mut self) {
        self.history.abort();
        self.refresh(false);
    }

    /// Takes the last step back. Returns what it was called and what changed.
    pub fn undo(&mut self) -> Option<(String, Vec<Subject>)> {
        let undone = self.history.undo();
        self.refresh(false);
        undone
    }

    /// Does the step taken back last again. Returns what it was called and what changed.
    pub fn redo(&mut self) -> Option<(String, Vec<Subject>)> {
        let redone = self.history.redo();
        self.refresh(false);
        redone
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Whether a drag is under way.
    pub fn is_previewing(&self) -> bool {
        self.history.is_previewing()
    }

    /// Whether what follows from the project is found out; not during a drag, nor while letters come.
    pub fn is_settled(&self) -> bool {
        self.analysed == self.history.revision()
    }

    fn refresh(&mut self, anyway: bool) {
        if anyway || !self.is_settled() {
            self.analysed = self.history.revision();
            self.analyses += 1;
            let earlier = Some(&*self.analysis);
            self.analysis = Arc::new(analyse_after(self.history.current(), self.catalogue, self.as_of, earlier));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::{Answer, Status};

    fn session() -> (Session, Edit) {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1);
        let missing = Answer { status: Status::NotMet, ..Answer::default() };
        let edit = Edit::Answer(vec![(plant.gap("Z-1/SR 1.1"), missing)]);
        (Session::new(plant.project, TODAY), edit)
    }

    #[test]
    fn an_edit_moves_the_analysis_along() {
        let (mut session, edit) = session();
        assert!(session.analysis().gaps.is_empty());
        session.apply(&edit).unwrap();
        assert_eq!(session.analysis().gaps.len(), 1);
        session.undo();
        assert!(session.analysis().gaps.is_empty());
    }

    #[test]
    fn it_is_dirty_until_saved_and_again_when_changed() {
        let (mut session, edit) = session();
        assert!(!session.is_dirty());
        session.apply(&edit).unwrap();
        assert!(session.is_dirty());
        session.saved(session.project().clone(), "plant.zonewright".into(), Time::midnight());
        assert!(!session.is_dirty());
        session.undo();
        assert!(session.is_dirty());
        session.redo();
        assert!(!session.is_dirty(), "back at what the file holds");
    }

    #[test]
    fn recovered_work_is_unsaved_work_on_its_file() {
        let (session, _) = session();
        let file = || Some("plant.zonewright".into());
        let recovered = Session::recovered(session.project().clone(), None, file(), TODAY);
        assert!(recovered.is_dirty());
        assert_eq!(recovered.file(), file().as_deref());
        // an empty project differs from no file, too
        assert!(Session::recovered(Project::default(), Some(Project::default()), None, TODAY).is_dirty());
    }

    #[test]
    fn what_was_typed_and_taken_back_is_no_unsaved_work() {
        let (mut session, _) = session();
        let title = |title: &str| {
            let info = crate::model::ProjectInfo { title: title.into(), ..Default::default() };
            Edit::Info(info)
        };
        session.apply_continuing(&title("P"), 1).unwrap();
        assert!(session.is_dirty());
        session.apply_continuing(&title(""), 1).unwrap();
        assert!(!session.is_dirty());
        assert_eq!(session.undo_label(), None);
    }

    #[test]
    fn the_analysis_follows_what_was_typed_once_it_settles() {
        let (mut session, edit) = session();
        session.apply_continuing(&edit, 1).unwrap();
        assert!(session.analysis().gaps.is_empty(), "one may still be typing");
        let typed = session.revision();
        session.settle();
        assert_eq!(session.analysis().gaps.len(), 1);
        assert!(session.revision() > typed, "what was shown of the analysis before is shown again");
        let settled = session.revision();
        session.settle();
        assert_eq!(session.revision(), settled, "nothing is left to follow");
        session.preview(&Edit::Several(String::new(), Vec::new())).unwrap();
        let title = crate::model::ProjectInfo { title: "P".into(), ..Default::default() };
        session.preview(&Edit::Info(title)).unwrap();
        session.settle();
        assert!(!session.analysis().is_of(session.project(), TODAY), "a drag is under way");
        session.commit();
        assert!(session.analysis().is_of(session.project(), TODAY));
    }

    #[test]
    fn whatever_is_done_after_typing_is_done_with_the_analysis_of_it() {
        let (plain, edit) = session();
        let fails = Edit::Answer(
            vec![Fixture::new().zone("Z-2", |_| ()).gap("Z-2/SR 1.1")]
                .into_iter()
                .map(|it| (it, Answer::default()))
                .collect(),
        );
        let after: [fn(&mut Session); 3] =
            [|it| drop(it.undo()), |it| it.set_as_of(TODAY.tomorrow().unwrap()), |it| it.adopt(it.project().clone())];
        for step in after {
            let mut session = plain.clone();
            session.apply_continuing(&edit, 1).unwrap();
            step(&mut session);
            assert!(session.analysis().is_of(session.project(), session.as_of));
        }
        let mut session = plain;
        session.apply_continuing(&edit, 1).unwrap();
        assert!(session.apply(&fails).is_err());
        assert!(session.analysis().is_of(session.project(), TODAY));
    }

    #[test]
    fn another_day_is_another_analysis() {
        let (mut session, _) = session();
        let before = session.revision();
        session.set_as_of(TODAY.tomorrow().unwrap());
        assert_eq!(session.analysis().as_of, TODAY.tomorrow().unwrap());
        assert!(session.revision() > before, "what was drawn of the day before is drawn again");
    }
}
