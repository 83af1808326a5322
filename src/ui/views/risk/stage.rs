//! The initial and the detailed assessment, kept apart.

use egui::Ui;

use crate::edit::{Edit, initial_consequence, refine, take_over_consequences};
use crate::hands::rate::name;
use crate::model::{AssessmentStage, RiskId, Subject, ZoneId};
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
        (
            AssessmentStage::Initial,
            "ZCR 2: the worst credible consequences, before zones are drawn; how bad, not how likely",
        ),
    ] {
        ui.selectable_value(stage, Some(it), format!("{} {}", word(it), count(it))).on_hover_text(what_for);
    }
}

/// What can be done with the initial assessment, in the row that one is in.
pub(super) fn bar(ui: &mut Ui, ctx: &Context, selected: &[RiskId]) {
    let is_initial = |id: &RiskId| ctx.project.risks.get(*id).is_some_and(|it| it.stage == AssessmentStage::Initial);
    let initial: Vec<RiskId> = selected.iter().copied().filter(is_initial).collect();
    if !ctx.project.risks.ids().any(|id| is_initial(&id)) {
        return;
    }
    let hint = "A copy in the detailed assessment, which names this one";
    if !initial.is_empty() && ui.button("Look at in detail").on_hover_text(hint).clicked() {
        look_closer(ctx, &initial);
    }
    let words = &ctx.project.settings.matrix.consequence;
    let differs = |id: ZoneId| {
        let (worst, _) = initial_consequence(ctx.project, id)?;
        let zone = ctx.project.zones.get(id).filter(|it| it.consequence != Some(worst))?;
        let now = zone.consequence.map_or("not set".to_owned(), |it| name(words, it));
        Some(format!("{}: {now} → {}", zone.tag, name(words, worst)))
    };
    let changes: Vec<String> = ctx.project.zones.ids().filter_map(differs).collect();
    if changes.is_empty() {
        return;
    }
    let text = format!("Take over the consequence into {}", counted(changes.len(), "zone", "zones"));
    let why = "Each zone is rated as the worst initial scenario that names it.";
    if ui.button(text).on_hover_text(format!("{why}\n{}", changes.join("\n"))).clicked()
        && let Some(edit) = take_over_consequences(ctx.project, ctx.project.zones.ids())
    {
        ctx.edit(edit);
    }
}

/// Copies initial scenarios into the detailed assessment as one step.
pub fn look_closer(ctx: &Context, initial: &[RiskId]) {
    let mut project = ctx.project.clone();
    let (mut edits, mut made) = (Vec::new(), Vec::new());
    for &id in initial {
        let Some((new, edit)) = refine(&project, id) else { continue };
        if edit.apply(&mut project).is_ok() {
            edits.push(edit);
            made.push(Subject::Risk(new));
        }
    }
    let what = counted(made.len(), "scenario", "scenarios");
    ctx.edit(Edit::Several(format!("look at {what} in detail"), edits));
    ctx.send(Action::Select(Selection { subjects: made, requirement: None }));
}
