//! The x of every upright: ports on the upper and lower sides of boxes, and the
//! places in the gaps between them.

use super::super::dense::Dense;
use super::super::layers::{BESIDE, DOWN, Layers, Link, UP};
use super::super::spread::{Wish, spread, spread_evenly};
use super::region::Region;
use super::{CLEARANCE, TRACK};

/// Space between the lines of a bundle where there is room.
const BUNDLE: f32 = 2.0 * TRACK;
/// How often the uprights of one row follow those of the next.
const ROUNDS: usize = 6;
/// Uprights that differ by less are drawn as one straight line where there is room.
const JOG: f32 = TRACK * 1.5;

/// An upright: where it stands, and what it would be in line with above and below.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    x: f32,
    joined: [Option<usize>; 2],
    is_set: bool,
}

/// Uprights side by side, from left to right, and where they may stand.
#[derive(Clone, Debug, Default)]
struct Group {
    slots: Vec<usize>,
    start: f32,
    stop: f32,
    gap: f32,
    /// How many run the same way beside each other, from each on: bundles, and single ones.
    bundles: Vec<usize>,
}

/// All uprights of a region.
#[derive(Debug, Default)]
pub(super) struct Slots {
    slots: Dense<Slot>,
    /// The slots of each step of each leg: above and below. Of a bend both are the same.
    of_leg: Vec<Vec<[usize; 2]>>,
    /// Row by row.
    groups: Vec<Vec<Group>>,
    beside: Vec<f32>,
}

/// The port of a leg at a box: what it goes to decides its order.
#[derive(Clone, Copy, Debug)]
struct Port {
    key: (i64, i64),
    slot: usize,
}

impl Slots {
    pub(super) fn new(region: &Region, layers: &Layers, links: &[Link]) -> Self {
        let mut slots = Self { beside: vec![0.0; links.len()], ..Self::default() };
        let mut ports: Dense<[Vec<Port>; 2]> = Dense::filled(layers.nodes.len());
        for (leg, link) in links.iter().enumerate() {
            match link {
                Link::Chain(chain) => slots.add_chain(leg, chain, layers, &mut ports),
                Link::Arc(arc) => {
                    let arc = layers.lines[*arc];
                    let mut steps = Vec::new();
                    for node in arc.ends {
                        let slot = slots.slots.push(Slot { x: layers.nodes[arc.other(node)].wish, ..Slot::default() });
                        steps.push([slot, slot]);
                        if arc.side != BESIDE {
                            let (here, there) = (layers.at(node), layers.at(arc.other(node)));
                            let turn = if there > here { 1 << 30 } else { -(1 << 30) };
                            let tie = if there > here { leg as i64 } else { -(leg as i64) };
                            if let Some(list) = ports[node].get_mut(arc.side) {
                                list.push(Port { key: (turn - i64::from(there), tie), slot });
                            }
                        }
                    }
                    slots.of_leg.push(steps);
                }
            }
        }
        slots.group(region, layers, ports);
        slots.set_beside(region, layers, links);
        slots
    }

    fn add_chain(&mut self, leg: usize, chain: &[usize], layers: &Layers, ports: &mut Dense<[Vec<Port>; 2]>) {
        let mut steps = Vec::new();
        let mut before: Option<usize> = None;
        for (step, &node) in chain.iter().enumerate() {
            let it = &layers.nodes[node];
            let slot = self.slots.push(Slot { x: it.wish, joined: [before, None], is_set: false });
            if let Some(before) = before {
                self.slots[before].joined[DOWN] = Some(slot);
            }
            before = Some(slot);
            steps.push([slot, slot]);
            if it.is_bend {
                ports[node][UP].push(Port { key: (0, 0), slot });
            } else {
                let (side, other) = if step == 0 { (DOWN, chain.get(1)) } else { (UP, chain.get(step - 1)) };
                let there = other.map_or(0, |&it| i64::from(layers.at(it)));
                if let Some(list) = ports[node].get_mut(side) {
                    list.push(Port { key: (there, leg as i64), slot });
                }
            }
        }
        self.of_leg.push(steps);
    }

    /// Sorts the slots into groups: the ports of each side of each box, and what stands in each gap.
    fn group(&mut self, region: &Region, layers: &Layers, mut ports: Dense<[Vec<Port>; 2]>) {
        for row in 0..layers.rows.len() {
            let mut groups = Vec::new();
            let mut gap = Group { start: f32::NEG_INFINITY, gap: TRACK, ..Group::default() };
            for &node in &layers.rows[row] {
                let [mut up, mut down] = std::mem::take(&mut ports[node]);
                let Some(frame) = region.frame_of(node) else {
                    // a bend, or the end of a leg at the edge of the plane
                    for port in up.iter().chain(&down) {
                        gap.slots.push(port.slot);
                        if layers.nodes[node].is_fixed {
                            self.slots[port.slot].x = layers.nodes[node].wish;
                            self.slots[port.slot].is_set = true;
                        }
                    }
                    continue;
                };
                gap.stop = frame.x;
                groups
                    .push(std::mem::replace(&mut gap, Group { gap: TRACK, start: frame.right(), ..Group::default() }));
                let kept = |all: &[f32]| all.get(node).copied().unwrap_or_default();
                for (list, kept) in [(&mut up, kept(&region.titles)), (&mut down, kept(&region.docks))] {
                    list.sort_by_key(|it| it.key);
                    let margin = (2.0 * TRACK).min(frame.width / (list.len() as f32 + 2.0));
                    let stop = frame.right() - margin;
                    // beside the title above and what stands on the edge below, if all find room there
                    let beside = frame.x + kept + TRACK;
                    let has_room = kept > 0.0 && beside + TRACK * list.len() as f32 <= stop;
                    let start = if has_room { beside.max(frame.x + margin) } else { frame.x + margin };
                    let slots = list.iter().map(|it| it.slot).collect();
                    groups.push(Group { slots, start, stop, gap: 2.0 * TRACK, bundles: Vec::new() });
                }
            }
            gap.stop = f32::INFINITY;
            groups.push(gap);
            groups.retain(|it| !it.slots.is_empty());
            for group in &mut groups {
                if region.frame_of(layers.rows[row].first().copied().unwrap_or_default()).is_none()
                    && let Some(frame) = region.frame
                {
                    group.start = group.start.max(frame.x);
                    group.stop = group.stop.min(frame.right());
                }
                if group.gap == TRACK {
                    if let Some(frame) = region.frame {
                        group.start = group.start.max(frame.x);
                        group.stop = group.stop.min(frame.right());
                    }
                    let margin = CLEARANCE.min((group.stop - group.start).max(0.0) / 4.0);
                    group.start += margin;
                    group.stop -= margin;
                }
            }
            self.groups.push(groups);
        }
    }

    /// Gives every upright its x, from row to row and back.
    pub(super) fn place(&mut self) {
        let rows = self.groups.len();
        let mut groups = std::mem::take(&mut self.groups);
        self.bundle(&mut groups);
        for round in 0..ROUNDS {
            for step in 0..rows {
                let row = if round % 2 == 0 { step } else { rows - 1 - step };
                let toward = if round % 2 == 0 { UP } else { DOWN };
                for group in groups.get(row).into_iter().flatten() {
                    self.spread(group, (round + 2 < ROUNDS).then_some(toward));
                }
            }
        }
        for group in groups.iter().flatten() {
            self.straighten(group);
        }
        self.groups = groups;
    }

    /// Finds which neighbours go on beside each other, above or below, in the same order.
    fn bundle(&self, groups: &mut [Vec<Group>]) {
        let mut place: Dense<Option<(usize, usize, usize)>> = Dense::filled(self.slots.len());
        for (row, groups) in groups.iter().enumerate() {
            for (number, group) in groups.iter().enumerate() {
                for (at, &slot) in group.slots.iter().enumerate() {
                    place[slot] = Some((row, number, at));
                }
            }
        }
        let goes_on = |one: usize, next: usize| {
            [UP, DOWN].into_iter().any(|side| {
                let joined =
                    |slot: usize| self.slots[slot].joined.get(side).copied().flatten().and_then(|it| place[it]);
                let (one, next) = (joined(one), joined(next));
                one.zip(next).is_some_and(|(one, next)| (one.0, one.1, one.2 + 1) == next)
            })
        };
        for group in groups.iter_mut().flatten() {
            let mut bundles: Vec<usize> = Vec::new();
            let mut before: Option<usize> = None;
            for &slot in &group.slots {
                let is_beside = before.is_some_and(|it| goes_on(it, slot) && !self.slots[it].is_set);
                match bundles.last_mut() {
                    Some(count) if is_beside && !self.slots[slot].is_set => *count += 1,
                    _ => bundles.push(1),
                }
                before = Some(slot);
            }
            group.bundles = bundles;
        }
    }

    /// Spreads a group towards what its slots are joined with on one side, or on the nearer of
    /// both; what is in a bundle at even distances, wider ones where there is room.
    fn spread(&mut self, group: &Group, toward: Option<usize>) {
        let wishes: Vec<f32> = group.slots.iter().map(|&it| self.wish(it, toward)).collect();
        let room = group.stop - group.start;
        let inner: usize = group.bundles.iter().map(|it| it - 1).sum();
        let outer = wishes.len() - 1 - inner;
        let gap = [BUNDLE, group.gap].into_iter().find(|it| *it * inner as f32 + group.gap * outer as f32 <= room);
        let places = match gap {
            Some(gap) if inner > 0 => spread(&bundled(&wishes, group, gap), group.start, group.stop),
            _ => spread_evenly(&wishes, group.start, group.stop, group.gap),
        };
        for (&slot, x) in group.slots.iter().zip(places) {
            if !self.slots[slot].is_set {
                self.slots[slot].x = x;
            }
        }
    }

    fn wish(&self, slot: usize, toward: Option<usize>) -> f32 {
        let it = self.slots[slot];
        if it.is_set {
            return it.x;
        }
        let near = it.joined.map(|other| other.map(|other| self.slots[other].x));
        match (near, toward) {
            ([Some(up), Some(_)], Some(UP)) | ([Some(up), None], _) => up,
            ([Some(_), Some(down)], Some(_)) | ([None, Some(down)], _) => down,
            ([Some(up), Some(down)], None) => {
                if (up - it.x).abs() <= (down - it.x).abs() {
                    up
                } else {
                    down
                }
            }
            ([None, None], _) => it.x,
        }
    }

    /// Takes small jogs out where the neighbours leave room; a bundle stays even.
    fn straighten(&mut self, group: &Group) {
        let is_bundled = group.bundles.iter().flat_map(|&count| std::iter::repeat_n(count > 1, count));
        for ((at, &slot), is_bundled) in group.slots.iter().enumerate().zip(is_bundled) {
            if self.slots[slot].is_set || is_bundled {
                continue;
            }
            let beside = |step: isize| {
                let place = at.checked_add_signed(step)?;
                group.slots.get(place).map(|&it| self.slots[it].x)
            };
            let room = group.gap.min(TRACK) * 0.6;
            let start = beside(-1).map_or(group.start, |it| it + room);
            let stop = beside(1).map_or(group.stop, |it| it - room);
            let it = self.slots[slot];
            let targets = it.joined.into_iter().flatten().map(|other| self.slots[other].x);
            let is_free = |x: &f32| (x - it.x).abs() <= JOG && (start..=stop).contains(x);
            let others: Vec<f32> = targets.clone().collect();
            // what is in line on one side already stays so
            if others.iter().any(|x| (x - it.x).abs() < 0.01) && others.len() < 2 {
                continue;
            }
            if let Some(x) =
                targets.filter(is_free).min_by(|one, next| (one - it.x).abs().total_cmp(&(next - it.x).abs()))
                && !others.iter().any(|x| (x - it.x).abs() < 0.01)
            {
                self.slots[slot].x = x;
            }
        }
    }

    /// The height of the legs that run straight from box to box, those of a pair side by side.
    fn set_beside(&mut self, region: &Region, layers: &Layers, links: &[Link]) {
        let mut pairs: std::collections::BTreeMap<[usize; 2], Vec<usize>> = std::collections::BTreeMap::new();
        for (leg, link) in links.iter().enumerate() {
            if let Link::Arc(arc) = link
                && layers.lines[*arc].side == BESIDE
            {
                let [a, b] = layers.lines[*arc].ends;
                pairs.entry([a.min(b), a.max(b)]).or_default().push(leg);
            }
        }
        for ([a, b], legs) in pairs {
            let (Some(one), Some(next)) = (region.frame_of(a), region.frame_of(b)) else { continue };
            let (top, foot) = (one.y.max(next.y), one.bottom().min(next.bottom()));
            let wishes = vec![(top + foot) / 2.0; legs.len()];
            for (leg, y) in
                legs.into_iter().zip(spread_evenly(&wishes, top + CLEARANCE, foot - CLEARANCE / 2.0, 2.0 * TRACK))
            {
                if let Some(it) = self.beside.get_mut(leg) {
                    *it = y;
                }
            }
        }
    }

    /// Where a leg runs at a step of its way: an x, or for [`BESIDE`] a y.
    pub(super) fn x(&self, leg: usize, step: usize, side: usize) -> f32 {
        if side == BESIDE {
            return self.beside.get(leg).copied().unwrap_or_default();
        }
        let slot = self.of_leg.get(leg).and_then(|steps| steps.get(step)?.get(side).copied());
        slot.map_or(0.0, |it| self.slots[it].x)
    }
}

/// Wishes for the slots of a group in which those of a bundle stand at even distances.
fn bundled(wishes: &[f32], group: &Group, gap: f32) -> Vec<Wish> {
    let mut all = Vec::with_capacity(wishes.len());
    let mut rest = wishes;
    for &count in &group.bundles {
        let Some((bundle, after)) = rest.split_at_checked(count) else { break };
        rest = after;
        let mut starts: Vec<f32> = bundle.iter().enumerate().map(|(at, wish)| wish - gap * at as f32).collect();
        starts.sort_by(f32::total_cmp);
        let start = starts.get((count - 1) / 2).copied().unwrap_or_default();
        let wish =
            |at: usize| Wish { at: start + gap * at as f32, after: if at == 0 { group.gap } else { gap }, weight: 1 };
        all.extend((0..count).map(wish));
    }
    all
}
