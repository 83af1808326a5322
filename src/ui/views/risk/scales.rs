//! The matrix itself: words of the scales, levels of the cells, the tolerable line, and the
//! SL-T that follows from a consequence.

use egui::{Key, Modifiers, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::resize::{self, Asked};
use crate::drawing::risk_level::risk_colors;
use crate::edit::Edit;
use crate::hands::rate::name;
use crate::model::{Color, LevelStyle, RiskLevel, RiskMatrix, SecurityLevel, Settings, SlDerivation};
use crate::text::Face;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font, strong};
use crate::ui::views::counted;
use crate::ui::widgets::{capital, card, cell, chip, is_below_dialog, presses, risk_chip, risk_word, section};

/// What the editor remembers.
#[derive(Default)]
pub(super) struct Scales {
    /// The cell that the keys change: likelihood and consequence, counted from 0.
    cell: Option<(usize, usize)>,
    /// Another matrix that is asked for.
    asked: Option<Asked>,
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut Scales) {
    egui::ScrollArea::vertical().id_salt("scales").auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(920.0));
        section(ui, "Levels", |ui| {
            card(ui, ctx.palette, |ui| {
                ui.label(RichText::new("Click a cell, or go there with the arrows and press 1 to 4: its risk.").weak());
                levels(ui, ctx, state);
                tolerable(ui, ctx);
                for remark in ctx.project.settings.matrix.remarks() {
                    ui.horizontal_wrapped(|ui| {
                        chip(ui, "look again", (ctx.palette.warning_soft, ctx.palette.warning));
                        ui.label(format!("{remark}."));
                    });
                }
            });
        });
        section(ui, "Words and colours of the levels", |ui| styles(ui, ctx));
        section(ui, "Steps", |ui| {
            card(ui, ctx.palette, |ui| {
                resize::steps(ui, ctx, &mut state.asked);
                ui.label(RichText::new("You see first which ratings would change.").weak());
            });
        });
        let matrix = &ctx.project.settings.matrix;
        section(ui, "Consequence, the least first", |ui| {
            words(ui, ctx, "Consequence", &matrix.consequence, |it| &mut it.consequence);
        });
        section(ui, "Likelihood, the least first", |ui| {
            words(ui, ctx, "Likelihood", &matrix.likelihood, |it| &mut it.likelihood);
        });
        section(ui, "SL-T that follows from the worst consequence", |ui| derivation(ui, ctx));
        ui.add_space(14.0);
        let is_default = *matrix == RiskMatrix::default();
        let reset = ui.add_enabled(!is_default, egui::Button::new("Back to the usual matrix, 5 by 5"));
        if reset.on_hover_text("You see first which ratings would change").clicked() {
            state.asked = Some(Asked::new(RiskMatrix::default()));
        }
        ui.add_space(20.0);
        crate::ui::widgets::follow_focus(ui);
    });
    resize::ask(ui, ctx, &mut state.asked);
}

fn settings(ctx: &Context, change: impl FnOnce(&mut Settings)) -> Edit {
    let mut settings = (*ctx.project.settings).clone();
    change(&mut settings);
    Edit::Settings(settings)
}

/// The cells, each a button that goes through the levels.
fn levels(ui: &mut Ui, ctx: &Context, state: &mut Scales) {
    let matrix = &ctx.project.settings.matrix;
    let columns = matrix.consequence.len().max(1);
    let scale = ctx.palette.type_size;
    let widest = matrix.likelihood.iter().map(|it| Face::Regular.width(it, 12.5 * scale)).fold(0.0_f32, f32::max);
    let axis = (widest + 18.0).min(ui.available_width() * 0.3);
    let width = ((ui.available_width() - axis) / columns as f32 - 4.0).clamp(30.0, 120.0);
    let size = vec2(width, 30.0 * scale);
    let text = |ui: &Ui, rect: egui::Rect, words: &str, align: egui::Align2| {
        let (words, size) = fitted(Face::Regular, words, 12.5 * scale, rect.width() - 2.0);
        let at = align.pos_in_rect(&rect);
        ui.painter().text(at, align, words, font(Face::Regular, size), color32(ctx.palette.text));
    };
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    for (row, likelihood) in matrix.likelihood.iter().enumerate().rev() {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(axis - 4.0, size.y), Sense::hover());
            text(ui, rect.shrink2(vec2(6.0, 0.0)), likelihood, egui::Align2::RIGHT_CENTER);
            for (column, consequence) in matrix.consequence.iter().enumerate() {
                let level = matrix.levels.get(row).and_then(|it| it.get(column)).copied().unwrap_or_default();
                let (rect, response) = ui.allocate_exact_size(size, Sense::click());
                let word = risk_word(matrix, level);
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Button, true, format!("Level of {consequence}, {likelihood}: {word}"))
                });
                let (fill, ink) = risk_colors(ctx.palette, matrix, level);
                ui.painter().rect_filled(rect, 4.0, color32(fill));
                let (word, size) = fitted(Face::SemiBold, &word, 12.0 * scale, rect.width() - 4.0);
                let font = font(Face::SemiBold, size);
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, word, font, color32(ink));
                if state.cell == Some((row, column)) || response.has_focus() {
                    let ring = egui::Stroke::new(2.5, color32(ctx.palette.text));
                    ui.painter().rect_stroke(rect.expand(1.0), 5.0, ring, egui::StrokeKind::Outside);
                }
                if response.clicked() {
                    state.cell = Some((row, column));
                    let next = RiskLevel::ALL.iter().position(|it| *it == level).unwrap_or(0) + 1;
                    set_level(ctx, (row, column), RiskLevel::ALL.get(next % 4).copied().unwrap_or_default());
                }
            }
        });
    }
    ui.horizontal(|ui| {
        ui.allocate_exact_size(vec2(axis - 4.0, 18.0 * scale), Sense::hover());
        for consequence in &matrix.consequence {
            let (rect, _) = ui.allocate_exact_size(vec2(size.x, 18.0 * scale), Sense::hover());
            text(ui, rect, consequence, egui::Align2::CENTER_CENTER);
        }
    });
    keys(ui, ctx, state);
}

/// Words in smaller type where there is little room, and cut short only where that does not do.
fn fitted(face: Face, words: &str, size: f32, room: f32) -> (String, f32) {
    let size = size * ((room - 1.0) / face.width(words, size).max(1.0)).clamp(0.75, 1.0);
    (face.shortened(words, size, room), size)
}

fn set_level(ctx: &Context, (row, column): (usize, usize), level: RiskLevel) {
    let edit = settings(ctx, |it| {
        if let Some(cell) = it.matrix.levels.get_mut(row).and_then(|it| it.get_mut(column)) {
            *cell = level;
        }
    });
    ctx.edit(edit.named("change a level of the risk matrix"));
}

fn keys(ui: &Ui, ctx: &Context, state: &mut Scales) {
    let Some((row, column)) = state.cell else { return };
    if ui.ctx().text_edit_focused() || is_below_dialog(ui) || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let matrix = &ctx.project.settings.matrix;
    let pressed = |key: Key| presses(ui, Modifiers::NONE, key) > 0;
    let (rows, columns) = (matrix.likelihood.len().max(1), matrix.consequence.len().max(1));
    let (mut to_row, mut to_column) = (row.min(rows - 1), column.min(columns - 1));
    to_row = if pressed(Key::ArrowUp) { (to_row + 1).min(rows - 1) } else { to_row };
    to_row = if pressed(Key::ArrowDown) { to_row.saturating_sub(1) } else { to_row };
    to_column = if pressed(Key::ArrowRight) { (to_column + 1).min(columns - 1) } else { to_column };
    to_column = if pressed(Key::ArrowLeft) { to_column.saturating_sub(1) } else { to_column };
    state.cell = Some((to_row, to_column));
    for (key, level) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().zip(RiskLevel::ALL) {
        if pressed(key) {
            set_level(ctx, (to_row, to_column), *level);
        }
    }
}

/// The highest level that may stay.
fn tolerable(ui: &mut Ui, ctx: &Context) {
    let matrix = &ctx.project.settings.matrix;
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.label("Tolerable without an acceptance up to");
        for &level in RiskLevel::ALL {
            let is_line = matrix.tolerable == level;
            let word = capital(&risk_word(matrix, level));
            if ui.add(egui::Button::new(word).selected(is_line)).clicked() && !is_line {
                ctx.edit(settings(ctx, |it| it.matrix.tolerable = level).named("move the tolerable line"));
            }
        }
    });
}

/// What the project calls each level, and its colour.
fn styles(ui: &mut Ui, ctx: &Context) {
    let matrix = &ctx.project.settings.matrix;
    let change = |level: RiskLevel, change: &dyn Fn(&mut LevelStyle)| {
        let edit = settings(ctx, |it| {
            if let Some(style) = it.matrix.styles.get_mut(level as usize) {
                change(style);
            }
        });
        edit.named("change how the levels of the risk matrix look")
    };
    card(ui, ctx.palette, |ui| {
        for (&level, style) in RiskLevel::ALL.iter().zip(&matrix.styles) {
            ui.horizontal(|ui| {
                let Color(mut rgb) = matrix.level_color(level);
                let button = ui.color_edit_button_srgb(&mut rgb);
                let button = button.accessible_name(format!("Colour of {}", matrix.level_word(level)));
                if button.changed() {
                    ctx.send(Action::Type(change(level, &|it| it.color = Some(Color(rgb))), button.id));
                }
                let mut word = style.word.clone();
                let field = ui.add(TextEdit::singleline(&mut word).hint_text(level.word()).desired_width(160.0));
                let field = field.accessible_name(format!("Word for {}", level.word()));
                if field.changed() {
                    ctx.send(Action::Type(change(level, &|it| it.word.clone_from(&word)), field.id));
                }
                if field.lost_focus() {
                    ctx.send(Action::EndTyping);
                }
                cell(ui, 90.0 * ctx.palette.type_size, |ui| risk_chip(ui, ctx.palette, matrix, Some(level)));
                let is_usual = *style == LevelStyle::default();
                let usual = ui.add_enabled(!is_usual, egui::Button::new("As usual"));
                let usual = usual.accessible_name(format!("{} as usual", capital(level.word())));
                if usual.clicked() {
                    ctx.edit(change(level, &|it| *it = LevelStyle::default()));
                }
            });
        }
    });
}

/// The words of a scale.
fn words(
    ui: &mut Ui,
    ctx: &Context,
    scale: &str,
    words: &[String],
    part: impl Fn(&mut RiskMatrix) -> &mut Vec<String>,
) {
    card(ui, ctx.palette, |ui| {
        for (place, word) in words.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.label(strong(format!("{}", place + 1)));
                let mut text = word.clone();
                let field = ui.add(TextEdit::singleline(&mut text).desired_width(220.0));
                let field = field.accessible_name(format!("{scale} {}", place + 1));
                if field.changed() {
                    let edit = settings(ctx, |it| {
                        if let Some(word) = part(&mut it.matrix).get_mut(place) {
                            *word = text;
                        }
                    });
                    ctx.send(Action::Type(edit.named("change the words of the risk matrix"), field.id));
                }
                if field.lost_focus() {
                    ctx.send(Action::EndTyping);
                }
            });
        }
    });
}

/// The SL-T proposed for each of the five consequences that priorities know.
fn derivation(ui: &mut Ui, ctx: &Context) {
    let matrix = &ctx.project.settings.matrix;
    let table = ctx.project.settings.derivation.0;
    card(ui, ctx.palette, |ui| {
        if matrix.consequence.len() != 5 {
            let count = counted(matrix.consequence.len(), "step", "steps");
            let text = format!("The scale has {count}: they are spread over the five of this table.");
            ui.label(RichText::new(text).weak());
        }
        for (place, level) in table.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                let steps = (1..=6).filter_map(crate::model::Rating::new).take(matrix.consequence.len());
                let of = steps.filter(|it| usize::from(matrix.consequence_of_five(*it)) == place + 1);
                let of: Vec<String> = of.map(|it| name(&matrix.consequence, it)).collect();
                chip(ui, &(place + 1).to_string(), (ctx.palette.sunken, ctx.palette.text));
                let room = vec2(150.0 * ctx.palette.type_size, 20.0);
                ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.set_min_width(room.x);
                    ui.add(egui::Label::new(if of.is_empty() { "–".to_owned() } else { of.join(", ") }).truncate());
                });
                for it in SecurityLevel::ALL {
                    let button = egui::Button::new(format!("SL {it}")).selected(it == *level);
                    let response = ui.add(button);
                    let response = response.accessible_name(format!("SL {it} for consequence {}", place + 1));
                    if response.clicked() && it != *level {
                        let mut table = table;
                        if let Some(cell) = table.get_mut(place) {
                            *cell = it;
                        }
                        let edit = settings(ctx, |it| it.derivation = SlDerivation(table));
                        ctx.edit(edit.named("change the SL-T of a consequence"));
                    }
                }
            });
        }
        let is_default = ctx.project.settings.derivation == SlDerivation::default();
        if ui.add_enabled(!is_default, egui::Button::new("Back to the usual table")).clicked() {
            ctx.edit(settings(ctx, |it| it.derivation = SlDerivation::default()).named("reset the SL-T table"));
        }
    });
}
