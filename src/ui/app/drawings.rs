//! Drawings of other tools: read in the background, looked at, imported.

use std::path::PathBuf;

use egui::{Context as EguiContext, Ui};

use super::files::READING;
use super::{App, JobResult, Notice};
use crate::exchange::drawings::staging::{Report, Staging};
use crate::exchange::drawings::{self, DrawingKind};
use crate::model::{Project, Subject};
use crate::session::Session;
use crate::ui::action::{Action, FileAction, Selection, View};
use crate::ui::staging::{Decided, StagingScreen};
use crate::ui::theme;
use crate::ui::widgets::capital;

impl App {
    /// Reads a drawing, to show what is understood of it.
    pub(super) fn read_drawing(&mut self, ctx: &EguiContext, path: PathBuf) {
        let wake = ctx.clone();
        self.spawn(ctx, READING, move |progress| {
            let goes_on = |share: f32| {
                wake.request_repaint();
                progress.report(share)
            };
            let read = drawings::read_file(None, &path).map_err(|error| error.to_string());
            let read = read.map(|(kind, drawing)| {
                let staging = goes_on(0.4).then(|| Box::new(Staging::new(drawing)))?;
                goes_on(0.9).then_some((kind, staging))
            });
            JobResult::Staged(read, path)
        });
    }

    /// Shows what is understood of a drawing, or why it can't be read.
    pub(super) fn stage(&mut self, read: Result<Option<(DrawingKind, Box<Staging>)>, String>, path: PathBuf) {
        match read {
            Ok(Some((kind, staging))) => {
                // an empty project is filled; beside a plant a drawing is as often another plant
                let into_open = self.session.is_some();
                self.notice = None;
                self.staging = Some(StagingScreen::new(*staging, kind, path, into_open));
            }
            Ok(None) => self.inform("The drawing was not imported."),
            Err(error) => {
                let kept = if self.session.is_some() { " The open project is as it was." } else { "" };
                let error = capital(&error);
                self.error(format!("This file was not imported. {error}: {}.{kept}", path.display()));
            }
        }
    }

    /// The staging screen in place of everything else.
    pub(super) fn show_staging(&mut self, ui: &mut Ui) {
        let palette = theme::palette(ui.ctx());
        let open = self.session.as_ref().map(super::show::project_name);
        let Some(screen) = &mut self.staging else { return };
        match screen.show(ui, palette, open.as_deref()) {
            None => (),
            Some(Decided::Cancel) => {
                self.staging = None;
                self.inform("The drawing was not imported.");
            }
            Some(Decided::Import) if screen.into_open => self.import_into_open(),
            Some(Decided::Import) => self.actions.send(Action::File(FileAction::ImportStaged)),
        }
    }

    /// Imports what is staged beside what the open project holds, as one step.
    fn import_into_open(&mut self) {
        let Some(screen) = self.staging.take() else { return };
        let Some(session) = &mut self.session else { return };
        let name = screen.source().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let before = session.project().clone();
        let (edit, report) = screen.staging.edit(session.project(), &format!("import {name}"));
        match session.apply(&edit) {
            Ok(_) => {
                let zones: Vec<Subject> =
                    session.project().zones.ids().filter(|id| !before.zones.contains(*id)).map(Into::into).collect();
                self.view = View::Diagram;
                self.selection = Selection { subjects: zones, requirement: None };
                self.states.canvas.fit(true);
                self.tell_import(&report);
            }
            Err(error) => {
                self.staging = Some(screen);
                self.error(format!("That can't be imported: {error}. Nothing was changed."));
            }
        }
    }

    /// Imports what is staged as a new project.
    pub(super) fn import_as_new(&mut self) {
        let Some(screen) = self.staging.take() else { return };
        let (project, report) = screen.staging.build();
        let mut session = Session::new(Project::default(), self.today());
        session.adopt(project);
        self.enter(session, View::Diagram);
        self.tell_import(&report);
    }

    fn tell_import(&mut self, report: &Report) {
        let look = match report.remarks.len() {
            0 => String::new(),
            1 => " 1 thing is to be looked at.".to_owned(),
            several => format!(" {several} things are to be looked at."),
        };
        let lines = report.remarks.iter().take(200).map(|it| format!("\n{}: {}", it.place, it.what));
        let text = format!("Imported {}.{look}{}", report.counts(), lines.collect::<String>());
        self.notice = Some(Notice { text, is_error: false, file: None });
    }
}
