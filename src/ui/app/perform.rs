//! Carrying out what views ask for.

use std::time::Duration;

use egui::{Context as EguiContext, ViewportCommand};

use super::App;
use crate::edit::{Edit, EditError};
use crate::model::Subject;
use crate::session::Session;
use crate::store::Used;
use crate::ui::action::{Action, DiagramAction, Selection, View};
use crate::ui::finder::Finder;
use crate::ui::theme;

/// How long after what was typed more may come, in seconds: whoever writes sixty words a minute is within it. What
/// follows from it waits that long.
const TYPING: f64 = 0.24;

impl App {
    /// Does what is asked for.
    pub(super) fn perform(&mut self, ctx: &EguiContext, action: Action) {
        if self.settle_proposal(&action) {
            return;
        }
        let Some(action) = self.in_room(action) else { return };
        if looks_at_analysis(&action) {
            self.settle();
        }
        match action {
            Action::Edit(edit) => self.change(|session| session.apply(&edit)),
            Action::Type(edit, field) => {
                self.change(|session| session.apply_continuing(&edit, field.value()));
                // a step of the arrows is no letter
                self.last_typed = ctx.text_edit_focused().then(|| ctx.input(|it| it.time));
            }
            Action::Quietly(edit) => self.change(|session| session.apply_aside(&edit).map(|_| false)),
            Action::Workshop(action) => self.hold(action),
            Action::EndTyping => self.change(|session| {
                session.end_typing();
                Ok(false)
            }),
            Action::Preview(edit) => self.change(|session| session.preview(&edit).map(|()| false)),
            Action::Commit => self.change(|session| {
                session.commit();
                Ok(false)
            }),
            Action::Abort => self.change(|session| {
                session.abort();
                Ok(false)
            }),
            Action::Undo => self.step(Session::undo, "Undid"),
            Action::Redo => self.step(Session::redo, "Redid"),
            Action::Select(selection) => self.select(selection),
            Action::Go(view) => self.go(view, self.selection.clone()),
            Action::GoTo(view, selection) => {
                if view == View::Diagram {
                    self.states.canvas.fly_to_selection();
                }
                self.go(view, selection);
            }
            Action::Waypoint(there) => {
                self.go(View::Path, self.selection.clone());
                self.states.path.turn_to(there);
                ctx.request_repaint();
            }
            Action::ScopePart(part) => {
                self.go(View::Scope, self.selection.clone());
                self.states.scope.turn_to(part);
                ctx.request_repaint();
            }
            Action::Back => self.wander(true),
            Action::Forward => self.wander(false),
            // one dialog at a time
            Action::Finder(open) => {
                let left = self.finder.take().map(Finder::left_off);
                self.looked_for = left.unwrap_or(std::mem::take(&mut self.looked_for));
                self.finder =
                    open.then(|| Finder::new(self.lately.get().commands.clone(), std::mem::take(&mut self.looked_for)));
                (self.shows_help, self.shows_about) = (false, false);
            }
            Action::ShowFindings(severity) => {
                self.go(View::Overview, self.selection.clone());
                self.states.overview.show_findings(severity);
                ctx.request_repaint();
            }
            Action::SayWhy(target) => {
                self.go(View::Requirements, Selection::of(target));
                self.states.requirements.ask_why(None);
                ctx.request_repaint();
            }
            Action::NextFinding(back) => self.next_finding(back),
            Action::AskSetAside(key) => {
                let reason = super::show::reason_of(&key).text(ctx, "");
                self.set_aside = Some((key, reason));
            }
            Action::SetAside(key, reason) => self.change(|session| session.apply(&Edit::SetAside(key, reason))),
            Action::Draw(tool) => {
                self.go(View::Diagram, self.selection.clone());
                self.states.canvas.take_up(tool);
            }
            Action::LayOut(selection) => self.lay_out(ctx, selection),
            Action::Canvas(command) => {
                self.go(View::Diagram, self.selection.clone());
                self.states.canvas.order(command);
                ctx.request_repaint();
            }
            Action::EnterInspector => {
                self.perform(ctx, Action::Inspector(true));
                crate::ui::frame::enter_inspector(ctx);
            }
            Action::Say(text) => {
                if let Some(mode) = &mut self.mode {
                    mode.tell(&text);
                }
                self.inform(text);
            }
            Action::Fit(selection) => {
                self.go(View::Diagram, self.selection.clone());
                self.states.canvas.fit(selection);
            }
            Action::CopyPicture(extent) => self.copy_picture(ctx, extent),
            Action::Diagram(DiagramAction::Fly(selection)) => {
                self.select(selection);
                self.states.canvas.fly_to_selection();
            }
            Action::Diagram(action) => {
                self.go(View::Diagram, self.selection.clone());
                self.states.canvas.ask(action);
            }
            Action::Chose(command) => {
                self.use_lately(|it| it.chose(&command));
            }
            Action::Appearance(appearance) => {
                appearance.word().clone_into(&mut self.preferences.appearance);
                theme::choose(ctx, appearance);
                self.save_preferences();
            }
            Action::Renderer(renderer) => {
                // what was found before is found again
                (self.preferences.renderer, self.preferences.no_gl) = (renderer, String::new());
                self.save_preferences();
            }
            Action::Inspector(shown) if self.is_cramped => self.inspects = shown,
            Action::Inspector(shown) => self.shows_inspector = shown,
            Action::Help(shown) => {
                (self.shows_help, self.shows_about, self.finder) = (shown, false, None);
            }
            Action::About(shown) => {
                (self.shows_about, self.shows_help, self.finder) = (shown, false, None);
            }
            Action::File(action) => {
                self.notice = None;
                self.ask_file(ctx, action);
            }
            Action::Answers(action) => self.ask_answers(ctx, action),
            Action::Library(action) => self.ask_library(ctx, action),
            Action::Risk(action) => {
                self.go(View::Risk, self.selection.clone());
                self.states.risk.ask(action);
                ctx.request_repaint();
            }
            Action::Page(action) => {
                self.go(action.view(), self.selection.clone());
                self.asked = Some(action);
                ctx.request_repaint();
            }
            Action::Reveal(path) => {
                if let Err(error) = open::that_detached(&path) {
                    self.error(format!("The desktop could not open it ({error}): {}", path.display()));
                }
            }
            Action::CancelJob => {
                if let Some(job) = &self.job {
                    job.task.cancel();
                }
            }
            Action::Dismiss => self.notice = None,
        }
    }

    /// Changes the open project; what can't be done is told and changes nothing.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Session) -> Result<bool, EditError>) {
        let Some(session) = &mut self.session else { return };
        match change(session) {
            Ok(true) => {
                let done = session.undo_label().unwrap_or_default().to_owned();
                self.inform(crate::ui::widgets::capital(&done));
            }
            Ok(false) => (),
            Err(error) => self.error(format!("That can't be done: {error}. Nothing was changed.")),
        }
        self.drop_gone();
    }

    /// Takes in what is being typed on the diagram before something else is done.
    pub(super) fn settle_typed(&mut self) {
        let Some(session) = &self.session else { return };
        for edit in self.states.canvas.settle(session.project()) {
            self.change(|session| session.apply(&edit));
        }
    }

    /// Finds out what follows from what was typed.
    fn settle(&mut self) {
        if let Some(session) = &mut self.session {
            session.settle();
        }
    }

    /// The same once more is hardly to come; wakes the window for that.
    pub(super) fn settle_after_typing(&mut self, ctx: &EguiContext) {
        if self.session.as_ref().is_none_or(|it| it.is_settled() || it.is_previewing()) {
            return;
        }
        let now = ctx.input(|it| it.time);
        match self.last_typed.map_or(0.0, |last| last + TYPING - now) {
            left if left > 0.0 => ctx.request_repaint_after(Duration::from_secs_f64(left)),
            _ => {
                self.settle();
                // what grew by it moves something else
                ctx.request_repaint();
            }
        }
    }

    /// What is gone is not selected any more.
    pub(super) fn drop_gone(&mut self) {
        if let Some(session) = &self.session {
            self.selection.subjects.retain(|it| it.exists_in(session.project()));
            if self.selection.subjects.is_empty() {
                self.selection.requirement = None;
            }
        }
    }

    /// Undo or redo, with what changed selected, so that one sees it; where something
    /// came back, that alone, without all that refers to it.
    fn step(&mut self, step: impl FnOnce(&mut Session) -> Option<(String, Vec<Subject>)>, done: &str) {
        self.states.canvas.let_go();
        let Some(session) = &mut self.session else { return };
        let before = session.project().clone();
        let Some((label, changed)) = step(session) else { return };
        // a view is looked at, not selected
        let is_there = |it: &Subject| it.exists_in(session.project()) && !matches!(it, Subject::View(_));
        let there: Vec<_> = changed.into_iter().filter(is_there).collect();
        let is_thing = |it: &Subject| it.target().is_some() || matches!(it, Subject::Asset(_) | Subject::Action(_));
        let is_back = |it: &Subject| is_thing(it) && !it.exists_in(&before);
        let back: Vec<_> = there.iter().copied().filter(is_back).collect();
        // who has what changed selected sees it; what made room for it is not selected with it
        let is_seen = back.is_empty() && there.iter().any(|it| self.selection.contains(*it));
        let keeps = is_seen || label.starts_with(super::layout::LAY_OUT);
        let changed = match (keeps, back.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => there,
            (false, false) => back,
        };
        let answers = session.project().answers_changed(&before);
        let changed = if answers.is_empty() { changed } else { Vec::new() };
        if let Some(first) = answers.first() {
            // one goes back to where it was answered; several together are shown together
            let targets: std::collections::BTreeSet<Subject> = answers.iter().map(|it| it.target.into()).collect();
            let subjects = if targets.len() <= 50 { targets.into_iter().collect() } else { vec![first.target.into()] };
            self.selection = Selection { subjects, requirement: Some(first.requirement) };
            self.states.requirements.show_again();
        }
        if !changed.is_empty() && changed.len() <= 50 {
            let requirement = self.selection.requirement.filter(|_| self.selection.subjects == changed);
            self.selection = Selection { subjects: changed, requirement };
        }
        self.inform(format!("{done}: {label}"));
        self.drop_gone();
        self.follow_in_room(&before);
    }

    /// Goes to the next finding that the diagram can show, or to the one before.
    fn next_finding(&mut self, back: bool) {
        let Some(session) = &self.session else { return };
        let selected = self.selection.only();
        let next = self.states.canvas.next_finding(session.project(), session.analysis(), selected, back);
        match next {
            Some(place) => {
                self.states.canvas.fly_to_selection();
                self.go(View::Diagram, place.map(Selection::of).unwrap_or_default());
            }
            None => self.inform("Nothing is found in the diagram"),
        }
    }

    fn select(&mut self, selection: Selection) {
        self.selection = selection;
    }

    pub(super) fn go(&mut self, view: View, selection: Selection) {
        if view != self.view {
            self.settle_typed();
        }
        if (view, &selection) != (self.view, &self.selection) {
            self.trail.behind.push((self.view, self.selection.clone()));
            self.trail.ahead.clear();
            if self.trail.behind.len() > 100 {
                self.trail.behind.remove(0);
            }
            self.view = view;
            self.selection = selection;
            self.inspects = false;
        }
    }

    fn wander(&mut self, back: bool) {
        let here = (self.view, self.selection.clone());
        let (from, to) = if back {
            (&mut self.trail.behind, &mut self.trail.ahead)
        } else {
            (&mut self.trail.ahead, &mut self.trail.behind)
        };
        if let Some((view, selection)) = from.pop() {
            to.push(here);
            self.settle_typed();
            self.view = view;
            self.selection = selection;
            self.drop_gone();
        }
    }

    /// Notes what was used, for the next time.
    pub(super) fn use_lately(&mut self, change: impl FnOnce(&mut Used)) {
        if let Err(error) = self.lately.change(change) {
            self.error(format!("What was used lately could not be kept: {error}"));
        }
    }

    pub(super) fn save_preferences(&mut self) {
        if let Some(file) = self.preferences_file.clone()
            && let Err(error) = self.preferences.save(&file)
        {
            self.error(format!("The preferences could not be kept: {error}"));
        }
    }

    /// Puts project and state into the window's title; not while somebody types, for a title takes a frame of its own.
    pub(super) fn update_title(&mut self, ctx: &EguiContext) {
        let title = match &self.session {
            None => "Zonewright".to_owned(),
            Some(session) => {
                let dirty = if session.is_dirty() { "• " } else { "" };
                format!("{dirty}{} – Zonewright", super::show::project_name(session))
            }
        };
        if title != self.window_title && self.session.as_ref().is_none_or(Session::is_settled) {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.window_title = title;
        }
    }
}

/// Whether what follows from the project has to be known for it. Edits find it out by themselves.
fn looks_at_analysis(action: &Action) -> bool {
    use Action::{Edit, Quietly, Redo, SetAside, Type, Undo};
    !matches!(action, Edit(_) | Quietly(_) | Redo | SetAside(..) | Type(..) | Undo)
}
