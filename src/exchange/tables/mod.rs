//! A project as a folder of CSV tables, both ways.
//!
//! Things refer to each other by tag. On import, the id of a thing follows from
//! its tag, so the same tables always give the same project.

mod column;
mod plant;
mod record;
mod sheet;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

pub use sheet::Rejected;

use self::column::{Column, Tags};
use self::plant::{ASSETS, CONDUITS, FLOWS, ZONES};
use self::record::{ACCEPTANCES, ACTIONS, ANSWERS, AnswerRow, EVIDENCE, RISKS};
use self::sheet::{Row, Sheet};
use crate::drawing::layout;
use crate::model::*;
use crate::store::{self, StoreError};

/// A project built from tables, and what was left out.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The project.
    pub project: Project,
    /// Columns that no table has, one sentence each.
    pub warnings: Vec<String>,
}

/// Why tables could not be taken or written.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// There is no such folder.
    #[error("there is no such folder: {0}")]
    NoFolder(std::path::PathBuf),
    /// It holds none of the tables.
    #[error("this folder holds none of the tables ({}): {}", TABLES.join(", "), .0.display())]
    NoTables(std::path::PathBuf),
    /// Cells that can't be taken; nothing was imported.
    #[error("{}", rejected_text(.0))]
    Rejected(Vec<Rejected>),
    /// A file could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A table could not be written as CSV.
    #[error("could not write a table: {0}")]
    Csv(#[from] csv::Error),
}

fn rejected_text(rejected: &[Rejected]) -> String {
    let lines: Vec<_> = rejected.iter().map(ToString::to_string).collect();
    let cells = if rejected.len() == 1 { "1 cell was".to_owned() } else { format!("{} cells were", rejected.len()) };
    format!("{cells} rejected and nothing was imported:\n{}", lines.join("\n"))
}

/// The names of the tables.
pub const TABLES: [&str; 9] = [
    "zones.csv",
    "conduits.csv",
    "assets.csv",
    "flows.csv",
    "answers.csv",
    "evidence.csv",
    "risks.csv",
    "actions.csv",
    "acceptances.csv",
];

/// Builds a project from the tables in a folder. A missing table or column means defaults.
///
/// # Errors
/// [`TablesError::Rejected`] names every cell that can't be taken.
pub fn import(folder: &Path) -> Result<Imported, TablesError> {
    if !folder.is_dir() {
        return Err(TablesError::NoFolder(folder.to_owned()));
    }
    if !TABLES.iter().any(|table| folder.join(table).is_file()) {
        return Err(TablesError::NoTables(folder.to_owned()));
    }
    let mut import = Import::default();
    let sheets = TABLES.map(|table| import.sheet(folder, table));
    let mut project = import.project(&sheets);
    if !import.rejected.is_empty() {
        return Err(TablesError::Rejected(import.rejected));
    }
    let title = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    project.info = ProjectInfo { title, ..ProjectInfo::default() }.into();
    layout::place_unplaced(&mut project);
    Ok(Imported { project, warnings: import.warnings })
}

/// What an import gathers on its way.
#[derive(Default)]
struct Import {
    tags: Tags,
    rejected: Vec<Rejected>,
    warnings: Vec<String>,
}

impl Import {
    fn sheet(&mut self, folder: &Path, file: &str) -> Sheet {
        Sheet::read(folder, file).unwrap_or_else(|rejected| {
            self.rejected.push(rejected);
            Sheet::default()
        })
    }

    fn project(&mut self, sheets: &[Sheet; 9]) -> Project {
        let [zones, conduits, assets, flows, answers, evidence, risks, actions, acceptances] = sheets;
        self.tags = Tags {
            zones: self.own_tags(zones),
            conduits: self.own_tags(conduits),
            assets: self.own_tags(assets),
            evidence: self.own_tags(evidence),
            risks: self.own_tags(risks),
            actions: self.own_tags(actions),
            acceptances: self.own_tags(acceptances),
        };
        self.reject_shared_tags(zones, conduits);
        let mut project = Project {
            zones: self.tagged(zones, ZONES, |tags| &tags.zones),
            conduits: self.tagged(conduits, CONDUITS, |tags| &tags.conduits),
            assets: self.tagged(assets, ASSETS, |tags| &tags.assets),
            evidence: self.tagged(evidence, EVIDENCE, |tags| &tags.evidence),
            risks: self.tagged(risks, RISKS, |tags| &tags.risks),
            actions: self.tagged(actions, ACTIONS, |tags| &tags.actions),
            acceptances: self.tagged(acceptances, ACCEPTANCES, |tags| &tags.acceptances),
            ..Project::default()
        };
        project.flows = self.flows(flows);
        project.answers = self.answers(answers);
        self.reject_circular_zones(zones, &project);
        project
    }

    /// What the tags of a table stand for; rejects missing and repeated ones.
    fn own_tags<K: Id>(&mut self, sheet: &Sheet) -> HashMap<String, K> {
        let mut tags = HashMap::new();
        for row in &sheet.rows {
            let tag = sheet.cell(row, "tag");
            let wrong = if tag.is_empty() {
                Some("is empty: every row needs a tag of its own".to_owned())
            } else if tag.contains(';') {
                Some(format!("\"{tag}\" has a semicolon, which separates tags"))
            } else {
                let taken = tags.insert(tag.to_owned(), K::derived_from(tag)).is_some();
                taken.then(|| format!("\"{tag}\" stands twice: a tag is unique"))
            };
            self.rejected.extend(wrong.map(|reason| sheet.reject(row.line, "tag", reason)));
        }
        tags
    }

    /// A zone and a conduit with one tag: nobody could tell which an answer means.
    fn reject_shared_tags(&mut self, zones: &Sheet, conduits: &Sheet) {
        for row in &conduits.rows {
            let tag = conduits.cell(row, "tag");
            if self.tags.zones.contains_key(tag) {
                let reason = format!("\"{tag}\" is the tag of a zone in {} already", zones.file);
                self.rejected.push(conduits.reject(row.line, "tag", reason));
            }
        }
    }

    fn reject_circular_zones(&mut self, sheet: &Sheet, project: &Project) {
        for row in &sheet.rows {
            let Some(&zone) = self.tags.zones.get(sheet.cell(row, "tag")) else { continue };
            let mut outer = project.zones.get(zone).and_then(|it| it.parent);
            let mut steps = DEEPEST;
            while let Some(at) = outer
                && at != zone
                && steps > 0
            {
                outer = project.zones.get(at).and_then(|it| it.parent);
                steps -= 1;
            }
            if outer.is_some() {
                let reason = match steps {
                    0 => format!("the zone would lie in more than {DEEPEST} others, or in itself"),
                    _ => "the zone would lie in itself".to_owned(),
                };
                self.rejected.push(sheet.reject(row.line, "parent", reason));
            }
        }
    }

    /// One row as its columns read it.
    fn row<T: Default>(&mut self, sheet: &Sheet, row: &Row, columns: &[Column<T>]) -> T {
        let mut item = T::default();
        for column in columns {
            let cell = sheet.cell(row, column.name);
            if !cell.is_empty()
                && let Err(reason) = (column.read)(&mut item, cell, &self.tags)
            {
                self.rejected.push(sheet.reject(row.line, column.name, reason));
            }
        }
        item
    }

    fn rows<T: Default>(&mut self, sheet: &Sheet, columns: &[Column<T>]) -> Vec<(u64, T)> {
        let unknown = sheet.columns.iter().filter(|name| columns.iter().all(|column| column.name != name.as_str()));
        let unknown = unknown.map(|name| format!("{}: column {name} is not known and was left out", sheet.file));
        self.warnings.extend(unknown);
        sheet.rows.iter().map(|row| (row.line, self.row(sheet, row, columns))).collect()
    }

    fn tagged<K: Id, T: Default + Clone>(
        &mut self,
        sheet: &Sheet,
        columns: &[Column<T>],
        ids: fn(&Tags) -> &HashMap<String, K>,
    ) -> Table<K, T> {
        let rows = self.rows(sheet, columns);
        let tags = sheet.rows.iter().map(|row| sheet.cell(row, "tag"));
        let ids = ids(&self.tags);
        rows.into_iter().zip(tags).filter_map(|((_, item), tag)| Some((*ids.get(tag)?, item))).collect()
    }

    fn flows(&mut self, sheet: &Sheet) -> Table<FlowId, Flow> {
        let mut alike: HashMap<String, usize> = HashMap::new();
        let rows = self.rows(sheet, FLOWS);
        let named = rows.into_iter().map(|(_, flow)| {
            let content = format!("{:?}", (&flow.conduit, &flow.from, &flow.to, &flow.protocol, &flow.port));
            let count = alike.entry(content.clone()).or_default();
            *count += 1;
            (FlowId::derived_from(&format!("{content} {count}")), flow)
        });
        named.collect()
    }

    fn answers(&mut self, sheet: &Sheet) -> Table<Target, Answers> {
        let mut answers: BTreeMap<Target, BTreeMap<RequirementId, (u64, Answer)>> = BTreeMap::new();
        for (line, row) in self.rows(sheet, ANSWERS) {
            let (Some(target), Some(requirement)) = (row.target, row.requirement) else {
                let missing = sheet.rows.iter().find(|row| row.line == line);
                for column in ["target", "requirement"] {
                    if missing.is_some_and(|row| sheet.cell(row, column).is_empty()) {
                        self.rejected.push(sheet.reject(line, column, "is empty".to_owned()));
                    }
                }
                continue;
            };
            if row.inherited_from.is_some() && !matches!(row.answer.status, Status::Inherited(_)) {
                let warning =
                    format!("{}, line {line}: inherited_from was left out, the status is not inherited", sheet.file);
                self.warnings.push(warning);
            }
            let of_target = answers.entry(target).or_default();
            if let Some((first, _)) = of_target.get(&requirement) {
                let reason = format!("{requirement} is answered twice for this target, first in line {first}");
                self.rejected.push(sheet.reject(line, "requirement", reason));
            } else {
                of_target.insert(requirement, (line, row.into_answer()));
            }
        }
        let without_lines = answers
            .into_iter()
            .map(|(target, answers)| (target, answers.into_iter().map(|(id, (_, answer))| (id, answer)).collect()));
        without_lines.collect()
    }
}

/// Writes a project as tables into a folder, which is made where it is missing.
/// Each table is replaced whole.
///
/// # Errors
/// [`TablesError::Store`] where the folder or a table can't be written.
pub fn export(project: &Project, folder: &Path) -> Result<(), TablesError> {
    store::make_folder(folder)?;
    for (file, bytes) in written(project)? {
        store::replace(&folder.join(file), &bytes)?;
    }
    Ok(())
}

/// What tables can't hold as it is, each in a sentence: what an import of them would refuse, and
/// what it would take as another rating.
pub fn remarks(project: &Project) -> Vec<String> {
    let tags = project.subjects().map(|it| project.subject_tag(it)).filter(|it| it.contains(';')).count();
    let critical = project.assets.values().filter(|it| it.criticality.is_some_and(|it| it.number() > 5)).count();
    let refused = [
        (tags, "of the tags hold a semicolon, which separates tags in tables"),
        (critical, "of the assets have a criticality of 6, and tables know 1 to 5"),
    ];
    let refused = refused.into_iter().filter(|(count, _)| *count > 0);
    let refused = refused.map(|(count, what)| format!("{count} {what}: an import of these tables refuses them"));
    let matrix = &project.settings.matrix;
    let steps = (matrix.consequence.len(), matrix.likelihood.len());
    let is_rated = project.zones.values().any(|it| it.consequence.is_some()) || project.risks.values().next().is_some();
    let spread = (steps != (5, 5) && is_rated).then(|| {
        format!(
            "The matrix has {} steps of consequence and {} of likelihood, and tables know 1 to 5: ratings are spread onto that",
            steps.0, steps.1
        )
    });
    refused.chain(spread).collect()
}

/// The tables of a project as (file name, bytes), rows in the order of their tags.
///
/// # Errors
/// [`TablesError::Csv`], which no content brings about.
pub fn written(project: &Project) -> Result<Vec<(&'static str, Vec<u8>)>, TablesError> {
    Ok(vec![
        ("zones.csv", table(project, ZONES, project.zones.values())?),
        ("conduits.csv", table(project, CONDUITS, project.conduits.values())?),
        ("assets.csv", table(project, ASSETS, project.assets.values())?),
        ("flows.csv", table(project, FLOWS, project.flows.values())?),
        ("answers.csv", answers_table(project)?),
        ("evidence.csv", table(project, EVIDENCE, project.evidence.values())?),
        ("risks.csv", table(project, RISKS, project.risks.values())?),
        ("actions.csv", table(project, ACTIONS, project.actions.values())?),
        ("acceptances.csv", table(project, ACCEPTANCES, project.acceptances.values())?),
    ])
}

fn table<'a, T: 'a>(
    project: &Project,
    columns: &[Column<T>],
    items: impl IntoIterator<Item = &'a T>,
) -> Result<Vec<u8>, TablesError> {
    let mut rows: Vec<_> = items.into_iter().map(|item| cells(project, columns, item)).collect();
    rows.sort();
    csv(columns, rows)
}

/// Answers keep the order of the requirements, which their text would not.
fn answers_table(project: &Project) -> Result<Vec<u8>, TablesError> {
    let mut targets: Vec<_> = project.answers.iter().collect();
    targets.sort_by_key(|(target, _)| project.target_tag(*target));
    let answers = targets.into_iter().flat_map(|(target, answers)| {
        answers.iter().map(move |(&requirement, answer)| AnswerRow::of(target, requirement, answer))
    });
    csv(ANSWERS, answers.map(|row| cells(project, ANSWERS, &row)))
}

fn cells<T>(project: &Project, columns: &[Column<T>], item: &T) -> Vec<String> {
    columns.iter().map(|column| (column.write)(item, project)).collect()
}

fn csv<T>(columns: &[Column<T>], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, TablesError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.name))?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| TablesError::Csv(error.into_error().into()))
}
