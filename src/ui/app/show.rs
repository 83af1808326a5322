//! What stands on the screen: the frame, the view, and what lies over them.

use egui::{CentralPanel, Frame, Id, Margin, Panel, TextEdit, Ui};

use super::App;
use crate::model::SetAside;
use crate::session::Session;
use crate::ui::action::{Action, FileAction, View};
use crate::ui::answering::{self, Answering};
use crate::ui::context::Context;
use crate::ui::{canvas, estimates, finder, frame, risk_matrix, theme, timing, views, widgets};

/// Below this width the steps are chosen in the top bar and not in the rail.
const RAIL_FROM: f32 = 800.0;
/// Below this width page and inspector take turns.
const BOTH_FROM: f32 = 620.0;

/// Below this width the inspector gives way to the table of targets.
const TABLE_AND_INSPECTOR_FROM: f32 = 1520.0;
/// How long the status bar says what was done last, in seconds.
const MESSAGE: f64 = 8.0;

/// The reason begun for a finding to be set aside.
pub(super) fn reason_of(finding: &str) -> widgets::Draft {
    widgets::Draft::of("set aside", finding)
}

/// What the project is called, for titles and file names.
pub(super) fn project_name(session: &Session) -> String {
    let project = session.project();
    let file = session.file().and_then(|file| file.file_stem()).map(|it| it.to_string_lossy().into_owned());
    match (project.info.title.as_str(), file) {
        ("", Some(file)) => file,
        ("", None) => "Untitled assessment".to_owned(),
        (title, _) => title.to_owned(),
    }
}

impl App {
    /// What was done last is told for a while, and in one view.
    fn drop_old_message(&mut self, ctx: &egui::Context) {
        if self.message.is_empty() {
            self.message_since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let (since, view) = *self.message_since.get_or_insert((now, self.view));
        let left = since + MESSAGE - now;
        if left <= 0.0 || view != self.view {
            self.message.clear();
            self.message_since = None;
        } else {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
    }

    /// Once for each project that is opened, forgets what was begun in the one before.
    pub(super) fn forget_drafts(&mut self, ctx: &egui::Context) {
        if !std::mem::replace(&mut self.states.is_settled, true) {
            widgets::forget_drafts(ctx);
            estimates::forget(ctx);
            risk_matrix::forget(ctx);
        }
    }

    /// Shows everything.
    pub(super) fn show(&mut self, ui: &mut Ui) {
        let egui_ctx = ui.ctx().clone();
        self.drop_old_message(&egui_ctx);
        let palette = theme::palette(&egui_ctx);
        self.forget_drafts(&egui_ctx);
        match &self.session {
            _ if self.staging.is_some() => self.show_staging(ui),
            // a page that gives way at once is not worth its letters
            None if self.is_entering() => {
                CentralPanel::default().show(ui, |_| {});
            }
            None => {
                CentralPanel::default()
                    .show(ui, |ui| views::start(ui, palette, &self.lately.get().recent, &self.actions));
                if let Some(state) = &mut self.finder {
                    let beginnings = finder::Beginnings { recent: &self.lately.get().recent };
                    finder::show(ui, &self.actions, &beginnings, state);
                }
            }
            Some(_) if self.mode.is_some() => self.show_mode(ui, palette),
            Some(session) => {
                if self.states.canvas.shows_parts() {
                    let shelf = self.library.parts.shelf(self.preferences_file.as_deref(), palette);
                    self.states.canvas.set_shelf(shelf);
                }
                let answering = Answering {
                    role: self.preferences.answering_as.clone(),
                    chosen: self.states.requirements.chosen().clone(),
                };
                let ctx = Context {
                    session,
                    project: session.project(),
                    analysis: session.analysis(),
                    catalogue: session.catalogue(),
                    palette,
                    selection: &self.selection,
                    answering: &answering,
                    view: self.view,
                    asked: self.asked.take(),
                    now: self.now(),
                    actions: &self.actions,
                };
                if self.view != View::Diagram {
                    frame::begin_at_page(ui);
                }
                // a small window, or a large scale
                let has_rail = ui.available_width() >= RAIL_FROM;
                self.is_cramped = ui.available_width() < BOTH_FROM;
                let inspects = if self.is_cramped { self.inspects } else { self.shows_inspector };
                // without a rail there is no room to say that nothing is selected, but a diagram must not jump
                let is_empty = ctx.selected_here().subjects.is_empty() && !has_rail && self.view != View::Diagram;
                // the vectors of all targets need the width
                let is_wide_table = self.view == View::Requirements
                    && self.states.requirements.shows_targets()
                    && ui.available_width() < TABLE_AND_INSPECTOR_FROM;
                let inspects = inspects && ctx.has_inspector() && !is_empty && !is_wide_table;
                let bar = Frame::new().fill(theme::color32(palette.window)).inner_margin(Margin::symmetric(12, 6));
                Panel::top("top").frame(bar).show(ui, |ui| {
                    let trail = (!self.trail.behind.is_empty(), !self.trail.ahead.is_empty());
                    frame::top(ui, &ctx, &project_name(session), trail, inspects, has_rail);
                });
                Panel::bottom("status").frame(bar).show(ui, |ui| {
                    let job = self.job.as_ref().map(|job| (job.task.label(), job.task.share()));
                    let zoom = (self.view == View::Diagram).then(|| self.states.canvas.zoom());
                    frame::status(ui, &ctx, &self.message, job, zoom);
                });
                timing::ended(&egui_ctx, "Bars");
                let rail = Frame::new().fill(theme::color32(palette.window)).inner_margin(Margin::symmetric(8, 10));
                if has_rail {
                    let panel = Panel::left("rail").resizable(false).exact_size(168.0).frame(rail);
                    panel.show(ui, |ui| frame::rail(ui, &ctx, &mut self.states.rail));
                }
                timing::ended(&egui_ctx, "Steps");
                let inspector =
                    Frame::new().fill(theme::color32(palette.panel)).inner_margin(Margin::symmetric(14, 12));
                if inspects && !self.is_cramped {
                    // each class of width keeps a size of its own, so that a window made
                    // narrower is not left with the inspector of a wide one
                    let (class, width) = match ui.available_width() {
                        ..900.0 => ("narrow", 268.0),
                        900.0..1400.0 => ("usual", 340.0),
                        _ => ("wide", 380.0),
                    };
                    Panel::right(Id::unique(("inspector", class)))
                        .default_size(width)
                        .size_range(240.0..=(ui.available_width() * 0.55).max(240.0))
                        .frame(inspector)
                        .show(ui, |ui| frame::inspector(ui, &ctx));
                }
                timing::ended(&egui_ctx, "Inspector");
                let page = Frame::new().fill(theme::color32(palette.panel));
                let instead = inspects && self.is_cramped;
                CentralPanel::default().frame(if instead { inspector } else { page }).show(ui, |ui| {
                    frame::door_of_page(ui);
                    let states = &mut self.states;
                    match self.view {
                        _ if instead => frame::inspector(ui, &ctx),
                        View::Overview => views::overview(ui, &ctx, &mut states.overview),
                        View::Path => views::path(ui, &ctx, &mut states.path),
                        View::Scope => views::scope(ui, &ctx, &mut states.scope),
                        View::Diagram => canvas::show(ui, &ctx, &mut states.canvas),
                        View::Risk => views::risk(ui, &ctx, &mut states.risk),
                        View::Workshop => views::workshop(ui, &ctx, &mut states.workshop),
                        View::Requirements => views::requirements(ui, &ctx, &mut states.requirements),
                        View::Gaps => views::gaps(ui, &ctx, &mut states.gaps),
                        View::Plan => views::plan(ui, &ctx, &mut states.plan),
                        View::Report => views::report(ui, &ctx, &mut states.report),
                        View::Compare => views::compare(ui, &ctx, &mut states.compare),
                    }
                });
                timing::ended(&egui_ctx, self.view.name());
                if let Some(state) = &mut self.finder {
                    finder::show(ui, &self.actions, &finder::Found(&ctx), state);
                }
            }
        }
        self.show_job_in_the_way(ui);
        self.show_proposal(ui);
        self.show_notice(ui);
        self.show_unsaved(ui);
        self.show_set_aside(ui);
        self.show_library(ui);
        if self.shows_help {
            self.show_help(ui);
        }
        if self.shows_about {
            self.show_about(ui);
        }
        self.show_recovered(&egui_ctx);
        self.show_asset_table(&egui_ctx);
        self.show_hazop_table(&egui_ctx);
        self.show_choosing(&egui_ctx);
        let has_dialog = egui_ctx.memory(egui::Memory::top_modal_layer).is_some();
        if std::mem::replace(&mut self.has_dialog, has_dialog) != has_dialog {
            // what was shown for what lies below, as its tooltip, goes with one more frame
            egui_ctx.request_repaint();
        }
    }

    /// With no project open there is no status bar to show progress in; and what is about
    /// to be replaced by another project can't be worked on.
    fn show_job_in_the_way(&self, ui: &Ui) {
        if let Some(job) = self.job.as_ref().filter(|_| self.session.is_none() || self.is_entering()) {
            widgets::dialog(ui.ctx(), "job").show(ui.ctx(), |ui| {
                ui.set_width(widgets::dialog_width(ui, 260.0));
                ui.label(format!("{}…", job.task.label()));
                if ui.button("Cancel").clicked() {
                    self.actions.send(Action::CancelJob);
                }
            });
        }
    }

    /// Esc leaves one thing at a time: a field, then a notice, and only then what lies behind.
    pub(super) fn leave_with_escape(&mut self, ctx: &egui::Context) {
        let is_elsewhere = self.has_dialog
            || egui::Popup::is_any_open(ctx)
            || (self.view == View::Diagram && self.states.canvas.is_renaming());
        if is_elsewhere || !(self.was_typing || self.notice.is_some()) {
            return;
        }
        // the field has given up the keyboard by itself
        if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
            match self.was_typing {
                true => answering::left_with_escape(ctx),
                false => self.notice = None,
            }
        }
    }

    /// Asks once what to do with unsaved work.
    fn show_unsaved(&mut self, ui: &Ui) {
        // while it is being saved or a place is asked for, there is nothing to ask
        if self.job.is_some() || self.choosing.is_some() {
            return;
        }
        let Some(pending) = self.pending.clone() else { return };
        let ctx = ui.ctx().clone();
        let palette = theme::palette(&ctx);
        let unfinished = self.unfinished(&ctx);
        let is_dirty = unfinished.is_empty() || self.session.as_ref().is_some_and(Session::is_dirty);
        let unconfirmed = self.states.path.unconfirmed().next();
        let mut decided = None;
        let modal = widgets::dialog(&ctx, "unsaved").show(&ctx, |ui| {
            ui.set_width(widgets::dialog_width(ui, 400.0));
            ui.label(theme::title(if is_dirty { "Save your changes?" } else { "Leave what is not finished?" }));
            if is_dirty {
                ui.label("This project has changes that its file does not hold yet.");
            }
            for sentence in &unfinished {
                ui.label(sentence);
            }
            if !unfinished.is_empty() {
                ui.label("No file holds what is only typed.");
            }
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let first = is_dirty.then_some("Save").or(unconfirmed.map(|_| "Show it"));
                if let Some(words) = first {
                    let first = widgets::primary_button(ui, palette, words);
                    if ui.memory(|memory| memory.focused().is_none()) {
                        first.request_focus();
                    }
                    if first.clicked() && is_dirty {
                        decided = Some(true);
                    } else if let Some(there) = unconfirmed.filter(|_| first.clicked()) {
                        self.pending = None;
                        self.actions.send(Action::Waypoint(there));
                    }
                }
                if ui.button(if is_dirty { "Don't save" } else { "Leave without it" }).clicked() {
                    decided = Some(false);
                }
                if ui.button("Cancel").clicked() {
                    self.pending = None;
                }
            });
        });
        match decided {
            Some(true) => self.do_file(&ctx, FileAction::Save),
            Some(false) => {
                self.pending = None;
                self.do_file(&ctx, pending);
            }
            None if modal.should_close() => self.pending = None,
            None => (),
        }
    }

    fn show_set_aside(&mut self, ui: &Ui) {
        let today = self.today();
        // later the keyboard may go on to the buttons
        let is_new = !self.has_dialog;
        let Some((key, reason)) = &mut self.set_aside else { return };
        let (mut done, mut cancelled) = (false, false);
        let modal = widgets::dialog(ui.ctx(), "set aside").show(ui.ctx(), |ui| {
            ui.set_width(widgets::dialog_width(ui, 420.0));
            ui.label(theme::title("Set this finding aside"));
            let label = ui.label("Why does it not count here? The reason stands in the report.");
            let field = ui.add(TextEdit::multiline(reason).desired_rows(3).desired_width(f32::INFINITY));
            let field = field.labelled_by(label.id);
            if is_new {
                field.request_focus();
            }
            ui.horizontal(|ui| {
                let is_given = !reason.trim().is_empty();
                if ui.add_enabled(is_given, egui::Button::new("Set aside")).clicked() {
                    let aside = SetAside { reason: reason.trim().to_owned(), by: String::new(), on: Some(today) };
                    self.actions.send(Action::SetAside(key.clone(), Some(aside)));
                    done = true;
                }
                cancelled = ui.button("Cancel").clicked();
            });
        });
        // with each letter, so that a crash loses nothing
        let given = if done { "" } else { reason.as_str() };
        reason_of(key).keep(ui.ctx(), given, "");
        if done || cancelled || widgets::is_left(&modal, !reason.trim().is_empty()) {
            self.set_aside = None;
        }
    }

    fn show_help(&mut self, ui: &Ui) {
        let has_project = self.session.is_some();
        let view = has_project.then_some(self.view);
        let commands = crate::ui::commands::all(self.session.as_ref());
        let modal = widgets::dialog(ui.ctx(), "help").show(ui.ctx(), |ui| views::help(ui, view, &commands));
        if modal.should_close() || modal.inner {
            self.shows_help = false;
        }
    }

    fn show_about(&mut self, ui: &Ui) {
        let modal = widgets::dialog(ui.ctx(), "about")
            .show(ui.ctx(), |ui| views::about(ui, &self.actions, &self.painting, self.preferences.renderer));
        if modal.should_close() || modal.inner {
            self.shows_about = false;
        }
    }
}
