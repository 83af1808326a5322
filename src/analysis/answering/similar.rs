//! Targets that resemble one, with the reasons.

use std::collections::BTreeSet;

use crate::model::{Conduit, Project, Status, Target, Zone, ZoneId};

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
    let others = project.targets().filter(|it| *it != target && it.kind() == target.kind());
    let found = others.filter_map(|other| {
        let answered = Some(answered(other)).filter(|it| *it > 0)?;
        let mut points = match (target, other) {
            (Target::Zone(one), Target::Zone(next)) => zones(project, one, next),
            (Target::Conduit(one), Target::Conduit(next)) => {
                conduits(project, project.conduits.get(one)?, project.conduits.get(next)?)
            }
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

/// The types of the assets in a zone.
fn types(project: &Project, zone: ZoneId) -> BTreeSet<&str> {
    project.assets.values().filter(|it| it.zone == Some(zone)).map(|it| it.kind.as_str()).collect()
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

fn zones(project: &Project, one: ZoneId, next: ZoneId) -> Vec<(u32, String)> {
    let (Some(here), Some(there)) = (project.zones.get(one), project.zones.get(next)) else { return Vec::new() };
    let (points, both) = shared(&types(project, one), &types(project, next), 45);
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

fn conduits(project: &Project, one: &Conduit, next: &Conduit) -> Vec<(u32, String)> {
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
    let protocols = |wanted: &Conduit| -> BTreeSet<&str> {
        let is_it = |id| project.conduits.get(id).is_some_and(|it| std::ptr::eq(it, wanted));
        let flows = project.flows.values().filter(|it| it.conduit.is_some_and(is_it));
        flows.map(|it| it.protocol.as_str()).filter(|it| !it.is_empty()).collect()
    };
    let (points, both) = shared(&protocols(one), &protocols(next), 20);
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
