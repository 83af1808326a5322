//! From an order to places: x by what is joined (`across`), y row by row with room
//! between for the tracks of the routes.

use super::super::dense::Dense;
use super::super::layers::{BESIDE, Link, UP};
use super::super::metrics::{GRID, LEVEL_GAP};
use super::super::route::{CLEARANCE, TRACK};
use super::order::{Item, Order, Task};
use super::snapped;
use crate::model::Point;

/// So many tracks get their full space; more stand nearer to each other.
const WIDE_TRACKS: f32 = 40.0;
/// The space of each further track.
const NARROW: f32 = 5.0;
/// Rows that stand already stay as far apart as they are while that is no more than this too much.
const SPARE: f32 = LEVEL_GAP;

/// Where the items lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Corners {
    /// The upper left corner of each item, from the upper left corner of all.
    pub(super) corners: Vec<Point>,
    /// The upper left corner of all, where what stands now is kept.
    pub(super) origin: Option<Point>,
}

impl Task {
    /// Places for all items.
    pub(super) fn corners(&self, order: &Order, row_gap: f32) -> Corners {
        let x = self.middles(order);
        let density = density(order, &x);
        // the upper edge that each row has now
        let tops = |here: &[(usize, &Item)]| {
            let now = here.iter().filter_map(|(_, it)| it.now).map(|it| it.y).reduce(f32::min);
            now.filter(|_| order.is_kept).map(snapped)
        };
        let mut y: Option<f32> = None;
        let mut last_row: Option<usize> = None;
        let mut corners = vec![Point::default(); self.items.len()];
        for (row, nodes) in order.layers.rows.iter().enumerate() {
            let here: Vec<(usize, &Item)> = nodes.iter().filter_map(|&it| Some((it, self.items.get(it)?))).collect();
            if here.is_empty() {
                continue;
            }
            let height = here.iter().map(|(_, it)| it.height).fold(0.0, f32::max);
            let now = tops(&here);
            let top = match (last_row, y) {
                (Some(last), Some(foot)) => {
                    // rows that were not used in the end leave their routes to the next
                    let tracks =
                        density.iter().skip(last + 1).take(row - last).max().copied().unwrap_or_default() as f32;
                    let needed = TRACK * tracks.min(WIDE_TRACKS) + NARROW * (tracks - WIDE_TRACKS).max(0.0);
                    let least = foot + snapped((needed + 2.0 * CLEARANCE).max(row_gap));
                    now.filter(|it| (least..=least + SPARE).contains(it)).unwrap_or(least)
                }
                _ => now.unwrap_or(0.0),
            };
            last_row = Some(row);
            for (node, item) in here {
                if let Some(corner) = corners.get_mut(node) {
                    *corner = Point::new(((x[node] - item.width / 2.0) / GRID).round() * GRID, top);
                }
            }
            y = Some(snapped(top + height));
        }
        let least = |along: fn(&Point) -> f32| corners.iter().map(along).fold(f32::INFINITY, f32::min);
        let origin = Point::new(least(|it| it.x), least(|it| it.y));
        if corners.is_empty() {
            return Corners::default();
        }
        for corner in &mut corners {
            *corner = corner.offset(-origin.x, -origin.y);
        }
        Corners { corners, origin: order.is_kept.then_some(origin) }
    }
}

/// How many horizontal parts lie above one another at most, before each row.
fn density(order: &Order, x: &Dense<f32>) -> Vec<usize> {
    let layers = &order.layers;
    let mut bands: Dense<Vec<(f32, i32)>> = Dense::filled(layers.rows.len() + 1);
    let mut add = |band: usize, a: f32, b: f32| {
        bands[band].extend([(a.min(b) - 1.0, 1), (a.max(b) + 1.0, -1)]);
    };
    for link in &order.links {
        match link {
            Link::Chain(chain) => {
                for pair in chain.windows(2) {
                    if let &[a, b] = pair {
                        add(layers.nodes[b].row, x[a], x[b]);
                    }
                }
            }
            Link::Arc(arc) => {
                let arc = layers.lines[*arc];
                let [a, b] = arc.ends;
                let row = layers.nodes[a].row;
                match arc.side {
                    BESIDE => (),
                    UP => add(row, x[a], x[b]),
                    _ => add(row + 1, x[a], x[b]),
                }
            }
        }
    }
    bands
        .iter_mut()
        .map(|steps| {
            steps.sort_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
            let mut open = 0;
            steps
                .iter()
                .map(|(_, step)| {
                    open += step;
                    open
                })
                .max()
                .unwrap_or(0)
                .max(0) as usize
        })
        .collect()
}
