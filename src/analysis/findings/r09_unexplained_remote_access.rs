//! R09: remote access that stands open and that nobody is said to use.

use std::collections::HashSet;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::RemoteAccess;

pub(super) const CHECK: Check = Check {
    code: "R09",
    title: "Always-on remote access of unknown users",
    severity: Severity::Hint,
    why: "Remote access that stands open without a name to it is either forgotten or unrecorded; in both cases nobody watches over it.",
    detection: "A conduit with always-on remote access that no vendor access record names.",
    false_positives: "Access that only the site's own people use.",
    advice: "Find out who comes in that way and record it under vendor access, or close it.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let explained: HashSet<_> = plant.vendor_access().values().filter_map(|it| it.conduit).collect();
    let always_on = plant.conduits().iter().filter(|(_, it)| it.remote_access == RemoteAccess::AlwaysOn);
    always_on
        .filter(|(id, _)| !explained.contains(id))
        .map(|(id, it)| Found::about(id, format!("Nobody has said who uses the always-on remote access of {}", it.tag)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{ConduitId, Id, RemoteAccess};

    #[test]
    fn somebody_has_to_be_behind_always_on_access() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ());
        let plant = plant.conduit("C-1", "Z-1", "Z-2", |it| it.remote_access = RemoteAccess::AlwaysOn);
        let plant = plant.conduit("C-2", "Z-1", "Z-2", |it| it.remote_access = RemoteAccess::AlwaysOn);
        let plant = plant.conduit("C-3", "Z-1", "Z-2", |it| it.remote_access = RemoteAccess::OnDemand);
        let plant = plant.vendor_access("VA-1", |it| it.conduit = Some(ConduitId::derived_from("C-2")));
        assert_eq!(found(&CHECK, &plant), ["C-1"]);
    }
}
