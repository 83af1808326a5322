//! E29: initial scenarios above the line that nobody looked at in detail.

use std::collections::HashSet;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{AssessmentStage, RatedAt};

pub(super) const CHECK: Check = Check {
    code: "E29",
    title: "Initial risk above tolerable with no detailed assessment",
    severity: Severity::Warning,
    why: "ZCR 4 compares the initial risk with the tolerable line; what lies above it has to be looked at in detail, and the others are detailed already.",
    detection: "A scenario of the initial assessment whose unmitigated rating lies above the tolerable line and that no scenario of the detailed assessment names as the one it looks at; only once there is a detailed scenario at all.",
    false_positives: "A detailed scenario that covers it and was never linked to it.",
    advice: "Take the scenario into the detailed assessment, or link the scenario that covers it.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let matrix = &plant.settings().matrix;
    let detailed = || plant.risks().values().filter(|it| it.stage == AssessmentStage::Detailed);
    if detailed().next().is_none() {
        return Vec::new();
    }
    let looked_at: HashSet<_> = detailed().filter_map(|it| it.details).collect();
    let initial = plant.risks().iter().filter(|(_, it)| it.stage == AssessmentStage::Initial);
    initial
        .filter(|(id, _)| !looked_at.contains(id))
        .filter_map(|(id, risk)| {
            let level = risk.level(RatedAt::Unmitigated, matrix).filter(|&level| level > matrix.tolerable)?;
            let (tag, level) = (&risk.tag, matrix.level_word(level));
            let message = format!("{tag} is {level} in the initial assessment and nobody looked at it in detail");
            Some(Found::about(id, message))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssessmentStage, Consequences, Id, Rating, Risk, RiskId};

    /// A scenario of the initial assessment, which is rated by its consequence alone.
    fn initial(safety: u8) -> impl Fn(&mut Risk) {
        move |risk| {
            risk.stage = AssessmentStage::Initial;
            risk.consequences = Consequences { safety: Rating::new(safety), ..Consequences::default() };
        }
    }

    #[test]
    fn what_is_too_high_is_looked_at_in_detail() {
        let plant = Fixture::new().risk("I-1", initial(4)).risk("I-2", initial(4)).risk("I-LOW", initial(1));
        assert!(found(&CHECK, &plant).is_empty(), "the detailed assessment has not begun");
        let plant = plant.risk("R-1", |it| it.details = Some(RiskId::derived_from("I-1")));
        assert_eq!(found(&CHECK, &plant), ["I-2"]);
    }
}
