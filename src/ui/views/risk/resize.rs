//! Another matrix: how many steps it has, and what becomes of the ratings that were given.

use egui::{RichText, Ui};

use crate::analysis::scales::{GivenRatings, LevelChange, ZoneChange, change_matrix, level_changes, zone_changes};
use crate::hands::rate::moment;
use crate::model::RiskMatrix;
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::counted;
use crate::ui::widgets::{dialog, dialog_height, dialog_width, primary_button, scrolls_from};

/// A matrix that is asked for and not there yet.
pub(super) struct Asked {
    matrix: RiskMatrix,
    given: GivenRatings,
    /// What it would change, and for which choice that was worked out.
    told: Option<(GivenRatings, Vec<LevelChange>, Vec<ZoneChange>)>,
}

impl Asked {
    /// Another matrix instead of the project's.
    pub fn new(matrix: RiskMatrix) -> Self {
        Self { matrix, given: GivenRatings::default(), told: None }
    }

    /// What it would change, worked out once for each choice: nothing else changes meanwhile.
    fn told(&mut self, ctx: &Context) -> (&[LevelChange], &[ZoneChange]) {
        if self.told.as_ref().is_none_or(|(given, ..)| *given != self.given) {
            let levels = level_changes(ctx.project, &self.matrix, self.given);
            let zones = zone_changes(ctx.project, &ctx.analysis.factors, &self.matrix, self.given);
            self.told = Some((self.given, levels, zones));
        }
        self.told.as_ref().map_or((&[], &[]), |(_, levels, zones)| (levels, zones))
    }
}

/// How many steps each scale has.
pub(super) fn steps(ui: &mut Ui, ctx: &Context, asked: &mut Option<Asked>) {
    let matrix = &ctx.project.settings.matrix;
    let (consequence, likelihood) = (matrix.consequence.len(), matrix.likelihood.len());
    for (name, now, is_consequence) in [("Consequence", consequence, true), ("Likelihood", likelihood, false)] {
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("{name} in"));
            for steps in RiskMatrix::STEPS {
                let button = ui.add(egui::Button::new(steps.to_string()).selected(steps == now));
                if button.accessible_name(format!("{name} in {steps} steps")).clicked() && steps != now {
                    let (across, up) = if is_consequence { (steps, likelihood) } else { (consequence, steps) };
                    *asked = Some(Asked::new(matrix.with_steps(across, up)));
                }
            }
            ui.label("steps");
        });
    }
}

/// Shows what the other matrix does to the ratings, and asks.
pub(super) fn ask(ui: &Ui, ctx: &Context, state: &mut Option<Asked>) {
    let Some(asked) = state else { return };
    let mut is_done = false;
    let modal = dialog(ui.ctx(), "other matrix").show(ui.ctx(), |ui| {
        ui.set_width(dialog_width(ui, 460.0));
        let (across, up) = (asked.matrix.consequence.len(), asked.matrix.likelihood.len());
        ui.label(title(format!("A matrix of {across} by {up}")));
        ui.label(RichText::new("What becomes of the ratings that were given?").weak());
        let spread = "They are spread over the new scale: the ends stay the ends";
        ui.radio_value(&mut asked.given, GivenRatings::Spread, spread);
        let keep = "They keep their numbers: what lies beyond counts as the last step";
        ui.radio_value(&mut asked.given, GivenRatings::Keep, keep);
        ui.add_space(6.0);
        let matrix = asked.matrix.clone();
        let (changes, zones) = asked.told(ctx);
        if changes.is_empty() && zones.is_empty() {
            ui.label("No risk gets another level, and no zone another consequence.");
        }
        scrolls_from(dialog_height(ui, 220.0)).show(ui, |ui| {
            if !changes.is_empty() {
                ui.label(format!("{} another level:", counted(changes.len(), "rating gets", "ratings get")));
            }
            for change in changes {
                let now = &ctx.project.settings.matrix;
                let tag = ctx.project.risks.get(change.risk).map_or("", |it| &it.tag);
                let (before, after) = (now.level_word(change.before), matrix.level_word(change.after));
                ui.label(RichText::new(format!("{tag} {}: {before} → {after}", moment(change.at))).weak());
            }
            if !zones.is_empty() {
                let many = counted(zones.len(), "zone counts with", "zones count with");
                ui.label(format!("{many} another consequence for priorities and the SL-T proposed:"));
            }
            for change in zones {
                ui.label(RichText::new(zone_line(ctx, change)).weak());
            }
        });
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let button = primary_button(ui, ctx.palette, "Change the matrix");
            if ui.memory(|memory| memory.focused().is_none()) {
                button.request_focus();
            }
            if button.clicked() {
                ctx.edit(change_matrix(ctx.project, &asked.matrix, asked.given));
                is_done = true;
            }
            is_done |= ui.button("Cancel").clicked();
        });
    });
    if is_done || modal.should_close() {
        *state = None;
    }
}

/// Such as "Z-1: consequence 4 → 5 of 5, SL-T proposed 3 → 4".
fn zone_line(ctx: &Context, change: &ZoneChange) -> String {
    let (before, after) = change.consequence;
    let proposed = match change.proposed {
        (before, after) if before == after => String::new(),
        (before, after) => format!(", SL-T proposed {} → {}", before.number(), after.number()),
    };
    format!("{}: consequence {before} → {after} of 5{proposed}", ctx.project.target_tag(change.zone.into()))
}
