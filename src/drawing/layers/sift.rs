//! Sifting: a node tries every place nearby and takes the one with the fewest crossings.

use std::collections::VecDeque;

use super::super::dense::Dense;
use super::{BESIDE, DOWN, Layers, UP};

/// How far from its place a node is tried.
const NEARBY: usize = 20;

/// Nodes that wait for being sifted.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    nodes: VecDeque<usize>,
    is_waiting: Dense<bool>,
}

/// What a node's lines on one side cross, for every place in the next row that
/// another line may end at: how many end before it less how many end behind it.
pub(super) type Table = Vec<i32>;

impl Layers {
    /// Sifts all nodes until nothing gets better or the work that it may take is
    /// done. The work is counted in comparisons of nodes. The answer tells how many
    /// crossings it saved.
    pub(in crate::drawing) fn sift(&mut self, work: &mut i64) -> i64 {
        let mut gain = 0;
        for line in 0..self.lines.len() {
            gain += self.better_side(line, work);
        }
        for row in 0..self.rows.len() {
            for place in 0..self.rows[row].len() {
                let node = self.rows[row].get(place).copied().unwrap_or_default();
                self.wait(node);
            }
        }
        gain + self.sift_waiting(work)
    }

    /// Sifts the nodes that wait, and what gets other neighbours by that, until nothing gets better.
    pub(in crate::drawing) fn sift_waiting(&mut self, work: &mut i64) -> i64 {
        let mut tables = [Table::new(), Table::new()];
        let mut gain = 0;
        while let Some(node) = self.queue.nodes.pop_front() {
            self.queue.is_waiting[node] = false;
            if *work <= 0 || self.nodes[node].is_fixed || !self.is_standing(node) {
                continue;
            }
            let (to, change) = self.best_place(node, NEARBY, &mut tables, work);
            if change < 0 {
                gain -= change;
                self.move_to(node, to);
                self.wait_around(node);
                for place in 0..self.arcs[node].len() {
                    let line = self.arcs[node].get(place).copied().unwrap_or_default();
                    gain += self.better_side(line, work);
                }
            }
        }
        gain
    }

    /// Moves a node along its row, whatever that costs; what it is joined with waits.
    /// The answer tells how many crossings that adds.
    pub(in crate::drawing) fn jump(&mut self, node: usize, share: f32) -> i64 {
        let length = self.rows[self.nodes[node].row].len();
        let to = ((share.clamp(0.0, 1.0) * length as f32) as usize).min(length.saturating_sub(1));
        let here = self.at[node] as usize;
        let mut tables = [Table::new(), Table::new()];
        self.fill(node, &mut tables);
        let passed = self.rows[self.nodes[node].row].iter();
        let passed: i64 = if here < to {
            passed.take(to + 1).skip(here + 1).map(|&it| self.passing(node, it, &tables)).sum()
        } else {
            -passed.take(here).skip(to).map(|&it| self.passing(node, it, &tables)).sum::<i64>()
        };
        self.move_to(node, to);
        self.wait_around(node);
        self.wait(node);
        passed
    }

    /// Sifts all nodes; then lets single lines with bends go another way, and keeps what saves crossings.
    pub(in crate::drawing) fn untangle(&mut self, mut work: i64) {
        let mut rng = fastrand::Rng::with_seed(7);
        self.sift(&mut work);
        self.keep();
        let long: Vec<usize> = (0..self.lines.len()).filter(|&it| !self.between(&self.lines[it]).is_empty()).collect();
        while work > 0
            && let Some(&line) = rng.choice(&long)
        {
            work -= 100;
            let added = self.reroute(line, &mut rng) - self.sift_waiting(&mut work);
            if added <= 0 {
                self.keep();
            } else {
                self.undo();
            }
        }
    }

    /// Lets all bends of a line jump to near one of its ends; answers how many crossings that adds.
    pub(in crate::drawing) fn reroute(&mut self, line: usize, rng: &mut fastrand::Rng) -> i64 {
        let line = self.lines[line];
        let end = rng.choice(line.ends).unwrap_or_default();
        let share = self.share(end) + (rng.f32() - 0.5) * 0.5;
        self.between(&line).map(|row| self.jump(line.bend(row), share)).sum()
    }

    /// Whether a node stands in a row: not so a bend that its line does not need now.
    fn is_standing(&self, node: usize) -> bool {
        self.rows[self.nodes[node].row].get(self.at[node] as usize) == Some(&node)
    }

    /// Lets a node wait for being sifted.
    pub(super) fn wait(&mut self, node: usize) {
        if self.queue.is_waiting.len() < self.nodes.len() {
            self.queue.is_waiting = Dense::filled(self.nodes.len());
        }
        if !std::mem::replace(&mut self.queue.is_waiting[node], true) {
            self.queue.nodes.push_back(node);
        }
    }

    /// Lets wait what a node is joined with.
    pub(super) fn wait_around(&mut self, node: usize) {
        for side in [UP, DOWN] {
            for place in 0..self.near(node, side).len() {
                let near = self.near(node, side).get(place).copied().unwrap_or_default();
                self.wait(near);
            }
        }
        for place in 0..self.arcs[node].len() {
            let line = self.arcs[node].get(place).copied().unwrap_or_default();
            let far = self.lines[line].other(node);
            self.wait(far);
        }
    }

    /// The best place in a row for a node, and how many crossings it adds there.
    fn best_place(&self, node: usize, reach: usize, tables: &mut [Table; 2], work: &mut i64) -> (usize, i64) {
        self.fill(node, tables);
        let row = &self.rows[self.nodes[node].row];
        let here = self.at[node] as usize;
        let mut best = (here, 0);
        let mut sum = 0;
        for (at, &other) in row.iter().enumerate().skip(here + 1).take(reach) {
            sum += self.passing(node, other, tables);
            if sum < best.1 {
                best = (at, sum);
            }
        }
        sum = 0;
        for (at, &other) in row.iter().enumerate().take(here).rev().take(reach) {
            sum -= self.passing(node, other, tables);
            if sum < best.1 {
                best = (at, sum);
            }
        }
        *work -= 20 + row.len().min(2 * reach) as i64;
        best
    }

    /// Fills the tables of a node; that of a side without lines stays empty.
    pub(super) fn fill(&self, node: usize, tables: &mut [Table; 2]) {
        for (side, table) in tables.iter_mut().enumerate() {
            table.clear();
            let near = self.near(node, side);
            let Some(&first) = near.first() else { continue };
            let length = self.rows[self.nodes[first].row].len();
            let mut level = -(near.len() as i32);
            let mut add = |end: i32, count: i32| {
                table.resize(end as usize, level);
                table.push(level + count);
                level += 2 * count;
            };
            if near.len() == 1 {
                add(self.at[first], 1);
            } else {
                let mut ends: Vec<i32> = near.iter().map(|&it| self.at[it]).collect();
                ends.sort_unstable();
                for same in ends.chunk_by(|one, next| one == next) {
                    add(same.first().copied().unwrap_or_default(), same.len() as i32);
                }
            }
            table.resize(length, level);
        }
    }

    /// How many crossings it adds that `node` goes from the left of `other` to the right of it.
    pub(super) fn passing(&self, node: usize, other: usize, tables: &[Table; 2]) -> i64 {
        let crossed = |table: &Table, end: usize| table.get(self.at[end] as usize).copied().unwrap_or_default();
        let [above, below] = tables;
        let lines = match other.checked_sub(self.items) {
            Some(bend) => {
                let [up, down] = self.bends[bend];
                crossed(above, up) + crossed(below, down)
            }
            None => {
                let [up, down] = &self.ends[other];
                let sum = |ends: &[usize], table| ends.iter().map(|&it| crossed(table, it)).sum::<i32>();
                sum(up, above) + sum(down, below)
            }
        };
        let has_arcs = !self.arcs[node].is_empty() || !self.arcs[other].is_empty();
        i64::from(lines) - if has_arcs { self.arcs_saved(node, other) } else { 0 }
    }

    /// How many more crossings of arcs there are where `node` stands left of `other`
    /// than where it stands right of it, the two being neighbours.
    fn arcs_saved(&self, node: usize, other: usize) -> i64 {
        let border = self.at[other];
        let mut sum = 0;
        for side in [UP, DOWN] {
            // the far ends of the arcs of one, but for that to the other
            let far = |one: usize, next: usize, is_right: bool| {
                let arcs = self.arcs[one].iter().map(|&it| &self.lines[it]).filter(move |it| it.side == side);
                let far = arcs.map(move |it| it.other(one)).filter(move |it| *it != next);
                far.map(|it| self.at[it]).filter(move |it| (*it > border) == is_right)
            };
            let count = |one, next, is_right| far(one, next, is_right).count() as i64;
            let (right, left) = (count(node, other, true), count(node, other, false));
            let (other_right, other_left) = (count(other, node, true), count(other, node, false));
            let [lines, other_lines] = [node, other].map(|it| self.near(it, side).len() as i64);
            sum += right * (other_lines + other_left) - left * (other_lines + other_right);
            sum += lines * (other_left - other_right);
            for is_right in [true, false] {
                for end in far(node, other, is_right) {
                    sum += far(other, node, is_right).map(|it| i64::from((it - end).signum())).sum::<i64>();
                }
            }
        }
        sum
    }

    /// Puts an arc above or below its row, where it crosses fewer lines, and answers how many fewer.
    fn better_side(&mut self, line: usize, work: &mut i64) -> i64 {
        let [a, b] = self.lines[line].ends;
        if self.nodes[a].row != self.nodes[b].row {
            return 0;
        }
        *work -= 4 * i64::from((self.at[a] - self.at[b]).abs());
        let side = self.lines[line].side;
        let crossed = |side| self.arc_crossings(line, side, false) as i64;
        let (now, better) = match side {
            BESIDE => (crossed(BESIDE), if crossed(DOWN) < crossed(UP) { DOWN } else { UP }),
            _ => (crossed(side), UP + DOWN - side),
        };
        let gain = now - crossed(better);
        if gain > 0 || side == BESIDE {
            self.turn(line, better);
            return gain;
        }
        0
    }
}
