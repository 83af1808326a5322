//! The diagram as a file of its own.

use std::path::Path;

use super::ending;
use crate::analysis::Analysis;
use crate::drawing::scene::{Look, scene};
use crate::drawing::{Part, Picture, PngError, to_png, to_svg};
use crate::model::Project;
use crate::report::{PdfError, picture_to_pdf};

/// Pixels for a canvas unit in PNG pictures: fine enough to print.
const PNG_SCALE: f32 = 2.0;

/// Why no diagram was written.
#[derive(Debug, thiserror::Error)]
pub enum DiagramError {
    /// The file's ending names no kind of picture.
    #[error("a diagram is written as .svg, .png or .pdf")]
    Ending,
    /// No pixels.
    #[error(transparent)]
    Png(#[from] PngError),
    /// No PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// The diagram as a picture.
pub fn picture(project: &Project, analysis: &Analysis, look: &Look, part: &Part) -> Picture {
    Picture::of_scene(&scene(project, analysis, look), analysis, look, part)
}

/// The diagram as SVG, PNG or PDF, as the ending of the file says that it is for.
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
    Ok(match ending(file).as_str() {
        "svg" => to_svg(&picture()).into_bytes(),
        "png" => to_png(&picture(), PNG_SCALE)?,
        "pdf" => picture_to_pdf(&picture(), &project.info.prepared_by, analysis.as_of)?,
        _ => return Err(DiagramError::Ending),
    })
}
