//! The whole diagram as shapes: bands, zones, conduits, assets, each element with
//! what it stands for, where it is, and from which zoom on it can be read.

mod asset;
mod bands;
mod change;
mod conduit;
mod elements;
mod figure;
mod finder;
mod flow;
mod legend;
mod mark;
mod note;
mod perimeter;
mod update;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

pub use asset::homes_of;
pub use elements::{Element, Elements, Stratum};
pub use figure::Figure;
use figure::{Facts, Figures};
use finder::Finder;
pub use flow::{flows_of, protocol_text};
pub use legend::legend;
pub use note::{NOTE_TEXT, legend_note_height, note_height};

use super::metrics::*;
use super::palette::{Color, Palette};
use super::place::{AssetPlaces, asset_places};
use super::route::{Route, Routing};
#[cfg(test)]
use super::shape::Shape;
use super::shown::shown;
use jiff::civil::Date;

use crate::analysis::{Analysis, LevelsByTarget, Severity, TargetLevels};
use crate::model::{
    ConduitId, DiagramView, Fr, Layer, Overlay, Point, Project, PurdueLevel, Rect, Subject, Target, Zone, ZoneId,
};

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

    /// Whether the marks tell what the figures of the overlay would tell again.
    fn marks_tell(&self) -> bool {
        self.view.overlay == Overlay::Findings && self.shows(Layer::Findings)
    }

    /// A size of text in this look.
    fn text(&self, size: f32) -> f32 {
        size * self.palette.type_size
    }

    /// A width of a line in this look.
    fn line(&self, width: f32) -> f32 {
        width * self.palette.line_weight
    }
}

/// The diagram.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Its elements.
    pub elements: Elements,
    /// What is drawn: the project without what the view hides.
    pub project: Project,
    /// Where assets are drawn.
    pub places: AssetPlaces,
    /// Everything it covers; empty where nothing is drawn.
    pub bounds: Rect,
    routing: Routing,
    /// The outlines around the SUC.
    perimeter: Vec<Vec<Point>>,
    /// The outlines around the zones of each site.
    sites: BTreeMap<String, Vec<Vec<Point>>>,
    /// Conduits from inside the perimeter to outside.
    leaving: Vec<ConduitId>,
    /// The zones' places in the order of painting.
    ranks: BTreeMap<ZoneId, u32>,
    /// The zones that other zones lie in.
    outer: BTreeSet<ZoneId>,
    finder: Finder,
    facts: Facts,
    marks: Marks,
    /// What is told of the targets, and what that was worked out from.
    levels: LevelsByTarget,
    analysed: (Project, Date),
    look: Look,
    has_followed: bool,
}

/// How many open findings of each severity stand at a subject, the gravest first.
type Marks = BTreeMap<Subject, [usize; 3]>;

/// Below this zoom small text gives way to larger and less text.
pub const READABLE: f32 = 0.6;
/// Below this zoom assets and the labels of conduits are not drawn, only zones with one figure each.
pub const ASSETS_FROM: f32 = 0.3;
/// How much larger text is where it would be too small to read.
const FAR: f32 = 1.8;
/// How much larger text is where only zones are drawn.
const FARTHEST: f32 = 2.8;
/// How much of a figure's colour the ground of its zone has.
const OVERLAY_TINT: f32 = 0.22;
/// The same where the figure's colour is a quiet one already.
const SOFT_TINT: f32 = 0.85;

/// Draws as much of a project as the view shows.
pub fn scene(project: &Project, analysis: &Analysis, look: &Look) -> Scene {
    let shown = shown(project, &look.view).into_owned();
    let mut scene = Scene {
        elements: Elements::default(),
        places: if look.shows(Layer::Assets) { asset_places(&shown) } else { AssetPlaces::default() },
        bounds: Rect::default(),
        routing: Routing::default(),
        perimeter: Vec::new(),
        sites: BTreeMap::new(),
        leaving: perimeter::leaving(&shown),
        ranks: ranks(&shown),
        outer: outer(&shown),
        finder: Finder::default(),
        facts: Facts::of(&shown, analysis, look.view.overlay),
        marks: mark::count(&shown, analysis, look),
        levels: analysis.targets.clone(),
        analysed: (analysis.project().clone(), analysis.as_of),
        has_followed: false,
        look: look.clone(),
        project: shown,
    };
    if look.shows(Layer::Conduits) {
        let context = scene.context(analysis, look);
        scene.routing = Routing::of(&scene.project, |id| conduit::label_width(&context, id));
    }
    scene.draw(analysis);
    scene
}

impl Scene {
    /// The way of each conduit.
    pub fn routes(&self) -> &BTreeMap<ConduitId, std::sync::Arc<Route>> {
        self.routing.routes()
    }

    /// The outlines of the perimeter, where it is drawn.
    pub fn perimeter(&self) -> &[Vec<Point>] {
        &self.perimeter
    }

    /// The conduits marked where they cross the perimeter.
    pub fn access_points(&self) -> BTreeSet<ConduitId> {
        let marked = self.elements.subjects(Stratum::AccessPoints);
        marked.filter_map(|it| if let Subject::Conduit(id) = it { Some(id) } else { None }).collect()
    }

    /// The figure that the overlay gives a zone or conduit.
    pub fn figure(&self, analysis: &Analysis, target: Target) -> Figure {
        self.context(analysis, &self.look).figures().of_target(target)
    }

    /// The Purdue level in whose band a place lies, where bands are drawn.
    pub fn level_at(&self, at: Point) -> Option<PurdueLevel> {
        let is_on_them = self.look.shows(Layer::Bands) && self.bounds.contains(at);
        is_on_them.then(|| bands::level_at(&self.project, at.y)).flatten()
    }

    /// How it looks.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// Whether its routes have followed a change since it was drawn: they may not be the best.
    pub fn has_followed(&self) -> bool {
        self.has_followed
    }

    fn context<'a>(&'a self, analysis: &'a Analysis, look: &'a Look) -> Context<'a> {
        let (facts, marks, outer) = (&self.facts, &self.marks, &self.outer);
        Context { project: &self.project, analysis, look, facts, marks, outer }
    }
}

/// The zones that other zones lie in.
fn outer(project: &Project) -> BTreeSet<ZoneId> {
    project.zones.values().filter_map(|it| it.parent).collect()
}

/// The zones' places in the order of painting: a zone before what lies in it, and its
/// neighbours by order and tag.
fn ranks(project: &Project) -> BTreeMap<ZoneId, u32> {
    let mut inner: BTreeMap<Option<ZoneId>, Vec<(i32, &str, ZoneId)>> = BTreeMap::new();
    for (id, zone) in project.zones.iter() {
        // what lies in a hidden zone is not drawn; what names a zone that is gone lies at the top
        let parent = zone.parent.filter(|it| project.zones.contains(*it));
        inner.entry(parent).or_default().push((zone.order, &zone.tag, id));
    }
    for zones in inner.values_mut() {
        zones.sort_unstable_by(|one, next| next.cmp(one));
    }
    let mut ranks = BTreeMap::new();
    let mut next = inner.remove(&None).unwrap_or_default();
    while let Some((.., id)) = next.pop() {
        ranks.insert(id, ranks.len() as u32);
        next.extend(inner.remove(&Some(id)).unwrap_or_default());
    }
    // zones that lie in each other in a circle are drawn all the same
    for id in project.zones.ids() {
        let place = ranks.len() as u32;
        ranks.entry(id).or_insert(place);
    }
    ranks
}

struct Context<'a> {
    project: &'a Project,
    analysis: &'a Analysis,
    look: &'a Look,
    facts: &'a Facts,
    marks: &'a Marks,
    outer: &'a BTreeSet<ZoneId>,
}

impl Context<'_> {
    fn figures(&self) -> Figures<'_> {
        Figures { project: self.project, analysis: self.analysis, look: self.look, facts: self.facts }
    }
}

#[cfg(test)]
mod tests;
