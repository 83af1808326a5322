//! A requirement at a target: the question, what to look for, the answer; or what several have in common.

mod comments;
mod evidence;
mod preview;

use egui::{RichText, Ui};

use super::several::{VARIOUS, alike};
use super::{inherited, section};
use crate::edit::Edit;
use crate::model::{Answer, GapKey, Known, RequirementId, Status, Subject, Target, WorkshopItem};
use crate::ui::action::View;
use crate::ui::answering::{AnswerText, attend};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::answers::{self, STATUSES, answer_at};
use crate::ui::views::counted;
use crate::ui::widgets::{Field, chip, choice, date_field, multiline, optional_choice, singleline, switch};

/// Whether it is answers that are looked at, and those of several targets or requirements.
pub(super) fn is_for(ctx: &Context, subjects: &[Subject]) -> bool {
    let are_several = subjects.len() > 1 || ctx.answering.chosen.len() > 1;
    ctx.view == View::Requirements
        && ctx.selection.requirement.is_some()
        && are_several
        && subjects.iter().all(|it| it.target().is_some())
}

/// Shows question and answer.
pub(super) fn show(ui: &mut Ui, ctx: &Context, target: Target, id: RequirementId) {
    ui.push_id(id, |ui| {
        question(ui, ctx, target, id);
        ui.add_space(6.0);
        let keys = [GapKey { target, requirement: id }];
        fields(ui, ctx, &keys);
        inherited::heirs(ui, ctx, keys[0]);
        evidence::show(ui, ctx, &keys);
        comments::show(ui, ctx, keys[0]);
        crate::ui::views::said_about(ui, ctx, WorkshopItem::Question(keys[0]));
        background(ui, ctx, id);
    });
}

/// Shows what several answers have in common, to be changed for all.
pub(super) fn several(ui: &mut Ui, ctx: &Context, subjects: &[Subject]) {
    let targets: Vec<Target> = subjects.iter().filter_map(|it| it.target()).collect();
    let keys = keys(ctx, &targets);
    let requirements: Vec<RequirementId> = match ctx.answering.chosen.len() {
        0 | 1 => ctx.selection.requirement.into_iter().collect(),
        _ => ctx.answering.chosen.iter().copied().collect(),
    };
    ui.push_id(("answers together", &requirements), |ui| {
        match requirements.as_slice() {
            [only] => {
                if let Some(&target) = targets.first() {
                    question(ui, ctx, target, *only);
                }
            }
            many => {
                ui.label(title(counted(many.len(), "requirement", "requirements chosen")));
                let names: Vec<String> = many.iter().take(24).map(ToString::to_string).collect();
                let more = if many.len() > 24 { " …" } else { "" };
                ui.label(RichText::new(format!("{}{more}", names.join(", "))).weak());
            }
        }
        let tags: Vec<&str> = targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
        ui.label(RichText::new(format!("{} at {}", counted(keys.len(), "answer", "answers"), tags.join(", "))).weak());
        ui.add_space(6.0);
        fields(ui, ctx, &keys);
        evidence::show(ui, ctx, &keys);
    });
}

/// The answers that are looked at together: what is chosen and in the scope of each target.
fn keys(ctx: &Context, targets: &[Target]) -> Vec<GapKey> {
    let chosen = ctx.answering.chosen.iter().copied().chain(ctx.selection.requirement);
    let chosen: std::collections::BTreeSet<RequirementId> = chosen.collect();
    let at = |&target: &Target| {
        let scope = ctx.analysis.target(target).map(|it| it.scope).unwrap_or_default();
        let in_scope = move |id: &RequirementId| ctx.catalogue.index(*id).is_some_and(|it| scope.contains(it));
        chosen.iter().copied().filter(in_scope).map(move |requirement| GapKey { target, requirement })
    };
    targets.iter().flat_map(at).collect()
}

fn question(ui: &mut Ui, ctx: &Context, target: Target, id: RequirementId) {
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
}

/// What helps to answer.
fn background(ui: &mut Ui, ctx: &Context, id: RequirementId) {
    let Some(requirement) = ctx.catalogue.requirement(id) else { return };
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

/// A text that all answers share, to be changed for all; where they differ, the hint says so.
fn text(
    ui: &mut Ui,
    ctx: &Context,
    (keys, all): (&[GapKey], &[Answer]),
    (kind, label, hint, rows): (AnswerText, &str, &str, usize),
    of: fn(&mut Answer) -> &mut String,
) {
    let texts = all.iter().map(|it| of(&mut it.clone()).clone());
    let common = alike(texts);
    let differ = "They differ; what you write takes the place of all";
    let field = Field::new(ctx, label).hint(if common.is_none() { differ } else { hint });
    let value = common.unwrap_or_default();
    let response =
        multiline(ui, field, &value, rows, |it| answers::change(ctx, keys, |answer| of(answer).clone_from(&it)));
    attend(ui, ctx, Some(kind), &response, value.chars().count());
}

/// Status, texts, capability, who and when.
fn fields(ui: &mut Ui, ctx: &Context, keys: &[GapKey]) {
    let all: Vec<Answer> = keys.iter().map(|&it| answer_at(ctx, it)).collect();
    let statuses: Vec<Status> = all.iter().map(|it| it.status).collect();
    ui.horizontal_wrapped(|ui| {
        for (number, status) in STATUSES {
            let is_it = |it: &Status| std::mem::discriminant(it) == std::mem::discriminant(&status);
            let is_chosen = !statuses.is_empty() && statuses.iter().all(is_it);
            let text = format!("{number}  {}", answers::status_word(status));
            if ui.add(egui::Button::new(text).selected(is_chosen)).clicked() && !is_chosen {
                answers::set_status(ctx, keys, status);
            }
        }
    });
    let any = |wanted: fn(&Status) -> bool| statuses.iter().any(wanted);
    if any(|it| *it == Status::Compensated) {
        let hint = "What stands in for it; without this the answer counts as unknown";
        text(ui, ctx, (keys, &all), (AnswerText::Countermeasure, "Countermeasure", hint, 3), |it| {
            &mut it.countermeasure
        });
    }
    if any(|it| *it == Status::NotApplicable) {
        let hint = "Why it does not concern this place; without this the answer counts as unknown";
        text(ui, ctx, (keys, &all), (AnswerText::Justification, "Justification", hint, 3), |it| &mut it.justification);
    }
    if statuses.iter().all(|it| matches!(it, Status::Inherited(_))) && !statuses.is_empty() {
        inherited_from(ui, ctx, keys, &statuses);
    }
    text(ui, ctx, (keys, &all), (AnswerText::Notes, "Notes", "What was seen and said", 4), |it| &mut it.notes);
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            capability(left, ctx, keys, alike(all.iter().map(|it| it.capable)));
            let role = alike(all.iter().map(|it| &it.answered_by));
            let hint = if role.is_some() { "A role" } else { VARIOUS };
            singleline(right, Field::new(ctx, "Answered by").hint(hint), role.map_or("", |it| it), |it| {
                answers::change(ctx, keys, |answer| answer.answered_by.clone_from(&it))
            });
        }
    });
    ui.horizontal_wrapped(|ui| {
        let day = alike(all.iter().map(|it| it.answered_on)).flatten();
        date_field(ui, Field::new(ctx, "Answered on"), day, |it| {
            answers::change(ctx, keys, |answer| answer.answered_on = it)
        });
        ui.vertical(|ui| {
            ui.label(RichText::new("").small());
            let is_marked = !all.is_empty() && all.iter().all(|it| it.review);
            switch(ui, ctx, "To review", is_marked, |it| answers::change(ctx, keys, |answer| answer.review = it));
        });
    });
}

/// Capability of all; where they differ, none is chosen.
fn capability(ui: &mut Ui, ctx: &Context, keys: &[GapKey], common: Option<Known>) {
    let mut choices: Vec<Option<Known>> = Known::ALL.iter().copied().map(Some).collect();
    if common.is_none() {
        choices.insert(0, None);
    }
    let word = |it: Option<Known>| it.map_or(VARIOUS.to_owned(), |it| it.to_string());
    choice(ui, Field::new(ctx, "Could do it (SL-C)"), common, &choices, word, |it| match it {
        Some(it) => answers::change(ctx, keys, |answer| answer.capable = it),
        None => Edit::Several(String::new(), Vec::new()),
    });
}

/// Where inherited answers come from.
fn inherited_from(ui: &mut Ui, ctx: &Context, keys: &[GapKey], statuses: &[Status]) {
    let is_here = |it: &Target| keys.iter().any(|key| key.target == *it);
    let mut others: Vec<Target> = ctx.project.targets().filter(|it| !is_here(it)).collect();
    others.sort_by_key(|&it| ctx.project.target_tag(it));
    let source = |it: &Status| if let Status::Inherited(source) = it { *source } else { None };
    let common = alike(statuses.iter().map(source)).flatten();
    let tag = |it: Target| ctx.project.target_tag(it).to_owned();
    optional_choice(ui, Field::new(ctx, "Inherited from"), common, &others, tag, |it| {
        answers::change(ctx, keys, |answer| answer.status = Status::Inherited(it))
    });
    if let [key] = keys {
        inherited::chain(ui, ctx, *key);
    }
}
