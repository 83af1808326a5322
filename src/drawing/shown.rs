//! The part of a plant that a view shows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ConduitId, DiagramView, Project, Target, ZoneId};

/// The project as a view shows it: without the zones that it hides and what lies or
/// stands in them, and without the conduits that it hides or that end in such a zone.
/// Only to be drawn; what follows from a project follows from the whole.
pub fn shown<'a>(project: &'a Project, view: &DiagramView) -> Cow<'a, Project> {
    if view.hidden.is_empty() {
        return Cow::Borrowed(project);
    }
    let zones = hidden_zones(project, view);
    let mut shown = project.clone();
    shown.zones.retain(|id, _| !zones.contains(&id));
    shown.assets.retain(|_, asset| asset.zone.is_none_or(|zone| !zones.contains(&zone)));
    shown.conduits.retain(|id, conduit| {
        let ends = [conduit.from, conduit.to];
        !view.hidden.contains(&id.into()) && ends.into_iter().flatten().all(|zone| !zones.contains(&zone))
    });
    let is_shown = |it: Option<ConduitId>| it.is_none_or(|it| shown.conduits.contains(it));
    let stands = |it: Option<crate::model::AssetId>| it.is_none_or(|it| shown.assets.contains(it));
    let mut flows = project.flows.clone();
    flows.retain(|_, flow| is_shown(flow.conduit) && stands(flow.from) && stands(flow.to));
    shown.flows = flows;
    Cow::Owned(shown)
}

/// The zones that a view hides, and all that lie in them.
pub fn hidden_zones(project: &Project, view: &DiagramView) -> BTreeSet<ZoneId> {
    let mut inner: BTreeMap<ZoneId, Vec<ZoneId>> = BTreeMap::new();
    for (id, zone) in project.zones.iter() {
        if let Some(parent) = zone.parent {
            inner.entry(parent).or_default().push(id);
        }
    }
    let mut hidden = BTreeSet::new();
    let mut next: Vec<ZoneId> = view.hidden.iter().copied().filter_map(Target::zone).collect();
    while let Some(zone) = next.pop() {
        if hidden.insert(zone) {
            next.extend(inner.get(&zone).into_iter().flatten());
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::Id;

    fn plant() -> Project {
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", |zone| zone.parent = Some(ZoneId::derived_from("Z-1")))
            .zone("Z-3", |_| ())
            .zone("Z-4", |_| ())
            .conduit("C-1", "Z-2", "Z-3", |_| ())
            .conduit("C-2", "Z-3", "Z-4", |_| ())
            .asset("PLC", "plc", "Z-2", |_| ())
            .project
    }

    fn tags(project: &Project) -> Vec<String> {
        let mut tags: Vec<String> = project.targets().map(|it| project.target_tag(it).to_owned()).collect();
        tags.extend(project.assets.values().map(|it| it.tag.clone()));
        tags.sort();
        tags
    }

    #[test]
    fn a_hidden_zone_takes_along_what_lies_in_it_and_what_ends_there() {
        let project = plant();
        let view = DiagramView { hidden: [ZoneId::derived_from("Z-1").into()].into(), ..DiagramView::default() };
        assert_eq!(tags(&shown(&project, &view)), ["C-2", "Z-3", "Z-4"]);
    }

    #[test]
    fn a_hidden_conduit_leaves_its_zones() {
        let project = plant();
        let view = DiagramView { hidden: [ConduitId::derived_from("C-2").into()].into(), ..DiagramView::default() };
        assert_eq!(tags(&shown(&project, &view)), ["C-1", "PLC", "Z-1", "Z-2", "Z-3", "Z-4"]);
    }

    #[test]
    fn a_view_that_hides_nothing_shows_the_project_itself() {
        let project = plant();
        assert!(matches!(shown(&project, &DiagramView::whole_plant()), Cow::Borrowed(_)));
    }
}
