//! The levels of a target: SL-T to set, SL-A and what is proven, and why.

use egui::{RichText, Ui};

use crate::analysis::derive;
use crate::drawing::levels::{level_cells, shortfall_cells};
use crate::edit::Edit;
use crate::model::{Fr, SecurityLevel, SlVector, Target, TargetLevel};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, fr_bars, level_row, multiline, singleline};

use super::section;
use super::several::{VARIOUS, alike};

/// Shows levels and lets SL-T be set.
pub(super) fn levels(ui: &mut Ui, ctx: &Context, target: Target) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    section(ui, "Security levels");
    fr_bars(ui, levels, ctx.palette, ui.available_width().min(300.0), 56.0);
    egui::Grid::new("levels").num_columns(2).spacing([10.0, 4.0]).show(ui, |ui| {
        let achieved = level_cells(&levels.achieved, ctx.palette);
        ui.label(RichText::new("Target").weak());
        target_editor(ui, ctx, target);
        ui.end_row();
        ui.label(RichText::new("Achieved").weak());
        let why = level_row(ui, "SL-A", &achieved);
        ui.end_row();
        ui.label(RichText::new("Proven").weak());
        level_row(ui, "SL-A evidenced", &level_cells(&levels.evidenced, ctx.palette));
        ui.end_row();
        ui.label(RichText::new("Short by").weak());
        let short = level_row(ui, "Shortfall", &shortfall_cells(levels, ctx.palette));
        ui.end_row();
        if let Some(fr) = why.or(short) {
            why_is_this(ctx, target, fr);
        }
    });
    if let Some(level) = ctx.project.target_level(target) {
        let change = |change: &dyn Fn(&mut TargetLevel)| {
            let mut level = level.clone();
            change(&mut level);
            Edit::SetTargetLevel(vec![target], Some(level))
        };
        multiline(ui, Field::new(ctx, "Why this target"), &level.reason, 2, |it| {
            change(&|level| level.reason.clone_from(&it))
        });
        singleline(ui, Field::new(ctx, "Decided by").hint("A role"), &level.decided_by, |it| {
            change(&|level| level.decided_by.clone_from(&it))
        });
    }
    proposal(ui, ctx, target);
    super::inherited::of_target(ui, ctx, target);
}

/// Goes to the requirement that holds an FR back first.
fn why_is_this(ctx: &Context, target: Target, fr: Fr) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    let capping = levels.capping(ctx.catalogue, fr);
    let first = ctx
        .catalogue
        .members(capping)
        .next()
        .or_else(|| ctx.catalogue.members(levels.scope & ctx.catalogue.of_fr(fr)).next());
    if let Some(requirement) = first {
        ctx.send(Action::GoTo(View::Requirements, Selection::answer(target, requirement.id)));
    }
}

/// Seven figures, each a menu of the five levels.
fn target_editor(ui: &mut Ui, ctx: &Context, target: Target) {
    let current = ctx.project.target_level(target);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for fr in Fr::ALL {
            let level = current.map(|it| it.levels[fr]);
            let (fill, ink) = level.map_or((ctx.palette.sunken, ctx.palette.text_faint), |it| ctx.palette.level(it));
            let text = level.map_or("–".to_owned(), |it| it.to_string());
            let text = RichText::new(text)
                .font(crate::ui::theme::font(crate::text::Face::SemiBold, 12.0))
                .color(crate::ui::theme::color32(ink));
            let button = egui::Button::new(text)
                .fill(crate::ui::theme::color32(fill))
                .min_size(egui::vec2(20.0, 20.0))
                .corner_radius(3.0);
            ui.spacing_mut().button_padding = egui::vec2(5.0, 0.0);
            let response = ui.add(button).accessible_name(format!("SL-T {fr} {}", fr.code()));
            egui::Popup::menu(&response).show(|ui| {
                ui.label(RichText::new(format!("{fr} {}", fr.name())).small().weak());
                for choice in SecurityLevel::ALL {
                    if ui.selectable_label(level == Some(choice), format!("SL {choice}")).clicked() {
                        let mut changed = current.cloned().unwrap_or_default();
                        changed.levels[fr] = choice;
                        ctx.edit(Edit::SetTargetLevel(vec![target], Some(changed)));
                        ui.close();
                    }
                }
            });
            response.on_hover_text(format!("{fr} {}: {}\nClick to set the target", fr.code(), fr.name()));
        }
    });
}

/// What the rules propose, and a button that takes it.
fn proposal(ui: &mut Ui, ctx: &Context, target: Target) {
    let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
    let current = ctx.project.target_level(target);
    let assumed = if proposal.is_assumed { " (assumed)" } else { "" };
    let why = format!(
        "Proposed from the worst consequence {}{assumed} and exploitability {}.",
        proposal.consequence, proposal.exploitability
    );
    ui.horizontal_wrapped(|ui| {
        let is_taken = current.is_some_and(|it| it.levels == proposal.levels);
        let button = egui::Button::new(format!("Take proposal: SL {} throughout", proposal.levels.highest()));
        if ui.add_enabled(!is_taken, button).on_hover_text(&why).clicked() {
            let reason = current.map(|it| it.reason.clone()).filter(|it| !it.is_empty()).unwrap_or(why);
            let level = TargetLevel { levels: proposal.levels, reason, ..current.cloned().unwrap_or_default() };
            ctx.edit(Edit::SetTargetLevel(vec![target], Some(level)));
        }
        if current.is_some() && ui.button("Clear").clicked() {
            ctx.edit(Edit::SetTargetLevel(vec![target], None));
        }
    });
}

/// The same level throughout for several targets.
pub(super) fn set_for_several(ui: &mut Ui, ctx: &Context, targets: &[Target]) {
    let now = alike(targets.iter().map(|it| ctx.project.target_level(*it).map(|it| it.levels)));
    let differ = if now.is_none() { format!(" ({VARIOUS})") } else { String::new() };
    ui.label(RichText::new(format!("SL-T, the same for each FR{differ}")).small().weak());
    ui.horizontal_wrapped(|ui| {
        for level in SecurityLevel::ALL.into_iter().skip(1) {
            let is_so = now == Some(Some(SlVector::uniform(level)));
            if ui.add(egui::Button::new(format!("SL {level}")).selected(is_so)).clicked() {
                let level = TargetLevel { levels: SlVector::uniform(level), ..TargetLevel::default() };
                ctx.edit(Edit::SetTargetLevel(targets.to_vec(), Some(level)));
            }
        }
    });
}
