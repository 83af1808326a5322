//! What is drawn beside the plant, and the named views of the drawing.

use std::collections::BTreeSet;

use super::geometry::Rect;
use super::level::Fr;
use super::record::{choices, record};
use super::target::Target;

record! {
    /// Words on the canvas that belong to no zone, or a legend placed there.
    Note {
        /// What it says, in as many lines as it has; a legend says what the drawing's signs mean.
        text: String,
        /// What it is.
        kind: NoteKind,
        /// Where it is drawn, in canvas units.
        frame: Rect,
        /// Not moved by hand until unlocked.
        locked: bool,
        /// Notes with a higher number lie before those with a lower one.
        order: i32,
    }

    /// A named picture of the one model: which layers and which parts of the plant it shows.
    DiagramView {
        /// What it is called, such as "Remote access"; unique among views.
        name: String,
        /// Views with a lower number come first.
        order: i32,
        /// The layers that it leaves out.
        hidden_layers: BTreeSet<Layer>,
        /// The zones and conduits that it leaves out; a zone takes along what lies in it.
        hidden: BTreeSet<Target>,
        /// What its colours tell.
        overlay: Overlay,
        /// The FR that its colours tell of; `None`: the worst of all seven.
        fr: Option<Fr>,
    }
}

impl DiagramView {
    /// The whole plant; flows are drawn on demand.
    pub fn whole_plant() -> Self {
        Self { name: "Whole plant".to_owned(), hidden_layers: [Layer::Flows].into(), ..Self::default() }
    }
}

choices! {
    /// What a note is.
    NoteKind: "a kind of note" {
        /// Words in a box.
        #[default]
        Text = "text",
        /// Words without a box, such as a title.
        Title = "title",
        /// The legend of the drawing.
        Legend = "legend",
    }

    /// A layer of the drawing.
    Layer: "a layer" {
        /// Assets in their zones.
        #[default]
        Assets = "assets",
        /// Conduits with their labels.
        Conduits = "conduits",
        /// Flows from asset to asset.
        Flows = "flows",
        /// The bands of the Purdue levels.
        Bands = "purdue levels",
        /// The perimeter of the SUC and its access points.
        Perimeter = "perimeter",
        /// Outlines around the zones of a site or area.
        Sites = "sites and areas",
        /// The level strips of zones and conduits.
        Levels = "levels",
        /// The marks of findings.
        Findings = "findings",
        /// Notes and legends.
        Notes = "notes",
    }

    /// What the drawing tells by its colours.
    Overlay: "an overlay" {
        /// Zones by trust; levels as achieved, coloured by how far they fall short.
        #[default]
        Trust = "trust and levels",
        /// SL-T.
        Target = "target",
        /// SL-A.
        Achieved = "achieved",
        /// SL-A as far as evidence proves it.
        Proven = "proven",
        /// By how many levels SL-A falls short of SL-T.
        Shortfall = "shortfall",
        /// The band of the gap that ranks first.
        TopGap = "top gap",
        /// How easily it is reached from outside.
        Exposure = "exposure",
        /// Open findings by severity.
        Findings = "findings",
        /// Assets that their makers support no more.
        Lifecycle = "lifecycle",
        /// The role that answers for it.
        Ownership = "ownership",
    }
}
