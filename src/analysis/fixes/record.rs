//! What the record contradicts, put right where only one thing can be meant.

use super::super::Finding;
use super::super::findings::{
    e17_claimed_beyond_source, e18_not_applicable_though_drawn, e25_acceptance_of_closed_gap,
    e30_consequence_below_scenario,
};
use super::{Fix, Repair};
use crate::edit::{Edit, Item};
use crate::model::*;

/// E17: an enhancement comes from where its requirement comes from.
pub(in super::super) fn inherit_too(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let [Some(here), Some(there)] = [0, 1].map(|place| finding.about.get(place).and_then(|it| it.target())) else {
        return Vec::new();
    };
    let plant = repair.plant();
    let inherited = plant.inherited().filter(|(target, _)| *target == here).flat_map(|(_, inherited)| inherited);
    let sources = inherited.filter(|(_, source)| *source == Some(there));
    let claimed = sources.map(|&(sr, _)| e17_claimed_beyond_source::claimed(&plant, here, there, sr));
    let claimed = claimed.reduce(|one, other| one | other).unwrap_or_default();
    let status = Status::Inherited(Some(there));
    let answers = repair.catalogue.members(claimed).map(|it| {
        let key = GapKey { target: here, requirement: it.id };
        let known = repair.project.answer(here, it.id).cloned().unwrap_or_default();
        (key, Answer { status, answered_by: String::new(), answered_on: None, ..known })
    });
    let answers: Vec<_> = answers.collect();
    let label = format!("Inherit {} from {} too", plant.some_requirements(claimed), repair.project.target_tag(there));
    if answers.is_empty() { Vec::new() } else { vec![Fix::new(label, vec![Edit::Answer(answers)])] }
}

/// E18: what was dismissed is an open question again; the words stay.
pub(in super::super) fn ask_again(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(target) = finding.about.first().and_then(|it| it.target()) else { return Vec::new() };
    let plant = repair.plant();
    let dismissed = e18_not_applicable_though_drawn::wrongly_dismissed(&plant, target);
    let answers = repair.catalogue.members(dismissed).map(|it| {
        let key = GapKey { target, requirement: it.id };
        let known = repair.project.answer(target, it.id).cloned().unwrap_or_default();
        (key, Answer { status: Status::NotAssessed, ..known })
    });
    let answers: Vec<_> = answers.collect();
    let label = format!("Ask {} again at {}", plant.some_requirements(dismissed), repair.project.target_tag(target));
    if answers.is_empty() { Vec::new() } else { vec![Fix::new(label, vec![Edit::Answer(answers)])] }
}

/// E23: a scenario that names assets touches the zones that they stand in.
pub(in super::super) fn touch_zones_of_assets(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let touched = || {
        let Some(&Subject::Risk(id)) = finding.about.first() else { return None };
        let risk = repair.project.risks.get(id)?;
        let zones = risk.assets.iter().filter_map(|&it| repair.project.assets.get(it)?.zone);
        let targets: std::collections::BTreeSet<Target> = zones.map(Target::from).collect();
        if targets.is_empty() {
            return None;
        }
        let label = match (targets.len(), targets.first()) {
            (1, Some(&only)) => format!("Name {}, where its assets stand", repair.project.target_tag(only)),
            (count, _) => format!("Name the {count} zones in which its assets stand"),
        };
        Some(Fix::new(label, vec![Edit::Put(Item::Risk(id, Risk { targets, ..risk.clone() }))]))
    };
    touched().into_iter().collect()
}

/// E25: what is closed is accepted no more; an acceptance of nothing goes.
pub(in super::super) fn take_closed_out(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let taken = || {
        let Some(&Subject::Acceptance(id)) = finding.about.first() else { return None };
        let mut acceptance = repair.project.acceptances.get(id)?.clone();
        let plant = repair.plant();
        for key in e25_acceptance_of_closed_gap::closed_gaps(&plant, &acceptance) {
            acceptance.gaps.remove(&key);
        }
        for id in e25_acceptance_of_closed_gap::closed_findings(&plant, &acceptance) {
            acceptance.findings.remove(&id);
        }
        let tag = acceptance.tag.clone();
        let is_empty = acceptance.gaps.is_empty() && acceptance.findings.is_empty() && acceptance.risks.is_empty();
        Some(if is_empty {
            Fix::new(format!("Delete {tag}, which accepts nothing any more"), vec![Edit::Remove([id.into()].into())])
        } else {
            let edit = Edit::Put(Item::Acceptance(id, acceptance));
            Fix::new(format!("Take what is closed out of {tag}"), vec![edit])
        })
    };
    taken().into_iter().collect()
}

/// E30: a zone is as grave as the worst scenario that names it.
pub(in super::super) fn raise_zone_consequence(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let raised = || {
        let Some(&Subject::Zone(id)) = finding.about.first() else { return None };
        let zone = repair.project.zones.get(id)?;
        let plant = repair.plant();
        let (worst, _) = e30_consequence_below_scenario::worst_by_zone(&plant).remove(&id)?;
        let word = repair.project.settings.matrix.consequence_word(worst);
        let label = format!("Raise the consequence of {} to {worst} ({word})", zone.tag);
        Some(Fix::new(label, vec![Edit::Put(Item::Zone(id, Zone { consequence: Some(worst), ..zone.clone() }))]))
    };
    raised().into_iter().collect()
}
