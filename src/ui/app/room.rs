//! Workshop mode: entered, left, and what of the window's commands works in it.

use egui::Ui;

use super::App;
use super::notice::Notice;
use crate::drawing::palette::Palette;
use crate::model::Project;
use crate::ui::action::{Action, Export, FileAction, Selection, View, WorkshopAction};
use crate::ui::answering::Answering;
use crate::ui::context::Context;
use crate::ui::workshop::{self, Mode, works_in_room};

impl App {
    /// Does what is asked of workshop mode.
    pub(super) fn hold(&mut self, action: WorkshopAction) {
        match action {
            WorkshopAction::Start(_) if self.mode.is_some() => self.leave_room(),
            WorkshopAction::Start(wanted) => self.enter_room(wanted, false),
            WorkshopAction::Leave => self.leave_room(),
            WorkshopAction::SecondWindow => match &mut self.mode {
                Some(mode) => {
                    mode.toggle_second();
                }
                None => self.enter_room(None, true),
            },
            WorkshopAction::Minutes => match self.current_workshop() {
                Some(id) => self.actions.send(Action::File(FileAction::Export(Export::Minutes(id)))),
                None => self.prepare_first(),
            },
        }
    }

    fn current_workshop(&self) -> Option<crate::model::WorkshopId> {
        let project = self.session.as_ref()?.project();
        let held = self.mode.as_ref().map(Mode::id);
        held.or_else(|| self.states.workshop.current(project, &self.selection))
    }

    fn prepare_first(&mut self) {
        self.go(View::Workshop, self.selection.clone());
        self.inform("Prepare a workshop first");
    }

    fn enter_room(&mut self, wanted: Option<crate::model::WorkshopId>, has_second: bool) {
        let Some(id) = wanted.or_else(|| self.current_workshop()) else {
            self.prepare_first();
            return;
        };
        let Some(session) = &mut self.session else { return };
        session.end_typing();
        let Some(workshop) = session.project().workshops.get(id) else { return };
        self.mode = Some(Mode::new(id, workshop, has_second));
        // what went well before is nothing to the room
        self.notice = self.notice.take().filter(Notice::is_error);
        self.go(View::Workshop, Selection::of(id));
    }

    /// Keeps how long the room has worked up to now, before the project is saved or left.
    pub(super) fn keep_time(&mut self) {
        let (Some(mode), Some(session)) = (&self.mode, &mut self.session) else { return };
        session.end_typing();
        // a workshop that is gone, or over, has nothing to keep
        let kept = session.project().workshops.get(mode.id()).and_then(|it| mode.kept(it));
        if let Some(kept) = kept {
            self.change_aside(&kept);
        }
    }

    /// The project as the window of the room and that of the scribe both show it in this frame.
    pub(super) fn seen_by_two(&self) -> Option<Project> {
        let is_held = self.mode.is_some();
        self.session.as_ref().filter(|it| is_held && !it.is_previewing()).map(|it| it.project().clone())
    }

    /// What one of them asks for leaves what the other one has done in the same frame.
    pub(super) fn beside(&self, seen: Option<&Project>, action: Action) -> Action {
        let (Some(seen), Some(session)) = (seen, &self.session) else { return action };
        match action {
            Action::Edit(edit) => Action::Edit(edit.onto(seen, session.project())),
            Action::Type(edit, field) => Action::Type(edit.onto(seen, session.project()), field),
            other => other,
        }
    }

    /// Leaves the mode; everything is kept.
    pub(super) fn leave_room(&mut self) {
        self.keep_time();
        let Some(mode) = self.mode.take() else { return };
        self.go(View::Workshop, Selection::of(mode.id()));
        self.drop_gone();
    }

    fn change_aside(&mut self, edit: &crate::edit::Edit) {
        self.change(|session| session.apply_aside(edit).map(|_| false));
    }

    /// Shows the mode in place of everything else.
    pub(super) fn show_mode(&mut self, ui: &mut Ui, palette: &'static Palette) {
        let now = self.now();
        let (Some(session), Some(mode)) = (&self.session, &mut self.mode) else { return };
        let place = session.project().workshops.get(mode.id()).and_then(|it| mode.place(it));
        // what the room looks at is selected for everything that it looks at it with
        let selection = place.map(|it| Selection::of(it.subject())).unwrap_or_default();
        let ctx = Context {
            session,
            project: session.project(),
            analysis: session.analysis(),
            catalogue: session.catalogue(),
            palette,
            selection: &selection,
            view: View::Workshop,
            asked: None,
            now,
            actions: &self.actions,
            answering: &Answering::default(),
        };
        workshop::show(ui, &ctx, mode);
    }

    /// A command by its key. Before the room only some of them make sense.
    pub(super) fn ask_in_room(&self, action: Action) {
        if self.mode.is_none() || works_in_room(&action) {
            self.actions.send(action);
        }
    }

    /// What is done of what is asked for: going elsewhere leaves the mode first, and its keys
    /// are its own.
    pub(super) fn in_room(&mut self, action: Action) -> Option<Action> {
        match (&mut self.mode, action) {
            (Some(mode), Action::Help(shown)) => {
                mode.show_keys(shown);
                None
            }
            // the room's own place is what is selected
            (Some(_), Action::Select(_) | Action::EnterInspector) => None,
            (Some(_), action @ (Action::Go(_) | Action::GoTo(..))) => {
                self.leave_room();
                Some(action)
            }
            (_, action) => Some(action),
        }
    }

    /// The room goes where a step was taken back, so that it sees what happened.
    pub(super) fn follow_in_room(&mut self, before: &Project) {
        let (Some(mode), Some(session)) = (&self.mode, &self.session) else { return };
        if let Some(edit) = mode.undone(before, session.project()) {
            self.change_aside(&edit);
        }
    }
}
