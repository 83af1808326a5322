//! Who stands by a stop: the form, and what was confirmed.

use egui::{RichText, TextEdit, Ui};

use super::{PathState, Stop};
use crate::edit::Edit;
use crate::model::Confirmation;
use crate::ui::action::Waypoint;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::views::counted;
use crate::ui::widgets::{Field, NO_DATE, date_field, multiline, primary_button, singleline, typed_date};

/// What was typed and not confirmed yet.
#[derive(Clone, Default)]
pub(super) struct Draft {
    by: String,
    on: String,
    notes: String,
}

const ROLE: &str = "confirm: role";
const DAY: &str = "confirm: day";
const RESERVATIONS: &str = "confirm: reservations";

impl Draft {
    /// What stands in each field.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [(ROLE, &self.by), (DAY, &self.on), (RESERVATIONS, &self.notes)]
            .into_iter()
            .map(|(part, it)| (part, it.as_str()))
    }

    /// Puts a text into a field; whether there is such a one.
    pub(super) fn take_up(&mut self, part: &str, text: &str) -> bool {
        let field = match part {
            ROLE => &mut self.by,
            DAY => &mut self.on,
            RESERVATIONS => &mut self.notes,
            _ => return false,
        };
        text.clone_into(field);
        true
    }

    /// Whether words stand in it that would be missed.
    pub(super) fn has_words(&self) -> bool {
        !(self.by.trim().is_empty() && self.notes.trim().is_empty()) || typed_date(&self.on).is_none()
    }
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut PathState, stop: &Stop) {
    ui.push_id(stop.at, |ui| match stop.confirmed {
        Some(confirmed) => confirmation(ui, ctx, state, stop, confirmed),
        None => form(ui, ctx, state, stop),
    });
}

fn edit(at: Waypoint, confirmation: Option<Confirmation>) -> Edit {
    match at {
        Waypoint::Requirement(id) => Edit::ConfirmZcr(id, confirmation),
        Waypoint::Step(step) => Edit::Confirm(step, confirmation),
    }
}

fn confirmation(ui: &mut Ui, ctx: &Context, state: &mut PathState, stop: &Stop, confirmed: &Confirmation) {
    let count = stop.count();
    if count > 0 {
        let text = format!("Confirmed, but {} open.", counted(count, "thing is", "things are"));
        ui.colored_label(color32(ctx.palette.warning), text);
    }
    let change = |changed: Confirmation| edit(stop.at, Some(changed));
    let by = singleline(ui, Field::new(ctx, "Confirmed by (role)"), &confirmed.by, |by| {
        change(Confirmation { by, ..confirmed.clone() })
    });
    if std::mem::take(&mut state.asks) {
        by.request_focus();
    }
    date_field(ui, Field::new(ctx, "Confirmed on"), stop.at, confirmed.on, |on| {
        change(Confirmation { on, ..confirmed.clone() })
    });
    multiline(ui, Field::new(ctx, "Reservations").hint("None"), &confirmed.notes, 2, |notes| {
        change(Confirmation { notes, ..confirmed.clone() })
    });
    if ui.button("Take back").clicked() {
        ctx.edit(edit(stop.at, None));
    }
}

fn form(ui: &mut Ui, ctx: &Context, state: &mut PathState, stop: &Stop) {
    let today = ctx.analysis.as_of.to_string();
    let fresh = || Draft { by: state.last_role.clone(), on: today, notes: String::new() };
    let mut draft = state.drafts.get(&stop.at).cloned().unwrap_or_else(fresh);
    let count = stop.count();
    if count > 0 {
        let text = format!(
            "{} open: you can confirm all the same, best with a reservation.",
            counted(count, "thing is", "things are")
        );
        ui.label(RichText::new(text).weak());
    }
    let mut changed = false;
    let label = small(ui, "Role that confirms");
    let by = ui
        .horizontal(|ui| {
            let width = (ui.available_width() - 90.0).clamp(120.0, 320.0);
            let by = ui.add(TextEdit::singleline(&mut draft.by).desired_width(width)).labelled_by(label);
            changed |= roles(ui, ctx, &mut draft.by);
            by
        })
        .inner;
    if std::mem::take(&mut state.asks) {
        crate::ui::widgets::take_keys(ui, &by, draft.by.chars().count());
        by.scroll_to_me(None);
    }
    let label = small(ui, "Date of confirmation");
    let width = 104.0 * ctx.palette.type_size;
    let on =
        ui.add(TextEdit::singleline(&mut draft.on).hint_text("YYYY-MM-DD").desired_width(width)).labelled_by(label);
    let day = typed_date(&draft.on);
    if day.is_none() {
        ui.colored_label(color32(ctx.palette.error), NO_DATE);
    }
    let label = small(ui, "Reservations");
    let notes = TextEdit::multiline(&mut draft.notes).hint_text("None").desired_rows(2).desired_width(f32::INFINITY);
    let notes = ui.add(notes).labelled_by(label);
    changed |= by.changed() || on.changed() || notes.changed();
    let entered = (by.lost_focus() || on.lost_focus()) && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let is_named = !draft.by.trim().is_empty();
    let button = ui
        .add_enabled_ui(is_named && day.is_some(), |ui| primary_button(ui, ctx.palette, "Confirm"))
        .inner
        .on_disabled_hover_text(if is_named { NO_DATE } else { "Say first which role confirms" });
    if let Some(on) = day
        && is_named
        && (button.clicked() || entered)
    {
        let by = draft.by.trim().to_owned();
        state.last_role.clone_from(&by);
        let confirmation = Confirmation { by, on, notes: draft.notes.trim().to_owned() };
        ctx.edit(edit(stop.at, Some(confirmation)));
        state.drafts.remove(&stop.at);
    } else if changed {
        state.drafts.insert(stop.at, draft);
    }
}

/// The roles of those who took part, to choose from; whether one was chosen.
fn roles(ui: &mut Ui, ctx: &Context, by: &mut String) -> bool {
    let mut roles: Vec<&str> =
        ctx.project.scope.people.iter().map(|it| it.role.trim()).filter(|it| !it.is_empty()).collect();
    roles.dedup();
    if roles.is_empty() {
        return false;
    }
    let mut chosen = false;
    ui.menu_button("Roles", |ui| {
        crate::ui::widgets::scrolls_from(280.0).show(ui, |ui| {
            for role in roles {
                if ui.button(role).clicked() {
                    role.clone_into(by);
                    chosen = true;
                    ui.close();
                }
            }
        });
    })
    .response
    .on_hover_text("The people of the scope, by role");
    chosen
}

fn small(ui: &mut Ui, text: &str) -> egui::Id {
    ui.label(RichText::new(text).small().weak()).id
}
