//! What one person used lately, beside the preferences: nobody waits for it, and it is read when it is first asked for.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{self, StoreError};
use super::preferences::write;

/// How many recent files are remembered.
const RECENT: usize = 12;
/// How many commands chosen lately are remembered.
const COMMANDS: usize = 6;

/// Files, folder and commands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Used {
    /// Project files opened or saved lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// The folder in which a file was chosen last.
    pub folder: Option<PathBuf>,
    /// Commands chosen lately in the finder, the latest first.
    pub commands: Vec<String>,
}

impl Used {
    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }

    /// Puts a command at the head of those chosen lately.
    pub fn chose(&mut self, command: &str) {
        self.commands.retain(|known| known != command);
        self.commands.insert(0, command.to_owned());
        self.commands.truncate(COMMANDS);
    }

    /// Where to ask for a file: beside this one, where one was chosen last, or beside a recent one,
    /// whichever is there; a folder may be gone with the stick that it was on.
    pub fn folder_near<'a>(&'a self, file: Option<&'a Path>) -> Option<&'a Path> {
        let of_file = file.and_then(Path::parent);
        let of_recent = self.recent.iter().filter_map(|it| it.parent());
        of_file.into_iter().chain(self.folder.as_deref()).chain(of_recent).find(|it| it.is_dir())
    }

    /// Takes a file out of the recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
    }

    fn read(place: &Path) -> Option<Self> {
        std::fs::read_to_string(place).ok().and_then(|text| ron::from_str(&text).ok())
    }
}

/// What was used lately, once somebody asks for it.
#[derive(Debug, Default)]
pub struct Lately {
    /// Where the preferences are kept; `None`: nothing is.
    preferences: Option<PathBuf>,
    used: OnceCell<Used>,
}

impl Lately {
    /// Beside the preferences; nothing is read yet.
    pub fn beside(preferences: Option<&Path>) -> Self {
        Self { preferences: preferences.map(Path::to_owned), used: OnceCell::new() }
    }

    /// What was used; what can't be read counts as never used.
    pub fn get(&self) -> &Used {
        self.used.get_or_init(|| {
            let preferences = self.preferences.as_deref();
            // before there was a file of its own it stood in the preferences
            preferences.and_then(|it| Used::read(&place(it)).or_else(|| Used::read(it))).unwrap_or_default()
        })
    }

    /// Changes it, and keeps that.
    ///
    /// # Errors
    /// [`StoreError`] where the place can't be written; it is changed all the same.
    pub fn change(&mut self, change: impl FnOnce(&mut Used)) -> Result<(), StoreError> {
        let mut used = self.get().clone();
        change(&mut used);
        let place = self.preferences.as_deref().map(place);
        let kept = place.map_or(Ok(()), |place| {
            place.parent().map_or(Ok(()), file::make_folder)?;
            write(&used, &place)
        });
        self.used = OnceCell::from(used);
        kept
    }
}

fn place(preferences: &Path) -> PathBuf {
    preferences.with_file_name("lately.ron")
}

/// Keeps what stands in preferences of an earlier version, before these are written anew without it.
pub(super) fn move_out(preferences: &Path) -> Result<(), StoreError> {
    let place = place(preferences);
    match Used::read(preferences) {
        Some(used) if !place.exists() && used != Used::default() => write(&used, &place),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Preferences;
    use super::*;

    #[test]
    fn the_latest_file_comes_first_and_once() {
        let mut used = Used::default();
        for number in 0..20 {
            used.remember(Path::new(&format!("/plants/{number}")));
        }
        used.remember(Path::new("/plants/15"));
        assert_eq!(used.recent.len(), RECENT);
        assert_eq!(used.recent[0], Path::new("/plants/15"));
        assert_eq!(used.recent[1], Path::new("/plants/19"));
    }

    #[test]
    fn a_folder_that_is_gone_is_passed_over() {
        let [stick, disk, plant] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let mut used = Used { folder: Some(stick.path().to_owned()), ..Used::default() };
        used.remember(&disk.path().join("a.zonewright"));
        used.remember(Path::new("/no such folder/b.zonewright"));
        let file = plant.path().join("c.zonewright");
        assert_eq!(used.folder_near(Some(&file)), Some(plant.path()));
        drop(plant);
        assert_eq!(used.folder_near(Some(&file)), Some(stick.path()));
        drop(stick);
        assert_eq!(used.folder_near(Some(&file)), Some(disk.path()));
        drop(disk);
        assert_eq!(used.folder_near(None), None);
    }

    #[test]
    fn the_latest_command_comes_first_and_once() {
        let mut used = Used::default();
        for command in ["Save", "Back", "Save"] {
            used.chose(command);
        }
        assert_eq!(used.commands, ["Save", "Back"]);
    }

    #[test]
    fn it_is_kept_beside_the_preferences_and_read_when_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let preferences = folder.path().join("deep/preferences.ron");
        let mut lately = Lately::beside(Some(&preferences));
        lately.change(|it| it.chose("Save")).unwrap();
        let later = Lately::beside(Some(&preferences));
        lately.change(|it| it.chose("Back")).unwrap();
        assert_eq!(later.get().commands, ["Back", "Save"], "not read before");
        std::fs::write(place(&preferences), "(((").unwrap();
        assert_eq!(*Lately::beside(Some(&preferences)).get(), Used::default());
        assert_eq!(*Lately::beside(None).get(), Used::default());
    }

    #[test]
    fn what_an_earlier_version_kept_in_the_preferences_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("preferences.ron");
        let before = r#"(appearance: "dark", recent: ["/plants/a"], renderer: Cpu, panels: (minimap: false))"#;
        std::fs::write(&place, before).unwrap();
        let recent = || Lately::beside(Some(&place)).get().recent.clone();
        assert_eq!(recent(), [Path::new("/plants/a")]);
        let preferences = Preferences::read(&place);
        assert_eq!(preferences.appearance, "dark");
        preferences.save(&place).unwrap();
        assert_eq!(recent(), [Path::new("/plants/a")]);
    }
}
