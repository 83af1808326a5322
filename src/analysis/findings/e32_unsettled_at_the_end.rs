//! E32: levels that are confirmed over what a room could not agree on.

use super::{Check, Found, Plant, Severity, unsettled};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E32",
    title: "Confirmed with questions still parked or disputed",
    severity: Severity::Warning,
    why: "Somebody stands by the levels or the actions while the minutes say that questions are open; whoever raised them will find the answer missing.",
    detection: "A workshop with entries of dissent or of the parking lot that are not settled, once the levels or the actions are confirmed.",
    false_positives: "Questions that were answered and never marked as settled.",
    advice: "Settle each entry, or take back the confirmation until then.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    if unsettled::is_near_the_end(plant) { unsettled::unsettled(plant) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::{e31_unsettled, found};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{LogEntry, LogKind, ValidationStep};

    #[test]
    fn what_is_open_weighs_more_near_the_end() {
        let parked = || vec![LogEntry { kind: LogKind::Parked, ..LogEntry::default() }];
        let plant = Fixture::new().workshop("Filter hall", |it| it.log = parked());
        assert!(found(&CHECK, &plant).is_empty());
        let confirmed = plant.confirmed(ValidationStep::Levels);
        assert_eq!(found(&CHECK, &confirmed), ["Filter hall"]);
        assert!(found(&e31_unsettled::CHECK, &confirmed).is_empty(), "said once");
    }
}
