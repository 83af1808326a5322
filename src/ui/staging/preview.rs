//! The drawing as it was drawn, each shape in the colour and with the letter of its role.

use egui::{Align2, Color32, FontId, PointerButton, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{StagingScreen, colors, letter};
use crate::drawing::palette::Palette;
use crate::exchange::drawings::LinkEnd;
use crate::exchange::drawings::staging::{At, Role, UNNAMED_ZONE};
use crate::model::{Point, Rect};
use crate::text::Face;
use crate::ui::theme::{color32, font};

/// A shape less wide than this on the screen shows no name, in points.
const NAMED_FROM: f32 = 26.0;
/// A name that the drawing does not have is only shown where this height is free for it, in points.
const MADE_UP_FROM: f32 = 14.0;
/// A shape less wide than this on the screen shows no letter, in points.
const LETTER_FROM: f32 = 14.0;

impl StagingScreen {
    pub(super) fn preview(&mut self, ui: &mut Ui, palette: &Palette) {
        let (screen, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        let page = self.page;
        let name = self.staging.drawing().pages.get(page).map(|it| it.name.clone()).unwrap_or_default();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Preview of page {name}")));
        if std::mem::take(&mut self.fits) {
            let all = self.frames(page).map(|(_, frame)| frame).reduce(|all, it| all.union(&it));
            self.camera.fit(screen, all.unwrap_or(Rect::new(0.0, 0.0, 400.0, 300.0)));
        }
        self.hands(ui, screen, &response);
        let painter = ui.painter_at(screen);
        let visible = self.camera.visible(screen);
        let mut shapes: Vec<(At, Rect)> = self.frames(page).filter(|(_, frame)| frame.overlaps(&visible)).collect();
        // what is larger lies behind
        shapes.sort_by(|one, next| (next.1.width * next.1.height).total_cmp(&(one.1.width * one.1.height)));
        let named_by_texts = self.staging.named_by_texts(page);
        let frames: Vec<Rect> = shapes.iter().map(|(_, frame)| *frame).collect();
        let (zones, others): (Vec<_>, Vec<_>) =
            shapes.iter().copied().partition(|(at, _)| self.role(*at) == Role::Zone);
        for (at, frame) in zones {
            let free = free_above(&frame, &frames) * self.camera.zoom;
            self.paint(&painter, palette, screen, (at, frame), (!named_by_texts.contains(&at)).then_some(free));
        }
        self.links(&painter, palette, screen, page);
        for (at, frame) in others {
            let free = (!named_by_texts.contains(&at)).then_some(f32::INFINITY);
            self.paint(&painter, palette, screen, (at, frame), free);
        }
        if shapes.is_empty() {
            let text = "There is nothing on this page.";
            painter.text(
                screen.center(),
                Align2::CENTER_CENTER,
                text,
                font(Face::Regular, 13.5),
                color32(palette.text_weak),
            );
        }
        if !self.staging.takes_page(page) {
            let text = "This page is left out";
            painter.text(
                screen.center_top() + vec2(0.0, 18.0),
                Align2::CENTER_CENTER,
                text,
                font(Face::SemiBold, 13.5),
                color32(palette.warning),
            );
        }
        if let Some((from, to)) = self.band(ui, &response) {
            let band = egui::Rect::from_two_pos(from, to);
            painter.rect(
                band,
                0.0,
                color32(palette.selection_fill),
                Stroke::new(1.0, color32(palette.accent)),
                StrokeKind::Middle,
            );
        }
    }

    fn role(&self, at: At) -> Role {
        self.staging.understood(at).map_or(Role::Nothing, |it| it.role)
    }

    fn frames(&self, page: usize) -> impl Iterator<Item = (At, Rect)> {
        let shapes = self.staging.drawing().pages.get(page).map(|it| it.shapes.as_slice()).unwrap_or_default();
        shapes.iter().enumerate().map(move |(shape, drawn)| (At { page, shape }, drawn.frame))
    }

    /// The corners of the band that is being drawn around shapes.
    fn band(&self, ui: &Ui, response: &egui::Response) -> Option<(egui::Pos2, egui::Pos2)> {
        let is_panning = ui.input(|input| input.key_down(egui::Key::Space));
        if !response.dragged_by(PointerButton::Primary) || is_panning {
            return None;
        }
        ui.input(|input| Some((input.pointer.press_origin()?, input.pointer.latest_pos()?)))
    }

    /// Pointer and wheel: select, pan, zoom.
    fn hands(&mut self, ui: &Ui, screen: egui::Rect, response: &egui::Response) {
        let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        let space = ui.input(|input| input.key_down(egui::Key::Space));
        if response.dragged_by(PointerButton::Middle) || response.dragged_by(PointerButton::Primary) && space {
            self.camera.pan(response.drag_delta());
        }
        if response.hovered()
            && let Some(pointer) = response.hover_pos()
        {
            let (scroll, zoom) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
            let factor = zoom * (scroll / 300.0).exp();
            if (factor - 1.0).abs() > 1e-4 {
                self.camera.zoom_at(screen, pointer, factor);
            }
        }
        if response.double_clicked() && self.selected.is_empty() {
            self.fits = true;
            ui.ctx().request_repaint();
        }
        if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            response.request_focus();
            let place = self.camera.to_canvas(screen, pointer);
            match self.shape_at(place) {
                Some(at) => self.select(at, adds),
                None if !adds => self.selected.clear(),
                None => (),
            }
        }
        if response.drag_stopped_by(PointerButton::Primary) && !space {
            let ends = ui.input(|input| Some((input.pointer.press_origin()?, input.pointer.latest_pos()?)));
            if let Some((from, to)) = ends {
                let band = Rect::between(self.camera.to_canvas(screen, from), self.camera.to_canvas(screen, to));
                let page = self.page;
                let inside: Vec<At> =
                    self.frames(page).filter(|(_, frame)| band.encloses(frame)).map(|(at, _)| at).collect();
                if !adds {
                    self.selected.clear();
                }
                self.selected.extend(inside);
            }
        }
    }

    /// The smallest shape at a place.
    fn shape_at(&self, place: Point) -> Option<At> {
        let here = self.frames(self.page).filter(|(_, frame)| frame.contains(place));
        let smallest = here.min_by(|one, next| (one.1.width * one.1.height).total_cmp(&(next.1.width * next.1.height)));
        smallest.map(|(at, _)| at)
    }

    fn links(&self, painter: &egui::Painter, palette: &Palette, screen: egui::Rect, page: usize) {
        let Some(drawn) = self.staging.drawing().pages.get(page) else { return };
        let visible = self.camera.visible(screen).grown(20.0);
        for (place, link) in drawn.links.iter().enumerate() {
            let (Some(from), Some(to)) = (drawn.point(link.from), drawn.point(link.to)) else { continue };
            if !Rect::between(from, to).grown(1.0).overlaps(&visible) {
                continue;
            }
            let is_loose = [link.from, link.to].iter().any(|end| matches!(end, LinkEnd::Free(_)));
            let ink = if is_loose { palette.warning } else { palette.conduit };
            let stroke = Stroke::new(1.4, color32(ink));
            let (from, to) = self.ends(page, (link.from, from), (link.to, to));
            let [a, b] = [from, to].map(|it| self.camera.to_screen(screen, it));
            if self.staging.takes_line(page, place) {
                painter.line_segment([a, b], stroke);
                for (tip, tail, points) in [(b, a, link.points_on), (a, b, link.points_back)] {
                    if points {
                        head(painter, tip, tail, stroke);
                    }
                }
            } else {
                painter.extend(egui::Shape::dashed_line(
                    &[a, b],
                    Stroke::new(1.0, color32(palette.line_strong)),
                    4.0,
                    4.0,
                ));
            }
            for (end, at) in [(link.from, a), (link.to, b)] {
                if matches!(end, LinkEnd::Free(_)) {
                    painter.circle(at, 3.5, color32(palette.canvas), stroke);
                }
            }
        }
    }

    /// Where a line between the middles of two shapes begins and ends. To a shape around the
    /// other one it goes the shortest way.
    fn ends(&self, page: usize, (one, from): (LinkEnd, Point), (next, to): (LinkEnd, Point)) -> (Point, Point) {
        let around = |end: LinkEnd, inner: Point| match end {
            LinkEnd::Shape(shape) => Some(self.staging.frame(At { page, shape })).filter(|frame| frame.contains(inner)),
            LinkEnd::Free(_) | LinkEnd::Nowhere => None,
        };
        match (around(one, to), around(next, from)) {
            (Some(outer), None) => {
                let border = nearest_border(&outer, to);
                (border, self.edge(page, next, to, border))
            }
            (None, Some(outer)) => {
                let border = nearest_border(&outer, from);
                (self.edge(page, one, from, border), border)
            }
            _ => (self.edge(page, one, from, to), self.edge(page, next, to, from)),
        }
    }

    /// Where a line from the middle of a shape towards another place leaves the shape.
    fn edge(&self, page: usize, end: LinkEnd, middle: Point, towards: Point) -> Point {
        let LinkEnd::Shape(shape) = end else { return middle };
        let frame = self.staging.frame(At { page, shape });
        let (dx, dy) = (towards.x - middle.x, towards.y - middle.y);
        let share = (frame.width / 2.0 / dx.abs().max(1e-3)).min(frame.height / 2.0 / dy.abs().max(1e-3));
        // one shape lies in the other: the line stays as it is
        if share >= 1.0 { middle } else { middle.offset(dx * share, dy * share) }
    }

    /// One shape. `free` is how high it is empty at its upper edge, for its name; none where a text names it.
    fn paint(
        &self,
        painter: &egui::Painter,
        palette: &Palette,
        screen: egui::Rect,
        (at, frame): (At, Rect),
        free: Option<f32>,
    ) {
        let Some(understood) = self.staging.understood(at) else { return };
        let role = understood.role;
        let rect = self.camera.rect_to_screen(screen, frame);
        let (fill, ink) = colors(palette, role);
        let (fill, edge) = match role {
            Role::Zone => {
                let of_trust = palette.zone(understood.trust);
                (color32(of_trust.fill), color32(of_trust.edge))
            }
            Role::Asset => (color32(palette.raised), color32(ink)),
            Role::Conduit => (color32(fill), color32(ink)),
            Role::Note | Role::Nothing => (Color32::TRANSPARENT, color32(ink).gamma_multiply(0.7)),
        };
        match role {
            Role::Note | Role::Nothing => {
                let [a, b, c, d] = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
                painter.extend(egui::Shape::dashed_line(&[a, b, c, d, a], Stroke::new(1.0, edge), 3.0, 3.0));
                if role == Role::Nothing {
                    hatch(painter, rect, Stroke::new(0.7, edge.gamma_multiply(0.6)));
                }
            }
            Role::Zone | Role::Asset | Role::Conduit => {
                let width = if role == Role::Zone { 1.8 } else { 1.2 };
                painter.rect(rect, 4.0, fill, Stroke::new(width, edge), StrokeKind::Inside);
            }
        }
        if self.selected.contains(&at) {
            painter.rect_stroke(rect, 4.0, Stroke::new(3.0, color32(palette.selection)), StrokeKind::Outside);
        }
        let mut named = None;
        if let Some(free) = free.filter(|_| rect.width() >= NAMED_FROM) {
            let name = match (understood.name.as_str(), role) {
                ("", Role::Zone) => UNNAMED_ZONE,
                ("", _) => self.staging.text(at),
                (name, _) => name,
            };
            let name = name.lines().next().unwrap_or_default();
            let is_nameless = understood.name.is_empty() && role == Role::Zone;
            let ink = if is_nameless || role == Role::Nothing { palette.text_weak } else { palette.text };
            if !is_nameless || free >= MADE_UP_FROM {
                named = label(painter, rect, role, name, color32(ink), free);
            }
        }
        // a letter over the name would make both hard to read; the colour says the same
        let is_clear = named.is_none_or(|it| !it.shrink(1.5).intersects(mark(rect)));
        if is_clear && rect.width() >= LETTER_FROM && rect.height() >= LETTER_FROM * 0.7 && role != Role::Note {
            self.letter(painter, palette, rect, role);
        }
    }

    /// The letter of a role in a corner, so that colour does not speak alone.
    fn letter(&self, painter: &egui::Painter, palette: &Palette, rect: egui::Rect, role: Role) {
        let (fill, ink) = colors(palette, role);
        let mark = mark(rect);
        let size = mark.height();
        painter.rect_filled(mark, 2.0, color32(fill));
        painter.text(
            mark.center(),
            Align2::CENTER_CENTER,
            letter(role),
            font(Face::SemiBold, size * 0.78),
            color32(ink),
        );
    }
}

/// Where the letter of a shape's role stands.
fn mark(rect: egui::Rect) -> egui::Rect {
    let size = (rect.height() * 0.3).clamp(8.0, 13.0);
    egui::Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(size, size))
}

/// How high a frame is empty at its upper edge, where its name stands.
fn free_above(frame: &Rect, all: &[Rect]) -> f32 {
    let inside = all.iter().filter(|it| *it != frame && it.y >= frame.y && frame.contains(it.center()));
    inside.map(|it| it.y - frame.y).fold(f32::INFINITY, f32::min)
}

/// The place on a frame's edge that is nearest to one inside.
fn nearest_border(frame: &Rect, inside: Point) -> Point {
    let sides = [
        Point::new(frame.x, inside.y),
        Point::new(frame.right(), inside.y),
        Point::new(inside.x, frame.y),
        Point::new(inside.x, frame.bottom()),
    ];
    let away = |it: &Point| (it.x - inside.x).abs() + (it.y - inside.y).abs();
    sides.into_iter().min_by(|one, next| away(one).total_cmp(&away(next))).unwrap_or(inside)
}

/// A shape's name: a zone's at its upper edge, any other's in its middle. Answers what it covers.
fn label(
    painter: &egui::Painter,
    rect: egui::Rect,
    role: Role,
    name: &str,
    ink: Color32,
    free: f32,
) -> Option<egui::Rect> {
    if name.is_empty() {
        return None;
    }
    let size = (rect.height() * if role == Role::Zone { 0.2 } else { 0.3 }).clamp(8.0, 13.0);
    // what stands in a zone does not cover its name as long as that can be read
    let size = if role == Role::Zone { size.min((free - 2.0) / 1.25).max(8.0) } else { size };
    let face = if role == Role::Zone { Face::SemiBold } else { Face::Regular };
    let font: FontId = font(face, size);
    let beside_mark = mark(rect).right() + 3.0;
    let has_mark = !matches!(role, Role::Note | Role::Nothing);
    let room = match role {
        Role::Zone => rect.width() - size * 2.4,
        // a long name begins after the letter
        _ if has_mark && rect.width() >= 60.0 => rect.right() - beside_mark - 2.0,
        _ => rect.width().max(60.0),
    };
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(20.0));
    let galley = painter.layout_job(job);
    let half = galley.size() / 2.0;
    let at = match role {
        Role::Zone => rect.min + vec2(size * 1.6 + 4.0, 2.0),
        // a list of others is named at its head
        Role::Note if rect.height() > size * 4.0 => pos2(rect.center().x - half.x, rect.top() + 3.0),
        // a name longer than its shape stands below it
        _ if galley.size().x > rect.width() => pos2(rect.center().x - half.x, rect.bottom() + 1.0),
        // and so does one that the letter would cover
        _ if has_mark
            && rect.center().y - half.y + 3.0 < mark(rect).bottom()
            && beside_mark + galley.size().x <= rect.right() =>
        {
            pos2((rect.center().x - half.x).max(beside_mark), rect.center().y - half.y)
        }
        _ => rect.center() - half,
    };
    let covered = egui::Rect::from_min_size(at, galley.size());
    painter.galley(at, galley, ink);
    Some(covered)
}

/// The head of an arrow.
fn head(painter: &egui::Painter, tip: egui::Pos2, tail: egui::Pos2, stroke: Stroke) {
    let along = (tip - tail).normalized() * 6.0;
    let across = vec2(-along.y, along.x) * 0.45;
    painter.line_segment([tip, tip - along + across], stroke);
    painter.line_segment([tip, tip - along - across], stroke);
}

fn hatch(painter: &egui::Painter, rect: egui::Rect, stroke: Stroke) {
    const STEP: f32 = 9.0;
    let count = ((rect.width() + rect.height()) / STEP) as usize;
    if !(2..400).contains(&count) {
        return;
    }
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    for number in 1..=count {
        let x = rect.left() + number as f32 * STEP;
        painter.line_segment([pos2(x, rect.top()), pos2(x - rect.height(), rect.bottom())], stroke);
    }
}
