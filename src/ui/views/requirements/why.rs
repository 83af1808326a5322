//! Target, achieved and proven, and "Why is this 1?": what caps a level, and what lifts it.

use egui::{RichText, ScrollArea, Ui};

use super::RequirementsState;
use super::filter::Filter;
use crate::analysis::TargetLevels;
use crate::analysis::answering::{Lift, Missing, lifts};
use crate::drawing::levels::{achieved_cells, level_cells, proven_cells, shortfall_cells};
use crate::model::{Fr, SecurityLevel, Status, Target};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::views::answers::status_word;
use crate::ui::widgets::{cell, chip, level_row};

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
        if why(ui, ctx, (target, fr), levels, lifts) {
            state.filter.fr = None;
        }
    };
    let asked = if ui.available_width() < BESIDE {
        let asked = ui.scope(table).inner;
        ui.add_space(2.0);
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
        state.filter = Filter { fr: Some(fr), ..Filter::default() };
    }
}

/// From this width on the reason stands beside the figures that it is about.
const BESIDE: f32 = 880.0;

/// From this width on what holds a level back and what lifts it stand side by side.
const TWO_COLUMNS: f32 = 420.0;

/// The share of what is left of the page that the reason may take.
const HIGHEST: f32 = 0.45;

/// The room for the name of a row of figures.
pub(super) fn name_width(ctx: &Context) -> f32 {
    54.0 * ctx.palette.type_size
}

/// How many answers are named at once.
const LINKS: usize = 12;

/// "Why is this 1?": what caps the level, and the fewest answers that lift it to each next one.
/// Returns whether it is put away.
fn why(ui: &mut Ui, ctx: &Context, (target, fr): (Target, Fr), levels: &TargetLevels, lifts: &[Lift]) -> bool {
    let Some(achieved) = levels.achieved[fr] else { return false };
    let mut is_left = false;
    let highest = (ui.available_height() * HIGHEST).max(90.0);
    let frame = egui::Frame::new().fill(color32(ctx.palette.window)).corner_radius(6.0).inner_margin(8.0);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(strong(format!("Why is {} at {achieved}?", fr.code())));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                is_left = ui.small_button("Close").on_hover_text("Esc: all FRs again").clicked();
            });
        });
        let Some((first, further)) = lifts.split_first() else {
            ui.label("Nothing holds it back: everything in scope is satisfied.");
            return;
        };
        let area = ScrollArea::vertical().id_salt(("why", fr)).max_height(highest).auto_shrink([false, true]);
        area.show(ui, |ui| {
            if ui.available_width() < TWO_COLUMNS {
                holds_back(ui, ctx, target, first);
                ui.add_space(4.0);
                lifts_it(ui, ctx, target, first, further);
            } else {
                ui.columns(2, |columns| {
                    if let [left, right] = columns {
                        holds_back(left, ctx, target, first);
                        lifts_it(right, ctx, target, first, further);
                    }
                });
            }
            crate::ui::widgets::follow_focus(ui);
        });
    });
    is_left
}

/// What caps the level, each with its title and how it is answered.
fn holds_back(ui: &mut Ui, ctx: &Context, target: Target, first: &Lift) {
    ui.label(RichText::new("Held back by").small().weak());
    ui.spacing_mut().item_spacing.y = 2.0;
    for missing in first.answers.iter().take(LINKS) {
        let key = missing.key;
        let title = ctx.catalogue.requirement(key.requirement).map_or("", |it| it.title.as_str());
        let status = ctx.project.answer(key.target, key.requirement).map_or(Status::NotAssessed, |it| it.status);
        ui.horizontal(|ui| {
            answer(ui, ctx, target, missing);
            let words = RichText::new(format!("{}. {title}", status_word(status))).small().weak();
            ui.add(egui::Label::new(words).truncate());
        });
    }
    rest(ui, first);
}

/// The fewest answers for each next level. Where nothing is asked between two, the first step goes
/// further than one.
fn lifts_it(ui: &mut Ui, ctx: &Context, target: Target, first: &Lift, further: &[Lift]) {
    ui.label(RichText::new("What lifts it").small().weak());
    ui.spacing_mut().item_spacing.y = 2.0;
    let reached = further.first().map_or(4, |next| next.level.number() - 1);
    ui.horizontal_wrapped(|ui| {
        level_chip(ui, ctx, SecurityLevel::new(reached));
        ui.label(match first.answers.len() {
            1 => "with the one that holds it back".to_owned(),
            count => format!("with the {count} that hold it back"),
        });
    });
    for (place, lift) in further.iter().enumerate() {
        ui.horizontal_wrapped(|ui| {
            let reached = further.get(place + 1).map_or(4, |next| next.level.number() - 1);
            level_chip(ui, ctx, SecurityLevel::new(reached));
            ui.label(RichText::new("besides with").weak());
            for missing in lift.answers.iter().take(LINKS) {
                answer(ui, ctx, target, missing);
            }
            rest(ui, lift);
        });
    }
}

fn level_chip(ui: &mut Ui, ctx: &Context, level: Option<SecurityLevel>) {
    if let Some(level) = level {
        chip(ui, &format!("To {level}"), ctx.palette.level(level));
    }
}

fn rest(ui: &mut Ui, lift: &Lift) {
    if lift.answers.len() > LINKS {
        ui.label(RichText::new(format!("and {} more", lift.answers.len() - LINKS)).weak());
    }
}

/// An answer of a step, to be gone to; an inherited one at its source.
fn answer(ui: &mut Ui, ctx: &Context, target: Target, missing: &Missing) {
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
