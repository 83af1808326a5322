//! The requirements that counter a scenario, and how each stands where it would strike.

use egui::{RichText, Ui};

use super::super::section;
use super::Change;
use crate::drawing::palette::Color;
use crate::model::{RequirementId, Risk, Status, Target};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::views::answers::status_word;
use crate::ui::widgets::{chip_button, pick};

pub(super) fn show(ui: &mut Ui, ctx: &Context, risk: &Risk, change: &Change) {
    section(ui, "Requirements that counter it");
    let name = |it: RequirementId| {
        ctx.catalogue.requirement(it).map_or(it.to_string(), |known| format!("{it}  {}", known.title))
    };
    let mut targets: Vec<Target> = risk.targets.iter().copied().collect();
    targets.sort_by_key(|&it| ctx.project.target_tag(it));
    for &requirement in &risk.requirements {
        ui.horizontal_wrapped(|ui| {
            ui.label(name(requirement));
            let button = ui.small_button("×").on_hover_text("Take it out");
            if button.accessible_name(format!("Take out {requirement}")).clicked() {
                ctx.edit(change(&|risk| {
                    risk.requirements.remove(&requirement);
                }));
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.add_space(10.0);
            for &target in &targets {
                standing(ui, ctx, target, requirement);
            }
        });
    }
    if risk.requirements.is_empty() {
        ui.label(RichText::new("None named yet. Those that are show here how they stand.").weak());
    } else if targets.is_empty() {
        ui.label(RichText::new("Name a zone or conduit to see how they stand there.").small().weak());
    }
    let others = || {
        let known = ctx.catalogue.requirements().iter().map(|it| it.id);
        known.filter(|it| !risk.requirements.contains(it)).map(|it| (name(it), it)).collect()
    };
    if let Some(requirement) = pick(ui, "Add requirement", "All requirements are named.", others) {
        ctx.edit(change(&|risk| {
            risk.requirements.insert(requirement);
        }));
    }
}

/// How a requirement stands at a target: a chip that goes to the answer.
fn standing(ui: &mut Ui, ctx: &Context, target: Target, requirement: RequirementId) {
    let palette = ctx.palette;
    let tag = ctx.project.target_tag(target);
    let (Some(levels), Some(index)) = (ctx.analysis.target(target), ctx.catalogue.index(requirement)) else { return };
    let quiet = (palette.sunken, palette.text_weak);
    let (word, colors): (&str, (Color, Color)) = if !levels.scope.contains(index) {
        ("not in scope", quiet)
    } else if levels.standing.satisfied.contains(index) {
        ("met", (palette.good_soft, palette.good))
    } else if levels.standing.violated.contains(index) {
        if levels.demanded.contains(index) {
            ("gap", (palette.error_soft, palette.error))
        } else {
            ("not met, not demanded", (palette.warning_soft, palette.warning))
        }
    } else {
        ("open", (palette.hint_soft, palette.hint))
    };
    let text = format!("{tag} {word}");
    let response = chip_button(ui, &text, colors);
    let spoken = format!("{requirement} at {text}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, spoken.as_str()));
    let status = ctx.project.answer(target, requirement).map_or(Status::NotAssessed, |it| it.status);
    if response.on_hover_text(format!("{}. Click for the answer.", status_word(status))).clicked() {
        ctx.send(Action::GoTo(View::Requirements, Selection::answer(target, requirement)));
    }
}
