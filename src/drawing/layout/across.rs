//! The x of everything in an order: in line with what it is joined with, and where it
//! stands already unless much pulls it away.

use std::collections::BTreeSet;

use super::super::dense::Dense;
use super::super::layers::{DOWN, Layers, Link, UP};
use super::super::metrics::GRID;
use super::super::route::{CLEARANCE, TRACK};
use super::super::spread::{Wish, spread};
use super::now::Standing;
use super::order::{Order, Task};
use super::slide::{GROUND, Pull, Slide, Wall};

/// How often the rows follow one another.
const ROUNDS: usize = 10;
/// A bend wishes this much harder to be in line than a zone does.
const STRAIGHT: usize = 3;
/// What stands already wishes this much harder to stay.
const STAYING: usize = 100;
/// If that moves all of it by as much as this, it stands too near to each other to stay.
const CROWDED: f32 = 200.0;
/// With more nodes than this the last bit is not searched for.
const MOST_NODES: usize = 500;
/// How hard a conduit pulls between zones,
const JOINED: i64 = 2;
/// between its bends,
const BENT: i64 = 6;
/// how hard a zone holds on to where it was drawn by hand,
const HELD: i64 = 5;
/// how hard to where it was laid out: no change nearby pulls as much,
const SET: i64 = 40;
/// and how hard the edges of the drawing draw together.
const EDGES: i64 = 1;

impl Task {
    /// The middle of every node of the order; the left edges of items lie on the grid.
    pub(super) fn middles(&self, order: &Order) -> Dense<f32> {
        let mut held = if order.is_kept { self.held(&order.layers) } else { BTreeSet::new() };
        let mut middles = self.in_line(order, &held);
        let moved = |&it: &usize| Some((middles[it] - self.items.get(it)?.now?.center().x).abs());
        if held.iter().filter_map(moved).sum::<f32>() > CROWDED * held.len() as f32 {
            held.clear();
            middles = self.in_line(order, &held);
        }
        self.settled(order, &middles, &held)
    }

    /// What stands in its row still in the order that it has now, as much of it as can be.
    fn held(&self, layers: &Layers) -> BTreeSet<usize> {
        let mut held = BTreeSet::new();
        for row in layers.rows.iter() {
            let standing = row.iter().filter_map(|&it| Some((it, self.items.get(it)?.now?.center().x)));
            let standing: Vec<(usize, f32)> = standing.collect();
            // the longest part that rises: its length up to each, and the one before
            let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(standing.len());
            for (at, (_, x)) in standing.iter().enumerate() {
                let before = standing.iter().zip(&best).take(at).enumerate().filter(|(_, ((_, other), _))| other < x);
                let longest = before.max_by_key(|(place, (_, (length, _)))| (*length, std::cmp::Reverse(*place)));
                best.push(longest.map_or((1, None), |(place, (_, (length, _)))| (length + 1, Some(place))));
            }
            let mut next = best.iter().enumerate().max_by_key(|(_, it)| it.0).map(|(at, _)| at);
            while let Some(at) = next {
                held.extend(standing.get(at).map(|it| it.0));
                next = best.get(at).and_then(|it| it.1);
            }
        }
        held
    }

    fn half(&self, node: usize) -> f32 {
        self.items.get(node).map_or(0.0, |it| it.width / 2.0)
    }

    /// The least space between two neighbours of a row.
    fn between(&self, one: usize, next: usize) -> f32 {
        match (self.items.get(one), self.items.get(next)) {
            (Some(_), Some(_)) => self.gap,
            (None, None) => TRACK,
            _ => 1.5 * CLEARANCE,
        }
    }

    /// Every node in the middle of what it is joined with, as far as its neighbours let it.
    fn in_line(&self, order: &Order, held: &BTreeSet<usize>) -> Dense<f32> {
        let layers = &order.layers;
        let now = |node: usize| self.items.get(node).filter(|_| held.contains(&node))?.now.map(|it| it.center().x);
        let mut x: Dense<f32> = Dense::filled(layers.nodes.len());
        // the least distance of each node from the one before it
        let mut apart: Dense<f32> = Dense::filled(layers.nodes.len());
        for row in layers.rows.iter() {
            let mut before: Option<usize> = None;
            let mut at = 0.0;
            for &node in row {
                if let Some(before) = before {
                    apart[node] = self.half(before) + self.between(before, node) + self.half(node);
                    at += apart[node];
                }
                x[node] = at;
                before = Some(node);
            }
            for &node in row {
                x[node] = now(node).unwrap_or(x[node] - at / 2.0);
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
                let wish = |&node: &usize| {
                    if let Some(at) = now(node) {
                        return Wish { at, after: apart[node], weight: STAYING };
                    }
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
                    Wish { at: middle, after: apart[node], weight: if it.is_bend { STRAIGHT } else { 1 } }
                };
                let wishes: Vec<Wish> = layers.rows[row].iter().map(wish).collect();
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

    /// On the grid, and where all pulls together are least.
    fn settled(&self, order: &Order, middles: &Dense<f32>, held: &BTreeSet<usize>) -> Dense<f32> {
        let layers = &order.layers;
        let units = |length: f32| (length / GRID).round() as i64 * GRID as i64;
        let up = |length: f32| (length / GRID).ceil() as i64 * GRID as i64;
        let count = layers.nodes.len();
        let mut slide = Slide { places: Dense::filled(count + 2), ..Slide::default() };
        let (left, right) = (count, count + 1);
        let mut used = 0;
        for row in layers.rows.iter() {
            let mut before: Option<usize> = None;
            for &node in row {
                used += 1;
                let mut place = units(middles[node] - self.half(node));
                if let Some(before) = before {
                    let apart = up(2.0 * self.half(before) + self.between(before, node));
                    place = place.max(slide.places[before] + apart);
                    slide.walls.push(Wall { ends: [before, node], apart });
                }
                slide.places[node] = place;
                before = Some(node);
            }
        }
        if used <= MOST_NODES {
            let hold = if Standing::of(&self.items).is_laid_out(&self.items) { SET } else { HELD };
            self.pull(layers, &mut slide, (held, hold));
            let items = 0..self.items.len();
            slide.places[left] = items.clone().map(|it| slide.places[it]).min().unwrap_or_default();
            let ends = items.clone().map(|it| slide.places[it] + up(2.0 * self.half(it)));
            slide.places[right] = ends.max().unwrap_or_default();
            slide.pulls.push(Pull { ends: [left, right], apart: 0, weight: EDGES });
            for it in items {
                slide.walls.push(Wall { ends: [left, it], apart: 0 });
                slide.walls.push(Wall { ends: [it, right], apart: up(2.0 * self.half(it)) });
            }
            slide.settle(GRID as i64);
        }
        (0..count).map(|node| slide.places[node] as f32 + self.half(node)).collect()
    }

    fn pull(&self, layers: &Layers, slide: &mut Slide, (held, hold): (&BTreeSet<usize>, i64)) {
        let half = |node: usize| self.half(node) as i64;
        for line in 0..layers.lines.len() {
            let chain = match layers.link(line) {
                Link::Chain(chain) => chain,
                Link::Arc(arc) => layers.lines[arc].ends.to_vec(),
            };
            for pair in chain.windows(2) {
                let &[a, b] = pair else { continue };
                let bends = [a, b].iter().filter(|it| layers.nodes[**it].is_bend).count();
                let weight = if bends == 2 { BENT } else { JOINED };
                slide.pulls.push(Pull { ends: [a, b], apart: half(a) - half(b), weight });
            }
        }
        for &it in held {
            let Some(now) = self.items.get(it).and_then(|it| it.now) else { continue };
            let place = ((now.center().x - self.half(it)) / GRID).round() as i64 * GRID as i64;
            slide.pulls.push(Pull { ends: [GROUND, it], apart: place, weight: hold });
        }
    }
}
