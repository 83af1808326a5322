//! The menu of what was clicked with the right button.

use egui::Ui;

use super::{CanvasState, Rename};
use crate::edit::{Edit, Place};
use crate::hands::hit::Hit;
use crate::hands::snap;
use crate::model::{Rect, Subject, ZoneId};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState) {
    let Some((at, hit)) = state.menu_at else { return };
    match hit.subject() {
        None => {
            if ui.button("New zone here").clicked() {
                state.draw_zone(ctx, Rect::new(snap::on_grid(at.x), snap::on_grid(at.y), 240.0, 140.0));
                ui.close();
            }
            if ui.button("Lay out everything").clicked() {
                ctx.send(Action::LayOut(false));
                ui.close();
            }
            if ui.button("Show everything").clicked() {
                state.fit(false);
                ui.close();
            }
        }
        Some(subject) => {
            if ui.button("Rename").clicked() {
                state.rename = Rename::begin(ctx.project, subject);
                ui.close();
            }
            if let Hit::Zone(id) | Hit::Handle(id, _) | Hit::Port(id) = hit {
                zone_entries(ui, ctx, id);
            }
            let zones = ctx.selection.subjects.iter().filter(|it| matches!(it, Subject::Zone(_))).count();
            let holds = |id: ZoneId| ctx.project.zones.values().any(|it| it.parent == Some(id));
            let of_one = matches!(subject, Subject::Zone(id) if holds(id));
            if ctx.selection.contains(subject) && (zones > 1 || of_one) {
                let label = if zones > 1 { "Lay out the selection" } else { "Lay out what it holds" };
                if ui.button(label).clicked() {
                    ctx.send(Action::LayOut(true));
                    ui.close();
                }
            }
            if subject.target().is_some() && ui.button("Answer requirements").clicked() {
                ctx.go_to(View::Requirements, subject);
                ui.close();
            }
            let found = super::findings::count_at(ctx, subject);
            if found > 0 && ui.button(format!("Findings ({found})")).clicked() {
                ctx.select(subject);
                state.open_findings(ctx, Some(subject));
                ui.close();
            }
            if ui.button("Show it large").clicked() {
                ctx.select(subject);
                state.fit(true);
                ui.close();
            }
            ui.separator();
            let several = ctx.selection.contains(subject) && ctx.selection.subjects.len() > 1;
            if ui.button(if several { "Delete selection" } else { "Delete" }).clicked() {
                let all: Vec<Subject> = if several { ctx.selection.subjects.clone() } else { vec![subject] };
                ctx.edit(Edit::Remove(all.into_iter().collect()));
                ctx.send(Action::Select(Selection::default()));
                ui.close();
            }
        }
    }
}

fn zone_entries(ui: &mut Ui, ctx: &Context, id: ZoneId) {
    let is_nested = ctx.project.zones.get(id).is_some_and(|it| it.parent.is_some());
    if is_nested && ui.button("Take out to the top level").clicked() {
        ctx.edit(Edit::Place(Place::Nest { zones: [id].into(), parent: None }));
        ui.close();
    }
    let placed: Vec<_> = ctx
        .project
        .assets
        .iter()
        .filter(|(_, it)| it.zone == Some(id) && it.place.is_some())
        .map(|(id, _)| id)
        .collect();
    if !placed.is_empty() && ui.button("Arrange its assets in rows").clicked() {
        ctx.edit(Edit::Place(Place::Assets { assets: placed, zone: Some(id), places: Vec::new() }));
        ui.close();
    }
}
