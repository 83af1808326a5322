//! Target, achieved and proven, and "Why is this 1?": what caps a level, and what lifts it.

use egui::{RichText, Ui};

use super::RequirementsState;
use super::filter::{Filter, Show};
use crate::analysis::TargetLevels;
use crate::catalogue::RequirementSet;
use crate::drawing::levels::{level_cells, shortfall_cells};
use crate::model::{Fr, SecurityLevel, Target};
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
        state.filter = Filter { show: Show::All, fr: Some(fr) };
    }
    if let Some(fr) = state.filter.fr {
        why(ui, ctx, target, levels, fr);
    }
}

/// How many requirements are named at once.
const LINKS: usize = 8;

/// "Why is this 1?": what caps the level, and what lifts it to each next one.
fn why(ui: &mut Ui, ctx: &Context, target: Target, levels: &TargetLevels, fr: Fr) {
    let Some(achieved) = levels.achieved[fr] else { return };
    let links = |ui: &mut Ui, set: RequirementSet| {
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
