//! The JSON of `zonewright analyze --json`: everything computed, by tag.

use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::analysis::derive::propose;
use crate::analysis::{Analysis, TargetLevels, ZcrState, exposure};
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Fr, LevelVector, PerFr, Project, RequirementId, SecurityLevel, Target, ZcrId, ZoneId};

/// The version of this JSON; keys may be added under it, never renamed.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Root<'a> {
    format: u32,
    as_of: Date,
    targets: Vec<TargetRow<'a>>,
    gaps: Vec<GapRow<'a>>,
    open_questions: Vec<Question<'a>>,
    findings: Vec<FindingRow<'a>>,
    roadmap: Vec<WaveRow<'a>>,
    exposure: Exposure<'a>,
    nis2: Vec<Nis2Row>,
    zcr: Vec<ZcrRow<'a>>,
}

#[derive(Serialize)]
struct TargetRow<'a> {
    tag: &'a str,
    name: &'a str,
    kind: &'static str,
    sl_t: LevelVector,
    sl_t_derived: LevelVector,
    sl_c: LevelVector,
    sl_a: LevelVector,
    sl_a_possible: LevelVector,
    sl_a_evidenced: LevelVector,
    shortfall: [u8; 7],
    /// Whether anything in scope of each FR has an answer that says yes or no.
    assessed: [bool; 7],
    capping: [Vec<RequirementId>; 7],
    consequence: u8,
    consequence_assumed: bool,
    hops: Option<u32>,
    exploitability: u8,
}

#[derive(Serialize)]
struct GapRow<'a> {
    rank: usize,
    target: Option<&'a str>,
    requirement: Option<RequirementId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manual_finding: Option<&'a str>,
    kind: &'static str,
    classification: &'static str,
    blocks_closure: bool,
    consequence: u8,
    exploitability: u8,
    audit_impact: u8,
    score: u8,
    band: &'static str,
    treatment: &'static str,
}

#[derive(Serialize)]
struct Question<'a> {
    target: &'a str,
    requirement: RequirementId,
}

#[derive(Serialize)]
struct FindingRow<'a> {
    code: &'static str,
    severity: &'static str,
    about: Vec<String>,
    message: &'a str,
    set_aside: bool,
}

#[derive(Serialize)]
struct WaveRow<'a> {
    wave: &'static str,
    actions: Vec<&'a str>,
    projected_sl_a: BTreeMap<&'a str, LevelVector>,
}

#[derive(Serialize)]
struct Exposure<'a> {
    easiest_paths: Vec<PathRow<'a>>,
    /// For all trusted zones.
    choke_conduits: Vec<&'a str>,
    /// Zones of consequence 4 and 5, and the choke conduits for them alone.
    critical_zones: Vec<&'a str>,
    critical_choke_conduits: Vec<&'a str>,
}

#[derive(Serialize)]
struct PathRow<'a> {
    to: &'a str,
    conduits: Vec<&'a str>,
    resistance: u32,
}

#[derive(Serialize)]
struct Nis2Row {
    point: char,
    satisfied: usize,
    not_satisfied: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct ZcrRow<'a> {
    id: ZcrId,
    state: &'static str,
    open: Vec<OpenRow>,
    confirmed_by: Option<&'a str>,
    confirmed_on: Option<Date>,
}

#[derive(Serialize)]
struct OpenRow {
    count: usize,
    what: &'static str,
}

/// Everything computed as JSON text, with a final line end. The same project and
/// day give the same bytes.
///
/// # Errors
/// None that content brings about; what the serialiser reports.
pub fn to_json(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Result<String, serde_json::Error> {
    let root = Root {
        format: FORMAT,
        as_of: analysis.as_of,
        targets: by_tag(project).into_iter().filter_map(|it| target_row(project, catalogue, analysis, it)).collect(),
        gaps: gap_rows(project, analysis),
        open_questions: open_questions(project, catalogue, analysis),
        findings: finding_rows(project, analysis),
        roadmap: wave_rows(project, analysis),
        exposure: exposure_rows(project, analysis),
        nis2: nis2_rows(analysis),
        zcr: analysis.zcr(catalogue).iter().map(zcr_row).collect(),
    };
    let mut text = serde_json::to_string_pretty(&root)?;
    text.push('\n');
    Ok(text)
}

/// All targets, zones first, each in the order of their tags.
fn by_tag(project: &Project) -> Vec<Target> {
    let mut targets: Vec<_> = project.targets().collect();
    targets.sort_by_key(|&target| (target.conduit().is_some(), project.target_tag(target)));
    targets
}

fn ids(catalogue: &Catalogue, set: RequirementSet) -> Vec<RequirementId> {
    catalogue.members(set).map(|it| it.id).collect()
}

fn target_row<'a>(
    project: &'a Project,
    catalogue: &Catalogue,
    analysis: &Analysis,
    target: Target,
) -> Option<TargetRow<'a>> {
    let levels = analysis.target(target)?;
    let consequence = analysis.factors.consequence(target);
    let exploitability = analysis.factors.exploitability(target);
    Some(TargetRow {
        tag: project.target_tag(target),
        name: project.target_name(target),
        kind: target.kind(),
        sl_t: levels.target.map_or(PerFr::default(), |target| target.map(Some::<SecurityLevel>)),
        sl_t_derived: propose(project, &analysis.factors, target).levels.map(Some),
        sl_c: levels.capability,
        sl_a: levels.achieved,
        sl_a_possible: levels.possible,
        sl_a_evidenced: levels.evidenced,
        shortfall: Fr::ALL.map(|fr| levels.shortfall(fr)),
        assessed: Fr::ALL.map(|fr| levels.assessed[fr]),
        capping: Fr::ALL.map(|fr| ids(catalogue, levels.capping(catalogue, fr))),
        consequence: consequence.value,
        consequence_assumed: consequence.is_assumed(),
        hops: exploitability.hops,
        exploitability: exploitability.value,
    })
}

fn gap_rows<'a>(project: &'a Project, analysis: &Analysis) -> Vec<GapRow<'a>> {
    let row = |(place, gap): (usize, &crate::analysis::Gap)| GapRow {
        rank: place + 1,
        target: gap.target.map(|target| project.target_tag(target)),
        requirement: gap.requirement,
        manual_finding: gap.manual.and_then(|id| project.manual_findings.get(id)).map(|it| it.tag.as_str()),
        kind: gap.kind.word(),
        classification: gap.classification.word(),
        blocks_closure: gap.blocks_closure,
        consequence: gap.consequence,
        exploitability: gap.exploitability,
        audit_impact: gap.audit_impact,
        score: gap.score,
        band: gap.band.word(),
        treatment: gap.treatment.word(),
    };
    analysis.gaps.iter().enumerate().map(row).collect()
}

fn open_questions<'a>(project: &'a Project, catalogue: &Catalogue, analysis: &Analysis) -> Vec<Question<'a>> {
    let of = |target: Target| {
        let open = analysis.target(target).map(TargetLevels::open_questions).unwrap_or_default();
        ids(catalogue, open)
            .into_iter()
            .map(move |requirement| Question { target: project.target_tag(target), requirement })
    };
    by_tag(project).into_iter().flat_map(of).collect()
}

fn finding_rows<'a>(project: &Project, analysis: &'a Analysis) -> Vec<FindingRow<'a>> {
    let row = |it: &'a crate::analysis::Finding| FindingRow {
        code: it.check.code,
        severity: it.severity().word(),
        about: it.tags(project),
        message: &it.message,
        set_aside: it.set_aside.is_some(),
    };
    analysis.findings.iter().map(row).collect()
}

fn wave_rows<'a>(project: &'a Project, analysis: &Analysis) -> Vec<WaveRow<'a>> {
    let row = |outcome: &crate::analysis::WaveOutcome| WaveRow {
        wave: outcome.wave.word(),
        actions: outcome.actions.iter().filter_map(|&id| project.actions.get(id)).map(|it| it.tag.as_str()).collect(),
        projected_sl_a: outcome
            .projected
            .iter()
            .map(|(&target, &levels)| (project.target_tag(target), levels))
            .collect(),
    };
    analysis.roadmap.iter().map(row).collect()
}

fn exposure_rows<'a>(project: &'a Project, analysis: &Analysis) -> Exposure<'a> {
    let tag = |id: ZoneId| project.target_tag(id.into());
    let choke = |zones| exposure::choke_conduits(project, zones).into_iter().map(|id| project.target_tag(id.into()));
    let path = |path: exposure::EasiestPath| PathRow {
        to: tag(path.to),
        conduits: path.conduits.into_iter().map(|id| project.target_tag(id.into())).collect(),
        resistance: path.resistance,
    };
    let critical = analysis.critical_zones(project);
    let mut critical_zones: Vec<_> = critical.iter().map(|&id| tag(id)).collect();
    critical_zones.sort_unstable();
    Exposure {
        easiest_paths: analysis.easiest_paths(project).into_iter().map(path).collect(),
        choke_conduits: choke(&project.zones.ids().collect()).collect(),
        critical_choke_conduits: choke(&critical).collect(),
        critical_zones,
    }
}

fn nis2_rows(analysis: &Analysis) -> Vec<Nis2Row> {
    let row = |it: &crate::analysis::Coverage| Nis2Row {
        point: it.point,
        satisfied: it.satisfied,
        not_satisfied: it.not_satisfied,
        unknown: it.unknown,
    };
    analysis.coverage.iter().map(row).collect()
}

fn zcr_row(state: &ZcrState) -> ZcrRow<'_> {
    ZcrRow {
        id: state.id,
        state: state.progress.word(),
        open: state.open.iter().map(|it| OpenRow { count: it.count, what: it.what }).collect(),
        confirmed_by: state.confirmed.as_ref().map(|it| it.by.as_str()),
        confirmed_on: state.confirmed.as_ref().and_then(|it| it.on),
    }
}
