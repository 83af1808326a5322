//! From an order to places: x in line with what each zone is joined with, y row by
//! row with room between for the tracks of the routes.

use super::super::dense::Dense;
use super::super::layers::{BESIDE, DOWN, Link, UP};
use super::super::metrics::GRID;
use super::super::route::{CLEARANCE, TRACK};
use super::super::spread::{Wish, spread};
use super::order::{Item, Order, Task};
use super::snapped;
use crate::model::Point;

/// How often the rows follow one another.
const ROUNDS: usize = 10;
/// So many tracks get their full space; more stand nearer to each other.
const WIDE_TRACKS: f32 = 40.0;
/// The space of each further track.
const NARROW: f32 = 5.0;
/// A bend wishes this much harder to be in line than a zone does.
const STRAIGHT: usize = 3;

impl Task {
    /// The upper left corner of each item; the first is at the origin.
    pub(super) fn corners(&self, order: &Order, row_gap: f32) -> Vec<Point> {
        let x = self.middles(order);
        let density = density(order, &x);
        let mut y = 0.0;
        let mut last_row: Option<usize> = None;
        let mut corners = vec![Point::default(); self.items.len()];
        for (row, nodes) in order.layers.rows.iter().enumerate() {
            let here: Vec<(usize, &Item)> = nodes.iter().filter_map(|&it| Some((it, self.items.get(it)?))).collect();
            if here.is_empty() {
                continue;
            }
            let height = here.iter().map(|(_, it)| it.height).fold(0.0, f32::max);
            if let Some(last) = last_row {
                // rows that were not used in the end leave their routes to the next
                let tracks = density.iter().skip(last + 1).take(row - last).max().copied().unwrap_or_default() as f32;
                let needed = TRACK * tracks.min(WIDE_TRACKS) + NARROW * (tracks - WIDE_TRACKS).max(0.0);
                y += snapped((needed + 2.0 * CLEARANCE).max(row_gap));
            }
            last_row = Some(row);
            for (node, item) in here {
                if let Some(corner) = corners.get_mut(node) {
                    *corner = Point::new(((x[node] - item.width / 2.0) / GRID).round() * GRID, y);
                }
            }
            y = snapped(y + height);
        }
        let left = corners.iter().map(|it| it.x).fold(f32::INFINITY, f32::min);
        if left.is_finite() {
            for corner in &mut corners {
                corner.x -= left;
            }
        }
        corners
    }

    /// The middle of every node of the order.
    fn middles(&self, order: &Order) -> Dense<f32> {
        let layers = &order.layers;
        let half = |node: usize| self.items.get(node).map_or(0.0, |it| it.width / 2.0);
        let mut x: Dense<f32> = Dense::filled(layers.nodes.len());
        // the least distance of each node from the one before it
        let mut apart: Dense<f32> = Dense::filled(layers.nodes.len());
        for row in layers.rows.iter() {
            let mut before: Option<usize> = None;
            let mut at = 0.0;
            for &node in row {
                if let Some(before) = before {
                    let between = match (self.items.get(before), self.items.get(node)) {
                        (Some(_), Some(_)) => self.gap,
                        (None, None) => TRACK,
                        _ => 1.5 * CLEARANCE,
                    };
                    apart[node] = half(before) + between + half(node);
                    at += apart[node];
                }
                x[node] = at;
                before = Some(node);
            }
            for &node in row {
                x[node] -= at / 2.0;
            }
        }
        let count = layers.rows.len();
        for round in 0..ROUNDS {
            for step in 0..count {
                let row = if round % 2 == 0 { step } else { count - 1 - step };
                let sides: &[usize] = match (round + 4 >= ROUNDS, round % 2) {
                    (true, _) => &[UP, DOWN],
                    (false, 0) => &[UP],
                    _ => &[DOWN],
                };
                let wishes: Vec<Wish> = layers.rows[row]
                    .iter()
                    .map(|&node| {
                        let it = &layers.nodes[node];
                        let mut near: Vec<f32> =
                            sides.iter().flat_map(|&side| layers.near(node, side)).map(|&other| x[other]).collect();
                        if near.is_empty() {
                            near.extend(layers.across(node).map(|other| x[other]));
                        }
                        near.sort_by(f32::total_cmp);
                        let middle = match (near.get(near.len().saturating_sub(1) / 2), near.get(near.len() / 2)) {
                            (Some(one), Some(next)) => f32::midpoint(*one, *next),
                            _ => x[node],
                        };
                        let weight = if it.is_bend { STRAIGHT } else { 1 };
                        Wish { at: middle, after: apart[node], weight }
                    })
                    .collect();
                let places = spread(&wishes, f32::NEG_INFINITY, f32::INFINITY);
                for (at, place) in places.into_iter().enumerate() {
                    if let Some(&node) = layers.rows[row].get(at) {
                        x[node] = place;
                    }
                }
            }
        }
        x
    }
}

/// How many horizontal parts lie above one another at most, before each row.
fn density(order: &Order, x: &Dense<f32>) -> Vec<usize> {
    let layers = &order.layers;
    let mut bands: Dense<Vec<(f32, i32)>> = Dense::filled(layers.rows.len() + 1);
    let mut add = |band: usize, a: f32, b: f32| {
        bands[band].extend([(a.min(b) - 1.0, 1), (a.max(b) + 1.0, -1)]);
    };
    for link in &order.links {
        match link {
            Link::Chain(chain) => {
                for pair in chain.windows(2) {
                    if let &[a, b] = pair {
                        add(layers.nodes[b].row, x[a], x[b]);
                    }
                }
            }
            Link::Arc(arc) => {
                let arc = layers.lines[*arc];
                let [a, b] = arc.ends;
                let row = layers.nodes[a].row;
                match arc.side {
                    BESIDE => (),
                    UP => add(row, x[a], x[b]),
                    _ => add(row + 1, x[a], x[b]),
                }
            }
        }
    }
    bands
        .iter_mut()
        .map(|steps| {
            steps.sort_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
            let mut open = 0;
            steps
                .iter()
                .map(|(_, step)| {
                    open += step;
                    open
                })
                .max()
                .unwrap_or(0)
                .max(0) as usize
        })
        .collect()
}
