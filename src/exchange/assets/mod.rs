//! Assets from a table of any other tool, taken into a project as one step.
//!
//! [`Table`] is read from a file, [`Field`] says what its columns mean, and an
//! [`AssetImport`] works out what each row would do before anything is done.

mod column_names;
mod field;
mod outcome;
mod row;
mod table;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::outcome::{OnConflict, Outcome, RowOutcome, RowRemark, RowResult, Weight};
pub use field::Field;
pub(in crate::exchange) use field::plain;
pub(in crate::exchange) use table::Sort;
pub use table::{Row, Table, TableError};

/// Where assets go whose zone the project does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnknownZones {
    /// Into a zone made for them.
    #[default]
    Make,
    /// Into no zone.
    Leave,
}

/// A table about to be taken into a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssetImport {
    /// The table.
    #[serde(skip)]
    pub table: Arc<Table>,
    /// What each column says; `None`: nothing that counts.
    pub fields: Vec<Option<Field>>,
    /// What to do with assets that are there already.
    pub on_conflict: OnConflict,
    /// A row without a matching tag may match by an address.
    pub by_address: bool,
    /// Where assets of unknown zones go.
    pub unknown_zones: UnknownZones,
}

impl AssetImport {
    /// Begins with what the names of the columns say.
    pub fn new(table: Table) -> Self {
        let fields = Field::of_columns(&table.columns);
        Self {
            table: Arc::new(table),
            fields,
            on_conflict: OnConflict::default(),
            by_address: false,
            unknown_zones: UnknownZones::default(),
        }
    }

    /// Says again what was said of the same table.
    pub fn say_again(&mut self, said: Self) {
        *self = Self { table: Arc::clone(&self.table), ..said };
    }

    /// Says what a column means. Another column that said the same says nothing then.
    pub fn say(&mut self, column: usize, field: Option<Field>) {
        if let Some(field) = field.filter(|it| !it.adds_up()) {
            self.fields.iter_mut().filter(|it| **it == Some(field)).for_each(|it| *it = None);
        }
        if let Some(place) = self.fields.get_mut(column) {
            *place = field;
        }
    }

    /// Whether any column says by what an asset is known.
    pub fn has_names(&self) -> bool {
        self.fields.iter().flatten().any(|it| matches!(it, Field::Tag | Field::Name | Field::Address))
    }

    /// Columns that say nothing that counts.
    pub fn ignored(&self) -> Vec<&str> {
        let columns = self.table.columns.iter().zip(&self.fields);
        columns.filter(|(name, field)| field.is_none() && !name.is_empty()).map(|(name, _)| name.as_str()).collect()
    }
}
