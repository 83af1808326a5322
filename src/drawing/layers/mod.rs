//! Rows of things with lines between them, ordered so that few lines cross.
//!
//! A line between rows that are not neighbours passes the rows between through a
//! bend, a node of its own. A line within a row is an arc above or below the row,
//! or runs straight between neighbours. Nodes may change place and row one by one
//! (`steps`), and each change can be taken back.

mod count;
mod sift;
mod steps;
mod straighten;

use super::dense::Dense;
use steps::Step;

/// Which way a line leaves a row; also the number of the list that it stands in.
pub(super) const UP: usize = 0;
pub(super) const DOWN: usize = 1;
/// An arc that runs straight from side to side.
pub(super) const BESIDE: usize = 2;

/// What stands in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) row: usize,
    /// Where it would like to stand; only for the first order.
    pub(super) wish: f32,
    /// Whether its order among the other fixed ones stays.
    pub(super) is_fixed: bool,
    /// Whether it is a bend of a line.
    pub(super) is_bend: bool,
    /// The first and the last row that it may stand in.
    span: (usize, usize),
    /// The lines that end at it.
    lines: Vec<usize>,
}

/// A line between two nodes that are no bends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    pub(super) ends: [usize; 2],
    /// Of an arc: [`UP`], [`DOWN`] or [`BESIDE`].
    pub(super) side: usize,
    /// Whether it may run straight from side to side.
    may_be_beside: bool,
    /// The first of its bends, and the row that this one stands in; the others follow row by row.
    bends: (usize, usize),
}

impl Line {
    pub(super) fn other(&self, node: usize) -> usize {
        let [a, b] = self.ends;
        if a == node { b } else { a }
    }

    /// Its bend in a row between its ends.
    fn bend(&self, row: usize) -> usize {
        (self.bends.0 + row).saturating_sub(self.bends.1)
    }
}

/// The way of a line: the nodes that it runs through from the upper end to the lower, or an arc.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Link {
    Chain(Vec<usize>),
    Arc(usize),
}

/// An order of the rows, to come back to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Snapshot {
    rows: Dense<Vec<usize>>,
    sides: Vec<usize>,
}

/// Rows of nodes and their lines. All nodes are added before the first line.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    pub(super) rows: Dense<Vec<usize>>,
    pub(super) nodes: Dense<Node>,
    pub(super) lines: Dense<Line>,
    /// The place of each node in its row.
    at: Dense<i32>,
    /// How many nodes are no bends; they come first.
    items: usize,
    /// What each bend is joined with above and below.
    bends: Dense<[usize; 2]>,
    /// What each other node is joined with above and below.
    ends: Dense<[Vec<usize>; 2]>,
    /// The arcs of each node that is no bend.
    arcs: Dense<Vec<usize>>,
    /// What was changed since the last [`Layers::keep`].
    steps: Vec<Step>,
    queue: sift::Queue,
}

impl Layers {
    pub(super) fn new(rows: usize) -> Self {
        Self { rows: Dense::filled(rows), ..Self::default() }
    }

    /// Adds a node that may stand in these rows, from the first to the last.
    pub(super) fn add(&mut self, span: (usize, usize), wish: f32, is_fixed: bool) -> usize {
        self.items += 1;
        self.nodes.push(Node { row: span.0, wish, is_fixed, span, ..Node::default() })
    }

    /// Joins two nodes, with a bend in each row between. Takes effect with [`Layers::settle`].
    pub(super) fn join(&mut self, a: usize, b: usize, may_be_beside: bool) -> usize {
        let (one, next) = (self.nodes[a].span, self.nodes[b].span);
        let first = one.0.min(next.0) + 1;
        let line = Line { ends: [a, b], side: UP, may_be_beside, bends: (self.nodes.len(), first) };
        for row in first..one.1.max(next.1) {
            self.nodes.push(Node { row, is_bend: true, ..Node::default() });
        }
        let line = self.lines.push(line);
        self.nodes[a].lines.push(line);
        self.nodes[b].lines.push(line);
        line
    }

    /// Orders every row by the wishes of its nodes; bends lie in line with the ends of their line.
    pub(super) fn settle(&mut self) {
        for row in self.rows.iter_mut() {
            row.clear();
        }
        for node in 0..self.items {
            let row = self.nodes[node].row;
            self.rows[row].push(node);
        }
        for line in 0..self.lines.len() {
            let line = self.lines[line];
            let [upper, lower] = self.upper_and_lower(&line);
            for row in self.between(&line) {
                let bend = line.bend(row);
                self.nodes[bend].wish = self.in_line(upper, lower, row, |it| self.nodes[it].wish);
                self.rows[row].push(bend);
            }
        }
        for row in 0..self.rows.len() {
            let mut order = std::mem::take(&mut self.rows[row]);
            order.sort_by(|&one, &next| self.nodes[one].wish.total_cmp(&self.nodes[next].wish).then(one.cmp(&next)));
            self.rows[row] = order;
        }
        self.numbered();
    }

    /// Numbers all nodes and finds out what each is joined with.
    fn numbered(&mut self) {
        self.at = Dense::filled(self.nodes.len());
        self.bends = Dense::filled(self.nodes.len() - self.items);
        self.ends = Dense::filled(self.items);
        self.arcs = Dense::filled(self.items);
        for row in 0..self.rows.len() {
            for place in 0..self.rows[row].len() {
                let node = self.rows[row].get(place).copied().unwrap_or_default();
                self.nodes[node].row = row;
            }
            self.number(row, 0, usize::MAX);
        }
        for line in 0..self.lines.len() {
            self.join_bends(line);
        }
        for item in 0..self.items {
            self.gather(item);
        }
        self.keep();
    }

    /// The order as it is now.
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot { rows: self.rows.clone(), sides: self.lines.iter().map(|it| it.side).collect() }
    }

    /// Goes back to an order.
    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        self.rows.clone_from(&snapshot.rows);
        for (line, &side) in self.lines.iter_mut().zip(&snapshot.sides) {
            line.side = side;
        }
        self.numbered();
    }

    /// The place of a node in its row.
    pub(super) fn at(&self, node: usize) -> i32 {
        self.at[node]
    }

    /// The nodes of the row above or below that a node is joined with.
    pub(super) fn near(&self, node: usize, side: usize) -> &[usize] {
        let ends = match node.checked_sub(self.items) {
            Some(bend) => self.bends[bend].get(side).map(std::slice::from_ref),
            None => self.ends[node].get(side).map(Vec::as_slice),
        };
        ends.unwrap_or_default()
    }

    /// The way of a line.
    pub(super) fn link(&self, line: usize) -> Link {
        let it = &self.lines[line];
        let [upper, lower] = self.upper_and_lower(it);
        if self.nodes[upper].row == self.nodes[lower].row {
            return Link::Arc(line);
        }
        let bends = self.between(it).map(|row| it.bend(row));
        Link::Chain(std::iter::once(upper).chain(bends).chain([lower]).collect())
    }

    /// The rows strictly between the ends of a line.
    fn between(&self, line: &Line) -> std::ops::Range<usize> {
        let [upper, lower] = self.upper_and_lower(line);
        self.nodes[upper].row + 1..self.nodes[lower].row
    }

    fn upper_and_lower(&self, line: &Line) -> [usize; 2] {
        let [a, b] = line.ends;
        if self.nodes[a].row <= self.nodes[b].row { [a, b] } else { [b, a] }
    }

    /// Where a line between two nodes passes a row, if `place` is where the nodes stand.
    fn in_line(&self, upper: usize, lower: usize, row: usize, place: impl Fn(usize) -> f32) -> f32 {
        let (first, last) = (self.nodes[upper].row, self.nodes[lower].row);
        let share = (row - first) as f32 / (last - first).max(1) as f32;
        place(upper) + (place(lower) - place(upper)) * share
    }

    /// The nodes of its own row that a node is joined with.
    pub(super) fn across(&self, node: usize) -> impl Iterator<Item = usize> {
        self.arcs[node].iter().map(move |&line| self.lines[line].other(node))
    }

    /// The far ends of the lines of a node.
    pub(super) fn joined(&self, node: usize) -> impl Iterator<Item = usize> {
        self.nodes[node].lines.iter().map(move |&line| self.lines[line].other(node))
    }

    /// How far along its row a node stands, 0 to 1.
    pub(super) fn share(&self, node: usize) -> f32 {
        (self.at[node] as f32 + 0.5) / self.rows[self.nodes[node].row].len().max(1) as f32
    }

    /// Notes for the bends of a line what they are joined with.
    fn join_bends(&mut self, line: usize) {
        let line = self.lines[line];
        let [upper, lower] = self.upper_and_lower(&line);
        let between = self.between(&line);
        for row in between.clone() {
            let above = if row == between.start { upper } else { line.bend(row - 1) };
            let below = if row + 1 == between.end { lower } else { line.bend(row + 1) };
            self.bends[line.bend(row) - self.items] = [above, below];
        }
    }

    /// Notes for a node that is no bend what it is joined with.
    fn gather(&mut self, item: usize) {
        let mut ends = std::mem::take(&mut self.ends[item]);
        let mut arcs = std::mem::take(&mut self.arcs[item]);
        ends.iter_mut().for_each(Vec::clear);
        arcs.clear();
        let row = self.nodes[item].row;
        for &number in &self.nodes[item].lines {
            let line = &self.lines[number];
            let other = line.other(item);
            let far = self.nodes[other].row;
            let [up, down] = &mut ends;
            match far.cmp(&row) {
                std::cmp::Ordering::Less => up.push(if far + 1 == row { other } else { line.bend(row - 1) }),
                std::cmp::Ordering::Equal => arcs.push(number),
                std::cmp::Ordering::Greater => down.push(if far == row + 1 { other } else { line.bend(row + 1) }),
            }
        }
        self.ends[item] = ends;
        self.arcs[item] = arcs;
    }

    /// Numbers the nodes of a row from a place to another.
    fn number(&mut self, row: usize, from: usize, to: usize) {
        let nodes = self.rows[row].iter().enumerate().take(to.saturating_add(1)).skip(from);
        for (place, &node) in nodes {
            self.at[node] = place as i32;
        }
    }

    /// Orders the rows by the mean place of what each node is joined with, down and up in turn.
    pub(super) fn sweep(&mut self, rounds: usize) {
        let count = self.rows.len();
        for round in 0..rounds {
            for step in 0..count {
                let row = if round % 2 == 0 { step } else { count - 1 - step };
                let sides: &[usize] = if round + 2 >= rounds {
                    &[UP, DOWN]
                } else if round % 2 == 0 {
                    &[UP]
                } else {
                    &[DOWN]
                };
                self.order_by_mean(row, sides);
            }
        }
    }

    fn order_by_mean(&mut self, row: usize, sides: &[usize]) {
        let wanted = |&node: &usize| {
            let joined = sides.iter().flat_map(|&side| self.near(node, side));
            let (sum, count) = joined.fold((0.0, 0.0), |(sum, count), &it| (sum + self.share(it), count + 1.0));
            (if count > 0.0 { sum / count } else { self.share(node) }, node)
        };
        let mut wanted: Vec<(f32, usize)> = self.rows[row].iter().map(wanted).collect();
        wanted.sort_by(|one, next| one.0.total_cmp(&next.0));
        self.rows[row] = wanted.into_iter().map(|(_, node)| node).collect();
        self.number(row, 0, usize::MAX);
    }
}

#[cfg(test)]
mod tests;
