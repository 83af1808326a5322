//! Shapes of the drawing as the toolkit paints them, as few and as plain as the zoom allows.
//!
//! What stands at right angles goes into one mesh, icons into another that takes them
//! from a picture of all icons at a size near theirs, and text is set in few sizes, so
//! that neither panning nor zooming lays out or draws the same thing again and again.

use std::collections::BTreeMap;

use egui::epaint::Mesh;
use egui::{Color32, Painter, Pos2, Rect as ScreenRect, TextureHandle, pos2, vec2};

use super::camera::Camera;
use crate::drawing::icons::Icon;
use crate::drawing::palette::Color;
use crate::drawing::shape::{Anchor, Shape, Stroke};
use crate::drawing::{Pixels, icon_sheet};
use crate::model::{Point, Rect};
use crate::text::Face;
use crate::ui::theme::{color32, font};

/// Text smaller than this can't be read and is not drawn.
const SMALLEST_TEXT: f32 = 4.5;
/// The sizes that icons are kept in, in pixels; larger ones are drawn stroke by stroke.
const ICON_SIZES: [u32; 9] = [12, 16, 20, 24, 30, 38, 48, 60, 80];

/// Pictures of all icons, one for each size that was needed.
#[derive(Default)]
pub(super) struct IconSheets(BTreeMap<u32, (TextureHandle, usize)>);

impl IconSheets {
    /// The sheet for icons of this many pixels: its texture, and how many icons stand in a row.
    fn sheet(&mut self, ctx: &egui::Context, pixels: f32) -> Option<(u32, egui::TextureId, usize)> {
        let size = ICON_SIZES.into_iter().find(|it| *it as f32 >= pixels - 0.5)?;
        let (texture, columns) = match self.0.entry(size) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let (Pixels { width, height, rgba }, columns) = icon_sheet(size).ok()?;
                let image = egui::ColorImage::from_rgba_unmultiplied([width as usize, height as usize], &rgba);
                let texture = ctx.load_texture(format!("icons {size}"), image, egui::TextureOptions::LINEAR);
                free.insert((texture, columns))
            }
        };
        Some((size, texture.id(), *columns))
    }
}

/// Gathers shapes in their order.
pub(super) struct Brush<'a> {
    painter: &'a Painter,
    sheets: &'a mut IconSheets,
    scale: f32,
    dx: f32,
    dy: f32,
    clip: ScreenRect,
    pixels_per_point: f32,
    shapes: Vec<egui::Shape>,
    mesh: Mesh,
}

impl<'a> Brush<'a> {
    /// A brush for what a camera sees in a part of the screen.
    pub fn new(painter: &'a Painter, sheets: &'a mut IconSheets, camera: Camera, rect: ScreenRect) -> Self {
        let corner = camera.to_screen(rect, Point::default());
        Self {
            painter,
            sheets,
            scale: camera.zoom,
            dx: corner.x,
            dy: corner.y,
            clip: rect.expand(4.0),
            pixels_per_point: painter.pixels_per_point(),
            shapes: Vec::with_capacity(1024),
            mesh: Mesh::default(),
        }
    }

    /// What was gathered.
    pub fn finish(mut self) -> Vec<egui::Shape> {
        self.flush();
        self.shapes
    }

    fn place(&self, at: Point) -> Pos2 {
        pos2(at.x * self.scale + self.dx, at.y * self.scale + self.dy)
    }

    fn frame(&self, frame: Rect) -> ScreenRect {
        ScreenRect::from_min_size(self.place(frame.corner()), vec2(frame.width, frame.height) * self.scale)
    }

    fn flush(&mut self) {
        if !self.mesh.is_empty() {
            let mesh = std::mem::take(&mut self.mesh);
            self.shapes.push(egui::Shape::mesh(mesh));
        }
    }

    fn add(&mut self, shape: egui::Shape) {
        self.flush();
        self.shapes.push(shape);
    }

    /// Everything that follows in the mesh has this texture.
    fn textured(&mut self, texture: egui::TextureId) {
        if self.mesh.texture_id != texture {
            self.flush();
            self.mesh.texture_id = texture;
        }
    }

    fn quad(&mut self, rect: ScreenRect, color: Color32) {
        let rect = rect.intersect(self.clip);
        if rect.is_positive() {
            self.textured(egui::TextureId::default());
            self.mesh.add_colored_rect(rect, color);
        }
    }

    /// The width of a line on the screen, a pixel at least.
    fn width(&self, stroke: &Stroke) -> f32 {
        (stroke.width * self.scale).max(1.0 / self.pixels_per_point)
    }

    /// Paints a shape.
    pub fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { frame, radius, fill, stroke } => self.rect(*frame, *radius, *fill, stroke.as_ref()),
            Shape::Line { points, stroke } => self.line(points, stroke),
            Shape::Polygon { points, fill } => {
                let points = points.iter().map(|&it| self.place(it)).collect();
                self.add(egui::Shape::convex_polygon(points, color32(*fill), egui::Stroke::NONE));
            }
            Shape::Circle { center, radius, fill, stroke } => {
                let stroke =
                    stroke.map_or(egui::Stroke::NONE, |it| egui::Stroke::new(self.width(&it), color32(it.color)));
                self.add(egui::Shape::Circle(egui::epaint::CircleShape {
                    center: self.place(*center),
                    radius: radius * self.scale,
                    fill: fill.map_or(Color32::TRANSPARENT, color32),
                    stroke,
                }));
            }
            Shape::Icon { icon, frame, color } => self.icon(*icon, *frame, *color),
            Shape::Text { at, anchor, text, face, size, color } => {
                self.text(*at, *anchor, text, *face, *size, *color);
            }
        }
    }

    fn rect(&mut self, frame: Rect, radius: f32, fill: Option<Color>, stroke: Option<&Stroke>) {
        let (rect, radius) = (self.frame(frame), radius * self.scale);
        if !rect.intersects(self.clip) {
            return;
        }
        if radius >= 1.5 {
            let fill = fill.map_or(Color32::TRANSPARENT, color32);
            let line = stroke.map_or(egui::Stroke::NONE, |it| egui::Stroke::new(self.width(it), color32(it.color)));
            let radius = egui::CornerRadius::from(radius);
            self.add(egui::Shape::Rect(egui::epaint::RectShape::new(
                rect,
                radius,
                fill,
                line,
                egui::StrokeKind::Middle,
            )));
            return;
        }
        if let Some(fill) = fill {
            self.quad(rect, color32(fill));
        }
        if let Some(stroke) = stroke {
            let (half, color) = (self.width(stroke) / 2.0, color32(stroke.color));
            let (outer, inner) = (rect.expand(half), rect.shrink(half));
            self.quad(ScreenRect::from_min_max(outer.min, pos2(outer.max.x, inner.min.y)), color);
            self.quad(ScreenRect::from_min_max(pos2(outer.min.x, inner.max.y), outer.max), color);
            self.quad(ScreenRect::from_min_max(pos2(outer.min.x, inner.min.y), pos2(inner.min.x, inner.max.y)), color);
            self.quad(ScreenRect::from_min_max(pos2(inner.max.x, inner.min.y), pos2(outer.max.x, inner.max.y)), color);
        }
    }

    fn line(&mut self, points: &[Point], stroke: &Stroke) {
        let (width, color) = (self.width(stroke), color32(stroke.color));
        if stroke.dash > 0.0 {
            self.dashes(points, stroke, width, color);
        } else if points.windows(2).all(is_at_right_angles) {
            for pair in points.windows(2) {
                if let &[a, b] = pair {
                    let rect = ScreenRect::from_two_pos(self.place(a), self.place(b));
                    self.quad(rect.expand(width / 2.0), color);
                }
            }
        } else {
            let points = points.iter().map(|&it| self.place(it)).collect();
            self.add(egui::Shape::line(points, egui::Stroke::new(width, color)));
        }
    }

    /// Only the dashes that are seen.
    fn dashes(&mut self, points: &[Point], stroke: &Stroke, width: f32, color: Color32) {
        // from afar dashes are longer than they would be, or they would run together
        let least = if stroke.dash < 5.0 { 2.0 } else { 4.0 };
        let grown = (least / (stroke.dash * self.scale)).max(1.0);
        let lengths: Vec<f32> = stroke.pattern().iter().map(|it| (it * self.scale * grown).max(1.0)).collect();
        let whole: f32 = lengths.iter().sum();
        if whole <= 0.0 {
            return;
        }
        let mut walked = 0.0_f32;
        for pair in points.windows(2) {
            let &[a, b] = pair else { continue };
            let (a, b) = (self.place(a), self.place(b));
            let length = a.distance(b);
            let seen = ScreenRect::from_two_pos(a, b).expand(width).intersects(self.clip);
            if length > 0.0 && seen {
                self.dashes_of_part(a, b, length, walked, (&lengths, whole), width, color);
            }
            walked += length;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one straight line, told apart nowhere else")]
    fn dashes_of_part(
        &mut self,
        a: Pos2,
        b: Pos2,
        length: f32,
        walked: f32,
        (lengths, whole): (&[f32], f32),
        width: f32,
        color: Color32,
    ) {
        let along = (b - a) / length;
        let is_straight = along.x.abs() < 0.001 || along.y.abs() < 0.001;
        // from the first dash that is seen to the last
        let (from, to) = seen_part(a, along, length, self.clip);
        let first = ((walked + from) / whole).floor() * whole - walked;
        let mut at = first;
        'all: loop {
            for (place, step) in lengths.iter().enumerate() {
                if at >= to {
                    break 'all;
                }
                let (start, end) = (at.max(0.0), (at + step).min(length));
                if place % 2 == 0 && end > start && end > from {
                    let (p, q) = (a + along * start, a + along * end);
                    if is_straight {
                        let side = vec2(along.y, along.x).abs() * (width / 2.0);
                        self.quad(ScreenRect::from_two_pos(p, q).expand2(side), color);
                    } else {
                        self.add(egui::Shape::line_segment([p, q], egui::Stroke::new(width, color)));
                    }
                }
                at += step;
            }
        }
    }

    fn icon(&mut self, icon: Icon, frame: Rect, color: Color) {
        let rect = self.frame(frame);
        if !rect.intersects(self.clip) {
            return;
        }
        let pixels = rect.width() * self.pixels_per_point;
        let Some((size, texture, columns)) = self.sheets.sheet(self.painter.ctx(), pixels) else {
            for stroke in icon.strokes(frame, color) {
                self.shape(&stroke);
            }
            return;
        };
        // at the very size of the picture on whole pixels, where it is sharp
        let snap = |at: f32| (at * self.pixels_per_point).round() / self.pixels_per_point;
        let rect = if (pixels - size as f32).abs() < 0.5 {
            let corner = pos2(snap(rect.min.x), snap(rect.min.y));
            ScreenRect::from_min_size(corner, vec2(1.0, 1.0) * (size as f32 / self.pixels_per_point))
        } else {
            rect
        };
        let rows = Icon::count().div_ceil(columns);
        let (column, row) = ((icon.place() % columns) as f32, (icon.place() / columns) as f32);
        let step = vec2(1.0 / columns as f32, 1.0 / rows as f32);
        let uv = ScreenRect::from_min_size(pos2(column * step.x, row * step.y), step);
        self.textured(texture);
        self.mesh.add_rect_with_uv(rect, uv, color32(color));
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, face: Face, size: f32, color: Color) {
        let size = size * self.scale;
        if size < SMALLEST_TEXT || text.is_empty() {
            return;
        }
        let place = self.place(at);
        // a line of text ends somewhere near: what lies far outside is not laid out
        if place.y < self.clip.top() - size || place.y > self.clip.bottom() + 2.0 * size {
            return;
        }
        let galley = self.painter.layout_no_wrap(text.to_owned(), font(face, stepped(size)), Color32::PLACEHOLDER);
        let left = place.x - anchor.offset(galley.size().x);
        let baseline = galley.rows.first().map_or(size, |row| row.row.glyphs.first().map_or(size, |glyph| glyph.pos.y));
        let shape = egui::epaint::TextShape::new(pos2(left, place.y - baseline), galley, color32(color));
        self.add(egui::Shape::Text(shape));
    }
}

/// A size of text among few, and no larger than asked for: while zooming the same
/// letters are used again.
fn stepped(size: f32) -> f32 {
    let step = match size {
        ..14.0 => 0.5,
        14.0..24.0 => 1.0,
        _ => 2.0,
    };
    (size / step + 0.01).floor() * step
}

fn is_at_right_angles(pair: &[Point]) -> bool {
    match pair {
        &[a, b] => (a.x - b.x).abs() < 0.01 || (a.y - b.y).abs() < 0.01,
        _ => true,
    }
}

/// From where to where along a line it can be seen.
fn seen_part(a: Pos2, along: egui::Vec2, length: f32, clip: ScreenRect) -> (f32, f32) {
    let axis = |at: f32, step: f32, low: f32, high: f32| {
        if step.abs() < 1e-6 {
            return (0.0, length);
        }
        let (one, other) = ((low - at) / step, (high - at) / step);
        (one.min(other), one.max(other))
    };
    let (x0, x1) = axis(a.x, along.x, clip.min.x, clip.max.x);
    let (y0, y1) = axis(a.y, along.y, clip.min.y, clip.max.y);
    (x0.max(y0).clamp(0.0, length), x1.min(y1).clamp(0.0, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(shapes: &[Shape], zoom: f32) -> Vec<egui::Shape> {
        let ctx = egui::Context::default();
        crate::ui::theme::install(&ctx);
        let mut sheets = IconSheets::default();
        let rect = ScreenRect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let mut gathered = Vec::new();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let painter = ui.painter().with_clip_rect(rect);
            let camera = Camera { center: Point::new(0.0, 0.0), zoom };
            let mut brush = Brush::new(&painter, &mut sheets, camera, rect);
            shapes.iter().for_each(|it| brush.shape(it));
            gathered = brush.finish();
        });
        output.textures_delta.clear();
        gathered
    }

    const INK: Color = Color::rgb(0, 0, 0);

    #[test]
    fn lines_at_right_angles_are_one_mesh() {
        let line = |y: f32| {
            let points = vec![Point::new(-100.0, y), Point::new(100.0, y), Point::new(100.0, y + 40.0)];
            Shape::Line { points, stroke: Stroke::solid(2.0, INK) }
        };
        let shapes = painted(&[line(0.0), line(50.0), line(100.0)], 1.0);
        let [egui::Shape::Mesh(mesh)] = shapes.as_slice() else { panic!("{shapes:?}") };
        assert_eq!(mesh.vertices.len(), 3 * 2 * 4);
        assert!(mesh.vertices.iter().all(|it| it.uv == egui::epaint::WHITE_UV));
    }

    #[test]
    fn icons_come_from_one_picture_and_are_in_one_mesh() {
        let icons: Vec<Shape> =
            (0..9).map(|at| Icon::of_type("plc").shape(Rect::new(at as f32 * 40.0, 0.0, 30.0, 30.0), INK)).collect();
        let shapes = painted(&icons, 0.5);
        let [egui::Shape::Mesh(mesh)] = shapes.as_slice() else { panic!("{shapes:?}") };
        assert_ne!(mesh.texture_id, egui::TextureId::default());
        assert_eq!(mesh.vertices.len(), 9 * 4);
    }

    #[test]
    fn only_dashes_that_are_seen_are_drawn() {
        let points = vec![Point::new(-1e6, 0.0), Point::new(1e6, 0.0)];
        let shapes = painted(&[Shape::Line { points, stroke: Stroke::dashed(2.0, INK, 8.0) }], 1.0);
        let [egui::Shape::Mesh(mesh)] = shapes.as_slice() else { panic!("{shapes:?}") };
        assert!((45..60).contains(&(mesh.vertices.len() / 4)), "{}", mesh.vertices.len() / 4);
    }

    #[test]
    fn text_too_small_to_read_is_not_laid_out() {
        let text = Shape::Text {
            at: Point::default(),
            anchor: Anchor::Middle,
            text: "Z-1".into(),
            face: Face::Regular,
            size: 14.0,
            color: INK,
        };
        assert_eq!((painted(std::slice::from_ref(&text), 1.0).len(), painted(&[text], 0.2).len()), (1, 0));
    }

    #[test]
    fn text_is_set_in_few_sizes_and_never_larger_than_asked() {
        let sizes: std::collections::BTreeSet<u32> =
            (45..400).map(|it| (stepped(it as f32 / 10.0) * 2.0) as u32).collect();
        assert!(sizes.len() < 40, "{}", sizes.len());
        assert!((45..400).all(|it| stepped(it as f32 / 10.0) <= it as f32 / 10.0 + 0.01));
    }
}
