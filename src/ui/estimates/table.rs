//! Estimates before a room: one table with how far they lie apart as its first row.

use egui::{RichText, Ui, vec2};

use super::{Of, Seen};
use crate::hands::estimate::{Spread, at as estimates_at};
use crate::hands::rate;
use crate::model::Rating;
use crate::ui::theme::strong;

/// Who, how bad, how likely, why: their parts of the width.
const SHARES: [f32; 4] = [0.25, 0.25, 0.25, 0.25];

impl Of<'_> {
    /// Shows it; what is entered is entered in it where it `writes`.
    pub(super) fn table(&self, ui: &mut Ui, seen: &mut Seen, size: f32, writes: bool) {
        if writes {
            self.buttons(ui, seen);
        }
        if estimates_at(self.risk, self.at).next().is_none() {
            ui.label(RichText::new("Nobody has estimated yet.").size(size));
            return;
        }
        let heads = ["Who", "How bad", "How likely", "Why"];
        row(ui, |ui, column| {
            ui.label(strong(heads.get(column).copied().unwrap_or_default()).size(size));
        });
        ui.separator();
        self.apart(ui, seen, size, writes);
        ui.separator();
        let words = &self.ctx.project.settings.matrix;
        for (place, it) in estimates_at(self.risk, self.at) {
            if writes && seen.open == Some(place) {
                ui.push_id(place, |ui| self.entry(ui, seen, place, it));
                continue;
            }
            let by = if it.by.trim().is_empty() { "somebody" } else { it.by.as_str() };
            let say = |words: &[String], step: Option<Rating>| match step {
                None => "–".to_owned(),
                Some(_) if !seen.revealed => "given".to_owned(),
                Some(step) => rate::name(words, step),
            };
            let mut opens = false;
            ui.push_id(place, |ui| {
                row(ui, |ui, column| match column {
                    0 => {
                        ui.label(strong(by).size(size));
                    }
                    1 => {
                        ui.label(RichText::new(say(&words.consequence, it.consequence)).size(size));
                    }
                    2 => {
                        ui.label(RichText::new(say(&words.likelihood, it.likelihood)).size(size));
                    }
                    _ => {
                        if seen.revealed && !it.reason.is_empty() {
                            ui.label(RichText::new(&it.reason).size(size));
                        }
                        if writes {
                            let change = ui.button("Change");
                            opens |= change.accessible_name(format!("Change the estimate of {by}")).clicked();
                        }
                    }
                });
            });
            if opens {
                seen.open = Some(place);
            }
        }
    }

    /// How far they lie apart on both scales, and what the room agrees on.
    fn apart(&self, ui: &mut Ui, seen: &mut Seen, size: f32, writes: bool) {
        let matrix = &self.ctx.project.settings.matrix;
        let consequence = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.consequence));
        let likelihood = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.likelihood));
        row(ui, |ui, column| {
            let (name, spread, words) = match column {
                0 => return self.reveal(ui, seen),
                1 => ("How bad", &consequence, &matrix.consequence),
                2 => ("How likely", &likelihood, &matrix.likelihood),
                _ if seen.revealed && writes => return self.agree(ui, seen),
                _ => return,
            };
            let Some(spread) = spread else { return };
            if !seen.revealed {
                ui.label(RichText::new(format!("{} given", spread.all.len())).size(size));
                return;
            }
            let agreed = if column == 1 { &mut seen.agreed.0 } else { &mut seen.agreed.1 };
            if let Some(step) = self.dots(ui, name, spread, words, agreed.unwrap_or(spread.middle)) {
                *agreed = Some(step);
            }
            let (least, most) = (rate::name(words, spread.least), rate::name(words, spread.most));
            let range = if least == most { least } else { format!("{least} to {most}") };
            ui.label(strong(range).size(size));
            ui.label(RichText::new(spread.said()).size(size));
        });
    }
}

/// One row: each cell in its part of the width.
fn row(ui: &mut Ui, mut cell: impl FnMut(&mut Ui, usize)) {
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, share) in SHARES.into_iter().enumerate() {
            let part = vec2(width * share, 0.0);
            ui.allocate_ui_with_layout(part, egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(part.x);
                ui.push_id(column, |ui| {
                    ui.set_max_width(part.x - 12.0);
                    cell(ui, column);
                });
            });
        }
    });
}
