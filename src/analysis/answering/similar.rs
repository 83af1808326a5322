//! Targets that resemble one, with the reasons.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Conduit, ConduitId, Project, Status, Target, Zone, ZoneId};

/// A target that resembles another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Which.
    pub target: Target,
    /// How much, 0 to 100.
    pub score: u8,
    /// In what, the weightiest first.
    pub reasons: Vec<String>,
    /// How many answers were given there.
    pub answered: usize,
}

/// Targets of the same kind where answers were given, the most similar first; those that have
/// nothing in common are left out.
pub fn similar(project: &Project, target: Target) -> Vec<Similar> {
    let answered = |it: Target| {
        let answers = project.answers.get(it).into_iter().flat_map(|it| it.values());
        answers.filter(|it| it.status != Status::NotAssessed).count()
    };
    let index = Index::of(project);
    let others = project.targets().filter(|it| *it != target && it.kind() == target.kind());
    let found = others.filter_map(|other| {
        let answered = Some(answered(other)).filter(|it| *it > 0)?;
        let mut points = match (target, other) {
            (Target::Zone(one), Target::Zone(next)) => zones(project, &index, one, next),
            (Target::Conduit(one), Target::Conduit(next)) => conduits(project, &index, one, next),
            _ => Vec::new(),
        };
        let level = |it: Target| project.target_level(it).map(|it| it.levels);
        if let Some(levels) = level(target).filter(|it| level(other) == Some(*it)) {
            points.push((15, format!("SL-T {levels:#}")));
        }
        points.retain(|it| it.0 > 0);
        points.sort_by_key(|it| std::cmp::Reverse(it.0));
        let score = points.iter().map(|it| it.0).sum::<u32>().min(100) as u8;
        let reasons = points.into_iter().map(|it| it.1).collect();
        (score > 0).then_some(Similar { target: other, score, reasons, answered })
    });
    let mut found: Vec<Similar> = found.collect();
    found.sort_by_key(|it| (std::cmp::Reverse((it.score, it.answered)), project.target_tag(it.target)));
    found
}

/// What stands in each zone and goes through each conduit, gathered once for all that are compared.
struct Index<'a> {
    types: BTreeMap<ZoneId, BTreeSet<&'a str>>,
    protocols: BTreeMap<ConduitId, BTreeSet<&'a str>>,
}

impl<'a> Index<'a> {
    fn of(project: &'a Project) -> Self {
        let mut index = Self { types: BTreeMap::new(), protocols: BTreeMap::new() };
        for asset in project.assets.values() {
            if let Some(zone) = asset.zone {
                index.types.entry(zone).or_default().insert(&asset.kind);
            }
        }
        for flow in project.flows.values().filter(|it| !it.protocol.is_empty()) {
            if let Some(conduit) = flow.conduit {
                index.protocols.entry(conduit).or_default().insert(&flow.protocol);
            }
        }
        index
    }

    fn types_in(&self, zone: ZoneId) -> &BTreeSet<&'a str> {
        self.types.get(&zone).unwrap_or(const { &BTreeSet::new() })
    }

    fn protocols_of(&self, conduit: ConduitId) -> &BTreeSet<&'a str> {
        self.protocols.get(&conduit).unwrap_or(const { &BTreeSet::new() })
    }
}

/// Points for what two sets share, and what that is.
fn shared(one: &BTreeSet<&str>, next: &BTreeSet<&str>, most: u32) -> (u32, Vec<String>) {
    let both: Vec<String> = one.intersection(next).map(|it| (*it).to_owned()).collect();
    let all = one.union(next).count().max(1) as u32;
    (most * both.len() as u32 / all, both)
}

fn named(kinds: &[String]) -> String {
    let names = crate::catalogue::Catalogue::embedded();
    let name = |it: &String| names.asset_type(it).map_or(it.clone(), |it| it.name.clone());
    let shown: Vec<String> = kinds.iter().take(3).map(name).collect();
    if kinds.len() > 3 { format!("{} and {} more", shown.join(", "), kinds.len() - 3) } else { shown.join(", ") }
}

fn zones(project: &Project, index: &Index, one: ZoneId, next: ZoneId) -> Vec<(u32, String)> {
    let (Some(here), Some(there)) = (project.zones.get(one), project.zones.get(next)) else { return Vec::new() };
    let (points, both) = shared(index.types_in(one), index.types_in(next), 45);
    let mut found = vec![(points, format!("both with {}", named(&both)))];
    if let Some(level) = here.purdue.filter(|it| there.purdue == Some(*it)) {
        found.push((20, format!("Purdue level {level}")));
    }
    if here.trust == there.trust {
        found.push((10, format!("trust {}", here.trust)));
    }
    if let Some(rating) = here.consequence.filter(|it| there.consequence == Some(*it)) {
        found.push((5, format!("consequence {rating}")));
    }
    if here.parent.is_some() && here.parent == there.parent {
        found.push((5, "in the same zone".to_owned()));
    }
    found
}

fn conduits(project: &Project, index: &Index, one: ConduitId, next: ConduitId) -> Vec<(u32, String)> {
    let (points, both) = shared(index.protocols_of(one), index.protocols_of(next), 20);
    let (Some(one), Some(next)) = (project.conduits.get(one), project.conduits.get(next)) else { return Vec::new() };
    let mut found = Vec::new();
    if one.filtering == next.filtering {
        found.push((25, format!("filtering {}", one.filtering)));
    }
    if one.remote_access == next.remote_access {
        found.push((15, format!("remote access {}", one.remote_access)));
    }
    let end = |it: Option<ZoneId>| it.and_then(|it| project.zones.get(it));
    let ends = |it: &Conduit| {
        let place = |it: &Zone| (it.trust, it.purdue);
        let mut ends = [end(it.from).map(place), end(it.to).map(place)];
        ends.sort_unstable();
        ends
    };
    if one.ends().is_some() && ends(one) == ends(next) {
        found.push((25, "between zones of the same trust and Purdue level".to_owned()));
    }
    found.push((points, format!("both carry {}", both.join(", "))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Filtering, PurdueLevel};

    #[test]
    fn the_zone_with_the_same_equipment_comes_first_and_says_why() {
        let plant = Fixture::new()
            .zone("Z-1", |zone| zone.purdue = Some(PurdueLevel::L1))
            .zone("Z-2", |zone| zone.purdue = Some(PurdueLevel::L1))
            .zone("Z-3", |zone| zone.trust = crate::model::Trust::Enterprise)
            .zone("Z-4", |zone| zone.purdue = Some(PurdueLevel::L1))
            .asset("A", "plc", "Z-1", |_| ())
            .asset("B", "plc", "Z-2", |_| ())
            .asset("C", "erp", "Z-3", |_| ())
            .answer("Z-2", "SR 1.1", Status::Met, |_| ())
            .answer("Z-3", "SR 1.1", Status::Met, |_| ());
        let found = similar(&plant.project, plant.target("Z-1"));
        let tags: Vec<_> = found.iter().map(|it| plant.project.target_tag(it.target)).collect();
        assert_eq!(tags, ["Z-2"], "where nothing was answered there is nothing to take, and Z-3 is another world");
        assert_eq!(found[0].score, 45 + 20 + 10);
        assert!(found[0].reasons[0].contains("Programmable logic controller"), "{:?}", found[0].reasons);
    }

    #[test]
    fn conduits_are_alike_by_what_filters_and_what_they_carry() {
        let plant = Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", |_| ())
            .conduit("C-1", "Z-1", "Z-2", |it| it.filtering = Filtering::Stateful)
            .conduit("C-2", "Z-1", "Z-2", |it| it.filtering = Filtering::Stateful)
            .conduit("C-3", "Z-2", "Z-1", |_| ())
            .answer("C-2", "SR 1.1", Status::Met, |_| ())
            .answer("C-3", "SR 1.1", Status::Met, |_| ());
        let found = similar(&plant.project, plant.target("C-1"));
        let scores: Vec<_> = found.iter().map(|it| (plant.project.target_tag(it.target), it.score)).collect();
        assert_eq!(scores, [("C-2", 65), ("C-3", 40)]);
    }
}
