//! What was remarked about an answer.

use egui::{RichText, Ui};

use super::section;
use crate::model::{Comment, GapKey};
use crate::ui::answering::{AnswerText, attend};
use crate::ui::context::Context;
use crate::ui::views::answers::{self, answer_at};
use crate::ui::widgets::{Field, multiline};

/// Shows the remarks, each to be changed and settled, and a field for one more. What is typed there
/// is a remark from its first letter on.
pub(super) fn show(ui: &mut Ui, ctx: &Context, key: GapKey) {
    section(ui, "Remarks");
    let answer = answer_at(ctx, key);
    let places = answer.comments.len();
    for place in 0..=places {
        let comment = answer.comments.get(place);
        // the same field before and after its first letter, so that it keeps the keyboard
        ui.push_id(("remark", place), |ui| {
            let label = comment.map_or_else(|| "One more remark".to_owned(), head);
            let value = comment.map_or("", |it| it.text.as_str());
            let field = Field::new(ctx, &label).hint("What should be looked at, by whom");
            let response = multiline(ui, field, value, if comment.is_some() { 2 } else { 1 }, |text| {
                answers::change(ctx, &[key], |answer| match answer.comments.get_mut(place) {
                    // the last one is gone again with its last letter
                    Some(_) if text.is_empty() && place + 1 == places => answer.comments.truncate(place),
                    Some(comment) => comment.text.clone_from(&text),
                    None => answer.comments.push(Comment {
                        by: ctx.answering.role.clone(),
                        on: Some(ctx.analysis.as_of),
                        text: text.clone(),
                        resolved: false,
                    }),
                })
            });
            attend(ui, ctx, (place == places).then_some(AnswerText::Comment), &response, 0);
            if let Some(comment) = comment {
                settle(ui, ctx, key, place, comment.resolved);
            }
        });
    }
}

fn settle(ui: &mut Ui, ctx: &Context, key: GapKey, place: usize, is_resolved: bool) {
    ui.horizontal_wrapped(|ui| {
        if is_resolved {
            ui.label(RichText::new("settled").small().weak());
        }
        let word = if is_resolved { "Open again" } else { "Settle" };
        if ui.small_button(word).clicked() {
            ctx.edit(answers::change(ctx, &[key], |answer| {
                if let Some(comment) = answer.comments.get_mut(place) {
                    comment.resolved = !is_resolved;
                }
            }));
        }
        if ui.small_button("Remove").clicked() {
            ctx.edit(answers::change(ctx, &[key], |answer| {
                if place < answer.comments.len() {
                    answer.comments.remove(place);
                }
            }));
        }
    });
}

/// Who and when.
fn head(comment: &Comment) -> String {
    let on = comment.on.map(|it| it.to_string());
    let parts = [Some(comment.by.as_str()), on.as_deref()].into_iter().flatten();
    let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
    if parts.is_empty() { "Remark".to_owned() } else { parts.join(", ") }
}
