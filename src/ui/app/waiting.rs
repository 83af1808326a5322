//! What is asked for while a job is under way, in the order in which it was asked.

use std::collections::VecDeque;

use crate::ui::action::FileAction;

/// What comes after the job that is under way.
#[derive(Debug, Default)]
pub(super) struct Waiting(VecDeque<FileAction>);

impl Waiting {
    /// Puts something at the end. Nothing is lost by it but an earlier wish to go elsewhere.
    pub fn add(&mut self, action: FileAction) {
        match action {
            FileAction::AttachFiles(paths, keys) => {
                let same = self.0.iter_mut().find_map(|it| match it {
                    FileAction::AttachFiles(waiting, to) if *to == keys => Some(waiting),
                    _ => None,
                });
                match same {
                    Some(waiting) => waiting.extend(paths),
                    None => self.0.push_back(FileAction::AttachFiles(paths, keys)),
                }
            }
            action => {
                if leaves(&action) {
                    self.stay();
                }
                self.0.retain(|it| *it != action);
                self.0.push_back(action);
            }
        }
    }

    /// What comes next.
    pub fn next(&mut self) -> Option<FileAction> {
        self.0.pop_front()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Another project is open: what was meant for the one before is done with.
    pub fn leave(&mut self) {
        self.0.retain(leaves);
    }

    /// The project stays open: nobody goes elsewhere.
    pub fn stay(&mut self) {
        self.0.retain(|it| !leaves(it));
    }
}

/// Whether another project, or none, stands in place of this one afterwards.
pub(super) fn leaves(action: &FileAction) -> bool {
    matches!(
        action,
        FileAction::New
            | FileAction::Open
            | FileAction::OpenPath(_)
            | FileAction::OpenSample(_)
            | FileAction::OpenTemplate(_)
            | FileAction::OpenRecovered(_)
            | FileAction::ImportTables
            | FileAction::ImportStaged
            | FileAction::Quit
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EvidenceId, GapKey, Id, RequirementId, ZoneId};

    fn files(names: &[&str], zone: &str) -> FileAction {
        let requirement: RequirementId = "SR 1.1".parse().unwrap();
        let key = GapKey { target: ZoneId::derived_from(zone).into(), requirement };
        FileAction::AttachFiles(names.iter().map(Into::into).collect(), vec![key])
    }

    fn all(mut waiting: Waiting) -> Vec<FileAction> {
        std::iter::from_fn(|| waiting.next()).collect()
    }

    #[test]
    fn no_file_that_was_dropped_and_no_save_is_lost_to_what_comes_later() {
        let mut waiting = Waiting::default();
        let open = FileAction::OpenEvidence(EvidenceId::derived_from("EV-1"));
        for action in [FileAction::Save, files(&["a.pdf"], "Z-1"), open.clone(), files(&["b.pdf"], "Z-1")] {
            waiting.add(action);
        }
        waiting.add(files(&["c.pdf"], "Z-2"));
        let expected = [FileAction::Save, files(&["a.pdf", "b.pdf"], "Z-1"), open, files(&["c.pdf"], "Z-2")];
        assert_eq!(all(waiting), expected);
    }

    #[test]
    fn one_goes_to_one_place_only_and_takes_along_what_is_meant_for_it() {
        let mut waiting = Waiting::default();
        for action in [FileAction::Open, FileAction::Save, FileAction::New, FileAction::Save] {
            waiting.add(action);
        }
        assert_eq!(all(waiting), [FileAction::New, FileAction::Save]);
        let mut waiting = Waiting::default();
        waiting.add(files(&["a.pdf"], "Z-1"));
        waiting.add(FileAction::Quit);
        waiting.leave();
        assert_eq!(all(waiting), [FileAction::Quit], "files are not attached to another project");
    }
}
