//! Choosing files: the desktop's own dialog, or one in the window where the desktop has none.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Context as EguiContext, Key, RichText, TextEdit};

use super::action::Export;
use crate::report::Profile;
use crate::store;
use crate::task::{Poll, Task};

/// Who asks for files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chooser {
    /// The desktop; where it has no dialog, the window.
    #[default]
    Desktop,
    /// Always the window.
    Window,
}

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A project to open.
    Open,
    /// A folder of tables to import.
    ImportTables,
    /// A drawing of another tool to import.
    ImportDrawing,
    /// A table of assets to import.
    ImportAssets,
    /// A worksheet of a HAZOP to import.
    ImportHazop,
    /// A file that proves an answer.
    Evidence,
    /// A project to compare with.
    Compare,
    /// Where to save the project.
    SaveAs,
    /// Where to export.
    Export(Export),
}

impl Purpose {
    fn title(self) -> &'static str {
        match self {
            Self::Open => "Open project",
            Self::ImportTables => "Import a folder of tables",
            Self::ImportDrawing => "Import a drawing",
            Self::ImportAssets => "Import assets from a table",
            Self::ImportHazop => "Import consequences from a HAZOP",
            Self::Evidence => "Attach evidence",
            Self::Compare => "Compare with another project",
            Self::SaveAs => "Save project as",
            Self::Export(Export::Report(_)) => "Export report as PDF",
            Self::Export(Export::Tracker) => "Export tracker",
            Self::Export(Export::Diagram(_)) => "Export diagram",
            Self::Export(Export::Tables) => "Export tables into a folder",
            Self::Export(Export::Comparison) => "Export comparison",
            Self::Export(Export::Minutes(_)) => "Export minutes as PDF",
        }
    }

    fn button(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::ImportTables | Self::ImportAssets | Self::ImportHazop | Self::ImportDrawing => "Import",
            Self::Evidence => "Attach",
            Self::Compare => "Compare with it",
            Self::SaveAs => "Save",
            Self::Export(_) => "Export",
        }
    }

    fn is_folder(self) -> bool {
        matches!(self, Self::ImportTables | Self::Export(Export::Tables))
    }

    fn is_written(self) -> bool {
        matches!(self, Self::SaveAs | Self::Export(_))
    }

    /// Endings of files, the usual one first.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Open | Self::Compare | Self::SaveAs => &[store::EXTENSION],
            Self::Export(Export::Report(_) | Export::Minutes(_)) => &["pdf"],
            Self::Export(Export::Tracker) => &["xlsx", "csv"],
            Self::Export(Export::Comparison) => &["xlsx", "csv", "json"],
            Self::Export(Export::Diagram(_)) => &crate::exchange::diagram::ENDINGS,
            Self::ImportDrawing => DRAWINGS,
            Self::ImportAssets | Self::ImportHazop => &["csv", "xlsx", "xlsm", "tsv", "txt"],
            Self::ImportTables | Self::Evidence | Self::Export(Export::Tables) => &[],
        }
    }

    /// Whether a name without one of the endings gets the usual one.
    fn adds_extension(self) -> bool {
        self != Self::ImportDrawing
    }

    /// A name to begin with.
    fn suggested_name(self, stem: &str) -> String {
        let name = match self {
            Self::Export(Export::Report(Profile::Management)) => format!("{stem}-management-report"),
            Self::Export(Export::Report(Profile::Audit)) => format!("{stem}-audit-report"),
            Self::Export(Export::Report(Profile::Full)) => format!("{stem}-gap-report"),
            Self::Export(Export::Tracker) => format!("{stem}-tracker"),
            Self::Export(Export::Diagram(_)) => format!("{stem}-diagram"),
            Self::Export(Export::Tables) => format!("{stem}-tables"),
            Self::Export(Export::Comparison) => format!("{stem}-comparison"),
            Self::Export(Export::Minutes(_)) => format!("{stem}-minutes"),
            Self::Open
            | Self::ImportTables
            | Self::ImportAssets
            | Self::ImportHazop
            | Self::Compare
            | Self::ImportDrawing
            | Self::SaveAs => stem.to_owned(),
            Self::Evidence => return String::new(),
        };
        match self.extensions().first() {
            Some(extension) => format!("{name}.{extension}"),
            None => name,
        }
    }

    /// What an ending stands for, for people.
    fn format(ending: &str) -> &str {
        match ending {
            "svg" => "SVG",
            "png" => "PNG",
            "pdf" => "PDF",
            "drawio" => "draw.io",
            "graphml" => "GraphML (yEd)",
            "xlsx" => "Excel workbook",
            "csv" => "CSV",
            "json" => "JSON",
            other => other,
        }
    }

    /// Why a file can't be written there, where its ending is that of a format which we do not write.
    fn refusal(self, path: &Path) -> Option<String> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        let extensions = self.extensions();
        let is_foreign = DRAWINGS.contains(&ending.as_str()) || OTHER_FORMATS.contains(&ending.as_str());
        let is_refused =
            self.is_written() && !extensions.is_empty() && is_foreign && !extensions.contains(&ending.as_str());
        let endings: Vec<String> = extensions.iter().map(|it| format!(".{it}")).collect();
        is_refused.then(|| format!("This is not written as .{ending}, but as {}.", endings.join(", ")))
    }

    /// The path with the usual ending where it has none of the allowed.
    pub fn with_extension(self, path: PathBuf) -> PathBuf {
        let extensions = self.extensions();
        let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extensions.first() {
            Some(usual) if self.adds_extension() && !extensions.contains(&ending.as_str()) => {
                let mut name = path.into_os_string();
                name.push(".");
                name.push(usual);
                name.into()
            }
            _ => path,
        }
    }
}

/// Endings of drawings of other tools.
const DRAWINGS: &[&str] = &[
    "drawio", "graphml", "vsdx", "otm", "xml", "json", "yaml", "yml", "dio", "svg", "png", "vsdm", "vdx", "vsd",
    "csetd", "html", "graphmlz",
];

/// Endings that name a format, beside drawings and what we write.
const OTHER_FORMATS: &[&str] = &[
    "pdf",
    "xlsx",
    "xls",
    "csv",
    "docx",
    "doc",
    "pptx",
    "ppt",
    "odt",
    "ods",
    "odg",
    "txt",
    "zip",
    "jpg",
    "jpeg",
    "gif",
    "bmp",
    "tif",
    "tiff",
    "webp",
    "emf",
    "wmf",
    "eps",
    "dxf",
    "dwg",
    "vsdx",
    "zonewright",
];

/// A question for a file under way.
pub struct Choosing {
    pub purpose: Purpose,
    way: Way,
}

enum Way {
    Desktop { task: Task<Option<PathBuf>>, begun: Instant, folder: PathBuf, name: String },
    Window(Browser),
}

/// What came of a question.
pub enum Chosen {
    /// It goes on.
    Waiting,
    /// Nothing was chosen.
    Cancelled,
    /// This was chosen.
    Path(PathBuf),
}

/// A desktop that answers faster than this has shown no dialog.
const TOO_QUICK: Duration = Duration::from_millis(400);

impl Choosing {
    /// Asks. `near` is a file or folder to begin at, `stem` a name to suggest.
    pub fn begin(ctx: &EguiContext, chooser: Chooser, purpose: Purpose, near: Option<&Path>, stem: &str) -> Self {
        let folder = near
            .map(|near| if near.is_dir() { near } else { near.parent().unwrap_or(near) })
            .filter(|folder| folder.is_dir())
            .map_or_else(home, Path::to_owned);
        let name = purpose.suggested_name(stem);
        let way = match chooser {
            Chooser::Window => Way::Window(Browser::new(purpose, folder, name)),
            Chooser::Desktop => {
                let dialog = desktop_dialog(purpose, &folder, &name);
                let wake = ctx.clone();
                let task =
                    Task::spawn(purpose.title(), move || wake.request_repaint(), move |_| pollster::block_on(dialog));
                Way::Desktop { task, begun: Instant::now(), folder, name }
            }
        };
        Self { purpose, way }
    }

    /// Shows what is to be shown, and tells what came of it.
    pub fn show(&mut self, ctx: &EguiContext) -> Chosen {
        let answer = match &mut self.way {
            Way::Window(browser) => return browser.show(ctx),
            Way::Desktop { task, begun, .. } => match task.poll() {
                Poll::Running => return Chosen::Waiting,
                Poll::Done(Some(path)) => match self.purpose.refusal(&path) {
                    None => return Chosen::Path(self.purpose.with_extension(path)),
                    Some(problem) => {
                        // the window asks again, and says why
                        let folder = path.parent().map_or_else(home, Path::to_owned);
                        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        let mut browser = Browser::new(self.purpose, folder, name);
                        browser.problem = Some(problem);
                        self.way = Way::Window(browser);
                        ctx.request_repaint();
                        return Chosen::Waiting;
                    }
                },
                Poll::Done(None) if begun.elapsed() >= TOO_QUICK => return Chosen::Cancelled,
                Poll::Done(None) | Poll::Lost => Chosen::Waiting,
            },
        };
        if let Way::Desktop { folder, name, .. } = &self.way {
            self.way = Way::Window(Browser::new(self.purpose, folder.clone(), name.clone()));
            ctx.request_repaint();
        }
        answer
    }
}

fn home() -> PathBuf {
    etcetera::home_dir().ok().or_else(|| std::env::current_dir().ok()).unwrap_or_else(|| PathBuf::from("."))
}

type Answer = std::pin::Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

fn desktop_dialog(purpose: Purpose, folder: &Path, name: &str) -> Answer {
    let mut dialog = rfd::AsyncFileDialog::new().set_title(purpose.title()).set_directory(folder);
    if !purpose.extensions().is_empty() {
        dialog = dialog.add_filter(purpose.extensions().join(", "), purpose.extensions());
    }
    if purpose.is_written() && !purpose.is_folder() {
        dialog = dialog.set_file_name(name);
    }
    Box::pin(async move {
        let chosen = match (purpose.is_folder(), purpose.is_written()) {
            (true, _) => dialog.pick_folder().await,
            (false, true) => dialog.save_file().await,
            (false, false) => dialog.pick_file().await,
        };
        chosen.map(|file| file.path().to_owned())
    })
}

/// A dialog inside the window.
struct Browser {
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
    fn new(purpose: Purpose, folder: PathBuf, name: String) -> Self {
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

    fn show(&mut self, ctx: &EguiContext) -> Chosen {
        let mut chosen = Chosen::Waiting;
        let modal = super::widgets::dialog(ctx, "file chooser").show(ctx, |ui| {
            ui.set_width(super::widgets::dialog_width(ui, 560.0));
            let height = super::widgets::dialog_height(ui, 260.0);
            ui.label(super::theme::title(self.purpose.title()));
            ui.label(RichText::new(self.folder.display().to_string()).weak());
            let (mut go_to, mut takes) = (None, false);
            super::widgets::scrolls_from(height).auto_shrink([false, false]).show(ui, |ui| {
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
                super::widgets::take_keys(ui, &field, stem.chars().count());
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
        if super::widgets::is_left(&modal, is_typed) && matches!(chosen, Chosen::Waiting) {
            return Chosen::Cancelled;
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

    #[test]
    fn a_name_gets_the_ending_it_lacks() {
        let diagram = Purpose::Export(Export::Diagram(crate::ui::action::Extent::All));
        assert_eq!(diagram.with_extension("plant.png".into()), Path::new("plant.png"));
        assert_eq!(diagram.with_extension("plant".into()), Path::new("plant.svg"));
        assert_eq!(diagram.with_extension("plant v1.2".into()), Path::new("plant v1.2.svg"));
        assert_eq!(Purpose::Export(Export::Tables).with_extension("folder".into()), Path::new("folder"));
    }

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
