//! R02: a vendor's account that several people use.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R02",
    title: "Vendor access over a shared account",
    severity: Severity::Warning,
    why: "Where several people share an account, nobody can say afterwards who did what, and the password outlives everyone who leaves.",
    detection: "Vendor access of which it is known that several people use one account.",
    false_positives: "A technical account that only a machine uses.",
    advice: "Have the vendor name its people and give each an account of their own that ends with the assignment.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| {
        (it.shared_account == Known::Yes).then_some("is used by several people under one account")
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn everyone_needs_an_account_of_their_own() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.shared_account = Known::Yes);
        let plant = plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.shared_account = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
