//! What the rules look at, sorted out once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::open::{Open, Spot};
use super::super::{Analysis, Finding};
use crate::catalogue::Catalogue;
use crate::model::{
    AssessmentStage, AssetId, Project, RatedAt, Rating, Risk, RiskId, RiskLevel, Subject, Target, TargetLevel, Zone,
    ZoneId,
};

/// A project with what follows from it.
pub(super) struct Look<'a> {
    pub project: &'a Project,
    pub catalogue: &'a Catalogue,
    pub analysis: &'a Analysis,
    /// Scenarios of the initial assessment.
    pub initial: Vec<(RiskId, &'a Risk)>,
    /// Scenarios of the detailed assessment.
    pub detailed: Vec<(RiskId, &'a Risk)>,
    /// The zones that a scenario of the detailed assessment names, by themselves or by what stands in them.
    pub in_detail: BTreeSet<ZoneId>,
    /// Assets of no type.
    pub untyped: Vec<AssetId>,
    /// The SL-T of each zone and conduit, where one is set.
    pub sl_t: Vec<(Target, Option<&'a TargetLevel>)>,
}

impl<'a> Look<'a> {
    pub fn new(project: &'a Project, catalogue: &'a Catalogue, analysis: &'a Analysis) -> Self {
        let (initial, detailed): (Vec<_>, Vec<_>) =
            project.risks.iter().partition(|(_, it)| it.stage == AssessmentStage::Initial);
        let zones = project.zones.iter().map(|(id, it)| (id.into(), it.sl_t.as_ref()));
        let conduits = project.conduits.iter().map(|(id, it)| (id.into(), it.sl_t.as_ref()));
        let sl_t = zones.chain(conduits).collect();
        let untyped = project.assets.iter().filter(|(_, it)| it.kind.is_empty()).map(|(id, _)| id).collect();
        let in_detail = zones_of(project, &detailed);
        Self { project, catalogue, analysis, initial, detailed, in_detail, untyped, sl_t }
    }

    /// What a check found and nobody set aside, in its order.
    pub fn findings(&self, code: &str, one: &'static str, more: &'static str) -> Option<Open> {
        let found = self.analysis.findings.of(code).filter(|it| it.set_aside.is_none());
        let spot = |it: &Finding| {
            let place = it.place(self.project).or_else(|| it.about.first().copied());
            place.map_or(Spot::Diagram, Spot::Subject)
        };
        Open::so_many(one, more, found.clone().count(), found.map(spot))
    }

    /// The zones and conduits whose SL-T, or that they have none, is like this.
    pub fn targets_that(&self, is_so: impl Fn(Option<&TargetLevel>) -> bool) -> impl Iterator<Item = Target> {
        self.sl_t.iter().filter(move |(_, it)| is_so(*it)).map(|(target, _)| *target)
    }

    /// Things with tags of which something is open.
    pub fn open<S: Into<Subject>>(
        &self,
        one: &'static str,
        more: &'static str,
        subjects: impl IntoIterator<Item = S>,
    ) -> Option<Open> {
        Open::of(self.project, one, more, subjects)
    }

    /// Scenarios of the detailed assessment of which something is open.
    pub fn detailed_that(
        &self,
        one: &'static str,
        more: &'static str,
        is_open: impl Fn(&Risk) -> bool,
    ) -> Option<Open> {
        self.open(one, more, self.detailed.iter().filter(|(_, it)| is_open(it)).map(|(id, _)| *id))
    }

    /// The zones inside the perimeter.
    pub fn inside(&self) -> impl Iterator<Item = (ZoneId, &'a Zone)> + use<'a> {
        self.project.zones.iter().filter(|(_, it)| it.is_in_suc())
    }

    /// How high the risk of a scenario is with nothing against it; one whose likelihood nobody
    /// said counts as if it happened, as the initial assessment begins.
    pub fn initial_level(&self, risk: &Risk) -> Option<RiskLevel> {
        let matrix = &self.project.settings.matrix;
        let certain = || Some(matrix.level(risk.consequences.worst()?, Rating::MOST));
        risk.level(RatedAt::Unmitigated, matrix).or_else(certain)
    }

    /// Whether a level is above what the project tolerates.
    pub fn is_above(&self, level: Option<RiskLevel>) -> bool {
        level.is_some_and(|it| it > self.project.settings.matrix.tolerable)
    }

    /// How high the risk is if what a zone's own consequence says happens.
    fn own_level(&self, zone: &Zone) -> Option<RiskLevel> {
        zone.consequence.map(|it| self.project.settings.matrix.level(it, Rating::MOST))
    }

    /// The zones inside the perimeter that no scenario of the detailed assessment names.
    fn without_detail(&self) -> impl Iterator<Item = (ZoneId, &'a Zone)> {
        self.inside().filter(|(id, _)| !self.in_detail.contains(id))
    }

    /// The zones inside the perimeter whose own consequence lies above the line if it happens,
    /// and that no scenario of the detailed assessment names.
    pub fn zones_without_detail(&self) -> Vec<ZoneId> {
        self.without_detail().filter(|(_, zone)| self.is_above(self.own_level(zone))).map(|(id, _)| id).collect()
    }

    /// The zones inside the perimeter that still need a scenario of the detailed assessment, as far as anybody
    /// knows: they or a scenario of the initial assessment that names them lie above the line, or nobody has
    /// rated either.
    pub fn unseen(&self) -> Option<Open> {
        let mut levels: BTreeMap<ZoneId, Option<RiskLevel>> = BTreeMap::new();
        for named in &self.initial {
            let level = self.initial_level(named.1);
            for zone in zones_of(self.project, std::slice::from_ref(named)) {
                let known = levels.entry(zone).or_default();
                *known = level.max(*known);
            }
        }
        let is_open = |(id, zone): &(ZoneId, &Zone)| {
            let level = self.own_level(zone).max(levels.get(id).copied().flatten());
            level.is_none() || self.is_above(level)
        };
        self.open(
            "zone in no detailed scenario and not known to be tolerable",
            "zones in no detailed scenario and not known to be tolerable",
            self.without_detail().filter(is_open).map(|(id, _)| id),
        )
    }

    /// Scenarios of the initial assessment above the line that none of the detailed one looks at.
    pub fn initial_without_detail(&self) -> Vec<RiskId> {
        let looked_at: BTreeSet<RiskId> = self.detailed.iter().filter_map(|(_, it)| it.details).collect();
        let is_left = |id: RiskId, risk: &Risk| self.is_above(self.initial_level(risk)) && !looked_at.contains(&id);
        self.initial.iter().filter(|(id, it)| is_left(*id, it)).map(|(id, _)| *id).collect()
    }
}

fn zones_of(project: &Project, risks: &[(RiskId, &Risk)]) -> BTreeSet<ZoneId> {
    let mut named: BTreeSet<ZoneId> = BTreeSet::new();
    for (_, risk) in risks {
        named.extend(risk.targets.iter().filter_map(|it| it.zone()));
        named.extend(risk.assets.iter().filter_map(|&it| project.assets.get(it)?.zone));
        let looked_at = risk.details.and_then(|id| project.risks.get(id));
        named.extend(looked_at.into_iter().flat_map(|it| &it.targets).filter_map(|it| it.zone()));
    }
    named
}
