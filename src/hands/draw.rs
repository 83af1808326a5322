//! New things: zones and assets.

use std::collections::BTreeSet;

use super::growth::with_growth;
use super::hit::zones_at;
use super::home::{assets_into, cell_around};
use super::room::free_place;
use super::select::outermost;
use super::snap::on_grid;
use super::{Field, around, lock};
use crate::catalogue::Catalogue;
use crate::drawing::metrics::*;
use crate::edit::{Edit, Item, Place, next_tag};
use crate::model::*;

/// The size of a zone that is not drawn by hand.
pub const NEW_ZONE: (f32, f32) = (240.0, 140.0);

/// A frame no smaller than a zone can be.
pub fn sized_for_zone(frame: Rect) -> Rect {
    Rect { width: frame.width.max(ZONE_MIN_WIDTH), height: frame.height.max(ZONE_MIN_HEIGHT), ..frame }
}

/// A new zone with a frame, in the foremost zone that encloses it, and that zone. In none, it has the
/// level of the band in which it is drawn.
pub fn new_zone(field: &Field, id: ZoneId, frame: Rect) -> (Edit, Option<ZoneId>) {
    let project = field.project;
    let encloses = |outer: &ZoneId| project.zones.get(*outer).is_some_and(|it| it.frame.encloses(&frame));
    let parent = zones_at(field.shown, frame.center()).into_iter().find(encloses);
    let parent = parent.filter(|&it| !lock::is_zone_locked(project, it));
    let mut zone = zone_in(project, parent, frame);
    if parent.is_none() {
        zone.purdue = field.scene.and_then(|scene| scene.level_at(frame.center()));
    }
    (Edit::Put(Item::Zone(id, zone)), parent)
}

/// A new zone at a free place near one, in a zone or on the top level.
pub fn zone_near(project: &Project, id: ZoneId, parent: Option<ZoneId>, near: Point) -> Edit {
    let parent = parent.filter(|&it| !lock::is_zone_locked(project, it));
    let place = free_place(project, parent, NEW_ZONE, near);
    let frame = Rect::new(place.x, place.y, NEW_ZONE.0, NEW_ZONE.1);
    with_growth(project, Edit::Put(Item::Zone(id, zone_in(project, parent, frame))), &[id].into())
}

/// A zone without anything yet; level and trust are those of the zone around it.
fn zone_in(project: &Project, parent: Option<ZoneId>, frame: Rect) -> Zone {
    let outer = parent.and_then(|it| project.zones.get(it));
    let taken = project.zones.values().map(|it| &it.tag).chain(project.conduits.values().map(|it| &it.tag));
    Zone {
        tag: next_tag("Z-", taken),
        name: "New zone".to_owned(),
        parent,
        frame,
        purdue: outer.and_then(|it| it.purdue),
        trust: outer.map(|it| it.trust).unwrap_or_default(),
        ..Zone::default()
    }
}

/// A new zone around zones and assets that lie in one and the same zone.
///
/// # Errors
/// Why there can be none.
pub fn zone_around(field: &Field, id: ZoneId, selected: &[Subject]) -> Result<Edit, &'static str> {
    let project = field.project;
    let zones: BTreeSet<ZoneId> =
        selected.iter().filter_map(|it| if let Subject::Zone(id) = it { Some(*id) } else { None }).collect();
    let zones = outermost(project, &zones);
    let parents: BTreeSet<_> = zones.iter().filter_map(|&it| project.zones.get(it)).map(|it| it.parent).collect();
    if zones.iter().any(|&it| lock::is_zone_locked(project, it)) {
        return Err("A locked zone is not put into another one");
    }
    let parent = match parents.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => *only,
        [] => return Err("Select zones to put into a new one"),
        _ => return Err("Select zones that lie in the same zone"),
    };
    let frames = zones.iter().filter_map(|&it| project.zones.get(it)).map(|it| it.frame);
    let inner = around(frames).unwrap_or_default();
    let gap = INNER_GAP / 2.0;
    let height = inner.height + ZONE_HEADER + 2.0 * gap;
    let frame = Rect::new(inner.x - gap, inner.y - ZONE_HEADER - gap, inner.width + 2.0 * gap, height);
    let edits = vec![
        Edit::Put(Item::Zone(id, zone_in(project, parent, sized_for_zone(frame)))),
        Edit::Place(Place::Nest { zones, parent: Some(id) }),
    ];
    Ok(with_growth(project, Edit::Several("put zones into a new one".to_owned(), edits), &[id].into()))
}

/// A new asset of a type in a zone: in its grid, or where it was dropped.
pub fn new_asset(
    project: &Project,
    catalogue: &Catalogue,
    id: AssetId,
    kind: &str,
    (zone, at): (ZoneId, Option<Point>),
) -> Option<Edit> {
    let asset_type = catalogue.asset_type(kind)?;
    project.zones.get(zone)?;
    let prefix = format!("{}-", abbreviation(kind));
    let asset = Asset {
        tag: next_tag(&prefix, project.assets.values().map(|it| &it.tag)),
        name: asset_type.name.clone(),
        kind: kind.to_owned(),
        zone: Some(zone),
        ..Asset::default()
    };
    let label = format!("add {} to {}", asset.tag, project.target_tag(zone.into()));
    let mut edits = vec![Edit::Put(Item::Asset(id, asset))];
    if let Some(at) = at {
        let cell = cell_around(at);
        let cell = Rect { x: on_grid(cell.x), y: on_grid(cell.y), ..cell };
        edits.extend(assets_into(project, zone, &[(id, cell)]));
    }
    Some(with_growth(project, Edit::Several(label, edits), &BTreeSet::new()))
}

/// "EWS" of "engineering_ws": a beginning for tags.
fn abbreviation(kind: &str) -> String {
    let short = match kind {
        "engineering_ws" => "EWS",
        "operator_ws" => "OWS",
        "scada_server" => "SRV",
        "historian" | "historian_dmz" => "HIST",
        "firewall" => "FW",
        "switch" => "SW",
        "router" => "RTR",
        "jump_host" => "JMP",
        "sis_controller" => "SIS",
        "domain_controller" => "DC",
        "remote_access_gw" => "RAG",
        "wireless_ap" => "AP",
        "remote_io" => "RIO",
        other => return other.split('_').next().unwrap_or(other).to_uppercase(),
    };
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, plant, zone, zone_id};

    #[test]
    fn a_zone_drawn_in_another_lies_in_it() {
        let drawn = Drawn::of(&plant());
        let parent = |frame: Rect| new_zone(&drawn.field(), ZoneId::derived_from("new"), frame).1;
        assert_eq!(parent(Rect::new(610.0, 40.0, 200.0, 90.0)), Some(zone_id(&drawn.project, "Z-3")));
        assert_eq!(parent(Rect::new(500.0, 40.0, 400.0, 90.0)), None);
    }

    #[test]
    fn a_zone_drawn_in_a_band_has_its_level() {
        let mut plant = plant();
        for (tag, level) in [("Z-1", PurdueLevel::L2), ("Z-3", PurdueLevel::L1)] {
            let id = zone_id(&plant.project, tag);
            let mut zone = plant.project.zones.get(id).unwrap().clone();
            zone.purdue = Some(level);
            zone.frame.y = if level == PurdueLevel::L2 { 0.0 } else { 1000.0 };
            plant.project.zones.insert(id, zone);
        }
        let drawn = Drawn::of(&plant);
        let (top, bottom) = (drawn.scene.bounds.y + 30.0, drawn.scene.bounds.bottom() - 30.0);
        let level =
            |x: f32, y: f32| match new_zone(&drawn.field(), ZoneId::derived_from("new"), Rect::new(x, y, 60.0, 20.0)) {
                (Edit::Put(Item::Zone(_, zone)), None) => zone.purdue,
                other => panic!("{other:?}"),
            };
        let x = drawn.scene.bounds.x + 4.0;
        assert_eq!(level(x, top), Some(PurdueLevel::L2));
        assert_eq!(level(x, bottom), Some(PurdueLevel::L1));
        assert_eq!(level(x - 5000.0, top), None, "beside all bands");
    }

    #[test]
    fn a_zone_added_to_a_small_one_lets_it_grow() {
        let drawn = Drawn::of(&plant());
        let id = ZoneId::derived_from("new");
        let outer = zone_id(&drawn.project, "Z-2");
        let after = drawn.after(&zone_near(&drawn.project, id, Some(outer), Point::default()));
        assert!(zone(&after, "Z-2").frame.encloses(&after.zones.get(id).unwrap().frame));
        assert!(zone(&after, "Z-1").frame.encloses(&zone(&after, "Z-2").frame));
    }

    #[test]
    fn zones_are_put_into_a_new_one_around_them() {
        let drawn = Drawn::of(&plant());
        let id = ZoneId::derived_from("new");
        let chosen = |tags: &[&str]| tags.iter().map(|tag| zone_id(&drawn.project, tag).into()).collect::<Vec<_>>();
        let after = drawn.after(&zone_around(&drawn.field(), id, &chosen(&["Z-1", "Z-3"])).unwrap());
        assert_eq!(zone(&after, "Z-3").parent, Some(id));
        assert!(after.zones.get(id).unwrap().frame.encloses(&zone(&after, "Z-1").frame));
        assert!(zone_around(&drawn.field(), id, &chosen(&["Z-2", "Z-3"])).is_err());
    }

    #[test]
    fn a_new_asset_has_a_tag_and_a_place() {
        let drawn = Drawn::of(&plant());
        let home = zone_id(&drawn.project, "Z-3");
        let id = AssetId::derived_from("new");
        let at = Some(Point::new(700.0, 100.0));
        let edit = new_asset(&drawn.project, Catalogue::embedded(), id, "firewall", (home, at)).unwrap();
        assert_eq!(edit.label(&drawn.project), "add FW-01 to Z-3");
        let after = drawn.after(&edit);
        assert_eq!(after.assets.get(id).unwrap().place, Some(Point::new(56.0, 72.0)));
        assert!(new_asset(&drawn.project, Catalogue::embedded(), id, "no such type", (home, None)).is_none());
    }
}
