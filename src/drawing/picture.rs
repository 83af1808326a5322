//! A picture to be written: shapes on a ground of a size.

use super::palette::Color;
use super::scene::{Look, Scene, legend};
use super::shape::{Anchor, Shape};
use crate::model::{Point, Project};
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
}

const MARGIN: f32 = 24.0;

impl Picture {
    /// The diagram with its title and legend, everything at full detail.
    pub fn of_scene(project: &Project, scene: &Scene, look: &Look) -> Self {
        let palette = look.palette;
        let title = diagram_title(project);
        let bounds = scene.bounds;
        let width = bounds.width.max(480.0) + 2.0 * MARGIN;
        let top = MARGIN + 36.0;
        let mut shapes = vec![Shape::Text {
            at: Point::new(MARGIN, MARGIN + 16.0),
            anchor: Anchor::Start,
            text: title.clone(),
            face: Face::SemiBold,
            size: 18.0,
            color: palette.text,
        }];
        let drawn = scene.elements.iter().filter(|it| it.is_drawn_at(1.0)).flat_map(|it| &it.shapes);
        shapes.extend(drawn.map(|it| it.transformed(1.0, MARGIN - bounds.x, top - bounds.y)));
        let (legend, legend_height) = legend(look, width - 2.0 * MARGIN);
        let foot = top + bounds.height + 12.0;
        shapes.extend(legend.iter().map(|it| it.transformed(1.0, MARGIN, foot)));
        Self { width, height: foot + legend_height + MARGIN, ground: palette.canvas, title, shapes }
    }
}

fn diagram_title(project: &Project) -> String {
    let name = [&project.scope.name, &project.info.title].into_iter().find(|it| !it.is_empty());
    match name {
        Some(name) => format!("Zones and conduits of {name}"),
        None => "Zones and conduits".to_owned(),
    }
}
