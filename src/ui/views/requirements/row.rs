//! A requirement in the list with its answer, or with what several targets have in common.

use egui::{Response, RichText, Role, Sense, Ui, WidgetInfo};

use crate::catalogue::Requirement;
use crate::model::{Answer, Status, Target};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::views::answers::status_word;
use crate::ui::widgets::{cell, chip};

/// How a row stands in the list.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// It is chosen.
    pub chosen: bool,
    /// It is the one that keys are for.
    pub current: bool,
    /// It is to be brought into sight.
    pub scroll: bool,
}

/// The status that all targets have for it; `None` where they differ.
fn common_status(ctx: &Context, targets: &[Target], requirement: &Requirement) -> Option<Status> {
    let status = |&it: &Target| ctx.project.answer(it, requirement.id).map_or(Status::NotAssessed, |it| it.status);
    let mut all = targets.iter().map(status);
    let first = all.next()?;
    all.all(|it| it == first).then_some(first)
}

/// Shows it.
pub(super) fn row(ui: &mut Ui, ctx: &Context, targets: &[Target], requirement: &Requirement, at: Standing) -> Response {
    let palette = ctx.palette;
    let id = requirement.id;
    let index = ctx.catalogue.index(id).unwrap_or(usize::MAX);
    let levels = || targets.iter().filter_map(|&it| ctx.analysis.target(it));
    let answer = targets.first().filter(|_| targets.len() == 1).and_then(|&it| ctx.project.answer(it, id));
    let status = common_status(ctx, targets, requirement);
    let frame = egui::Frame::new()
        .fill(color32(if at.chosen { palette.accent_soft } else { palette.panel }))
        .corner_radius(4.0)
        .inner_margin(egui::Margin::symmetric(8, 2));
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                // what is above the target is shown, but quietly
                let is_demanded = levels().any(|it| it.demanded.contains(index));
                let indent = if id.is_sr() { 0.0 } else { 14.0 };
                ui.add_space(indent);
                let name = format!("{id}");
                let name = if is_demanded { strong(name) } else { RichText::new(name).weak() };
                cell(ui, 92.0 - indent, |ui| ui.label(name));
                chip(ui, &requirement.gate.to_string(), palette.level(requirement.gate))
                    .on_hover_text(format!("Demanded from SL {}", requirement.gate));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    match status {
                        Some(status) => status_chip(ui, ctx, status),
                        None => {
                            chip(ui, "various", (palette.sunken, palette.text_weak));
                        }
                    }
                    let is_proven = levels().all(|it| it.standing.proven.contains(index));
                    if is_proven && status.is_some_and(|it| it != Status::NotApplicable) {
                        chip(ui, "proven", (palette.good_soft, palette.good));
                    }
                    marks(ui, ctx, targets, requirement);
                    let said = answer.map(said).unwrap_or_default();
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        words(ui, &requirement.title, &said, is_demanded);
                    });
                });
            });
        })
        .response;
    let response = response.interact(Sense::click());
    let word = status.map_or("various", status_word);
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, at.chosen, format!("{id} {}, {word}", requirement.title))
    });
    if at.current {
        let mark = egui::Rect::from_min_size(response.rect.min, egui::vec2(3.0, response.rect.height()));
        ui.painter().rect_filled(mark, 1.5, color32(palette.accent));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    if at.scroll {
        response.scroll_to_me(None);
    }
    response
}

/// Below this room the note is left out.
const LEAST_NOTE: f32 = 120.0;

/// The title, and the beginning of what was said where there is room.
fn words(ui: &mut Ui, title: &str, said: &str, is_demanded: bool) {
    let room = ui.available_width();
    let size = egui::TextStyle::Body.resolve(ui.style()).size;
    let wanted = Face::Regular.width(title, size) + 6.0;
    let text = RichText::new(title);
    let text = if is_demanded { text } else { text.weak() };
    let has_note = !said.is_empty() && room - wanted > LEAST_NOTE;
    let width = if has_note { wanted } else { room };
    cell(ui, width, |ui| ui.add(egui::Label::new(text).truncate().selectable(false)));
    if has_note {
        ui.add(egui::Label::new(RichText::new(said).small().weak()).truncate().selectable(false));
    }
}

/// To be reviewed, and open remarks.
fn marks(ui: &mut Ui, ctx: &Context, targets: &[Target], requirement: &Requirement) {
    let answers = || targets.iter().filter_map(|&it| ctx.project.answer(it, requirement.id));
    if answers().any(|it| it.review) {
        chip(ui, "to review", (ctx.palette.warning_soft, ctx.palette.warning));
    }
    let remarks = answers().flat_map(|it| &it.comments).filter(|it| !it.resolved).count();
    if remarks > 0 {
        let text = if remarks == 1 { "1 remark".to_owned() } else { format!("{remarks} remarks") };
        chip(ui, &text, (ctx.palette.hint_soft, ctx.palette.hint));
    }
}

/// The beginning of what was said.
fn said(answer: &Answer) -> String {
    let text = match answer.status {
        Status::Compensated if !answer.countermeasure.is_empty() => &answer.countermeasure,
        Status::NotApplicable if !answer.justification.is_empty() => &answer.justification,
        _ => &answer.notes,
    };
    text.lines().next().unwrap_or_default().to_owned()
}

/// A status in its colour and word; an inherited one names its source.
pub(super) fn status_chip(ui: &mut Ui, ctx: &Context, status: Status) {
    let palette = ctx.palette;
    let colors = match status {
        Status::Met => (palette.good_soft, palette.good),
        Status::Compensated | Status::NotApplicable | Status::Inherited(Some(_)) => (palette.hint_soft, palette.hint),
        Status::Partial => (palette.warning_soft, palette.warning),
        Status::NotMet | Status::Inherited(None) => (palette.error_soft, palette.error),
        Status::NotAssessed => (palette.sunken, palette.text_weak),
    };
    let text = match status {
        Status::Inherited(Some(source)) => format!("from {}", ctx.project.target_tag(source)),
        status => status_word(status).to_owned(),
    };
    chip(ui, &text, colors);
}
