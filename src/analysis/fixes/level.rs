//! SL-T and owners that follow from what is there.

use super::super::Finding;
use super::super::derive::{Why, propose, undecided};
use super::super::findings::e27_sl_t_without_reason::unexplained;
use super::super::findings::words::in_words;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::edit::{Edit, Item};
use crate::model::*;

fn target_of(finding: &Finding) -> Option<Target> {
    finding.about.first().and_then(|it| it.target())
}

fn set(label: String, target: Target, level: TargetLevel) -> Fix {
    Fix::new(label, vec![Edit::SetTargetLevel(vec![target], Some(level))])
}

/// Z03, Z04, E27: the lower of a conduit's zones, and what the rules propose. What people wrote stays.
pub(in super::super) fn propose_level(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(target) = target_of(finding) else { return Vec::new() };
    let tag = repair.project.target_tag(target);
    let known = repair.project.target_level(target);
    let proposal = propose(repair.project, &repair.analysis.factors, target);
    let proposed = |levels, reason: &str| {
        undecided(repair.project, target, levels, (Why::Proposed(reason), repair.analysis.as_of))
    };
    let ends = target.conduit().and_then(|id| repair.project.conduits.get(id)?.ends());
    let lower = ends.and_then(|(from, to)| Draft::new(repair, finding).lower_level(from, to));
    let of_zones = lower.and_then(|lower| {
        let level = proposed(lower.levels, &lower.reason);
        // what people wrote need not be a reason for it
        let is_said = known.is_none() || unexplained(&level, &proposal.levels).is_empty();
        let label = format!("Give {tag} the lower target of its zones, {}", in_words(&lower.levels));
        is_said.then(|| set(label, target, level))
    });
    let label = format!("Take the proposal for {tag}, {}", in_words(&proposal.levels));
    let proposed = set(label, target, proposed(proposal.levels, &proposal.reason()));
    of_zones.into_iter().chain([proposed]).collect()
}

/// E34: the levels that the reason stands for now, and what the rules propose where the reason is not people's own.
pub(in super::super) fn follow_reason(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(target) = target_of(finding) else { return Vec::new() };
    let followed = || {
        let levels = reasons::levels_now(repair.project, target)?;
        let label = format!("Give {} {}, as its reason says", repair.project.target_tag(target), in_words(&levels));
        let level = undecided(repair.project, target, levels, (Why::Stated, repair.analysis.as_of));
        Some(set(label, target, level))
    };
    let gives_way = repair.project.target_level(target).is_some_and(|it| reasons::is_of_program(&it.reason));
    let proposed = || propose_level(repair, finding).pop().filter(|_| gives_way);
    followed().into_iter().chain(proposed()).collect()
}

/// Z12: a zone asks for what the zone around it asks for, where it asked for less.
pub(in super::super) fn raise_to_zone_around(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let raised = || {
        let target = target_of(finding)?;
        let around = repair.project.zones.get(target.zone()?)?.parent?;
        let least = repair.project.target_level(around.into())?.levels;
        raise(repair, target, &least, format!("that of {} around it", repair.project.target_tag(around.into())))
    };
    raised().into_iter().collect()
}

/// Z13: a conduit asks for what both its zones ask for, where it asked for less.
pub(in super::super) fn raise_to_zones(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let raised = || {
        let target = target_of(finding)?;
        let (from, to) = repair.project.conduits.get(target.conduit()?)?.ends()?;
        let least = Draft::new(repair, finding).lower_level(from, to)?.levels;
        raise(repair, target, &least, "the lower of its zones".to_owned())
    };
    raised().into_iter().collect()
}

fn raise(repair: &Repair, target: Target, least: &SlVector, to: String) -> Option<Fix> {
    let own = repair.project.target_level(target)?;
    let levels = SlVector::from_fn(|fr| own.levels[fr].max(least[fr]));
    let label = format!("Raise the SL-T of {} to {to}", repair.project.target_tag(target));
    let sentence = format!("Raised to {to}.");
    let raised = undecided(repair.project, target, levels, (Why::Raised(&sentence), repair.analysis.as_of));
    Some(set(label, target, raised))
}

/// Z02: a zone without owner has that of the zone around.
pub(in super::super) fn owner_of_zone_around(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let owned = || {
        let id = target_of(finding)?.zone()?;
        let zone = repair.project.zones.get(id)?;
        let around = repair.project.zone_ancestors(id).into_iter().filter_map(|it| repair.project.zones.get(it));
        let owner = around.map(|it| it.owner.trim()).find(|it| !it.is_empty())?.to_owned();
        let label = format!("Name {owner}, who answers for the zone around");
        Some(Fix::new(label, vec![Edit::Put(Item::Zone(id, Zone { owner, ..zone.clone() }))]))
    };
    owned().into_iter().collect()
}
