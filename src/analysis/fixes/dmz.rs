//! A DMZ between the office or the outside and control.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::findings::a01_business_to_control::outer_and_inner;
use super::draft::Draft;
use super::link::Lower;
use super::{Fix, Repair, room};
use crate::catalogue::AssetClass;
use crate::model::*;

/// A01: the conduit leads through a DMZ that is there, or through a new one.
pub(in super::super) fn lead_through_dmz(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(&Subject::Conduit(id)) = finding.about.first() else { return Vec::new() };
    let Some(conduit) = repair.project.conduits.get(id) else { return Vec::new() };
    let Some((outer, inner)) = outer_and_inner(&repair.plant(), conduit) else { return Vec::new() };
    let there = repair.project.zones.iter().filter(|(zone, it)| {
        let is_dmz = it.purdue == Some(PurdueLevel::Dmz) && !it.is_untrusted();
        is_dmz && *zone != outer && *zone != inner
    });
    let mut there: Vec<_> = there.map(|(id, it)| (it.tag.as_str(), id)).collect();
    there.sort_unstable();
    let through = there.into_iter().take(2).filter_map(|(tag, dmz)| {
        let mut draft = Draft::new(repair, finding);
        draft.lead_through(id, Some(dmz))?;
        draft.finish(format!("Lead {} through {tag}", conduit.tag))
    });
    let mut fixes: Vec<_> = through.collect();
    let mut draft = Draft::new(repair, finding);
    if draft.lead_through(id, None).is_some() {
        fixes.extend(draft.finish(format!("Put a new DMZ into {}", conduit.tag)));
    }
    fixes
}

impl Draft<'_> {
    /// Makes conduits that are new, or that have a new end, fit to join what they join: those that
    /// would lead from the office or the outside straight to control go through one new DMZ, and
    /// something filters in the others. Returns what to say of it after what else was done.
    pub fn protect(&mut self, conduits: &BTreeSet<ConduitId>) -> &'static str {
        let before: BTreeSet<_> = self.project.zones.ids().collect();
        let (mut dmz, mut filters) = (None, false);
        for &id in conduits {
            if self.lead_through(id, dmz).is_some() {
                dmz = dmz.or_else(|| self.project.zones.ids().find(|it| !before.contains(it)));
            } else if self.project.conduits.get(id).is_some_and(|it| !self.plant().is_filtered(it))
                && let Some(conduit) = self.project.conduits.get_mut(id)
            {
                conduit.filtering = Filtering::Stateful;
                filters = true;
            }
        }
        match (dmz.is_some(), filters) {
            (true, _) => ", behind a DMZ",
            (false, true) => ", behind a firewall",
            (false, false) => "",
        }
    }

    /// Leads a conduit between the office or the outside and control through a DMZ: the conduit
    /// itself, with its answers and all that names it, ends there, a new one goes on, and what
    /// flowed through ends at something in the DMZ that passes it on.
    fn lead_through(&mut self, id: ConduitId, dmz: Option<ZoneId>) -> Option<()> {
        let conduit = self.project.conduits.get(id)?.clone();
        let (outer, inner) = outer_and_inner(&self.plant(), &conduit)?;
        let dmz = dmz.or_else(|| self.new_dmz(&conduit, outer, inner))?;
        let filtering = if conduit.is_filtered() { conduit.filtering } else { Filtering::Stateful };
        let is_onwards = |it: &Conduit| it.is_filtered() && it.touches(dmz) && it.touches(inner);
        let known = self.project.conduits.iter().find(|(other, it)| *other != id && is_onwards(it)).map(|(id, _)| id);
        let onwards = known.unwrap_or_else(|| {
            let with_dmz = |end: Option<ZoneId>| if end == Some(outer) { Some(dmz) } else { end };
            let names = [dmz, inner].map(|zone| self.project.target_name(zone.into()));
            let onwards = Conduit {
                tag: self.next_conduit_tag(),
                name: names.join(" – "),
                from: with_dmz(conduit.from),
                to: with_dmz(conduit.to),
                filtering,
                filter_place: FilterPlace::Unstated,
                notes: String::new(),
                ..conduit.clone()
            };
            self.add_conduit(onwards)
        });
        let first = self.project.conduits.get_mut(id)?;
        first.filtering = filtering;
        for end in [&mut first.from, &mut first.to] {
            if *end == Some(inner) {
                *end = Some(dmz);
            }
        }
        self.pass_on(&conduit, id, onwards, dmz)
    }

    /// Splits the flows of a conduit at something in the DMZ.
    fn pass_on(&mut self, earlier: &Conduit, first: ConduitId, onwards: ConduitId, dmz: ZoneId) -> Option<()> {
        let flows: Vec<_> =
            self.project.flows.iter().filter(|(_, it)| it.conduit == Some(first)).map(|(id, _)| id).collect();
        if flows.is_empty() && self.plant().assets_of(dmz).next().is_some() {
            return Some(());
        }
        let relay = self.relay(earlier, dmz);
        for id in flows {
            let flow = self.project.flows.get(id)?.clone();
            let (outer_opens, outer_answers) =
                (self.is_beyond(flow.from, onwards, dmz), self.is_beyond(flow.to, onwards, dmz));
            // the half that begins or ends beyond the DMZ stays with the conduit that it came over
            let (near, far) = match (outer_opens, outer_answers) {
                (false, true) => (
                    Flow { from: Some(relay), ..flow.clone() },
                    Flow { to: Some(relay), conduit: Some(onwards), ..flow },
                ),
                _ => (
                    Flow { to: Some(relay), ..flow.clone() },
                    Flow { from: Some(relay), conduit: Some(onwards), ..flow },
                ),
            };
            self.project.flows.insert(id, near);
            self.add_flow(far);
        }
        Some(())
    }

    /// Whether an end of a flow lies on the outer side of the DMZ: not at the far end of the conduit onwards.
    fn is_beyond(&self, end: Option<AssetId>, onwards: ConduitId, dmz: ZoneId) -> bool {
        let zone = end.and_then(|id| self.project.assets.get(id)).and_then(|it| it.zone);
        let conduit = self.project.conduits.get(onwards);
        !conduit.zip(zone).is_some_and(|(conduit, zone)| zone != dmz && conduit.touches(zone))
    }

    /// What passes on in a DMZ what came over a conduit: something that is there, else new.
    fn relay(&mut self, conduit: &Conduit, dmz: ZoneId) -> AssetId {
        let is_remote = conduit.remote_access != RemoteAccess::None;
        let known = {
            let plant = self.plant();
            let fits = |asset: &Asset| match plant.class(asset) {
                Some(AssetClass::RemoteAccess) => is_remote,
                Some(AssetClass::Server) => !is_remote && asset.kind != "log_server",
                _ => !is_remote && asset.kind == "iiot_gateway",
            };
            let mut fitting: Vec<_> = plant
                .assets_of(dmz)
                .filter(|(_, it)| it.zone == Some(dmz) && fits(it))
                .map(|(id, it)| (&it.tag, id))
                .collect();
            fitting.sort_unstable();
            fitting.first().map(|&(_, id)| id)
        };
        known.unwrap_or_else(|| {
            let (kind, prefix, name) = if is_remote {
                ("jump_host", "JMP-", "Jump host")
            } else {
                ("iiot_gateway", "GW-", "Gateway that passes data on")
            };
            let tag = self.next_asset_tag(prefix);
            self.add_asset(Asset { tag, name: name.into(), kind: kind.into(), zone: Some(dmz), ..Asset::default() })
        })
    }

    /// A new DMZ near the inner zone, with the target of the conduit or the lower one of its zones.
    fn new_dmz(&mut self, conduit: &Conduit, outer: ZoneId, inner: ZoneId) -> Option<ZoneId> {
        let (frame, parent, grown) = room::beside(&self.project, inner, room::size_for(2));
        for (zone, frame) in grown {
            self.project.zones.get_mut(zone)?.frame = frame;
        }
        let level = conduit.sl_t.as_ref().map(|it| TargetLevel {
            levels: it.levels,
            reason: reasons::same_as(&conduit.tag, reasons::As::LeadsThrough),
            ..TargetLevel::default()
        });
        let level = level.or_else(|| self.lower_level(outer, inner).map(Lower::at_a_new_target));
        let inside = self.project.zones.get(inner)?;
        let zone = Zone {
            tag: self.free_zone_tag("Z-DMZ"),
            name: "DMZ".to_owned(),
            parent,
            purdue: Some(PurdueLevel::Dmz),
            trust: Trust::Operational,
            owner: inside.owner.clone(),
            site: inside.site.clone(),
            sl_t: level,
            frame,
            ..Zone::default()
        };
        Some(self.add_zone(zone))
    }
}
