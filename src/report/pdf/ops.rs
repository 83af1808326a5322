//! A page's shapes as PDF operations, y upwards.

use printpdf::{
    Codepoint, Color as PdfColor, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode,
    PdfFontHandle, Point as PdfPoint, Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::fonts::{EmbeddedFace, Fonts, id};
use crate::drawing::palette::Color;
use crate::drawing::shape::{Anchor, Shape, Stroke};
use crate::model::{Point, Rect};
use crate::report::layout::Page;
use crate::text::Face;

/// All shapes of a page.
pub(super) fn of_page(page: &Page, fonts: &Fonts) -> Vec<Op> {
    let mut writer = Writer { ops: Vec::new(), height: page.height, state: State::default(), fonts };
    writer.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
    writer.ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    for shape in &page.shapes {
        writer.shape(shape);
    }
    writer.end_text();
    writer.ops
}

/// What was set last, to set it again only where it changes.
#[derive(Default)]
struct State {
    in_text: bool,
    fill: Option<Color>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

struct Writer<'a> {
    ops: Vec<Op>,
    height: f32,
    state: State,
    fonts: &'a Fonts,
}

/// How far the handles of a quarter circle lie from its ends, in radii.
const HANDLE: f32 = 0.552_284_8;

impl Writer<'_> {
    fn point(&self, it: Point) -> PdfPoint {
        PdfPoint { x: Pt(it.x), y: Pt(self.height - it.y) }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { frame, radius, fill, stroke } => {
                let ring = self.rounded(*frame, *radius);
                self.ring(ring, *fill, stroke.as_ref());
            }
            Shape::Circle { center, radius, fill, stroke } => {
                let frame = Rect::new(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius);
                let ring = self.rounded(frame, *radius);
                self.ring(ring, *fill, stroke.as_ref());
            }
            Shape::Polygon { points, fill } => {
                let ring = points.iter().map(|&it| self.corner(it)).collect();
                self.ring(ring, Some(*fill), None);
            }
            Shape::Line { points, stroke } => {
                self.set_stroke(*stroke);
                let points = points.iter().map(|&it| self.corner(it)).collect();
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
            Shape::Icon { icon, frame, color } => {
                icon.strokes(*frame, *color).iter().for_each(|it| self.shape(it));
            }
            Shape::Text { at, anchor, text, face, size, color } => self.text(*at, *anchor, text, *face, *size, *color),
        }
    }

    fn corner(&self, it: Point) -> LinePoint {
        LinePoint { p: self.point(it), bezier: false }
    }

    fn handle(&self, x: f32, y: f32) -> LinePoint {
        LinePoint { p: self.point(Point::new(x, y)), bezier: true }
    }

    /// The outline of a rectangle with rounded corners, clockwise from the upper left.
    fn rounded(&self, frame: Rect, radius: f32) -> Vec<LinePoint> {
        let radius = radius.min(frame.width / 2.0).min(frame.height / 2.0).max(0.0);
        let (left, top, right, bottom) = (frame.x, frame.y, frame.right(), frame.bottom());
        let corner = |x: f32, y: f32| self.corner(Point::new(x, y));
        if radius == 0.0 {
            return vec![corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
        }
        let back = radius * (1.0 - HANDLE);
        vec![
            corner(left + radius, top),
            corner(right - radius, top),
            self.handle(right - back, top),
            self.handle(right, top + back),
            corner(right, top + radius),
            corner(right, bottom - radius),
            self.handle(right, bottom - back),
            self.handle(right - back, bottom),
            corner(right - radius, bottom),
            corner(left + radius, bottom),
            self.handle(left + back, bottom),
            self.handle(left, bottom - back),
            corner(left, bottom - radius),
            corner(left, top + radius),
            self.handle(left, top + back),
            self.handle(left + back, top),
            corner(left + radius, top),
        ]
    }

    fn ring(&mut self, points: Vec<LinePoint>, fill: Option<Color>, stroke: Option<&Stroke>) {
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        if let Some(fill) = fill {
            self.set_fill(fill);
        }
        if let Some(stroke) = stroke {
            self.set_stroke(*stroke);
        }
        self.end_text();
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.state.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn set_fill(&mut self, color: Color) {
        if self.state.fill != Some(color) {
            self.state.fill = Some(color);
            self.ops.push(Op::SetFillColor { col: pdf_color(color) });
        }
    }

    fn set_stroke(&mut self, stroke: Stroke) {
        self.end_text();
        let last = self.state.stroke.replace(stroke);
        if last.map(|it| it.color) != Some(stroke.color) {
            self.ops.push(Op::SetOutlineColor { col: pdf_color(stroke.color) });
        }
        if last.map(|it| it.width) != Some(stroke.width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
        }
        let dashes = stroke.pattern();
        if last.map(|it| it.pattern()).unwrap_or_default() != dashes {
            let cap = if stroke.dash > 0.0 { LineCapStyle::Butt } else { LineCapStyle::Round };
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &dashes) });
            self.ops.push(Op::SetLineCapStyle { cap });
        }
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, face: Face, size: f32, color: Color) {
        let run = self.fonts.shape(face, text);
        let Some(embedded) = self.fonts.face(face) else { return };
        let items = items(text, &run, embedded);
        if items.is_empty() {
            return;
        }
        self.set_fill(color);
        if !self.state.in_text {
            self.state.in_text = true;
            self.state.font = None;
            self.ops.push(Op::StartTextSection);
        }
        if self.state.font != Some((face, size)) {
            self.state.font = Some((face, size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(id(face)), size: Pt(size) });
        }
        let start = self.point(Point::new(at.x - anchor.offset(run.width * size), at.y));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(start.x, start.y) });
        self.ops.push(Op::ShowText { items });
    }
}

/// A run as text with the kerning between; a glyph that no single character stands
/// for goes by its number.
fn items(text: &str, run: &crate::text::Run, face: &EmbeddedFace) -> Vec<TextItem> {
    let mut items = Vec::new();
    let mut plain = String::new();
    for glyph in &run.glyphs {
        let shown = text.get(glyph.text.clone()).unwrap_or_default();
        let mut characters = shown.chars();
        let only = characters.next().filter(|_| characters.next().is_none());
        let (new, is_plain) = face.glyph(only, glyph.id);
        match only {
            Some(character) if is_plain => plain.push(character),
            _ => {
                flush(&mut items, &mut plain);
                items.push(TextItem::GlyphIds(vec![Codepoint::with_cid(new, 0.0, shown.to_owned())]));
            }
        }
        // a positive number moves back, in thousandths of an em
        let kerning = (face.advance(new) - glyph.advance) * 1000.0;
        if kerning.abs() >= 0.5 {
            flush(&mut items, &mut plain);
            items.push(TextItem::Offset(kerning.round()));
        }
    }
    flush(&mut items, &mut plain);
    items
}

fn flush(items: &mut Vec<TextItem>, plain: &mut String) {
    if !plain.is_empty() {
        items.push(TextItem::Text(std::mem::take(plain)));
    }
}

/// Print has no ground to shine through: a colour that is not opaque is mixed with white.
fn pdf_color(color: Color) -> PdfColor {
    let opacity = f32::from(color.a) / 255.0;
    let channel = |value: u8| 1.0 - opacity * (1.0 - f32::from(value) / 255.0);
    let rounded = |value: u8| (channel(value) * 1000.0).round() / 1000.0;
    PdfColor::Rgb(Rgb { r: rounded(color.r), g: rounded(color.g), b: rounded(color.b), icc_profile: None })
}
