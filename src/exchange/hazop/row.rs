//! What a row of a worksheet tells.

use super::matching::folded;
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
    /// The severity that goes with the category: column and cell. An empty cell where the row says that there is none.
    pub severity: Option<(String, String)>,
    pub category: Category,
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

/// The category that a row names for its severity.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Category {
    /// None.
    #[default]
    Unnamed,
    /// These, by their places in [`Consequences::CATEGORIES`].
    Known(Vec<usize>),
    /// One that is none of the project's.
    Unknown,
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
        for (at, field) in import.fields.iter().enumerate() {
            let (Some(field), cell) = (*field, row.cell(at).trim()) else { continue };
            if is_nothing(cell) {
                if field == Field::Severity && !cell.is_empty() {
                    told.severity = Some((String::new(), String::new()));
                }
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
                Field::Severity => told.severity = Some((column.to_owned(), cell.to_owned())),
                Field::Category => match import.categories_of(cell) {
                    Some(known) => told.category = Category::Known(known),
                    None => {
                        told.category = Category::Unknown;
                        told.doubt(column, cell, "is no known category, so that its severity rates nothing,");
                    }
                },
                Field::Likelihood => match import.likelihoods.get(cell).copied().flatten() {
                    Some(rating) => told.likelihood = Some(rating),
                    None => told.doubt(column, cell, &no_step(cell, import.steps.1.len(), "likelihood")),
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
        told
    }

    /// Rates its severity in the category that it names, or in the usual one where it names none.
    pub fn rate_severity(&mut self, import: &HazopImport) {
        let Some((column, cell)) = self.severity.clone().filter(|(_, cell)| !cell.is_empty()) else { return };
        match self.category.clone() {
            Category::Unnamed => self.rate(import, import.category, &column, &cell),
            Category::Known(categories) => {
                categories.into_iter().for_each(|category| self.rate(import, category, &column, &cell));
            }
            Category::Unknown => self.more.push(format!("{column}: {cell}")),
        }
    }

    fn rate(&mut self, import: &HazopImport, category: usize, column: &str, cell: &str) {
        match import.severities.get(cell).copied().flatten() {
            Some(rating) => {
                if let Some(place) = self.consequences.ratings_mut().into_iter().nth(category) {
                    *place = (*place).max(Some(rating));
                }
            }
            None => self.doubt(column, cell, &no_step(cell, import.steps.0.len(), "severity")),
        }
    }

    fn doubt(&mut self, column: &str, cell: &str, why: &str) {
        self.doubts.push((column.to_owned(), format!("\"{}\" {why} and went to the text", shortened(cell, 60))));
        self.more.push(format!("{column}: {cell}"));
    }

    /// Whether it goes on with the scenario of the row above: the consequence is one merged cell.
    pub fn goes_on_with(&self, above: &Self) -> bool {
        let same = |own: &str, above: &str| own.is_empty() || folded(own) == folded(above);
        let is_same_cause = || same(&self.cause, &above.cause);
        self.consequence.is_empty()
            && same(&self.node, &above.node)
            && same(&self.deviation, &above.deviation)
            && (!above.consequence.is_empty() || is_same_cause())
    }

    /// Takes the severity or the category of the row above where it says only the other of them.
    pub fn complete_from(&mut self, above: &Self) {
        if self.severity.is_some() && self.category == Category::Unnamed {
            self.category.clone_from(&above.category);
        } else if self.severity.is_none() && self.category != Category::Unnamed {
            self.severity.clone_from(&above.severity);
        }
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
            ("", "") => self.cause.lines().next().unwrap_or_default().to_owned(),
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

fn no_step(cell: &str, steps: usize, what: &str) -> String {
    match scale::is_above(cell, steps) {
        true => format!("is above the {steps} steps of {what}, stands for none of them"),
        false => format!("stands for no {what}"),
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
