//! The dialog that shows what a table of assets would do, before it is done.

use egui::{ComboBox, Context as EguiContext, Grid, RichText, Ui, vec2};

use super::aside::Aside;
use super::{theme, widgets};
use crate::drawing::palette::Palette;
use crate::edit::Edit;
use crate::exchange::assets::{
    AssetImport, Field, OnConflict, Outcome, RowRemark, RowResult, Table, UnknownZones, Weight,
};
use crate::session::Session;

/// So many different cells are shown of each column.
const SHOWN_CELLS: usize = 3;
/// So many rows are looked at for them.
const LOOKED_AT: usize = 50;
/// So many remarks are shown; the rest is counted.
const SHOWN_REMARKS: usize = 200;

/// From this height of the window on there is room for that below the choices.
const BESIDE_HEIGHT: f32 = 580.0;
/// From this width on what is said of rows stands beside the columns.
const BESIDE_FROM: f32 = 780.0;
/// Width of the columns where something stands beside them.
const COLUMNS_WIDTH: f32 = 470.0;

/// A table that waits to be taken in.
pub struct AssetTable {
    import: AssetImport,
    /// What it would do to the project at this revision.
    told: Aside<Told>,
    revision: u64,
}

/// What the table would do, and that in words.
struct Told {
    outcome: Outcome,
    summary: String,
    /// The gravest first.
    remarks: Vec<RowRemark>,
}

/// What the user decided.
pub enum Decided {
    /// Nothing yet.
    Open,
    /// To leave it.
    Cancelled,
    /// To do it: the edit, and the counts in a sentence.
    Import(Box<Edit>, String),
}

impl AssetTable {
    /// Begins with what the names of the columns say.
    pub fn new(table: Table) -> Self {
        Self { import: AssetImport::new(table), told: Aside::new("Counting"), revision: 0 }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ctx: &EguiContext, session: &Session) -> Decided {
        if self.revision != session.revision() {
            self.revision = session.revision();
            self.told.anew();
        }
        let told = self.told.value(ctx, || {
            let (import, project) = (self.import.clone(), session.project().clone());
            move || {
                let outcome = import.outcome(&project);
                let mut remarks = outcome.row_remarks();
                remarks.sort_by_key(|it| it.weight);
                Told { summary: outcome.summary(), remarks, outcome }
            }
        });
        let mut decided = Decided::Open;
        let modal = widgets::dialog(ctx, "asset table").show(ctx, |ui| {
            ui.set_width(widgets::dialog_width(ui, 1000.0));
            decided = self.contents(ui, theme::palette(ctx), told.as_deref());
        });
        if modal.should_close() && matches!(decided, Decided::Open) { Decided::Cancelled } else { decided }
    }

    fn contents(&mut self, ui: &mut Ui, palette: &Palette, told: Option<&Told>) -> Decided {
        let before = self.import.clone();
        ui.label(theme::title(format!("Import assets from {}", self.import.table.name)));
        match told {
            Some(told) => {
                counts(ui, palette, &told.outcome);
                let zones = zones(&told.outcome);
                if !zones.is_empty() {
                    ui.label(RichText::new(zones).weak());
                }
            }
            None => {
                ui.label(RichText::new("Counting what would change…").weak());
            }
        }
        ui.add_space(6.0);
        let window = ui.ctx().content_rect().height();
        let is_roomy = ui.available_width() >= BESIDE_FROM && window >= BESIDE_HEIGHT;
        if is_roomy {
            self.choices(ui);
        }
        if told.is_some_and(|it| it.outcome.is_stopped()) {
            let ink = theme::color32(palette.error);
            let what = "Rows in conflict stop the import: choose to leave those assets as they are, or to update them.";
            ui.colored_label(ink, what);
        }
        ui.add_space(8.0);
        let remarks = told.map_or(&[][..], |it| &it.remarks);
        if !is_roomy {
            let height = widgets::dialog_height(ui, 420.0) - 60.0;
            widgets::scrolls_from(height).auto_shrink([false, true]).show(ui, |ui| {
                self.choices(ui);
                ui.add_space(8.0);
                self.columns(ui);
                ui.add_space(8.0);
                show_remarks(ui, palette, remarks);
            });
        } else {
            // what stands above and below takes the rest of the window
            let height = (window - 380.0).min(360.0);
            ui.horizontal_top(|ui| {
                let side = |ui: &mut Ui, id: &str, width: f32, contents: &mut dyn FnMut(&mut Ui)| {
                    ui.allocate_ui(vec2(width, height), |ui| {
                        ui.vertical(|ui| {
                            let area = widgets::scrolls_from(height).id_salt(id);
                            area.auto_shrink([false, false]).show(ui, contents);
                        });
                    });
                };
                side(ui, "columns", COLUMNS_WIDTH, &mut |ui| self.columns(ui));
                ui.add_space(12.0);
                let rest = ui.available_width();
                side(ui, "rows", rest, &mut |ui| show_remarks(ui, palette, remarks));
            });
        }
        ui.add_space(8.0);
        if self.import != before {
            self.told.anew();
            ui.ctx().request_repaint();
        }
        let mut decided = Decided::Open;
        ui.horizontal(|ui| {
            let edit = told.filter(|_| !self.told.is_under_way()).and_then(|it| it.outcome.edit.as_ref());
            ui.add_enabled_ui(edit.is_some(), |ui| {
                let button = widgets::primary_button(ui, palette, "Import");
                if button.on_disabled_hover_text(nothing_to_do(told)).clicked()
                    && let Some((edit, told)) = edit.zip(told)
                {
                    decided = Decided::Import(Box::new(edit.clone()), told.summary.clone());
                }
            });
            if ui.button("Cancel").clicked() {
                decided = Decided::Cancelled;
            }
            let count = self.import.table.rows.len();
            ui.label(RichText::new(format!("{count} rows; one step, which can be undone")).weak());
        });
        decided
    }

    fn choices(&mut self, ui: &mut Ui) {
        ui.label(theme::strong("If an asset is there already and differs"));
        ui.horizontal_wrapped(|ui| {
            for choice in OnConflict::ALL {
                let text = match choice {
                    OnConflict::Stop => "Import nothing",
                    OnConflict::Skip => "Leave it as it is",
                    OnConflict::Update => "Replace what the row fills in",
                };
                ui.radio_value(&mut self.import.on_conflict, choice, text);
            }
        });
        ui.checkbox(&mut self.import.by_address, "Match rows by address where the tag is unknown");
        let mut makes = self.import.unknown_zones == UnknownZones::Make;
        if ui.checkbox(&mut makes, "Make zones that the project does not have").changed() {
            self.import.unknown_zones = if makes { UnknownZones::Make } else { UnknownZones::Leave };
        }
    }

    /// What each column says, with its first cells.
    fn columns(&mut self, ui: &mut Ui) {
        ui.label(theme::strong("What the columns say"));
        let mut said = None;
        Grid::new("columns of the table").num_columns(3).spacing([16.0, 4.0]).striped(true).show(ui, |ui| {
            for (at, column) in self.import.table.columns.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
                let field = self.import.fields.get(at).copied().flatten();
                let label = ui.label(column);
                let mut chosen = field;
                ComboBox::from_id_salt(("column", at))
                    .selected_text(word(field))
                    .width(130.0)
                    .show_ui(ui, |ui| {
                        for choice in std::iter::once(None).chain(Field::ALL.map(Some)) {
                            ui.selectable_value(&mut chosen, choice, word(choice));
                        }
                    })
                    .response
                    .labelled_by(label.id);
                if chosen != field {
                    said = Some((at, chosen));
                }
                let mut cells: Vec<&str> = Vec::new();
                for row in self.import.table.rows.iter().take(LOOKED_AT) {
                    let cell = row.cell(at);
                    if !cell.is_empty() && !cells.contains(&cell) && cells.len() < SHOWN_CELLS {
                        cells.push(cell);
                    }
                }
                ui.add(egui::Label::new(RichText::new(cells.join(" · ")).weak()).truncate());
                ui.end_row();
            }
        });
        if let Some((at, field)) = said {
            self.import.say(at, field);
        }
    }
}

fn word(field: Option<Field>) -> String {
    widgets::capital(field.map_or("leave out", Field::word))
}

/// How many rows do what, each with its colour.
fn counts(ui: &mut Ui, palette: &Palette, outcome: &Outcome) {
    let quiet = (palette.sunken, palette.text);
    let wrong = (palette.error_soft, palette.error);
    let is_skipped = |it: &RowResult| matches!(it, RowResult::Skipped(_));
    let is_updated = |it: &RowResult| matches!(it, RowResult::Updated(_));
    let counts = [
        (outcome.count(|it| *it == RowResult::New), "new", (palette.good_soft, palette.good)),
        (outcome.count(is_updated), "updated", (palette.accent_soft, palette.accent)),
        (outcome.count(|it| *it == RowResult::Same), "unchanged", quiet),
        (outcome.count(is_skipped), "left as they are", quiet),
        (outcome.count(|it| matches!(it, RowResult::Conflict(_))), "in conflict", wrong),
        (outcome.count(|it| matches!(it, RowResult::Wrong(_))), "with errors", wrong),
    ];
    ui.horizontal_wrapped(|ui| {
        for (count, what, colors) in counts.into_iter().filter(|(count, ..)| *count > 0) {
            widgets::chip(ui, &format!("{count} {what}"), colors);
        }
    });
}

fn zones(outcome: &Outcome) -> String {
    let unknown: Vec<&str> = outcome.unknown_zones.keys().map(String::as_str).collect();
    match (outcome.new_zones.as_slice(), unknown.as_slice()) {
        ([], []) => String::new(),
        ([], unknown) => format!("Zones that the project does not have: {}", unknown.join(", ")),
        (new, _) => format!("New zones: {}", new.join(", ")),
    }
}

fn nothing_to_do(told: Option<&Told>) -> &'static str {
    match told {
        None => "It is still counted what the table would do",
        Some(told) if told.outcome.is_stopped() => "Choose first what to do with assets that are there",
        Some(_) => "The table would change nothing",
    }
}

/// What there is to know of single rows, the gravest first.
fn show_remarks(ui: &mut Ui, palette: &Palette, remarks: &[RowRemark]) {
    ui.label(theme::strong("Rows to look at"));
    if remarks.is_empty() {
        ui.label(RichText::new("None: every row is taken as it stands.").weak());
        return;
    }
    for remark in remarks.iter().take(SHOWN_REMARKS) {
        let colors = match remark.weight {
            Weight::Wrong | Weight::Conflict => (palette.error_soft, palette.error),
            Weight::Doubt => (palette.warning_soft, palette.warning),
            Weight::Told => (palette.sunken, palette.text_weak),
        };
        ui.horizontal_wrapped(|ui| {
            widgets::chip(ui, remark.weight.word(), colors);
            ui.label(RichText::new(widgets::capital(&remark.place())).weak());
            ui.label(&remark.what);
        });
    }
    if remarks.len() > SHOWN_REMARKS {
        ui.label(RichText::new(format!("… and {} more", remarks.len() - SHOWN_REMARKS)).weak());
    }
}
