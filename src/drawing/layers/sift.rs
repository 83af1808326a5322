//! Sifting: each node tries every place of its row and takes the one with the fewest crossings.

use super::super::dense::Dense;
use super::{DOWN, Layers, UP};

/// Beyond every place of a row: an arc to the right ends there, further ones before nearer ones.
const BEYOND: i32 = 1 << 24;

/// How far from its place a node is tried after the first round.
const NEARBY: usize = 60;

/// What a node's links end at, sorted, for both sides; arcs are left out.
type Keys = Dense<[Vec<i32>; 2]>;

impl Layers {
    /// Sifts all rows in turn until nothing gets better, the rounds are over or the
    /// work that it may take is done. The work is counted in comparisons of links.
    pub(in crate::drawing) fn sift(&mut self, rounds: usize, work: &mut i64) {
        let mut stale = vec![true; self.rows.len()];
        self.sift_stale(&mut stale, rounds, work);
    }

    /// Sifts the rows that are stale; where a row gets better, its neighbours become so.
    pub(in crate::drawing) fn sift_stale(&mut self, stale: &mut [bool], rounds: usize, work: &mut i64) {
        self.flip_arcs();
        for round in 0..rounds {
            let mut gain = 0;
            for step in 0..self.rows.len() {
                let row = if round % 2 == 0 { step } else { self.rows.len() - 1 - step };
                if !stale.get_mut(row).is_some_and(std::mem::take) {
                    continue;
                }
                let of_row = self.sift_row(row, round, work);
                if of_row > 0 {
                    for near in row.saturating_sub(1)..=row + 1 {
                        if let Some(it) = stale.get_mut(near) {
                            *it = true;
                        }
                    }
                }
                gain += of_row;
                if *work <= 0 {
                    return;
                }
            }
            self.flip_arcs();
            if gain == 0 {
                break;
            }
        }
    }

    pub(super) fn sift_row(&mut self, row: usize, round: usize, work: &mut i64) -> i64 {
        let keys = self.keys(row);
        let mut scratch = [Vec::new(), Vec::new()];
        let mut gain = 0;
        // later on only places nearby are worth a try
        let reach = if round == 0 { usize::MAX / 4 } else { NEARBY };
        let order = self.rows[row].clone();
        let turn = (round * 7 + 3) % order.len().max(1);
        for &node in order.iter().skip(turn).chain(order.iter().take(turn)) {
            if !self.nodes[node].is_fixed && *work > 0 {
                gain += self.sift_node(row, node, &keys, &mut scratch, reach, work);
            }
        }
        gain
    }

    /// The sorted ends of the links of every node of a row, by its place now.
    fn keys(&self, row: usize) -> Keys {
        let sorted = |links: &[usize]| {
            let mut ends: Vec<i32> = links.iter().map(|&it| self.nodes[it].at).collect();
            ends.sort_unstable();
            ends
        };
        let mut keys = Keys::filled(self.nodes.len());
        for &node in &self.rows[row] {
            let [up, down] = &self.nodes[node].links;
            keys[node] = [sorted(up), sorted(down)];
        }
        keys
    }

    fn sift_node(
        &mut self,
        row: usize,
        node: usize,
        keys: &Keys,
        scratch: &mut [Vec<i32>; 2],
        reach: usize,
        work: &mut i64,
    ) -> i64 {
        let here = self.nodes[node].at as usize;
        let mut best = (0_i64, here);
        let mut sum = 0;
        let own = &self.nodes[node];
        let degree = (own.links[UP].len() + own.links[DOWN].len() + own.arcs.len()) as i64;
        for (at, &other) in self.rows[row].iter().enumerate().skip(here + 1).take(reach) {
            sum -= self.saving(node, other, keys, scratch);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        sum = 0;
        let before = self.rows[row].iter().enumerate().take(here);
        for (at, &other) in before.rev().take(reach) {
            sum += self.saving(node, other, keys, scratch);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        *work -= self.rows[row].len().min(2 * reach) as i64 * (4 + degree);
        if best.1 != here {
            let order = &mut self.rows[row];
            order.remove(here);
            order.insert(best.1, node);
            let (first, last) = (here.min(best.1), here.max(best.1));
            for at in first..=last {
                if let Some(&moved) = self.rows[row].get(at) {
                    self.nodes[moved].at = at as i32;
                }
            }
        }
        -best.0
    }

    /// How many more crossings there are where `node` stands left of `other` than
    /// where it stands right of it, the two being neighbours.
    fn saving(&self, node: usize, other: usize, keys: &Keys, scratch: &mut [Vec<i32>; 2]) -> i64 {
        let (one, next) = (&keys[node], &keys[other]);
        if self.nodes[node].arcs.is_empty() && self.nodes[other].arcs.is_empty() {
            return more_inverted(&one[UP], &next[UP]) + more_inverted(&one[DOWN], &next[DOWN]);
        }
        let border = self.nodes[other].at;
        let mut sum = 0;
        for side in [UP, DOWN] {
            let [a, b] = scratch;
            for (list, who, whom) in [(&mut *a, node, other), (&mut *b, other, node)] {
                list.clear();
                list.extend(keys[who].get(side).into_iter().flatten());
                for &arc in &self.nodes[who].arcs {
                    let arc = self.arcs[arc];
                    let far = arc.other(who);
                    if arc.side == side && far != whom {
                        let at = self.nodes[far].at;
                        list.push(if at > border { BEYOND - at } else { -BEYOND - at });
                    }
                }
                list.sort_unstable();
            }
            sum += more_inverted(a, b);
        }
        sum
    }
}

/// Pairs of `a` and `b` in falling order less pairs in rising order; both lists are sorted.
fn more_inverted(a: &[i32], b: &[i32]) -> i64 {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let (mut less, mut not_more) = (b.iter().peekable(), b.iter().peekable());
    let (mut below, mut up_to) = (0_i64, 0_i64);
    let mut sum = 0;
    for key in a {
        while less.next_if(|it| *it < key).is_some() {
            below += 1;
        }
        while not_more.next_if(|it| *it <= key).is_some() {
            up_to += 1;
        }
        sum += below - (b.len() as i64 - up_to);
    }
    sum
}
