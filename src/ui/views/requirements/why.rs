//! Target, achieved and proven, and "Why is this 1?": what caps a level, and what lifts it.

use egui::{RichText, Ui};

use super::RequirementsState;
use super::filter::{Filter, Show};
use crate::analysis::TargetLevels;
use crate::analysis::answering::{Lift, lifts};
use crate::drawing::levels::{achieved_cells, level_cells, proven_cells, shortfall_cells};
use crate::model::{Fr, Target};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{cell, level_row};

/// Target, achieved and proven; a click on a figure says why it is no higher.
pub(super) fn vectors(
    ui: &mut Ui,
    ctx: &Context,
    state: &mut RequirementsState,
    target: Target,
    levels: &TargetLevels,
) {
    let target_cells = level_cells(&levels.target.map(|it| it.map(Some)).unwrap_or_default(), ctx.palette);
    let rows = [
        ("Target", target_cells),
        ("Achieved", achieved_cells(levels, ctx.palette)),
        ("Proven", proven_cells(levels, ctx.palette)),
        ("Short by", shortfall_cells(levels, ctx.palette)),
    ];
    let table = |ui: &mut Ui| {
        let mut asked = None;
        ui.spacing_mut().item_spacing.y = 2.0;
        for (name, cells) in &rows {
            ui.horizontal(|ui| {
                cell(ui, name_width(ctx), |ui| ui.label(RichText::new(*name).small().weak()));
                asked = level_row(ui, name, cells).or(asked);
            });
        }
        asked
    };
    let reason = |ui: &mut Ui, state: &mut RequirementsState| {
        let Some(fr) = state.filter.fr else { return };
        let from = (ctx.session.revision(), target, fr);
        let lifts = state.lifts.get(from, || lifts(ctx.project, ctx.catalogue, levels, target, fr));
        why(ui, ctx, target, levels, fr, lifts);
    };
    let asked = if ui.available_width() < BESIDE {
        let asked = ui.scope(table).inner;
        reason(ui, state);
        asked
    } else {
        ui.horizontal_top(|ui| {
            let asked = ui.vertical(table).inner;
            ui.add_space(8.0);
            ui.vertical(|ui| reason(ui, state));
            asked
        })
        .inner
    };
    if let Some(fr) = asked {
        state.filter = Filter { show: Show::All, fr: Some(fr) };
    }
}

/// From this width on the reason stands beside the figures that it is about.
const BESIDE: f32 = 560.0;

/// The room for the name of a row of figures.
pub(super) fn name_width(ctx: &Context) -> f32 {
    54.0 * ctx.palette.type_size
}

/// How many answers are named at once.
const LINKS: usize = 12;

/// "Why is this 1?": what caps the level, and the fewest answers that lift it to each next one.
fn why(ui: &mut Ui, ctx: &Context, target: Target, levels: &TargetLevels, fr: Fr, lifts: &[Lift]) {
    let Some(achieved) = levels.achieved[fr] else { return };
    egui::Frame::new().fill(color32(ctx.palette.window)).corner_radius(6.0).inner_margin(8.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let question = strong(format!("Why is {} at {achieved}?", fr.code()));
        let Some((first, further)) = lifts.split_first() else {
            ui.horizontal_wrapped(|ui| {
                ui.label(question);
                ui.label("Nothing holds it back: everything in scope is satisfied.");
            });
            return;
        };
        // where nothing is asked between two levels, the first step goes further than one
        ui.horizontal_wrapped(|ui| {
            ui.label(question);
            ui.label("Held back by");
            answers(ui, ctx, target, first);
            if let [next, ..] = further {
                let reached = next.level.number() - 1;
                ui.label(RichText::new(format!("With these it is {reached}.")).weak());
            } else {
                ui.label(RichText::new("With these it is 4.").weak());
            }
        });
        for lift in further {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("For {} besides", lift.level)).weak());
                answers(ui, ctx, target, lift);
            });
        }
    });
}

/// The answers of a step, each to be gone to; an inherited one at its source.
fn answers(ui: &mut Ui, ctx: &Context, target: Target, lift: &Lift) {
    for missing in lift.answers.iter().take(LINKS) {
        let key = missing.key;
        let mut words = key.requirement.to_string();
        let mut hint = ctx.catalogue.requirement(key.requirement).map_or(String::new(), |it| it.title.clone());
        if key.target != target {
            words = format!("{words} at {}", ctx.project.target_tag(key.target));
            hint = format!("{hint}\nInherited: it is answered there");
        }
        if !missing.serves.is_empty() {
            let tags: Vec<&str> = missing.serves.iter().take(6).map(|&it| ctx.project.target_tag(it)).collect();
            hint = format!("{hint}\nThe same answer serves {}", tags.join(", "));
        }
        if ui.link(words).on_hover_text(hint).clicked() {
            ctx.send(Action::Select(Selection::answer(key.target, key.requirement)));
        }
    }
    if lift.answers.len() > LINKS {
        ui.label(RichText::new(format!("and {} more", lift.answers.len() - LINKS)).weak());
    }
}
