//! Homes: assets put into zones, which grow until they hold them.

use super::around;
use super::bodies::inside;
use super::growth::with_growth;
use super::room::framed;
use super::snap::room_in;
use crate::drawing::cell_at;
use crate::drawing::metrics::{ASSET_HEIGHT, ASSET_WIDTH};
use crate::edit::{Edit, Place};
use crate::model::{AssetId, Point, Project, Rect, ZoneId};

/// The edits that put assets into a zone as they stand to each other; a zone too small
/// for them grows.
pub fn assets_into(project: &Project, zone: ZoneId, cells: &[(AssetId, Rect)]) -> Vec<Edit> {
    let Some(mut frame) = project.zones.get(zone).map(|it| it.frame) else { return Vec::new() };
    let Some(group) = around(cells.iter().map(|(_, cell)| *cell)) else { return Vec::new() };
    let mut edits = Vec::new();
    let room = room_in(frame);
    let short = ((group.width - room.width).max(0.0), (group.height - room.height).max(0.0));
    if short != (0.0, 0.0) {
        frame = Rect { width: frame.width + short.0, height: frame.height + short.1, ..frame };
        edits.extend(framed(project, &[(zone, frame)]));
    }
    let room = room_in(frame);
    let into = |start: f32, length: f32, from: f32, to: f32| start.min(to - length).max(from) - start;
    let (dx, dy) =
        (into(group.x, group.width, room.x, room.right()), into(group.y, group.height, room.y, room.bottom()));
    let (assets, places) = cells.iter().map(|(id, cell)| (*id, inside(frame, cell.offset(dx, dy)))).unzip();
    edits.push(Edit::Place(Place::Assets { assets, zone: Some(zone), places }));
    edits
}

/// An asset put down in a zone, with the middle of its cell at a place.
pub fn put_down(project: &Project, asset: AssetId, zone: ZoneId, at: Point) -> Edit {
    let label = format!("move {} to {}", project.subject_tag(asset.into()), project.target_tag(zone.into()));
    let edits = assets_into(project, zone, &[(asset, cell_around(at))]);
    with_growth(project, Edit::Several(label, edits), &[].into())
}

/// The cell with its middle at a place.
pub fn cell_around(at: Point) -> Rect {
    Rect::new(at.x - ASSET_WIDTH / 2.0, at.y - ASSET_HEIGHT / 2.0, ASSET_WIDTH, ASSET_HEIGHT)
}

/// An edit that puts assets into a zone, where they are then moved so that they stand in it
/// as they stand to each other.
pub fn settled(project: &Project, edit: Edit, zone: ZoneId, assets: impl Iterator<Item = AssetId>) -> Edit {
    let mut after = project.clone();
    if edit.apply(&mut after).is_err() {
        return edit;
    }
    let frame = after.zones.get(zone).map(|it| it.frame).unwrap_or_default();
    let cell = |id: AssetId| Some((id, cell_at(frame, after.assets.get(id)?.place?)));
    let cells: Vec<(AssetId, Rect)> = assets.filter_map(cell).collect();
    let label = edit.label(project);
    let edits = std::iter::once(edit).chain(assets_into(&after, zone, &cells)).collect();
    with_growth(project, Edit::Several(label, edits), &[].into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hands::fixture::{Drawn, cell, plant, zone, zone_id};
    use crate::model::Id;

    #[test]
    fn a_zone_too_low_for_an_asset_grows_when_one_is_put_down_in_it() {
        let low = plant().zone("LOW", |zone| zone.frame = Rect::new(600.0, 240.0, 200.0, 45.0));
        let low = low.zone("NEXT", |zone| zone.frame = Rect::new(600.0, 300.0, 200.0, 100.0));
        let drawn = Drawn::of(&low);
        let asset = AssetId::derived_from("A-1");
        let edit = put_down(&drawn.project, asset, zone_id(&drawn.project, "LOW"), Point::new(790.0, 250.0));
        assert_eq!(edit.label(&drawn.project), "move A-1 to LOW");
        let after = drawn.after(&edit);
        let (low, next) = (zone(&after, "LOW").frame, zone(&after, "NEXT").frame);
        assert!(low.encloses(&cell(&after, "A-1")));
        assert_eq!(next.y - low.bottom(), 15.0, "what lies below makes room");
    }
}
