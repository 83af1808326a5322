//! What stands in a conduit, which way it faces, and whether it is there at all.

use super::super::Finding;
use super::super::findings::one_way;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::edit::Edit;
use crate::model::*;

fn conduit_of<'a>(repair: &Repair<'a>, finding: &Finding) -> Option<(ConduitId, &'a Conduit)> {
    let Some(&Subject::Conduit(id)) = finding.about.first() else { return None };
    Some((id, repair.project.conduits.get(id)?))
}

fn change(repair: &Repair, finding: &Finding, label: String, change: impl FnOnce(&mut Conduit)) -> Option<Fix> {
    let (id, _) = conduit_of(repair, finding)?;
    let mut draft = Draft::new(repair, finding);
    change(draft.project.conduits.get_mut(id)?);
    draft.finish(label)
}

/// A02, A03, A09, A13: something filters.
pub(in super::super) fn filter(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some((_, conduit)) = conduit_of(repair, finding) else { return Vec::new() };
    let kinds = [("a firewall", Filtering::Stateful), ("an application filter", Filtering::Application)];
    let put = kinds.into_iter().filter_map(|(what, filtering)| {
        change(repair, finding, format!("Put {what} into {}", conduit.tag), |it| it.filtering = filtering)
    });
    put.collect()
}

/// A04, A16: the one-way device faces the other way, if nothing that is known speaks against it.
pub(in super::super) fn turn(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let turned = || {
        let (id, conduit) = conduit_of(repair, finding)?;
        let plant = repair.plant();
        let has_flows = plant.flows_of(id).next().is_some();
        let is_faced = conduit.ends().is_some_and(|(from, to)| one_way::leads_inwards(&plant, (to, from)));
        let fits = one_way::all_goes_back(&plant, id, conduit) || !has_flows && !is_faced;
        let label = format!("Turn the one-way device in {} round", conduit.tag);
        change(repair, finding, label, |it| {
            std::mem::swap(&mut it.from, &mut it.to);
            it.filter_place = match it.filter_place {
                FilterPlace::From => FilterPlace::To,
                FilterPlace::To => FilterPlace::From,
                other => other,
            };
            // what sends opens, whichever side was said to
            if it.initiated_by != Initiator::Both {
                it.initiated_by = Initiator::From;
            }
        })
        .filter(|_| fits && !is_faced)
    };
    turned().into_iter().collect()
}

/// A04: what lets traffic through both ways is a firewall.
pub(in super::super) fn two_ways(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let as_firewall = match finding.about.first() {
        Some(Subject::Conduit(_)) => conduit_of(repair, finding).and_then(|(_, conduit)| {
            let label = format!("Make what stands in {} a firewall", conduit.tag);
            change(repair, finding, label, |it| it.filtering = Filtering::Stateful)
        }),
        Some(&Subject::Asset(id)) => repair.project.assets.get(id).and_then(|asset| {
            let mut draft = Draft::new(repair, finding);
            draft.project.assets.get_mut(id)?.kind = "firewall".to_owned();
            draft.finish(format!("Make {} a firewall", asset.tag))
        }),
        _ => None,
    };
    turn(repair, finding).into_iter().chain(as_firewall).collect()
}

/// Z05, Z06: a conduit that joins no two zones is taken out.
pub(in super::super) fn delete_conduit(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some((id, conduit)) = conduit_of(repair, finding) else { return Vec::new() };
    vec![Fix::new(format!("Delete {}", conduit.tag), vec![Edit::Remove([id.into()].into())])]
}

/// Z01: a zone that holds nothing and that no conduit joins is taken out, unless it is locked.
pub(in super::super) fn delete_empty_zone(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let Some(&Subject::Zone(id)) = finding.about.first() else { return Vec::new() };
    if repair.project.is_zone_locked(id) || repair.project.conduits.values().any(|it| it.touches(id)) {
        return Vec::new();
    }
    vec![Fix::new(format!("Delete {}", repair.project.target_tag(id.into())), vec![Edit::Remove([id.into()].into())])]
}
