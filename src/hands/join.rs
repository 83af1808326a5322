//! Joining: conduits between zones, flows between assets.

use crate::edit::{Edit, Item, next_tag};
use crate::model::*;

/// A new conduit.
pub fn new_conduit(project: &Project, id: ConduitId, from: ZoneId, to: ZoneId) -> Edit {
    let tag =
        next_tag("C-", project.zones.values().map(|it| &it.tag).chain(project.conduits.values().map(|it| &it.tag)));
    let conduit = Conduit { tag, from: Some(from), to: Some(to), ..Conduit::default() };
    Edit::Put(Item::Conduit(id, conduit))
}

/// The conduit that joins two zones, the first by tag.
pub fn conduit_between(project: &Project, one: ZoneId, other: ZoneId) -> Option<ConduitId> {
    let joins = |it: &Conduit| it.ends().is_some_and(|ends| ends == (one, other) || ends == (other, one));
    let joining = project.conduits.iter().filter(|(_, it)| joins(it));
    joining.min_by_key(|(id, it)| (&it.tag, *id)).map(|(id, _)| id)
}

/// A flow that no conduit can carry yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingConduit {
    /// The flow.
    pub flow: FlowId,
    /// Who opens it.
    pub from: AssetId,
    /// Who answers.
    pub to: AssetId,
    /// The zones that a conduit would have to join.
    pub zones: (ZoneId, ZoneId),
}

impl MissingConduit {
    /// Conduit and flow as one step, and the conduit.
    pub fn with_conduit(&self, project: &Project) -> (Edit, ConduitId) {
        let id = ConduitId::random();
        let (from, to) = self.zones;
        let conduit = new_conduit(project, id, from, to);
        let edits = vec![conduit, put_flow(self.flow, self.from, self.to, Some(id))];
        (Edit::Several(format!("add flow {} and its conduit", flow_name(project, self.from, self.to)), edits), id)
    }

    /// The flow alone, over no conduit.
    pub fn alone(&self, project: &Project) -> Edit {
        let label = format!("add flow {}", flow_name(project, self.from, self.to));
        Edit::Several(label, vec![put_flow(self.flow, self.from, self.to, None)])
    }
}

fn put_flow(id: FlowId, from: AssetId, to: AssetId, conduit: Option<ConduitId>) -> Edit {
    Edit::Put(Item::Flow(id, Flow { conduit, from: Some(from), to: Some(to), ..Flow::default() }))
}

fn flow_name(project: &Project, from: AssetId, to: AssetId) -> String {
    format!("{} → {}", project.subject_tag(from.into()), project.subject_tag(to.into()))
}

/// A flow from asset to asset over the conduit between their zones, and that conduit.
///
/// # Errors
/// What is missing where the assets have no zone in common and no conduit joins theirs.
pub fn flow_between(
    project: &Project,
    id: FlowId,
    from: AssetId,
    to: AssetId,
) -> Result<(Edit, Option<ConduitId>), MissingConduit> {
    let zones = |asset: AssetId| -> Vec<ZoneId> {
        let asset = project.assets.get(asset);
        asset.into_iter().flat_map(|it| it.zone.into_iter().chain(it.other_zones.iter().copied())).collect()
    };
    let (near, far) = (zones(from), zones(to));
    let flow = |conduit| {
        let label = format!("add flow {}", flow_name(project, from, to));
        Edit::Several(label, vec![put_flow(id, from, to, conduit)])
    };
    if near.iter().any(|it| far.contains(it)) {
        return Ok((flow(None), None));
    }
    let pairs = near.iter().flat_map(|&one| far.iter().map(move |&other| (one, other)));
    let joining: Vec<ConduitId> = pairs.filter_map(|(one, other)| conduit_between(project, one, other)).collect();
    // rather one over which this side may open a connection
    let may_open = |id: &&ConduitId| {
        project.conduits.get(**id).is_some_and(|it| it.initiated_towards().any(|towards| far.contains(&towards)))
    };
    let conduit = joining.iter().find(may_open).or_else(|| joining.first()).copied();
    match (conduit, near.first(), far.first()) {
        (Some(conduit), ..) => Ok((flow(Some(conduit)), Some(conduit))),
        (None, Some(&one), Some(&other)) => Err(MissingConduit { flow: id, from, to, zones: (one, other) }),
        _ => Ok((flow(None), None)),
    }
}

/// Whether turning a conduit round means anything: it is opened from one side, or lets
/// through one way.
pub fn has_direction(conduit: &Conduit) -> bool {
    conduit.initiated_by != Initiator::Both || conduit.filtering == Filtering::OneWay
}

/// Conduits turned round: opened from the other side, a diode facing the other way. What
/// filters stays where it stands.
pub fn reversed(project: &Project, conduits: impl IntoIterator<Item = ConduitId>) -> Option<Edit> {
    change(project, conduits, "reverse", |it| {
        if !has_direction(it) {
            return it.clone();
        }
        let filter_place = match it.filter_place {
            FilterPlace::From => FilterPlace::To,
            FilterPlace::To => FilterPlace::From,
            other => other,
        };
        Conduit { from: it.to, to: it.from, filter_place, ..it.clone() }
    })
}

/// Changes conduits as one step; `None` where nothing changes.
pub fn change(
    project: &Project,
    conduits: impl IntoIterator<Item = ConduitId>,
    verb: &str,
    change: impl Fn(&Conduit) -> Conduit,
) -> Option<Edit> {
    let changed = conduits.into_iter().filter_map(|id| {
        let before = project.conduits.get(id)?;
        let after = change(before);
        (after != *before).then_some((id, after))
    });
    let changed: Vec<_> = changed.collect();
    let what = match changed.as_slice() {
        [] => return None,
        [(id, _)] => format!("conduit {}", project.target_tag((*id).into())),
        several => format!("{} conduits", several.len()),
    };
    let edits = changed.into_iter().map(|(id, it)| Edit::Put(Item::Conduit(id, it))).collect();
    Some(Edit::Several(format!("{verb} {what}"), edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant};

    fn assets(tags: [&str; 2]) -> [AssetId; 2] {
        tags.map(AssetId::derived_from)
    }

    #[test]
    fn a_flow_goes_over_the_conduit_between_its_zones_or_stays_in_one() {
        let drawn = Drawn::of(&plant().asset("B", "plc", "Z-3", |_| ()));
        let made = |tags: [&str; 2]| {
            let [from, to] = assets(tags);
            let id = FlowId::random();
            let (edit, conduit) = flow_between(&drawn.project, id, from, to).unwrap();
            let flow = drawn.after(&edit).flows.get(id).unwrap().clone();
            assert_eq!((flow.from, flow.to, flow.conduit), (Some(from), Some(to), conduit));
            conduit
        };
        assert_eq!(made(["A-1", "B"]), Some(ConduitId::derived_from("C-1")));
        assert_eq!(made(["A-1", "A-2"]), None);
    }

    #[test]
    fn a_missing_conduit_is_made_with_the_flow_as_one_step() {
        let drawn = Drawn::of(&plant().asset("B", "plc", "Z-3", |_| ()).asset("C", "plc", "Z-2", |_| ()));
        let [from, to] = assets(["C", "B"]);
        let missing = flow_between(&drawn.project, FlowId::random(), from, to).unwrap_err();
        let (edit, conduit) = missing.with_conduit(&drawn.project);
        let after = drawn.after(&edit);
        assert_eq!(after.conduits.get(conduit).unwrap().ends(), Some(missing.zones));
        assert_eq!(after.flows.get(missing.flow).unwrap().conduit, Some(conduit));
        assert_eq!(drawn.after(&missing.alone(&drawn.project)).conduits.len(), 1);
    }

    #[test]
    fn a_diode_turned_round_lets_through_the_other_way() {
        let one_way = |it: &mut Conduit| it.filtering = Filtering::OneWay;
        let fixture = plant().conduit("C-2", "Z-2", "Z-3", one_way);
        let id = ConduitId::derived_from("C-2");
        let edit = reversed(&fixture.project, [id]).unwrap();
        assert_eq!(edit.label(&fixture.project), "reverse conduit C-2");
        let after = Drawn::of(&fixture).after(&edit);
        let ends = ["Z-3", "Z-2"].map(ZoneId::derived_from);
        assert_eq!(after.conduits.get(id).unwrap().ends(), Some((ends[0], ends[1])));
    }
}
