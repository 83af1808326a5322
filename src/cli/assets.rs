//! Assets from a table into a project.

use std::process::ExitCode;

use clap::Args;

use super::commands::Failure;
use super::table::{self, TableInto};
use crate::exchange::assets::{AssetImport, Field, RowResult, Table, UnknownZones};

/// How a table of assets is taken in.
#[derive(Debug, Args)]
pub struct ImportAssets {
    #[command(flatten)]
    files: TableInto,
    /// Match a row without a matching tag by its addresses
    #[arg(long)]
    match_address: bool,
    /// Leave assets of unknown zones in no zone, and make no zone for them
    #[arg(long)]
    no_new_zones: bool,
    /// What a column says, such as --column "Geräteart=type"; --column Room= leaves it out
    #[arg(long = "column", value_name = "COLUMN=FIELD", value_parser = column)]
    columns: Vec<(String, Option<Field>)>,
}

fn column(text: &str) -> Result<(String, Option<Field>), String> {
    table::column(text, (&Field::ALL, Field::word), Field::of_word)
}

impl ImportAssets {
    /// Takes the table in, and says row by row what was not plain.
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let (table, project) = self.files.read(Table::read)?;
        let mut import = AssetImport::new(table);
        import.on_conflict = self.files.on_conflict;
        import.by_address = self.match_address;
        import.unknown_zones = if self.no_new_zones { UnknownZones::Leave } else { UnknownZones::Make };
        for (column, field) in &self.columns {
            import.say(table::place(&import.table, column)?, *field);
        }
        if !import.has_names() {
            let columns = import.table.columns.join(", ");
            return Err(format!("no column says a tag, a name or an address: say which does, such as --column \"NAME=tag\"; there are {columns}").into());
        }
        let outcome = import.outcome(&project);
        if !outcome.is_stopped() {
            // whoever reads the report may stop reading
            self.files.save(project, outcome.edit.as_ref())?;
        }
        let mut zones = Vec::new();
        if !outcome.new_zones.is_empty() {
            zones.push(format!("new zones: {}", outcome.new_zones.join(", ")));
        } else if !outcome.unknown_zones.is_empty() {
            let names: Vec<_> = outcome.unknown_zones.keys().map(String::as_str).collect();
            zones.push(format!("unknown zones, whose assets stand in none: {}", names.join(", ")));
        }
        table::report(&import.table, &outcome.summary(), (&import.fields, Field::word), &zones, outcome.remarks())?;
        table::concluded(outcome.count(|it| matches!(it, RowResult::Conflict(_))), "assets")
    }
}
