//! Rows of things with links between them, ordered so that few links cross.
//!
//! A link between rows that are not neighbours passes the rows between through a
//! bend, a node of its own. A link within a row is an arc above or below the row,
//! or runs straight between neighbours.

mod count;
mod sift;

use super::dense::Dense;

/// Which way a link leaves a row; also the number of the list that it stands in.
pub(super) const UP: usize = 0;
pub(super) const DOWN: usize = 1;
/// An arc that runs straight from side to side.
pub(super) const BESIDE: usize = 2;

/// What stands in a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) row: usize,
    /// Its place in the row.
    pub(super) at: i32,
    /// Where it would like to stand; only for the first order.
    pub(super) wish: f32,
    /// Whether its order among the other fixed ones stays.
    pub(super) is_fixed: bool,
    /// Whether it is a bend of a link.
    pub(super) is_bend: bool,
    /// The nodes of the rows above and below that it is joined with.
    pub(super) links: [Vec<usize>; 2],
    /// Arcs to nodes of its row.
    pub(super) arcs: Vec<usize>,
}

/// A link within a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arc {
    pub(super) ends: [usize; 2],
    /// [`UP`], [`DOWN`] or [`BESIDE`].
    pub(super) side: usize,
    /// Whether it may run straight from side to side.
    pub(super) may_be_beside: bool,
}

impl Arc {
    pub(super) fn other(&self, node: usize) -> usize {
        let [a, b] = self.ends;
        if a == node { b } else { a }
    }
}

/// The way of a link: the nodes that it runs through from the upper end to the lower, or an arc.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Link {
    Chain(Vec<usize>),
    Arc(usize),
}

/// Rows of nodes and their links.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    pub(super) rows: Dense<Vec<usize>>,
    pub(super) nodes: Dense<Node>,
    pub(super) arcs: Dense<Arc>,
}

impl Layers {
    pub(super) fn new(rows: usize) -> Self {
        Self { rows: Dense::filled(rows), ..Self::default() }
    }

    /// Puts a node into a row.
    pub(super) fn add(&mut self, row: usize, wish: f32, is_fixed: bool) -> usize {
        self.nodes.push(Node { row, wish, is_fixed, ..Node::default() })
    }

    /// Joins two nodes, with a bend in each row between.
    pub(super) fn join(&mut self, a: usize, b: usize, may_be_beside: bool) -> Link {
        let (a_row, b_row) = (self.nodes[a].row, self.nodes[b].row);
        if a_row == b_row {
            let arc = self.arcs.push(Arc { ends: [a, b], side: UP, may_be_beside });
            self.nodes[a].arcs.push(arc);
            self.nodes[b].arcs.push(arc);
            return Link::Arc(arc);
        }
        let (upper, lower) = if a_row < b_row { (a, b) } else { (b, a) };
        let (first, last) = (self.nodes[upper].row, self.nodes[lower].row);
        let (from, to) = (self.nodes[upper].wish, self.nodes[lower].wish);
        let mut chain = vec![upper];
        let mut before = upper;
        for row in first + 1..=last {
            let share = (row - first) as f32 / (last - first) as f32;
            let next = if row == last {
                lower
            } else {
                self.nodes.push(Node { row, wish: from + (to - from) * share, is_bend: true, ..Node::default() })
            };
            self.nodes[before].links[DOWN].push(next);
            self.nodes[next].links[UP].push(before);
            chain.push(next);
            before = next;
        }
        Link::Chain(chain)
    }

    /// Orders every row by the wishes of its nodes.
    pub(super) fn settle(&mut self) {
        for row in self.rows.iter_mut() {
            row.clear();
        }
        for node in 0..self.nodes.len() {
            let row = self.nodes[node].row;
            self.rows[row].push(node);
        }
        for row in 0..self.rows.len() {
            let mut order = std::mem::take(&mut self.rows[row]);
            order.sort_by(|&one, &next| self.nodes[one].wish.total_cmp(&self.nodes[next].wish).then(one.cmp(&next)));
            self.rows[row] = order;
            self.number(row);
        }
    }

    /// Numbers the nodes of a row by their order.
    fn number(&mut self, row: usize) {
        for (at, &node) in self.rows[row].iter().enumerate() {
            self.nodes[node].at = at as i32;
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
        let mut order = std::mem::take(&mut self.rows[row]);
        let length = order.len() as f32;
        let mut wanted: Vec<(f32, usize)> = Vec::with_capacity(order.len());
        for &node in &order {
            let it = &self.nodes[node];
            let joined = sides.iter().filter_map(|&side| it.links.get(side)).flatten();
            let (mut sum, mut count) = (0.0, 0.0);
            for &other in joined {
                let other = &self.nodes[other];
                // the row itself is taken out while it is ordered, so its length is at hand apart
                let across = self.rows[other.row].len().max(1) as f32;
                sum += (other.at as f32 + 0.5) / across;
                count += 1.0;
            }
            let here = (it.at as f32 + 0.5) / length;
            wanted.push((if count > 0.0 { sum / count } else { here }, node));
        }
        wanted.sort_by(|one, next| one.0.total_cmp(&next.0));
        order.clear();
        order.extend(wanted.into_iter().map(|(_, node)| node));
        self.rows[row] = order;
        self.number(row);
    }
}

#[cfg(test)]
mod tests;
