//! The dialog that shows what a table of assets would do, before it is done.

use egui::{Context as EguiContext, RichText, Ui};

use super::aside::Aside;
use super::keeping::Keeping;
use super::table_import::{self, Decided, Words};
use super::{theme, widgets};
use crate::drawing::palette::Palette;
use crate::exchange::assets::{AssetImport, Field, Outcome, RowRemark, RowResult, Table, UnknownZones};
use crate::session::Session;
use crate::store::SaidOf;

/// A table that waits to be taken in.
pub struct AssetTable {
    import: AssetImport,
    /// What it would do to the project at this revision.
    told: Aside<Told>,
    revision: u64,
    keeping: Keeping<AssetImport>,
}

/// What the table would do, and that in words.
struct Told {
    outcome: Outcome,
    summary: String,
    /// The gravest first.
    remarks: Vec<RowRemark>,
}

impl AssetTable {
    /// Begins with what the names of the columns say.
    pub fn new(table: Table) -> Self {
        let import = AssetImport::new(table);
        let keeping = Keeping::nowhere(import.clone());
        Self { import, told: Aside::new("Counting"), revision: 0, keeping }
    }

    /// Keeps at this place what is said, and says again what was kept there.
    pub fn kept_at(mut self, place: Option<SaidOf>) -> Self {
        if let Some(said) = self.keeping.begin(place) {
            self.import.say_again(said);
        }
        self
    }

    /// Keeps now what is said. Returns whether there is anything.
    pub fn keep(&mut self) -> bool {
        self.keeping.keep(&self.import)
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
        if table_import::begins_anew(ui, &self.keeping) {
            self.import = self.keeping.unsaid.clone();
        }
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
        let is_roomy = table_import::is_roomy(ui);
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
        let left_out = before.ignored();
        if !is_roomy {
            let height = widgets::dialog_height(ui, 420.0) - 60.0;
            widgets::scrolls_from(height).auto_shrink([false, true]).show(ui, |ui| {
                self.choices(ui);
                ui.add_space(8.0);
                self.columns(ui);
                ui.add_space(8.0);
                rows(ui, palette, remarks, &left_out);
            });
        } else {
            // what stands above and below takes the rest of the window
            let height = (window - 380.0).min(360.0);
            let of_rows = &mut |ui: &mut Ui| rows(ui, palette, remarks, &left_out);
            table_import::beside(ui, "asset table", height, &mut |ui| self.columns(ui), of_rows);
        }
        ui.add_space(8.0);
        if self.import != before {
            self.told.anew();
            self.keeping.lacks_something();
            ui.ctx().request_repaint();
        }
        self.keeping.keep_soon(ui.ctx(), || self.import.clone());
        let done = told.filter(|_| !self.told.is_under_way());
        let edit = done.and_then(|it| Some((it.outcome.edit.as_ref()?, it.summary.as_str())));
        table_import::buttons(ui, palette, edit, nothing_to_do(told), self.import.table.rows.len())
    }

    fn choices(&mut self, ui: &mut Ui) {
        table_import::on_conflict(ui, "If an asset is there already and differs", &mut self.import.on_conflict);
        ui.checkbox(&mut self.import.by_address, "Match rows by address where the tag is unknown");
        let mut makes = self.import.unknown_zones == UnknownZones::Make;
        if ui.checkbox(&mut makes, "Make zones that the project does not have").changed() {
            self.import.unknown_zones = if makes { UnknownZones::Make } else { UnknownZones::Leave };
        }
    }

    /// What each column says, with its first cells.
    fn columns(&mut self, ui: &mut Ui) {
        let said = table_import::columns(ui, &self.import.table, &self.import.fields, (&Field::ALL, Field::word));
        if let Some((at, field)) = said {
            self.import.say(at, field);
        }
    }
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
    table_import::counts(ui, &counts);
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

/// What there is to know of single rows.
fn rows(ui: &mut Ui, palette: &Palette, remarks: &[RowRemark], left_out: &[&str]) {
    let none = "None: every row is taken as it stands.";
    let words = Words { heading: "Rows to look at", none, doubt: "to notes" };
    table_import::remarks(ui, palette, &words, left_out, remarks);
}
