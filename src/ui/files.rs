//! Choosing files: the desktop's own dialog, or one in the window where the desktop has none.

mod browser;
mod purpose;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::Context as EguiContext;

use browser::Browser;
pub use purpose::Purpose;

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
    /// Asks. `near` is a folder to begin in, `stem` a name to suggest.
    pub fn begin(ctx: &EguiContext, chooser: Chooser, purpose: Purpose, near: Option<&Path>, stem: &str) -> Self {
        let folder = near.filter(|it| it.is_dir()).map_or_else(home, Path::to_owned);
        let name = purpose.suggested_name(stem);
        let way = match chooser {
            Chooser::Window => Way::Window(Browser::new(purpose, folder, name).begun(ctx)),
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
                        browser.tell(problem);
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
            self.way = Way::Window(Browser::new(self.purpose, folder.clone(), name.clone()).begun(ctx));
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
