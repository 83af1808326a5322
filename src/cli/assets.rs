//! Assets from a table into a project.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::arguments::free;
use super::commands::Failure;
use crate::exchange::assets::{AssetImport, Field, OnConflict, Outcome, RowResult, Table, UnknownZones};
use crate::history::History;
use crate::model::Project;
use crate::store;

/// How a table of assets is taken in.
#[derive(Debug, Args)]
pub struct ImportAssets {
    /// The table: CSV, or a workbook as .xlsx
    table: PathBuf,
    /// The project that the assets go into; without it, a new one
    #[arg(long, value_name = "FILE", required_unless_present = "output")]
    into: Option<PathBuf>,
    /// Where to save the project, if not in its own file
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Replace the file that is there, where it is not the project itself
    #[arg(long)]
    force: bool,
    /// What to do with a row whose asset is there and says something else: stop, skip or update
    #[arg(long, default_value = "stop", value_parser = on_conflict)]
    on_conflict: OnConflict,
    /// Match a row without a matching tag by its addresses
    #[arg(long)]
    match_address: bool,
    /// Leave assets of unknown zones in no zone, and make no zone for them
    #[arg(long)]
    no_new_zones: bool,
    /// The sheet of a workbook, if not the one that looks most like a list of assets
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column says, such as --column "Geräteart=type"; --column Room= leaves it out
    #[arg(long = "column", value_name = "COLUMN=FIELD", value_parser = column)]
    columns: Vec<(String, Option<Field>)>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn on_conflict(word: &str) -> Result<OnConflict, String> {
    let words = || OnConflict::ALL.map(OnConflict::word).join(", ");
    OnConflict::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("one of {}", words()))
}

fn column(text: &str) -> Result<(String, Option<Field>), String> {
    let (column, field) = text.rsplit_once('=').ok_or("COLUMN=FIELD")?;
    let words = || Field::ALL.map(Field::word).join(", ");
    let field = match field.trim() {
        "" => None,
        word => Some(Field::of_word(word).ok_or_else(|| format!("a field is one of {}", words()))?),
    };
    Ok((column.trim().to_owned(), field))
}

impl ImportAssets {
    /// Takes the table in, and says row by row what was not plain.
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        if let Some(output) = self.output.as_ref().filter(|it| !self.dry_run && !self.is_own(it)) {
            free(output, self.force)?;
        }
        let table = Table::read(&self.table, self.sheet.as_deref())
            .map_err(|error| format!("{error}: {}", self.table.display()))?;
        let project = self.into.as_ref().map(|file| store::open(file)).transpose()?.unwrap_or_default();
        let mut import = AssetImport::new(table);
        import.on_conflict = self.on_conflict;
        import.by_address = self.match_address;
        import.unknown_zones = if self.no_new_zones { UnknownZones::Leave } else { UnknownZones::Make };
        for (column, field) in &self.columns {
            let place = import.table.columns.iter().position(|it| it.trim().eq_ignore_ascii_case(column));
            let there = || import.table.columns.join(", ");
            import.say(place.ok_or_else(|| format!("there is no column \"{column}\"; there are {}", there()))?, *field);
        }
        if !import.has_names() {
            let columns = import.table.columns.join(", ");
            return Err(format!("no column says a tag, a name or an address: say which does, such as --column \"NAME=tag\"; there are {columns}").into());
        }
        let outcome = import.outcome(&project);
        if !outcome.is_stopped() {
            // whoever reads the report may stop reading
            self.save(project, &outcome)?;
        }
        report(&import, &outcome)?;
        if outcome.is_stopped() {
            let conflicts = outcome.count(|it| matches!(it, RowResult::Conflict(_)));
            let rows = if conflicts == 1 { "1 row differs".to_owned() } else { format!("{conflicts} rows differ") };
            return Err(format!(
                "{rows} from assets that are there, and nothing was imported: choose --on-conflict skip or update"
            )
            .into());
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Whether a file is that of the project that the assets go into.
    fn is_own(&self, file: &Path) -> bool {
        self.into.as_ref().is_some_and(|it| store::is_same(it, file))
    }

    fn save(&self, project: Project, outcome: &Outcome) -> Result<(), Failure> {
        let output = self.output.as_ref().or(self.into.as_ref()).filter(|_| !self.dry_run);
        let mut history = History::new(project);
        if let Some(edit) = &outcome.edit {
            history.apply(edit)?;
        }
        if let Some(output) = output {
            store::save(history.current(), output)?;
        }
        Ok(())
    }
}

fn report(import: &AssetImport, outcome: &Outcome) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    writeln!(out, "{}: {}", import.table.name, outcome.summary())?;
    for (column, field) in import.table.columns.iter().zip(&import.fields).filter(|(column, _)| !column.is_empty()) {
        writeln!(out, "  column {column}: {}", field.map_or("left out", Field::word))?;
    }
    if !outcome.new_zones.is_empty() {
        writeln!(out, "  new zones: {}", outcome.new_zones.join(", "))?;
    } else if !outcome.unknown_zones.is_empty() {
        let names: Vec<_> = outcome.unknown_zones.keys().map(String::as_str).collect();
        writeln!(out, "  unknown zones, whose assets stand in none: {}", names.join(", "))?;
    }
    if !import.table.other_sheets.is_empty() {
        writeln!(out, "  other sheets, left out: {}", import.table.other_sheets.join(", "))?;
    }
    for remark in outcome.remarks() {
        writeln!(std::io::stderr(), "zonewright: {remark}")?;
    }
    Ok(())
}
