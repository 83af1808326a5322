//! Levels of a target (domain rules, section 3).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::standing::Standing;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Conduit, Fr, LevelVector, PerFr, Project, RequirementId, SecurityLevel, SlVector, Target};

/// What is known of each target; shared with earlier results where it did not change.
pub type LevelsByTarget = BTreeMap<Target, Arc<TargetLevels>>;

/// How the level achieved stands to the target, as far as answers say; the worse later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing is asked for: no target, one of 0, or nothing in scope up to it.
    Unset,
    /// SL-A is SL-T or above.
    Reached,
    /// Nothing at all is answered: nobody can say.
    NotAssessed,
    /// What is answered keeps nothing back, but not all is answered: nobody can say.
    Open,
    /// Answers keep SL-A below.
    Short {
        /// By so many levels, however the open questions turn out.
        by: u8,
        /// Open questions may make it more.
        or_more: bool,
    },
}

/// Stands where nothing at all is answered.
pub const NOT_ASSESSED: &str = "?";

/// Stands after a level or a shortfall that open questions may make greater.
pub const AT_LEAST: char = '+';

/// A level as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoFar {
    /// What answers bear out; `None` where nothing is in scope.
    pub level: Option<SecurityLevel>,
    /// What it comes to if all that is open turns out well.
    pub up_to: Option<SecurityLevel>,
    /// Whether anything at all is answered.
    pub assessed: bool,
}

impl SoFar {
    /// A level that nothing open can change.
    pub fn settled(level: Option<SecurityLevel>) -> Self {
        Self { level, up_to: level, assessed: true }
    }

    /// Whether open questions may lift it.
    pub fn is_open(self) -> bool {
        self.up_to > self.level
    }

    /// "2", "1+" where open questions may lift it, a question mark where nothing is answered,
    /// a dash where there is no level.
    pub fn figure(self) -> String {
        match self.level {
            None => "–".to_owned(),
            Some(_) if !self.assessed => NOT_ASSESSED.to_owned(),
            Some(level) if self.is_open() => format!("{level}{AT_LEAST}"),
            Some(level) => level.to_string(),
        }
    }
}

/// How much of what the targets demand is answered: what a number of gaps is to be read with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many requirements are demanded, over all targets.
    pub demanded: usize,
    /// How many of them have an answer that says yes or no.
    pub answered: usize,
}

impl Answered {
    /// How many are open questions.
    pub fn open(self) -> usize {
        self.demanded.saturating_sub(self.answered)
    }

    /// Whether there is no answer that a gap could follow from.
    pub fn is_nothing(self) -> bool {
        self.answered == 0
    }

    /// What was counted among gaps or answers. `None` where nothing is answered and nothing was found:
    /// a zero would read as a result.
    pub fn known(self, count: usize) -> Option<usize> {
        (count > 0 || !self.is_nothing()).then_some(count)
    }

    /// "12 of 340 answered", "all 340 answered", "nothing answered yet", "nothing demanded".
    pub fn words(self) -> String {
        match self {
            Self { demanded: 0, .. } => "nothing demanded".to_owned(),
            Self { answered: 0, .. } => "nothing answered yet".to_owned(),
            Self { demanded, answered } if answered == demanded => format!("all {demanded} answered"),
            Self { demanded, answered } => format!("{answered} of {demanded} answered"),
        }
    }
}

/// How many of the targets that ask for a level reach it. What asks for SL 0 in every FR is reached
/// by doing nothing, and does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aims {
    /// Reached in all FRs.
    pub reached: usize,
    /// Known to fall short in one FR at least.
    pub short: usize,
    /// Known to fall short nowhere, and something that it asks for is not answered.
    pub open: usize,
}

impl Aims {
    /// Counts them.
    pub fn of<'a>(targets: impl IntoIterator<Item = &'a TargetLevels>) -> Self {
        let mut aims = Self::default();
        for levels in targets.into_iter().filter(|it| it.asks_for_a_level()) {
            match levels.worst_reach() {
                Reach::Unset | Reach::Reached => aims.reached += 1,
                Reach::NotAssessed | Reach::Open => aims.open += 1,
                Reach::Short { .. } => aims.short += 1,
            }
        }
        aims
    }

    /// All that ask for a level.
    pub fn all(self) -> usize {
        self.reached + self.short + self.open
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
    /// SL-C if the technology were capable of all that nobody denied.
    pub possible_capability: LevelVector,
    /// SL-A.
    pub achieved: LevelVector,
    /// SL-A if everything unknown turned out well.
    pub possible: LevelVector,
    /// SL-A counting only what is proven.
    pub evidenced: LevelVector,
    /// What is proven if everything unknown turned out well and were proven.
    pub provable: LevelVector,
    /// What the SL-T demands: in scope with a gate at or below the SL-T of its FR.
    pub demanded: RequirementSet,
    /// Whether anything in scope of an FR has an answer that says yes or no.
    pub assessed: PerFr<bool>,
    /// Whether of anything in scope of an FR it is known if the technology is capable of it.
    pub capability_said: PerFr<bool>,
    /// Whether the SL-T demands anything of an FR.
    pub asks: PerFr<bool>,
}

/// What an SL-T demands of a scope: what has a gate at or below the SL-T of its FR.
pub(super) fn demanded(catalogue: &Catalogue, scope: RequirementSet, sl_t: &SlVector) -> RequirementSet {
    let of = |fr: Fr| catalogue.of_fr(fr) & catalogue.up_to(sl_t[fr]) & scope;
    Fr::ALL.into_iter().map(of).fold(RequirementSet::EMPTY, |all, of| all | of)
}

impl TargetLevels {
    /// Works out the levels of a target from how its requirements stand.
    pub fn new(catalogue: &Catalogue, scope: RequirementSet, standing: Standing, target: Option<SlVector>) -> Self {
        let level = |satisfied: RequirementSet| PerFr::from_fn(|fr| highest(catalogue, scope, satisfied, fr));
        let demanded = target.map_or(RequirementSet::EMPTY, |it| demanded(catalogue, scope, &it));
        let answered = (standing.satisfied | standing.violated) & scope;
        let said = (standing.capable | standing.said_incapable) & scope;
        Self {
            scope,
            standing,
            target,
            capability: level(standing.capable),
            possible_capability: level(!standing.said_incapable),
            achieved: level(standing.satisfied),
            possible: level(!standing.violated),
            evidenced: level(standing.proven),
            provable: level(standing.proven | !(standing.violated | standing.satisfied)),
            demanded,
            assessed: PerFr::from_fn(|fr| !(answered & catalogue.of_fr(fr)).is_empty()),
            capability_said: PerFr::from_fn(|fr| !(said & catalogue.of_fr(fr)).is_empty()),
            asks: PerFr::from_fn(|fr| !(demanded & catalogue.of_fr(fr)).is_empty()),
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

    /// The part of the shortfall that answers cause: it stays, however the open questions turn out.
    pub fn known_shortfall(&self, fr: Fr) -> u8 {
        match (self.target, self.possible[fr]) {
            (Some(target), Some(possible)) => target[fr].above(possible),
            _ => 0,
        }
    }

    /// SL-A of an FR as far as it is known.
    pub fn achieved_so_far(&self, fr: Fr) -> SoFar {
        SoFar { level: self.achieved[fr], up_to: self.possible[fr], assessed: self.assessed[fr] }
    }

    /// SL-C of an FR as far as it is known: open where nobody said whether the technology could do it.
    pub fn capable_so_far(&self, fr: Fr) -> SoFar {
        let (level, up_to) = (self.capability[fr], self.possible_capability[fr]);
        SoFar { level, up_to, assessed: self.capability_said[fr] }
    }

    /// What is proven of an FR, as far as it is known.
    pub fn proven_so_far(&self, fr: Fr) -> SoFar {
        SoFar { level: self.evidenced[fr], up_to: self.provable[fr], assessed: self.assessed[fr] }
    }

    /// How SL-A of an FR stands to SL-T.
    pub fn reach(&self, fr: Fr) -> Reach {
        match (self.shortfall(fr), self.known_shortfall(fr)) {
            _ if !self.asks[fr] => Reach::Unset,
            (0, _) => Reach::Reached,
            _ if !self.assessed[fr] => Reach::NotAssessed,
            (_, 0) => Reach::Open,
            (all, by) => Reach::Short { by, or_more: all > by },
        }
    }

    /// The worst of the seven FRs; not assessed only where nothing at all is answered.
    pub fn worst_reach(&self) -> Reach {
        match Fr::ALL.into_iter().map(|fr| self.reach(fr)).fold(Reach::Unset, Reach::max) {
            Reach::NotAssessed if self.is_begun() => Reach::Open,
            worst => worst,
        }
    }

    /// Whether anything in scope has an answer that says yes or no.
    pub fn is_begun(&self) -> bool {
        self.assessed.iter().any(|(_, is)| *is)
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
    use crate::model::{Known, Status};

    #[test]
    fn what_nobody_looked_at_is_not_assessed_and_not_short() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2).answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
        let plant = plant.answer("Z-1", "SR 2.1", Status::NotAssessed, |it| it.notes = "Ask the operator".into());
        let plant = plant.sl_t_in("Z-1", Fr::Ra, 0);
        let analysis = plant.analyse();
        let levels = analysis.target(plant.target("Z-1")).unwrap();
        let short = Reach::Short { by: 2, or_more: false };
        assert_eq!((levels.reach(Fr::Iac), levels.worst_reach()), (short, short));
        assert_eq!(levels.reach(Fr::Uc), Reach::NotAssessed, "a note is no answer");
        assert_eq!(levels.shortfall(Fr::Uc), 2, "the figure stays by the letter");
        assert_eq!(levels.reach(Fr::Ra), Reach::Unset, "an SL-T of 0 asks for nothing, so that nothing is reached");
        assert_eq!(levels.not_assessed().count(), 5);
    }

    #[test]
    fn only_answers_make_a_target_short() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 3).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let reach = |plant: &Fixture| {
            let analysis = plant.analyse();
            let levels = analysis.target(plant.target("Z-1")).unwrap();
            (levels.reach(Fr::Iac), levels.worst_reach())
        };
        assert_eq!(reach(&plant), (Reach::Open, Reach::Open), "one Met answer tells of no shortfall");
        let plant = plant.answer("Z-1", "SR 1.1 RE 2", Status::NotMet, |_| ());
        let (by_one, worst) = reach(&plant);
        assert_eq!(by_one, Reach::Short { by: 1, or_more: true }, "gate 3 is missing, the rest is open");
        assert_eq!(worst, by_one);
        let plant = plant.answer("Z-1", "SR 1.2", Status::NotMet, |_| ());
        assert_eq!(reach(&plant).0, Reach::Short { by: 2, or_more: true });
        let plant = plant.answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        assert_eq!(reach(&plant).0, Reach::Short { by: 3, or_more: false }, "nothing open can make it worse");
    }

    #[test]
    fn a_capability_that_nobody_spoke_of_is_no_level() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1);
        let figure = |plant: &Fixture| {
            let analysis = plant.analyse();
            let levels = analysis.target(plant.target("Z-1")).unwrap();
            (levels.capable_so_far(Fr::Tre).figure(), levels.capability[Fr::Tre].unwrap().number())
        };
        let shown = |figure: &str, level: u8| (figure.to_owned(), level);
        assert_eq!(figure(&plant), shown("?", 0));
        let stands_in = |it: &mut crate::model::Answer| it.countermeasure = "Guards".into();
        let plant = plant.answer("Z-1", "SR 6.2", Status::Compensated, stands_in);
        assert_eq!(figure(&plant), shown("?", 0), "what stands in for it says nothing of the technology");
        let plant = plant.answer("Z-1", "SR 6.1", Status::Met, |_| ());
        assert_eq!(figure(&plant), shown("1+", 1), "what is met the technology can do");
        let denied = plant.answer("Z-1", "SR 6.2", Status::Compensated, |it| it.capable = Known::No);
        assert_eq!(figure(&denied), shown("1", 1), "what stays open cannot lift it any more");
    }

    #[test]
    fn targets_are_counted_as_reached_short_or_not_assessed() {
        let tags = ["Z-1", "Z-2", "Z-3", "Z-4"];
        let plant = tags.iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()).sl_t(tag, 0));
        let plant = plant.sl_t("Z-1", 1).sl_t_in("Z-2", Fr::Tre, 1).sl_t_in("Z-3", Fr::Tre, 1);
        let plant = plant.answer("Z-2", "SR 6.1", Status::NotMet, |_| ());
        let plant = plant.answer("Z-3", "SR 6.1", Status::Met, |_| ());
        let aims = plant.analyse().aims();
        assert_eq!(aims, Aims { reached: 1, short: 1, open: 1 }, "Z-4 asks for nothing");
        assert_eq!(aims.all(), 3);
    }

    #[test]
    fn no_gap_is_counted_before_anything_is_answered() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 1);
        let said = |plant: &Fixture| (plant.analyse().gaps_in_words(), plant.analyse().answered().words());
        let demanded = plant.analyse().answered().demanded;
        assert_eq!(said(&plant), ("not assessed".to_owned(), "nothing answered yet".to_owned()));
        let met = plant.answer("Z-1", "SR 1.1", Status::Met, |_| ());
        assert_eq!(said(&met), ("0".to_owned(), format!("1 of {demanded} answered")));
        let zero = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 0);
        assert_eq!(said(&zero), ("nothing demanded".to_owned(), "nothing demanded".to_owned()));
        let undecided = Fixture::new().zone("Z-1", |_| ());
        assert_eq!(said(&undecided), ("no targets".to_owned(), "nothing demanded".to_owned()));
        let answered = |answered| Answered { demanded: 3, answered };
        assert_eq!([0, 1].map(|it| answered(it).known(0)), [None, Some(0)]);
        assert_eq!(answered(0).known(2), Some(2), "a finding by hand is one before anything is answered");
    }
}
