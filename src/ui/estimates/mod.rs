//! What several people estimate of a scenario: each by role, hidden from the others until all is
//! shown, then side by side on the scales, and what the room agrees on.

mod agreed;
mod entry;
mod table;

use egui::{Align2, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

pub use self::agreed::{agree, reveal};
use crate::edit::{Edit, Item};
use crate::hands::estimate::{Spread, are_hidden, at as estimates_at, begins_hidden, missing_roles};
use crate::hands::rate::{self, Place, moment};
use crate::model::{Estimate, RatedAt, Rating, Risk, RiskId};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font, strong};
use crate::ui::views::counted;
use crate::ui::widgets::capital;

/// The size of the words below dots.
const DOT_WORDS: f32 = 11.5;

/// What is on the screen of one scenario's estimates at one point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    /// The one being entered, by its place among all.
    open: Option<usize>,
    /// How bad, how likely, why: what was entered since that was opened.
    entered: [bool; 3],
    /// It is yet to get the keyboard.
    is_fresh: bool,
    /// What is about to be agreed on, where it is not the middle.
    agreed: (Option<Rating>, Option<Rating>),
}

impl Seen {
    /// What is on the screen; an estimate that was taken back, or that is of another point in time by
    /// now, is not open.
    fn of(ctx: &egui::Context, key: egui::Id, risk: &Risk, at: RatedAt) -> Self {
        let mut seen: Self = ctx.data(|data| data.get_temp(key)).unwrap_or_default();
        seen.open = seen.open.filter(|&it| risk.estimates.get(it).is_some_and(|it| it.at == at));
        seen
    }

    fn open(&mut self, place: usize) {
        (self.open, self.entered, self.is_fresh) = (Some(place), [false; 3], true);
    }
}

/// Forgets what was open and about to be agreed on: another project is shown.
pub fn forget(ctx: &egui::Context) {
    ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<Seen>);
}

/// So many frames it takes until all that stands above has its height.
const FRAMES: u8 = 3;

fn unfolding() -> egui::Id {
    egui::Id::unique("estimates to unfold")
}

/// Unfolds the estimates of a scenario when they are shown next.
pub fn unfold(ctx: &egui::Context, id: RiskId) {
    ctx.data_mut(|data| data.insert_temp(unfolding(), (id, FRAMES)));
    ctx.request_repaint();
}

/// Folded away, with a switch between the points in time.
pub fn folded(ui: &mut Ui, ctx: &Context, id: RiskId) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let heading = match risk.estimates.len() {
        0 => "Estimates of several people".to_owned(),
        count => format!("Estimates of several people ({count})"),
    };
    let asked: Option<(RiskId, u8)> = ui.data(|data| data.get_temp(unfolding()));
    let is_asked_for = asked.is_some_and(|(it, frames)| it == id && frames > 0);
    if let Some((id, frames)) = asked.filter(|_| is_asked_for) {
        ui.data_mut(|data| data.insert_temp(unfolding(), (id, frames - 1)));
        ui.ctx().request_repaint();
    }
    let header = egui::CollapsingHeader::new(heading).id_salt("estimates").open(is_asked_for.then_some(true));
    let shown = header.show(ui, |ui| {
        let key = ui.make_persistent_id("moment of estimates");
        let mut at: RatedAt = ui.data(|data| data.get_temp(key)).unwrap_or_default();
        ui.horizontal_wrapped(|ui| {
            for &it in RatedAt::ALL {
                ui.selectable_value(&mut at, it, capital(moment(it)));
            }
        });
        ui.data_mut(|data| data.insert_temp(key, at));
        listed(ui, ctx, (id, at), (false, false));
    });
    if is_asked_for {
        shown.header_response.scroll_to_me(Some(egui::Align::Min));
    }
}

/// Where estimates stand before a room.
pub struct Room {
    /// The size of type.
    pub size: f32,
    /// The height that there is for them.
    pub high: f32,
    /// They are entered here.
    pub writes: bool,
}

/// The estimates of a scenario at a point in time before a room: one table, or while one is entered
/// that alone. `ask` stands beside its buttons.
pub fn before_room(ui: &mut Ui, ctx: &Context, (id, at): (RiskId, RatedAt), room: &Room, ask: impl FnOnce(&mut Ui)) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let key = key_of(id, at);
    let mut seen = Seen::of(ui.ctx(), key, risk, at);
    ui.push_id(key, |ui| {
        let of =
            Of { ctx, id, risk, at, scale: room.size / DOT_WORDS, has_figures: true, has_keys: true, is_seen: true };
        let opened = seen.open.filter(|_| room.writes);
        match opened.and_then(|at| Some((at, risk.estimates.get(at)?))) {
            Some((place, it)) => of.entry(ui, &mut seen, place, it),
            None => of.table(ui, &mut seen, (room.size, room.high), room.writes, ask),
        }
    });
    ui.data_mut(|data| data.insert_temp(key, seen));
}

/// The buttons that ask somebody for the first estimate.
pub fn first_of(ui: &mut Ui, ctx: &Context, id: RiskId, at: RatedAt) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let key = key_of(id, at);
    let mut seen = Seen::of(ui.ctx(), key, risk, at);
    let of = Of { ctx, id, risk, at, scale: 1.0, has_figures: true, has_keys: true, is_seen: true };
    ui.push_id(key, |ui| of.buttons(ui, &mut seen));
    ui.data_mut(|data| data.insert_temp(key, seen));
}

/// The estimates of a scenario at a point in time, for the scribe of a workshop. Where they `are_seen` by
/// the room, nothing tells what is entered while the others' are hidden.
pub fn estimates(ui: &mut Ui, ctx: &Context, id: RiskId, at: RatedAt, are_seen: bool) {
    listed(ui, ctx, (id, at), (true, are_seen));
}

/// The estimates of a scenario at a point in time, below each other.
fn listed(ui: &mut Ui, ctx: &Context, (id, at): (RiskId, RatedAt), (has_keys, is_seen): (bool, bool)) {
    let Some(risk) = ctx.project.risks.get(id) else { return };
    let key = key_of(id, at);
    let mut seen = Seen::of(ui.ctx(), key, risk, at);
    ui.push_id(key, |ui| {
        let scale = ctx.palette.type_size;
        let of = Of { ctx, id, risk, at, scale, has_figures: false, has_keys, is_seen };
        of.rows(ui, &mut seen);
        of.buttons(ui, &mut seen);
        of.reveal_button(ui, &mut seen);
        if !of.hides() {
            of.spread(ui, &mut seen);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, seen));
}

fn key_of(id: RiskId, at: RatedAt) -> egui::Id {
    egui::Id::unique(("estimates", id, at))
}

/// Whether somebody's estimate is being entered.
pub fn is_entered(ctx: &egui::Context, id: RiskId, at: RatedAt) -> bool {
    ctx.data(|data| data.get_temp::<Seen>(key_of(id, at))).is_some_and(|it| it.open.is_some())
}

/// Enters a step by its figure: first how bad it would be, then how likely. Returns whether
/// somebody's estimate is being entered.
pub fn enter_step(egui: &egui::Context, ctx: &Context, id: RiskId, at: RatedAt, step: Rating) -> bool {
    let Some(risk) = ctx.project.risks.get(id) else { return false };
    let key = key_of(id, at);
    let mut seen = Seen::of(egui, key, risk, at);
    let Some(place) = seen.open else { return false };
    let matrix = &ctx.project.settings.matrix;
    let of = Of { ctx, id, risk, at, scale: 1.0, has_figures: true, has_keys: true, is_seen: true };
    let [has_bad, has_likely, _] = seen.entered;
    // a third figure begins anew
    let is_bad = !has_bad || has_likely;
    let steps = if is_bad { matrix.consequence.len() } else { matrix.likelihood.len() };
    if usize::from(step.number()) <= steps {
        if is_bad {
            ctx.edit(of.one(place, |it| it.consequence = Some(step)));
            seen.entered = [true, false, seen.entered.last().copied().unwrap_or_default()];
        } else {
            ctx.edit(of.one(place, |it| it.likelihood = Some(step)));
            seen.entered = [true, true, seen.entered.last().copied().unwrap_or_default()];
        }
        egui.data_mut(|data| data.insert_temp(key, seen));
    }
    true
}

/// Opens the estimate after the one that is being entered: the next of those who have not said yet, or
/// where all have, the next of all. Returns whether there is another one.
pub fn open_next(egui: &egui::Context, risk: &Risk, (id, at): (RiskId, RatedAt)) -> bool {
    let key = key_of(id, at);
    let mut seen = Seen::of(egui, key, risk, at);
    let (before, after): (Vec<_>, Vec<_>) =
        estimates_at(risk, at).partition(|it| seen.open.is_some_and(|open| it.0 <= open));
    let around = || after.iter().chain(&before).filter(|it| Some(it.0) != seen.open);
    let is_waiting = |it: &&&(usize, &Estimate)| it.1.consequence.is_none() && it.1.likelihood.is_none();
    let Some(&(next, _)) = around().find(|it| is_waiting(&it)).or_else(|| around().next()) else { return false };
    seen.open(next);
    egui.data_mut(|data| data.insert_temp(key, seen));
    true
}

/// Closes the estimate that is being entered. Returns whether one was.
pub fn close_estimate(ui: &Ui, id: RiskId, at: RatedAt) -> bool {
    let key = key_of(id, at);
    let seen = ui.data(|data| data.get_temp::<Seen>(key)).unwrap_or_default();
    ui.data_mut(|data| data.insert_temp(key, Seen { open: None, ..seen }));
    seen.open.is_some()
}

/// Whose estimates are shown.
struct Of<'a> {
    ctx: &'a Context<'a>,
    id: RiskId,
    risk: &'a Risk,
    at: RatedAt,
    scale: f32,
    /// Steps stand with their figures alone: there is no room for words.
    has_figures: bool,
    /// The keys of workshop mode are heard.
    has_keys: bool,
    /// The room sees it being entered.
    is_seen: bool,
}

impl Of<'_> {
    fn change(&self, change: impl FnOnce(&mut Vec<Estimate>)) -> Edit {
        let mut risk = self.risk.clone();
        change(&mut risk.estimates);
        Edit::Put(Item::Risk(self.id, risk)).named(format!("estimate risk {}", self.risk.tag))
    }

    fn one(&self, place: usize, change: impl FnOnce(&mut Estimate)) -> Edit {
        self.change(|all| {
            if let Some(it) = all.get_mut(place) {
                change(it);
            }
        })
    }

    /// Whether nobody may see yet what the others say.
    fn hides(&self) -> bool {
        are_hidden(self.risk, self.at)
    }

    fn rows(&self, ui: &mut Ui, seen: &mut Seen) {
        let words = &self.ctx.project.settings.matrix;
        for (place, it) in estimates_at(self.risk, self.at) {
            if seen.open == Some(place) {
                ui.push_id(place, |ui| self.entry(ui, seen, place, it));
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                let by = if it.by.trim().is_empty() { "somebody" } else { it.by.as_str() };
                ui.label(strong(by));
                let is_given = it.consequence.is_some() || it.likelihood.is_some();
                let said = if !self.hides() {
                    let say =
                        |words: &[String], it: Option<Rating>| it.map_or("–".to_owned(), |it| rate::name(words, it));
                    let reason = if it.reason.is_empty() { String::new() } else { format!(": {}", it.reason) };
                    let (bad, likely) =
                        (say(&words.consequence, it.consequence), say(&words.likelihood, it.likelihood));
                    format!("{bad}, {likely}{reason}")
                } else if is_given {
                    "has estimated".to_owned()
                } else {
                    "has not said yet".to_owned()
                };
                ui.label(RichText::new(said).weak());
                let change = ui.small_button("Change");
                if change.accessible_name(format!("Change the estimate of {by}")).clicked() {
                    seen.open(place);
                }
            });
        }
    }

    fn buttons(&self, ui: &mut Ui, seen: &mut Seen) {
        ui.horizontal_wrapped(|ui| self.add_buttons(ui, seen));
    }

    /// What adds an estimate, among other buttons.
    fn add_buttons(&self, ui: &mut Ui, seen: &mut Seen) {
        let ctx = self.ctx;
        let mut add = |by: String| {
            let hidden = begins_hidden(self.risk, self.at);
            let fresh = Estimate { by, at: self.at, on: Some(ctx.analysis.as_of), hidden, ..Estimate::default() };
            seen.open(self.risk.estimates.len());
            ctx.edit(self.change(|all| all.push(fresh)));
        };
        let roles = missing_roles(ctx.project, self.risk, self.at);
        if !roles.is_empty() {
            let entries = || roles.iter().map(|it| (it.clone(), it.clone())).collect();
            if let Some(role) = crate::ui::widgets::pick(ui, "Estimate of…", "Everybody has one.", entries) {
                add(role);
            }
        }
        if ui.button("Add estimate").clicked() {
            add(String::new());
        }
    }

    /// All of them on the scales, and what the room agrees on.
    fn spread(&self, ui: &mut Ui, seen: &mut Seen) {
        let matrix = &self.ctx.project.settings.matrix;
        let consequence = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.consequence));
        let likelihood = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.likelihood));
        let mut place = Place { consequence: seen.agreed.0, likelihood: seen.agreed.1 };
        for (name, spread, words, agreed) in [
            ("How bad", &consequence, &matrix.consequence, &mut place.consequence),
            ("How likely", &likelihood, &matrix.likelihood, &mut place.likelihood),
        ] {
            let Some(spread) = spread else { continue };
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                ui.label(strong(name));
                let ink = if spread.width() > 1 { self.ctx.palette.warning } else { self.ctx.palette.text_weak };
                ui.label(RichText::new(spread.said()).color(color32(ink)));
            });
            if let Some(step) = self.dots(ui, name, spread, words, agreed.unwrap_or(spread.middle)) {
                *agreed = Some(step);
            }
        }
        seen.agreed = (place.consequence, place.likelihood);
        ui.horizontal_wrapped(|ui| self.agree_button(ui, seen));
    }

    /// A dot for each estimate above its step, the range as a line; a click on a step agrees on that.
    fn dots(&self, ui: &mut Ui, name: &str, spread: &Spread, words: &[String], agreed: Rating) -> Option<Rating> {
        let palette = self.ctx.palette;
        let steps: Vec<Rating> = (1..=6).filter_map(Rating::new).take(words.len()).collect();
        let (radius, size) = (4.0 * self.scale, DOT_WORDS * self.scale);
        let tallest = steps.iter().map(|step| spread.all.iter().filter(|it| *it == step).count()).max().unwrap_or(1);
        let high = 8.0 + 2.4 * radius * tallest.min(6) as f32;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), high + 2.0 * size), Sense::hover());
        let width = rect.width() / steps.len().max(1) as f32;
        let x = |step: Rating| rect.left() + (f32::from(step.number()) - 0.5) * width;
        let y = rect.top() + high;
        let painter = ui.painter();
        painter.line_segment(
            [pos2(rect.left(), y), pos2(rect.right(), y)],
            Stroke::new(1.0, color32(palette.line_strong)),
        );
        let range = Stroke::new(4.0, color32(palette.accent_soft));
        painter.line_segment([pos2(x(spread.least) - radius, y), pos2(x(spread.most) + radius, y)], range);
        let mut chosen = None;
        for step in steps {
            let column = egui::Rect::from_min_size(pos2(x(step) - width / 2.0, rect.top()), vec2(width, rect.height()));
            let response = ui.interact(column, ui.scope_id().with((name, step.number())), Sense::click());
            let count = spread.all.iter().filter(|it| **it == step).count();
            let word = rate::name(words, step);
            response.widget_info(|| {
                let spoken = format!("{name}: agree on {word}, {}", counted(count, "estimate", "estimates"));
                WidgetInfo::selected(Role::RadioButton, true, step == agreed, spoken)
            });
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(column, 4.0, color32(palette.sunken).gamma_multiply(0.6));
            }
            for place in 0..count.min(6) {
                let at = pos2(x(step), y - radius - 3.0 - 2.4 * radius * place as f32);
                ui.painter().circle_filled(at, radius, color32(palette.accent));
            }
            let is_agreed = step == agreed;
            let face = if is_agreed { Face::SemiBold } else { Face::Regular };
            let text = if self.has_figures { step.to_string() } else { face.shortened(&word, size, width - 2.0) };
            let at = pos2(x(step), y + size);
            let drawn = ui.painter().text(at, Align2::CENTER_CENTER, text, font(face, size), color32(palette.text));
            if is_agreed {
                let under = [drawn.left_bottom() + vec2(0.0, 1.0), drawn.right_bottom() + vec2(0.0, 1.0)];
                ui.painter().line_segment(under, Stroke::new(2.0, color32(palette.accent)));
            }
            if response.clicked() {
                chosen = Some(step);
            }
        }
        chosen
    }
}
