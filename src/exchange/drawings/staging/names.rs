//! Texts that stand in or near a shape as its name.

use std::collections::{BTreeMap, HashMap};

use super::around::distance;
use super::looks::Looks;
use super::words;
use crate::exchange::drawings::{DrawnShape, Page};
use crate::model::{Point, Rect};

/// A text is no further from what it names, in pixels.
const NEAR: f32 = 32.0;
/// Cells of the index of places, in pixels.
const CELL: f32 = 128.0;
/// A shape that covers more cells is looked at for every text.
const MOST_CELLS: i64 = 64;
/// So many such shapes are looked at.
const MOST_LARGE: usize = 2000;

/// For each text that is a name, the shape that it names.
pub(super) fn names(page: &Page, looks: &[Looks], around: &[Vec<usize>], holds: &[usize]) -> BTreeMap<usize, usize> {
    let shapes = || page.shapes.iter().zip(looks).enumerate();
    let nameless: Vec<usize> = shapes()
        .filter(|(_, (shape, looks))| looks.is_thing() && shape.text.is_empty() && shape.frame.is_drawable())
        .map(|(place, _)| place)
        .collect();
    let index = Index::of(page, &nameless);
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (text, (shape, own)) in shapes() {
        if *own != Looks::Text || shape.meaning.is_some() || shape.text.is_empty() || !shape.frame.is_drawable() {
            continue;
        }
        for place in index.near(&shape.frame) {
            let Some(named) = page.shapes.get(place) else { continue };
            let holds = holds.get(place).copied().unwrap_or(0);
            // "IT network" is no name for the computer that it happens to stand by
            let is_for_zones = words::zone_word(&words::folded(&shape.text)).is_some();
            if is_for_zones && holds == 0 && looks.get(place) != Some(&Looks::Cloud) {
                continue;
            }
            let score = match holds {
                0 => beside(named, shape, around.get(text), place),
                // what stands in something inside is that thing's
                _ if is_deeper(around.get(text), place, looks) => None,
                _ => on_edge(&named.frame, &shape.frame).or_else(|| {
                    let is_inside = around.get(text).is_some_and(|around| around.first() == Some(&place));
                    (is_inside && is_for_zones).then_some(40.0)
                }),
            };
            pairs.extend(score.map(|score| (score, text, place)));
        }
    }
    pairs.sort_by(|one, next| one.0.total_cmp(&next.0).then((one.1, one.2).cmp(&(next.1, next.2))));
    let mut names = BTreeMap::new();
    let mut named: HashMap<usize, usize> = HashMap::new();
    for (_, text, place) in pairs {
        if !names.contains_key(&text) && !named.contains_key(&place) {
            names.insert(text, place);
            named.insert(place, text);
        }
    }
    names
}

/// Whether a text stands in something else that stands in a shape.
fn is_deeper(around: Option<&Vec<usize>>, place: usize, looks: &[Looks]) -> bool {
    let Some(around) = around else { return false };
    let is_thing = |it: &usize| looks.get(*it).is_some_and(|it| it.is_thing() && *it != Looks::Group);
    around.contains(&place) && around.iter().find(|it| is_thing(it)) != Some(&place)
}

/// How well a text names a shape that holds nothing: in it, or below it, above it, beside it.
fn beside(named: &DrawnShape, text: &DrawnShape, around: Option<&Vec<usize>>, place: usize) -> Option<f32> {
    let (frame, label) = (&named.frame, &text.frame);
    if around.is_some_and(|around| around.first() == Some(&place)) {
        return Some(0.0);
    }
    let middle = label.center();
    let gap = distance(frame, middle) - label.height.min(label.width) / 2.0;
    let is_level = (frame.x - frame.width / 2.0..frame.right() + frame.width / 2.0).contains(&middle.x);
    let is_beside = (frame.y..frame.bottom()).contains(&middle.y);
    let penalty = match () {
        () if is_level && middle.y >= frame.center().y => 0.0,
        () if is_level => 10.0,
        () if is_beside => 14.0,
        () => return None,
    };
    let gap = if is_beside && !is_level { gap_beside(frame, label) } else { gap.max(0.0) };
    (gap <= NEAR).then_some(gap + penalty + 1.0)
}

fn gap_beside(frame: &Rect, label: &Rect) -> f32 {
    (label.x - frame.right()).max(frame.x - label.right()).max(0.0)
}

/// How well a text names a shape that holds others: at its upper or lower edge, or just above it.
fn on_edge(frame: &Rect, text: &Rect) -> Option<f32> {
    let middle = text.center();
    if !(frame.x - 8.0..=frame.right() + 8.0).contains(&middle.x) {
        return None;
    }
    let depth = (frame.height * 0.2).clamp(24.0, 60.0);
    let (from_top, from_bottom) = (middle.y - frame.y, frame.bottom() - middle.y);
    match () {
        () if (0.0..depth).contains(&from_top) => Some(6.0 + from_top * 0.3),
        () if (0.0..depth).contains(&from_bottom) => Some(8.0 + from_bottom * 0.3),
        () if (-30.0..0.0).contains(&from_top) => Some(12.0 - from_top * 0.5),
        () => None,
    }
}

/// Shapes by where they are.
struct Index {
    cells: HashMap<(i64, i64), Vec<usize>>,
    large: Vec<usize>,
}

impl Index {
    fn of(page: &Page, places: &[usize]) -> Self {
        let mut index = Self { cells: HashMap::new(), large: Vec::new() };
        for &place in places {
            let Some(frame) = page.shapes.get(place).map(|it| it.frame.grown(NEAR + CELL / 4.0)) else { continue };
            let (left, top) = cell(frame.corner());
            let (right, bottom) = cell(Point::new(frame.right(), frame.bottom()));
            if (right - left + 1).saturating_mul(bottom - top + 1) > MOST_CELLS {
                if index.large.len() < MOST_LARGE {
                    index.large.push(place);
                }
                continue;
            }
            for column in left..=right {
                for row in top..=bottom {
                    index.cells.entry((column, row)).or_default().push(place);
                }
            }
        }
        index
    }

    fn near(&self, frame: &Rect) -> impl Iterator<Item = usize> {
        let here = self.cells.get(&cell(frame.center()));
        here.into_iter().flatten().chain(&self.large).copied()
    }
}

fn cell(place: Point) -> (i64, i64) {
    ((place.x / CELL).floor() as i64, (place.y / CELL).floor() as i64)
}
