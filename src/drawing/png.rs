//! Writes a picture as PNG: shapes filled on the processor, text as its outlines.

use std::io::Cursor;

use image::{ImageFormat, RgbaImage};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, StrokeDash, Transform};

use super::palette::Color;
use super::picture::Picture;
use super::shape::{Anchor, Shape, Stroke};
use crate::model::{Point, Rect};
use crate::text::{Face, MissingGlyphs, Typesetter};

/// No picture gets wider or higher than this many pixels; a larger one is scaled down.
const LARGEST: f32 = 12_000.0;

/// Nor more pixels than this altogether: what a plant laptop has memory for.
const MOST: f32 = 48e6;

/// Why no picture came about.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// It has no width or no height, or memory ran short.
    #[error("the picture of {0} by {1} pixels can't be made")]
    Size(u32, u32),
    /// The encoder failed.
    #[error("the picture can't be written as PNG: {0}")]
    Encode(#[from] image::ImageError),
}

/// A drawn picture: rows of red, green, blue and opacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel, not premultiplied.
    pub rgba: Vec<u8>,
}

/// The picture as PNG, `scale` pixels for a canvas unit, or fewer where it would get too large.
///
/// # Errors
/// [`PngError`] where memory runs short.
pub fn to_png(picture: &Picture, scale: f32) -> Result<Vec<u8>, PngError> {
    let Pixels { width, height, rgba } = to_pixels(picture, scale)?;
    let image = RgbaImage::from_raw(width, height, rgba).ok_or(PngError::Size(width, height))?;
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// The picture as pixels, `scale` for a canvas unit, or fewer where it would get too large.
///
/// # Errors
/// [`PngError`] where memory runs short.
pub fn to_pixels(picture: &Picture, scale: f32) -> Result<Pixels, PngError> {
    let scale = scale
        .min(LARGEST / picture.width)
        .min(LARGEST / picture.height)
        .min((MOST / picture.width / picture.height).sqrt());
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let (width, height) = (pixels(picture.width), pixels(picture.height));
    let mut canvas = Canvas {
        pixmap: Pixmap::new(width, height).ok_or(PngError::Size(width, height))?,
        transform: Transform::from_scale(scale, scale),
        typesetter: Typesetter::new(),
    };
    canvas.pixmap.fill(tiny_skia_color(picture.ground));
    for shape in &picture.shapes {
        canvas.paint(shape);
    }
    Ok(Pixels { width, height, rgba: canvas.pixmap.take_demultiplied() })
}

fn tiny_skia_color(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(tiny_skia_color(color));
    paint.anti_alias = true;
    paint
}

struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
    typesetter: Typesetter,
}

impl Canvas {
    fn paint(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { frame, radius, fill, stroke } => {
                self.path(rounded_rect(*frame, *radius), *fill, stroke.as_ref());
            }
            Shape::Line { points, stroke } => self.path(polyline(points, false), None, Some(stroke)),
            Shape::Polygon { points, fill } => self.path(polyline(points, true), Some(*fill), None),
            Shape::Circle { center, radius, fill, stroke } => {
                let circle = PathBuilder::from_circle(center.x, center.y, *radius);
                self.path(circle, *fill, stroke.as_ref());
            }
            Shape::Icon { icon, frame, color } => {
                icon.strokes(*frame, *color).iter().for_each(|it| self.paint(it));
            }
            Shape::Text { at, anchor, text, face, size, color } => {
                self.text(*at, *anchor, text, *face, *size, *color);
            }
        }
    }

    fn path(&mut self, path: Option<tiny_skia::Path>, fill: Option<Color>, stroke: Option<&Stroke>) {
        let Some(path) = path else { return };
        if let Some(fill) = fill {
            self.pixmap.fill_path(&path, &paint(fill), FillRule::Winding, self.transform, None);
        }
        if let Some(stroke) = stroke {
            let dash = StrokeDash::new(stroke.pattern(), 0.0);
            let line = tiny_skia::Stroke {
                width: stroke.width,
                line_cap: if dash.is_some() { LineCap::Butt } else { LineCap::Round },
                line_join: LineJoin::Round,
                dash,
                ..tiny_skia::Stroke::default()
            };
            self.pixmap.stroke_path(&path, &paint(stroke.color), &line, self.transform, None);
        }
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, face: Face, size: f32, color: Color) {
        let Some(font) = face.font() else { return };
        let text = MissingGlyphs::default().replace(face, text);
        let run = self.typesetter.shape(face, &text);
        let mut pen = Outline { path: PathBuilder::new(), x: at.x - anchor.offset(run.width * size), y: at.y };
        let outlines = font.outline_glyphs();
        for glyph in &run.glyphs {
            let (x, y) = (pen.x, pen.y);
            pen.x += glyph.dx * size;
            pen.y -= glyph.dy * size;
            if let Some(outline) = outlines.get(GlyphId::from(glyph.id)) {
                let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
                // a glyph that can't be drawn leaves a gap
                let _ = outline.draw(settings, &mut pen);
            }
            pen.x = x + glyph.advance * size;
            pen.y = y;
        }
        self.path(pen.path.finish(), Some(color), None);
    }
}

/// Draws a glyph's outline where the pen stands, y downwards.
struct Outline {
    path: PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, self.y - y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, self.y - y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + x1, self.y - y1, self.x + x, self.y - y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + x1, self.y - y1, self.x + x2, self.y - y2, self.x + x, self.y - y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}

fn polyline(points: &[Point], closed: bool) -> Option<tiny_skia::Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.x, first.y);
    for point in rest {
        path.line_to(point.x, point.y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn rounded_rect(frame: Rect, radius: f32) -> Option<tiny_skia::Path> {
    let radius = radius.min(frame.width / 2.0).min(frame.height / 2.0);
    let (left, top, right, bottom) = (frame.x, frame.y, frame.right(), frame.bottom());
    if radius <= 0.0 {
        return tiny_skia::Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect);
    }
    // how far the handles of a quarter circle lie from its ends, times the radius
    let handle = radius * (1.0 - 0.552_284_8);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    path.close();
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(shapes: Vec<Shape>) -> Picture {
        Picture {
            width: 40.0,
            height: 20.0,
            ground: Color::rgb(255, 255, 255),
            title: String::new(),
            shapes,
            whole: Vec::new(),
        }
    }

    fn pixel(png: &[u8], x: u32, y: u32) -> [u8; 4] {
        image::load_from_memory(png).unwrap().to_rgba8().get_pixel(x, y).0
    }

    #[test]
    fn a_rectangle_is_filled_where_it_stands() {
        let blue = Color::rgb(0, 0, 255);
        let png = to_png(&picture(vec![Shape::filled(Rect::new(10.0, 5.0, 10.0, 10.0), 0.0, blue)]), 2.0).unwrap();
        assert_eq!(pixel(&png, 30, 20), [0, 0, 255, 255]);
        assert_eq!(pixel(&png, 4, 4), [255, 255, 255, 255]);
    }

    #[test]
    fn text_leaves_ink() {
        let text = Shape::Text {
            at: Point::new(20.0, 15.0),
            anchor: Anchor::Middle,
            text: "ΩЖ".into(),
            face: Face::SemiBold,
            size: 14.0,
            color: Color::rgb(0, 0, 0),
        };
        let png = to_png(&picture(vec![text]), 4.0).unwrap();
        let image = image::load_from_memory(&png).unwrap().to_luma8();
        let dark = image.pixels().filter(|it| it.0[0] < 64).count();
        assert!(dark > 300, "{dark}");
    }

    #[test]
    fn a_picture_too_large_is_scaled_down() {
        let huge = Picture { width: 40_000.0, height: 100.0, ..picture(Vec::new()) };
        let image = image::load_from_memory(&to_png(&huge, 2.0).unwrap()).unwrap();
        assert_eq!(image.width(), 12_000);
    }
}
