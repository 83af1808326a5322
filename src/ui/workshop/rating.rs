//! A risk scenario for the scribe: what it says, how it is rated, and what people estimate.

use egui::{RichText, Ui};

use super::{Mode, Stage, scenario};
use crate::hands::rate::{self, Place, moment};
use crate::model::{AssessmentStage, RatedAt, Rating, Risk, RiskId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::estimates::estimates;
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{capital, section};

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, id: RiskId) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    ui.label(title(format!("{}  {}", risk.tag, risk.title)));
    if !risk.scenario.is_empty() {
        ui.label(&risk.scenario);
    }
    let matrix = &ctx.project.settings.matrix;
    let is_initial = risk.stage == AssessmentStage::Initial;
    ui.add_space(4.0);
    if !is_initial {
        for (figure, _, at) in scenario::MOMENTS {
            ui.horizontal_wrapped(|ui| {
                let chosen = egui::Button::new(format!("{figure}  {}", moment(at))).selected(mode.scenario.at == at);
                if ui.add(chosen).clicked() {
                    mode.scenario.at = at;
                }
                let is_hidden = scenario::hides(stage, risk, at);
                let words = if is_hidden { scenario::IS_HIDDEN.to_owned() } else { said(ctx, risk, at) };
                ui.label(RichText::new(words).weak());
            });
        }
    }
    let at = mode.scenario.at_of(risk);
    ui.add_enabled_ui(!stage.workshop.closed, |ui| {
        ui.push_id((id, at), |ui| {
            if scenario::hides(stage, risk, at) {
                if is_initial {
                    ui.label(RichText::new(scenario::IS_HIDDEN).weak());
                }
                return;
            }
            let bad = rate::consequence(risk, at);
            if let Some(step) = scale(ui, "How bad", &matrix.consequence, bad) {
                rated(ctx, (id, risk), at, Place { consequence: Some(step), likelihood: None });
            }
            if !is_initial && let Some(step) = scale(ui, "How likely", &matrix.likelihood, rate::likelihood(risk, at)) {
                rated(ctx, (id, risk), at, Place { consequence: None, likelihood: Some(step) });
            }
        });
        section(ui, &format!("Estimates, {}", moment(at)), |ui| {
            scenario::ask(ui, ctx, stage, (id, at), false);
            estimates(ui, ctx, id, at, !mode.has_second);
        });
    });
}

/// "Severe, Possible: high".
fn said(ctx: &Context, risk: &Risk, at: RatedAt) -> String {
    let matrix = &ctx.project.settings.matrix;
    let bad = rate::consequence(risk, at).map(|it| rate::name(&matrix.consequence, it));
    let likely = rate::likelihood(risk, at).map(|it| rate::name(&matrix.likelihood, it));
    match (bad, likely, risk.level(at, matrix)) {
        (Some(bad), Some(likely), Some(level)) => format!("{bad}, {likely}: {}", matrix.level_word(level)),
        (Some(bad), ..) => format!("{bad}, likelihood not rated"),
        (None, Some(likely), _) => format!("{likely}, consequence not rated"),
        _ => "not rated".to_owned(),
    }
}

/// The steps of a scale as buttons. Returns the one that was chosen.
fn scale(ui: &mut Ui, name: &str, words: &[String], now: Option<Rating>) -> Option<Rating> {
    ui.label(strong(name));
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for step in (1..=6).filter_map(Rating::new).take(words.len()) {
            let word = rate::name(words, step);
            let button = ui.add(egui::Button::new(capital(&word)).selected(now == Some(step)));
            if button.accessible_name(format!("{name}, agreed: {word}")).clicked() && now != Some(step) {
                chosen = Some(step);
            }
        }
    });
    chosen
}

fn rated(ctx: &Context, (id, risk): (RiskId, &Risk), at: RatedAt, to: Place) {
    if let Some(rated) = rate::put(&ctx.project.settings.matrix, risk, at, to, None) {
        ctx.send(Action::Say(rated.said.clone()));
        ctx.edit(rated.edit(id));
    }
}
