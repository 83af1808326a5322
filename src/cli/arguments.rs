//! What can be asked on the command line.

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::drawing::palette::Palette;
use crate::model::{Fr, Layer, Overlay};
use crate::report::Profile;
use crate::samples::{SAMPLES, Sample};
use crate::store::{self, Preferences, Renderer, StoreError};
use crate::templates::{self, Template};

/// An offline workbench for IEC 62443 assessments.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// A project file to open in the window
    pub file: Option<PathBuf>,
    /// Who paints the window: the graphics card through OpenGL (gl), the processor (cpu), or whichever suits the
    /// machine (auto)
    #[arg(long, value_name = "WHO", value_parser = renderer)]
    pub renderer: Option<Renderer>,
    /// Write a line as each frame of the window begins, to measure with
    #[arg(long, hide = true)]
    pub tell_frames: bool,
    /// A command to run without a window
    #[command(subcommand)]
    pub command: Option<Command>,
}

fn renderer(word: &str) -> Result<Renderer, String> {
    let words = Renderer::ALL.map(Renderer::word);
    Renderer::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("one of {}", words.join(", ")))
}

/// A command that runs without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the water treatment sample; where there is no display, write its report, tracker and diagram
    Demo,
    /// Make a new project, empty or from a template or sample
    New {
        /// What to begin with, as --list-templates names it
        #[arg(long, value_name = "NAME", value_parser = beginning)]
        template: Option<Beginning>,
        /// Where to save it
        #[arg(short, long, required_unless_present = "list_templates")]
        output: Option<PathBuf>,
        /// Replace the file that is there
        #[arg(long)]
        force: bool,
        /// Print what there is to begin with, and stop
        #[arg(long, exclusive = true)]
        list_templates: bool,
    },
    /// Make an invented plant of any size, to measure with
    Generate {
        /// How many zones
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        zones: u32,
        /// How many conduits
        #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        conduits: u32,
        /// How many assets
        #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        assets: u32,
        /// How many answers for each zone, up to 100
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        answers: u32,
        /// How many answers for each conduit, up to what it is assessed against
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1_000_000))]
        conduit_answers: u32,
        /// The same seed gives the same plant
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where to save it
        #[command(flatten)]
        output: Output,
    },
    /// Levels, gaps in rank order, findings, coverage
    Analyze {
        /// The project
        file: PathBuf,
        /// Write everything as JSON
        #[arg(long)]
        json: bool,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// Findings only; exit 1 if any is an error that is not set aside
    Check {
        /// The project
        file: PathBuf,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// What changed between two states: levels, gaps and why, answers, findings, risks, actions, the plant
    Diff {
        /// The earlier project
        old: PathBuf,
        /// The later project
        new: PathBuf,
        /// Write everything as JSON
        #[arg(long)]
        json: bool,
        /// The day that the earlier project shows, as YYYY-MM-DD; else that of the later one
        #[arg(long, value_name = "DATE")]
        old_as_of: Option<Date>,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// The gap report as PDF
    Report {
        /// The project
        file: PathBuf,
        /// Where to write it: OUT.pdf
        #[arg(short, long)]
        output: PathBuf,
        /// Whom it is for: management, full or audit
        #[arg(long, default_value = "full", value_parser = profile)]
        profile: Profile,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// The minutes of a workshop as PDF
    Minutes {
        /// The project
        file: PathBuf,
        /// Where to write them: OUT.pdf
        #[arg(short, long)]
        output: PathBuf,
        /// Which workshop, by its title ("Workshop" where it has none), with its day where several are called the
        /// same and a number where they are of one day: "Workshop 2026-11-19 (2)"; may be left out where there is
        /// only one
        #[arg(long, value_name = "NAME")]
        workshop: Option<String>,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// The prioritised remediation tracker
    Tracker {
        /// The project
        file: PathBuf,
        /// Where to write it: OUT.xlsx or OUT.csv
        #[arg(short, long)]
        output: PathBuf,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// The zone-and-conduit diagram as a picture or a drawing of another tool
    Diagram {
        /// The project
        file: PathBuf,
        /// Where to write it: OUT.svg, OUT.png, OUT.pdf, OUT.drawio or OUT.graphml
        #[arg(short, long)]
        output: PathBuf,
        /// How it is to look
        #[command(flatten)]
        look: DiagramLook,
        /// The day that it is
        #[command(flatten)]
        day: Day,
    },
    /// Import from other tools
    #[command(subcommand)]
    Import(Import),
    /// Export to other tools
    #[command(subcommand)]
    Export(Export),
}

/// How a diagram is to look.
#[derive(Clone, Debug, clap::Args)]
pub struct DiagramLook {
    /// A view of the project by its name; else the whole plant
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// What the colours tell: trust and levels, target, achieved, proven, shortfall, top gap, exposure, findings,
    /// lifecycle or ownership
    #[arg(long, value_name = "OVERLAY", value_parser = overlay)]
    pub overlay: Option<Overlay>,
    /// The FR that the colours tell of, 1 to 7; else the worst of all
    #[arg(long, value_name = "NUMBER", value_parser = fr)]
    pub fr: Option<Fr>,
    /// The colours: light, dark, high-contrast or projector
    #[arg(long, value_name = "NAME", default_value = "light", value_parser = palette)]
    pub appearance: &'static Palette,
    /// The layers to draw and no others, parted by commas: assets, conduits, flows, levels, findings, notes,
    /// perimeter, "purdue levels", "sites and areas"
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', value_parser = layer)]
    pub layers: Option<Vec<Layer>>,
    /// Only these zones, conduits and assets, by their tags parted by commas
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub only: Vec<String>,
}

fn overlay(word: &str) -> Result<Overlay, String> {
    let words = || Overlay::ALL.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ");
    Overlay::ALL.iter().copied().find(|it| is_word(it.word(), word)).ok_or_else(|| format!("one of {}", words()))
}

fn layer(word: &str) -> Result<Layer, String> {
    let words = || Layer::ALL.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ");
    Layer::ALL.iter().copied().find(|it| is_word(it.word(), word)).ok_or_else(|| format!("one of {}", words()))
}

fn fr(number: &str) -> Result<Fr, String> {
    number.parse().ok().and_then(Fr::from_number).ok_or_else(|| "a number 1 to 7".to_owned())
}

fn palette(name: &str) -> Result<&'static Palette, String> {
    Palette::from_name(name).ok_or_else(|| "one of light, dark, high-contrast, projector".to_owned())
}

/// Whether a word is meant: with dashes for spaces, or by its beginning.
fn is_word(word: &str, typed: &str) -> bool {
    let plain = |it: &str| it.trim().to_lowercase().replace('-', " ");
    plain(word) == plain(typed) || plain(word).split(" and ").next() == Some(&plain(typed))
}

/// Where a project is saved that is made of something else.
#[derive(Clone, Debug, clap::Args)]
pub struct Output {
    /// Where to save the project
    #[arg(short, long)]
    pub output: PathBuf,
    /// Replace the file that is there
    #[arg(long)]
    pub force: bool,
}

impl Output {
    /// The place, unless work lies there that would be lost.
    ///
    /// # Errors
    /// A sentence that names the file and says what to do.
    pub(super) fn place(&self) -> Result<&Path, String> {
        free(&self.output, self.force)
    }
}

/// The place, unless a file with something in it stands there and is not to be replaced.
///
/// # Errors
/// A sentence that names the file and says what to do.
pub(super) fn free(place: &Path, force: bool) -> Result<&Path, String> {
    let is_taken = store::stamp(place).is_some_and(|it| it.length > 0);
    if is_taken && !force {
        let place = place.display();
        return Err(format!("there is a file already; choose another name, or add --force to replace it: {place}"));
    }
    Ok(place)
}

/// The day that expiry, overdue and waves are counted from.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Day {
    /// Fix today's date, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

impl Day {
    /// The day asked for, or else today.
    pub fn date(self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

fn profile(word: &str) -> Result<Profile, String> {
    let words = || Profile::ALL.map(Profile::word).join(", ");
    Profile::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("one of {}", words()))
}

/// What a new project begins with.
#[derive(Clone, Debug)]
pub enum Beginning {
    /// A typical plant.
    Template(Box<Template>),
    /// A complete assessment.
    Sample(&'static Sample),
}

/// The user's own templates, and what is wrong with the files that are none.
pub(super) fn own_templates() -> (Vec<Template>, Vec<StoreError>) {
    Preferences::place().map(|place| templates::own(&store::templates_folder(&place))).unwrap_or_default()
}

/// Without what a person types one way or another.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn beginning(name: &str) -> Result<Beginning, String> {
    let (mut all, errors) = own_templates();
    all.extend(templates::built_in().iter().cloned());
    let wanted = plain(name);
    let samples = || SAMPLES.iter().map(|it| (it.id, it.title, Beginning::Sample(it)));
    let all_of_them =
        all.iter().map(|it| (it.id.as_str(), it.title.as_str(), Beginning::Template(Box::new(it.clone()))));
    let mut beginnings: Vec<_> = all_of_them.chain(samples()).collect();
    // the name of a file in any letters, then what it is called
    let named = [
        beginnings.iter().position(|(id, ..)| *id == name),
        beginnings.iter().position(|(id, ..)| plain(id) == wanted),
        beginnings.iter().position(|(_, title, _)| plain(title) == wanted),
    ];
    let found = named.into_iter().flatten().next().map(|place| beginnings.swap_remove(place).2);
    found.ok_or_else(|| {
        let ids = all.iter().map(|it| it.id.as_str()).chain(SAMPLES.iter().map(|it| it.id));
        let ids = format!("one of {}", ids.collect::<Vec<_>>().join(", "));
        errors.iter().fold(ids, |ids, error| format!("{ids}; not {error}"))
    })
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Take assets from a table into a project, matched by tag
    Assets(super::assets::ImportAssets),
    /// Take consequences from a HAZOP or PHA worksheet into a project as risk scenarios
    Hazop(Box<super::hazop::ImportHazop>),
    /// Build a project from a folder of CSV tables
    Tables {
        /// The folder
        folder: PathBuf,
        /// Where to save the project
        #[command(flatten)]
        output: Output,
    },
    /// Build a project from a drawing of draw.io, plain or compressed
    Drawio(Drawing),
    /// Build a project from GraphML, as yEd writes it
    Graphml(Drawing),
    /// Build a project from an Open Threat Model, JSON or YAML
    Otm(Drawing),
    /// Build a project from a drawing of Visio
    Vsdx(Drawing),
    /// Build a project from a diagram of CSET
    Cset(Drawing),
    /// Build a project from a drawing of any of these tools, as its content shows
    Drawing(Drawing),
}

/// A drawing to import.
#[derive(Debug, clap::Args)]
pub struct Drawing {
    /// The drawing
    pub source: PathBuf,
    /// Where to save the project
    #[command(flatten)]
    pub output: Output,
    /// Import only this page, by its name or number; may be given several times
    #[arg(long, value_name = "PAGE")]
    pub page: Vec<String>,
    /// Place zones by Purdue level and not where they were drawn
    #[arg(long)]
    pub lay_out: bool,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Write a project as a folder of CSV tables
    Tables {
        /// The project
        file: PathBuf,
        /// The folder, made where it is missing
        #[arg(short, long)]
        output: PathBuf,
        /// Replace the tables that are there
        #[arg(long)]
        force: bool,
    },
}
