//! Answering: the statuses with their keys, and what a new answer takes over.

use crate::edit::Edit;
use crate::model::{Answer, GapKey, Status, Target};
use crate::ui::context::Context;

/// The statuses with the keys that set them.
pub const STATUSES: [(u8, Status); 7] = [
    (1, Status::Met),
    (2, Status::Partial),
    (3, Status::NotMet),
    (4, Status::Compensated),
    (5, Status::NotApplicable),
    (6, Status::Inherited(None)),
    (0, Status::NotAssessed),
];

/// The word for a status with a capital letter.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::NotAssessed => "Not assessed",
        Status::Met => "Met",
        Status::Partial => "Partial",
        Status::NotMet => "Not met",
        Status::Compensated => "Compensated",
        Status::NotApplicable => "Not applicable",
        Status::Inherited(_) => "Inherited",
    }
}

/// The answer as it is, or a fresh one.
pub fn answer_at(ctx: &Context, key: GapKey) -> Answer {
    ctx.project.answer(key.target, key.requirement).cloned().unwrap_or_default()
}

/// Changes the answers to several requirements as one step.
pub fn change(ctx: &Context, keys: &[GapKey], change: impl Fn(&mut Answer)) -> Edit {
    let answers = keys.iter().map(|&key| {
        let mut answer = answer_at(ctx, key);
        change(&mut answer);
        (key, answer)
    });
    Edit::Answer(answers.collect())
}

/// Answers requirements with a status as one step.
pub fn set_status(ctx: &Context, keys: &[GapKey], status: Status) {
    let answers = keys.iter().map(|&key| (key, answered(ctx, key, answer_at(ctx, key), status)));
    ctx.edit(Edit::Answer(answers.collect()));
}

/// An answer with another status. Texts stay; an inherited one proposes the zone around, and the
/// day and the role that answers now are noted. What nobody in particular answers is in nobody's
/// name, unless it is what somebody answered on the same day.
pub fn answered(ctx: &Context, key: GapKey, before: Answer, status: Status) -> Answer {
    let status = match status {
        Status::Inherited(None) => Status::Inherited(source(ctx, key)),
        status => status,
    };
    if status == Status::NotAssessed {
        return Answer { status, answered_by: String::new(), answered_on: None, ..before };
    }
    let (role, today) = (&ctx.answering.role, Some(ctx.analysis.as_of));
    let is_the_same = status == before.status && before.answered_on == today;
    let answered_by = if role.is_empty() && is_the_same { before.answered_by.clone() } else { role.clone() };
    Answer { status, answered_by, answered_on: today, ..before }
}

/// The zone around a zone, or one of a conduit's zones: where an answer usually comes from.
fn source(ctx: &Context, key: GapKey) -> Option<Target> {
    match key.target {
        Target::Zone(id) => ctx.project.zones.get(id)?.parent.map(Into::into),
        Target::Conduit(id) => {
            let conduit = ctx.project.conduits.get(id)?;
            conduit.to.or(conduit.from).map(Into::into)
        }
    }
}
