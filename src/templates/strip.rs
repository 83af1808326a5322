//! A project as a template: the plant, its targets and its scope stay, the assessment goes.

use std::sync::Arc;

use crate::edit::Fragment;
use crate::model::*;

/// The same plant as a fresh project with ids of its own. Zones, conduits, assets, flows,
/// notes and views stay, SL-T with their reasons, the scope's text, the risk matrix and the
/// project's name. Answers, evidence, risks, actions, acceptances, registers, findings set
/// aside, people, documents, dates and network addresses go.
pub fn without_assessment(project: &Project) -> Project {
    let everything = project.zones.ids().map(Subject::Zone).chain(project.conduits.ids().map(Subject::Conduit));
    let everything = everything.chain(project.assets.ids().map(Subject::Asset));
    let everything = everything.chain(project.flows.ids().map(Subject::Flow));
    let everything = everything.chain(project.notes.ids().map(Subject::Note)).collect();
    let renewal = Fragment::of(project, &everything).renewal(&Project::default());
    let fragment = renewal.fragment;
    let mut zones = fragment.zones;
    zones.change_where(|it| it.sl_t.is_some(), |it| it.sl_t = it.sl_t.take().map(undecided));
    let mut conduits = fragment.conduits;
    conduits.change_where(|it| it.sl_t.is_some(), |it| it.sl_t = it.sl_t.take().map(undecided));
    let mut assets = fragment.assets;
    assets.change_where(|it| !it.addresses.is_empty(), |it| it.addresses.clear());
    let target = |target: Target| match target {
        Target::Zone(id) => renewal.zones.get(&id).map_or(target, |&it| it.into()),
        Target::Conduit(id) => renewal.conduits.get(&id).map_or(target, |&it| it.into()),
    };
    let view = |it: &DiagramView| DiagramView { hidden: it.hidden.iter().copied().map(target).collect(), ..it.clone() };
    let views = project.views.values().map(|it| (ViewId::random(), view(it))).collect();
    let mut scope = Scope { people: Vec::new(), documents: Vec::new(), ..Scope::clone(&project.scope) };
    for point in &mut scope.access_points {
        point.conduit = point.conduit.and_then(|id| renewal.conduits.get(&id).copied());
    }
    Project {
        info: Arc::new(ProjectInfo { title: project.info.title.clone(), ..ProjectInfo::default() }),
        scope: Arc::new(scope),
        settings: Arc::new(Settings { outages: Vec::new(), ..Settings::clone(&project.settings) }),
        zones,
        conduits,
        assets,
        flows: fragment.flows,
        notes: fragment.notes,
        views,
        ..Project::default()
    }
}

/// A proposal, decided by nobody yet.
fn undecided(level: TargetLevel) -> TargetLevel {
    TargetLevel { decided_by: String::new(), decided_on: None, ..level }
}
