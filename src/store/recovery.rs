//! Recovery copies: unsaved work, kept beside the preferences while a window runs, and
//! found there again after a window that ended without asking.
//!
//! A copy is an ordinary project file. Beside it lies a small file of the same name that
//! says whose copy it is, and that is locked as long as its window runs: the system takes
//! the lock away however the window ends.

mod differs;

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::file::{self, EXTENSION, Stamp, StoreError};
use super::format;
use crate::model::Project;

pub use differs::differences;

/// How the small file beside a copy ends.
const ABOUT: &str = "ron";
/// A small file without a copy is put away after this time; its window may just be about to write.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);
/// The most that is read of a small file.
const LARGEST: u64 = 1 << 16;

/// The folder of the recovery copies, beside the preferences.
pub fn recovery_folder(preferences: &Path) -> PathBuf {
    preferences.with_file_name("recovery")
}

/// Whose copy it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The file that the project is saved in, if one is.
    pub file: Option<PathBuf>,
    /// What that file was like when the window last read or wrote it.
    pub stamp: Option<Stamp>,
    /// What the project is called.
    pub title: String,
}

/// What became of the file that a copy belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileNow {
    /// The project was never saved.
    Never,
    /// It is as it was.
    Same,
    /// It was changed since.
    Changed,
    /// It is not there.
    Gone,
}

impl About {
    /// What became of the file.
    pub fn file_now(&self) -> FileNow {
        match self.file.as_deref().map(file::stamp) {
            None => FileNow::Never,
            Some(None) => FileNow::Gone,
            Some(now) if now == self.stamp => FileNow::Same,
            Some(_) => FileNow::Changed,
        }
    }
}

/// What was typed somewhere and is no part of the project yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unfinished {
    /// Where it was typed.
    pub place: String,
    /// What that was opened for.
    pub about: String,
    /// What was typed.
    pub text: String,
    /// What stood there before.
    pub over: String,
}

/// How the file of what is not finished ends, beside a copy.
const UNFINISHED: &str = "typed";
/// The most that is read of it.
const MOST_TYPED: u64 = 1 << 24;

/// A place for the copy of one open project. Dropping it leaves the copy where it is.
#[derive(Debug)]
pub struct Slot {
    copy: PathBuf,
    about: PathBuf,
    /// Locked as long as this lives.
    lock: File,
    /// What the small file says.
    told: Mutex<About>,
}

impl Slot {
    /// A new place in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`StoreError`] where the folder can't be written.
    pub fn new(folder: &Path) -> Result<Self, StoreError> {
        file::make_private_folder(folder)?;
        let copy = folder.join(format!("{:016x}.{EXTENSION}", fastrand::u64(..)));
        let about = copy.with_extension(ABOUT);
        let failed = |error| StoreError::io("write", error, &about);
        let lock = File::options().read(true).write(true).create_new(true).open(&about).map_err(failed)?;
        // where the system has no locks, a copy of a window that runs is offered too: better than none
        let _ = lock.try_lock();
        Ok(Self { copy, about, lock, told: Mutex::default() })
    }

    /// Where the copy is.
    pub fn copy(&self) -> &Path {
        &self.copy
    }

    /// Writes the copy anew: it is the old one or the new one, never a part.
    ///
    /// # Errors
    /// [`StoreError`]; the copy before is then still there.
    pub fn write(&self, project: &Project, about: &About, unfinished: &[Unfinished]) -> Result<(), StoreError> {
        let failed = |error: io::Error| StoreError::Io("write", error, self.about.clone());
        let text = format::to_copy(project).map_err(|error| StoreError::Format(error, self.copy.clone()))?;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if *told != *about {
            // a path that is no text can't be written down; the title stands for it then
            let file = about.file.clone().filter(|it| it.to_str().is_some());
            let written = ron::to_string(&About { file, ..about.clone() });
            let written = written.map_err(|error| failed(io::Error::other(error)))?;
            let mut lock = &self.lock;
            lock.rewind()
                .and_then(|()| self.lock.set_len(0))
                .and_then(|()| lock.write_all(written.as_bytes()))
                .map_err(failed)?;
            *told = about.clone();
        }
        drop(told);
        let typed = self.copy.with_extension(UNFINISHED);
        if unfinished.is_empty() {
            // what is not there needs not be deleted
            let _ = fs::remove_file(&typed);
        } else {
            let written = ron::to_string(unfinished).map_err(|error| failed(io::Error::other(error)))?;
            file::replace(&typed, written.as_bytes())?;
        }
        file::replace(&self.copy, text.as_bytes())
    }

    /// Deletes the copy: its work is saved, or nobody wants it.
    pub fn discard(&self) {
        // what can't be deleted is offered again, which loses nothing
        let _ = fs::remove_file(&self.copy);
        let _ = fs::remove_file(self.copy.with_extension(UNFINISHED));
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if !self.copy.exists() {
            let _ = fs::remove_file(&self.about);
        }
    }
}

/// A copy that was left behind. As long as this lives, no other window is offered it.
#[derive(Clone, Debug)]
pub struct Left {
    /// Whose copy it is.
    pub about: About,
    /// When it was written.
    pub at: SystemTime,
    slot: Arc<Slot>,
}

impl Left {
    /// Where the copy is.
    pub fn copy(&self) -> &Path {
        self.slot.copy()
    }

    /// Opens the copy.
    ///
    /// # Errors
    /// [`StoreError`] where it can't be read; it stays.
    pub fn open(&self) -> Result<Project, StoreError> {
        file::open(self.copy())
    }

    /// What was typed and was no part of the project yet; nothing where that can't be read.
    pub fn unfinished(&self) -> Vec<Unfinished> {
        let mut text = String::new();
        let file = File::open(self.copy().with_extension(UNFINISHED));
        let read = file.and_then(|it| it.take(MOST_TYPED).read_to_string(&mut text));
        read.ok().and_then(|_| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Its place, for whoever goes on with the work.
    pub fn slot(&self) -> Arc<Slot> {
        Arc::clone(&self.slot)
    }

    /// Deletes the copy for good.
    pub fn discard(&self) {
        self.slot.discard();
    }
}

/// The copies in a folder whose windows run no more, the latest first.
pub fn left_behind(folder: &Path) -> Vec<Left> {
    let Ok(entries) = file::entries(folder) else { return Vec::new() };
    let names: Vec<PathBuf> =
        entries.filter(|(name, is_folder)| !is_folder && !name.starts_with('.')).map(|it| folder.join(it.0)).collect();
    let ends = |path: &Path, ending: &str| path.extension().is_some_and(|it| it == ending);
    let mut left: Vec<Left> = names.iter().filter(|it| ends(it, EXTENSION)).filter_map(|it| claim(it)).collect();
    left.sort_by(|one, next| next.at.cmp(&one.at).then_with(|| one.copy().cmp(next.copy())));
    for about in names.iter().filter(|it| ends(it, ABOUT) && !it.with_extension(EXTENSION).exists()) {
        put_away(about);
    }
    left
}

/// Takes a copy for this window, unless another one has it.
fn claim(copy: &Path) -> Option<Left> {
    let at = fs::metadata(copy).and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let about = copy.with_extension(ABOUT);
    let lock = File::options().read(true).write(true).create(true).truncate(false).open(&about).ok()?;
    if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
        return None;
    }
    let mut text = String::new();
    let read = (&lock).take(LARGEST).read_to_string(&mut text);
    let told: About = read.ok().and_then(|_| ron::from_str(&text).ok()).unwrap_or_default();
    let slot = Slot { copy: copy.to_owned(), about, lock, told: Mutex::new(told.clone()) };
    Some(Left { about: told, at, slot: Arc::new(slot) })
}

/// Deletes a small file whose copy is gone since long.
fn put_away(about: &Path) {
    let modified = fs::metadata(about).and_then(|it| it.modified());
    let is_old = modified.is_ok_and(|it| it.elapsed().is_ok_and(|age| age > FORGOTTEN));
    if is_old && File::open(about).is_ok_and(|it| it.try_lock().is_ok()) {
        let _ = fs::remove_file(about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Project {
        let mut project = Project::default();
        Arc::make_mut(&mut project.info).title = title.into();
        project
    }

    fn about(title: &str) -> About {
        About { title: title.into(), ..About::default() }
    }

    #[test]
    fn what_a_window_left_is_found_with_what_it_was() {
        let home = tempfile::tempdir().unwrap();
        let folder = recovery_folder(&home.path().join("preferences.ron"));
        assert!(left_behind(&folder).is_empty(), "there is no folder yet");
        let plant = home.path().join("plant.zonewright");
        file::save(&titled("Old"), &plant).unwrap();
        let told = About { file: Some(plant.clone()), stamp: file::stamp(&plant), title: "Plant".into() };
        let slot = Slot::new(&folder).unwrap();
        slot.write(&titled("First"), &told, &[]).unwrap();
        slot.write(&titled("Second"), &told, &[]).unwrap();
        drop(slot);
        let left = left_behind(&folder);
        let [left] = left.as_slice() else { panic!("{left:?}") };
        assert_eq!(left.about, told);
        assert_eq!(left.about.file_now(), FileNow::Same);
        assert_eq!(left.open().unwrap().info.title, "Second");
        file::save(&titled("Somebody else's longer title"), &plant).unwrap();
        assert_eq!(left.about.file_now(), FileNow::Changed);
        fs::remove_file(&plant).unwrap();
        assert_eq!(left.about.file_now(), FileNow::Gone);
    }

    #[test]
    fn the_copy_of_a_window_that_runs_is_not_offered_and_each_keeps_its_own() {
        let home = tempfile::tempdir().unwrap();
        let runs = Slot::new(home.path()).unwrap();
        runs.write(&titled("Runs"), &about("Runs"), &[]).unwrap();
        let ended = Slot::new(home.path()).unwrap();
        ended.write(&titled("Ended"), &about("Ended"), &[]).unwrap();
        assert_ne!(runs.copy(), ended.copy());
        assert!(left_behind(home.path()).is_empty(), "both run");
        drop(ended);
        let first = left_behind(home.path());
        assert_eq!(first.iter().map(|it| it.about.title.as_str()).collect::<Vec<_>>(), ["Ended"]);
        assert!(left_behind(home.path()).is_empty(), "one window at a time is offered it");
        drop(first);
        assert_eq!(left_behind(home.path()).len(), 1, "what was put off is offered again");
    }

    #[test]
    fn whoever_goes_on_with_the_work_keeps_its_copy_until_it_is_saved() {
        let home = tempfile::tempdir().unwrap();
        let slot = Slot::new(home.path()).unwrap();
        slot.write(&titled("Work"), &about("Work"), &[]).unwrap();
        drop(slot);
        let left = left_behind(home.path()).remove(0);
        let slot = left.slot();
        drop(left);
        assert!(left_behind(home.path()).is_empty());
        let typed = Unfinished {
            place: "refuse".into(),
            about: "R-1".into(),
            text: "Nobody \"gets\"\nthere".into(),
            ..Unfinished::default()
        };
        slot.write(&titled("More work"), &about("Work"), std::slice::from_ref(&typed)).unwrap();
        drop(slot);
        let left = left_behind(home.path()).remove(0);
        assert_eq!(left.open().unwrap().info.title, "More work");
        assert_eq!(left.unfinished(), [typed]);
        left.discard();
        drop(left);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is left of what was discarded");
    }

    #[test]
    fn a_copy_without_its_small_file_or_with_a_damaged_one_is_offered_all_the_same() {
        let home = tempfile::tempdir().unwrap();
        for damage in [None, Some("(((")] {
            let slot = Slot::new(home.path()).unwrap();
            slot.write(&titled("Work"), &about("Work"), &[]).unwrap();
            let small = slot.about.clone();
            drop(slot);
            match damage {
                None => fs::remove_file(&small).unwrap(),
                Some(text) => fs::write(&small, text).unwrap(),
            }
        }
        let left = left_behind(home.path());
        assert_eq!(left.len(), 2);
        assert!(left.iter().all(|it| it.about == About::default() && it.open().is_ok()));
    }

    #[test]
    fn a_folder_that_can_not_be_written_is_an_error_and_no_panic() {
        let home = tempfile::tempdir().unwrap();
        let in_the_way = home.path().join("recovery");
        fs::write(&in_the_way, "a file").unwrap();
        assert!(matches!(Slot::new(&in_the_way), Err(StoreError::MakeFolder(..))));
        assert!(left_behind(&in_the_way).is_empty());
    }

    #[test]
    fn a_failed_copy_leaves_the_one_before() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("recovery");
        let slot = Slot::new(&folder).unwrap();
        slot.write(&titled("Before"), &about("Work"), &[]).unwrap();
        let mut permissions = fs::metadata(slot.copy()).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(slot.copy(), permissions).unwrap();
        assert!(slot.write(&titled("After"), &about("Work"), &[]).is_err());
        assert_eq!(file::open(slot.copy()).unwrap().info.title, "Before");
    }
}
