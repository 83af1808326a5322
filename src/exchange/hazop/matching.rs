//! Which scenarios of a project a worksheet speaks of again.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Told;
use crate::model::*;

/// A scenario is known by what it says first: deviation, cause, consequence.
type Content = [String; 3];

/// How a row is known when it comes again.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Study and node, such as "hazop node 3.2,".
    place: String,
    content: Content,
    /// Sources that name the row by its own number; none where only its line is known.
    references: Vec<String>,
    /// How the source ends: the table.
    table: String,
}

impl Known {
    pub fn of(study: &str, table: &str, told: &Told) -> Self {
        let place = folded(&place(study, told));
        let reference = match told.reference.as_str() {
            "" => None,
            reference => Some(folded(&format!("{place} row {reference}"))),
        };
        let table = in_table(table).to_lowercase();
        Self {
            content: [&told.deviation, &told.cause, &told.consequence].map(|it| first_line(it)),
            references: reference.into_iter().flat_map(|it| [format!("{it}{table}"), it]).collect(),
            place,
            table,
        }
    }
}

/// Where a row stands, such as "HAZOP node 3.2, row 17 (study.csv)"; a row without a number of
/// its own is named by its line.
pub(super) fn source(study: &str, table: &str, line: u64, told: &Told) -> String {
    let row = if told.reference.is_empty() { format!("line {line}") } else { format!("row {}", told.reference) };
    format!("{} {row}{}", place(study, told), in_table(table)).trim_start().to_owned()
}

fn place(study: &str, told: &Told) -> String {
    let node = if told.node.is_empty() { String::new() } else { format!(" node {},", told.node) };
    format!("{}{node}", study.trim())
}

fn in_table(table: &str) -> String {
    if table.is_empty() { String::new() } else { format!(" ({table})") }
}

/// Finds, for each scenario of a worksheet, the one of the project that it is, each once: by what
/// it says, and else by the row's own number where the deviation is the same.
pub(super) fn matched(project: &Project, rows: &[(Known, &Risk)]) -> Vec<Option<RiskId>> {
    let there: Vec<(RiskId, &Risk)> = project.risks.iter().filter(|(_, it)| !it.source.is_empty()).collect();
    let contents: BTreeMap<RiskId, Content> = there.iter().map(|(id, it)| (*id, content_of(&it.scenario))).collect();
    let mut by_content: BTreeMap<&Content, Vec<RiskId>> = BTreeMap::new();
    let mut by_source: BTreeMap<String, Vec<RiskId>> = BTreeMap::new();
    for (id, risk) in &there {
        if let Some(content) = contents.get(id).filter(|it| it.iter().any(|part| !part.is_empty())) {
            by_content.entry(content).or_default().push(*id);
        }
        by_source.entry(folded(&risk.source)).or_default().push(*id);
    }
    let alike = |(known, told): &(Known, &Risk), id: RiskId, is_exact: bool| {
        project.risks.get(id).is_some_and(|risk| {
            let source = folded(&risk.source);
            let is_same_table = source.contains(&known.table);
            is_at(&source, &known.place)
                && if is_exact {
                    is_same_table && risk.scenario == told.scenario
                } else {
                    is_same_table || may_be_about_the_same(risk, told)
                }
        })
    };
    let is_same_deviation = |(known, _): &(Known, &Risk), id: RiskId| {
        let [deviation, cause, _] = &known.content;
        contents.get(&id).is_some_and(|[of_deviation, of_cause, _]| match deviation.as_str() {
            "" => of_deviation.is_empty() && !cause.is_empty() && cause == of_cause,
            _ => deviation == of_deviation,
        })
    };
    let mut found: Vec<Option<RiskId>> = vec![None; rows.len()];
    let mut used = BTreeSet::new();
    for pass in 0..3 {
        for (row, found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let by_number = || row.0.references.iter().filter_map(|it| by_source.get(it)).flatten();
            let same = match pass {
                2 => by_number().copied().find(|&id| !used.contains(&id) && is_same_deviation(row, id)),
                _ => {
                    let candidates = by_content.get(&row.0.content).into_iter().flatten().copied();
                    candidates.into_iter().find(|&id| !used.contains(&id) && alike(row, id, pass == 0))
                }
            };
            used.extend(same);
            *found = same;
        }
    }
    found
}

/// Whether a source names this study and this node.
fn is_at(source: &str, place: &str) -> bool {
    let rest = source.strip_prefix(place).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with("row ") || rest.starts_with("line "))
}

/// In another table the same words may be said of another part of the plant.
fn may_be_about_the_same(one: &Risk, other: &Risk) -> bool {
    one.targets.is_empty() || other.targets.is_empty() || !one.targets.is_disjoint(&other.targets)
}

/// What the text of a scenario says first of its deviation, its cause and its consequence.
fn content_of(scenario: &str) -> Content {
    ["Deviation: ", "Cause: ", "Consequence: "]
        .map(|label| scenario.lines().find_map(|line| line.strip_prefix(label)).map(folded).unwrap_or_default())
}

fn first_line(text: &str) -> String {
    folded(text.trim().lines().next().unwrap_or_default())
}

pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
