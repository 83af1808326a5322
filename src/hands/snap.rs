//! Snapping: moved edges and middles find those of other zones, or else the grid.

use crate::drawing::metrics::GRID;
use crate::model::Rect;

/// A line that shows what a moved zone has been aligned with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guide {
    /// Upright, at this x.
    Upright(f32),
    /// Level, at this y.
    Level(f32),
}

/// How near an edge must come, in points of the screen.
const NEAR: f32 = 6.0;

/// How far to correct a moved frame, and the guides to show.
pub fn snap(frame: Rect, others: &[Rect], zoom: f32) -> (f32, f32, Vec<Guide>) {
    let near = NEAR / zoom;
    let xs = |it: &Rect| [it.x, it.center().x, it.right()];
    let ys = |it: &Rect| [it.y, it.center().y, it.bottom()];
    let nearest = |own: [f32; 3], theirs: &dyn Fn(&Rect) -> [f32; 3]| {
        let pairs = others
            .iter()
            .flat_map(|other| theirs(other).into_iter().flat_map(move |there| own.map(|here| (there - here, there))));
        pairs.filter(|(offset, _)| offset.abs() <= near).min_by(|one, next| one.0.abs().total_cmp(&next.0.abs()))
    };
    let mut guides = Vec::new();
    let dx = match nearest(xs(&frame), &xs) {
        Some((offset, line)) => {
            guides.push(Guide::Upright(line));
            offset
        }
        None => on_grid(frame.x) - frame.x,
    };
    let dy = match nearest(ys(&frame), &ys) {
        Some((offset, line)) => {
            guides.push(Guide::Level(line));
            offset
        }
        None => on_grid(frame.y) - frame.y,
    };
    (dx, dy, guides)
}

/// The nearest line of the grid.
pub fn on_grid(value: f32) -> f32 {
    (value / GRID).round() * GRID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_finds_the_edge_of_another_zone_or_else_the_grid() {
        let other = Rect::new(100.0, 0.0, 200.0, 100.0);
        let (dx, dy, guides) = snap(Rect::new(103.0, 203.0, 150.0, 80.0), &[other], 1.0);
        assert_eq!((dx, guides), (-3.0, vec![Guide::Upright(100.0)]));
        assert_eq!(203.0 + dy, 200.0);
        let (dx, _, guides) = snap(Rect::new(603.0, 203.0, 150.0, 80.0), &[other], 1.0);
        assert_eq!((603.0 + dx, guides.len()), (600.0, 0));
    }
}
