//! A requirement at a target: the question, what to look for, the answer.

use egui::{RichText, Ui};

use super::section;
use crate::edit::Edit;
use crate::edit::Item;
use crate::model::{Answer, Evidence, EvidenceId, GapKey, Id, Known, RequirementId, Status, Target};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::answers::{self, STATUSES};
use crate::ui::widgets::{Field, chip, choice, multiline, optional_choice, scrolls_from, singleline, switch};

/// Shows question and answer.
pub(super) fn show(ui: &mut Ui, ctx: &Context, target: Target, id: RequirementId) {
    let Some(requirement) = ctx.catalogue.requirement(id) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.label(title(format!("{id}  {}", requirement.title)));
    });
    ui.horizontal_wrapped(|ui| {
        chip(ui, &format!("from SL {}", requirement.gate), ctx.palette.level(requirement.gate));
        let fr = id.fr();
        ui.label(RichText::new(format!("{fr} {} at {}", fr.name(), ctx.project.target_tag(target))).small().weak());
    });
    if !requirement.gate_note.is_empty() {
        ui.label(RichText::new(format!("The gate is not beyond doubt. {}", requirement.gate_note)).small().weak());
    }
    ui.add_space(6.0);
    ui.label(RichText::new(&requirement.question).size(15.0));
    ui.add_space(6.0);
    answer_fields(ui, ctx, target, id);
    section(ui, "What to look for");
    ui.label(&requirement.look_for);
    section(ui, "Typical evidence");
    for evidence in &requirement.evidence {
        ui.label(format!("•  {evidence}"));
    }
    section(ui, "Where nothing can be patched or replaced");
    ui.label(&requirement.fallback);
    if !requirement.why_applies.is_empty() {
        section(ui, "Where it applies");
        ui.label(&requirement.why_applies);
    }
}

fn answer_fields(ui: &mut Ui, ctx: &Context, target: Target, id: RequirementId) {
    let key = GapKey { target, requirement: id };
    let answer = ctx.project.answer(target, id).cloned().unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        for (number, status) in STATUSES {
            let is_chosen = std::mem::discriminant(&answer.status) == std::mem::discriminant(&status);
            let text = format!("{number}  {}", answers::status_word(status));
            if ui.add(egui::Button::new(text).selected(is_chosen)).clicked() && !is_chosen {
                answers::set_status(ctx, &[key], status);
            }
        }
    });
    let change = |change: &dyn Fn(&mut Answer)| {
        let mut answer = answer.clone();
        change(&mut answer);
        Edit::Answer(vec![(key, answer)])
    };
    match answer.status {
        Status::Compensated => {
            let field = Field::new(ctx, "Countermeasure")
                .hint("What stands in for it; without this the answer counts as unknown");
            multiline(ui, field, &answer.countermeasure, 3, |it| {
                change(&|answer| answer.countermeasure.clone_from(&it))
            });
        }
        Status::NotApplicable => {
            let field = Field::new(ctx, "Justification")
                .hint("Why it does not concern this place; without this the answer counts as unknown");
            multiline(ui, field, &answer.justification, 3, |it| change(&|answer| answer.justification.clone_from(&it)));
        }
        Status::Inherited(source) => {
            let mut others: Vec<Target> = ctx.project.targets().filter(|it| *it != target).collect();
            others.sort_by_key(|&it| ctx.project.target_tag(it));
            let tag = |it: Target| ctx.project.target_tag(it).to_owned();
            optional_choice(ui, Field::new(ctx, "Inherited from"), source, &others, tag, |it| {
                change(&|answer| answer.status = Status::Inherited(it))
            });
        }
        _ => (),
    }
    multiline(ui, Field::new(ctx, "Notes").hint("What was seen and said"), &answer.notes, 4, |it| {
        change(&|answer| answer.notes.clone_from(&it))
    });
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            let field = Field::new(ctx, "Capability (SL-C)");
            choice(
                left,
                field,
                answer.capable,
                Known::ALL,
                |it| it.to_string(),
                |it| change(&|answer| answer.capable = it),
            );
            singleline(right, Field::new(ctx, "Answered by").hint("A role"), &answer.answered_by, |it| {
                change(&|answer| answer.answered_by.clone_from(&it))
            });
        }
    });
    switch(ui, ctx, "Look at it again", answer.review, |it| change(&|answer| answer.review = it));
    evidence(ui, ctx, key, &answer);
}

fn evidence(ui: &mut Ui, ctx: &Context, key: GapKey, answer: &Answer) {
    section(ui, "Evidence");
    let with = |change: &dyn Fn(&mut Answer)| {
        let mut answer = answer.clone();
        change(&mut answer);
        Edit::Answer(vec![(key, answer)])
    };
    for &id in &answer.evidence {
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
                ctx.edit(with(&|answer| {
                    answer.evidence.remove(&id);
                }));
            }
        });
    }
    let mut others: Vec<(EvidenceId, &Evidence)> =
        ctx.project.evidence.iter().filter(|(id, _)| !answer.evidence.contains(id)).collect();
    others.sort_by_key(|(_, it)| &it.tag);
    ui.horizontal_wrapped(|ui| {
        ui.menu_button("Attach evidence", |ui| {
            scrolls_from(320.0).show(ui, |ui| {
                for (id, evidence) in &others {
                    if ui.button(format!("{}  {}", evidence.tag, evidence.title)).clicked() {
                        ctx.edit(with(&|answer| {
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
            let tag = crate::edit::next_tag("EV-", ctx.project.evidence.values().map(|it| &it.tag));
            let fresh = Evidence { tag, collected_on: Some(ctx.analysis.as_of), accepted: true, ..Evidence::default() };
            let attach = with(&|answer| {
                answer.evidence.insert(id);
            });
            ctx.edit(Edit::Several("record evidence".into(), vec![Edit::Put(Item::Evidence(id, fresh)), attach]));
        }
    });
    // the newest piece can be described right here
    for &id in &answer.evidence {
        let Some(evidence) = ctx.project.evidence.get(id) else { continue };
        ui.push_id(id, |ui| {
            egui::CollapsingHeader::new(format!("Describe {}", evidence.tag))
                .default_open(evidence.title.is_empty())
                .show(ui, |ui| {
                    let change = |change: &dyn Fn(&mut Evidence)| {
                        let mut evidence = evidence.clone();
                        change(&mut evidence);
                        Edit::Put(Item::Evidence(id, evidence))
                    };
                    singleline(ui, Field::new(ctx, "Title"), &evidence.title, |it| {
                        change(&|evidence| evidence.title.clone_from(&it))
                    });
                    singleline(
                        ui,
                        Field::new(ctx, "Kind").hint("configuration, log, interview…"),
                        &evidence.kind,
                        |it| change(&|evidence| evidence.kind.clone_from(&it)),
                    );
                    singleline(ui, Field::new(ctx, "Kept at"), &evidence.location, |it| {
                        change(&|evidence| evidence.location.clone_from(&it))
                    });
                    crate::ui::widgets::date_field(ui, Field::new(ctx, "Expires on"), evidence.expires_on, |it| {
                        change(&|evidence| evidence.expires_on = it)
                    });
                    switch(ui, ctx, "Accepted", evidence.accepted, |it| change(&|evidence| evidence.accepted = it));
                });
        });
    }
}
