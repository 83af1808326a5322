//! E04: risk that nobody has accepted, or not any more.

use super::words::all_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Acceptance;

pub(super) const CHECK: Check = Check {
    code: "E04",
    title: "Acceptance without approver or past its expiry",
    severity: Severity::Warning,
    why: "To accept a risk is a decision that somebody with the authority takes for a time; without a name, or after that time, the risk is simply there.",
    detection: "An acceptance of residual risk without an approver, or whose last day has passed.",
    false_positives: "An acceptance still being prepared, or one whose gaps have been closed since; delete that one.",
    advice: "Put it before whoever may decide, and record who accepted it and until when.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let invalid = plant.acceptances().iter().filter_map(|(id, acceptance)| {
        let faults = faults(plant, acceptance);
        (!faults.is_empty()).then(|| Found::about(id, format!("{} {}", acceptance.tag, all_of(&faults))))
    });
    invalid.collect()
}

fn faults(plant: &Plant, acceptance: &Acceptance) -> Vec<String> {
    let is_unapproved = acceptance.accepted_by.trim().is_empty();
    let unapproved = is_unapproved.then(|| "names nobody who accepted it".to_owned());
    let last_day = acceptance.expires_on.filter(|_| acceptance.is_expired(plant.as_of));
    let expired = last_day.map(|last_day| format!("expired on {last_day}"));
    unapproved.into_iter().chain(expired).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::{Fixture, TODAY};

    #[test]
    fn an_acceptance_needs_an_approver_and_holds_up_to_its_last_day() {
        let plant = Fixture::new().acceptance("RA-1", |it| it.accepted_by = " ".into());
        let plant = plant.acceptance("RA-2", |it| it.expires_on = Some(date(2026, 6, 14)));
        let plant =
            plant.acceptance("RA-3", |it| it.expires_on = Some(TODAY)).acceptance("RA-4", |it| it.expires_on = None);
        assert_eq!(found(&CHECK, &plant), ["RA-1", "RA-2"]);
    }
}
