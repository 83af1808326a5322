//! E02: evidence past its last day that still has to prove something.

use std::collections::BTreeMap;

use super::words::counted;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::EvidenceId;

pub(super) const CHECK: Check = Check {
    code: "E02",
    title: "Expired evidence still leant on",
    severity: Severity::Warning,
    why: "Expired evidence shows how things were; the answers that lean on it count as unproven from now on.",
    detection: "Evidence past its last day on which at least one answer leans that has no other evidence still in force; gathered by evidence.",
    false_positives: "Evidence whose last day was set for other reasons and that still shows the truth; then move the day.",
    advice: "Collect the evidence anew, attach the new piece to the same answers and see whether they still hold.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let mut leaning: BTreeMap<EvidenceId, usize> = BTreeMap::new();
    for &id in plant.claims().flat_map(|(_, claims)| &claims.expired) {
        *leaning.entry(id).or_default() += 1;
    }
    let found = leaning.into_iter().filter_map(|(id, count)| {
        let evidence = plant.evidence().get(id)?;
        let last_day = evidence.expires_on?;
        let answers = counted(count, "answer still leans", "answers still lean");
        Some(Found::about(id, format!("{} expired on {last_day} and {answers} on it", evidence.tag)))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::{Answer, EvidenceId, Id, Status};

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).evidence("OLD", |it| it.expires_on = Some(date(2026, 6, 14)));
        let plant = plant.evidence("LAST-DAY", |it| it.expires_on = Some(TODAY)).evidence("NEW", |_| ());
        plant.evidence("DRAFT", |it| (it.accepted, it.expires_on) = (false, Some(TODAY)))
    }

    fn leans_on(tags: &'static [&str]) -> impl Fn(&mut Answer) {
        |answer| answer.evidence = tags.iter().map(|tag| EvidenceId::derived_from(tag)).collect()
    }

    #[test]
    fn evidence_counts_up_to_its_last_day() {
        let plant = plant().answer("Z-1", "SR 1.1", Status::Met, leans_on(&["OLD"]));
        let plant = plant.answer("Z-1", "SR 1.3", Status::Partial, leans_on(&["OLD"]));
        let plant = plant.answer("Z-1", "SR 1.4", Status::Met, leans_on(&["LAST-DAY"]));
        let plant = plant.answer("Z-1", "SR 1.5", Status::Met, leans_on(&["DRAFT"]));
        assert_eq!(found(&CHECK, &plant), ["OLD"]);
        let one = self::plant().answer("Z-1", "SR 1.1", Status::Met, leans_on(&["OLD"]));
        assert_eq!(messages(&CHECK, &one), ["OLD expired on 2026-06-14 and 1 answer still leans on it"]);
        assert_eq!(messages(&CHECK, &plant), ["OLD expired on 2026-06-14 and 2 answers still lean on it"]);
    }

    #[test]
    fn expired_evidence_may_stay_beside_what_replaced_it() {
        assert!(found(&CHECK, &plant()).is_empty());
        assert!(found(&CHECK, &plant().answer("Z-1", "SR 1.1", Status::Met, leans_on(&["OLD", "NEW"]))).is_empty());
    }
}
