//! Views to begin with: which part of a plant, and what its colours tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Conduit, ConduitId, DiagramView, Layer, Overlay, Project, RemoteAccess, Subject, Target, Trust, Zone, ZoneId,
};

/// A view that a project's own one can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// All zones with their conduits and flows, and nothing that hides them.
    Network,
    /// Safety zones, and the zones that a conduit joins with them.
    Safety,
    /// The ways in from outside: conduits with remote access, untrusted zones, and what lies between.
    RemoteAccess,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Network, Self::Safety, Self::RemoteAccess];

    /// What a view of it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::Safety => "Safety",
            Self::RemoteAccess => "Remote access",
        }
    }

    /// What it shows, in a sentence.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Network => "All zones, conduits and flows, without perimeter, levels and findings",
            Self::Safety => "Safety zones and the zones joined with them",
            Self::RemoteAccess => "Ways in from outside and the zones on the way",
        }
    }

    /// The view of a project.
    pub fn view(self, project: &Project) -> DiagramView {
        let whole = DiagramView { name: self.name().to_owned(), ..DiagramView::whole_plant() };
        match self {
            Self::Network => DiagramView {
                hidden_layers: [Layer::Perimeter, Layer::Sites, Layer::Levels, Layer::Findings].into(),
                ..whole
            },
            Self::Safety => DiagramView { hidden: all_but(project, &safety(project)), ..whole },
            Self::RemoteAccess => {
                DiagramView { hidden: all_but(project, &remote_access(project)), overlay: Overlay::Exposure, ..whole }
            }
        }
    }
}

/// What is left when only some targets are shown: the zones and conduits to hide.
/// A zone stays where something in it does.
fn all_but(project: &Project, wanted: &Wanted) -> BTreeSet<Target> {
    let mut zones = wanted.zones.clone();
    for zone in &wanted.zones {
        zones.extend(project.zone_ancestors(*zone));
    }
    let joins = |conduit: &Conduit| [conduit.from, conduit.to].into_iter().flatten().all(|it| zones.contains(&it));
    let conduits = project.conduits.iter().filter(|(id, it)| joins(it) && !wanted.conduits.contains(id));
    let conduits = conduits.map(|(id, _)| Target::Conduit(id));
    let hidden: BTreeSet<ZoneId> = project.zones.ids().filter(|it| !zones.contains(it)).collect();
    let is_outermost = |id: &ZoneId| {
        let parent = project.zones.get(*id).and_then(|it| it.parent);
        parent.is_none_or(|parent| !hidden.contains(&parent))
    };
    hidden.iter().copied().filter(is_outermost).map(Target::Zone).chain(conduits).collect()
}

/// What a view is to show.
#[derive(Default)]
struct Wanted {
    zones: BTreeSet<ZoneId>,
    conduits: BTreeSet<ConduitId>,
}

fn safety(project: &Project) -> Wanted {
    let is_safety = |zone: ZoneId| project.zones.get(zone).is_some_and(|it| it.trust == Trust::Safety);
    let zones = project.zones.ids().filter(|it| is_safety(*it)).collect();
    with_neighbours(project, Wanted { zones, conduits: BTreeSet::new() })
}

/// These zones, the conduits at them, and the zones at their other ends.
fn with_neighbours(project: &Project, mut wanted: Wanted) -> Wanted {
    let inner = wanted.zones.clone();
    for (id, conduit) in project.conduits.iter() {
        if wanted.conduits.contains(&id) || inner.iter().any(|zone| conduit.touches(*zone)) {
            wanted.conduits.insert(id);
            wanted.zones.extend(conduit.from.into_iter().chain(conduit.to));
        }
    }
    wanted
}

/// Untrusted zones, conduits with remote access or a vendor's way in, and the shortest
/// ways from those zones to the ends of those conduits and to vendors' assets.
fn remote_access(project: &Project) -> Wanted {
    let vendors: BTreeSet<ConduitId> = project.vendor_access.values().filter_map(|it| it.conduit).collect();
    let is_way_in = |id: ConduitId, it: &Conduit| it.remote_access != RemoteAccess::None || vendors.contains(&id);
    let ways_in: Vec<(ConduitId, &Conduit)> =
        project.conduits.iter().filter(|(id, conduit)| is_way_in(*id, conduit)).collect();
    let mut goals: BTreeSet<ZoneId> = ways_in.iter().flat_map(|(_, it)| it.from.into_iter().chain(it.to)).collect();
    let assets = project.vendor_access.values().flat_map(|it| &it.assets);
    goals.extend(assets.filter_map(|id| project.assets.get(*id)?.zone));
    let outside: Vec<ZoneId> =
        project.zones.iter().filter(|(_, it): &(ZoneId, &Zone)| it.is_untrusted()).map(|(id, _)| id).collect();
    let mut wanted = Wanted { zones: goals.clone(), conduits: ways_in.iter().map(|(id, _)| *id).collect() };
    wanted.zones.extend(&outside);
    let came_from = reached_from(project, &outside);
    for goal in goals {
        let mut at = goal;
        while let Some((conduit, before)) = came_from.get(&at).copied().flatten() {
            wanted.conduits.insert(conduit);
            wanted.zones.insert(before);
            at = before;
        }
    }
    wanted
}

/// From each zone that conduits lead to from the starts: the conduit and zone one step nearer.
fn reached_from(project: &Project, starts: &[ZoneId]) -> BTreeMap<ZoneId, Option<(ConduitId, ZoneId)>> {
    let mut ways: BTreeMap<ZoneId, Vec<(ConduitId, ZoneId)>> = BTreeMap::new();
    for (id, conduit) in project.conduits.iter() {
        if let Some((from, to)) = conduit.ends() {
            ways.entry(from).or_default().push((id, to));
            ways.entry(to).or_default().push((id, from));
        }
    }
    let mut came_from: BTreeMap<ZoneId, Option<(ConduitId, ZoneId)>> = starts.iter().map(|it| (*it, None)).collect();
    let mut next: std::collections::VecDeque<ZoneId> = starts.iter().copied().collect();
    while let Some(zone) = next.pop_front() {
        for &(conduit, far) in ways.get(&zone).into_iter().flatten() {
            came_from.entry(far).or_insert_with(|| {
                next.push_back(far);
                Some((conduit, zone))
            });
        }
    }
    came_from
}

/// What to hide so that only these and their neighbours are seen: the zones at the ends
/// of conduits, the zones of assets, and what conduits join with them.
pub fn only_with_neighbours(project: &Project, subjects: &[Subject]) -> BTreeSet<Target> {
    let mut wanted = Wanted::default();
    for subject in subjects {
        match *subject {
            Subject::Zone(id) => wanted.zones.extend(project.zone_with_contents(id)),
            Subject::Conduit(id) => {
                wanted.conduits.insert(id);
            }
            Subject::Asset(id) => {
                if let Some(asset) = project.assets.get(id) {
                    wanted.zones.extend(asset.zone.into_iter().chain(asset.other_zones.iter().copied()));
                }
            }
            Subject::Flow(id) => wanted.conduits.extend(project.flows.get(id).and_then(|it| it.conduit)),
            _ => (),
        }
    }
    all_but(project, &with_neighbours(project, wanted))
}

/// The name, or the name with the first number from 2 on that no view has yet.
pub fn free_view_name(project: &Project, name: &str) -> String {
    let is_taken = |wanted: &str| {
        let whole = DiagramView::whole_plant().name;
        whole.eq_ignore_ascii_case(wanted) || project.views.values().any(|it| it.name.eq_ignore_ascii_case(wanted))
    };
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|it| !is_taken(it)).unwrap_or_default()
}

/// The view of this name, whatever the case of its letters; "Whole plant" is always there.
pub fn view_named(project: &Project, name: &str) -> Option<DiagramView> {
    let whole = DiagramView::whole_plant();
    let wanted = name.trim();
    let named = project.views.values().find(|it| it.name.eq_ignore_ascii_case(wanted)).cloned();
    named.or_else(|| whole.name.eq_ignore_ascii_case(wanted).then_some(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::drawing::shown;
    use crate::model::{Id, VendorAccess, VendorAccessId};

    /// Outside – DMZ – control – safety, a store beside control, an office beside the DMZ.
    fn plant() -> Project {
        Fixture::new()
            .zone("Z-NET", |zone| zone.trust = Trust::External)
            .zone("Z-OFFICE", |zone| zone.trust = Trust::Enterprise)
            .zone("Z-DMZ", |_| ())
            .zone("Z-PLANT", |_| ())
            .zone("Z-CTRL", |zone| zone.parent = Some(ZoneId::derived_from("Z-PLANT")))
            .zone("Z-SIS", |zone| zone.trust = Trust::Safety)
            .zone("Z-STORE", |_| ())
            .conduit("C-1", "Z-NET", "Z-DMZ", |_| ())
            .conduit("C-2", "Z-DMZ", "Z-CTRL", |it| it.remote_access = RemoteAccess::OnDemand)
            .conduit("C-3", "Z-CTRL", "Z-SIS", |_| ())
            .conduit("C-4", "Z-CTRL", "Z-STORE", |_| ())
            .conduit("C-5", "Z-OFFICE", "Z-DMZ", |_| ())
            .asset("PLC", "plc", "Z-CTRL", |_| ())
            .project
    }

    fn seen(project: &Project, view: &DiagramView) -> Vec<String> {
        let shown = shown(project, view);
        let mut tags: Vec<String> = shown.targets().map(|it| shown.target_tag(it).to_owned()).collect();
        tags.sort();
        tags
    }

    #[test]
    fn the_network_is_whole_and_shows_flows() {
        let project = plant();
        let view = Preset::Network.view(&project);
        assert_eq!(seen(&project, &view).len(), 12);
        assert!(!view.hidden_layers.contains(&Layer::Flows) && view.hidden_layers.contains(&Layer::Perimeter));
    }

    #[test]
    fn safety_shows_safety_zones_and_what_is_joined_with_them() {
        let project = plant();
        let view = Preset::Safety.view(&project);
        assert_eq!(seen(&project, &view), ["C-3", "Z-CTRL", "Z-PLANT", "Z-SIS"]);
    }

    #[test]
    fn remote_access_shows_the_way_from_outside_and_nothing_beside_it() {
        let project = plant();
        let view = Preset::RemoteAccess.view(&project);
        assert_eq!(seen(&project, &view), ["C-1", "C-2", "Z-CTRL", "Z-DMZ", "Z-NET", "Z-PLANT"]);
    }

    #[test]
    fn a_vendors_way_in_belongs_to_remote_access() {
        let mut project = plant();
        let access = VendorAccess {
            conduit: Some(ConduitId::derived_from("C-4")),
            assets: [crate::model::AssetId::derived_from("PLC")].into(),
            ..VendorAccess::default()
        };
        project.vendor_access.insert(VendorAccessId::derived_from("V"), access);
        let view = Preset::RemoteAccess.view(&project);
        assert!(seen(&project, &view).contains(&"C-4".to_owned()));
        assert!(!seen(&project, &view).contains(&"C-5".to_owned()));
    }

    #[test]
    fn only_a_selection_and_its_neighbours_are_left() {
        let project = plant();
        let hidden = only_with_neighbours(&project, &[ZoneId::derived_from("Z-STORE").into()]);
        let view = DiagramView { hidden, ..DiagramView::whole_plant() };
        assert_eq!(seen(&project, &view), ["C-4", "Z-CTRL", "Z-PLANT", "Z-STORE"]);
        let hidden = only_with_neighbours(&project, &[ConduitId::derived_from("C-1").into()]);
        let view = DiagramView { hidden, ..DiagramView::whole_plant() };
        assert_eq!(seen(&project, &view), ["C-1", "Z-DMZ", "Z-NET"]);
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut project = plant();
        assert_eq!(free_view_name(&project, "Network"), "Network");
        assert_eq!(free_view_name(&project, "Whole plant"), "Whole plant 2");
        project.views.insert(crate::model::ViewId::derived_from("v"), Preset::Network.view(&project));
        assert_eq!(free_view_name(&project, "network"), "network 2");
        assert_eq!(view_named(&project, " NETWORK ").map(|it| it.name), Some("Network".to_owned()));
        assert_eq!(view_named(&project, "whole plant").map(|it| it.name), Some("Whole plant".to_owned()));
        assert_eq!(view_named(&project, "Nobody's"), None);
    }
}
