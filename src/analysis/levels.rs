//! Levels of a target (domain rules, section 3).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::standing::Standing;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Conduit, Fr, LevelVector, PerFr, Project, RequirementId, SecurityLevel, SlVector, Target};

/// What is known of each target; shared with earlier results where it did not change.
pub type LevelsByTarget = BTreeMap<Target, Arc<TargetLevels>>;

/// How the level achieved stands to the target; the worse later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// No target, or nothing in scope.
    Unset,
    /// SL-A is SL-T or above.
    Reached,
    /// SL-A is below, for nothing at all is answered: nobody can say.
    NotAssessed,
    /// SL-A is below by so many levels.
    Short(u8),
}

/// How many of the targets that ask for a level reach it. What asks for SL 0 in every FR is reached
/// by doing nothing, and does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aims {
    /// Reached in all FRs.
    pub reached: usize,
    /// Known to fall short in one FR at least.
    pub short: usize,
    /// Known to fall short nowhere, and not assessed in one FR at least.
    pub not_assessed: usize,
}

impl Aims {
    /// Counts them.
    pub fn of<'a>(targets: impl IntoIterator<Item = &'a TargetLevels>) -> Self {
        let mut aims = Self::default();
        for levels in targets.into_iter().filter(|it| it.asks_for_a_level()) {
            match levels.worst_reach() {
                Reach::Unset | Reach::Reached => aims.reached += 1,
                Reach::NotAssessed => aims.not_assessed += 1,
                Reach::Short(_) => aims.short += 1,
            }
        }
        aims
    }

    /// All that ask for a level.
    pub fn all(self) -> usize {
        self.reached + self.short + self.not_assessed
    }
}

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
    /// Whether anything in scope of an FR has an answer that says yes or no.
    pub assessed: PerFr<bool>,
}

impl TargetLevels {
    /// Works out the levels of a target from how its requirements stand.
    pub fn new(catalogue: &Catalogue, scope: RequirementSet, standing: Standing, target: Option<SlVector>) -> Self {
        let level = |satisfied: RequirementSet| PerFr::from_fn(|fr| highest(catalogue, scope, satisfied, fr));
        let demanded = target.map_or(RequirementSet::EMPTY, |target| {
            let of = |fr: Fr| catalogue.of_fr(fr) & catalogue.up_to(target[fr]) & scope;
            Fr::ALL.into_iter().map(of).fold(RequirementSet::EMPTY, |all, of| all | of)
        });
        let answered = (standing.satisfied | standing.violated) & scope;
        Self {
            scope,
            standing,
            target,
            capability: level(standing.capable),
            achieved: level(standing.satisfied),
            possible: level(!standing.violated),
            evidenced: level(standing.proven),
            demanded,
            assessed: PerFr::from_fn(|fr| !(answered & catalogue.of_fr(fr)).is_empty()),
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

    /// How SL-A of an FR stands to SL-T.
    pub fn reach(&self, fr: Fr) -> Reach {
        match (self.target, self.achieved[fr], self.shortfall(fr)) {
            (None, _, _) | (_, None, _) => Reach::Unset,
            (_, _, 0) => Reach::Reached,
            _ if !self.assessed[fr] => Reach::NotAssessed,
            (_, _, shortfall) => Reach::Short(shortfall),
        }
    }

    /// The worst of the seven FRs; what has a target and nothing in scope reaches it.
    pub fn worst_reach(&self) -> Reach {
        match self.target {
            None => Reach::Unset,
            Some(_) => Fr::ALL.into_iter().map(|fr| self.reach(fr)).fold(Reach::Reached, Reach::max),
        }
    }

    /// The FRs of which nothing at all is answered, though the target asks for a level.
    pub fn not_assessed(&self) -> impl Iterator<Item = Fr> {
        Fr::ALL.into_iter().filter(|&fr| self.reach(fr) == Reach::NotAssessed)
    }

    /// Whether a target above 0 is set.
    pub fn asks_for_a_level(&self) -> bool {
        self.target.is_some_and(|it| it.highest() > SecurityLevel::ZERO)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn what_nobody_looked_at_is_not_assessed_and_not_short() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        let plant = plant.answer("Z-1", "SR 2.1", Status::NotAssessed, |it| it.notes = "Ask the operator".into());
        let plant = plant.sl_t_in("Z-1", Fr::Ra, 0);
        let analysis = plant.analyse();
        let levels = analysis.target(plant.target("Z-1")).unwrap();
        assert_eq!((levels.reach(Fr::Iac), levels.worst_reach()), (Reach::Short(2), Reach::Short(2)));
        assert_eq!(levels.reach(Fr::Uc), Reach::NotAssessed, "a note is no answer");
        assert_eq!(levels.shortfall(Fr::Uc), 2, "the figure stays by the letter");
        assert_eq!(levels.reach(Fr::Ra), Reach::Reached, "an SL-T of 0 is reached by doing nothing");
        assert_eq!(levels.not_assessed().count(), 5);
    }

    #[test]
    fn targets_are_counted_as_reached_short_or_not_assessed() {
        let tags = ["Z-1", "Z-2", "Z-3", "Z-4"];
        let plant = tags.iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()).sl_t(tag, 0));
        let plant = plant.sl_t("Z-1", 1).sl_t_in("Z-2", Fr::Tre, 1).sl_t_in("Z-3", Fr::Tre, 1);
        let plant = plant.answer("Z-2", "SR 6.1", Status::NotMet, |_| ());
        let plant = plant.answer("Z-3", "SR 6.1", Status::Met, |_| ());
        let aims = plant.analyse().aims();
        assert_eq!(aims, Aims { reached: 1, short: 1, not_assessed: 1 }, "Z-4 asks for nothing");
        assert_eq!(aims.all(), 3);
    }
}
