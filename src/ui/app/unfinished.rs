//! What was typed and is no part of the project yet: told before another project, or none, takes its place.

use egui::Context as EguiContext;

use super::App;
use crate::ui::action::Waypoint;
use crate::ui::views::counted;
use crate::ui::widgets::{DATE, Draft, capital};

/// Reasons that are asked for: the place, one of them and several in words.
const REASONS: [(&str, &str, &str); 2] = [
    ("refuse", "refusing a proposal", "refusing proposals"),
    ("set aside", "setting a finding aside", "setting findings aside"),
];

impl App {
    /// What no file would hold, a sentence each.
    pub(super) fn unfinished(&self, ctx: &EguiContext) -> Vec<String> {
        if self.session.is_none() {
            return Vec::new();
        }
        let drafts = Draft::unfinished(ctx);
        let of = |place: &'static str| drafts.iter().filter(move |it| it.place == place).map(|it| it.text.as_str());
        let places: Vec<String> = self.states.path.unconfirmed().map(name).collect();
        let confirmations = (!places.is_empty()).then(|| format!("Typed, but not confirmed: {}.", places.join(", ")));
        let reasons = REASONS.into_iter().filter_map(|(place, one, several)| {
            let count = of(place).count();
            let what = if count == 1 { one } else { several };
            (count > 0).then(|| format!("Typed, but not given: {} for {what}.", counted(count, "reason", "reasons")))
        });
        let dates: Vec<String> = of(DATE).chain(self.states.scope.half_days()).map(|it| format!("“{it}”")).collect();
        let dates = (!dates.is_empty()).then(|| format!("Typed, but no date yet: {}.", dates.join(", ")));
        confirmations.into_iter().chain(reasons).chain(dates).collect()
    }
}

/// Names that are begun in dialogs. They stand there again, and hold up nobody who leaves.
pub(super) fn begun_names(ctx: &EguiContext) -> Option<String> {
    let is_asked = |place: &str| place == DATE || REASONS.iter().any(|it| it.0 == place);
    let drafts = Draft::unfinished(ctx);
    let names: Vec<String> =
        drafts.iter().filter(|it| !is_asked(&it.place)).map(|it| format!("“{}” in “{}”", it.text, it.place)).collect();
    (!names.is_empty()).then(|| format!("Typed in a dialog: {}.", names.join(", ")))
}

fn name(at: Waypoint) -> String {
    match at {
        Waypoint::Requirement(id) => id.to_string(),
        Waypoint::Step(step) => capital(step.word()),
    }
}
