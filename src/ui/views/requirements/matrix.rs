//! The matrix of targets by FR.

use egui::{Key, Modifiers, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::filter::Filter;
use super::{RequirementsState, levels, selection};
use crate::analysis::{Reach, TargetLevels};
use crate::drawing::levels::reach_cell;
use crate::model::{Fr, Target};
use crate::text::Face;
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};
use crate::ui::views::{counted, percent};
use crate::ui::widgets::{is_below_dialog, presses, primary_button};

const ROW: f32 = 34.0;

/// Where the columns of the matrix stand.
#[derive(Clone, Copy)]
struct Columns {
    /// The width of a zone's or conduit's tag and name.
    name: f32,
    /// The width of the cell of an FR.
    cell: f32,
    /// Where the share of what is answered begins, if there is room for it.
    answered: Option<f32>,
    /// Where the number of gaps begins.
    gaps: f32,
}

impl Columns {
    /// Levels first: where there is little room names shorten, and then the share goes.
    fn in_room(width: f32) -> Self {
        let is_wide = width > 720.0;
        let after = if is_wide { 186.0 } else { 52.0 };
        let cell = ((width - after - 220.0) / 7.0).clamp(46.0, 58.0);
        let name = (width - 7.0 * cell - after).clamp(90.0, 320.0);
        let end = name + 7.0 * cell + 16.0;
        Self { name, cell, answered: is_wide.then_some(end), gaps: if is_wide { end + 120.0 } else { end } }
    }

    /// The cell of an FR in a row.
    fn cell_at(self, row: egui::Rect, fr: Fr) -> egui::Rect {
        let left = row.left() + self.name + fr.index() as f32 * self.cell;
        egui::Rect::from_min_size(pos2(left + 3.0, row.top() + 4.0), vec2(self.cell - 6.0, row.height() - 8.0))
    }
}

const ABOUT_MATRIX: &str = "The achieved level of each zone and conduit, coloured by how far answers show it to fall short of the target; 1+ is at least 1 with questions open, ? where nothing at all is answered; the small figure is the target. Click a row to answer; Ctrl or Shift chooses several to be answered together.";
const ABOUT_TARGETS: &str = "What is proposed for each zone and conduit, its target SL-T, what the technology could do, what is achieved and what is proven. Up and down choose a row, 0 to 4 set its SL-T, left and right one figure of it, T takes the proposal, W says why.";

pub(super) fn matrix(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    ui.horizontal_wrapped(|ui| {
        ui.heading("Requirements");
        ui.add_space(12.0);
        ui.selectable_value(&mut state.shows_levels, false, "Matrix");
        ui.selectable_value(&mut state.shows_levels, true, "Targets")
            .on_hover_text("Key L: SL-T of all targets side by side");
    });
    let about = if state.shows_levels { ABOUT_TARGETS } else { ABOUT_MATRIX };
    ui.label(RichText::new(about).weak());
    ui.add_space(8.0);
    together(ui, ctx, state);
    keyboard(ui, ctx, state);
    if state.shows_levels {
        levels::levels(ui, ctx, state);
        return;
    }
    ScrollArea::horizontal().show(ui, |ui| {
        // below this width one scrolls sideways
        ui.set_min_width(ui.available_width().max(470.0));
        header(ui, ctx);
        rows(ui, ctx, state);
    });
}

fn rows(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    let targets = state.rows(ctx);
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, targets.len(), |ui, range| {
        for &(target, depth) in targets.get(range).unwrap_or_default() {
            row(ui, ctx, state, target, depth);
        }
    });
}

fn header(ui: &mut Ui, ctx: &Context) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let columns = Columns::in_room(rect.width());
    let ink = color32(ctx.palette.text_weak);
    let text = |at: egui::Pos2, anchor: egui::Align2, text: &str| {
        ui.painter().text(at, anchor, text, font(Face::SemiBold, 12.0), ink);
    };
    for fr in Fr::ALL {
        let cell = columns.cell_at(rect, fr);
        text(cell.center(), egui::Align2::CENTER_CENTER, fr.code());
        let response = ui.interact(cell, ui.scope_id().with(("fr", fr)), Sense::hover());
        response.on_hover_text(format!("{fr}: {}", fr.name()));
    }
    for (at, heading) in [(columns.answered, "Answered"), (Some(columns.gaps), "Gaps")] {
        if let Some(at) = at {
            text(pos2(rect.left() + at, rect.center().y), egui::Align2::LEFT_CENTER, heading);
        }
    }
}

fn row(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, target: Target, depth: usize) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    let palette = ctx.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let tag = ctx.project.target_tag(target);
    let is_selected = ctx.selection.contains(target);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, format!("Answers of {tag}")));
    if is_selected {
        ui.painter().rect_filled(rect, 4.0, color32(palette.accent_soft));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, color32(palette.window));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    let columns = Columns::in_room(rect.width());
    let left = rect.left() + 8.0 + depth as f32 * 16.0;
    let painter = ui.painter();
    painter.text(
        pos2(left, rect.center().y),
        egui::Align2::LEFT_CENTER,
        tag,
        font(Face::SemiBold, 12.5),
        color32(palette.text),
    );
    let name_at = left + Face::SemiBold.width(tag, 12.5) + 10.0;
    let name =
        Face::Regular.shortened(ctx.project.target_name(target), 12.5, rect.left() + columns.name - name_at - 8.0);
    painter.text(
        pos2(name_at, rect.center().y),
        egui::Align2::LEFT_CENTER,
        name,
        font(Face::Regular, 12.5),
        color32(palette.text_weak),
    );
    let mut clicked_fr = None;
    for fr in Fr::ALL {
        let cell = columns.cell_at(rect, fr);
        cell_of(ui, ctx, levels, fr, cell);
        let is_on = response.hover_pos().is_some_and(|at| cell.contains(at));
        if is_on && response.clicked() {
            clicked_fr = Some(fr);
        }
    }
    let answered = (levels.scope & (levels.standing.satisfied | levels.standing.violated)).len();
    let text = |x: f32, text: String| {
        let at = pos2(x, rect.center().y);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, text, font(Face::Regular, 12.0), color32(palette.text));
    };
    if let Some(at) = columns.answered.map(|it| rect.left() + it) {
        let share = answered as f32 / levels.scope.len().max(1) as f32;
        let bar = egui::Rect::from_min_size(pos2(at, rect.center().y - 3.0), vec2(60.0, 6.0));
        let done = egui::Rect::from_min_size(bar.min, vec2(60.0 * share, 6.0));
        ui.painter().rect_filled(bar, 3.0, color32(palette.line));
        ui.painter().rect_filled(done, 3.0, color32(palette.accent));
        text(at + 68.0, format!("{} %", percent(answered, levels.scope.len()).unwrap_or(0)));
    }
    text(rect.left() + columns.gaps, levels.gaps().len().to_string());
    if response.clicked() {
        let held = ui.input(|input| input.modifiers);
        if held.shift {
            choose_up_to(ctx, state, target);
        } else if held.command {
            toggle(ctx, state, target);
        } else {
            state.filter.fr = clicked_fr;
            open(ctx, state, &[target]);
        }
    }
}

/// Chooses one target more or less.
pub(super) fn toggle(ctx: &Context, state: &mut RequirementsState, target: Target) {
    let mut chosen = state.chosen_rows(ctx).to_vec();
    match chosen.iter().position(|it| *it == target) {
        Some(place) => drop(chosen.remove(place)),
        None => chosen.push(target),
    }
    state.first_target = Some(target);
    ctx.send(Action::Select(selection(&chosen, None)));
}

/// Opens the answers of targets at the first requirement that is listed.
fn open(ctx: &Context, state: &mut RequirementsState, targets: &[Target]) {
    let listing = state.listing(ctx, targets);
    let first = listing.shown(ctx, state.filter).next().or_else(|| {
        state.filter = Filter::default();
        listing.shown(ctx, state.filter).next()
    });
    let first = first.map(|it| it.id);
    state.open = targets.to_vec();
    state.first_target = targets.first().copied();
    state.chosen = first.into_iter().collect();
    state.anchor = first;
    state.last = selection(targets, first);
    ctx.send(Action::Select(state.last.clone()));
}

/// Chooses all rows from where the range began to this one.
pub(super) fn choose_up_to(ctx: &Context, state: &mut RequirementsState, target: Target) {
    let all = state.rows(ctx);
    let place = |wanted: Target| all.iter().position(|it| it.0 == wanted);
    let (Some(here), Some(there)) = (place(target), state.first_target.and_then(place).or_else(|| place(target)))
    else {
        return;
    };
    let range = all.get(here.min(there)..=here.max(there)).unwrap_or_default();
    let range: Vec<Target> = range.iter().map(|it| it.0).collect();
    // the end that moves is the last of those selected
    let ordered: Vec<Target> = if here < there { range.into_iter().rev().collect() } else { range };
    ctx.send(Action::Select(selection(&ordered, None)));
}

/// What can be done with several targets at once.
fn together(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    let chosen = state.chosen_rows(ctx);
    if chosen.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(counted(chosen.len(), "target chosen", "targets chosen"));
        if primary_button(ui, ctx.palette, "Answer together").on_hover_text("Enter").clicked() {
            open(ctx, state, &chosen);
        }
        if ui.button("Choose none").on_hover_text("Esc").clicked() {
            ctx.send(Action::Select(Selection::default()));
        }
    });
    ui.add_space(6.0);
}

/// Keys to walk the rows, to choose several, and to open them.
fn keyboard(ui: &Ui, ctx: &Context, state: &mut RequirementsState) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui) {
        return;
    }
    let all = state.rows(ctx);
    let last = ctx.selection.subjects.last().and_then(|it| it.target());
    let here = last.and_then(|it| all.iter().position(|(other, _)| *other == it));
    let shift = Modifiers::SHIFT;
    for (key, back) in [(Key::ArrowDown, false), (Key::ArrowUp, true)] {
        let there = |steps: usize| match (here, back) {
            (None, _) => Some(0),
            (Some(here), false) => Some((here + steps).min(all.len().saturating_sub(1))),
            (Some(here), true) => Some(here.saturating_sub(steps)),
        };
        let plain = presses(ui, Modifiers::NONE, key);
        if plain > 0
            && let Some(&(target, _)) = there(plain).and_then(|it| all.get(it))
        {
            state.first_target = Some(target);
            ctx.send(Action::Select(selection(&[target], None)));
        }
        let reaching = presses(ui, shift, key);
        if reaching > 0
            && let Some(&(target, _)) = there(reaching).and_then(|it| all.get(it))
        {
            choose_up_to(ctx, state, target);
        }
    }
    if presses(ui, Modifiers::NONE, Key::L) > 0 {
        state.shows_levels = !state.shows_levels;
    }
    if presses(ui, Modifiers::COMMAND, Key::A) > 0 {
        let all: Vec<Target> = all.iter().map(|it| it.0).collect();
        ctx.send(Action::Select(selection(&all, None)));
    }
    if presses(ui, Modifiers::NONE, Key::Escape) > 0 {
        ctx.send(Action::Select(Selection::default()));
    }
    let chosen = state.chosen_rows(ctx);
    let is_free = ui.memory(|memory| memory.focused().is_none());
    if is_free && !chosen.is_empty() && presses(ui, Modifiers::NONE, Key::Enter) > 0 {
        open(ctx, state, &chosen);
    }
}

/// SL-A on the colour of the shortfall, "1+" while open questions leave room; SL-T small at its right.
fn cell_of(ui: &Ui, ctx: &Context, levels: &TargetLevels, fr: Fr, rect: egui::Rect) {
    let palette = ctx.palette;
    let text = levels.achieved_so_far(fr).figure();
    let (fill, ink) = match (levels.achieved[fr], levels.reach(fr)) {
        (None, _) => (palette.sunken, palette.text_faint),
        (_, Reach::Unset) if levels.assessed[fr] => (palette.sunken, palette.text),
        (_, Reach::Unset) => (palette.sunken, palette.text_weak),
        (_, reach) => reach_cell(reach, palette).1,
    };
    ui.painter().rect_filled(rect, 4.0, color32(fill));
    let middle = rect.center() - vec2(6.0, 0.0);
    ui.painter().text(middle, egui::Align2::CENTER_CENTER, text, font(Face::SemiBold, 14.0), color32(ink));
    let target = levels.target.map_or("–".to_owned(), |it| it[fr].to_string());
    let corner = pos2(rect.right() - 5.0, rect.center().y);
    ui.painter().text(corner, egui::Align2::RIGHT_CENTER, target, font(Face::Regular, 10.5), color32(ink));
}
