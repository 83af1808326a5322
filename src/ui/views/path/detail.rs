//! The current stop, large: what it needs, what is open, who stands by it.

use egui::{RichText, Ui};

use super::{Kind, PathState, Stop, confirm, list, spot};
use crate::analysis::{Open, Progress, Spot};
use crate::model::ValidationStep;
use crate::ui::action::{Action, View, Waypoint};
use crate::ui::context::Context;
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{card, chip, primary_button, section};

/// So many places of one kind are linked.
const LINKS: usize = 8;

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut PathState, stop: &Stop) {
    let palette = ctx.palette;
    card(ui, palette, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let side = 16.0 * palette.type_size;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(side, side), egui::Sense::hover());
            list::mark(ui, palette, rect.center(), side / 2.0, stop.progress);
            ui.label(strong(&stop.number));
            let colors = match stop.progress {
                Progress::Nothing => (palette.sunken, palette.text_weak),
                Progress::Begun => (palette.hint_soft, palette.hint),
                Progress::Complete => (palette.good_soft, palette.good),
            };
            chip(ui, stop.progress.word(), colors);
        });
        ui.add(egui::Label::new(title(&stop.title)).wrap());
        match stop.kind {
            Kind::Requirement(it, _) => {
                ui.label(&it.summary);
                ui.label(RichText::new(format!("IEC 62443-3-2:2020, clause {}", it.clause)).small().weak());
            }
            Kind::Step(step, _) => {
                ui.label(purpose(step));
                ui.label(
                    RichText::new("Auditors expect this order. The program warns, and never blocks.").small().weak(),
                );
            }
        }
        if matches!(stop.kind, Kind::Step(_, true)) {
            ui.add_space(4.0);
            let text = "Later work has begun although this step is not done: what was decided there may have to be decided again.";
            ui.colored_label(crate::ui::theme::color32(palette.warning), text);
        }
        if let Kind::Requirement(it, _) = stop.kind {
            section(ui, "What it needs", |ui| {
                for need in &it.needs {
                    point(ui, need);
                }
            });
        }
        section(ui, "What is open", |ui| open(ui, ctx, stop));
        answer_button(ui, ctx, stop);
        section(ui, "Who stands by it", |ui| confirm::show(ui, ctx, state, stop));
    });
    ui.add_space(24.0);
    crate::ui::widgets::follow_focus(ui);
}

fn purpose(step: ValidationStep) -> &'static str {
    match step {
        ValidationStep::ZoneModel => "The people of the plant look at zones and conduits and say that they are so.",
        ValidationStep::Inventory => "The assets are all there, each in its zone and with its type.",
        ValidationStep::Levels => "Each target has its SL-T, and what it demands has been answered.",
        ValidationStep::Actions => "Only now is decided what is done about each gap.",
    }
}

fn point(ui: &mut Ui, text: &str) {
    ui.horizontal_top(|ui| {
        ui.label("•");
        ui.add(egui::Label::new(text).wrap());
    });
}

fn open(ui: &mut Ui, ctx: &Context, stop: &Stop) {
    if stop.open.is_empty() {
        let remark = match stop.kind {
            Kind::Requirement(_, Some(remark)) => remark,
            _ => "Nothing, as far as the project's data say.",
        };
        ui.label(remark);
    }
    for it in stop.open {
        open_row(ui, ctx, stop, it);
    }
}

/// What is open in words, and links to the very places.
fn open_row(ui: &mut Ui, ctx: &Context, stop: &Stop, open: &Open) {
    ui.horizontal_wrapped(|ui| {
        ui.label(open.words());
        let mut shown: Vec<Spot> = Vec::new();
        for &spot in &open.at {
            let is_here = matches!(spot, Spot::Requirement(id) if stop.at == Waypoint::Requirement(id));
            if shown.len() < LINKS && !shown.contains(&spot) && !is_here {
                shown.push(spot);
                if ui.link(spot::name(ctx, spot)).clicked() {
                    spot::go(ctx, spot);
                }
            }
        }
        let linked = open.at.iter().filter(|it| shown.contains(it)).count();
        if open.count > linked && !shown.is_empty() {
            ui.label(RichText::new(format!("and {} more", open.count - linked)).weak());
        }
    });
}

fn answer_button(ui: &mut Ui, ctx: &Context, stop: &Stop) {
    let view = spot::view(stop);
    if view == View::Path {
        return;
    }
    ui.add_space(8.0);
    let text = format!("Go to {}", view.name());
    if primary_button(ui, ctx.palette, &text).on_hover_text("Enter leads to the first open thing").clicked() {
        ctx.send(Action::Go(view));
    }
}
