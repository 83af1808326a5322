//! Two states of the assessment side by side.

mod flow;
mod heat;
mod known;
mod lists;
mod states;
mod taking;

use std::rc::Rc;
use std::sync::Arc;

use egui::{RichText, Ui};

use self::heat::Shown;
use self::known::{Known, Pair, State};
use self::lists::Lists;
use self::states::{Side, States};
use crate::analysis::compare::ThenNow;
use crate::model::Project;
use crate::session::Session;
use crate::ui::action::{Action, Export, FileAction};
use crate::ui::aside::Aside;
use crate::ui::context::Context;
use crate::ui::widgets::{empty_state, page, section};

/// What the page remembers.
pub struct CompareState {
    states: States,
    shown: Shown,
    lists: Lists,
    known: Aside<Known>,
    /// What it was asked for last: at which revision, and of which sides.
    asked: Option<(u64, Side, Side)>,
}

impl Default for CompareState {
    fn default() -> Self {
        let (states, shown, lists) = (States::default(), Shown::default(), Lists::default());
        Self { states, shown, lists, known: Aside::new("Comparing"), asked: None }
    }
}

impl CompareState {
    /// Takes in a project of another file, to compare with.
    pub fn take_file(&mut self, name: String, project: Project) {
        *self = Self { states: std::mem::take(&mut self.states), ..Self::default() };
        self.states.take_file(name, project);
    }

    /// What is to be exported: the two states chosen, and what they are called.
    pub fn exported(&self, session: &Session) -> Option<(Pair, ThenNow<String>)> {
        let project = session.project();
        let (then, now) = (self.states.then(project)?, self.states.now());
        let names = ThenNow { then: self.states.name(then, project), now: self.states.name(now, project) };
        Some((self.pair(session, (then, now))?, names))
    }

    /// Both sides, with what is known of them already.
    fn pair(&self, session: &Session, sides: (Side, Side)) -> Option<Pair> {
        let known = self.known.last();
        let known: Vec<_> = known.iter().flat_map(|it| [&it.then, &it.now]).collect();
        let state = |side| {
            let as_of = session.analysis().as_of;
            let (project, as_of) = match side {
                Side::Now => return Some(State::Known(Arc::clone(session.analysis()))),
                Side::File => (self.states.file()?, as_of),
                Side::Baseline(id) => {
                    let baseline = session.project().baselines.get(id)?;
                    (&*baseline.project, baseline.taken_on.unwrap_or(as_of))
                }
            };
            let known = known.iter().find(|it| it.is_of(project, as_of));
            Some(known.map_or_else(|| State::Of(Box::new(project.clone()), as_of), |it| State::Known(Arc::clone(it))))
        };
        Some(Pair { sides, then: state(sides.0)?, now: state(sides.1)? })
    }
}

/// Shows it.
pub fn compare(ui: &mut Ui, ctx: &Context, state: &mut CompareState) {
    state.states.answer(ui, ctx);
    let what_for = "What became of levels and gaps between two states: what was met, what only fell away, what is still open and why, what is new.";
    let Some(then) = state.states.then(ctx.project) else {
        page(ui, "compare", "Compare", what_for, |ui| nothing(ui, ctx, &mut state.states));
        return;
    };
    page(ui, "compare", "Compare", what_for, |ui| {
        state.states.choose(ui, ctx);
        let now = state.states.now();
        if then == now {
            ui.add_space(12.0);
            ui.label(RichText::new("Both sides are the same state. Choose another one on one side.").weak());
            return;
        }
        let known = known(ui, ctx, state, (then, now));
        if state.known.is_under_way() {
            ui.add_space(4.0);
            ui.label(RichText::new("Comparing…").weak());
        }
        let Some(known) = known else { return };
        if known.figures.is_empty {
            ui.add_space(12.0);
            ui.label("Nothing has changed between these two states.");
        }
        flow::headline(ui, ctx.palette, &known);
        section(ui, "Levels then and now", |ui| heat::heat(ui, ctx, &mut state.shown, &known.comparison));
        lists::lists(ui, ctx, &mut state.lists, &known);
    });
}

fn nothing(ui: &mut Ui, ctx: &Context, states: &mut States) {
    let text = "A baseline keeps the assessment as it stands today in the file, so that the next audit shows what was closed, what is still open and why, and what is new.";
    if empty_state(ui, ctx.palette, "Nothing to compare with yet", text, "Take the first baseline…") {
        states.take(ui, ctx);
    }
    ui.vertical_centered(|ui| {
        ui.add_space(4.0);
        if ui.button("Compare with another file…").clicked() {
            ctx.send(Action::File(FileAction::OpenToCompare));
        }
    });
}

/// What is known of two sides, worked out beside the window where one of them is another one. While the
/// sides stay, what was known before is shown meanwhile.
fn known(ui: &Ui, ctx: &Context, state: &mut CompareState, sides: (Side, Side)) -> Option<Rc<Known>> {
    let asked = Some((ctx.session.revision(), sides.0, sides.1));
    if state.asked != asked {
        state.asked = asked;
        state.known.anew();
    }
    let pair = state.pair(ctx.session, sides)?;
    let catalogue = ctx.catalogue;
    let known = state.known.value(ui.ctx(), move || move || pair.compared(catalogue));
    known.filter(|it| it.sides == sides)
}

/// The button that exports what is shown.
fn export(ui: &mut Ui, ctx: &Context) {
    if ui.button("Export comparison…").clicked() {
        ctx.send(Action::File(FileAction::Export(Export::Comparison)));
    }
}
