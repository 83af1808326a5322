//! The gap report: what it says (the outline), how it falls on pages (the layout),
//! and how it is written (PDF). Each knows nothing of the next.

mod content;
mod layout;
pub mod outline;
mod pdf;

pub use content::{Profile, minutes, outline};
use layout::{Bookmark, Place};
pub use layout::{Document, Page};
pub use pdf::PdfError;

use crate::analysis::Analysis;
use crate::catalogue::Catalogue;
use crate::drawing::shape::Shape;
use crate::drawing::{Picture, pages};
use crate::model::{Project, Rect, WorkshopId};

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
    /// What it is to be about is not there.
    #[error("this workshop is not there any more")]
    Gone,
    /// The writer failed.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// White around a picture on its sheets.
const PICTURE_MARGIN: f32 = 28.0;

/// Writes a picture as a PDF: on one sheet where it can be read there, or else an
/// overview and then the parts, cut between zones where that can be.
///
/// # Errors
/// [`PdfError`], which no content brings about.
pub fn picture_to_pdf(picture: &Picture, author: &str, day: jiff::civil::Date) -> Result<Vec<u8>, PdfError> {
    let body_of = |(width, height): (f32, f32)| Rect::new(0.0, 0.0, width, height).grown(-PICTURE_MARGIN);
    let size = (picture.width, picture.height);
    let sheets = pages::sheets(size, picture.core, &picture.whole, body_of);
    let page = |paper: (f32, f32), shapes: Vec<Shape>| Page { shapes, ..Page::new(paper) };
    let pages = if sheets.parts.len() == 1 {
        let body = body_of(sheets.paper);
        let placed = picture.shapes.iter().map(|it| it.transformed(sheets.scale, body.x, body.y));
        vec![page(sheets.paper, placed.collect())]
    } else {
        let a3 = if size.0 > size.1 { (pages::A3.1, pages::A3.0) } else { pages::A3 };
        let overview = page(a3, pages::overview(&picture.shapes, size, &sheets, body_of(a3)));
        let part = |number: usize| {
            let body = body_of(sheets.paper);
            page(sheets.paper, pages::part(&picture.shapes, &sheets, number, body, &picture.title))
        };
        std::iter::once(overview).chain((0..sheets.parts.len()).map(part)).collect()
    };
    let bookmark = |page: usize| {
        let title = if page == 0 { "Overview".to_owned() } else { format!("Part {page}") };
        Bookmark { level: 1, title, place: Place { page, y: 0.0 } }
    };
    let bookmarks = if pages.len() > 1 { (0..pages.len()).map(bookmark).collect() } else { Vec::new() };
    let document = Document { pages, bookmarks, ..Document::default() };
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
    write_outline(outline(project, catalogue, analysis, profile), project, analysis, progress)
}

/// Writes the minutes of a workshop, in the same way.
///
/// # Errors
/// [`ReportError`].
pub fn write_minutes(
    project: &Project,
    catalogue: &Catalogue,
    analysis: &Analysis,
    workshop: WorkshopId,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Report, ReportError> {
    let outline = minutes(project, catalogue, analysis, workshop).ok_or(ReportError::Gone)?;
    write_outline(outline, project, analysis, progress)
}

fn write_outline(
    outline: outline::Outline,
    project: &Project,
    analysis: &Analysis,
    progress: &mut dyn FnMut(f32) -> bool,
) -> Result<Report, ReportError> {
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
