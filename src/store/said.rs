//! What was said of a file of another tool, kept beside the preferences: it is said again when the same
//! file is opened.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::file::{self, StoreError};
use super::library::files_in;

/// How such files end.
const ENDING: &str = "ron";
/// What nobody has come back to for so long is put away.
const FORGOTTEN: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// The most that is read of one.
const LARGEST: u64 = 1 << 24;

/// Where it is kept what is said of one file when it is read as something, as long as it does not change.
#[derive(Clone, Debug)]
pub struct SaidOf(PathBuf);

impl SaidOf {
    /// The place for a file; `None` where there is no such file.
    pub fn file(preferences: &Path, file: &Path, read_as: &str) -> Option<Self> {
        let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let digest = Sha256::digest(format!("{read_as} {whole:?} {:?}", file::stamp(file)?));
        let name: String = digest.iter().take(8).map(|it| format!("{it:02x}")).collect();
        Some(Self(preferences.with_file_name("imports").join(name).with_extension(ENDING)))
    }

    /// What was said; `None` where that is nothing, or can't be read.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        let mut text = String::new();
        File::open(&self.0).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
        ron::from_str(&text).ok()
    }

    /// Keeps what is said.
    ///
    /// # Errors
    /// [`StoreError`]; what was kept before is then still there.
    pub fn keep(&self, said: &impl Serialize) -> Result<(), StoreError> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        file::make_private_folder(folder)?;
        if !self.0.exists() {
            put_away(folder);
        }
        let text =
            ron::to_string(said).map_err(|error| StoreError::io("write", std::io::Error::other(error), &self.0))?;
        file::replace(&self.0, text.as_bytes())
    }

    /// Nothing is said of it any more.
    pub fn forget(&self) {
        // what can't be deleted is said again, which loses nothing
        let _ = fs::remove_file(&self.0);
    }
}

/// Deletes what nobody has come back to.
fn put_away(folder: &Path) {
    let is_old = |path: &PathBuf| {
        let modified = fs::metadata(path).and_then(|it| it.modified());
        modified.is_ok_and(|it| it.elapsed().is_ok_and(|age| age > FORGOTTEN))
    };
    for path in files_in(folder, ENDING).iter().filter(|it| is_old(it)) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_file_is_there_until_the_file_changes_or_nothing_is_said() {
        let home = tempfile::tempdir().unwrap();
        let preferences = home.path().join("preferences.ron");
        let drawing = home.path().join("plant.drawio");
        assert!(SaidOf::file(&preferences, &drawing, "drawing").is_none(), "there is no such file");
        fs::write(&drawing, "a drawing").unwrap();
        let of = || SaidOf::file(&preferences, &drawing, "drawing").unwrap();
        assert_eq!(of().read::<String>(), None);
        of().keep(&"The pumps \"stand\" there").unwrap();
        assert_eq!(of().read::<String>().as_deref(), Some("The pumps \"stand\" there"));
        assert_eq!(of().read::<u32>(), None, "what can't be read is nothing");
        assert_eq!(SaidOf::file(&preferences, &drawing, "table").unwrap().read::<String>(), None);
        fs::write(&drawing, "another drawing").unwrap();
        assert_eq!(of().read::<String>(), None);
        of().keep(&"Other pumps").unwrap();
        of().forget();
        assert_eq!(of().read::<String>(), None);
    }
}
