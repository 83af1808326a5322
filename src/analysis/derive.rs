//! The SL-T proposed for a target (domain rules, section 6).

use super::priority::Factors;
use crate::model::{Project, SecurityLevel, SlVector, Target};

/// A proposed SL-T and the figures that it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The proposal, alike for each FR: the team deviates FR by FR.
    pub levels: SlVector,
    /// Worst unmitigated consequence, 1 to 5.
    pub consequence: u8,
    /// Whether nobody rated the consequence.
    pub is_assumed: bool,
    /// Exploitability, 1 to 5; at 1 the proposal is one level lower.
    pub exploitability: u8,
}

/// Proposes the SL-T of a target from its worst consequence and its exploitability.
pub fn propose(project: &Project, factors: &Factors, target: Target) -> Proposal {
    let consequence = factors.consequence(target);
    let exploitability = factors.exploitability(target).value;
    let table = project.settings.derivation.0;
    let for_consequence = table.get(usize::from(consequence.value.saturating_sub(1))).copied().unwrap_or_default();
    let lowered = for_consequence.number().saturating_sub(u8::from(exploitability == 1));
    let level = SecurityLevel::new(lowered).unwrap_or_default();
    Proposal {
        levels: SlVector::uniform(level),
        consequence: consequence.value,
        is_assumed: consequence.is_assumed(),
        exploitability,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Rating, Trust};

    fn proposed(consequence: Option<u8>, reachable: bool) -> u8 {
        let outside = Fixture::new().zone("Z-OUT", |zone| zone.trust = Trust::External);
        let plant = outside.zone("Z-1", |zone| zone.consequence = consequence.and_then(Rating::new));
        let plant = if reachable { plant.conduit("C-1", "Z-OUT", "Z-1", |_| ()) } else { plant };
        let analysis = plant.analyse();
        let proposal = propose(&plant.project, &analysis.factors, plant.target("Z-1"));
        proposal.levels.highest().number()
    }

    #[test]
    fn the_worst_consequence_sets_the_level() {
        let levels = [1, 2, 3, 4, 5].map(|consequence| proposed(Some(consequence), true));
        assert_eq!(levels, [1, 1, 2, 3, 4]);
        assert_eq!(proposed(None, true), 2, "3 is assumed");
    }

    #[test]
    fn what_can_not_be_reached_needs_one_level_less() {
        let levels = [1, 2, 3, 4, 5].map(|consequence| proposed(Some(consequence), false));
        assert_eq!(levels, [0, 0, 1, 2, 3]);
    }
}
