//! A page of draw.io: cells made to shapes and lines.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::cell::Cell;
use crate::exchange::diagram::KIND;
use crate::exchange::drawings::xml::{Element, short};
use crate::exchange::drawings::{Drawing, DrawingError, DrawnLink, DrawnShape, LinkEnd, MOST_SHAPES, Page};
use crate::model::{Point, Rect};

/// Shapes nested deeper than this are a chain that no hand drew.
const DEEPEST: usize = 200;
/// A box no larger than this, in pixels, looks like the part in it.
const SYMBOL: f32 = 160.0;

/// Reads a page; `called` names it in remarks.
pub(super) fn read(model: &Element, name: String, called: &str, drawing: &mut Drawing) -> Result<Page, DrawingError> {
    let root = model.child("root").unwrap_or(model);
    if root.children.len() > MOST_SHAPES {
        return Err(DrawingError(format!("it holds more than {MOST_SHAPES} shapes and lines")));
    }
    let mut reading = Reading {
        page: Page { name, ..Page::default() },
        called,
        cells: Vec::new(),
        ids: HashMap::new(),
        shape_of: HashMap::new(),
    };
    for element in &root.children {
        match Cell::read(element) {
            Some(cell) => reading.cells.push(cell),
            None => drawing.remark(
                format!("Page \"{called}\""),
                format!("<{}> is not known and was left out", short(&element.name)),
            ),
        }
    }
    reading.ids = reading.cells.iter().enumerate().map(|(place, cell)| (cell.id.clone(), place)).collect();
    reading.shapes(drawing);
    Ok(reading.page)
}

/// Whether we wrote it ourselves.
fn is_ours(cell: &Cell) -> bool {
    cell.details.iter().any(|(name, _)| name == KIND)
}

struct Reading<'a> {
    page: Page,
    called: &'a str,
    cells: Vec<Cell>,
    /// Cells by their ids.
    ids: HashMap<String, usize>,
    /// The shapes that cells came to.
    shape_of: HashMap<usize, usize>,
}

impl Reading<'_> {
    fn place(&self, what: &str, cell: &Cell) -> String {
        let name = cell.text.lines().next().filter(|it| !it.is_empty()).unwrap_or(&cell.id);
        format!("Page \"{}\", {what} \"{}\"", self.called, short(name))
    }

    fn parent(&self, cell: &Cell) -> Option<usize> {
        self.ids.get(&cell.parent).copied().filter(|_| !cell.parent.is_empty())
    }

    /// The cells around a cell, the nearest first; `None` where they lead in a circle.
    fn around(&self, cell: &Cell) -> Option<Vec<usize>> {
        let mut around = Vec::new();
        let mut next = self.parent(cell);
        while let Some(place) = next {
            if around.len() >= DEEPEST {
                return None;
            }
            around.push(place);
            next = self.cells.get(place).and_then(|it| self.parent(it));
        }
        Some(around)
    }

    fn shapes(&mut self, drawing: &mut Drawing) {
        let hidden = self.hidden(drawing);
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (place, cell) in self.cells.iter().enumerate() {
            match self.around(cell) {
                None => {
                    drawing.remark(self.place("shape", cell), "left out: it lies in itself, or in too many others");
                }
                // what we drew ourselves is known for what it is, seen or not
                Some(around)
                    if !is_ours(cell) && (hidden.contains(&place) || around.iter().any(|it| hidden.contains(it))) => {}
                Some(around) => order.push((around.len(), place)),
            }
        }
        // what holds others comes first, the rest as drawn
        order.sort_unstable();
        let mut on_lines: Vec<usize> = Vec::new();
        for &(_, place) in &order {
            let Some(cell) = self.cells.get(place).filter(|cell| cell.is_vertex) else { continue };
            if self.parent(cell).and_then(|it| self.cells.get(it)).is_some_and(|parent| parent.is_edge) {
                on_lines.push(place);
                continue;
            }
            if cell.geometry.is_broken {
                drawing.remark(self.place("shape", cell), "its place or size is no number; it was given one");
            }
            if let Some(whole) = self.shape_around(cell).filter(|_| cell.style.is_on("part")) {
                self.lend(place, whole);
                continue;
            }
            let shape = self.shape(cell);
            self.shape_of.insert(place, self.page.shapes.len());
            self.page.shapes.push(shape);
        }
        order.sort_unstable_by_key(|&(_, place)| place);
        let mut links: BTreeMap<usize, usize> = BTreeMap::new();
        for &(_, place) in &order {
            let Some(cell) = self.cells.get(place).filter(|cell| cell.is_edge) else { continue };
            let link = self.link(cell);
            links.insert(place, self.page.links.len());
            self.page.links.push(link);
        }
        self.on_lines(&on_lines, &links);
    }

    /// Layers and shapes that are switched off; those that take something along are told.
    fn hidden(&self, drawing: &mut Drawing) -> HashSet<usize> {
        let places = self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_visible).map(|(place, _)| place);
        let hidden: HashSet<usize> = places.collect();
        if hidden.is_empty() {
            return hidden;
        }
        let mut missed: BTreeSet<usize> = BTreeSet::new();
        let drawn = |cell: &&Cell| (cell.is_vertex || cell.is_edge) && !is_ours(cell);
        for (place, cell) in self.cells.iter().enumerate().filter(|(_, cell)| drawn(cell)) {
            let outermost = self.around(cell).into_iter().flatten().rfind(|it| hidden.contains(it));
            missed.extend(outermost.or(hidden.contains(&place).then_some(place)));
        }
        for cell in missed.into_iter().filter_map(|place| self.cells.get(place)) {
            let what = if cell.is_vertex || cell.is_edge { "shape" } else { "layer" };
            drawing.remark(self.place(what, cell), "left out with what is in it: it is hidden in the drawing");
        }
        hidden
    }

    /// The shape around a cell.
    fn shape_around(&self, cell: &Cell) -> Option<usize> {
        self.shape_of.get(&self.parent(cell)?).copied()
    }

    fn shape(&self, cell: &Cell) -> DrawnShape {
        let parent = self.shape_around(cell);
        let around = parent.and_then(|it| self.page.shapes.get(it)).map(|it| it.frame);
        let geometry = &cell.geometry;
        let outer = around.unwrap_or_default();
        let frame = match geometry.is_relative {
            true => geometry.frame.offset(
                geometry.frame.x * (outer.width - 1.0) + outer.x + geometry.offset.x,
                geometry.frame.y * (outer.height - 1.0) + outer.y + geometry.offset.y,
            ),
            false => geometry.frame.offset(outer.x, outer.y),
        };
        DrawnShape {
            key: cell.id.clone(),
            text: cell.text.clone(),
            hint: cell.style.hint(),
            frame,
            parent,
            is_container: cell.style.is_container(),
            meaning: None,
            details: cell.details.clone(),
        }
    }

    /// A part of a shape lends it its text and its looks; lines at it are lines at the whole.
    fn lend(&mut self, part: usize, whole: usize) {
        self.shape_of.insert(part, whole);
        let (Some(cell), Some(shape)) = (self.cells.get(part), self.page.shapes.get_mut(whole)) else { return };
        if shape.text.is_empty() {
            shape.text.clone_from(&cell.text);
        }
        let hint = cell.style.hint();
        let is_box = |hint: &str| hint.is_empty() || hint.ends_with("rectangle") || hint == "label";
        if is_box(&shape.hint) && !is_box(&hint) && shape.frame.width.max(shape.frame.height) <= SYMBOL {
            shape.hint = hint;
        }
    }

    fn link(&self, cell: &Cell) -> DrawnLink {
        let around = self.shape_around(cell).and_then(|it| self.page.shapes.get(it));
        let corner = around.map(|it| it.frame.corner()).unwrap_or_default();
        let end = |id: &str, loose: Option<Point>| {
            let glued = self.ids.get(id).filter(|_| !id.is_empty());
            if let Some(shape) = glued.and_then(|it| self.shape_of.get(it)) {
                return LinkEnd::Shape(*shape);
            }
            match loose {
                Some(point) => LinkEnd::Free(point.offset(corner.x, corner.y)),
                None => LinkEnd::Nowhere,
            }
        };
        DrawnLink {
            key: cell.id.clone(),
            text: cell.text.clone(),
            hint: cell.style.hint(),
            from: end(&cell.source, cell.geometry.source_point),
            to: end(&cell.target, cell.geometry.target_point),
            points_back: cell.style.has_arrow("startArrow", false),
            points_on: cell.style.has_arrow("endArrow", true),
            details: cell.details.clone(),
        }
    }

    /// Labels of lines, things that stand on lines, and lines that end at lines.
    fn on_lines(&mut self, waiting: &[usize], links: &BTreeMap<usize, usize>) {
        for &place in waiting {
            let Some(cell) = self.cells.get(place) else { continue };
            let Some(link) = self.parent(cell).and_then(|it| links.get(&it)).copied() else { continue };
            let ends =
                self.page.links.get(link).and_then(|it| Some((self.page.point(it.from)?, self.page.point(it.to)?)));
            if cell.is_label() {
                if let Some(link) = self.page.links.get_mut(link)
                    && !cell.text.is_empty()
                {
                    let between = if link.text.is_empty() { "" } else { "\n" };
                    link.text = format!("{}{between}{}", link.text, cell.text);
                }
                continue;
            }
            let share = (cell.geometry.frame.x.clamp(-1.0, 1.0) + 1.0) / 2.0;
            let (from, to) = ends.unwrap_or_default();
            let offset = cell.geometry.offset;
            let at =
                Point::new(from.x + (to.x - from.x) * share + offset.x, from.y + (to.y - from.y) * share + offset.y);
            let frame = Rect { x: at.x, y: at.y, ..cell.geometry.frame };
            self.page.shapes.push(DrawnShape {
                key: cell.id.clone(),
                text: cell.text.clone(),
                hint: cell.style.hint(),
                frame,
                details: cell.details.clone(),
                ..DrawnShape::default()
            });
        }
        for (&place, &link) in links {
            let Some(cell) = self.cells.get(place) else { continue };
            let middle = |id: &str| {
                let other = links.get(self.ids.get(id)?).and_then(|it| self.page.links.get(*it))?;
                let (from, to) = (self.page.point(other.from)?, self.page.point(other.to)?);
                Some(LinkEnd::Free(Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0)))
            };
            let (from, to) = (middle(&cell.source), middle(&cell.target));
            let Some(link) = self.page.links.get_mut(link) else { continue };
            if let (LinkEnd::Nowhere, Some(from)) = (link.from, from) {
                link.from = from;
            }
            if let (LinkEnd::Nowhere, Some(to)) = (link.to, to) {
                link.to = to;
            }
        }
    }
}
