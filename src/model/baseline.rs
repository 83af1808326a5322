//! An assessment as it stood on a day, kept in the file to compare with later.

use std::sync::Arc;

use jiff::civil::Date;

use super::project::Project;
use super::record::record;

record! {
    /// An assessment as it stood on a day.
    Baseline {
        /// What it is called, such as "First assessment".
        name: String,
        /// The day that it shows: expiry and overdue are counted from it.
        taken_on: Option<Date>,
        /// The role that took it.
        by: String,
        /// Why it was taken.
        notes: String,
        /// The project as it stood; it holds no baselines itself.
        project: Arc<Project>,
    }
}
