//! Opening, saving, exporting: in the background, asking about unsaved work first.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context as EguiContext, ViewportCommand};

use super::waiting::leaves;
use super::{App, Job, JobResult, Notice, States, Trail};
use crate::analysis::compare::ThenNow;
use crate::drawing::to_pixels;
use crate::exchange::{comparison, diagram, tables, tracker};
use crate::model::Project;
use crate::report::{self, ReportError};
use crate::samples::SAMPLES;
use crate::session::Session;
use crate::store;
use crate::task::{Poll, Progress, Task};
use crate::ui::action::{Export, Extent, FileAction, Selection, View};
use crate::ui::asset_table::AssetTable;
use crate::ui::files::{Choosing, Chosen, Purpose};
use crate::ui::hazop_table::HazopTable;
use crate::ui::theme;
pub(super) use crate::ui::widgets::capital;

const SAVING: &str = "Saving";
pub(super) const OPENING: &str = "Opening project";
const IMPORTING: &str = "Importing tables";
pub(super) const READING: &str = "Reading drawing";

impl App {
    /// Does what is asked about files, after asking about unsaved work where it would be lost.
    pub(super) fn ask_file(&mut self, ctx: &EguiContext, action: FileAction) {
        self.settle_typed();
        // one job at a time: what is asked for meanwhile comes after it; only what is being
        // written to the project's own file keeps the window from closing
        let waits = match action {
            FileAction::Forget(_) => false,
            FileAction::Quit => self.is_saving(),
            _ => self.job.is_some(),
        };
        if waits {
            if let Some(job) = &self.job {
                self.message = format!("{} first", job.task.label());
            }
            self.waiting.add(action);
            return;
        }
        if matches!(action, FileAction::Save | FileAction::SaveAs | FileAction::Quit) {
            self.keep_time();
        }
        if leaves(&action) && action != FileAction::Quit {
            self.leave_room();
        }
        let is_left = self.session.as_ref().is_some_and(Session::is_dirty) || !self.unfinished(ctx).is_empty();
        if leaves(&action) && is_left {
            self.pending = Some(action);
        } else {
            self.do_file(ctx, action);
        }
    }

    /// Does what is asked about files.
    pub(super) fn do_file(&mut self, ctx: &EguiContext, action: FileAction) {
        match action {
            FileAction::New => {
                let session = Session::new(Project::default(), self.today());
                self.enter(session, View::Scope);
            }
            FileAction::Open => self.choose(ctx, Purpose::Open),
            FileAction::OpenPath(path) => self.open_path(ctx, path),
            FileAction::OpenSample(place) => self.open_sample(place),
            FileAction::OfferRecovered => {
                if !self.offer_recovered(None) {
                    self.inform("No unsaved work was left behind");
                }
            }
            FileAction::OpenRecovered(copy) => self.open_recovered(ctx, &copy),
            FileAction::OpenTemplate(template) => {
                self.spawn(ctx, OPENING, move |_| JobResult::Began(template.open()));
            }
            FileAction::ImportTables => self.choose(ctx, Purpose::ImportTables),
            FileAction::ImportDrawing => self.choose(ctx, Purpose::ImportDrawing),
            FileAction::ImportDrawingPath(path) => self.read_drawing(ctx, path),
            FileAction::ImportStaged => self.import_staged(ctx, false),
            FileAction::ImportBeside => self.import_staged(ctx, true),
            FileAction::ImportAssets => self.choose(ctx, Purpose::ImportAssets),
            FileAction::ImportHazop => self.choose(ctx, Purpose::ImportHazop),
            FileAction::ImportAssetsPath(path) => self.read_asset_table(ctx, path),
            FileAction::ImportHazopPath(path) => self.read_hazop_table(ctx, path),
            FileAction::AttachFiles(paths, keys) => self.read_evidence(ctx, paths, keys),
            FileAction::AttachPicture(image, keys) => self.read_picture(ctx, image, keys),
            FileAction::OpenEvidence(id) => self.open_evidence(ctx, id),
            FileAction::OpenToCompare => self.choose(ctx, Purpose::Compare),
            FileAction::Save => match self.session.as_ref().and_then(|it| it.file().map(Path::to_owned)) {
                Some(path) => self.save_again(ctx, path),
                None => self.choose(ctx, Purpose::SaveAs),
            },
            FileAction::SaveAs => self.choose(ctx, Purpose::SaveAs),
            FileAction::Export(export) => self.choose(ctx, Purpose::Export(export)),
            FileAction::Forget(path) => {
                self.preferences.forget(&path);
                self.save_preferences();
            }
            FileAction::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn choose(&mut self, ctx: &EguiContext, purpose: Purpose) {
        let file = self.session.as_ref().and_then(Session::file).map(Path::to_owned);
        let near = self.preferences.folder_near(file.as_deref());
        let stem = match (&file, &self.session) {
            (Some(file), _) => file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            (None, Some(session)) => file_stem(&super::show::project_name(session)),
            (None, None) => String::new(),
        };
        // several workshops of a project have minutes of their own
        let stem = match (purpose, &self.session) {
            (Purpose::Export(Export::Minutes(id)), Some(session)) => {
                format!("{stem}-{}", file_stem(&session.project().workshop_label(id)))
            }
            _ => stem,
        };
        self.choosing = Some(Choosing::begin(ctx, self.chooser, purpose, near, &stem));
    }

    /// Shows the question for a file that is under way.
    pub(super) fn show_choosing(&mut self, ctx: &EguiContext) {
        let Some(choosing) = &mut self.choosing else { return };
        let purpose = choosing.purpose;
        match choosing.show(ctx) {
            Chosen::Waiting => (),
            Chosen::Cancelled => {
                self.choosing = None;
                self.pending = None;
            }
            Chosen::Path(path) => {
                self.choosing = None;
                self.preferences.folder = path.parent().map(Path::to_owned);
                self.save_preferences();
                match purpose {
                    Purpose::Open => self.open_path(ctx, path),
                    Purpose::Compare => self.read_to_compare(ctx, path),
                    Purpose::ImportTables => self.import_tables(ctx, path),
                    Purpose::ImportDrawing => self.read_drawing(ctx, path),
                    Purpose::ImportAssets => self.read_asset_table(ctx, path),
                    Purpose::ImportHazop => self.read_hazop_table(ctx, path),
                    Purpose::Evidence => {
                        let keys = std::mem::take(&mut self.attach_to);
                        self.ask_file(ctx, FileAction::AttachFiles(vec![path], keys));
                    }
                    Purpose::SaveAs => self.save_to(ctx, path),
                    Purpose::Export(export) => self.export_to(ctx, export, path),
                }
            }
        }
    }

    pub(super) fn spawn(
        &mut self,
        ctx: &EguiContext,
        label: &str,
        job: impl FnOnce(&Progress) -> JobResult + Send + 'static,
    ) {
        let wake = ctx.clone();
        self.job = Some(Job { task: Task::spawn(label, move || wake.request_repaint(), job) });
    }

    /// Whether a job is under way that puts another project in place of this one: nothing
    /// may be changed meanwhile.
    pub(super) fn is_entering(&self) -> bool {
        self.job
            .as_ref()
            .is_some_and(|job| [OPENING, IMPORTING, READING, super::drawings::IMPORTING].contains(&job.task.label()))
    }

    fn is_saving(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.task.label() == SAVING)
    }

    pub(super) fn open_path(&mut self, ctx: &EguiContext, path: PathBuf) {
        // a path of the command line is relative to where the program was started
        let path = std::path::absolute(&path).unwrap_or(path);
        self.spawn(ctx, OPENING, move |_| JobResult::Opened(store::open(&path), path));
    }

    pub(super) fn open_sample(&mut self, place: usize) {
        let Some(sample) = SAMPLES.get(place) else { return };
        match sample.open() {
            Ok(project) => {
                let session = Session::new(project, self.today());
                self.enter(session, View::Overview);
            }
            Err(error) => self.error(format!("The sample can't be opened: {error}")),
        }
    }

    fn import_tables(&mut self, ctx: &EguiContext, folder: PathBuf) {
        self.spawn(ctx, IMPORTING, move |_| {
            let imported = tables::import(&folder).map(|it| (it.project, it.warnings));
            JobResult::Imported(imported.map_err(|error| error.to_string()))
        });
    }

    fn read_to_compare(&mut self, ctx: &EguiContext, path: PathBuf) {
        self.spawn(ctx, "Reading project to compare", move |_| JobResult::ToCompare(store::open(&path), path));
    }

    /// Saves to the project's own file, unless another program has changed that: then
    /// only when asked for once more.
    fn save_again(&mut self, ctx: &EguiContext, path: PathBuf) {
        let now = store::stamp(&path);
        if self.stamp.is_some() && now.is_some() && now != self.stamp {
            self.stamp = now;
            self.pending = None;
            self.error(
                "Not saved: another program has changed the file since it was opened here. Save as another file, \
                 or save once more to replace it.",
            );
        } else if now.is_some() && self.session.as_ref().is_some_and(|it| !it.is_dirty()) {
            self.inform("Nothing has changed since the file was saved.");
        } else {
            self.save_to(ctx, path);
        }
    }

    fn save_to(&mut self, ctx: &EguiContext, path: PathBuf) {
        let Some(session) = &self.session else { return };
        let project = session.project().clone();
        self.spawn(ctx, SAVING, move |_| JobResult::Saved(store::save(&project, &path), Box::new(project), path));
    }

    fn export_to(&mut self, ctx: &EguiContext, export: Export, path: PathBuf) {
        let Some(session) = &self.session else { return };
        let (project, analysis) = (session.project().clone(), Arc::clone(session.analysis()));
        let catalogue = session.catalogue();
        let (wake, label) = (ctx.clone(), label(export));
        let extent = if let Export::Diagram(extent) = export { extent } else { Extent::All };
        let compared = self.states.compare.exported(session);
        let canvas = &self.states.canvas;
        let (look, part) = (canvas.picture_look(theme::palette(ctx)), canvas.part(extent, &self.selection));
        self.spawn(ctx, label, move |progress| {
            let mut told = 0.0;
            let mut go_on = |share: f32| {
                if share - told > 0.02 {
                    told = share;
                    wake.request_repaint();
                }
                progress.report(share)
            };
            let written = match export {
                Export::Report(profile) => match report::write(&project, catalogue, &analysis, profile, &mut go_on) {
                    Ok(report) => put(&path, &report.pdf).map(|()| report.warning),
                    Err(ReportError::Cancelled) => Err(CANCELLED.to_owned()),
                    Err(error) => Err(error.to_string()),
                },
                Export::Minutes(id) => match report::write_minutes(&project, catalogue, &analysis, id, &mut go_on) {
                    Ok(report) => put(&path, &report.pdf).map(|()| report.warning),
                    Err(ReportError::Cancelled) => Err(CANCELLED.to_owned()),
                    Err(error) => Err(error.to_string()),
                },
                Export::Tracker => {
                    let bytes = tracker::for_file(&project, catalogue, &analysis, &path);
                    bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                }
                Export::Diagram(_) => {
                    let bytes = diagram::for_file(&project, &analysis, (&look, &part), &path);
                    bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                }
                Export::Comparison => match compared {
                    Some((pair, names)) => {
                        let names = ThenNow { then: names.then.as_str(), now: names.now.as_str() };
                        let bytes = comparison::for_file(&pair.comparison(catalogue), names, &path);
                        bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                    }
                    None => Err("there is nothing to compare with yet: take a baseline first".to_owned()),
                },
                Export::Tables => {
                    let remarks = tables::remarks(&project);
                    let told = (!remarks.is_empty()).then(|| remarks.join(". "));
                    tables::export(&project, &path).map_err(|error| error.to_string()).map(|()| told)
                }
            };
            JobResult::Exported(written, path)
        });
    }

    /// Draws the diagram, or a part of it, to be put into the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &EguiContext, extent: Extent) {
        let Some(session) = &self.session else { return };
        if extent == Extent::Selection && self.selection.subjects.is_empty() {
            self.inform("Nothing is selected to be copied as an image");
            return;
        }
        let (project, analysis) = (session.project().clone(), Arc::clone(session.analysis()));
        let canvas = &self.states.canvas;
        let (look, part) = (canvas.picture_look(theme::palette(ctx)), canvas.part(extent, &self.selection));
        self.spawn(ctx, "Drawing diagram", move |_| {
            let picture = diagram::picture(&project, &analysis, &look, &part);
            JobResult::Drawn(to_pixels(&picture, CLIPBOARD_SCALE).map_err(|error| error.to_string()))
        });
    }

    /// Takes in what the background job came to.
    pub(super) fn poll(&mut self, ctx: &EguiContext) {
        let Some(job) = &self.job else {
            self.do_waiting(ctx);
            return;
        };
        match job.task.poll() {
            Poll::Running => (),
            Poll::Lost => {
                self.job = None;
                self.pending = None;
                self.waiting.stay();
                self.error("The work in the background broke down. Your project is as it was; save it and try again.");
            }
            Poll::Done(result) => {
                self.job = None;
                self.finish(ctx, result);
                if self.job.is_none()
                    && let Some(action) = self.pending.take()
                {
                    // it goes elsewhere, so it comes after what was asked for here
                    match self.waiting.is_empty() {
                        true => self.ask_file(ctx, action),
                        false => self.waiting.add(action),
                    }
                }
                self.do_waiting(ctx);
            }
        }
    }

    /// Does what waited for a job, up to the next one or to a question.
    fn do_waiting(&mut self, ctx: &EguiContext) {
        while self.job.is_none() && self.pending.is_none() && self.choosing.is_none() {
            let Some(action) = self.waiting.next() else { break };
            self.ask_file(ctx, action);
        }
    }

    fn finish(&mut self, ctx: &EguiContext, result: JobResult) {
        match result {
            JobResult::Drawn(Ok(pixels)) => {
                let size = [pixels.width as usize, pixels.height as usize];
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &pixels.rgba));
                self.inform("The diagram is in the clipboard as an image");
            }
            JobResult::Drawn(Err(error)) => self.error(format!("Not copied: {error}.")),
            JobResult::Opened(Ok(project), path) => {
                self.preferences.remember(&path);
                self.save_preferences();
                let stamp = store::stamp(&path);
                let session = Session::of_file(project, path.clone(), self.today());
                self.enter(session, View::Overview);
                self.stamp = stamp;
                self.offer_recovered(Some(&path));
            }
            JobResult::Opened(Err(error), path) => {
                self.preferences.forget(&path);
                let kept = if self.session.is_some() { " The open project is as it was." } else { "" };
                self.error(format!("{}.{kept}", capital(&error.to_string())));
            }
            JobResult::Recovered(opened, left) => self.enter_recovered(ctx, opened, *left),
            JobResult::Staged(read, path) => self.stage(read, path),
            JobResult::Built(import) => self.take_import(import),
            JobResult::Imported(Ok((project, warnings))) => {
                let mut session = Session::new(Project::default(), self.today());
                session.adopt(project);
                self.enter(session, View::Diagram);
                if !warnings.is_empty() {
                    let text = format!("Imported. {}", warnings.join(". "));
                    self.notice = Some(Notice::good(text));
                }
            }
            JobResult::Imported(Err(error)) => self.error(capital(&error)),
            JobResult::Began(Ok(project)) => {
                let mut session = Session::new(Project::default(), self.today());
                session.adopt(project);
                self.enter(session, View::Diagram);
            }
            JobResult::Began(Err(error)) => self.error(format!("{}.", capital(&error.to_string()))),
            JobResult::ToCompare(Ok(project), path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.states.compare.take_file(name, project);
                self.go(View::Compare, self.selection.clone());
            }
            JobResult::ToCompare(Err(error), _) => {
                self.error(format!("Not compared: {error}. The open project is as it was."));
            }
            JobResult::AssetTable(Ok(table)) => self.asset_table = Some(AssetTable::new(table)),
            JobResult::HazopTable(Ok(table)) => {
                let matrix = self.session.as_ref().map(|it| it.project().settings.matrix.clone()).unwrap_or_default();
                self.hazop_table = Some(HazopTable::new(table, &matrix));
            }
            JobResult::AssetTable(Err(error)) | JobResult::HazopTable(Err(error)) => {
                self.error(format!("Not imported: {error}. The project is as it was."));
            }
            JobResult::Saved(Ok(()), project, path) => {
                self.preferences.remember(&path);
                self.save_preferences();
                self.stamp = store::stamp(&path);
                if let Some(session) = &mut self.session {
                    session.saved(*project, path, jiff::Zoned::now().time());
                }
            }
            JobResult::Saved(Err(error), ..) => {
                self.pending = None;
                self.waiting.stay();
                self.error(format!("Not saved: {error}. Your work is safe in this window; save it in another place."));
            }
            JobResult::LaidOut(laid_out) => self.propose(laid_out),
            JobResult::Evidence(read, keys) => self.attach_evidence(read, &keys),
            JobResult::Unpacked(Ok(opening)) => self.show_opening(ctx, opening),
            JobResult::Unpacked(Err(error)) => self.error(format!("{}.", capital(&error))),
            JobResult::Exported(Ok(warning), path) => {
                let text = match warning {
                    Some(warning) => format!("Exported. {warning}"),
                    None => "Exported".to_owned(),
                };
                self.notice = Some(Notice::written(text, path));
            }
            JobResult::Exported(Err(error), _) if error == CANCELLED => {
                self.inform("The export was cancelled; nothing was written.");
            }
            JobResult::Exported(Err(error), _) => {
                self.error(format!("Not exported: {error}. The project is as it was."));
            }
        }
    }

    /// Begins to show a project.
    pub(super) fn enter(&mut self, session: Session, view: View) {
        self.recovery.leave();
        self.waiting.leave();
        self.session = Some(session);
        self.mode = None;
        self.finder = None;
        self.set_aside = None;
        self.attach_to.clear();
        self.staging = None;
        self.asset_table = None;
        self.hazop_table = None;
        self.view = view;
        self.selection = Selection::default();
        self.trail = Trail::default();
        self.states = States::default();
        self.proposal = None;
        self.states.canvas.set_panels(self.preferences.panels);
        self.notice = None;
        self.stamp = None;
        self.message.clear();
    }

    /// Keeps the window open while unsaved work is not dealt with.
    pub(super) fn guard_close(&mut self, ctx: &EguiContext) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            self.settle_typed();
            self.keep_time();
            let is_left = self.session.as_ref().is_some_and(Session::is_dirty) || !self.unfinished(ctx).is_empty();
            // where the file is being written the window closes after that
            if is_left || self.is_saving() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.pending = Some(FileAction::Quit);
            } else {
                // all that a copy may hold are names begun in dialogs
                self.recovery.end();
            }
        }
    }
}

/// Pixels for a canvas unit of an image in the clipboard: sharp in slides and mails.
const CLIPBOARD_SCALE: f32 = 1.5;

/// What an export says when it was cancelled.
const CANCELLED: &str = "cancelled";

fn label(export: Export) -> &'static str {
    match export {
        Export::Report(_) => "Writing report",
        Export::Tracker => "Writing tracker",
        Export::Diagram(_) => "Drawing diagram",
        Export::Tables => "Writing tables",
        Export::Comparison => "Writing comparison",
        Export::Minutes(_) => "Writing minutes",
    }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    store::replace(path, bytes).map_err(|error| error.to_string())
}

/// A title as a file's name: letters and digits joined by dashes.
fn file_stem(title: &str) -> String {
    let words: Vec<_> = title.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let stem = words.join("-").to_lowercase();
    if stem.is_empty() { "assessment".to_owned() } else { stem }
}
