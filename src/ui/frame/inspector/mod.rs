//! The inspector: what is selected, with everything that can be changed about it.

mod action;
mod asset;
mod conduit;
mod gap;
mod inherited;
mod note;
mod requirement;
mod risk;
mod several;
mod target;
mod zone;

pub use gap::new_action;

use std::sync::Arc;

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::Finding;
use crate::model::{Subject, ZoneId};
use crate::ui::action::View;
use crate::ui::context::Context;
use crate::ui::kept::by_analysis;
use crate::ui::theme::title;
use crate::ui::widgets::{capital, fact, follow_focus};

/// The keys go to the first field of the inspector when it is shown next.
pub fn enter_inspector(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(egui::Id::unique("enter inspector"), true));
    ctx.request_repaint();
}

/// Gives the keys to what stands first.
fn enter(ui: &Ui) {
    let is_asked = ui.data_mut(|data| data.remove_temp::<bool>(egui::Id::unique("enter inspector"))).unwrap_or(false);
    if is_asked {
        let door = egui::Id::unique("door of the inspector");
        // it has the keys before it is there, so that it hands them on in this very frame
        ui.memory_mut(|memory| {
            memory.request_focus(door);
            memory.move_focus(egui::FocusDirection::Next);
        });
        let place = egui::Rect::from_min_size(ui.cursor().min, egui::Vec2::ZERO);
        ui.interact(place, door, egui::Sense::focusable_noninteractive());
    }
}

/// Shows it in the room there is: what does not fit must not push the panel wider.
pub fn inspector(ui: &mut Ui, ctx: &Context) {
    let room = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
    contents(&mut inside, &Context { selection: &ctx.selected_here(), ..*ctx });
    ui.advance_cursor_after_rect(room);
}

fn contents(ui: &mut Ui, ctx: &Context) {
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if is_another(ui, ctx) {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width());
        enter(ui);
        match ctx.selection.subjects.as_slice() {
            [] => nothing(ui, ctx),
            subjects if requirement::is_for(ctx, subjects) => requirement::several(ui, ctx, subjects),
            [only] => ui.push_id(only, |ui| one(ui, ctx, *only)).inner,
            several => several::show(ui, ctx, several),
        }
        follow_focus(ui);
    });
}

/// Whether something else is shown than in the frame before: one begins to read it at its top.
fn is_another(ui: &Ui, ctx: &Context) -> bool {
    let shown = egui::Id::unique((ctx.view, &ctx.selection.subjects, ctx.selection.requirement));
    let place = egui::Id::unique("what the inspector shows");
    ui.data_mut(|data| {
        let is_another = data.get_temp(place) != Some(shown);
        data.insert_temp(place, shown);
        is_another
    })
}

fn one(ui: &mut Ui, ctx: &Context, subject: Subject) {
    if let (Some(target), Some(requirement)) = (subject.target(), ctx.selection.requirement) {
        if ctx.view == View::Gaps {
            gap::show(ui, ctx, target, requirement);
        } else {
            requirement::show(ui, ctx, target, requirement);
        }
        return;
    }
    match subject {
        Subject::Zone(id) => zone::show(ui, ctx, id),
        Subject::Conduit(id) => conduit::show(ui, ctx, id),
        Subject::Asset(id) => asset::show(ui, ctx, id),
        Subject::Action(id) => action::show(ui, ctx, id),
        Subject::ManualFinding(id) => gap::manual(ui, ctx, id),
        Subject::Note(id) => note::show(ui, ctx, id),
        Subject::Risk(id) => risk::show(ui, ctx, id),
        other => {
            ui.label(title(ctx.project.subject_tag(other)));
            ui.label(RichText::new(capital(other.kind())).weak());
        }
    }
}

fn nothing(ui: &mut Ui, ctx: &Context) {
    let project = ctx.project;
    ui.label(title("Nothing selected"));
    let tip = match ctx.view {
        View::Diagram => {
            "Click a zone, conduit or asset to see and change it here. Drag over empty space to select several."
        }
        View::Requirements => "Choose a zone or conduit, then a requirement.",
        View::Gaps => "Choose a gap to see where its priority comes from.",
        View::Risk => "Choose a scenario to see and change it here.",
        View::Plan => "Choose an action to see and change it here.",
        View::Overview | View::Path | View::Scope | View::Workshop | View::Report | View::Compare => {
            "What you select anywhere is shown here."
        }
    };
    ui.label(RichText::new(tip).weak());
    ui.add_space(12.0);
    fact(ui, "Zones", project.zones.len().to_string());
    fact(ui, "Conduits", project.conduits.len().to_string());
    fact(ui, "Assets", project.assets.len().to_string());
    fact(ui, "Gaps", ctx.analysis.gaps_in_words());
    let actions = project.actions.values().filter(|it| it.treats()).count();
    fact(ui, "Actions", actions.to_string());
}

/// Findings about a subject, each with what to do.
fn findings(ui: &mut Ui, ctx: &Context, subject: Subject) {
    let about = by_analysis(ui, ctx, subject, || -> Vec<Arc<Finding>> {
        ctx.analysis.findings.shared().filter(|it| it.about.contains(&subject)).cloned().collect()
    });
    if about.is_empty() {
        return;
    }
    section(ui, "Findings");
    for finding in about.iter() {
        crate::ui::views::finding_row(ui, ctx, finding);
    }
}

/// All zones in the order of their tags.
fn zones_by_tag(ctx: &Context) -> Vec<ZoneId> {
    let mut zones: Vec<_> = ctx.project.zones.iter().collect();
    zones.sort_by_key(|(_, it)| &it.tag);
    zones.into_iter().map(|(id, _)| id).collect()
}

fn section(ui: &mut Ui, heading: &str) {
    ui.add_space(12.0);
    ui.separator();
    ui.label(title(heading));
}
