//! What to know of single rows of a table.

use super::outcome::{Outcome, RowResult};

/// How grave a remark on a row is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The row can't be taken.
    Wrong,
    /// The row stops the import.
    Conflict,
    /// A cell could not be taken as it stands.
    Doubt,
    /// What is done to an asset that is there.
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

impl Outcome {
    /// What to know of single rows, in their order.
    pub fn row_remarks(&self) -> Vec<RowRemark> {
        let mut remarks = Vec::new();
        for row in &self.rows {
            let tag = &row.tag;
            let whole = match &row.result {
                RowResult::Wrong(reason) => Some((Weight::Wrong, reason.clone())),
                RowResult::Conflict(fields) => {
                    Some((Weight::Conflict, format!("{tag} is there already and differs in {}", fields.join(", "))))
                }
                RowResult::Skipped(fields) => {
                    Some((Weight::Told, format!("{tag} was left as it is; it differs in {}", fields.join(", "))))
                }
                RowResult::Updated(fields) => Some((Weight::Told, format!("{tag} updated in {}", fields.join(", ")))),
                RowResult::New | RowResult::Same => None,
            };
            let line = row.line;
            remarks.extend(whole.map(|(weight, what)| RowRemark { weight, line, column: None, what }));
            remarks.extend(row.doubts.iter().map(|(column, doubt)| RowRemark {
                weight: Weight::Doubt,
                line,
                column: Some(column.clone()),
                what: doubt.clone(),
            }));
        }
        remarks
    }

    /// What to know of single rows, each with table, line and column.
    pub fn remarks(&self) -> Vec<String> {
        let remarks = self.row_remarks().into_iter();
        remarks.map(|it| format!("{}, {}: {}", self.table, it.place(), it.what)).collect()
    }
}
