//! R08: a vendor who has promised nothing.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R08",
    title: "Vendor access without contract clauses",
    severity: Severity::Hint,
    why: "What is not in the contract the vendor need not do: report an incident, vet its people, or delete what it learned.",
    detection: "Vendor access of which it is known that no security duties stand in the contract.",
    false_positives: "A vendor bound by a framework agreement of the group that nobody on site has seen.",
    advice: "Agree on the duties when the contract is next renewed, and limit the access until then.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| {
        (it.contract_clauses == Known::No).then_some("comes with no security duties in the contract")
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn a_vendors_duties_stand_in_the_contract() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.contract_clauses = Known::No);
        let plant =
            plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.contract_clauses = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
