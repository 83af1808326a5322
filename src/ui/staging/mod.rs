//! The staging screen: a drawing of another tool before it becomes zones, assets and
//! conduits. It shows what was understood, and lets the user say otherwise.

mod classes;
mod details;
mod preview;
mod remarks;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use egui::{CentralPanel, Frame, Id, Key, Margin, Modifiers, Panel, RichText, Ui};

use self::classes::Listed;
use super::aside::Aside;
use super::canvas::Camera;
use super::keeping::Keeping;
use super::theme::{color32, title};
use super::widgets::{Symbol, icon_button, plain_key, primary_button};
use crate::drawing::palette::{Color, Palette};
use crate::exchange::drawings::DrawingKind;
use crate::exchange::drawings::staging::{At, Outside, Report, Role, Said, Staging};
use crate::store::SaidOf;

/// Below this width the details stand below the classes.
const THREE_FROM: f32 = 900.0;

/// A drawing on the screen.
pub struct StagingScreen {
    pub staging: Staging,
    source: PathBuf,
    kind: DrawingKind,
    /// It goes into the open project, not into a new one.
    pub into_open: bool,
    filter: String,
    selected: BTreeSet<At>,
    /// The page that is shown.
    page: usize,
    /// Classes of which the members are listed.
    open: BTreeSet<String>,
    camera: Camera,
    /// The whole page is to be shown.
    fits: bool,
    /// What would be imported.
    count: Aside<Report>,
    listed: Option<Rc<Listed>>,
    steps: Steps,
    keeping: Keeping<Said>,
}

/// What was said of the drawing before, to be taken back, and what was taken back.
#[derive(Default)]
struct Steps {
    behind: Vec<Staging>,
    ahead: Vec<Staging>,
    /// The shape whose name is being typed: its letters are one step.
    typed: Option<At>,
}

/// So many steps can be taken back.
const MOST_STEPS: usize = 60;

/// What the user decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Import it.
    Import,
    /// Leave it.
    Cancel,
}

impl StagingScreen {
    /// The screen for a drawing that was read from a file.
    pub fn new((staging, report): (Staging, Report), kind: DrawingKind, source: PathBuf, into_open: bool) -> Self {
        let keeping = Keeping::nowhere(staging.said());
        Self {
            staging,
            source,
            kind,
            into_open,
            filter: String::new(),
            selected: BTreeSet::new(),
            page: 0,
            open: BTreeSet::new(),
            camera: Camera::default(),
            fits: true,
            count: Aside::known("Counting", report),
            listed: None,
            steps: Steps::default(),
            keeping,
        }
    }

    /// Keeps in mind how everything is, as something else is about to be said.
    fn step(&mut self, typed: Option<At>) {
        self.count.anew();
        self.keeping.lacks_something();
        if typed.is_some() && self.steps.typed == typed {
            return;
        }
        self.steps.typed = typed;
        self.steps.ahead.clear();
        if self.steps.behind.len() >= MOST_STEPS {
            self.steps.behind.remove(0);
        }
        self.steps.behind.push(self.staging.clone());
    }

    /// Takes the last step back, or does it again.
    fn undo(&mut self, again: bool) {
        let (from, to) = if again {
            (&mut self.steps.ahead, &mut self.steps.behind)
        } else {
            (&mut self.steps.behind, &mut self.steps.ahead)
        };
        if let Some(staging) = from.pop() {
            to.push(std::mem::replace(&mut self.staging, staging));
            self.steps.typed = None;
            self.listed = None;
            self.count.anew();
            self.keeping.lacks_something();
        }
    }

    /// Keeps at this place what is said, and says again what was kept there.
    pub fn kept_at(mut self, place: Option<SaidOf>) -> Self {
        if let Some(said) = self.keeping.begin(place) {
            self.steps.behind.push(self.staging.clone());
            self.staging.say(said);
            self.count.anew();
        }
        self
    }

    /// Keeps now what is said. Returns whether there is anything.
    pub fn keep(&mut self) -> bool {
        self.keeping.keep(&self.staging.said())
    }

    /// The file that the drawing came from.
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// Gives shapes a role, and works out anew what follows.
    fn set_role(&mut self, all: &BTreeSet<At>, role: Role) {
        self.change(all, |choice| choice.role = Some(role));
    }

    fn change(&mut self, all: &BTreeSet<At>, say: impl Fn(&mut crate::exchange::drawings::staging::Choice)) {
        self.step(None);
        self.staging.choose(all.iter().copied(), say);
    }

    /// Selects a shape and turns to its page.
    fn select(&mut self, at: At, adds: bool) {
        if !adds {
            self.selected.clear();
        }
        if !self.selected.insert(at) && adds {
            self.selected.remove(&at);
        }
        if self.page != at.page {
            self.page = at.page;
            self.fits = true;
        }
    }

    /// Shows it. `open` names the open project, if there is one.
    pub fn show(&mut self, ui: &mut Ui, palette: &Palette, open: Option<&str>) -> Option<Decided> {
        self.into_open &= open.is_some();
        let staging = &self.staging;
        let report = self.count.value(ui.ctx(), || {
            let staging = staging.clone();
            move || staging.build().1
        });
        let report = report.unwrap_or_default();
        let bar = Frame::new().fill(color32(palette.window)).inner_margin(Margin::symmetric(14, 8));
        let side = Frame::new().fill(color32(palette.panel)).inner_margin(Margin::symmetric(12, 10));
        let mut decided = None;
        Panel::top("staging top").frame(bar).show(ui, |ui| decided = self.head(ui, palette, open, &report));
        Panel::bottom("staging report")
            .frame(bar)
            .resizable(true)
            .default_size(118.0)
            .size_range(60.0..=300.0)
            .show(ui, |ui| self.remarks(ui, &report));
        let is_wide = ui.available_width() >= THREE_FROM;
        let width = if is_wide { 350.0 } else { 270.0 };
        Panel::left("staging classes").frame(side).default_size(width).size_range(200.0..=460.0).show(ui, |ui| {
            if !is_wide && !self.selected.is_empty() {
                let half = ui.available_height() * 0.5;
                ui.allocate_ui(egui::vec2(ui.available_width(), half), |ui| {
                    ui.set_max_height(half);
                    self.classes(ui, palette);
                });
                ui.separator();
                self.details(ui, palette);
            } else {
                self.classes(ui, palette);
            }
        });
        if is_wide {
            Panel::right(Id::unique("staging details"))
                .frame(side)
                .default_size(290.0)
                .size_range(220.0..=420.0)
                .show(ui, |ui| self.details(ui, palette));
        }
        let page = Frame::new().fill(color32(palette.canvas));
        CentralPanel::default().frame(page).show(ui, |ui| self.preview(ui, palette));
        self.keys(ui);
        self.keeping.keep_soon(ui.ctx(), || self.staging.said());
        decided
    }

    fn head(&mut self, ui: &mut Ui, palette: &Palette, open: Option<&str>, report: &Report) -> Option<Decided> {
        let mut decided = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(title("Import a drawing"));
            let name = self.source.file_name().unwrap_or_default().to_string_lossy();
            ui.label(RichText::new(format!("{name}, {}", self.kind.name())).weak())
                .on_hover_text(self.source.display().to_string());
            if self.keeping.goes_on() {
                ui.label(RichText::new("As you left it; Undo begins anew").weak());
            }
        });
        ui.horizontal_wrapped(|ui| {
            let is_empty = report.zones + report.assets + report.conduits == 0;
            ui.add_enabled_ui(!is_empty, |ui| {
                if primary_button(ui, palette, &button(report)).clicked() {
                    decided = Some(Decided::Import);
                }
            });
            if ui.button("Cancel").clicked() {
                decided = Some(Decided::Cancel);
            }
            if let Some(open) = open {
                ui.separator();
                ui.radio_value(&mut self.into_open, true, "Into this project")
                    .on_hover_text(format!("Beside what is in \"{open}\", as one step to undo"));
                ui.radio_value(&mut self.into_open, false, "As a new project");
            }
            ui.separator();
            for (symbol, label, again) in
                [(Symbol::Undo, "Undo (Ctrl+Z)", false), (Symbol::Redo, "Redo (Ctrl+Shift+Z)", true)]
            {
                let steps = if again { &self.steps.ahead } else { &self.steps.behind };
                if icon_button(ui, symbol, label, !steps.is_empty(), false).clicked() {
                    self.undo(again);
                }
            }
            ui.separator();
            let mut lays_out = self.staging.lays_out_anew;
            if ui
                .checkbox(&mut lays_out, "Lay out anew")
                .on_hover_text("Place zones by Purdue level, not where they were drawn")
                .changed()
            {
                self.step(None);
                self.staging.lays_out_anew = lays_out;
            }
            let mut gathers = self.staging.outside == Outside::Zone;
            if ui
                .checkbox(&mut gathers, "A zone for assets in no zone")
                .on_hover_text("Otherwise they are in no zone, and not on the diagram")
                .changed()
            {
                self.step(None);
                self.staging.outside = if gathers { Outside::Zone } else { Outside::Nowhere };
            }
            if self.count.is_under_way() {
                ui.label(RichText::new("Counting…").weak());
            }
        });
        if self.staging.drawing().pages.len() > 1 {
            ui.horizontal_wrapped(|ui| self.pages(ui));
        }
        decided
    }

    /// The pages: which are imported, and which one is shown.
    fn pages(&mut self, ui: &mut Ui) {
        ui.label(RichText::new("Pages").weak());
        for page in 0..self.staging.drawing().pages.len() {
            let name = self.staging.drawing().pages.get(page).map(|it| it.name.clone()).unwrap_or_default();
            let name = if name.is_empty() { format!("Page {}", page + 1) } else { name };
            let mut taken = self.staging.takes_page(page);
            if ui.checkbox(&mut taken, "").accessible_name(format!("Import page {name}")).changed() {
                self.step(None);
                self.staging.take_page(page, taken);
                self.selected.retain(|at| taken || at.page != page);
                self.listed = None;
            }
            if ui.selectable_label(self.page == page, name).clicked() {
                self.page = page;
                self.fits = true;
            }
            ui.add_space(6.0);
        }
    }

    /// A letter gives the selected shapes a role.
    fn keys(&mut self, ui: &Ui) {
        if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        const UNDO: [(Modifiers, Key, bool); 3] = [
            (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z, true),
            (Modifiers::COMMAND, Key::Z, false),
            (Modifiers::COMMAND, Key::Y, true),
        ];
        for (modifiers, key, again) in UNDO {
            if ui.input_mut(|input| input.consume_key(modifiers, key)) {
                self.undo(again);
            }
        }
        for role in Role::ALL {
            if !self.selected.is_empty() && plain_key(ui, key(role)) {
                let selected = self.selected.clone();
                self.set_role(&selected, role);
            }
        }
        if plain_key(ui, Key::Escape) {
            self.selected.clear();
        }
        if plain_key(ui, Key::F) {
            self.fits = true;
        }
        let all = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A));
        if all {
            let page = self.page;
            self.selected = self.staging.shapes().filter(|at| at.page == page).collect();
        }
    }
}

/// The key that gives a role.
const fn key(role: Role) -> Key {
    match role {
        Role::Zone => Key::Z,
        Role::Asset => Key::A,
        Role::Conduit => Key::C,
        Role::Note => Key::N,
        Role::Nothing => Key::X,
    }
}

/// The letter that stands for a role beside its colour: its key.
const fn letter(role: Role) -> &'static str {
    match role {
        Role::Zone => "Z",
        Role::Asset => "A",
        Role::Conduit => "C",
        Role::Note => "N",
        Role::Nothing => "X",
    }
}

/// Fill and ink of a role.
fn colors(palette: &Palette, role: Role) -> (Color, Color) {
    match role {
        Role::Zone => (palette.good_soft, palette.good),
        Role::Asset => (palette.accent_soft, palette.accent),
        Role::Conduit => (palette.warning_soft, palette.warning),
        Role::Note => (palette.hint_soft, palette.hint),
        Role::Nothing => (palette.sunken, palette.text_weak),
    }
}

/// "Import 7 zones, 3 assets and 7 conduits", with what there is.
fn button(report: &Report) -> String {
    let parts = [(report.zones, "zone"), (report.assets, "asset"), (report.conduits, "conduit")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, one)| super::views::counted(count, one, &format!("{one}s"))).collect();
    match parts.as_slice() {
        [] => "Nothing to import".to_owned(),
        [only] => format!("Import {only}"),
        [first @ .., last] => format!("Import {} and {last}", first.join(", ")),
    }
}
