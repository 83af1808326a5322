//! What the report says, chapter by chapter.

mod annex;
mod cells;
mod diagram;
mod findings;
mod follow_up;
mod gaps;
mod levels;
mod method;
mod minutes;
mod nis2;
mod plan;
mod risk;
mod risk_matrix;
mod scenarios;
mod scope;
mod summary;
mod workshop;
mod zcr;

use super::outline::{Block, Cover, Outline, Span};
use crate::analysis::{Analysis, TargetLevels};
use crate::catalogue::Catalogue;
use crate::drawing::palette::Palette;
use crate::model::{Fr, Project, Target};
pub use minutes::outline as minutes;

/// Whom the report is for, and so how much it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Those who decide: results, plan, what remains.
    Management,
    /// Those who act: everything but the answers one by one.
    #[default]
    Full,
    /// Those who check: everything, every answer and every piece of evidence.
    Audit,
}

impl Profile {
    /// All profiles, the shortest first.
    pub const ALL: [Self; 3] = [Self::Management, Self::Full, Self::Audit];

    /// The word for it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::Full => "full",
            Self::Audit => "audit",
        }
    }

    /// What the cover calls the report.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Management => "IEC 62443 gap report: management summary",
            Self::Full => "IEC 62443 gap report",
            Self::Audit => "IEC 62443 gap report with all answers and evidence",
        }
    }

    /// What it holds, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Management => "The result in a few pages: levels, the most urgent gaps, the plan, what was accepted.",
            Self::Full => {
                "Everything a project team works with: scope, diagram, levels, all gaps, plan, risks, method."
            }
            Self::Audit => "The full report, and every answer with its notes and evidence as an annex.",
        }
    }
}

/// What the chapters are made from.
pub(super) struct Material<'a> {
    project: &'a Project,
    catalogue: &'a Catalogue,
    analysis: &'a Analysis,
    profile: Profile,
    palette: &'static Palette,
}

/// What the report of a profile says.
pub fn outline(project: &Project, catalogue: &Catalogue, analysis: &Analysis, profile: Profile) -> Outline {
    let material = Material { project, catalogue, analysis, profile, palette: Palette::light() };
    let mut blocks = Vec::new();
    blocks.extend(summary::chapter(&material));
    if profile != Profile::Management {
        blocks.extend(scope::chapter(&material));
    }
    blocks.extend(diagram::chapter(&material));
    blocks.extend(levels::chapter(&material));
    blocks.extend(gaps::chapter(&material));
    if profile != Profile::Management {
        blocks.extend(follow_up::chapter(&material));
    }
    blocks.extend(plan::chapter(&material));
    if profile != Profile::Management {
        blocks.extend(scenarios::chapter(&material));
    }
    blocks.extend(risk::residual_chapter(&material));
    if profile != Profile::Management {
        blocks.extend(findings::chapter(&material));
        blocks.extend(nis2::chapter(&material));
        blocks.extend(zcr::chapter(&material));
        blocks.extend(workshop::chapter(&material));
    }
    blocks.extend(method::chapter(&material));
    if profile == Profile::Audit {
        blocks.extend(annex::chapters(&material));
    }
    Outline { cover: cover(&material), blocks }
}

fn cover(material: &Material) -> Cover {
    let info = &material.project.info;
    let named = |label: &str, value: &str| (!value.is_empty()).then(|| (label.to_owned(), value.to_owned()));
    let period = match (info.assessed_from, info.assessed_to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(day), None) | (None, Some(day)) => day.to_string(),
        (None, None) => String::new(),
    };
    let facts = [
        named("Prepared by", &info.prepared_by),
        named("Assessed", &period),
        named("As of", &material.analysis.as_of.to_string()),
        named("Edition", &info.edition),
        named("Standard", "IEC 62443-3-3:2013 and IEC 62443-3-2:2020"),
    ];
    Cover {
        title: if info.title.is_empty() { "IEC 62443 assessment".to_owned() } else { info.title.clone() },
        kind: material.profile.title().to_owned(),
        subject: [&info.organisation, &info.site].into_iter().filter(|it| !it.is_empty()).cloned().collect(),
        facts: facts.into_iter().flatten().collect(),
        marking: info.marking.clone(),
        as_of: Some(material.analysis.as_of),
    }
}

impl Material<'_> {
    /// All targets, zones first, each in the order of their tags.
    fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<_> = self.project.targets().collect();
        targets.sort_by_key(|&target| (target.conduit().is_some(), self.project.target_tag(target)));
        targets
    }

    /// The targets above 0 of which nothing is answered, in a sentence; `None` where there are none.
    fn not_begun(&self) -> Option<Vec<Span>> {
        let is_untouched = |it: &Target| {
            let levels = self.analysis.target(*it);
            levels.is_some_and(|it| it.asks_for_a_level() && !it.is_begun())
        };
        let untouched: Vec<_> = self.targets().into_iter().filter(is_untouched).collect();
        let tags: Vec<_> = untouched.iter().map(|it| self.project.target_tag(*it)).collect();
        let words = format!("of {} nothing is answered yet: {}.", counted(tags.len(), "target"), tags.join(", "));
        (!tags.is_empty()).then(|| vec![Span::strong("Not assessed: "), words.into()])
    }

    /// Why there is no level to be reached, in a sentence.
    fn no_level_asked_for(&self) -> &'static str {
        match self.analysis.has_all_targets() {
            true => "The target of every zone and conduit is 0, which is reached by doing nothing.",
            false => "No zone or conduit has a target above 0 yet.",
        }
    }

    /// "Z-DOSE Chemical dosing".
    fn target_title(&self, target: Target) -> String {
        let (tag, name) = (self.project.target_tag(target), self.project.target_name(target));
        if name.is_empty() { tag.to_owned() } else { format!("{tag}  {name}") }
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), anchor: None }
}

fn anchored(level: u8, text: &str, anchor: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), anchor: Some(anchor.to_owned()) }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![text.into().into()])
}

fn note(text: impl Into<String>) -> Block {
    Block::Note(vec![text.into().into()])
}

/// Whole percent; a dash of nothing.
fn share(part: usize, all: usize) -> String {
    (100 * part).checked_div(all).map_or_else(|| "–".to_owned(), |share| format!("{share} %"))
}

/// "1 zone", "7 zones".
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Parts of the report of small plants, for tests.
#[cfg(test)]
mod fixture {
    use super::*;
    use crate::analysis::fixture::Fixture;

    /// What follows from the material that the report of a plant is made from.
    pub fn of<R>(plant: &Fixture, profile: Profile, read: impl FnOnce(&Material) -> R) -> R {
        let (catalogue, analysis, palette) = (Catalogue::embedded(), plant.analyse(), Palette::light());
        read(&Material { project: &plant.project, catalogue, analysis: &analysis, profile, palette })
    }

    /// What a part of the report says.
    pub fn said(plant: &Fixture, profile: Profile, part: impl FnOnce(&Material) -> Vec<Block>) -> String {
        of(plant, profile, |material| format!("{:?}", part(material)))
    }
}
