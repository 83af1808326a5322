//! What makes a gap urgent: consequence, exploitability, audit impact (domain rules, section 5).

use std::collections::{BTreeMap, BTreeSet};

use super::exposure::target_hops;
use crate::catalogue::{Catalogue, Protection};
use crate::model::{Conduit, ConduitId, Consequences, Project, RemoteAccess, RiskId, Target, ZoneId};

/// The consequence of a target, 1 to 5, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// 1 to 5.
    pub value: u8,
    /// Where it comes from.
    pub origin: ConsequenceOrigin,
}

/// Where a consequence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsequenceOrigin {
    /// Nobody said: 3 is assumed.
    Assumed,
    /// The zone's own rating in the initial assessment.
    ZoneRating(ZoneId),
    /// A scenario that names the zone, and the category by its place in [`Consequences::CATEGORIES`].
    Scenario(ZoneId, RiskId, usize),
    /// The team put it in place of the computed one.
    Overridden,
}

impl Consequence {
    const ASSUMED: Self = Self { value: 3, origin: ConsequenceOrigin::Assumed };

    /// Whether nobody said, and 3 is assumed.
    pub fn is_assumed(&self) -> bool {
        self.origin == ConsequenceOrigin::Assumed
    }

    /// The higher one; of two alike, one that somebody said before one assumed.
    fn or_higher(self, other: Self) -> Self {
        let rank = |it: &Self| (it.value, !it.is_assumed());
        if rank(&other) > rank(&self) { other } else { self }
    }

    /// Where it comes from, in words.
    pub fn describe(&self, project: &Project) -> String {
        let tag = |zone: ZoneId| project.target_tag(zone.into());
        match self.origin {
            ConsequenceOrigin::Assumed => "assumed: neither a rating nor a scenario says".to_owned(),
            ConsequenceOrigin::ZoneRating(zone) => format!("initial rating of {}", tag(zone)),
            ConsequenceOrigin::Scenario(zone, risk, category) => format!(
                "{} in scenario {}, which names {}",
                Consequences::CATEGORIES.get(category).copied().unwrap_or_default(),
                project.risks.get(risk).map_or("", |it| &it.tag),
                tag(zone),
            ),
            ConsequenceOrigin::Overridden => "set by the team".to_owned(),
        }
    }
}

/// How easily a target is attacked, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exploitability {
    /// 1 to 5.
    pub value: u8,
    /// The fewest conduits from an untrusted zone; `None`: it can't be reached.
    pub hops: Option<u32>,
    /// The conduit whose weakness adds one: the target itself, or one that leads to it.
    pub weak_conduit: Option<ConduitId>,
}

impl Exploitability {
    /// Where it comes from, in words.
    pub fn describe(&self, project: &Project) -> String {
        let way = match self.hops {
            None => "no way from an untrusted zone".to_owned(),
            Some(0) => "untrusted itself or at its edge".to_owned(),
            Some(1) => "1 conduit from an untrusted zone".to_owned(),
            Some(hops) => format!("{hops} conduits from an untrusted zone"),
        };
        match self.weak_conduit {
            None => way,
            Some(id) => {
                format!("{way}; one more for {} (always-on access or no authentication)", project.target_tag(id.into()))
            }
        }
    }
}

/// Consequence and exploitability of every target.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    consequence: BTreeMap<Target, Consequence>,
    exploitability: BTreeMap<Target, Exploitability>,
}

impl Factors {
    /// Works them out, given the hops of the zones.
    pub fn new(project: &Project, catalogue: &Catalogue, hops: &BTreeMap<ZoneId, u32>) -> Self {
        let weak = WeakConduits::new(project, catalogue);
        let exploitability = project.targets().map(|target| {
            let hops = target_hops(project, hops, target);
            let weak_conduit = match target {
                Target::Zone(id) => weak.towards.get(&id).copied(),
                Target::Conduit(id) => weak.conduits.contains(&id).then_some(id),
            };
            let base = hops.map_or(1, |hops| 5_u32.saturating_sub(hops).max(1));
            let value = (base + u32::from(weak_conduit.is_some())).min(5) as u8;
            (target, Exploitability { value, hops, weak_conduit })
        });
        Self { consequence: consequences(project), exploitability: exploitability.collect() }
    }

    /// The same with the consequences that another state of the project says; how easily a target
    /// is attacked stays.
    #[must_use]
    pub fn with_consequences_of(&self, project: &Project) -> Self {
        Self { consequence: consequences(project), exploitability: self.exploitability.clone() }
    }

    /// The consequence of a target; 3, assumed, for one that is gone.
    pub fn consequence(&self, target: Target) -> Consequence {
        self.consequence.get(&target).copied().unwrap_or(Consequence::ASSUMED)
    }

    /// The exploitability of a target; the least for one that is gone.
    pub fn exploitability(&self, target: Target) -> Exploitability {
        let least = Exploitability { value: 1, hops: None, weak_conduit: None };
        self.exploitability.get(&target).copied().unwrap_or(least)
    }
}

fn consequences(project: &Project) -> BTreeMap<Target, Consequence> {
    let matrix = &project.settings.matrix;
    let rated = project.zones.iter().map(|(id, zone)| {
        let rating = zone.consequence.map(|rating| Consequence {
            value: matrix.consequence_of_five(rating),
            origin: ConsequenceOrigin::ZoneRating(id),
        });
        (id, rating)
    });
    let mut zones: BTreeMap<ZoneId, Option<Consequence>> = rated.collect();
    for (risk, scenario) in project.risks.iter() {
        for zone in scenario.targets.iter().filter_map(|target| target.zone()) {
            for (category, rating) in scenario.consequences.ratings().into_iter().enumerate() {
                let (Some(rating), Some(known)) = (rating, zones.get_mut(&zone)) else { continue };
                let origin = ConsequenceOrigin::Scenario(zone, risk, category);
                let found = Consequence { value: matrix.consequence_of_five(rating), origin };
                *known = Some(known.map_or(found, |known| known.or_higher(found)));
            }
        }
    }
    let zones: BTreeMap<ZoneId, Consequence> =
        zones.into_iter().map(|(id, known)| (id, known.unwrap_or(Consequence::ASSUMED))).collect();
    let conduits = project.conduits.iter().map(|(id, conduit)| {
        let ends = conduit.from.into_iter().chain(conduit.to).filter_map(|end| zones.get(&end).copied());
        (id.into(), ends.reduce(Consequence::or_higher).unwrap_or(Consequence::ASSUMED))
    });
    let conduits: Vec<(Target, Consequence)> = conduits.collect();
    zones.into_iter().map(|(id, known)| (id.into(), known)).chain(conduits).collect()
}

/// Conduits with always-on remote access or a flow that proves nobody's identity.
struct WeakConduits {
    conduits: BTreeSet<ConduitId>,
    /// Zones towards which such a conduit may initiate, each with the first such conduit.
    towards: BTreeMap<ZoneId, ConduitId>,
}

impl WeakConduits {
    fn new(project: &Project, catalogue: &Catalogue) -> Self {
        let always_on = project.conduits.iter().filter(|(_, it)| it.remote_access == RemoteAccess::AlwaysOn);
        let unauthenticated = project
            .flows
            .values()
            .filter(|flow| catalogue.protocol(&flow.protocol).is_some_and(|it| it.authentication == Protection::None));
        let conduits: BTreeSet<_> =
            always_on.map(|(id, _)| id).chain(unauthenticated.filter_map(|flow| flow.conduit)).collect();
        let mut towards = BTreeMap::new();
        for &id in &conduits {
            for zone in project.conduits.get(id).into_iter().flat_map(Conduit::initiated_towards) {
                towards.entry(zone).or_insert(id);
            }
        }
        Self { conduits, towards }
    }
}

/// How urgent: P1 is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Score of 60 and more.
    P1,
    /// Score of 30 and more.
    P2,
    /// Score of 12 and more.
    P3,
    /// Anything less.
    P4,
}

impl Band {
    /// All bands, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The band of a score.
    pub const fn of(score: u8) -> Self {
        match score {
            60.. => Self::P1,
            30.. => Self::P2,
            12.. => Self::P3,
            _ => Self::P4,
        }
    }

    /// "P1" to "P4".
    pub const fn word(self) -> &'static str {
        match self {
            Self::P1 => "P1",
            Self::P2 => "P2",
            Self::P3 => "P3",
            Self::P4 => "P4",
        }
    }
}

/// The score of three factors: 0 to 100, rounded (a half never occurs).
pub fn score(consequence: u8, exploitability: u8, audit_impact: u8) -> u8 {
    let product = u32::from(consequence) * u32::from(exploitability) * u32::from(audit_impact);
    ((100 * product + 37) / 75).min(100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_rounded_to_the_nearest() {
        assert_eq!(score(5, 5, 3), 100);
        assert_eq!(score(1, 1, 1), 1);
        assert_eq!(score(3, 3, 2), 24);
        assert_eq!(score(5, 1, 1), 7);
        assert_eq!(score(1, 1, 2), 3);
    }

    #[test]
    fn bands_begin_where_the_rules_say() {
        let bands = [60, 59, 30, 29, 12, 11].map(Band::of);
        assert_eq!(bands, [Band::P1, Band::P2, Band::P2, Band::P3, Band::P3, Band::P4]);
    }
}
