//! What a zone that says nothing itself has from the zones around it.

use super::Plant;
use crate::model::{DEEPEST, PurdueLevel, Trust, Zone, ZoneId};

/// A zone and the zones around it, the nearest first.
pub fn outwards<'p>(plant: &'p Plant, zone: ZoneId) -> impl Iterator<Item = (ZoneId, &'p Zone)> + 'p {
    let zones = plant.zones();
    let known = move |id: ZoneId| zones.get(id).map(|it| (id, it));
    std::iter::successors(known(zone), move |(_, inner)| known(inner.parent?)).take(DEEPEST + 1)
}

/// The Purdue level of a zone, or else of the nearest around it that has one.
pub fn level_of(plant: &Plant, zone: ZoneId) -> Option<PurdueLevel> {
    outwards(plant, zone).find_map(|(_, it)| it.purdue)
}

/// Whose hands a zone is in, an untrusted one counting as outside. A zone of which nothing is
/// said, neither trust nor level, is in the hands that the zone around it is in.
pub fn trust_of(plant: &Plant, zone: ZoneId) -> Trust {
    let is_said = |zone: &Zone| zone.purdue.is_some() || own_trust(zone) != Trust::default();
    let said = outwards(plant, zone).find(|(_, it)| is_said(it));
    said.map(|(_, it)| own_trust(it)).unwrap_or_default()
}

/// What a zone itself says of whose hands it is in, an untrusted one counting as outside.
pub fn own_trust(zone: &Zone) -> Trust {
    if zone.is_untrusted() { Trust::External } else { zone.trust }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::catalogue::Catalogue;
    use crate::model::Id;

    #[test]
    fn what_a_zone_does_not_say_it_has_from_the_nearest_zone_that_does() {
        let within = |outer: &'static str| move |zone: &mut Zone| zone.parent = Some(ZoneId::derived_from(outer));
        let plant = Fixture::new().zone("Z-OFFICE", |zone| {
            (zone.trust, zone.purdue) = (Trust::Enterprise, Some(PurdueLevel::L4));
        });
        let plant = plant.zone("Z-FINANCE", within("Z-OFFICE")).zone("Z-PAY", within("Z-FINANCE"));
        let plant = plant.zone("Z-CELL", |zone| {
            within("Z-OFFICE")(zone);
            zone.purdue = Some(PurdueLevel::L2);
        });
        let analysis = plant.analyse();
        let plant = Plant::new(&plant.project, Catalogue::embedded(), TODAY, (&analysis.standings, &analysis.factors));
        let of = |tag: &str| {
            let id = ZoneId::derived_from(tag);
            (level_of(&plant, id), trust_of(&plant, id))
        };
        assert_eq!(of("Z-PAY"), (Some(PurdueLevel::L4), Trust::Enterprise));
        assert_eq!(of("Z-CELL"), (Some(PurdueLevel::L2), Trust::Operational));
        assert_eq!(of("Z-NONE"), (None, Trust::Operational));
    }
}
