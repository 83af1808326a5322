//! Rectangles by where they lie, to ask quickly what is near.

use std::collections::HashMap;

use crate::model::Rect;

/// Side of the squares that the plane is divided into.
const SQUARE: f32 = 400.0;
/// What covers more squares than this is asked about each time.
const LARGE: i64 = 4_000;

/// Rectangles with a mark each.
#[derive(Clone, Debug)]
pub(super) struct Plane<T> {
    squares: HashMap<(i32, i32), Vec<(Rect, T)>>,
    large: Vec<(Rect, T)>,
}

impl<T> Default for Plane<T> {
    fn default() -> Self {
        Self { squares: HashMap::new(), large: Vec::new() }
    }
}

fn squares(area: &Rect) -> (std::ops::RangeInclusive<i32>, std::ops::RangeInclusive<i32>, i64) {
    let span = |from: f32, to: f32| (from / SQUARE).floor() as i32..=(to / SQUARE).floor() as i32;
    let (across, down) = (span(area.x, area.right()), span(area.y, area.bottom()));
    let count = |it: &std::ops::RangeInclusive<i32>| i64::from(*it.end()) - i64::from(*it.start()) + 1;
    let many = count(&across).saturating_mul(count(&down));
    (across, down, many)
}

impl<T: Copy> Plane<T> {
    pub(super) fn add(&mut self, area: Rect, mark: T) {
        let (across, down, many) = squares(&area);
        if many > LARGE {
            self.large.push((area, mark));
            return;
        }
        for x in across {
            for y in down.clone() {
                self.squares.entry((x, y)).or_default().push((area, mark));
            }
        }
    }

    /// Whether anything that overlaps the area is as asked. Something may be asked about more than once.
    pub(super) fn any(&self, area: &Rect, mut asked: impl FnMut(&Rect, T) -> bool) -> bool {
        let mut is_met = |(rect, mark): &(Rect, T)| rect.overlaps(area) && asked(rect, *mark);
        if self.large.iter().any(&mut is_met) {
            return true;
        }
        let (across, down, many) = squares(area);
        if many > LARGE {
            let mut of_square = self.squares.iter().collect::<Vec<_>>();
            of_square.sort_by_key(|(square, _)| **square);
            return of_square.into_iter().any(|(_, list)| list.iter().any(&mut is_met));
        }
        across
            .into_iter()
            .any(|x| down.clone().any(|y| self.squares.get(&(x, y)).is_some_and(|list| list.iter().any(&mut is_met))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_found_wherever_it_lies() {
        let mut plane = Plane::default();
        plane.add(Rect::new(-900.0, -900.0, 100.0, 100.0), 1);
        plane.add(Rect::new(390.0, 0.0, 900.0, 50.0), 2);
        plane.add(Rect::new(-1e6, 5_000.0, 2e6, 100.0), 3);
        let found = |area: Rect| {
            let mut marks = Vec::new();
            plane.any(&area, |_, mark| {
                marks.push(mark);
                false
            });
            marks.sort_unstable();
            marks.dedup();
            marks
        };
        assert_eq!(found(Rect::new(-850.0, -850.0, 10.0, 10.0)), [1]);
        assert_eq!(found(Rect::new(1_200.0, 10.0, 5.0, 5.0)), [2]);
        assert_eq!(found(Rect::new(-1e6, -1e6, 2e6, 2e6)), [1, 2, 3]);
        assert!(found(Rect::new(0.0, 60.0, 300.0, 300.0)).is_empty());
    }
}
