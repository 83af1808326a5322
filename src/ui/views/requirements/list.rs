//! The answers of one target: its levels, why they are no higher, and requirement after requirement.

use egui::{Key, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

use super::matrix::targets;
use super::{RequirementsState, Show};
use crate::analysis::TargetLevels;
use crate::catalogue::Requirement;
use crate::drawing::levels::{level_cells, shortfall_cells};
use crate::edit::Edit;
use crate::model::{Fr, GapKey, Known, RequirementId, SecurityLevel, Status, Target};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong, title};
use crate::ui::views::answers::{STATUSES, set_status, status_word};
use crate::ui::widgets::{cell, chip, level_row, plain_key};

/// The requirements listed under the filters.
fn shown<'a>(ctx: &Context<'a>, state: &RequirementsState, levels: &TargetLevels) -> Vec<&'a Requirement> {
    let among = match state.show {
        Show::All => levels.scope,
        Show::Demanded => levels.demanded,
        Show::Open => levels.scope.without(levels.standing.satisfied).without(levels.standing.violated),
        Show::Gaps => levels.gaps(),
        Show::Unproven => (levels.scope & levels.standing.satisfied).without(levels.standing.proven),
    };
    let among = state.fr.map_or(among, |fr| among & ctx.catalogue.of_fr(fr));
    ctx.catalogue.members(among & levels.scope).collect()
}

pub(super) fn first_shown(ctx: &Context, state: &RequirementsState, levels: &TargetLevels) -> Option<RequirementId> {
    shown(ctx, state, levels).first().map(|it| it.id)
}

/// The answers of one target.
pub(super) fn answers(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, target: Target) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Show in diagram").clicked() {
                ctx.go_to(View::Diagram, target);
            }
            if levels.target.is_none()
                && ui
                    .button("Set target")
                    .on_hover_text("In the diagram's inspector; without SL-T nothing is demanded")
                    .clicked()
            {
                ctx.go_to(View::Diagram, target);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if ui.button("‹  All").on_hover_text("All zones and conduits (Esc)").clicked() {
                    state.open = None;
                }
                ui.label(title(ctx.project.target_tag(target)));
                let name = RichText::new(ctx.project.target_name(target)).size(15.0).weak();
                ui.add(egui::Label::new(name).truncate());
            });
        });
    });
    ui.add_space(4.0);
    vectors(ui, ctx, state, target, levels);
    filters(ui, ctx, state, levels);
    let requirements = shown(ctx, state, levels);
    keyboard(ui, ctx, state, target, &requirements);
    ui.separator();
    if requirements.is_empty() {
        ui.add_space(20.0);
        ui.label(RichText::new("No requirement under this filter.").weak());
        return;
    }
    let scroll_to = state.scroll_to.take();
    ScrollArea::vertical().auto_shrink([false, false]).id_salt(("answers", target)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for requirement in requirements {
            answer_row(ui, ctx, target, levels, requirement, scroll_to == Some(requirement.id));
        }
    });
}

/// Target, achieved and proven; a click on a figure says why it is no higher.
fn vectors(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, target: Target, levels: &TargetLevels) {
    let target_cells = level_cells(&levels.target.map(|it| it.map(Some)).unwrap_or_default(), ctx.palette);
    let rows = [
        ("SL-T", target_cells),
        ("SL-A", level_cells(&levels.achieved, ctx.palette)),
        ("Proven", level_cells(&levels.evidenced, ctx.palette)),
        ("Short", shortfall_cells(levels, ctx.palette)),
    ];
    let mut asked = None;
    let in_a_line = match ui.available_width() {
        ..430.0 => 1,
        430.0..840.0 => 2,
        _ => 4,
    };
    for line in rows.chunks(in_a_line) {
        ui.horizontal(|ui| {
            for (name, cells) in line {
                cell(ui, 40.0, |ui| ui.label(RichText::new(*name).small().weak()));
                asked = level_row(ui, name, cells).or(asked);
                ui.add_space(6.0);
            }
        });
    }
    if let Some(fr) = asked {
        state.fr = Some(fr);
        state.show = Show::All;
    }
    if let Some(fr) = state.fr {
        why(ui, ctx, target, levels, fr);
    }
}

/// How many requirements are named at once.
const LINKS: usize = 8;

/// "Why is this 1?": what caps the level, and what lifts it to each next one.
fn why(ui: &mut Ui, ctx: &Context, target: Target, levels: &TargetLevels, fr: Fr) {
    let Some(achieved) = levels.achieved[fr] else { return };
    let links = |ui: &mut Ui, set: crate::catalogue::RequirementSet| {
        for requirement in ctx.catalogue.members(set).take(LINKS) {
            if ui.link(requirement.id.to_string()).on_hover_text(&requirement.title).clicked() {
                ctx.send(Action::Select(Selection::answer(target, requirement.id)));
            }
        }
        if set.len() > LINKS {
            ui.label(RichText::new(format!("and {} more", set.len() - LINKS)).weak());
        }
    };
    egui::Frame::new().fill(color32(ctx.palette.window)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(strong(format!("Why is {} at {achieved}?", fr.code())));
            if achieved == SecurityLevel::MAX {
                ui.label("It is at the top: everything in scope is satisfied.");
            } else {
                ui.label("Held back by");
                links(ui, levels.capping(ctx.catalogue, fr));
            }
        });
        for level in SecurityLevel::ALL.into_iter().filter(|it| *it > achieved.next()) {
            let missing = levels.missing_for(ctx.catalogue, fr, level);
            let before =
                levels.missing_for(ctx.catalogue, fr, SecurityLevel::new(level.number() - 1).unwrap_or_default());
            let further = missing.without(before);
            if further.is_empty() {
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("For {level} besides")).weak());
                links(ui, further);
            });
        }
    });
}

fn filters(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, levels: &TargetLevels) {
    ui.horizontal_wrapped(|ui| {
        for (show, word) in Show::ALL {
            let count =
                shown(ctx, &RequirementsState { show, fr: state.fr, ..RequirementsState::default() }, levels).len();
            ui.selectable_value(&mut state.show, show, format!("{word} {count}"));
        }
        ui.separator();
        ui.selectable_value(&mut state.fr, None, "All FRs");
        for fr in Fr::ALL {
            ui.selectable_value(&mut state.fr, Some(fr), fr.code()).on_hover_text(format!("{fr}: {}", fr.name()));
        }
    });
}

fn answer_row(
    ui: &mut Ui,
    ctx: &Context,
    target: Target,
    levels: &TargetLevels,
    requirement: &Requirement,
    scroll: bool,
) {
    let palette = ctx.palette;
    let id = requirement.id;
    let index = ctx.catalogue.index(id).unwrap_or(usize::MAX);
    let is_selected = ctx.selection.requirement == Some(id) && ctx.selection.contains(target);
    let answer = ctx.project.answer(target, id);
    let status = answer.map_or(Status::NotAssessed, |it| it.status);
    let frame = egui::Frame::new()
        .fill(color32(if is_selected { palette.accent_soft } else { palette.panel }))
        .corner_radius(4.0)
        .inner_margin(egui::Margin::symmetric(8, 4));
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                // what is above the target is shown, but quietly
                let is_demanded = levels.demanded.contains(index);
                let indent = if id.is_sr() { 0.0 } else { 14.0 };
                ui.add_space(indent);
                let name = format!("{id}");
                let name = if is_demanded { strong(name) } else { RichText::new(name).weak() };
                cell(ui, 92.0 - indent, |ui| ui.label(name));
                chip(ui, &requirement.gate.to_string(), palette.level(requirement.gate))
                    .on_hover_text(format!("Demanded from SL {}", requirement.gate));
                let room = (ui.available_width() - 150.0).max(60.0);
                let text = RichText::new(&requirement.title);
                let text = if is_demanded { text } else { text.weak() };
                cell(ui, room, |ui| ui.add(egui::Label::new(text).truncate().selectable(false)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    status_chip(ui, ctx, status);
                    if levels.standing.proven.contains(index) && status != Status::NotApplicable {
                        chip(ui, "proven", (palette.good_soft, palette.good));
                    }
                    if answer.is_some_and(|it| it.review) {
                        chip(ui, "review", (palette.warning_soft, palette.warning));
                    }
                });
            });
            if let Some(text) = answer.map(said).filter(|it| !it.is_empty()) {
                ui.horizontal(|ui| {
                    ui.add_space(102.0);
                    ui.add(egui::Label::new(RichText::new(text).small().weak()).truncate());
                });
            }
        })
        .response;
    let response = response.interact(Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::Button,
            true,
            is_selected,
            format!("{id} {}, {}", requirement.title, status_word(status)),
        )
    });
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    if scroll {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        ctx.send(Action::Select(Selection::answer(target, id)));
    }
}

fn said(answer: &crate::model::Answer) -> String {
    let text = match answer.status {
        Status::Compensated if !answer.countermeasure.is_empty() => &answer.countermeasure,
        Status::NotApplicable if !answer.justification.is_empty() => &answer.justification,
        _ => &answer.notes,
    };
    text.lines().next().unwrap_or_default().to_owned()
}

fn status_chip(ui: &mut Ui, ctx: &Context, status: Status) {
    let palette = ctx.palette;
    let colors = match status {
        Status::Met => (palette.good_soft, palette.good),
        Status::Compensated | Status::NotApplicable | Status::Inherited(Some(_)) => (palette.hint_soft, palette.hint),
        Status::Partial => (palette.warning_soft, palette.warning),
        Status::NotMet | Status::Inherited(None) => (palette.error_soft, palette.error),
        Status::NotAssessed => (palette.sunken, palette.text_weak),
    };
    let text = match status {
        Status::Inherited(Some(source)) => format!("from {}", ctx.project.target_tag(source)),
        status => status_word(status).to_owned(),
    };
    chip(ui, &text, colors);
}

/// Keys to move and to answer, while no field is being typed in.
fn keyboard(ui: &Ui, ctx: &Context, state: &mut RequirementsState, target: Target, requirements: &[&Requirement]) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let current = requirements.iter().position(|it| ctx.selection.requirement == Some(it.id));
    let go = |state: &mut RequirementsState, place: usize| {
        if let Some(requirement) = requirements.get(place) {
            state.scroll_to = Some(requirement.id);
            state.last_selected = Some(requirement.id);
            ctx.send(Action::Select(Selection::answer(target, requirement.id)));
        }
    };
    let pressed = |key: Key| plain_key(ui, key);
    let next = current.map_or(0, |place| place + 1);
    if pressed(Key::ArrowDown) {
        go(state, next);
    }
    if pressed(Key::ArrowUp) {
        go(state, current.unwrap_or(0).saturating_sub(1));
    }
    if pressed(Key::Escape) {
        state.open = None;
    }
    for (key, back) in [(Key::PageDown, false), (Key::PageUp, true)] {
        if pressed(key) {
            let all = targets(ctx);
            let here = all.iter().position(|(it, _)| *it == target).unwrap_or(0);
            let there = if back { here.checked_sub(1) } else { Some(here + 1) };
            if let Some(&(other, _)) = there.and_then(|there| all.get(there)) {
                state.open = Some(other);
                ctx.send(Action::Select(Selection {
                    subjects: vec![other.into()],
                    requirement: ctx.selection.requirement,
                }));
            }
        }
    }
    let Some(requirement) = current.and_then(|place| requirements.get(place)) else { return };
    let key = GapKey { target, requirement: requirement.id };
    let numbers = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    for (number, status) in STATUSES {
        let is_pressed = numbers.get(usize::from(number)).is_some_and(|&key| pressed(key));
        if is_pressed {
            set_status(ctx, &[key], status);
            // an answer that needs its text stays, the others go on to the next
            if !matches!(status, Status::Compensated | Status::NotApplicable) {
                go(state, next.min(requirements.len().saturating_sub(1)));
            }
        }
    }
    for (letter, capable) in [(Key::Y, Known::Yes), (Key::N, Known::No), (Key::U, Known::Unknown)] {
        if pressed(letter) {
            let mut answer = ctx.project.answer(target, requirement.id).cloned().unwrap_or_default();
            answer.capable = capable;
            ctx.edit(Edit::Answer(vec![(key, answer)]));
        }
    }
}
