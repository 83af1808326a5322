//! What differs between two projects that are drawn one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{AssetId, ConduitId, FlowId, Project, Table, Zone, ZoneId};

/// How far something was moved.
pub(super) type Shift = (f32, f32);

/// What is other, new or gone.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Change {
    /// Zones, with how far they were moved where that is all.
    pub zones: BTreeMap<ZoneId, Option<Shift>>,
    pub assets: BTreeSet<AssetId>,
    pub conduits: BTreeSet<ConduitId>,
    pub flows: BTreeSet<FlowId>,
    pub notes: bool,
    pub scope: bool,
    /// The perimeter or the outline of a site may be other: each keeps off the zones outside it.
    pub outlines: bool,
    /// Zones lie before one another in another order.
    pub is_order_other: bool,
    /// More than places: what the legend tells may be other.
    pub is_more_than_places: bool,
}

/// A hand moves no more than so many things each its own way.
const MOST_WAYS: usize = 12;

impl Change {
    pub fn between(before: &Project, after: &Project) -> Self {
        let mut change = Self {
            assets: differing(&before.assets, &after.assets),
            conduits: differing(&before.conduits, &after.conduits),
            flows: differing(&before.flows, &after.flows),
            notes: !before.notes.same(&after.notes) && before.notes != after.notes,
            scope: !Arc::ptr_eq(&before.scope, &after.scope) && before.scope != after.scope,
            ..Self::default()
        };
        for id in differing(&before.zones, &after.zones) {
            let (then, now) = (before.zones.get(id), after.zones.get(id));
            change.zones.insert(id, then.zip(now).and_then(|(then, now)| shift(then, now)));
            let stands = |it: Option<&Zone>| it.map(|it| (it.order, it.parent, it.tag.clone()));
            change.is_order_other |= stands(then) != stands(now);
            let outline = |it: &Zone| (it.frame, it.parent, it.site.clone(), it.is_in_suc());
            change.outlines |= then.map(outline) != now.map(outline);
        }
        let is_elsewhere = |id: &AssetId| {
            let (then, now) = (before.assets.get(*id), after.assets.get(*id));
            let placed = |it: &crate::model::Asset| crate::model::Asset { place: None, zone: None, ..it.clone() };
            then.map(placed) == now.map(placed)
        };
        change.is_more_than_places = !change.conduits.is_empty()
            || !change.flows.is_empty()
            || change.scope
            || change.zones.values().any(Option::is_none)
            || !change.assets.iter().all(is_elsewhere);
        change
    }

    /// Whether a zone was moved by just so much; places far out are known less exactly.
    pub fn goes_along(&self, zone: ZoneId, by: Shift) -> bool {
        let shift = self.zones.get(&zone).copied().flatten();
        shift.is_some_and(|it| (it.0 - by.0).abs() < 0.05 && (it.1 - by.1).abs() < 0.05)
    }

    /// Whether so many zones went each its own way that it is better drawn from the beginning.
    pub fn is_a_new_drawing(&self, before: &Project, after: &Project) -> bool {
        let mut ways: BTreeSet<[i32; 4]> = BTreeSet::new();
        let mut come_and_gone = 0;
        for id in self.zones.keys() {
            match (before.zones.get(*id), after.zones.get(*id)) {
                (Some(then), Some(now)) if then.frame == now.frame => (),
                (Some(then), Some(now)) => {
                    let (a, b) = (then.frame, now.frame);
                    // places far out are known less exactly
                    let rounded = |it: f32| (it * 4.0).round() as i32;
                    ways.insert([b.x - a.x, b.y - a.y, b.width - a.width, b.height - a.height].map(rounded));
                }
                _ => come_and_gone += 1,
            }
        }
        ways.len() + come_and_gone > MOST_WAYS
    }
}

/// How far a zone was moved, if that is all.
fn shift(then: &Zone, now: &Zone) -> Option<Shift> {
    let (a, b) = (then.frame, now.frame);
    let is_all = *then == Zone { frame: a, ..now.clone() } && (a.width, a.height) == (b.width, b.height);
    is_all.then_some((b.x - a.x, b.y - a.y))
}

/// The items that are not the same in both.
fn differing<K: Ord + Copy, V: Clone + PartialEq>(before: &Table<K, V>, after: &Table<K, V>) -> BTreeSet<K> {
    let mut differing = BTreeSet::new();
    if before.same(after) {
        return differing;
    }
    let (mut olds, mut news) = (before.iter_shared().peekable(), after.iter_shared().peekable());
    loop {
        match (olds.peek(), news.peek()) {
            (Some((old, one)), Some((new, next))) if old == new => {
                if !Arc::ptr_eq(one, next) && one != next {
                    differing.insert(*old);
                }
                olds.next();
                news.next();
            }
            (Some((old, _)), Some((new, _))) if new < old => {
                differing.insert(*new);
                news.next();
            }
            (Some((old, _)), _) => {
                differing.insert(*old);
                olds.next();
            }
            (None, Some((new, _))) => {
                differing.insert(*new);
                news.next();
            }
            (None, None) => return differing,
        }
    }
}
