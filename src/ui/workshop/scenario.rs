//! A risk scenario before the room.

use egui::{Key, Rect, Ui, pos2};

use super::parts::{Inks, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage};
use crate::model::{RatedAt, RiskId};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::widgets::plain_key;

/// What the room's view of scenarios remembers.
#[derive(Default)]
pub(super) struct State {
    /// The point in time that is rated.
    at: RatedAt,
}

/// The keys of a scenario.
pub(super) fn keys(ui: &Ui, _ctx: &Context, mode: &mut Mode, _stage: &Stage, _id: RiskId) {
    for (key, at) in [(Key::Num1, RatedAt::Unmitigated), (Key::Num2, RatedAt::Current), (Key::Num3, RatedAt::Residual)]
    {
        if plain_key(ui, key) {
            mode.scenario.at = at;
        }
    }
}

/// Shows it in its part of the window.
pub(super) fn show(
    ui: &mut Ui,
    ctx: &Context,
    mode: &mut Mode,
    _stage: &Stage,
    id: RiskId,
    (inks, sizes, room): (Inks, Sizes, Rect),
) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let name = format!("{}   {}", risk.tag, risk.title);
    let name = text(ui, &name, (Face::SemiBold, sizes.name()), inks.text(), room.width());
    let y = put(ui, room.min, name).bottom() + sizes.gap();
    let said = text(ui, &risk.scenario, (Face::Regular, sizes.body()), inks.text(), room.width());
    let y = put(ui, pos2(room.left(), y), said).bottom() + sizes.gap();
    let level = risk.level(mode.scenario.at, &ctx.project.settings.matrix).map_or("not rated", |it| it.word());
    let words = format!("{}: {level}", mode.scenario.at.word());
    let words = text(ui, &words, (Face::SemiBold, sizes.name()), inks.text(), room.width());
    put(ui, pos2(room.left(), y), words);
}
