//! A dialog that chooses a file in the window, where the desktop has none.

use std::path::{Path, PathBuf};

use egui::{Context as EguiContext, Key, RichText, TextEdit};

use super::{Chosen, Purpose};
use crate::store;
use crate::ui::{theme, widgets};

/// A dialog inside the window.
pub(super) struct Browser {
    purpose: Purpose,
    folder: PathBuf,
    name: String,
    /// The name that it began with.
    proposed: String,
    entries: Vec<Entry>,
    problem: Option<String>,
    focus: bool,
    /// Asked whether to replace a file that is there.
    replace: Option<PathBuf>,
}

struct Entry {
    name: String,
    is_folder: bool,
}

impl Browser {
    pub(super) fn new(purpose: Purpose, folder: PathBuf, name: String) -> Self {
        let name = if purpose.is_written() { name } else { String::new() };
        let mut browser = Self {
            purpose,
            folder,
            proposed: name.clone(),
            name,
            entries: Vec::new(),
            problem: None,
            focus: true,
            replace: None,
        };
        browser.list();
        browser
    }

    fn draft(&self) -> widgets::Draft {
        widgets::Draft::of(self.purpose.title(), &self.proposed)
    }

    /// With the name that was begun when this was asked last and left.
    pub(super) fn begun(mut self, ctx: &EguiContext) -> Self {
        self.name = self.draft().text(ctx, &self.proposed);
        self
    }

    /// Says beforehand why an answer was none.
    pub(super) fn tell(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    fn list(&mut self) {
        self.problem = None;
        self.entries.clear();
        let listed = match store::entries(&self.folder) {
            Ok(listed) => listed,
            Err(error) => {
                self.problem = Some(format!("This folder can't be read: {error}"));
                return;
            }
        };
        for (name, is_folder) in listed {
            let ending = Path::new(&name).extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
            let endings = self.purpose.extensions();
            let fits = !self.purpose.is_folder() && (endings.is_empty() || endings.contains(&ending.as_str()));
            if !name.starts_with('.') && (is_folder || fits) {
                self.entries.push(Entry { name, is_folder });
            }
        }
        self.entries.sort_by_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    }

    fn enter(&mut self, folder: PathBuf) {
        self.folder = folder;
        self.list();
    }

    pub(super) fn show(&mut self, ctx: &EguiContext) -> Chosen {
        let mut chosen = Chosen::Waiting;
        let modal = widgets::dialog(ctx, "file chooser").show(ctx, |ui| {
            ui.set_width(widgets::dialog_width(ui, 560.0));
            let height = widgets::dialog_height(ui, 260.0);
            ui.label(theme::title(self.purpose.title()));
            ui.label(RichText::new(self.folder.display().to_string()).weak());
            let (mut go_to, mut takes) = (None, false);
            widgets::scrolls_from(height).auto_shrink([false, false]).show(ui, |ui| {
                if let Some(parent) = self.folder.parent()
                    && ui.selectable_label(false, "..  (one folder up)").clicked()
                {
                    go_to = Some(parent.to_owned());
                }
                for entry in &self.entries {
                    let text = if entry.is_folder { format!("{}/", entry.name) } else { entry.name.clone() };
                    let response = ui.selectable_label(entry.name == self.name, text);
                    // the second click of two may fall on what the first one brought here
                    if response.double_clicked() {
                        takes |= !entry.is_folder && entry.name == self.name;
                    } else if response.clicked() && entry.is_folder {
                        go_to = Some(self.folder.join(&entry.name));
                    } else if response.clicked() {
                        self.name.clone_from(&entry.name);
                    }
                }
            });
            if let Some(folder) = go_to {
                self.enter(folder);
            }
            let hint = if self.purpose.is_folder() {
                "Name of a folder, or a whole path"
            } else {
                "Name of a file, or a whole path"
            };
            let label = ui.label("Name");
            let field = ui
                .add(TextEdit::singleline(&mut self.name).hint_text(hint).desired_width(f32::INFINITY))
                .labelled_by(label.id);
            if std::mem::take(&mut self.focus) {
                // what is typed takes the place of the name, and leaves the ending
                let stem = Path::new(&self.name).file_stem().unwrap_or_default().to_string_lossy();
                widgets::take_keys(ui, &field, stem.chars().count());
            }
            self.formats(ui);
            if let Some(problem) = &self.problem {
                ui.colored_label(ui.visuals().error_fg_color, problem);
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.horizontal(|ui| {
                let question = self.replace.as_ref().map_or(self.purpose.button(), |_| "Replace it");
                if ui.button(question).clicked() || entered || takes {
                    chosen = self.accept();
                    self.focus = matches!(chosen, Chosen::Waiting);
                }
                if ui.button("Cancel").clicked() {
                    chosen = Chosen::Cancelled;
                }
            });
        });
        let is_typed = self.name != self.proposed;
        if widgets::is_left(&modal, is_typed) && matches!(chosen, Chosen::Waiting) {
            chosen = Chosen::Cancelled;
        }
        match chosen {
            Chosen::Path(_) => self.draft().forget(ctx),
            Chosen::Waiting | Chosen::Cancelled => self.draft().keep(ctx, &self.name, &self.proposed),
        }
        chosen
    }

    /// A whole name typed before the ending that stood there brings its own ending.
    fn drop_second_ending(&mut self) {
        let (path, endings) = (Path::new(self.name.trim()), self.purpose.extensions());
        let ending = |it: &Path| it.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        let stem = path.with_extension("");
        let is_second = endings.contains(&ending(path).as_str())
            && (endings.contains(&ending(&stem).as_str()) || self.purpose.refusal(&stem).is_some());
        if self.purpose.is_written() && is_second {
            self.name = stem.display().to_string();
        }
    }

    /// The formats that can be written, where there are several; one is chosen by the ending.
    fn formats(&mut self, ui: &mut egui::Ui) {
        let endings = self.purpose.extensions();
        if !self.purpose.is_written() || endings.len() < 2 {
            return;
        }
        let ending = Path::new(&self.name).extension().unwrap_or_default().to_string_lossy().to_lowercase();
        ui.horizontal_wrapped(|ui| {
            ui.label("Format");
            for &it in endings {
                if ui.selectable_label(it == ending, Purpose::format(it)).clicked() && it != ending {
                    let is_format =
                        endings.contains(&ending.as_str()) || self.purpose.refusal(Path::new(&self.name)).is_some();
                    let stem =
                        if is_format { Path::new(&self.name).with_extension("") } else { PathBuf::from(&self.name) };
                    self.name = format!("{}.{it}", stem.display());
                    (self.problem, self.replace) = (None, None);
                }
            }
        });
    }

    fn accept(&mut self) -> Chosen {
        self.drop_second_ending();
        let name = self.name.trim();
        if name.is_empty() && !self.purpose.is_folder() {
            self.problem = Some("Choose a file or type a name.".to_owned());
            return Chosen::Waiting;
        }
        // a whole path replaces the folder shown
        let path = self.folder.join(name);
        if path.is_dir() && !self.purpose.is_folder() {
            self.enter(path);
            self.name.clear();
            return Chosen::Waiting;
        }
        if let Some(problem) = self.purpose.refusal(&path) {
            self.problem = Some(problem);
            return Chosen::Waiting;
        }
        let path = if self.purpose.is_written() { self.purpose.with_extension(path) } else { path };
        if !self.purpose.is_written() && !path.exists() {
            self.problem = Some("There is no such file.".to_owned());
            return Chosen::Waiting;
        }
        if self.purpose.is_written() && path.is_file() && self.replace.as_ref() != Some(&path) {
            self.problem = Some("A file of this name is there already.".to_owned());
            self.replace = Some(path);
            return Chosen::Waiting;
        }
        Chosen::Path(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Export;

    #[test]
    fn another_format_is_refused_with_those_that_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let diagram = Purpose::Export(Export::Diagram(crate::ui::action::Extent::All));
        let mut browser = Browser::new(diagram, folder.path().to_owned(), "plant.vsdx".into());
        assert!(matches!(browser.accept(), Chosen::Waiting));
        assert!(browser.problem.unwrap().contains("not written as .vsdx, but as .svg"));
        browser = Browser::new(diagram, folder.path().to_owned(), "plant.drawio".into());
        assert!(matches!(browser.accept(), Chosen::Path(path) if path.ends_with("plant.drawio")));
        // typed over the name that was proposed, before its ending
        browser = Browser::new(diagram, folder.path().to_owned(), "plant.png.svg".into());
        assert!(matches!(browser.accept(), Chosen::Path(path) if path.ends_with("plant.png")));
        browser = Browser::new(diagram, folder.path().to_owned(), "plant.vsdx.svg".into());
        assert!(matches!(browser.accept(), Chosen::Waiting));
        browser = Browser::new(diagram, folder.path().to_owned(), "plant v1.2.svg".into());
        assert!(matches!(browser.accept(), Chosen::Path(path) if path.ends_with("plant v1.2.svg")));
        let mut tracker = Browser::new(Purpose::Export(Export::Tracker), folder.path().to_owned(), "plan.pdf".into());
        assert!(matches!(tracker.accept(), Chosen::Waiting));
        assert_eq!(Purpose::Open.refusal(Path::new("plant.pdf")), None, "what is opened tells by itself what it is");
    }

    #[test]
    fn a_file_is_replaced_only_when_asked_twice() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("plant.zonewright"), "x").unwrap();
        let mut browser = Browser::new(Purpose::SaveAs, folder.path().to_owned(), "plant.zonewright".into());
        assert!(matches!(browser.accept(), Chosen::Waiting));
        assert!(matches!(browser.accept(), Chosen::Path(_)));
        let mut browser = Browser::new(Purpose::Open, folder.path().to_owned(), String::new());
        assert!(matches!(browser.accept(), Chosen::Waiting), "nothing chosen");
        browser.name = "other.zonewright".into();
        assert!(matches!(browser.accept(), Chosen::Waiting), "there is none");
        browser.name = "plant.zonewright".into();
        assert!(matches!(browser.accept(), Chosen::Path(_)));
    }
}
