//! The answers of one target, or of several together: levels, why they are no higher, and
//! requirement after requirement.

use std::cell::Cell;

use egui::{ComboBox, RichText, ScrollArea, Ui};

use super::filter;
use super::keys::{self, Reach};
use super::row::{Rows, Standing};
use super::take_over::{self, TakingOver, What};
use super::{RequirementsState, selection, why};
use crate::catalogue::Requirement;
use crate::model::{RequirementId, Target};
use crate::ui::action::{Action, View};
use crate::ui::answering::AnswerAction;
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::counted;

/// So many targets are named that are answered together.
const NAMED: usize = 60;

/// The answers of the open targets.
pub(super) fn answers(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    let targets = state.open.clone();
    header(ui, ctx, state, &targets);
    ui.add_space(4.0);
    let before = state.filter;
    filter::heads(ui, ctx, &mut state.filter);
    if let [target] = targets.as_slice()
        && let Some(levels) = ctx.analysis.target(*target)
    {
        why::vectors(ui, ctx, state, *target, levels);
    }
    let listing = state.listing(ctx, &targets);
    filter::bar(ui, ctx, &mut state.filter, &listing);
    let filtered = std::mem::replace(&mut state.filter, before);
    keys::keyboard(ui, ctx, state, &targets, filtered);
    let requirements: Vec<&Requirement> = listing.shown(ctx, state.filter).collect();
    ui.separator();
    if let Some(mut dialog) = state.take_over.take()
        && !take_over::show(ui, ctx, (&targets, &state.rows(ctx)), &mut dialog)
    {
        state.take_over = Some(dialog);
    }
    if requirements.is_empty() {
        ui.add_space(20.0);
        ui.label(RichText::new("No requirement under this filter. A shows all of them.").weak());
        return;
    }
    let scroll_to = state.scroll_to.take();
    let rows = Rows { ctx, targets: &targets, listing: &listing, height: Cell::new(state.row_height) };
    ScrollArea::vertical().auto_shrink([false, false]).id_salt(("answers", &targets)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for requirement in &requirements {
            let at = Standing {
                chosen: state.chosen.contains(&requirement.id),
                current: ctx.selection.requirement == Some(requirement.id),
                scroll: scroll_to == Some(requirement.id),
            };
            let response = rows.show(ui, requirement, at);
            if response.clicked() {
                choose(ui, ctx, state, &targets, &requirements, requirement.id);
            }
        }
        crate::ui::widgets::follow_focus(ui);
    });
    state.row_height = rows.height.get();
}

/// A click chooses one, with Ctrl one more or less, with Shift all up to it.
fn choose(
    ui: &Ui,
    ctx: &Context,
    state: &mut RequirementsState,
    targets: &[Target],
    listed: &[&Requirement],
    id: RequirementId,
) {
    let held = ui.input(|input| input.modifiers);
    let listed: Vec<RequirementId> = listed.iter().map(|it| it.id).collect();
    let at = if held.shift {
        keys::reach(state, &listed, id, Reach::Range);
        Some(id)
    } else if held.command {
        keys::reach(state, &listed, id, Reach::Toggle);
        state.anchor.filter(|it| state.chosen.contains(it)).or_else(|| state.chosen.first().copied())
    } else {
        keys::reach(state, &listed, id, Reach::Only);
        Some(id)
    };
    state.last = selection(targets, at);
    ctx.send(Action::Select(state.last.clone()));
}

fn header(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState, targets: &[Target]) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let lead = targets.first().copied().filter(|_| targets.len() == 1);
            if let Some(target) = lead {
                if ui.button("Show in diagram").clicked() {
                    ctx.go_to(View::Diagram, target);
                }
                let has_target = ctx.project.target_level(target).is_some();
                let hint = "In the diagram's inspector; without SL-T nothing is demanded";
                if !has_target && ui.button("Set target").on_hover_text(hint).clicked() {
                    ctx.go_to(View::Diagram, target);
                }
            }
            take_over_menu(ui, state, targets);
            if ui.available_width() > 420.0 {
                answering_as(ui, ctx);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if ui.button("‹  All").on_hover_text("All zones and conduits (Esc)").clicked() {
                    state.open.clear();
                }
                match targets {
                    [target] => {
                        ui.label(title(ctx.project.target_tag(*target)));
                        let name = RichText::new(ctx.project.target_name(*target)).size(15.0).weak();
                        ui.add(egui::Label::new(name).truncate());
                    }
                    several => {
                        ui.label(title(counted(several.len(), "target", "targets together")));
                        // more than there is room for
                        let tags = several.iter().take(NAMED).map(|&it| ctx.project.target_tag(it));
                        let tags: Vec<&str> = tags.collect();
                        ui.add(egui::Label::new(RichText::new(tags.join(", ")).weak()).truncate());
                    }
                }
            });
        });
    });
}

/// The ways to take over many answers at once.
fn take_over_menu(ui: &mut Ui, state: &mut RequirementsState, targets: &[Target]) {
    ui.menu_button("Take over", |ui| {
        for (what, words, key, hint) in What::ALL {
            let button = egui::Button::new(words).shortcut_text(key.name());
            if ui.add(button).on_hover_text(hint).clicked() {
                state.take_over = Some(TakingOver::new(what, targets, &state.chosen));
                ui.close();
            }
        }
    });
}

/// Whose role stands at the answers that are given now.
fn answering_as(ui: &mut Ui, ctx: &Context) {
    let role = &ctx.answering.role;
    let nobody = "nobody in particular";
    let shown = if role.is_empty() { nobody } else { role };
    let mut roles: Vec<&str> = ctx.project.scope.people.iter().map(|it| it.role.as_str()).collect();
    roles.retain(|it| !it.is_empty());
    roles.sort_unstable();
    roles.dedup();
    let choice =
        ComboBox::from_id_salt("answering as").selected_text(shown).width(150.0).truncate().show_ui(ui, |ui| {
            let answer_as = |ui: &mut Ui, it: &str, word: &str| {
                if ui.selectable_label(role == it, word).clicked() {
                    ctx.send(Action::Answers(AnswerAction::AnswerAs(it.to_owned())));
                }
            };
            answer_as(ui, "", nobody);
            for it in &roles {
                answer_as(ui, it, it);
            }
            if !role.is_empty() && !roles.contains(&role.as_str()) {
                answer_as(ui, role, role);
            }
            ui.separator();
            if ui.link("Name who takes part").on_hover_text("In Scope, by role").clicked() {
                ctx.send(Action::Go(View::Scope));
            }
        });
    let label = ui.label(RichText::new("Answering as").small().weak());
    choice.response.labelled_by(label.id).on_hover_text("The role that stands at the answers given from now on");
}
