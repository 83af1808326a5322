//! The gap report: what it says (the outline), how it falls on pages (the layout),
//! and how it is written (PDF). Each knows nothing of the next.

mod content;
mod layout;
pub mod outline;
mod pdf;

pub use content::{Profile, outline};
pub use layout::{Document, Page};
pub use pdf::PdfError;

use crate::analysis::Analysis;
use crate::catalogue::Catalogue;
use crate::drawing::Picture;
use crate::model::Project;

/// A written report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What could not be shown, if anything.
    pub warning: Option<String>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Somebody stopped it.
    #[error("the report was cancelled")]
    Cancelled,
    /// The writer failed.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// Writes a picture as a PDF of one page, as large as the picture.
///
/// # Errors
/// [`PdfError`], which no content brings about.
pub fn picture_to_pdf(picture: &Picture, author: &str, day: jiff::civil::Date) -> Result<Vec<u8>, PdfError> {
    // PDF readers open no page larger than this, in points
    let scale = (14_000.0 / picture.width.max(picture.height)).min(0.75);
    let page = Page {
        width: picture.width * scale,
        height: picture.height * scale,
        shapes: picture.shapes.iter().map(|it| it.transformed(scale, 0.0, 0.0)).collect(),
        links: Vec::new(),
    };
    let document = Document { pages: vec![page], ..Document::default() };
    let about = pdf::About { title: picture.title.clone(), author: author.to_owned(), subject: String::new(), day };
    pdf::to_pdf(&document, &about)
}

/// Writes the report of a profile. The same project, day and version give the same
/// bytes. `progress` is told the share done, 0 to 1, and stops the work by answering false.
///
/// # Errors
/// [`ReportError`].
pub fn write(
    project: &Project,
    catalogue: &Catalogue,
    analysis: &Analysis,
    profile: Profile,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Report, ReportError> {
    let outline = outline(project, catalogue, analysis, profile);
    let document = layout::lay_out(&outline, &mut |share| progress(share * 0.7)).ok_or(ReportError::Cancelled)?;
    if !progress(0.75) {
        return Err(ReportError::Cancelled);
    }
    let about = pdf::About {
        title: outline.cover.title,
        author: project.info.prepared_by.clone(),
        subject: outline.cover.kind,
        day: analysis.as_of,
    };
    let pdf = pdf::to_pdf(&document, &about)?;
    Ok(Report { pdf, pages: document.pages.len(), warning: document.warning })
}
