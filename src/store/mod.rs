//! Files: project files opened, checked, and replaced only when the new one is complete.

mod file;
mod format;
mod lately;
mod library;
mod preferences;
mod recovery;
mod said;

pub use file::{EXTENSION, Stamp, StoreError, entries, is_same, make_folder, open, replace, save, stamp};
pub use format::{FormatError, VERSION, from_text, to_text};
pub use lately::{Lately, Used};
pub use library::{PART_EXTENSION, delete, files_in, free_place, parts, parts_folder, save_part, templates_folder};
pub use preferences::{Panels, Preferences, Renderer};
pub use recovery::{About, FileNow, Left, Slot, Unfinished, differences, left_behind, recovery_folder};
pub use said::SaidOf;
