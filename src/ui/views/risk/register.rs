//! The scenarios as a table.

use std::collections::BTreeSet;

use egui::{Event, Key, Modifiers, RichText, Ui};
use egui_extras::TableBuilder;

use super::columns::Part;
use super::filter::Filter;
use super::{RiskState, filter, selected, stage};
use crate::model::{Risk, RiskId, Subject};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::theme::strong;
use crate::ui::views::counted;
use crate::ui::widgets::{is_below_dialog, presses};

/// What the table remembers.
#[derive(Default)]
pub(super) struct Register {
    sort: Part,
    reversed: bool,
    hidden: BTreeSet<Part>,
    anchor: Option<RiskId>,
    /// What is selected is scrolled to when the table is shown next.
    scrolls: bool,
    /// What was selected in the last frame.
    last: Option<Subject>,
}

impl Register {
    /// Shows what is selected next.
    pub fn scroll_to_selected(&mut self) {
        self.scrolls = true;
    }
}

const ROW: f32 = 32.0;

/// Below this width one scrolls sideways.
const TABLE_FROM: f32 = 400.0;

/// The scenarios that the filter lets through, in the order chosen.
fn shown<'a>(ctx: &Context<'a>, filter: &Filter, register: &Register) -> Vec<(RiskId, &'a Risk)> {
    let mut risks: Vec<_> = ctx.project.risks.iter().filter(|(id, it)| filter.lets(ctx, *id, it)).collect();
    risks.sort_by(|one, other| register.sort.order(ctx, *one, *other));
    if register.reversed {
        risks.reverse();
    }
    risks
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut RiskState) {
    filter::show(ui, ctx, &mut state.filter);
    let shown = shown(ctx, &state.filter, &state.register);
    above(ui, ctx, state, shown.len());
    let register = &mut state.register;
    keyboard(ui, ctx, register, &shown);
    if shown.is_empty() {
        ui.add_space(20.0);
        ui.label(RichText::new("No scenario under this filter.").weak());
        if ui.button("Show all scenarios").clicked() {
            state.filter = Filter::default();
        }
        return;
    }
    // what is chosen elsewhere is scrolled to
    let only = ctx.selection.only();
    if register.last != only {
        register.last = only;
        register.scrolls = true;
    }
    egui::ScrollArea::horizontal().show(ui, |ui| {
        ui.set_min_width(ui.available_width().max(TABLE_FROM));
        table(ui, ctx, register, &shown);
    });
}

/// What can be done with the selected ones, and which columns are shown.
fn above(ui: &mut Ui, ctx: &Context, state: &mut RiskState, count: usize) {
    let risks = selected(ctx);
    ui.horizontal_wrapped(|ui| {
        let said = match risks.len() {
            0 => counted(count, "scenario", "scenarios"),
            some => format!("{some} of {} selected", counted(count, "scenario", "scenarios")),
        };
        ui.label(RichText::new(said).weak());
        let columns =
            egui::containers::menu::MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        egui::containers::menu::MenuButton::new("Columns").config(columns).ui(ui, |ui| {
            for part in Part::ALL.into_iter().filter(|it| !matches!(it, Part::Tag | Part::Title)) {
                let hidden = &mut state.register.hidden;
                let mut is_shown = !hidden.contains(&part);
                if ui.checkbox(&mut is_shown, part.heading()).on_hover_text(part.meaning()).changed() {
                    if is_shown {
                        hidden.remove(&part);
                    } else {
                        hidden.insert(part);
                    }
                }
            }
        });
        if !risks.is_empty() {
            if ui.button("Duplicate").on_hover_text("Ctrl+D").clicked() {
                super::duplicate(ctx, &risks);
                state.register.scroll_to_selected();
            }
            if ui.button("Delete").on_hover_text("Del").clicked() {
                ctx.delete(&risks.iter().map(|&it| it.into()).collect::<Vec<_>>());
            }
        }
        stage::bar(ui, ctx, &risks);
    });
}

fn table(ui: &mut Ui, ctx: &Context, register: &mut Register, shown: &[(RiskId, &Risk)]) {
    // a table with a remainder column needs the whole width claimed first
    ui.set_min_width(ui.available_width());
    let scale = ctx.palette.type_size;
    let among = Part::in_room(ui.available_width() / scale);
    let parts: Vec<Part> = among.iter().copied().filter(|it| !register.hidden.contains(it)).collect();
    // rows touch, so that no click falls between them
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut builder = TableBuilder::new(ui)
        .id_salt(("risks", parts.len(), register.hidden.len()))
        .striped(false)
        .resizable(true)
        .sense(egui::Sense::click())
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center));
    for part in &parts {
        builder = builder.column(part.column(scale));
    }
    if std::mem::take(&mut register.scrolls)
        && let Some(row) = shown.iter().position(|(id, _)| ctx.selection.contains(*id))
    {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(26.0 * scale, |mut header| {
            for &part in &parts {
                header.col(|ui| sort_header(ui, register, part));
            }
        })
        .body(|body| {
            body.rows(ROW * scale, shown.len(), |mut row| {
                let Some(&(id, risk)) = shown.get(row.index()) else { return };
                let is_selected = ctx.selection.contains(id);
                row.set_selected(is_selected);
                for part in &parts {
                    row.col(|ui| part.show(ui, ctx, id, risk));
                }
                let response = row.response();
                response.widget_info(|| {
                    let name = format!("Scenario {} {}", risk.tag, risk.title);
                    egui::WidgetInfo::selected(egui::Role::Button, true, is_selected, name)
                });
                if response.clicked() {
                    let held = response.ctx.input(|input| input.modifiers);
                    choose(ctx, register, shown, id, held);
                }
                if response.double_clicked() {
                    ctx.send(Action::EnterInspector);
                }
            });
        });
}

/// A click on a row: alone, added with Ctrl, up to it with Shift.
fn choose(ctx: &Context, register: &mut Register, shown: &[(RiskId, &Risk)], id: RiskId, held: Modifiers) {
    let mut subjects = match (held.command, held.shift, register.anchor) {
        (true, ..) => {
            let mut subjects: Vec<Subject> = selected(ctx).into_iter().map(Subject::from).collect();
            match subjects.iter().position(|it| *it == id.into()) {
                Some(place) => {
                    subjects.remove(place);
                }
                None => subjects.push(id.into()),
            }
            subjects
        }
        (false, true, Some(anchor)) => between(shown, anchor, id),
        _ => vec![id.into()],
    };
    subjects.dedup();
    if !held.shift {
        register.anchor = Some(id);
    }
    register.last = if let [only] = subjects.as_slice() { Some(*only) } else { None };
    ctx.send(Action::Select(Selection { subjects, requirement: None }));
}

fn between(shown: &[(RiskId, &Risk)], one: RiskId, other: RiskId) -> Vec<Subject> {
    let place = |id: RiskId| shown.iter().position(|it| it.0 == id);
    let (Some(from), Some(to)) = (place(one), place(other)) else { return vec![other.into()] };
    shown.iter().skip(from.min(to)).take(from.abs_diff(to) + 1).map(|it| it.0.into()).collect()
}

fn sort_header(ui: &mut Ui, register: &mut Register, part: Part) {
    let arrow = match (register.sort == part, register.reversed) {
        (false, _) => "",
        (true, false) => " ↓",
        (true, true) => " ↑",
    };
    let text = strong(format!("{}{arrow}", part.heading()));
    let label = egui::Label::new(text).sense(egui::Sense::click()).selectable(false).truncate();
    if ui.add(label).on_hover_text(part.meaning()).clicked() {
        register.reversed = register.sort == part && !register.reversed;
        register.sort = part;
    }
}

fn keyboard(ui: &Ui, ctx: &Context, register: &mut Register, shown: &[(RiskId, &Risk)]) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui) {
        return;
    }
    let pressed = |modifiers: Modifiers, key: Key| presses(ui, modifiers, key) > 0;
    let places: Vec<usize> =
        shown.iter().enumerate().filter(|(_, it)| ctx.selection.contains(it.0)).map(|it| it.0).collect();
    let last = shown.len().saturating_sub(1);
    for (key, back, far) in
        [(Key::ArrowDown, false, false), (Key::ArrowUp, true, false), (Key::End, false, true), (Key::Home, true, true)]
    {
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            if !pressed(modifiers, key) {
                continue;
            }
            let from = if back { places.first() } else { places.last() };
            let to = match (from, back, far) {
                (_, false, true) => last,
                (_, true, true) | (None, ..) => 0,
                (Some(from), true, false) => from.saturating_sub(1),
                (Some(from), false, false) => (from + 1).min(last),
            };
            if let Some(&(id, _)) = shown.get(to) {
                register.scrolls = true;
                let extends = modifiers.shift && !places.is_empty();
                if extends && register.anchor.is_none() {
                    register.anchor = places.first().and_then(|it| shown.get(*it)).map(|it| it.0);
                }
                choose(ctx, register, shown, id, modifiers);
            }
        }
    }
    if pressed(Modifiers::COMMAND, Key::A) {
        let subjects = shown.iter().map(|it| it.0.into()).collect();
        ctx.send(Action::Select(Selection { subjects, requirement: None }));
    }
    // Enter on a button is the button's
    let is_free = ui.memory(|memory| memory.focused().is_none());
    if !places.is_empty() && is_free && pressed(Modifiers::NONE, Key::Enter) {
        ctx.send(Action::EnterInspector);
    }
    copy(ui, ctx, shown);
}

/// The selected rows as text for a spreadsheet.
fn copy(ui: &Ui, ctx: &Context, shown: &[(RiskId, &Risk)]) {
    let is_asked = ui.input(|input| input.events.iter().any(|it| matches!(it, Event::Copy)));
    let rows: Vec<_> = shown.iter().filter(|it| ctx.selection.contains(it.0)).collect();
    if !is_asked || rows.is_empty() {
        return;
    }
    let line =
        |cells: Vec<String>| cells.into_iter().map(|it| it.replace(['\t', '\n'], " ")).collect::<Vec<_>>().join("\t");
    let mut lines = vec![line(Part::ALL.map(|it| it.heading().to_owned()).to_vec())];
    lines.extend(rows.iter().map(|(id, risk)| line(Part::ALL.map(|it| it.text(ctx, *id, risk)).to_vec())));
    ui.ctx().copy_text(lines.join("\n"));
    ctx.send(Action::Say(format!("{} copied as text for a spreadsheet", counted(rows.len(), "row", "rows"))));
}
