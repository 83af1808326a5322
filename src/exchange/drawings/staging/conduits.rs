//! Conduits and flows: one conduit between two zones, with all that its lines carry.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Building;
use super::join::Join;
use super::tags::fresh;
use super::{At, details};
use crate::exchange::drawings::{LinkEnd, own};
use crate::model::*;

/// Two zones in the order in which the first line joins them.
type Pair = (ZoneId, ZoneId);

impl Building<'_> {
    pub(super) fn add_conduits(&mut self, joins: &[Join]) {
        // the lines of each pair, and whether each leads the other way
        let mut pairs: BTreeMap<Pair, Vec<(&Join, bool)>> = BTreeMap::new();
        let mut order: Vec<Pair> = Vec::new();
        for join in joins {
            let (Some(from), Some(to)) = (self.zone_of(join.from), self.zone_of(join.to)) else { continue };
            if let Some(conduit) = own::conduit(&join.details) {
                self.add_own(conduit, Some(from), Some(to));
                continue;
            }
            if own::flow(&join.details).is_some() {
                continue;
            }
            if from == to {
                let zone = [join.from, join.to].into_iter().find(|at| self.zones.contains_key(at));
                if let Some(zone) = zone {
                    let inner = if zone == join.from { join.to } else { join.from };
                    let what = "a line joins it with the zone that it lies in: nothing to draw".to_owned();
                    self.remark(self.place_of(inner), what);
                }
                continue;
            }
            let turned = pairs.contains_key(&(to, from));
            let pair = if turned { (to, from) } else { (from, to) };
            pairs.entry(pair).or_insert_with(|| {
                order.push(pair);
                Vec::new()
            });
            if let Some(lines) = pairs.get_mut(&pair) {
                lines.push((join, turned));
            }
        }
        let mut conduits: BTreeMap<Pair, ConduitId> = BTreeMap::new();
        for (from, to) in order {
            let Some(lines) = pairs.get(&(from, to)) else { continue };
            let mut conduit = self.conduit(from, to, lines);
            conduit.tag = self.tags.take_number("C-");
            let id = fresh(&self.staging.drawing.digest, &conduit.tag, |id| {
                self.there.conduits.contains(id) || self.project.conduits.contains(id)
            });
            self.project.conduits.insert(id, conduit);
            conduits.insert((from, to), id);
            conduits.insert((to, from), id);
        }
        self.add_loose();
        for join in joins.iter().filter(|it| own::conduit(&it.details).is_none()) {
            if let Some((flow, conduit)) = own::flow(&join.details) {
                self.own_flow(join, flow, &conduit);
                continue;
            }
            let zones = self.zone_of(join.from).zip(self.zone_of(join.to));
            let conduit = zones.and_then(|zones| conduits.get(&zones)).copied();
            self.flow(join, conduit);
        }
    }

    /// A conduit that we drew ourselves, as its fields have it.
    fn add_own(&mut self, conduit: Conduit, from: Option<ZoneId>, to: Option<ZoneId>) {
        let tag = self.tags.take(conduit.tag.clone());
        let id = fresh(&self.staging.drawing.digest, &tag, |id| {
            self.there.conduits.contains(id) || self.project.conduits.contains(id)
        });
        self.own_conduits.insert(conduit.tag.clone(), id);
        self.project.conduits.insert(id, Conduit { tag, from, to, ..conduit });
    }

    /// Conduits that we drew ourselves with an end that joins nothing.
    fn add_loose(&mut self) {
        let staging = self.staging;
        for (page, drawn) in staging.drawing.pages.iter().enumerate().filter(|(page, _)| staging.takes_page(*page)) {
            let links = drawn.links.iter().enumerate().filter(|(place, _)| staging.takes_line(page, *place));
            for (_, link) in links.filter(|(_, link)| [link.from, link.to].contains(&LinkEnd::Nowhere)) {
                let Some(conduit) = own::conduit(&link.details) else { continue };
                let end = |end: LinkEnd| match end {
                    LinkEnd::Shape(shape) => self.zone_of(At { page, shape }),
                    LinkEnd::Free(_) | LinkEnd::Nowhere => None,
                };
                let (from, to) = (end(link.from), end(link.to));
                self.add_own(conduit, from, to);
            }
        }
    }

    /// A flow that we drew ourselves, as its fields have it.
    fn own_flow(&mut self, join: &Join, flow: Flow, conduit: &str) {
        let (Some(&from), Some(&to)) = (self.assets.get(&join.from), self.assets.get(&join.to)) else { return };
        let flow = Flow { conduit: self.own_conduits.get(conduit).copied(), from: Some(from), to: Some(to), ..flow };
        let content = format!("{flow:?}");
        let id = fresh(&self.staging.drawing.digest, &content, |id| {
            self.there.flows.contains(id) || self.project.flows.contains(id)
        });
        self.project.flows.insert(id, flow);
    }

    fn kind(&self, at: At) -> &str {
        self.staging.understood(at).map_or("", |it| &it.kind)
    }

    fn conduit(&self, from: ZoneId, to: ZoneId, lines: &[(&Join, bool)]) -> Conduit {
        let mut directions = lines.iter().map(|(join, turned)| match (join.points_on, join.points_back) {
            (true, false) if !turned => Initiator::From,
            (false, true) if *turned => Initiator::From,
            (true, false) | (false, true) => Initiator::To,
            _ => Initiator::Both,
        });
        let first = directions.next().unwrap_or_default();
        let initiated_by = if directions.all(|it| it == first) { first } else { Initiator::Both };
        let ends = lines.iter().flat_map(|(join, _)| [join.from, join.to]);
        let kinds: BTreeSet<&str> = ends.filter(|at| self.assets.contains_key(at)).map(|at| self.kind(at)).collect();
        let filtering = match () {
            () if kinds.contains("data_diode") => Filtering::OneWay,
            () if kinds.contains("firewall") => Filtering::Stateful,
            () => Filtering::None,
        };
        let named = lines.iter().map(|(join, _)| join.name.as_str()).find(|it| !it.is_empty());
        let mut texts = lines.iter().map(|(join, _)| join.text.trim());
        let text = texts.next().unwrap_or_default();
        let is_name = texts.all(|it| it == text) && details::protocol(text, &[]) == (String::new(), None);
        let text = text.lines().next().filter(|_| is_name).unwrap_or_default();
        let conduit = Conduit {
            name: named.unwrap_or(text).to_owned(),
            from: Some(from),
            to: Some(to),
            initiated_by,
            filtering,
            ..Conduit::default()
        };
        match (filtering, initiated_by) {
            // a diode lets data pass from its first zone to its second
            (Filtering::OneWay, Initiator::To) => {
                Conduit { from: conduit.to, to: conduit.from, initiated_by: Initiator::From, ..conduit }
            }
            _ => conduit,
        }
    }

    fn flow(&mut self, join: &Join, conduit: Option<ConduitId>) {
        let (Some(&from), Some(&to)) = (self.assets.get(&join.from), self.assets.get(&join.to)) else { return };
        let turned = join.points_back && !join.points_on;
        let (from, to) = if turned { (to, from) } else { (from, to) };
        let (protocol, port) = details::protocol(&join.text, &join.details);
        let both_ways = join.points_on && join.points_back;
        let flow =
            Flow { conduit, from: Some(from), to: Some(to), protocol, port, both_ways, notes: join.text.clone() };
        let content = format!("{:?}", (flow.from, flow.to, &flow.protocol, &flow.port, &flow.notes));
        // two lines that say the same are one flow
        let id = fresh(&self.staging.drawing.digest, &content, |id| self.there.flows.contains(id));
        self.project.flows.insert(id, flow);
    }
}
