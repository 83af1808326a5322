//! What follows from a project: levels, gaps, priorities, exposure, roadmap, coverage, findings.
//!
//! Pure and total: nothing here reads a file or a clock, and no plant is too wrong
//! to be analysed; what is wrong with it is a [`Finding`]. An earlier result may be
//! handed in to save work; it never changes what comes out.

pub mod coverage;
pub mod derive;
pub mod exposure;
pub mod findings;
#[cfg(test)]
pub(crate) mod fixture;
pub mod gaps;
pub mod levels;
pub mod priority;
pub mod roadmap;
pub mod standing;
pub mod validation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use coverage::Coverage;
pub use exposure::EasiestPath;
pub use findings::{Finding, Findings, Severity};
pub use gaps::{Gap, GapKind, Treatment};
pub use levels::TargetLevels;
pub use priority::{Band, Consequence, ConsequenceOrigin, Exploitability, Factors};
pub use roadmap::WaveOutcome;
pub use standing::{Standing, Standings};

use crate::catalogue::Catalogue;
use crate::model::{LevelVector, Project, Target, ZoneId};

/// Everything that follows from a project on a day.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The day that expiry, overdue and waves are counted from.
    pub as_of: Date,
    /// Levels of every target.
    pub targets: Arc<BTreeMap<Target, TargetLevels>>,
    /// The fewest conduits from an untrusted zone, for zones that can be reached.
    pub hops: Arc<BTreeMap<ZoneId, u32>>,
    /// Consequence and exploitability of every target.
    pub factors: Arc<Factors>,
    /// All gaps in rank order.
    pub gaps: Vec<Gap>,
    /// What is wrong with the model, in the order of codes.
    pub findings: Findings,
    /// What the plan achieves, wave by wave.
    pub roadmap: Vec<WaveOutcome>,
    /// Coverage of NIS2 Article 21(2), point by point.
    pub coverage: Vec<Coverage>,
    standings: Standings,
    project: Project,
}

/// Analyses a project as it stands on a day.
pub fn analyse(project: &Project, catalogue: &Catalogue, as_of: Date) -> Analysis {
    analyse_after(project, catalogue, as_of, None)
}

/// The same, taking over from an earlier result what did not change.
pub fn analyse_after(project: &Project, catalogue: &Catalogue, as_of: Date, earlier: Option<&Analysis>) -> Analysis {
    let earlier = earlier.filter(|it| it.as_of == as_of);
    let standings = Standings::new(project, catalogue, as_of, earlier.map(|it| &it.standings));
    let targets = target_levels(project, catalogue, &standings);
    let (hops, factors) = match earlier.filter(|it| exposure_rests_on_the_same(&it.project, project)) {
        Some(it) => (Arc::clone(&it.hops), Arc::clone(&it.factors)),
        None => {
            let hops = exposure::hops(project);
            let factors = Factors::new(project, catalogue, &hops);
            (Arc::new(hops), Arc::new(factors))
        }
    };
    let gaps = gaps::ranked(project, catalogue, &targets, &factors, as_of);
    let plant = findings::Plant::new(project, catalogue, as_of, &standings);
    Analysis {
        as_of,
        findings: Findings::new(&plant, project, earlier.map(|it| (&it.findings, &it.project))),
        roadmap: roadmap::roadmap(project, catalogue, &targets, &standings, as_of),
        coverage: coverage::coverage(project, catalogue, &targets),
        targets: Arc::new(targets),
        hops,
        factors,
        gaps,
        standings,
        project: project.clone(),
    }
}

/// Whether nothing changed that reachability and the factors of gaps follow from.
fn exposure_rests_on_the_same(one: &Project, other: &Project) -> bool {
    one.zones.same(&other.zones)
        && one.conduits.same(&other.conduits)
        && one.flows.same(&other.flows)
        && one.risks.same(&other.risks)
        && Arc::ptr_eq(&one.settings, &other.settings)
}

fn target_levels(project: &Project, catalogue: &Catalogue, standings: &Standings) -> BTreeMap<Target, TargetLevels> {
    let levels = project.targets().map(|target| {
        let scope = levels::scope(project, catalogue, target);
        let sl_t = project.target_level(target).map(|it| it.levels);
        (target, TargetLevels::new(catalogue, scope, standings.of(target), sl_t))
    });
    levels.collect()
}

impl Analysis {
    /// What is known of a target; `None` for one that is gone.
    pub fn target(&self, target: Target) -> Option<&TargetLevels> {
        self.targets.get(&target)
    }

    /// SL-A of a target; no level anywhere for one that is gone.
    pub fn achieved(&self, target: Target) -> LevelVector {
        self.target(target).map(|it| it.achieved).unwrap_or_default()
    }

    /// The easiest path to each trusted zone that can be reached.
    pub fn easiest_paths(&self, project: &Project) -> Vec<EasiestPath> {
        exposure::easiest_paths(project, |conduit| self.achieved(conduit.into()))
    }

    /// The zones whose consequence makes a major gap block closure.
    pub fn critical_zones(&self, project: &Project) -> BTreeSet<ZoneId> {
        let is_critical = |id: &ZoneId| {
            let consequence = self.factors.consequence((*id).into());
            !consequence.is_assumed() && consequence.value >= gaps::BLOCKING_CONSEQUENCE
        };
        project.zones.ids().filter(is_critical).collect()
    }

    /// The gaps of one target in rank order.
    pub fn gaps_of(&self, target: Target) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(move |gap| gap.target == Some(target))
    }

    /// How many findings of a severity are open.
    pub fn open_findings(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|it| it.severity() == severity && it.set_aside.is_none()).count()
    }

    /// How many open questions there are over all targets.
    pub fn open_questions(&self) -> usize {
        self.targets.values().map(|it| it.open_questions().len()).sum()
    }
}
