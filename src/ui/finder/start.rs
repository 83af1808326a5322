//! What the finder looks through on the first page: what there is to begin with.

use std::borrow::Cow;
use std::path::PathBuf;

use super::{Entry, Finds, State, each_once};
use crate::samples::SAMPLES;
use crate::templates;
use crate::ui::action::{Action, FileAction, Selection, View};
use crate::ui::commands;

/// Projects opened lately, samples, templates, and the commands that need no project.
pub struct Beginnings<'a> {
    /// The files opened or saved lately, the latest first.
    pub recent: &'a [PathBuf],
}

impl Finds for Beginnings<'_> {
    fn hint(&self) -> &'static str {
        "Find a recent project, a template, a sample, a command…"
    }

    fn nothing(&self) -> &'static str {
        "Nothing of that name. Recent projects, templates, samples and commands are searched."
    }

    fn state(&self) -> State {
        (self.recent.len() as u64, View::default(), Selection::default())
    }

    fn others(&self) -> Vec<Entry> {
        Vec::new()
    }

    // they stand in the order in which the page shows them
    fn offered(&self, recent: &[String]) -> Vec<Entry> {
        let entry = |title: String, kind: Cow<'static, str>, (group, place): (u32, usize), action: FileAction| {
            Entry::new(title, kind, group, Action::File(action)).offered(group * 100 + place as u32)
        };
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(self.recent.iter().enumerate().map(|(place, path)| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let folder = path.parent().map(|it| it.display().to_string()).unwrap_or_default();
            let kind = format!("recent project in {folder}").into();
            entry(name, kind, (0, place), FileAction::OpenPath(path.clone())).also(&folder)
        }));
        let templates = templates::built_in().iter().enumerate();
        entries.extend(templates.map(|(place, template)| {
            let open = FileAction::OpenTemplate(Box::new(template.clone()));
            entry(template.title.clone(), "new from template".into(), (3, place), open)
                .also(&format!("template {} {}", template.sector, template.story))
        }));
        entries.extend(SAMPLES.iter().enumerate().map(|(place, sample)| {
            let open = FileAction::OpenSample(place);
            entry(sample.title.to_owned(), "sample".into(), (2, place), open).also(&format!("sample {}", sample.story))
        }));
        let commands = each_once(commands::all(None)).into_iter().filter(|it| !matches!(it.action, Action::Finder(_)));
        entries.extend(commands.enumerate().map(|(place, command)| {
            let lately = recent.iter().position(|it| *it == command.title);
            let is_file = matches!(command.action, Action::File(_) | Action::Library(_));
            let begins = is_file && !matches!(command.action, Action::File(FileAction::Quit));
            let first = match lately {
                Some(place) => 100 + place,
                None if begins => 150 + place,
                None => 400 + place,
            };
            Entry::command(command, first as u32)
        }));
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::super::{first, words};
    use super::*;

    fn found(wanted: &str) -> Vec<(String, String)> {
        let recent = ["/plants/North works.zonewright", "/plants/South works.zonewright"].map(PathBuf::from);
        let entries = Beginnings { recent: &recent }.offered(&["Quit".to_owned()]);
        first(entries.iter(), &words(wanted)).into_iter().map(|it| (it.title, it.kind.into_owned())).collect()
    }

    #[test]
    fn recent_projects_come_first_then_commands_samples_and_templates() {
        let all = found("");
        let place = |title: &str, kind: &str| {
            all.iter().position(|it| it.0 == title && it.1.starts_with(kind)).unwrap_or_else(|| panic!("{title}"))
        };
        assert_eq!((place("North works", "recent project"), place("South works", "recent project")), (0, 1));
        assert_eq!(place("Quit", ""), 2, "chosen lately");
        assert!(place("New project", "") < place("Bioreactor suite", "sample"));
        assert!(place("Bioreactor suite", "sample") < place("Electric substation", "new from template"));
        assert!(
            place("Hospital: medical devices and technical systems", "new from template")
                < place("About Zonewright", "")
        );
    }

    #[test]
    fn words_find_by_name_sector_and_folder() {
        assert_eq!(found("south")[0].0, "South works");
        assert!(found("water treat").iter().any(|it| it.1 == "sample"), "{:?}", found("water treat"));
        assert!(found("protection modem").iter().any(|it| it.0 == "Electric substation"));
        assert_eq!(found("open project")[0].0, "Open project…");
        assert!(found("no such thing").is_empty());
    }
}
