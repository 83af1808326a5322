//! The whole diagram as shapes: bands, zones, conduits, assets, each element with
//! what it stands for, where it is, and from which zoom on it can be read.

mod asset;
mod bands;
mod conduit;
mod legend;
mod note;
mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use legend::legend;
pub use note::{NOTE_TEXT, legend_note_height, note_height};

use super::metrics::*;
use super::palette::{Color, Palette};
use super::place::{AssetPlaces, asset_places};
use super::route::{Route, Routing};
use super::shape::Shape;
use super::shown::shown;
use crate::analysis::{Analysis, Severity, TargetLevels};
use crate::model::{ConduitId, DiagramView, Fr, Layer, Overlay, Project, Rect, Subject, Target};

/// How the diagram is to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Its colours.
    pub palette: &'static Palette,
    /// Which parts and layers are drawn, and what the colours tell.
    pub view: DiagramView,
}

impl Look {
    /// As printed: light, the whole plant.
    pub fn printed() -> Self {
        Self { palette: Palette::light(), view: DiagramView::whole_plant() }
    }

    /// Whether a layer is drawn.
    pub fn shows(&self, layer: Layer) -> bool {
        !self.view.hidden_layers.contains(&layer)
    }
}

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
    fn new(subject: Option<Subject>, bounds: Rect, shapes: Vec<Shape>) -> Self {
        Self { subject, bounds, zoom: (0.0, f32::INFINITY), shapes }
    }

    fn above_zoom(self, zoom: f32) -> Self {
        Self { zoom: (zoom, self.zoom.1), ..self }
    }

    fn below_zoom(self, zoom: f32) -> Self {
        Self { zoom: (self.zoom.0, zoom), ..self }
    }

    /// Whether it is drawn at a zoom.
    pub fn is_drawn_at(&self, zoom: f32) -> bool {
        self.zoom.0 <= zoom && zoom < self.zoom.1
    }
}

/// The diagram.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The project as the view shows it.
    pub project: Project,
    /// Its elements from the back to the front.
    pub elements: Vec<Element>,
    /// The way of each conduit.
    pub routes: BTreeMap<ConduitId, Arc<Route>>,
    /// Where assets are drawn.
    pub places: AssetPlaces,
    /// Everything it covers; empty where nothing is drawn.
    pub bounds: Rect,
}

/// Below this zoom small text gives way to larger and less text.
const READABLE: f32 = 0.6;
/// Below this zoom assets and the labels of conduits are not drawn, only zones with one figure each.
pub const ASSETS_FROM: f32 = 0.3;
/// How much larger text is where it would be too small to read.
const FAR: f32 = 1.8;
/// How much larger text is where only zones are drawn.
const FARTHEST: f32 = 2.8;

/// Draws as much of a project as the view shows.
pub fn scene(project: &Project, analysis: &Analysis, look: &Look) -> Scene {
    let project = &*shown(project, &look.view);
    let routes = Routing::of(project, |id| conduit::label_width(project, id)).routes().clone();
    let places = if look.shows(Layer::Assets) { asset_places(project) } else { AssetPlaces::default() };
    let context = Context { project, analysis, look };
    let mut elements = Vec::new();
    elements.extend(note::elements(&context, true));
    elements.extend(zone::elements(&context));
    elements.extend(asset::elements(&context, &places));
    elements.extend(asset::second_homes(&context, &places));
    elements.extend(conduit::elements(&context, &routes));
    elements.extend(zone::badges(&context));
    elements.extend(note::elements(&context, false));
    let bounds = elements.iter().map(|it| it.bounds).reduce(|all, it| all.union(&it)).unwrap_or_default();
    if look.shows(Layer::Bands) && !elements.is_empty() {
        let mut bands = bands::elements(&context, bounds);
        bands.append(&mut elements);
        elements = bands;
    }
    let bounds = elements.iter().map(|it| it.bounds).reduce(|all, it| all.union(&it)).unwrap_or_default();
    Scene { project: project.clone(), elements, routes, places, bounds }
}

struct Context<'a> {
    project: &'a Project,
    analysis: &'a Analysis,
    look: &'a Look,
}

impl Context<'_> {
    /// The figure and colours of an FR of a target under the overlay; a dash where there is no level.
    fn level_cell(&self, levels: &TargetLevels, fr: Fr) -> (String, (Color, Color)) {
        let palette = self.look.palette;
        let none = ("–".to_owned(), (palette.sunken, palette.text_faint));
        let of_level = |level: Option<crate::model::SecurityLevel>| {
            level.map_or(none.clone(), |level| (level.to_string(), palette.level(level)))
        };
        match self.look.view.overlay {
            Overlay::Target => of_level(levels.target.map(|target| target[fr])),
            Overlay::Achieved => of_level(levels.achieved[fr]),
            Overlay::Trust => match levels.achieved[fr] {
                Some(achieved) => (achieved.to_string(), palette.shortfall(levels.shortfall(fr))),
                None => none,
            },
            Overlay::Shortfall => match (levels.target, levels.achieved[fr]) {
                (Some(_), Some(_)) => {
                    let shortfall = levels.shortfall(fr);
                    (shortfall.to_string(), palette.shortfall(shortfall))
                }
                _ => none,
            },
            _ => none,
        }
    }

    /// The one figure that stands for a whole target under the overlay, and its colours.
    fn summary(&self, target: Target) -> (String, (Color, Color)) {
        let palette = self.look.palette;
        let none = ("–".to_owned(), (palette.sunken, palette.text_faint));
        let Some(levels) = self.analysis.target(target) else { return none };
        match self.look.view.overlay {
            Overlay::Target => levels.target.map_or(none, |it| (it.highest().to_string(), palette.level(it.highest()))),
            Overlay::Achieved => {
                levels.achieved.lowest().map_or(none, |level| (level.to_string(), palette.level(level)))
            }
            Overlay::Trust | Overlay::Shortfall if levels.target.is_some() => {
                let worst = levels.worst_shortfall();
                let text = if worst == 0 { "✓".to_owned() } else { format!("−{worst}") };
                (text, palette.shortfall(worst))
            }
            _ => none,
        }
    }

    /// How many open errors and warnings name this subject.
    fn marks(&self) -> BTreeMap<Subject, (usize, usize)> {
        let mut marks: BTreeMap<Subject, (usize, usize)> = BTreeMap::new();
        for finding in self.analysis.findings.iter().filter(|it| it.set_aside.is_none()) {
            let Some(&subject) = finding.about.first() else { continue };
            let (errors, warnings) = marks.entry(subject).or_default();
            match finding.severity() {
                Severity::Error => *errors += 1,
                Severity::Warning => *warnings += 1,
                Severity::Hint => (),
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AssetId, Id, ZoneId};

    fn plant() -> Fixture {
        Fixture::new()
            .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 0.0, 300.0, 200.0))
            .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 320.0, 300.0, 200.0))
            .conduit("C-1", "Z-1", "Z-2", |_| ())
            .asset("HIST", "historian", "Z-1", |asset| {
                asset.other_zones.insert(ZoneId::derived_from("Z-2"));
            })
            .sl_t("Z-1", 2)
    }

    fn drawn(overlay: Overlay) -> Scene {
        let plant = plant();
        let view = DiagramView { overlay, ..DiagramView::whole_plant() };
        scene(&plant.project, &plant.analyse(), &Look { view, ..Look::printed() })
    }

    fn texts(scene: &Scene, subject: Subject) -> Vec<String> {
        let of_subject = scene.elements.iter().filter(|it| it.subject == Some(subject));
        let shapes = of_subject.flat_map(|it| &it.shapes);
        shapes.filter_map(|it| if let Shape::Text { text, .. } = it { Some(text.clone()) } else { None }).collect()
    }

    #[test]
    fn everything_drawn_is_there_and_inside_the_bounds() {
        let scene = drawn(Overlay::Trust);
        for subject in [ZoneId::derived_from("Z-1").into(), AssetId::derived_from("HIST").into()] {
            assert!(!texts(&scene, subject).is_empty(), "{subject:?}");
        }
        assert!(scene.elements.iter().all(|it| scene.bounds.encloses(&it.bounds)));
    }

    #[test]
    fn an_overlay_tells_its_figures() {
        let zone = ZoneId::derived_from("Z-1").into();
        assert!(texts(&drawn(Overlay::Target), zone).iter().filter(|it| *it == "2").count() >= 7);
        assert!(texts(&drawn(Overlay::Achieved), zone).iter().filter(|it| *it == "0").count() >= 7);
        assert!(texts(&drawn(Overlay::Shortfall), zone).iter().filter(|it| *it == "2").count() >= 7);
        let unset = ZoneId::derived_from("Z-2").into();
        assert!(texts(&drawn(Overlay::Target), unset).iter().any(|it| it == "–"));
    }

    #[test]
    fn an_empty_project_draws_nothing() {
        let plant = Fixture::new();
        let scene = scene(&plant.project, &plant.analyse(), &Look::printed());
        assert!(scene.elements.is_empty());
    }
}
