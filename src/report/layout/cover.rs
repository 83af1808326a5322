//! The first page.

use super::Style;
use super::page::{A4, Page, SIDE};
use super::paragraph::Setting;
use crate::drawing::palette::Color;
use crate::drawing::shape::{Shape, Stroke};
use crate::model::{Point, Rect};
use crate::report::outline::{Cover, Span};

pub(super) fn page(cover: &Cover, style: &Style) -> Page {
    let mut page = Page::new(A4);
    let palette = style.palette;
    let width = page.width - 2.0 * SIDE;
    let band = Rect::new(0.0, 0.0, page.width, 292.0);
    page.shapes.push(Shape::filled(band, 0.0, palette.accent));
    ornament(&mut page, band, palette.on_accent, palette.accent);
    // what reaches below the band is covered again
    page.shapes.push(Shape::filled(Rect::new(0.0, band.bottom(), page.width, 60.0), 0.0, palette.canvas));
    let mut put = |y: f32, text: &str, size: f32, color: Color, strong: bool| {
        let setting = Setting { size, leading: size * 1.25, color, strong };
        let lines = style.lines(&[Span::from(text)], setting, width);
        lines.put(&mut page, Point::new(SIDE, y), width, false);
        y + lines.height()
    };
    put(56.0, &cover.kind, 11.0, palette.on_accent, false);
    let y = put(84.0, &cover.title, 30.0, palette.on_accent, true);
    let mut y = y.max(180.0) + 6.0;
    for line in &cover.subject {
        y = put(y, line, 13.0, palette.on_accent, false) + 2.0;
    }
    let mut y = band.bottom() + 56.0;
    for (label, value) in &cover.facts {
        let label_setting = Setting { size: 9.5, leading: 14.0, color: palette.text_weak, strong: false };
        let value_setting = Setting { color: palette.text, ..label_setting };
        let label = style.lines(&[Span::from(label.as_str())], label_setting, 120.0);
        let value = style.lines(&[Span::from(value.as_str())], value_setting, width - 130.0);
        label.put(&mut page, Point::new(SIDE, y), 120.0, false);
        value.put(&mut page, Point::new(SIDE + 130.0, y), width - 130.0, false);
        y += label.height().max(value.height()) + 5.0;
    }
    if !cover.marking.is_empty() {
        let setting = Setting { size: 10.0, leading: 13.0, color: palette.error, strong: true };
        let lines = style.lines(&[Span::from(cover.marking.as_str())], setting, width);
        let at = Point::new(SIDE, page.height - 84.0);
        lines.put(&mut page, at, width, false);
    }
    page
}

/// Nested zones joined by conduits, drawn faintly at the right of the band.
fn ornament(page: &mut Page, band: Rect, ink: Color, ground: Color) {
    let faint = |share: f32| Stroke::solid(1.0, ground.mixed(ink, share));
    let frame = |x: f32, y: f32, width: f32, height: f32, share: f32| Shape::Rect {
        frame: Rect::new(band.right() - x, band.y + y, width, height),
        radius: 6.0,
        fill: None,
        stroke: Some(faint(share)),
    };
    let line = |points: &[(f32, f32)]| Shape::Line {
        points: points.iter().map(|(x, y)| Point::new(band.right() - x, band.y + y)).collect(),
        stroke: faint(0.26),
    };
    page.shapes.extend([
        frame(196.0, 186.0, 92.0, 34.0, 0.2),
        frame(262.0, 244.0, 138.0, 70.0, 0.22),
        frame(250.0, 264.0, 50.0, 60.0, 0.26),
        frame(190.0, 264.0, 50.0, 60.0, 0.26),
        frame(88.0, 150.0, 120.0, 52.0, 0.16),
        frame(100.0, 236.0, 140.0, 44.0, 0.18),
        line(&[(150.0, 220.0), (150.0, 244.0)]),
        line(&[(104.0, 203.0), (70.0, 203.0)]),
        line(&[(124.0, 258.0), (100.0, 258.0)]),
    ]);
}
