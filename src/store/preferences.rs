//! What one person's program remembers between runs; never part of a project.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};

use super::file::{self, StoreError};

/// How many recent files are remembered.
const RECENT: usize = 12;
/// How many commands chosen lately are remembered.
const COMMANDS: usize = 6;

/// Appearance and recent files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The appearance chosen by name; empty: as the system has it.
    pub appearance: String,
    /// How much larger than usual the screen is drawn; 0 or nothing: as the system has it.
    pub zoom: f32,
    /// Project files opened or saved lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// The folder in which a file was chosen last.
    pub folder: Option<PathBuf>,
    /// Commands chosen lately in the finder, the latest first.
    pub commands: Vec<String>,
    /// The role that answers requirements; empty: nobody in particular.
    pub answering_as: String,
    /// What stands beside the diagram.
    pub panels: Panels,
    /// Who paints the window.
    pub renderer: Renderer,
    /// The version of the program that found OpenGL of no use here, and why; empty: none did.
    pub no_gl: String,
}

/// Who paints the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renderer {
    /// The graphics card where there is one, else the processor.
    #[default]
    Auto,
    /// The graphics card, through OpenGL.
    Gl,
    /// The processor alone.
    Cpu,
}

impl Renderer {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Gl, Self::Cpu];

    /// What the command line calls it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Gl => "gl",
            Self::Cpu => "cpu",
        }
    }

    /// What it is called in the window.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "whichever suits the machine",
            Self::Gl => "the graphics card (OpenGL)",
            Self::Cpu => "the processor",
        }
    }
}

/// What stands beside the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// The outline; `None`: where there is room for it.
    pub outline: Option<bool>,
    /// The minimap, where there is more than can be seen.
    pub minimap: bool,
    /// The drawing jumps to what was found, and does not fly there.
    pub still: bool,
}

impl Default for Panels {
    fn default() -> Self {
        Self { outline: None, minimap: true, still: false }
    }
}

impl Preferences {
    /// Where they are kept for this user; `None` where the system names no such place.
    /// `ZONEWRIGHT_CONFIG` names another folder.
    pub fn place() -> Option<PathBuf> {
        let folder = match std::env::var_os("ZONEWRIGHT_CONFIG") {
            Some(folder) => PathBuf::from(folder),
            None => choose_base_strategy().ok()?.config_dir().join("zonewright"),
        };
        Some(folder.join("preferences.ron"))
    }

    /// Reads them; what can't be read counts as never set, and stays until the next save.
    pub fn read(place: &Path) -> Self {
        std::fs::read_to_string(place).ok().and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Saves them, and makes their folder where it is missing.
    ///
    /// # Errors
    /// [`StoreError`] where the place can't be written.
    pub fn save(&self, place: &Path) -> Result<(), StoreError> {
        if let Some(folder) = place.parent() {
            file::make_folder(folder)?;
        }
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().new_line("\n"))
            .map_err(|error| StoreError::Io("write", std::io::Error::other(error), place.to_owned()))?;
        file::replace(place, text.as_bytes())
    }

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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_file_comes_first_and_once() {
        let mut preferences = Preferences::default();
        for number in 0..20 {
            preferences.remember(Path::new(&format!("/plants/{number}")));
        }
        preferences.remember(Path::new("/plants/15"));
        assert_eq!(preferences.recent.len(), RECENT);
        assert_eq!(preferences.recent[0], Path::new("/plants/15"));
        assert_eq!(preferences.recent[1], Path::new("/plants/19"));
    }

    #[test]
    fn a_folder_that_is_gone_is_passed_over() {
        let [stick, disk, plant] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let mut preferences = Preferences { folder: Some(stick.path().to_owned()), ..Preferences::default() };
        preferences.remember(&disk.path().join("a.zonewright"));
        preferences.remember(Path::new("/no such folder/b.zonewright"));
        let file = plant.path().join("c.zonewright");
        assert_eq!(preferences.folder_near(Some(&file)), Some(plant.path()));
        drop(plant);
        assert_eq!(preferences.folder_near(Some(&file)), Some(stick.path()));
        drop(stick);
        assert_eq!(preferences.folder_near(Some(&file)), Some(disk.path()));
        drop(disk);
        assert_eq!(preferences.folder_near(None), None);
    }

    #[test]
    fn the_latest_command_comes_first_and_once() {
        let mut preferences = Preferences::default();
        for command in ["Save", "Back", "Save"] {
            preferences.chose(command);
        }
        assert_eq!(preferences.commands, ["Save", "Back"]);
    }

    #[test]
    fn preferences_survive_and_damage_means_never_set() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep/preferences.ron");
        let preferences =
            Preferences { appearance: "dark".into(), zoom: 1.25, recent: vec!["/a".into()], ..Preferences::default() };
        preferences.save(&place).unwrap();
        assert_eq!(Preferences::read(&place), preferences);
        std::fs::write(&place, "(((").unwrap();
        assert_eq!(Preferences::read(&place), Preferences::default());
    }
}
