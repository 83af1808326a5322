//! What a row of a worksheet tells.

use super::{Field, HazopImport, scale};
use crate::exchange::assets::{Row, Table};
use crate::model::*;

/// A row as it tells itself; what stands above and holds for it too is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub node: String,
    pub reference: String,
    pub deviation: String,
    pub cause: String,
    pub consequence: String,
    pub safeguards: String,
    pub consequences: Consequences,
    pub likelihood: Option<Rating>,
    /// Tags of equipment, as they stand there.
    pub equipment: Vec<String>,
    pub zone: String,
    /// What goes to the text below the consequence, a line each.
    pub more: Vec<String>,
    /// It says something of its own.
    pub says_anything: bool,
    /// Cells that could not be taken as they stand: column, and what became of them.
    pub doubts: Vec<(String, String)>,
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_nothing(cell: &str) -> bool {
    matches!(cell.trim().to_lowercase().as_str(), "" | "-" | "–" | "—" | "n/a" | "na" | "n.a." | "none" | "./.")
}

impl Told {
    /// Reads a row by what the columns say.
    pub fn of(import: &HazopImport, row: &Row) -> Self {
        let table: &Table = &import.table;
        let mut told = Self::default();
        let mut category = None;
        let mut severity = None;
        for (at, field) in import.fields.iter().enumerate() {
            let (Some(field), cell) = (*field, row.cell(at).trim()) else { continue };
            if is_nothing(cell) {
                continue;
            }
            told.says_anything = true;
            let column = table.columns.get(at).map_or("", String::as_str);
            match field {
                Field::Node => one_line(&mut told.node, cell),
                Field::Reference => one_line(&mut told.reference, cell),
                Field::Deviation => {
                    add(&mut told.deviation, &cell.split_whitespace().collect::<Vec<_>>().join(" "), " ");
                }
                Field::Cause => add(&mut told.cause, cell, "\n"),
                Field::Consequence => add(&mut told.consequence, cell, "\n"),
                Field::Safeguards => add(&mut told.safeguards, cell, "\n"),
                Field::Zone => one_line(&mut told.zone, cell),
                Field::Equipment => {
                    let tags = cell.split([';', ',', '\n', '/', '|']).map(str::trim).filter(|it| !it.is_empty());
                    told.equipment.extend(tags.map(str::to_owned));
                }
                Field::Severity => severity = Some((column, cell)),
                Field::Category => match scale::category(cell) {
                    Some(known) => category = Some(known),
                    None => told.doubt(column, cell, "is no known category"),
                },
                Field::Likelihood => match import.likelihoods.get(cell).copied().flatten() {
                    Some(rating) => told.likelihood = Some(rating),
                    None => told.doubt(column, cell, "stands for no likelihood"),
                },
                Field::Rank | Field::Recommendation | Field::Notes => told.more.push(line(field, column, cell)),
                Field::Safety
                | Field::Environment
                | Field::Operations
                | Field::Finance
                | Field::Reputation
                | Field::PublicService => told.rate(import, field.category().unwrap_or(0), column, cell),
            }
        }
        if let Some((column, cell)) = severity {
            told.rate(import, category.unwrap_or(import.category), column, cell);
        }
        told
    }

    fn rate(&mut self, import: &HazopImport, category: usize, column: &str, cell: &str) {
        match import.severities.get(cell).copied().flatten() {
            Some(rating) => {
                if let Some(place) = self.consequences.ratings_mut().into_iter().nth(category) {
                    *place = (*place).max(Some(rating));
                }
            }
            None => self.doubt(column, cell, "stands for no severity"),
        }
    }

    fn doubt(&mut self, column: &str, cell: &str, why: &str) {
        self.doubts.push((column.to_owned(), format!("\"{}\" {why} and went to the text", shortened(cell, 60))));
        self.more.push(format!("{column}: {cell}"));
    }

    /// Takes what the row above says where this one leaves it empty: merged cells come out so.
    pub fn continue_from(&mut self, above: &Self) {
        let is_same_node = self.node.is_empty();
        if is_same_node {
            self.node.clone_from(&above.node);
            fill(&mut self.zone, &above.zone);
            if self.equipment.is_empty() {
                self.equipment.clone_from(&above.equipment);
            }
        }
        let is_same_deviation = is_same_node && self.deviation.is_empty();
        if is_same_deviation {
            self.deviation.clone_from(&above.deviation);
            if self.cause.is_empty() {
                self.cause.clone_from(&above.cause);
            }
        }
    }

    /// What could happen, in a line.
    pub fn title(&self) -> String {
        let consequence = self.consequence.lines().next().unwrap_or_default().trim_end_matches('.');
        let title = match (self.deviation.as_str(), consequence) {
            ("", consequence) => consequence.to_owned(),
            (deviation, "") => deviation.to_owned(),
            (deviation, consequence) => format!("{deviation}: {consequence}"),
        };
        shortened(&title, 110)
    }

    /// How it comes about and what comes of it, with all that has no place of its own.
    pub fn text(&self) -> String {
        let labelled = [("Deviation", &self.deviation), ("Cause", &self.cause), ("Consequence", &self.consequence)];
        let mut lines: Vec<String> = labelled
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| format!("{label}: {text}"))
            .collect();
        lines.extend(self.more.iter().cloned());
        lines.join("\n")
    }
}

fn line(field: Field, column: &str, cell: &str) -> String {
    match field {
        Field::Rank => format!("Risk rank of the study: {cell}"),
        Field::Recommendation => format!("Recommendation: {cell}"),
        _ if column.is_empty() => cell.to_owned(),
        _ => format!("{column}: {cell}"),
    }
}

fn one_line(field: &mut String, cell: &str) {
    *field = cell.split_whitespace().collect::<Vec<_>>().join(" ");
}

fn add(field: &mut String, cell: &str, between: &str) {
    if !field.is_empty() {
        field.push_str(between);
    }
    field.push_str(cell);
}

fn fill(field: &mut String, above: &str) {
    if field.is_empty() {
        above.clone_into(field);
    }
}

/// The beginning of a text, with an ellipsis where it goes on.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ':', ';']))
}
