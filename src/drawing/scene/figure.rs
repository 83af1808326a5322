//! What an overlay tells: a figure with its colours for each zone, conduit and asset.

use std::collections::{BTreeMap, BTreeSet};

use super::super::levels::{reach_cell, so_far_cell};
use super::super::palette::{Color, Palette};
use super::Look;
use crate::analysis::exposure::{choke_conduits, resistance};
use crate::analysis::{Analysis, Band, Exploitability, Reach, Severity, SoFar, TargetLevels};
use crate::model::{ConduitId, Fr, Known, Overlay, Project, SecurityLevel, Subject, Target, ZoneId};

/// A figure with its colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// As short as can be, to be read from afar.
    pub text: String,
    /// In full.
    pub near: String,
    /// Ground and ink.
    pub colors: (Color, Color),
    /// Hatched, so that colour does not speak alone: rising to the right, or falling.
    pub hatch: Option<bool>,
}

impl Figure {
    fn new(text: impl Into<String>, colors: (Color, Color)) -> Self {
        let text = text.into();
        Self { near: text.clone(), text, colors, hatch: None }
    }

    fn in_full(self, near: impl Into<String>) -> Self {
        Self { near: near.into(), ..self }
    }

    fn none(palette: &Palette) -> Self {
        Self::new("–", (palette.sunken, palette.text_faint))
    }

    fn level(level: Option<SecurityLevel>, palette: &Palette) -> Self {
        level.map_or(Self::none(palette), |level| Self::new(level.to_string(), palette.level(level)))
    }

    fn so_far(level: SoFar, palette: &Palette) -> Self {
        let (text, colors) = so_far_cell(level, palette);
        Self::new(text, colors)
    }

    fn reach(reach: Reach, palette: &Palette) -> Self {
        let (text, colors) = reach_cell(reach, palette);
        let figure = Self::new(text, colors);
        match reach {
            Reach::NotAssessed => figure.in_full("not assessed"),
            Reach::Open => figure.in_full("open"),
            Reach::Unset | Reach::Reached | Reach::Short { .. } => figure,
        }
    }
}

/// What the overlay needs to know of the whole plant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The gap that ranks first, by target.
    top_gaps: BTreeMap<Target, (Band, u8)>,
    /// How many easiest paths lead over a conduit.
    on_paths: BTreeMap<ConduitId, usize>,
    /// The conduits that cut all paths.
    chokes: BTreeSet<ConduitId>,
    /// Open findings by severity, gravest first.
    findings: BTreeMap<Subject, [usize; 3]>,
    /// Assets of a zone: unsupported, unknown, all.
    lifecycle: BTreeMap<ZoneId, [usize; 3]>,
    /// The roles that answer for something, in the order of their names.
    roles: Vec<String>,
    /// How easily zones are attacked.
    exploitability: BTreeMap<ZoneId, Exploitability>,
}

impl Facts {
    pub(super) fn of(project: &Project, analysis: &Analysis, overlay: Overlay) -> Self {
        let mut facts = Self::default();
        match overlay {
            Overlay::TopGap => {
                for gap in &analysis.gaps {
                    if let Some(target) = gap.target {
                        facts.top_gaps.entry(target).or_insert((gap.band, gap.score));
                    }
                }
            }
            Overlay::Exposure => {
                for conduit in analysis.easiest_paths(project).into_iter().flat_map(|path| path.conduits) {
                    *facts.on_paths.entry(conduit).or_default() += 1;
                }
                let ease = |id: ZoneId| (id, analysis.factors.exploitability(id.into()));
                facts.exploitability = project.zones.ids().map(ease).collect();
                let zones = project.zones.iter().filter(|(_, zone)| !zone.is_untrusted()).map(|(id, _)| id);
                facts.chokes = choke_conduits(project, &zones.collect()).into_iter().collect();
            }
            Overlay::Findings => {
                for finding in analysis.findings.iter().filter(|it| it.set_aside.is_none()) {
                    // there where it is marked
                    let Some(subject) = finding.place(project) else { continue };
                    if let Some(count) = facts.findings.entry(subject).or_default().get_mut(finding.severity() as usize)
                    {
                        *count += 1;
                    }
                }
            }
            Overlay::Lifecycle => {
                for asset in project.assets.values() {
                    let Some(zone) = asset.zone else { continue };
                    let [unsupported, unknown, all] = facts.lifecycle.entry(zone).or_default();
                    *unsupported += usize::from(asset.supported == Known::No);
                    *unknown += usize::from(asset.supported == Known::Unknown);
                    *all += 1;
                }
            }
            Overlay::Ownership => {
                let zones = project.zones.values().map(|it| &it.owner);
                let conduits = project.conduits.values().map(|it| &it.owner);
                let assets = project.assets.values().map(|it| &it.owner);
                let roles: BTreeSet<&String> =
                    zones.chain(conduits).chain(assets).filter(|it| !it.is_empty()).collect();
                facts.roles = roles.into_iter().cloned().collect();
            }
            Overlay::Trust | Overlay::Target | Overlay::Achieved | Overlay::Proven | Overlay::Shortfall => (),
        }
        facts
    }

    /// Whether something else is told of a target.
    pub(super) fn differs_at(&self, other: &Self, target: Target) -> bool {
        let subject = target.into();
        let is_other = match target {
            Target::Zone(id) => {
                self.lifecycle.get(&id) != other.lifecycle.get(&id)
                    || self.exploitability.get(&id) != other.exploitability.get(&id)
            }
            Target::Conduit(id) => {
                self.is_on_path(id) != other.is_on_path(id) || self.is_choke(id) != other.is_choke(id)
            }
        };
        is_other
            || self.top_gaps.get(&target) != other.top_gaps.get(&target)
            || self.differs_in_findings(other, subject)
    }

    /// Whether other findings are told of anything.
    pub(super) fn differs_in_any_finding(&self, other: &Self) -> bool {
        self.findings != other.findings
    }

    /// Whether other findings are told of a subject.
    pub(super) fn differs_in_findings(&self, other: &Self, subject: Subject) -> bool {
        self.findings.get(&subject) != other.findings.get(&subject)
    }

    /// The roles in the order of their letters.
    pub(super) fn roles(&self) -> &[String] {
        &self.roles
    }

    /// Whether an easiest path leads over it.
    pub(super) fn is_on_path(&self, conduit: ConduitId) -> bool {
        self.on_paths.contains_key(&conduit)
    }

    /// Whether it is one of those that cut all paths.
    pub(super) fn is_choke(&self, conduit: ConduitId) -> bool {
        self.chokes.contains(&conduit)
    }
}

/// The figures of a drawing.
pub(super) struct Figures<'a> {
    pub project: &'a Project,
    pub analysis: &'a Analysis,
    pub look: &'a Look,
    pub facts: &'a Facts,
}

impl Figures<'_> {
    fn palette(&self) -> &'static Palette {
        self.look.palette
    }

    /// The figure of an FR of a target, where the overlay tells of levels.
    pub fn cell(&self, levels: &TargetLevels, fr: Fr) -> Figure {
        let palette = self.palette();
        match self.look.view.overlay {
            Overlay::Target => Figure::level(levels.target.map(|it| it[fr]), palette),
            Overlay::Achieved => Figure::so_far(levels.achieved_so_far(fr), palette),
            Overlay::Proven => Figure::so_far(levels.proven_so_far(fr), palette),
            Overlay::Shortfall => Figure::reach(levels.reach(fr), palette),
            // SL-A in the colours of the shortfall
            Overlay::Trust => {
                let colors = reach_cell(levels.reach(fr), palette).1;
                Figure { colors, ..Figure::so_far(levels.achieved_so_far(fr), palette) }
            }
            _ => Figure::none(palette),
        }
    }

    /// Whether each FR has a figure of its own.
    pub fn has_cells(&self) -> bool {
        self.look.view.fr.is_none() && tells_levels(self.look.view.overlay)
    }

    /// The one figure that stands for a whole target.
    pub fn of_target(&self, target: Target) -> Figure {
        let palette = self.palette();
        let none = || Figure::none(palette);
        let Some(levels) = self.analysis.target(target) else { return none() };
        let fr = self.look.view.fr;
        let of_fr = |figure: Figure| match fr {
            Some(fr) => {
                let near = format!("{fr}  {}", figure.text);
                figure.in_full(near)
            }
            None => figure,
        };
        match self.look.view.overlay {
            Overlay::Target => {
                of_fr(Figure::level(levels.target.map(|it| fr.map_or(it.highest(), |fr| it[fr])), palette))
            }
            Overlay::Achieved => of_fr(self.lowest(&|fr| levels.achieved_so_far(fr), fr)),
            Overlay::Proven => of_fr(self.lowest(&|fr| levels.proven_so_far(fr), fr)),
            Overlay::Trust | Overlay::Shortfall if levels.target.is_none() => none(),
            Overlay::Trust | Overlay::Shortfall => match fr {
                Some(fr) => of_fr(Figure::reach(levels.reach(fr), palette)),
                None => Figure::reach(levels.worst_reach(), palette),
            },
            Overlay::TopGap => self.top_gap(target, levels),
            Overlay::Exposure => self.exposure(target, levels),
            Overlay::Findings => self.findings(target.into()).unwrap_or_else(|| no_findings(palette)),
            Overlay::Lifecycle => self.lifecycle(target),
            Overlay::Ownership => self.owner(match target {
                Target::Zone(id) => self.project.zones.get(id).map_or("", |it| &it.owner),
                Target::Conduit(id) => self.project.conduits.get(id).map_or("", |it| &it.owner),
            }),
        }
    }

    /// An FR's level, or the lowest of all; unknown where only what nobody has answered is as low.
    fn lowest(&self, level: &dyn Fn(Fr) -> SoFar, fr: Option<Fr>) -> Figure {
        let asked = || Fr::ALL.into_iter().filter(|&it| fr.is_none_or(|fr| fr == it)).map(level);
        let lowest = asked().filter_map(|it| it.level).min();
        let so_far = SoFar {
            level: lowest,
            up_to: asked().filter_map(|it| it.up_to).min(),
            assessed: asked().any(|it| it.assessed && it.level == lowest),
        };
        Figure::so_far(so_far, self.palette())
    }

    fn top_gap(&self, target: Target, levels: &TargetLevels) -> Figure {
        let palette = self.palette();
        match self.facts.top_gaps.get(&target) {
            Some(&(band, score)) => {
                let word = format!("{band:?}");
                Figure::new(word.clone(), palette.band(band)).in_full(format!("{word}  {score}"))
            }
            None => match levels.worst_reach() {
                Reach::Unset => Figure::none(palette),
                Reach::Reached => Figure::new("✓", (palette.good_soft, palette.good)).in_full("no gap"),
                reach => Figure::reach(reach, palette),
            },
        }
    }

    fn exposure(&self, target: Target, levels: &TargetLevels) -> Figure {
        let palette = self.palette();
        match target {
            Target::Zone(id) => {
                let of_target = || self.analysis.factors.exploitability(target);
                let exploitability = self.facts.exploitability.get(&id).copied().unwrap_or_else(of_target);
                let way = match exploitability.hops {
                    None => "no way in".to_owned(),
                    Some(0) => "untrusted".to_owned(),
                    Some(1) => "1 hop".to_owned(),
                    Some(hops) => format!("{hops} hops"),
                };
                let text = format!("E{}", exploitability.value);
                let near = format!("{text}  {way}");
                Figure::new(text, palette.shortfall(exploitability.value.saturating_sub(1))).in_full(near)
            }
            Target::Conduit(_) => {
                let resistance = resistance(&levels.achieved);
                let ease = u8::try_from(5_u32.saturating_sub(resistance)).unwrap_or_default();
                Figure::new(resistance.to_string(), palette.shortfall(ease))
            }
        }
    }

    /// The open findings of a subject; `None` where there are none.
    pub fn findings(&self, subject: Subject) -> Option<Figure> {
        let counts = self.facts.findings.get(&subject)?;
        let counted = || Severity::ALL.into_iter().zip(counts).filter(|(_, count)| **count > 0);
        let (severity, count) = counted().next()?;
        let sign = |severity: Severity| severity.word().chars().next().unwrap_or_default().to_ascii_uppercase();
        let all: Vec<String> = counted().map(|(severity, count)| format!("{}{count}", sign(severity))).collect();
        let figure = Figure::new(format!("{}{count}", sign(severity)), self.palette().severity(severity));
        Some(figure.in_full(all.join(" ")))
    }

    fn lifecycle(&self, target: Target) -> Figure {
        let palette = self.palette();
        let Some(&[unsupported, unknown, all]) = target.zone().and_then(|id| self.facts.lifecycle.get(&id)) else {
            return Figure::none(palette);
        };
        if unsupported > 0 {
            let near = format!("{unsupported} of {all} unsupported");
            Figure::new(unsupported.to_string(), palette.severity(Severity::Error)).in_full(near)
        } else if unknown > 0 {
            let figure =
                Figure::new("?", palette.severity(Severity::Hint)).in_full(format!("{unknown} of {all} unknown"));
            Figure { hatch: Some(true), ..figure }
        } else {
            Figure::new("✓", (palette.good_soft, palette.good)).in_full("all supported")
        }
    }

    /// The figure of a role: its letter in its colour; hatched where nobody answers.
    pub fn owner(&self, role: &str) -> Figure {
        match self.facts.roles.iter().position(|it| it == role) {
            Some(place) => role_figure(place, role, self.palette()),
            None => nobody(self.palette()),
        }
    }
}

/// Whether an overlay has a figure for each FR.
pub(super) fn tells_levels(overlay: Overlay) -> bool {
    matches!(overlay, Overlay::Trust | Overlay::Target | Overlay::Achieved | Overlay::Proven | Overlay::Shortfall)
}

/// The sign of a role: letters A to Z, then AA and so on; every other round of colours is hatched.
pub(super) fn role_figure(place: usize, role: &str, palette: &Palette) -> Figure {
    let letter = |place: usize| char::from(b'A' + (place % 26) as u8);
    let text = match place / 26 {
        0 => letter(place).to_string(),
        round => format!("{}{}", letter(round - 1), letter(place)),
    };
    let hatch = [None, Some(true), Some(false)].get(place / palette.roles.len() % 3).copied().flatten();
    let figure = Figure::new(text.clone(), palette.role(place)).in_full(format!("{text}  {role}"));
    Figure { hatch, ..figure }
}

/// The sign of what nobody answers for.
pub(super) fn nobody(palette: &Palette) -> Figure {
    let figure = Figure::new("?", (palette.sunken, palette.text_weak)).in_full("no owner");
    Figure { hatch: Some(false), ..figure }
}

fn no_findings(palette: &Palette) -> Figure {
    Figure::new("✓", (palette.good_soft, palette.good)).in_full("no finding")
}
