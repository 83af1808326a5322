//! What could happen, how bad and how likely it is (IEC 62443-3-2, ZCR 2 and ZCR 5): the register
//! of scenarios, the matrix, and the matrix's own settings.

mod chart;
mod columns;
mod filter;
mod proposals;
mod register;
mod resize;
mod scales;
mod stage;

use egui::{Key, Modifiers, RichText, Ui};

pub use self::Tab as RiskTab;
pub use self::filter::{rated as rated_risks, tolerable_words};
pub use self::stage::look_closer;

use self::filter::Filter;
use crate::edit::{Item, next_tag};
use crate::hands::rate::copied;
use crate::model::{AssessmentStage, Id, Risk, RiskId, Subject, Target};
use crate::ui::action::{Action, Selection};
use crate::ui::context::Context;
use crate::ui::views::counted;
use crate::ui::widgets::{empty_state, is_below_dialog, page_margin, presses};

/// What the Risk page is asked for from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskAction {
    /// A new scenario, ready to be written.
    New,
    /// One of its tabs.
    Show(Tab),
    /// The scenarios of the library with these words.
    Browse(&'static str),
    /// What several people estimate of this scenario, or of the selected one.
    Estimates(Option<RiskId>),
}

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The scenarios as a table.
    #[default]
    Register,
    /// The scenarios on the matrix.
    Matrix,
    /// What the library proposes for what is drawn.
    Proposals,
    /// The matrix itself: words, levels, the tolerable line.
    Scales,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Register, Self::Matrix, Self::Proposals, Self::Scales];

    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Register => "Register",
            Self::Matrix => "Matrix",
            Self::Proposals => "Proposals",
            Self::Scales => "Scales and levels",
        }
    }
}

/// What the page remembers.
#[derive(Default)]
pub struct RiskState {
    tab: Tab,
    filter: Filter,
    register: register::Register,
    chart: chart::Chart,
    offers: proposals::Offers,
    scales: scales::Scales,
    asked: Option<RiskAction>,
}

impl RiskState {
    /// Does this when the page is shown next.
    pub fn ask(&mut self, action: RiskAction) {
        self.asked = Some(action);
    }
}

/// Shows it.
pub fn risk(ui: &mut Ui, ctx: &Context, state: &mut RiskState) {
    match state.asked.take() {
        Some(RiskAction::New) => {
            state.tab = if state.tab == Tab::Matrix { Tab::Matrix } else { Tab::Register };
            add(ctx, state);
        }
        Some(RiskAction::Show(tab)) => state.tab = tab,
        Some(RiskAction::Browse(words)) => {
            state.tab = Tab::Proposals;
            state.offers.browse(words);
        }
        Some(RiskAction::Estimates(id)) => show_estimates(ui, ctx, state, id),
        None => (),
    }
    keyboard(ui, ctx, state);
    egui::Frame::new().inner_margin(page_margin(ui)).show(ui, |ui| {
        heading(ui, ctx, state);
        if ctx.project.risks.is_empty() && matches!(state.tab, Tab::Register | Tab::Matrix) {
            nothing(ui, ctx, state);
            return;
        }
        match state.tab {
            Tab::Register => register::show(ui, ctx, state),
            Tab::Matrix => chart::show(ui, ctx, state),
            Tab::Proposals => proposals::show(ui, ctx, &mut state.offers),
            Tab::Scales => scales::show(ui, ctx, &mut state.scales),
        }
    });
}

fn heading(ui: &mut Ui, ctx: &Context, state: &mut RiskState) {
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.heading("Risk");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = crate::ui::widgets::primary_button(ui, ctx.palette, "New scenario");
            if button.on_hover_text("N").clicked() {
                add(ctx, state);
            }
        });
    });
    if ui.available_height() > 420.0 {
        let text = "What could happen, how bad and how likely it is: with nothing against it, today, and after the plan (ZCR 2 and ZCR 5).";
        ui.add(egui::Label::new(RichText::new(text).weak()).truncate());
        ui.add_space(4.0);
    }
    ui.horizontal_wrapped(|ui| {
        for tab in Tab::ALL {
            let word = match tab {
                Tab::Proposals => format!("{} {}", tab.word(), state.offers.open(ctx)),
                _ => tab.word().to_owned(),
            };
            ui.selectable_value(&mut state.tab, tab, word);
        }
    });
    ui.separator();
}

/// What stands where no scenario is yet: those proposed, or the first one.
fn nothing(ui: &mut Ui, ctx: &Context, state: &mut RiskState) {
    let text = "A scenario says what could happen, to what, how bad and how likely it would be.";
    let proposed = state.offers.open(ctx);
    if proposed == 0 {
        if empty_state(ui, ctx.palette, "No scenario yet", text, "Write the first scenario") {
            add(ctx, state);
        }
        return;
    }
    let button = format!("See {}", counted(proposed, "proposed scenario", "proposed scenarios"));
    if empty_state(ui, ctx.palette, "No scenario yet", text, &button) {
        state.tab = Tab::Proposals;
    }
    ui.vertical_centered(|ui| {
        if ui.button("Write the first scenario").clicked() {
            add(ctx, state);
        }
    });
}

/// A new scenario of the stage that is shown, at what is selected, ready to be written.
fn add(ctx: &Context, state: &mut RiskState) {
    let id = RiskId::random();
    let tag = next_tag("R-", ctx.project.risks.values().map(|it| &it.tag));
    let targets: std::collections::BTreeSet<Target> =
        ctx.selection.subjects.iter().filter_map(|it| it.target()).collect();
    let assets = ctx.selection.subjects.iter().filter_map(|it| match it {
        Subject::Asset(id) => Some(*id),
        _ => None,
    });
    let stage = state.filter.stage.unwrap_or(AssessmentStage::Detailed);
    let risk = Risk { tag, targets, assets: assets.collect(), stage, ..Risk::default() };
    state.filter = Filter { stage: state.filter.stage, ..Filter::default() };
    state.register.scroll_to_selected();
    ctx.put(Item::Risk(id, risk));
    ctx.select(id);
    ctx.send(Action::EnterInspector);
}

/// Selects a scenario, this one or the one selected or else the first, and unfolds what people estimate of it.
fn show_estimates(ui: &Ui, ctx: &Context, state: &mut RiskState, id: Option<RiskId>) {
    let first = || ctx.project.risks.iter().min_by_key(|(_, it)| &it.tag).map(|(id, _)| id);
    let Some(id) = id.or_else(|| selected(ctx).first().copied()).or_else(first) else { return };
    if !matches!(state.tab, Tab::Register | Tab::Matrix) {
        state.tab = Tab::Register;
    }
    state.register.scroll_to_selected();
    ctx.select(id);
    ctx.send(Action::Inspector(true));
    crate::ui::estimates::unfold(ui.ctx(), id);
}

/// The scenarios among what is selected.
fn selected(ctx: &Context) -> Vec<RiskId> {
    let risks = ctx.selection.subjects.iter().filter_map(|it| match it {
        Subject::Risk(id) => Some(*id),
        _ => None,
    });
    risks.collect()
}

/// Keys that every part of the page takes.
fn keyboard(ui: &Ui, ctx: &Context, state: &mut RiskState) {
    let pressed = |modifiers: Modifiers, key: Key| presses(ui, modifiers, key) > 0;
    if is_below_dialog(ui) || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    for (key, by) in [(Key::PageDown, 1), (Key::PageUp, Tab::ALL.len() - 1)] {
        if pressed(Modifiers::COMMAND, key) {
            let here = Tab::ALL.iter().position(|it| *it == state.tab).unwrap_or(0);
            state.tab = Tab::ALL.get((here + by) % Tab::ALL.len()).copied().unwrap_or_default();
        }
    }
    if ui.ctx().text_edit_focused() || !matches!(state.tab, Tab::Register | Tab::Matrix) {
        return;
    }
    if pressed(Modifiers::NONE, Key::N) {
        add(ctx, state);
    }
    let risks = selected(ctx);
    if risks.is_empty() {
        return;
    }
    if pressed(Modifiers::COMMAND, Key::D) {
        duplicate(ctx, &risks);
        state.register.scroll_to_selected();
    }
    if pressed(Modifiers::NONE, Key::Delete) {
        ctx.delete(&ctx.selection.subjects);
    }
}

/// Copies of scenarios as one step.
fn duplicate(ctx: &Context, risks: &[RiskId]) {
    let mut project = ctx.project.clone();
    let (mut edits, mut copies) = (Vec::new(), Vec::new());
    for &id in risks {
        let Some(copy) = copied(&project, id) else { continue };
        let new = RiskId::random();
        project.risks.insert(new, copy.clone());
        edits.push(crate::edit::Edit::Put(Item::Risk(new, copy)));
        copies.push(Subject::Risk(new));
    }
    let what = counted(copies.len(), "scenario", "scenarios");
    ctx.edit(crate::edit::Edit::Several(format!("copy {what}"), edits));
    ctx.send(Action::Select(Selection { subjects: copies, requirement: None }));
}
