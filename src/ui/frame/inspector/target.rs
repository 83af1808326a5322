//! The levels of a target: SL-T to set, SL-A and what is proven, and why.

use egui::{RichText, Ui};

use crate::analysis::answering::Signature;
use crate::analysis::derive;
use crate::drawing::levels::{achieved_cells, proven_cells, shortfall_cells};
use crate::edit::Edit;
use crate::model::{Fr, SecurityLevel, SlVector, Target, TargetLevel};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, date_field, fr_bars, level_row, multiline, singleline, wrapped};

use super::section;
use super::several::{VARIOUS, alike};

/// Shows levels and lets SL-T be set.
pub(super) fn levels(ui: &mut Ui, ctx: &Context, target: Target) {
    let Some(levels) = ctx.analysis.target(target) else { return };
    section(ui, "Security levels");
    fr_bars(ui, levels, ctx.palette, ui.available_width().min(300.0), 56.0);
    egui::Grid::new("levels").num_columns(2).spacing([10.0, 4.0]).show(ui, |ui| {
        let achieved = achieved_cells(levels, ctx.palette);
        ui.label(RichText::new("Target").weak());
        target_editor(ui, ctx, target);
        ui.end_row();
        ui.label(RichText::new("Achieved").weak());
        let why = level_row(ui, "Achieved", &achieved);
        ui.end_row();
        ui.label(RichText::new("Proven").weak());
        level_row(ui, "Proven", &proven_cells(levels, ctx.palette));
        ui.end_row();
        ui.label(RichText::new("Short by").weak());
        let short = level_row(ui, "Short by", &shortfall_cells(levels, ctx.palette));
        ui.end_row();
        if let Some(fr) = why.or(short) {
            why_is_this(ctx, target, fr);
        }
    });
    if let Some(level) = ctx.project.target_level(target) {
        reasons(ui, ctx, target, level);
    }
    proposal(ui, ctx, target);
    super::inherited::of_target(ui, ctx, target);
}

/// Why this SL-T, why it deviates FR by FR, who decided and when.
fn reasons(ui: &mut Ui, ctx: &Context, target: Target, level: &TargetLevel) {
    let change = |change: &dyn Fn(&mut TargetLevel)| {
        let mut level = level.clone();
        change(&mut level);
        Edit::SetTargetLevel(vec![target], Some(level))
    };
    multiline(ui, Field::new(ctx, "Why this target"), &level.reason, 2, |it| change(&|level| level.give_reason(&it)));
    if let Some(given_for) = level.reason_for {
        ui.label(RichText::new(format!("It was given when the target was {given_for:#}.")).small().weak());
    }
    let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
    let deviating = derive::deviations(level, &proposal);
    for fr in Fr::ALL {
        let reason = level.deviations.get(&fr).map_or("", String::as_str);
        if !deviating.contains(&fr) && reason.is_empty() {
            continue;
        }
        let (set, proposed) = (level.levels[fr], proposal.levels[fr]);
        let label = format!("Why {} is {set} and not {proposed}", fr.code());
        let label = if set == proposed { format!("{} is as proposed", fr.code()) } else { label };
        ui.push_id(("deviation", fr.number()), |ui| {
            wrapped(ui, Field::new(ctx, &label).hint("A reason for the auditor"), reason, |it| {
                change(&|level| level.give_deviation(fr, &it))
            });
        });
    }
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            singleline(left, Field::new(ctx, "Decided by").hint("A role"), &level.decided_by, |it| {
                change(&|level| level.decided_by.clone_from(&it))
            });
            date_field(right, Field::new(ctx, "Decided on"), [target], level.decided_on, |it| {
                change(&|level| level.decided_on = it)
            });
        }
    });
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
                        let (factors, by) = (&ctx.analysis.factors, signature(ctx));
                        let changed = derive::with_level(ctx.project, factors, target, Some(fr), choice, by);
                        ctx.edit(Edit::SetTargetLevel(vec![target], Some(changed)));
                        ui.close();
                    }
                }
            });
            response.on_hover_text(format!("{fr} {}: {}\nClick to set the target", fr.code(), fr.name()));
        }
    });
}

/// What the rules and the neighbours propose, with a button that takes each.
fn proposal(ui: &mut Ui, ctx: &Context, target: Target) {
    let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
    let current = ctx.project.target_level(target);
    let by = signature(ctx);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let is_taken = current.is_some_and(|it| it.levels == proposal.levels);
        let button = egui::Button::new(format!("Take proposal: SL {} throughout", proposal.levels.highest()));
        if ui.add_enabled(!is_taken, button).on_hover_text(proposal.reason()).clicked() {
            let level = derive::decided(ctx.project, target, proposal.levels, &proposal.reason(), by);
            ctx.edit(Edit::SetTargetLevel(vec![target], Some(level)));
        }
        if current.is_some() && ui.button("Clear").clicked() {
            ctx.edit(Edit::SetTargetLevel(vec![target], None));
        }
    });
    if proposal.is_assumed {
        let text = format!("This assumes consequence {}: nobody has rated it yet.", proposal.consequence);
        ui.label(RichText::new(text).small().weak());
    }
    let Some(neighbours) = derive::from_neighbours(ctx.project, target) else { return };
    let is_below = current.is_some_and(|it| Fr::ALL.iter().any(|&fr| it.levels[fr] < neighbours.levels[fr]));
    let is_taken = current.is_some_and(|it| it.levels == neighbours.levels);
    let button = egui::Button::new(format!("Take from neighbours: {:#}", neighbours.levels));
    if ui.add_enabled(!is_taken, button).on_hover_text(&neighbours.reason).clicked() {
        let level = derive::decided(ctx.project, target, neighbours.levels, &neighbours.reason, by);
        ctx.edit(Edit::SetTargetLevel(vec![target], Some(level)));
    }
    let below = if is_below { " The target is below that." } else { "" };
    ui.label(RichText::new(format!("{}{below}", neighbours.reason)).small().weak());
}

/// Who decides now.
fn signature<'a>(ctx: &Context<'a>) -> Signature<'a> {
    Signature { role: &ctx.answering.role, on: ctx.analysis.as_of }
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
                ctx.edit(set_all(targets, |target| {
                    derive::with_level(ctx.project, &ctx.analysis.factors, target, None, level, signature(ctx))
                }));
            }
        }
        if ui.button("Take each proposal").on_hover_text("From consequence and exploitability").clicked() {
            ctx.edit(set_all(targets, |target| {
                let proposal = derive::propose(ctx.project, &ctx.analysis.factors, target);
                derive::decided(ctx.project, target, proposal.levels, &proposal.reason(), signature(ctx))
            }));
        }
    });
}

/// The SL-T of several targets, each its own, as one step.
pub fn set_all(targets: &[Target], level: impl Fn(Target) -> TargetLevel) -> Edit {
    let set = targets.iter().map(|&target| Edit::SetTargetLevel(vec![target], Some(level(target))));
    Edit::Several(format!("set SL-T of {} targets", targets.len()), set.collect())
}
