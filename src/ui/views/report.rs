//! Handing over: whom the report is for, what it will hold, and the exports.

use egui::{RichText, Ui};

use crate::drawing::scene::{Look, Scene, scene};
use crate::report::{self, Profile, outline::Block};
use crate::ui::action::{Action, Export, Extent, FileAction};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{chosen_card, page, paint_shapes, primary_button, section};

/// What the page remembers.
#[derive(Default)]
pub struct ReportState {
    profile: Profile,
    preview: Option<Preview>,
}

/// The outline of a report and the diagram in it, kept while the project does not change.
struct Preview {
    scene: Scene,
    revision: u64,
    profile: Profile,
    /// Level, heading, and how many rows of tables stand under it.
    headings: Vec<(u8, String, usize)>,
}

/// Shows it.
pub fn report(ui: &mut Ui, ctx: &Context, state: &mut ReportState) {
    let export = |export: Export| ctx.send(Action::File(FileAction::Export(export)));
    page(ui, "report", "Report", "Choose whom it is for, look at what it will hold, and hand it over.", |ui| {
        ui.set_max_width(ui.available_width().min(1280.0));
        let is_wide = ui.available_width() > 520.0;
        if is_wide {
            ui.columns(3, |columns| {
                for (profile, ui) in Profile::ALL.into_iter().zip(columns) {
                    choose(ui, ctx, state, profile);
                }
            });
        } else {
            for profile in Profile::ALL {
                choose(ui, ctx, state, profile);
            }
        }
        ui.add_space(10.0);
        ui.horizontal_wrapped(|ui| {
            if primary_button(ui, ctx.palette, "Export report as PDF…").clicked() {
                export(Export::Report(state.profile));
            }
            if ui
                .button("Export tracker…")
                .on_hover_text("The gaps, actions and open questions as a workbook or CSV")
                .clicked()
            {
                export(Export::Tracker);
            }
            if ui.button("Export diagram…").on_hover_text("As SVG, PNG, PDF, draw.io or GraphML").clicked() {
                export(Export::Diagram(Extent::All));
            }
            if ui.button("Export tables…").on_hover_text("Everything as a folder of CSV tables").clicked() {
                export(Export::Tables);
            }
        });
        if !is_wide {
            section(ui, "What it will hold", |ui| contents(ui, ctx, state));
            section(ui, "The diagram in it", |ui| picture(ui, ctx, state));
            return;
        }
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width((ui.available_width() * 0.4).min(300.0));
                section(ui, "What it will hold", |ui| contents(ui, ctx, state));
            });
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                section(ui, "The diagram in it", |ui| picture(ui, ctx, state));
            });
        });
    });
}

fn choose(ui: &mut Ui, ctx: &Context, state: &mut ReportState, profile: Profile) {
    let is_chosen = state.profile == profile;
    let title = match profile {
        Profile::Management => "For management",
        Profile::Full => "Full report",
        Profile::Audit => "For audit",
    };
    chosen_card(ui, ctx.palette, is_chosen, |ui| {
        ui.set_min_height(if ui.available_width() > 300.0 { 66.0 } else { 84.0 });
        ui.set_width(ui.available_width());
        if ui.radio(is_chosen, strong(title)).clicked() {
            state.profile = profile;
        }
        ui.label(RichText::new(profile.description()).weak());
    });
}

fn contents(ui: &mut Ui, ctx: &Context, state: &mut ReportState) {
    let revision = ctx.session.revision();
    let is_current = |it: &Preview| (it.revision, it.profile) == (revision, state.profile);
    if !state.preview.as_ref().is_some_and(is_current) {
        let outline = report::outline(ctx.project, ctx.catalogue, ctx.analysis, state.profile);
        let mut headings: Vec<(u8, String, usize)> = Vec::new();
        for block in &outline.blocks {
            match block {
                Block::Heading { level, text, .. } => headings.push((*level, text.clone(), 0)),
                Block::Table(table) => {
                    if let Some((.., rows)) = headings.last_mut() {
                        *rows += table.rows.len();
                    }
                }
                _ => (),
            }
        }
        let scene = scene(ctx.project, ctx.analysis, &Look::printed());
        state.preview = Some(Preview { scene, revision, profile: state.profile, headings });
    }
    let headings = state.preview.iter().flat_map(|it| &it.headings);
    for (level, text, rows) in headings.filter(|(level, ..)| *level <= 2) {
        ui.horizontal(|ui| {
            ui.add_space(if *level == 1 { 0.0 } else { 18.0 });
            ui.label(if *level == 1 { strong(text) } else { RichText::new(text) });
            if *rows > 0 {
                ui.label(RichText::new(format!("{rows} rows")).small().weak());
            }
        });
    }
}

/// The diagram as it will be printed, as wide as there is room.
fn picture(ui: &mut Ui, ctx: &Context, state: &ReportState) {
    let Some(scene) = state.preview.as_ref().map(|it| &it.scene).filter(|it| !it.elements.is_empty()) else {
        ui.label(RichText::new("No zone has been drawn yet.").weak());
        return;
    };
    let look = Look::printed();
    let width = ui.available_width();
    let scale = width / scene.bounds.width.max(1.0);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, scene.bounds.height * scale), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "The diagram as it will be printed"));
    ui.painter().rect_filled(rect, 4.0, color32(look.palette.canvas));
    let shapes = scene.elements.iter().filter(|it| it.is_drawn_at(scale)).flat_map(|it| &it.shapes);
    let placed: Vec<_> = shapes
        .map(|it| it.transformed(scale, rect.left() - scene.bounds.x * scale, rect.top() - scene.bounds.y * scale))
        .collect();
    paint_shapes(ui, &placed);
    if response.clicked() {
        ctx.send(Action::Fit(false));
    }
}
