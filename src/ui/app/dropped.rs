//! What becomes of files that are dropped on the window, and what is said while they are held over it.

use std::path::{Path, PathBuf};

use egui::Context as EguiContext;

use super::{App, Notice};
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
    /// Takes the first file that has a place of those that were dropped on the window, and tells
    /// which were left; evidence was taken before.
    pub(super) fn take_dropped(&mut self, ctx: &EguiContext) {
        let view = self.session.as_ref().map(|_| self.view);
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            let (taken, left) = first_of(&dropped, view);
            match taken {
                Some((Meant::Project, path)) => self.ask_file(ctx, FileAction::OpenPath(path)),
                Some((Meant::Drawing, path)) => self.ask_file(ctx, FileAction::ImportDrawingPath(path)),
                Some((Meant::Assets, path)) => self.ask_file(ctx, FileAction::ImportAssetsPath(path)),
                Some((Meant::Hazop, path)) => self.ask_file(ctx, FileAction::ImportHazopPath(path)),
                Some((Meant::Proof, _)) | None => (),
            }
            if let Some(text) = left {
                self.notice = Some(Notice::good(text));
            }
            return;
        }
        let held = ctx.input(|input| input.raw.hovered_files.first().and_then(|it| it.path.clone()));
        if let Some(path) = held.filter(|_| self.looked_at().is_empty()) {
            tell_over_the_window(ctx, &Meant::of(&path, view).words());
        }
    }
}

/// The file to be taken of several that were dropped, and what is said of those that are left.
fn first_of(dropped: &[PathBuf], view: Option<View>) -> (Option<(Meant, PathBuf)>, Option<String>) {
    let mut each = dropped.iter().map(|path| (Meant::of(path, view), path));
    let taken = each.find(|(meant, _)| *meant != Meant::Proof);
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_left = |path: &&PathBuf| taken.is_none_or(|(_, it)| it != *path);
    let (proofs, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
        dropped.iter().filter(is_left).partition(|it| Meant::of(it, view) == Meant::Proof);
    let were = |left: &[&PathBuf]| {
        let names: Vec<String> = left.iter().copied().map(name).collect();
        format!("{} {} not taken", names.join(", "), if left.len() == 1 { "was" } else { "were" })
    };
    let mut told = Vec::new();
    if !others.is_empty() {
        let first = taken.map_or(String::new(), |(_, path)| name(path));
        told.push(format!(
            "{}: one file at a time is, and {first} is the first. Drop the others after it",
            were(&others)
        ));
    }
    if !proofs.is_empty() {
        told.push(format!("{}: {PROOF}", were(&proofs)));
    }
    (taken.map(|(meant, path)| (meant, path.clone())), (!told.is_empty()).then(|| told.join(". ")))
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
    fn of_several_files_the_first_is_taken_and_the_others_are_named() {
        let dropped = |names: &[&str], view: View| {
            let paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
            first_of(&paths, Some(view))
        };
        assert_eq!(dropped(&["a.csv"], View::Scope), (Some((Meant::Assets, "a.csv".into())), None));
        let (taken, left) = dropped(&["policy.pdf", "a.csv", "b.csv"], View::Scope);
        assert_eq!(taken, Some((Meant::Assets, "a.csv".into())), "the first that has a place");
        let left = left.unwrap();
        assert!(left.starts_with("b.csv was not taken: one file at a time is, and a.csv is the first"), "{left}");
        assert!(left.contains("policy.pdf was not taken: a picture or document is dropped"), "{left}");
        let (taken, left) = dropped(&["one.pdf", "two.pdf"], View::Scope);
        assert!(taken.is_none() && left.unwrap().starts_with("one.pdf, two.pdf were not taken"));
        let (taken, left) = dropped(&["one.zonewright", "two.zonewright"], View::Diagram);
        assert_eq!(taken, Some((Meant::Project, "one.zonewright".into())));
        assert!(left.unwrap().starts_with("two.zonewright was not taken"));
    }

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
