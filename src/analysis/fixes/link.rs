//! Conduits for flows that have none, or no longer the right one.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::findings::plant::{reaches, zones_of};
use super::super::findings::z09_flow_not_carried::is_carried;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::model::*;

/// Z09: the conduit that joins the zones of a flow carries it, or a new one does.
pub(in super::super) fn carry(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let (Some(flows), Some((near, far))) = (alike(repair, finding), zones_named(finding)) else { return Vec::new() };
    let tag = |zone: ZoneId| repair.project.target_tag(zone.into());
    let what = if flows.len() == 1 { "the flow" } else { "the flows" };
    // a one-way device lets nothing back
    let passes = |conduit: &Conduit, flow: &Flow| {
        let opens = flow.from.and_then(|it| repair.project.assets.get(it)).and_then(|it| it.zone);
        conduit.filtering != Filtering::OneWay || !flow.both_ways && opens == conduit.from
    };
    let lets_all = |conduit: &Conduit| {
        flows.iter().filter_map(|it| repair.project.flows.get(*it)).all(|flow| passes(conduit, flow))
    };
    let between = repair.project.conduits.iter().filter(|(_, it)| joins(it, near, far) && lets_all(it));
    let mut fixes: Vec<_> = between
        .filter_map(|(id, conduit)| {
            let mut draft = Draft::new(repair, finding);
            for &flow in &flows {
                draft.project.flows.get_mut(flow)?.conduit = Some(id);
            }
            draft.finish(format!("Carry {what} over {}", conduit.tag))
        })
        .collect();
    if fixes.is_empty() {
        let mut draft = Draft::new(repair, finding);
        draft.carry(&flows);
        fixes.extend(draft.finish(format!("Draw a conduit with a firewall from {} to {}", tag(near), tag(far))));
    }
    fixes
}

fn zones_named(finding: &Finding) -> Option<(ZoneId, ZoneId)> {
    match *finding.about.as_slice() {
        [_, Subject::Zone(near), Subject::Zone(far)] => Some((near, far)),
        _ => None,
    }
}

/// The flows that one finding gathers: between the same zones and over the same conduit.
fn alike(repair: &Repair, finding: &Finding) -> Option<Vec<FlowId>> {
    let Some(&Subject::Flow(first)) = finding.about.first() else { return None };
    let (plant, flows) = (repair.plant(), &repair.project.flows);
    let conduit = flows.get(first)?.conduit;
    let (near, far) = zones_named(finding)?;
    let alike = flows.iter().filter(|(_, flow)| {
        flow.conduit == conduit
            && plant.ends(flow).is_some_and(|(from, to)| {
                let homes = (from.zone, to.zone);
                let is_between = homes == (Some(near), Some(far)) || homes == (Some(far), Some(near));
                is_between && !is_carried(&plant, flow, from, to)
            })
    });
    Some(alike.map(|(id, _)| id).collect())
}

fn joins(conduit: &Conduit, one: ZoneId, other: ZoneId) -> bool {
    conduit.ends().is_some_and(|ends| ends == (one, other) || ends == (other, one))
}

impl Draft<'_> {
    /// Gives each of these flows that leaves its zone a conduit that joins the two: one that is
    /// there, else a new one with a firewall. Returns the new ones.
    pub fn carry(&mut self, flows: &[FlowId]) -> BTreeSet<ConduitId> {
        let mut new = BTreeSet::new();
        for &id in flows {
            let Some(flow) = self.project.flows.get(id).cloned() else { continue };
            let assets = &self.project.assets;
            let ends = flow.from.and_then(|it| assets.get(it)).zip(flow.to.and_then(|it| assets.get(it)));
            let Some((opens, answers)) = ends else { continue };
            let Some((near, far)) = opens.zone.zip(answers.zone) else { continue };
            if is_carried(&self.plant(), &flow, opens, answers) {
                if flow.conduit.is_some() && zones_of(opens).any(|zone| reaches(answers, zone)) {
                    self.release(id, near, far);
                }
                continue;
            }
            // a one-way device lets nothing back
            let lets =
                |it: &Conduit| it.filtering != Filtering::OneWay || !flow.both_ways && it.ends() == Some((near, far));
            let known = self.project.conduits.iter().find(|(_, it)| joins(it, near, far) && lets(it)).map(|(id, _)| id);
            let conduit = known.unwrap_or_else(|| {
                let conduit = self.new_conduit(flow.conduit, near, far);
                new.insert(conduit);
                conduit
            });
            if new.contains(&conduit)
                && let Some(it) = self.project.conduits.get_mut(conduit)
                && it.from != Some(near)
            {
                it.initiated_by = Initiator::Both;
            }
            if let Some(flow) = self.project.flows.get_mut(id) {
                flow.conduit = Some(conduit);
            }
        }
        new
    }

    /// A flow that stays within a zone needs no conduit, unless the one it names still joins its zones.
    fn release(&mut self, id: FlowId, near: ZoneId, far: ZoneId) {
        let conduit = self.project.flows.get(id).and_then(|it| it.conduit).and_then(|it| self.project.conduits.get(it));
        if !conduit.is_some_and(|it| joins(it, near, far))
            && let Some(flow) = self.project.flows.get_mut(id)
        {
            flow.conduit = None;
        }
    }

    /// A conduit with a firewall between two zones, otherwise as the one that its flows came over.
    fn new_conduit(&mut self, earlier: Option<ConduitId>, from: ZoneId, to: ZoneId) -> ConduitId {
        let earlier = earlier.and_then(|id| self.project.conduits.get(id)).cloned();
        let earlier = earlier.unwrap_or_else(|| Conduit { initiated_by: Initiator::From, ..Conduit::default() });
        let filtering =
            if earlier.filtering == Filtering::Application { earlier.filtering } else { Filtering::Stateful };
        let names = [from, to].map(|zone| self.project.target_name(zone.into()));
        let conduit = Conduit {
            tag: self.next_conduit_tag(),
            name: if names.contains(&"") { String::new() } else { names.join(" – ") },
            from: Some(from),
            to: Some(to),
            filtering,
            initiated_by: Initiator::From,
            sl_t: self.lower_level(from, to).map(Lower::at_a_new_target).or(earlier.sl_t),
            notes: String::new(),
            filter_place: FilterPlace::Unstated,
            ..earlier
        };
        self.add_conduit(conduit)
    }

    /// The lower of two zones' SL-T FR by FR, or the only one set.
    pub fn lower_level(&self, one: ZoneId, other: ZoneId) -> Option<Lower> {
        let level = |zone: ZoneId| self.project.zones.get(zone)?.sl_t.as_ref().map(|it| it.levels);
        let levels = match (level(one), level(other)) {
            (Some(one), Some(other)) => SlVector::from_fn(|fr| one[fr].min(other[fr])),
            (one, other) => one.or(other)?,
        };
        let reason = reasons::lower_of(self.tag(one), self.tag(other));
        Some(Lower { levels, reason })
    }
}

/// The lower of two zones' SL-T.
pub(super) struct Lower {
    pub levels: SlVector,
    /// What says so.
    pub reason: String,
}

impl Lower {
    /// As the SL-T of what is drawn only now.
    pub fn at_a_new_target(self) -> TargetLevel {
        TargetLevel { levels: self.levels, reason: self.reason, ..TargetLevel::default() }
    }
}
