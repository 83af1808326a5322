//! What a workshop goes through, and in which order.

use egui::{Key, RichText, Ui};

use super::workshop_edit;
use crate::analysis::agenda::usual_order;
use crate::edit::Edit;
use crate::model::{Agenda, AgendaOrder, AgendaSubject, Fr, Target, Workshop, WorkshopId};
use crate::ui::context::Context;
use crate::ui::theme::strong;
use crate::ui::widgets::{Field, Symbol, capital, card, choice, icon_button, pick, plain_key, switch};

/// Seconds for one item to choose from.
const EACH: [u32; 7] = [60, 90, 120, 180, 300, 600, 900];

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop) {
    let agenda = &workshop.agenda;
    let change = |change: &dyn Fn(&mut Agenda)| workshop_edit(id, workshop, |it| change(&mut it.agenda));
    card(ui, ctx.palette, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            field(ui, |ui| {
                let asked = Field::new(ctx, "What is asked");
                choice(
                    ui,
                    asked,
                    agenda.subject,
                    AgendaSubject::ALL,
                    |it| capital(it.word()),
                    |it| change(&|agenda| agenda.subject = it),
                );
            });
            field(ui, |ui| order(ui, ctx, agenda, |it| change(&|agenda| agenda.order = it)));
            field(ui, |ui| {
                let all: Vec<Option<u32>> = std::iter::once(None).chain(EACH.map(Some)).collect();
                let words = |it: Option<u32>| it.map_or("No limit".to_owned(), clock);
                choice(ui, Field::new(ctx, "Time for each"), agenda.seconds_each, &all, words, |it| {
                    change(&|agenda| agenda.seconds_each = it)
                });
            });
        });
        ui.horizontal_wrapped(|ui| {
            if agenda.subject == AgendaSubject::Requirements {
                switch(ui, ctx, "Only what the targets demand", agenda.demanded_only, |it| {
                    change(&|agenda| agenda.demanded_only = it)
                });
            }
            switch(ui, ctx, "Only what is open", agenda.open_only, |it| change(&|agenda| agenda.open_only = it));
        });
        if agenda.subject == AgendaSubject::Requirements {
            frs(ui, ctx, id, workshop);
        }
        targets(ui, ctx, id, workshop);
    });
}

/// What comes first.
fn order(ui: &mut Ui, ctx: &Context, agenda: &Agenda, set: impl Fn(AgendaOrder) -> Edit) {
    let field = Field::new(ctx, "Order");
    if agenda.subject == AgendaSubject::Requirements {
        choice(ui, field, agenda.order, AgendaOrder::ALL, |it| capital(it.word()), set);
        return;
    }
    // scenarios are of no FR and of no requirement
    let words = |it: AgendaOrder| match it {
        AgendaOrder::ByRequirement => "By scenario".to_owned(),
        other => capital(other.word()),
    };
    let now = if agenda.order == AgendaOrder::ByFr { AgendaOrder::ByTarget } else { agenda.order };
    choice(ui, field, now, &[AgendaOrder::ByTarget, AgendaOrder::ByRequirement, AgendaOrder::ByOpen], words, set);
}

/// "1:30 min".
fn clock(seconds: u32) -> String {
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

/// A part of a line that wraps, as wide as a choice.
fn field(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let width = 200.0_f32.min(ui.available_width());
    ui.allocate_ui(egui::vec2(width, 48.0), |ui| {
        ui.set_max_width(width);
        contents(ui);
    });
}

/// The FRs to ask about, in the order in which they are chosen.
fn frs(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop) {
    let chosen = &workshop.agenda.frs;
    ui.label(RichText::new("FRs, in the order in which you choose them; none chosen means all").small().weak());
    ui.horizontal_wrapped(|ui| {
        for fr in Fr::ALL {
            let place = chosen.iter().position(|it| *it == fr);
            let text = place.map_or(fr.code().to_owned(), |place| format!("{}  {}", place + 1, fr.code()));
            let button = ui.add(egui::Button::new(text).selected(place.is_some()));
            let button = button.on_hover_text(format!("{fr}: {}", fr.name()));
            if button.clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| match place {
                    Some(place) => {
                        it.agenda.frs.remove(place);
                    }
                    None => it.agenda.frs.push(fr),
                }));
            }
        }
    });
}

/// The zones and conduits to go through, in the facilitator's own order.
fn targets(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop) {
    let chosen = &workshop.agenda.targets;
    ui.add_space(4.0);
    let words = "Zones and conduits; none chosen means all. Drag one, or focus it and press Alt with up or down.";
    ui.label(RichText::new(words).small().weak());
    let name = |target: Target| format!("{}  {}", ctx.project.target_tag(target), ctx.project.target_name(target));
    let mut moved = None;
    for (place, &target) in chosen.iter().enumerate() {
        ui.push_id(target, |ui| {
            ui.horizontal(|ui| {
                let up = icon_button(
                    ui,
                    Symbol::Up,
                    &format!("Move {} up", ctx.project.target_tag(target)),
                    place > 0,
                    false,
                );
                let is_last = place + 1 == chosen.len();
                let down = icon_button(
                    ui,
                    Symbol::Down,
                    &format!("Move {} down", ctx.project.target_tag(target)),
                    !is_last,
                    false,
                );
                let line = ui.dnd_drag_source(ui.scope_id().with("drag"), place, |ui| {
                    ui.add(
                        egui::Label::new(strong(format!("{}  {}", place + 1, name(target))))
                            .truncate()
                            .selectable(false),
                    )
                });
                let line = line.response;
                if let Some(from) = line.dnd_release_payload::<usize>() {
                    moved = Some((*from, place));
                }
                let keyed = up.has_focus() || down.has_focus();
                let by_key = |key: Key| keyed && crate::ui::widgets::presses(ui, egui::Modifiers::ALT, key) > 0;
                if (up.clicked() || by_key(Key::ArrowUp)) && place > 0 {
                    moved = Some((place, place - 1));
                }
                if (down.clicked() || by_key(Key::ArrowDown)) && !is_last {
                    moved = Some((place, place + 1));
                }
                let out = format!("Take {} off the agenda", ctx.project.target_tag(target));
                let delete = keyed && plain_key(ui, Key::Delete);
                if icon_button(ui, Symbol::Close, &out, true, false).clicked() || delete {
                    ctx.edit(workshop_edit(id, workshop, |it| it.agenda.targets.retain(|it| *it != target)));
                }
            });
        });
    }
    if let Some((from, to)) = moved.filter(|(from, to)| from != to) {
        ctx.edit(workshop_edit(id, workshop, |it| {
            let target = it.agenda.targets.remove(from);
            it.agenda.targets.insert(to.min(it.agenda.targets.len()), target);
        }));
    }
    let rest: Vec<Target> = usual_order(ctx.project).into_iter().filter(|it| !chosen.contains(it)).collect();
    ui.horizontal_wrapped(|ui| {
        let entries = || rest.iter().map(|&it| (name(it), it)).collect();
        if let Some(target) = pick(ui, "Add a zone or conduit", "All of them are on the agenda.", entries) {
            ctx.edit(workshop_edit(id, workshop, |it| it.agenda.targets.push(target)));
        }
        if chosen.is_empty() && !rest.is_empty() && ui.button("Put all in, to order them").clicked() {
            ctx.edit(workshop_edit(id, workshop, |it| it.agenda.targets.clone_from(&rest)));
        }
        if !chosen.is_empty() && ui.button("Take all off").clicked() {
            ctx.edit(workshop_edit(id, workshop, |it| it.agenda.targets.clear()));
        }
    });
}
