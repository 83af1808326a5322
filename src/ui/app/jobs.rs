//! The one job in the background: beginning it, and taking in what it came to.

use egui::Context as EguiContext;

use super::export::CANCELLED;
use super::{App, Job, JobResult, Notice};
use crate::model::Project;
use crate::session::Session;
use crate::store;
use crate::task::{Poll, Progress, Task};
use crate::ui::action::View;
use crate::ui::asset_table::AssetTable;
use crate::ui::hazop_table::HazopTable;
use crate::ui::widgets::capital;

pub(super) const SAVING: &str = "Saving";
pub(super) const OPENING: &str = "Opening project";
pub(super) const IMPORTING: &str = "Importing tables";
pub(super) const READING: &str = "Reading drawing";

impl App {
    /// Begins a job.
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

    pub(super) fn is_saving(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.task.label() == SAVING)
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
                self.use_lately(|it| it.remember(&path));
                let stamp = store::stamp(&path);
                let session = Session::of_file(project, path.clone(), self.today());
                self.enter(session, View::Overview);
                self.stamp = stamp;
                self.offer_recovered(Some(&path));
            }
            JobResult::Opened(Err(error), path) => {
                self.use_lately(|it| it.forget(&path));
                let kept = if self.session.is_some() { " The open project is as it was." } else { "" };
                self.error(format!("{}.{kept}", capital(&error.to_string())));
            }
            JobResult::Sample(Ok(project)) => {
                let session = Session::new(project, self.today());
                self.enter(session, View::Overview);
            }
            JobResult::Sample(Err(error)) => self.error(format!("The sample can't be opened: {error}")),
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
            JobResult::AssetTable(Ok(table), path) => {
                let place = self.said_of(&path, "assets");
                self.asset_table = Some(AssetTable::new(table).kept_at(place));
            }
            JobResult::HazopTable(Ok(table), path) => {
                let Some(session) = &self.session else { return };
                let table = HazopTable::new(table, &session.project().settings.matrix);
                self.hazop_table = Some(table.kept_at(self.said_of(&path, "hazop"), session.project()));
            }
            JobResult::AssetTable(Err(error), _) | JobResult::HazopTable(Err(error), _) => {
                self.error(format!("Not imported: {error}. The project is as it was."));
            }
            JobResult::Saved(Ok(()), project, path) => {
                self.use_lately(|it| it.remember(&path));
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
}
