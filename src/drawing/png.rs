//! Writes a picture as PNG: shapes filled on the processor, text as its outlines.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Cursor;

use image::{ImageFormat, RgbaImage};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapPaint, StrokeDash, Transform};

use super::icons::Icon;
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
        scale,
        typesetter: Typesetter::new(),
        words: HashMap::new(),
        icons: HashMap::new(),
    };
    canvas.pixmap.fill(tiny_skia_color(picture.ground));
    for shape in &picture.shapes {
        canvas.paint(shape);
    }
    Ok(Pixels { width, height, rgba: canvas.pixmap.take_demultiplied() })
}

/// All icons in white, each in a square of this many pixels, and how many stand in a row:
/// to be tinted where they are used.
///
/// # Errors
/// [`PngError`] where memory runs short.
pub fn icon_sheet(size: u32) -> Result<(Pixels, usize), PngError> {
    const COLUMNS: usize = 10;
    let rows = Icon::count().div_ceil(COLUMNS);
    let side = size as f32;
    let place = |icon: Icon| {
        let (column, row) = ((icon.place() % COLUMNS) as f32, (icon.place() / COLUMNS) as f32);
        Rect::new(column * side, row * side, side, side)
    };
    let white = Color::rgb(255, 255, 255);
    let picture = Picture {
        width: COLUMNS as f32 * side,
        height: rows as f32 * side,
        ground: Color { a: 0, ..white },
        title: String::new(),
        shapes: Icon::all().map(|icon| icon.shape(place(icon), white)).collect(),
        core: Rect::default(),
        whole: Vec::new(),
    };
    Ok((to_pixels(&picture, 1.0)?, COLUMNS))
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
    scale: f32,
    typesetter: Typesetter,
    /// The outlines of words already drawn, at a size of 1.
    words: HashMap<(Face, String), Option<Path>>,
    /// Icons already drawn, by colour and size in pixels.
    icons: HashMap<(Icon, Color, u32), Option<Pixmap>>,
}

/// An area of this many pixels and more is filled in two parts: its inside without
/// smoothing, which is many times quicker, and its edge.
const LARGE: f32 = 4096.0;

impl Canvas {
    fn paint(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { frame, radius, fill, stroke } => {
                let fill = fill.filter(|fill| !self.fill_large(*frame, *radius, *fill));
                self.path(rounded_rect(*frame, *radius), fill, stroke.as_ref());
            }
            Shape::Line { points, stroke } => self.path(polyline(points, false), None, Some(stroke)),
            Shape::Polygon { points, fill } => self.path(polyline(points, true), Some(*fill), None),
            Shape::Circle { center, radius, fill, stroke } => {
                let circle = PathBuilder::from_circle(center.x, center.y, *radius);
                self.path(circle, *fill, stroke.as_ref());
            }
            Shape::Icon { icon, frame, color } => self.icon(*icon, *frame, *color),
            Shape::Text { at, anchor, text, face, size, color } => {
                self.text(*at, *anchor, text, *face, *size, *color);
            }
        }
    }

    fn path(&mut self, path: Option<Path>, fill: Option<Color>, stroke: Option<&Stroke>) {
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

    /// Fills a large opaque rectangle; answers whether it did.
    fn fill_large(&mut self, frame: Rect, radius: f32, color: Color) -> bool {
        let inner = frame.grown(-(radius + 1.0 / self.scale));
        let (left, top) = ((inner.x * self.scale).ceil(), (inner.y * self.scale).ceil());
        let (right, bottom) = ((inner.right() * self.scale).floor(), (inner.bottom() * self.scale).floor());
        if color.a < 255 || right <= left || bottom <= top || (right - left) * (bottom - top) < LARGE {
            return false;
        }
        let (Some(inside), Some(edge)) =
            (tiny_skia::Rect::from_ltrb(left, top, right, bottom), rounded_rect(frame, radius))
        else {
            return false;
        };
        let plain = Paint { anti_alias: false, ..paint(color) };
        self.pixmap.fill_rect(inside, &plain, Transform::identity(), None);
        let mut ring = PathBuilder::new();
        ring.push_path(&edge);
        let units = |at: f32| at / self.scale;
        if let Some(hole) = tiny_skia::Rect::from_ltrb(units(left), units(top), units(right), units(bottom)) {
            ring.push_rect(hole);
        }
        if let Some(ring) = ring.finish() {
            self.pixmap.fill_path(&ring, &paint(color), FillRule::EvenOdd, self.transform, None);
        }
        true
    }

    /// Icons are drawn once for each colour and size and then copied to whole pixels.
    fn icon(&mut self, icon: Icon, frame: Rect, color: Color) {
        let size = (frame.width * self.scale).round().max(1.0) as u32;
        let drawn = match self.icons.entry((icon, color, size)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(drawn_icon(icon, color, size)),
        };
        if let Some(drawn) = drawn {
            let (x, y) = ((frame.x * self.scale).round() as i32, (frame.y * self.scale).round() as i32);
            self.pixmap.draw_pixmap(x, y, drawn.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        }
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, face: Face, size: f32, color: Color) {
        let key = (face, text.to_owned());
        if !self.words.contains_key(&key) {
            let outline = self.outline(face, text);
            self.words.insert(key.clone(), outline);
        }
        let Some(Some(outline)) = self.words.get(&key) else { return };
        let left = at.x - anchor.offset(self.typesetter.shape(face, &shown(face, text)).width * size);
        let transform = self.transform.pre_translate(left, at.y).pre_scale(size, size);
        self.pixmap.fill_path(outline, &paint(color), FillRule::Winding, transform, None);
    }

    /// A text's outline from the origin on, at a size of 1.
    fn outline(&self, face: Face, text: &str) -> Option<Path> {
        let font = face.font()?;
        let run = self.typesetter.shape(face, &shown(face, text));
        let mut pen = Outline { path: PathBuilder::new(), x: 0.0, y: 0.0 };
        let outlines = font.outline_glyphs();
        for glyph in &run.glyphs {
            let (x, y) = (pen.x, pen.y);
            pen.x += glyph.dx;
            pen.y -= glyph.dy;
            if let Some(outline) = outlines.get(GlyphId::from(glyph.id)) {
                let settings = DrawSettings::unhinted(Size::new(1.0), LocationRef::default());
                // a glyph that can't be drawn leaves a gap
                let _ = outline.draw(settings, &mut pen);
            }
            pen.x = x + glyph.advance;
            pen.y = y;
        }
        pen.path.finish()
    }
}

/// A text as the face can show it.
fn shown(face: Face, text: &str) -> Cow<'_, str> {
    // most text is plain, and looking up each character takes longer than drawing it
    if text.bytes().all(|it| (b' '..=b'~').contains(&it)) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(MissingGlyphs::default().replace(face, text))
    }
}

fn drawn_icon(icon: Icon, color: Color, size: u32) -> Option<Pixmap> {
    let mut canvas = Canvas {
        pixmap: Pixmap::new(size, size)?,
        transform: Transform::identity(),
        scale: 1.0,
        typesetter: Typesetter::new(),
        words: HashMap::new(),
        icons: HashMap::new(),
    };
    let side = size as f32;
    icon.strokes(Rect::new(0.0, 0.0, side, side), color).iter().for_each(|it| canvas.paint(it));
    Some(canvas.pixmap)
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

fn polyline(points: &[Point], closed: bool) -> Option<Path> {
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

fn rounded_rect(frame: Rect, radius: f32) -> Option<Path> {
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
            core: Rect::default(),
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
    fn a_large_rectangle_is_filled_to_its_edge_and_no_further() {
        let blue = Color::rgb(0, 0, 255);
        for radius in [0.0, 3.0] {
            let frame = Rect::new(2.0, 2.0, 36.0, 16.0);
            let png = to_png(&picture(vec![Shape::filled(frame, radius, blue)]), 8.0).unwrap();
            let image = image::load_from_memory(&png).unwrap().to_rgba8();
            let is_blue = |x: u32, y: u32| image.get_pixel(x, y).0 == [0, 0, 255, 255];
            let gaps = (17..303).filter(|x| !is_blue(*x, 80)).count() + (17..143).filter(|y| !is_blue(160, *y)).count();
            assert_eq!(gaps, 0, "radius {radius}");
            assert!(![(15, 80), (304, 80), (160, 15), (160, 144)].iter().any(|&(x, y)| is_blue(x, y)));
            assert_eq!(is_blue(17, 17), radius == 0.0);
        }
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
