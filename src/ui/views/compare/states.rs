//! Choosing the two sides, and taking, naming and deleting baselines.

use egui::{ComboBox, RichText, Ui};

use super::taking::Taking;
use crate::analysis::compare::newest_baseline;
use crate::edit::{Edit, Item};
use crate::model::{Baseline, BaselineId, Project, Subject};
use crate::ui::action::{Action, FileAction, PageAction};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{
    Field, card, date_field, dialog, dialog_width, drop_down, multiline, primary_button, singleline,
};

/// A state of the assessment that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// The project as it is.
    #[default]
    Now,
    /// A baseline that the project holds.
    Baseline(BaselineId),
    /// A project of another file.
    File,
}

/// Which states are compared, and what is being done to baselines.
#[derive(Default)]
pub(super) struct States {
    /// The earlier one; `None`: the newest baseline, or the other file.
    then: Option<Side>,
    now: Side,
    file: Option<(String, Project)>,
    /// The baselines themselves are shown.
    manages: bool,
    /// Which baseline is asked about before it is deleted.
    deleting: Option<BaselineId>,
    /// The baseline that is about to be taken.
    taking: Option<Taking>,
}

impl States {
    pub fn take_file(&mut self, name: String, project: Project) {
        self.file = Some((name, project));
        self.then = Some(Side::File);
        self.now = Side::Now;
    }

    /// Asks what the baseline that is to be taken is called.
    pub fn take(&mut self, ui: &Ui, ctx: &Context) {
        self.taking = Some(Taking::begin(ui.ctx(), ctx));
    }

    /// Does what is asked from elsewhere.
    pub fn answer(&mut self, ui: &Ui, ctx: &Context) {
        match ctx.asked {
            Some(PageAction::TakeBaseline) => self.take(ui, ctx),
            Some(PageAction::Baselines) => self.manages = true,
            Some(PageAction::CompareWith(id)) => (self.then, self.now) = (Some(Side::Baseline(id)), Side::Now),
            _ => (),
        }
        if self.taking.as_mut().is_some_and(|it| it.show(ui, ctx)) {
            self.taking = None;
        }
    }

    pub fn file(&self) -> Option<&Project> {
        self.file.as_ref().map(|(_, project)| project)
    }

    /// The earlier side; `None` where there is nothing to compare with.
    pub fn then(&self, project: &Project) -> Option<Side> {
        let chosen = self.then.filter(|it| self.is_there(*it, project));
        chosen
            .or_else(|| newest_baseline(project).map(|(id, _)| Side::Baseline(id)))
            .or(self.file.as_ref().map(|_| Side::File))
    }

    pub fn now(&self) -> Side {
        self.now
    }

    fn is_there(&self, side: Side, project: &Project) -> bool {
        match side {
            Side::Now => true,
            Side::Baseline(id) => project.baselines.contains(id),
            Side::File => self.file.is_some(),
        }
    }

    /// What a side is called.
    pub fn name(&self, side: Side, project: &Project) -> String {
        match side {
            Side::Now => "Now".to_owned(),
            Side::File => self.file.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
            Side::Baseline(id) => project.baselines.get(id).map(in_words).unwrap_or_default(),
        }
    }

    fn sides(&self, project: &Project) -> Vec<Side> {
        let mut baselines: Vec<_> = project.baselines.iter().collect();
        baselines.sort_by_key(|(id, it)| (it.order(), *id));
        let baselines = baselines.into_iter().rev().map(|(id, _)| Side::Baseline(id));
        std::iter::once(Side::Now).chain(baselines).chain(self.file.as_ref().map(|_| Side::File)).collect()
    }

    /// Both sides, and what can be done about them.
    pub fn choose(&mut self, ui: &mut Ui, ctx: &Context) {
        let project = ctx.project;
        if !self.is_there(self.now, project) {
            self.now = Side::Now;
        }
        let mut then = self.then(project).unwrap_or_default();
        let mut now = self.now;
        ui.horizontal_wrapped(|ui| {
            self.side(ui, project, "Then", &mut then);
            ui.label(RichText::new("→").weak());
            self.side(ui, project, "Now", &mut now);
            if ui.button("Swap").on_hover_text("Exchange the two sides").clicked() {
                std::mem::swap(&mut then, &mut now);
            }
        });
        ui.horizontal_wrapped(|ui| {
            if primary_button(ui, ctx.palette, "Take a baseline…").clicked() {
                self.take(ui, ctx);
            }
            if ui.button("Compare with another file…").clicked() {
                ctx.send(Action::File(FileAction::OpenToCompare));
            }
            super::export(ui, ctx);
            if !project.baselines.is_empty() {
                ui.toggle_value(&mut self.manages, "Baselines");
            }
        });
        if Some(then) != self.then(project) {
            self.then = Some(then);
        }
        self.now = now;
        if self.manages {
            self.baselines(ui, ctx);
        }
        self.ask_delete(ui, ctx);
    }

    fn side(&self, ui: &mut Ui, project: &Project, label: &str, side: &mut Side) {
        let label = ui.label(label).id;
        // two sides with their names and Swap stand in one line where there is room
        let width = ((ui.max_rect().width() - 190.0) / 2.0).clamp(110.0, 260.0);
        let list =
            ComboBox::from_id_salt(("side", label)).selected_text(self.name(*side, project)).width(width).truncate();
        let all = || self.sides(project).into_iter().map(|it| (it, self.name(it, project))).collect();
        drop_down(ui, list, side, all).labelled_by(label);
    }

    /// All baselines, to be named, dated and deleted.
    fn baselines(&mut self, ui: &mut Ui, ctx: &Context) {
        ui.add_space(8.0);
        for side in self.sides(ctx.project) {
            let Side::Baseline(id) = side else { continue };
            let Some(baseline) = ctx.project.baselines.get(id) else { continue };
            ui.push_id(id, |ui| card(ui, ctx.palette, |ui| self.baseline(ui, ctx, id, baseline)));
            ui.add_space(6.0);
        }
    }

    fn baseline(&mut self, ui: &mut Ui, ctx: &Context, id: BaselineId, baseline: &Baseline) {
        let put = |it: Baseline| Edit::Put(Item::Baseline(id, it));
        singleline(ui, Field::new(ctx, "Name"), &baseline.name, |name| put(Baseline { name, ..baseline.clone() }));
        let by = Field::new(ctx, "Taken by (role)");
        singleline(ui, by, &baseline.by, |by| put(Baseline { by, ..baseline.clone() }));
        let day = Field::new(ctx, "The day that it shows");
        date_field(ui, day, id, baseline.taken_on, |taken_on| put(Baseline { taken_on, ..baseline.clone() }));
        let notes = Field::new(ctx, "Why it was taken");
        multiline(ui, notes, &baseline.notes, 2, |notes| put(Baseline { notes, ..baseline.clone() }));
        ui.horizontal_wrapped(|ui| {
            let it = &baseline.project;
            let what = format!("{} zones, {} conduits, {} assets", it.zones.len(), it.conduits.len(), it.assets.len());
            ui.label(RichText::new(what).small().weak());
            if ui.button("Delete baseline…").clicked() {
                self.deleting = Some(id);
            }
        });
    }

    fn ask_delete(&mut self, ui: &Ui, ctx: &Context) {
        let Some(id) = self.deleting else { return };
        let Some(baseline) = ctx.project.baselines.get(id) else {
            self.deleting = None;
            return;
        };
        let (mut delete, mut keep) = (false, false);
        let modal = dialog(ui.ctx(), "delete baseline").show(ui.ctx(), |ui| {
            ui.set_width(dialog_width(ui, 380.0));
            ui.label(title(format!("Delete \"{}\"?", baseline.name)));
            ui.label("What the assessment was like then can't be compared any more. Undo brings it back.");
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                delete = ui.button("Delete").clicked();
                keep = ui.button("Keep").clicked();
            });
        });
        if delete {
            ctx.edit(Edit::Remove([Subject::from(id)].into()));
        }
        if delete || keep || modal.should_close() {
            self.deleting = None;
        }
    }
}

/// Its name, with the day where the name does not say it.
fn in_words(baseline: &Baseline) -> String {
    let name = if baseline.name.trim().is_empty() { "Baseline" } else { baseline.name.trim() };
    match baseline.taken_on.map(|it| it.to_string()) {
        Some(day) if !name.contains(&day) => format!("{name}, {day}"),
        _ => name.to_owned(),
    }
}
