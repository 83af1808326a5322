//! The user's own templates and parts: folders of files beside the preferences.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::{self, StoreError};
use crate::edit::{Fragment, FragmentError};

/// How files of parts end.
pub const PART_EXTENSION: &str = "zonewright-part";

/// The most that a file of a part is read of; none is near it.
const LARGEST: u64 = 64 << 20;

/// The folder of the user's own templates, beside the preferences.
pub fn templates_folder(preferences: &Path) -> PathBuf {
    preferences.with_file_name("templates")
}

/// The folder of the user's own parts, beside the preferences.
pub fn parts_folder(preferences: &Path) -> PathBuf {
    preferences.with_file_name("parts")
}

/// The files of a folder with this ending, by name; none where there is no such folder.
pub fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = file::entries(folder).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    let files = entries.into_iter().filter(|(name, is_folder)| !is_folder && !name.starts_with('.'));
    let mut files: Vec<PathBuf> = files.map(|(name, _)| folder.join(name)).collect();
    files.retain(|path| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(extension)));
    files.sort();
    files
}

/// A place in a folder for something of this name, where no file is yet; the folder is
/// made where it is missing.
///
/// # Errors
/// [`StoreError`] where the folder can't be made.
pub fn free_place(folder: &Path, name: &str, extension: &str) -> Result<PathBuf, StoreError> {
    file::make_folder(folder)?;
    let words: Vec<_> = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let stem: String = words.join("-").to_lowercase().chars().take(60).collect();
    let stem = if stem.is_empty() { "unnamed".to_owned() } else { stem };
    let numbered = |number: u32| match number {
        1 => folder.join(format!("{stem}.{extension}")),
        _ => folder.join(format!("{stem}-{number}.{extension}")),
    };
    let free = (1..10_000).map(numbered).find(|path| !path.exists());
    Ok(free.unwrap_or_else(|| numbered(1)))
}

/// Deletes a file of the library.
///
/// # Errors
/// [`StoreError`] where the system refuses; a file that is gone already is no error.
pub fn delete(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::Io("delete", error, path.to_owned()))
        }
        _ => Ok(()),
    }
}

/// The parts of a folder with their files, by name, and what is wrong with those that can't be read.
pub fn parts(folder: &Path) -> (Vec<(PathBuf, Fragment)>, Vec<StoreError>) {
    let mut parts = Vec::new();
    let mut errors = Vec::new();
    for path in files_in(folder, PART_EXTENSION) {
        match open_part(&path) {
            Ok(part) => parts.push((path, part)),
            Err(error) => errors.push(error),
        }
    }
    parts.sort_by_key(|(path, part)| (part.name.to_lowercase(), path.clone()));
    (parts, errors)
}

fn open_part(path: &Path) -> Result<Fragment, StoreError> {
    let failed = |error| StoreError::Io("read", error, path.to_owned());
    if fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Err(StoreError::Part(FragmentError::Foreign, path.to_owned()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut part = Fragment::from_text(&text).map_err(|error| StoreError::Part(error, path.to_owned()))?;
    if part.name.trim().is_empty() {
        part.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    }
    Ok(part)
}

/// Saves a part: in its file, or, where it has none yet, in a new one of the folder.
///
/// # Errors
/// [`StoreError`], with what to do about it.
pub fn save_part(part: &Fragment, folder: &Path, path: Option<&Path>) -> Result<PathBuf, StoreError> {
    let path = match path {
        Some(path) => path.to_owned(),
        None => free_place(folder, &part.name, PART_EXTENSION)?,
    };
    let text = part.to_text().map_err(|error| StoreError::Part(error, path.clone()))?;
    file::replace(&path, text.as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Asset, AssetId, Id};

    fn part(name: &str) -> Fragment {
        let asset = Asset { tag: "PLC-1".into(), kind: "plc".into(), ..Asset::default() };
        let assets = [(AssetId::random(), asset)].into_iter().collect();
        Fragment { name: name.into(), assets, ..Fragment::default() }
    }

    #[test]
    fn parts_are_kept_renamed_and_deleted() {
        let home = tempfile::tempdir().unwrap();
        let folder = parts_folder(&home.path().join("preferences.ron"));
        assert_eq!(parts(&folder).0, [], "there is no folder yet");
        let first = save_part(&part("Dosing skid"), &folder, None).unwrap();
        let second = save_part(&part("Dosing skid"), &folder, None).unwrap();
        assert_ne!(first, second, "one file each");
        save_part(&part("Booster"), &folder, Some(&second)).unwrap();
        let (kept, errors) = parts(&folder);
        assert!(errors.is_empty());
        assert_eq!(kept.iter().map(|(_, it)| it.name.as_str()).collect::<Vec<_>>(), ["Booster", "Dosing skid"]);
        delete(&first).unwrap();
        delete(&first).unwrap();
        assert_eq!(parts(&folder).0.len(), 1);
    }

    #[test]
    fn a_broken_part_names_its_file_and_hides_no_other() {
        let home = tempfile::tempdir().unwrap();
        save_part(&part("Good"), home.path(), None).unwrap();
        let broken = home.path().join("broken.zonewright-part");
        let text = part("Broken").to_text().unwrap();
        fs::write(&broken, text.get(..text.len() - 20).unwrap()).unwrap();
        fs::write(home.path().join("notes.txt"), "no part").unwrap();
        let (kept, errors) = parts(home.path());
        assert_eq!(kept.len(), 1);
        let [error] = errors.as_slice() else { panic!("{errors:?}") };
        assert!(error.to_string().contains("line") && error.to_string().contains("broken.zonewright-part"), "{error}");
    }

    #[test]
    fn a_name_of_any_signs_has_a_place() {
        let home = tempfile::tempdir().unwrap();
        let place = |name: &str| {
            let path = free_place(home.path(), name, "zonewright").unwrap();
            path.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(place("../Pump: A/B"), "pump-a-b.zonewright");
        assert_eq!(place(" … "), "unnamed.zonewright");
    }
}
