//! Answers and levels: a matrix of targets by FR, and the answers of one target or of several together.

mod filter;
mod keys;
mod levels;
mod list;
mod listing;
mod matrix;
mod row;
mod take_over;
mod why;
mod why_sl_t;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use egui::Ui;

use crate::analysis::Analysis;
use crate::analysis::answering::Lift;
use crate::analysis::derive;
use crate::catalogue::Catalogue;
use crate::model::{Fr, GapKey, RequirementId, SecurityLevel, Subject, Target};
use crate::ui::action::{Action, PageAction, Selection, View};
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::widgets::{empty_state, page_margin};
use filter::Filter;
use listing::Listing;
use take_over::TakingOver;

pub use take_over::What as TakeOver;

/// What the page remembers.
#[derive(Default)]
pub struct RequirementsState {
    /// The targets whose answers are open, the one that leads first; none: the matrix.
    open: Vec<Target>,
    filter: Filter,
    /// The requirements chosen, the selected one among them.
    chosen: BTreeSet<RequirementId>,
    /// Where a range of chosen requirements begins.
    anchor: Option<RequirementId>,
    /// Where a range of chosen targets begins.
    first_target: Option<Target>,
    /// All targets are shown side by side, and not the matrix.
    shows_levels: bool,
    /// The FR of SL-T that figures are typed for; `None`: all seven.
    level_fr: Option<Fr>,
    /// The figure that was typed last, while the next one of its row is looked at.
    typed_fr: Option<(Target, Fr, SecurityLevel)>,
    /// Why an SL-T is what it is is to be typed.
    asks_why: bool,
    /// What the checks say of the reasons of targets.
    lacking: Kept<u64, HashMap<Target, String>>,
    /// How high the fields of that are.
    why_height: f32,
    /// The row of a target that was brought into sight last, and the one that is to be.
    shown_row: Option<Target>,
    row_to_show: Option<Target>,
    /// How far the rows of targets are scrolled.
    row_offset: f32,
    /// How high a requirement in the list is.
    row_height: f32,
    /// All targets in their order, those selected, and what the open ones have in common.
    rows: Kept<u64, Rc<[(Target, usize)]>>,
    chosen_rows: Kept<(u64, Vec<Subject>), Rc<[Target]>>,
    listing: Kept<(u64, Vec<Target>), Rc<Listing>>,
    /// The requirement to scroll to in this frame.
    scroll_to: Option<RequirementId>,
    /// A text was left: the next requirement follows where this one is answered.
    goes_on: bool,
    /// What lifts the FR that is looked at.
    lifts: Kept<(u64, Target, Fr), Vec<Lift>>,
    /// Many answers are about to be taken over.
    take_over: Option<TakingOver>,
    /// What was selected when the page was last shown.
    last: Selection,
}

impl RequirementsState {
    /// Leads to the reason of these targets: of the figure that was typed just now, where it deviates
    /// from what is proposed, or else of what is looked at.
    fn say_why(&mut self, ctx: &Context, chosen: &[Target]) {
        self.asks_why = true;
        let typed = self.typed_fr.take().filter(|(target, ..)| chosen == [*target]);
        let deviates = |&(target, fr, level): &(Target, Fr, SecurityLevel)| {
            derive::propose(ctx.project, &ctx.analysis.factors, target).levels[fr] != level
        };
        if let Some((_, fr, _)) = typed.filter(deviates) {
            self.level_fr = Some(fr);
        }
    }

    /// Zones as they nest, then conduits, each in the order of their tags.
    fn rows(&mut self, ctx: &Context) -> Rc<[(Target, usize)]> {
        Rc::clone(self.rows.get(ctx.session.revision(), || ctx.project.ordered_targets().into()))
    }

    /// The targets selected, in the order of the rows.
    fn chosen_rows(&mut self, ctx: &Context) -> Rc<[Target]> {
        let rows = self.rows(ctx);
        let from = (ctx.session.revision(), ctx.selection.subjects.clone());
        let chosen = self.chosen_rows.get(from, || {
            let selected: HashSet<Target> = ctx.selection.subjects.iter().filter_map(|it| it.target()).collect();
            rows.iter().map(|it| it.0).filter(|it| selected.contains(it)).collect()
        });
        Rc::clone(chosen)
    }

    /// What these targets have in common.
    fn listing(&mut self, ctx: &Context, targets: &[Target]) -> Rc<Listing> {
        let from = (ctx.session.revision(), targets.to_vec());
        Rc::clone(self.listing.get(from, || Rc::new(Listing::new(ctx, targets))))
    }

    /// The requirements chosen, the selected one among them.
    pub fn chosen(&self) -> &BTreeSet<RequirementId> {
        &self.chosen
    }

    /// The answers that are looked at: what is chosen at the open targets, as far as it is in their scope.
    pub fn looked_at(&self, analysis: &Analysis, catalogue: &Catalogue, selection: &Selection) -> Vec<GapKey> {
        let Some(selected) = selection.requirement else { return Vec::new() };
        let chosen = if self.chosen.len() > 1 { self.chosen.clone() } else { [selected].into() };
        let in_scope = |key: &GapKey| {
            let scope = analysis.target(key.target).map(|it| it.scope);
            scope.zip(catalogue.index(key.requirement)).is_some_and(|(scope, index)| scope.contains(index))
        };
        let keys = keys_of(&self.open, chosen);
        keys.into_iter().filter(in_scope).collect()
    }

    /// All targets stand side by side, over the whole width.
    pub fn shows_targets(&self) -> bool {
        self.shows_levels && self.open.is_empty()
    }

    /// Shows the SL-T of all targets and goes to where it is said why, of an FR or of all.
    pub fn ask_why(&mut self, fr: Option<Fr>) {
        self.open.clear();
        (self.shows_levels, self.level_fr, self.asks_why) = (true, fr, true);
    }

    /// A text was left for the list: goes on to the next requirement once this one is answered.
    pub fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// Brings a requirement into sight although it is selected already.
    pub fn show_again(&mut self) {
        self.last = Selection::default();
    }
}

/// The answers meant when these requirements are chosen at these targets.
fn keys_of(targets: &[Target], requirements: impl IntoIterator<Item = RequirementId>) -> Vec<GapKey> {
    let at = |requirement: RequirementId| targets.iter().map(move |&target| GapKey { target, requirement });
    requirements.into_iter().flat_map(at).collect()
}

/// A requirement at targets.
fn selection(targets: &[Target], requirement: Option<RequirementId>) -> Selection {
    Selection { subjects: targets.iter().map(|&it| it.into()).collect(), requirement }
}

/// Shows it.
pub fn requirements(ui: &mut Ui, ctx: &Context, state: &mut RequirementsState) {
    if ctx.project.zones.is_empty() {
        let text = "Requirements are answered for each zone and conduit. Draw the first zone to begin.";
        if empty_state(ui, ctx.palette, "No zone yet", text, "Draw a zone") {
            ctx.send(Action::Go(View::Diagram));
        }
        return;
    }
    if *ctx.selection != state.last {
        follow(ctx, state);
    }
    state.open.retain(|&target| ctx.analysis.target(target).is_some());
    match ctx.asked {
        Some(PageAction::TakeOver(what)) => take_over(ctx, state, what),
        Some(PageAction::Targets) => {
            state.open.clear();
            state.shows_levels = true;
        }
        _ => (),
    }
    egui::Frame::new().inner_margin(page_margin(ui)).show(ui, |ui| {
        if state.open.is_empty() { matrix::matrix(ui, ctx, state) } else { list::answers(ui, ctx, state) }
    });
}

/// Opens the answers of what is selected, and asks what is taken over.
fn take_over(ctx: &Context, state: &mut RequirementsState, what: TakeOver) {
    if state.open.is_empty() {
        state.open = state.chosen_rows(ctx).to_vec();
    }
    match state.open.as_slice() {
        [] => ctx.send(Action::Say("Choose a zone or conduit first: its answers are taken over".to_owned())),
        targets => state.take_over = Some(TakingOver::new(what, targets, &state.chosen)),
    }
}

/// What is selected elsewhere opens here.
fn follow(ctx: &Context, state: &mut RequirementsState) {
    state.last = ctx.selection.clone();
    state.chosen = ctx.selection.requirement.into_iter().collect();
    state.anchor = ctx.selection.requirement;
    let targets: Vec<Target> = ctx.selection.subjects.iter().filter_map(|it| it.target()).collect();
    let are_targets = !targets.is_empty() && targets.len() == ctx.selection.subjects.len();
    let Some(requirement) = ctx.selection.requirement else {
        // answers that are open are those of what is selected; the matrix marks it
        let is_same = || targets.iter().collect::<HashSet<_>>() == state.open.iter().collect();
        if !state.open.is_empty() && are_targets && !is_same() {
            state.open = targets;
        }
        return;
    };
    state.scroll_to = Some(requirement);
    if !are_targets {
        return;
    }
    state.open = targets;
    let listing = state.listing(ctx, &state.open.clone());
    if !listing.shown(ctx, state.filter).any(|it| it.id == requirement) {
        state.filter = Filter::default();
    }
}
