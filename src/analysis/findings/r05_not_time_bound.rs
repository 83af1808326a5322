//! R05: a vendor's grant that does not end by itself.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "R05",
    title: "Vendor access with no end",
    severity: Severity::Warning,
    why: "What has to be closed by hand stays open when the shift changes; after a year nobody remembers what it was for.",
    detection: "Vendor access of which it is known that a grant does not end by itself.",
    false_positives: "A line that a key switch in the control room cuts at the end of each shift.",
    advice: "Let each grant run out by itself, after hours rather than weeks.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| (it.time_bound == Known::No).then_some("does not end by itself"))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Known;

    #[test]
    fn each_grant_ends_by_itself() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.time_bound = Known::No);
        let plant = plant.vendor_access("VA-2", |_| ()).vendor_access("VA-3", |it| it.time_bound = Known::Unknown);
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
