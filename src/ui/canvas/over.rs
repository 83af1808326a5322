//! What lies over the scene: selection, handles, ports, guides, drags.

use egui::{Align2, Color32, Painter, Pos2, Stroke, StrokeKind, pos2, vec2};

use super::press::{grips, tool_hint};
use super::{CanvasState, Tool, bounds_of, picker};
use crate::hands::gesture::Gesture;
use crate::hands::hit::{End, Hit, handles, ports_of};
use crate::hands::snap::Guide;
use crate::hands::{Axis, Field, lock};
use crate::model::{Point, Rect, Subject, ZoneId};
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};

/// Paints what lies over the scene.
pub(super) fn paint(
    painter: &Painter,
    ctx: &Context,
    state: &CanvasState,
    field: &Field,
    hovered: Hit,
    at: Option<Point>,
) {
    let over = Over { painter, ctx, state, field };
    over.selection();
    match (&state.drag, at) {
        (Some(drag), Some(at)) => over.drag(drag, drag.last.map_or(at, |it| it.at)),
        _ => {
            over.grips();
            if matches!(state.tool, Tool::Select | Tool::Conduit) {
                over.ports(hovered);
            }
        }
    }
    if let Some((from, to)) = picker::aim(field, state) {
        over.dashed(from.center(), to.center());
        over.frame(to, 3.0);
    }
    over.tool(at);
}

struct Over<'a> {
    painter: &'a Painter,
    ctx: &'a Context<'a>,
    state: &'a CanvasState,
    field: &'a Field<'a>,
}

impl Over<'_> {
    fn screen(&self, at: Point) -> Pos2 {
        self.state.camera.to_screen(self.state.rect, at)
    }

    fn screen_rect(&self, rect: Rect) -> egui::Rect {
        self.state.camera.rect_to_screen(self.state.rect, rect)
    }

    fn accent(&self) -> Color32 {
        color32(self.ctx.palette.accent)
    }

    fn selection(&self) {
        let palette = self.ctx.palette;
        let line = Stroke::new(2.0, color32(palette.selection));
        // a hint of colour only: levels and names below it stay readable
        let fill = color32(palette.selection_fill).gamma_multiply(0.35);
        for &subject in &self.ctx.selection.subjects {
            if let Subject::Conduit(id) = subject {
                if let Some(route) = self.field.routes.get(&id) {
                    let points: Vec<_> = route.points.iter().map(|&it| self.screen(it)).collect();
                    let halo = Stroke::new(9.0, color32(palette.selection_fill));
                    self.painter.add(egui::Shape::line(points.clone(), halo));
                    self.painter.add(egui::Shape::line(points, line));
                }
                continue;
            }
            let bounds = self.field.scene.and_then(|scene| bounds_of(self.ctx.project, scene, subject));
            let Some(bounds) = bounds else { continue };
            let frame = self.screen_rect(bounds).expand(2.0);
            if lock::is_locked(self.field.project, subject) {
                self.painter.rect_filled(frame, 6.0, fill);
                let corners = [frame.left_top(), frame.right_top(), frame.right_bottom(), frame.left_bottom()];
                let around: Vec<_> = corners.into_iter().chain([frame.left_top()]).collect();
                self.painter.extend(egui::Shape::dashed_line(&around, line, 7.0, 4.0));
                self.padlock(frame.left_top() + vec2(0.0, -2.0));
            } else {
                self.painter.rect(frame, 6.0, fill, line, StrokeKind::Outside);
            }
        }
    }

    /// Says that what is selected does not move.
    fn padlock(&self, at: Pos2) {
        let ink = color32(self.ctx.palette.selection);
        let body = egui::Rect::from_center_size(at, vec2(12.0, 9.0));
        self.painter.circle_filled(at - vec2(0.0, 2.0), 11.0, color32(self.ctx.palette.canvas));
        self.painter.circle_stroke(body.center_top() + vec2(0.0, -1.0), 3.6, Stroke::new(1.8, ink));
        self.painter.rect_filled(body, 2.0, ink);
    }

    /// Handles around what is selected, and the ends of a conduit.
    fn grips(&self) {
        let line = Stroke::new(2.0, color32(self.ctx.palette.selection));
        let ground = color32(self.ctx.palette.canvas);
        let grips = grips(self.ctx, self.state, self.field);
        if let Some(frame) = grips.frame {
            if self.ctx.selection.subjects.len() > 1 {
                let thin = Stroke::new(1.0, color32(self.ctx.palette.selection));
                self.painter.rect_stroke(self.screen_rect(frame).expand(2.0), 0.0, thin, StrokeKind::Outside);
            }
            for handle in handles(frame, self.state.camera.zoom) {
                let square = egui::Rect::from_center_size(self.screen(handle.place(frame)), vec2(8.0, 8.0));
                self.painter.rect(square, 1.5, ground, line, StrokeKind::Middle);
            }
        }
        let route = grips.conduit.and_then(|id| self.field.routes.get(&id));
        if let Some(route) = route {
            for end in [route.points.first(), route.points.last()].into_iter().flatten() {
                self.painter.circle(self.screen(*end), 5.0, ground, line);
            }
        }
    }

    /// The dots around the zone under the pointer, and around the selected one.
    fn ports(&self, hovered: Hit) {
        let zone = match hovered {
            Hit::Zone(id) | Hit::Port(id) => Some(id),
            _ => match self.ctx.selection.only() {
                Some(Subject::Zone(id)) => Some(id),
                _ => None,
            },
        };
        let Some(frame) = zone.and_then(|id| self.ctx.project.zones.get(id)).map(|it| it.frame) else { return };
        for port in ports_of(frame, self.state.camera.zoom) {
            let edge = Stroke::new(1.5, color32(self.ctx.palette.canvas));
            self.painter.circle(self.screen(port), 4.5, self.accent(), edge);
        }
    }

    fn drag(&self, drag: &super::Drag, at: Point) {
        let here = self.screen(at);
        let outcome = &drag.outcome;
        for guide in &outcome.guides {
            self.guide(guide);
        }
        match &drag.gesture {
            Gesture::Draw(frame) => {
                if let Some(hand) = &drag.last {
                    let fill = color32(self.ctx.palette.selection_fill);
                    let area = self.screen_rect(frame.area(hand));
                    self.painter.rect(area, 6.0, fill, Stroke::new(1.5, self.accent()), StrokeKind::Middle);
                }
            }
            Gesture::Band(band) => {
                let (area, touches) = band.area(at);
                let area = self.screen_rect(area);
                self.painter.rect_filled(area, 0.0, color32(self.ctx.palette.selection_fill));
                let line = Stroke::new(1.0, self.accent());
                if touches {
                    let corners = [area.left_top(), area.right_top(), area.right_bottom(), area.left_bottom()];
                    let around: Vec<_> = corners.into_iter().chain([area.left_top()]).collect();
                    self.painter.extend(egui::Shape::dashed_line(&around, line, 5.0, 3.0));
                } else {
                    self.painter.rect_stroke(area, 0.0, line, StrokeKind::Middle);
                }
            }
            Gesture::Connect(connecting) if outcome.edit.is_none() => self.dashed(connecting.start, at),
            Gesture::Flow(flow) => self.dashed(flow.start, at),
            Gesture::Reconnect(reconnecting) if outcome.edit.is_none() => {
                let route = self.field.routes.get(&reconnecting.conduit);
                let other = route.and_then(|route| match reconnecting.end {
                    End::From => route.points.last(),
                    End::To => route.points.first(),
                });
                self.dashed(other.copied().unwrap_or(drag.from), at);
            }
            _ => (),
        }
        if let Some(zone) = outcome.target {
            self.highlight(zone);
        }
        if outcome.copies {
            self.plus(here);
        }
        if !outcome.hint.is_empty() {
            self.hint(here, &outcome.hint);
        }
    }

    /// How the tool in hand is used.
    fn tool(&self, at: Option<Point>) {
        let text = tool_hint(self.state.tool);
        if let Some(at) = at.filter(|_| self.state.drag.is_none() && !text.is_empty()) {
            self.hint(self.screen(at), text);
        }
    }

    fn guide(&self, guide: &Guide) {
        let ink = color32(self.ctx.palette.guide);
        let line = Stroke::new(1.0, ink);
        let at = |axis: Axis, along: f32, aside: f32| {
            self.screen(if axis == Axis::Across { Point::new(along, aside) } else { Point::new(aside, along) })
        };
        match *guide {
            Guide::Line { axis, at: place, from, to } => {
                let (from, to) = (at(axis, place, from), at(axis, place, to));
                let beyond = if axis == Axis::Across { vec2(0.0, 8.0) } else { vec2(8.0, 0.0) };
                self.painter.line_segment([from - beyond, to + beyond], line);
            }
            Guide::Gap { axis, from, to, at: aside } | Guide::Size { axis, from, to, at: aside } => {
                let away = if matches!(guide, Guide::Size { .. }) { vec2(10.0, 10.0) } else { vec2(0.0, 0.0) };
                let away = if axis == Axis::Across { vec2(0.0, away.y) } else { vec2(away.x, 0.0) };
                let (start, end) = (at(axis, from, aside) + away, at(axis, to, aside) + away);
                let across = if axis == Axis::Across { vec2(0.0, 4.0) } else { vec2(4.0, 0.0) };
                self.painter.line_segment([start, end], line);
                self.painter.line_segment([start - across, start + across], line);
                self.painter.line_segment([end - across, end + across], line);
                self.figure(start.lerp(end, 0.5), to - from, ink);
            }
        }
    }

    /// How wide a gap is.
    fn figure(&self, at: Pos2, length: f32, ink: Color32) {
        let text = format!("{length:.0}");
        let galley = self.painter.layout_no_wrap(text, font(Face::SemiBold, 11.0), color32(self.ctx.palette.canvas));
        let frame = egui::Rect::from_center_size(at, galley.size() + vec2(8.0, 2.0));
        self.painter.rect_filled(frame, 3.0, ink);
        self.painter.galley(frame.center() - galley.size() / 2.0, galley, ink);
    }

    fn dashed(&self, from: Point, to: Point) {
        let points = [self.screen(from), self.screen(to)];
        self.painter.extend(egui::Shape::dashed_line(&points, Stroke::new(2.0, self.accent()), 6.0, 4.0));
    }

    /// Where something would fall.
    fn highlight(&self, zone: ZoneId) {
        if let Some(frame) = self.ctx.project.zones.get(zone).map(|it| it.frame) {
            self.frame(frame, 3.0);
        }
    }

    fn frame(&self, frame: Rect, width: f32) {
        let stroke = Stroke::new(width, self.accent());
        self.painter.rect_stroke(self.screen_rect(frame), 8.0, stroke, StrokeKind::Outside);
    }

    /// A plus beside the pointer: copies are made.
    fn plus(&self, at: Pos2) {
        let middle = at + vec2(14.0, -12.0);
        self.painter.circle_filled(middle, 8.0, self.accent());
        let line = Stroke::new(2.0, color32(self.ctx.palette.on_accent));
        self.painter.line_segment([middle - vec2(4.0, 0.0), middle + vec2(4.0, 0.0)], line);
        self.painter.line_segment([middle - vec2(0.0, 4.0), middle + vec2(0.0, 4.0)], line);
    }

    /// A few words beside the pointer, on the screen wherever that is.
    fn hint(&self, at: Pos2, text: &str) {
        let ink = color32(self.ctx.palette.text);
        let galley = self.painter.layout_no_wrap(text.to_owned(), font(Face::Regular, 12.0), ink);
        let size = galley.size() + vec2(12.0, 6.0);
        let room = self.state.rect.shrink(4.0);
        let mut corner = at + vec2(14.0, 16.0);
        if corner.y + size.y > room.bottom() {
            corner.y = at.y - 12.0 - size.y;
        }
        corner.x = corner.x.min(room.right() - size.x).max(room.left());
        let frame = egui::Rect::from_min_size(pos2(corner.x, corner.y), size);
        let edge = Stroke::new(1.0, color32(self.ctx.palette.line_strong));
        self.painter.rect(frame, 4.0, color32(self.ctx.palette.raised), edge, StrokeKind::Inside);
        self.painter.text(frame.center(), Align2::CENTER_CENTER, text, font(Face::Regular, 12.0), ink);
    }
}
