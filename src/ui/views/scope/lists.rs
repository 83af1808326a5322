//! Services, access points, people, documents, assumptions and outage windows as tables.

use egui::{RichText, Ui};

use super::rows::Row;
use super::table::Table;
use super::{ScopeState, part, scope_edit};
use crate::analysis::{ScopePart, scoping};
use crate::edit::Edit;
use crate::model::{AccessPoint, ConduitId, Scope, Settings};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, card, singleline};

/// So many conduits are offered one by one.
const OFFERED: usize = 12;

/// A table of the scope as a part of the page.
fn table<R: Row>(
    ui: &mut Ui,
    ctx: &Context,
    state: &mut ScopeState,
    which: ScopePart,
    (heading, help): (&str, &str),
    rows: &[R],
    list: fn(&mut Scope) -> &mut Vec<R>,
) {
    part(ui, ctx, state, which, heading, help, |ui, state, turned| {
        card(ui, ctx.palette, |ui| {
            ui.set_width(ui.available_width());
            let table = Table { ctx, name: which.name(), rows, drafts: &mut state.drafts };
            if turned {
                table.enter(ui);
            }
            table.show(ui, &mut |rows, _| scope_edit(ctx, |scope| *list(scope) = rows));
        });
    });
}

pub(super) fn services(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let words = (
        "Services it supports",
        "In the words of the business, and in those of a regulation: once a service is named, the arrow beside those proposes the sectors of NIS2.",
    );
    table(ui, ctx, state, ScopePart::Services, words, &ctx.project.scope.services, |scope| &mut scope.services);
}

pub(super) fn access_points(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let words = ("Access points", "Each way into the system, with the conduit that it belongs to.");
    let points = &ctx.project.scope.access_points;
    table(ui, ctx, state, ScopePart::AccessPoints, words, points, |scope| &mut scope.access_points);
    let named = points.iter().map(|it| it.conduit).collect();
    let ways = (ctx.project.zones.clone(), ctx.project.conduits.clone(), named);
    let suggested = state.suggested_access_points.get(ways, || scoping::suggested_access_points(ctx.project));
    if suggested.is_empty() {
        return;
    }
    let point = |id: ConduitId| {
        let (tag, name) = (ctx.project.target_tag(id.into()), ctx.project.target_name(id.into()));
        let name = if name.trim().is_empty() { tag } else { name };
        AccessPoint { name: name.to_owned(), conduit: Some(id), ..AccessPoint::default() }
    };
    let add = |ids: &[ConduitId]| {
        let what = if ids.len() == 1 { "add access point" } else { "add access points" };
        ctx.edit(scope_edit(ctx, |scope| scope.access_points.extend(ids.iter().map(|&it| point(it)))).named(what));
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("These conduits cross the perimeter and are no access point yet:").weak());
        for &id in suggested.iter().take(OFFERED) {
            let tag = ctx.project.target_tag(id.into());
            if ui.button(format!("Add {tag}")).on_hover_text(ctx.project.target_name(id.into())).clicked() {
                add(&[id]);
            }
        }
        if suggested.len() > 1 && ui.button(format!("Add all {}", suggested.len())).clicked() {
            add(suggested);
        }
    });
}

pub(super) fn people(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let words = ("Who took part", "By role; names only where the project keeps names.");
    table(ui, ctx, state, ScopePart::People, words, &ctx.project.scope.people, |scope| &mut scope.people);
}

pub(super) fn documents(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let words = ("Documents reviewed", "Drawings, inventories, policies, reports: with number, edition and day.");
    table(ui, ctx, state, ScopePart::Documents, words, &ctx.project.scope.documents, |scope| &mut scope.documents);
}

pub(super) fn assumptions(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let words = ("Assumptions", "What was taken for granted and would change the result if it were not so.");
    table(ui, ctx, state, ScopePart::Assumptions, words, &ctx.project.scope.assumptions, |scope| {
        &mut scope.assumptions
    });
}

pub(super) fn outages(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let settings = &ctx.project.settings;
    let change = |change: &dyn Fn(&mut Settings)| {
        let mut settings = (**settings).clone();
        change(&mut settings);
        Edit::Settings(settings)
    };
    ui.add_space(16.0);
    ui.label(title("Outage windows and currency"));
    ui.label(RichText::new("When the plant stands still; actions that need it are planned into them.").weak());
    card(ui, ctx.palette, |ui| {
        ui.set_width(ui.available_width());
        let table = Table { ctx, name: "Outage windows", rows: &settings.outages, drafts: &mut state.drafts };
        table.show(ui, &mut |rows, _| change(&|settings| settings.outages.clone_from(&rows)));
        ui.add_space(6.0);
        ui.scope(|ui| {
            ui.set_width(120.0);
            singleline(ui, Field::new(ctx, "Currency of costs").hint("EUR"), &settings.currency, |it| {
                change(&|settings| settings.currency.clone_from(&it))
            });
        });
    });
}
