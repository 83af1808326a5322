//! A picture to be written: shapes on a ground of a size.

use std::collections::BTreeSet;

use super::palette::Color;
use super::scene::{Element, Look, Scene, legend};
use super::shape::{Anchor, Shape};
use crate::analysis::Analysis;
use crate::model::{Layer, Point, Project, Rect, Subject};
use crate::text::Face;

/// Shapes from the origin on, and the size that they take.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width in canvas units.
    pub width: f32,
    /// Height in canvas units.
    pub height: f32,
    /// The ground.
    pub ground: Color,
    /// Its title, for those who can't see it.
    pub title: String,
    /// The shapes from the back to the front.
    pub shapes: Vec<Shape>,
    /// The drawing itself, without title and legend.
    pub core: Rect,
    /// What is better not cut where the picture falls on several pages, and what a page
    /// is worth having for.
    pub whole: Vec<Rect>,
}

/// Which part of the diagram a picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Part {
    /// Everything.
    #[default]
    All,
    /// What lies in an area.
    Area(Rect),
    /// Some zones with what lies in them, conduits and assets.
    Only(BTreeSet<Subject>),
}

const MARGIN: f32 = 24.0;
/// Size of the title.
const TITLE: f32 = 18.0;
/// A picture wider than this has a larger title and legend: it is seen smaller.
const USUAL_WIDTH: f32 = 1_700.0;
/// The most that they are enlarged.
const MOST: f32 = 3.0;

impl Picture {
    /// The diagram with its title and legend, everything at full detail.
    pub fn of_scene(scene: &Scene, analysis: &Analysis, look: &Look, part: &Part) -> Self {
        let palette = look.palette;
        let title = diagram_title(&scene.project, look);
        let (elements, bounds) = drawn(scene, part);
        let width = bounds.width.max(480.0) + 2.0 * MARGIN;
        let scale = (width / USUAL_WIDTH).clamp(1.0, MOST);
        let size = TITLE * palette.type_size * scale;
        let top = MARGIN + 2.0 * size;
        let (dx, dy) = (MARGIN - bounds.x, top - bounds.y);
        let mut shapes: Vec<Shape> =
            elements.iter().flat_map(|it| &it.shapes).map(|it| it.transformed(1.0, dx, dy)).collect();
        let (legend, legend_height) = legend(scene, analysis, look, (width - 2.0 * MARGIN) / scale);
        let foot = top + bounds.height + 12.0 * scale;
        let height = foot + legend_height * scale + MARGIN;
        if matches!(part, Part::Area(_)) {
            shapes.extend(frame_around(bounds.offset(dx, dy), width, height, palette.canvas));
        }
        shapes.push(Shape::Text {
            at: Point::new(MARGIN, MARGIN + size * 0.9),
            anchor: Anchor::Start,
            text: title.clone(),
            face: Face::SemiBold,
            size,
            color: palette.text,
        });
        shapes.extend(legend.iter().map(|it| it.transformed(scale, MARGIN, foot)));
        let zones = scene.project.zones.values().map(|it| it.frame.grown(8.0));
        let notes = scene.project.notes.values().filter(|_| look.shows(Layer::Notes)).map(|it| it.frame);
        let whole = zones.chain(notes).filter(|it| it.overlaps(&bounds)).map(|it| it.offset(dx, dy)).collect();
        let core = Rect::new(0.0, top, width, bounds.height);
        Self { width, height, ground: palette.canvas, title, shapes, core, whole }
    }
}

/// What a part shows, and what that covers.
fn drawn<'a>(scene: &'a Scene, part: &Part) -> (Vec<&'a Element>, Rect) {
    match part {
        Part::All => (scene.elements.iter().filter(|it| it.is_drawn_at(1.0)).collect(), scene.bounds),
        Part::Area(area) => (scene.elements.visible(*area, 1.0), *area),
        Part::Only(subjects) => {
            let meant = with_contents(&scene.project, subjects);
            let is_meant = |it: &&Element| it.subject.is_some_and(|it| meant.contains(&it)) && it.is_drawn_at(1.0);
            let elements: Vec<&Element> = scene.elements.iter().filter(is_meant).collect();
            let bounds = elements.iter().map(|it| it.bounds).reduce(|all, it| all.union(&it)).unwrap_or_default();
            (elements, bounds.grown(12.0))
        }
    }
}

/// The zones with all zones and assets in them, and the conduits between them.
fn with_contents(project: &Project, subjects: &BTreeSet<Subject>) -> BTreeSet<Subject> {
    let mut meant = subjects.clone();
    let is_inner = |id| {
        let outer = project.zone_ancestors(id);
        outer.into_iter().any(|it| subjects.contains(&it.into()))
    };
    meant.extend(project.zones.ids().filter(|id| is_inner(*id)).map(Subject::from));
    let assets = project.assets.iter().filter(|(_, it)| it.zone.is_some_and(|zone| meant.contains(&zone.into())));
    let mut inner: Vec<Subject> = assets.map(|(id, _)| id.into()).collect();
    let conduits = project.conduits.iter().filter(|(_, it)| {
        it.ends().is_some_and(|(from, to)| meant.contains(&from.into()) && meant.contains(&to.into()))
    });
    inner.extend(conduits.map(|(id, _)| Subject::from(id)));
    meant.extend(inner);
    meant
}

/// Four rectangles that cover everything but an area.
pub fn frame_around(area: Rect, width: f32, height: f32, color: Color) -> [Shape; 4] {
    [
        Rect::new(0.0, 0.0, width, area.y.max(0.0)),
        Rect::new(0.0, area.bottom(), width, (height - area.bottom()).max(0.0)),
        Rect::new(0.0, area.y, area.x.max(0.0), area.height),
        Rect::new(area.right(), area.y, (width - area.right()).max(0.0), area.height),
    ]
    .map(|it| Shape::filled(it, 0.0, color))
}

/// What the diagram is called: of which system, and which view and overlay it shows.
fn diagram_title(project: &Project, look: &Look) -> String {
    let name = [&project.scope.name, &project.info.title].into_iter().find(|it| !it.is_empty());
    let mut title = match name {
        Some(name) => format!("Zones and conduits of {name}"),
        None => "Zones and conduits".to_owned(),
    };
    let view = &look.view;
    if !view.name.is_empty() && view.name != crate::model::DiagramView::whole_plant().name {
        title.push_str(&format!(" – {}", view.name));
    }
    if view.overlay != crate::model::Overlay::default() {
        title.push_str(&format!(" – {}", view.overlay));
    }
    match view.fr {
        Some(fr) => format!("{title}, {fr} {}", fr.code()),
        None => title,
    }
}
