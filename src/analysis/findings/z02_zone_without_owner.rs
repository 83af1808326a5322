//! Z02: a zone that nobody answers for.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z02",
    title: "Zone without owner",
    severity: Severity::Hint,
    why: "Somebody has to decide how well the zone is to be protected, pay for it and live with what remains; without an owner those decisions stay open.",
    detection: "A zone whose owner is empty.",
    false_positives: "A zone outside the organisation, for which nobody here can answer.",
    advice: "Name the role that answers for the zone, usually whoever runs that part of the plant.",
    run,
    fixes: fixes::owner_of_zone_around,
};

fn run(plant: &Plant) -> Vec<Found> {
    let ownerless = plant.zones().iter().filter(|(_, it)| it.owner.trim().is_empty());
    ownerless.map(|(id, it)| Found::about(id, format!("Nobody is named who answers for {}", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    #[test]
    fn blanks_are_no_owner() {
        let plant = Fixture::new().zone("Z-1", |zone| zone.owner = "  ".into()).zone("Z-2", |zone| zone.owner.clear());
        let plant = plant.zone("Z-3", |zone| zone.owner = "Shift lead".into());
        assert_eq!(found(&CHECK, &plant), ["Z-1", "Z-2"]);
    }
}
