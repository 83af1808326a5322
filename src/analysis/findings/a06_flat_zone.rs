//! A06: a zone with everything in it.

use std::collections::{BTreeMap, BTreeSet};

use super::words::all_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::catalogue::{AssetClass, AssetType};
use crate::model::{Asset, AssetId, PurdueLevel, ZoneId};

pub(super) const CHECK: Check = Check {
    code: "A06",
    title: "Flat zone",
    severity: Severity::Warning,
    why: "From the field to the servers in one zone means that whoever gets in anywhere gets everywhere, and that one target has to fit all of it.",
    detection: "A zone whose assets can't all stand at two Purdue levels or fewer, going by the levels usual for their types; network, security, remote access, portable, physical and other assets are left out.",
    false_positives: "A small packaged unit that is bought, run and replaced as a whole.",
    advice: "Split the zone along its levels and join the parts over filtered conduits.",
    run,
    fixes: fixes::part_surplus_levels,
};

fn run(plant: &Plant) -> Vec<Found> {
    let flat = plant.zones().iter().filter_map(|(id, zone)| {
        let types = types_in(plant, id);
        let levels: Vec<_> = fewest(types.iter().map(|(levels, _)| *levels)).members().collect();
        (levels.len() > 2).then(|| {
            let levels: Vec<_> = levels.into_iter().map(|level| with_example(level, &types)).collect();
            Found::about(id, format!("{} reaches over the Purdue levels {}", zone.tag, all_of(&levels)))
        })
    });
    flat.collect()
}

/// The assets of a flat zone that stand above its two lowest levels, and the lowest level of theirs.
pub(in crate::analysis) fn surplus(plant: &Plant, zone: ZoneId) -> Option<(PurdueLevel, BTreeSet<AssetId>)> {
    let types = types_in(plant, zone);
    let levels: Vec<_> = fewest(types.iter().map(|(levels, _)| *levels)).members().collect();
    let &[lowest, next, above, ..] = levels.as_slice() else { return None };
    let stays = |asset: &Asset| {
        let kind = plant.asset_type(asset).filter(|it| counts(it.class)).map(Levels::of);
        kind.is_none_or(|levels| levels.contains(lowest) || levels.contains(next))
    };
    let assets = plant.assets_of(zone).filter(|(_, it)| it.zone == Some(zone) && !stays(it));
    Some((above, assets.map(|(id, _)| id).collect()))
}

/// The types of the assets in a zone whose level says something, by the levels usual
/// for them, each with the tag of one such asset; the least movable first.
fn types_in<'a>(plant: &Plant<'a>, zone: ZoneId) -> Vec<(Levels, &'a str)> {
    let mut types: BTreeMap<&str, (Levels, &str)> = BTreeMap::new();
    for asset in plant.assets_in(zone) {
        if let Some(kind) = plant.asset_type(asset).filter(|it| counts(it.class)) {
            let (_, example) = types.entry(&kind.id).or_insert_with(|| (Levels::of(kind), &asset.tag));
            *example = (*example).min(&asset.tag);
        }
    }
    let mut types: Vec<_> = types.into_values().collect();
    types.sort_by_key(|(levels, example)| (levels.0.count_ones(), *example));
    types
}

fn with_example(level: PurdueLevel, types: &[(Levels, &str)]) -> String {
    let example = types.iter().find(|(levels, _)| levels.contains(level)).map_or("", |(_, tag)| tag);
    format!("{level} ({example})")
}

/// Whether the level of such assets says anything; some are at home at every level.
fn counts(class: AssetClass) -> bool {
    use AssetClass::{Network, Other, Physical, Portable, RemoteAccess, Security};
    !matches!(class, Network | Security | Other | Physical | Portable | RemoteAccess)
}

/// A set of Purdue levels as bits.
#[derive(Clone, Copy)]
struct Levels(u8);

impl Levels {
    /// The levels at which a type is usual.
    fn of(kind: &AssetType) -> Self {
        let levels = kind.purdue_also().chain([kind.purdue()]);
        Self(levels.fold(0, |bits, level| bits | 1 << level as u8))
    }

    fn contains(self, level: PurdueLevel) -> bool {
        self.0 & 1 << level as u8 != 0
    }

    fn members(self) -> impl Iterator<Item = PurdueLevel> {
        PurdueLevel::ALL.iter().copied().filter(move |&level| self.contains(level))
    }
}

/// The fewest levels such that each type is usual at one of them, so that a type
/// usual at several counts where it adds nothing.
fn fewest(types: impl Iterator<Item = Levels> + Clone) -> Levels {
    let all = (0..1 << PurdueLevel::ALL.len()).map(Levels);
    let fitting = all.filter(|levels| types.clone().all(|it| it.0 & levels.0 != 0));
    fitting.min_by_key(|levels| levels.0.count_ones()).unwrap_or(Levels(0))
}

#[cfg(test)]
mod tests {
    use super::super::{found, messages};
    use super::CHECK;
    use crate::analysis::fixture::Fixture;

    fn zone_of(kinds: &[&str]) -> Fixture {
        kinds.iter().fold(Fixture::new().zone("Z-1", |_| ()), |plant, kind| plant.asset(kind, kind, "Z-1", |_| ()))
    }

    #[test]
    fn a_zone_over_three_levels_is_flat() {
        assert_eq!(found(&CHECK, &zone_of(&["sensor", "plc", "hmi"])), ["Z-1"]);
        assert!(found(&CHECK, &zone_of(&["plc", "hmi"])).is_empty());
        assert_eq!(
            messages(&CHECK, &zone_of(&["plc", "hmi", "mes", "historian"])),
            ["Z-1 reaches over the Purdue levels 1 (plc), 2 (hmi) and 3 (mes)"]
        );
    }

    #[test]
    fn a_type_usual_at_several_levels_counts_where_it_adds_nothing() {
        // a historian may stand at 3 or 2, remote I/O at 0 or 1
        assert!(found(&CHECK, &zone_of(&["remote_io", "plc", "hmi", "historian"])).is_empty());
        assert_eq!(found(&CHECK, &zone_of(&["remote_io", "plc", "hmi", "historian", "mes"])), ["Z-1"]);
        // together at 2, though neither usually stands there with the other
        assert!(found(&CHECK, &zone_of(&["plc", "historian", "engineering_ws", "scada_server"])).is_empty());
    }

    #[test]
    fn what_is_at_home_everywhere_does_not_count() {
        let at_home_everywhere = ["switch", "firewall", "ot_ids", "jump_host", "vendor_laptop", "camera", "printer"];
        let kinds: Vec<_> = ["plc", "hmi"].into_iter().chain(at_home_everywhere).collect();
        assert!(found(&CHECK, &zone_of(&kinds)).is_empty());
    }
}
