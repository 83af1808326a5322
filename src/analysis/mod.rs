//! What follows from a project: levels, gaps, priorities, exposure, roadmap, coverage, findings.
//!
//! Pure and total: nothing here reads a file or a clock, and no plant is too wrong
//! to be analysed; what is wrong with it is a [`Finding`]. An earlier result may be
//! handed in to save work; it never changes what comes out.

pub mod agenda;
pub mod answering;
pub mod compare;
pub mod course;
pub mod coverage;
pub mod derive;
pub mod estimates;
pub mod exposure;
pub mod findings;
pub mod fixes;
#[cfg(test)]
pub(crate) mod fixture;
pub mod gaps;
pub mod levels;
pub mod open;
pub mod priority;
pub mod proceedings;
pub mod proposals;
pub mod roadmap;
pub mod scales;
pub mod scoping;
mod sources;
pub mod standing;
pub mod validation;
pub mod zcr;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

pub use course::Course;
pub use coverage::Coverage;
pub use exposure::EasiestPath;
use findings::Earlier;
pub use findings::{Finding, Findings, Severity};
pub use fixes::{Fix, Repair};
pub use gaps::{Gap, GapKind, NoGap, Treatment};
pub use levels::{AT_LEAST, Aims, Answered, LevelsByTarget, NOT_ASSESSED, Reach, SoFar, TargetLevels};
pub use open::{Open, ScopePart, Spot};
pub use priority::{Band, Consequence, ConsequenceOrigin, Exploitability, Factors};
pub use proposals::{Proposal, Proposals};
pub use roadmap::WaveOutcome;
use sources::{FACTORS, Source, Sources};
pub use standing::{Standing, Standings};
pub use validation::StepState;
pub use zcr::{Progress, ZcrState};

use crate::catalogue::Catalogue;
use crate::model::{LevelVector, Project, Target, ZoneId};

/// Everything that follows from a project on a day.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The day that expiry, overdue and waves are counted from.
    pub as_of: Date,
    /// Levels of every target.
    pub targets: LevelsByTarget,
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
    /// Worked out when they are first asked for.
    zcr: OnceLock<Arc<[ZcrState]>>,
    steps: OnceLock<Arc<[StepState]>>,
    heirs: OnceLock<Arc<answering::Heirs>>,
}

/// Analyses a project as it stands on a day.
pub fn analyse(project: &Project, catalogue: &Catalogue, as_of: Date) -> Analysis {
    analyse_after(project, catalogue, as_of, None)
}

/// The same, taking over from an earlier result what did not change.
pub fn analyse_after(project: &Project, catalogue: &Catalogue, as_of: Date, earlier: Option<&Analysis>) -> Analysis {
    let earlier = earlier.filter(|it| it.as_of == as_of);
    let differing = earlier.map_or(Sources::ALL, |it| Sources::differing(&it.project, project));
    if let Some(it) = earlier.filter(|_| differing.is_empty()) {
        return Analysis { project: project.clone(), ..it.clone() };
    }
    if let Some(it) = earlier.filter(|_| differing.are_within(DESCRIPTION)) {
        let plant = findings::Plant::new(project, catalogue, as_of, (&it.standings, &it.factors));
        let found = Earlier { findings: &it.findings, differing, answered: &[] };
        return Analysis {
            findings: Findings::new(plant, project, Some(&found)),
            project: project.clone(),
            zcr: OnceLock::new(),
            steps: OnceLock::new(),
            ..it.clone()
        };
    }
    let standings = Standings::new(project, catalogue, as_of, earlier.map(|it| &it.standings));
    let known = earlier.map(|it| Known { it, same_scopes: !differing.meets(SCOPES) });
    let targets = target_levels(project, catalogue, &standings, known);
    let (hops, factors) = match earlier.filter(|_| !differing.meets(FACTORS)) {
        Some(it) => (Arc::clone(&it.hops), Arc::clone(&it.factors)),
        None => {
            let hops = exposure::hops(project);
            let factors = Factors::new(project, catalogue, &hops);
            (Arc::new(hops), Arc::new(factors))
        }
    };
    let still_right = earlier.filter(|_| !differing.meets(FACTORS) && !differing.meets(GAPS));
    let earlier_gaps = still_right.map(|it| (&it.gaps[..], &it.targets));
    let plant = findings::Plant::new(project, catalogue, as_of, (&standings, &factors));
    let answered = earlier.map(|it| standings.changed_since(&it.standings)).unwrap_or_default();
    let found = earlier.map(|it| Earlier { findings: &it.findings, differing, answered: &answered });
    Analysis {
        as_of,
        gaps: gaps::ranked(project, catalogue, &targets, &factors, as_of, earlier_gaps),
        findings: Findings::new(plant, project, found.as_ref()),
        roadmap: roadmap::roadmap(project, catalogue, &targets, &standings, as_of),
        coverage: coverage::coverage(project, catalogue, &targets),
        targets,
        hops,
        factors,
        standings,
        project: project.clone(),
        zcr: OnceLock::new(),
        steps: OnceLock::new(),
        heirs: OnceLock::new(),
    }
}

/// What is told of the plant and its parts: it counts in nothing but findings and how far the requirements of IEC 62443-3-2 are.
const DESCRIPTION: Sources = Sources::of(&[Source::Scope, Source::TitlePage, Source::Words]);

/// What gaps follow from besides: with the levels of a target, all of its gaps.
const GAPS: Sources =
    Sources::of(&[Source::Assets, Source::Actions, Source::Acceptances, Source::ManualFindings, Source::Overrides]);

/// What the targets, their scopes and their SL-T follow from.
const SCOPES: Sources = Sources::of(&[Source::Zones, Source::Conduits, Source::Settings]);

/// An earlier result, and whether the targets, their scopes and SL-T are the same.
struct Known<'a> {
    it: &'a Analysis,
    same_scopes: bool,
}

/// Of earlier levels those are taken over that still hold.
fn target_levels(
    project: &Project,
    catalogue: &Catalogue,
    standings: &Standings,
    earlier: Option<Known>,
) -> LevelsByTarget {
    if let Some(Known { it: earlier, same_scopes: true }) = earlier {
        let mut levels = earlier.targets.clone();
        for target in standings.standing_otherwise(&earlier.standings) {
            if let Some(it) = levels.get_mut(&target) {
                *it = Arc::new(TargetLevels::new(catalogue, it.scope, standings.of(target), it.target));
            }
        }
        return levels;
    }
    let earlier = earlier.map(|known| &known.it.targets);
    let levels = project.targets().map(|target| {
        let scope = levels::scope(project, catalogue, target);
        let standing = standings.of(target);
        let sl_t = project.target_level(target).map(|it| it.levels);
        let known = earlier.and_then(|it| it.get(&target)).filter(|it| it.rests_on(scope, &standing, sl_t));
        let fresh = || Arc::new(TargetLevels::new(catalogue, scope, standing, sl_t));
        (target, known.map_or_else(fresh, Arc::clone))
    });
    levels.collect()
}

impl Analysis {
    /// Whether it follows from this very project on this day.
    pub fn is_of(&self, project: &Project, as_of: Date) -> bool {
        self.as_of == as_of && self.project.same(project)
    }

    /// The project that it follows from.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// How far each requirement of IEC 62443-3-2 is, in the order of the standard.
    pub fn zcr(&self, catalogue: &Catalogue) -> &[ZcrState] {
        self.zcr.get_or_init(|| zcr::states(&self.project, catalogue, self).into())
    }

    /// The steps of validation before remediation, and what is open at each.
    pub fn steps(&self, catalogue: &Catalogue) -> &[StepState] {
        self.steps.get_or_init(|| validation::steps(&self.project, catalogue, self).into())
    }

    /// The targets with answers inherited from this one, and how many, in the order of their tags.
    pub fn heirs(&self, source: Target) -> &[(Target, usize)] {
        let heirs = self.heirs.get_or_init(|| answering::heirs_by_source(&self.project).into());
        heirs.get(&source).map_or(&[], Vec::as_slice)
    }

    /// What is known of a target; `None` for one that is gone.
    pub fn target(&self, target: Target) -> Option<&TargetLevels> {
        self.targets.get(&target).map(|it| &**it)
    }

    /// How many targets are reached.
    pub fn aims(&self) -> Aims {
        Aims::of(self.targets.values().map(|it| &**it))
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

    /// How many findings of a severity are open.
    pub fn open_findings(&self, severity: Severity) -> usize {
        self.findings.open(severity)
    }

    /// How many gaps there are, or that nobody can say before anything is demanded or answered.
    pub fn gaps_in_words(&self) -> String {
        match self.no_gap() {
            Some(NoGap::NoTarget) => "no targets".to_owned(),
            Some(NoGap::NotAssessed) => "not assessed".to_owned(),
            Some(NoGap::NothingDemanded) => "nothing demanded".to_owned(),
            _ => self.gaps.len().to_string(),
        }
    }

    /// Why no gap is known; `None` where there are gaps.
    pub fn no_gap(&self) -> Option<NoGap> {
        if !self.gaps.is_empty() {
            return None;
        }
        Some(match self.answered() {
            Answered { demanded: 0, .. } if self.has_all_targets() => NoGap::NothingDemanded,
            Answered { demanded: 0, .. } => NoGap::NoTarget,
            Answered { answered: 0, .. } => NoGap::NotAssessed,
            answered if answered.open() > 0 => NoGap::SoFar,
            _ => NoGap::AllAnswered,
        })
    }

    /// Whether there is a zone or conduit, and each has its SL-T.
    pub fn has_all_targets(&self) -> bool {
        !self.targets.is_empty() && self.targets.values().all(|it| it.target.is_some())
    }

    /// How much of what is demanded, over all targets, is answered.
    pub fn answered(&self) -> Answered {
        let demanded = self.targets.values().map(|it| it.demanded.len()).sum();
        Answered { demanded, answered: demanded - self.open_questions() }
    }

    /// How many open questions there are over all targets.
    pub fn open_questions(&self) -> usize {
        self.targets.values().map(|it| it.open_questions().len()).sum()
    }
}
