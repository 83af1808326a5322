//! How a row of the outline looks.

use egui::{Align2, Rect, Response, Role, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::rename::Rename;
use super::rows::Row;
use super::{Drawn, Outline};
use crate::drawing::icons::icon;
use crate::drawing::levels::reach_cell;
use crate::hands::outline::Node;
use crate::model::Subject;
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};
use crate::ui::widgets::paint_shapes;

/// How much further in each depth stands.
const STEP: f32 = 14.0;
/// Size of the words.
const TEXT: f32 = 12.5;

/// Where the triangle is that folds and unfolds.
pub(super) fn triangle(row: &Row, rect: Rect) -> Rect {
    Rect::from_min_size(pos2(rect.left() + f32::from(row.depth) * STEP, rect.top()), vec2(16.0, rect.height()))
}

/// Where the tag begins, and a name is typed.
pub(super) fn name_place(row: &Row, rect: Rect) -> Rect {
    let left = triangle(row, rect).right() + if row.subject().is_some() { 20.0 } else { 4.0 };
    Rect::from_min_max(pos2(left, rect.top() + 1.0), pos2(rect.right() - 4.0, rect.bottom() - 1.0))
}

/// Tag and name of a row.
fn words(ctx: &Context, row: &Row) -> (String, String) {
    let project = ctx.project;
    match &row.node {
        Node::Site(site) if site.is_empty() => ("No site".to_owned(), row.count.to_string()),
        Node::Site(site) => (site.clone(), row.count.to_string()),
        Node::Conduits => ("Conduits".to_owned(), row.count.to_string()),
        Node::Notes => ("Notes".to_owned(), row.count.to_string()),
        Node::Unplaced => ("In no zone".to_owned(), row.count.to_string()),
        Node::Item(subject) => match *subject {
            Subject::Zone(id) => project.zones.get(id).map(|it| (it.tag.clone(), it.name.clone())),
            Subject::Conduit(id) => project.conduits.get(id).map(|it| {
                let end = |zone: Option<_>| zone.map_or("?", |it: crate::model::ZoneId| project.target_tag(it.into()));
                let ends = || format!("{} – {}", end(it.from), end(it.to));
                (it.tag.clone(), if it.name.is_empty() { ends() } else { it.name.clone() })
            }),
            Subject::Asset(id) => project.assets.get(id).map(|it| (it.tag.clone(), it.name.clone())),
            other => Some((project.subject_tag(other).into_owned(), String::new())),
        }
        .unwrap_or_default(),
    }
}

/// Paints it and makes it known to those who can't see it.
pub(super) fn paint(
    ui: &Ui,
    ctx: &Context,
    outline: &Outline,
    drawn: &Drawn,
    row: &Row,
    response: &Response,
    has_keys: bool,
) {
    let palette = ctx.palette;
    let rect = response.rect;
    let subject = row.subject();
    let is_selected = subject.is_some_and(|it| ctx.selection.contains(it));
    let (tag, name) = words(ctx, row);
    let spoken = match subject {
        Some(subject) => format!("{} {tag} {name}", subject.kind()),
        None => format!("{tag} {name}"),
    };
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_selected, spoken.trim().to_owned()));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    if is_selected {
        painter.rect_filled(rect, 4.0, color32(palette.selection_fill));
    } else if response.hovered() {
        painter.rect_filled(rect, 4.0, color32(palette.sunken));
    }
    if has_keys && outline.cursor.as_ref() == Some(&row.node) {
        painter.rect_stroke(rect, 4.0, Stroke::new(1.5, color32(palette.accent)), egui::StrokeKind::Inside);
    }
    if let Some(open) = row.open {
        let middle = triangle(row, rect).center();
        let at = |x: f32, y: f32| middle + if open { vec2(y, x) } else { vec2(x, y) };
        let points = vec![at(-2.0, -3.5), at(2.0, 0.0), at(-2.0, 3.5)];
        painter.add(egui::Shape::line(points, Stroke::new(1.5, color32(palette.text_weak))));
    }
    sign(ui, ctx, row, triangle(row, rect));
    let right = badges(ui, ctx, drawn, subject, rect);
    let place = name_place(row, rect);
    let is_hidden = subject.is_some_and(|it| drawn.is_hidden(ctx, it));
    let (ink, weak) =
        if is_hidden { (palette.text_faint, palette.text_faint) } else { (palette.text, palette.text_weak) };
    let room = right - place.left();
    // as large as the words of the theme, as far as rows are high enough
    let size = TEXT * ctx.palette.type_size.min(1.25);
    let tag = Face::SemiBold.shortened(&tag, size, room);
    let drawn_tag = painter.text(
        pos2(place.left(), rect.center().y),
        Align2::LEFT_CENTER,
        &tag,
        font(Face::SemiBold, size),
        color32(ink),
    );
    let left = drawn_tag.right() + 6.0;
    let name = Face::Regular.shortened(&name, size, right - left);
    painter.text(pos2(left, rect.center().y), Align2::LEFT_CENTER, name, font(Face::Regular, size), color32(weak));
}

/// The sign before the tag: a zone in the colour of its trust, the icon of an asset.
fn sign(ui: &Ui, ctx: &Context, row: &Row, before: Rect) {
    let palette = ctx.palette;
    let Some(subject) = row.subject() else { return };
    let frame = Rect::from_center_size(pos2(before.right() + 8.0, before.center().y), vec2(14.0, 14.0));
    let painter = ui.painter();
    let line = Stroke::new(1.5, color32(palette.icon));
    match subject {
        Subject::Zone(id) => {
            let Some(zone) = ctx.project.zones.get(id) else { return };
            let colors = palette.zone(zone.trust);
            let edge = Stroke::new(1.5, color32(colors.edge));
            painter.rect(frame.shrink(1.0), 3.0, color32(colors.fill), edge, egui::StrokeKind::Inside);
        }
        Subject::Asset(id) => {
            let Some(asset) = ctx.project.assets.get(id) else { return };
            let place = crate::model::Rect::new(frame.left() - 1.0, frame.top() - 1.0, 16.0, 16.0);
            paint_shapes(ui, &icon(&asset.kind, place, palette.icon));
        }
        Subject::Conduit(_) => {
            let middle = frame.center().y;
            painter.line_segment([pos2(frame.left() + 2.0, middle), pos2(frame.right() - 2.0, middle)], line);
            painter.circle_filled(pos2(frame.left() + 2.0, middle), 2.5, color32(palette.icon));
            painter.circle_filled(pos2(frame.right() - 2.0, middle), 2.5, color32(palette.icon));
        }
        _ => {
            painter.rect_stroke(frame.shrink(1.5), 1.5, line, egui::StrokeKind::Inside);
            for y in [-2.0, 1.5] {
                let at = frame.center().y + y;
                let line = Stroke::new(1.0, color32(palette.icon));
                painter.line_segment([pos2(frame.left() + 4.0, at), pos2(frame.right() - 4.0, at)], line);
            }
        }
    }
}

/// Worst shortfall and open findings at the right end; returns where they begin.
fn badges(ui: &Ui, ctx: &Context, drawn: &Drawn, subject: Option<Subject>, rect: Rect) -> f32 {
    let palette = ctx.palette;
    let mut right = rect.right() - 12.0;
    let Some(subject) = subject else { return right };
    let mut chip = |text: &str, (fill, ink): (crate::drawing::palette::Color, crate::drawing::palette::Color)| {
        let width = (Face::SemiBold.width(text, 10.0) + 9.0).max(22.0);
        let frame = Rect::from_min_size(pos2(right - width, rect.center().y - 7.5), vec2(width, 15.0));
        ui.painter().rect_filled(frame, 3.5, color32(fill));
        ui.painter().text(frame.center(), Align2::CENTER_CENTER, text, font(Face::SemiBold, 10.0), color32(ink));
        right = frame.left() - 4.0;
    };
    let levels = subject.target().and_then(|it| ctx.analysis.target(it)).filter(|it| it.target.is_some());
    if let Some(levels) = levels {
        let (text, colors) = reach_cell(levels.worst_reach(), palette);
        chip(&text, colors);
    }
    match drawn.marks.get(&subject).copied().unwrap_or_default() {
        (0, 0) => (),
        (0, warnings) => chip(&format!("! {warnings}"), palette.severity(crate::analysis::Severity::Warning)),
        (errors, _) => chip(&format!("! {errors}"), palette.severity(crate::analysis::Severity::Error)),
    }
    right
}

/// Where a drag would fall, and what comes of it.
pub(super) fn drop_mark(ui: &Ui, ctx: &Context, onto: Option<Rect>, text: &str, is_possible: bool) {
    let palette = ctx.palette;
    let color = color32(if is_possible { palette.accent } else { palette.error });
    if let Some(rect) = onto {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, color), egui::StrokeKind::Inside);
    }
    let Some(at) = ui.input(|input| input.pointer.interact_pos()) else { return };
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("outline drag"));
    let painter = ui.ctx().layer_painter(layer);
    let galley = painter.layout_no_wrap(text.to_owned(), font(Face::Regular, 12.0), color32(palette.text));
    let frame = Rect::from_min_size(at + vec2(14.0, 10.0), galley.size() + vec2(12.0, 6.0));
    painter.rect(frame, 4.0, color32(palette.raised), Stroke::new(1.0, color), egui::StrokeKind::Inside);
    painter.galley(frame.min + vec2(6.0, 3.0), galley, color32(palette.text));
}

/// Whether it is what this row stands for that is being renamed.
pub(super) fn is_renamed(row: &Row, rename: &Rename) -> bool {
    match &row.node {
        Node::Site(site) => rename.site() == Some(site),
        _ => rename.subject().is_some() && rename.subject() == row.subject(),
    }
}
