//! Unsaved work kept beside the window, and offered again after a window that ended without asking.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context as EguiContext;

use super::jobs::OPENING;
use super::unfinished::begun_names;
use super::{App, JobResult};
use crate::edit::Edit;
use crate::model::Project;
use crate::session::Session;
use crate::store::{self, About, Left, Slot, Stamp, StoreError, Unfinished};
use crate::task::{Poll, Task};
use crate::ui::action::View;
use crate::ui::recovered::{Decided, Offer};
use crate::ui::widgets::{Draft, capital};

/// A copy is written once nothing changed for so long,
const PAUSE: Duration = Duration::from_millis(300);
/// or so long after the first change that it lacks,
const LATEST: Duration = Duration::from_secs(2);
/// but the writing takes no more than one part in so many of the time,
const SHARE: u32 = 10;
/// and none is waited for longer than this, nor after one that could not be written.
const AGAIN: Duration = Duration::from_secs(30);

/// What was written, and how long that took.
type Written = Result<(Kept, Duration), StoreError>;

/// What a copy holds.
#[derive(Clone)]
struct Kept {
    project: Project,
    /// What is typed on the diagram, and in the project only when its field is left.
    typed: Vec<Edit>,
    /// What is typed and part of no project yet.
    unfinished: Vec<Unfinished>,
    about: About,
}

impl Kept {
    fn same(&self, other: &Self) -> bool {
        self.project.same(&other.project)
            && (&self.typed, &self.unfinished, &self.about) == (&other.typed, &other.unfinished, &other.about)
    }

    /// The project with what is typed in it.
    fn whole(&self) -> Project {
        let mut whole = self.project.clone();
        for edit in &self.typed {
            let mut changed = whole.clone();
            if edit.apply(&mut changed).is_ok() {
                whole = changed;
            }
        }
        whole
    }
}

/// What the copy lacks.
struct Lacking {
    what: Kept,
    /// Since when there is something.
    since: Instant,
    /// When it changed last.
    changed: Instant,
}

impl Lacking {
    /// When it is to be written, where the writing before ended then and took so long.
    fn due(&self, before: Option<(Instant, Duration)>) -> Instant {
        let due = (self.changed + PAUSE).min(self.since + LATEST);
        before.map_or(due, |(ended, took)| due.max(ended + took.saturating_mul(SHARE).min(AGAIN)))
    }
}

/// The recovery copy of the open project, and what was left behind.
#[derive(Default)]
pub(super) struct Recovery {
    /// Where copies are kept; `None`: nowhere.
    folder: Option<PathBuf>,
    slot: Option<Arc<Slot>>,
    task: Option<Task<Written>>,
    /// What the copy has.
    kept: Option<Kept>,
    /// When the last one was written, and how long that took.
    written: Option<(Instant, Duration)>,
    lacking: Option<Lacking>,
    /// Not before this is it tried again.
    not_before: Option<Instant>,
    /// It was told that no copy can be written.
    is_told: bool,
    /// Copies that nobody wants, being written still.
    leaving: Vec<(Arc<Slot>, Task<Written>)>,
    offer: Option<Offer>,
    is_needed: bool,
}

impl Recovery {
    /// Copies beside these preferences.
    pub fn beside(preferences: Option<&Path>) -> Self {
        Self { folder: preferences.map(store::recovery_folder), ..Self::default() }
    }

    /// Deletes the copy: the work is saved, or was left by choice.
    fn drop_copy(&mut self) {
        if let Some(slot) = &self.slot {
            slot.discard();
        }
        (self.kept, self.lacking) = (None, None);
    }

    /// The project is left by choice.
    pub fn leave(&mut self) {
        match (self.slot.take(), self.task.take()) {
            (Some(slot), Some(task)) => self.leaving.push((slot, task)),
            (Some(slot), None) => slot.discard(),
            (None, _) => (),
        }
        (self.kept, self.lacking) = (None, None);
    }

    /// The window is closed by choice: what is being written is waited for, and goes.
    pub fn end(&mut self) {
        self.leave();
        for (slot, task) in self.leaving.drain(..) {
            task.wait();
            slot.discard();
        }
    }

    /// Takes in what was written; tells what went wrong the first time that it does.
    fn poll(&mut self) -> Option<StoreError> {
        self.leaving.retain(|(slot, task)| {
            let is_written = !matches!(task.poll(), Poll::Running);
            if is_written {
                slot.discard();
            }
            !is_written
        });
        let result = match self.task.as_ref()?.poll() {
            Poll::Running => return None,
            Poll::Done(Ok((kept, took))) => {
                (self.kept, self.written) = (Some(kept), Some((Instant::now(), took)));
                None
            }
            Poll::Done(Err(error)) => Some(error),
            Poll::Lost => Some(StoreError::Io(
                "write",
                std::io::Error::other("the work in the background broke down"),
                PathBuf::new(),
            )),
        };
        self.task = None;
        result.and_then(|error| self.failed(error))
    }

    fn failed(&mut self, error: StoreError) -> Option<StoreError> {
        self.not_before = Some(Instant::now() + AGAIN);
        (!std::mem::replace(&mut self.is_told, true)).then_some(error)
    }

    /// Whether there is anything that only the window, or a copy, holds.
    pub fn is_needed(&self) -> bool {
        self.is_needed
    }

    /// Writes the copy when it is time.
    fn keep(
        &mut self,
        ctx: &EguiContext,
        session: &Session,
        stamp: Option<Stamp>,
        (typed, unfinished): (Vec<Edit>, Vec<Unfinished>),
    ) -> Option<StoreError> {
        self.is_needed = session.is_dirty() || !typed.is_empty() || !unfinished.is_empty();
        let folder = self.folder.as_deref()?;
        if !self.is_needed {
            if self.task.is_none() && (self.kept.is_some() || self.lacking.is_some()) {
                self.drop_copy();
            }
            return None;
        }
        let now = Instant::now();
        // what a drag shows is not given yet; what was before it is kept all the same
        if !session.is_previewing() {
            let file = session.file().map(|it| std::path::absolute(it).unwrap_or_else(|_| it.to_owned()));
            let about = About { file, stamp, title: super::show::project_name(session) };
            let what = Kept { project: session.project().clone(), typed, unfinished, about };
            self.lacking = match self.lacking.take() {
                _ if self.kept.as_ref().is_some_and(|it| it.same(&what)) => None,
                Some(it) if it.what.same(&what) => Some(it),
                Some(it) => Some(Lacking { what, changed: now, ..it }),
                None => Some(Lacking { what, since: now, changed: now }),
            };
        }
        let due = self.lacking.as_ref()?.due(self.written);
        let due = self.not_before.map_or(due, |it| it.max(due));
        if self.task.is_some() {
            // its end comes with a frame
            return None;
        }
        if now < due {
            ctx.request_repaint_after(due - now);
            return None;
        }
        let slot = match &self.slot {
            Some(slot) => Arc::clone(slot),
            None => match Slot::new(folder) {
                Ok(slot) => Arc::clone(self.slot.insert(Arc::new(slot))),
                Err(error) => {
                    ctx.request_repaint_after(AGAIN);
                    return self.failed(error);
                }
            },
        };
        let keep = self.lacking.take()?.what;
        let wake = ctx.clone();
        let write = move |_: &_| {
            let begun = Instant::now();
            slot.write(&keep.whole(), &keep.about, &keep.unfinished).map(|()| (keep, begun.elapsed()))
        };
        self.task = Some(Task::spawn("Keeping a recovery copy", move || wake.request_repaint(), write));
        None
    }
}

/// What was opened of a copy: the recovered work, and its file's project where that can be read.
pub(super) type Recovered = Result<(Project, Option<Project>), StoreError>;

impl App {
    /// Keeps unsaved work beside the window, never in its way.
    pub(in crate::ui) fn keep_unsaved(&mut self, ctx: &EguiContext) {
        let error = self.recovery.poll();
        let error = match &self.session {
            Some(session) => {
                let mut unfinished = Draft::unfinished(ctx);
                unfinished.extend(self.states.path.unfinished());
                unfinished.extend(self.states.scope.unfinished());
                let typed = self.states.canvas.typed(session.project());
                error.or(self.recovery.keep(ctx, session, self.stamp, (typed, unfinished)))
            }
            None => error,
        };
        if let Some(error) = error {
            self.error(format!(
                "Unsaved work can't be kept safe from a crash: {error}. Nothing is lost while this window runs; save often."
            ));
        }
    }

    /// Offers what was left behind: all of it, or what belongs to a file.
    pub(super) fn offer_recovered(&mut self, of: Option<&Path>) -> bool {
        let Some(folder) = self.recovery.folder.as_deref() else { return false };
        let belongs = |left: &Left| match (of, &left.about.file) {
            (Some(of), Some(file)) => store::is_same(of, file),
            (Some(_), None) => false,
            (None, _) => true,
        };
        // those that are being offered are locked, and not found again
        let mut left = store::left_behind(folder);
        left.retain(belongs);
        if !left.is_empty() {
            self.recovery.offer.get_or_insert_default().add(left);
        }
        self.recovery.offer.is_some()
    }

    /// Shows what was left behind, until something is decided about it.
    pub(super) fn show_recovered(&mut self, ctx: &EguiContext) {
        if self.job.is_some() || self.pending.is_some() || self.choosing.is_some() || self.staging.is_some() {
            return;
        }
        let clock = (self.today(), self.time_zone());
        let Some(offer) = &mut self.recovery.offer else { return };
        match offer.show(ctx, &clock, &self.actions) {
            Decided::Not => (),
            Decided::Later => self.recovery.offer = None,
        }
    }

    /// Opens a copy that is offered.
    pub(super) fn open_recovered(&mut self, ctx: &EguiContext, copy: &Path) {
        let Some(left) = self.recovery.offer.as_mut().and_then(|it| it.take(copy)) else { return };
        self.spawn(ctx, OPENING, move |_| {
            let file = left.about.file.as_deref().and_then(|file| store::open(file).ok());
            JobResult::Recovered(left.open().map(|project| (project, file)), Box::new(left))
        });
    }

    /// Goes on with recovered work; its copy stays until it is saved.
    pub(super) fn enter_recovered(&mut self, ctx: &EguiContext, opened: Recovered, left: Left) {
        match opened {
            Ok((project, saved)) => {
                let unfinished = left.unfinished();
                let kept = Kept {
                    project: project.clone(),
                    typed: Vec::new(),
                    unfinished: unfinished.clone(),
                    about: left.about.clone(),
                };
                let session = Session::recovered(project, saved, left.about.file.clone(), self.today());
                self.enter(session, View::Overview);
                self.stamp = left.about.stamp;
                self.recovery.slot = Some(left.slot());
                self.recovery.kept = Some(kept);
                let is_typed = !unfinished.is_empty();
                let unfinished = self.states.path.take_up(unfinished);
                let unfinished = self.states.scope.take_up(unfinished);
                // drafts of the project before are forgotten now and not later
                self.forget_drafts(ctx);
                Draft::take_up(ctx, unfinished);
                // one after the other: what else was left behind waits until it is asked for
                let more = self.recovery.offer.take().map_or(0, |it| it.len());
                self.inform(match more {
                    0 => "Recovered work: not saved yet".to_owned(),
                    more => format!("Recovered work: not saved yet; {more} more by Ctrl+K, Recovered work"),
                });
                if is_typed {
                    let what: Vec<String> = self.unfinished(ctx).into_iter().chain(begun_names(ctx)).collect();
                    let text = format!("What was typed and not given stands where it was typed.\n{}", what.join("\n"));
                    self.notice = Some(super::notice::Notice::good(text));
                }
            }
            Err(error) => {
                self.error(format!("{}. The copy stays where it is.", capital(&error.to_string())));
                self.recovery.offer.get_or_insert_default().add(vec![left]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_waits_for_a_pause_but_not_long_and_slow_ones_come_seldom() {
        let since = Instant::now();
        let what =
            Kept { project: Project::default(), typed: Vec::new(), unfinished: Vec::new(), about: About::default() };
        let lacking =
            |changed: u64| Lacking { what: what.clone(), since, changed: since + Duration::from_millis(changed) };
        let due = |changed: u64, before: Option<(u64, u64)>| {
            let before = before.map(|(ago, took)| (since - Duration::from_millis(ago), Duration::from_millis(took)));
            lacking(changed).due(before).duration_since(since).as_millis()
        };
        assert_eq!(due(0, None), 300);
        assert_eq!(due(500, None), 800, "while something is typed");
        assert_eq!(due(1900, None), 2000, "but no longer than this");
        assert_eq!(due(0, Some((0, 250))), 2500, "the last one was long in writing");
        assert_eq!(due(0, Some((60_000, 250))), 300, "long ago");
        assert_eq!(due(0, Some((0, 600_000))), 30_000, "a night that the machine slept counts for no more");
    }
}
