//! What the finder looks through on the first page: what there is to begin with.

use std::path::PathBuf;

use super::{Finds, Hit, hit_of, rank};
use crate::samples::SAMPLES;
use crate::templates;
use crate::ui::action::{Action, FileAction};
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

    fn hits(&self, wanted: &[String], recent: &[String]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut add = |title: String, kind: &str, searched: &str, place: usize, group: u32, action: FileAction| {
            // before a word is typed they stand in the order in which the page shows them
            let rank = match rank(searched, wanted) {
                Some(_) if wanted.is_empty() => group * 100 + place as u32,
                Some(rank) => rank * 10 + group,
                None => return,
            };
            let action = Action::File(action);
            hits.push(Hit { title, kind: kind.to_owned(), action, rank, is_command: false });
        };
        for (place, path) in self.recent.iter().enumerate() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let folder = path.parent().map(|it| it.display().to_string()).unwrap_or_default();
            let searched = format!("{name} {folder}");
            add(name, &format!("recent project in {folder}"), &searched, place, 0, FileAction::OpenPath(path.clone()));
        }
        for (place, template) in templates::built_in().iter().enumerate() {
            let searched = format!("{} template {} {}", template.title, template.sector, template.story);
            let open = FileAction::OpenTemplate(Box::new(template.clone()));
            add(template.title.clone(), "new from template", &searched, place, 3, open);
        }
        for (place, sample) in SAMPLES.iter().enumerate() {
            let searched = format!("{} sample {}", sample.title, sample.story);
            add(sample.title.to_owned(), "sample", &searched, place, 2, FileAction::OpenSample(place));
        }
        let commands = commands::all(None).into_iter().filter(|it| !matches!(it.action, Action::Finder(_)));
        for (place, command) in commands.enumerate() {
            let lately = recent.iter().position(|it| *it == command.title);
            let rank = match rank(&command.title, wanted) {
                Some(_) if wanted.is_empty() => {
                    let is_file = matches!(command.action, Action::File(_) | Action::Library(_));
                    let begins = is_file && !matches!(command.action, Action::File(FileAction::Quit));
                    match lately {
                        Some(place) => 100 + place as u32,
                        None if begins => 150 + place as u32,
                        None => 400 + place as u32,
                    }
                }
                Some(rank) => rank * 10 + 1,
                None => continue,
            };
            hits.push(hit_of(command, rank));
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::super::first;
    use super::*;

    fn found(wanted: &str) -> Vec<(String, String)> {
        let recent = ["/plants/North works.zonewright", "/plants/South works.zonewright"].map(PathBuf::from);
        let wanted: Vec<String> = wanted.split_whitespace().map(str::to_owned).collect();
        let hits = Beginnings { recent: &recent }.hits(&wanted, &["Quit".to_owned()]);
        first(hits, !wanted.is_empty()).into_iter().map(|it| (it.title, it.kind)).collect()
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
