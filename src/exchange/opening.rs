//! What of the evidence may be given to the desktop to be opened: documents and pictures by their
//! endings. A project may come from anybody, so nothing that could run is ever opened.

use std::path::{Path, PathBuf};

use super::evidence::{EvidenceError, unpack};
use crate::model::{Attachment, Evidence};

/// Endings of what is opened as it is.
const OPENED: [&str; 13] =
    ["pdf", "png", "jpg", "jpeg", "gif", "bmp", "webp", "txt", "csv", "log", "md", "docx", "xlsx"];

/// Endings of texts; what is opened is a copy that is called a text.
const TEXTS: [&str; 5] = ["json", "xml", "cfg", "conf", "ini"];

/// What is given to the desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// This file.
    File(PathBuf),
    /// This folder, as the file of that name in it is none that is opened.
    Folder(PathBuf, String),
}

/// Why nothing is opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningError {
    /// It can't be written out.
    #[error(transparent)]
    Unwritten(#[from] EvidenceError),
    /// It lies on another machine.
    #[error("{0} names a place on another machine, which is not opened from here; open it by hand if you trust it")]
    Elsewhere(String),
    /// It is no place of this machine.
    #[error("{0} is no place on this machine that could be opened")]
    NoPlace(String),
    /// It is not there.
    #[error("{0} is not there any more, nor is its folder")]
    Gone(String),
}

/// Prepares a piece of evidence to be opened: what is carried is written to a folder of its own.
///
/// # Errors
/// [`OpeningError`] where it can't be written, lies elsewhere or is gone.
pub fn opening(evidence: &Evidence) -> Result<Opening, OpeningError> {
    match &evidence.file {
        Some(file) => carried(file),
        None => kept(&evidence.location),
    }
}

fn carried(file: &Attachment) -> Result<Opening, OpeningError> {
    let name = plain_name(&file.name);
    let name = if has_ending(&name, &TEXTS) { format!("{name}.txt") } else { name };
    let path = unpack(&Attachment { name, content: file.content.clone() })?;
    Ok(in_place(path))
}

fn kept(location: &str) -> Result<Opening, OpeningError> {
    let location = location.trim();
    let slashes = location.chars().take(2).filter(|it| matches!(it, '/' | '\\')).count();
    if slashes == 2 {
        return Err(OpeningError::Elsewhere(location.to_owned()));
    }
    let path = Path::new(location);
    if !path.is_absolute() || path.components().any(|it| it == std::path::Component::ParentDir) {
        return Err(OpeningError::NoPlace(location.to_owned()));
    }
    let name = name_of(path);
    if path.is_file() && has_ending(&name, &TEXTS) {
        let content = std::fs::read(path).map_err(|error| EvidenceError::Unread(error, path.to_owned()))?;
        return carried(&Attachment { name, content: content.into() });
    }
    match in_place(path.to_owned()) {
        Opening::Folder(folder, _) if !folder.is_dir() => Err(OpeningError::Gone(location.to_owned())),
        opening => Ok(opening),
    }
}

/// The file where that is safe, else the folder that it lies in.
fn in_place(path: PathBuf) -> Opening {
    let name = name_of(&path);
    // what it is called decides, so a name that systems read in different ways says nothing
    let is_plain = plain_name(&name) == name;
    if is_plain && path.is_file() && has_ending(&name, &OPENED) && !is_program(&path) {
        return Opening::File(path);
    }
    // a folder with an ending may be a program on some systems
    let is_folder = |it: &Path| it.is_dir() && it.extension().is_none();
    let folder = path.ancestors().find(|it| is_folder(it)).map(Path::to_owned);
    Opening::Folder(folder.unwrap_or_default(), name)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|it| endings.iter().any(|ending| it.1.eq_ignore_ascii_case(ending)))
}

/// A name without what could lead elsewhere or hide its ending.
fn plain_name(name: &str) -> String {
    let is_free = |it: char| it.is_control() || matches!(it, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().map(|it| if is_free(it) { '_' } else { it }).collect();
    let name = name.trim_end_matches(['.', ' ']).trim_start();
    if name.is_empty() { "evidence".to_owned() } else { name.to_owned() }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_carried(name: &str) -> Opening {
        let file = Some(Attachment { name: name.into(), content: b"x".to_vec().into() });
        opening(&Evidence { file, ..Evidence::default() }).unwrap()
    }

    fn open_kept(location: impl Into<String>) -> Result<Opening, OpeningError> {
        opening(&Evidence { location: location.into(), ..Evidence::default() })
    }

    #[test]
    fn documents_and_pictures_are_opened_and_settings_as_texts() {
        for (name, opened) in
            [("Test.PDF", "Test.PDF"), ("a.docx", "a.docx"), ("fw.cfg", "fw.cfg.txt"), ("page.xml", "page.xml.txt")]
        {
            let Opening::File(path) = open_carried(name) else { panic!("{name}") };
            assert!(path.ends_with(opened), "{}", path.display());
        }
    }

    #[test]
    fn what_could_run_is_shown_in_its_folder_and_never_opened() {
        let names =
            ["run.exe", "a.pdf.bat", "a.desktop", "a.lnk", "a.docm", "a.xls", "a.html", "a.svg", "plain", "x.pdf .cmd"];
        for name in names {
            let Opening::Folder(folder, said) = open_carried(name) else { panic!("{name}") };
            assert!(folder.is_dir() && said == name && folder.join(name).exists(), "{name}");
        }
        // names that systems read in different ways
        let Opening::File(path) = open_carried("..\\..\\evil.exe:a.pdf") else { panic!("a picture of its own") };
        assert!(path.ends_with("evil.exe_a.pdf"));
    }

    #[test]
    fn a_place_is_opened_only_on_this_machine_and_only_a_document() {
        let folder = tempfile::Builder::new().prefix("evidence").tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["report.pdf", "setup.exe", "rules.conf"] {
            std::fs::write(path(name), "x").unwrap();
        }
        std::fs::create_dir(path("Tool.app")).unwrap();
        let at = |name: &str| open_kept(path(name).display().to_string());
        assert_eq!(at("report.pdf").unwrap(), Opening::File(path("report.pdf")));
        for name in ["setup.exe", "gone.pdf", "Tool.app", "Tool.app/inner.exe"] {
            let Ok(Opening::Folder(shown, _)) = at(name) else { panic!("{name}") };
            assert_eq!(shown, folder.path(), "{name}");
        }
        let Ok(Opening::File(text)) = at("rules.conf") else { panic!("a copy as text") };
        assert!(text.ends_with("rules.conf.txt") && text != path("rules.conf"));
        for place in [r"\\server\share\a.pdf", "//server/share/a.pdf", r"\/server\a.pdf", r"\\?\UNC\server\a.pdf"] {
            assert!(matches!(open_kept(place), Err(OpeningError::Elsewhere(_))), "{place}");
        }
        for place in ["", "binder 3", "https://example.org/a.pdf", "file:///a.pdf", "a.pdf", "--help"] {
            assert!(matches!(open_kept(place), Err(OpeningError::NoPlace(_))), "{place}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_called_a_document_is_not_opened() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::Builder::new().prefix("evidence").tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        std::fs::write(&path, "#!/bin/sh").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let found = open_kept(path.display().to_string()).unwrap();
        assert_eq!(found, Opening::Folder(folder.path().to_owned(), "report.pdf".into()));
    }
}
