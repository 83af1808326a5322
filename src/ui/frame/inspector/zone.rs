//! A zone: names, place in the plant, SL-T, what it holds.

use egui::Ui;

use super::{findings, section, target, zones_by_tag};
use crate::edit::{Edit, Item, Place};
use crate::model::{Boundary, Project, PurdueLevel, Subject, Trust, Zone, ZoneId};
use crate::ui::action::View;
use crate::ui::context::Context;
use crate::ui::kept::by_analysis;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, choice, multiline, one_of_many, optional_choice, optional_rating, singleline, switch};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: ZoneId) {
    let Some(zone) = ctx.project.zones.get(id) else { return };
    let change = |change: &dyn Fn(&mut Zone)| {
        let mut zone = zone.clone();
        change(&mut zone);
        Edit::Put(Item::Zone(id, zone))
    };
    ui.label(title("Zone"));
    singleline(ui, Field::new(ctx, "Tag"), &zone.tag, |it| change(&|zone| zone.tag.clone_from(&it)));
    singleline(ui, Field::new(ctx, "Name"), &zone.name, |it| change(&|zone| zone.name.clone_from(&it)));
    target::levels(ui, ctx, id.into());
    section(ui, "About");
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            optional_choice(
                left,
                Field::new(ctx, "Purdue level"),
                zone.purdue,
                PurdueLevel::ALL,
                |it| it.to_string(),
                |it| change(&|zone| zone.purdue = it),
            );
            choice(
                right,
                Field::new(ctx, "Trust"),
                zone.trust,
                Trust::ALL,
                |it| it.to_string(),
                |it| change(&|zone| zone.trust = it),
            );
            optional_rating(left, Field::new(ctx, "Consequence (initial)"), zone.consequence, |it| {
                change(&|zone| zone.consequence = it)
            });
            choice(
                right,
                Field::new(ctx, "Boundary"),
                zone.boundary,
                Boundary::ALL,
                |it| it.to_string(),
                |it| change(&|zone| zone.boundary = it),
            );
        }
    });
    switch(ui, ctx, "Untrusted, although its trust does not say so", zone.untrusted, |it| {
        change(&|zone| zone.untrusted = it)
    });
    switch(ui, ctx, "Inside the perimeter of the SUC", zone.is_in_suc(), |it| {
        change(&|zone| {
            zone.in_suc = None;
            zone.in_suc = (zone.is_in_suc() != it).then_some(it);
        })
    });
    switch(ui, ctx, "Locked in the diagram", zone.locked, |it| change(&|zone| zone.locked = it));
    let name = |it: ZoneId| ctx.project.target_tag(it.into()).to_owned();
    one_of_many(
        ui,
        Field::new(ctx, "Lies in"),
        zone.parent,
        || outer_zones(ctx, id),
        name,
        |parent| {
            let zones = [id].into();
            crate::hands::nest::nest(ctx.project, &zones, parent).unwrap_or(Edit::Place(Place::Nest { zones, parent }))
        },
    );
    singleline(ui, Field::new(ctx, "Owner").hint("A role"), &zone.owner, |it| {
        change(&|zone| zone.owner.clone_from(&it))
    });
    singleline(ui, Field::new(ctx, "Site or area"), &zone.site, |it| change(&|zone| zone.site.clone_from(&it)));
    multiline(ui, Field::new(ctx, "Notes"), &zone.notes, 3, |it| change(&|zone| zone.notes.clone_from(&it)));
    contents(ui, ctx, id);
    findings(ui, ctx, id.into());
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Answer requirements").clicked() {
            ctx.go_to(View::Requirements, id);
        }
        if ui.button("Delete zone").clicked() {
            ctx.delete(&[id.into()]);
        }
    });
}

/// The zones that this one may lie in: not itself and nothing within it.
fn outer_zones(ctx: &Context, id: ZoneId) -> Vec<ZoneId> {
    let within = ctx.project.zone_with_contents(id);
    let mut outer = zones_by_tag(ctx);
    outer.retain(|it| !within.contains(it));
    outer
}

/// What lies in a zone or ends there, by tag.
struct Contents {
    assets: Vec<(Subject, String)>,
    conduits: Vec<(Subject, String)>,
}

impl Contents {
    fn of(project: &Project, zone: ZoneId) -> Self {
        let sorted = |mut all: Vec<(Subject, String)>| {
            all.sort_by(|one, next| one.1.cmp(&next.1));
            all
        };
        let assets = project.assets.iter().filter(|(_, it)| it.zone == Some(zone));
        let conduits = project.conduits.iter().filter(|(_, it)| it.touches(zone));
        Self {
            assets: sorted(assets.map(|(id, it)| (id.into(), format!("{}  {}", it.tag, it.name))).collect()),
            conduits: sorted(conduits.map(|(id, it)| (id.into(), format!("{}  {}", it.tag, it.name))).collect()),
        }
    }
}

fn contents(ui: &mut Ui, ctx: &Context, id: ZoneId) {
    let contents = by_analysis(ui, ctx, id, || Contents::of(ctx.project, id));
    list(ui, ctx, "Assets", &contents.assets);
    list(ui, ctx, "Conduits", &contents.conduits);
}

/// Links to other things.
pub(super) fn list(ui: &mut Ui, ctx: &Context, heading: &str, items: &[(Subject, String)]) {
    if items.is_empty() {
        return;
    }
    egui::CollapsingHeader::new(format!("{heading} ({})", items.len()))
        .id_salt(heading)
        .default_open(items.len() <= 8)
        .show(ui, |ui| {
            for (subject, text) in items {
                if ui.link(text).clicked() {
                    ctx.select(*subject);
                }
            }
        });
}
