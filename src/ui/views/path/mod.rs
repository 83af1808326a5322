//! The requirements of IEC 62443-3-2 in their order: what each needs, and what is open.

mod confirm;
mod detail;
mod list;
mod spot;

use std::collections::BTreeMap;

use egui::{Key, RichText, ScrollArea, Ui};

use crate::analysis::{Open, Progress, validation, zcr};
use crate::catalogue::ZcrRequirement;
use crate::model::{Confirmation, ValidationStep, ZcrId};
use crate::store::Unfinished;
use crate::ui::action::Waypoint;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::{capital, page_margin, plain_key};
use confirm::Draft;
pub use list::mark;

/// What the page remembers.
#[derive(Default)]
pub struct PathState {
    current: Option<Waypoint>,
    /// The list is to be scrolled to the current one.
    turns: bool,
    /// The field that asks who confirms is to have the keys.
    asks: bool,
    /// What was typed at each and not confirmed yet.
    drafts: BTreeMap<Waypoint, Draft>,
    /// The role that confirmed last.
    last_role: String,
}

impl PathState {
    /// Shows this one.
    pub fn turn_to(&mut self, there: Waypoint) {
        self.current = Some(there);
        self.turns = true;
    }

    /// What was typed and not confirmed, for a copy that outlives a crash.
    pub fn unfinished(&self) -> impl Iterator<Item = Unfinished> {
        self.drafts.iter().filter(|(_, draft)| draft.has_words()).flat_map(|(&at, draft)| {
            draft.parts().map(move |(part, text)| Unfinished {
                place: part.to_owned(),
                about: name(at),
                text: text.to_owned(),
                over: String::new(),
            })
        })
    }

    /// Takes up what was typed here before a crash; returns what was typed elsewhere.
    pub fn take_up(&mut self, unfinished: Vec<Unfinished>) -> Vec<Unfinished> {
        let mut elsewhere = Vec::new();
        for it in unfinished {
            let step = || ValidationStep::ALL.iter().copied().find(|step| step.word() == it.about);
            let at = it.about.parse().map(Waypoint::Requirement).ok().or_else(|| step().map(Waypoint::Step));
            let is_mine = at.is_some_and(|at| self.drafts.entry(at).or_default().take_up(&it.place, &it.text));
            if !is_mine {
                elsewhere.push(it);
            }
        }
        self.drafts.retain(|_, draft| draft.has_words());
        elsewhere
    }

    /// Where somebody's words wait to be confirmed.
    pub fn unconfirmed(&self) -> impl Iterator<Item = Waypoint> {
        self.drafts.iter().filter(|(_, draft)| draft.has_words()).map(|(&at, _)| at)
    }
}

fn name(at: Waypoint) -> String {
    match at {
        Waypoint::Requirement(id) => id.to_string(),
        Waypoint::Step(step) => step.word().to_owned(),
    }
}

/// One thing on the way, of either list.
struct Stop<'a> {
    at: Waypoint,
    /// "ZCR 3.2", or the number of a step.
    number: String,
    title: String,
    progress: Progress,
    open: &'a [Open],
    confirmed: Option<&'a Confirmation>,
    kind: Kind<'a>,
}

/// What only one of the two lists has.
enum Kind<'a> {
    Requirement(&'a ZcrRequirement, Option<&'static str>),
    /// Whether later work began before it was done.
    Step(ValidationStep, bool),
}

impl Stop<'_> {
    fn count(&self) -> usize {
        self.open.iter().map(|it| it.count).sum()
    }
}

/// From this width of the page on the current one stands beside the list.
const BESIDE_FROM: f32 = 600.0;
/// Below this height of the page all of it scrolls as one.
const APART_FROM: f32 = 430.0;

/// Shows it.
pub fn path(ui: &mut Ui, ctx: &Context, state: &mut PathState) {
    let states = ctx.analysis.zcr(ctx.catalogue);
    let stops = stops(ctx, states, ctx.analysis.steps(ctx.catalogue));
    let current = state.current.and_then(|it| stops.iter().position(|stop| stop.at == it)).unwrap_or(0);
    let next = || next_to_do(states, stops.get(current));
    keyboard(ui, ctx, state, &stops, current, &next);
    let current = state.current.and_then(|it| stops.iter().position(|stop| stop.at == it)).unwrap_or(current);
    let Some(stop) = stops.get(current) else { return };
    let scale = ctx.palette.type_size;
    let is_low = ui.available_height() < APART_FROM * scale;
    egui::Frame::new().inner_margin(page_margin(ui)).show(ui, |ui| {
        if is_low {
            ScrollArea::vertical().id_salt("path").auto_shrink([false, false]).show(ui, |ui| {
                header(ui, ctx, state, states, next());
                detail::show(ui, ctx, state, stop);
                ui.add_space(12.0);
                list::show(ui, ctx, state, &stops, current);
            });
            return;
        }
        header(ui, ctx, state, states, next());
        let width = ui.available_width();
        let is_wide = width >= BESIDE_FROM * scale;
        let scrolls = |id: &'static str| ScrollArea::vertical().id_salt(id).auto_shrink([false, false]);
        if is_wide {
            let share = (width * 0.46).min(520.0 * scale);
            ui.horizontal_top(|ui| {
                let height = ui.available_height();
                let side = |ui: &mut Ui, width: f32, contents: &mut dyn FnMut(&mut Ui)| {
                    ui.allocate_ui_with_layout(
                        egui::vec2(width, height),
                        egui::Layout::top_down(egui::Align::Min),
                        |ui| {
                            ui.set_width(width);
                            contents(ui);
                        },
                    );
                };
                side(ui, share, &mut |ui| {
                    scrolls("stops").show(ui, |ui| list::show(ui, ctx, state, &stops, current));
                });
                ui.add_space(10.0);
                let rest = ui.available_width().min(760.0 * scale);
                side(ui, rest, &mut |ui| {
                    scrolls("stop").show(ui, |ui| detail::show(ui, ctx, state, stop));
                });
            });
        } else {
            let height = ui.available_height() * 0.5;
            scrolls("stops").max_height(height).show(ui, |ui| list::show(ui, ctx, state, &stops, current));
            ui.separator();
            scrolls("stop").show(ui, |ui| detail::show(ui, ctx, state, stop));
        }
    });
}

fn stops<'a>(ctx: &Context, states: &'a [zcr::ZcrState], steps: &'a [validation::StepState]) -> Vec<Stop<'a>> {
    let requirement = |it: &'a zcr::ZcrState| {
        let of_standard = ctx.catalogue.zcr_requirement(it.id)?;
        Some(Stop {
            at: Waypoint::Requirement(it.id),
            number: it.id.to_string(),
            title: of_standard.title.clone(),
            progress: it.progress,
            open: &it.open,
            confirmed: it.confirmed.as_ref(),
            kind: Kind::Requirement(of_standard, it.remark),
        })
    };
    let early = validation::out_of_order(steps, !ctx.project.actions.is_empty());
    let step = |(place, it): (usize, &'a validation::StepState)| Stop {
        at: Waypoint::Step(it.step),
        number: format!("Step {}", place + 1),
        title: capital(it.step.word()),
        progress: match (ctx.project.zones.is_empty(), it.open.is_empty()) {
            (true, _) => Progress::Nothing,
            (false, false) => Progress::Begun,
            (false, true) => Progress::Complete,
        },
        open: &it.open,
        confirmed: it.confirmed.as_ref(),
        kind: Kind::Step(it.step, early.contains(&it.step)),
    };
    states.iter().filter_map(requirement).chain(steps.iter().enumerate().map(step)).collect()
}

fn next_to_do(states: &[zcr::ZcrState], stop: Option<&Stop>) -> Option<ZcrId> {
    let after = stop.and_then(|it| match it.at {
        Waypoint::Requirement(id) => Some(id),
        Waypoint::Step(_) => None,
    });
    zcr::next_to_do(states, after)
}

/// Heading, how far the whole path is, and the button that goes on.
fn header(ui: &mut Ui, ctx: &Context, state: &mut PathState, states: &[zcr::ZcrState], next: Option<ZcrId>) {
    let (complete, confirmed) = zcr::totals(states);
    ui.heading("ZCR path");
    ui.label(
        RichText::new("The requirements of IEC 62443-3-2 in their order: what each needs, and what is open.").weak(),
    );
    ui.horizontal_wrapped(|ui| {
        let words = format!("{complete} of {} complete, {confirmed} confirmed", states.len());
        ui.label(words);
        let size = egui::vec2(140.0, 6.0);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        ui.painter().rect_filled(rect, 3.0, color32(ctx.palette.line));
        let share = complete as f32 / states.len().max(1) as f32;
        let done = egui::Rect::from_min_size(rect.min, egui::vec2(rect.width() * share, rect.height()));
        ui.painter().rect_filled(done, 3.0, color32(ctx.palette.good));
        match next {
            Some(id) => {
                let button = ui.button("Next open step").on_hover_text(format!("{id}; the key is N"));
                if button.clicked() {
                    state.turn_to(Waypoint::Requirement(id));
                    ui.ctx().request_repaint();
                }
            }
            None => {
                ui.label(RichText::new("Everything is complete and confirmed.").weak());
            }
        }
    });
    ui.add_space(8.0);
}

fn keyboard(
    ui: &Ui,
    ctx: &Context,
    state: &mut PathState,
    stops: &[Stop],
    current: usize,
    next: &dyn Fn() -> Option<ZcrId>,
) {
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let there = if plain_key(ui, Key::ArrowDown) {
        stops.get(current + 1).map(|it| it.at)
    } else if plain_key(ui, Key::ArrowUp) {
        stops.get(current.saturating_sub(1)).map(|it| it.at)
    } else if plain_key(ui, Key::Home) {
        stops.first().map(|it| it.at)
    } else if plain_key(ui, Key::End) {
        stops.last().map(|it| it.at)
    } else if plain_key(ui, Key::N) {
        next().map(Waypoint::Requirement)
    } else {
        None
    };
    if let Some(there) = there {
        state.turn_to(there);
    }
    let Some(stop) = stops.get(current) else { return };
    if plain_key(ui, Key::C) {
        state.asks = true;
        // the letter is a command here and no text in the field that gets the keys
        ui.input_mut(|input| input.events.retain(|event| !matches!(event, egui::Event::Text(_))));
    }
    // a button that has the keys takes Enter for itself
    let is_on_button = ui.memory(|memory| memory.focused().is_some());
    if !is_on_button && plain_key(ui, Key::Enter) {
        spot::answer(ctx, stop);
    }
}
