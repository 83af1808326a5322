//! Consequences from a worksheet of a HAZOP into a project.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::arguments::free;
use super::commands::Failure;
use crate::exchange::hazop::{self, Field, HazopImport, OnConflict, Outcome, RowResult};
use crate::history::History;
use crate::model::{Consequences, Project, RatedAt, Rating};
use crate::store;

/// How a worksheet of a HAZOP or PHA is taken in.
///
/// Columns are known by their names in English, German, French, Spanish and Italian: node, row
/// number, deviation (guide word and parameter), cause, consequence, safeguards, severity and
/// its category, or a severity for each category, likelihood, risk rank, equipment, zone,
/// recommendation, notes. Each row becomes a scenario of the initial assessment, or of the
/// detailed one where it says a likelihood. Nothing is dropped: what has no place of its own
/// stands in the scenario's text.
#[derive(Debug, Args)]
pub struct ImportHazop {
    /// The worksheet: CSV, or a workbook as .xlsx
    table: PathBuf,
    /// The project that the consequences go into; without it, a new one
    #[arg(long, value_name = "FILE", required_unless_present = "output")]
    into: Option<PathBuf>,
    /// Where to save the project, if not in its own file
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Replace the file that is there, where it is not the project itself
    #[arg(long)]
    force: bool,
    /// What to do with a row whose scenario is there and says something else: stop, skip or update
    #[arg(long, default_value = "stop", value_parser = on_conflict)]
    on_conflict: OnConflict,
    /// The sheet of a workbook, if not the one that looks most like a HAZOP
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column says, such as --column "Knoten=node"; --column Room= leaves it out
    #[arg(long = "column", value_name = "COLUMN=FIELD", value_parser = column)]
    columns: Vec<(String, Option<Field>)>,
    /// What a severity is on the scale of the project, such as --severity IV=5; IV= for nothing
    #[arg(long = "severity", value_name = "VALUE=STEP", value_parser = step)]
    severities: Vec<(String, Option<Rating>)>,
    /// In the study 1 is the worst severity
    #[arg(long)]
    worst_first: bool,
    /// What a likelihood is on the scale of the project, such as --likelihood "1E-3=2"
    #[arg(long = "likelihood", value_name = "VALUE=STEP", value_parser = step)]
    likelihoods: Vec<(String, Option<Rating>)>,
    /// The likelihoods hold with the safeguards in place, not without
    #[arg(long)]
    with_safeguards: bool,
    /// The category of severities whose row says none
    #[arg(long, default_value = "safety", value_parser = category)]
    category: usize,
    /// What the study is called in the source of each scenario, if not HAZOP
    #[arg(long, value_name = "NAME")]
    study: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn step(text: &str) -> Result<(String, Option<Rating>), String> {
    let (value, step) = text.rsplit_once('=').ok_or("VALUE=STEP")?;
    let rating = match step.trim() {
        "" => None,
        step => Some(step.parse().ok().and_then(Rating::new).ok_or("a step is a number 1 to 6")?),
    };
    Ok((value.trim().to_owned(), rating))
}

fn category(word: &str) -> Result<usize, String> {
    let known = Consequences::CATEGORIES.iter().position(|it| it.eq_ignore_ascii_case(word.trim()));
    known.ok_or_else(|| format!("one of {}", Consequences::CATEGORIES.join(", ")))
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

impl ImportHazop {
    /// Takes the worksheet in, and says row by row what becomes of it.
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        if let Some(output) = self.output.as_ref().filter(|it| !self.dry_run && !self.is_own(it)) {
            free(output, self.force)?;
        }
        let table = hazop::read(&self.table, self.sheet.as_deref())
            .map_err(|error| format!("{error}: {}", self.table.display()))?;
        let project = self.into.as_ref().map(|file| store::open(file)).transpose()?.unwrap_or_default();
        let import = self.import(table, &project)?;
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
                "{rows} from scenarios that are there, and nothing was imported: choose --on-conflict skip or update"
            )
            .into());
        }
        Ok(ExitCode::SUCCESS)
    }

    fn import(&self, table: hazop::Table, project: &Project) -> Result<HazopImport, Failure> {
        let matrix = &project.settings.matrix;
        let mut import = HazopImport::new(table, matrix);
        import.on_conflict = self.on_conflict;
        import.category = self.category;
        import.likelihood_at = if self.with_safeguards { RatedAt::Current } else { RatedAt::Unmitigated };
        if let Some(study) = &self.study {
            import.study.clone_from(study);
        }
        for (column, field) in &self.columns {
            let place = import.table.columns.iter().position(|it| it.trim().eq_ignore_ascii_case(column));
            let there = || import.table.columns.join(", ");
            import.say(place.ok_or_else(|| format!("there is no column \"{column}\"; there are {}", there()))?, *field);
        }
        if !import.has_consequences() {
            let columns = import.table.columns.join(", ");
            return Err(format!("no column says a consequence or a deviation: say which does, such as --column \"NAME=consequence\"; there are {columns}").into());
        }
        if self.worst_first {
            import.reverse_severities();
        }
        for (value, rating) in &self.severities {
            known(value, *rating, import.severities.keys(), "severity", matrix.consequence.len())?;
            import.set_severity(value, *rating);
        }
        for (value, rating) in &self.likelihoods {
            known(value, *rating, import.likelihoods.keys(), "likelihood", matrix.likelihood.len())?;
            import.set_likelihood(value, *rating);
        }
        Ok(import)
    }

    /// Whether a file is that of the project that the consequences go into.
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

/// Refuses a value that no cell has, and a step that the scale has not.
fn known<'v>(
    value: &str,
    rating: Option<Rating>,
    mut values: impl Iterator<Item = &'v String> + Clone,
    what: &str,
    steps: usize,
) -> Result<(), Failure> {
    if rating.is_some_and(|it| usize::from(it.number()) > steps) {
        return Err(format!("the project's scale of {what} has {steps} steps").into());
    }
    if values.clone().any(|it| it == value) {
        return Ok(());
    }
    let there = match values.next() {
        None => format!("no column says a {what}"),
        Some(first) => {
            let all: Vec<_> = std::iter::once(first).chain(values).map(String::as_str).collect();
            format!("there are {}", all.join(", "))
        }
    };
    Err(format!("no row has the {what} \"{value}\"; {there}").into())
}

fn report(import: &HazopImport, outcome: &Outcome) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    writeln!(out, "{}: {}", import.table.name, outcome.summary())?;
    for (column, field) in import.table.columns.iter().zip(&import.fields).filter(|(column, _)| !column.is_empty()) {
        writeln!(out, "  column {column}: {}", field.map_or("left out", Field::word))?;
    }
    for (what, scale) in [("severity", &import.severities), ("likelihood", &import.likelihoods)] {
        for (value, rating) in scale {
            let step = rating.map_or("nothing".to_owned(), |it| it.to_string());
            writeln!(out, "  {what} {value}: {step}")?;
        }
    }
    if !import.table.other_sheets.is_empty() {
        writeln!(out, "  other sheets, left out: {}", import.table.other_sheets.join(", "))?;
    }
    for remark in outcome.remarks() {
        writeln!(std::io::stderr(), "zonewright: {remark}")?;
    }
    Ok(())
}
