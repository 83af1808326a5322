//! Consequences from a worksheet of a HAZOP or another process hazard analysis, taken into a
//! project as risk scenarios in one step.
//!
//! A table is read as one of assets is; [`Field`] says what its columns mean, a [`Scale`] what
//! its severities and likelihoods are on the scales of the project, and a [`HazopImport`] works
//! out what becomes of each row before anything is done. Nodes and places are known by the tags and
//! names of zones, conduits and assets, or by what is said of them. A cell left empty below a node, a
//! deviation or a cause means the one above, as merged cells come out so; a row that leaves both
//! deviation and consequence empty goes on with the scenario above.

mod field;
mod matching;
mod outcome;
mod places;
mod row;
mod scale;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use field::Field;
pub use places::{category_named, one_line};
pub use scale::{Scale, reversed};

pub use crate::exchange::assets::{Table, TableError};
pub use crate::exchange::outcome::{OnConflict, Outcome, RowOutcome, RowRemark, RowResult, Weight};

use crate::exchange::assets::Sort;
use crate::model::{Project, RatedAt, Rating, RiskMatrix, Subject};

const SORT: Sort = Sort {
    knows: |name| Field::named(name).is_some(),
    columns: "node, deviation, cause, consequence, safeguards, severity",
};

/// Reads a worksheet: a CSV file, or the sheet named of a workbook, or else the one that looks
/// most like a HAZOP.
///
/// # Errors
/// [`TableError`] where there is no such file or sheet, or it is no table.
pub fn read(file: &Path, sheet: Option<&str>) -> Result<Table, TableError> {
    Table::read_sort(file, sheet, &SORT)
}

/// A worksheet about to be taken into a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HazopImport {
    /// The worksheet.
    #[serde(skip)]
    pub table: Arc<Table>,
    /// What each column says; `None`: nothing that counts.
    pub fields: Vec<Option<Field>>,
    /// What the study is called in the source of each scenario, such as "HAZOP".
    pub study: String,
    /// What severities become.
    pub severities: Scale,
    /// What likelihoods become.
    pub likelihoods: Scale,
    /// The category of a severity whose row says none, by its place in
    /// [`Consequences::CATEGORIES`](crate::model::Consequences::CATEGORIES).
    pub category: usize,
    /// At which point in time likelihoods hold: with nothing against it, or today.
    pub likelihood_at: RatedAt,
    /// Tags of assets that stand in causes and consequences count as equipment.
    pub in_text: bool,
    /// What to do with scenarios that are there already and differ.
    pub on_conflict: OnConflict,
    /// What was said of nodes and places; of others their names tell.
    places: BTreeMap<String, Option<Subject>>,
    /// What was said of categories; of others their words tell.
    categories: BTreeMap<String, Vec<usize>>,
    /// What was said of severities and of likelihoods.
    said: (Said, Said),
    #[serde(skip)]
    steps: (Vec<String>, Vec<String>),
}

/// What was said of the values of a scale; the others become what they usually mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Said {
    /// Single values, with what each becomes.
    values: Scale,
    /// In this study the first step is the worst.
    is_turned: bool,
    /// The columns of which that was said.
    of: Vec<usize>,
}

impl Said {
    /// The scale of these columns.
    fn scale(&mut self, columns: Vec<usize>, proposed: Scale, steps: usize) -> Scale {
        // another column may count the other way
        self.is_turned &= columns.iter().any(|it| self.of.contains(it));
        self.of = columns;
        let mut scale = if self.is_turned { reversed(&proposed, steps) } else { proposed };
        for (value, rating) in &mut scale {
            if let Some(said) = self.values.get(value) {
                *rating = *said;
            }
        }
        scale
    }

    fn turn(&mut self, steps: usize) {
        self.is_turned = !self.is_turned;
        self.values = reversed(&self.values, steps);
    }
}

impl HazopImport {
    /// Begins with what the names of the columns say, and with what severities and likelihoods
    /// usually mean on the scales of a matrix.
    pub fn new(table: Table, matrix: &RiskMatrix) -> Self {
        let fields = Field::of_columns(&table.columns);
        let name = table.name.to_lowercase();
        let study = ["HAZID", "LOPA", "FMEA", "PHA"].into_iter().find(|it| name.contains(&it.to_lowercase()));
        let mut import = Self {
            table: Arc::new(table),
            fields,
            study: study.unwrap_or("HAZOP").to_owned(),
            severities: Scale::new(),
            likelihoods: Scale::new(),
            category: 0,
            likelihood_at: RatedAt::Unmitigated,
            in_text: true,
            on_conflict: OnConflict::default(),
            places: BTreeMap::new(),
            categories: BTreeMap::new(),
            said: <(Said, Said)>::default(),
            steps: (matrix.consequence.clone(), matrix.likelihood.clone()),
        };
        import.propose_scales();
        import
    }

    /// Says again what was said of the same worksheet; of nodes and places only what there still is.
    pub fn say_again(&mut self, said: Self, project: &Project) {
        *self = Self { table: Arc::clone(&self.table), steps: self.steps.clone(), ..said };
        self.places.retain(|_, place| place.is_none_or(|it| it.exists_in(project)));
        self.propose_scales();
    }

    /// Says what a column means. Another column that said the same says nothing then.
    pub fn say(&mut self, column: usize, field: Option<Field>) {
        if let Some(field) = field.filter(|it| !it.adds_up()) {
            self.fields.iter_mut().filter(|it| **it == Some(field)).for_each(|it| *it = None);
        }
        if let Some(place) = self.fields.get_mut(column) {
            *place = field;
        }
        self.propose_scales();
    }

    /// Says what a severity becomes.
    pub fn set_severity(&mut self, value: &str, rating: Option<Rating>) {
        self.said.0.values.insert(value.trim().to_owned(), rating);
        self.propose_scales();
    }

    /// Says what a likelihood becomes.
    pub fn set_likelihood(&mut self, value: &str, rating: Option<Rating>) {
        self.said.1.values.insert(value.trim().to_owned(), rating);
        self.propose_scales();
    }

    /// Turns the scale of severities round: in some studies 1 is the worst.
    pub fn reverse_severities(&mut self) {
        self.said.0.turn(self.steps.0.len());
        self.propose_scales();
    }

    /// Turns the scale of likelihoods round.
    pub fn reverse_likelihoods(&mut self) {
        self.said.1.turn(self.steps.1.len());
        self.propose_scales();
    }

    /// Whether any column says what could happen.
    pub fn has_consequences(&self) -> bool {
        self.fields.iter().flatten().any(|it| *it == Field::Consequence || *it == Field::Deviation)
    }

    /// Columns that say nothing that counts.
    pub fn ignored(&self) -> Vec<&str> {
        let columns = self.table.columns.iter().zip(&self.fields);
        columns.filter(|(name, field)| field.is_none() && !name.is_empty()).map(|(name, _)| name.as_str()).collect()
    }

    /// The values of the columns get what they usually mean; what was said of some of them stays.
    fn propose_scales(&mut self) {
        let likelihood = |it| it == Field::Likelihood;
        let severities = scale::proposed(self.values(Field::is_severity), &self.steps.0);
        let likelihoods = scale::proposed(self.values(likelihood), &self.steps.1);
        let (of_severities, of_likelihoods) = (self.columns(Field::is_severity), self.columns(likelihood));
        self.severities = self.said.0.scale(of_severities, severities, self.steps.0.len());
        self.likelihoods = self.said.1.scale(of_likelihoods, likelihoods, self.steps.1.len());
    }

    /// The columns that say one of these.
    fn columns(&self, counts: fn(Field) -> bool) -> Vec<usize> {
        let columns = self.fields.iter().enumerate().filter(|(_, it)| it.is_some_and(counts));
        columns.map(|(at, _)| at).collect()
    }
}
