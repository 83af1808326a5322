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
    if facts.is_empty() && scope.services.is_empty() && scope.people.is_empty() {
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
        vec![Column::text("Service", 1.0), Column::text("Why it matters", 3.0)],
        scope.services.iter().map(|it| Row::from_iter([it.name.clone(), it.notes.clone()])).collect(),
    );
    let conduit = |it: &crate::model::AccessPoint| {
        it.conduit.map_or(String::new(), |id| material.project.target_tag(id.into()).to_owned())
    };
    table(
        "Access points",
        vec![Column::text("Access point", 1.4), Column::text("Conduit", 0.7), Column::text("How it is used", 3.0)],
        scope.access_points.iter().map(|it| Row::from_iter([it.name.clone(), conduit(it), it.notes.clone()])).collect(),
    );
    table(
        "Who took part",
        vec![Column::text("Role", 1.4), Column::text("Organisation", 1.2), Column::text("What they brought in", 2.4)],
        scope.people.iter().map(|it| Row::from_iter([person(it), it.organisation.clone(), it.notes.clone()])).collect(),
    );
    table(
        "Documents reviewed",
        vec![Column::text("Title", 2.6), Column::text("Reference", 1.4), Column::text("Dated", 0.9)],
        scope
            .documents
            .iter()
            .map(|it| {
                Row::from_iter([
                    it.title.clone(),
                    it.reference.clone(),
                    it.dated.map(|day| day.to_string()).unwrap_or_default(),
                ])
            })
            .collect(),
    );
    if !scope.assumptions.is_empty() {
        blocks.push(heading(2, "Assumptions"));
        blocks.push(Block::Bullets(scope.assumptions.iter().map(|it| vec![Span::from(it.as_str())]).collect()));
    }
    blocks
}

fn person(it: &crate::model::Person) -> String {
    if it.name.is_empty() { it.role.clone() } else { format!("{} ({})", it.role, it.name) }
}
