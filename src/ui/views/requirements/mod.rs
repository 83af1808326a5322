//! Answers and levels: a matrix of targets by FR, and the answers of one target.

mod list;
mod matrix;

use egui::Ui;

use crate::model::{Fr, RequirementId, Target};
use crate::ui::action::{Action, View};
use crate::ui::context::Context;
use crate::ui::widgets::{empty_state, page_margin};

/// What the page remembers.
#[derive(Default)]
pub struct RequirementsState {
    /// The target whose answers are open.
    open: Option<Target>,
    fr: Option<Fr>,
    show: Show,
    /// The requirement to scroll to in this frame.
    scroll_to: Option<RequirementId>,
    last_selected: Option<RequirementId>,
}

/// Which requirements are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Show {
    #[default]
    All,
    Demanded,
    Open,
    Gaps,
    Unproven,
}

impl Show {
    const ALL: [(Self, &'static str); 5] = [
        (Self::All, "All"),
        (Self::Demanded, "Demanded"),
        (Self::Open, "Open"),
        (Self::Gaps, "Gaps"),
        (Self::Unproven, "Not proven"),
    ];
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
    // what is selected elsewhere opens here
    if ctx.selection.requirement != state.last_selected {
        state.last_selected = ctx.selection.requirement;
        state.scroll_to = ctx.selection.requirement;
        if ctx.selection.requirement.is_some() {
            state.open = ctx.selection.target();
            let hidden = ctx.selection.requirement.is_some_and(|id| state.fr.is_some_and(|fr| fr != id.fr()));
            if hidden {
                state.fr = None;
            }
        }
    }
    if state.open.is_some_and(|target| ctx.analysis.target(target).is_none()) {
        state.open = None;
    }
    egui::Frame::new().inner_margin(page_margin(ui)).show(ui, |ui| match state.open {
        None => matrix::matrix(ui, ctx, state),
        Some(target) => list::answers(ui, ctx, state, target),
    });
}
