//! What lies over the scene: selection, handles, ports, guides, drags.

use egui::{Align2, Color32, Painter, Stroke, pos2, vec2};

use super::gesture::Gesture;
use super::{CanvasState, Tool, bounds_of};
use crate::drawing::scene::Scene;
use crate::hands::hit::{Handle, Hit, ports_of};
use crate::hands::snap::Guide;
use crate::model::{Point, Rect, Subject};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};

/// Paints what lies over the scene.
pub(super) fn paint(
    painter: &Painter,
    ctx: &Context,
    state: &CanvasState,
    scene: &Scene,
    rect: egui::Rect,
    hovered: Hit,
    at: Option<Point>,
) {
    selection(painter, ctx, state, scene, rect);
    guides(painter, ctx, state, rect);
    if state.drag.is_none() && state.tool != Tool::Zone {
        ports(painter, ctx, state, rect, hovered);
    }
    if let (Some(drag), Some(at)) = (&state.drag, at) {
        gesture(painter, ctx, state, rect, &drag.gesture, at);
    }
}

fn selection(painter: &Painter, ctx: &Context, state: &CanvasState, scene: &Scene, rect: egui::Rect) {
    let line = Stroke::new(2.0, color32(ctx.palette.selection));
    for &subject in &ctx.selection.subjects {
        match subject {
            Subject::Conduit(id) => {
                if let Some(route) = scene.routes().get(&id) {
                    let points: Vec<_> = route.points.iter().map(|&it| state.camera.to_screen(rect, it)).collect();
                    let halo = Stroke::new(9.0, color32(ctx.palette.selection_fill));
                    painter.add(egui::Shape::line(points.clone(), halo));
                    painter.add(egui::Shape::line(points, line));
                }
            }
            _ => {
                if let Some(bounds) = bounds_of(ctx.project, scene, subject) {
                    let frame = state.camera.rect_to_screen(rect, bounds).expand(2.0);
                    // a hint of colour only: levels and names below it stay readable
                    let fill = color32(ctx.palette.selection_fill).gamma_multiply(0.35);
                    painter.rect(frame, 6.0, fill, line, egui::StrokeKind::Outside);
                }
            }
        }
    }
    if let Some(zone) = super::resizable(ctx, state).and_then(|id| ctx.project.zones.get(id)) {
        let size = zone.frame.width.min(zone.frame.height) * state.camera.zoom;
        // on a small zone only the corners, or they would cover its name
        for handle in Handle::ALL.into_iter().filter(|it| size > 48.0 || (it.x != 0 && it.y != 0)) {
            let at = state.camera.to_screen(rect, handle.place(zone.frame));
            let square = egui::Rect::from_center_size(at, vec2(8.0, 8.0));
            painter.rect(square, 1.5, color32(ctx.palette.canvas), line, egui::StrokeKind::Middle);
        }
    }
}

fn guides(painter: &Painter, ctx: &Context, state: &CanvasState, rect: egui::Rect) {
    let line = Stroke::new(1.0, color32(ctx.palette.guide));
    for guide in &state.guides {
        match *guide {
            Guide::Upright(x) => {
                let x = state.camera.to_screen(rect, Point::new(x, 0.0)).x;
                painter.line_segment([pos2(x, rect.top()), pos2(x, rect.bottom())], line);
            }
            Guide::Level(y) => {
                let y = state.camera.to_screen(rect, Point::new(0.0, y)).y;
                painter.line_segment([pos2(rect.left(), y), pos2(rect.right(), y)], line);
            }
        }
    }
}

/// The dots around the zone under the pointer, and around the selected one.
fn ports(painter: &Painter, ctx: &Context, state: &CanvasState, rect: egui::Rect, hovered: Hit) {
    let zone = match hovered {
        Hit::Zone(id) | Hit::Port(id) => Some(id),
        _ => super::resizable(ctx, state),
    };
    let Some(frame) = zone.and_then(|id| ctx.project.zones.get(id)).map(|it| it.frame) else { return };
    for port in ports_of(frame, state.camera.zoom) {
        let at = state.camera.to_screen(rect, port);
        painter.circle(at, 4.5, color32(ctx.palette.accent), Stroke::new(1.5, color32(ctx.palette.canvas)));
    }
}

fn gesture(painter: &Painter, ctx: &Context, state: &CanvasState, rect: egui::Rect, gesture: &Gesture, at: Point) {
    let accent = color32(ctx.palette.accent);
    let here = state.camera.to_screen(rect, at);
    let frame = |from: Point| egui::Rect::from_two_pos(state.camera.to_screen(rect, from), here);
    match gesture {
        Gesture::Draw { from } => {
            painter.rect(
                frame(*from),
                6.0,
                color32(ctx.palette.selection_fill),
                Stroke::new(1.5, accent),
                egui::StrokeKind::Middle,
            );
        }
        Gesture::Select { from, .. } => {
            painter.rect(
                frame(*from),
                0.0,
                color32(ctx.palette.selection_fill),
                Stroke::new(1.0, accent),
                egui::StrokeKind::Middle,
            );
        }
        Gesture::Connect { from, start } => {
            let begin = state.camera.to_screen(rect, *start);
            painter.extend(egui::Shape::dashed_line(&[begin, here], Stroke::new(2.0, accent), 6.0, 4.0));
            let target = crate::hands::hit::zone_at(ctx.project, at, &[]).filter(|it| it != from);
            let text = match target {
                Some(id) => format!("Join with {}", ctx.project.target_tag(id.into())),
                None => "Pull onto another zone".to_owned(),
            };
            highlight(painter, ctx, state, rect, target);
            hint(painter, ctx, here, &text);
        }
        Gesture::Assets { assets, .. } => {
            let target = crate::hands::hit::zone_at(ctx.project, at, &[]);
            highlight(painter, ctx, state, rect, target);
            let what = match assets.as_slice() {
                [only] => ctx.project.assets.get(*only).map_or(String::new(), |it| it.tag.clone()),
                several => format!("{} assets", several.len()),
            };
            let text = match target {
                Some(id) => format!("Move {what} to {}", ctx.project.target_tag(id.into())),
                None => format!("Drop {what} into a zone"),
            };
            hint(painter, ctx, here, &text);
        }
        Gesture::Zones { zones, .. } => {
            let moving: Vec<_> = zones.iter().flat_map(|&id| ctx.project.zone_with_contents(id)).collect();
            let target = crate::hands::hit::zone_at(ctx.project, at, &moving);
            let encloses = |outer: &crate::model::ZoneId| {
                let frames = zones.iter().filter_map(|&id| ctx.project.zones.get(id)).map(|it| it.frame);
                let outer = ctx.project.zones.get(*outer).map(|it| it.frame);
                outer.is_some_and(|outer| frames.into_iter().all(|frame| outer.encloses(&frame)))
            };
            let target = target.filter(encloses);
            let is_new = target.is_some_and(|outer| {
                zones.iter().any(|&id| ctx.project.zones.get(id).is_some_and(|it| it.parent != Some(outer)))
            });
            if let Some(outer) = target.filter(|_| is_new) {
                highlight(painter, ctx, state, rect, Some(outer));
                hint(painter, ctx, here, &format!("Put into {}", ctx.project.target_tag(outer.into())));
            }
        }
        Gesture::Resize { .. } => (),
    }
}

/// Where something would fall.
fn highlight(
    painter: &Painter,
    ctx: &Context,
    state: &CanvasState,
    rect: egui::Rect,
    zone: Option<crate::model::ZoneId>,
) {
    let Some(frame) = zone.and_then(|id| ctx.project.zones.get(id)).map(|it| it.frame) else { return };
    let frame: egui::Rect = state.camera.rect_to_screen(rect, Rect { ..frame });
    painter.rect_stroke(frame, 8.0, Stroke::new(3.0, color32(ctx.palette.accent)), egui::StrokeKind::Outside);
}

/// A few words beside the pointer.
fn hint(painter: &Painter, ctx: &Context, at: egui::Pos2, text: &str) {
    let galley = painter.layout_no_wrap(text.to_owned(), font(Face::Regular, 12.0), Color32::PLACEHOLDER);
    let corner = at + vec2(14.0, 14.0);
    let frame = egui::Rect::from_min_size(corner, galley.size() + vec2(12.0, 6.0));
    painter.rect(
        frame,
        4.0,
        color32(ctx.palette.raised),
        Stroke::new(1.0, color32(ctx.palette.line_strong)),
        egui::StrokeKind::Inside,
    );
    painter.text(frame.center(), Align2::CENTER_CENTER, text, font(Face::Regular, 12.0), color32(ctx.palette.text));
}
