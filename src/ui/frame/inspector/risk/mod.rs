//! A risk scenario: what could happen, to what, how bad, how likely, what counters it, and who
//! lives with what remains.

mod acceptance;
mod links;
mod ratings;
mod requirements;
mod several;

use egui::{RichText, Ui};

pub(super) use several::fields as fields_of_several;

use super::{findings, section};
use crate::edit::{Edit, Item};
use crate::model::{AssessmentStage, RatedAt, Risk, RiskId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::look_closer;
use crate::ui::widgets::{Field, choice, multiline, risk_chip, singleline, wrapped};

/// Makes the change of a scenario as an edit.
type Change<'a> = dyn Fn(&dyn Fn(&mut Risk)) -> Edit + 'a;

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: RiskId) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let change = |change: &dyn Fn(&mut Risk)| {
        let mut risk = risk.clone();
        change(&mut risk);
        Edit::Put(Item::Risk(id, risk))
    };
    heading(ui, ctx, risk);
    wrapped(ui, Field::new(ctx, "Title").hint("What could happen, in a line"), &risk.title, |it| {
        change(&|risk| risk.title.clone_from(&it))
    });
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            singleline(left, Field::new(ctx, "Tag"), &risk.tag, |it| change(&|risk| risk.tag.clone_from(&it)));
            let word = |it: AssessmentStage| match it {
                AssessmentStage::Initial => "Initial".to_owned(),
                AssessmentStage::Detailed => "Detailed".to_owned(),
            };
            choice(right, Field::new(ctx, "Assessment"), risk.stage, AssessmentStage::ALL, word, |it| {
                change(&|risk| risk.stage = it)
            });
        }
    });
    stages(ui, ctx, id, risk);
    wrapped(ui, Field::new(ctx, "Threat source").hint("Who or what brings it about"), &risk.threat_source, |it| {
        change(&|risk| risk.threat_source.clone_from(&it))
    });
    multiline(ui, Field::new(ctx, "Scenario").hint("How it comes about, step by step"), &risk.scenario, 4, |it| {
        change(&|risk| risk.scenario.clone_from(&it))
    });
    let field = Field::new(ctx, "Weak points").hint("What it makes use of");
    multiline(ui, field, &risk.vulnerabilities, 2, |it| change(&|risk| risk.vulnerabilities.clone_from(&it)));
    links::places(ui, ctx, risk, &change);
    let field = Field::new(ctx, "Countermeasures in place").hint("What already stands against it");
    multiline(ui, field, &risk.countermeasures, 3, |it| change(&|risk| risk.countermeasures.clone_from(&it)));
    ratings::show(ui, ctx, id, risk, &change);
    crate::ui::views::said_about(ui, ctx, crate::model::WorkshopItem::Risk(id));
    links::proposals(ui, ctx, id, risk);
    links::actions(ui, ctx, id, risk, &change);
    requirements::show(ui, ctx, risk, &change);
    links::techniques(ui, ctx, risk, &change);
    acceptance::show(ui, ctx, id, risk);
    section(ui, "Record");
    singleline(ui, Field::new(ctx, "Owner").hint("A role"), &risk.owner, |it| {
        change(&|risk| risk.owner.clone_from(&it))
    });
    let field = Field::new(ctx, "Source").hint("A node of a HAZOP, an incident…");
    singleline(ui, field, &risk.source, |it| change(&|risk| risk.source.clone_from(&it)));
    findings(ui, ctx, id.into());
    ui.add_space(12.0);
    if ui.button("Delete scenario").clicked() {
        ctx.edit(Edit::Remove([id.into()].into()));
        ctx.send(Action::Select(Default::default()));
    }
}

/// The levels at a glance.
fn heading(ui: &mut Ui, ctx: &Context, risk: &Risk) {
    ui.label(title(format!("Scenario {}", risk.tag)));
    if risk.stage == AssessmentStage::Initial {
        return;
    }
    let matrix = &ctx.project.settings.matrix;
    ui.horizontal_wrapped(|ui| {
        for (place, &at) in RatedAt::ALL.iter().enumerate() {
            if place > 0 {
                ui.label(RichText::new("→").weak());
            }
            let chip = risk_chip(ui, ctx.palette, matrix, risk.level(at, matrix));
            chip.on_hover_text(crate::hands::rate::moment(at));
        }
    });
}

/// The scenario that it looks at in detail, those that look at it, or the step to one.
fn stages(ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk) {
    let named = |id: RiskId, risk: &Risk| (id, format!("{}  {}", risk.tag, risk.title));
    if let Some((first, text)) = risk.details.and_then(|it| Some(named(it, ctx.project.risks.get(it)?))) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Looks in detail at").small().weak());
            if ui.link(text).clicked() {
                ctx.select(first);
            }
        });
    }
    for (other, it) in ctx.project.risks.iter().filter(|(_, it)| it.details == Some(id)) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Looked at in detail by").small().weak());
            if ui.link(named(other, it).1).clicked() {
                ctx.select(other);
            }
        });
    }
    if risk.stage == AssessmentStage::Initial && ui.button("Look at in detail").clicked() {
        look_closer(ctx, &[id]);
    }
}
