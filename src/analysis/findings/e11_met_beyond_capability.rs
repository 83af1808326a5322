//! E11: answers of Met that the technology is said not to allow.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E11",
    title: "Met although not capable",
    severity: Severity::Warning,
    why: "What the technology in place can't do can't be met by it: one of the two entries is wrong, and SL-A comes out above SL-C.",
    detection: "Answers of Met for which the technology in place is said not to be capable, gathered by target.",
    false_positives: "A requirement met by something outside the target, such as a procedure; then the answer is compensated.",
    advice: "Look again at both: correct the capability, or answer compensated and describe what stands in.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.beyond_capability.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.beyond_capability));
        Some(Found::about(target, format!("{tag} claims {which} met with technology said not to be capable of it")))
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Answer, Known, Status};

    #[test]
    fn what_is_met_is_possible() {
        let plant = ["Z-1", "Z-2", "Z-3", "Z-4"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        let incapable = |answer: &mut Answer| answer.capable = Known::No;
        let plant =
            plant.answer("Z-1", "SR 1.1", Status::Met, incapable).answer("Z-2", "SR 1.1", Status::NotMet, incapable);
        let plant =
            plant.answer("Z-3", "SR 1.1", Status::Met, |_| ()).answer("Z-4", "SR 1.1", Status::Compensated, incapable);
        assert_eq!(found(&CHECK, &plant), ["Z-1"]);
    }
}
