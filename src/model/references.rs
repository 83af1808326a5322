//! Which ids a project's items name, and that all of them resolve.

use super::id::*;
use super::project::Project;
use super::subject::Subject;
use super::{GapKey, Status, Target};

/// An id that something names and the project does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{owner} names {kind} {missing}, which the project does not hold")]
pub struct Unresolved {
    /// What names it.
    pub owner: String,
    /// The kind of what is missing.
    pub kind: &'static str,
    /// The id that does not resolve.
    pub missing: Subject,
}

impl Project {
    /// The first id that does not resolve, if there is one.
    pub fn first_unresolved(&self) -> Option<Unresolved> {
        self.references().find(|(_, named)| !named.exists_in(self)).map(|(owner, missing)| Unresolved {
            owner: owner.describe(self),
            kind: missing.kind(),
            missing,
        })
    }

    /// Everything named by something, as (who names, what is named).
    fn references(&self) -> impl Iterator<Item = (Owner, Subject)> {
        self.plant_references()
            .chain(self.answer_references())
            .chain(self.risk_references())
            .chain(self.plan_references())
    }

    fn plant_references(&self) -> impl Iterator<Item = (Owner, Subject)> {
        let zones = self.zones.iter().flat_map(|(id, zone)| named(id, zone.parent));
        let conduits =
            self.conduits.iter().flat_map(|(id, conduit)| named(id, conduit.from.into_iter().chain(conduit.to)));
        let assets = self
            .assets
            .iter()
            .flat_map(|(id, asset)| named(id, asset.zone.into_iter().chain(asset.other_zones.iter().copied())));
        let flows = self
            .flows
            .iter()
            .flat_map(|(id, flow)| named(id, flow.conduit).chain(named(id, flow.from.into_iter().chain(flow.to))));
        let access = self
            .scope
            .access_points
            .iter()
            .filter_map(|point| point.conduit)
            .map(|conduit| (Owner::AccessPoint, conduit.into()));
        zones.chain(conduits).chain(assets).chain(flows).chain(access)
    }

    fn answer_references(&self) -> impl Iterator<Item = (Owner, Subject)> {
        let targets = self.answers.ids().chain(self.overrides.ids().map(|key| key.target));
        let targets = targets.map(|target| (Owner::Answers, target.into()));
        let answers = self.answers.iter().flat_map(|(target, answers)| {
            answers.values().flat_map(move |answer| {
                let source = match answer.status {
                    Status::Inherited(source) => source,
                    _ => None,
                };
                named(target, source).chain(named(target, answer.evidence.iter().copied()))
            })
        });
        targets.chain(answers)
    }

    fn risk_references(&self) -> impl Iterator<Item = (Owner, Subject)> {
        let risks = self.risks.iter().flat_map(|(id, risk)| {
            named(id, risk.targets.iter().copied())
                .chain(named(id, risk.assets.iter().copied()))
                .chain(named(id, risk.actions.iter().copied()))
        });
        let acceptances = self.acceptances.iter().flat_map(|(id, acceptance)| {
            named(id, acceptance.gaps.iter().map(GapKey::subject))
                .chain(named(id, acceptance.findings.iter().copied()))
                .chain(named(id, acceptance.risks.iter().copied()))
        });
        let manual = self.manual_findings.iter().flat_map(|(id, finding)| {
            named(id, finding.targets.iter().copied()).chain(named(id, finding.assets.iter().copied()))
        });
        risks.chain(acceptances).chain(manual)
    }

    fn plan_references(&self) -> impl Iterator<Item = (Owner, Subject)> {
        let actions = self.actions.iter().flat_map(|(id, action)| {
            named(id, action.depends_on.iter().copied())
                .chain(named(id, action.closes.iter().map(GapKey::subject)))
                .chain(named(id, action.findings.iter().copied()))
        });
        let vendors = self
            .vendor_access
            .iter()
            .flat_map(|(id, access)| named(id, access.conduit).chain(named(id, access.assets.iter().copied())));
        let exceptions = self.exceptions.iter().flat_map(|(id, exception)| named(id, exception.assets.iter().copied()));
        let measures = self.measures.iter().flat_map(|(id, measure)| named(id, measure.evidence.iter().copied()));
        actions.chain(vendors).chain(exceptions).chain(measures)
    }

    /// Takes a zone out and forgets it wherever it is named. Zones in it move one
    /// level up; its assets stay, in no zone; its conduits stay, with a dangling end.
    pub fn remove_zone(&mut self, zone: ZoneId) {
        let Some(removed) = self.zones.remove(zone) else { return };
        self.zones.change_where(|it| it.parent == Some(zone), |it| it.parent = removed.parent);
        self.conduits.change_where(
            |it| it.touches(zone),
            |it| {
                it.from = it.from.filter(|&end| end != zone);
                it.to = it.to.filter(|&end| end != zone);
            },
        );
        self.assets.change_where(
            |it| it.zone == Some(zone) || it.other_zones.contains(&zone),
            |it| {
                it.zone = it.zone.filter(|&home| home != zone);
                it.other_zones.remove(&zone);
            },
        );
        self.forget_target(zone.into());
    }

    /// Takes a conduit out and forgets it wherever it is named. Its flows stay, carried by none.
    pub fn remove_conduit(&mut self, conduit: ConduitId) {
        if self.conduits.remove(conduit).is_none() {
            return;
        }
        self.flows.change_where(|it| it.conduit == Some(conduit), |it| it.conduit = None);
        self.vendor_access.change_where(|it| it.conduit == Some(conduit), |it| it.conduit = None);
        if self.scope.access_points.iter().any(|point| point.conduit == Some(conduit)) {
            let scope = std::sync::Arc::make_mut(&mut self.scope);
            for point in scope.access_points.iter_mut().filter(|point| point.conduit == Some(conduit)) {
                point.conduit = None;
            }
        }
        self.forget_target(conduit.into());
    }

    fn forget_target(&mut self, target: Target) {
        self.answers.remove(target);
        let inherits = |status: &Status| *status == Status::Inherited(Some(target));
        self.answers.change_where(
            |answers| answers.values().any(|answer| inherits(&answer.status)),
            |answers| {
                for answer in answers.values_mut().filter(|answer| inherits(&answer.status)) {
                    answer.status = Status::Inherited(None);
                }
            },
        );
        let at_target = |key: &GapKey| key.target == target;
        self.overrides.retain(|key, _| !at_target(&key));
        self.risks.change_where(
            |it| it.targets.contains(&target),
            |it| {
                it.targets.remove(&target);
            },
        );
        self.manual_findings.change_where(
            |it| it.targets.contains(&target),
            |it| {
                it.targets.remove(&target);
            },
        );
        self.actions.change_where(|it| it.closes.iter().any(at_target), |it| it.closes.retain(|key| !at_target(key)));
        self.acceptances.change_where(|it| it.gaps.iter().any(at_target), |it| it.gaps.retain(|key| !at_target(key)));
    }

    /// Takes an asset out and forgets it wherever it is named, with the flows that start or end at it.
    pub fn remove_asset(&mut self, asset: AssetId) {
        if self.assets.remove(asset).is_none() {
            return;
        }
        self.flows.retain(|_, it| it.from != Some(asset) && it.to != Some(asset));
        macro_rules! forget {
            ($($table:ident),*) => {$(
                self.$table.change_where(|it| it.assets.contains(&asset), |it| {
                    it.assets.remove(&asset);
                });
            )*};
        }
        forget!(risks, vendor_access, exceptions, manual_findings);
    }

    /// Takes a piece of evidence out and forgets it wherever it is named.
    pub fn remove_evidence(&mut self, evidence: EvidenceId) {
        self.evidence.remove(evidence);
        self.answers.change_where(
            |answers| answers.values().any(|answer| answer.evidence.contains(&evidence)),
            |answers| {
                for answer in answers.values_mut() {
                    answer.evidence.remove(&evidence);
                }
            },
        );
        self.measures.change_where(
            |it| it.evidence.contains(&evidence),
            |it| {
                it.evidence.remove(&evidence);
            },
        );
    }

    /// Takes an action out and forgets it wherever it is named.
    pub fn remove_action(&mut self, action: ActionId) {
        self.actions.remove(action);
        self.actions.change_where(
            |it| it.depends_on.contains(&action),
            |it| {
                it.depends_on.remove(&action);
            },
        );
        self.risks.change_where(
            |it| it.actions.contains(&action),
            |it| {
                it.actions.remove(&action);
            },
        );
    }

    /// Takes a risk scenario out and forgets it wherever it is named.
    pub fn remove_risk(&mut self, risk: RiskId) {
        self.risks.remove(risk);
        self.acceptances.change_where(
            |it| it.risks.contains(&risk),
            |it| {
                it.risks.remove(&risk);
            },
        );
    }

    /// Takes a manual finding out and forgets it wherever it is named.
    pub fn remove_manual_finding(&mut self, finding: ManualFindingId) {
        self.manual_findings.remove(finding);
        macro_rules! forget {
            ($($table:ident),*) => {$(
                self.$table.change_where(|it| it.findings.contains(&finding), |it| {
                    it.findings.remove(&finding);
                });
            )*};
        }
        forget!(actions, acceptances);
    }
}

impl GapKey {
    fn subject(&self) -> Subject {
        self.target.into()
    }
}

/// Who names an id.
enum Owner {
    Subject(Subject),
    Answers,
    AccessPoint,
}

impl<T: Into<Subject>> From<T> for Owner {
    fn from(subject: T) -> Self {
        Self::Subject(subject.into())
    }
}

impl Owner {
    fn describe(&self, project: &Project) -> String {
        match self {
            Self::Subject(subject) => format!("{} \"{}\" ({subject})", subject.kind(), project.subject_tag(*subject)),
            Self::Answers => "the list of answers".to_owned(),
            Self::AccessPoint => "an access point".to_owned(),
        }
    }
}

fn named<S: Into<Subject>>(
    owner: impl Into<Subject>,
    ids: impl IntoIterator<Item = S>,
) -> impl Iterator<Item = (Owner, Subject)> {
    let owner = owner.into();
    ids.into_iter().map(move |id| (owner.into(), id.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Asset, Conduit, Flow, Zone};

    /// Two zones, a conduit, an asset in each, a flow, and an answer inherited from the second zone.
    fn small_plant() -> (Project, ZoneId, ZoneId, ConduitId) {
        let mut project = Project::default();
        let (inner, outer, conduit) = (ZoneId::random(), ZoneId::random(), ConduitId::random());
        project.zones.insert(outer, Zone::default());
        project.zones.insert(inner, Zone { parent: Some(outer), ..Zone::default() });
        project.conduits.insert(conduit, Conduit { from: Some(inner), to: Some(outer), ..Conduit::default() });
        let (plc, hmi) = (AssetId::random(), AssetId::random());
        project.assets.insert(plc, Asset { zone: Some(inner), other_zones: [outer].into(), ..Asset::default() });
        project.assets.insert(hmi, Asset { zone: Some(outer), ..Asset::default() });
        let flow = Flow { conduit: Some(conduit), from: Some(hmi), to: Some(plc), ..Flow::default() };
        project.flows.insert(FlowId::random(), flow);
        let inherited = Answer { status: Status::Inherited(Some(outer.into())), ..Answer::default() };
        project.answers.insert(inner.into(), [("SR 1.1".parse().unwrap(), inherited)].into());
        (project, inner, outer, conduit)
    }

    #[test]
    fn a_whole_project_resolves() {
        assert_eq!(small_plant().0.first_unresolved(), None);
    }

    #[test]
    fn an_id_from_nowhere_is_named_with_its_owner() {
        let (mut project, inner, ..) = small_plant();
        let stranger = ZoneId::random();
        project.zones.insert(inner, Zone { tag: "Z-1".into(), parent: Some(stranger), ..Zone::default() });
        let unresolved = project.first_unresolved().unwrap();
        assert_eq!(unresolved.missing, stranger.into());
        assert!(unresolved.to_string().contains("zone \"Z-1\""), "{unresolved}");
    }

    #[test]
    fn what_is_removed_is_forgotten_everywhere() {
        let (full, inner, outer, conduit) = small_plant();
        for zone in [inner, outer] {
            let mut project = full.clone();
            project.remove_zone(zone);
            assert_eq!(project.first_unresolved(), None);
            assert!(project.conduits.get(conduit).unwrap().ends().is_none());
        }
        for asset in full.assets.ids() {
            let mut project = full.clone();
            project.remove_asset(asset);
            assert_eq!(project.first_unresolved(), None);
            assert!(project.flows.is_empty());
        }
        let mut project = full.clone();
        project.remove_conduit(conduit);
        assert_eq!(project.first_unresolved(), None);
        assert_eq!(project.flows.len(), 1);
    }

    #[test]
    fn an_inheritance_from_a_removed_zone_stays_and_names_none() {
        let (mut project, inner, outer, _) = small_plant();
        project.remove_zone(outer);
        let answer = project.answer(inner.into(), "SR 1.1".parse().unwrap()).unwrap();
        assert_eq!(answer.status, Status::Inherited(None));
    }
}
