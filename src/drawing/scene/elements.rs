//! The parts of the diagram in the order in which they are painted, found by what
//! they stand for and by where they lie.

use std::collections::BTreeMap;

use super::super::grid::Grid;
use super::super::shape::Shape;
use super::{ASSETS_FROM, READABLE};
use crate::model::{Rect, Subject};

/// A part of the diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it stands for; bands stand for nothing.
    pub subject: Option<Subject>,
    /// Everything it covers.
    pub bounds: Rect,
    /// The zooms at which it is drawn, from and below.
    pub zoom: (f32, f32),
    /// How it looks.
    pub shapes: Vec<Shape>,
}

impl Element {
    pub(super) fn new(subject: Option<Subject>, bounds: Rect, shapes: Vec<Shape>) -> Self {
        Self { subject, bounds, zoom: (0.0, f32::INFINITY), shapes }
    }

    pub(super) fn above_zoom(self, zoom: f32) -> Self {
        Self { zoom: (zoom, self.zoom.1), ..self }
    }

    pub(super) fn below_zoom(self, zoom: f32) -> Self {
        Self { zoom: (self.zoom.0, zoom), ..self }
    }

    /// Whether it is drawn at a zoom.
    pub fn is_drawn_at(&self, zoom: f32) -> bool {
        self.zoom.0 <= zoom && zoom < self.zoom.1
    }
}

/// What lies before what, from the back to the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stratum {
    /// The bands of the Purdue levels.
    Bands,
    /// Notes behind the zones.
    NotesBehind,
    /// Outlines of sites and areas.
    Sites,
    /// Zones with their assets, those of a zone before it.
    Plant,
    /// Dual-homed assets in their further zones.
    Homes,
    /// The perimeter of the SUC.
    Perimeter,
    /// Lines of conduits.
    Lines,
    /// Flows between assets.
    Flows,
    /// Names of the perimeter, of sites and areas, before the lines that pass there.
    Names,
    /// Access points on the perimeter.
    AccessPoints,
    /// Labels of conduits.
    Labels,
    /// Levels on zones.
    Badges,
    /// Marks of findings.
    Marks,
    /// Notes and legends.
    Notes,
}

/// The place of an element: stratum, place in it, what it stands for, place among its own.
type Key = (Stratum, u32, Option<Subject>, u16);

/// The elements of a drawing.
#[derive(Clone, Debug, Default)]
pub struct Elements {
    /// In no order; a free slot is `None`.
    slots: Vec<Option<(Key, Element)>>,
    free: Vec<u32>,
    /// The slots of what a subject has in a stratum.
    pieces: BTreeMap<(Stratum, Option<Subject>), Vec<u32>>,
    /// What is drawn where only zones are, farther than is readable, and near.
    grids: [Grid<u32>; 3],
}

/// The zooms at which the sets of elements differ.
const STEPS: [(f32, f32); 3] = [(0.0, ASSETS_FROM), (ASSETS_FROM, READABLE), (READABLE, f32::INFINITY)];

/// The sets in which something is that is drawn at some zooms.
fn grids_of(grids: &mut [Grid<u32>; 3], zoom: (f32, f32)) -> impl Iterator<Item = &mut Grid<u32>> {
    let steps = grids.iter_mut().zip(STEPS);
    steps.filter(move |(_, (from, below))| zoom.0 < *below && *from < zoom.1).map(|(grid, _)| grid)
}

impl Elements {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.len() == self.free.len()
    }

    /// All elements from the back to the front.
    pub fn iter(&self) -> impl Iterator<Item = &Element> {
        let mut all: Vec<&(Key, Element)> = self.slots.iter().flatten().collect();
        all.sort_by_key(|it| it.0);
        all.into_iter().map(|(_, element)| element)
    }

    /// What is to be painted of an area at a zoom, from the back to the front.
    pub fn visible(&self, area: Rect, zoom: f32) -> Vec<&Element> {
        let at = STEPS.iter().position(|(from, below)| (*from..*below).contains(&zoom)).unwrap_or_default();
        let Some(grid) = self.grids.get(at) else { return Vec::new() };
        let found = grid.near(area).into_iter().filter_map(|slot| self.slots.get(slot as usize)?.as_ref());
        let mut found: Vec<&(Key, Element)> = found.filter(|(_, it)| it.is_drawn_at(zoom)).collect();
        found.sort_unstable_by_key(|it| it.0);
        found.into_iter().map(|(_, element)| element).collect()
    }

    /// What is seen of a stratum in an area at a zoom.
    pub(super) fn visible_of(&self, stratum: Stratum, area: Rect, zoom: f32) -> Vec<&Element> {
        let at = STEPS.iter().position(|(from, below)| (*from..*below).contains(&zoom)).unwrap_or_default();
        let found = self.grids.get(at).map(|grid| grid.near(area)).unwrap_or_default().into_iter();
        let placed = found.filter_map(|slot| self.slots.get(slot as usize)?.as_ref());
        placed.filter(|((it, ..), element)| *it == stratum && element.is_drawn_at(zoom)).map(|it| &it.1).collect()
    }

    /// Puts what a subject has in a stratum, in place of what it had there.
    pub(super) fn put(&mut self, stratum: Stratum, rank: u32, subject: Option<Subject>, elements: Vec<Element>) {
        self.take(stratum, subject);
        if elements.is_empty() {
            return;
        }
        let mut slots = Vec::with_capacity(elements.len());
        for (place, element) in elements.into_iter().enumerate() {
            let key = (stratum, rank, subject, place as u16);
            let slot = self.free.pop().unwrap_or_else(|| {
                self.slots.push(None);
                (self.slots.len() - 1) as u32
            });
            for grid in grids_of(&mut self.grids, element.zoom) {
                grid.insert(element.bounds, slot);
            }
            if let Some(free) = self.slots.get_mut(slot as usize) {
                *free = Some((key, element));
            }
            slots.push(slot);
        }
        self.pieces.insert((stratum, subject), slots);
    }

    /// Takes away what a subject has in a stratum.
    pub(super) fn take(&mut self, stratum: Stratum, subject: Option<Subject>) {
        for slot in self.pieces.remove(&(stratum, subject)).unwrap_or_default() {
            let Some((_, element)) = self.slots.get_mut(slot as usize).and_then(Option::take) else { continue };
            for grid in grids_of(&mut self.grids, element.zoom) {
                grid.remove(element.bounds, slot);
            }
            self.free.push(slot);
        }
    }

    /// Moves what a subject has in a stratum.
    pub(super) fn shift(&mut self, stratum: Stratum, subject: Subject, (dx, dy): (f32, f32)) {
        for &slot in self.pieces.get(&(stratum, Some(subject))).into_iter().flatten() {
            let Some((_, element)) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) else { continue };
            for grid in grids_of(&mut self.grids, element.zoom) {
                grid.shift(element.bounds, (dx, dy), slot);
            }
            element.bounds = element.bounds.offset(dx, dy);
            element.shapes.iter_mut().for_each(|it| it.shift(dx, dy));
        }
    }

    /// Gives what a subject has in a stratum another place in its order.
    pub(super) fn set_rank(&mut self, stratum: Stratum, subject: Subject, rank: u32) {
        for &slot in self.pieces.get(&(stratum, Some(subject))).into_iter().flatten() {
            if let Some(((_, before, ..), _)) = self.slots.get_mut(slot as usize).and_then(Option::as_mut) {
                *before = rank;
            }
        }
    }

    /// What a subject has in a stratum.
    pub(super) fn of(&self, stratum: Stratum, subject: Subject) -> impl Iterator<Item = &Element> {
        let slots = self.pieces.get(&(stratum, Some(subject))).into_iter().flatten();
        slots.filter_map(|&slot| self.slots.get(slot as usize)?.as_ref()).map(|(_, element)| element)
    }

    /// What has something in a stratum.
    pub(super) fn subjects(&self, stratum: Stratum) -> impl Iterator<Item = Subject> {
        self.pieces
            .range((stratum, None)..)
            .take_while(move |((it, _), _)| *it == stratum)
            .filter_map(|((_, it), _)| *it)
    }

    /// The smallest rectangle around what lies before a stratum or in it; empty where there is nothing.
    pub(super) fn bounds(&self, from: Stratum) -> Rect {
        let bounds = self.slots.iter().flatten().filter(|((stratum, ..), _)| *stratum >= from).map(|(_, it)| it.bounds);
        bounds.reduce(|all, it| all.union(&it)).unwrap_or_default()
    }
}
