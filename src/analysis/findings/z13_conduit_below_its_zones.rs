//! Z13: a conduit that asks for less than both zones it joins.

use super::words::frs_below;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::{SlVector, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "Z13",
    title: "Conduit's SL-T below both its zones'",
    severity: Severity::Warning,
    why: "What the zones on both sides are protected against comes in over the conduit between them; a weaker conduit makes their targets idle.",
    detection: "A conduit whose SL-T lies, in at least one FR, below the lower of its two zones' SL-T.",
    false_positives: "A conduit whose channel protects itself end to end, so that the conduit need not do it again.",
    advice: "Raise the conduit's SL-T to at least the lower of its two zones, or record why it may stay below.",
    run,
    fixes: fixes::raise_to_zones,
};

fn run(plant: &Plant) -> Vec<Found> {
    let weaker = plant.conduits().iter().filter_map(|(id, conduit)| {
        let own = conduit.sl_t.as_ref()?.levels;
        let (from, to) = conduit.ends()?;
        let (near, far) = (plant.zone_sl_t(from)?, plant.zone_sl_t(to)?);
        let frs = frs_below(&own, &SlVector::from_fn(|fr| near[fr].min(far[fr])))?;
        let tag = |zone: ZoneId| plant.target_tag(zone.into());
        let message = format!("{} asks for less than both {} and {} in {frs}", conduit.tag, tag(from), tag(to));
        Some(Found::about(id, message))
    });
    weaker.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::Fr;

    /// Two zones at 3 and 2, where the first asks for nothing in FR 4, and a conduit at this level.
    fn plant(conduit: u8) -> Fixture {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).conduit("C-1", "Z-1", "Z-2", |_| ());
        plant.sl_t("Z-1", 3).sl_t_in("Z-1", Fr::Dc, 0).sl_t("Z-2", 2).sl_t("C-1", conduit)
    }

    #[test]
    fn the_lower_zone_counts_fr_by_fr() {
        assert!(found(&CHECK, &plant(2)).is_empty());
        assert_eq!(found(&CHECK, &plant(1)), ["C-1"]);
        assert_eq!(
            messages(&CHECK, &plant(1)),
            ["C-1 asks for less than both Z-1 and Z-2 in FR 1, FR 2, FR 3, FR 5, FR 6 and FR 7"]
        );
    }
}
