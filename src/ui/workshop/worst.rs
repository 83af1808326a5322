//! How bad a scenario would be, in large words: all that is asked before zones are drawn.

use egui::{Key, Rect, Ui, pos2, vec2};

use super::inks::Inks;
use super::parts::{key, put, text};
use super::sizes::Sizes;
use super::{IS_OVER, Mode, Stage};
use crate::hands::rate::{self, Place};
use crate::model::{RatedAt, Rating, Risk, RiskId};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;

/// The figures of the steps.
const FIGURES: [(&str, Key); 6] =
    [("1", Key::Num1), ("2", Key::Num2), ("3", Key::Num3), ("4", Key::Num4), ("5", Key::Num5), ("6", Key::Num6)];

/// The steps of the scale with their figures and words.
fn steps<'a>(ctx: &'a Context) -> impl Iterator<Item = (&'static str, Key, Rating, String)> + use<'a> {
    let words = &ctx.project.settings.matrix.consequence;
    let numbered = FIGURES.into_iter().zip((1..=6).filter_map(Rating::new)).take(words.len());
    numbered.map(|((figure, key), step)| (figure, key, step, rate::name(words, step)))
}

fn put_at(ctx: &Context, mode: &mut Mode, stage: &Stage, (id, risk): (RiskId, &Risk), step: Rating) {
    if stage.workshop.closed {
        return mode.refuse(ctx, IS_OVER);
    }
    let to = Place { consequence: Some(step), likelihood: None };
    if let Some(rated) = rate::put(&ctx.project.settings.matrix, risk, RatedAt::Unmitigated, to, None) {
        ctx.send(Action::Say(rated.said.clone()));
        ctx.edit(rated.edit(id));
    }
}

/// The step that a key chooses: a figure its own, an arrow the one beside.
fn step_of(ctx: &Context, risk: &Risk, key: Key) -> Option<Rating> {
    let now = rate::consequence(risk, RatedAt::Unmitigated);
    let beside = match key {
        Key::ArrowRight | Key::ArrowUp => now.map(|it| it.number() + 1),
        Key::ArrowLeft | Key::ArrowDown => now.map(|it| it.number() - 1),
        _ => None,
    };
    steps(ctx).find(|(_, it, step, _)| *it == key || beside == Some(step.number())).map(|it| it.2)
}

/// Whether a key would rate the scenario.
pub(super) fn means(ctx: &Context, risk: &Risk, key: Key) -> bool {
    step_of(ctx, risk, key).is_some()
}

/// Rates the scenario by a key. Whether it means something here.
pub(super) fn stroke(ctx: &Context, mode: &mut Mode, stage: &Stage, (id, risk): (RiskId, &Risk), key: Key) -> bool {
    let step = step_of(ctx, risk, key);
    if let Some(step) = step {
        put_at(ctx, mode, stage, (id, risk), step);
    }
    step.is_some()
}

/// Shows it in its part of the window.
pub(super) fn show(
    ui: &Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    (id, risk): (RiskId, &Risk),
    (inks, sizes, room): (Inks, Sizes, Rect),
) {
    let now = rate::consequence(risk, RatedAt::Unmitigated);
    let asked = text(ui, "How bad would it be?", (Face::Regular, sizes.name()), inks.text(), room.width());
    let y = put(ui, room.min, asked).bottom() + sizes.gap();
    let all: Vec<_> = steps(ctx).collect();
    let gap = 0.6 * sizes.gap();
    // in a narrow window the words stand below each other
    let in_a_row = if room.width() / sizes.unit > 820.0 { all.len().max(1) } else { 2 };
    let rows = all.len().div_ceil(in_a_row).max(1);
    let wide = (room.width() - gap * (in_a_row as f32 - 1.0)) / in_a_row as f32;
    let high = ((room.bottom() - y) / rows as f32 - gap).min(170.0 * sizes.unit);
    for (place, (figure, _, step, word)) in all.iter().enumerate() {
        let at = vec2((place % in_a_row) as f32 * (wide + gap), (place / in_a_row) as f32 * (high + gap));
        let rect = Rect::from_min_size(pos2(room.left(), y) + at, vec2(wide, high));
        if key(ui, inks, rect, figure, word, now == Some(*step), sizes).clicked() {
            put_at(ctx, mode, stage, (id, risk), *step);
        }
    }
    let end = y + rows as f32 * (high + gap) + sizes.gap();
    let word = now.map_or("Not rated".to_owned(), |it| rate::name(&ctx.project.settings.matrix.consequence, it));
    let word = text(ui, &word, (Face::SemiBold, 72.0 * sizes.unit), inks.text(), room.width());
    if end + word.size().y <= room.bottom() {
        put(ui, pos2(room.left(), end), word);
    }
}
