//! Writes laid-out pages as PDF: printpdf for pages and fonts, then a pass over its
//! document for what it does not do (nested bookmarks, language, fixed identity).

mod finish;
mod fonts;
mod ops;

use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use self::fonts::Fonts;
use super::layout::Document;

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// The day it speaks of; also the day that it claims to be made, so that the same
    /// input gives the same bytes.
    pub day: jiff::civil::Date,
}

/// Why no PDF came about.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A face could not be cut down to the glyphs in use.
    #[error("the typeface can't be embedded: {0}")]
    Font(String),
    /// The writer failed.
    #[error("the PDF can't be written: {0}")]
    Write(String),
}

/// Writes pages as PDF. The same pages always give the same bytes.
///
/// # Errors
/// [`PdfError`], which no content brings about.
pub fn to_pdf(document: &Document, about: &About) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::new(document)?;
    let mut pdf = PdfDocument::new(&about.title);
    fonts.register(&mut pdf);
    let millimetres = |points: f32| Mm(points * 25.4 / 72.0);
    let pages = document
        .pages
        .iter()
        .map(|page| PdfPage::new(millimetres(page.width), millimetres(page.height), ops::of_page(page, &fonts)));
    pdf.pages = pages.collect();
    let options = PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let written = pdf.to_lopdf_document(&options, &mut warnings);
    finish::finish(written, document, about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::lay_out;
    use crate::report::outline::*;

    fn sample() -> (Document, About) {
        let rows = (0..120).map(|number| Row::from_iter([format!("SR {number}"), "größer als čłő Ω Ж".to_owned()]));
        let columns = vec![Column::text("Requirement", 1.0), Column::text("What was found", 3.0)];
        let heading = |level, text: &str| Block::Heading { level, text: text.into(), anchor: Some(text.into()) };
        let outline = Outline {
            cover: Cover { title: "Gap report — Größe".into(), ..Cover::default() },
            blocks: vec![
                heading(1, "Summary"),
                Block::Paragraph(vec!["See ".into(), Span::link("the gaps", "Gaps"), ".".into()]),
                heading(2, "For management"),
                Block::PageBreak,
                heading(1, "Gaps"),
                Block::Table(Table { columns, rows: rows.collect() }),
            ],
        };
        let document = lay_out(&outline, &mut |_| true).expect("nobody stops it");
        (document, About { title: "Gap report — Größe".into(), ..About::default() })
    }

    #[test]
    fn the_same_pages_give_the_same_bytes() {
        let (document, about) = sample();
        assert_eq!(to_pdf(&document, &about).unwrap(), to_pdf(&document, &about).unwrap());
    }

    #[test]
    fn a_reader_finds_text_bookmarks_language_and_title() {
        let (document, about) = sample();
        let bytes = to_pdf(&document, &about).unwrap();
        let read = lopdf::Document::load_mem(&bytes).unwrap();
        assert_eq!(read.get_pages().len(), document.pages.len());
        let catalog = read.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
        assert_eq!(catalog.get(b"PageMode").unwrap().as_name().unwrap(), b"UseOutlines");
        let outlines = read.get_dictionary(catalog.get(b"Outlines").unwrap().as_reference().unwrap()).unwrap();
        let first = read.get_dictionary(outlines.get(b"First").unwrap().as_reference().unwrap()).unwrap();
        let summary = read.get_dictionary(first.get(b"Next").unwrap().as_reference().unwrap()).unwrap();
        assert!(summary.has(b"First"), "bookmarks are nested");
        let text = read.extract_text(&[3]).unwrap_or_default();
        assert!(text.contains("größer") || read.get_pages().len() > 3, "{text}");
    }
}
