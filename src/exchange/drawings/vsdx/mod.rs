//! Visio drawings (.vsdx, .vsdm): pages of shapes in a ZIP archive; older ones (.vdx) in [`legacy`].
//!
//! A shape takes over what it does not say from the master that it was made from
//! ([`sheet`]); its place is told by its pin in what it lies in ([`transform`]). What
//! is a shape, a line, or but a part of a symbol is decided in [`page`].

mod legacy;
mod package;
mod page;
mod sheet;
#[cfg(test)]
mod tests;
mod transform;

use self::package::Package;
use self::sheet::{Library, Master};
use super::xml::Element;
use super::{Drawing, DrawingError};

/// Reads a drawing of Visio.
///
/// # Errors
/// [`DrawingError`] where it is none, is broken, or is of a kind that can't be read.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, DrawingError> {
    if legacy::is_one(bytes) {
        return legacy::read(bytes);
    }
    refuse_other_files(bytes)?;
    let package = Package::open(bytes)?;
    refuse_other_packages(&package)?;
    let document = package.related("", "document", "visio/document.xml");
    let pages = package.related(&document, "pages", "visio/pages/pages.xml");
    let mut drawing = Drawing { title: title(&package), ..Drawing::default() };
    let library = library(&package, &document, &mut drawing);
    for sheet in sheets(&package, &pages, &mut drawing)? {
        if sheet.is_background {
            drawing.remark(&sheet.name, "the page is a background of others and was left out");
            continue;
        }
        match package.xml(&sheet.part) {
            Some(Ok(contents)) => page::read(&sheet, &contents, &library, &mut drawing),
            Some(Err(error)) => drawing.remark(&sheet.name, error.0),
            None => drawing.remark(&sheet.name, "the page's contents are missing in the file"),
        }
    }
    if drawing.pages.is_empty() {
        let reasons: Vec<_> = drawing.remarks.into_iter().map(|it| format!("{}: {}", it.place, it.what)).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
        return Err(DrawingError(format!("it holds no page that can be read{reasons}")));
    }
    Ok(drawing)
}

/// A page as the list of pages has it.
struct PageSheet {
    name: String,
    part: String,
    is_background: bool,
    /// In inches of the drawing.
    height: f64,
    /// Inches on paper for an inch of the drawing.
    scale: f64,
}

fn refuse_other_files(bytes: &[u8]) -> Result<(), DrawingError> {
    let sentence = match bytes {
        [] => "it is empty",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            "it is a drawing of Visio before 2013 (.vsd), or has a password: open it in Visio and save it as .vsdx without one"
        }
        [b'P', b'K', ..] => return Ok(()),
        _ if bytes.trim_ascii_start().starts_with(b"<") => {
            "it is XML, but no drawing of Visio: that begins with <VisioDocument>"
        }
        _ => "it is no Visio drawing: a .vsdx file is a ZIP archive",
    };
    Err(DrawingError(sentence.to_owned()))
}

fn refuse_other_packages(package: &Package) -> Result<(), DrawingError> {
    let has = |folder: &str| package.names(folder).next().is_some();
    let types = package.xml("[content_types].xml").and_then(Result::ok);
    let types = types.iter().flat_map(|it| &it.children).filter_map(|it| it.attribute("ContentType"));
    let mut types = types.filter(|it| it.contains("visio"));
    let sentence = if types.any(|it| it.contains("stencil.main") || it.contains("stencil.macroEnabled.main")) {
        "it is a stencil (.vssx), which holds shapes to draw with but no drawing"
    } else if has("visio/") {
        return Ok(());
    } else if has("word/") {
        "it is a Word document, not a Visio drawing"
    } else if has("xl/") {
        "it is an Excel workbook, not a Visio drawing: import it as a table of assets"
    } else if has("ppt/") {
        "it is a PowerPoint presentation, not a Visio drawing"
    } else {
        "it is a ZIP archive, but holds no Visio drawing"
    };
    Err(DrawingError(sentence.to_owned()))
}

fn title(package: &Package) -> String {
    let properties = package.xml(&package.related("", "core-properties", "docprops/core.xml"));
    let properties = properties.and_then(Result::ok);
    properties.and_then(|it| Some(it.child("title")?.text.trim().to_owned())).unwrap_or_default()
}

/// The pages in the order of the drawing.
fn sheets(package: &Package, pages: &str, drawing: &mut Drawing) -> Result<Vec<PageSheet>, DrawingError> {
    let Some(list) = package.xml(pages) else {
        drawing.remark("Pages", "the list of pages is missing in the file; the pages are taken as they are found");
        let mut parts: Vec<_> = package.names("visio/pages/page").map(str::to_owned).collect();
        parts.sort_by_key(|part| (part.len(), part.clone()));
        let sheet = |part: &String| PageSheet {
            name: part.rsplit('/').next().unwrap_or_default().trim_end_matches(".xml").to_owned(),
            part: part.clone(),
            is_background: false,
            height: 11.0,
            scale: 1.0,
        };
        return Ok(parts.iter().map(sheet).collect());
    };
    let list = list?;
    let related = package.relationships(pages);
    let sheet = |page: &Element| {
        let name = page.attribute("Name").or_else(|| page.attribute("NameU")).unwrap_or_default().to_owned();
        let id = page.child("Rel").and_then(|it| it.attribute("id")).unwrap_or_default();
        let part = related.iter().find(|it| it.id == id).map(|it| it.target.clone()).unwrap_or_default();
        let cell = |name: &str| {
            let cells = page.child("PageSheet")?.children_named("Cell");
            let value: f64 =
                cells.into_iter().find(|it| it.attribute("N") == Some(name))?.attribute("V")?.parse().ok()?;
            Some(value).filter(|it| it.is_finite() && *it > 1e-6 && *it < 1e6)
        };
        let scale = cell("PageScale").unwrap_or(1.0) / cell("DrawingScale").unwrap_or(1.0);
        let is_background = page.attribute("Background") == Some("1");
        PageSheet { name, part, is_background, height: cell("PageHeight").unwrap_or(11.0), scale }
    };
    Ok(list.children_named("Page").map(sheet).collect())
}

/// Masters and styles; what is missing of them costs names and looks, not the drawing.
fn library(package: &Package, document: &str, drawing: &mut Drawing) -> Library {
    let mut library = Library::default();
    let part = package.related(document, "masters", "visio/masters/masters.xml");
    let related = package.relationships(&part);
    for master in package.xml(&part).and_then(Result::ok).iter().flat_map(|it| it.children_named("Master")) {
        let name = master.attribute("NameU").or_else(|| master.attribute("Name")).unwrap_or_default().to_owned();
        let id = master.child("Rel").and_then(|it| it.attribute("id")).unwrap_or_default();
        let target = related.iter().find(|it| it.id == id).map(|it| it.target.as_str()).unwrap_or_default();
        match package.xml(target) {
            Some(Ok(contents)) => {
                let key = master.attribute("ID").unwrap_or_default().to_owned();
                library.masters.insert(key, Master { name, contents });
            }
            _ => drawing.remark(name, "the master is missing in the file: shapes made from it may lack size and text"),
        }
    }
    let document = package.xml(document).and_then(Result::ok).unwrap_or_default();
    let styles = document.children.into_iter().filter(|it| it.name == "StyleSheets").flat_map(|it| it.children);
    library.styles = styles.filter_map(|it| Some((it.attribute("ID")?.to_owned(), it))).collect();
    library
}
