//! The smallest set of answers that lifts SL-A of an FR to each next level.

use super::chain::{chain, heirs};
use crate::analysis::TargetLevels;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Fr, GapKey, Project, SecurityLevel, Target};

/// A level, and the answers that it takes besides those of the level before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    /// The level reached.
    pub level: SecurityLevel,
    /// The answers that have to be satisfied for it.
    pub answers: Vec<Missing>,
}

/// An answer that has to be satisfied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where to answer it: an inherited one at its source.
    pub key: GapKey,
    /// Other targets that the same answer serves.
    pub serves: Vec<Target>,
}

/// What lifts an FR of a target, level by level; levels that take nothing more are left out.
pub fn lifts(project: &Project, catalogue: &Catalogue, levels: &TargetLevels, target: Target, fr: Fr) -> Vec<Lift> {
    let Some(achieved) = levels.achieved[fr] else { return Vec::new() };
    let mut before = RequirementSet::EMPTY;
    let mut lifts = Vec::new();
    for level in SecurityLevel::ALL.into_iter().filter(|it| *it > achieved) {
        let missing = levels.missing_for(catalogue, fr, level);
        let answers: Vec<Missing> =
            catalogue.members(missing.without(before)).map(|it| answer(project, target, it.id)).collect();
        before = missing;
        if !answers.is_empty() {
            lifts.push(Lift { level, answers });
        }
    }
    lifts
}

fn answer(project: &Project, target: Target, requirement: crate::model::RequirementId) -> Missing {
    let asked = GapKey { target, requirement };
    let key = GapKey { target: chain(project, asked).source(target), requirement };
    let mut serves = heirs(project, key);
    serves.retain(|it| *it != target);
    Missing { key, serves }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Answer, Status};

    /// Z-1 has all of FR 5 met but some; SR 5.2 comes from Z-SITE, and so does that of Z-2.
    fn plant() -> Fixture {
        let from = Status::Inherited(Some(Fixture::new().target("Z-SITE")));
        let mut plant = Fixture::new().zone("Z-SITE", |_| ()).zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let catalogue = Catalogue::embedded();
        for requirement in catalogue.members(catalogue.of_fr(Fr::Rdf)) {
            plant = plant.answer("Z-1", &requirement.id.to_string(), Status::Met, |_| ());
        }
        plant
            .answer("Z-1", "SR 5.2", from, |_| ())
            .answer("Z-2", "SR 5.2", from, |_| ())
            .answer("Z-SITE", "SR 5.2", Status::NotMet, |_| ())
            .answer("Z-1", "SR 5.1 RE 1", Status::Partial, |_| ())
    }

    fn lifted(plant: &Fixture) -> Vec<Lift> {
        let target = plant.target("Z-1");
        let analysis = plant.analyse();
        lifts(&plant.project, Catalogue::embedded(), analysis.target(target).unwrap(), target, Fr::Rdf)
    }

    #[test]
    fn an_inherited_requirement_is_lifted_at_its_source() {
        let plant = plant();
        let found = lifted(&plant);
        let keys: Vec<_> = found
            .iter()
            .map(|it| (it.level.number(), it.answers.iter().map(|it| it.key).collect::<Vec<_>>()))
            .collect();
        assert_eq!(keys, [(1, vec![plant.gap("Z-SITE/SR 5.2")]), (2, vec![plant.gap("Z-1/SR 5.1 RE 1")])]);
        assert_eq!(found[0].answers[0].serves, [plant.target("Z-2")], "one answer lifts two targets");
    }

    #[test]
    fn with_just_these_answers_the_level_is_reached_and_with_one_less_it_is_not() {
        let plant = plant();
        let level = |plant: &Fixture| plant.analyse().achieved(plant.target("Z-1"))[Fr::Rdf].map(SecurityLevel::number);
        assert_eq!(level(&plant), Some(0));
        let met = |plant: &Fixture, missing: &Missing| {
            let mut plant = plant.clone();
            let answer = Answer { status: Status::Met, ..Answer::default() };
            crate::edit::Edit::Answer(vec![(missing.key, answer)]).apply(&mut plant.project).unwrap();
            plant
        };
        let found = lifted(&plant);
        let first = met(&plant, &found[0].answers[0]);
        assert_eq!(level(&first), Some(1));
        assert_eq!(level(&met(&plant, &found[1].answers[0])), Some(0), "not with the second alone");
        assert_eq!(level(&met(&first, &found[1].answers[0])), Some(4));
    }
}
