//! Questions about templates and parts: what to call them, and whether to delete them.

use std::path::PathBuf;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{RichText, TextEdit, Ui};

use super::LibraryAction;
use crate::drawing::palette::Palette;
use crate::edit::Fragment;
use crate::ui::action::{Action, Actions};
use crate::ui::theme::title;
use crate::ui::widgets::{dialog, dialog_width, is_below_dialog, is_left, primary_button};

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// What to call the open project as a template.
    SaveTemplate(String),
    /// What to call a part to keep.
    KeepPart(String, Box<Fragment>),
    /// What to call a part that is kept.
    RenamePart(String, PathBuf, Box<Fragment>),
    /// Whether to delete a part of this name.
    DeletePart(String, PathBuf),
    /// Whether to delete a template of this title.
    DeleteTemplate(String, PathBuf),
}

impl Ask {
    /// What stands above the question.
    pub fn heading(&self) -> &'static str {
        match self {
            Self::SaveTemplate(_) => "Save as template",
            Self::KeepPart(..) => "Keep as part",
            Self::RenamePart(..) => "Rename part",
            Self::DeletePart(..) => "Delete this part?",
            Self::DeleteTemplate(..) => "Delete this template?",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::SaveTemplate(_) => "Kept: zones, conduits, assets, flows, notes and views, SL-T with their reasons, the text of the scope, the risk matrix.\nLeft out: answers, evidence, risks, actions, acceptances, registers, people, documents, dates and network addresses.".to_owned(),
            Self::KeepPart(_, part) => {
                format!("{}, with SL-T and flows, without answers and network addresses.", contents(part))
            }
            Self::RenamePart(..) => "Copies in projects keep their names.".to_owned(),
            Self::DeletePart(name, _) => format!("\"{name}\" is taken out of your parts. Copies in projects stay."),
            Self::DeleteTemplate(name, _) => {
                format!("\"{name}\" is taken out of your templates. Projects that began with it stay.")
            }
        }
    }

    fn button(&self) -> &'static str {
        match self {
            Self::SaveTemplate(_) => "Save",
            Self::KeepPart(..) => "Keep",
            Self::RenamePart(..) => "Rename",
            Self::DeletePart(..) | Self::DeleteTemplate(..) => "Delete",
        }
    }

    pub(super) fn name(&mut self) -> Option<&mut String> {
        match self {
            Self::SaveTemplate(name) | Self::KeepPart(name, _) | Self::RenamePart(name, ..) => Some(name),
            Self::DeletePart(..) | Self::DeleteTemplate(..) => None,
        }
    }

    /// Shows the question, which began with a name.
    pub fn show(&mut self, ui: &Ui, palette: &Palette, proposed: &str, actions: &Actions) {
        let send = |action| actions.send(Action::Library(action));
        let mut answered = false;
        let modal = dialog(ui.ctx(), "library question").show(ui.ctx(), |ui| {
            ui.set_width(dialog_width(ui, 440.0));
            ui.label(title(self.heading()));
            ui.label(RichText::new(self.text()).weak());
            ui.add_space(6.0);
            let mut is_named = true;
            if let Some(name) = self.name() {
                let label = ui.label("Name");
                let field = TextEdit::singleline(name).desired_width(f32::INFINITY).char_limit(80);
                let field = ui.add(field).labelled_by(label.id);
                // Enter takes the keyboard away from the field: asked before that is given back
                answered |= field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                if ui.memory(|memory| memory.focused().is_none()) && !is_below_dialog(ui) {
                    field.request_focus();
                    // what is proposed is typed on, wherever the last name was left
                    let mut state = TextEditState::load(ui.ctx(), field.id).unwrap_or_default();
                    let end = CCursor::new(name.chars().count());
                    state.cursor.set_char_range(Some(CCursorRange::one(end)));
                    state.store(ui.ctx(), field.id);
                }
                is_named = !name.trim().is_empty();
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let button = ui.add_enabled_ui(is_named, |ui| primary_button(ui, palette, self.button())).inner;
                if self.name().is_none() && ui.memory(|memory| memory.focused().is_none()) {
                    button.request_focus();
                }
                answered = (answered || button.clicked()) && is_named;
                if ui.button("Cancel").clicked() {
                    send(LibraryAction::Leave);
                }
            });
        });
        if answered {
            send(LibraryAction::Answer(self.clone()));
        } else if is_left(&modal, self.name().is_some_and(|it| it != proposed)) {
            send(LibraryAction::Leave);
        }
    }
}

/// "2 zones, 1 conduit, 7 assets": what a part holds.
pub fn contents(part: &Fragment) -> String {
    let counts = [(part.zones.len(), "zone"), (part.conduits.len(), "conduit"), (part.assets.len(), "asset")];
    let words = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<_> =
        words.map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" })).collect();
    words.join(", ")
}
