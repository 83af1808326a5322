//! What is typed on the diagram and is in the project only when its field is left.

use super::{CanvasState, note};
use crate::edit::Edit;
use crate::model::Project;

impl CanvasState {
    /// Whether a text is being typed that the project does not have yet.
    pub fn is_writing(&self) -> bool {
        self.rename.is_some() || self.outline.rename.is_some() || self.writing.is_some()
    }

    /// Ends every field on the diagram: what the project has to take in of them.
    pub fn settle(&mut self, project: &Project) -> Vec<Edit> {
        let renames = [self.rename.take(), self.outline.rename.take()];
        let mut edits: Vec<Edit> = renames.into_iter().flatten().filter_map(|it| it.edit(project)).collect();
        edits.extend(self.writing.take().and_then(note::kept).map(|(_, edit)| edit));
        edits
    }
}
