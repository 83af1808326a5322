//! E05: assets that their maker has given up, with no decision to live with that.

use std::collections::HashSet;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::Known;

pub(super) const CHECK: Check = Check {
    code: "E05",
    title: "Unsupported asset with no exception",
    severity: Severity::Warning,
    why: "Weaknesses found from now on will not be mended; that may be bearable, but somebody has to have decided so and for how long.",
    detection: "An asset known to be out of its maker's support that no vulnerability exception covers, or only expired ones.",
    false_positives: "Support bought from somebody other than the maker.",
    advice: "Record a vulnerability exception with what stands in for patches and until when, or plan the replacement.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let in_force = plant.exceptions().values().filter(|it| !it.is_expired(plant.as_of));
    let covered: HashSet<_> = in_force.flat_map(|it| it.assets.iter().copied()).collect();
    let unsupported = plant.assets().iter().filter(|(_, it)| it.supported == Known::No);
    unsupported
        .filter(|(id, _)| !covered.contains(id))
        .map(|(id, it)| Found::about(id, format!("{} is out of support and no exception in force covers it", it.tag)))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::model::Known;

    #[test]
    fn an_asset_without_support_needs_an_exception_in_force() {
        let plant = ["BARE", "LAPSED", "COVERED"].iter().fold(Fixture::new().zone("Z-1", |_| ()), |plant, tag| {
            plant.asset(tag, "plc", "Z-1", |asset| asset.supported = Known::No)
        });
        let plant = plant.asset("NEW", "plc", "Z-1", |asset| asset.supported = Known::Yes).asset(
            "UNSAID",
            "plc",
            "Z-1",
            |_| (),
        );
        let plant = plant.exception("VX-1", "LAPSED", |it| it.expires_on = Some(date(2026, 6, 14)));
        let plant = plant.exception("VX-2", "COVERED", |it| it.expires_on = Some(TODAY));
        assert_eq!(found(&CHECK, &plant), ["BARE", "LAPSED"]);
    }
}
