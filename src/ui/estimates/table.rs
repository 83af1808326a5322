//! Estimates before a room: one table with how far they lie apart as its first row.

use egui::{Align2, Button, Label, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Of, Seen};
use crate::hands::estimate::{Spread, at as estimates_at};
use crate::hands::rate;
use crate::model::{Estimate, Rating};
use crate::text::Face;
use crate::ui::theme::{color32, font, strong};
use crate::ui::views::counted;

/// Their heads.
const HEADS: [&str; 3] = ["Who", "How bad", "How likely"];
/// White between columns, in sizes of type.
const GAP: f32 = 0.8;
/// So much smaller the type may be before a name goes on in a second line.
const SMALLER: f32 = 0.9;
/// The height of the steps with their estimates, in sizes of type.
const STEPS: f32 = 1.85;

/// How a table is laid out: the widths of its columns, and its type.
struct Columns {
    widths: [f32; 3],
    size: f32,
}

impl Of<'_> {
    /// Shows it in no more height than this, if it can be; who `writes` opens a line to change it,
    /// and gets `ask` beside the other buttons.
    pub(super) fn table(
        &self,
        ui: &mut Ui,
        seen: &mut Seen,
        (size, high): (f32, f32),
        writes: bool,
        ask: impl FnOnce(&mut Ui),
    ) {
        let top = ui.next_widget_position().y;
        ui.horizontal_wrapped(|ui| {
            if writes && !self.hides() {
                self.agree_button(ui, seen);
            }
            self.reveal_button(ui, seen);
            if writes {
                ask(ui);
                self.add_buttons(ui, seen);
            }
        });
        if estimates_at(self.risk, self.at).next().is_none() {
            ui.label(RichText::new("Nobody has estimated yet.").size(size));
            return;
        }
        ui.add_space((0.2 * size).round());
        ui.spacing_mut().item_spacing.y = (0.1 * size).round();
        // a name is a line, however high a button is
        ui.spacing_mut().interact_size.y = size.round();
        let columns = self.columns(ui, size);
        row(ui, &columns, |ui, column| {
            ui.label(strong(HEADS.get(column).copied().unwrap_or_default()).size(columns.size));
        });
        self.apart(ui, seen, &columns);
        ui.add_space((0.3 * size).round());
        let left = high - (ui.next_widget_position().y - top);
        let is_whole = self.people_height(ui, &columns) <= left;
        for (place, it) in estimates_at(self.risk, self.at) {
            if ui.push_id(place, |ui| self.person(ui, it, &columns, writes, is_whole)).inner {
                seen.open(place);
            }
        }
    }

    /// What somebody says, and below it why: all of that, or as much as a line holds. Returns whether
    /// it is to be changed.
    fn person(&self, ui: &mut Ui, it: &Estimate, columns: &Columns, writes: bool, is_whole: bool) -> bool {
        let words = &self.ctx.project.settings.matrix;
        let size = columns.size;
        let say = |words: &[String], step: Option<Rating>| match step {
            None => "–".to_owned(),
            Some(_) if self.hides() => "given".to_owned(),
            Some(step) => rate::name(words, step),
        };
        let mut opens = false;
        row(ui, columns, |ui, column| match column {
            0 if writes => {
                let name = strong(named(it)).size(size).color(color32(self.ctx.palette.text)).underline();
                ui.spacing_mut().button_padding = egui::Vec2::ZERO;
                let change = ui.add(Button::new(name).frame(false)).on_hover_text("Change");
                opens |= change.accessible_name(format!("Change the estimate of {}", named(it))).clicked();
            }
            0 => {
                ui.label(strong(named(it)).size(size));
            }
            1 => {
                ui.label(RichText::new(say(&words.consequence, it.consequence)).size(size));
            }
            _ => {
                ui.label(RichText::new(say(&words.likelihood, it.likelihood)).size(size));
            }
        });
        if let Some(reason) = self.reason_of(it) {
            let why = Label::new(RichText::new(reason).size(size));
            ui.add(if is_whole { why.wrap() } else { why.truncate() });
        }
        ui.add_space((0.2 * size).round());
        opens
    }

    /// Why somebody estimates so, where the room may see it.
    fn reason_of<'e>(&self, it: &'e Estimate) -> Option<&'e str> {
        Some(it.reason.trim()).filter(|reason| !self.hides() && !reason.is_empty())
    }

    /// The height of all people with everything that they say.
    fn people_height(&self, ui: &Ui, columns: &Columns) -> f32 {
        let wide = ui.available_width();
        let [who, ..] = columns.widths;
        let high = |words: &str, face: Face, wide: f32| {
            let words = words.to_owned();
            ui.painter().layout(words, font(face, columns.size), egui::Color32::PLACEHOLDER, wide).size().y
        };
        let all = estimates_at(self.risk, self.at).map(|(_, it)| {
            let why = self.reason_of(it).map_or(0.0, |it| high(it, Face::Regular, wide) + 0.1 * columns.size);
            high(named(it), Face::SemiBold, who - GAP * columns.size) + why + 0.4 * columns.size
        });
        all.sum()
    }

    /// The columns, in which no word is broken, and no name where that can be.
    fn columns(&self, ui: &Ui, size: f32) -> Columns {
        let matrix = &self.ctx.project.settings.matrix;
        let names = estimates_at(self.risk, self.at).map(|(_, it)| named(it));
        let [who, bad, likely] = HEADS;
        let columns = [
            names.chain([who, "5 steps apart"]).collect(),
            under(&matrix.consequence, bad),
            under(&matrix.likelihood, likely),
        ];
        let rest = ui.available_width();
        let widest = |words: &[&str], parts: fn(&str) -> Vec<&str>| {
            let all = words.iter().flat_map(|it| parts(it));
            all.map(|it| Face::SemiBold.width(it, size)).fold(0.0_f32, f32::max) + GAP * size
        };
        let least = columns.each_ref().map(|it| widest(it, |words| words.split_whitespace().collect()));
        let wanted = columns.each_ref().map(|it| widest(it, |words| vec![words]));
        let (all_least, all_wanted): (f32, f32) = (least.iter().sum(), wanted.iter().sum());
        if all_wanted * SMALLER <= rest {
            let scale = (rest / all_wanted).min(1.0);
            let spare = ((rest - all_wanted) / 3.0).clamp(0.0, 4.0 * size);
            return Columns { widths: wanted.map(|it| it * scale + spare), size: size * scale };
        }
        let scale = if all_least > rest * 1.0 / SMALLER { (rest / all_least).max(0.4) } else { SMALLER };
        // what the words do not need goes to what would be longer
        let [least, wanted] = [least, wanted].map(|all| all.map(|it| it * scale));
        let (all_least, all_wanted): (f32, f32) = (least.iter().sum(), wanted.iter().sum());
        let given = ((rest - all_least) / (all_wanted - all_least).max(1.0)).clamp(0.0, 1.0);
        let mut widths = least;
        widths.iter_mut().zip(wanted).for_each(|(it, wanted)| *it += (wanted - *it) * given);
        Columns { widths, size: size * scale }
    }

    /// How far they lie apart on both scales.
    fn apart(&self, ui: &mut Ui, seen: &mut Seen, columns: &Columns) {
        let matrix = &self.ctx.project.settings.matrix;
        let consequence = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.consequence));
        let likelihood = Spread::of(estimates_at(self.risk, self.at).map(|it| it.1.likelihood));
        let size = columns.size;
        row(ui, columns, |ui, column| {
            let (name, spread, words) = match column {
                0 => {
                    let widest = [&consequence, &likelihood].into_iter().flatten().max_by_key(|it| it.width());
                    let Some(widest) = widest.filter(|_| !self.hides()) else { return };
                    let said = RichText::new(apart_words(widest)).size(size);
                    ui.label(said).on_hover_text(widest.said());
                    return;
                }
                1 => ("How bad", &consequence, &matrix.consequence),
                _ => ("How likely", &likelihood, &matrix.likelihood),
            };
            let Some(spread) = spread else { return };
            if self.hides() {
                ui.label(RichText::new(format!("{} given", spread.all.len())).size(size));
                return;
            }
            let agreed = if column == 1 { &mut seen.agreed.0 } else { &mut seen.agreed.1 };
            if let Some(step) = self.steps(ui, name, spread, words, (agreed.unwrap_or(spread.middle), size)) {
                *agreed = Some(step);
            }
        });
    }

    /// The figures of a scale in one line, with a dot for each estimate below its step; a click on a
    /// step agrees on that.
    fn steps(
        &self,
        ui: &mut Ui,
        name: &str,
        spread: &Spread,
        words: &[String],
        (agreed, size): (Rating, f32),
    ) -> Option<Rating> {
        let palette = self.ctx.palette;
        let steps: Vec<Rating> = (1..=6).filter_map(Rating::new).take(words.len()).collect();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), (STEPS * size).round()), Sense::hover());
        let width = rect.width() / steps.len().max(1) as f32;
        let mut chosen = None;
        for (place, step) in steps.into_iter().enumerate() {
            let column = Rect::from_min_size(
                pos2(rect.left() + width * place as f32, rect.top()),
                vec2(width - 0.08 * size, rect.height()),
            );
            let response = ui.interact(column, ui.scope_id().with((name, step.number())), Sense::click());
            let count = spread.all.iter().filter(|it| **it == step).count();
            let word = rate::name(words, step);
            let spoken = format!("{name}: agree on {word}, {}", counted(count, "estimate", "estimates"));
            let is_agreed = step == agreed;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_agreed, spoken.as_str()));
            let is_under = response.hovered() || response.has_focus();
            let (ground, ink) = match (is_agreed, is_under, count) {
                (true, ..) => (palette.text, palette.window),
                (_, true, _) => (palette.line, palette.text),
                (_, _, 0) => (palette.window, palette.text),
                _ => (palette.sunken, palette.text),
            };
            ui.painter().rect_filled(column, 0.2 * size, color32(ground));
            let (face, at) =
                (if count > 0 { Face::SemiBold } else { Face::Regular }, column.center_top() + vec2(0.0, 0.62 * size));
            ui.painter().text(at, Align2::CENTER_CENTER, step.to_string(), font(face, size), color32(ink));
            // beside each other as far as they have room
            let apart = (column.width() / (count.max(1) as f32 + 0.6)).min(0.36 * size);
            for dot in 0..count {
                let x = column.center().x + (dot as f32 - 0.5 * (count - 1) as f32) * apart;
                let middle = pos2(x, column.bottom() - 0.34 * size);
                ui.painter().circle_filled(middle, (0.44 * apart).min(0.13 * size), color32(ink));
            }
            if response.clicked() {
                chosen = Some(step);
            }
            response.on_hover_text(format!("Agree on {word}"));
        }
        chosen
    }
}

/// How far they lie apart, in few words.
fn apart_words(spread: &Spread) -> String {
    match (spread.all.len(), spread.width()) {
        (1, _) => "one estimate".to_owned(),
        (_, 0) => "all agree".to_owned(),
        (_, 1) => "1 step apart".to_owned(),
        (_, steps) => format!("{steps} steps apart"),
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
fn row(ui: &mut Ui, columns: &Columns, mut cell: impl FnMut(&mut Ui, usize)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, &width) in columns.widths.iter().enumerate() {
            ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(width);
                ui.push_id(column, |ui| {
                    ui.set_max_width((width - 0.4 * columns.size).max(1.0));
                    cell(ui, column);
                });
            });
        }
    });
}
