//! A risk scenario before the room: placed on a large matrix, or estimated by several people.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::keys::Seat;
use super::locator::way_words;
use super::parts::{Inks, banner, banner_height, flat, flat_width, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage, question, worst};
use crate::edit::{Edit, Item};
use crate::hands::rate::moment;
use crate::model::{AssessmentStage, Estimate, RatedAt, Risk, RiskId, Target, WorkshopItem};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::estimates::{before_room, close_estimate};
use crate::ui::risk_matrix::{Matrix, Moments};
use crate::ui::theme::color32;

/// What the room's view of scenarios remembers.
#[derive(Default)]
pub(super) struct State {
    /// The point in time that is rated.
    pub(super) at: RatedAt,
    shows_estimates: bool,
}

impl State {
    /// The point in time that is rated: before zones are drawn only how bad it would be is asked.
    pub(super) fn at_of(&self, risk: &Risk) -> RatedAt {
        match risk.stage {
            AssessmentStage::Initial => RatedAt::Unmitigated,
            AssessmentStage::Detailed => self.at,
        }
    }
}

/// The points in time with their keys.
pub(super) const MOMENTS: [(&str, Key, RatedAt); 3] =
    [("1", Key::Num1, RatedAt::Unmitigated), ("2", Key::Num2, RatedAt::Current), ("3", Key::Num3, RatedAt::Residual)];

/// From this width on estimates stand beside the matrix.
const BOTH_FROM: f32 = 1300.0;

/// A key of a scenario; whether it means something here.
pub(super) fn stroke(ctx: &Context, mode: &mut Mode, stage: &Stage, id: RiskId, key: Key) -> bool {
    if key == Key::E {
        mode.scenario.shows_estimates = !mode.scenario.shows_estimates;
        return true;
    }
    match ctx.project.risks.get(id) {
        Some(risk) if risk.stage == AssessmentStage::Initial => worst::stroke(ctx, stage, (id, risk), key),
        _ => {
            let moment = MOMENTS.into_iter().find(|it| it.1 == key);
            if let Some((.., at)) = moment {
                mode.scenario.at = at;
            }
            moment.is_some()
        }
    }
}

/// Esc closes the estimate that is being entered in this window, then the estimates that are shown
/// in it. Returns whether it closed anything.
pub(super) fn escape(ui: &Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, seat: Seat) -> bool {
    let WorkshopItem::Risk(id) = stage.place else { return false };
    let state = &mut mode.scenario;
    let at = ctx.project.risks.get(id).map_or(state.at, |risk| state.at_of(risk));
    // where the scribe has a window, estimates are entered there and shown in the other one
    let is_entered = seat != Seat::Room && close_estimate(ui, id, at);
    let is_shown = seat != Seat::Scribe && !is_entered && std::mem::take(&mut state.shows_estimates);
    if is_entered || is_shown {
        ctx.send(Action::EndTyping);
    }
    is_entered || is_shown
}

/// Shows it in its part of the window.
pub(super) fn show(
    ui: &mut Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    id: RiskId,
    (inks, sizes, room): (Inks, Sizes, Rect),
) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let top = said(ui, ctx, mode, risk, (inks, sizes, room));
    let top = moments(ui, mode, risk, (inks, sizes, room), top);
    let mut bottom = room.bottom();
    for (kind, line) in question::decisions(mode, stage, WorkshopItem::Risk(id)) {
        bottom -= banner_height(ui, room.width(), &line, sizes);
        banner(ui, pos2(room.left(), bottom), room.width(), &line, inks.said(kind), sizes);
        bottom -= 0.6 * sizes.gap();
    }
    let part = Rect::from_min_max(pos2(room.left(), top), pos2(room.right(), bottom.max(top)));
    let state = &mode.scenario;
    let both = state.shows_estimates && part.width() >= BOTH_FROM;
    let (left, right) = part.split_left_right_at_fraction(if both { 0.6 } else { 1.0 });
    // before a room in the inks of the room
    let ctx = &Context { palette: inks.large(sizes), ..*ctx };
    if !state.shows_estimates || both {
        let left = if both { left.with_max_x(left.right() - 2.0 * sizes.gap()) } else { left };
        let mut ui = ui.new_child(UiBuilder::new().max_rect(left).id_salt("matrix"));
        if stage.workshop.closed {
            // to be looked at, as it is
            ui.visuals_mut().disabled_alpha = 1.0;
            ui.disable();
        }
        match risk.stage {
            AssessmentStage::Initial => worst::show(&ui, ctx, stage, (id, risk), (inks, sizes, left)),
            AssessmentStage::Detailed => {
                Matrix { moments: Moments::One(state.at), big: true, risks: &[id], height: left.height() }
                    .show(&mut ui, ctx);
            }
        }
    }
    if state.shows_estimates {
        let at = state.at_of(risk);
        // where the scribe has a part of their own, estimates are entered there
        let writes = !mode.has_second && !mode.shows_scribe && !stage.workshop.closed;
        let mut ui = ui.new_child(UiBuilder::new().max_rect(if both { right } else { left }).id_salt("estimates"));
        enlarge(&mut ui, inks, sizes);
        ScrollArea::vertical().id_salt("estimates").auto_shrink([false, false]).show(&mut ui, |ui| {
            if writes {
                ask(ui, ctx, stage, id, at);
            }
            before_room(ui, ctx, id, at, sizes.small(), writes);
        });
    }
}

/// Asks all who are here for an estimate.
pub(super) fn ask(ui: &mut Ui, ctx: &Context, stage: &Stage, id: RiskId, at: RatedAt) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let waiting = missing(stage, risk, at).count();
    let words = format!("Ask all who are here ({waiting})");
    if waiting > 0 && ui.button(words).on_hover_text("A line for each; hidden until all are shown").clicked() {
        ask_all(ctx, stage, id, at);
    }
}

/// What it is about and where. Returns where it ends.
fn said(ui: &Ui, ctx: &Context, mode: &mut Mode, risk: &Risk, (inks, sizes, room): (Inks, Sizes, Rect)) -> f32 {
    let targets: Vec<Target> = risk.targets.iter().copied().collect();
    let has_picture = !targets.is_empty() && room.width() > 1.2 * room.height();
    let wide = if has_picture { room.width() * 0.2 } else { 0.0 };
    let width = room.width() - wide - if has_picture { 2.0 * sizes.gap() } else { 0.0 };
    let name = format!("{}   {}", risk.tag, risk.title);
    let name = text(ui, &name, (Face::SemiBold, sizes.name()), inks.text(), width);
    let mut y = put(ui, room.min, name).bottom();
    let tags: Vec<&str> = targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
    let way = match targets.as_slice() {
        [] => String::new(),
        [only] => format!("{} {}", ctx.project.target_tag(*only), way_words(ctx.project, *only)),
        _ => tags.join(", "),
    };
    // the matrix needs most of the room: what is told is cut at a line, and whole beside the scribe
    let most = room.height() * 0.24;
    for words in [risk.scenario.as_str(), way.as_str()] {
        if words.is_empty() {
            continue;
        }
        let fitted = shortened(ui, words, (inks, sizes), width, (room.top() + most - y).max(0.0));
        if let Some(galley) = fitted {
            y = put(ui, pos2(room.left(), y), galley).bottom();
        }
    }
    if has_picture {
        let high = (wide * 0.62).min(most);
        let frame = Rect::from_min_size(pos2(room.right() - wide, room.top()), vec2(wide, high));
        mode.locator.show(ui, ctx, inks, frame, &targets, sizes);
        y = y.max(frame.bottom());
    }
    y + 0.6 * sizes.gap()
}

/// The words as far as whole lines of them fit, with an ellipsis; `None` where not even one does.
fn shortened(
    ui: &Ui,
    words: &str,
    (inks, sizes): (Inks, Sizes),
    width: f32,
    high: f32,
) -> Option<std::sync::Arc<egui::Galley>> {
    let font = crate::ui::theme::font(Face::Regular, sizes.small());
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, color32(inks.text()), width);
    let row = text(ui, "X", (Face::Regular, sizes.small()), inks.text(), width).size().y;
    job.wrap.max_rows = (high / row) as usize;
    (job.wrap.max_rows > 0).then(|| ui.painter().layout_job(job))
}

/// The three points in time, and apart from them the estimates. Returns where they end.
fn moments(ui: &Ui, mode: &mut Mode, risk: &Risk, (inks, sizes, room): (Inks, Sizes, Rect), top: f32) -> f32 {
    let state = &mut mode.scenario;
    let mut at = pos2(room.left(), top);
    let mut bottom = top;
    let shown: &[(&str, Key, RatedAt)] = if risk.stage == AssessmentStage::Initial { &[] } else { &MOMENTS };
    for &(figure, _, moment_of) in shown {
        let words = moment(moment_of);
        if at.x > room.left() && at.x + flat_width(ui, (figure, words), sizes) > room.right() {
            // what does not fit beside stands below
            at = pos2(room.left(), bottom + 0.4 * sizes.gap());
        }
        let response = flat(ui, inks, at, (figure, words), state.at == moment_of, sizes);
        if response.clicked() {
            state.at = moment_of;
        }
        bottom = response.rect.bottom();
        at.x = response.rect.right() + 0.6 * sizes.gap();
    }
    let wide = flat_width(ui, ("E", "estimates"), sizes);
    if at.x + 2.0 * sizes.gap() + wide > room.right() {
        at.y = bottom + 0.4 * sizes.gap();
    }
    let response = flat(ui, inks, pos2(room.right() - wide, at.y), ("E", "estimates"), state.shows_estimates, sizes);
    if response.clicked() {
        state.shows_estimates = !state.shows_estimates;
    }
    response.rect.bottom() + sizes.gap()
}

/// One line of estimates for everybody who came and has none yet.
fn ask_all(ctx: &Context, stage: &Stage, id: RiskId, at: RatedAt) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let mut asked = risk.clone();
    asked.estimates.extend(missing(stage, risk, at).map(|by| Estimate {
        by: by.to_owned(),
        at,
        on: Some(ctx.analysis.as_of),
        ..Estimate::default()
    }));
    ctx.edit(Edit::Put(Item::Risk(id, asked)).named(format!("estimate risk {}", risk.tag)));
}

/// Those who came and have no estimate yet.
fn missing<'a>(stage: &Stage<'a>, risk: &'a Risk, at: RatedAt) -> impl Iterator<Item = &'a str> {
    let has_one = move |by: &str| risk.estimates.iter().any(|it| it.at == at && it.by == by);
    stage.workshop.present().filter(move |by| !has_one(by))
}

/// Everything that stands in this part in type for a room.
fn enlarge(ui: &mut Ui, inks: Inks, sizes: Sizes) {
    let style = ui.style_mut();
    for font in style.text_styles.values_mut() {
        font.size = font.size.max(sizes.small());
    }
    let ink = color32(inks.text());
    style.visuals.override_text_color = Some(ink);
    style.visuals.weak_text_color = Some(ink);
    style.spacing.interact_size.y = 1.6 * sizes.small();
}
