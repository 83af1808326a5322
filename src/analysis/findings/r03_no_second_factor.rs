//! R03: a vendor's way in that a password alone opens.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R03",
    title: "Vendor access without a second factor",
    severity: Severity::Warning,
    why: "A password can be guessed, phished or bought; without a second factor it is all that stands between the internet and the plant.",
    detection: "Vendor access of which it is known that no second factor is asked for.",
    false_positives: "A second factor asked for further out, such as at the vendor's own portal, that the plant can verify.",
    advice: "Ask for a second factor at the gateway, before anything of the plant can be reached.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| (it.multifactor == Known::No).then_some("asks for no second factor"))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn a_password_alone_is_not_enough() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.multifactor = Known::No);
        let plant = plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.multifactor = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
