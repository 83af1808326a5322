//! Where an open thing is dealt with: what the link says, and where it leads.

use super::{Kind, Stop};
use crate::analysis::{Open, Spot};
use crate::catalogue::AnsweredIn;
use crate::model::ValidationStep;
use crate::ui::action::{Action, Selection, View, Waypoint};
use crate::ui::context::Context;
use crate::ui::finder::view_of;

/// What a link to it says.
pub(super) fn name(ctx: &Context, spot: Spot) -> String {
    match spot {
        Spot::Subject(subject) => {
            let tag = ctx.project.subject_tag(subject);
            if tag.is_empty() { format!("({})", subject.kind()) } else { tag.into_owned() }
        }
        Spot::Question(key) | Spot::Gap(key) => {
            format!("{} {}", ctx.project.target_tag(key.target), key.requirement)
        }
        Spot::Scope(part) => part.name().to_owned(),
        Spot::Diagram => View::Diagram.name().to_owned(),
        Spot::Risks => View::Risk.name().to_owned(),
        Spot::Gaps => View::Gaps.name().to_owned(),
        Spot::Requirement(id) => id.to_string(),
    }
}

/// Goes there.
pub(super) fn go(ctx: &Context, spot: Spot) {
    ctx.send(match spot {
        Spot::Subject(subject) => Action::GoTo(view_of(subject), Selection::of(subject)),
        Spot::Question(key) => Action::GoTo(View::Requirements, Selection::answer(key.target, key.requirement)),
        Spot::Gap(key) => Action::GoTo(View::Gaps, Selection::answer(key.target, key.requirement)),
        Spot::Scope(part) => Action::ScopePart(part),
        Spot::Diagram => Action::Go(View::Diagram),
        Spot::Risks => Action::Go(View::Risk),
        Spot::Gaps => Action::Go(View::Gaps),
        Spot::Requirement(id) => Action::Waypoint(Waypoint::Requirement(id)),
    });
}

/// The page on which it is answered.
pub(super) fn view(stop: &Stop) -> View {
    match stop.kind {
        Kind::Requirement(it, _) => match it.answered_in {
            AnsweredIn::Scope => View::Scope,
            AnsweredIn::Diagram => View::Diagram,
            AnsweredIn::Risk => View::Risk,
            AnsweredIn::Requirements => View::Requirements,
            AnsweredIn::Plan => View::Plan,
            AnsweredIn::Report => View::Report,
            AnsweredIn::Path => View::Path,
        },
        Kind::Step(ValidationStep::ZoneModel | ValidationStep::Inventory, _) => View::Diagram,
        Kind::Step(ValidationStep::Levels, _) => View::Requirements,
        Kind::Step(ValidationStep::Actions, _) => View::Gaps,
    }
}

/// Goes where it is answered: to the first open thing, or else to the page.
pub(super) fn answer(ctx: &Context, stop: &Stop) {
    match stop.open.iter().find_map(|it: &Open| it.at.first()) {
        // what waits for a confirmation here is here already
        Some(Spot::Requirement(id)) if stop.at == Waypoint::Requirement(*id) => (),
        Some(&spot) => go(ctx, spot),
        None => ctx.send(Action::Go(view(stop))),
    }
}
