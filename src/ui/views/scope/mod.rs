//! The system under consideration, the title page, who took part, what was read.

mod day;
mod lists;
mod questions;
mod rows;
mod sites;
mod table;
mod title;

use egui::{RichText, Ui};

use crate::analysis::{Progress, ScopePart, scoping};
use crate::edit::Edit;
use crate::model::{Conduit, ConduitId, Scope, Table, Zone, ZoneId};
use crate::store::Unfinished;
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, strong, title as title_text};
use crate::ui::widgets::{follow_focus, page, where_seen};
use day::DayDraft;

/// What the page remembers.
#[derive(Default)]
pub struct ScopeState {
    /// The part to be shown and given the keys.
    turns_to: Option<ScopePart>,
    /// The part that was clicked: in the frame of the click no other field can be given the keys.
    clicked: Option<ScopePart>,
    /// The part that stands at the head of the page, and the one found so far in this frame.
    here: Option<ScopePart>,
    found: Option<ScopePart>,
    /// The part that is typed in.
    typed: Option<ScopePart>,
    drafts: Vec<DayDraft>,
    /// Which zones go along while a site is being renamed.
    renaming: Option<sites::Renaming>,
    parts: Kept<u64, scoping::Parts>,
    suggested_access_points: Kept<Ways, Vec<ConduitId>>,
}

/// What the conduits that cross the perimeter follow from, and those that are named: not what is written on the page.
type Ways = (Table<ZoneId, Zone>, Table<ConduitId, Conduit>, Vec<Option<ConduitId>>);

impl ScopeState {
    /// Shows this part.
    pub fn turn_to(&mut self, part: ScopePart) {
        self.turns_to = Some(part);
    }

    /// What was typed as a day and is none yet.
    pub fn half_days(&self) -> impl Iterator<Item = &str> {
        self.drafts.iter().map(|it| it.text.as_str())
    }

    /// The same for a copy that outlives a crash.
    pub fn unfinished(&self) -> impl Iterator<Item = Unfinished> {
        self.drafts.iter().filter_map(DayDraft::unfinished)
    }

    /// Takes up what was typed here before a crash; returns what was typed elsewhere.
    pub fn take_up(&mut self, mut unfinished: Vec<Unfinished>) -> Vec<Unfinished> {
        self.drafts = unfinished.iter().filter_map(DayDraft::of).collect();
        unfinished.retain(|it| DayDraft::of(it).is_none());
        unfinished
    }

    /// How far the parts are described.
    fn parts(&mut self, ctx: &Context) -> scoping::Parts {
        *self.parts.get(ctx.session.revision(), || scoping::parts(ctx.project))
    }

    /// Whether this part is to be shown: then the page is scrolled to here.
    fn turned(&mut self, ui: &Ui, part: ScopePart) -> bool {
        let turns = self.turns_to == Some(part);
        if turns {
            self.turns_to = None;
            ui.scroll_to_cursor(Some(egui::Align::TOP));
        }
        turns
    }
}

/// From this width of the page on the parts are listed beside it.
const LIST_FROM: f32 = 820.0;

/// Shows it.
pub fn scope(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    if let Some(part) = state.clicked.take() {
        state.turns_to = Some(part);
    }
    let scale = ctx.palette.type_size;
    let parts = state.parts(ctx);
    let has_list = ui.available_width() >= LIST_FROM * scale;
    if has_list {
        let frame = egui::Frame::new().inner_margin(egui::Margin { left: 16, right: 4, top: 24, bottom: 8 });
        egui::Panel::left("parts of the scope")
            .resizable(false)
            .show_separator_line(false)
            .exact_size(196.0 * scale)
            .frame(frame)
            .show(ui, |ui| {
                egui::ScrollArea::vertical().id_salt("parts").auto_shrink([false, false]).show(ui, |ui| {
                    jump_list(ui, ctx, state, &parts);
                    follow_focus(ui);
                });
            });
    }
    page(ui, "scope", "Scope", "What is assessed, for whom, and within which limits (IEC 62443-3-2, ZCR 1).", |ui| {
        ui.set_max_width(ui.available_width().min(980.0 * scale));
        if !has_list {
            ui.menu_button(format!("Parts: {}", described(&parts)), |ui| {
                crate::ui::widgets::scrolls_from(460.0).show(ui, |ui| {
                    ui.set_min_width(220.0);
                    jump_list(ui, ctx, state, &parts);
                });
            });
        }
        title::page(ui, ctx, state);
        title::system(ui, ctx, state);
        questions::show(ui, ctx, state);
        lists::services(ui, ctx, state);
        lists::access_points(ui, ctx, state);
        sites::show(ui, ctx, state);
        lists::people(ui, ctx, state);
        lists::documents(ui, ctx, state);
        lists::assumptions(ui, ctx, state);
        lists::outages(ui, ctx, state);
    });
    let here = state.typed.take().or(state.found);
    state.found = None;
    if state.here != here {
        state.here = here;
        ui.ctx().request_repaint();
    }
}

fn described(parts: &[(ScopePart, bool)]) -> String {
    let count = parts.iter().filter(|(_, is_described)| *is_described).count();
    format!("{count} of {}", parts.len())
}

/// The parts of the page, each with whether it says what it is there for.
fn jump_list(ui: &mut Ui, ctx: &Context, state: &mut ScopeState, parts: &[(ScopePart, bool)]) {
    ui.label(strong(format!("{} described", described(parts))));
    ui.spacing_mut().item_spacing.y = 1.0;
    for &(part, is_described) in parts {
        ui.horizontal(|ui| {
            let disc = mark(ui, ctx, is_described);
            let is_here = state.here == Some(part);
            let words = if is_described { "described" } else { "open" };
            let button = egui::Button::new((part.name(), egui::Atom::grow()))
                .selected(is_here)
                .frame_when_inactive(is_here)
                .truncate()
                .min_size(egui::vec2(ui.available_width(), 0.0));
            let button = ui.add(button).accessible_name(format!("Go to {}, {words}", part.name()));
            if button.clicked() || disc.clicked() {
                state.clicked = Some(part);
                ui.ctx().request_repaint();
                ui.close();
            }
        });
    }
}

/// A disc with a tick, or an empty ring.
fn mark(ui: &mut Ui, ctx: &Context, is_described: bool) -> egui::Response {
    let side = 12.0 * ctx.palette.type_size;
    // clicked, and passed over by Tab
    let (rect, response) = ui.allocate_exact_size(egui::vec2(side, side), egui::Sense::CLICK);
    let progress = if is_described { Progress::Complete } else { Progress::Nothing };
    super::path::mark(ui, ctx.palette, rect.center(), side / 2.0, progress);
    response
}

/// A part of the page under a title, with its mark and a line on what it is for.
fn part(
    ui: &mut Ui,
    ctx: &Context,
    state: &mut ScopeState,
    which: ScopePart,
    heading: &str,
    help: &str,
    contents: impl FnOnce(&mut Ui, &mut ScopeState, bool),
) {
    ui.add_space(16.0);
    let turned = state.turned(ui, which);
    let (clip, top) = (ui.clip_rect(), ui.cursor().top());
    // the first part is the one until another comes into the upper third
    if state.found.is_none() || ui.cursor().top() < clip.top() + clip.height() * 0.3 {
        state.found = Some(which);
    }
    let is_described = state.parts(ctx).iter().any(|(it, is_described)| *it == which && *is_described);
    ui.horizontal(|ui| {
        mark(ui, ctx, is_described);
        ui.label(title_text(heading));
    });
    if !help.is_empty() {
        ui.label(RichText::new(help).color(color32(ctx.palette.text_weak)));
    }
    ui.add_space(2.0);
    where_seen(ui, which.name(), turned, |ui| contents(ui, state, turned));
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    let is_here = |at: egui::Pos2| at.y >= top && at.y < ui.cursor().top() && clip.contains(at);
    if focused.is_some_and(|it| it.layer_id == ui.layer_id() && is_here(it.rect.center())) {
        state.typed = Some(which);
    }
}

/// An edit that changes the scope.
fn scope_edit(ctx: &Context, change: impl FnOnce(&mut Scope)) -> Edit {
    let mut scope = (*ctx.project.scope).clone();
    change(&mut scope);
    Edit::Scope(scope)
}
