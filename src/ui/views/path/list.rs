//! All stops of the path, group by group.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{Kind, PathState, Stop};
use crate::analysis::Progress;
use crate::drawing::palette::Palette;
use crate::text::Face;
use crate::ui::action::Waypoint;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font, strong};

/// Room for the scroll bar.
const GUTTER: f32 = 12.0;

/// Shows them.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut PathState, stops: &[Stop], current: usize) {
    ui.spacing_mut().item_spacing.y = 1.0;
    // the scroll bar covers nothing
    ui.set_max_width(ui.available_width() - GUTTER);
    let turns = std::mem::take(&mut state.turns);
    let mut before: Option<u8> = None;
    for (place, stop) in stops.iter().enumerate() {
        let group = group_of(stop);
        if before != Some(group) {
            before = Some(group);
            heading(ui, ctx, group, stops);
        }
        let response = row(ui, ctx, stop, place == current);
        if place == current && turns {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            state.current = Some(stop.at);
            response.surrender_focus();
        }
    }
    ui.add_space(24.0);
    crate::ui::widgets::follow_focus(ui);
}

/// The group of ZCR; 0 for the steps of validation.
fn group_of(stop: &Stop) -> u8 {
    match stop.at {
        Waypoint::Requirement(id) => id.group(),
        Waypoint::Step(_) => 0,
    }
}

fn heading(ui: &mut Ui, ctx: &Context, group: u8, stops: &[Stop]) {
    let of_group = || stops.iter().filter(|it| group_of(it) == group);
    let complete = of_group().filter(|it| it.progress == Progress::Complete).count();
    let title = match group {
        0 => "Validation before remediation".to_owned(),
        _ => format!("ZCR {group}  {}", ctx.catalogue.zcr_group(group)),
    };
    ui.add_space(10.0);
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_space(8.0);
        ui.label(egui::RichText::new(format!("{complete} of {}", of_group().count())).small().weak());
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(strong(title)).truncate());
        });
    });
}

/// What stands at the right of a row, and in which colour.
fn told(stop: &Stop, palette: &Palette) -> (String, crate::drawing::palette::Color) {
    let count = stop.count();
    match (stop.confirmed.is_some(), count) {
        (true, 0) => ("confirmed".to_owned(), palette.good),
        (true, count) => (format!("confirmed, {count} open"), palette.warning),
        (false, _) if matches!(stop.kind, Kind::Step(_, true)) => ("later work has begun".to_owned(), palette.warning),
        (false, 0) => ("to confirm".to_owned(), palette.text_weak),
        (false, count) => (format!("{count} open"), palette.text_weak),
    }
}

fn row(ui: &mut Ui, ctx: &Context, stop: &Stop, is_here: bool) -> egui::Response {
    let palette = ctx.palette;
    let scale = palette.type_size;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0 * scale), Sense::click());
    let (words, color) = told(stop, palette);
    response.widget_info(|| {
        let name = format!("{} {}: {}, {words}", stop.number, stop.title, stop.progress.word());
        WidgetInfo::selected(Role::Button, true, is_here, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    if is_here {
        painter.rect_filled(rect, 6.0, color32(palette.accent_soft));
    } else if response.hovered() {
        painter.rect_filled(rect, 6.0, color32(palette.sunken));
    }
    if response.has_focus() {
        painter.rect_stroke(rect, 6.0, ui.visuals().selection.stroke, egui::StrokeKind::Inside);
    }
    mark(ui, palette, pos2(rect.left() + 15.0 * scale, rect.center().y), 6.0 * scale, stop.progress);
    let y = rect.center().y;
    let size = 13.5 * scale;
    let at = |x: f32| pos2(rect.left() + x * scale, y);
    let face = if is_here { Face::SemiBold } else { Face::Regular };
    let text = color32(palette.text);
    painter.text(at(30.0), Align2::LEFT_CENTER, &stop.number, font(Face::SemiBold, size), text);
    let small = font(Face::Regular, 11.5 * scale);
    let told = painter.text(
        pos2(rect.right() - 8.0, y),
        Align2::RIGHT_CENTER,
        &words,
        small,
        color32(if is_here && color == palette.text_weak { palette.text } else { color }),
    );
    let room = told.left() - 10.0 - at(94.0).x;
    let title = face.shortened(&stop.title, size, room);
    painter.text(at(94.0), Align2::LEFT_CENTER, &title, font(face, size), text);
    if title == stop.title { response } else { response.on_hover_text(&stop.title) }
}

/// How far it is, as a shape and not in colour alone: an empty ring, a half disc, a disc with a tick.
pub fn mark(ui: &Ui, palette: &Palette, centre: egui::Pos2, radius: f32, progress: Progress) {
    let painter = ui.painter();
    match progress {
        Progress::Nothing => {
            painter.circle_stroke(centre, radius - 0.75, Stroke::new(1.5, color32(palette.text_faint)));
        }
        Progress::Begun => {
            let ink = color32(palette.hint);
            painter.circle_stroke(centre, radius - 0.75, Stroke::new(1.5, ink));
            let half =
                Rect::from_min_max(pos2(centre.x - radius, centre.y - radius), pos2(centre.x, centre.y + radius));
            painter.with_clip_rect(painter.clip_rect().intersect(half)).circle_filled(centre, radius - 0.75, ink);
        }
        Progress::Complete => {
            painter.circle_filled(centre, radius, color32(palette.good));
            let point = |x: f32, y: f32| pos2(centre.x + x * radius, centre.y + y * radius);
            let tick = vec![point(-0.45, 0.0), point(-0.1, 0.38), point(0.5, -0.35)];
            painter.add(egui::Shape::line(tick, Stroke::new(radius * 0.27, color32(palette.raised))));
        }
    }
}
