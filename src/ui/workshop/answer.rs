//! What the room answers, with what it went through.

use crate::analysis::agenda;
use crate::edit::{Edit, Item};
use crate::model::{Answer, GapKey, Known, Status, Workshop, WorkshopId, WorkshopItem};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::views::answers::{self, answer_at};
use crate::ui::views::moment;

/// The room gives this status; texts stay, and an inherited answer proposes the zone around.
pub(super) fn give(ctx: &Context, (id, workshop): (WorkshopId, &Workshop), key: GapKey, status: Status) {
    if workshop.closed {
        return ctx.send(Action::Say(super::IS_OVER.to_owned()));
    }
    let mut answer = answers::answered(ctx, key, answer_at(ctx, key), status);
    let room = workshop.answered_by();
    if status != Status::NotAssessed && !room.is_empty() {
        answer.answered_by = room;
    }
    ctx.edit(with_taken(ctx, (id, workshop), key, answer));
}

/// The room says whether the technology could do it.
pub(super) fn set_capable(ctx: &Context, room: (WorkshopId, &Workshop), key: GapKey, capable: Known) {
    if room.1.closed {
        return ctx.send(Action::Say(super::IS_OVER.to_owned()));
    }
    ctx.edit(with_taken(ctx, room, key, Answer { capable, ..answer_at(ctx, key) }));
}

/// Whether the answer is to be looked at again, the other way round.
pub(super) fn mark(ctx: &Context, room: (WorkshopId, &Workshop), key: GapKey) {
    if room.1.closed {
        return ctx.send(Action::Say(super::IS_OVER.to_owned()));
    }
    let answer = answer_at(ctx, key);
    let said = if answer.review { "Marked no more" } else { "Marked to be looked at again" };
    ctx.send(Action::Say(said.to_owned()));
    ctx.edit(with_taken(ctx, room, key, Answer { review: !answer.review, ..answer }));
}

/// The answer, and that the room has gone through it, as one step.
pub(super) fn with_taken(ctx: &Context, (id, workshop): (WorkshopId, &Workshop), key: GapKey, answer: Answer) -> Edit {
    let answered = Edit::Answer(vec![(key, answer)]);
    let item = WorkshopItem::Question(key);
    // what is put right after the workshop was over is no part of it
    if workshop.closed {
        return answered;
    }
    let label = answered.label(ctx.project);
    let mut gone_on = workshop.clone();
    if workshop.was_open(item).is_none() {
        let was_open = agenda::is_open(ctx.project, ctx.catalogue, ctx.analysis, item);
        gone_on.take_at(item, was_open, Some(moment(ctx)));
    }
    gone_on.count_day(ctx.analysis.as_of);
    if gone_on == *workshop {
        return answered;
    }
    Edit::Several(label, vec![answered, Edit::Put(Item::Workshop(id, gone_on))])
}
