//! An assessment as it stood on a day, kept in the file to compare with later.

use std::sync::Arc;

use jiff::civil::Date;

use super::assessment::Evidence;
use super::attachment::Bytes;
use super::project::Project;
use super::record::record;
use super::table::Table;

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
        /// Which it is in the order of taking, from 1; 0 where that was not noted.
        number: u32,
        /// The project as it stood; it holds no baselines and no contents of files itself.
        project: Arc<Project>,
    }
}

impl Baseline {
    /// A baseline of the project as it stands on a day, the latest that it holds.
    pub fn of(project: &Project, day: Date) -> Self {
        let last = project.baselines.values().map(|it| it.number).max().unwrap_or_default();
        let kept = Project { baselines: Table::default(), ..project.without_contents() };
        Self { taken_on: Some(day), number: last.saturating_add(1), project: Arc::new(kept), ..Self::default() }
    }

    /// What baselines are put in order by: the day that they show, then as they were taken.
    pub fn order(&self) -> (Option<Date>, u32) {
        (self.taken_on, self.number)
    }
}

impl Project {
    /// The same without what carried files contain; their names and hashes stay.
    #[must_use]
    pub fn without_contents(&self) -> Self {
        let mut project = self.clone();
        project.evidence.change_where(Evidence::has_contents, |it| {
            if let Some(file) = &mut it.file {
                file.content = Bytes::default();
            }
        });
        project
    }

    /// Whether it carries the contents of a file.
    pub fn has_contents(&self) -> bool {
        self.evidence.values().any(Evidence::has_contents)
    }
}

impl Evidence {
    fn has_contents(&self) -> bool {
        self.file.as_ref().is_some_and(|it| !it.content.as_slice().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Attachment, BaselineId, EvidenceId, Id};

    #[test]
    fn a_baseline_keeps_names_and_hashes_of_files_but_not_the_files() {
        let mut project = Project::default();
        let file = Attachment { name: "rules.txt".into(), content: vec![7; 9000].into() };
        let evidence = Evidence { file: Some(file), sha256: "ab".into(), ..Evidence::default() };
        project.evidence.insert(EvidenceId::derived_from("EV-1"), evidence);
        for expected in 1..=2 {
            let taken = Baseline::of(&project, date(2026, 6, 1));
            assert_eq!(taken.number, expected);
            let kept = taken.project.evidence.values().next().unwrap();
            assert!(!taken.project.has_contents() && taken.project.baselines.is_empty());
            assert_eq!((kept.file.as_ref().unwrap().name.as_str(), kept.sha256.as_str()), ("rules.txt", "ab"));
            project.baselines.insert(BaselineId::random(), taken);
        }
        assert!(project.has_contents());
    }
}
