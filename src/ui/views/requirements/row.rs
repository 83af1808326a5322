//! A requirement in the list with its answer, or with what several targets have in common.

use std::cell::Cell;

use egui::{Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::listing::Listing;
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

/// The list: whose answers, what they have in common, and how high a row is.
pub(super) struct Rows<'a, 'c> {
    pub ctx: &'a Context<'c>,
    pub targets: &'a [Target],
    pub listing: &'a Listing,
    /// As the row painted last; 0 before the first.
    pub height: Cell<f32>,
}

impl Rows<'_, '_> {
    /// Shows a row. Of one out of sight only its place is kept.
    pub fn show(&self, ui: &mut Ui, requirement: &Requirement, at: Standing) -> Response {
        let place = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), self.height.get()));
        let rect = if place.height() > 0.0 && !ui.is_rect_visible(place) {
            ui.advance_cursor_after_rect(place);
            place
        } else {
            let painted = self.paint(ui, requirement, at);
            self.height.set(painted.height());
            painted
        };
        let id = requirement.id;
        let response = ui.interact(rect, ui.scope_id().with(("requirement", id)), Sense::click());
        let status = self.listing.status(self.index(requirement));
        let word = status.map_or("various", status_word);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, at.chosen, format!("{id} {}, {word}", requirement.title))
        });
        if at.current {
            let mark = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            ui.painter().rect_filled(mark, 1.5, color32(self.ctx.palette.accent));
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 4.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
        }
        if at.scroll {
            response.scroll_to_me(None);
        }
        response
    }

    fn index(&self, requirement: &Requirement) -> usize {
        self.ctx.catalogue.index(requirement.id).unwrap_or(usize::MAX)
    }

    fn paint(&self, ui: &mut Ui, requirement: &Requirement, at: Standing) -> Rect {
        let (ctx, palette) = (self.ctx, self.ctx.palette);
        let (id, index) = (requirement.id, self.index(requirement));
        let answer = match self.targets {
            [only] => ctx.project.answer(*only, id),
            _ => None,
        };
        let status = self.listing.status(index);
        let frame = egui::Frame::new()
            .fill(color32(if at.chosen { palette.accent_soft } else { palette.panel }))
            .corner_radius(4.0)
            .inner_margin(egui::Margin::symmetric(8, 2));
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                // what is above the target is shown, but quietly
                let is_demanded = self.listing.is_demanded(index);
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
                    if self.listing.is_proven(index) && status.is_some_and(|it| it != Status::NotApplicable) {
                        chip(ui, "proven", (palette.good_soft, palette.good));
                    }
                    marks(ui, ctx, self.listing.marks(index));
                    let said = answer.map(said).unwrap_or_default();
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        words(ui, &requirement.title, &said, is_demanded);
                    });
                });
            });
        });
        shown.response.rect
    }
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
fn marks(ui: &mut Ui, ctx: &Context, (to_review, remarks): (bool, usize)) {
    if to_review {
        chip(ui, "to review", (ctx.palette.warning_soft, ctx.palette.warning));
    }
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
