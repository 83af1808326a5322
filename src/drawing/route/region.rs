//! Routing in one plane: boxes that lie beside and above one another, and legs
//! between them.
//!
//! The boxes are sorted into rows. Each leg runs from row to row through the gaps
//! between the boxes; which gap, and in which order the legs share it, follows from
//! the fewest crossings. Then uprights get their x and horizontal parts their y.

use super::super::dense::Dense;
use super::super::layers::{BESIDE, DOWN, Layers, Link, UP};
use super::slots::Slots;
use super::tracks::{self, Part};
use super::{CLEARANCE, TRACK};
use crate::model::{Point, Rect};

/// Where a leg ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// At a box.
    Box(usize),
    /// At the upper edge of the plane (or the lower), at an x if that is given already.
    Edge { is_upper: bool, x: Option<f32> },
}

/// A part of a conduit in one plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    pub(super) from: Spot,
    pub(super) to: Spot,
    /// Whether it may leave and enter sideways: nothing goes on inside of its boxes.
    pub(super) may_be_beside: bool,
}

/// Boxes and legs.
#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    pub(super) boxes: Vec<Rect>,
    pub(super) legs: Vec<Leg>,
    /// How much of the upper side of each box, from its left end, is better left to its title.
    pub(super) titles: Vec<f32>,
    /// How much of the lower side of each box, from its left end, is better left to what stands on it.
    pub(super) docks: Vec<f32>,
    /// What it lies in; nothing for the whole drawing.
    pub(super) frame: Option<Rect>,
}

/// How much work the order in the gaps may be, in comparisons of nodes.
const WORK: i64 = 4_000;
const MOST_WORK: i64 = 8_000_000;

impl Region {
    /// The corners of every leg.
    pub(super) fn routes(&self) -> Vec<Vec<Point>> {
        if self.legs.is_empty() {
            return Vec::new();
        }
        let lines = lines(&self.boxes);
        // the edges of the plane are rows of their own, empty where no leg ends there
        let rows = lines.iter().max().map_or(0, |last| last + 1) + 2;
        let mut layers = Layers::new(rows);
        for (at, it) in self.boxes.iter().enumerate() {
            let row = lines.get(at).copied().unwrap_or(0) + 1;
            layers.add((row, row), it.center().x, true);
        }
        let ends: Vec<_> = self.legs.iter().map(|leg| self.ends(&mut layers, rows, leg)).collect();
        for (leg, (from, to)) in self.legs.iter().zip(ends) {
            layers.join(from, to, leg.may_be_beside && self.beside(leg).is_some());
        }
        layers.settle();
        layers.untangle((WORK * self.legs.len() as i64).min(MOST_WORK));
        layers.straighten(MOST_WORK);
        layers.turn_arcs();
        let links: Vec<Link> = (0..self.legs.len()).map(|line| layers.link(line)).collect();
        let mut slots = Slots::new(self, &layers, &links);
        slots.place();
        let tracks = self.tracks(&layers, &links, &slots);
        let legs = self.legs.iter().zip(&links).enumerate();
        legs.map(|(at, (leg, link))| self.assembled(at, leg, link, &layers, &slots, &tracks)).collect()
    }

    /// The nodes of the ends of a leg.
    fn ends(&self, layers: &mut Layers, rows: usize, leg: &Leg) -> (usize, usize) {
        let middle = |spot: Spot| match spot {
            Spot::Box(at) => self.boxes.get(at).map_or(0.0, |it| it.center().x),
            Spot::Edge { x, .. } => x.unwrap_or_default(),
        };
        let mut node = |spot: Spot, other: Spot| match spot {
            Spot::Box(at) => at,
            Spot::Edge { is_upper, x } => {
                let row = if is_upper { 0 } else { rows - 1 };
                layers.add((row, row), x.unwrap_or(middle(other)), x.is_some())
            }
        };
        (node(leg.from, leg.to), node(leg.to, leg.from))
    }

    /// The stretch at which two boxes beside each other can be joined straight.
    fn beside(&self, leg: &Leg) -> Option<(f32, f32)> {
        let (Spot::Box(from), Spot::Box(to)) = (leg.from, leg.to) else { return None };
        let (a, b) = (self.boxes.get(from)?, self.boxes.get(to)?);
        let (top, foot) = (a.y.max(b.y), a.bottom().min(b.bottom()));
        let apart = a.right() <= b.x || b.right() <= a.x;
        (apart && foot - top >= 2.0 * TRACK).then_some((top, foot))
    }

    /// The box that a node stands for.
    pub(super) fn frame_of(&self, node: usize) -> Option<Rect> {
        self.boxes.get(node).copied()
    }

    /// Lays the horizontal parts between all rows; the answer gives the y of each step of each leg.
    fn tracks(&self, layers: &Layers, links: &[Link], slots: &Slots) -> Vec<Vec<f32>> {
        let rows = layers.rows.len();
        // above the first row, between neighbours, below the last
        let mut bands: Dense<Dense<Part>> = Dense::filled(rows + 1);
        let mut places: Vec<Vec<(usize, usize)>> = vec![Vec::new(); links.len()];
        for (leg, link) in links.iter().enumerate() {
            let Some(places) = places.get_mut(leg) else { continue };
            match link {
                Link::Chain(chain) => {
                    for (step, pair) in chain.windows(2).enumerate() {
                        let &[upper, _] = pair else { continue };
                        let (from, to) = (slots.x(leg, step, DOWN), slots.x(leg, step + 1, UP));
                        let band = layers.nodes[upper].row + 1;
                        places.push((band, bands[band].len()));
                        bands[band].push(Part {
                            left: from.min(to),
                            right: from.max(to),
                            goes_up: [from <= to, from > to],
                            ..Part::default()
                        });
                    }
                }
                Link::Arc(arc) => {
                    let side = layers.lines[*arc].side;
                    if side != BESIDE {
                        let row = layers.nodes[layers.lines[*arc].ends[0]].row;
                        let (a, b) = (slots.x(leg, 0, side), slots.x(leg, 1, side));
                        let band = if side == UP { row } else { row + 1 };
                        places.push((band, bands[band].len()));
                        let goes_up = [side == DOWN; 2];
                        bands[band].push(Part { left: a.min(b), right: a.max(b), goes_up, ..Part::default() });
                    }
                }
            }
        }
        for band in 0..=rows {
            self.lay_band(layers, band, &mut bands[band]);
        }
        places.iter().map(|steps| steps.iter().map(|&(band, part)| bands[band][part].y).collect()).collect()
    }

    /// Lays the parts between the row `band - 1` and the row `band`.
    fn lay_band(&self, layers: &Layers, band: usize, parts: &mut Dense<Part>) {
        // straight ones need no track
        let bent: Vec<usize> = (0..parts.len()).filter(|&it| parts[it].right - parts[it].left > 0.01).collect();
        if bent.is_empty() {
            return;
        }
        let boxes = |row: Option<usize>| -> Vec<Rect> {
            let nodes = row.map(|row| layers.rows[row].as_slice()).unwrap_or_default();
            nodes.iter().filter_map(|&it| self.frame_of(it)).collect()
        };
        let (above, below) = (boxes(band.checked_sub(1)), boxes(Some(band)));
        let edge = self.frame.map_or((f32::NEG_INFINITY, f32::INFINITY), |it| (it.y, it.bottom()));
        let foot = |boxes: &mut dyn Iterator<Item = &Rect>| boxes.map(Rect::bottom).fold(edge.0, f32::max);
        let top = |boxes: &mut dyn Iterator<Item = &Rect>| boxes.map(|it| it.y).fold(edge.1, f32::min);
        let whole = (foot(&mut above.iter()), top(&mut below.iter()));
        let mut laid: Dense<Part> = bent.iter().map(|&it| parts[it]).collect();
        // rows that interlock leave each part the room that it meets itself, in whatever row that ends
        let is_regular = whole.1 - whole.0 >= 2.0 * CLEARANCE;
        let rows = layers.rows.len();
        let (above, below): (Vec<Rect>, Vec<Rect>) = if is_regular {
            (above, below)
        } else {
            let all = |rows: std::ops::Range<usize>| rows.flat_map(|row| boxes(Some(row))).collect();
            (all(0..band), all(band..rows))
        };
        for part in laid.iter_mut() {
            let (left, right) = (part.left - 2.0, part.right + 2.0);
            let meets = |it: &&Rect| it.x < right && left < it.right();
            part.room = if is_regular {
                whole
            } else {
                (foot(&mut above.iter().filter(meets)), top(&mut below.iter().filter(meets)))
            };
        }
        tracks::lay(&mut laid);
        for (&at, part) in bent.iter().zip(laid.iter()) {
            parts[at].y = part.y;
        }
    }

    fn assembled(
        &self,
        at: usize,
        leg: &Leg,
        link: &Link,
        layers: &Layers,
        slots: &Slots,
        tracks: &[Vec<f32>],
    ) -> Vec<Point> {
        let heights = tracks.get(at).map(Vec::as_slice).unwrap_or_default();
        let mut points = Vec::new();
        let first = match link {
            Link::Chain(chain) => {
                let (Some(&upper), Some(&lower)) = (chain.first(), chain.last()) else { return points };
                points.push(Point::new(slots.x(at, 0, DOWN), self.level(upper, DOWN, layers)));
                for (step, &y) in heights.iter().enumerate() {
                    let (from, to) = (slots.x(at, step, DOWN), slots.x(at, step + 1, UP));
                    if (from - to).abs() > 0.01 {
                        points.extend([Point::new(from, y), Point::new(to, y)]);
                    }
                }
                points.push(Point::new(slots.x(at, chain.len() - 1, UP), self.level(lower, UP, layers)));
                upper
            }
            Link::Arc(arc) => {
                let arc = layers.lines[*arc];
                let [a, b] = arc.ends;
                if arc.side == BESIDE {
                    let (Some(one), Some(next)) = (self.frame_of(a), self.frame_of(b)) else { return points };
                    let y = slots.x(at, 0, BESIDE);
                    let (from, to) = if one.x < next.x { (one.right(), next.x) } else { (one.x, next.right()) };
                    points.extend([Point::new(from, y), Point::new(to, y)]);
                } else {
                    let y = heights.first().copied().unwrap_or_default();
                    let (from, to) = (slots.x(at, 0, arc.side), slots.x(at, 1, arc.side));
                    points.push(Point::new(from, self.level(a, arc.side, layers)));
                    points.extend([Point::new(from, y), Point::new(to, y)]);
                    points.push(Point::new(to, self.level(b, arc.side, layers)));
                }
                a
            }
        };
        // from its beginning to its end, whichever of them lies above
        let begins_there = match leg.from {
            Spot::Box(it) => it == first,
            Spot::Edge { is_upper, .. } => is_upper,
        };
        if !begins_there {
            points.reverse();
        }
        points
    }

    /// The y at which a leg leaves a node upwards or downwards.
    fn level(&self, node: usize, side: usize, layers: &Layers) -> f32 {
        match (self.frame_of(node), self.frame) {
            (Some(it), _) => {
                if side == UP {
                    it.y
                } else {
                    it.bottom()
                }
            }
            // at the edge of the plane a leg comes from outside
            (None, Some(frame)) => {
                if layers.nodes[node].row == 0 {
                    frame.y
                } else {
                    frame.bottom()
                }
            }
            (None, None) => 0.0,
        }
    }
}

/// The row of each box: as few rows as can be, so that a line runs through all boxes of each.
pub(in crate::drawing) fn lines(boxes: &[Rect]) -> Vec<usize> {
    let mut order: Vec<(usize, &Rect)> = boxes.iter().enumerate().collect();
    order.sort_by(|one, next| one.1.bottom().total_cmp(&next.1.bottom()).then(one.0.cmp(&next.0)));
    let mut rows = vec![0; boxes.len()];
    let mut line: Option<(usize, f32)> = None;
    for (at, it) in order {
        let (row, y) = match line {
            Some((row, y)) if it.y < y - 1.0 => (row, y),
            Some((row, _)) => (row + 1, it.bottom()),
            None => (0, it.bottom()),
        };
        line = Some((row, y));
        if let Some(place) = rows.get_mut(at) {
            *place = row;
        }
    }
    rows
}
