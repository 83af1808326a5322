//! What checks look at: the project, what follows from it, and indexes for quick look-ups.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;

use jiff::civil::Date;

use super::Found;
use crate::analysis::TargetLevels;
use crate::catalogue::{AssetClass, AssetType, Catalogue, Protocol};
use crate::model::{
    Action, Answer, Asset, AssetId, Conduit, ConduitId, Flow, FlowId, Fr, Project, PurdueLevel, RatedAt, Risk, RiskId,
    SlVector, Target, Trust, VendorAccess, Zone, ZoneId,
};

/// A project with indexes.
pub struct Plant<'a> {
    /// The project.
    pub project: &'a Project,
    /// What the standards say.
    pub catalogue: &'a Catalogue,
    /// The day that expiry and overdue are counted from.
    pub as_of: Date,
    /// Levels of every target.
    pub targets: &'a BTreeMap<Target, TargetLevels>,
    assets_by_zone: HashMap<ZoneId, Vec<AssetId>>,
    flows_by_conduit: HashMap<ConduitId, Vec<FlowId>>,
    asset_types: HashMap<&'a str, &'a AssetType>,
    protocols: HashMap<&'a str, Option<&'a Protocol>>,
}

impl<'a> Plant<'a> {
    /// Indexes a project.
    pub fn new(
        project: &'a Project,
        catalogue: &'a Catalogue,
        as_of: Date,
        targets: &'a BTreeMap<Target, TargetLevels>,
    ) -> Self {
        let mut assets_by_zone: HashMap<_, Vec<_>> = HashMap::new();
        for (id, asset) in project.assets.iter() {
            for zone in zones_of(asset) {
                assets_by_zone.entry(zone).or_default().push(id);
            }
        }
        let mut flows_by_conduit: HashMap<_, Vec<_>> = HashMap::new();
        let mut protocols = HashMap::new();
        for (id, flow) in project.flows.iter() {
            if let Some(conduit) = flow.conduit {
                flows_by_conduit.entry(conduit).or_default().push(id);
            }
            let name = flow.protocol.as_str();
            protocols.entry(name).or_insert_with(|| catalogue.protocol(name));
        }
        let asset_types = catalogue.asset_types().iter().map(|it| (it.id.as_str(), it)).collect();
        Self { project, catalogue, as_of, targets, assets_by_zone, flows_by_conduit, asset_types, protocols }
    }

    /// The assets that stand in a zone or reach into it.
    pub fn assets_of(&self, zone: ZoneId) -> impl Iterator<Item = (AssetId, &'a Asset)> {
        let ids = self.assets_by_zone.get(&zone).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|&id| Some((id, self.project.assets.get(id)?)))
    }

    /// The assets that stand in a zone; what merely reaches into it does not count.
    pub fn assets_in(&self, zone: ZoneId) -> impl Iterator<Item = &'a Asset> {
        self.assets_of(zone).map(|(_, asset)| asset).filter(move |it| it.zone == Some(zone))
    }

    /// Both assets of a flow that has both, who opens it first.
    pub fn ends(&self, flow: &Flow) -> Option<(&'a Asset, &'a Asset)> {
        Some((self.project.assets.get(flow.from?)?, self.project.assets.get(flow.to?)?))
    }

    /// The flows that a conduit is said to carry.
    pub fn flows_of(&self, conduit: ConduitId) -> impl Iterator<Item = (FlowId, &'a Flow)> {
        let ids = self.flows_by_conduit.get(&conduit).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|&id| Some((id, self.project.flows.get(id)?)))
    }

    /// The type of an asset; `None` where it is not in the catalogue.
    pub fn asset_type(&self, asset: &Asset) -> Option<&'a AssetType> {
        self.asset_types.get(asset.kind.as_str()).copied()
    }

    /// The class of an asset; `None` where its type is not in the catalogue.
    pub fn class(&self, asset: &Asset) -> Option<AssetClass> {
        self.asset_type(asset).map(|it| it.class)
    }

    /// The protocol of a flow; `None` where it is not in the catalogue.
    pub fn protocol(&self, flow: &Flow) -> Option<&'a Protocol> {
        self.protocols.get(flow.protocol.as_str()).copied().flatten()
    }

    /// Both zones of each conduit that has both.
    pub fn joined(&self) -> impl Iterator<Item = (ConduitId, &'a Conduit, &'a Zone, &'a Zone)> {
        self.project.conduits.iter().filter_map(|(id, conduit)| {
            let (from, to) = conduit.ends()?;
            Some((id, conduit, self.project.zones.get(from)?, self.project.zones.get(to)?))
        })
    }

    /// The SL-T of a zone, where one is set.
    pub fn zone_sl_t(&self, zone: ZoneId) -> Option<SlVector> {
        self.targets.get(&zone.into())?.target
    }

    /// The zones in which assets that should stand apart stand beside others; each sort
    /// comes with what to call it, and what belongs to neither does not count.
    pub fn zones_mixing(
        &self,
        (apart, is_apart): (&str, impl Fn(&Asset) -> bool),
        (others, is_other): (&str, impl Fn(&Asset) -> bool),
    ) -> Vec<Found> {
        let mut found = Vec::new();
        for (id, zone) in self.project.zones.iter() {
            let (mut tags_apart, mut other_tags) = (Vec::new(), Vec::new());
            for asset in self.assets_in(id) {
                if is_apart(asset) {
                    tags_apart.push(asset.tag.as_str());
                } else if is_other(asset) {
                    other_tags.push(asset.tag.as_str());
                }
            }
            if !tags_apart.is_empty() && !other_tags.is_empty() {
                tags_apart.sort_unstable();
                other_tags.sort_unstable();
                let (some_apart, some_others) = (some_of(&tags_apart), some_of(&other_tags));
                let message = format!("{} mixes {apart} ({some_apart}) with {others} ({some_others})", zone.tag);
                found.push(Found::about(id, message));
            }
        }
        found
    }

    /// The targets with answers for which this holds, their tags, and the requirements answered so.
    pub fn answers_where(&self, holds: impl Fn(&Answer) -> bool) -> impl Iterator<Item = (Target, &'a str, String)> {
        self.project.answers.iter().filter_map(move |(target, answers)| {
            let such = answers.iter().filter(|(_, answer)| holds(answer));
            let such: Vec<_> = such.map(|(id, _)| id.to_string()).collect();
            (!such.is_empty()).then(|| (target, self.project.target_tag(target), some_of(&such)))
        })
    }

    /// The vendors' ways in that have a fault; `fault` says which, such as "stands open all the time".
    pub fn vendor_access_that<S: Display>(&self, fault: impl Fn(&VendorAccess) -> Option<S>) -> Vec<Found> {
        let ways_in = self.project.vendor_access.iter().filter_map(|(id, access)| {
            let fault = fault(access)?;
            let supplier = access.supplier.trim();
            let whose = if supplier.is_empty() { String::new() } else { format!(" of {supplier}") };
            Some(Found::about(id, format!("{}{whose} {fault}", access.tag)))
        });
        ways_in.collect()
    }

    /// The risks that an acceptance in force names.
    pub fn accepted_risks(&self) -> HashSet<RiskId> {
        let holding = self.project.acceptances.values().filter(|it| !it.is_expired(self.as_of));
        holding.flat_map(|it| it.risks.iter().copied()).collect()
    }

    /// Whether a risk is rated higher or lower after the plan than today, where both
    /// are rated: by its level, and within a level by consequence times likelihood.
    pub fn change_of(&self, risk: &Risk) -> Option<Ordering> {
        let height = |at| {
            let (consequence, likelihood) = risk.rating(at)?;
            let level = self.project.settings.matrix.level(consequence, likelihood);
            Some((level, consequence.number() * likelihood.number()))
        };
        Some(height(RatedAt::Residual)?.cmp(&height(RatedAt::Current)?))
    }

    /// Whether an action that was not dropped is named against a risk.
    pub fn is_acted_on(&self, risk: &Risk) -> bool {
        risk.actions.iter().filter_map(|&id| self.project.actions.get(id)).any(Action::treats)
    }
}

/// The zones that an asset stands in or reaches into, its home first, none twice.
pub fn zones_of(asset: &Asset) -> impl Iterator<Item = ZoneId> {
    let others = asset.other_zones.iter().copied().filter(|&zone| asset.zone != Some(zone));
    asset.zone.into_iter().chain(others)
}

/// Whether an asset stands in a zone or reaches into it.
pub fn reaches(asset: &Asset, zone: ZoneId) -> bool {
    asset.zone == Some(zone) || asset.other_zones.contains(&zone)
}

/// The FRs in which one SL-T lies below another, in a sentence; `None` where it does in none.
pub fn frs_below(lower: &SlVector, upper: &SlVector) -> Option<String> {
    let frs: Vec<_> = Fr::ALL.into_iter().filter(|&fr| lower[fr] < upper[fr]).collect();
    (!frs.is_empty()).then(|| all_of(&frs))
}

/// Whether a zone belongs to the office or to somebody else.
pub fn is_business_or_external(zone: &Zone) -> bool {
    matches!(zone.trust, Trust::Enterprise | Trust::External) || zone.purdue >= Some(PurdueLevel::L4)
}

/// A few names in a sentence: "A and B", "A, B, C, D and 4 more".
pub fn some_of<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<_> = names.iter().take(SHOWN).map(|it| it.as_ref().to_owned()).collect();
    if let more @ 1.. = names.len().saturating_sub(SHOWN) {
        shown.push(format!("{more} more"));
    }
    all_of(&shown)
}

/// All names in a sentence: "A, B and C".
pub fn all_of(names: &[impl ToString]) -> String {
    let mut names: Vec<_> = names.iter().map(ToString::to_string).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_ends_with_how_many_more() {
        let listed = ["", "A", "A and B", "A, B and C", "A, B, C and D", "A, B, C, D and 1 more"];
        for (count, sentence) in listed.iter().enumerate() {
            assert_eq!(some_of(&["A", "B", "C", "D", "E"][..count]), *sentence);
        }
    }
}
