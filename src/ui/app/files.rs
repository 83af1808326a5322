//! Opening and saving, asking about unsaved work first.

use std::path::{Path, PathBuf};

use egui::{Context as EguiContext, ViewportCommand};

use super::jobs::{IMPORTING, OPENING, SAVING};
use super::waiting::leaves;
use super::{Ahead, App, JobResult, States, Trail};
use crate::exchange::tables;
use crate::model::Project;
use crate::samples::SAMPLES;
use crate::session::Session;
use crate::store;
use crate::task::Task;
use crate::ui::action::{Export, FileAction, Selection, View};
use crate::ui::files::{Choosing, Chosen, Purpose};

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
            FileAction::OpenPath(path) => self.open_path(ctx, path, None),
            FileAction::OpenSample(place) => self.open_sample(ctx, place),
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
                self.use_lately(|it| it.forget(&path));
            }
            FileAction::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn choose(&mut self, ctx: &EguiContext, purpose: Purpose) {
        let file = self.session.as_ref().and_then(Session::file).map(Path::to_owned);
        let near = self.lately.get().folder_near(file.as_deref());
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
                self.use_lately(|it| it.folder = path.parent().map(Path::to_owned));
                match purpose {
                    Purpose::Open => self.open_path(ctx, path, None),
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

    /// Opens a file; `ahead` is where it is being read already.
    pub(super) fn open_path(&mut self, ctx: &EguiContext, path: PathBuf, ahead: Option<Ahead>) {
        // a path of the command line is relative to where the program was started
        let path = std::path::absolute(&path).unwrap_or(path);
        self.spawn(ctx, OPENING, move |_| {
            let read = ahead.and_then(Task::wait).unwrap_or_else(|| store::open(&path));
            JobResult::Opened(read, path)
        });
    }

    pub(super) fn open_sample(&mut self, ctx: &EguiContext, place: usize) {
        let Some(sample) = SAMPLES.get(place) else { return };
        self.spawn(ctx, OPENING, |_| JobResult::Sample(sample.open()));
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
            self.keep_said();
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

/// A title as a file's name: letters and digits joined by dashes.
fn file_stem(title: &str) -> String {
    let words: Vec<_> = title.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let stem = words.join("-").to_lowercase();
    if stem.is_empty() { "assessment".to_owned() } else { stem }
}
