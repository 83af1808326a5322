//! What checks look at: the project and indexes for quick look-ups, noting what was
//! looked at, so that a check whose sources did not change need not run again.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Display;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::words::{first_few, some_of};
use super::{CHECKS, Found, Outcome, Severity, watching};
use crate::analysis::derive::{self, Proposal};
use crate::analysis::levels;
use crate::analysis::priority::Factors;
use crate::analysis::sources::{FACTORS, Source, Sources};
use crate::analysis::standing::{Claims, Standing, Standings};
use crate::catalogue::{AssetClass, AssetType, Catalogue, Protocol, RequirementSet};
use crate::model::*;

/// Only looked up in, never gone through: nothing follows from the order.
pub(super) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A project with indexes, and what has been looked at of it.
pub struct Plant<'a> {
    project: &'a Project,
    standings: &'a Standings,
    factors: &'a Factors,
    /// What the standards say.
    pub catalogue: &'a Catalogue,
    /// The day that expiry and overdue are counted from.
    pub as_of: Date,
    looked_at: Cell<Sources>,
    /// What the checks before this one found.
    outcomes: RefCell<Vec<Outcome>>,
    /// The only targets that a check looks at that goes through them one by one.
    only: Cell<Option<&'a [Target]>>,
    /// The check goes through the targets one by one.
    is_by_target: Cell<bool>,
    assets_by_zone: OnceCell<HashMap<ZoneId, Vec<(AssetId, &'a Asset)>>>,
    conduits_by_zone: OnceCell<HashMap<ZoneId, Vec<(ConduitId, &'a Conduit)>>>,
    flows_by_conduit: OnceCell<HashMap<ConduitId, Vec<(FlowId, &'a Flow)>>>,
    flows_by_asset: OnceCell<HashMap<AssetId, Vec<&'a Flow>>>,
    asset_types: OnceCell<HashMap<&'a str, &'a AssetType>>,
    protocols: OnceCell<HashMap<&'a str, Option<&'a Protocol>>>,
    targets_by_tag: OnceCell<HashMap<&'a str, Target>>,
    kept_apart: OnceCell<HashSet<(ZoneId, ZoneId)>>,
    watched: OnceCell<HashSet<ZoneId>>,
}

macro_rules! tables {
    ($($name:ident: $id:ty => $item:ty, $source:ident;)*) => {
        impl<'a> Plant<'a> {
            $(
                #[doc = concat!("The project's ", stringify!($name), ".")]
                pub fn $name(&self) -> &'a Table<$id, $item> {
                    self.look_at(Source::$source);
                    &self.project.$name
                }
            )*
        }
    };
}

tables! {
    zones: ZoneId => Zone, Zones;
    conduits: ConduitId => Conduit, Conduits;
    assets: AssetId => Asset, Assets;
    flows: FlowId => Flow, Flows;
    evidence: EvidenceId => Evidence, Evidence;
    risks: RiskId => Risk, Risks;
    actions: ActionId => Action, Actions;
    acceptances: AcceptanceId => Acceptance, Acceptances;
    vendor_access: VendorAccessId => VendorAccess, VendorAccess;
    exceptions: ExceptionId => VulnerabilityException, Exceptions;
    manual_findings: ManualFindingId => ManualFinding, ManualFindings;
    measures: MeasureId => OrganisationalMeasure, Measures;
    workshops: WorkshopId => Workshop, Workshops;
}

impl<'a> Plant<'a> {
    /// Nothing of it is looked at yet.
    pub fn new(
        project: &'a Project,
        catalogue: &'a Catalogue,
        as_of: Date,
        (standings, factors): (&'a Standings, &'a Factors),
    ) -> Self {
        Self {
            project,
            standings,
            factors,
            catalogue,
            as_of,
            looked_at: Cell::default(),
            outcomes: RefCell::default(),
            only: Cell::default(),
            is_by_target: Cell::default(),
            assets_by_zone: OnceCell::new(),
            conduits_by_zone: OnceCell::new(),
            flows_by_conduit: OnceCell::new(),
            flows_by_asset: OnceCell::new(),
            asset_types: OnceCell::new(),
            protocols: OnceCell::new(),
            targets_by_tag: OnceCell::new(),
            kept_apart: OnceCell::new(),
            watched: OnceCell::new(),
        }
    }

    fn look_at(&self, source: Source) {
        self.looked_at.set(self.looked_at.get().with(source));
    }

    /// To be said by a check that reads the names or notes of zones, conduits or assets; tags go without saying.
    pub fn look_at_words(&self) {
        self.look_at(Source::Words);
    }

    /// Begins with a check, for all targets or for these only.
    pub(super) fn begin(&self, only: Option<&'a [Target]>) {
        self.looked_at.take();
        self.is_by_target.take();
        self.only.set(only);
    }

    /// What has been looked at since, and whether target by target.
    pub(super) fn take_looked_at(&self) -> (Sources, bool) {
        (self.looked_at.take(), self.is_by_target.take())
    }

    /// Takes note of what a check found, for those after it.
    pub(super) fn note(&self, outcome: Outcome) {
        self.outcomes.borrow_mut().push(outcome);
    }

    /// What all checks found that were run.
    pub(super) fn outcomes(self) -> Vec<Outcome> {
        self.outcomes.into_inner()
    }

    /// The codes of the checks before this one that found an error in these families that nobody set aside,
    /// by what it is about first.
    pub fn open_errors(&self, families: &[char]) -> BTreeMap<Option<Subject>, Vec<&'static str>> {
        self.look_at(Source::SetAside);
        let outcomes = self.outcomes.borrow();
        let errors = CHECKS.iter().zip(outcomes.iter());
        let errors = errors.filter(|(it, _)| it.severity == Severity::Error && it.code.starts_with(families));
        let mut open: BTreeMap<Option<Subject>, Vec<&'static str>> = BTreeMap::new();
        for (check, outcome) in errors {
            self.looked_at.set(self.looked_at.get().and(outcome.looked_at));
            for finding in outcome.findings.iter().filter(|it| it.set_aside.is_none()) {
                let codes = open.entry(finding.about.first().copied()).or_default();
                if codes.last() != Some(&check.code) {
                    codes.push(check.code);
                }
            }
        }
        open
    }

    /// What the project sets for itself.
    pub fn settings(&self) -> &'a Settings {
        self.look_at(Source::Settings);
        &self.project.settings
    }

    /// Whether a finding is set aside, by its key.
    pub fn is_set_aside(&self, key: &str) -> bool {
        self.look_at(Source::SetAside);
        self.project.set_aside.contains_key(key)
    }

    /// What is found about each target by what its own answers claim. When these are looked at
    /// again, only the targets are gone through that were answered otherwise since.
    pub fn each_target(&self, find: impl Fn(Target, &Claims) -> Option<Found>) -> Vec<Found> {
        self.look_at(Source::Claims);
        self.look_at(Source::Evidence);
        self.is_by_target.set(true);
        match self.only.get() {
            Some(only) => only.iter().filter_map(|&it| find(it, self.standings.claims_of(it)?)).collect(),
            None => self.standings.claims().filter_map(|(target, claims)| find(target, claims)).collect(),
        }
    }

    /// What each target's own answers claim and do not bear out.
    pub fn claims(&self) -> impl Iterator<Item = (Target, &'a Claims)> {
        self.look_at(Source::Answers);
        self.look_at(Source::Evidence);
        self.standings.claims()
    }

    /// What one target's own answers claim, where it has any.
    pub fn claims_of(&self, target: Target) -> Option<&'a Claims> {
        self.look_at(Source::Answers);
        self.look_at(Source::Evidence);
        self.standings.claims_of(target)
    }

    /// The requirements that a target inherits, by their place in the catalogue, and where from.
    pub fn inherited(&self) -> impl Iterator<Item = (Target, &'a [(usize, Option<Target>)])> {
        self.look_at(Source::Answers);
        self.standings.inherited()
    }

    /// How the requirements stand at a target, inheritance followed.
    pub fn standing(&self, target: Target) -> Standing {
        self.look_at(Source::Answers);
        self.look_at(Source::Evidence);
        self.standings.of(target)
    }

    /// The requirements that a target is assessed against.
    pub fn scope(&self, target: Target) -> RequirementSet {
        self.look_at(Source::Conduits);
        self.look_at(Source::Settings);
        levels::scope(self.project, self.catalogue, target)
    }

    /// The SL-T of a target, where one is set.
    pub fn target_level(&self, target: Target) -> Option<&'a TargetLevel> {
        self.look_at(if target.zone().is_some() { Source::Zones } else { Source::Conduits });
        self.project.target_level(target)
    }

    /// What the SL-T of a target demands; nothing where none is set.
    pub fn demanded(&self, target: Target) -> RequirementSet {
        let sl_t = self.target_level(target).map(|it| it.levels);
        sl_t.map_or(RequirementSet::EMPTY, |it| levels::demanded(self.catalogue, self.scope(target), &it))
    }

    /// The zone or conduit of this tag.
    pub fn target_tagged(&self, tag: &str) -> Option<Target> {
        let by_tag = self.targets_by_tag.get_or_init(|| {
            let mut by_tag = HashMap::default();
            for target in self.project.targets() {
                by_tag.entry(self.project.target_tag(target)).or_insert(target);
            }
            by_tag
        });
        self.look_at(Source::Zones);
        self.look_at(Source::Conduits);
        by_tag.get(tag).copied()
    }

    /// All targets: zones, then conduits.
    pub fn targets(&self) -> impl Iterator<Item = Target> {
        self.zones().ids().map(Target::Zone).chain(self.conduits().ids().map(Target::Conduit))
    }

    /// The SL-T that the rules propose for a target.
    pub fn proposal(&self, target: Target) -> Proposal {
        self.looked_at.set(self.looked_at.get().and(FACTORS));
        derive::propose(self.project, self.factors, target)
    }

    /// Who stands by a step, and when.
    pub fn confirmation(&self, step: ValidationStep) -> Option<&'a Confirmation> {
        self.look_at(Source::Confirmations);
        self.project.confirmations.get(&step)
    }

    /// The requirements of IEC 62443-3-2 that somebody stands by.
    pub fn confirmed_zcr(&self) -> impl Iterator<Item = ZcrId> {
        self.look_at(Source::Zcr);
        self.project.zcr.keys().copied()
    }

    /// The requirements of each target inherited from nowhere, where there are such.
    pub fn unresolved(&self) -> impl Iterator<Item = (Target, RequirementSet)> {
        self.look_at(Source::Answers);
        self.standings.iter().map(|(target, it)| (target, it.unresolved)).filter(|(_, it)| !it.is_empty())
    }

    /// What people call a target by.
    pub fn target_tag(&self, target: Target) -> &'a str {
        self.look_at(if target.zone().is_some() { Source::Zones } else { Source::Conduits });
        self.project.target_tag(target)
    }

    /// What people call a subject by.
    pub fn subject_tag(&self, subject: Subject) -> Cow<'a, str> {
        for &source in Source::of(subject) {
            self.look_at(source);
        }
        self.project.subject_tag(subject)
    }

    /// What people call these by, each in its place.
    pub fn tags(&self, about: &[Subject]) -> Vec<Cow<'a, str>> {
        about.iter().map(|&it| self.subject_tag(it)).collect()
    }

    /// The assets that stand in a zone or reach into it.
    pub fn assets_of(&self, zone: ZoneId) -> impl Iterator<Item = (AssetId, &'a Asset)> {
        let assets = self.assets();
        let by_zone = self.assets_by_zone.get_or_init(|| {
            let mut by_zone: HashMap<_, Vec<_>> = HashMap::default();
            for (id, asset) in assets.iter() {
                for zone in zones_of(asset) {
                    by_zone.entry(zone).or_default().push((id, asset));
                }
            }
            by_zone
        });
        by_zone.get(&zone).into_iter().flatten().copied()
    }

    /// The assets that stand in a zone; what merely reaches into it does not count.
    pub fn assets_in(&self, zone: ZoneId) -> impl Iterator<Item = &'a Asset> {
        self.assets_of(zone).map(|(_, asset)| asset).filter(move |it| it.zone == Some(zone))
    }

    /// Both assets of a flow that has both, who opens it first.
    pub fn ends(&self, flow: &Flow) -> Option<(&'a Asset, &'a Asset)> {
        let assets = self.assets();
        Some((assets.get(flow.from?)?, assets.get(flow.to?)?))
    }

    /// The flows that a conduit is said to carry.
    pub fn flows_of(&self, conduit: ConduitId) -> impl Iterator<Item = (FlowId, &'a Flow)> {
        let flows = self.flows();
        let by_conduit = self.flows_by_conduit.get_or_init(|| {
            let mut by_conduit: HashMap<_, Vec<_>> = HashMap::default();
            for (id, flow) in flows.iter() {
                if let Some(conduit) = flow.conduit {
                    by_conduit.entry(conduit).or_default().push((id, flow));
                }
            }
            by_conduit
        });
        by_conduit.get(&conduit).into_iter().flatten().copied()
    }

    /// The conduits that end in a zone; one that leads back into it counts once.
    pub fn conduits_of(&self, zone: ZoneId) -> impl Iterator<Item = (ConduitId, &'a Conduit)> {
        let conduits = self.conduits();
        let by_zone = self.conduits_by_zone.get_or_init(|| {
            let mut by_zone: HashMap<_, Vec<_>> = HashMap::default();
            for (id, conduit) in conduits.iter() {
                for zone in conduit.from.into_iter().chain(conduit.to.filter(|&to| conduit.from != Some(to))) {
                    by_zone.entry(zone).or_default().push((id, conduit));
                }
            }
            by_zone
        });
        by_zone.get(&zone).into_iter().flatten().copied()
    }

    /// The flows that an asset opens or answers; one with itself counts once.
    pub fn flows_at(&self, asset: AssetId) -> impl Iterator<Item = &'a Flow> {
        let flows = self.flows();
        let by_asset = self.flows_by_asset.get_or_init(|| {
            let mut by_asset: HashMap<_, Vec<_>> = HashMap::default();
            for flow in flows.values() {
                for asset in flow.from.into_iter().chain(flow.to.filter(|&to| flow.from != Some(to))) {
                    by_asset.entry(asset).or_default().push(flow);
                }
            }
            by_asset
        });
        by_asset.get(&asset).into_iter().flatten().copied()
    }

    /// The zones of what watches, and of what exchanges flows with it.
    pub fn watched(&self) -> &HashSet<ZoneId> {
        let (assets, flows) = (self.assets(), self.flows());
        self.watched.get_or_init(|| {
            let watches = |asset: &&Asset| watching::watches(self, asset);
            let talks = flows.values().filter_map(|flow| self.ends(flow));
            let talking = talks.flat_map(|(from, to)| [watches(&to).then_some(from), watches(&from).then_some(to)]);
            assets.values().filter(watches).chain(talking.flatten()).flat_map(zones_of).collect()
        })
    }

    /// The type of an asset; `None` where it is not in the catalogue.
    pub fn asset_type(&self, asset: &Asset) -> Option<&'a AssetType> {
        let types = self
            .asset_types
            .get_or_init(|| self.catalogue.asset_types().iter().map(|it| (it.id.as_str(), it)).collect());
        types.get(asset.kind.as_str()).copied()
    }

    /// The class of an asset; `None` where its type is not in the catalogue.
    pub fn class(&self, asset: &Asset) -> Option<AssetClass> {
        self.asset_type(asset).map(|it| it.class)
    }

    /// The protocol of a flow; `None` where it is not in the catalogue.
    pub fn protocol(&self, flow: &Flow) -> Option<&'a Protocol> {
        let flows = self.flows();
        let protocols = self.protocols.get_or_init(|| {
            let names: HashSet<_> = flows.values().map(|it| it.protocol.as_str()).collect();
            names.into_iter().map(|name| (name, self.catalogue.protocol(name))).collect()
        });
        protocols.get(flow.protocol.as_str()).copied().flatten()
    }

    /// The tags of targets in their order.
    pub fn tags_of(&self, targets: impl IntoIterator<Item = Target>) -> Vec<&'a str> {
        let mut tags: Vec<_> = targets.into_iter().map(|it| self.target_tag(it)).collect();
        tags.sort_unstable();
        tags
    }

    /// Both zones of each conduit that has both.
    pub fn joined(&self) -> impl Iterator<Item = (ConduitId, &'a Conduit, &'a Zone, &'a Zone)> {
        let zones = self.zones();
        self.conduits().iter().filter_map(|(id, conduit)| {
            let (from, to) = conduit.ends()?;
            Some((id, conduit, zones.get(from)?, zones.get(to)?))
        })
    }

    /// Whether something that can refuse traffic stands in a conduit: by what it says itself, or
    /// because a firewall or a one-way device has a foot in both its zones.
    pub fn is_filtered(&self, conduit: &Conduit) -> bool {
        conduit.is_filtered() || conduit.ends().is_some_and(|(from, to)| self.is_kept_apart(from, to))
    }

    fn is_kept_apart(&self, one: ZoneId, other: ZoneId) -> bool {
        let assets = self.assets();
        let pairs = self.kept_apart.get_or_init(|| {
            let filters = assets.values().filter(|it| is_filter(it) && !it.other_zones.is_empty());
            let joined = |asset: &Asset| {
                let zones: Vec<_> = zones_of(asset).collect();
                zones.iter().flat_map(|&one| zones.iter().map(move |&other| (one, other))).collect::<Vec<_>>()
            };
            filters.flat_map(joined).collect()
        });
        one != other && pairs.contains(&(one, other))
    }

    /// The SL-T of a zone, where one is set.
    pub fn zone_sl_t(&self, zone: ZoneId) -> Option<SlVector> {
        self.zones().get(zone)?.sl_t.as_ref().map(|it| it.levels)
    }

    /// The zones in which assets that should stand apart stand beside others; each sort
    /// comes with what to call it, and what belongs to neither does not count.
    pub fn zones_mixing(
        &self,
        (apart, is_apart): (&str, impl Fn(&Asset) -> bool),
        (others, is_other): (&str, impl Fn(&Asset) -> bool),
    ) -> Vec<Found> {
        let mut found = Vec::new();
        for (id, zone) in self.zones().iter() {
            if !self.assets_in(id).any(&is_apart) {
                continue;
            }
            let (set_apart, rest): (Vec<_>, Vec<_>) = self.assets_in(id).partition(|it| is_apart(it));
            let rest: Vec<_> = rest.into_iter().filter(|it| is_other(it)).collect();
            if !rest.is_empty() {
                let (some_apart, some_others) = (some_tags(&set_apart), some_tags(&rest));
                let message = format!("{} mixes {apart} ({some_apart}) with {others} ({some_others})", zone.tag);
                found.push(Found::about(id, message));
            }
        }
        found
    }

    /// The ids of requirements in a sentence, the first few of many.
    pub fn some_requirements(&self, set: RequirementSet) -> String {
        first_few(self.catalogue.members(set).map(|it| it.id.to_string()), set.len())
    }

    /// The vendors' ways in that have a fault; `fault` says which, such as "stands open all the time".
    pub fn vendor_access_that<S: Display>(&self, fault: impl Fn(&VendorAccess) -> Option<S>) -> Vec<Found> {
        let ways_in = self.vendor_access().iter().filter_map(|(id, access)| {
            let fault = fault(access)?;
            let supplier = access.supplier.trim();
            let whose = if supplier.is_empty() { String::new() } else { format!(" of {supplier}") };
            Some(Found::about(id, format!("{}{whose} {fault}", access.tag)))
        });
        ways_in.collect()
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

/// Whether an asset can refuse traffic between the zones that it joins.
pub fn is_filter(asset: &Asset) -> bool {
    matches!(asset.kind.as_str(), "firewall" | "data_diode")
}

fn some_tags(assets: &[&Asset]) -> String {
    let mut tags: Vec<_> = assets.iter().map(|it| it.tag.as_str()).collect();
    tags.sort_unstable();
    some_of(&tags)
}
