//! What is typed on the diagram and is in the project only when its field is left.

use super::{CanvasState, note};
use crate::edit::{Edit, Item};
use crate::model::{NoteId, Project};

impl CanvasState {
    /// Whether a text is being typed that the project does not have yet.
    pub fn is_writing(&self) -> bool {
        self.rename.is_some() || self.outline.rename.is_some() || self.writing.is_some()
    }

    /// What the project would have to take in if every field on the diagram ended now.
    pub fn typed(&self, project: &Project) -> Vec<Edit> {
        let renames = [&self.rename, &self.outline.rename].into_iter().flatten();
        let mut edits: Vec<Edit> =
            renames.filter(|it| it.says_something_new(project)).filter_map(|it| it.edit(project)).collect();
        let written = self.writing.clone().and_then(note::kept);
        let is_new = |(id, edit): &(NoteId, Edit)| match edit {
            Edit::Put(Item::Note(_, note)) => project.notes.get(*id) != Some(note),
            _ => true,
        };
        edits.extend(written.filter(is_new).map(|it| it.1));
        edits
    }

    /// Ends every field on the diagram: what the project has to take in of them.
    pub fn settle(&mut self, project: &Project) -> Vec<Edit> {
        let renames = [self.rename.take(), self.outline.rename.take()];
        let mut edits: Vec<Edit> = renames.into_iter().flatten().filter_map(|it| it.edit(project)).collect();
        edits.extend(self.writing.take().and_then(note::kept).map(|(_, edit)| edit));
        edits
    }
}
