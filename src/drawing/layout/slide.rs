//! Places on a line for things that pull at each other and may not come too near: such
//! that the sum of all pulls is as small as can be.
//!
//! All that is better off together moves together: which that is says a smallest cut, first
//! for wide steps, then for ever smaller ones (steepest descent of an L♮-convex function).

use std::collections::VecDeque;

use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};

use super::super::dense::Dense;

/// Stands for the ground, which lies at 0 and never moves.
pub(super) const GROUND: usize = usize::MAX;
/// The widest step, in units.
const WIDEST: i64 = 128;
/// How many steps of each width are made at most.
const STEPS: usize = 60;
/// What no cut goes through.
const WALL: u64 = 1 << 40;

/// Something that costs its weight for each unit by which two things are not as far apart as wished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pull {
    pub(super) ends: [usize; 2],
    /// How far right of the first the second would best lie.
    pub(super) apart: i64,
    pub(super) weight: i64,
}

/// How far right of the first the second lies at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wall {
    pub(super) ends: [usize; 2],
    pub(super) apart: i64,
}

/// Places, pulls and walls. The places keep to the walls from the beginning.
#[derive(Clone, Debug, Default)]
pub(super) struct Slide {
    pub(super) places: Dense<i64>,
    pub(super) pulls: Vec<Pull>,
    pub(super) walls: Vec<Wall>,
}

impl Slide {
    /// Moves everything by multiples of `unit` until no move makes the pulls less.
    pub(super) fn settle(&mut self, unit: i64) {
        let mut step = WIDEST * unit;
        while step >= unit {
            for _ in 0..STEPS {
                let right = self.shift(step);
                let left = self.shift(-step);
                if !right && !left {
                    break;
                }
            }
            step /= 2;
        }
    }

    fn place(&self, it: usize) -> i64 {
        if it == GROUND { 0 } else { self.places[it] }
    }

    /// Moves by `step` what is best moved together; answers whether that is anything.
    fn shift(&mut self, step: i64) -> bool {
        let count = self.places.len();
        let mut graph: DiGraph<(), u64> = DiGraph::with_capacity(count + 2, self.pulls.len() + self.walls.len());
        for _ in 0..count + 2 {
            graph.add_node(());
        }
        let node = |it: usize| NodeIndex::new(it);
        let (moving, staying) = (node(count), node(count + 1));
        // what it costs that each moves, if all others stay
        let mut alone: Dense<i64> = Dense::filled(count);
        for pull in &self.pulls {
            let [a, b] = pull.ends;
            let off = self.place(b) - self.place(a) - pull.apart;
            let cost = |off: i64| off.abs() * pull.weight;
            let (first, second) = (cost(off - step) - cost(off), cost(off + step) - cost(off));
            if a == GROUND {
                alone[b] += second;
            } else if b == GROUND {
                alone[a] += first;
            } else {
                alone[a] -= second;
                alone[b] += second;
                if let Ok(parting @ 1..) = u64::try_from(first + second) {
                    graph.add_edge(node(a), node(b), parting);
                }
            }
        }
        for wall in &self.walls {
            let [a, b] = wall.ends;
            let room = self.place(b) - self.place(a) - wall.apart;
            match (room < step.abs(), step > 0) {
                (true, true) => drop(graph.add_edge(node(a), node(b), WALL)),
                (true, false) => drop(graph.add_edge(node(b), node(a), WALL)),
                (false, _) => (),
            }
        }
        let mut gain = 0;
        for it in 0..count {
            match alone[it] {
                cost @ 1.. => drop(graph.add_edge(node(it), staying, cost.unsigned_abs())),
                0 => (),
                less => {
                    gain += less.unsigned_abs();
                    graph.add_edge(moving, node(it), less.unsigned_abs());
                }
            }
        }
        if gain == 0 {
            return false;
        }
        let (cut, flows) = dinics(&graph, moving, staying);
        if cut >= gain {
            return false;
        }
        for it in reached(&graph, &flows, moving) {
            if it < count {
                self.places[it] += step;
            }
        }
        true
    }
}

/// What can still be reached where this much flows.
fn reached(graph: &DiGraph<(), u64>, flows: &[u64], from: NodeIndex) -> Vec<usize> {
    let flow = |edge: usize| flows.get(edge).copied().unwrap_or_default();
    let mut is_reached: Dense<bool> = Dense::filled(graph.node_count());
    is_reached[from.index()] = true;
    let mut queue = VecDeque::from([from]);
    let mut reached = Vec::new();
    while let Some(node) = queue.pop_front() {
        reached.push(node.index());
        let on = graph.edges_directed(node, Outgoing);
        let on = on.filter(|it| flow(it.id().index()) < *it.weight()).map(|it| it.target());
        let back = graph.edges_directed(node, Incoming);
        let back = back.filter(|it| flow(it.id().index()) > 0).map(|it| it.source());
        for next in on.chain(back) {
            if !std::mem::replace(&mut is_reached[next.index()], true) {
                queue.push_back(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(places: &[i64], pulls: &[([usize; 2], i64)], walls: &[([usize; 2], i64)]) -> Vec<i64> {
        let pulls = pulls.iter().map(|&(ends, weight)| Pull { ends, apart: 0, weight }).collect();
        let walls = walls.iter().map(|&(ends, apart)| Wall { ends, apart }).collect();
        let mut slide = Slide { places: places.iter().copied().collect(), pulls, walls };
        slide.settle(1);
        slide.places.iter().copied().collect()
    }

    #[test]
    fn what_pulls_at_each_other_comes_together() {
        assert_eq!(settled(&[0, 300], &[([GROUND, 0], 2), ([0, 1], 1)], &[]), [0, 0]);
    }

    #[test]
    fn walls_are_kept() {
        let places = settled(&[0, 50, 400], &[([GROUND, 0], 9), ([0, 2], 1)], &[([0, 1], 20), ([1, 2], 30)]);
        assert_eq!(places, [0, 20, 50], "the middle one makes room");
    }

    #[test]
    fn a_group_moves_where_none_of_it_would_alone() {
        // two that hold each other, each at its own wall's end, pulled by a third
        let pulls = [([0, 1], 5), ([1, 2], 1), ([GROUND, 2], 9)];
        assert_eq!(settled(&[700, 700, 0], &pulls, &[]), [0, 0, 0]);
    }

    #[test]
    fn the_majority_wins() {
        let pulls = [([GROUND, 0], 9), ([GROUND, 1], 9), ([0, 2], 2), ([1, 2], 1)];
        assert_eq!(settled(&[0, 0, 640], &pulls, &[]), [0, 0, 0]);
    }
}
