//! Where an inherited answer comes from, and who inherits one.

use egui::{RichText, Ui};

use super::section;
use crate::analysis::answering::{End, chain as follow, heirs as heirs_of};
use crate::model::{GapKey, Status, Target};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::views::answers::status_word;

/// The way of an inherited answer: "from Z-SITE, there Met, EV-3".
pub(super) fn chain(ui: &mut Ui, ctx: &Context, key: GapKey) {
    let way = follow(ctx.project, key);
    ui.horizontal_wrapped(|ui| {
        for (place, &target) in way.through.iter().enumerate() {
            ui.label(if place == 0 { "From" } else { "which has it from" });
            link(ui, ctx, GapKey { target, ..key });
        }
        match way.end {
            End::At(source) => {
                let answer = ctx.project.answer(source, key.requirement);
                let status = answer.map_or(Status::NotAssessed, |it| it.status);
                let mut text = format!("there {}", status_word(status).to_lowercase());
                for id in answer.into_iter().flat_map(|it| &it.evidence) {
                    if let Some(evidence) = ctx.project.evidence.get(*id) {
                        text = format!("{text}, {}", evidence.tag);
                    }
                }
                ui.label(text);
            }
            End::Gone => {
                let text = "Inherited, but from where is not said: choose a source, or answer it here.";
                ui.label(RichText::new(text).color(ui.visuals().warn_fg_color));
            }
            End::Circle => {
                let text = "These inherit from each other in a circle: answer it at one of them.";
                ui.label(RichText::new(text).color(ui.visuals().warn_fg_color));
            }
        }
    });
    ui.label(RichText::new("Any other answer given here takes its place.").small().weak());
}

/// Who inherits this answer.
pub(super) fn heirs(ui: &mut Ui, ctx: &Context, key: GapKey) {
    let heirs = heirs_of(ctx.project, key);
    if heirs.is_empty() {
        return;
    }
    section(ui, "Inherited by");
    ui.horizontal_wrapped(|ui| {
        for target in heirs {
            link(ui, ctx, GapKey { target, ..key });
        }
    });
}

fn link(ui: &mut Ui, ctx: &Context, key: GapKey) {
    let tag = ctx.project.target_tag(key.target);
    if ui.link(tag).on_hover_text(ctx.project.target_name(key.target)).clicked() {
        ctx.send(Action::Select(Selection::answer(key.target, key.requirement)));
    }
}

/// The answers that come from a target, counted by who inherits them.
pub(super) fn of_target(ui: &mut Ui, ctx: &Context, target: Target) {
    let heirs = ctx.analysis.heirs(target);
    if heirs.is_empty() {
        return;
    }
    section(ui, "Answers inherited from here");
    for &(heir, count) in heirs {
        ui.horizontal(|ui| {
            if ui.link(ctx.project.target_tag(heir)).clicked() {
                ctx.select(heir);
            }
            ui.label(RichText::new(crate::ui::views::counted(count, "answer", "answers")).weak());
        });
    }
}
