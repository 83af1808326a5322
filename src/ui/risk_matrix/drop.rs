//! What comes of a scenario that is dropped on a cell or beside the matrix.

use egui::{Pos2, Rect, Ui};

use super::layout::Grid;
use super::{Matrix, Moments, Piece};
use crate::hands::rate::{self, Place};
use crate::model::{Consequences, RatedAt, RiskId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{capital, dialog, dialog_width, primary_button};

/// A move of which it is asked which category it means.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    risk: RiskId,
    at: RatedAt,
    to: Place,
}

/// Forgets a move that was being asked about: another project is shown.
pub fn forget(ctx: &egui::Context) {
    ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<Option<Asked>>);
}

impl Matrix<'_> {
    #[expect(clippy::too_many_arguments, reason = "the places that a piece is moved between")]
    pub(super) fn drop(&self, ui: &Ui, ctx: &Context, id: egui::Id, grid: Grid, tray: Rect, piece: &Piece, hand: Pos2) {
        let Some(risk) = ctx.project.risks.get(piece.risk) else { return };
        if let Some(cell) = grid.at(hand) {
            let to = Place { consequence: Some(cell.consequence), likelihood: cell.likelihood };
            if rate::asks_category(risk, piece.at, to.consequence).is_empty() {
                self.put(ctx, piece.risk, piece.at, to, None);
            } else {
                ui.data_mut(|data| data.insert_temp(id, Some(Asked { risk: piece.risk, at: piece.at, to })));
            }
        } else if tray.contains(hand) && self.moments != Moments::Consequence {
            take_off(ctx, piece.risk, piece.at);
        }
    }

    pub(super) fn put(&self, ctx: &Context, id: RiskId, at: RatedAt, to: Place, category: Option<usize>) {
        let Some(risk) = ctx.project.risks.get(id) else { return };
        if let Some(rated) = rate::put(&ctx.project.settings.matrix, risk, at, to, category) {
            let said = rated.said.clone();
            ctx.edit(rated.edit(id));
            ctx.send(Action::Say(said));
        }
    }

    /// Asks which category a move means.
    pub(super) fn ask(&self, ui: &Ui, ctx: &Context, id: egui::Id) {
        let Some(asked) = ui.data(|data| data.get_temp::<Option<Asked>>(id)).flatten() else { return };
        let Some(risk) = ctx.project.risks.get(asked.risk) else { return };
        let categories = rate::asks_category(risk, asked.at, asked.to.consequence);
        let words = &ctx.project.settings.matrix.consequence;
        let mut is_done = categories.is_empty();
        let modal = dialog(ui.ctx(), "category").show(ui.ctx(), |ui| {
            ui.set_width(dialog_width(ui, 360.0));
            let to = asked.to.consequence.map(|it| rate::name(words, it)).unwrap_or_default();
            ui.label(title(format!("{}: what is {} about it?", risk.tag, to.to_lowercase())));
            for (place, category) in categories.iter().enumerate() {
                let name = capital(Consequences::CATEGORIES.get(*category).copied().unwrap_or_default());
                let now = risk.consequences.ratings().get(*category).copied().flatten();
                let text =
                    now.map_or(name.clone(), |it| format!("{name}, now {}", rate::name(words, it).to_lowercase()));
                let button = if place == 0 {
                    let button = primary_button(ui, ctx.palette, &text);
                    if ui.memory(|memory| memory.focused().is_none_or(|it| it != button.id))
                        && ui.input(|input| input.pointer.any_released())
                    {
                        button.request_focus();
                    }
                    button
                } else {
                    ui.button(text)
                };
                if button.clicked() {
                    self.put(ctx, asked.risk, asked.at, asked.to, Some(*category));
                    is_done = true;
                }
            }
            ui.add_space(6.0);
            is_done |= ui.button("Cancel").clicked();
        });
        if is_done || modal.should_close() {
            ui.data_mut(|data| data.insert_temp(id, None::<Asked>));
        }
    }
}

/// Takes a scenario off the matrix.
pub(super) fn take_off(ctx: &Context, id: RiskId, at: RatedAt) {
    if let Some(rated) = ctx.project.risks.get(id).and_then(|it| rate::take_off(it, at)) {
        let said = rated.said.clone();
        ctx.edit(rated.edit(id));
        ctx.send(Action::Say(said));
    }
}
