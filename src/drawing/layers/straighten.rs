//! Straightening: of places that cost no crossing, a bend takes the one from which its
//! line goes least out of its way.

use super::Layers;
use super::sift::Table;

/// How often all bends are looked at.
const ROUNDS: usize = 3;
/// How far from its place a bend is tried.
const REACH: usize = 300;

impl Layers {
    /// Moves bends nearer to the straight way between the ends of their lines; no crossing
    /// comes of it. The work is counted in comparisons of nodes.
    pub(in crate::drawing) fn straighten(&mut self, mut work: i64) {
        let mut tables = [Table::new(), Table::new()];
        for _ in 0..ROUNDS {
            let mut has_moved = false;
            for row in 0..self.rows.len() {
                for node in self.rows[row].clone() {
                    if node < self.items || self.nodes[node].is_fixed || work <= 0 {
                        continue;
                    }
                    let to = self.straightest_place(node, &mut tables, &mut work);
                    if to != self.at[node] as usize {
                        self.move_to(node, to);
                        has_moved = true;
                    }
                }
            }
            if !has_moved {
                break;
            }
        }
        self.keep();
    }

    fn straightest_place(&self, node: usize, tables: &mut [Table; 2], work: &mut i64) -> usize {
        self.fill(node, tables);
        let row = &self.rows[self.nodes[node].row];
        let here = self.at[node] as usize;
        let wish = self.nodes[node].wish;
        // how much less out of its way it is right of a thing than left of it
        let saved = |other: usize| if other < self.items { wish - self.nodes[other].wish } else { 0.0 };
        let mut best = (here, 0, 0.0_f32);
        let mut take = |at: usize, crossings: i64, detour: f32| {
            if crossings < best.1 || (crossings == best.1 && detour < best.2 - 0.5) {
                best = (at, crossings, detour);
            }
        };
        let (mut crossings, mut detour) = (0, 0.0);
        for (at, &other) in row.iter().enumerate().skip(here + 1).take(REACH) {
            crossings += self.passing(node, other, tables);
            detour -= saved(other);
            take(at, crossings, detour);
        }
        (crossings, detour) = (0, 0.0);
        for (at, &other) in row.iter().enumerate().take(here).rev().take(REACH) {
            crossings -= self.passing(node, other, tables);
            detour += saved(other);
            take(at, crossings, detour);
        }
        *work -= 20 + row.len().min(2 * REACH) as i64;
        best.0
    }
}
