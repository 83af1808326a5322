//! How many lines cross.

use std::ops::RangeInclusive;

use super::{BESIDE, DOWN, Layers, UP};

impl Layers {
    /// How many pairs of lines cross between the rows as they are ordered now.
    pub(in crate::drawing) fn crossings(&self) -> u64 {
        self.crossings_in(0..=self.rows.len())
    }

    /// The crossings within these rows and between them.
    pub(super) fn crossings_in(&self, rows: RangeInclusive<usize>) -> u64 {
        let (first, last) = (*rows.start(), *rows.end());
        let between: u64 = (first..last).map(|row| self.line_crossings(row)).sum();
        let within = |row: usize| -> u64 {
            let items = self.rows.iter().nth(row).into_iter().flatten().filter(|it| **it < self.items);
            // each arc is met at both ends
            let arcs = items
                .flat_map(|&it| self.arcs[it].iter().filter(move |&&arc| self.lines[arc].ends.first() == Some(&it)));
            arcs.map(|&arc| self.arc_crossings(arc, self.lines[arc].side, true)).sum()
        };
        between + rows.map(within).sum::<u64>()
    }

    /// Pairs of lines below a row that end in the other order than they begin.
    fn line_crossings(&self, row: usize) -> u64 {
        let Some(below) = self.rows.iter().nth(row + 1) else { return 0 };
        let mut seen = vec![0_u32; below.len() + 1];
        let (mut total, mut count) = (0_u64, 0_u64);
        for &node in &self.rows[row] {
            let ends = self.near(node, DOWN).iter().map(|&it| self.at[it] as usize);
            for end in ends.clone() {
                let mut at = end + 1;
                let mut not_right = 0;
                while at > 0 {
                    not_right += u64::from(seen.get(at).copied().unwrap_or_default());
                    at &= at - 1;
                }
                total += count - not_right;
            }
            for end in ends {
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

    /// How many lines an arc crosses on a side of its row. Of two arcs that cross,
    /// only that with the higher number counts it where `once` is asked for.
    pub(super) fn arc_crossings(&self, arc: usize, side: usize, once: bool) -> u64 {
        let [a, b] = self.lines[arc].ends;
        let (left, right) = (self.at[a].min(self.at[b]), self.at[a].max(self.at[b]));
        if side == BESIDE {
            return self.enclosed(arc).filter(|&it| self.nodes[it].is_bend).count() as u64;
        }
        let mut crossed = 0;
        for node in self.enclosed(arc) {
            crossed += self.near(node, side).len() as u64;
            for &other in self.arcs[node].iter().filter(|&&it| self.lines[it].side == side && !(once && it > arc)) {
                let far = self.at[self.lines[other].other(node)];
                crossed += u64::from(far < left || far > right);
            }
        }
        crossed
    }

    /// The nodes between the ends of an arc.
    fn enclosed(&self, arc: usize) -> impl Iterator<Item = usize> {
        let [a, b] = self.lines[arc].ends;
        let (left, right) = (self.at[a].min(self.at[b]), self.at[a].max(self.at[b]));
        self.rows[self.nodes[a].row].iter().copied().take(right.max(0) as usize).skip((left + 1).max(0) as usize)
    }

    /// Puts every arc on the side where it crosses the fewest lines, or straight
    /// from side to side where it may and crosses no more so.
    pub(in crate::drawing) fn turn_arcs(&mut self) {
        for line in 0..self.lines.len() {
            let [a, b] = self.lines[line].ends;
            if self.nodes[a].row != self.nodes[b].row {
                continue;
            }
            let is_free = self.lines[line].may_be_beside && self.enclosed(line).all(|it| self.nodes[it].is_bend);
            let sides = [BESIDE, DOWN, UP].into_iter().skip(usize::from(!is_free));
            if let Some(side) = sides.min_by_key(|&side| self.arc_crossings(line, side, false)) {
                self.lines[line].side = side;
            }
        }
    }
}
