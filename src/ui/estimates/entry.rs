//! One person's estimate while it is entered: by clicks, or by figures.

use egui::{RichText, TextEdit, Ui};

use super::{Of, Seen};
use crate::hands::rate;
use crate::model::{Estimate, Rating};
use crate::ui::action::Action;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{capital, primary_button};

/// A scale of an estimate.
struct Scale<'a> {
    name: &'a str,
    words: &'a [String],
    value: Option<Rating>,
    /// Its part of the estimate.
    part: fn(&mut Estimate) -> &mut Option<Rating>,
    /// Its place among what is entered.
    place: usize,
}

impl Of<'_> {
    /// Shows it. While estimates are hidden, what was said before it was opened is not told, and
    /// before the room nothing is.
    pub(super) fn entry(&self, ui: &mut Ui, seen: &mut Seen, place: usize, it: &Estimate) {
        let ctx = self.ctx;
        let matrix = &ctx.project.settings.matrix;
        let frame = egui::Frame::new().fill(color32(ctx.palette.window)).corner_radius(6.0).inner_margin(8.0);
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let is_fresh = std::mem::take(&mut seen.is_fresh);
            let by = self.line(ui, place, ("Estimate by", "Whose estimate: a role"), &it.by, |it| &mut it.by);
            if is_fresh && it.by.is_empty() {
                by.request_focus();
            }
            let (bad, likely) = (&matrix.consequence, &matrix.likelihood);
            for scale in [
                Scale { name: "How bad", words: bad, value: it.consequence, part: |it| &mut it.consequence, place: 0 },
                Scale {
                    name: "How likely",
                    words: likely,
                    value: it.likelihood,
                    part: |it| &mut it.likelihood,
                    place: 1,
                },
            ] {
                self.scale(ui, seen, place, &scale);
            }
            self.reason(ui, seen, place, it);
            ui.horizontal_wrapped(|ui| {
                let mut done = primary_button(ui, ctx.palette, "Done");
                if self.hides() {
                    done = done.on_hover_text("Hides it until all are shown");
                }
                if done.clicked() {
                    seen.open = None;
                }
                if ui.button("Take back").clicked() {
                    ctx.edit(self.change(|all| {
                        if place < all.len() {
                            all.remove(place);
                        }
                    }));
                    seen.open = None;
                }
            });
            if self.has_figures {
                let words = "Or type figures: how bad, then how likely. Enter is done, N the next person.";
                ui.label(RichText::new(words).weak());
            }
        });
    }

    /// Why, where that tells nobody anything yet.
    fn reason(&self, ui: &mut Ui, seen: &mut Seen, place: usize, it: &Estimate) {
        let [.., is_entered] = seen.entered;
        let is_told = !self.hides() || !self.is_seen && (is_entered || it.reason.is_empty());
        if !is_told {
            let words = if it.reason.is_empty() {
                "Why is written once all are shown."
            } else {
                "Why is written down, and shown with the estimates."
            };
            ui.label(RichText::new(words).weak());
            return;
        }
        let field = self.line(ui, place, ("Reason of the estimate", "Why"), &it.reason, |it| &mut it.reason);
        if field.changed() {
            let [.., reason] = &mut seen.entered;
            *reason = true;
        }
    }

    /// A text of the estimate.
    fn line(
        &self,
        ui: &mut Ui,
        place: usize,
        (name, hint): (&str, &str),
        value: &str,
        part: fn(&mut Estimate) -> &mut String,
    ) -> egui::Response {
        let ctx = self.ctx;
        let mut text = value.to_owned();
        let field = TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
        let field = ui.add(field).accessible_name(name);
        if field.changed() {
            ctx.send(Action::Type(self.one(place, |it| *part(it) = text), field.id));
        }
        if field.lost_focus() {
            ctx.send(Action::EndTyping);
        }
        field
    }

    /// The steps of a scale as buttons.
    fn scale(&self, ui: &mut Ui, seen: &mut Seen, place: usize, scale: &Scale) {
        let is_entered = seen.entered.get(scale.place).copied().unwrap_or_default();
        let is_told = !self.hides() || !self.is_seen && is_entered;
        ui.horizontal_wrapped(|ui| {
            ui.label(strong(scale.name));
            if !is_told && scale.value.is_some() {
                ui.label(RichText::new("given").weak());
            }
        });
        ui.horizontal_wrapped(|ui| {
            for step in (1..=6).filter_map(Rating::new).take(scale.words.len()) {
                let is_chosen = scale.value == Some(step);
                let word = rate::name(scale.words, step);
                let text = if self.has_figures { format!("{step}  {}", capital(&word)) } else { word.clone() };
                let text = RichText::new(text).size(if self.has_figures { 11.5 } else { 13.5 } * self.scale);
                let button = ui.add(egui::Button::new(text).selected(is_chosen && is_told));
                if button.accessible_name(format!("{}: {word}", scale.name)).clicked() {
                    // what is not told is not taken back by chance
                    let value = (!is_chosen || !is_told).then_some(step);
                    self.ctx.edit(self.one(place, |it| *(scale.part)(it) = value));
                    if let Some(it) = seen.entered.get_mut(scale.place) {
                        *it = true;
                    }
                }
            }
        });
    }
}
