//! What a scenario touches and what is done about it: zones, conduits, assets, SL-T, actions, techniques.

use egui::{RichText, Ui};

use super::super::section;
use super::Change;
use crate::analysis::answering::Signature;
use crate::analysis::derive;
use crate::edit::{Edit, Item, next_tag};
use crate::model::{Action as PlanAction, ActionId, AssetId, Id, Risk, RiskId, SecurityLevel, SlVector, Target};
use crate::ui::action::View;
use crate::ui::context::Context;
use crate::ui::widgets::{chip, pick};

/// A link with a button that takes it away; returns whether it was pressed.
fn entry(ui: &mut Ui, ctx: &Context, text: &str, go: impl FnOnce(&Context)) -> bool {
    let mut removed = false;
    ui.horizontal_wrapped(|ui| {
        if ui.link(text).clicked() {
            go(ctx);
        }
        let button = ui.small_button("×").on_hover_text("Take it out");
        removed = button.accessible_name(format!("Take out {text}")).clicked();
    });
    removed
}

/// Zones, conduits and assets.
pub(super) fn places(ui: &mut Ui, ctx: &Context, risk: &Risk, change: &Change) {
    section(ui, "What it touches");
    let project = ctx.project;
    let name = |it: Target| format!("{}  {}", project.target_tag(it), project.target_name(it));
    let mut targets: Vec<Target> = risk.targets.iter().copied().collect();
    targets.sort_by_key(|&it| project.target_tag(it));
    for target in targets {
        if entry(ui, ctx, &name(target), |ctx| ctx.go_to(View::Diagram, target)) {
            ctx.edit(change(&|risk| {
                risk.targets.remove(&target);
            }));
        }
    }
    let asset_name =
        |it: AssetId| project.assets.get(it).map_or(String::new(), |it| format!("{}  {}", it.tag, it.name));
    let mut assets: Vec<AssetId> = risk.assets.iter().copied().collect();
    assets.sort_by_key(|&it| project.assets.get(it).map(|it| &it.tag));
    for asset in assets {
        if entry(ui, ctx, &asset_name(asset), |ctx| ctx.go_to(View::Diagram, asset)) {
            ctx.edit(change(&|risk| {
                risk.assets.remove(&asset);
            }));
        }
    }
    if risk.targets.is_empty() && risk.assets.is_empty() {
        ui.label(RichText::new("Nothing named yet: a scenario belongs to zones, conduits or assets.").weak());
    }
    ui.horizontal_wrapped(|ui| {
        let others = || {
            let mut others: Vec<Target> = project.targets().filter(|it| !risk.targets.contains(it)).collect();
            others.sort_by_key(|&it| (it.conduit().is_some(), project.target_tag(it)));
            others.into_iter().map(|it| (name(it), it)).collect()
        };
        if let Some(target) = pick(ui, "Add zone or conduit", "All zones and conduits are named.", others) {
            ctx.edit(change(&|risk| {
                risk.targets.insert(target);
            }));
        }
        let others = || {
            // those of the zones that are named come first
            let is_far = |it: &crate::model::Asset| !it.zone.is_some_and(|zone| risk.targets.contains(&zone.into()));
            let mut others: Vec<_> = project.assets.iter().filter(|(id, _)| !risk.assets.contains(id)).collect();
            others.sort_by_key(|(_, it)| (is_far(it), &it.tag));
            others.into_iter().map(|(id, _)| (asset_name(id), id)).collect()
        };
        if let Some(asset) = pick(ui, "Add asset", "No further asset is drawn.", others) {
            // an asset brings its zone along
            let zone = project.assets.get(asset).and_then(|it| it.zone).filter(|_| risk.targets.is_empty());
            ctx.edit(change(&|risk| {
                risk.assets.insert(asset);
                risk.targets.extend(zone.map(Target::from));
            }));
        }
    });
}

/// The SL-T that follows from this scenario for each zone that it names.
pub(super) fn proposals(ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk) {
    let Some(worst) = risk.consequences.worst() else { return };
    let zones: Vec<Target> = risk.targets.iter().copied().filter(|it| it.zone().is_some()).collect();
    if zones.is_empty() {
        return;
    }
    section(ui, "SL-T that follows from it");
    let five = ctx.project.settings.matrix.consequence_of_five(worst);
    for target in zones {
        let exploitability = ctx.analysis.factors.exploitability(target).value;
        let table = ctx.project.settings.derivation.0;
        let level = table.get(usize::from(five.saturating_sub(1))).copied().unwrap_or_default();
        let lowered = level.number().saturating_sub(u8::from(exploitability == 1));
        let level = SecurityLevel::new(lowered).unwrap_or_default();
        let proposed = derive::propose(ctx.project, &ctx.analysis.factors, target);
        let set = ctx.project.target_level(target).map(|it| it.levels);
        ui.horizontal_wrapped(|ui| {
            chip(ui, &format!("SL {level}"), ctx.palette.level(level));
            if ui.link(format!("for {}", ctx.project.target_tag(target))).clicked() {
                ctx.select(target);
            }
            let said = match set {
                None => "no SL-T is set".to_owned(),
                Some(set) if set == SlVector::uniform(set.highest()) => format!("set is SL {}", set.highest()),
                Some(set) => format!("set is {set}"),
            };
            ui.label(RichText::new(said).small().weak());
            let is_worst = matches!(
                ctx.analysis.factors.consequence(target).origin,
                crate::analysis::ConsequenceOrigin::Scenario(_, by, _) if by == id
            );
            let falls_short = set.is_none_or(|it| it.highest() < level);
            if is_worst && falls_short && ui.small_button("Take").on_hover_text("Sets the SL-T of each FR").clicked() {
                let reason = format!(
                    "Proposed from the worst consequence {}, in scenario {}, and exploitability {}.",
                    proposed.consequence, risk.tag, proposed.exploitability
                );
                let by = Signature { role: &ctx.answering.role, on: ctx.analysis.as_of };
                let taken = derive::decided(ctx.project, target, proposed.levels, &reason, by);
                ctx.edit(Edit::SetTargetLevel(vec![target], Some(taken)));
            }
        });
    }
}

/// The actions that treat it.
pub(super) fn actions(ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk, change: &Change) {
    section(ui, "Actions against it");
    let project = ctx.project;
    let name = |it: &PlanAction| format!("{}  {}", it.tag, it.title);
    for &action in &risk.actions {
        let Some(it) = project.actions.get(action) else { continue };
        let text = format!("{}  ({})", name(it), it.status.word().to_lowercase());
        if entry(ui, ctx, &text, |ctx| ctx.go_to(View::Plan, action)) {
            ctx.edit(change(&|risk| {
                risk.actions.remove(&action);
            }));
        }
    }
    if risk.actions.is_empty() {
        ui.label(RichText::new("Nothing is planned against it.").weak());
    }
    ui.horizontal_wrapped(|ui| {
        let others = || {
            let mut others: Vec<_> = project.actions.iter().filter(|(id, _)| !risk.actions.contains(id)).collect();
            others.sort_by_key(|(_, it)| &it.tag);
            others.into_iter().map(|(id, it)| (name(it), id)).collect()
        };
        if let Some(action) = pick(ui, "Add action", "No further action is planned.", others) {
            ctx.edit(change(&|risk| {
                risk.actions.insert(action);
            }));
        }
        if ui.button("New action").clicked() {
            let action = ActionId::random();
            let tag = next_tag("ACT-", project.actions.values().map(|it| &it.tag));
            let planned = PlanAction { tag, title: format!("Against {}: ", risk.title), ..PlanAction::default() };
            let put = Edit::Put(Item::Action(action, planned));
            let link = change(&|risk| {
                risk.actions.insert(action);
            });
            ctx.edit(Edit::Several(
                format!("plan an action against {}", project.subject_tag(id.into())),
                vec![put, link],
            ));
            ctx.go_to(View::Plan, action);
        }
    });
}

/// Techniques of ATT&CK for ICS, by number and name.
pub(super) fn techniques(ui: &mut Ui, ctx: &Context, risk: &Risk, change: &Change) {
    section(ui, "ATT&CK for ICS techniques");
    let name = |id: &str| ctx.catalogue.technique(id).map_or(id.to_owned(), |it| format!("{}  {}", it.id, it.name));
    for technique in &risk.techniques {
        let known = ctx.catalogue.technique(technique);
        let tactics = known.map(|it| ctx.catalogue.tactics_of(it).map(|it| it.name.as_str()).collect::<Vec<_>>());
        ui.horizontal_wrapped(|ui| {
            ui.label(name(technique)).on_hover_text(tactics.map(|it| it.join(", ")).unwrap_or_default());
            let button = ui.small_button("×").on_hover_text("Take it out");
            if button.accessible_name(format!("Take out {technique}")).clicked() {
                ctx.edit(change(&|risk| {
                    risk.techniques.remove(technique);
                }));
            }
        });
    }
    let others = || {
        let others = ctx.catalogue.techniques().iter().filter(|it| !risk.techniques.contains(&it.id));
        others.map(|it| (name(&it.id), it.id.clone())).collect()
    };
    if let Some(technique) = pick(ui, "Add technique", "All techniques are named.", others) {
        ctx.edit(change(&|risk| {
            risk.techniques.insert(technique.clone());
        }));
    }
}
