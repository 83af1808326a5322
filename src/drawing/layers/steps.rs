//! Changes of the order, and taking them back.

use std::collections::BTreeSet;

use super::Layers;

/// What it is worth to count the crossings of a node twice, in comparisons.
const COUNTING: i64 = 10;

/// A change of the order, with what it takes to undo it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A node stood at this place of its row.
    Moved { node: usize, at: usize },
    /// A node was taken out of this place.
    Taken { node: usize, row: usize, at: usize },
    /// A node was put into its row.
    Put { node: usize },
    /// An arc ran on this side.
    Turned { line: usize, side: usize },
}

impl Layers {
    /// Keeps all changes made so far.
    pub(in crate::drawing) fn keep(&mut self) {
        self.steps.clear();
    }

    /// Takes back all changes since the last [`Layers::keep`].
    pub(in crate::drawing) fn undo(&mut self) {
        let mut moved = Vec::new();
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Moved { node, at } => self.shift(node, at),
                Step::Taken { node, row, at } => {
                    self.insert(node, row, at);
                    moved.extend((node < self.items).then_some(node));
                }
                Step::Put { node } => {
                    self.remove(node);
                }
                Step::Turned { line, side } => self.lines[line].side = side,
            }
        }
        for item in moved {
            self.relink(item);
        }
    }

    /// How many nodes that are no bends were moved since the last [`Layers::keep`].
    pub(in crate::drawing) fn moved(&self) -> usize {
        let moved = self.steps.iter().filter_map(|step| match *step {
            Step::Moved { node, .. } | Step::Put { node } => Some(node),
            Step::Taken { .. } | Step::Turned { .. } => None,
        });
        moved.filter(|it| *it < self.items).collect::<BTreeSet<_>>().len()
    }

    /// Moves a node along its row.
    pub(super) fn move_to(&mut self, node: usize, at: usize) {
        self.steps.push(Step::Moved { node, at: self.at[node] as usize });
        self.shift(node, at);
    }

    pub(super) fn turn(&mut self, line: usize, side: usize) {
        self.steps.push(Step::Turned { line, side: self.lines[line].side });
        self.lines[line].side = side;
    }

    /// Moves a node that is no bend to another row, so far along it. The answer
    /// tells how many crossings that adds; the nodes that it concerns are queued.
    pub(in crate::drawing) fn change_row(&mut self, item: usize, row: usize, share: f32, work: &mut i64) -> i64 {
        let before = self.nodes[item].row;
        let span = before.min(row).saturating_sub(1)..=before.max(row) + 1;
        *work -= span.clone().map(|row| COUNTING * self.rows[row].len() as i64).sum::<i64>();
        let crossings = self.crossings_in(span.clone()) as i64;
        let lines = self.nodes[item].lines.clone();
        let gone: Vec<_> = lines.iter().map(|&line| self.between(&self.lines[line])).collect();
        self.take(item);
        self.put(item, row, share);
        for (&number, gone) in lines.iter().zip(gone) {
            let line = self.lines[number];
            let now = self.between(&line);
            for row in gone.clone().filter(|row| !now.contains(row)) {
                self.take(line.bend(row));
            }
            let [upper, lower] = self.upper_and_lower(&line);
            for row in now.filter(|row| !gone.contains(row)) {
                let share = self.in_line(upper, lower, row, |it| self.share(it));
                self.put(line.bend(row), row, share);
                self.wait(line.bend(row));
            }
        }
        self.relink(item);
        self.wait_around(item);
        self.wait(item);
        self.crossings_in(span) as i64 - crossings
    }

    fn take(&mut self, node: usize) {
        let row = self.nodes[node].row;
        let at = self.remove(node);
        self.steps.push(Step::Taken { node, row, at });
    }

    fn put(&mut self, node: usize, row: usize, share: f32) {
        let length = self.rows[row].len();
        self.insert(node, row, ((share.clamp(0.0, 1.0) * length as f32) as usize).min(length));
        self.steps.push(Step::Put { node });
    }

    fn remove(&mut self, node: usize) -> usize {
        let (row, at) = (self.nodes[node].row, self.at[node] as usize);
        if at < self.rows[row].len() {
            self.rows[row].remove(at);
        }
        self.number(row, at, usize::MAX);
        at
    }

    fn insert(&mut self, node: usize, row: usize, at: usize) {
        self.nodes[node].row = row;
        let at = at.min(self.rows[row].len());
        self.rows[row].insert(at, node);
        self.number(row, at, usize::MAX);
    }

    fn shift(&mut self, node: usize, at: usize) {
        let (row, here) = (self.nodes[node].row, self.at[node] as usize);
        let (first, last) = (here.min(at), here.max(at));
        if let Some(between) = self.rows[row].get_mut(first..=last) {
            if here < at {
                between.rotate_left(1);
            } else {
                between.rotate_right(1);
            }
        }
        self.number(row, first, last);
    }

    /// Notes anew what a node that is no bend, its bends and their other ends are joined with.
    fn relink(&mut self, item: usize) {
        for place in 0..self.nodes[item].lines.len() {
            let line = self.nodes[item].lines.get(place).copied().unwrap_or_default();
            self.join_bends(line);
            let other = self.lines[line].other(item);
            self.gather(other);
        }
        self.gather(item);
    }
}
