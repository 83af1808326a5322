//! The parts that the user keeps, with their pictures.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::drawing::Thumbnail;
use crate::drawing::palette::Palette;
use crate::edit::Fragment;
use crate::store;

/// The room that a part's picture has in the panel.
pub const PICTURE: (f32, f32) = (84.0, 52.0);

/// A part with its file and picture.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its file.
    pub path: PathBuf,
    /// What it holds.
    pub fragment: Fragment,
    /// How it looks.
    pub picture: Thumbnail,
}

/// The parts, read when they are first wanted and after each change.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    read: Option<Rc<Shelf>>,
    palette: Option<&'static Palette>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The parts by name.
    pub parts: Vec<Part>,
    /// What is wrong with files that could not be read.
    pub errors: Vec<String>,
}

impl Parts {
    /// The parts as they are, in these colours.
    pub fn shelf(&mut self, preferences: Option<&Path>, palette: &'static Palette) -> Rc<Shelf> {
        let is_current = self.palette.is_some_and(|it| std::ptr::eq(it, palette));
        match &self.read {
            Some(shelf) if is_current => Rc::clone(shelf),
            _ => {
                let shelf = Rc::new(preferences.map(|it| read(it, palette)).unwrap_or_default());
                self.palette = Some(palette);
                self.read = Some(Rc::clone(&shelf));
                shelf
            }
        }
    }

    /// The files have changed: they are read anew when next wanted.
    pub fn forget(&mut self) {
        self.read = None;
    }
}

fn read(preferences: &Path, palette: &'static Palette) -> Shelf {
    let (parts, errors) = store::parts(&store::parts_folder(preferences));
    let part = |(path, fragment): (PathBuf, Fragment)| {
        let picture = Thumbnail::of_part(&fragment, palette, PICTURE);
        Part { path, fragment, picture }
    };
    Shelf { parts: parts.into_iter().map(part).collect(), errors: errors.iter().map(ToString::to_string).collect() }
}
