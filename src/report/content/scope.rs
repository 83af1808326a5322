//! Chapter: the system under consideration.

use super::*;
use crate::report::outline::{Column, Row, Span, Table};

pub(super) fn chapter(material: &Material) -> Vec<Block> {
    let scope = &material.project.scope;
    let mut blocks = vec![anchored(1, "System under consideration", "scope")];
    let facts = [
        ("System", &scope.name),
        ("What it does", &scope.description),
        ("Perimeter", &scope.perimeter),
        ("Regulated or critical service", &scope.regulated_service),
        ("What that needs", &scope.dependencies),
        ("Safety, availability and operational constraints", &scope.constraints),
        ("Legal, contractual and sector duties", &scope.duties),
        ("Inside the management system, and outside", &scope.management_boundary),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts: Vec<(String, Vec<Span>)> =
        facts.map(|(label, value)| (label.to_owned(), vec![Span::from(value.as_str())])).collect();
    if facts.is_empty() && scope.services.is_empty() && scope.people.is_empty() && scope.sites.is_empty() {
        blocks.push(paragraph("The scope has not been described yet."));
        return blocks;
    }
    blocks.push(Block::Facts(facts));
    let mut table = |title: &str, columns: Vec<Column>, rows: Vec<Row>| {
        if !rows.is_empty() {
            blocks.push(heading(2, title));
            blocks.push(Block::Table(Table { columns, rows }));
        }
    };
    table(
        "Services it supports",
        vec![
            Column::text("Service", 1.2),
            Column::text("What regulation calls it", 1.4),
            Column::text("Why it matters", 2.4),
        ],
        told(&scope.services, |it| [it.name.clone(), it.regulated_as.clone(), it.notes.clone()]),
    );
    let conduit = |it: &crate::model::AccessPoint| {
        it.conduit.map_or(String::new(), |id| material.project.target_tag(id.into()).to_owned())
    };
    table(
        "Access points",
        vec![Column::text("Access point", 1.4), Column::text("Conduit", 0.7), Column::text("How it is used", 3.0)],
        told(&scope.access_points, |it| [it.name.clone(), conduit(it), it.notes.clone()]),
    );
    table(
        "Sites",
        vec![
            Column::text("Site", 1.2),
            Column::text("Address", 1.6),
            Column::text("Zones", 1.2),
            Column::text("What stands there", 2.0),
        ],
        told(&scope.sites, |it| [it.name.clone(), it.address.clone(), zones_at(material, &it.name), it.notes.clone()]),
    );
    table(
        "Who took part",
        vec![Column::text("Role", 1.4), Column::text("Organisation", 1.2), Column::text("What they brought in", 2.4)],
        told(&scope.people, |it| [person(it), it.organisation.clone(), it.notes.clone()]),
    );
    table(
        "Documents reviewed",
        vec![Column::text("Title", 2.6), Column::text("Reference", 1.4), Column::text("Dated", 0.9)],
        told(&scope.documents, |it| {
            [it.title.clone(), it.reference.clone(), it.dated.map(|day| day.to_string()).unwrap_or_default()]
        }),
    );
    let assumptions: Vec<_> =
        scope.assumptions.iter().filter(|it| !it.trim().is_empty()).map(|it| vec![Span::from(it.as_str())]).collect();
    if !assumptions.is_empty() {
        blocks.push(heading(2, "Assumptions"));
        blocks.push(Block::Bullets(assumptions));
    }
    blocks
}

/// A row for each entry that says anything.
fn told<T: Default + PartialEq, const N: usize>(entries: &[T], cells: impl Fn(&T) -> [String; N]) -> Vec<Row> {
    let said = entries.iter().filter(|it| **it != T::default());
    said.map(|it| Row::from_iter(cells(it))).collect()
}

/// The tags of the zones that stand at a site.
fn zones_at(material: &Material, site: &str) -> String {
    let at_site = material.project.zones.values().filter(|it| !site.trim().is_empty() && it.site.trim() == site.trim());
    let mut tags: Vec<&str> = at_site.map(|it| it.tag.as_str()).collect();
    tags.sort_unstable();
    tags.join(", ")
}

fn person(it: &crate::model::Person) -> String {
    if it.name.is_empty() { it.role.clone() } else { format!("{} ({})", it.role, it.name) }
}
