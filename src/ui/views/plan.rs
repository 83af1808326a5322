//! Actions by wave, what they close, and the levels once each wave is done.

use std::collections::HashMap;

use egui::{Key, RichText, ScrollArea, Ui};

use crate::analysis::{Band, Treatment, WaveOutcome};
use crate::drawing::levels::{achieved_cells, level_cells};
use crate::edit::{Item, next_tag};
use crate::model::{Action as PlanAction, ActionId, ActionStatus, Id, Target, Wave};
use crate::ui::action::{Action, PageAction, View};
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, strong, title};
use crate::ui::views::counted;
use crate::ui::widgets::{
    band_chip, cell, chip, empty_state, level_row, page, plain_key, pressable, primary_button, section,
};

/// What the page remembers.
#[derive(Default)]
pub struct PlanState {
    shows_levels: bool,
    closed: Kept<u64, Closed>,
}

/// How many gaps each action closes, and the most urgent band of them.
type Closed = HashMap<ActionId, (usize, Band)>;

fn closed(ctx: &Context) -> Closed {
    let (mut of_gap, mut of_finding) = (HashMap::new(), HashMap::new());
    for (id, action) in ctx.project.actions.iter() {
        for &key in &action.closes {
            of_gap.entry(key).or_insert_with(Vec::new).push(id);
        }
        for &finding in &action.findings {
            of_finding.entry(finding).or_insert_with(Vec::new).push(id);
        }
    }
    let mut closed = Closed::new();
    for gap in &ctx.analysis.gaps {
        let by = match gap.manual {
            Some(id) => of_finding.get(&id),
            None => gap.key().and_then(|it| of_gap.get(&it)),
        };
        for &id in by.into_iter().flatten() {
            let (count, band) = closed.entry(id).or_insert((0, gap.band));
            (*count, *band) = (*count + 1, gap.band.min(*band));
        }
    }
    closed
}

/// Shows it.
pub fn plan(ui: &mut Ui, ctx: &Context, state: &mut PlanState) {
    if ctx.asked == Some(PageAction::NewAction) {
        add(ctx, None);
    }
    if ctx.project.actions.is_empty() {
        let text = "Actions close gaps. Choose gaps and plan an action for them, or begin with an empty one.";
        let has_gaps = !ctx.analysis.gaps.is_empty();
        let button = if has_gaps { "Choose gaps" } else { "Add an action" };
        if empty_state(ui, ctx.palette, "Nothing planned yet", text, button) {
            if has_gaps {
                ctx.send(Action::Go(View::Gaps));
            } else {
                add(ctx, None);
            }
        }
        return;
    }
    keyboard(ui, ctx);
    page(
        ui,
        "plan",
        "Plan",
        "Actions in waves. Closing a gap changes no answer by itself: the assessor confirms with evidence.",
        |ui| {
            summary(ui, ctx);
            let closed = state.closed.get(ctx.session.revision(), || closed(ctx));
            for outcome in &ctx.analysis.roadmap {
                wave(ui, ctx, closed, outcome);
            }
            dropped(ui, ctx, closed);
            section(ui, "Levels once each wave is done", |ui| {
                ui.checkbox(&mut state.shows_levels, "Show every zone and conduit that changes");
                if state.shows_levels {
                    projection(ui, ctx);
                }
            });
        },
    );
}

fn add(ctx: &Context, wave: Option<Wave>) {
    let id = ActionId::random();
    let tag = next_tag("ACT-", ctx.project.actions.values().map(|it| &it.tag));
    ctx.put(Item::Action(id, PlanAction { tag, title: "New action".into(), wave, ..PlanAction::default() }));
    ctx.select(id);
}

fn summary(ui: &mut Ui, ctx: &Context) {
    let gaps = &ctx.analysis.gaps;
    let treated = gaps.iter().filter(|it| it.treatment != Treatment::Untreated).count();
    let overdue = ctx.project.actions.values().filter(|it| it.is_overdue(ctx.analysis.as_of)).count();
    let planned = || ctx.project.actions.values().filter(|it| it.treats());
    let done = planned().filter(|it| it.is_finished()).count();
    let dropped = ctx.project.actions.len() - planned().count();
    ui.horizontal_wrapped(|ui| {
        chip(ui, &counted(planned().count(), "action", "actions"), (ctx.palette.sunken, ctx.palette.text));
        chip(ui, &format!("{done} finished"), (ctx.palette.good_soft, ctx.palette.good));
        if dropped > 0 {
            chip(ui, &format!("{dropped} dropped"), (ctx.palette.sunken, ctx.palette.text));
        }
        if overdue > 0 {
            chip(ui, &format!("{overdue} overdue"), (ctx.palette.error_soft, ctx.palette.error));
        }
        chip(ui, &format!("{treated} of {} gaps treated", gaps.len()), (ctx.palette.hint_soft, ctx.palette.hint));
        if primary_button(ui, ctx.palette, "Add action").clicked() {
            add(ctx, None);
        }
    });
}

fn wave_title(wave: Wave) -> &'static str {
    match wave {
        Wave::Now => "Now, within 30 days",
        Wave::Next => "Next, within 90 days",
        Wave::NextOutage => "In the next outage",
        Wave::Later => "Later",
    }
}

fn wave(ui: &mut Ui, ctx: &Context, closed: &Closed, outcome: &WaveOutcome) {
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        ui.label(title(wave_title(outcome.wave)));
        ui.label(RichText::new(counted(outcome.actions.len(), "action", "actions")).weak());
    });
    for &id in &outcome.actions {
        if let Some(action) = ctx.project.actions.get(id) {
            row(ui, ctx, closed, id, action);
        }
    }
}

fn dropped(ui: &mut Ui, ctx: &Context, closed: &Closed) {
    let dropped: Vec<_> = ctx.project.actions.iter().filter(|(_, it)| !it.treats()).collect();
    if !dropped.is_empty() {
        section(ui, "Dropped", |ui| {
            for (id, action) in dropped {
                row(ui, ctx, closed, id, action);
            }
        });
    }
}

fn row(ui: &mut Ui, ctx: &Context, closed: &Closed, id: ActionId, action: &PlanAction) {
    let palette = ctx.palette;
    let is_selected = ctx.selection.contains(id);
    let closed = closed.get(&id).copied();
    let frame = egui::Frame::new()
        .fill(color32(if is_selected { palette.accent_soft } else { palette.raised }))
        .stroke(egui::Stroke::new(1.0, color32(palette.line)))
        .corner_radius(6.0)
        .inner_margin(egui::Margin::symmetric(10, 6));
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                // what closes what comes first; where there is little room the rest is in the inspector
                let (shows_owner, shows_due) = (ui.available_width() > 680.0, ui.available_width() > 560.0);
                cell(ui, 64.0, |ui| ui.add(egui::Label::new(strong(&action.tag)).truncate()));
                let owner_room = if shows_owner { 166.0 + 8.0 } else { 0.0 };
                let due_room = if shows_due { 84.0 + 8.0 } else { 0.0 };
                let shows_count = ui.available_width() > 380.0;
                let count_room = if shows_count { 64.0 + 8.0 } else { 0.0 };
                let others = 36.0 + 86.0 + 16.0 + count_room + owner_room + due_room;
                let room = (ui.available_width() - others).max(100.0);
                cell(ui, room, |ui| ui.add(egui::Label::new(action.title.as_str()).truncate()));
                cell(ui, 36.0, |ui| {
                    if let Some((_, band)) = closed {
                        band_chip(ui, palette, band, None);
                    }
                });
                if shows_count {
                    cell(ui, 64.0, |ui| {
                        ui.label(RichText::new(counted(closed.map_or(0, |it| it.0), "gap", "gaps")).weak())
                    });
                }
                let owner = if action.owner.is_empty() { "no owner" } else { action.owner.as_str() };
                if shows_owner {
                    cell(ui, 166.0, |ui| ui.add(egui::Label::new(RichText::new(owner).weak()).truncate()));
                }
                let due = action.due.map_or("no date".to_owned(), |due| due.to_string());
                if shows_due {
                    cell(ui, 84.0, |ui| ui.label(RichText::new(due).weak()));
                }
                status_chip(ui, ctx, action);
            });
        })
        .response;
    let response = pressable(ui, &response);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, true, is_selected, format!("{} {}", action.tag, action.title))
    });
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 6.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    if response.clicked() {
        ctx.select(id);
    }
}

fn status_chip(ui: &mut Ui, ctx: &Context, action: &PlanAction) {
    let palette = ctx.palette;
    if action.is_overdue(ctx.analysis.as_of) {
        chip(ui, "overdue", (palette.error_soft, palette.error));
        return;
    }
    let colors = match action.status {
        ActionStatus::Planned => (palette.sunken, palette.text),
        ActionStatus::InProgress => (palette.hint_soft, palette.hint),
        ActionStatus::Done | ActionStatus::Verified => (palette.good_soft, palette.good),
        ActionStatus::Dropped => (palette.sunken, palette.text_faint),
    };
    chip(ui, action.status.word(), colors);
}

/// Levels of the targets that any wave lifts, after each wave.
fn projection(ui: &mut Ui, ctx: &Context) {
    let changes = |target: &Target| {
        let today = ctx.analysis.achieved(*target);
        ctx.analysis.roadmap.iter().any(|outcome| outcome.projected.get(target).is_some_and(|it| *it != today))
    };
    let mut targets: Vec<Target> = ctx.project.targets().filter(changes).collect();
    targets.sort_by_key(|&target| (target.conduit().is_some(), ctx.project.target_tag(target)));
    if targets.is_empty() {
        ui.label(
            RichText::new("No level rises yet: an FR rises only once everything up to the next level is closed.")
                .weak(),
        );
        return;
    }
    ScrollArea::horizontal().show(ui, |ui| {
        egui::Grid::new("projection").num_columns(7).spacing([14.0, 4.0]).show(ui, |ui| {
            ui.label("");
            ui.label(strong("Target"));
            ui.label(strong("Today"));
            for outcome in &ctx.analysis.roadmap {
                ui.label(strong(outcome.wave.word()));
            }
            ui.end_row();
            for target in targets {
                let Some(levels) = ctx.analysis.target(target) else { continue };
                if ui.link(ctx.project.target_tag(target)).clicked() {
                    ctx.select(target);
                }
                let wanted = levels.target.map(|it| it.map(Some)).unwrap_or_default();
                level_row(ui, "SL-T", &level_cells(&wanted, ctx.palette));
                level_row(ui, "SL-A today", &achieved_cells(levels, ctx.palette));
                for outcome in &ctx.analysis.roadmap {
                    let after = outcome.projected.get(&target).copied().unwrap_or_default();
                    level_row(ui, outcome.wave.word(), &level_cells(&after, ctx.palette));
                }
                ui.end_row();
            }
        });
    });
}

fn keyboard(ui: &Ui, ctx: &Context) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let all: Vec<ActionId> = ctx.analysis.roadmap.iter().flat_map(|it| it.actions.iter().copied()).collect();
    let current = all.iter().position(|&id| ctx.selection.contains(id));
    let pressed = |key: Key| plain_key(ui, key);
    let there = if pressed(Key::ArrowDown) {
        Some(current.map_or(0, |place| place + 1))
    } else if pressed(Key::ArrowUp) {
        Some(current.unwrap_or(0).saturating_sub(1))
    } else {
        None
    };
    if let Some(&id) = there.and_then(|there| all.get(there)) {
        ctx.select(id);
    }
}
