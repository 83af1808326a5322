//! The first page: recent projects, samples, a new project.

use std::path::PathBuf;

use egui::{RichText, ScrollArea, Ui};

use crate::drawing::palette::Palette;
use crate::samples::{SAMPLES, Sample};
use crate::text::Face;
use crate::ui::action::{Action, Actions, FileAction};
use crate::ui::library::LibraryAction;
use crate::ui::theme::{font, strong, title};
use crate::ui::widgets::{card, follow_focus, primary_button};

/// Shows it.
pub fn start(ui: &mut Ui, palette: &Palette, recent: &[PathBuf], actions: &Actions) {
    let file = |action: FileAction| actions.send(Action::File(action));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let width = 860.0_f32.min(ui.available_width() - 40.0);
        let side = ((ui.available_width() - width) / 2.0).max(0.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(48.0);
                ui.label(RichText::new("Zonewright").font(font(Face::SemiBold, 34.0)));
                ui.label(RichText::new("Draw the plant, set the targets, answer the requirements, hand over the plan and the report. Offline, in one file.").size(15.0).weak());
                ui.add_space(18.0);
                ui.horizontal_wrapped(|ui| {
                    if primary_button(ui, palette, "New project").clicked() {
                        file(FileAction::New);
                    }
                    if ui.button("New from template…").clicked() {
                        actions.send(Action::Library(LibraryAction::Gallery(true)));
                    }
                    if ui.button("Open project…").clicked() {
                        file(FileAction::Open);
                    }
                    if ui.button("Import a drawing…").on_hover_text("draw.io, yEd (GraphML), Visio, Open Threat Model, CSET").clicked() {
                        file(FileAction::ImportDrawing);
                    }
                    if ui.button("Import a folder of tables…").clicked() {
                        file(FileAction::ImportTables);
                    }
                });
                ui.add_space(26.0);
                ui.label(title("Begin with a typical plant"));
                ui.label(RichText::new("Zones, conduits, assets and proposed SL-T of your sector, to be made yours.").weak());
                ui.add_space(4.0);
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
                    for template in crate::templates::built_in() {
                        if ui.button(&template.title).on_hover_text(&template.story).clicked() {
                            file(FileAction::OpenTemplate(Box::new(template.clone())));
                        }
                    }
                });
                ui.add_space(26.0);
                ui.label(title("Open a sample"));
                ui.label(RichText::new("Complete assessments of invented plants, to look around in and to try things on.").weak());
                ui.add_space(4.0);
                let beside = if width < 620.0 { 1 } else { SAMPLES.len() };
                for (row, samples) in SAMPLES.chunks(beside).enumerate() {
                    ui.columns(beside, |columns| {
                        for ((place, sample), ui) in samples.iter().enumerate().zip(columns) {
                            if sample_card(ui, palette, sample, beside > 1) {
                                file(FileAction::OpenSample(row * beside + place));
                            }
                        }
                    });
                }
                if !recent.is_empty() {
                    ui.add_space(26.0);
                    ui.label(title("Recent projects"));
                    for path in recent {
                        ui.horizontal_wrapped(|ui| {
                            let name = path.file_stem().unwrap_or_default().to_string_lossy();
                            if ui.link(strong(name)).clicked() {
                                file(FileAction::OpenPath(path.clone()));
                            }
                            let folder = path.parent().map(|it| it.display().to_string()).unwrap_or_default();
                            ui.label(RichText::new(folder).small().weak());
                            if ui.small_button("Forget").clicked() {
                                file(FileAction::Forget(path.clone()));
                            }
                        });
                    }
                }
            });
        });
        follow_focus(ui);
    });
}

/// A sample as a card; whether it is to be opened.
fn sample_card(ui: &mut Ui, palette: &Palette, sample: &Sample, is_in_line: bool) -> bool {
    card(ui, palette, |ui| {
        ui.set_width(ui.available_width());
        ui.label(strong(sample.title));
        ui.scope(|ui| {
            if is_in_line {
                // the same height for all, so that the buttons stand in one line
                ui.set_min_height(64.0);
            }
            ui.label(RichText::new(sample.story).weak());
        });
        ui.button("Open").accessible_name(format!("Open sample {}", sample.title)).clicked()
    })
}
