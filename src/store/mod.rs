//! Files: project files opened, checked, and replaced only when the new one is complete.

mod file;
mod format;
mod preferences;

pub use file::{EXTENSION, Stamp, StoreError, entries, make_folder, open, replace, save, stamp};
pub use format::{FormatError, VERSION, from_text, to_text};
pub use preferences::Preferences;
