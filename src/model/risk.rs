//! Risk scenarios and the acceptance of what remains.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::id::{ActionId, AssetId, ManualFindingId, RiskId};
use super::rating::{Rating, RiskLevel, RiskMatrix};
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
    /// Consequence and likelihood at a point in time, where both are known.
    pub fn rating(&self, at: RatedAt) -> Option<(Rating, Rating)> {
        let worst = self.consequences.worst();
        let (consequence, likelihood) = match at {
            RatedAt::Unmitigated => (worst, self.unmitigated),
            RatedAt::Current => (self.current_consequence.or(worst), self.current),
            RatedAt::Residual => (self.residual_consequence.or(self.current_consequence).or(worst), self.residual),
        };
        Some((consequence?, likelihood?))
    }

    /// How high it is at a point in time, where it is rated.
    pub fn level(&self, at: RatedAt, matrix: &RiskMatrix) -> Option<RiskLevel> {
        self.rating(at).map(|(consequence, likelihood)| matrix.level(consequence, likelihood))
    }
}

impl Acceptance {
    /// Whether its last day has passed.
    pub fn is_expired(&self, as_of: Date) -> bool {
        self.expires_on.is_some_and(|last_day| last_day < as_of)
    }
}
