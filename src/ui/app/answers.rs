//! What is asked for about answers: texts, roles, and evidence that is dropped, pasted, chosen or opened.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Context as EguiContext, Event};

use super::dropped::tell_over_the_window;
use super::{App, JobResult, Notice};
use crate::exchange::evidence::{self, ReadFile};
use crate::exchange::opening::{self, Opening};
use crate::model::{EvidenceId, GapKey};
use crate::store;
use crate::ui::action::{Action, FileAction, Selection, View};
use crate::ui::answering::{self, AnswerAction};
use crate::ui::files::Purpose;
use crate::ui::widgets::capital;

/// What the job is called.
const READING: &str = "Reading evidence";

/// What was read, or why it can't be.
pub(super) type Read = Vec<Result<ReadFile, String>>;

impl App {
    /// Does what is asked about answers.
    pub(super) fn ask_answers(&mut self, ctx: &EguiContext, action: AnswerAction) {
        match action {
            AnswerAction::EnterText(text) => {
                self.perform(ctx, Action::Inspector(true));
                answering::want(ctx, text);
            }
            AnswerAction::LeftText(goes_on) => {
                if self.is_cramped {
                    self.inspects = false;
                }
                if goes_on {
                    self.states.requirements.go_on();
                }
                ctx.request_repaint();
            }
            AnswerAction::AnswerAs(role) => {
                self.preferences.answering_as = role;
                self.save_preferences();
            }
            AnswerAction::OpenEvidence(id) => self.ask_file(ctx, FileAction::OpenEvidence(id)),
            AnswerAction::ShowProved(id) => {
                let Some(session) = &self.session else { return };
                let project = session.project();
                let there = match project.first_proved_by(id) {
                    Some(key) => Action::GoTo(View::Requirements, Selection::answer(key.target, key.requirement)),
                    None => Action::Say(format!("{} proves no answer", project.subject_tag(id.into()))),
                };
                self.perform(ctx, there);
            }
            AnswerAction::ChooseEvidence(keys) => {
                self.attach_to = keys;
                self.choose(ctx, Purpose::Evidence);
            }
            AnswerAction::Attach => match self.looked_at() {
                keys if keys.is_empty() => {
                    self.inform("Choose an answer first, under Requirements: a file is attached to what is selected");
                }
                keys => self.ask_answers(ctx, AnswerAction::ChooseEvidence(keys)),
            },
        }
    }

    /// The answers that evidence would be attached to now.
    pub(super) fn looked_at(&self) -> Vec<GapKey> {
        match &self.session {
            Some(session) if self.view == View::Requirements && self.staging.is_none() => {
                self.states.requirements.looked_at(session.analysis(), session.catalogue(), &self.selection)
            }
            _ => Vec::new(),
        }
    }

    /// Attaches what is dropped on an answer or pasted; tells where it would go while it is held over the window.
    pub(super) fn take_evidence(&mut self, ctx: &EguiContext) {
        let pasted = ctx.input(|input| {
            let image =
                |event: &Event| if let Event::PasteImage(image) = event { Some(Arc::clone(image)) } else { None };
            input.events.iter().find_map(image)
        });
        let is_held = ctx.input(|input| !input.raw.dropped_files.is_empty() || !input.raw.hovered_files.is_empty());
        if pasted.is_none() && !is_held {
            return;
        }
        let keys = self.looked_at();
        if let Some(image) = pasted.filter(|_| self.view == View::Requirements && self.session.is_some()) {
            match keys.is_empty() {
                true => self.inform("Choose an answer first: a screenshot is attached to the answer that is selected"),
                false => self.ask_file(ctx, FileAction::AttachPicture(image, keys.clone())),
            }
        }
        if keys.is_empty() {
            return;
        }
        let is_evidence = |path: &PathBuf| path.extension().is_none_or(|it| it != store::EXTENSION);
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() && dropped.iter().all(is_evidence) {
            ctx.input_mut(|input| input.raw.dropped_files.clear());
            self.ask_file(ctx, FileAction::AttachFiles(dropped, keys));
        } else if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            self.tell_where_it_goes(ctx, &keys);
        }
    }

    fn tell_where_it_goes(&self, ctx: &EguiContext, keys: &[GapKey]) {
        let (Some(session), Some(first)) = (&self.session, keys.first()) else { return };
        let words = match keys.len() {
            1 => format!("Drop to attach to {} of {}", first.requirement, session.project().target_tag(first.target)),
            several => format!("Drop to attach to {several} answers"),
        };
        tell_over_the_window(ctx, &words);
    }

    /// Reads files in the background, to be attached to answers.
    pub(super) fn read_evidence(&mut self, ctx: &EguiContext, paths: Vec<PathBuf>, keys: Vec<GapKey>) {
        let wake = ctx.clone();
        self.spawn(ctx, READING, move |progress| {
            let all = paths.len().max(1) as f32;
            let read = |(place, path): (usize, PathBuf)| {
                let mut go_on = |share: f32| {
                    wake.request_repaint();
                    progress.report((place as f32 + share) / all)
                };
                evidence::read(&path, &mut go_on).map_err(|error| error.to_string())
            };
            JobResult::Evidence(paths.into_iter().enumerate().map(read).collect(), keys)
        });
    }

    /// Keeps a pasted picture in the background, to be attached to answers.
    pub(super) fn read_picture(&mut self, ctx: &EguiContext, image: Arc<ColorImage>, keys: Vec<GapKey>) {
        let today = self.today();
        self.spawn(ctx, READING, move |_| {
            let [width, height] = image.size.map(|it| u32::try_from(it).unwrap_or(0));
            let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
            let read = evidence::picture(width, height, rgba, today).map_err(|error| error.to_string());
            JobResult::Evidence(vec![read], keys)
        });
    }

    /// Attaches what was read; what could not be read is told and the rest is attached.
    pub(super) fn attach_evidence(&mut self, read: Read, keys: &[GapKey]) {
        let today = self.today();
        let Some(session) = &mut self.session else { return };
        let (files, errors): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
        let files: Vec<ReadFile> = files.into_iter().flatten().collect();
        let mut told: Vec<String> =
            errors.into_iter().filter_map(Result::err).map(|it| format!("{}.", capital(&it))).collect();
        let mut is_error = !told.is_empty();
        if !files.is_empty() {
            let keys: Vec<GapKey> =
                keys.iter().copied().filter(|it| session.analysis().target(it.target).is_some()).collect();
            let (edit, said) = evidence::attach(session.project(), &keys, files, today);
            match session.apply(&edit) {
                Ok(_) => told.extend(said),
                Err(error) => {
                    told.push(format!("Not attached: {error}."));
                    is_error = true;
                }
            }
        }
        let text = told.join(" ");
        if is_error || text.contains("larger than") || text.contains("already") || text.contains("JPEG") {
            self.notice = Some(if is_error { Notice::error(text) } else { Notice::good(text) });
        } else {
            self.inform(text);
        }
    }

    /// Opens the file that is carried, or the place where it is kept.
    pub(super) fn open_evidence(&mut self, ctx: &EguiContext, id: EvidenceId) {
        let Some(evidence) = self.session.as_ref().and_then(|it| it.project().evidence.get(id)).cloned() else {
            return;
        };
        self.spawn(ctx, "Opening evidence", move |_| {
            JobResult::Unpacked(opening::opening(&evidence).map_err(|error| error.to_string()))
        });
    }

    /// Gives what was prepared to the desktop.
    pub(super) fn show_opening(&mut self, ctx: &EguiContext, opening: Opening) {
        match opening {
            Opening::File(path) => self.perform(ctx, Action::Reveal(path)),
            Opening::Folder(folder, name) => {
                let text = format!(
                    "{name} is not opened from here, as only documents, pictures and texts are; this is its folder."
                );
                self.notice = Some(Notice::good(text));
                self.perform(ctx, Action::Reveal(folder));
            }
        }
    }
}
