//! What was typed and is no part of the project yet: told before another project, or none, takes its place.

use egui::Context as EguiContext;

use super::App;
use crate::ui::action::Waypoint;
use crate::ui::views::counted;
use crate::ui::widgets::{Draft, capital};

impl App {
    /// What no file would hold, a sentence each.
    pub(super) fn unfinished(&self, ctx: &EguiContext) -> Vec<String> {
        if self.session.is_none() {
            return Vec::new();
        }
        let places: Vec<String> = self.states.path.unconfirmed().map(name).collect();
        let confirmations = (!places.is_empty()).then(|| format!("Typed, but not confirmed: {}.", places.join(", ")));
        let reasons = [
            (Draft::count(ctx, "refuse"), "refusing a proposal", "refusing proposals"),
            (Draft::count(ctx, "set aside"), "setting a finding aside", "setting findings aside"),
        ];
        let reasons = reasons.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, several)| {
            let what = if count == 1 { one } else { several };
            format!("Typed, but not given: {} for {what}.", counted(count, "reason", "reasons"))
        });
        confirmations.into_iter().chain(reasons).collect()
    }
}

fn name(at: Waypoint) -> String {
    match at {
        Waypoint::Requirement(id) => id.to_string(),
        Waypoint::Step(step) => capital(step.word()),
    }
}
