//! The log of a workshop as a table: when, about what, what it was, who, and the words.

use std::cmp::Ordering;

use egui::{Layout, RichText, TextEdit, Ui, vec2};

use super::records::{add_to_plan, go_to_item, item_words, kind_colors};
use super::workshop_edit;
use crate::analysis::proceedings::{Event, What};
use crate::edit::Edit;
use crate::model::{LogEntry, LogKind, Workshop, WorkshopId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::views::answers::status_word;
use crate::ui::widgets::{Symbol, chip, icon_button};

/// The columns with their least widths; the words take what is left.
const COLUMNS: [(&str, f32); 5] = [("Time", 84.0), ("About", 160.0), ("What", 130.0), ("Who", 154.0), ("Words", 220.0)];
/// From this width on all of them stand in one line.
const LINE_FROM: f32 = 790.0;
/// What is done to an entry stands at its end.
const TOOLS: f32 = 34.0;

/// Whose log it is.
#[derive(Clone, Copy)]
pub(super) struct Log<'a, 'c> {
    pub ctx: &'a Context<'c>,
    pub id: WorkshopId,
    pub workshop: &'a Workshop,
}

impl Log<'_, '_> {
    /// Shows these below the names of the columns.
    pub fn show(self, ui: &mut Ui, events: &[Event]) {
        let is_line = ui.available_width() >= LINE_FROM;
        if is_line {
            let heads = widths(ui);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for ((name, _), width) in COLUMNS.iter().zip(heads) {
                    cell(ui, width, |ui| ui.label(strong(*name).small()));
                }
            });
            ui.separator();
        }
        ui.scope(|ui| {
            // what is typed in an entry keeps its field wherever it is sorted to
            ui.spacing_mut().item_spacing.y = 3.0;
            for (place, event) in events.iter().enumerate() {
                let key = match event.what {
                    What::Said(_, place) => ("entry", place),
                    What::Answer(_) | What::Rating => ("answer", place),
                };
                ui.push_id(key, |ui| self.one(ui, event, is_line));
            }
        });
    }

    /// One of them, where it is seen: there may be many.
    fn one(self, ui: &mut Ui, event: &Event, is_line: bool) {
        let key = ui.scope_id().with(("height", ui.available_width() as i32));
        let known: Option<f32> = ui.data(|data| data.get_temp(key));
        let top = ui.cursor().min;
        let is_seen = |high: f32| ui.is_rect_visible(egui::Rect::from_min_size(top, vec2(1.0, high)));
        if let Some(high) = known.filter(|high| !is_seen(*high)) {
            ui.add_space(high);
            return;
        }
        if is_line {
            self.line(ui, event);
        } else {
            self.card(ui, event);
        }
        ui.separator();
        let high = ui.cursor().top() - top.y - ui.spacing().item_spacing.y;
        ui.data_mut(|data| data.insert_temp(key, high));
    }

    fn line(self, ui: &mut Ui, event: &Event) {
        let [time, about, what, who, words] = widths(ui);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            cell(ui, time, |ui| when(ui, self.workshop, event));
            cell(ui, about, |ui| self.about(ui, event));
            cell(ui, what, |ui| self.what(ui, event));
            cell(ui, who, |ui| self.who(ui, event));
            cell(ui, words, |ui| self.words(ui, event));
            self.delete(ui, event);
        });
    }

    /// Where there is no room for a line.
    fn card(self, ui: &mut Ui, event: &Event) {
        ui.horizontal_wrapped(|ui| {
            when(ui, self.workshop, event);
            self.what(ui, event);
            self.about(ui, event);
            self.delete(ui, event);
        });
        self.words(ui, event);
        self.who(ui, event);
    }

    fn about(self, ui: &mut Ui, event: &Event) {
        match event.about {
            Some(item) => {
                if ui.link(item_words(self.ctx.project, item)).on_hover_text("Go there").clicked() {
                    go_to_item(self.ctx, item);
                }
            }
            None => {
                ui.label(RichText::new("the workshop as a whole").weak());
            }
        }
    }

    fn what(self, ui: &mut Ui, event: &Event) {
        let ctx = self.ctx;
        let What::Said(kind, place) = event.what else {
            let word = match event.what {
                What::Answer(status) => status_word(status),
                _ => "Gone through",
            };
            ui.label(word);
            return;
        };
        chip(ui, kind.word(), kind_colors(ctx, kind));
        let Some(entry) = self.workshop.log.get(place) else { return };
        if matches!(kind, LogKind::Parked | LogKind::Dissent) {
            let mut settled = entry.settled;
            if ui.checkbox(&mut settled, "Settled").changed() {
                ctx.edit(self.change(place, |entry| entry.settled = settled));
            }
        }
        if kind == LogKind::Parked && !entry.settled && ui.button("Add to the plan").clicked() {
            add_to_plan(ctx, self.id, self.workshop, place);
        }
    }

    fn who(self, ui: &mut Ui, event: &Event) {
        let (What::Said(_, place), false) = (event.what, self.workshop.closed) else {
            ui.label(RichText::new(&event.by).weak());
            return;
        };
        ui.horizontal_top(|ui| {
            let roles: Vec<&str> = self.workshop.speakers().collect();
            let list = if roles.is_empty() { 0.0 } else { 30.0 };
            let mut by = event.by.clone();
            // a long role is seen whole, in two lines
            let field = TextEdit::multiline(&mut by).desired_rows(1).return_key(None);
            let field = field.hint_text("A role").desired_width(ui.available_width() - list);
            let field = ui.add(field).accessible_name("Said by");
            if field.changed() {
                let by = by.replace('\n', " ");
                let edit = self.change(place, |entry| entry.by.clone_from(&by));
                self.ctx.send(Action::Type(edit, field.id));
            }
            if field.lost_focus() {
                self.ctx.send(Action::EndTyping);
            }
            if roles.is_empty() {
                return;
            }
            let mut chosen = event.by.clone();
            let choose = egui::ComboBox::from_id_salt("who").selected_text("").width(18.0).show_ui(ui, |ui| {
                ui.selectable_value(&mut chosen, String::new(), "nobody in particular");
                for role in roles {
                    ui.selectable_value(&mut chosen, role.to_owned(), role);
                }
            });
            choose.response.accessible_name("Choose who said it");
            if chosen != event.by {
                self.ctx.edit(self.change(place, |entry| entry.by.clone_from(&chosen)));
            }
        });
    }

    fn words(self, ui: &mut Ui, event: &Event) {
        let (What::Said(_, place), false) = (event.what, self.workshop.closed) else {
            ui.label(&event.words);
            return;
        };
        let mut text = event.words.clone();
        let field = TextEdit::multiline(&mut text).desired_rows(1).desired_width(ui.available_width());
        let field = ui.add(field).accessible_name("What was said");
        if field.changed() {
            let edit = self.change(place, |entry| entry.text.clone_from(&text));
            self.ctx.send(Action::Type(edit, field.id));
        }
        if field.lost_focus() {
            self.ctx.send(Action::EndTyping);
        }
    }

    fn delete(self, ui: &mut Ui, event: &Event) {
        let What::Said(_, place) = event.what else { return };
        if !self.workshop.closed && icon_button(ui, Symbol::Close, "Delete this entry", true, false).clicked() {
            self.ctx.edit(workshop_edit(self.id, self.workshop, |it| {
                it.log.remove(place);
            }));
        }
    }

    fn change(self, place: usize, change: impl FnOnce(&mut LogEntry)) -> Edit {
        workshop_edit(self.id, self.workshop, |it| {
            if let Some(entry) = it.log.get_mut(place) {
                change(entry);
            }
        })
    }
}

/// The widths of the columns in the room there is.
fn widths(ui: &Ui) -> [f32; 5] {
    let scale = crate::ui::theme::palette(ui.ctx()).type_size;
    let mut widths = COLUMNS.map(|(_, width)| width * scale);
    let [.., words] = &mut widths;
    *words = 0.0;
    let rest = ui.available_width() - TOOLS - widths.iter().sum::<f32>();
    let [.., words] = &mut widths;
    *words = rest.max(120.0);
    widths
}

/// A cell of this width.
fn cell<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width - 10.0);
        ui.add_space(2.0);
        contents(ui);
        ui.set_min_width(width);
    });
}

/// The time, with its day where the workshop took several; an answer given before or after it says so.
fn when(ui: &mut Ui, workshop: &Workshop, event: &Event) {
    let first = workshop.held_on;
    let is_other_day = |day| first.is_none_or(|first| first != day);
    let words = match (event.at, event.day) {
        (None, Some(day)) if workshop.place_of(day) == Ordering::Less => format!("before the workshop, on {day}"),
        (None, Some(day)) if workshop.place_of(day) == Ordering::Greater => format!("after the workshop, on {day}"),
        (Some(at), _) if is_other_day(at.date()) => at.strftime("%Y-%m-%d %H:%M").to_string(),
        (Some(at), _) => at.strftime("%H:%M").to_string(),
        (None, Some(day)) if is_other_day(day) => day.to_string(),
        _ => "–".to_owned(),
    };
    let ink = color32(crate::ui::theme::palette(ui.ctx()).text_weak);
    ui.label(RichText::new(words).small().color(ink));
}
