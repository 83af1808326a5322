//! The strip over the canvas that arranges several things.

use egui::{Area, Frame, Id, Order, Ui, vec2};

use super::CanvasState;
use super::command::Command;
use crate::hands::arrange::Align;
use crate::hands::{Axis, Field};
use crate::ui::commands::key_text;
use crate::ui::context::Context;
use crate::ui::widgets::{Symbol, icon_button};

/// Shows it where two things or more are selected and nothing is being dragged.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    let selected = &ctx.selection.subjects;
    let is_offered = |it: Command| it.is_offered(field.project, selected);
    if !is_offered(Command::Align(Align::Left)) || state.drag.is_some() || state.rect.width() < 420.0 {
        return;
    }
    let groups: [&[(Command, Symbol)]; 3] = [
        &Align::ALL.map(|it| (Command::Align(it), Symbol::Align(it))),
        &Axis::BOTH.map(|it| (Command::Distribute(it), Symbol::Distribute(it))),
        &Axis::BOTH.map(|it| (Command::SameSize(it), Symbol::SameSize(it))),
    ];
    let place = state.rect.center_top() + vec2(0.0, 10.0);
    let area = Area::new(Id::unique("alignment strip")).order(Order::Middle).pivot(egui::Align2::CENTER_TOP);
    let mut asked = None;
    area.fixed_pos(place).constrain_to(state.rect).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(6, 3)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                for (place, group) in groups.into_iter().enumerate() {
                    if place > 0 {
                        ui.separator();
                    }
                    for &(command, symbol) in group {
                        let keys = command.shortcut().as_ref().map(key_text).unwrap_or_default();
                        let label = format!("{} ({keys})", command.title(field.project, selected));
                        if icon_button(ui, symbol, &label, is_offered(command), false).clicked() {
                            asked = Some(command);
                        }
                    }
                }
            });
        });
    });
    if let Some(command) = asked {
        state.order(command);
        ui.ctx().request_repaint();
    }
}
