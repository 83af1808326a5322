//! Opening project files and replacing files whole.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::format::{self, FormatError};
use crate::edit::FragmentError;
use crate::model::Project;

/// How project files end.
pub const EXTENSION: &str = "zonewright";

/// Why a file could not be opened or written. The path comes last.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("there is no such file: {0}")]
    Missing(PathBuf),
    /// There is no folder to write it into.
    #[error("there is no such folder to write into: {0}")]
    NoFolder(PathBuf),
    /// It is a folder.
    #[error("this is a folder, not a project file: {0}")]
    Folder(PathBuf),
    /// The system refuses.
    #[error("no permission to {0} this file. Ask for access or choose another place: {1}")]
    Forbidden(&'static str, PathBuf),
    /// Its content is no readable project.
    #[error("{0}: {1}")]
    Format(#[source] FormatError, PathBuf),
    /// Its content is no readable part.
    #[error("{0}: {1}")]
    Part(#[source] FragmentError, PathBuf),
    /// It is not text.
    #[error("this is not a Zonewright project: it is not text: {0}")]
    NotText(PathBuf),
    /// A folder can't be made.
    #[error("could not make this folder ({0}): {1}")]
    MakeFolder(#[source] io::Error, PathBuf),
    /// Anything else that the system reports.
    #[error("could not {0} the file ({1}): {2}")]
    Io(&'static str, #[source] io::Error, PathBuf),
}

impl StoreError {
    pub(super) fn io(what: &'static str, error: io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound if what == "write" => Self::NoFolder(path),
            io::ErrorKind::NotFound => Self::Missing(path),
            io::ErrorKind::PermissionDenied => Self::Forbidden(what, path),
            io::ErrorKind::IsADirectory => Self::Folder(path),
            _ => Self::Io(what, error, path),
        }
    }
}

/// Opens a project file. A file that does not begin as one is refused after its
/// first bytes, however large it is.
///
/// # Errors
/// [`StoreError`], with what to do about it.
pub fn open(path: &Path) -> Result<Project, StoreError> {
    let failed = |error| StoreError::io("read", error, path);
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return Err(StoreError::Folder(path.to_owned()));
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(format::HEAD as u64).read_to_end(&mut bytes).map_err(failed)?;
    if format::version(&String::from_utf8_lossy(&bytes)).is_none() {
        return Err(StoreError::Format(FormatError::Foreign, path.to_owned()));
    }
    file.read_to_end(&mut bytes).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| StoreError::NotText(path.to_owned()))?;
    format::from_text(&text).map_err(|error| StoreError::Format(error, path.to_owned()))
}

/// What a file was like when it was read or written, to tell whether another program has
/// changed it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes.
    pub length: u64,
    modified: Option<SystemTime>,
}

/// What a file is like now; `None` where there is none, or no ordinary one.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let known = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some(Stamp { length: known.len(), modified: known.modified().ok() })
}

/// Whether two paths lead to the same file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    one == other || fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Saves a project: the file is the old one or the new one, never a part.
///
/// # Errors
/// [`StoreError`], with what to do about it; the old file is then untouched.
pub fn save(project: &Project, path: &Path) -> Result<(), StoreError> {
    let text = format::to_text(project).map_err(|error| StoreError::Format(error, path.to_owned()))?;
    replace(path, text.as_bytes())
}

/// Writes a file whole: beside its place first, then put there in one step. What is
/// no ordinary file, such as a device or a pipe, is written to and stays what it is.
///
/// # Errors
/// [`StoreError`], with what to do about it; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |error| StoreError::io("write", error, path);
    if path.is_dir() {
        return Err(StoreError::Folder(path.to_owned()));
    }
    // a link keeps pointing where it points
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = fs::metadata(&place).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        return Err(StoreError::Forbidden("write", path.to_owned()));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return fs::write(&place, bytes).map_err(failed);
    }
    let mut fresh = named_temporary(folder).map_err(failed)?;
    fresh.write_all(bytes).map_err(failed)?;
    if let Some(old) = old {
        fresh.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    fresh.as_file().sync_all().map_err(failed)?;
    fresh.persist(&place).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Makes a folder and those that it lies in, where they are missing.
///
/// # Errors
/// [`StoreError::MakeFolder`].
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|error| StoreError::MakeFolder(error, folder.to_owned()))
}

/// Makes a folder that only its owner may look into, and those that it lies in.
///
/// # Errors
/// [`StoreError::MakeFolder`].
pub(super) fn make_private_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|error| StoreError::MakeFolder(error, folder.to_owned()))
}

/// What lies in a folder: each name, and whether it is a folder itself. What can't be asked is left out.
///
/// # Errors
/// Where the folder can't be read.
pub fn entries(folder: &Path) -> io::Result<impl Iterator<Item = (String, bool)>> {
    let entries = fs::read_dir(folder)?.flatten();
    Ok(entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir())))
}

/// A file beside the one to be replaced, readable by whom the user's settings say.
fn named_temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".zonewright-").tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn a_saved_project_opens_again() {
        let folder = folder();
        let path = folder.path().join("plant.zonewright");
        save(&Project::default(), &path).unwrap();
        assert_eq!(open(&path).unwrap(), Project::default());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_can_not_be_opened_says_why() {
        let folder = folder();
        assert!(matches!(open(folder.path()), Err(StoreError::Folder(_))));
        assert!(matches!(open(&folder.path().join("none")), Err(StoreError::Missing(_))));
        let noise = folder.path().join("noise");
        fs::write(&noise, [0xff; 100_000]).unwrap();
        assert!(matches!(open(&noise), Err(StoreError::Format(FormatError::Foreign, _))));
        let binary = folder.path().join("binary");
        let mut bytes = format::to_text(&Project::default()).unwrap().into_bytes();
        bytes.extend([0xff; 1000]);
        fs::write(&binary, bytes).unwrap();
        assert!(matches!(open(&binary), Err(StoreError::NotText(_))));
    }

    #[test]
    fn a_failed_save_leaves_the_old_file() {
        let folder = folder();
        let path = folder.path().join("plant.zonewright");
        save(&Project::default(), &path).unwrap();
        let old = fs::read(&path).unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let mut changed = Project::default();
        std::sync::Arc::make_mut(&mut changed.info).title = "Changed".into();
        assert!(matches!(save(&changed, &path), Err(StoreError::Forbidden("write", _))));
        assert_eq!(fs::read(&path).unwrap(), old);
        assert!(matches!(save(&changed, folder.path()), Err(StoreError::Folder(_))));
        assert!(matches!(save(&changed, &folder.path().join("no/such/folder")), Err(StoreError::NoFolder(_))));
    }
}
