//! Two states of the assessment side by side.

mod heat;
mod lists;
mod states;

use std::sync::Arc;

use egui::{RichText, Ui};

use self::heat::Shown;
use self::lists::Lists;
use self::states::{Side, States};
use crate::analysis::compare::{Comparison, Fate, Moves, ThenNow, compare as compare_states};
use crate::analysis::{Analysis, analyse};
use crate::drawing::palette::{Color, Palette};
use crate::model::Project;
use crate::text::Face;
use crate::ui::action::{Action, Export, FileAction};
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};
use crate::ui::widgets::{card, chip, empty_state, page, section};

/// What the page remembers.
#[derive(Default)]
pub struct CompareState {
    states: States,
    shown: Shown,
    lists: Lists,
    /// The comparison last worked out, with what it was worked out from.
    known: Option<Known>,
}

struct Known {
    then: Arc<Analysis>,
    now: Arc<Analysis>,
    comparison: Arc<Comparison>,
}

impl CompareState {
    /// Takes in a project of another file, to compare with.
    pub fn take_file(&mut self, name: String, project: Project) {
        self.states.take_file(name, project);
    }

    /// What is shown, to be exported: the comparison and what its states are called.
    pub fn exported(&self, project: &Project) -> Option<(Arc<Comparison>, ThenNow<String>)> {
        let known = self.known.as_ref()?;
        let names = ThenNow {
            then: self.states.name(self.states.then(project)?, project),
            now: self.states.name(self.states.now(), project),
        };
        Some((Arc::clone(&known.comparison), names))
    }
}

/// Shows it.
pub fn compare(ui: &mut Ui, ctx: &Context, state: &mut CompareState) {
    let Some(then) = state.states.then(ctx.project) else {
        nothing(ui, ctx);
        return;
    };
    let what_for = "What became of levels and gaps between two states: what was met, what only fell away, what is still open and why, what is new.";
    page(ui, "compare", "Compare", what_for, |ui| {
        state.states.choose(ui, ctx);
        let now = state.states.now();
        if then == now {
            ui.add_space(12.0);
            ui.label(RichText::new("Both sides are the same state. Choose another one on one side.").weak());
            return;
        }
        let Some(comparison) = comparison(ctx, state, then, now) else { return };
        if comparison.is_empty() {
            ui.add_space(12.0);
            ui.label("Nothing has changed between these two states.");
        }
        figures(ui, ctx.palette, &comparison);
        section(ui, "Levels then and now", |ui| heat::heat(ui, ctx, &mut state.shown, &comparison));
        lists::lists(ui, ctx, &mut state.lists, &comparison);
    });
}

fn nothing(ui: &mut Ui, ctx: &Context) {
    let text = "A baseline keeps the assessment as it stands today in the file, so that the next audit shows what was closed, what is still open and why, and what is new.";
    if empty_state(ui, ctx.palette, "Nothing to compare with yet", text, "Take the first baseline") {
        states::take(ctx);
    }
    ui.vertical_centered(|ui| {
        ui.add_space(4.0);
        if ui.button("Compare with another file…").clicked() {
            ctx.send(Action::File(FileAction::OpenToCompare));
        }
    });
}

/// The comparison of two sides, worked out anew only where one of them is another one.
fn comparison(ctx: &Context, state: &mut CompareState, then: Side, now: Side) -> Option<Arc<Comparison>> {
    let (then, now) = (analysed(ctx, state, then)?, analysed(ctx, state, now)?);
    let known = state.known.as_ref().filter(|it| Arc::ptr_eq(&it.then, &then) && Arc::ptr_eq(&it.now, &now));
    let comparison =
        known.map_or_else(|| Arc::new(compare_states(&then, &now, ctx.catalogue)), |it| Arc::clone(&it.comparison));
    state.known = Some(Known { then, now, comparison: Arc::clone(&comparison) });
    Some(comparison)
}

/// What follows from one side; what was worked out last is taken where it is still right.
fn analysed(ctx: &Context, state: &CompareState, side: Side) -> Option<Arc<Analysis>> {
    let as_of = ctx.analysis.as_of;
    let (project, as_of) = match side {
        Side::Now => return Some(Arc::clone(ctx.session.analysis())),
        Side::File => (state.states.file()?, as_of),
        Side::Baseline(id) => {
            let baseline = ctx.project.baselines.get(id)?;
            (&*baseline.project, baseline.taken_on.unwrap_or(as_of))
        }
    };
    let known = state.known.iter().flat_map(|it| [&it.then, &it.now]).find(|it| it.is_of(project, as_of));
    Some(known.map_or_else(|| Arc::new(analyse(project, ctx.catalogue, as_of)), Arc::clone))
}

/// The headline: how many gaps there were, and what became of them.
fn figures(ui: &mut Ui, palette: &Palette, comparison: &Comparison) {
    ui.add_space(10.0);
    let count = |fate| comparison.count(fate);
    let proven = comparison.closed_with_proof();
    let closed = count(Fate::Closed);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(8.0, 8.0);
        figure(ui, palette, comparison.gaps_then(), "gaps then", "", palette.text);
        figure(ui, palette, closed, "closed", &format!("{proven} with evidence"), palette.good);
        figure(ui, palette, count(Fate::FellAway), "fell away", "without being met", palette.warning);
        figure(ui, palette, count(Fate::Open), "still open", "", palette.error);
        figure(ui, palette, count(Fate::New), "new", "", palette.error);
        figure(ui, palette, comparison.gaps_now(), "gaps now", "", palette.text);
    });
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        moved(ui, palette, "Achieved", comparison.moves(|it| it.achieved));
        moved(ui, palette, "Proven", comparison.moves(|it| it.proven));
        moved(ui, palette, "Target", comparison.moves(|it| it.target));
        let ThenNow { then, now } = comparison.open_questions;
        chip(ui, &format!("Open questions {then} → {now}"), (palette.sunken, palette.text));
    });
}

fn figure(ui: &mut Ui, palette: &Palette, number: usize, label: &str, more: &str, ink: Color) {
    card(ui, palette, |ui| {
        ui.set_min_width(92.0);
        ui.label(RichText::new(number.to_string()).font(font(Face::SemiBold, 24.0)).color(color32(ink)));
        ui.label(label);
        ui.label(RichText::new(if more.is_empty() { " " } else { more }).small().weak());
    });
}

/// How many levels went up and down.
fn moved(ui: &mut Ui, palette: &Palette, what: &str, Moves { up, down }: Moves) {
    let colors = match (up, down) {
        (0, 0) => (palette.sunken, palette.text),
        (_, 0) => (palette.good_soft, palette.good),
        _ => (palette.warning_soft, palette.warning),
    };
    chip(ui, &format!("{what} {up} up, {down} down"), colors).on_hover_text("Levels of zones and conduits, FR by FR");
}

/// The button that exports what is shown.
fn export(ui: &mut Ui, ctx: &Context) {
    if ui.button("Export comparison…").clicked() {
        ctx.send(Action::File(FileAction::Export(Export::Comparison)));
    }
}
