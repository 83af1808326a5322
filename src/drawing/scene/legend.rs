//! What the colours and lines of a picture mean, to stand below it.

use super::super::icons::icon;
use super::super::shape::{Anchor, Shape, Stroke, chip};
use super::*;
use crate::model::{Filtering, Point, SecurityLevel, Trust};
use crate::text::Face;

const SIZE: f32 = 11.0;
const ROW: f32 = 22.0;

/// The legend as shapes from the origin on, no wider than `width` where an entry
/// allows, and its height.
pub fn legend(look: &Look, width: f32) -> (Vec<Shape>, f32) {
    let mut row = Row { shapes: Vec::new(), x: 0.0, y: 0.0, width, ink: look.palette.text_weak };
    let palette = look.palette;
    for trust in Trust::ALL {
        let colors = palette.zone(*trust);
        let dash = if *trust == Trust::External { 4.0 } else { 0.0 };
        let stroke = Some(Stroke::dashed(1.5, colors.edge, dash));
        row.entry(trust.word(), 16.0, |frame| {
            vec![Shape::Rect { frame, radius: 3.0, fill: Some(colors.fill), stroke }]
        });
    }
    match look.view.overlay {
        Overlay::Trust | Overlay::Shortfall => {
            for levels in 0..=4 {
                let text = if levels == 0 { "target reached".to_owned() } else { format!("{levels} short") };
                let figure = if levels == 0 { "✓".to_owned() } else { format!("−{levels}") };
                row.entry(&text, 20.0, |frame| chip(frame, figure, 9.5, palette.shortfall(levels)).into());
            }
        }
        Overlay::Target | Overlay::Achieved => {
            for level in SecurityLevel::ALL {
                row.entry(&format!("SL {level}"), 20.0, |frame| {
                    chip(frame, level.to_string(), 9.5, palette.level(level)).into()
                });
            }
        }
        _ => (),
    }
    for (text, color, dash) in [
        ("filtered conduit", palette.conduit, 0.0),
        ("nothing filters", palette.conduit_weak, 0.0),
        ("remote access", palette.conduit, 6.0),
        ("remote access always on", palette.conduit_remote, 6.0),
    ] {
        row.entry(text, 26.0, |frame| {
            let y = frame.center().y;
            let stroke = Stroke::dashed(2.25, color, dash);
            vec![Shape::segment(Point::new(frame.x, y), Point::new(frame.right(), y), stroke)]
        });
    }
    for (text, filtering) in [
        ("stateful firewall", Filtering::Stateful),
        ("application filter", Filtering::Application),
        ("one-way device", Filtering::OneWay),
    ] {
        let sign = conduit::filter_sign(filtering).unwrap_or_default();
        row.entry(text, 14.0, |frame| icon(sign, frame, palette.icon));
    }
    (row.shapes, row.y + ROW)
}

/// Entries set one after the other, in as many rows as they need.
struct Row {
    shapes: Vec<Shape>,
    x: f32,
    y: f32,
    width: f32,
    ink: Color,
}

impl Row {
    fn entry(&mut self, text: &str, sign_width: f32, sign: impl FnOnce(Rect) -> Vec<Shape>) {
        let needed = sign_width + 6.0 + Face::Regular.width(text, SIZE) + 18.0;
        if self.x > 0.0 && self.x + needed > self.width {
            self.x = 0.0;
            self.y += ROW;
        }
        self.shapes.extend(sign(Rect::new(self.x, self.y + 4.0, sign_width, 14.0)));
        self.shapes.push(Shape::Text {
            at: Point::new(self.x + sign_width + 6.0, self.y + 15.0),
            anchor: Anchor::Start,
            text: text.to_owned(),
            face: Face::Regular,
            size: SIZE,
            color: self.ink,
        });
        self.x += needed;
    }
}
