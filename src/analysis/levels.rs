//! Levels of a target (domain rules, section 3).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::standing::Standing;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Conduit, Fr, LevelVector, PerFr, Project, RequirementId, SecurityLevel, SlVector, Target};

/// What is known of each target; shared with earlier results where it did not change.
pub type LevelsByTarget = BTreeMap<Target, Arc<TargetLevels>>;

/// What is known of one target: scope, standing, levels, gaps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetLevels {
    /// The requirements that it is assessed against.
    pub scope: RequirementSet,
    /// How they stand.
    pub standing: Standing,
    /// SL-T, where one is set.
    pub target: Option<SlVector>,
    /// SL-C.
    pub capability: LevelVector,
    /// SL-A.
    pub achieved: LevelVector,
    /// SL-A if everything unknown turned out well.
    pub possible: LevelVector,
    /// SL-A counting only what is proven.
    pub evidenced: LevelVector,
    /// What the SL-T demands: in scope with a gate at or below the SL-T of its FR.
    pub demanded: RequirementSet,
}

impl TargetLevels {
    /// Works out the levels of a target from how its requirements stand.
    pub fn new(catalogue: &Catalogue, scope: RequirementSet, standing: Standing, target: Option<SlVector>) -> Self {
        let level = |satisfied: RequirementSet| PerFr::from_fn(|fr| highest(catalogue, scope, satisfied, fr));
        let demanded = target.map_or(RequirementSet::EMPTY, |target| {
            let of = |fr: Fr| catalogue.of_fr(fr) & catalogue.up_to(target[fr]) & scope;
            Fr::ALL.into_iter().map(of).fold(RequirementSet::EMPTY, |all, of| all | of)
        });
        Self {
            scope,
            standing,
            target,
            capability: level(standing.capable),
            achieved: level(standing.satisfied),
            possible: level(!standing.violated),
            evidenced: level(standing.proven),
            demanded,
        }
    }

    /// SL-A of the same target if its requirements stood like this.
    pub fn achieved_with(&self, catalogue: &Catalogue, standing: &Standing) -> LevelVector {
        if *standing == self.standing {
            return self.achieved;
        }
        PerFr::from_fn(|fr| highest(catalogue, self.scope, standing.satisfied, fr))
    }

    /// Whether they follow from just this.
    pub fn rests_on(&self, scope: RequirementSet, standing: &Standing, target: Option<SlVector>) -> bool {
        self.scope == scope && self.standing == *standing && self.target == target
    }

    /// Demanded and not satisfied: the gaps.
    pub fn gaps(&self) -> RequirementSet {
        self.demanded & self.standing.violated
    }

    /// Demanded, and nobody knows: the open questions.
    pub fn open_questions(&self) -> RequirementSet {
        self.demanded.without(self.standing.violated).without(self.standing.satisfied)
    }

    /// By how many levels SL-A falls short of SL-T; 0 without either.
    pub fn shortfall(&self, fr: Fr) -> u8 {
        match (self.target, self.achieved[fr]) {
            (Some(target), Some(achieved)) => target[fr].above(achieved),
            _ => 0,
        }
    }

    /// The largest shortfall of the seven FRs.
    pub fn worst_shortfall(&self) -> u8 {
        Fr::ALL.into_iter().map(|fr| self.shortfall(fr)).max().unwrap_or(0)
    }

    /// What keeps SL-A of an FR from the next level: "why is this 1?".
    pub fn capping(&self, catalogue: &Catalogue, fr: Fr) -> RequirementSet {
        self.achieved[fr].map_or(RequirementSet::EMPTY, |level| self.missing_for(catalogue, fr, level.next()))
    }

    /// The smallest set of requirements to satisfy for an FR to reach a level.
    pub fn missing_for(&self, catalogue: &Catalogue, fr: Fr, level: SecurityLevel) -> RequirementSet {
        (self.scope & catalogue.of_fr(fr) & catalogue.up_to(level)).without(self.standing.satisfied)
    }

    /// Whether a requirement is satisfied: yes, no, or unknown.
    pub fn is_satisfied(&self, catalogue: &Catalogue, id: RequirementId) -> Option<bool> {
        let index = catalogue.index(id)?;
        if self.standing.satisfied.contains(index) {
            Some(true)
        } else {
            self.standing.violated.contains(index).then_some(false)
        }
    }
}

/// The greatest level at which everything demanded is satisfied; `None` where
/// no requirement of the FR is in scope.
fn highest(catalogue: &Catalogue, scope: RequirementSet, satisfied: RequirementSet, fr: Fr) -> Option<SecurityLevel> {
    let scope = scope & catalogue.of_fr(fr);
    if scope.is_empty() {
        return None;
    }
    let reached = |level: &SecurityLevel| (scope & catalogue.up_to(*level)).is_within(satisfied);
    SecurityLevel::ALL.into_iter().rev().find(reached)
}

/// What a target is assessed against: a zone against everything, a conduit as the
/// catalogue has it, widened and narrowed by the project and by the conduit itself.
pub fn scope(project: &Project, catalogue: &Catalogue, target: Target) -> RequirementSet {
    match target {
        Target::Zone(_) => catalogue.all(),
        Target::Conduit(id) => conduit_scope(project, catalogue, project.conduits.get(id)),
    }
}

fn conduit_scope(project: &Project, catalogue: &Catalogue, conduit: Option<&Conduit>) -> RequirementSet {
    let mut scope = catalogue.conduit_default();
    let for_all = project.settings.conduit_scope.iter();
    let for_one = conduit.into_iter().flat_map(|it| &it.scope);
    for (&sr, &is_in) in for_all.chain(for_one) {
        let family = catalogue.with_enhancements(sr);
        scope = if is_in { scope | family } else { scope.without(family) };
    }
    scope
}
