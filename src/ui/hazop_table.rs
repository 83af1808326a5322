//! The dialog that shows what a worksheet of a HAZOP would do, before it is done.

use egui::{ComboBox, Context as EguiContext, Grid, RichText, Ui};

use super::aside::Aside;
use super::keeping::Keeping;
use super::table_import::{self, Decided, Words};
use super::{theme, widgets};
use crate::drawing::palette::Palette;
use crate::exchange::hazop::{Field, HazopImport, Outcome, RowRemark, RowResult, Scale, Table};
use crate::model::{Consequences, Project, RatedAt, Rating, RiskMatrix, Subject};
use crate::session::Session;
use crate::store::SaidOf;

/// So many values of a scale are shown; more are no scale.
const SHOWN_VALUES: usize = 30;
/// So many nodes are shown.
const SHOWN_PLACES: usize = 200;

/// A worksheet that waits to be taken in.
pub struct HazopTable {
    import: HazopImport,
    /// What it would do to the project at this revision.
    told: Aside<Told>,
    revision: u64,
    keeping: Keeping<HazopImport>,
}

/// What the worksheet would do, and that in words.
struct Told {
    outcome: Outcome,
    summary: String,
    /// Nodes and places, with what each is.
    places: Vec<(String, Option<Subject>)>,
    /// Categories, with what each stands for.
    categories: Vec<(String, Vec<usize>)>,
    /// The gravest first.
    remarks: Vec<RowRemark>,
}

impl HazopTable {
    /// Begins with what the names of the columns say, on the scales of a matrix.
    pub fn new(table: Table, matrix: &RiskMatrix) -> Self {
        let import = HazopImport::new(table, matrix);
        let keeping = Keeping::nowhere(import.clone());
        Self { import, told: Aside::new("Counting"), revision: 0, keeping }
    }

    /// Keeps at this place what is said, and says again what was kept there.
    pub fn kept_at(mut self, place: Option<SaidOf>, project: &Project) -> Self {
        if let Some(said) = self.keeping.begin(place) {
            self.import.say_again(said, project);
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
                let (places, categories) = (import.places_in(&project), import.categories_in());
                Told { summary: outcome.summary(), places, categories, remarks, outcome }
            }
        });
        let project = session.project();
        let mut decided = Decided::Open;
        let modal = widgets::dialog(ctx, "hazop table").show(ctx, |ui| {
            ui.set_width(widgets::dialog_width(ui, 1000.0));
            decided = self.contents(ui, theme::palette(ctx), project, told.as_deref());
        });
        if modal.should_close() && matches!(decided, Decided::Open) { Decided::Cancelled } else { decided }
    }

    fn contents(&mut self, ui: &mut Ui, palette: &Palette, project: &Project, told: Option<&Told>) -> Decided {
        let before = self.import.clone();
        ui.label(theme::title(format!("Import consequences from {}", self.import.table.name)));
        if table_import::begins_anew(ui, &self.keeping) {
            self.import = self.keeping.unsaid.clone();
        }
        match told {
            Some(told) => counts(ui, palette, &told.outcome),
            None => drop(ui.label(RichText::new("Counting what would change…").weak())),
        }
        if told.is_some_and(|it| it.outcome.is_stopped()) {
            let what =
                "Rows in conflict stop the import: choose to leave those scenarios as they are, or to update them.";
            ui.colored_label(theme::color32(palette.error), what);
        }
        ui.add_space(8.0);
        let remarks = told.map_or(&[][..], |it| &it.remarks);
        let left_out = before.ignored();
        let window = ui.ctx().content_rect().height();
        if table_import::is_roomy(ui) {
            // what stands above and below takes the rest of the window
            let height = (window - 260.0).min(480.0);
            let of_rows = &mut |ui: &mut Ui| rows(ui, palette, remarks, &left_out);
            table_import::beside(ui, "hazop", height, &mut |ui| self.meanings(ui, project, told), of_rows);
        } else {
            let height = widgets::dialog_height(ui, 420.0) - 60.0;
            widgets::scrolls_from(height).auto_shrink([false, true]).show(ui, |ui| {
                self.meanings(ui, project, told);
                ui.add_space(8.0);
                rows(ui, palette, remarks, &left_out);
            });
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

    /// What there is to choose, what columns say and what values mean.
    fn meanings(&mut self, ui: &mut Ui, project: &Project, told: Option<&Told>) {
        let matrix = &project.settings.matrix;
        let said = table_import::columns(ui, &self.import.table, &self.import.fields, (&Field::ALL, Field::word));
        if let Some((at, field)) = said {
            self.import.say(at, field);
        }
        ui.add_space(8.0);
        self.severities(ui, matrix);
        if let Some(told) = told {
            self.categories(ui, &told.categories);
        }
        self.likelihoods(ui, matrix);
        if let Some(told) = told {
            self.places(ui, project, &told.places);
        }
        ui.label(theme::strong("The study"));
        ui.horizontal_wrapped(|ui| {
            let label = ui.label("Called");
            ui.add(egui::TextEdit::singleline(&mut self.import.study).desired_width(120.0)).labelled_by(label.id);
            ui.label(RichText::new("in the source of each scenario").weak());
        });
        ui.checkbox(&mut self.import.in_text, "Find tags of assets in causes and consequences");
        ui.add_space(8.0);
        table_import::on_conflict(ui, "If a scenario is there already and differs", &mut self.import.on_conflict);
    }

    fn severities(&mut self, ui: &mut Ui, matrix: &RiskMatrix) {
        if self.import.severities.is_empty() {
            let text = "No column says a severity: scenarios come without consequences. Say above which column does.";
            ui.label(RichText::new(text).weak());
            ui.add_space(8.0);
            return;
        }
        ui.label(theme::strong("What severities become"));
        if let Some((value, rating)) = scale(ui, "severity", &self.import.severities, &matrix.consequence) {
            self.import.set_severity(&value, rating);
        }
        if ui.button("Turn severities round").on_hover_text("In this study 1 is the worst").clicked() {
            self.import.reverse_severities();
        }
        if self.import.fields.contains(&Some(Field::Severity)) {
            ui.horizontal_wrapped(|ui| {
                let label = ui.label("A severity without a category is one of");
                let category = |at: usize| Consequences::CATEGORIES.get(at).copied().unwrap_or_default();
                ComboBox::from_id_salt("hazop category")
                    .selected_text(category(self.import.category))
                    .show_ui(ui, |ui| {
                        for at in 0..Consequences::CATEGORIES.len() {
                            ui.selectable_value(&mut self.import.category, at, category(at));
                        }
                    })
                    .response
                    .labelled_by(label.id);
            });
        }
        ui.add_space(8.0);
    }

    /// What each category stands for.
    fn categories(&mut self, ui: &mut Ui, categories: &[(String, Vec<usize>)]) {
        if categories.is_empty() {
            return;
        }
        ui.label(theme::strong("What categories stand for"));
        let word = |known: &[usize]| match known {
            [] => "Nothing: to the text".to_owned(),
            known => {
                let words = known.iter().filter_map(|&it| Consequences::CATEGORIES.get(it)).copied();
                widgets::capital(&words.collect::<Vec<_>>().join(", "))
            }
        };
        Grid::new("hazop categories").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
            for (value, known) in categories.iter().take(SHOWN_VALUES) {
                let label = ui.label(value);
                let mut chosen = known.clone();
                ComboBox::from_id_salt(("hazop category of", value))
                    .selected_text(word(known))
                    .width(190.0)
                    .show_ui(ui, |ui| {
                        let each = (0..Consequences::CATEGORIES.len()).map(|it| vec![it]);
                        for choice in std::iter::once(Vec::new()).chain(each) {
                            let text = word(&choice);
                            ui.selectable_value(&mut chosen, choice, text);
                        }
                    })
                    .response
                    .labelled_by(label.id);
                if chosen != *known {
                    self.import.set_category(value, chosen);
                }
                ui.end_row();
            }
        });
        more(ui, categories.len(), SHOWN_VALUES, "category");
        ui.add_space(8.0);
    }

    /// Which zone, conduit or asset each node is.
    fn places(&mut self, ui: &mut Ui, project: &Project, places: &[(String, Option<Subject>)]) {
        if places.is_empty() {
            return;
        }
        ui.label(theme::strong("Where the nodes are"));
        let hint =
            "Scenarios of a node name the zone, conduit or asset that it is. What is called alike is found by itself.";
        ui.label(RichText::new(hint).small().weak());
        // names of nodes are sentences: they are broken, and not cut
        let most = (ui.available_width() * 0.48).max(120.0);
        let grid = Grid::new("hazop places").num_columns(2).spacing([16.0, 4.0]).max_col_width(most).striped(true);
        grid.show(ui, |ui| {
            for (value, place) in places.iter().take(SHOWN_PLACES) {
                ui.label(value);
                let now = place.map_or("Nowhere in particular".to_owned(), |it| titled(project, it));
                ui.push_id(("hazop place", value), |ui| {
                    let chosen = widgets::pick(ui, &now, "Nothing is drawn yet.", || places_of(project));
                    if let Some(chosen) = chosen {
                        self.import.set_place(value, chosen);
                    }
                });
                ui.end_row();
            }
        });
        more(ui, places.len(), SHOWN_PLACES, "node");
        ui.add_space(8.0);
    }

    fn likelihoods(&mut self, ui: &mut Ui, matrix: &RiskMatrix) {
        if self.import.likelihoods.is_empty() {
            return;
        }
        ui.label(theme::strong("What likelihoods become"));
        if let Some((value, rating)) = scale(ui, "likelihood", &self.import.likelihoods, &matrix.likelihood) {
            self.import.set_likelihood(&value, rating);
        }
        if ui.button("Turn likelihoods round").on_hover_text("In this study 1 is the most likely").clicked() {
            self.import.reverse_likelihoods();
        }
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(&mut self.import.likelihood_at, RatedAt::Unmitigated, "Without the safeguards");
            ui.radio_value(&mut self.import.likelihood_at, RatedAt::Current, "With the safeguards in place");
        });
        ui.add_space(8.0);
    }
}

/// What each value becomes on a scale with these words; returns what was chosen anew.
fn scale(ui: &mut Ui, what: &str, values: &Scale, words: &[String]) -> Option<(String, Option<Rating>)> {
    let mut said = None;
    let step = |rating: Option<Rating>| match rating {
        None => "Nothing: to the text".to_owned(),
        Some(it) => {
            let word = words.get(usize::from(it.number()) - 1).map_or("", String::as_str);
            format!("{it} {word}")
        }
    };
    Grid::new(("hazop scale", what)).num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
        for (value, rating) in values.iter().take(SHOWN_VALUES) {
            let label = ui.label(value);
            let mut chosen = *rating;
            ComboBox::from_id_salt((what, value))
                .selected_text(step(chosen))
                .width(190.0)
                .show_ui(ui, |ui| {
                    let steps = (1..=words.len() as u8).map(Rating::new);
                    for choice in std::iter::once(None).chain(steps) {
                        ui.selectable_value(&mut chosen, choice, step(choice));
                    }
                })
                .response
                .labelled_by(label.id);
            if chosen != *rating {
                said = Some((value.clone(), chosen));
            }
            ui.end_row();
        }
    });
    more(ui, values.len(), SHOWN_VALUES, what);
    said
}

/// What is not shown of a list of values.
fn more(ui: &mut Ui, count: usize, shown: usize, what: &str) {
    if count > shown {
        let more = count - shown;
        ui.label(RichText::new(format!("… and {more} more: does this column say the {what}?")).weak());
    }
}

/// "Z-DOSE  Chemical dosing".
fn titled(project: &Project, subject: Subject) -> String {
    let name = match subject {
        Subject::Asset(id) => project.assets.get(id).map_or("", |it| it.name.as_str()),
        _ => subject.target().map_or("", |it| project.target_name(it)),
    };
    format!("{}  {name}", project.subject_tag(subject)).trim_end().to_owned()
}

/// All that a node may be: zones and conduits, then assets, in the order of their tags.
fn places_of(project: &Project) -> Vec<(String, Option<Subject>)> {
    let targets = project.ordered_targets().into_iter().map(|(it, _)| Subject::from(it));
    let mut assets: Vec<Subject> = project.assets.ids().map(Subject::from).collect();
    assets.sort_by_cached_key(|&it| project.subject_tag(it).into_owned());
    let named = targets.chain(assets).map(|it| (titled(project, it), Some(it)));
    std::iter::once(("Nowhere in particular".to_owned(), None)).chain(named).collect()
}

/// How many rows do what, each with its colour.
fn counts(ui: &mut Ui, palette: &Palette, outcome: &Outcome) {
    let quiet = (palette.sunken, palette.text);
    let wrong = (palette.error_soft, palette.error);
    let counts = [
        (outcome.count(|it| *it == RowResult::New), "new", (palette.good_soft, palette.good)),
        (outcome.count(|it| matches!(it, RowResult::Joined(_))), "joined with another row", quiet),
        (outcome.count(|it| matches!(it, RowResult::Updated(_))), "updated", (palette.accent_soft, palette.accent)),
        (outcome.count(|it| *it == RowResult::Same), "unchanged", quiet),
        (outcome.count(|it| matches!(it, RowResult::Skipped(_))), "left as they are", quiet),
        (outcome.count(|it| matches!(it, RowResult::Conflict(_))), "in conflict", wrong),
        (outcome.count(|it| matches!(it, RowResult::Wrong(_))), "with errors", wrong),
    ];
    table_import::counts(ui, &counts);
}

fn nothing_to_do(told: Option<&Told>) -> &'static str {
    match told {
        None => "It is still counted what the worksheet would do",
        Some(told) if told.outcome.is_stopped() => "Choose first what to do with scenarios that are there",
        Some(_) => "The worksheet would change nothing",
    }
}

/// What becomes of each row.
fn rows(ui: &mut Ui, palette: &Palette, remarks: &[RowRemark], left_out: &[&str]) {
    let none = "No row says anything. Say which columns tell the deviation, the consequence and the severity.";
    let words = Words { heading: "What becomes of the rows", none, doubt: "to text" };
    table_import::remarks(ui, palette, &words, left_out, remarks);
}
