//! What becomes of each row of a table that is taken into a project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;

/// What to do with a row that is there already and says something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnConflict {
    /// Take nothing at all.
    #[default]
    Stop,
    /// Leave what is there as it is.
    Skip,
    /// Replace what the row fills in.
    Update,
}

impl OnConflict {
    /// All in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Stop, Self::Skip, Self::Update];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Skip => "skip",
            Self::Update => "update",
        }
    }
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowResult {
    /// Adds an asset or a scenario.
    New,
    /// Adds what it says to what the row in this line does.
    Joined(u64),
    /// Changes these parts of what is there.
    Updated(Vec<&'static str>),
    /// Says what is there already.
    Same,
    /// Would change these parts, but is to leave what is there as it is.
    Skipped(Vec<&'static str>),
    /// Would change these parts, which stops the import.
    Conflict(Vec<&'static str>),
    /// Can't be taken: why.
    Wrong(String),
}

/// A row and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutcome {
    /// Its line in the table.
    pub line: u64,
    /// The tag of its asset or scenario.
    pub tag: String,
    /// What it is about, where each row is to be told; `None`: only rows to look at are.
    pub about: Option<String>,
    /// What it does.
    pub result: RowResult,
    /// Cells that could not be taken as they stand: column, and what became of them.
    pub doubts: Vec<(String, String)>,
}

/// What a table would do to a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The table's name.
    pub table: String,
    /// Row by row.
    pub rows: Vec<RowOutcome>,
    /// Tags of zones that are made.
    pub new_zones: Vec<String>,
    /// Zones that the project does not have, and how many rows name them.
    pub unknown_zones: BTreeMap<String, usize>,
    /// The one edit that does it; nothing where the import stops, or nothing would change.
    pub edit: Option<Edit>,
}

impl Outcome {
    /// How many rows do what.
    pub fn count(&self, is: impl Fn(&RowResult) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.result)).count()
    }

    /// Whether something stops the import.
    pub fn is_stopped(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.result, RowResult::Conflict(_)))
    }

    /// The counts in a sentence.
    pub fn summary(&self) -> String {
        let new = self.count(|it| *it == RowResult::New);
        let updated = self.count(|it| matches!(it, RowResult::Updated(_)));
        let same = self.count(|it| *it == RowResult::Same);
        let mut parts = vec![format!("{new} new"), format!("{updated} updated"), format!("{same} unchanged")];
        let more = [
            (self.count(|it| matches!(it, RowResult::Joined(_))), "joined with another row"),
            (self.count(|it| matches!(it, RowResult::Skipped(_))), "skipped"),
            (self.count(|it| matches!(it, RowResult::Conflict(_))), "in conflict"),
            (self.count(|it| matches!(it, RowResult::Wrong(_))), "with errors"),
        ];
        parts.extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        parts.join(", ")
    }

    /// What to know of single rows, in their order.
    pub fn row_remarks(&self) -> Vec<RowRemark> {
        self.rows.iter().flat_map(RowOutcome::remarks).collect()
    }

    /// What to know of single rows, each with table, line and column.
    pub fn remarks(&self) -> Vec<String> {
        let remarks = self.row_remarks().into_iter();
        remarks.map(|it| format!("{}, {}: {}", self.table, it.place(), it.what)).collect()
    }
}

impl RowOutcome {
    fn remarks(&self) -> Vec<RowRemark> {
        let (tag, line) = (&self.tag, self.line);
        let told = |what: String| Some((Weight::Told, what));
        let whole = match (&self.result, &self.about) {
            (RowResult::Wrong(reason), _) => Some((Weight::Wrong, reason.clone())),
            (RowResult::Conflict(parts), _) => {
                Some((Weight::Conflict, format!("{tag} is there already and differs in {}", parts.join(", "))))
            }
            (RowResult::Skipped(parts), _) => {
                told(format!("{tag} was left as it is; it differs in {}", parts.join(", ")))
            }
            (RowResult::Updated(parts), _) => told(format!("{tag} updated in {}", parts.join(", "))),
            (RowResult::Joined(first), _) => told(format!("joined with line {first} in {tag}")),
            (RowResult::New, Some(about)) => told(format!("{tag} added, about {about}")),
            (RowResult::Same, Some(_)) => told(format!("{tag} says so already")),
            (RowResult::New | RowResult::Same, None) => None,
        };
        let whole = whole.map(|(weight, what)| RowRemark { weight, line, column: None, what });
        let doubts = self.doubts.iter().map(|(column, doubt)| RowRemark {
            weight: Weight::Doubt,
            line,
            column: Some(column.clone()),
            what: doubt.clone(),
        });
        whole.into_iter().chain(doubts).collect()
    }
}

/// How grave a remark on a row is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The row can't be taken.
    Wrong,
    /// The row stops the import.
    Conflict,
    /// A cell could not be taken as it stands.
    Doubt,
    /// What the row does.
    Told,
}

impl Weight {
    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "error",
            Self::Conflict => "conflict",
            Self::Doubt => "to notes",
            Self::Told => "row",
        }
    }
}

/// Something to know of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRemark {
    /// How grave it is.
    pub weight: Weight,
    /// The row's line in the table.
    pub line: u64,
    /// The column, where it is about one cell.
    pub column: Option<String>,
    /// What there is to know.
    pub what: String,
}

impl RowRemark {
    /// "line 4, column Type".
    pub fn place(&self) -> String {
        match &self.column {
            Some(column) => format!("line {}, column {column}", self.line),
            None => format!("line {}", self.line),
        }
    }
}
