//! E25: acceptances of what is closed already.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Acceptance, AcceptanceId, GapKey, ManualFindingId};

pub(super) const CHECK: Check = Check {
    code: "E25",
    title: "Acceptance of a gap that is closed",
    severity: Severity::Hint,
    why: "An acceptance is a promise to look again; one that covers what is mended already hides what is really accepted, and would cover the gap unseen if it came back.",
    detection: "An acceptance in force that names a requirement which is satisfied at its target, or a manual finding that is closed.",
    false_positives: "An answer of Met that is not trusted yet; then mark it for review instead.",
    advice: "Take what is closed out of the acceptance; delete the acceptance if nothing is left of it.",
    run,
    fixes: fixes::take_closed_out,
};

fn run(plant: &Plant) -> Vec<Found> {
    let in_force = plant.acceptances().iter().filter(|(_, it)| !it.is_expired(plant.as_of));
    in_force.filter_map(|(id, it)| of_acceptance(plant, id, it)).collect()
}

fn of_acceptance(plant: &Plant, id: AcceptanceId, acceptance: &Acceptance) -> Option<Found> {
    let count = closed_gaps(plant, acceptance).len() + closed_findings(plant, acceptance).len();
    let all = acceptance.gaps.len() + acceptance.findings.len();
    let tag = &acceptance.tag;
    match count {
        0 => None,
        1 if all == 1 => Some(Found::about(id, format!("{tag} accepts a gap that is closed"))),
        _ if count == all => Some(Found::about(id, format!("{tag} accepts {count} gaps that are all closed"))),
        1 => Some(Found::about(id, format!("{tag} accepts {all} gaps of which 1 is closed"))),
        _ => Some(Found::about(id, format!("{tag} accepts {all} gaps of which {count} are closed"))),
    }
}

/// The gaps of an acceptance that are none any more.
pub(in super::super) fn closed_gaps(plant: &Plant, acceptance: &Acceptance) -> Vec<GapKey> {
    let is_closed = |key: &&GapKey| {
        let index = plant.catalogue.index(key.requirement);
        index.is_some_and(|index| plant.standing(key.target).satisfied.contains(index))
    };
    acceptance.gaps.iter().filter(is_closed).copied().collect()
}

/// The manual findings of an acceptance that are mended.
pub(in super::super) fn closed_findings(plant: &Plant, acceptance: &Acceptance) -> Vec<ManualFindingId> {
    let is_closed = |id: &&ManualFindingId| plant.manual_findings().get(**id).is_some_and(|it| it.closed);
    acceptance.findings.iter().filter(is_closed).copied().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn only_what_is_open_can_be_accepted() {
        let plant = Fixture::new().zone("Z-1", |_| ()).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let plant = plant.answer("Z-1", "SR 1.3", Status::NotMet, |_| ());
        let (closed, open) = (plant.gap("Z-1/SR 1.1"), plant.gap("Z-1/SR 1.3"));
        let plant = plant.acceptance("RA-1", |it| it.gaps = [closed].into());
        let plant = plant.acceptance("RA-2", |it| it.gaps = [closed, open].into());
        let plant = plant.acceptance("RA-3", |it| it.gaps = [open].into());
        let plant =
            plant.acceptance("RA-4", |it| (it.gaps, it.expires_on) = ([closed].into(), Some(date(2026, 6, 14))));
        assert_eq!(
            messages(&CHECK, &plant),
            ["RA-1 accepts a gap that is closed", "RA-2 accepts 2 gaps of which 1 is closed"]
        );
    }
}
