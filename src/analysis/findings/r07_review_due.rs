//! R07: a vendor's way in that nobody has looked at for too long.

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "R07",
    title: "Vendor access not reviewed",
    severity: Severity::Hint,
    why: "Contracts end, people leave and machines are sold; unless somebody looks, the way in outlives its purpose.",
    detection: "Vendor access that was never reviewed, or whose last review is longer ago than its interval, 12 months where none is set.",
    false_positives: "Access granted so recently that the grant itself was the review.",
    advice: "Ask the asset's owner whether the access is still needed, by whom and for what, and write down the day.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    plant.vendor_access_that(|it| {
        it.is_review_due(plant.as_of).then(|| match it.reviewed_on {
            Some(last) => format!("was last reviewed on {last}, longer ago than agreed"),
            None => "was never reviewed".to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use jiff::civil::date;

    #[test]
    fn a_review_holds_for_a_year_unless_agreed_otherwise() {
        let plant = Fixture::new().vendor_access("VA-1", |it| it.reviewed_on = None);
        let plant = plant.vendor_access("VA-2", |it| it.reviewed_on = Some(date(2025, 6, 14)));
        let plant = plant.vendor_access("VA-3", |it| it.reviewed_on = Some(date(2025, 6, 15)));
        let plant = plant.vendor_access("VA-4", |it| it.review_every_months = Some(3));
        assert_eq!(found(&CHECK, &plant), ["VA-1", "VA-2", "VA-4"]);
    }
}
