//! What checks look at: the project, what follows from it, and indexes for quick look-ups.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::analysis::TargetLevels;
use crate::catalogue::{AssetClass, Catalogue, Protocol};
use crate::model::{
    Asset, AssetId, Conduit, ConduitId, Flow, FlowId, Project, PurdueLevel, SlVector, Target, Trust, Zone, ZoneId,
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
    classes: HashMap<&'a str, AssetClass>,
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
            for &zone in asset.zone.iter().chain(&asset.other_zones) {
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
        let classes = catalogue.asset_types().iter().map(|it| (it.id.as_str(), it.class)).collect();
        Self { project, catalogue, as_of, targets, assets_by_zone, flows_by_conduit, classes, protocols }
    }

    /// The assets that stand in a zone or reach into it.
    pub fn assets_of(&self, zone: ZoneId) -> impl Iterator<Item = (AssetId, &'a Asset)> {
        let ids = self.assets_by_zone.get(&zone).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|&id| Some((id, self.project.assets.get(id)?)))
    }

    /// The flows that a conduit is said to carry.
    pub fn flows_of(&self, conduit: ConduitId) -> impl Iterator<Item = (FlowId, &'a Flow)> {
        let ids = self.flows_by_conduit.get(&conduit).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|&id| Some((id, self.project.flows.get(id)?)))
    }

    /// The class of an asset; `None` where its type is not in the catalogue.
    pub fn class(&self, asset: &Asset) -> Option<AssetClass> {
        self.classes.get(asset.kind.as_str()).copied()
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

    /// Whether an asset stands in a zone or reaches into it.
    pub fn reaches(&self, asset: AssetId, zone: ZoneId) -> bool {
        self.project.assets.get(asset).is_some_and(|it| it.zone == Some(zone) || it.other_zones.contains(&zone))
    }
}

/// Whether a zone belongs to the office or to somebody else.
pub fn is_business_or_external(zone: &Zone) -> bool {
    matches!(zone.trust, Trust::Enterprise | Trust::External) || zone.purdue >= Some(PurdueLevel::L4)
}

/// A few names in a sentence: "A, B, C and 4 more".
pub fn some_of<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<_> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
