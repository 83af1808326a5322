//! Templates and parts: carrying out what is asked about them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context as EguiContext, Ui};

use super::{App, Notice};
use crate::edit::Fragment;
use crate::model::{Project, ProjectInfo, Subject};
use crate::store::{self, StoreError};
use crate::templates::without_assessment;
use crate::ui::action::Action;
use crate::ui::library::{Ask, Gallery, LibraryAction};
use crate::ui::theme;
use crate::ui::widgets::capital;

/// What is said where the system names no place for preferences.
const NO_PLACE: &str = "This system names no folder for settings, so there is no place to keep templates and parts. \
                        Set ZONEWRIGHT_CONFIG to a folder and start again.";

impl App {
    /// Does what is asked about templates and parts.
    pub(super) fn ask_library(&mut self, ctx: &EguiContext, action: LibraryAction) {
        match action {
            LibraryAction::Gallery(true) => {
                (self.finder, self.shows_help, self.shows_about) = (None, false, false);
                self.open_gallery(ctx);
            }
            LibraryAction::Gallery(false) => self.library.gallery = None,
            LibraryAction::SaveTemplate => {
                if let Some(session) = &self.session {
                    self.library.begin(ctx, Ask::SaveTemplate(super::show::project_name(session)));
                }
            }
            LibraryAction::ShowTemplates => self.show_folder(ctx, store::templates_folder),
            LibraryAction::ShowParts => self.show_folder(ctx, store::parts_folder),
            LibraryAction::KeepPart(subjects) => self.ask_part_name(ctx, &subjects),
            LibraryAction::KeepSelection => self.ask_part_name(ctx, &self.selection.subjects.clone()),
            LibraryAction::Ask(ask) => self.library.begin(ctx, ask),
            LibraryAction::Answer(ask) => {
                self.library.ask = None;
                self.answer(ctx, ask);
            }
            LibraryAction::Leave => self.library.ask = None,
            LibraryAction::Say(text) => self.inform(text),
        }
    }

    /// Shows what lies over the window.
    pub(super) fn show_library(&mut self, ui: &Ui) {
        let palette = theme::palette(ui.ctx());
        if let Some(gallery) = &mut self.library.gallery {
            gallery.show(ui, palette, &self.actions);
        }
        if let Some(ask) = &mut self.library.ask {
            ask.show(ui, palette, &self.library.proposed, &self.actions);
            self.library.keep(ui.ctx());
        }
    }

    fn open_gallery(&mut self, ctx: &EguiContext) {
        self.library.gallery = Some(Gallery::open(ctx, self.preferences_file.clone()));
    }

    fn show_folder(&mut self, ctx: &EguiContext, folder: impl Fn(&Path) -> PathBuf) {
        match self.preferences_file.as_deref().map(folder) {
            None => self.error(NO_PLACE),
            Some(folder) => match store::make_folder(&folder) {
                Ok(()) => self.perform(ctx, Action::Reveal(folder)),
                Err(error) => self.error(capital(&error.to_string())),
            },
        }
    }

    fn ask_part_name(&mut self, ctx: &EguiContext, subjects: &[Subject]) {
        let Some(session) = &self.session else { return };
        let part = Fragment::of(session.project(), &subjects.iter().copied().collect());
        if part.zones.is_empty() && part.assets.is_empty() {
            self.error("Select zones or assets in the diagram first; then they can be kept as a part.");
            return;
        }
        let zone = part.zones.values().find(|it| it.parent.is_none()).map(|it| &it.name);
        let name = zone.or_else(|| part.assets.values().next().map(|it| &it.name)).cloned().unwrap_or_default();
        self.library.begin(ctx, Ask::KeepPart(name, Box::new(part)));
    }

    fn answer(&mut self, ctx: &EguiContext, ask: Ask) {
        let Some(preferences) = self.preferences_file.clone() else {
            self.error(NO_PLACE);
            return;
        };
        let parts = store::parts_folder(&preferences);
        let heading = ask.heading();
        let done = match ask {
            Ask::SaveTemplate(name) => self.save_template(&preferences, name.trim()),
            Ask::KeepPart(name, part) => {
                let saved = store::save_part(&part.kept_as(&name), &parts, None);
                saved.map(|_| self.inform(format!("Kept {} among your parts", name.trim())))
            }
            Ask::RenamePart(name, path, mut part) => {
                name.trim().clone_into(&mut part.name);
                store::save_part(&part, &parts, Some(&path)).map(|_| ())
            }
            Ask::DeletePart(name, path) => store::delete(&path).map(|()| self.inform(format!("Deleted part {name}"))),
            Ask::DeleteTemplate(name, path) => {
                store::delete(&path).map(|()| self.inform(format!("Deleted template {name}")))
            }
        };
        match done {
            Ok(()) => self.library.given(ctx, heading),
            Err(error) => self.error(capital(&error.to_string())),
        }
        self.library.parts.forget();
        if self.library.gallery.is_some() {
            self.open_gallery(ctx);
        }
    }

    fn save_template(&mut self, preferences: &Path, name: &str) -> Result<(), StoreError> {
        let Some(session) = &self.session else { return Ok(()) };
        let kept = without_assessment(session.project());
        let info = ProjectInfo { title: name.to_owned(), ..ProjectInfo::default() };
        let template = Project { info: Arc::new(info), ..kept };
        let path = store::free_place(&store::templates_folder(preferences), name, store::EXTENSION)?;
        store::save(&template, &path)?;
        let text = format!("Saved \"{name}\" among your templates: the plant, without its assessment.");
        self.notice = Some(Notice::written(text, path));
        Ok(())
    }
}
