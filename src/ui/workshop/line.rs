//! The line in which something said is written down: in the project from the first letter.

use egui::{TextEdit, Ui};

use super::{Mode, Stage, answer};
use crate::edit::Edit;
use crate::model::{Answer, LogKind, Status, WorkshopItem};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::views::{log_entry, workshop_edit};
use crate::ui::widgets::capital;

/// What is being written down.
pub(super) struct Line {
    what: What,
    /// It has had the keyboard.
    has_begun: bool,
    /// Its words are typed in the room's own window.
    pub is_of_room: bool,
}

/// Where it is written.
enum What {
    /// An entry of the log, and its place there once there is something to keep.
    Log(LogKind, Option<usize>),
    /// The text of the answer.
    Answer,
}

impl Line {
    /// A new entry of the log.
    pub fn of_log(kind: LogKind) -> Self {
        Self { what: What::Log(kind, None), has_begun: false, is_of_room: false }
    }

    /// What the answer says.
    pub fn of_answer() -> Self {
        Self { what: What::Answer, has_begun: false, is_of_room: false }
    }

    /// The entry of the log that is still being written.
    pub fn unfinished(&self) -> Option<usize> {
        match self.what {
            What::Log(_, place) => place,
            What::Answer => None,
        }
    }
}

/// What the text of an answer with this status is called, and which it is.
fn text_of(answer: &mut Answer) -> (&'static str, &mut String) {
    match answer.status {
        Status::Compensated => ("Countermeasure", &mut answer.countermeasure),
        Status::NotApplicable => ("Justification", &mut answer.justification),
        _ => ("Notes", &mut answer.notes),
    }
}

/// Shows the line where one is open; Enter and Esc end it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, size: f32) {
    let id = mode.id;
    let Some(line) = &mut mode.line else { return };
    let workshop = stage.workshop;
    let mut answer = match stage.place {
        WorkshopItem::Question(key) => ctx.project.answer(key.target, key.requirement).cloned().unwrap_or_default(),
        WorkshopItem::Risk(_) => Answer::default(),
    };
    let (label, value) = match &mut line.what {
        What::Log(kind, place) => {
            let entry = place.and_then(|place| workshop.log.get(place));
            if entry.is_none() {
                // nothing is there yet, or it was taken back
                *place = None;
            }
            (capital(kind.word()), entry.map(|it| it.text.clone()).unwrap_or_default())
        }
        What::Answer => {
            let (label, text) = text_of(&mut answer);
            (label.to_owned(), text.clone())
        }
    };
    let mut text = value.clone();
    let mut ends = false;
    ui.horizontal(|ui| {
        let label = ui.label(crate::ui::theme::strong(label).size(size));
        let room = ui.available_width();
        let edit = TextEdit::singleline(&mut text)
            .font(egui::FontId::proportional(size))
            .id_salt("line of the workshop")
            .hint_text("Type, then Enter")
            .desired_width(room);
        let field = ui.add(edit).labelled_by(label.id);
        if !line.has_begun {
            field.request_focus();
            line.has_begun = true;
        } else if field.lost_focus() || !field.has_focus() {
            ends = true;
        }
        if field.changed() && text != value {
            let edit = match (&mut line.what, stage.place) {
                (What::Log(kind, place), item) => {
                    let (kind, known) = (*kind, *place);
                    *place = Some(known.unwrap_or(workshop.log.len()));
                    Some(workshop_edit(id, workshop, |it| match known.and_then(|at| it.log.get_mut(at)) {
                        Some(entry) => entry.text.clone_from(&text),
                        None => {
                            let mut entry = log_entry(ctx, kind, Some(item));
                            entry.text.clone_from(&text);
                            it.log.push(entry);
                            it.count_day(ctx.analysis.as_of);
                        }
                    }))
                }
                (What::Answer, WorkshopItem::Question(key)) => {
                    text_of(&mut answer).1.clone_from(&text);
                    Some(answer::with_taken(ctx, (id, workshop), key, answer.clone()))
                }
                (What::Answer, WorkshopItem::Risk(_)) => None,
            };
            if let Some(edit) = edit {
                ctx.send(Action::Type(edit, field.id));
            }
        }
    });
    if ends {
        end(ctx, mode, stage);
    }
}

/// The line as it stands, in a window that is typed in while the line is in another.
pub(super) fn copied(ui: &mut Ui, ctx: &Context, mode: &Mode, stage: &Stage, size: f32) {
    let Some(line) = &mode.line else { return };
    let (label, text) = match (&line.what, stage.place) {
        (What::Log(kind, place), _) => {
            let entry = place.and_then(|place| stage.workshop.log.get(place));
            (capital(kind.word()), entry.map(|it| it.text.clone()).unwrap_or_default())
        }
        (What::Answer, WorkshopItem::Question(key)) => {
            let mut answer = ctx.project.answer(key.target, key.requirement).cloned().unwrap_or_default();
            let (label, text) = text_of(&mut answer);
            (label.to_owned(), text.clone())
        }
        (What::Answer, WorkshopItem::Risk(_)) => return,
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(crate::ui::theme::strong(label).size(size));
        ui.label(egui::RichText::new(text).size(size));
        ui.label(egui::RichText::new("Enter keeps it").size(size).weak());
    });
}

/// Nothing more is written; what was begun and left empty goes.
fn end(ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let empty = mode
        .line
        .take()
        .and_then(|it| it.unfinished())
        .filter(|&place| stage.workshop.log.get(place).is_some_and(|it| it.text.trim().is_empty()));
    ctx.send(Action::EndTyping);
    if let Some(place) = empty {
        ctx.send(Action::Edit(remove(mode, stage, place)));
    }
}

fn remove(mode: &Mode, stage: &Stage, place: usize) -> Edit {
    workshop_edit(mode.id, stage.workshop, |it| {
        it.log.remove(place);
    })
}
