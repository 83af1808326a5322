//! Answering: the statuses with their keys, and what a new answer takes over.

use crate::edit::Edit;
use crate::model::{Answer, GapKey, Status};
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

/// Answers requirements with a status as one step. Texts stay; an inherited answer
/// proposes the zone around, the day is noted, and the role last used is kept.
pub fn set_status(ctx: &Context, keys: &[GapKey], status: Status) {
    let answers = keys.iter().map(|&key| {
        let before = ctx.project.answer(key.target, key.requirement).cloned().unwrap_or_default();
        (key, answered(ctx, key, before, status))
    });
    ctx.edit(Edit::Answer(answers.collect()));
}

fn answered(ctx: &Context, key: GapKey, before: Answer, status: Status) -> Answer {
    let status = match status {
        Status::Inherited(None) => Status::Inherited(source(ctx, key)),
        status => status,
    };
    let is_blank = status == Status::NotAssessed;
    let answered_by =
        if before.answered_by.is_empty() && !is_blank { last_role(ctx, key) } else { before.answered_by.clone() };
    Answer { status, answered_by, answered_on: if is_blank { None } else { Some(ctx.analysis.as_of) }, ..before }
}

/// The zone around a zone, or one of a conduit's zones: where an answer usually comes from.
fn source(ctx: &Context, key: GapKey) -> Option<crate::model::Target> {
    match key.target {
        crate::model::Target::Zone(id) => ctx.project.zones.get(id)?.parent.map(Into::into),
        crate::model::Target::Conduit(id) => {
            let conduit = ctx.project.conduits.get(id)?;
            conduit.to.or(conduit.from).map(Into::into)
        }
    }
}

/// The role that answered last at this target.
fn last_role(ctx: &Context, key: GapKey) -> String {
    let answers = ctx.project.answers.get(key.target);
    let latest = answers.into_iter().flat_map(|it| it.values()).filter(|it| !it.answered_by.is_empty());
    latest.max_by_key(|it| it.answered_on).map(|it| it.answered_by.clone()).unwrap_or_default()
}
