//! A risk scenario before the room: placed on a large matrix, or estimated by several people.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::inks::Inks;
use super::keys::Seat;
use super::locator::way_words;
use super::parts::{banner, banner_height, flat, flat_width, put, text};
use super::sizes::Sizes;
use super::{Mode, Stage, question, worst};
use crate::edit::{Edit, Item};
use crate::hands::estimate::{are_hidden, at as estimates_at, begins_hidden};
use crate::hands::rate::moment;
use crate::model::{AssessmentStage, Estimate, RatedAt, Rating, Risk, RiskId, Target, WorkshopItem};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::estimates::{
    Room, agree, before_room, close_estimate, enter_step, first_of, is_entered, open_next, reveal,
};
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

/// What stands in place of a rating that nobody may see yet.
pub(super) const IS_HIDDEN: &str = "Hidden until all estimates are shown";

/// Whether the rating at a point in time, and what was said of it, would sway those who estimate.
pub(super) fn hides(stage: &Stage, risk: &Risk, at: RatedAt) -> bool {
    !stage.workshop.closed && are_hidden(risk, at)
}

/// A key of a scenario; whether it means something here.
pub(super) fn stroke(
    ui: &Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    (id, seat, has_focus): (RiskId, Seat, bool),
    key: Key,
) -> bool {
    let Some(risk) = ctx.project.risks.get(id) else { return false };
    let at = mode.scenario.at_of(risk);
    // where the scribe has a window of their own, estimates are entered there
    if seat != Seat::Room && is_entered(ui.ctx(), id, at) {
        let step = FIGURES.iter().position(|it| *it == key).and_then(|it| Rating::new(it as u8 + 1));
        if step.is_some_and(|step| enter_step(ui.ctx(), ctx, id, at, step)) {
            return true;
        }
        if key == Key::Enter && !has_focus {
            return close_estimate(ui, id, at);
        }
    }
    let are_at_hand = seat == Seat::Scribe || mode.scenario.shows_estimates || mode.shows_scribe;
    if key == Key::H && are_at_hand && !stage.workshop.closed && reveal(ui.ctx(), ctx, (id, at)) {
        return true;
    }
    if seat != Seat::Room && are_at_hand && !stage.workshop.closed {
        match key {
            Key::A if missing(stage, risk, at).next().is_some() => {
                ask_all(ctx, stage, id, at);
                return true;
            }
            Key::N if open_next(ui.ctx(), risk, (id, at)) => return true,
            Key::G if hides(stage, risk, at) => {
                mode.refuse(ctx, IS_HIDDEN);
                return true;
            }
            Key::G if agree(ui.ctx(), ctx, (id, at)) => return true,
            _ => (),
        }
    }
    if key == Key::E {
        mode.scenario.shows_estimates = !mode.scenario.shows_estimates;
        return true;
    }
    let moment = MOMENTS.into_iter().find(|it| it.1 == key).map(|it| it.2);
    match (risk.stage, moment) {
        (AssessmentStage::Detailed, Some(moment)) => mode.scenario.at = moment,
        (AssessmentStage::Detailed, None) => {
            let moves = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight, Key::Backspace].contains(&key);
            if !moves || has_focus || !hides(stage, risk, at) {
                return false;
            }
            mode.refuse(ctx, IS_HIDDEN);
        }
        (AssessmentStage::Initial, _) if hides(stage, risk, at) && worst::means(ctx, risk, key) => {
            mode.refuse(ctx, IS_HIDDEN);
        }
        (AssessmentStage::Initial, _) => return worst::stroke(ctx, mode, stage, (id, risk), key),
    }
    true
}

/// The figures of the steps of a scale.
const FIGURES: [Key; 6] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];

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
    let at = mode.scenario.at_of(risk);
    let hides = hides(stage, risk, at);
    // where the scribe has a part of their own, estimates are entered there
    let writes = !mode.has_second && !mode.shows_scribe && !stage.workshop.closed;
    let is_given = estimates_at(risk, at).next().is_some();
    let shows_estimates = mode.scenario.shows_estimates && is_given;
    let is_narrow = room.width() < BOTH_FROM;
    if shows_estimates && writes && is_narrow && is_entered(ui.ctx(), id, at) {
        let ctx = &Context { palette: inks.large(sizes), ..*ctx };
        entry_alone(ui, ctx, (id, risk, at), (inks, sizes, room));
        return;
    }
    // while people estimate, what was decided has no room, and would sway them
    let lines = match hides || mode.scenario.shows_estimates {
        true => Vec::new(),
        false => question::decisions(mode, stage, WorkshopItem::Risk(id)),
    };
    let told: f32 = lines.iter().map(|(_, it)| banner_height(ui, room.width(), it, sizes) + 0.6 * sizes.gap()).sum();
    let fewest = if shows_estimates { FEWEST } else { FEWEST + LINE };
    let around = match risk.stage {
        _ if shows_estimates => {
            let people = estimates_at(risk, at).take(6);
            let told = |it: &Estimate| !hides && !it.reason.trim().is_empty();
            ESTIMATES + people.map(|(_, it)| if told(it) { 2.0 * PERSON } else { PERSON }).sum::<f32>()
        }
        AssessmentStage::Initial => WORST,
        AssessmentStage::Detailed => MATRIX + ROW * ctx.project.settings.matrix.likelihood.len() as f32,
    };
    let most = (room.height() - told - around * sizes.unit).max(fewest * sizes.unit);
    let top = said(ui, ctx, mode, risk, (inks, sizes, room), most);
    let top = moments(ui, mode, risk, (inks, sizes, room), top);
    let mut bottom = room.bottom();
    for (kind, line) in lines {
        bottom -= banner_height(ui, room.width(), &line, sizes);
        banner(ui, pos2(room.left(), bottom), room.width(), &line, inks.said(kind), sizes);
        bottom -= 0.6 * sizes.gap();
    }
    let mut part = Rect::from_min_max(pos2(room.left(), top), pos2(room.right(), bottom.max(top)));
    // before a room in the inks of the room
    let ctx = &Context { palette: inks.large(sizes), ..*ctx };
    if mode.scenario.shows_estimates && !is_given {
        part.min.y = nobody_yet(ui, ctx, stage, (id, at, writes), (inks, sizes, part));
    }
    if hides && !shows_estimates {
        let words = format!("{IS_HIDDEN}.\nE shows who has given one.");
        put(ui, part.min, text(ui, &words, (Face::Regular, sizes.name()), inks.text(), part.width()));
        return;
    }
    let both = shows_estimates && !hides && !is_narrow;
    let (left, right) = part.split_left_right_at_fraction(if both { 0.54 } else { 1.0 });
    if !shows_estimates || both {
        let left = if both { left.with_max_x(left.right() - 2.0 * sizes.gap()) } else { left };
        rated(ui, ctx, mode, stage, (id, risk), (inks, sizes, left));
    }
    if shows_estimates {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(if both { right } else { left }).id_salt("estimates"));
        enlarge(&mut ui, inks, sizes);
        let area = ScrollArea::vertical().id_salt("estimates").auto_shrink([false, false]);
        let high = ui.available_height();
        let shown = area.show(&mut ui, |ui| {
            let room = Room { size: sizes.small(), high, writes };
            before_room(ui, ctx, (id, at), &room, |ui| ask(ui, ctx, stage, (id, at), true));
        });
        let below = shown.content_size.y - shown.state.clamped_offset().y - shown.inner_rect.height();
        if below > sizes.small() {
            more_below(&ui, inks, sizes, shown.inner_rect);
        }
    }
}

/// What stands around the words of a scenario and must have room, in points of a window of 1024 by
/// 768: its points in time with what stands around the rows of a matrix, and a row of it; with what
/// stands around the people of a table, and a line of one of them; with the keys of how bad it would be.
const MATRIX: f32 = 150.0;
const ROW: f32 = 45.0;
const ESTIMATES: f32 = 200.0;
const PERSON: f32 = 37.0;
const WORST: f32 = 330.0;
/// The least height of those words: the name and two lines, and one more.
const FEWEST: f32 = 103.0;
const LINE: f32 = 29.0;

/// The scenario as it is rated: on the matrix, or at first how bad it would be.
fn rated(
    ui: &mut Ui,
    ctx: &Context,
    mode: &mut Mode,
    stage: &Stage,
    (id, risk): (RiskId, &Risk),
    (inks, sizes, part): (Inks, Sizes, Rect),
) {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(part).id_salt("matrix"));
    if stage.workshop.closed {
        // to be looked at, as it is
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
    match risk.stage {
        AssessmentStage::Initial => worst::show(&ui, ctx, mode, stage, (id, risk), (inks, sizes, part)),
        AssessmentStage::Detailed => {
            Matrix { moments: Moments::One(mode.scenario.at), big: true, risks: &[id], height: part.height() }
                .show(&mut ui, ctx);
        }
    }
}

/// Somebody's estimate being entered, in all the room there is.
fn entry_alone(
    ui: &mut Ui,
    ctx: &Context,
    (id, risk, at): (RiskId, &Risk, RatedAt),
    (inks, sizes, room): (Inks, Sizes, Rect),
) {
    let name = format!("{}   {}", risk.tag, risk.title);
    let name = text(ui, &name, (Face::SemiBold, sizes.name()), inks.text(), room.width());
    let y = put(ui, room.min, name).bottom();
    let of = text(ui, moment(at), (Face::Regular, sizes.small()), inks.text(), room.width());
    let y = put(ui, pos2(room.left(), y), of).bottom() + 0.6 * sizes.gap();
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room.with_min_y(y)).id_salt("estimates"));
    enlarge(&mut ui, inks, sizes);
    ScrollArea::vertical().id_salt("estimate").auto_shrink([false, false]).show(&mut ui, |ui| {
        let room = Room { size: sizes.small(), high: room.bottom() - y, writes: true };
        before_room(ui, ctx, (id, at), &room, |_| ());
    });
}

/// Where nobody has estimated yet, those who are here are asked, and the rating stays. Returns where
/// that ends.
fn nobody_yet(
    ui: &mut Ui,
    ctx: &Context,
    stage: &Stage,
    (id, at, writes): (RiskId, RatedAt, bool),
    (inks, sizes, part): (Inks, Sizes, Rect),
) -> f32 {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(part).id_salt("nobody"));
    enlarge(&mut ui, inks, sizes);
    let shown = ui.horizontal_wrapped(|ui| {
        ui.label(egui::RichText::new("Nobody has estimated yet.").size(sizes.small()));
        if writes {
            ask(ui, ctx, stage, (id, at), false);
            first_of(ui, ctx, id, at);
        }
    });
    shown.response.rect.bottom() + sizes.gap()
}

/// Says at the foot of a part that there is more than is seen.
fn more_below(ui: &Ui, inks: Inks, sizes: Sizes, part: Rect) {
    let words = text(ui, "more below", (Face::SemiBold, sizes.small()), inks.text(), part.width());
    let at = part.right_bottom() - words.size() - vec2(1.5 * sizes.gap(), 0.0);
    let ground = Rect::from_min_max(at, part.max).expand2(vec2(6.0 * sizes.unit, 0.0));
    ui.painter().rect_filled(ground, 4.0 * sizes.unit, color32(inks.warning().0));
    ui.painter().galley(at, words, color32(inks.warning().1));
}

/// Asks all who are here for an estimate, in few words where there are other buttons beside it.
pub(super) fn ask(ui: &mut Ui, ctx: &Context, stage: &Stage, (id, at): (RiskId, RatedAt), is_short: bool) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let waiting = missing(stage, risk, at).count();
    let words = format!("Ask all who are here ({waiting})");
    if waiting == 0 {
        return;
    }
    let shown = if is_short { format!("Ask all ({waiting})  A") } else { format!("{words}  A") };
    let button = ui.button(shown);
    let button = button.accessible_name(words).on_hover_text("A line for each; hidden until all are shown");
    if button.clicked() {
        ask_all(ctx, stage, id, at);
    }
}

/// What it is about and where, in no more height than this. Returns where it ends.
fn said(
    ui: &mut Ui,
    ctx: &Context,
    mode: &mut Mode,
    risk: &Risk,
    (inks, sizes, room): (Inks, Sizes, Rect),
    most: f32,
) -> f32 {
    let targets: Vec<Target> = risk.targets.iter().copied().collect();
    let tags: Vec<&str> = targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
    let way = match targets.as_slice() {
        [] => String::new(),
        [only] => format!("{} {}", ctx.project.target_tag(*only), way_words(ctx.project, *only)),
        _ => tags.join(", "),
    };
    let told = [risk.scenario.trim(), way.as_str()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    let told = told.join("\n");
    let set = |size: f32, width: f32| {
        let name = format!("{}   {}", risk.tag, risk.title);
        let name = text(ui, &name, (Face::SemiBold, sizes.name()), inks.text(), width);
        (name, text(ui, &told, (Face::Regular, size), inks.text(), width))
    };
    let wide = room.width() * 0.2;
    let beside = room.width() - wide - 2.0 * sizes.gap();
    let may_have_picture = !targets.is_empty() && room.width() > 1.2 * room.height();
    // all of the words matter more than where it is, and that more than how large they are
    let small = sizes.small();
    let ways = [(small, true), (0.92 * small, true), (small, false), (0.92 * small, false)];
    let fits = |&(size, has_picture): &(f32, bool)| {
        let (name, told) = set(size, if has_picture { beside } else { room.width() });
        (may_have_picture || !has_picture) && name.size().y + told.size().y <= most
    };
    let found = ways.into_iter().find(fits);
    let (size, has_picture) = found.unwrap_or((0.92 * small, false));
    let (name, told) = set(size, if has_picture { beside } else { room.width() });
    let mut y = put(ui, room.min, name).bottom();
    if found.is_some() {
        y = if told.text().is_empty() { y } else { put(ui, pos2(room.left(), y), told).bottom() };
    } else {
        y = rolled(
            ui,
            told,
            (inks, sizes),
            Rect::from_min_max(pos2(room.left(), y), pos2(room.right(), room.top() + most)),
        );
    }
    if has_picture {
        let high = (wide * 0.62).min(room.height() * 0.24);
        let frame = Rect::from_min_size(pos2(room.right() - wide, room.top()), vec2(wide, high));
        mode.locator.show(ui, ctx, inks, frame, &targets, sizes);
        y = y.max(frame.bottom());
    }
    y + 0.6 * sizes.gap()
}

/// Words that are longer than the room there is for them: rolled by the wheel, or by Shift with the
/// arrows. Returns where they end.
fn rolled(ui: &mut Ui, told: std::sync::Arc<egui::Galley>, (inks, sizes): (Inks, Sizes), part: Rect) -> f32 {
    // whole lines
    let line = told.rows.first().map_or(part.height(), |it| it.rect().height()).max(1.0);
    let part = part.with_max_y(part.top() + (part.height() / line).floor().max(1.0) * line);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(part).id_salt("told"));
    enlarge(&mut ui, inks, sizes);
    let by = |key: Key| crate::ui::widgets::presses(&ui, egui::Modifiers::SHIFT, key) as f32;
    let steps = by(Key::ArrowDown) - by(Key::ArrowUp);
    let shown = ScrollArea::vertical().id_salt("told").auto_shrink([false, false]).show(&mut ui, |ui| {
        ui.scroll_with_delta(vec2(0.0, -steps * 2.0 * sizes.small()));
        let (rect, _) = ui.allocate_exact_size(told.size(), egui::Sense::hover());
        put(ui, rect.min, told);
    });
    let below = shown.content_size.y - shown.state.clamped_offset().y - shown.inner_rect.height();
    if below > 0.5 * sizes.small() {
        more_below(&ui, inks, sizes, shown.inner_rect);
    }
    part.bottom()
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
    let hidden = begins_hidden(risk, at);
    asked.estimates.extend(missing(stage, risk, at).map(|by| Estimate {
        by: by.to_owned(),
        at,
        hidden,
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
    style.spacing.scroll = egui::style::ScrollStyle::solid();
}
