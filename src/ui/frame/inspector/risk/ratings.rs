//! How bad and how likely a scenario is, at three points in time, and what that comes to.

use egui::{Grid, RichText, Ui};

use super::super::section;
use super::Change;
use crate::hands::rate::{consequence, likelihood, moment, name};
use crate::model::{AssessmentStage, Consequences, RatedAt, Rating, Risk, RiskId, RiskMatrix};
use crate::ui::context::Context;
use crate::ui::theme::strong;
use crate::ui::widgets::{Field, capital, optional_choice, risk_chip, risk_word};

/// The steps of a scale with so many words.
fn steps(words: &[String]) -> Vec<Rating> {
    (1..=6).filter_map(Rating::new).take(words.len()).collect()
}

/// A step with its number and words.
fn step(words: &[String]) -> impl Fn(Rating) -> String {
    move |it| format!("{it}  {}", name(words, it))
}

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk, change: &Change) {
    let words = &ctx.project.settings.matrix.consequence;
    section(ui, "How bad, with nothing against it");
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            for (place, rating) in risk.consequences.ratings().into_iter().enumerate() {
                let category = capital(Consequences::CATEGORIES.get(place).copied().unwrap_or_default());
                let ui = if place % 2 == 0 { &mut *left } else { &mut *right };
                optional_choice(ui, Field::new(ctx, &category), rating, &steps(words), step(words), |it| {
                    change(&|risk| {
                        if let Some(rating) = risk.consequences.ratings_mut().into_iter().nth(place) {
                            *rating = it;
                        }
                    })
                });
            }
        }
    });
    if let Some(worst) = risk.consequences.worst() {
        let of: Vec<&str> = Consequences::CATEGORIES
            .iter()
            .zip(risk.consequences.ratings())
            .filter(|(_, it)| *it == Some(worst))
            .map(|it| *it.0)
            .collect();
        ui.label(RichText::new(format!("The worst is {}: {}", of.join(" and "), name(words, worst))).small().weak());
    }
    if risk.stage == AssessmentStage::Initial {
        return;
    }
    section(ui, "How likely");
    for at in RatedAt::ALL {
        moment_fields(ui, ctx, risk, *at, change);
    }
    levels(ui, ctx, risk);
    crate::ui::estimates::folded(ui, ctx, id);
}

/// Likelihood at a point in time, and where countermeasures lower it the consequence.
fn moment_fields(ui: &mut Ui, ctx: &Context, risk: &Risk, at: RatedAt, change: &Change) {
    let matrix = &ctx.project.settings.matrix;
    let likelihoods = steps(&matrix.likelihood);
    let label = capital(moment(at));
    let set_likelihood = |it: Option<Rating>| {
        change(&|risk| match at {
            RatedAt::Unmitigated => risk.unmitigated = it,
            RatedAt::Current => risk.current = it,
            RatedAt::Residual => risk.residual = it,
        })
    };
    if at == RatedAt::Unmitigated {
        let field = Field::new(ctx, &label);
        optional_choice(ui, field, risk.unmitigated, &likelihoods, step(&matrix.likelihood), set_likelihood);
        return;
    }
    let (lowered, before) = match at {
        RatedAt::Residual => (risk.residual_consequence, consequence(risk, RatedAt::Current)),
        _ => (risk.current_consequence, risk.consequences.worst()),
    };
    let lowered_label = format!("Consequence {}", moment(at));
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            let (known, words) = (likelihood(risk, at), step(&matrix.likelihood));
            optional_choice(left, Field::new(ctx, &label), known, &likelihoods, words, set_likelihood);
            let same =
                before.map_or("as before".to_owned(), |it| format!("as before: {}", name(&matrix.consequence, it)));
            let all: Vec<Option<Rating>> =
                std::iter::once(None).chain(steps(&matrix.consequence).into_iter().map(Some)).collect();
            let word = |it: Option<Rating>| it.map_or(same.clone(), step(&matrix.consequence));
            crate::ui::widgets::choice(right, Field::new(ctx, &lowered_label), lowered, &all, word, |it| {
                change(&|risk| match at {
                    RatedAt::Residual => risk.residual_consequence = it,
                    _ => risk.current_consequence = it,
                })
            });
        }
    });
}

/// What follows, and from what.
fn levels(ui: &mut Ui, ctx: &Context, risk: &Risk) {
    let matrix = &ctx.project.settings.matrix;
    ui.add_space(6.0);
    Grid::new("risk levels").num_columns(3).spacing([10.0, 4.0]).show(ui, |ui| {
        for &at in RatedAt::ALL {
            ui.label(RichText::new(capital(moment(at))).weak());
            risk_chip(ui, ctx.palette, matrix, risk.level(at, matrix));
            ui.add(egui::Label::new(RichText::new(why(matrix, risk, at)).small()).wrap());
            ui.end_row();
        }
    });
    if let Some(words) = crate::ui::views::tolerable_words(ctx.project, risk) {
        let line = risk_word(matrix, matrix.tolerable);
        ui.add(egui::Label::new(strong(words)).wrap());
        ui.label(RichText::new(format!("The tolerable line is drawn above {line}.")).small().weak());
    }
}

/// Where a level comes from, or what is missing for one.
fn why(matrix: &RiskMatrix, risk: &Risk, at: RatedAt) -> String {
    match (consequence(risk, at), likelihood(risk, at)) {
        (Some(bad), Some(likely)) => {
            format!("{} × {}", name(&matrix.consequence, bad), name(&matrix.likelihood, likely))
        }
        (None, _) => "the consequence is not rated".to_owned(),
        (Some(_), None) => "the likelihood is not rated".to_owned(),
    }
}
