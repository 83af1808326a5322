//! How many links cross.

use super::{BESIDE, DOWN, Layers, UP};

impl Layers {
    /// How many pairs of links cross between the rows as they are ordered now.
    pub(in crate::drawing) fn crossings(&self) -> u64 {
        let links: u64 = (0..self.rows.len()).map(|row| self.link_crossings(row)).sum();
        let arcs: u64 = (0..self.arcs.len()).map(|arc| self.arc_crossings(arc, self.arcs[arc].side, true)).sum();
        links + arcs
    }

    /// Pairs of links below a row that end in the other order than they begin.
    fn link_crossings(&self, row: usize) -> u64 {
        let Some(below) = self.rows.iter().nth(row + 1) else { return 0 };
        let mut seen = vec![0_u32; below.len() + 1];
        let (mut total, mut count) = (0_u64, 0_u64);
        let mut ends: Vec<usize> = Vec::new();
        for &node in &self.rows[row] {
            ends.clear();
            ends.extend(self.nodes[node].links[DOWN].iter().map(|&it| self.nodes[it].at as usize));
            for &end in &ends {
                let mut at = end + 1;
                let mut not_right = 0;
                while at > 0 {
                    not_right += u64::from(seen.get(at).copied().unwrap_or_default());
                    at &= at - 1;
                }
                total += count - not_right;
            }
            for &end in &ends {
                let mut at = end + 1;
                while let Some(it) = seen.get_mut(at) {
                    *it += 1;
                    at += at & at.wrapping_neg();
                }
                count += 1;
            }
        }
        total
    }

    /// How many links an arc crosses on a side of its row. Of two arcs that cross,
    /// only that with the higher number counts it where `once` is asked for.
    pub(super) fn arc_crossings(&self, arc: usize, side: usize, once: bool) -> u64 {
        let [a, b] = self.arcs[arc].ends;
        let row = self.nodes[a].row;
        let (left, right) = (self.nodes[a].at.min(self.nodes[b].at), self.nodes[a].at.max(self.nodes[b].at));
        let within = (left + 1..right).filter_map(|at| self.rows[row].get(at as usize));
        if side == BESIDE {
            return within.filter(|&&it| self.nodes[it].is_bend).count() as u64;
        }
        let mut crossed = 0;
        for &node in within {
            let it = &self.nodes[node];
            crossed += it.links.get(side).map_or(0, Vec::len) as u64;
            for &other in it.arcs.iter().filter(|&&other| self.arcs[other].side == side && !(once && other > arc)) {
                let far = self.nodes[self.arcs[other].other(node)].at;
                crossed += u64::from(far < left || far > right);
            }
        }
        crossed
    }

    /// Puts every arc on the side where it crosses the fewest links.
    pub(in crate::drawing) fn flip_arcs(&mut self) {
        for arc in 0..self.arcs.len() {
            let [a, b] = self.arcs[arc].ends;
            let row = self.nodes[a].row;
            let (left, right) = (self.nodes[a].at.min(self.nodes[b].at), self.nodes[a].at.max(self.nodes[b].at));
            let mut within = (left + 1..right).filter_map(|at| self.rows[row].get(at as usize));
            let is_free = self.arcs[arc].may_be_beside && within.all(|&it| self.nodes[it].is_bend);
            let mut best = (u64::MAX, UP);
            if is_free {
                best = (self.arc_crossings(arc, BESIDE, false), BESIDE);
            }
            for side in [DOWN, UP] {
                let crossed = self.arc_crossings(arc, side, false);
                if crossed < best.0 {
                    best = (crossed, side);
                }
            }
            self.arcs[arc].side = best.1;
        }
    }
}
