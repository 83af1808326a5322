//! What commands that take a table into a project share: which files, what columns say, the report.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::arguments::free;
use super::commands::Failure;
use crate::edit::Edit;
use crate::exchange::assets::{OnConflict, Table, TableError};
use crate::history::History;
use crate::model::Project;
use crate::store;

/// Which table goes into which project.
#[derive(Debug, Args)]
pub(super) struct TableInto {
    /// The table: CSV, or a workbook as .xlsx
    table: PathBuf,
    /// The project that it goes into; without it, a new one
    #[arg(long, value_name = "FILE", required_unless_present = "output")]
    into: Option<PathBuf>,
    /// Where to save the project, if not in its own file
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Replace the file that is there, where it is not the project itself
    #[arg(long)]
    force: bool,
    /// What to do with a row that is there already and says something else: stop, skip or update
    #[arg(long, default_value = "stop", value_parser = on_conflict)]
    pub on_conflict: OnConflict,
    /// The sheet of a workbook, if not the one that looks most like it
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn on_conflict(word: &str) -> Result<OnConflict, String> {
    let words = || OnConflict::ALL.map(OnConflict::word).join(", ");
    OnConflict::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("one of {}", words()))
}

/// Reads "COLUMN=FIELD"; no field leaves the column out.
pub(super) fn column<F: Copy>(
    text: &str,
    (all, word): (&[F], fn(F) -> &'static str),
    of_word: fn(&str) -> Option<F>,
) -> Result<(String, Option<F>), String> {
    let (column, field) = text.rsplit_once('=').ok_or("COLUMN=FIELD")?;
    let words = || all.iter().map(|it| word(*it)).collect::<Vec<_>>().join(", ");
    let field = match field.trim() {
        "" => None,
        word => Some(of_word(word).ok_or_else(|| format!("a field is one of {}", words()))?),
    };
    Ok((column.trim().to_owned(), field))
}

/// The place of a column by its name in any letters.
pub(super) fn place(table: &Table, column: &str) -> Result<usize, Failure> {
    let place = table.columns.iter().position(|it| it.trim().eq_ignore_ascii_case(column));
    let there = || table.columns.join(", ");
    Ok(place.ok_or_else(|| format!("there is no column \"{column}\"; there are {}", there()))?)
}

impl TableInto {
    /// Reads the table and the project that it goes into, where nothing is in the way of saving.
    pub fn read(
        &self,
        read: impl FnOnce(&Path, Option<&str>) -> Result<Table, TableError>,
    ) -> Result<(Table, Project), Failure> {
        let is_own = |file: &Path| self.into.as_ref().is_some_and(|it| store::is_same(it, file));
        if let Some(output) = self.output.as_ref().filter(|it| !self.dry_run && !is_own(it)) {
            free(output, self.force)?;
        }
        let table =
            read(&self.table, self.sheet.as_deref()).map_err(|error| format!("{error}: {}", self.table.display()))?;
        let project = self.into.as_ref().map(|file| store::open(file)).transpose()?.unwrap_or_default();
        Ok((table, project))
    }

    /// Saves the project with what the table does.
    pub fn save(&self, project: Project, edit: Option<&Edit>) -> Result<(), Failure> {
        let output = self.output.as_ref().or(self.into.as_ref()).filter(|_| !self.dry_run);
        let mut history = History::new(project);
        if let Some(edit) = edit {
            history.apply(edit)?;
        }
        if let Some(output) = output {
            store::save(history.current(), output)?;
        }
        Ok(())
    }
}

/// What the columns of a table say, and the word for each.
type Said<'a, F> = (&'a [Option<F>], fn(F) -> &'static str);

/// Says what columns were taken for, then what else there is to say, then what became of rows.
pub(super) fn report<F: Copy>(
    table: &Table,
    summary: &str,
    (fields, word): Said<F>,
    more: &[String],
    remarks: Vec<String>,
) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    writeln!(out, "{}: {summary}", table.name)?;
    for (column, field) in table.columns.iter().zip(fields).filter(|(column, _)| !column.is_empty()) {
        writeln!(out, "  column {column}: {}", field.map_or("left out", word))?;
    }
    for line in more {
        writeln!(out, "  {line}")?;
    }
    if !table.other_sheets.is_empty() {
        writeln!(out, "  other sheets, left out: {}", table.other_sheets.join(", "))?;
    }
    for remark in remarks {
        writeln!(std::io::stderr(), "zonewright: {remark}")?;
    }
    Ok(())
}

/// Success, or what stopped the import.
pub(super) fn concluded(conflicts: usize, things: &str) -> Result<ExitCode, Failure> {
    let rows = match conflicts {
        0 => return Ok(ExitCode::SUCCESS),
        1 => "1 row differs".to_owned(),
        many => format!("{many} rows differ"),
    };
    let advice = "choose --on-conflict skip or update";
    Err(format!("{rows} from {things} that are there, and nothing was imported: {advice}").into())
}
