//! E01: answers of Met that nothing proves.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E01",
    title: "Met without evidence",
    severity: Severity::Hint,
    why: "What is claimed and can't be shown counts for nothing in an audit; the proven level stays below the achieved one.",
    detection: "Answers of Met with no evidence attached, gathered by target.",
    false_positives: "Early in an assessment, while evidence is still being collected.",
    advice: "Attach what proves the answer, or take the answer back to partial until something does.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.unproven.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.unproven));
        Some(Found::about(target, format!("{tag} claims {which} met with nothing to prove it")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{EvidenceId, Id, Status};

    #[test]
    fn a_claim_needs_something_to_prove_it() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).evidence("EV-1", |_| ());
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()).answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        let proven = plant.answer("Z-2", "SR 1.1", Status::Met, |answer| {
            answer.evidence.insert(EvidenceId::derived_from("EV-1"));
        });
        assert_eq!(found(&CHECK, &proven), ["Z-1"]);
    }
}
