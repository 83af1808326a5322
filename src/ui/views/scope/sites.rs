//! The sites; zones name theirs by its name and go along when it is renamed.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::table::Table;
use super::{ScopeState, part, scope_edit};
use crate::analysis::{ScopePart, scoping};
use crate::edit::{Edit, Item};
use crate::model::{Project, Site, Zone, ZoneId};
use crate::ui::context::Context;
use crate::ui::widgets::card;

/// The zones of the site whose name is being typed. They are known from before the first
/// letter: on its way a name may be that of another site.
pub struct Renaming {
    row: usize,
    zones: BTreeSet<ZoneId>,
}

/// Shows them.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let help = "Where the system stands. Zones name their site by its name; renaming it here renames it there.";
    let sites = &ctx.project.scope.sites;
    part(ui, ctx, state, ScopePart::Sites, "Sites", help, |ui, state, turned| {
        let ScopeState { drafts, renaming, .. } = state;
        card(ui, ctx.palette, |ui| {
            ui.set_width(ui.available_width());
            let table = Table { ctx, name: ScopePart::Sites.name(), rows: sites, drafts };
            if turned {
                table.enter(ui);
            }
            let focused = table.show(ui, &mut |rows: Vec<Site>, changed| match changed {
                Some((row, 0)) => {
                    if renaming.as_ref().is_none_or(|it| it.row != row) {
                        *renaming = Some(Renaming { row, zones: zones_of(ctx.project, sites, row) });
                    }
                    let zones = renaming.as_ref().map(|it| it.zones.clone()).unwrap_or_default();
                    renamed(ctx, rows, row, &zones)
                }
                _ => scope_edit(ctx, |scope| scope.sites = rows),
            });
            if renaming.as_ref().is_some_and(|it| focused != Some((it.row, 0))) {
                *renaming = None;
            }
        });
        let unlisted = scoping::unlisted_sites(ctx.project);
        if unlisted.is_empty() {
            return;
        }
        let add = |names: &[&str]| {
            let new = names.iter().map(|it| Site { name: (*it).to_owned(), ..Site::default() });
            let what = if names.len() == 1 { "add site" } else { "add sites" };
            ctx.edit(scope_edit(ctx, |scope| scope.sites.extend(new)).named(what));
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Zones name these, and they are not listed yet:").weak());
            for name in &unlisted {
                if ui.button(format!("Add {name}")).clicked() {
                    add(&[name]);
                }
            }
            if unlisted.len() > 1 && ui.button(format!("Add all {} sites", unlisted.len())).clicked() {
                add(&unlisted);
            }
        });
    });
}

/// The zones that stand at the site of a row; of two sites of one name the first has them.
fn zones_of(project: &Project, sites: &[Site], row: usize) -> BTreeSet<ZoneId> {
    let Some(name) = sites.get(row).map(|it| it.name.trim()).filter(|it| !it.is_empty()) else {
        return BTreeSet::new();
    };
    if sites.iter().position(|it| it.name.trim() == name) != Some(row) {
        return BTreeSet::new();
    }
    project.zones.iter().filter(|(_, it)| it.site.trim() == name).map(|(id, _)| id).collect()
}

/// The sites as they are to be, with the zones of one of them going along as one step.
fn renamed(ctx: &Context, sites: Vec<Site>, row: usize, zones: &BTreeSet<ZoneId>) -> Edit {
    let name = sites.get(row).map(|it| it.name.trim().to_owned()).unwrap_or_default();
    let label = if row < ctx.project.scope.sites.len() { "rename site" } else { "add site" };
    let zone = |id: &ZoneId| {
        let zone = ctx.project.zones.get(*id)?;
        Some(Edit::Put(Item::Zone(*id, Zone { site: name.clone(), ..zone.clone() })))
    };
    let along: Vec<Edit> = zones.iter().filter_map(zone).collect();
    let sites = scope_edit(ctx, |scope| scope.sites = sites);
    Edit::Several(label.to_owned(), std::iter::once(sites).chain(along).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Id;

    #[test]
    fn a_site_has_the_zones_that_name_it() {
        let at = |site: &'static str| move |zone: &mut Zone| zone.site = site.into();
        let plant = Fixture::new().zone("Z-1", at("Hall 1")).zone("Z-2", at("Hall 10")).zone("Z-3", at(""));
        let site = |name: &str| Site { name: name.into(), ..Site::default() };
        let sites = [site("Hall 1"), site("Hall 10"), site("Hall 1"), site("")];
        let of = |row| zones_of(&plant.project, &sites, row);
        assert_eq!(of(0), [ZoneId::derived_from("Z-1")].into());
        assert_eq!(of(1), [ZoneId::derived_from("Z-2")].into());
        assert!(of(2).is_empty(), "the first of that name has them");
        assert!(of(3).is_empty() && of(4).is_empty(), "no name is no site");
    }
}
