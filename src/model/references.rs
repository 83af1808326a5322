//! Which ids a project's items name, and that all of them resolve.

use super::id::*;
use super::project::Project;
use super::subject::Subject;
use super::{Asset, GapKey, RequirementId, Status, Target, WorkshopItem};

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

/// How many zones may lie around a zone: more than any plant has, and few enough to draw.
pub const DEEPEST: usize = 32;

impl Project {
    /// The first id that does not resolve, if there is one.
    pub fn first_unresolved(&self) -> Option<Unresolved> {
        self.subjects().find_map(|subject| self.unresolved_in(subject)).or_else(|| self.unresolved_answers())
    }

    /// The first id that this subject names and that does not resolve.
    pub fn unresolved_in(&self, subject: Subject) -> Option<Unresolved> {
        let missing = self.named_by(subject).into_iter().find(|named| !named.exists_in(self))?;
        let owner = format!("{} \"{}\" ({subject})", subject.kind(), self.subject_tag(subject));
        Some(Unresolved { owner, kind: missing.kind(), missing })
    }

    /// The requirements that this subject names, each as often as it does.
    pub fn requirements_in(&self, subject: Subject) -> Vec<RequirementId> {
        let question = |item: WorkshopItem| match item {
            WorkshopItem::Question(key) => Some(key.requirement),
            WorkshopItem::Risk(_) => None,
        };
        let named = match subject {
            Subject::Conduit(id) => self.conduits.get(id).map(|it| it.scope.keys().copied().collect()),
            Subject::Risk(id) => self.risks.get(id).map(|it| it.requirements.iter().copied().collect()),
            Subject::Action(id) => self.actions.get(id).map(|it| it.closes.iter().map(|key| key.requirement).collect()),
            Subject::Acceptance(id) => {
                self.acceptances.get(id).map(|it| it.gaps.iter().map(|key| key.requirement).collect())
            }
            Subject::ManualFinding(id) => {
                self.manual_findings.get(id).map(|it| it.requirements.iter().copied().collect())
            }
            Subject::Workshop(id) => self.workshops.get(id).map(|it| {
                let about = it.log.iter().filter_map(|entry| entry.about);
                let items = it.place.into_iter().chain(it.taken.iter().map(|taken| taken.item)).chain(about);
                items.filter_map(question).collect()
            }),
            _ => None,
        };
        named.unwrap_or_default()
    }

    /// The requirements that anything in the project names, without its baselines.
    pub fn requirements_named(&self) -> impl Iterator<Item = RequirementId> {
        let answered = self.answers.values().flat_map(|answers| answers.keys().copied());
        let overridden = self.overrides.ids().map(|key| key.requirement);
        let scoped = self.settings.conduit_scope.keys().copied();
        let by_items = self.subjects().flat_map(|subject| self.requirements_in(subject));
        by_items.chain(answered).chain(overridden).chain(scoped)
    }

    fn unresolved_answers(&self) -> Option<Unresolved> {
        let answered = self.answers.ids().chain(self.overrides.ids().map(|key| key.target)).map(Subject::from);
        let sources =
            self.answers.values().flat_map(|answers| answers.values()).filter_map(|answer| match answer.status {
                Status::Inherited(source) => source.map(Subject::from),
                _ => None,
            });
        let evidence = self.answers.values().flat_map(|answers| answers.values()).flat_map(|it| &it.evidence);
        let evidence = evidence.map(|&id| Subject::from(id));
        let access = self.scope.access_points.iter().filter_map(|point| point.conduit).map(Subject::from);
        let lists = [
            ("the list of answers", answered.chain(sources).chain(evidence).find(|named| !named.exists_in(self))),
            ("an access point", access.into_iter().find(|named| !named.exists_in(self))),
        ];
        let (owner, missing) = lists.into_iter().find_map(|(owner, missing)| Some((owner, missing?)))?;
        Some(Unresolved { owner: owner.to_owned(), kind: missing.kind(), missing })
    }

    /// Everything with an id.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        macro_rules! all {
            ($first:ident $(, $table:ident)*) => {
                self.$first.ids().map(Subject::from)$(.chain(self.$table.ids().map(Subject::from)))*
            };
        }
        all!(
            zones,
            conduits,
            assets,
            flows,
            evidence,
            risks,
            actions,
            acceptances,
            vendor_access,
            exceptions,
            manual_findings,
            measures,
            workshops,
            baselines,
            notes,
            views
        )
    }

    /// Every id that a subject names.
    fn named_by(&self, subject: Subject) -> Vec<Subject> {
        let mut named = Names(Vec::new());
        match subject {
            Subject::Zone(id) => named.add(self.zones.get(id).and_then(|it| it.parent)),
            Subject::Conduit(id) => {
                named.add(self.conduits.get(id).into_iter().flat_map(|it| it.from.into_iter().chain(it.to)));
            }
            Subject::Asset(id) => {
                let zones = |it: &Asset| it.zone.into_iter().chain(it.other_zones.iter().copied()).collect::<Vec<_>>();
                named.add(self.assets.get(id).into_iter().flat_map(zones));
            }
            Subject::Flow(id) => {
                if let Some(flow) = self.flows.get(id) {
                    named.add(flow.conduit);
                    named.add(flow.from.into_iter().chain(flow.to));
                }
            }
            Subject::Risk(id) => {
                if let Some(risk) = self.risks.get(id) {
                    named.add(risk.targets.iter().copied());
                    named.add(risk.assets.iter().copied());
                    named.add(risk.actions.iter().copied());
                    named.add(risk.details);
                }
            }
            Subject::Action(id) => {
                if let Some(action) = self.actions.get(id) {
                    named.add(action.depends_on.iter().copied());
                    named.add(action.closes.iter().map(|key| key.target));
                    named.add(action.findings.iter().copied());
                }
            }
            Subject::Acceptance(id) => {
                if let Some(acceptance) = self.acceptances.get(id) {
                    named.add(acceptance.gaps.iter().map(|key| key.target));
                    named.add(acceptance.findings.iter().copied());
                    named.add(acceptance.risks.iter().copied());
                }
            }
            Subject::VendorAccess(id) => {
                if let Some(access) = self.vendor_access.get(id) {
                    named.add(access.conduit);
                    named.add(access.assets.iter().copied());
                }
            }
            Subject::ManualFinding(id) => {
                if let Some(finding) = self.manual_findings.get(id) {
                    named.add(finding.targets.iter().copied());
                    named.add(finding.assets.iter().copied());
                }
            }
            Subject::Exception(id) => {
                named.add(self.exceptions.get(id).into_iter().flat_map(|it| it.assets.iter().copied()));
            }
            Subject::Measure(id) => {
                named.add(self.measures.get(id).into_iter().flat_map(|it| it.evidence.iter().copied()));
            }
            Subject::View(id) => {
                named.add(self.views.get(id).into_iter().flat_map(|it| it.hidden.iter().copied()));
            }
            Subject::Workshop(id) => {
                if let Some(workshop) = self.workshops.get(id) {
                    named.add(workshop.agenda.targets.iter().copied());
                    let said = workshop.log.iter().filter_map(|it| it.about);
                    let items = workshop.place.into_iter().chain(said).chain(workshop.taken.iter().map(|it| it.item));
                    named.add(items.map(WorkshopItem::subject));
                }
            }
            // a baseline names nothing outside itself
            Subject::Evidence(_) | Subject::Note(_) | Subject::Baseline(_) => (),
        }
        named.0
    }

    /// Whether a zone lies in itself through any depth, or in a circle of others.
    pub fn lies_in_itself(&self, zone: ZoneId) -> bool {
        let outermost = self.zone_ancestors(zone).last().copied().unwrap_or(zone);
        self.zones.get(outermost).is_some_and(|it| it.parent.is_some())
    }

    /// Whether a zone, or one that lies in it, has more than [`DEEPEST`] zones around it.
    pub fn lies_too_deep(&self, zone: ZoneId) -> bool {
        self.zone_with_contents(zone).into_iter().any(|it| self.zone_ancestors(it).len() > DEEPEST)
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
        self.forget_in_workshops(target.into());
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
        self.views.change_where(
            |it| it.hidden.contains(&target),
            |it| {
                it.hidden.remove(&target);
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

    /// What was said stays; what it was about is named no more.
    fn forget_in_workshops(&mut self, gone: Subject) {
        let is_gone = |item: &WorkshopItem| item.subject() == gone;
        self.workshops.change_where(
            |it| {
                it.place.as_ref().is_some_and(is_gone)
                    || it.agenda.targets.iter().any(|&target| Subject::from(target) == gone)
                    || it.log.iter().any(|entry| entry.about.as_ref().is_some_and(is_gone))
                    || it.taken.iter().any(|taken| is_gone(&taken.item))
            },
            |it| {
                it.place = it.place.filter(|item| !is_gone(item));
                it.agenda.targets.retain(|&target| Subject::from(target) != gone);
                it.taken.retain(|taken| !is_gone(&taken.item));
                for entry in &mut it.log {
                    entry.about = entry.about.filter(|item| !is_gone(item));
                }
            },
        );
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
        self.forget_in_workshops(risk.into());
        self.risks.change_where(|it| it.details == Some(risk), |it| it.details = None);
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

/// Ids gathered as subjects.
struct Names(Vec<Subject>);

impl Names {
    fn add<S: Into<Subject>>(&mut self, ids: impl IntoIterator<Item = S>) {
        self.0.extend(ids.into_iter().map(Into::into));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Conduit, Flow, Zone};

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
        let mut project = full;
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
