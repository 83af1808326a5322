//! Keys of the risk matrix: arrows move the scenario that is selected.

use egui::{Key, Modifiers, Ui};

use super::{Matrix, Moments, Piece, piece_id, take_off};
use crate::hands::rate;
use crate::model::RatedAt;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widgets::{is_below_dialog, plain_key, presses};

/// Does what the keys of this frame ask for.
pub(super) fn handle(ui: &Ui, ctx: &Context, id: egui::Id, door: egui::Id, matrix: &Matrix, pieces: &[Piece]) {
    let is_elsewhere = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) || is_below_dialog(ui);
    if is_elsewhere {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    // the only one needs not be selected
    let is_only = matrix.risks.len() == 1;
    if focused.is_none()
        && !is_only
        && !ctx.selection.subjects.iter().any(|it| pieces.iter().any(|piece| *it == piece.risk.into()))
    {
        // Tab goes to the first scenario from here
        ui.memory_mut(|memory| memory.request_focus(door));
    }
    let arrows = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(door, arrows));
    let focused = focused.filter(|it| *it != door);
    let has_keys = |it: &&Piece| focused == Some(piece_id(id, it));
    let is_selected = |it: &&Piece| focused.is_none() && (is_only || ctx.selection.contains(it.risk));
    let Some(piece) = pieces.iter().find(has_keys).or_else(|| pieces.iter().find(is_selected)) else { return };
    let Some(risk) = ctx.project.risks.get(piece.risk) else { return };
    let at = match matrix.moments {
        Moments::Way => piece.at,
        moments => moments.at(),
    };
    if focused.is_none() && ctx.selection.only() == Some(piece.risk.into()) {
        // what is selected elsewhere is moved here at once
        ui.memory_mut(|memory| memory.request_focus(piece_id(id, piece)));
    }
    let times = |key: Key| i32::try_from(presses(ui, Modifiers::NONE, key)).unwrap_or(0);
    let right = times(Key::ArrowRight) - times(Key::ArrowLeft);
    let up = if matrix.moments == Moments::Consequence { 0 } else { times(Key::ArrowUp) - times(Key::ArrowDown) };
    if (right, up) != (0, 0) {
        let settings = &ctx.project.settings.matrix;
        let mut to = rate::step(settings, risk, at, right, up);
        if matrix.moments == Moments::Consequence {
            to = consequence_only(settings, risk, right);
        }
        if let Some(rated) = rate::put(settings, risk, at, to, None) {
            let said = rated.said.clone();
            // one scenario moved with several presses is one step
            let step = egui::Id::unique(("rate", piece.risk, at));
            ctx.send(Action::Type(rated.edit(piece.risk), step));
            ctx.send(Action::Say(said));
        }
    }
    if let ([.., before, last], [first, ..]) = (pieces, pieces)
        && focused == Some(piece_id(id, last))
        // the Tab that led to it is not its own
        && ui.memory(|memory| memory.had_focus_last_frame(piece_id(id, last)))
    {
        let there = [(Modifiers::NONE, first), (Modifiers::SHIFT, before)];
        let there = there.into_iter().find(|it| presses(ui, it.0, Key::Tab) > 0);
        if let Some((_, there)) = there {
            ui.memory_mut(|memory| memory.request_focus(piece_id(id, there)));
            ui.ctx().request_repaint();
        }
    }
    if plain_key(ui, Key::Backspace) && matrix.moments != Moments::Consequence {
        take_off(ctx, piece.risk, at);
    }
    if plain_key(ui, Key::Enter) {
        ctx.send(Action::EnterInspector);
    }
}

/// A step of the consequence, whether or not the likelihood is known.
fn consequence_only(matrix: &crate::model::RiskMatrix, risk: &crate::model::Risk, right: i32) -> rate::Place {
    let known = crate::model::Risk { unmitigated: crate::model::Rating::new(1), ..risk.clone() };
    let place = rate::step(matrix, &known, RatedAt::Unmitigated, right, 0);
    rate::Place { likelihood: None, ..place }
}
