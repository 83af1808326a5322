//! The bands of the Purdue levels behind the zones.

use super::super::shape::{Anchor, Shape};
use super::*;
use crate::model::{Point, PurdueLevel};
use crate::text::Face;

/// Room for the bands' names at the left.
const MARGIN: f32 = 76.0;

/// One band for each level that zones of the top level stand at, as far as the
/// levels lie one below the other; zones that stand higher or lower than their
/// level's neighbours leave no room for a boundary, and the bands join.
pub(super) fn elements(context: &Context, bounds: Rect) -> Vec<Element> {
    let bands = bands(context.project);
    let left = bounds.x - MARGIN;
    let width = bounds.width + MARGIN + 24.0;
    let mut top = bounds.y - 24.0;
    let mut elements = Vec::new();
    for (place, (levels, end)) in bands.iter().enumerate() {
        let end = end.unwrap_or(bounds.bottom() + 24.0);
        let frame = Rect::new(left, top, width, end - top);
        elements.extend(band(context, place, levels, frame));
        top = end;
    }
    elements
}

/// The level in whose band this height is; `None` where a band is of several levels.
pub(super) fn level_at(project: &Project, y: f32) -> Option<PurdueLevel> {
    match bands(project).iter().find(|(_, end)| end.is_none_or(|end| y < end))?.0.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The levels of each band from the top, and where it ends; the last has no end.
fn bands(project: &Project) -> Vec<(Vec<PurdueLevel>, Option<f32>)> {
    let mut spans: BTreeMap<std::cmp::Reverse<PurdueLevel>, (f32, f32)> = BTreeMap::new();
    for zone in project.zones.values().filter(|zone| zone.parent.is_none()) {
        let Some(level) = zone.purdue else { continue };
        let span = spans.entry(std::cmp::Reverse(level)).or_insert((zone.frame.y, zone.frame.bottom()));
        *span = (span.0.min(zone.frame.y), span.1.max(zone.frame.bottom()));
    }
    let mut bands: Vec<(Vec<PurdueLevel>, f32, f32)> = Vec::new();
    for (level, (top, bottom)) in spans {
        match bands.last_mut() {
            Some((levels, _, last)) if top < *last => {
                levels.push(level.0);
                *last = last.max(bottom);
            }
            _ => bands.push((vec![level.0], top, bottom)),
        }
    }
    let ends: Vec<Option<f32>> = bands
        .iter()
        .zip(bands.iter().skip(1).map(Some).chain([None]))
        .map(|((.., bottom), next)| next.map(|(_, top, _)| (bottom + top) / 2.0))
        .collect();
    bands.into_iter().map(|(levels, ..)| levels).zip(ends).collect()
}

/// The ground, and the levels' names near, from afar and from farthest.
fn band(context: &Context, place: usize, levels: &[PurdueLevel], frame: Rect) -> [Element; 4] {
    let palette = context.look.palette;
    let fill = palette.purdue.get(place % 2).copied().unwrap_or(palette.canvas);
    let text = |x: f32, y: f32, text: &str, face: Face, size: f32| Shape::Text {
        at: Point::new(frame.x + x, frame.y + y),
        anchor: Anchor::Start,
        text: text.to_owned(),
        face,
        size,
        color: palette.purdue_text,
    };
    let (mut near, mut far, mut farthest) = (Vec::new(), Vec::new(), Vec::new());
    for (row, level) in levels.iter().enumerate() {
        let y = 24.0 + row as f32 * 34.0;
        let small = context.look.text(10.5).min(11.0);
        near.push(text(12.0, y, &format!("L{level}"), Face::SemiBold, 16.0));
        near.push(text(12.0, y + 14.0, name(*level), Face::Regular, small));
        far.push(text(8.0, y + 4.0, &format!("L{level}"), Face::SemiBold, 24.0));
        farthest.push(text(5.0, y + 10.0 + row as f32 * 6.0, &format!("L{level}"), Face::SemiBold, 36.0));
    }
    [
        Element::new(None, frame, vec![Shape::filled(frame, 0.0, fill)]),
        Element::new(None, frame, near).above_zoom(READABLE),
        Element::new(None, frame, far).above_zoom(ASSETS_FROM).below_zoom(READABLE),
        Element::new(None, frame, farthest).below_zoom(ASSETS_FROM),
    ]
}

fn name(level: PurdueLevel) -> &'static str {
    match level {
        PurdueLevel::L0 => "Process",
        PurdueLevel::L1 => "Control",
        PurdueLevel::L2 => "Supervision",
        PurdueLevel::L3 => "Operations",
        PurdueLevel::Dmz => "DMZ",
        PurdueLevel::L4 => "Business",
        PurdueLevel::L5 => "Outside",
    }
}
