//! R04: a vendor's way in that leads straight to the asset.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R04",
    title: "Vendor access past the jump host",
    severity: Severity::Warning,
    why: "Without a jump host the vendor's own computer, with all that it caught elsewhere, talks straight to the plant.",
    detection: "Vendor access of which it is known that it does not end on a jump host.",
    false_positives: "A gateway that shows nothing but a picture of the screen and so does a jump host's work.",
    advice: "Let the access end on a jump host in the DMZ, and go on from there to the assets that were agreed.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| (it.jump_host == Known::No).then_some("does not end on a jump host"))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn a_vendors_computer_stays_outside() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.jump_host = Known::No);
        let plant = plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.jump_host = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
