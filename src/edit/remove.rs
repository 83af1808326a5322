//! Taking things out of a project, with what was said of them alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::*;

/// Takes things out, and forgets them wherever they are named.
pub(super) fn remove(project: &mut Project, subjects: &BTreeSet<Subject>) {
    let before = project.clone();
    take_out(project, subjects);
    forget_decisions(project, &before);
}

fn take_out(project: &mut Project, subjects: &BTreeSet<Subject>) {
    for &subject in subjects {
        match subject {
            Subject::Zone(id) => remove_zone(project, id),
            Subject::Conduit(id) => project.remove_conduit(id),
            Subject::Asset(id) => project.remove_asset(id),
            Subject::Flow(id) => {
                project.flows.remove(id);
            }
            Subject::Evidence(id) => project.remove_evidence(id),
            Subject::Risk(id) => project.remove_risk(id),
            Subject::Action(id) => project.remove_action(id),
            Subject::Acceptance(id) => {
                project.acceptances.remove(id);
            }
            Subject::VendorAccess(id) => {
                project.vendor_access.remove(id);
            }
            Subject::Exception(id) => {
                project.exceptions.remove(id);
            }
            Subject::ManualFinding(id) => project.remove_manual_finding(id),
            Subject::Measure(id) => {
                project.measures.remove(id);
            }
            Subject::Workshop(id) => {
                project.workshops.remove(id);
            }
            Subject::Baseline(id) => {
                project.baselines.remove(id);
            }
            Subject::Note(id) => {
                project.notes.remove(id);
            }
            Subject::View(id) => {
                project.views.remove(id);
            }
        }
    }
}

/// What was decided about a finding goes with what the finding is about.
fn forget_decisions(project: &mut Project, before: &Project) {
    if project.set_aside.is_empty() && project.refused.is_empty() {
        return;
    }
    let gone: BTreeSet<String> =
        before.subjects().filter(|it| !it.exists_in(project)).map(|it| it.to_string()).collect();
    let is_about_gone = |key: &str| key.split(' ').skip(1).any(|id| gone.contains(id));
    if project.set_aside.keys().any(|key| is_about_gone(key)) {
        Arc::make_mut(&mut project.set_aside).retain(|key, _| !is_about_gone(key));
    }
    if project.refused.keys().any(|key| is_about_gone(key)) {
        // a scenario that was refused at several places stays refused at those that are left
        let left = |key: &str| {
            let words: Vec<_> = key.split(' ').filter(|word| !gone.contains(*word)).collect();
            (words.len() > 1).then(|| words.join(" "))
        };
        let refused = project.refused.iter().filter_map(|(key, reason)| Some((left(key)?, reason.clone())));
        project.refused = Arc::new(refused.collect());
    }
}

fn remove_zone(project: &mut Project, zone: ZoneId) {
    for zone in project.zone_with_contents(zone) {
        let conduits: Vec<_> = project.conduits.iter().filter(|(_, it)| it.touches(zone)).map(|(id, _)| id).collect();
        for conduit in conduits {
            project.remove_conduit(conduit);
        }
        project.remove_zone(zone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::edit::fixture::{applied, plant};

    #[test]
    fn a_deleted_zone_takes_its_contents_and_conduits_but_no_asset() {
        let plant = plant();
        let project = applied(&plant, &Edit::Remove([ZoneId::derived_from("Z-1").into()].into()));
        assert_eq!(project.zones.values().map(|it| it.tag.as_str()).collect::<Vec<_>>(), ["Z-3"]);
        assert!(project.conduits.is_empty());
        assert_eq!(project.assets.get(AssetId::derived_from("PLC")).unwrap().zone, None);
    }

    #[test]
    fn what_was_set_aside_about_something_goes_with_it_and_comes_back_with_it() {
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
        let conduit = ConduitId::derived_from("C-1");
        let keys = [format!("A06 {inner}"), format!("A02 {conduit}"), format!("Z09 f-0 {inner} {other}")];
        let mut project = plant().project;
        let reason = SetAside { reason: "Decided".into(), ..SetAside::default() };
        let staying = [format!("A06 {other}"), "A11".to_owned()];
        for key in keys.iter().chain(&staying) {
            Edit::SetAside(key.clone(), Some(reason.clone())).apply(&mut project).unwrap();
        }
        let mut history = crate::history::History::new(project.clone());
        assert_eq!(history.apply(&Edit::Remove([outer.into()].into())), Ok(true));
        assert!(history.current().set_aside.keys().eq(&staying), "{:?}", history.current().set_aside);
        history.undo().unwrap();
        assert_eq!(history.current(), &project);
    }

    #[test]
    fn a_refusal_goes_with_the_last_place_that_it_is_about() {
        let [outer, inner, other] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
        let mut project = plant().project;
        for key in [format!("flat-network {inner}"), format!("no-backup {outer} {inner} {other}")] {
            Edit::Refuse(key, Some(SetAside::default())).apply(&mut project).unwrap();
        }
        Edit::Remove([outer.into()].into()).apply(&mut project).unwrap();
        assert!(project.refused.keys().eq([&format!("no-backup {other}")]), "{:?}", project.refused);
    }
}
