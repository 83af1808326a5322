//! Fields bound to the project: what is typed is in the project at once, and typing
//! in one field is one step to take back.

use egui::{ComboBox, Id, Response, RichText, TextEdit, Ui};
use jiff::civil::Date;

use crate::edit::Edit;
use crate::model::Rating;
use crate::ui::action::Action;
use crate::ui::context::Context;

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

/// One of a few words.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: T,
    choices: &[T],
    word: impl Fn(T) -> String,
    edit: impl FnOnce(T) -> Edit,
) {
    let mut chosen = value;
    ui.vertical(|ui| {
        let label = field.label(ui);
        ComboBox::from_id_salt(field.label)
            .selected_text(word(value))
            .width(ui.available_width().min(220.0))
            .truncate()
            .show_ui(ui, |ui| {
                for &it in choices {
                    ui.selectable_value(&mut chosen, it, word(it));
                }
            })
            .response
            .labelled_by(label);
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
    let all: Vec<Option<T>> = std::iter::once(None).chain(choices.iter().copied().map(Some)).collect();
    choice(ui, field, value, &all, |it| it.map_or("not set".to_owned(), &word), edit);
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

/// A date as text; what is no date is kept in the field until it is one.
pub fn date_field(ui: &mut Ui, field: Field, value: Option<Date>, edit: impl FnOnce(Option<Date>) -> Edit) {
    let id = ui.make_persistent_id(("date", field.label));
    let shown = value.map(|it| it.to_string()).unwrap_or_default();
    let draft: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = draft.clone().unwrap_or_else(|| shown.clone());
    let is_wrong = draft.is_some_and(|draft| !draft.is_empty() && draft.parse::<Date>().is_err());
    let response = ui
        .vertical(|ui| {
            let label = field.label(ui);
            let width = 104.0 * field.ctx.palette.type_size;
            let mut edit = TextEdit::singleline(&mut text).hint_text("YYYY-MM-DD").desired_width(width);
            if is_wrong {
                edit = edit.text_color(ui.visuals().error_fg_color);
            }
            ui.add(edit).labelled_by(label)
        })
        .inner;
    let mut change = None;
    if response.changed() {
        match text.trim() {
            "" => change = Some(None),
            typed => {
                if let Ok(date) = typed.parse::<Date>() {
                    change = Some(Some(date));
                }
            }
        }
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
    }
    field.typed(&response, change.filter(|it| *it != value).map(edit));
    if is_wrong {
        response.on_hover_text("A date is written as 2026-11-21");
    }
}
