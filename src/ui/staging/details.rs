//! What is known of the selected shape, and what the user says instead.

use std::collections::BTreeSet;

use egui::{ComboBox, RichText, ScrollArea, TextEdit, Ui};

use super::{StagingScreen, colors};
use crate::catalogue::Catalogue;
use crate::drawing::palette::Palette;
use crate::exchange::drawings::staging::{At, Choice, Role, Understood};
use crate::model::{PurdueLevel, Trust};
use crate::ui::theme::strong;
use crate::ui::views::counted;
use crate::ui::widgets::{chip, fact};

impl StagingScreen {
    pub(super) fn details(&mut self, ui: &mut Ui, palette: &Palette) {
        ScrollArea::vertical().id_salt("staging details").auto_shrink([false, false]).show(ui, |ui| {
            let selected = self.selected.clone();
            let first = selected.first().and_then(|at| Some((*at, self.staging.understood(*at)?.clone())));
            let Some((at, understood)) = first else {
                ui.label(strong("Nothing selected"));
                ui.label(RichText::new(HELP).weak());
                return;
            };
            if selected.len() == 1 {
                let name = if understood.name.is_empty() { "Without a name" } else { &understood.name };
                ui.label(strong(name));
                ui.horizontal_wrapped(|ui| {
                    chip(ui, understood.role.word(), colors(palette, understood.role));
                    ui.label(RichText::new(&understood.reason).weak());
                });
            } else {
                ui.label(strong(counted(selected.len(), "shape", "shapes")));
                ui.label(RichText::new("What you set here holds for all of them.").weak());
            }
            ui.add_space(6.0);
            self.roles(ui, &selected, &understood);
            ui.add_space(6.0);
            self.fields(ui, &selected, at, &understood);
            if selected.len() == 1 {
                self.facts(ui, at, &understood);
            }
            ui.add_space(8.0);
            let is_changed = selected.iter().any(|at| self.staging.choice(*at) != Choice::default());
            ui.add_enabled_ui(is_changed, |ui| {
                if ui.button("As it was understood").on_hover_text("Take back what you set here").clicked() {
                    self.change(&selected, |choice| *choice = Choice::default());
                }
            });
        });
    }

    fn roles(&mut self, ui: &mut Ui, selected: &BTreeSet<At>, first: &Understood) {
        let same = selected.iter().all(|at| self.staging.understood(*at).is_some_and(|it| it.role == first.role));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for role in Role::ALL {
                let key = super::key(role).name();
                let button = egui::Button::selectable(same && role == first.role, role.word());
                if ui.add(button).on_hover_text(format!("Key {key}")).clicked() {
                    self.set_role(selected, role);
                }
            }
        });
    }

    fn fields(&mut self, ui: &mut Ui, selected: &BTreeSet<At>, at: At, first: &Understood) {
        if selected.len() == 1 && matches!(first.role, Role::Zone | Role::Asset) {
            let label = ui.label(RichText::new("Name").weak());
            let mut name = first.name.clone();
            let field = TextEdit::singleline(&mut name).desired_width(f32::INFINITY).id_salt(("name", at));
            if ui.add(field).labelled_by(label.id).changed() {
                self.step(Some(at));
                self.staging.choose([at], |choice| choice.name = Some(name.clone()));
            }
        }
        match first.role {
            Role::Zone => {
                let level = choice(ui, "Purdue level", first.purdue, levels(), |it| {
                    it.map_or("None".to_owned(), |it| it.to_string())
                });
                if let Some(level) = level {
                    self.change(selected, |choice| choice.purdue = Some(level));
                }
                let trust = choice(ui, "Trust", first.trust, Trust::ALL.iter().copied(), |it| it.to_string());
                if let Some(trust) = trust {
                    self.change(selected, |choice| choice.trust = Some(trust));
                }
            }
            Role::Asset => {
                let types = Catalogue::embedded().asset_types();
                let kinds = std::iter::once("").chain(types.iter().map(|it| it.id.as_str()));
                let name = |kind: &str| match Catalogue::embedded().asset_type(kind) {
                    Some(known) => known.name.clone(),
                    None => "Not known".to_owned(),
                };
                if let Some(kind) = choice(ui, "Type", first.kind.as_str(), kinds, name) {
                    self.change(selected, |choice| choice.kind = Some(kind.to_owned()));
                }
            }
            Role::Conduit | Role::Note | Role::Nothing => (),
        }
    }

    fn facts(&self, ui: &mut Ui, at: At, understood: &Understood) {
        let Some(shape) = self.staging.shape(at) else { return };
        ui.add_space(8.0);
        if let Some(zone) = understood.zone.and_then(|it| self.staging.understood(it)) {
            let name = if zone.name.is_empty() { "a zone without a name" } else { &zone.name };
            fact(ui, "Lies in", name);
        } else if matches!(understood.role, Role::Asset) {
            fact(ui, "Lies in", "no zone");
        }
        fact(ui, "Looks", if shape.hint.is_empty() { "a shape" } else { &shape.hint });
        if !shape.text.is_empty() && shape.text != understood.name {
            ui.label(RichText::new("Text").weak());
            ui.label(&shape.text);
        }
        for (name, field) in shape.details.iter().take(30) {
            fact(ui, name, field);
        }
    }
}

const HELP: &str = "Click a shape or a kind of shapes to see what it is taken for and why. Shift adds, a drag selects \
                    several. Z, A, C, N and X make what is selected a zone, an asset, a conduit, a note or nothing.";

fn levels() -> impl Iterator<Item = Option<PurdueLevel>> {
    std::iter::once(None).chain(PurdueLevel::ALL.iter().rev().copied().map(Some))
}

/// A choice of several under its label; answers what was chosen anew.
fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    value: T,
    choices: impl Iterator<Item = T>,
    word: impl Fn(T) -> String,
) -> Option<T> {
    let mut chosen = value;
    let id = ui.label(RichText::new(label).weak()).id;
    ComboBox::from_id_salt(label)
        .selected_text(word(value))
        .width(ui.available_width().min(240.0))
        .truncate()
        .show_ui(ui, |ui| {
            for it in choices {
                ui.selectable_value(&mut chosen, it, word(it));
            }
        })
        .response
        .labelled_by(id);
    (chosen != value).then_some(chosen)
}
