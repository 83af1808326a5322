//! The outline beside the canvas: what comes of dragging something onto a row of it.

use std::collections::BTreeSet;

use super::growth::with_growth;
use super::lock;
use super::nest::nest;
use crate::edit::{Edit, Item, Place};
use crate::model::{AssetId, Project, Subject, ZoneId};

/// Something in the outline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// All zones of a site or area; an empty one holds those of none.
    Site(String),
    /// All conduits.
    Conduits,
    /// All notes and legends.
    Notes,
    /// The assets that stand in no zone.
    Unplaced,
    /// A zone, conduit, asset or note.
    Item(Subject),
}

/// What a drop does. `onto` is `None` below all rows.
///
/// # Errors
/// Why it can't be done, in a few words.
pub fn dropped(project: &Project, dragged: &[Subject], onto: Option<&Node>) -> Result<Edit, String> {
    let zones: BTreeSet<ZoneId> =
        dragged.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None }).collect();
    let assets: Vec<AssetId> =
        dragged.iter().filter_map(|it| if let Subject::Asset(id) = it { Some(*id) } else { None }).collect();
    if let Some(&locked) = dragged.iter().find(|it| lock::is_locked(project, **it)) {
        return Err(lock::reason(project, locked));
    }
    match onto {
        Some(Node::Item(Subject::Zone(zone))) => into_zone(project, zones, assets, *zone),
        Some(Node::Item(Subject::Asset(asset))) => match project.assets.get(*asset).and_then(|it| it.zone) {
            Some(zone) => into_zone(project, zones, assets, zone),
            None => out_of_zones(zones, assets),
        },
        Some(Node::Site(site)) if assets.is_empty() => to_site(project, &zones, site),
        Some(Node::Unplaced) => out_of_zones(zones, assets),
        None if assets.is_empty() => nest(project, &zones, None).map_err(|it| it.to_string()),
        Some(Node::Site(_)) | None => Err("An asset stands in a zone".to_owned()),
        Some(_) => Err("Drop it on a zone or a site".to_owned()),
    }
}

fn into_zone(project: &Project, zones: BTreeSet<ZoneId>, assets: Vec<AssetId>, zone: ZoneId) -> Result<Edit, String> {
    let outer = project.target_tag(zone.into());
    if lock::is_zone_locked(project, zone) {
        return Err(lock::reason(project, zone.into()));
    }
    if zones.contains(&zone) || project.zone_ancestors(zone).iter().any(|it| zones.contains(it)) {
        return Err("A zone can't lie in itself or in a zone within it".to_owned());
    }
    let nested =
        if zones.is_empty() { None } else { Some(nest(project, &zones, Some(zone)).map_err(|it| it.to_string())?) };
    let homes = |it: &AssetId| project.assets.get(*it).is_some_and(|it| it.zone != Some(zone));
    let assets: Vec<AssetId> = assets.into_iter().filter(homes).collect();
    let moved =
        (!assets.is_empty()).then(|| Edit::Place(Place::Assets { assets, zone: Some(zone), places: Vec::new() }));
    match (nested, moved) {
        (Some(one), Some(other)) => {
            let mut nested = project.clone();
            one.apply(&mut nested).map_err(|it| it.to_string())?;
            let other = with_growth(&nested, other, &BTreeSet::new());
            Ok(Edit::Several(format!("move several into {outer}"), vec![one, other]))
        }
        (None, Some(only)) => Ok(with_growth(project, only, &BTreeSet::new())),
        (Some(only), None) => Ok(only),
        (None, None) => Err(format!("It stands in {outer} already")),
    }
}

fn out_of_zones(zones: BTreeSet<ZoneId>, assets: Vec<AssetId>) -> Result<Edit, String> {
    if zones.is_empty() {
        Ok(Edit::Place(Place::Assets { assets, zone: None, places: Vec::new() }))
    } else {
        Err("Only assets can stand in no zone".to_owned())
    }
}

/// The zones on the top level, each with this site or area.
fn to_site(project: &Project, zones: &BTreeSet<ZoneId>, site: &str) -> Result<Edit, String> {
    let inner: BTreeSet<ZoneId> =
        zones.iter().copied().filter(|id| project.zones.get(*id).is_some_and(|it| it.parent.is_some())).collect();
    let mut after = project.clone();
    let mut edits = Vec::new();
    if !inner.is_empty() {
        let out = nest(project, &inner, None).map_err(|it| it.to_string())?;
        out.apply(&mut after).map_err(|it| it.to_string())?;
        edits.push(out);
    }
    edits.extend(set_site(&after, zones.iter().copied(), site));
    let label =
        if site.is_empty() { "take zones out of their site".to_owned() } else { format!("move zones to {site}") };
    Ok(Edit::Several(label, edits))
}

/// Gives zones a site or area.
fn set_site<'a>(
    project: &'a Project,
    zones: impl Iterator<Item = ZoneId> + 'a,
    site: &'a str,
) -> impl Iterator<Item = Edit> + 'a {
    zones.filter_map(move |id| {
        let zone = project.zones.get(id).filter(|it| it.site != site)?;
        Some(Edit::Put(Item::Zone(id, crate::model::Zone { site: site.to_owned(), ..zone.clone() })))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, Rect};

    fn id(tag: &str) -> ZoneId {
        ZoneId::derived_from(tag)
    }

    fn row(tag: &str) -> Node {
        Node::Item(id(tag).into())
    }

    fn plant() -> Project {
        Fixture::new()
            .zone("Z-1", |zone| {
                zone.frame = Rect::new(0.0, 0.0, 300.0, 300.0);
                zone.site = "North".into();
            })
            .zone("Z-2", |zone| {
                zone.frame = Rect::new(20.0, 60.0, 200.0, 100.0);
                zone.parent = Some(id("Z-1"));
            })
            .zone("Z-3", |zone| {
                zone.frame = Rect::new(400.0, 0.0, 200.0, 100.0);
                zone.locked = true;
            })
            .asset("PLC", "plc", "Z-2", |_| ())
            .project
    }

    fn after(dragged: &[Subject], onto: Option<&Node>) -> Result<Project, String> {
        let mut project = plant();
        dropped(&project, dragged, onto)?.apply(&mut project).map_err(|it| it.to_string())?;
        Ok(project)
    }

    #[test]
    fn assets_go_to_the_zone_that_they_are_dropped_on() {
        let plc = AssetId::derived_from("PLC");
        let zone_of = |project: Project| project.assets.get(plc).unwrap().zone;
        assert_eq!(after(&[plc.into()], Some(&row("Z-1"))).map(zone_of), Ok(Some(id("Z-1"))));
        assert_eq!(after(&[plc.into()], Some(&Node::Unplaced)).map(zone_of), Ok(None));
        assert!(after(&[plc.into()], Some(&row("Z-2"))).unwrap_err().contains("already"));
        assert!(after(&[plc.into()], Some(&Node::Site("North".into()))).is_err());
    }

    #[test]
    fn a_zone_never_lies_in_itself_and_a_locked_one_stays() {
        assert!(after(&[id("Z-1").into()], Some(&row("Z-2"))).unwrap_err().contains("in itself"));
        assert!(after(&[id("Z-1").into()], Some(&row("Z-1"))).unwrap_err().contains("in itself"));
        assert_eq!(after(&[id("Z-3").into()], Some(&row("Z-1"))).unwrap_err(), "Z-3 is locked");
    }

    #[test]
    fn nothing_leaves_a_locked_zone_or_falls_into_one() {
        let plc = AssetId::derived_from("PLC");
        let mut project = plant();
        assert_eq!(dropped(&project, &[plc.into()], Some(&row("Z-3"))), Err("Z-3 is locked".to_owned()));
        assert_eq!(dropped(&project, &[id("Z-1").into()], Some(&row("Z-3"))), Err("Z-3 is locked".to_owned()));
        project.zones.get_mut(id("Z-1")).unwrap().locked = true;
        let within = |subject: Subject, onto| dropped(&project, &[subject], onto).unwrap_err();
        assert_eq!(within(plc.into(), Some(&Node::Unplaced)), "PLC lies in a locked zone");
        assert_eq!(within(id("Z-2").into(), None), "Z-2 lies in a locked zone");
    }

    #[test]
    fn a_zone_comes_out_and_goes_to_another_site() {
        let out = after(&[id("Z-2").into()], None).unwrap();
        assert_eq!(out.zones.get(id("Z-2")).unwrap().parent, None);
        let south = after(&[id("Z-2").into(), id("Z-1").into()], Some(&Node::Site("South".into()))).unwrap();
        for tag in ["Z-1", "Z-2"] {
            let zone = south.zones.get(id(tag)).unwrap();
            assert_eq!((zone.parent, zone.site.as_str()), (None, "South"), "{tag}");
        }
    }
}
