//! What workshops put off or could not agree on.

use super::{Found, Plant};
use crate::model::{LogKind, ValidationStep};

/// Whether the assessment is taken for finished: somebody stands by the levels or by the actions.
pub(super) fn is_near_the_end(plant: &Plant) -> bool {
    [ValidationStep::Levels, ValidationStep::Actions].into_iter().any(|it| plant.confirmation(it).is_some())
}

/// The workshops with dissent or parked questions that nobody has dealt with.
pub(super) fn unsettled(plant: &Plant) -> Vec<Found> {
    let workshops = plant.workshops().iter().filter_map(|(id, workshop)| {
        let count = |kind: LogKind| workshop.log.iter().filter(|it| it.kind == kind && !it.settled).count();
        let parts: Vec<_> = [(count(LogKind::Parked), "put off"), (count(LogKind::Dissent), "disputed")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let title = if workshop.title.trim().is_empty() { "A workshop" } else { workshop.title.trim() };
        (!parts.is_empty()).then(|| Found::about(id, format!("{title} left open: {}", parts.join(", "))))
    });
    workshops.collect()
}
