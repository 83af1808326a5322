//! E22: answers of Met whose evidence nobody has accepted.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E22",
    title: "Met on evidence that is not accepted",
    severity: Severity::Hint,
    why: "Evidence that was handed in and not looked at proves nothing yet; the proven level stays below the achieved one although something is attached.",
    detection: "Answers of Met with evidence attached of which none is accepted and none has expired (that is E02), gathered by target.",
    false_positives: "Early in an assessment, while evidence is still being looked at.",
    advice: "Look at the evidence and accept it, or ask for better.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.each_target(|target, claims| {
        if claims.unaccepted.is_empty() {
            return None;
        }
        let (tag, which) = (plant.target_tag(target), plant.some_requirements(claims.unaccepted));
        Some(Found::about(target, format!("{tag} claims {which} met on evidence that nobody has accepted")))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Answer, EvidenceId, Id, Status};

    fn on(tags: &'static [&str]) -> impl Fn(&mut Answer) {
        |answer| answer.evidence = tags.iter().map(|tag| EvidenceId::derived_from(tag)).collect()
    }

    #[test]
    fn evidence_proves_once_it_is_accepted() {
        let plant = ["Z-1", "Z-2", "Z-3", "Z-4"].iter().fold(Fixture::new(), |plant, tag| plant.zone(tag, |_| ()));
        let plant = plant.evidence("DRAFT", |it| it.accepted = false).evidence("GOOD", |_| ());
        let plant = plant.evidence("OLD", |it| (it.accepted, it.expires_on) = (false, Some(date(2026, 6, 14))));
        let plant = plant.answer("Z-1", "SR 1.1", Status::Met, on(&["DRAFT"]));
        let plant = plant.answer("Z-2", "SR 1.1", Status::Met, on(&["DRAFT", "GOOD"]));
        let plant = plant.answer("Z-3", "SR 1.1", Status::Met, on(&["DRAFT", "OLD"]));
        assert_eq!(found(&CHECK, &plant.answer("Z-4", "SR 1.1", Status::Met, |_| ())), ["Z-1"]);
    }
}
