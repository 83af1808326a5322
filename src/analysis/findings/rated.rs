//! Risks as they are rated, and what is done about them.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::Plant;
use crate::model::{Action, RatedAt, Risk, RiskId};

impl Plant<'_> {
    /// The risks that an acceptance in force names.
    pub fn accepted_risks(&self) -> HashSet<RiskId> {
        let holding = self.acceptances().values().filter(|it| !it.is_expired(self.as_of));
        holding.flat_map(|it| it.risks.iter().copied()).collect()
    }

    /// Whether a risk is rated higher or lower after the plan than today, where both
    /// are rated: by its level, and within a level by consequence times likelihood.
    pub fn change_of(&self, risk: &Risk) -> Option<Ordering> {
        self.change_between(risk, RatedAt::Current, RatedAt::Residual)
    }

    /// Whether a risk is rated higher or lower at one point in time than at an earlier one.
    pub fn change_between(&self, risk: &Risk, earlier: RatedAt, later: RatedAt) -> Option<Ordering> {
        let height = |at| {
            let (consequence, likelihood) = risk.rating(at)?;
            let level = self.settings().matrix.level(consequence, likelihood);
            Some((level, consequence.number() * likelihood.number()))
        };
        Some(height(later)?.cmp(&height(earlier)?))
    }

    /// Whether an action that was not dropped is named against a risk.
    pub fn is_acted_on(&self, risk: &Risk) -> bool {
        risk.actions.iter().filter_map(|&id| self.actions().get(id)).any(Action::treats)
    }
}
