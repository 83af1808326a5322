//! R01: a vendor's way in that never closes.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R01",
    title: "Vendor access stands open",
    severity: Severity::Warning,
    why: "A way in that stands open works at three in the morning too, and for whoever has stolen the vendor's password; nobody notices when it is used.",
    detection: "Vendor access that is known to be standing.",
    false_positives: "A monitoring service that only sends data out and lets nobody in.",
    advice: "Keep the access closed and open it on request, for the time that the work takes.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| (it.standing == Known::Yes).then_some("stands open all the time"))
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn access_is_open_only_while_it_is_needed() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.standing = Known::Yes);
        let plant = plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.standing = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }

    #[test]
    fn the_supplier_is_named_where_it_is_known() {
        let plant = Fixture::new().vendor_access("VA-1", |it| {
            it.standing = Known::Yes;
            it.supplier = "Turbine maker".into();
        });
        assert_eq!(messages(&CHECK, &plant), ["VA-1 of Turbine maker stands open all the time"]);
    }
}
