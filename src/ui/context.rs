//! What a view sees: the project, what follows from it, the selection. It changes
//! nothing and sends actions.

use super::action::{Action, Actions, PageAction, Selection, View};
use super::answering::Answering;
use crate::analysis::Analysis;
use crate::catalogue::Catalogue;
use crate::drawing::palette::Palette;
use crate::edit::{Edit, Item};
use crate::hands::lock;
use crate::model::{Project, Subject};
use crate::session::Session;

/// What a view sees.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub session: &'a Session,
    pub project: &'a Project,
    pub analysis: &'a Analysis,
    pub catalogue: &'static Catalogue,
    pub palette: &'static Palette,
    pub selection: &'a Selection,
    pub answering: &'a Answering,
    pub view: View,
    /// What the page is asked for in this frame.
    pub asked: Option<PageAction>,
    /// The time of day; the day is that of the analysis.
    pub now: jiff::civil::Time,
    pub actions: &'a Actions,
}

impl Context<'_> {
    /// Whether this view has room for the inspector and something to show in it.
    pub fn has_inspector(&self) -> bool {
        match self.view {
            View::Overview | View::Path | View::Scope | View::Workshop | View::Report | View::Compare => false,
            View::Risk => !self.selected_here().subjects.is_empty(),
            View::Diagram | View::Requirements | View::Gaps | View::Plan => true,
        }
    }

    /// What is selected of that which stands on this page, or is named on it: what was selected elsewhere
    /// stays selected, and is looked at there.
    pub fn selected_here(&self) -> Selection {
        let requirement = self.selection.requirement;
        let is_here = |it: &Subject| match self.view {
            View::Plan => matches!(it, Subject::Action(_)),
            View::Gaps => matches!(it, Subject::ManualFinding(_)) || it.target().is_some() && requirement.is_some(),
            View::Requirements => it.target().is_some(),
            View::Diagram => {
                it.target().is_some() || matches!(it, Subject::Asset(_) | Subject::Flow(_) | Subject::Note(_))
            }
            View::Risk => it.target().is_some() || matches!(it, Subject::Risk(_) | Subject::Asset(_)),
            View::Overview | View::Path | View::Scope | View::Workshop | View::Report | View::Compare => false,
        };
        let subjects = self.selection.subjects.iter().copied().filter(is_here).collect();
        let has_answers = matches!(self.view, View::Requirements | View::Gaps);
        Selection { subjects, requirement: requirement.filter(|_| has_answers) }
    }

    /// Asks for something.
    pub fn send(&self, action: Action) {
        self.actions.send(action);
    }

    /// Changes the project as one step.
    pub fn edit(&self, edit: Edit) {
        self.send(Action::Edit(edit));
    }

    /// Adds or replaces one thing as one step.
    pub fn put(&self, item: Item) {
        self.edit(Edit::Put(item));
    }

    /// Deletes what is not locked, and says what stays.
    pub fn delete(&self, subjects: &[Subject]) {
        let project = self.session.project();
        let (free, locked) = lock::deletable(project, subjects);
        if !free.is_empty() {
            self.edit(Edit::Remove(free));
        }
        if let Some(&first) = locked.first() {
            let what =
                if locked.len() == 1 { project.subject_tag(first).into_owned() } else { locked.len().to_string() };
            self.send(Action::Say(format!("{what} locked, not deleted: unlock with L first")));
        }
    }

    /// Selects one thing.
    pub fn select(&self, subject: impl Into<Subject>) {
        self.send(Action::Select(Selection::of(subject)));
    }

    /// Goes to a view and selects one thing there.
    pub fn go_to(&self, view: View, subject: impl Into<Subject>) {
        self.send(Action::GoTo(view, Selection::of(subject)));
    }
}
