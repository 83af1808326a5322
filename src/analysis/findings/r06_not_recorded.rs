//! R06: a vendor's way in that could do great harm, with nobody watching.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{Known, VendorAccess};

pub(super) const CHECK: Check = Check {
    code: "R06",
    title: "High-risk vendor access that is not recorded",
    severity: Severity::Warning,
    why: "Where a session could do great harm, somebody must be able to see afterwards what was done, whether it went wrong by mistake or on purpose.",
    detection: "Vendor access marked as high-risk of which it is known that sessions are not recorded.",
    false_positives: "Work that an operator watches from beginning to end, and writes down.",
    advice: "Record the sessions on the jump host and keep the recordings where the vendor can't delete them.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let is_unseen = |it: &VendorAccess| it.high_risk && it.recorded == Known::No;
    plant.vendor_access_that(|it| is_unseen(it).then_some("could do great harm and is not recorded"))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Known, VendorAccess};

    #[test]
    fn only_high_risk_sessions_have_to_be_recorded() {
        let access =
            |high_risk, recorded| move |it: &mut VendorAccess| (it.high_risk, it.recorded) = (high_risk, recorded);
        let plant = Fixture::new()
            .vendor_access("VA-1", access(true, Known::No))
            .vendor_access("VA-2", access(false, Known::No));
        let plant =
            plant.vendor_access("VA-3", access(true, Known::Unknown)).vendor_access("VA-4", access(true, Known::Yes));
        assert_eq!(found(&CHECK, &plant), ["VA-1"]);
    }
}
