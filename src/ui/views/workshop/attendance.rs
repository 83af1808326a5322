//! Who was asked to come to a workshop, and who came.

use egui::{RichText, Ui};

use super::{invited, workshop_edit};
use crate::model::{Attendee, Person, Workshop, WorkshopId};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, Symbol, card, drop_down, icon_button, singleline};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop) {
    card(ui, ctx.palette, |ui| {
        ui.set_width(ui.available_width());
        if workshop.attendance.is_empty() {
            ui.label(RichText::new("Nobody is invited yet.").weak());
        }
        for (place, attendee) in workshop.attendance.iter().enumerate() {
            ui.push_id(("attendee", place), |ui| one(ui, ctx, id, workshop, place, attendee));
        }
        ui.horizontal_wrapped(|ui| {
            if ui.button("Invite somebody").clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| it.attendance.push(Attendee::default())));
            }
            // one click brings in all who are named in the scope
            let is_missing = |it: &&Person| !workshop.attendance.iter().any(|other| other.role == it.role);
            let mut missing = ctx.project.scope.people.iter().filter(is_missing).map(invited).peekable();
            if missing.peek().is_some() && ui.button("Invite all of the scope").clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| it.attendance.extend(missing)));
            }
            let came = workshop.attendance.iter().filter(|it| it.present).count();
            if came < workshop.attendance.len() && ui.button("All came").clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| it.attendance.iter_mut().for_each(|it| it.present = true)));
            }
        });
        let roles: Vec<String> = workshop.present().map(str::to_owned).collect();
        ui.add_space(4.0);
        answering(ui, ctx, id, workshop, &roles);
    });
}

fn one(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop, place: usize, attendee: &Attendee) {
    let change = |change: &dyn Fn(&mut Attendee)| {
        workshop_edit(id, workshop, |it| {
            if let Some(attendee) = it.attendance.get_mut(place) {
                change(attendee);
            }
        })
    };
    ui.horizontal(|ui| {
        present(ui, ctx, id, workshop, place, "");
        let room = ui.available_width() - 40.0;
        let is_narrow = room < 420.0;
        let width = if is_narrow { room } else { (room - 16.0) / 3.0 };
        ui.vertical(|ui| {
            ui.set_width(width);
            singleline(ui, Field::new(ctx, "Role"), &attendee.role, |it| change(&|all| all.role.clone_from(&it)));
        });
        if !is_narrow {
            ui.vertical(|ui| {
                ui.set_width(width);
                let name = Field::new(ctx, "Name").hint("Where the project keeps names");
                singleline(ui, name, &attendee.name, |it| change(&|all| all.name.clone_from(&it)));
            });
            ui.vertical(|ui| {
                ui.set_width(width);
                singleline(ui, Field::new(ctx, "Organisation"), &attendee.organisation, |it| {
                    change(&|all| all.organisation.clone_from(&it))
                });
            });
        }
        let label = format!("Take {} off the list", attendee_name(attendee));
        if icon_button(ui, Symbol::Close, &label, true, false).clicked() {
            ctx.edit(workshop_edit(id, workshop, |it| {
                it.attendance.remove(place);
            }));
        }
    });
}

/// A tick for somebody who came, with the words after it.
pub fn present(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop, place: usize, words: &str) {
    let Some(attendee) = workshop.attendance.get(place) else { return };
    let mut came = attendee.present;
    let tick = ui.checkbox(&mut came, words);
    let label = format!("{} came", attendee_name(attendee));
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, came, label.as_str()));
    if tick.on_hover_text("Present").changed() {
        ctx.edit(workshop_edit(id, workshop, |it| {
            if let Some(attendee) = it.attendance.get_mut(place) {
                attendee.present = came;
            }
        }));
    }
}

/// Their role, or what else is known of them.
pub fn attendee_name(attendee: &Attendee) -> &str {
    [&attendee.role, &attendee.name, &attendee.organisation]
        .into_iter()
        .find(|it| !it.is_empty())
        .map_or("somebody", String::as_str)
}

/// In whose name answers are given.
pub fn answering(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop, roles: &[String]) {
    let mut chosen = workshop.answering.clone();
    let of_all = Workshop { answering: String::new(), ..workshop.clone() }.answered_by();
    let all = if of_all.is_empty() { "nobody yet".to_owned() } else { format!("all present: {of_all}") };
    let shown = if chosen.is_empty() { all.clone() } else { chosen.clone() };
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(RichText::new("Answers are given by").small().weak());
        let width = 260.0_f32.min(ui.available_width());
        let list = egui::ComboBox::from_id_salt("answering").selected_text(shown).width(width).truncate();
        let choices = || {
            let roles = roles.iter().map(|it| (it.clone(), it.clone()));
            std::iter::once((String::new(), all)).chain(roles).collect()
        };
        drop_down(ui, list, &mut chosen, choices).labelled_by(label.id);
    });
    if chosen != workshop.answering {
        ctx.edit(workshop_edit(id, workshop, |it| it.answering = chosen));
    }
}
