//! What becomes of files that are dropped on the window, and what is said while they are held over it.

use std::path::Path;

use egui::Context as EguiContext;

use super::App;
use crate::exchange::drawings::DrawingKind;
use crate::store;
use crate::ui::action::{FileAction, View};
use crate::ui::theme;

/// What a dropped file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    /// A project to be opened.
    Project,
    /// A drawing to be imported.
    Drawing,
    /// A table of assets.
    Assets,
    /// A worksheet of a HAZOP.
    Hazop,
    /// A picture or a document: it proves an answer, and none is looked at.
    Proof,
}

/// Where a document would go.
const PROOF: &str = "a picture or document is dropped on the answer that it proves, under Requirements; a drawing of another tool on the diagram";

impl Meant {
    /// By the file's ending, and by what is done at the moment.
    fn of(path: &Path, view: Option<View>) -> Self {
        let Some(ending) = path.extension().map(|it| it.to_string_lossy().to_lowercase()) else { return Self::Project };
        let draws = |it: &DrawingKind| it.endings().contains(&ending.as_str());
        match (ending.as_str(), view) {
            (store::EXTENSION, _) => Self::Project,
            (_, None) => Self::Drawing,
            (it, Some(View::Risk)) if is_table(it) => Self::Hazop,
            (it, _) if is_table(it) => Self::Assets,
            (_, Some(View::Diagram)) => Self::Drawing,
            // these hold a drawing now and then, and are pictures or pages to everybody else
            ("png" | "svg" | "html", _) => Self::Proof,
            _ if DrawingKind::ALL.iter().any(draws) => Self::Drawing,
            _ => Self::Proof,
        }
    }

    /// What is said while it is held over the window.
    fn words(self) -> String {
        match self {
            Self::Project => "Drop to open".to_owned(),
            Self::Drawing => "Drop to import as a drawing".to_owned(),
            Self::Assets => "Drop to import assets".to_owned(),
            Self::Hazop => "Drop to import consequences of a HAZOP".to_owned(),
            Self::Proof => format!("Not taken here: {PROOF}"),
        }
    }
}

fn is_table(ending: &str) -> bool {
    matches!(ending, "csv" | "tsv" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods")
}

impl App {
    /// Takes a file that was dropped on the window; evidence was taken before.
    pub(super) fn take_dropped(&mut self, ctx: &EguiContext) {
        let view = self.session.as_ref().map(|_| self.view);
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            match Meant::of(&path, view) {
                Meant::Project => self.ask_file(ctx, FileAction::OpenPath(path)),
                Meant::Drawing => self.ask_file(ctx, FileAction::ImportDrawingPath(path)),
                Meant::Assets => self.ask_file(ctx, FileAction::ImportAssetsPath(path)),
                Meant::Hazop => self.ask_file(ctx, FileAction::ImportHazopPath(path)),
                Meant::Proof => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    self.inform(format!("{name} was not taken: {PROOF}"));
                }
            }
            return;
        }
        let held = ctx.input(|input| input.raw.hovered_files.first().and_then(|it| it.path.clone()));
        if let Some(path) = held.filter(|_| self.looked_at().is_empty()) {
            tell_over_the_window(ctx, &Meant::of(&path, view).words());
        }
    }
}

/// Says in the middle of the window what becomes of what is held over it.
pub(super) fn tell_over_the_window(ctx: &EguiContext, words: &str) {
    let palette = theme::palette(ctx);
    egui::Area::new(egui::Id::unique("file held over the window"))
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .order(egui::Order::Foreground)
        .interactable(false)
        .show(ctx, |ui| {
            let edge = egui::Stroke::new(2.0, theme::color32(palette.accent));
            egui::Frame::popup(ui.style()).inner_margin(24).stroke(edge).show(ui, |ui| {
                ui.set_max_width(420.0);
                ui.label(theme::title(words));
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_file_goes_where_people_expect_it() {
        let meant = |name: &str, view: Option<View>| Meant::of(Path::new(name), view);
        for view in [None, Some(View::Diagram), Some(View::Risk)] {
            assert_eq!(meant("works.zonewright", view), Meant::Project);
            assert_eq!(meant("plant.VSDX", view), Meant::Drawing, "{view:?}");
        }
        assert_eq!(meant("photo.png", Some(View::Diagram)), Meant::Drawing, "draw.io keeps drawings in pictures");
        assert_eq!(meant("photo.png", Some(View::Risk)), Meant::Proof);
        assert_eq!(meant("policy.pdf", Some(View::Scope)), Meant::Proof);
        assert_eq!(meant("study.xlsx", Some(View::Risk)), Meant::Hazop);
        assert_eq!(meant("assets.csv", Some(View::Diagram)), Meant::Assets);
        assert_eq!(meant("threats.otm", Some(View::Scope)), Meant::Drawing);
    }
}
