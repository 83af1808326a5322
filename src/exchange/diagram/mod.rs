//! The diagram as a file of its own: a picture, or a drawing of another tool.

mod boxes;
mod drawio;
mod graphml;
mod markup;
mod picture;

use std::path::Path;

pub(super) use self::boxes::KIND;

use self::boxes::Boxes;
use super::ending;
use crate::analysis::Analysis;
use crate::drawing::scene::{Look, scene};
use crate::drawing::{Part, Picture, PngError, to_png, to_svg};
use crate::model::{DiagramView, Project};
use crate::report::{PdfError, picture_to_pdf};

/// Pixels for a canvas unit in PNG pictures: fine enough to print.
const PNG_SCALE: f32 = 2.0;

/// Why no diagram was written.
#[derive(Debug, thiserror::Error)]
pub enum DiagramError {
    /// The file's ending names no kind of picture.
    #[error("a diagram is written as .svg, .png, .pdf, .drawio or .graphml")]
    Ending,
    /// No pixels.
    #[error(transparent)]
    Png(#[from] PngError),
    /// No PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// The endings of files that a diagram is written to, the usual one first.
pub const ENDINGS: [&str; 5] = ["svg", "png", "pdf", "drawio", "graphml"];

/// The diagram as a picture.
pub fn picture(project: &Project, analysis: &Analysis, look: &Look, part: &Part) -> Picture {
    Picture::of_scene(&scene(project, analysis, look), analysis, look, part)
}

/// The diagram as the ending of the file says that it is for: SVG, PNG, PDF, draw.io or
/// GraphML. The last two hold all that the view does not hide, whatever the layers and the part.
///
/// # Errors
/// [`DiagramError`].
pub fn for_file(
    project: &Project,
    analysis: &Analysis,
    (look, part): (&Look, &Part),
    file: &Path,
) -> Result<Vec<u8>, DiagramError> {
    let picture = || picture(project, analysis, look, part);
    let boxes = || {
        let view = DiagramView { hidden: look.view.hidden.clone(), ..DiagramView::whole_plant() };
        Boxes::of(&scene(project, analysis, &Look { view, ..Look::printed() }), title(project))
    };
    Ok(match ending(file).as_str() {
        "svg" => to_svg(&picture()).into_bytes(),
        "png" => to_png(&picture(), PNG_SCALE)?,
        "pdf" => picture_to_pdf(&picture(), &project.info.prepared_by, analysis.as_of)?,
        "drawio" => drawio::written(&boxes()),
        "graphml" => graphml::written(&boxes()),
        _ => return Err(DiagramError::Ending),
    })
}

fn title(project: &Project) -> String {
    let named = [&project.scope.name, &project.info.title].into_iter().find(|it| !it.is_empty());
    named.map_or_else(|| "Zones and conduits".to_owned(), String::clone)
}

#[cfg(test)]
mod tests;
