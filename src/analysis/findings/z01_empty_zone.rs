//! Z01: a zone with nothing in it.

use std::collections::HashSet;

use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;

pub(super) const CHECK: Check = Check {
    code: "Z01",
    title: "Zone without asset",
    severity: Severity::Hint,
    why: "A zone groups assets that need the same protection; where it holds none, either the inventory has a hole or the zone protects nothing.",
    detection: "A zone in which no asset stands, into which none reaches, and in which no other zone lies.",
    false_positives: "A zone reserved for an extension, or one that stands for the outside world.",
    advice: "Put the assets that belong there into the zone, or delete it.",
    run,
    fixes: fixes::delete_empty_zone,
};

fn run(plant: &Plant) -> Vec<Found> {
    let outer: HashSet<_> = plant.zones().values().filter_map(|it| it.parent).collect();
    let is_empty = |id| !outer.contains(&id) && plant.assets_of(id).next().is_none();
    let empty = plant.zones().iter().filter(|(id, _)| is_empty(*id));
    empty.map(|(id, it)| Found::about(id, format!("{} holds neither an asset nor another zone", it.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, ZoneId};

    #[test]
    fn a_zone_is_empty_without_assets_guests_and_inner_zones() {
        let plant = Fixture::new().zone("Z-EMPTY", |_| ()).zone("Z-HOME", |_| ()).zone("Z-GUEST", |_| ());
        let plant =
            plant.zone("Z-SITE", |_| ()).zone("Z-INNER", |zone| zone.parent = Some(ZoneId::derived_from("Z-SITE")));
        let plant = plant.asset("PLC", "plc", "Z-INNER", |_| ()).asset("HIST", "historian", "Z-HOME", |asset| {
            asset.other_zones.insert(ZoneId::derived_from("Z-GUEST"));
        });
        assert_eq!(found(&CHECK, &plant), ["Z-EMPTY"]);
    }
}
