//! The line in which something said is written down: in the project from the first letter.

use egui::{
    Event, Key, KeyboardShortcut, Modifiers, Rect, RichText, ScrollArea, Stroke, TextEdit, Ui, UiBuilder, vec2,
};

use super::keys::{Seat, is_typed};
use super::parts::{put, text};
use super::sizes::Sizes;
use super::{Mode, Stage, answer};
use crate::edit::Edit;
use crate::model::{Answer, Comment, LogKind, Status, Workshop, WorkshopItem};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::answering::{AnswerText, hear_later};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::views::answers::answer_at;
use crate::ui::views::{log_entry, workshop_edit};
use crate::ui::widgets::{capital, presses};

/// From this width on who said it stands beside the words, and not below them.
const BESIDE_FROM: f32 = 900.0;

/// What is being written down.
pub(super) struct Line {
    what: What,
    /// Who says it, as long as there is nothing to keep that with.
    by: String,
    /// It has had the keyboard.
    has_begun: bool,
    /// The window in which it was asked for.
    pub seat: Seat,
    /// Its words are typed in the room's own window.
    pub is_of_room: bool,
}

/// Where it is written.
#[derive(Clone, Copy)]
enum What {
    /// An entry of the log, and its place there once there is something to keep.
    Log(LogKind, Option<usize>),
    /// A text of the answer.
    Answer(AnswerText),
    /// A remark at the answer, and its place there once there is something to keep.
    Comment(Option<usize>),
}

/// What stands in it.
#[derive(Clone, Default, PartialEq)]
struct Words {
    label: String,
    text: String,
    by: String,
}

impl Line {
    fn of(what: What, seat: Seat) -> Self {
        Self { what, by: String::new(), has_begun: false, seat, is_of_room: false }
    }

    /// A new entry of the log.
    pub fn of_log(kind: LogKind, seat: Seat) -> Self {
        Self::of(What::Log(kind, None), seat)
    }

    /// The text that an answer with this status needs, or else its notes.
    pub fn of_answer(status: Status, seat: Seat) -> Self {
        let text = match status {
            Status::Compensated => AnswerText::Countermeasure,
            Status::NotApplicable => AnswerText::Justification,
            _ => AnswerText::Notes,
        };
        Self::of(What::Answer(text), seat)
    }

    /// A new remark at the answer.
    pub fn of_comment(seat: Seat) -> Self {
        Self::of(What::Comment(None), seat)
    }

    /// The entry of the log that is still being written.
    pub fn unfinished(&self) -> Option<usize> {
        match self.what {
            What::Log(_, place) => place,
            _ => None,
        }
    }

    fn words(&self, ctx: &Context, workshop: &Workshop, at: WorkshopItem) -> Option<Words> {
        let answer = || match at {
            WorkshopItem::Question(key) => Some(answer_at(ctx, key)),
            WorkshopItem::Risk(_) => None,
        };
        let (label, kept) = match self.what {
            What::Log(kind, place) => {
                let entry = place.and_then(|place| workshop.log.get(place));
                (capital(kind.word()), entry.map(|it| (it.text.clone(), it.by.clone())))
            }
            What::Answer(text) => {
                let mut answer = answer()?;
                let (label, value) = text_of(&mut answer, text);
                (label.to_owned(), Some((value.clone(), answer.answered_by)))
            }
            What::Comment(place) => {
                let comment = place.and_then(|place| answer()?.comments.get(place).cloned());
                ("Remark at the answer".to_owned(), comment.map(|it| (it.text, it.by)))
            }
        };
        let (text, by) = kept.unwrap_or_else(|| (String::new(), self.by.clone()));
        Some(Words { label, text, by })
    }

    /// Keeps the words. `None` where there is nothing to keep yet.
    fn keep(&mut self, ctx: &Context, mode: Held, stage: &Stage, words: &Words) -> Option<Edit> {
        let (id, workshop) = mode;
        self.by.clone_from(&words.by);
        let set = |text: &mut String, by: &mut String| {
            text.clone_from(&words.text);
            by.clone_from(&words.by);
        };
        let is_empty = words.text.is_empty();
        match (&mut self.what, stage.place) {
            (What::Log(kind, place), item) => {
                let known = place.filter(|place| workshop.log.len() > *place);
                if known.is_none() && is_empty {
                    return None;
                }
                *place = Some(known.unwrap_or(workshop.log.len()));
                Some(workshop_edit(id, workshop, |it| match known.and_then(|at| it.log.get_mut(at)) {
                    Some(entry) => set(&mut entry.text, &mut entry.by),
                    None => {
                        let mut entry = log_entry(ctx, *kind, Some(item));
                        set(&mut entry.text, &mut entry.by);
                        it.log.push(entry);
                        it.count_day(ctx.analysis.as_of);
                    }
                }))
            }
            (What::Answer(text), WorkshopItem::Question(key)) => {
                let mut answer = answer_at(ctx, key);
                text_of(&mut answer, *text).1.clone_from(&words.text);
                answer.answered_by.clone_from(&words.by);
                Some(answer::with_taken(ctx, mode, key, answer))
            }
            (What::Comment(place), WorkshopItem::Question(key)) => {
                let mut answer = answer_at(ctx, key);
                let known = place.filter(|place| answer.comments.len() > *place);
                if known.is_none() && is_empty {
                    return None;
                }
                *place = Some(known.unwrap_or(answer.comments.len()));
                let places = answer.comments.len();
                match known.and_then(|at| answer.comments.get_mut(at)) {
                    // the last one is gone again with its last letter
                    Some(_) if is_empty && known == places.checked_sub(1) => answer.comments.truncate(places - 1),
                    Some(it) => set(&mut it.text, &mut it.by),
                    None => answer.comments.push(Comment {
                        by: words.by.clone(),
                        on: Some(ctx.analysis.as_of),
                        text: words.text.clone(),
                        ..Comment::default()
                    }),
                }
                Some(answer::with_taken(ctx, mode, key, answer))
            }
            (_, WorkshopItem::Risk(_)) => None,
        }
    }

    /// Who may have said it, in the order in which Tab goes through them.
    fn speakers(&self, workshop: &Workshop) -> Vec<String> {
        let nobody = match self.what {
            What::Answer(_) => workshop.answered_by(),
            _ => String::new(),
        };
        let mut all = vec![nobody];
        all.extend(workshop.speakers().map(str::to_owned).filter(|it| !it.is_empty()));
        all.dedup();
        all
    }

    /// What is said of who said it.
    fn by_words(&self, by: &str) -> String {
        let verb = if matches!(self.what, What::Answer(_)) { "Answered by" } else { "Said by" };
        let by = if by.is_empty() { "nobody in particular" } else { by };
        format!("Tab  {verb} {by}")
    }
}

/// The workshop that is held.
type Held<'a> = (crate::model::WorkshopId, &'a Workshop);

/// What a text of an answer is called, and which it is.
fn text_of(answer: &mut Answer, text: AnswerText) -> (&'static str, &mut String) {
    match text {
        AnswerText::Countermeasure => ("Countermeasure", &mut answer.countermeasure),
        AnswerText::Justification => ("Justification", &mut answer.justification),
        _ => ("Notes", &mut answer.notes),
    }
}

/// Whether a line is finished by it.
fn is_finish(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !modifiers.shift && !modifiers.alt)
}

/// Takes what comes after the key that finishes the line; `None` where that was not pressed.
fn after_finish(ui: &Ui) -> Option<Vec<Event>> {
    ui.input_mut(|input| {
        let at = input.events.iter().position(is_finish)?;
        let (later, others) = input.events.split_off(at).into_iter().skip(1).partition(is_typed);
        input.events.extend::<Vec<Event>>(others);
        Some(later)
    })
}

/// Shows the line at the foot of the only window, over what stands there.
pub(super) fn over(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let whole = ui.ctx().content_rect();
    let pad = vec2(12.0, 6.0);
    let most = 0.45 * whole.height();
    let high = mode.line_height.clamp(mode.strip_height, most) + 2.0 * pad.y;
    let rect = whole.with_min_y(whole.bottom() - high);
    ui.painter().rect_filled(rect, 0.0, color32(ctx.palette.window));
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, color32(ctx.palette.line_strong)));
    let inside = Rect::from_min_size(rect.min + pad, vec2(whole.width() - 2.0 * pad.x, most));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inside).id_salt("line"));
    // large enough to be read by those who check what is written about them
    let size = (whole.height() / 34.0).clamp(14.0, 30.0);
    let area = ScrollArea::vertical().id_salt("line").max_height(most);
    let needed = area.show(&mut ui, |ui| show(ui, ctx, mode, stage, size)).content_size.y;
    if (needed - mode.line_height).abs() > 0.5 {
        mode.line_height = needed;
        ui.ctx().request_repaint();
    }
}

/// Shows the line where one is open; Enter, Ctrl+Enter and Esc end it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, size: f32) {
    let held = (mode.id, stage.workshop);
    let Some(line) = &mut mode.line else { return };
    let Some(before) = line.words(ctx, stage.workshop, stage.place) else {
        mode.line = None;
        return;
    };
    let mut words = before.clone();
    let is_beside = ui.available_width() >= BESIDE_FROM;
    let by = |ui: &mut Ui, words: &Words, line: &Line| {
        let said = RichText::new(line.by_words(&words.by)).size(0.8 * size);
        ui.add(egui::Label::new(said).truncate());
    };
    let mut ends = false;
    ui.horizontal(|ui| {
        let label = ui.label(strong(before.label.as_str()).size(size));
        let room = ui.available_width() * if is_beside { 0.62 } else { 1.0 };
        let later = if line.has_begun { after_finish(ui) } else { None };
        let has_keyboard = line.has_begun && ui.ctx().text_edit_focused();
        let (on, back) = match has_keyboard {
            true => (presses(ui, Modifiers::NONE, Key::Tab), presses(ui, Modifiers::SHIFT, Key::Tab)),
            false => (0, 0),
        };
        if on != back {
            let all = line.speakers(stage.workshop);
            let now = all.iter().position(|it| *it == words.by).unwrap_or(0);
            // one step back is all but one step on
            let next = (now + on + back * all.len().saturating_sub(1)) % all.len().max(1);
            words.by = all.get(next).cloned().unwrap_or_default();
        }
        let edit = TextEdit::multiline(&mut words.text)
            .font(egui::FontId::proportional(size))
            .id_salt("line of the workshop")
            .hint_text(RichText::new("Type, then Ctrl+Enter").size(size))
            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
            // Tab says who said it
            .lock_focus(true)
            .desired_rows(1)
            .desired_width(room);
        let field = ui.add(edit).labelled_by(label.id);
        if !line.has_begun {
            field.request_focus();
            let end = egui::text::CCursor::new(words.text.chars().count());
            let mut state = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), field.id);
            line.has_begun = true;
        } else {
            // whichever window the desktop gives the keyboard to meanwhile
            ends = field.lost_focus() || !ui.memory(|memory| memory.has_focus(field.id));
        }
        if words != before
            && let Some(edit) = line.keep(ctx, held, stage, &words)
        {
            ctx.send(Action::Type(edit, field.id));
        }
        if let Some(later) = later {
            field.surrender_focus();
            hear_later(ui.ctx(), later);
            ends = true;
        }
        if is_beside {
            by(ui, &words, line);
        }
    });
    if !is_beside {
        by(ui, &words, line);
    }
    if ends && words.text.trim().is_empty() {
        end(ctx, mode);
    } else if ends {
        mode.line = None;
        ctx.send(Action::EndTyping);
    }
}

/// The line as it stands, at the foot of a window that is typed in while the line is in another.
pub(super) fn copied(ui: &Ui, ctx: &Context, mode: &Mode, stage: &Stage) {
    let Some(line) = &mode.line else { return };
    let Some(words) = line.words(ctx, stage.workshop, stage.place) else { return };
    let whole = ui.ctx().content_rect();
    let sizes = Sizes::of(whole.size());
    let pad = vec2(12.0, 6.0);
    let said = format!("{}   {}   Ctrl+Enter keeps it", words.label, words.text);
    let said = text(ui, &said, (Face::Regular, sizes.small()), ctx.palette.text, whole.width() - 2.0 * pad.x);
    let rect = whole.with_min_y(whole.bottom() - said.size().y - 2.0 * pad.y);
    ui.painter().rect_filled(rect, 0.0, color32(ctx.palette.window));
    put(ui, rect.min + pad, said);
}

/// Nothing more is written; what was begun and left empty goes.
pub(super) fn end(ctx: &Context, mode: &mut Mode) {
    let Some(line) = mode.line.take() else { return };
    ctx.send(Action::EndTyping);
    let Some(workshop) = ctx.project.workshops.get(mode.id) else { return };
    let empty = line.unfinished().filter(|&at| workshop.log.get(at).is_some_and(|it| it.text.trim().is_empty()));
    if let Some(place) = empty {
        let remove = workshop_edit(mode.id, workshop, |it| {
            it.log.remove(place);
        });
        ctx.send(Action::Edit(remove));
    }
}
