//! What the room's view is made of: text measured before it is painted, large keys.

use std::sync::Arc;

use egui::{Galley, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::inks::Inks;
use super::sizes::Sizes;
use crate::drawing::palette::Color;
use crate::text::Face;
use crate::ui::theme::{color32, font};
use crate::ui::widgets::capital;

/// Text to be painted.
pub(super) fn text(ui: &Ui, words: &str, (face, size): (Face, f32), ink: Color, width: f32) -> Arc<Galley> {
    ui.painter().layout(words.to_owned(), font(face, size), color32(ink), width.max(1.0))
}

/// Paints text, and lets it be read aloud. Returns where it stands.
pub(super) fn put(ui: &Ui, at: Pos2, galley: Arc<Galley>) -> Rect {
    let rect = Rect::from_min_size(at, galley.size());
    let words = galley.text().to_owned();
    let response = ui.interact(rect, ui.scope_id().with(("said", words.as_str(), at.y as i32)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.as_str()));
    ui.painter().galley(at, galley, egui::Color32::PLACEHOLDER);
    rect
}

/// A large key with what it does under it.
pub(super) fn key(ui: &Ui, inks: Inks, rect: Rect, key: &str, words: &str, is_chosen: bool, sizes: Sizes) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("key", key, words)), Sense::click());
    let label = format!("{key}  {words}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, label.as_str()));
    let (fill, ink) = inks.key(is_chosen);
    let edge = if response.has_focus() || response.hovered() {
        Stroke::new(3.0 * sizes.unit, color32(inks.palette.accent))
    } else {
        Stroke::new(1.5 * sizes.unit, color32(inks.palette.line_strong))
    };
    ui.painter().rect(rect, 8.0 * sizes.unit, color32(fill), edge, StrokeKind::Inside);
    let figure = text(ui, key, (Face::SemiBold, 1.35 * sizes.small()), ink, rect.width());
    let below = lines(ui, words, ink, rect.width(), sizes);
    let high = figure.size().y + below.iter().map(|it| it.size().y).sum::<f32>();
    let mut y = rect.center().y - high / 2.0;
    for line in std::iter::once(figure).chain(below) {
        let at = pos2(rect.center().x - line.size().x / 2.0, y);
        y += line.size().y;
        ui.painter().galley(at, line, color32(ink));
    }
    response
}

/// The words of a key in one line, or in one line each.
fn lines(ui: &Ui, words: &str, ink: Color, width: f32, sizes: Sizes) -> Vec<Arc<Galley>> {
    let line = |words: &str| text(ui, words, (Face::SemiBold, sizes.small()), ink, f32::INFINITY);
    let whole = line(words);
    if whole.size().x <= width - 14.0 * sizes.unit { vec![whole] } else { words.split(' ').map(line).collect() }
}

/// How wide keys are that bear these words, so that none is cut and all together fill the width.
pub(super) fn key_widths(ui: &Ui, words: &[String], width: f32, sizes: Sizes) -> Vec<f32> {
    let widest = |words: &String| {
        let parts =
            words.split(' ').map(|it| text(ui, it, (Face::SemiBold, sizes.small()), Color::default(), f32::INFINITY));
        parts.map(|it| it.size().x).fold(0.0, f32::max) + 20.0 * sizes.unit
    };
    let needed: Vec<f32> = words.iter().map(widest).collect();
    let even = width / words.len().max(1) as f32;
    // what needs more than its even part takes it from the others
    let more: f32 = needed.iter().map(|it| (it - even).max(0.0)).sum();
    let spare: f32 = needed.iter().map(|it| (even - it).max(0.0)).sum();
    let share = if spare > 0.0 { (more / spare).min(1.0) } else { 0.0 };
    needed.iter().map(|it| if *it > even { *it } else { even - (even - it) * share }).collect()
}

/// A key with what it does beside it, in one line.
pub(super) fn flat(
    ui: &Ui,
    inks: Inks,
    at: Pos2,
    (key, words): (&str, &str),
    is_chosen: bool,
    sizes: Sizes,
) -> Response {
    let (fill, ink) = inks.key(is_chosen);
    let said = text(ui, &format!("{key}  {words}"), (Face::SemiBold, sizes.small()), ink, f32::INFINITY);
    let rect = Rect::from_min_size(at, vec2(said.size().x + 1.4 * sizes.gap(), flat_height(sizes)));
    let response = ui.interact(rect, ui.scope_id().with(("flat", key)), Sense::click());
    let label = capital(words);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, label.as_str()));
    ui.painter().rect_filled(rect, 6.0 * sizes.unit, color32(fill));
    if response.has_focus() || response.hovered() {
        let edge = Stroke::new(3.0 * sizes.unit, color32(inks.palette.accent));
        ui.painter().rect_stroke(rect, 6.0 * sizes.unit, edge, StrokeKind::Inside);
    }
    ui.painter().galley(rect.center() - said.size() / 2.0, said, color32(ink));
    response
}

/// How wide such a key is.
pub(super) fn flat_width(ui: &Ui, (key, words): (&str, &str), sizes: Sizes) -> f32 {
    let said = text(ui, &format!("{key}  {words}"), (Face::SemiBold, sizes.small()), Color::default(), f32::INFINITY);
    said.size().x + 1.4 * sizes.gap()
}

/// How high such a key is.
pub(super) fn flat_height(sizes: Sizes) -> f32 {
    1.7 * sizes.small()
}

/// How high keys are that bear these words in this width.
pub(super) fn key_height(ui: &Ui, words: &[&str], width: f32, sizes: Sizes) -> f32 {
    let ink = Color::default();
    let below = words.iter().map(|it| lines(ui, it, ink, width, sizes).iter().map(|it| it.size().y).sum());
    let figure = text(ui, "1", (Face::SemiBold, 1.35 * sizes.small()), ink, width).size().y;
    figure + below.fold(0.0, f32::max) + 10.0 * sizes.unit
}

/// A line in a box of its own colour. Returns how high it is.
pub(super) fn banner(ui: &Ui, at: Pos2, width: f32, words: &str, (fill, ink): (Color, Color), sizes: Sizes) -> f32 {
    let pad = 8.0 * sizes.unit;
    let galley = told(ui, words, ink, width - 2.0 * pad, sizes);
    let rect = Rect::from_min_size(at, vec2(width, galley.size().y + 1.2 * pad));
    ui.painter().rect_filled(rect, 6.0 * sizes.unit, color32(fill));
    put(ui, at + vec2(pad, 0.6 * pad), galley);
    rect.height()
}

/// How high such a line is.
pub(super) fn banner_height(ui: &Ui, width: f32, words: &str, sizes: Sizes) -> f32 {
    let pad = 8.0 * sizes.unit;
    told(ui, words, Color::default(), width - 2.0 * pad, sizes).size().y + 1.2 * pad
}

/// What such a line says, in two lines at most.
fn told(ui: &Ui, words: &str, ink: Color, width: f32, sizes: Sizes) -> Arc<Galley> {
    at_most(ui, words, (Face::SemiBold, sizes.small(), 2), ink, width)
}

/// Text in so many lines at most: the scribe has all of it.
pub(super) fn at_most(
    ui: &Ui,
    words: &str,
    (face, size, most): (Face, f32, usize),
    ink: Color,
    width: f32,
) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), font(face, size), color32(ink), width.max(1.0));
    job.wrap.max_rows = most;
    ui.painter().layout_job(job)
}
