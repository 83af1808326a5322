//! E31: what workshops put off or could not agree on.

use super::{Check, Found, Plant, Severity, unsettled};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "E31",
    title: "Parked or disputed and not settled",
    severity: Severity::Hint,
    why: "What a room parked or could not agree on is a question that somebody promised to answer.",
    detection: "A workshop with entries of dissent or of the parking lot that are not settled, while neither the levels nor the actions are confirmed; after that it is E32.",
    false_positives: "Workshops that still go on.",
    advice: "Go through the parking lot and the dissent with whoever was to find out, and settle each.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    if unsettled::is_near_the_end(plant) { Vec::new() } else { unsettled::unsettled(plant) }
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{LogEntry, LogKind};

    #[test]
    fn what_was_put_off_comes_back() {
        let entry = |kind, settled| LogEntry { kind, settled, ..LogEntry::default() };
        let plant = Fixture::new().workshop("Filter hall", |it| {
            it.log = vec![
                entry(LogKind::Parked, false),
                entry(LogKind::Parked, true),
                entry(LogKind::Dissent, false),
                entry(LogKind::Decision, false),
            ];
        });
        let plant = plant.workshop("Control room", |it| it.log = vec![entry(LogKind::Parked, true)]);
        assert_eq!(messages(&CHECK, &plant), ["Filter hall left open: 1 put off, 1 disputed"]);
    }
}
