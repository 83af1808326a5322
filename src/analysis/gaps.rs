//! Gaps with kind, classification, priority and treatment, in rank order
//! (domain rules, sections 4 and 5).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::levels::{LevelsByTarget, TargetLevels};
use super::priority::{Band, Consequence, ConsequenceOrigin, Factors, score};
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{
    Acceptance, Action, Classification, GapKey, GapOverride, ManualFinding, ManualFindingId, Project, RequirementId,
    SecurityLevel, Status, Target,
};

/// Something demanded that is not satisfied, or a finding written by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Where; `None` only for a manual finding that names no target.
    pub target: Option<Target>,
    /// Which requirement; `None` only for a manual finding that names none.
    pub requirement: Option<RequirementId>,
    /// The finding, if it was written by hand.
    pub manual: Option<ManualFindingId>,
    /// What closing it takes.
    pub kind: GapKind,
    /// How an auditor would class it.
    pub classification: Classification,
    /// Whether it keeps the audit from being closed.
    pub blocks_closure: bool,
    /// C, 1 to 5.
    pub consequence: u8,
    /// E, 1 to 5.
    pub exploitability: u8,
    /// A, 1 to 3.
    pub audit_impact: u8,
    /// 0 to 100.
    pub score: u8,
    /// How urgent.
    pub band: Band,
    /// What is being done about it.
    pub treatment: Treatment,
    /// Shortfall of the requirement's FR at the target.
    pub shortfall: u8,
}

impl Gap {
    /// What it is known by; `None` for a manual finding.
    pub fn key(&self) -> Option<GapKey> {
        if self.manual.is_some() {
            return None;
        }
        Some(GapKey { target: self.target?, requirement: self.requirement? })
    }

    /// Whether an action is to close it, dropped or not.
    pub fn is_closed_by(&self, action: &Action) -> bool {
        match self.manual {
            Some(id) => action.findings.contains(&id),
            None => self.key().is_some_and(|key| action.closes.contains(&key)),
        }
    }

    /// Whether an acceptance names it, in force or not.
    pub fn is_named_by(&self, acceptance: &Acceptance) -> bool {
        match self.manual {
            Some(id) => acceptance.findings.contains(&id),
            None => self.key().is_some_and(|key| acceptance.gaps.contains(&key)),
        }
    }

    /// Requirement and title, or tag and title of a manual finding.
    pub fn title(&self, project: &Project, catalogue: &Catalogue) -> String {
        let manual = self.manual.and_then(|id| project.manual_findings.get(id));
        let requirement = self.requirement.and_then(|id| catalogue.requirement(id));
        match (manual, requirement) {
            (Some(finding), _) => format!("{} {}", finding.tag, finding.title),
            (None, Some(requirement)) => format!("{} {}", requirement.id, requirement.title),
            (None, None) => String::new(),
        }
    }

    /// What the assessor wrote; for an inherited answer also where it comes from.
    pub fn found(&self, project: &Project) -> String {
        if let Some(finding) = self.manual.and_then(|id| project.manual_findings.get(id)) {
            return finding.notes.clone();
        }
        let answer = self.key().and_then(|key| project.answer(key.target, key.requirement));
        answer.map_or(String::new(), |answer| match answer.status {
            Status::Inherited(Some(source)) => {
                format!("Inherited from {}. {}", project.target_tag(source), answer.notes).trim_end().to_owned()
            }
            _ => answer.notes.clone(),
        })
    }
}

/// What closing a gap takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// Switch on what is there.
    Configure,
    /// New technology, or a compensating measure.
    Upgrade,
    /// First find out what the technology in place can do.
    ToClarify,
}

impl GapKind {
    /// The word for it in JSON, tables and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Configure => "configure",
            Self::Upgrade => "upgrade",
            Self::ToClarify => "to clarify",
        }
    }
}

/// Why no gap is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoGap {
    /// Nothing is demanded, and somewhere a target has yet to be set.
    NoTarget,
    /// Every target is set, and none demands anything.
    NothingDemanded,
    /// Nothing that is demanded is answered.
    NotAssessed,
    /// What is answered so far leaves none.
    SoFar,
    /// All that is demanded is answered, and nothing of it is missing.
    AllAnswered,
}

/// What is being done about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Nothing.
    Untreated,
    /// An action closes it.
    Action,
    /// The residual risk is accepted.
    Accepted,
    /// Accepted until an action closes it.
    Both,
}

impl Treatment {
    /// The word for it in JSON, tables and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Untreated => "untreated",
            Self::Action => "action",
            Self::Accepted => "accepted",
            Self::Both => "both",
        }
    }

    const fn of(by_action: bool, by_acceptance: bool) -> Self {
        match (by_action, by_acceptance) {
            (false, false) => Self::Untreated,
            (true, false) => Self::Action,
            (false, true) => Self::Accepted,
            (true, true) => Self::Both,
        }
    }
}

/// Which gaps actions and acceptances treat on a day.
struct Treatments {
    by_action: HashMap<Target, RequirementSet>,
    by_acceptance: HashMap<Target, RequirementSet>,
}

impl Treatments {
    fn new(project: &Project, catalogue: &Catalogue, as_of: Date) -> Self {
        let collect = |keys: &mut dyn Iterator<Item = GapKey>| {
            let mut treated: HashMap<Target, RequirementSet> = HashMap::new();
            for key in keys {
                if let Some(index) = catalogue.index(key.requirement) {
                    treated.entry(key.target).or_default().set(index, true);
                }
            }
            treated
        };
        let actions = project.actions.values().filter(|it| it.treats());
        let acceptances = project.acceptances.values().filter(|it| !it.is_expired(as_of));
        Self {
            by_action: collect(&mut actions.flat_map(|it| it.closes.iter().copied())),
            by_acceptance: collect(&mut acceptances.flat_map(|it| it.gaps.iter().copied())),
        }
    }
}

/// All gaps in rank order: by score, then what blocks closure, then the larger
/// shortfall, then the order of the requirements, then the target's tag. Of earlier
/// gaps, ranked when only levels were other than now, those of targets whose levels
/// stayed are taken over.
pub fn ranked(
    project: &Project,
    catalogue: &Catalogue,
    targets: &LevelsByTarget,
    factors: &Factors,
    as_of: Date,
    earlier: Option<(&[Gap], &LevelsByTarget)>,
) -> Vec<Gap> {
    let (earlier, earlier_targets) = earlier.unwrap_or((&[], const { &LevelsByTarget::new() }));
    let is_fresh = |(target, now): &(&Target, &Arc<TargetLevels>)| {
        earlier_targets.get(target).is_none_or(|before| !Arc::ptr_eq(before, now))
    };
    let mut fresh: Vec<Target> = targets.iter().filter(is_fresh).map(|(&target, _)| target).collect();
    let no_longer: BTreeSet<Target> = fresh.iter().copied().collect();
    let is_kept = |gap: &&Gap| gap.manual.is_none() && gap.target.is_some_and(|it| !no_longer.contains(&it));
    let kept: Vec<Gap> = earlier.iter().filter(is_kept).copied().collect();
    let mut gaps = Vec::new();
    fresh.sort_by_cached_key(|&target| (project.target_tag(target), target));
    let treatments = Treatments::new(project, catalogue, as_of);
    for target in fresh {
        let Some(levels) = targets.get(&target) else { continue };
        let consequence = factors.consequence(target).value;
        let exploitability = factors.exploitability(target).value;
        let treated = |by: &HashMap<Target, RequirementSet>| by.get(&target).copied().unwrap_or_default();
        let (by_action, by_acceptance) = (treated(&treatments.by_action), treated(&treatments.by_acceptance));
        for requirement in catalogue.members(levels.gaps()) {
            let id = requirement.id;
            let Some(index) = catalogue.index(id) else { continue };
            let proposal = Proposal {
                classification: classify(requirement.gate, levels.standing.partial.contains(index)),
                consequence,
                exploitability,
            };
            let decided = proposal.decide(project.overrides.get(GapKey { target, requirement: id }));
            let kind = if levels.standing.said_capable.contains(index) {
                GapKind::Configure
            } else if levels.standing.said_incapable.contains(index) {
                GapKind::Upgrade
            } else {
                GapKind::ToClarify
            };
            gaps.push(Gap {
                target: Some(target),
                requirement: Some(id),
                manual: None,
                kind,
                treatment: Treatment::of(by_action.contains(index), by_acceptance.contains(index)),
                shortfall: levels.shortfall(id.fr()),
                ..decided
            });
        }
    }
    // the sort is stable, and the targets came in the order of their tags
    gaps.sort_by_key(rank);
    let place = |gap: &Gap| (gap.target.is_none(), gap.target.map(|target| (project.target_tag(target), target)));
    let is_before = |one: &Gap, other: &Gap| (rank(one), place(one)) <= (rank(other), place(other));
    let mut gaps = merged(kept, gaps, is_before);
    // findings written by hand are few, and each has its place among the others
    for manual in manual_gaps(project, targets, factors, as_of) {
        gaps.insert(gaps.partition_point(|it| is_before(it, &manual)), manual);
    }
    gaps
}

/// Both in one, each in order already. Where few are new, what lies between them is taken over as it is.
fn merged(kept: Vec<Gap>, fresh: Vec<Gap>, is_before: impl Fn(&Gap, &Gap) -> bool) -> Vec<Gap> {
    if kept.is_empty() {
        return fresh;
    }
    let mut all = Vec::with_capacity(kept.len() + fresh.len());
    let mut rest = kept.as_slice();
    for gap in fresh {
        let (before, after) = rest.split_at(rest.partition_point(|it| is_before(it, &gap)));
        all.extend_from_slice(before);
        all.push(gap);
        rest = after;
    }
    all.extend_from_slice(rest);
    all
}

/// The rank of a gap but for its target; a gap of no requirement comes after all others.
fn rank(gap: &Gap) -> impl Ord + use<> {
    let requirement = gap.requirement.map_or((1, None), |id| (0, Some(id)));
    (u8::MAX - gap.score, !gap.blocks_closure, u8::MAX - gap.shortfall, requirement)
}

/// What follows for a gap before anybody decides otherwise.
struct Proposal {
    classification: Classification,
    consequence: u8,
    exploitability: u8,
}

impl Proposal {
    fn decide(self, decided: Option<&GapOverride>) -> Gap {
        let of_five = |value: u8| value.clamp(1, 5);
        let decided = decided.cloned().unwrap_or_default();
        let classification = decided.classification.map_or(self.classification, |it| it.value);
        let consequence = decided.consequence.map_or(self.consequence, |it| of_five(it.value.number()));
        let exploitability = decided.exploitability.map_or(self.exploitability, |it| of_five(it.value.number()));
        let blocks_closure = decided
            .blocks_closure
            .map_or(classification == Classification::Major && consequence >= BLOCKING_CONSEQUENCE, |it| it.value);
        let follows = if blocks_closure { 3 } else { audit_impact(classification) };
        let audit_impact = decided.audit_impact.map_or(follows, |it| it.value.number().clamp(1, 3));
        let score = score(consequence, exploitability, audit_impact);
        Gap {
            target: None,
            requirement: None,
            manual: None,
            kind: GapKind::ToClarify,
            classification,
            blocks_closure,
            consequence,
            exploitability,
            audit_impact,
            score,
            band: Band::of(score),
            treatment: Treatment::Untreated,
            shortfall: 0,
        }
    }
}

/// From this consequence on, a major gap blocks closure by default.
pub const BLOCKING_CONSEQUENCE: u8 = 4;

/// The classification proposed for a gap.
fn classify(gate: SecurityLevel, is_partial: bool) -> Classification {
    match (gate.number() <= 1, is_partial) {
        (true, false) => Classification::Major,
        (true, true) | (false, false) => Classification::Minor,
        (false, true) => Classification::Observation,
    }
}

/// A of a classification.
pub fn audit_impact(classification: Classification) -> u8 {
    match classification {
        Classification::Major => 3,
        Classification::Minor => 2,
        Classification::Observation => 1,
    }
}

/// Open manual findings: one gap for each target named (for none, one gap without a
/// target), under the first requirement named.
fn manual_gaps(project: &Project, targets: &LevelsByTarget, factors: &Factors, as_of: Date) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (id, finding) in project.manual_findings.iter().filter(|(_, it)| !it.closed) {
        let by_action = project.actions.values().any(|it| it.treats() && it.findings.contains(&id));
        let by_acceptance = project.acceptances.values().any(|it| !it.is_expired(as_of) && it.findings.contains(&id));
        let requirement = finding.requirements.first().copied();
        for target in manual_targets(project, finding) {
            let consequence = target.map_or(3, |target| factors.consequence(target).value);
            let exploitability = target.map_or(1, |target| factors.exploitability(target).value);
            let proposal = Proposal { classification: finding.classification, consequence, exploitability };
            let levels = target.and_then(|target| targets.get(&target));
            gaps.push(Gap {
                target,
                requirement,
                manual: Some(id),
                treatment: Treatment::of(by_action, by_acceptance),
                shortfall: levels.zip(requirement).map_or(0, |(levels, id)| levels.shortfall(id.fr())),
                ..proposal.decide(None)
            });
        }
    }
    gaps.sort_by_key(|gap| gap.target.map(|target| (project.target_tag(target), target)));
    gaps
}

/// The targets of a manual finding: those it names, and the zones of the assets it names.
fn manual_targets(project: &Project, finding: &ManualFinding) -> Vec<Option<Target>> {
    let of_assets = finding.assets.iter().filter_map(|&id| Some(Target::Zone(project.assets.get(id)?.zone?)));
    let named: BTreeSet<_> = finding.targets.iter().copied().chain(of_assets).collect();
    if named.is_empty() { vec![None] } else { named.into_iter().map(Some).collect() }
}

/// The consequence that counts for a gap, with where it comes from.
pub fn consequence_of(project: &Project, factors: &Factors, gap: &Gap) -> Consequence {
    let computed = gap
        .target
        .map_or(Consequence { value: 3, origin: ConsequenceOrigin::Assumed }, |target| factors.consequence(target));
    let decided = gap.key().and_then(|key| project.overrides.get(key));
    let is_overridden = decided.is_some_and(|it| it.consequence.is_some());
    if is_overridden { Consequence { value: gap.consequence, origin: ConsequenceOrigin::Overridden } } else { computed }
}
