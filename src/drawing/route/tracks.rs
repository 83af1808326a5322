//! The horizontal parts between two rows: which lies above which, and where.
//!
//! Parts that share no stretch may share a track. Of two that do, that order is
//! taken which adds fewer crossings.

use super::super::dense::Dense;
use super::TRACK;

/// A horizontal part and where it is left at its two ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Whether it is left upwards, at the left end and at the right end; else downwards.
    pub(super) goes_up: [bool; 2],
    /// The room it has, from the lowest edge above it to the highest below it.
    pub(super) room: (f32, f32),
    /// What is set: how high it lies.
    pub(super) y: f32,
}

/// Uprights nearer than this to one another would be read as one line.
const CLOSE: f32 = 4.0;
/// How much worse it is that two uprights lie on each other than that two lines cross.
const LIES_ON: i32 = 12;

impl Part {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right + CLOSE && other.left < self.right + CLOSE
    }

    fn ends(&self) -> [(f32, bool); 2] {
        let [left, right] = self.goes_up;
        [(self.left, left), (self.right, right)]
    }

    /// What it costs that this part lies above the other.
    fn cost_above(&self, other: &Self) -> i32 {
        let inside = |x: f32, it: &Self| it.left < x && x < it.right;
        let mut cost = 0;
        for (x, up) in self.ends() {
            cost += i32::from(!up && inside(x, other));
            for (far, far_up) in other.ends() {
                cost += if !up && far_up && (x - far).abs() < CLOSE { LIES_ON } else { 0 };
            }
        }
        for (x, up) in other.ends() {
            cost += i32::from(up && inside(x, self));
        }
        cost
    }
}

/// Sets how high each part lies.
pub(super) fn lay(parts: &mut Dense<Part>) {
    for group in groups(parts) {
        lay_group(parts, &group);
    }
}

/// Parts that meet one another, directly or through others.
fn groups(parts: &Dense<Part>) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&one, &next| parts[one].left.total_cmp(&parts[next].left).then(one.cmp(&next)));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for part in order {
        let it = &parts[part];
        match groups.last_mut() {
            Some(group) if it.left < reach + CLOSE => group.push(part),
            _ => groups.push(vec![part]),
        }
        reach = reach.max(it.right);
    }
    groups
}

fn lay_group(parts: &mut Dense<Part>, group: &[usize]) {
    let order = ordered(parts, group);
    // each lies in the track below the lowest of those before it that it meets
    let mut track: Vec<usize> = Vec::with_capacity(order.len());
    for (place, &part) in order.iter().enumerate() {
        let it = &parts[part];
        let above = order.iter().take(place).zip(&track).filter(|(other, _)| it.meets(&parts[**other]));
        track.push(above.map(|(_, at)| at + 1).max().unwrap_or(0));
    }
    let tracks = track.iter().max().map_or(1, |last| last + 1);
    let top = group.iter().map(|&it| parts[it].room.0).fold(f32::NEG_INFINITY, f32::max);
    let foot = group.iter().map(|&it| parts[it].room.1).fold(f32::INFINITY, f32::min);
    // as far apart as the uprights of a bundle where there is room
    let gap = (2.0 * TRACK).min((foot - top).max(0.0) / (tracks as f32 + 1.0));
    let length = gap * (tracks as f32 - 1.0);
    let first = match (top.is_finite(), foot.is_finite()) {
        (true, true) => (top + foot - length) / 2.0,
        (true, false) => top + 1.5 * TRACK,
        (false, true) => foot - 1.5 * TRACK - length,
        (false, false) => 0.0,
    };
    for (&part, &at) in order.iter().zip(&track) {
        parts[part].y = first + gap * at as f32;
    }
}

/// The parts from the highest to the lowest.
fn ordered(parts: &Dense<Part>, group: &[usize]) -> Vec<usize> {
    let count = group.len();
    // who should lie below each, and by how much it matters
    let mut below: Dense<Vec<(usize, i32)>> = Dense::filled(count);
    let mut wanted: Dense<i32> = Dense::filled(count);
    let mut given: Dense<i32> = Dense::filled(count);
    for (one, &part) in group.iter().enumerate() {
        let a = &parts[part];
        for (next, &other) in group.iter().enumerate().skip(one + 1) {
            let b = &parts[other];
            if b.left > a.right + CLOSE {
                break;
            }
            let matters = b.cost_above(a) - a.cost_above(b);
            let (above, under) = if matters > 0 { (one, next) } else { (next, one) };
            if matters != 0 {
                below[above].push((under, matters.abs()));
                given[above] += matters.abs();
                wanted[under] += matters.abs();
            }
        }
    }
    let mut ready: Vec<usize> = (0..count).rev().filter(|&it| wanted[it] == 0).collect();
    let mut left: Vec<usize> = (0..count).collect();
    let mut is_done: Dense<bool> = Dense::filled(count);
    let mut order = Vec::with_capacity(count);
    while order.len() < count {
        let next = ready.pop().or_else(|| {
            // they want to lie above one another in a circle: the one that gains most begins
            left.retain(|&it| !is_done[it]);
            left.iter().copied().max_by_key(|&it| (given[it] - wanted[it], std::cmp::Reverse(it)))
        });
        let Some(next) = next else { break };
        if std::mem::replace(&mut is_done[next], true) {
            continue;
        }
        order.extend(group.get(next));
        for (under, matters) in std::mem::take(&mut below[next]) {
            wanted[under] -= matters;
            if wanted[under] == 0 && !is_done[under] {
                ready.push(under);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(left: f32, right: f32, goes_up: [bool; 2]) -> Part {
        Part { left, right, goes_up, room: (0.0, 100.0), y: 0.0 }
    }

    fn laid(parts: &[Part]) -> Vec<f32> {
        let mut parts: Dense<Part> = parts.iter().copied().collect();
        lay(&mut parts);
        parts.iter().map(|it| it.y).collect()
    }

    #[test]
    fn parts_apart_share_the_middle() {
        assert_eq!(laid(&[part(0.0, 40.0, [true, false]), part(60.0, 90.0, [true, false])]), [50.0, 50.0]);
    }

    #[test]
    fn of_two_going_right_the_one_that_begins_further_right_lies_higher() {
        let y = laid(&[part(0.0, 60.0, [true, false]), part(40.0, 90.0, [true, false])]);
        assert!(y[0] > y[1], "{y:?}");
    }

    #[test]
    fn of_two_going_left_the_one_that_begins_further_left_lies_higher() {
        let y = laid(&[part(0.0, 60.0, [false, true]), part(40.0, 90.0, [false, true])]);
        assert!(y[0] < y[1], "{y:?}");
    }

    #[test]
    fn a_part_around_another_lies_outside_of_it() {
        let y = laid(&[part(0.0, 90.0, [true, true]), part(30.0, 60.0, [true, true])]);
        assert!(y[0] > y[1], "{y:?}");
    }

    #[test]
    fn uprights_at_the_same_place_do_not_lie_on_each_other() {
        // one comes from above at 50, the other leaves downwards at 50
        let y = laid(&[part(50.0, 90.0, [true, false]), part(10.0, 50.0, [true, false])]);
        assert!(y[0] < y[1], "{y:?}");
    }

    #[test]
    fn many_stay_in_their_room() {
        let parts: Vec<Part> = (0..40).map(|at| part(at as f32, 90.0 + at as f32, [true, false])).collect();
        assert!(laid(&parts).iter().all(|y| (0.0..=100.0).contains(y)));
    }
}
