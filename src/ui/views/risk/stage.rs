//! The initial and the detailed assessment, kept apart.

use egui::{RichText, Ui};

use crate::edit::{Edit, Item};
use crate::hands::rate::{in_detail, taken_over};
use crate::model::{AssessmentStage, Id, RiskId, Subject, Zone, ZoneId};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::views::counted;

/// What people call a stage.
pub(super) const fn word(stage: AssessmentStage) -> &'static str {
    match stage {
        AssessmentStage::Initial => "Initial",
        AssessmentStage::Detailed => "Detailed",
    }
}

/// Which of the two is shown, or both.
pub(super) fn switch(ui: &mut Ui, ctx: &Context, stage: &mut Option<AssessmentStage>) {
    let count = |it: AssessmentStage| ctx.project.risks.values().filter(|risk| risk.stage == it).count();
    ui.selectable_value(stage, None, format!("All {}", ctx.project.risks.len()));
    for (it, what_for) in [
        (AssessmentStage::Detailed, "ZCR 5: threats, weak points, likelihood and countermeasures, zone by zone"),
        (AssessmentStage::Initial, "ZCR 2: the worst credible consequences, before zones are drawn"),
    ] {
        ui.selectable_value(stage, Some(it), format!("{} {}", word(it), count(it))).on_hover_text(what_for);
    }
}

/// What can be done with the initial assessment as a whole.
pub(super) fn bar(ui: &mut Ui, ctx: &Context, selected: &[RiskId]) {
    let is_initial = |id: &RiskId| ctx.project.risks.get(*id).is_some_and(|it| it.stage == AssessmentStage::Initial);
    let initial: Vec<RiskId> = selected.iter().copied().filter(is_initial).collect();
    if !ctx.project.risks.ids().any(|id| is_initial(&id)) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let detail = egui::Button::new("Look at in detail");
        let hint = "A copy in the detailed assessment, which names this one";
        if ui.add_enabled(!initial.is_empty(), detail).on_hover_text(hint).clicked() {
            look_closer(ctx, &initial);
        }
        let zones = taken_over(ctx.project);
        let text = match zones.len() {
            0 => "The zones have the consequences".to_owned(),
            count => format!("Take over the consequence into {}", counted(count, "zone", "zones")),
        };
        let which = |(id, rating): &(ZoneId, crate::model::Rating)| {
            let words = &ctx.project.settings.matrix.consequence;
            let now = ctx.project.zones.get(*id).and_then(|it| it.consequence);
            let now = now.map_or("not set".to_owned(), |it| crate::hands::rate::name(words, it));
            format!("{}: {now} → {}", ctx.project.target_tag((*id).into()), crate::hands::rate::name(words, *rating))
        };
        let hint: Vec<String> = zones.iter().map(which).collect();
        let take = ui.add_enabled(!zones.is_empty(), egui::Button::new(text));
        let take = take.on_disabled_hover_text("Each zone is rated as the worst initial scenario that names it.");
        if take.on_hover_text(hint.join("\n")).clicked() {
            let put = |(id, rating): &(ZoneId, crate::model::Rating)| {
                let zone = ctx.project.zones.get(*id)?;
                Some(Edit::Put(Item::Zone(*id, Zone { consequence: Some(*rating), ..zone.clone() })))
            };
            let name = format!("take over the consequence into {}", counted(zones.len(), "zone", "zones"));
            ctx.edit(Edit::Several(name, zones.iter().filter_map(put).collect()));
        }
        ui.label(
            RichText::new("The initial assessment has no likelihood: it asks how bad it could be.").small().weak(),
        );
    });
}

/// Copies initial scenarios into the detailed assessment as one step.
pub fn look_closer(ctx: &Context, initial: &[RiskId]) {
    let mut project = ctx.project.clone();
    let (mut edits, mut made) = (Vec::new(), Vec::new());
    for &id in initial {
        let Some(risk) = in_detail(&project, id) else { continue };
        let new = RiskId::random();
        project.risks.insert(new, risk.clone());
        edits.push(Edit::Put(Item::Risk(new, risk)));
        made.push(Subject::Risk(new));
    }
    let what = counted(made.len(), "scenario", "scenarios");
    ctx.edit(Edit::Several(format!("look at {what} in detail"), edits));
    ctx.send(Action::Select(Selection { subjects: made, requirement: None }));
}
