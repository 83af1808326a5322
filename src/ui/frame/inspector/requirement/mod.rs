//! A requirement at a target: the question, what to look for, the answer; or what several have in common.

mod comments;
mod evidence;
mod preview;
mod source;
mod together;

use std::collections::HashSet;

use egui::{RichText, Ui};

use super::several::{VARIOUS, alike};
use super::{inherited, section};
use crate::edit::Edit;
use crate::model::{Answer, GapKey, Known, RequirementId, Status, Subject, Target, WorkshopItem};
use crate::ui::action::View;
use crate::ui::answering::{AnswerText, attend};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::answers::{self, STATUSES};
use crate::ui::views::counted;
use crate::ui::widgets::{Field, chip, choice, date_field, multiline, singleline, switch};
use together::Together;

/// So many targets are named.
const NAMED: usize = 24;

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
        let key = GapKey { target, requirement: id };
        let answer = Together::of(ctx, vec![key]);
        fields(ui, ctx, &answer);
        inherited::heirs(ui, ctx, key);
        evidence::show(ui, ctx, &answer);
        comments::show(ui, ctx, key);
        crate::ui::views::said_about(ui, ctx, WorkshopItem::Question(key));
        background(ui, ctx, id);
    });
}

/// Shows what several answers have in common, to be changed for all.
pub(super) fn several(ui: &mut Ui, ctx: &Context, subjects: &[Subject]) {
    let together = Together::chosen(ui, ctx, subjects);
    let requirements: Vec<RequirementId> = match ctx.answering.chosen.len() {
        0 | 1 => ctx.selection.requirement.into_iter().collect(),
        _ => ctx.answering.chosen.iter().copied().collect(),
    };
    ui.push_id(("answers together", &requirements), |ui| {
        match requirements.as_slice() {
            [only] => {
                if let Some(target) = subjects.first().and_then(|it| it.target()) {
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
        let tags: Vec<_> = subjects.iter().take(NAMED).map(|&it| ctx.project.subject_tag(it)).collect();
        let more = if subjects.len() > NAMED { format!(" and {} more", subjects.len() - NAMED) } else { String::new() };
        let count = counted(together.keys.len(), "answer", "answers");
        ui.label(RichText::new(format!("{count} at {}{more}", tags.join(", "))).weak());
        ui.add_space(6.0);
        fields(ui, ctx, &together);
        evidence::show(ui, ctx, &together);
    });
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
    (keys, common): (&[GapKey], Option<&String>),
    (kind, label, hint, rows): (AnswerText, &str, &str, usize),
    of: fn(&mut Answer) -> &mut String,
) {
    let differ = "They differ; what you write takes the place of all";
    let field = Field::new(ctx, label).hint(if common.is_none() { differ } else { hint });
    let value = common.map_or("", String::as_str);
    let response =
        multiline(ui, field, value, rows, |it| answers::change(ctx, keys, |answer| of(answer).clone_from(&it)));
    attend(ui, ctx, Some(kind), &response, value.chars().count());
}

/// Status, texts, capability, who and when.
fn fields(ui: &mut Ui, ctx: &Context, all: &Together) {
    let (keys, statuses) = (all.keys.as_slice(), all.statuses.as_slice());
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
    if statuses.contains(&Status::Compensated) {
        let hint = "What stands in for it; without this the answer counts as unknown";
        let common = (keys, all.countermeasure.as_ref());
        text(ui, ctx, common, (AnswerText::Countermeasure, "Countermeasure", hint, 3), |it| &mut it.countermeasure);
    }
    if statuses.contains(&Status::NotApplicable) {
        let hint = "Why it does not concern this place; without this the answer counts as unknown";
        let common = (keys, all.justification.as_ref());
        text(ui, ctx, common, (AnswerText::Justification, "Justification", hint, 3), |it| &mut it.justification);
    }
    if statuses.iter().all(|it| matches!(it, Status::Inherited(_))) && !statuses.is_empty() {
        inherited_from(ui, ctx, all);
    }
    let notes = (AnswerText::Notes, "Notes", "What was seen and said", 4);
    text(ui, ctx, (keys, all.notes.as_ref()), notes, |it| &mut it.notes);
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            capability(left, ctx, keys, all.capable);
            let role = all.answered_by.as_deref();
            let hint = if role.is_some() { "A role" } else { VARIOUS };
            singleline(right, Field::new(ctx, "Answered by").hint(hint), role.unwrap_or_default(), |it| {
                answers::change(ctx, keys, |answer| answer.answered_by.clone_from(&it))
            });
        }
    });
    ui.horizontal_wrapped(|ui| {
        date_field(ui, Field::new(ctx, "Answered on"), (keys.first(), keys.len()), all.answered_on.flatten(), |it| {
            answers::change(ctx, keys, |answer| answer.answered_on = it)
        });
        ui.vertical(|ui| {
            ui.label(RichText::new("").small());
            switch(ui, ctx, "To review", all.to_review, |it| answers::change(ctx, keys, |answer| answer.review = it));
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
fn inherited_from(ui: &mut Ui, ctx: &Context, all: &Together) {
    let keys = all.keys.as_slice();
    let here: HashSet<Target> = keys.iter().map(|it| it.target).collect();
    let mut others: Vec<Target> = ctx.project.targets().filter(|it| !here.contains(it)).collect();
    others.sort_by_key(|&it| (it.conduit().is_some(), ctx.project.target_tag(it)));
    let source = |it: &Status| if let Status::Inherited(source) = it { *source } else { None };
    let common = alike(all.statuses.iter().map(source)).flatten();
    let tag = |it: Target| ctx.project.target_tag(it).to_owned();
    let change = |it| answers::change(ctx, keys, |answer| answer.status = Status::Inherited(it));
    source::choice(ui, ctx, (common, &others), tag, change);
    if let [key] = keys {
        inherited::chain(ui, ctx, *key);
    }
}
