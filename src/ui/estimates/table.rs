//! Estimates before a room: one table with how far they lie apart as its first row.

use egui::{RichText, Ui, vec2};

use super::{Of, Seen};
use crate::hands::estimate::{Spread, at as estimates_at};
use crate::hands::rate;
use crate::model::{Estimate, Rating};
use crate::text::Face;
use crate::ui::theme::strong;

/// Their heads.
const HEADS: [&str; 3] = ["Who", "How bad", "How likely"];
/// White between columns, in sizes of type.
const GAP: f32 = 0.6;

impl Of<'_> {
    /// Shows it; who `writes` opens a line to change it.
    pub(super) fn table(&self, ui: &mut Ui, seen: &mut Seen, size: f32, writes: bool) {
        if writes {
            self.buttons(ui, seen);
        }
        if estimates_at(self.risk, self.at).next().is_none() {
            ui.label(RichText::new("Nobody has estimated yet.").size(size));
            return;
        }
        let (widths, size) = self.widths(ui, size, writes);
        row(ui, &widths, |ui, column| {
            ui.label(strong(HEADS.get(column).copied().unwrap_or_default()).size(size));
        });
        ui.separator();
        self.apart(ui, seen, size, &widths);
        if writes && !self.hides() {
            self.agree(ui, seen);
        }
        ui.separator();
        for (place, it) in estimates_at(self.risk, self.at) {
            if writes && seen.open == Some(place) {
                ui.push_id(place, |ui| self.entry(ui, seen, place, it));
            } else if ui.push_id(place, |ui| self.person(ui, it, size, &widths, writes)).inner {
                seen.open(place);
            }
        }
    }

    /// What somebody says, and below it why. Returns whether it is to be changed.
    fn person(&self, ui: &mut Ui, it: &Estimate, size: f32, widths: &[f32], writes: bool) -> bool {
        let words = &self.ctx.project.settings.matrix;
        let say = |words: &[String], step: Option<Rating>| match step {
            None => "–".to_owned(),
            Some(_) if self.hides() => "given".to_owned(),
            Some(step) => rate::name(words, step),
        };
        let mut opens = false;
        row(ui, widths, |ui, column| match column {
            0 => {
                ui.label(strong(named(it)).size(size));
            }
            1 => {
                ui.label(RichText::new(say(&words.consequence, it.consequence)).size(size));
            }
            2 => {
                ui.label(RichText::new(say(&words.likelihood, it.likelihood)).size(size));
            }
            _ if writes => {
                let change = ui.button("Change");
                opens |= change.accessible_name(format!("Change the estimate of {}", named(it))).clicked();
            }
            _ => (),
        });
        if !self.hides() && !it.reason.trim().is_empty() {
            ui.label(RichText::new(it.reason.trim()).size(size));
        }
        ui.add_space(0.2 * size);
        opens
    }

    /// The widths of the columns, and the size of type in which no word in them is broken.
    fn widths(&self, ui: &Ui, size: f32, writes: bool) -> (Vec<f32>, f32) {
        let matrix = &self.ctx.project.settings.matrix;
        let names = estimates_at(self.risk, self.at).map(|(_, it)| named(it));
        let [who, bad, likely] = HEADS;
        let columns = [
            names.chain([who, "Show all estimates"]).collect(),
            under(&matrix.consequence, bad),
            under(&matrix.likelihood, likely),
        ];
        let room = ui.available_width();
        let widest = |words: &[&str], parts: fn(&str) -> Vec<&str>| {
            let all = words.iter().flat_map(|it| parts(it));
            all.map(|it| Face::SemiBold.width(it, size)).fold(0.0_f32, f32::max) + (GAP + 0.6) * size
        };
        let least = columns.each_ref().map(|it| widest(it, |words| words.split_whitespace().collect()));
        let wanted = columns.each_ref().map(|it| widest(it, |words| vec![words]));
        let tool = if writes { Face::Regular.width("Change", size) + 1.6 * size } else { 0.0 };
        let rest = room - tool;
        let (all_least, all_wanted): (f32, f32) = (least.iter().sum(), wanted.iter().sum());
        if all_least > rest {
            // smaller rather than broken
            let scale = (rest / all_least).max(0.4);
            return (least.iter().map(|it| it * scale).chain([tool]).collect(), size * scale);
        }
        let given = if all_wanted > all_least { ((rest - all_least) / (all_wanted - all_least)).min(1.0) } else { 1.0 };
        let spare = ((rest - all_wanted) / 3.0).clamp(0.0, 4.0 * size);
        let widths = least.iter().zip(&wanted).map(|(least, wanted)| least + (wanted - least) * given + spare);
        (widths.chain([tool]).collect(), size)
    }

    /// How far they lie apart on both scales.
    fn apart(&self, ui: &mut Ui, seen: &mut Seen, size: f32, widths: &[f32]) {
        let matrix = &self.ctx.project.settings.matrix;
        let consequence = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.consequence));
        let likelihood = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.likelihood));
        row(ui, widths, |ui, column| {
            let (name, spread, words) = match column {
                0 => return self.reveal(ui, seen),
                1 => ("How bad", &consequence, &matrix.consequence),
                2 => ("How likely", &likelihood, &matrix.likelihood),
                _ => return,
            };
            let Some(spread) = spread else { return };
            if self.hides() {
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

/// What may stand below a head, with it.
fn under<'a>(words: &'a [String], head: &'a str) -> Vec<&'a str> {
    words.iter().map(String::as_str).chain([head, "3 given"]).collect()
}

/// Whose it is.
fn named(it: &Estimate) -> &str {
    if it.by.trim().is_empty() { "somebody" } else { it.by.as_str() }
}

/// One row: each cell in its part of the width.
fn row(ui: &mut Ui, widths: &[f32], mut cell: impl FnMut(&mut Ui, usize)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, &width) in widths.iter().enumerate() {
            ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(width);
                ui.push_id(column, |ui| {
                    ui.set_max_width((width - 8.0).max(1.0));
                    cell(ui, column);
                });
            });
        }
    });
}
