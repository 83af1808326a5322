//! Where things are drawn: the places of the drawing, scaled and spread apart where our
//! zones and assets need more room.

use std::collections::BTreeMap;

use super::apart::{Framed, apart};
use crate::drawing::layout;
use crate::drawing::metrics::*;
use crate::exchange::drawings::Page;
use crate::model::{AssetId, Point, Project, Rect, ZoneId};

/// In a zone of more things than this, assets stand in the zone's grid.
const MOST_THINGS: usize = 400;
/// Space between things in a zone.
const GAP: f32 = 10.0;
/// Space between zones that lie in none.
const OUTER_GAP: f32 = ZONE_GAP * 0.6;

/// Where things were drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub zones: BTreeMap<ZoneId, Rect>,
    pub assets: BTreeMap<AssetId, Rect>,
    /// How far each page was moved.
    pub pages: BTreeMap<usize, (f32, f32)>,
}

/// Something that is being placed.
#[derive(Clone, Copy)]
enum Thing {
    Zone(ZoneId),
    Asset(AssetId),
}

/// Things with their frames, and where they were drawn.
type Placed = Vec<(Thing, Framed)>;

/// Gives all zones and assets that were drawn a place as near as can be to where they were.
/// Answers how much larger all is than it was drawn.
pub(super) fn place(project: &mut Project, drawn: &Drawn) -> f32 {
    let scale = scale(project, drawn);
    let depth = |zone: ZoneId| project.zone_ancestors(zone).len();
    let mut by_depth: Vec<(usize, ZoneId)> = drawn.zones.keys().map(|&zone| (depth(zone), zone)).collect();
    by_depth.sort_by(|one, next| next.cmp(one));
    let mut inner: BTreeMap<Option<ZoneId>, Placed> = BTreeMap::new();
    for (&asset, frame) in &drawn.assets {
        let zone = project.assets.get(asset).and_then(|it| it.zone).filter(|it| drawn.zones.contains_key(it));
        if zone.is_some() {
            let drawn = scaled(frame, scale);
            let middle = drawn.center();
            let corner = middle.offset(-ASSET_WIDTH / 2.0, -ASSET_HEIGHT / 2.0);
            let cell = Rect::new(corner.x, corner.y, ASSET_WIDTH, ASSET_HEIGHT);
            inner.entry(zone).or_default().push((Thing::Asset(asset), Framed { frame: cell, drawn }));
        }
    }
    // from the innermost outwards: a zone is as large as what it holds needs
    let mut held: BTreeMap<ZoneId, (Rect, Placed)> = BTreeMap::new();
    for &(_, zone) in &by_depth {
        let Some(drawn_at) = drawn.zones.get(&zone).map(|it| scaled(it, scale)) else { continue };
        let mut things = inner.remove(&Some(zone)).unwrap_or_default();
        let frame = around(drawn_at, &mut things);
        let outer = project.zones.get(zone).and_then(|it| it.parent).filter(|it| drawn.zones.contains_key(it));
        inner.entry(outer).or_default().push((Thing::Zone(zone), Framed { frame, drawn: drawn_at }));
        held.insert(zone, (frame, things));
    }
    let mut outermost = inner.remove(&None).unwrap_or_default();
    separate(&mut outermost, OUTER_GAP);
    let mut next: Vec<(Thing, Rect)> = outermost.into_iter().map(|(thing, it)| (thing, it.frame)).collect();
    while let Some((thing, frame)) = next.pop() {
        let Thing::Zone(zone) = thing else { continue };
        let Some((before, things)) = held.remove(&zone) else { continue };
        let frame = Rect { x: snapped(frame.x), y: snapped(frame.y), ..frame };
        if let Some(zone) = project.zones.get_mut(zone) {
            zone.frame = frame;
        }
        for (thing, Framed { frame: inner, .. }) in things {
            match thing {
                Thing::Zone(_) => next.push((thing, inner.offset(frame.x - before.x, frame.y - before.y))),
                Thing::Asset(asset) => {
                    if let Some(asset) = project.assets.get_mut(asset) {
                        asset.place = Some(Point::new(inner.x - before.x, inner.y - before.y));
                    }
                }
            }
        }
    }
    scale
}

fn scaled(frame: &Rect, scale: f32) -> Rect {
    Rect::new(frame.x * scale, frame.y * scale, frame.width * scale, frame.height * scale)
}

fn snapped(length: f32) -> f32 {
    (length / GRID).round() * GRID
}

/// The frame that a zone needs around what it holds, which is pushed apart first. The
/// assets of a zone with very many are left to its grid.
fn around(frame: Rect, things: &mut Placed) -> Rect {
    let mut least = Rect { width: frame.width.max(ZONE_MIN_WIDTH), height: frame.height.max(ZONE_MIN_HEIGHT), ..frame };
    if things.len() > MOST_THINGS {
        let assets = things.extract_if(.., |(thing, _)| matches!(thing, Thing::Asset(_))).count();
        let (columns, rows) = layout::grid(assets);
        least.width = least.width.max(columns as f32 * ASSET_WIDTH + 2.0 * ZONE_PADDING);
        least.height += rows as f32 * ASSET_HEIGHT + ZONE_HEADER;
    }
    separate(things, GAP);
    let Some(needed) = things.iter().map(|(_, it)| it.frame).reduce(|all, it| all.union(&it)) else { return least };
    let header = ZONE_HEADER + 4.0;
    let needed = Rect::new(
        needed.x - ZONE_PADDING,
        needed.y - header,
        needed.width + 2.0 * ZONE_PADDING,
        needed.height + header + ZONE_PADDING,
    );
    let whole = least.union(&needed);
    let [x, y] = [whole.x, whole.y].map(|it| (it / GRID).floor() * GRID);
    let [right, bottom] = [whole.right(), whole.bottom()].map(|it| (it / GRID).ceil() * GRID);
    Rect::new(x, y, right - x, bottom - y)
}

/// Pushes things that overlap apart, in the order in which they were drawn.
fn separate(things: &mut [(Thing, Framed)], gap: f32) {
    if things.len() > MOST_THINGS {
        return;
    }
    let all: Vec<Framed> = things.iter().map(|(_, it)| *it).collect();
    for ((_, it), frame) in things.iter_mut().zip(apart(&all, gap)) {
        it.frame = frame;
    }
}

/// How much larger the drawing has to be so that most things stand clear of each other:
/// assets of a zone, and zones that lie in the same one.
fn scale(project: &Project, drawn: &Drawn) -> f32 {
    let mut assets: BTreeMap<ZoneId, Vec<Rect>> = BTreeMap::new();
    for (&asset, frame) in &drawn.assets {
        if let Some(zone) = project.assets.get(asset).and_then(|it| it.zone) {
            assets.entry(zone).or_default().push(*frame);
        }
    }
    let mut zones: BTreeMap<Option<ZoneId>, Vec<Rect>> = BTreeMap::new();
    for (&zone, frame) in &drawn.zones {
        let outer = project.zones.get(zone).and_then(|it| it.parent);
        zones.entry(outer).or_default().push(*frame);
    }
    let asset = (ASSET_WIDTH + GAP, ASSET_HEIGHT + GAP);
    let zone = (ZONE_MIN_WIDTH + OUTER_GAP, ZONE_MIN_HEIGHT + OUTER_GAP);
    // zones drawn one upon the other are pushed apart by themselves
    let are_apart = |one: &Rect, other: &Rect| !one.overlaps(other);
    let needed = [enough(assets.values(), asset, |_, _| true), enough(zones.values(), zone, are_apart)];
    needed.into_iter().flatten().reduce(f32::max).map_or(1.0, |needed| needed.clamp(0.6, 2.5))
}

/// How much further apart places have to be so that four of five have room for something of a size.
fn enough<'a>(
    groups: impl Iterator<Item = &'a Vec<Rect>>,
    (width, height): (f32, f32),
    counts: impl Fn(&Rect, &Rect) -> bool,
) -> Option<f32> {
    let mut needed: Vec<f32> = Vec::new();
    for places in groups.filter(|it| it.len() <= MOST_THINGS) {
        for (at, one) in places.iter().enumerate() {
            let others = places.iter().enumerate().filter(|(other, it)| *other != at && counts(one, it));
            let others = others.map(|(_, other)| {
                let (one, other) = (one.center(), other.center());
                let (dx, dy) = ((one.x - other.x).abs(), (one.y - other.y).abs());
                (width / dx.max(1.0)).min(height / dy.max(1.0))
            });
            needed.extend(others.reduce(f32::max));
        }
    }
    needed.sort_by(f32::total_cmp);
    needed.get(needed.len() * 4 / 5).copied()
}

/// Size of a shape that the file gives none, in pixels.
const UNPLACED: (f32, f32) = (110.0, 60.0);

/// Gives the shapes without a place one, in rows, each in the one that it lies in.
pub(super) fn spread_unplaced(page: &mut Page) {
    let count = page.shapes.len();
    let is_placed: Vec<bool> = page.shapes.iter().map(|it| it.frame.is_drawable()).collect();
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut top: Vec<usize> = Vec::new();
    for (place, shape) in page.shapes.iter().enumerate().filter(|(place, _)| is_placed.get(*place) == Some(&false)) {
        match shape.parent.filter(|it| *it < place).and_then(|it| inner.get_mut(it)) {
            Some(inner) => inner.push(place),
            None => top.push(place),
        }
    }
    let mut sizes: Vec<(f32, f32)> = page.shapes.iter().map(|it| (it.frame.width, it.frame.height)).collect();
    for place in (0..count).rev().filter(|place| is_placed.get(*place) == Some(&false)) {
        let held = inner.get(place).map(Vec::as_slice).unwrap_or_default();
        let size = if held.is_empty() { UNPLACED } else { in_rows(held, &sizes).1 };
        if let Some(known) = sizes.get_mut(place) {
            *known = size;
        }
    }
    let frames = page.shapes.iter().map(|it| it.frame).filter(Rect::is_drawable);
    let start =
        frames.reduce(|all, it| all.union(&it)).map_or(Point::default(), |all| Point::new(all.x, all.bottom() + 60.0));
    let mut waiting = vec![(start, top)];
    for ((shape, held), _) in page.shapes.iter().zip(&mut inner).zip(&is_placed).filter(|(_, placed)| **placed) {
        waiting.push((shape.frame.corner(), std::mem::take(held)));
    }
    while let Some((corner, places)) = waiting.pop() {
        for (place, offset) in places.iter().zip(in_rows(&places, &sizes).0) {
            let (Some(shape), Some(&(width, height))) = (page.shapes.get_mut(*place), sizes.get(*place)) else {
                continue;
            };
            shape.frame = Rect::new(corner.x + offset.x, corner.y + offset.y, width, height);
            if let Some(held) = inner.get_mut(*place) {
                waiting.push((shape.frame.corner(), std::mem::take(held)));
            }
        }
    }
}

/// Offsets of things in rows, and the size of all with room for a name.
fn in_rows(places: &[usize], sizes: &[(f32, f32)]) -> (Vec<Point>, (f32, f32)) {
    const MARGIN: f32 = 30.0;
    let columns = ((places.len() as f32).sqrt().ceil() as usize).max(1);
    let (mut x, mut y, mut height, mut width) = (MARGIN, MARGIN * 1.5, 0.0_f32, 0.0_f32);
    let mut offsets = Vec::with_capacity(places.len());
    for (number, place) in places.iter().enumerate() {
        if number > 0 && number % columns == 0 {
            (x, y, height) = (MARGIN, y + height + MARGIN, 0.0);
        }
        let (wide, high) = sizes.get(*place).copied().unwrap_or(UNPLACED);
        offsets.push(Point::new(x, y));
        x += wide + MARGIN;
        width = width.max(x);
        height = height.max(high);
    }
    (offsets, (width, y + height + MARGIN))
}
