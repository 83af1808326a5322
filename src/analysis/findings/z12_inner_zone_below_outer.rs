//! Z12: a zone that asks for less than the zone around it.

use super::words::frs_below;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z12",
    title: "SL-T below that of the zone around",
    severity: Severity::Warning,
    why: "A zone is as strong as what stands inside it: whoever takes the inner zone stands in the outer one already.",
    detection: "A zone whose SL-T lies below its parent's in at least one FR.",
    false_positives: "An inner zone behind a boundary of its own that lets nothing out towards the outer one.",
    advice: "Raise the inner zone's SL-T, move it out of the outer zone, or record why the difference is right.",
    run,
    fixes: fixes::raise_to_zone_around,
};

fn run(plant: &Plant) -> Vec<Found> {
    let weaker = plant.zones().iter().filter_map(|(id, zone)| {
        let outer = zone.parent?;
        let frs = frs_below(&plant.zone_sl_t(id)?, &plant.zone_sl_t(outer)?)?;
        let outer_tag = plant.target_tag(outer.into());
        let message = format!("{} asks for less than {outer_tag} around it in {frs}", zone.tag);
        Some(Found::about(id, message).and(outer))
    });
    weaker.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Fr, Id, ZoneId};

    #[test]
    fn one_fr_below_the_outer_zone_is_enough() {
        let plant = Fixture::new().zone("Z-SITE", |_| ()).sl_t("Z-SITE", 2);
        let plant = ["Z-LOW", "Z-SAME", "Z-HIGH", "Z-UNSET"]
            .iter()
            .fold(plant, |plant, tag| plant.zone(tag, |zone| zone.parent = Some(ZoneId::derived_from("Z-SITE"))));
        let plant = plant.sl_t("Z-LOW", 3).sl_t("Z-SAME", 2).sl_t("Z-HIGH", 3);
        let plant = plant.sl_t_in("Z-LOW", Fr::Dc, 1).sl_t_in("Z-LOW", Fr::Ra, 1);
        assert_eq!(found(&CHECK, &plant), ["Z-LOW, Z-SITE"]);
        assert_eq!(messages(&CHECK, &plant), ["Z-LOW asks for less than Z-SITE around it in FR 4 and FR 7"]);
    }
}
