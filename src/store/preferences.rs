//! What one person's program remembers between runs; never part of a project.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};

use super::file::{self, StoreError};
use super::lately;

/// How the window looks, who paints it, and whose name stands in it: what the first frame needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The appearance chosen by name; empty: as the system has it.
    pub appearance: String,
    /// How much larger than usual the screen is drawn; 0 or nothing: as the system has it.
    pub zoom: f32,
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
        lately::move_out(place)?;
        write(self, place)
    }
}

/// Writes what a person's program remembers.
pub(super) fn write(it: &impl Serialize, place: &Path) -> Result<(), StoreError> {
    let text = ron::ser::to_string_pretty(it, ron::ser::PrettyConfig::new().new_line("\n"))
        .map_err(|error| StoreError::Io("write", std::io::Error::other(error), place.to_owned()))?;
    file::replace(place, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_survive_and_damage_means_never_set() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep/preferences.ron");
        let preferences = Preferences { appearance: "dark".into(), zoom: 1.25, ..Preferences::default() };
        preferences.save(&place).unwrap();
        assert_eq!(Preferences::read(&place), preferences);
        std::fs::write(&place, "(((").unwrap();
        assert_eq!(Preferences::read(&place), Preferences::default());
    }
}
