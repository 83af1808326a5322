//! Evidence of answers: what is attached, what can be attached, and what each piece is.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::section;
use crate::edit::{Edit, Item, next_tag};
use crate::model::{Evidence, EvidenceId, GapKey, Id};
use crate::ui::context::Context;
use crate::ui::views::answers::{self, answer_at};
use crate::ui::widgets::{Field, chip, date_field, scrolls_from, singleline, switch};

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, keys: &[GapKey]) {
    section(ui, "Evidence");
    let attached: BTreeSet<EvidenceId> = keys.iter().flat_map(|&it| answer_at(ctx, it).evidence).collect();
    for &id in &attached {
        let Some(evidence) = ctx.project.evidence.get(id) else { continue };
        ui.horizontal_wrapped(|ui| {
            let (word, colors) = if evidence.is_current(ctx.analysis.as_of) {
                ("proves", (ctx.palette.good_soft, ctx.palette.good))
            } else if evidence.accepted {
                ("expired", (ctx.palette.warning_soft, ctx.palette.warning))
            } else {
                ("not accepted", (ctx.palette.hint_soft, ctx.palette.hint))
            };
            chip(ui, word, colors);
            ui.label(format!("{}  {}", evidence.tag, evidence.title));
            if ui.small_button("Detach").clicked() {
                ctx.edit(answers::change(ctx, keys, |answer| {
                    answer.evidence.remove(&id);
                }));
            }
        });
    }
    let mut others: Vec<(EvidenceId, &Evidence)> =
        ctx.project.evidence.iter().filter(|(id, _)| !attached.contains(id)).collect();
    others.sort_by_key(|(_, it)| &it.tag);
    ui.horizontal_wrapped(|ui| {
        ui.menu_button("Attach evidence", |ui| {
            scrolls_from(320.0).show(ui, |ui| {
                for (id, evidence) in &others {
                    if ui.button(format!("{}  {}", evidence.tag, evidence.title)).clicked() {
                        ctx.edit(answers::change(ctx, keys, |answer| {
                            answer.evidence.insert(*id);
                        }));
                        ui.close();
                    }
                }
                if others.is_empty() {
                    ui.label(RichText::new("No further evidence is recorded.").weak());
                }
            });
        });
        if ui.button("Record new evidence").clicked() {
            let id = EvidenceId::random();
            let tag = next_tag("EV-", ctx.project.evidence.values().map(|it| &it.tag));
            let fresh = Evidence { tag, collected_on: Some(ctx.analysis.as_of), accepted: true, ..Evidence::default() };
            let attach = answers::change(ctx, keys, |answer| {
                answer.evidence.insert(id);
            });
            ctx.edit(Edit::Several("record evidence".into(), vec![Edit::Put(Item::Evidence(id, fresh)), attach]));
        }
    });
    for &id in &attached {
        let Some(evidence) = ctx.project.evidence.get(id) else { continue };
        ui.push_id(id, |ui| describe(ui, ctx, id, evidence));
    }
}

/// What a piece of evidence is, to be changed.
fn describe(ui: &mut Ui, ctx: &Context, id: EvidenceId, evidence: &Evidence) {
    let header = egui::CollapsingHeader::new(format!("Describe {}", evidence.tag));
    header.default_open(evidence.title.is_empty()).show(ui, |ui| {
        let change = |change: &dyn Fn(&mut Evidence)| {
            let mut evidence = evidence.clone();
            change(&mut evidence);
            Edit::Put(Item::Evidence(id, evidence))
        };
        singleline(ui, Field::new(ctx, "Title"), &evidence.title, |it| {
            change(&|evidence| evidence.title.clone_from(&it))
        });
        singleline(ui, Field::new(ctx, "Kind").hint("configuration, log, interview…"), &evidence.kind, |it| {
            change(&|evidence| evidence.kind.clone_from(&it))
        });
        singleline(ui, Field::new(ctx, "Kept at"), &evidence.location, |it| {
            change(&|evidence| evidence.location.clone_from(&it))
        });
        date_field(ui, Field::new(ctx, "Expires on"), evidence.expires_on, |it| {
            change(&|evidence| evidence.expires_on = it)
        });
        switch(ui, ctx, "Accepted", evidence.accepted, |it| change(&|evidence| evidence.accepted = it));
    });
}
