//! What the dialogs of tables share: what columns say, what becomes of rows, and whether it is done.

use egui::{ComboBox, Grid, RichText, Ui, vec2};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::keeping::Keeping;
use super::{theme, widgets};
use crate::drawing::palette::{Color, Palette};
use crate::edit::Edit;
use crate::exchange::assets::{OnConflict, RowRemark, Table, Weight};

/// So many rows are looked at for the first cells of a column.
const LOOKED_AT: usize = 50;
/// So many different cells are shown of each column.
const SHOWN_CELLS: usize = 3;
/// So many remarks are shown; the rest is counted.
const SHOWN_REMARKS: usize = 200;
/// From this height of the window on there is room for two lists beside each other.
const BESIDE_HEIGHT: f32 = 580.0;
/// From this width on what becomes of rows stands beside what columns mean.
const BESIDE_FROM: f32 = 780.0;
/// Width of the columns where something stands beside them.
const COLUMNS_WIDTH: f32 = 470.0;

/// What the user decided.
pub enum Decided {
    /// Nothing yet.
    Open,
    /// To leave it.
    Cancelled,
    /// To do it: the edit, and the counts in a sentence.
    Import(Box<Edit>, String),
}

/// Whether there is room for two lists beside each other.
pub fn is_roomy(ui: &Ui) -> bool {
    ui.available_width() >= BESIDE_FROM && ui.ctx().content_rect().height() >= BESIDE_HEIGHT
}

/// Two lists beside each other, each scrolling by itself.
pub fn beside(ui: &mut Ui, id: &str, height: f32, left: &mut dyn FnMut(&mut Ui), right: &mut dyn FnMut(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let side = |ui: &mut Ui, side: &str, width: f32, contents: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui(vec2(width, height), |ui| {
                ui.vertical(|ui| {
                    let area = widgets::scrolls_from(height).id_salt((id, side));
                    area.auto_shrink([false, false]).show(ui, contents);
                });
            });
        };
        side(ui, "columns", COLUMNS_WIDTH, left);
        ui.add_space(12.0);
        let rest = ui.available_width();
        side(ui, "rows", rest, right);
    });
}

/// Says that what was said before is said again, and offers to begin anew.
pub fn begins_anew<T: PartialEq + Serialize + DeserializeOwned>(ui: &mut Ui, keeping: &Keeping<T>) -> bool {
    keeping.goes_on()
        && ui
            .horizontal(|ui| {
                ui.label(RichText::new("As you left it").weak());
                ui.small_button("Begin anew").clicked()
            })
            .inner
}

/// What is done with what is there already and differs.
pub fn on_conflict(ui: &mut Ui, heading: &str, chosen: &mut OnConflict) {
    ui.label(theme::strong(heading));
    ui.horizontal_wrapped(|ui| {
        for choice in OnConflict::ALL {
            let text = match choice {
                OnConflict::Stop => "Import nothing",
                OnConflict::Skip => "Leave it as it is",
                OnConflict::Update => "Replace what the row fills in",
            };
            ui.radio_value(chosen, choice, text);
        }
    });
}

/// What each column says, with its first cells; returns what was chosen anew.
pub fn columns<F: Copy + PartialEq>(
    ui: &mut Ui,
    table: &Table,
    fields: &[Option<F>],
    (all, word): (&[F], fn(F) -> &'static str),
) -> Option<(usize, Option<F>)> {
    let word = |field: Option<F>| widgets::capital(field.map_or("leave out", word));
    let mut said = None;
    ui.label(theme::strong("What the columns say"));
    Grid::new("columns of the table").num_columns(3).spacing([16.0, 4.0]).striped(true).show(ui, |ui| {
        for (at, column) in table.columns.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
            let field = fields.get(at).copied().flatten();
            let label = ui.label(column);
            let mut chosen = field;
            ComboBox::from_id_salt(("column", at))
                .selected_text(word(field))
                .width(150.0)
                .show_ui(ui, |ui| {
                    for choice in std::iter::once(None).chain(all.iter().copied().map(Some)) {
                        ui.selectable_value(&mut chosen, choice, word(choice));
                    }
                })
                .response
                .labelled_by(label.id);
            if chosen != field {
                said = Some((at, chosen));
            }
            ui.add(egui::Label::new(RichText::new(first_cells(table, at)).weak()).truncate());
            ui.end_row();
        }
    });
    said
}

fn first_cells(table: &Table, column: usize) -> String {
    let mut cells: Vec<&str> = Vec::new();
    for row in table.rows.iter().take(LOOKED_AT) {
        let cell = row.cell(column);
        if !cell.is_empty() && !cells.contains(&cell) && cells.len() < SHOWN_CELLS {
            cells.push(cell);
        }
    }
    cells.join(" · ").replace('\n', " ")
}

/// How many rows do what, each with its colours.
pub fn counts(ui: &mut Ui, counts: &[(usize, &str, (Color, Color))]) {
    ui.horizontal_wrapped(|ui| {
        for (count, what, colors) in counts.iter().filter(|(count, ..)| *count > 0) {
            widgets::chip(ui, &format!("{count} {what}"), *colors);
        }
    });
}

/// The words of a list of what becomes of rows.
pub struct Words {
    pub heading: &'static str,
    /// Where nothing is to be said of any row.
    pub none: &'static str,
    /// For a cell that is not taken as it stands.
    pub doubt: &'static str,
}

/// What becomes of rows, the gravest first, after the columns that are left out.
pub fn remarks(ui: &mut Ui, palette: &Palette, words: &Words, left_out: &[&str], remarks: &[RowRemark]) {
    ui.label(theme::strong(words.heading));
    if !left_out.is_empty() {
        ui.horizontal_wrapped(|ui| {
            widgets::chip(ui, "left out", (palette.warning_soft, palette.warning));
            let (columns, means) = if left_out.len() == 1 { ("Column", "it means") } else { ("Columns", "they mean") };
            ui.label(format!("{columns} {}: taken nowhere, unless you say what {means}", left_out.join(", ")));
        });
    }
    if remarks.is_empty() {
        ui.label(RichText::new(words.none).weak());
        return;
    }
    for remark in remarks.iter().take(SHOWN_REMARKS) {
        let (word, colors) = match remark.weight {
            Weight::Wrong | Weight::Conflict => (remark.weight.word(), (palette.error_soft, palette.error)),
            Weight::Doubt => (words.doubt, (palette.warning_soft, palette.warning)),
            Weight::Told => (remark.weight.word(), (palette.sunken, palette.text_weak)),
        };
        ui.horizontal_wrapped(|ui| {
            widgets::chip(ui, word, colors);
            ui.label(RichText::new(widgets::capital(&remark.place())).weak());
            ui.label(&remark.what);
        });
    }
    if remarks.len() > SHOWN_REMARKS {
        ui.label(RichText::new(format!("… and {} more", remarks.len() - SHOWN_REMARKS)).weak());
    }
}

/// Import and Cancel. There is nothing to import without an edit; `summary` goes with it.
pub fn buttons(
    ui: &mut Ui,
    palette: &Palette,
    edit: Option<(&Edit, &str)>,
    nothing_to_do: &str,
    rows: usize,
) -> Decided {
    let mut decided = Decided::Open;
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(edit.is_some(), |ui| {
            let button = widgets::primary_button(ui, palette, "Import");
            if button.on_disabled_hover_text(nothing_to_do).clicked()
                && let Some((edit, summary)) = edit
            {
                decided = Decided::Import(Box::new(edit.clone()), summary.to_owned());
            }
        });
        if ui.button("Cancel").clicked() {
            decided = Decided::Cancelled;
        }
        ui.label(
            RichText::new(format!("{}; one step, which can be undone", super::views::counted(rows, "row", "rows")))
                .weak(),
        );
    });
    decided
}
