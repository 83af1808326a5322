//! Fields bound to the project: what is typed is in the project at once, and typing
//! in one field is one step to take back.

use std::fmt::Debug;

use egui::{ComboBox, Id, Response, RichText, TextEdit, Ui};
use jiff::civil::Date;

use super::draft::{Begun, Draft};
use super::drop_down::drop_down;
use crate::edit::Edit;
use crate::model::Rating;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;

/// A label above a field.
pub struct Field<'a, 'c> {
    pub ctx: &'a Context<'c>,
    pub label: &'a str,
    /// What to type, shown while the field is empty.
    pub hint: &'a str,
}

impl<'a, 'c> Field<'a, 'c> {
    /// A field with a label and no hint.
    pub fn new(ctx: &'a Context<'c>, label: &'a str) -> Self {
        Self { ctx, label, hint: "" }
    }

    /// The same with a hint.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    fn label(&self, ui: &mut Ui) -> Id {
        // cut short where it is too long, so that fields side by side stay in line
        ui.add(egui::Label::new(RichText::new(self.label).small().weak()).truncate()).id
    }

    fn typed(&self, response: &Response, edit: Option<Edit>) {
        if let Some(edit) = edit {
            self.ctx.send(Action::Type(edit, response.id));
        }
        if response.lost_focus() {
            self.ctx.send(Action::EndTyping);
        }
    }
}

/// Gives the keys to a field with its first letters selected, so that what is typed takes their place.
pub fn take_keys(ui: &Ui, field: &Response, letters: usize) {
    field.request_focus();
    if let Some(mut edit) = TextEdit::load_state(ui.ctx(), field.id) {
        let end = egui::text::CCursor::new(letters);
        edit.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::new(0), end)));
        edit.store(ui.ctx(), field.id);
    }
}

/// Gives a field the keyboard at the end of what is written in it, to go on.
pub fn go_on_writing(ui: &Ui, field: &Response, letters: usize) {
    field.request_focus();
    let mut edit = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
    edit.cursor.set_char_range(Some(egui::text::CCursorRange::one(egui::text::CCursor::new(letters))));
    edit.store(ui.ctx(), field.id);
}

/// A line of text.
pub fn singleline(ui: &mut Ui, field: Field, value: &str, edit: impl FnOnce(String) -> Edit) -> Response {
    let mut text = value.to_owned();
    let response = ui
        .vertical(|ui| {
            let label = field.label(ui);
            let edit = TextEdit::singleline(&mut text).hint_text(field.hint).desired_width(f32::INFINITY);
            ui.add(edit).labelled_by(label)
        })
        .inner;
    field.typed(&response, (response.changed() && text != value).then(|| edit(text)));
    response
}

/// A line of text that is shown whole, on as many lines as that takes.
pub fn wrapped(ui: &mut Ui, field: Field, value: &str, edit: impl FnOnce(String) -> Edit) -> Response {
    let mut text = value.to_owned();
    let response = ui
        .vertical(|ui| {
            let label = field.label(ui);
            let edit = TextEdit::multiline(&mut text)
                .return_key(None)
                .hint_text(field.hint)
                .desired_rows(1)
                .desired_width(f32::INFINITY);
            ui.add(edit).labelled_by(label)
        })
        .inner;
    if response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        response.surrender_focus();
    }
    let text = text.replace(['\n', '\r'], " ");
    field.typed(&response, (response.changed() && text != value).then(|| edit(text)));
    response
}

/// Several lines of text.
pub fn multiline(ui: &mut Ui, field: Field, value: &str, rows: usize, edit: impl FnOnce(String) -> Edit) -> Response {
    let mut text = value.to_owned();
    let response = ui
        .vertical(|ui| {
            let label = field.label(ui);
            let edit =
                TextEdit::multiline(&mut text).hint_text(field.hint).desired_rows(rows).desired_width(f32::INFINITY);
            ui.add(edit).labelled_by(label)
        })
        .inner;
    field.typed(&response, (response.changed() && text != value).then(|| edit(text)));
    response
}

/// Several lines of text below a label that stands there already.
pub fn multiline_of(
    ui: &mut Ui,
    field: Field,
    label: Id,
    value: &str,
    rows: usize,
    edit: impl FnOnce(String) -> Edit,
) -> Response {
    let mut text = value.to_owned();
    let lines = TextEdit::multiline(&mut text).hint_text(field.hint).desired_rows(rows).desired_width(f32::INFINITY);
    let response = ui.add(lines).labelled_by(label);
    field.typed(&response, (response.changed() && text != value).then(|| edit(text)));
    response
}

/// One of a few words.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: T,
    choices: &[T],
    word: impl Fn(T) -> String,
    edit: impl FnOnce(T) -> Edit,
) {
    one_of(ui, field, value, || choices.to_vec(), word, edit);
}

/// One of those that are asked for when the list is opened.
fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: T,
    choices: impl FnOnce() -> Vec<T>,
    word: impl Fn(T) -> String,
    edit: impl FnOnce(T) -> Edit,
) {
    let mut chosen = value;
    ui.vertical(|ui| {
        let label = field.label(ui);
        let list = ComboBox::from_id_salt(field.label)
            .selected_text(word(value))
            .width(ui.available_width().min(220.0))
            .truncate();
        let all = || choices().into_iter().map(|it| (it, word(it))).collect();
        drop_down(ui, list, &mut chosen, all).labelled_by(label);
    });
    if chosen != value {
        field.ctx.edit(edit(chosen));
    }
}

/// One of a few words, or none.
pub fn optional_choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: Option<T>,
    choices: &[T],
    word: impl Fn(T) -> String,
    edit: impl FnOnce(Option<T>) -> Edit,
) {
    one_of_many(ui, field, value, || choices.to_vec(), word, edit);
}

/// One of many, which are asked for when the list is opened, or none.
pub fn one_of_many<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: Option<T>,
    choices: impl FnOnce() -> Vec<T>,
    word: impl Fn(T) -> String,
    edit: impl FnOnce(Option<T>) -> Edit,
) {
    let all = || std::iter::once(None).chain(choices().into_iter().map(Some)).collect();
    one_of(ui, field, value, all, |it| it.map_or("not set".to_owned(), &word), edit);
}

/// A rating of 1 to 5, or none.
pub fn optional_rating(ui: &mut Ui, field: Field, value: Option<Rating>, edit: impl FnOnce(Option<Rating>) -> Edit) {
    let ratings: Vec<Rating> = (1..=5).filter_map(Rating::new).collect();
    optional_choice(ui, field, value, &ratings, |it| it.to_string(), edit);
}

/// Yes or no.
pub fn switch(ui: &mut Ui, ctx: &Context, label: &str, value: bool, edit: impl FnOnce(bool) -> Edit) {
    let mut on = value;
    if ui.checkbox(&mut on, label).changed() {
        ctx.edit(edit(on));
    }
}

/// What is said of a text that is no date.
pub const NO_DATE: &str = "Not a date yet: write it as 2026-11-21";

/// The date that a text says, none where it is empty; `None` while it is no date.
pub fn typed_date(text: &str) -> Option<Option<Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let of_europe = || {
        let mut parts = text.splitn(3, '.').map(|it| it.trim().to_owned());
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let year = (year.len() == 4).then(|| year.parse::<i16>().ok()).flatten()?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    // a text with a time behind the date would be read as the date alone
    let of_iso = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
    of_iso.or_else(of_europe).map(Some)
}

/// Where what is no date yet is kept.
pub const DATE: &str = "date";

/// Forgets what was typed and is in no project yet, and the words that something was looked for by:
/// another project is shown.
pub fn forget_drafts(ctx: &egui::Context) {
    ctx.data_mut(|data| {
        data.remove_by_type::<Begun>();
        data.remove_by_type::<String>();
    });
}

/// A date of something, as text. What is no date stays in the field, marked, until it is one or emptied,
/// whatever else is looked at meanwhile.
pub fn date_field(
    ui: &mut Ui,
    field: Field,
    of: impl Debug,
    value: Option<Date>,
    edit: impl FnOnce(Option<Date>) -> Edit,
) {
    let draft = Draft::of(DATE, (of, field.label));
    let shown = value.map(|it| it.to_string()).unwrap_or_default();
    let mut text = draft.text(ui.ctx(), &shown);
    let is_wrong = typed_date(&text).is_none();
    let error = color32(field.ctx.palette.error);
    let response = ui
        .vertical(|ui| {
            let label = field.label(ui);
            let width = 104.0 * field.ctx.palette.type_size;
            let mut edit = TextEdit::singleline(&mut text).hint_text("YYYY-MM-DD").desired_width(width);
            if is_wrong {
                edit = edit.text_color(error);
            }
            let response = ui.add(edit).labelled_by(label);
            if is_wrong && !response.has_focus() {
                ui.add(egui::Label::new(RichText::new(NO_DATE).small().color(error)).wrap());
            }
            response
        })
        .inner;
    let typed = typed_date(&text);
    if response.changed() && typed.is_none() {
        draft.keep(ui.ctx(), &text, &shown);
    } else if response.changed() {
        draft.forget(ui.ctx());
    }
    let change = typed.filter(|it| response.changed() && *it != value);
    field.typed(&response, change.map(edit));
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_is_read_as_it_is_written() {
        let day = Some(Some(date(2026, 11, 21)));
        for text in ["2026-11-21", " 2026-11-21 ", "21.11.2026", "21. 11. 2026"] {
            assert_eq!(typed_date(text), day, "{text}");
        }
        assert_eq!(typed_date(" "), Some(None));
        for unfinished in ["2026", "2026-11-2", "2026-13-01", "21.11.20", "31.2.2026", "soon", "2026-11-21T10:00"] {
            assert_eq!(typed_date(unfinished), None, "{unfinished}");
        }
    }
}
