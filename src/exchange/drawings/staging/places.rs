//! Places of what was built: those of the drawing, or of the layout.

use super::At;
use super::build::Building;
use super::place::{self, Drawn};
use crate::drawing::asset_places;
use crate::drawing::layout;
use crate::drawing::metrics::LEVEL_GAP;
use crate::exchange::drawings::own;
use crate::model::*;

/// Space between pages, and between what was there and what is imported.
const PAGE_GAP: f32 = 160.0;
/// Space between a zone and a note beside it.
const NOTE_GAP: f32 = 8.0;

impl Building<'_> {
    /// Gives everything its place.
    pub(super) fn places(&mut self) {
        if self.is_ours() && !self.staging.lays_out_anew {
            self.keep_places();
            self.place_rest();
            layout::place_unplaced(&mut self.project);
        } else {
            let drawn = self.drawn();
            let mut scale = 1.0;
            if !self.staging.lays_out_anew {
                scale = place::place(&mut self.project, &drawn);
                self.place_rest();
            }
            layout::place_unplaced(&mut self.project);
            self.place_notes(&drawn, scale);
        }
        if let (Some(there), Some(here)) = (bounds(self.there), bounds(&self.project)) {
            let (dx, dy) = (there.right() + PAGE_GAP - here.x, there.y - here.y);
            let ids: Vec<ZoneId> = self.project.zones.ids().collect();
            for id in ids {
                if let Some(zone) = self.project.zones.get_mut(id) {
                    zone.frame = zone.frame.offset(dx, dy);
                }
            }
            for &id in self.notes.values() {
                if let Some(note) = self.project.notes.get_mut(id) {
                    note.frame = note.frame.offset(dx, dy);
                }
            }
        }
    }

    /// Whether we drew it: then there is room for everything where it stands.
    fn is_ours(&self) -> bool {
        let shapes = self.zones.keys().filter_map(|at| self.staging.shape(*at));
        shapes.into_iter().any(|shape| own::tag(&shape.details).is_some())
    }

    /// Takes all places as they are drawn. Assets that stand elsewhere than the grid of their
    /// zone has them were put there by hand.
    fn keep_places(&mut self) {
        for (&at, &id) in &self.zones {
            if let Some(zone) = self.project.zones.get_mut(id) {
                zone.frame = self.staging.frame(at);
            }
        }
        // what is put by hand leaves its place in the grid to others
        for _ in 0..4 {
            let cells = asset_places(&self.project).cells;
            let mut has_moved = false;
            for (&at, &id) in &self.assets {
                let drawn = self.staging.frame(at);
                let Some(cell) = cells.get(&id).filter(|_| drawn.is_drawable()) else { continue };
                let (dx, dy) = (drawn.center().x - cell.center().x, drawn.y - cell.y);
                let zone = self.project.assets.get(id).and_then(|it| self.project.zones.get(it.zone?));
                let Some(corner) = zone.map(|it| it.frame.corner()).filter(|_| dx.hypot(dy) > 2.0) else { continue };
                if let Some(asset) = self.project.assets.get_mut(id) {
                    asset.place = Some(Point::new(cell.x + dx - corner.x, cell.y + dy - corner.y));
                    has_moved = true;
                }
            }
            if !has_moved {
                break;
            }
        }
    }

    /// Notes keep their place in their zone; where all is laid out anew they stand below it.
    fn place_notes(&mut self, drawn: &Drawn, scale: f32) {
        let mut taken: Vec<Rect> = asset_places(&self.project).cells.into_values().collect();
        let below = bounds(&self.project).map_or(Point::default(), |all| Point::new(all.x, all.bottom() + LEVEL_GAP));
        let mut next = below;
        for (&at, &id) in &self.notes {
            let Some(note) = self.project.notes.get(id) else { continue };
            let lines = note.text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            let width = (note.frame.width * scale).clamp(80.0, 480.0).max((lines as f32 * 7.0 + 16.0).min(360.0));
            let rows: usize = note
                .text
                .lines()
                .map(|line| (line.chars().count() as f32 * 7.0 / width).ceil().max(1.0) as usize)
                .sum();
            let height = rows as f32 * 18.0 + 12.0;
            let zone = self.staging.understood(at).and_then(|it| it.zone).and_then(|it| self.zones.get(&it)).copied();
            let zone = zone.and_then(|it| Some((self.project.zones.get(it)?.frame, drawn.zones.get(&it)?)));
            let place = drawn.pages.get(&at.page).map(|(dx, dy)| note.frame.corner().offset(*dx, *dy));
            let corner = match (place, zone) {
                _ if self.staging.lays_out_anew => {
                    let here = next;
                    next = next.offset(0.0, height + 12.0);
                    here
                }
                (Some(place), Some((frame, before))) => {
                    let (x, y) = ((place.x - before.x) * scale, (place.y - before.y) * scale);
                    frame.corner().offset(x.min(frame.width - width).max(0.0), y.min(frame.height - height).max(0.0))
                }
                (Some(place), None) => Point::new(place.x * scale, place.y * scale),
                (None, _) => below,
            };
            let mut frame = Rect::new(corner.x, corner.y, width, height);
            if zone.is_none() && !self.staging.lays_out_anew {
                frame = self.beside_zones(frame);
            }
            if !frame.is_drawable() {
                frame = Rect { x: below.x, y: below.y, ..frame };
            }
            for _ in 0..8 {
                match taken.iter().find(|it| it.overlaps(&frame)) {
                    Some(other) => frame.y = other.bottom() + 4.0,
                    None => break,
                }
            }
            taken.push(frame);
            if let Some(note) = self.project.notes.get_mut(id) {
                note.frame = frame;
            }
        }
    }

    /// The nearest place of a note outside all zones, which may have grown over it.
    fn beside_zones(&self, frame: Rect) -> Rect {
        let zones = self.project.zones.values().filter(|it| it.parent.is_none() && it.frame.overlaps(&frame));
        let Some(zone) = zones.map(|it| it.frame).next() else { return frame };
        let (up, down) = (zone.y - frame.bottom() - NOTE_GAP, zone.bottom() - frame.y + NOTE_GAP);
        let (left, right) = (zone.x - frame.right() - NOTE_GAP, zone.right() - frame.x + NOTE_GAP);
        let ways = [(0.0, up), (0.0, down), (left, 0.0), (right, 0.0)];
        let nearest = ways.into_iter().min_by(|one, next| one.0.hypot(one.1).total_cmp(&next.0.hypot(next.1)));
        nearest.map_or(frame, |(dx, dy)| frame.offset(dx, dy))
    }

    /// Where everything was drawn, one page beside the other.
    fn drawn(&self) -> Drawn {
        let mut drawn = Drawn::default();
        let mut left = 0.0;
        for (page, shapes) in
            self.staging.drawing.pages.iter().enumerate().filter(|(it, _)| self.staging.takes_page(*it))
        {
            let frames = shapes.shapes.iter().map(|it| it.frame).filter(Rect::is_drawable);
            let Some(bounds) = frames.reduce(|all, it| all.union(&it)) else { continue };
            drawn.pages.insert(page, (left - bounds.x, -bounds.y));
            let frame = |at: &At| self.staging.frame(*at).offset(left - bounds.x, -bounds.y);
            let zones = self.zones.iter().filter(|(at, _)| at.page == page);
            drawn.zones.extend(zones.map(|(at, id)| (*id, frame(at))));
            let assets = self.assets.iter().filter(|(at, _)| at.page == page);
            // what was put into a zone that it was not drawn in goes to that zone's grid
            let is_there = |id: AssetId, frame: &Rect| {
                let zone = self.project.assets.get(id).and_then(|it| it.zone).filter(|it| Some(*it) != self.rest);
                zone.and_then(|it| drawn.zones.get(&it)).is_none_or(|it| it.contains(frame.center()))
            };
            let placed: Vec<_> =
                assets.map(|(at, id)| (*id, frame(at))).filter(|(id, frame)| is_there(*id, frame)).collect();
            drawn.assets.extend(placed);
            left += bounds.width + PAGE_GAP;
        }
        if let Some(rest) = self.rest {
            let is_rest = |id: AssetId| self.project.assets.get(id).is_some_and(|it| it.zone == Some(rest));
            let here = drawn.assets.iter().filter(|(id, _)| is_rest(**id)).map(|(_, frame)| *frame);
            let is_free = |bounds: &Rect| !drawn.zones.values().any(|zone| zone.overlaps(&bounds.grown(20.0)));
            if let Some(bounds) = here.reduce(|all, it| all.union(&it)).filter(is_free) {
                drawn.zones.insert(rest, bounds.grown(10.0));
            }
        }
        drawn
    }

    /// The zone for what stands outside goes below the others where it could not be drawn in its place.
    fn place_rest(&mut self) {
        let (Some(rest), Some(bounds)) = (self.rest, bounds(&self.project)) else { return };
        let is_placed = self.project.zones.get(rest).is_none_or(|it| it.frame.is_drawable());
        if is_placed {
            return;
        }
        let mut alone = Project::default();
        if let Some(zone) = self.project.zones.get(rest) {
            alone.zones.insert(rest, zone.clone());
        }
        for (id, asset) in self.project.assets.iter().filter(|(_, it)| it.zone == Some(rest)) {
            alone.assets.insert(id, asset.clone());
        }
        let Some(frame) = layout::arrange(&alone).get(&rest).copied() else { return };
        if let Some(zone) = self.project.zones.get_mut(rest) {
            zone.frame = Rect { x: bounds.x, y: bounds.bottom() + LEVEL_GAP, ..frame };
        }
    }
}

/// What all zones of a project cover.
fn bounds(project: &Project) -> Option<Rect> {
    project.zones.values().map(|it| it.frame).filter(Rect::is_drawable).reduce(|all, it| all.union(&it))
}
