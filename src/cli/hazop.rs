//! Consequences from a worksheet of a HAZOP into a project.

use std::process::ExitCode;

use clap::Args;

use super::commands::Failure;
use super::table::{self, TableInto};
use crate::exchange::hazop::{self, Field, HazopImport, RowResult};
use crate::model::{Consequences, Project, RatedAt, Rating, Subject};

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
    #[command(flatten)]
    files: TableInto,
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
    /// Which zone, conduit or asset a node or a place is, such as --place "Node 3=Z-DOSE"; "Node 3=" for none.
    /// Without it, what has that tag or name
    #[arg(long = "place", value_name = "NODE=TAG", value_parser = pair)]
    places: Vec<(String, String)>,
    /// What a category of the worksheet stands for, such as --category-of "Plant damage=finance"
    #[arg(long = "category-of", value_name = "WORD=CATEGORY", value_parser = category_of)]
    category_of: Vec<(String, Vec<usize>)>,
    /// What the study is called in the source of each scenario, if not HAZOP
    #[arg(long, value_name = "NAME")]
    study: Option<String>,
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
    hazop::category_named(word).ok_or_else(|| format!("one of {}", Consequences::CATEGORIES.join(", ")))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (value, of) = text.rsplit_once('=').ok_or("NODE=TAG")?;
    Ok((hazop::one_line(value), of.trim().to_owned()))
}

fn category_of(text: &str) -> Result<(String, Vec<usize>), String> {
    let (value, words) = text.rsplit_once('=').ok_or("WORD=CATEGORY")?;
    let words = words.split([',', ';']).filter(|it| !it.trim().is_empty());
    Ok((hazop::one_line(value), words.map(category).collect::<Result<_, _>>()?))
}

fn column(text: &str) -> Result<(String, Option<Field>), String> {
    table::column(text, (&Field::ALL, Field::word), Field::of_word)
}

impl ImportHazop {
    /// Takes the worksheet in, and says row by row what becomes of it.
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let (table, project) = self.files.read(hazop::read)?;
        let import = self.import(table, &project)?;
        let outcome = import.outcome(&project);
        let told = meanings(&import, &project);
        if !outcome.is_stopped() {
            // whoever reads the report may stop reading
            self.files.save(project, outcome.edit.as_ref())?;
        }
        table::report(&import.table, &outcome.summary(), (&import.fields, Field::word), &told, outcome.remarks())?;
        table::concluded(outcome.count(|it| matches!(it, RowResult::Conflict(_))), "scenarios")
    }

    fn import(&self, table: hazop::Table, project: &Project) -> Result<HazopImport, Failure> {
        let matrix = &project.settings.matrix;
        let mut import = HazopImport::new(table, matrix);
        import.on_conflict = self.files.on_conflict;
        import.category = self.category;
        import.likelihood_at = if self.with_safeguards { RatedAt::Current } else { RatedAt::Unmitigated };
        if let Some(study) = &self.study {
            import.study.clone_from(study);
        }
        for (column, field) in &self.columns {
            import.say(table::place(&import.table, column)?, *field);
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
        for (value, tag) in &self.places {
            let places = import.places_in(project);
            is_there(value, places.iter().map(|(it, _)| it.as_str()), "node or place")?;
            import.set_place(value, subject(project, tag)?);
        }
        for (value, categories) in &self.category_of {
            let known = import.categories_in();
            is_there(value, known.iter().map(|(it, _)| it.as_str()), "category")?;
            import.set_category(value, categories.clone());
        }
        Ok(import)
    }
}

/// Refuses a value that no cell has.
fn is_there<'v>(value: &str, values: impl Iterator<Item = &'v str>, what: &str) -> Result<(), Failure> {
    let values: Vec<&str> = values.collect();
    if values.contains(&value) {
        return Ok(());
    }
    let there =
        if values.is_empty() { format!("no column says a {what}") } else { format!("there are {}", values.join(", ")) };
    Err(format!("no row has the {what} \"{value}\"; {there}").into())
}

/// The zone, conduit or asset with a tag; none of no tag.
fn subject(project: &Project, tag: &str) -> Result<Option<Subject>, Failure> {
    if tag.is_empty() {
        return Ok(None);
    }
    let all = project.targets().map(Subject::from).chain(project.assets.ids().map(Subject::from));
    let mut tagged = all.filter(|&it| project.subject_tag(it).eq_ignore_ascii_case(tag));
    let found = tagged.next();
    found.map(Some).ok_or_else(|| format!("the project has no zone, conduit or asset \"{tag}\"").into())
}

/// Refuses a value that no cell has, and a step that the scale has not.
fn known<'v>(
    value: &str,
    rating: Option<Rating>,
    values: impl Iterator<Item = &'v String>,
    what: &str,
    steps: usize,
) -> Result<(), Failure> {
    if rating.is_some_and(|it| usize::from(it.number()) > steps) {
        return Err(format!("the project's scale of {what} has {steps} steps").into());
    }
    is_there(value, values.map(String::as_str), what)
}

/// What severities, likelihoods, nodes and categories are taken for, a line each.
fn meanings(import: &HazopImport, project: &Project) -> Vec<String> {
    let scales = [("severity", &import.severities), ("likelihood", &import.likelihoods)];
    let steps = scales.into_iter().flat_map(|(what, scale)| {
        let step = |it: &Option<Rating>| it.map_or("nothing".to_owned(), |it| it.to_string());
        scale.iter().map(move |(value, rating)| format!("{what} {value}: {}", step(rating)))
    });
    let places = import.places_in(project).into_iter().map(|(value, place)| {
        let tag = place.map_or("nowhere in particular".into(), |it| project.subject_tag(it));
        format!("node or place {value}: {tag}")
    });
    let categories = import.categories_in().into_iter().map(|(value, known)| {
        let words = known.iter().filter_map(|&it| Consequences::CATEGORIES.get(it)).copied();
        let words = words.collect::<Vec<_>>().join(", ");
        format!("category {value}: {}", if words.is_empty() { "nothing" } else { &words })
    });
    steps.chain(places).chain(categories).collect()
}
