//! Drawings of other tools: read in the background, looked at, imported.

use std::path::{Path, PathBuf};

use egui::{Context as EguiContext, Ui};

use super::jobs::READING;
use super::{App, JobResult, Notice};
use crate::edit::Edit;
use crate::exchange::drawings::staging::{Report, Staging};
use crate::exchange::drawings::{self, DrawingKind};
use crate::model::{Layer, Project, Subject};
use crate::session::Session;
use crate::store::SaidOf;
use crate::ui::action::{Action, FileAction, Selection, View};
use crate::ui::staging::{Decided, StagingScreen};
use crate::ui::theme;
use crate::ui::widgets::capital;

/// A drawing with what would be imported of it, or why it can't be read; `None`: it was cancelled.
pub(super) type Read = Result<Option<(DrawingKind, Box<(Staging, Report)>)>, String>;

/// What an import comes to.
pub(super) enum Import {
    /// A new project.
    New(Box<Project>),
    /// One step in the open project.
    Beside(Box<Edit>),
}

/// What the job is called.
pub(super) const IMPORTING: &str = "Importing drawing";

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
                let staging = goes_on(0.4).then(|| Staging::new(drawing))?;
                let report = goes_on(0.7).then(|| staging.build().1)?;
                goes_on(0.9).then(|| (kind, Box::new((staging, report))))
            });
            JobResult::Staged(read, path)
        });
    }

    /// Shows what is understood of a drawing, or why it can't be read.
    pub(super) fn stage(&mut self, read: Read, path: PathBuf) {
        match read {
            Ok(Some((kind, staging))) => {
                // an empty project is filled; beside a plant a drawing is as often another plant
                // what is open and not empty is another plant, as a rule
                let is_empty = |it: &Session| it.project().zones.is_empty() && it.project().assets.is_empty();
                let into_open = self.session.as_ref().is_some_and(is_empty);
                self.notice = None;
                let place = self.said_of(&path, "drawing");
                self.staging = Some(StagingScreen::new(*staging, kind, path, into_open).kept_at(place));
            }
            Ok(None) => self.inform("The drawing was not imported."),
            Err(error) => {
                let kept = if self.session.is_some() { " The open project is as it was." } else { "" };
                let error = capital(&error);
                self.error(format!("This file was not imported. {error}: {}.{kept}", path.display()));
            }
        }
    }

    /// Where it is kept what is said of a file before it is imported.
    pub(super) fn said_of(&self, file: &Path, read_as: &str) -> Option<SaidOf> {
        SaidOf::file(self.preferences_file.as_deref()?, file, read_as)
    }

    /// Keeps what is said of a file before it is imported.
    pub(super) fn keep_said(&mut self) {
        if let Some(screen) = &mut self.staging {
            screen.keep();
        }
        if let Some(table) = &mut self.asset_table {
            table.keep();
        }
        if let Some(table) = &mut self.hazop_table {
            table.keep();
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
                let is_kept = screen.keep();
                self.staging = None;
                self.inform(match is_kept {
                    true => "The drawing was not imported; what you said of it is there again when you open it",
                    false => "The drawing was not imported",
                });
            }
            Some(Decided::Import) if screen.into_open => self.actions.send(Action::File(FileAction::ImportBeside)),
            Some(Decided::Import) => self.actions.send(Action::File(FileAction::ImportStaged)),
        }
    }

    /// Works out in the background what is staged comes to, beside what the open project
    /// holds or as a new one.
    pub(super) fn import_staged(&mut self, ctx: &EguiContext, beside: bool) {
        let Some(screen) = &mut self.staging else { return };
        screen.keep();
        let staging = screen.staging.clone();
        let name = screen.source().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let open = self.session.as_ref().filter(|_| beside).map(|it| it.project().clone());
        self.spawn(ctx, IMPORTING, move |progress| {
            let (import, report) = match open {
                Some(open) => {
                    let (edit, report) = staging.edit(&open, &format!("import {name}"));
                    (Import::Beside(Box::new(edit)), report)
                }
                None => {
                    let (project, report) = staging.build();
                    (Import::New(Box::new(project)), report)
                }
            };
            JobResult::Built(progress.report(1.0).then_some((import, report)))
        });
    }

    /// Takes over what was imported; `None`: it was cancelled, and the drawing is still there.
    pub(super) fn take_import(&mut self, import: Option<(Import, Report)>) {
        let Some((import, report)) = import else { return };
        match import {
            Import::New(project) => {
                let mut session = Session::new(Project::default(), self.today());
                session.adopt(*project);
                self.enter(session, View::Diagram);
                self.show_imported_lines();
                self.tell_import(&report);
            }
            Import::Beside(edit) => self.import_beside(&edit, &report),
        }
    }

    fn import_beside(&mut self, edit: &Edit, report: &Report) {
        let Some(session) = &mut self.session else { return };
        let before = session.project().clone();
        match session.apply(edit) {
            Ok(_) => {
                let zones: Vec<Subject> =
                    session.project().zones.ids().filter(|id| !before.zones.contains(*id)).map(Into::into).collect();
                self.staging = None;
                self.view = View::Diagram;
                self.selection = Selection { subjects: zones, requirement: None };
                self.states.canvas.fit(true);
                self.show_imported_lines();
                self.tell_import(report);
            }
            Err(error) => self.error(format!("That can't be imported: {error}. Nothing was changed.")),
        }
    }

    /// Lines of the drawing that no conduit carries are drawn as flows, or they would seem lost.
    fn show_imported_lines(&mut self) {
        let Some(session) = &self.session else { return };
        if session.project().flows.values().any(|it| it.conduit.is_none() && it.from.is_some() && it.to.is_some()) {
            self.states.canvas.uncover_layer(Layer::Flows);
        }
    }

    fn tell_import(&mut self, report: &Report) {
        let look = match report.remarks.len() {
            0 => String::new(),
            1 => " 1 thing to look at.".to_owned(),
            several => format!(" {several} things to look at."),
        };
        let lines = report.remarks.iter().take(200).map(|it| format!("\n{}: {}", it.place, it.what));
        let text = format!("Imported {}.{look}{}", report.counts(), lines.collect::<String>());
        self.notice = Some(Notice::good(text));
    }
}
