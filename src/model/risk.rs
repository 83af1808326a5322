//! Risk scenarios and the acceptance of what remains.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::id::{ActionId, AssetId, ManualFindingId, RiskId};
use super::matrix::RiskMatrix;
use super::rating::{Rating, RiskLevel};
use super::record::{choices, record};
use super::requirement::{GapKey, RequirementId};
use super::target::Target;

record! {
    /// Something that could happen, and how bad and how likely it would be.
    Risk {
        /// The engineer's own label, such as "R-04"; unique among risks.
        tag: String,
        /// What could happen, in a line.
        title: String,
        /// Who or what would bring it about.
        threat_source: String,
        /// How it would come about.
        scenario: String,
        /// Zones and conduits that it touches.
        targets: BTreeSet<Target>,
        /// Assets that it touches.
        assets: BTreeSet<AssetId>,
        /// What already stands against it.
        countermeasures: String,
        /// How bad it would be with nothing against it.
        consequences: Consequences,
        /// How likely it would be with nothing against it.
        unmitigated: Option<Rating>,
        /// How likely it is today.
        current: Option<Rating>,
        /// How likely it will be after the planned actions.
        residual: Option<Rating>,
        /// The worst consequence today, where countermeasures lower that too.
        current_consequence: Option<Rating>,
        /// The worst consequence after the planned actions, where they lower that too.
        residual_consequence: Option<Rating>,
        /// Actions planned against it.
        actions: BTreeSet<ActionId>,
        /// The role that answers for it.
        owner: String,
        /// Whether it belongs to the initial or to the detailed assessment.
        stage: AssessmentStage,
        /// The scenario of the initial assessment that this one looks at in detail.
        details: Option<RiskId>,
        /// Weak points that it would use.
        vulnerabilities: String,
        /// Techniques of ATT&CK for ICS, by number, such as "T0859".
        techniques: BTreeSet<String>,
        /// Requirements that counter it.
        requirements: BTreeSet<RequirementId>,
        /// The scenario of the library that it began as.
        template: String,
        /// Where its consequence comes from, such as a node of a HAZOP.
        source: String,
        /// What people estimated before the room agreed.
        estimates: Vec<Estimate>,
    }

    /// What one person estimated.
    Estimate {
        /// Their role.
        by: String,
        /// At which point in time.
        at: RatedAt,
        /// How bad.
        consequence: Option<Rating>,
        /// How likely.
        likelihood: Option<Rating>,
        /// Why.
        reason: String,
        /// The day.
        on: Option<Date>,
        /// It is kept from the others until all are shown.
        hidden: bool,
    }

    /// How bad, by category.
    Consequences {
        /// People's life and health.
        safety: Option<Rating>,
        /// Water, soil, air.
        environment: Option<Rating>,
        /// The plant's own work.
        operations: Option<Rating>,
        /// Money.
        finance: Option<Rating>,
        /// Standing with customers, authorities, neighbours.
        reputation: Option<Rating>,
        /// The service to the public (NIS2).
        public_service: Option<Rating>,
    }

    /// Residual risk that somebody accepted.
    Acceptance {
        /// The engineer's own label, such as "RA-2"; unique among acceptances.
        tag: String,
        /// Gaps that it covers.
        gaps: BTreeSet<GapKey>,
        /// Manual findings that it covers.
        findings: BTreeSet<ManualFindingId>,
        /// Risk scenarios that it covers.
        risks: BTreeSet<RiskId>,
        /// Why it can't be closed now.
        reason: String,
        /// What stands in until then.
        countermeasures: String,
        /// What remains.
        residual: Option<RiskLevel>,
        /// Who accepted: role, and name where the project keeps names.
        accepted_by: String,
        /// The day of acceptance.
        accepted_on: Option<Date>,
        /// The last day that it holds.
        expires_on: Option<Date>,
        /// Months between two reviews.
        review_every_months: Option<u32>,
    }
}

impl Consequences {
    /// The categories by name, in their usual order.
    pub const CATEGORIES: [&'static str; 6] =
        ["safety", "environment", "operations", "finance", "reputation", "public service"];

    /// The ratings in the order of [`Self::CATEGORIES`].
    pub fn ratings(&self) -> [Option<Rating>; 6] {
        [self.safety, self.environment, self.operations, self.finance, self.reputation, self.public_service]
    }

    /// The ratings to change, in the order of [`Self::CATEGORIES`].
    pub fn ratings_mut(&mut self) -> [&mut Option<Rating>; 6] {
        [
            &mut self.safety,
            &mut self.environment,
            &mut self.operations,
            &mut self.finance,
            &mut self.reputation,
            &mut self.public_service,
        ]
    }

    /// The worst of them.
    pub fn worst(&self) -> Option<Rating> {
        self.ratings().into_iter().flatten().max()
    }
}

choices! {
    /// The two assessments of IEC 62443-3-2: ZCR 2, and ZCR 5.
    AssessmentStage: "an assessment stage" {
        /// Worst credible consequences, before zones are drawn.
        Initial = "initial",
        /// Threats, weak points, likelihood and countermeasures, zone by zone.
        #[default]
        Detailed = "detailed",
    }

    /// The three points in time at which a risk is rated.
    RatedAt: "a point in time" {
        /// With nothing against it.
        #[default]
        Unmitigated = "unmitigated",
        /// Today.
        Current = "current",
        /// After the planned actions.
        Residual = "residual",
    }
}

impl Risk {
    /// Consequence and likelihood at a point in time, where both are known. A scenario of the
    /// initial assessment is rated by its consequence alone: its likelihood is the greatest
    /// there is (ZCR 2), and neither countermeasures nor a plan count.
    pub fn rating(&self, at: RatedAt) -> Option<(Rating, Rating)> {
        let worst = self.consequences.worst();
        let (consequence, likelihood) = match (self.stage, at) {
            (AssessmentStage::Initial, RatedAt::Unmitigated) => (worst, Some(Rating::MOST)),
            (AssessmentStage::Initial, _) => (None, None),
            (_, RatedAt::Unmitigated) => (worst, self.unmitigated),
            (_, RatedAt::Current) => (self.current_consequence.or(worst), self.current),
            (_, RatedAt::Residual) => (self.residual_consequence.or(self.current_consequence).or(worst), self.residual),
        };
        Some((consequence?, likelihood?))
    }

    /// The cell of a matrix in which it lies at a point in time: [`Self::rating`] within its scales.
    pub fn cell(&self, at: RatedAt, matrix: &RiskMatrix) -> Option<(Rating, Rating)> {
        let (consequence, likelihood) = self.rating(at)?;
        Some((matrix.consequence_within(consequence), matrix.likelihood_within(likelihood)))
    }

    /// How high it is at a point in time, where it is rated.
    pub fn level(&self, at: RatedAt, matrix: &RiskMatrix) -> Option<RiskLevel> {
        self.rating(at).map(|(consequence, likelihood)| matrix.level(consequence, likelihood))
    }

    /// All ratings on the scale of consequence, to change.
    pub fn consequence_ratings_mut(&mut self) -> impl Iterator<Item = &mut Rating> {
        let own = [&mut self.current_consequence, &mut self.residual_consequence];
        let estimated = self.estimates.iter_mut().map(|it| &mut it.consequence);
        self.consequences.ratings_mut().into_iter().chain(own).chain(estimated).flatten()
    }

    /// All ratings on the scale of likelihood, to change.
    pub fn likelihood_ratings_mut(&mut self) -> impl Iterator<Item = &mut Rating> {
        let own = [&mut self.unmitigated, &mut self.current, &mut self.residual];
        own.into_iter().chain(self.estimates.iter_mut().map(|it| &mut it.likelihood)).flatten()
    }
}

impl Acceptance {
    /// Whether its last day has passed.
    pub fn is_expired(&self, as_of: Date) -> bool {
        self.expires_on.is_some_and(|last_day| last_day < as_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_of_the_initial_assessment_is_rated_by_its_consequence_alone() {
        let matrix = RiskMatrix::default();
        let rating = |number| Rating::new(number);
        let consequences = Consequences { safety: rating(4), ..Consequences::default() };
        let detailed = Risk { consequences, unmitigated: rating(2), current: rating(1), ..Risk::default() };
        let initial = Risk { stage: AssessmentStage::Initial, ..detailed.clone() };
        let cell = |risk: &Risk, at| risk.cell(at, &matrix).map(|(one, other)| (one.number(), other.number()));
        assert_eq!(cell(&detailed, RatedAt::Unmitigated), Some((4, 2)));
        assert_eq!(cell(&initial, RatedAt::Unmitigated), Some((4, 5)), "it is taken for certain");
        assert_eq!(initial.level(RatedAt::Unmitigated, &matrix), Some(RiskLevel::Critical));
        assert_eq!((cell(&detailed, RatedAt::Current), cell(&initial, RatedAt::Current)), (Some((4, 1)), None));
    }
}
