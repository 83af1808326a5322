//! What the answers that are looked at have in common: worked out once for each edit and choice,
//! for there may be thousands of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::Ui;
use jiff::civil::Date;

use super::super::several::alike;
use crate::model::{Answer, EvidenceId, GapKey, Known, RequirementId, Status, Subject, Target};
use crate::ui::context::Context;
use crate::ui::kept::by_analysis;

/// Answers and what they have in common; `None` where they differ.
#[derive(Default)]
pub(super) struct Together {
    /// The answers.
    pub keys: Vec<GapKey>,
    /// Each status that there is.
    pub statuses: Vec<Status>,
    pub countermeasure: Option<String>,
    pub justification: Option<String>,
    pub notes: Option<String>,
    pub capable: Option<Known>,
    pub answered_by: Option<String>,
    pub answered_on: Option<Option<Date>>,
    /// All are to be reviewed.
    pub to_review: bool,
    /// What is attached, and to how many of them.
    pub evidence: BTreeMap<EvidenceId, usize>,
}

impl Together {
    /// The answers at these places.
    pub fn of(ctx: &Context, keys: Vec<GapKey>) -> Self {
        let fresh = Answer::default();
        let answer = |key: &GapKey| ctx.project.answer(key.target, key.requirement).unwrap_or(&fresh);
        let all: Vec<&Answer> = keys.iter().map(answer).collect();
        let common = |of: fn(&Answer) -> &String| alike(all.iter().map(|it| of(it))).cloned();
        let mut statuses: Vec<Status> = Vec::new();
        let mut evidence = BTreeMap::new();
        for answer in &all {
            if !statuses.contains(&answer.status) {
                statuses.push(answer.status);
            }
            for &id in &answer.evidence {
                *evidence.entry(id).or_insert(0) += 1;
            }
        }
        Self {
            statuses,
            countermeasure: common(|it| &it.countermeasure),
            justification: common(|it| &it.justification),
            notes: common(|it| &it.notes),
            capable: alike(all.iter().map(|it| it.capable)),
            answered_by: common(|it| &it.answered_by),
            answered_on: alike(all.iter().map(|it| it.answered_on)),
            to_review: !all.is_empty() && all.iter().all(|it| it.review),
            evidence,
            keys,
        }
    }

    /// The answers to what is chosen at several targets.
    pub fn chosen(ui: &Ui, ctx: &Context, subjects: &[Subject]) -> Arc<Self> {
        let chosen: BTreeSet<RequirementId> =
            ctx.answering.chosen.iter().copied().chain(ctx.selection.requirement).collect();
        let from = (ctx.session.revision(), chosen.clone(), subjects.to_vec());
        by_analysis(ui, ctx, from, || Self::of(ctx, keys(ctx, subjects, &chosen)))
    }
}

/// What is chosen, as far as it is in the scope of each target.
fn keys(ctx: &Context, subjects: &[Subject], chosen: &BTreeSet<RequirementId>) -> Vec<GapKey> {
    let at = |target: Target| {
        let scope = ctx.analysis.target(target).map(|it| it.scope).unwrap_or_default();
        let in_scope = move |id: &RequirementId| ctx.catalogue.index(*id).is_some_and(|it| scope.contains(it));
        chosen.iter().copied().filter(in_scope).map(move |requirement| GapKey { target, requirement })
    };
    subjects.iter().filter_map(|it| it.target()).flat_map(at).collect()
}
