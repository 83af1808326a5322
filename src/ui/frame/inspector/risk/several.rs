//! What can be set for several scenarios at once.

use egui::Ui;

use super::super::several::{VARIOUS, alike};
use crate::edit::{Edit, Item};
use crate::model::{AssessmentStage, Risk, RiskId};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, pick, singleline};

/// Owner, assessment, an action and a requirement for all of them.
pub(in super::super) fn fields(ui: &mut Ui, ctx: &Context, risks: &[(RiskId, &Risk)]) {
    let for_all = |what: &str, change: &dyn Fn(&mut Risk)| {
        let edits = risks.iter().map(|(id, risk)| {
            let mut risk = (*risk).clone();
            change(&mut risk);
            Edit::Put(Item::Risk(*id, risk))
        });
        Edit::Several(format!("change {what} of {} scenarios", risks.len()), edits.collect())
    };
    let owner = alike(risks.iter().map(|it| &it.1.owner));
    let hint = if owner.is_some() { "A role" } else { VARIOUS };
    singleline(ui, Field::new(ctx, "Owner").hint(hint), owner.map_or("", |it| it), |owner| {
        for_all("owner", &|risk| risk.owner.clone_from(&owner))
    });
    let stage = alike(risks.iter().map(|it| it.1.stage));
    ui.horizontal_wrapped(|ui| {
        for (it, word) in [(AssessmentStage::Initial, "Initial"), (AssessmentStage::Detailed, "Detailed")] {
            if ui.add(egui::Button::new(word).selected(stage == Some(it))).clicked() {
                ctx.edit(for_all("assessment", &|risk| risk.stage = it));
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        let actions = || {
            let mut actions: Vec<_> = ctx.project.actions.iter().collect();
            actions.sort_by_key(|(_, it)| &it.tag);
            actions.into_iter().map(|(id, it)| (format!("{}  {}", it.tag, it.title), id)).collect()
        };
        if let Some(action) = pick(ui, "Add action to all", "No action is planned.", actions) {
            ctx.edit(for_all("actions", &|risk| {
                risk.actions.insert(action);
            }));
        }
        let targets = || {
            let mut targets: Vec<_> = ctx.project.targets().collect();
            targets.sort_by_key(|&it| (it.conduit().is_some(), ctx.project.target_tag(it)));
            let name = |it| format!("{}  {}", ctx.project.target_tag(it), ctx.project.target_name(it));
            targets.into_iter().map(|it| (name(it), it)).collect()
        };
        if let Some(target) = pick(ui, "Add zone or conduit to all", "No zone is drawn.", targets) {
            ctx.edit(for_all("targets", &|risk| {
                risk.targets.insert(target);
            }));
        }
    });
}
