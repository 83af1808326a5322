//! The comparison as JSON: keys may be added, never renamed.

use serde::Serialize;

use super::Names;
use crate::analysis::SoFar;
use crate::analysis::compare::{Comparison, Fate, FrChange, Moves, ThenNow};
use crate::model::{Fr, RiskLevel, SecurityLevel};

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    then: State<'a>,
    now: State<'a>,
    summary: Summary,
    targets: Vec<TargetJson<'a>>,
    gaps: Vec<GapJson<'a>>,
    answers: Vec<AnswerJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    risks: Vec<RiskJson<'a>>,
    actions: Vec<ActionJson<'a>>,
    changes: Vec<ThingJson<'a>>,
}

#[derive(Serialize)]
struct State<'a> {
    name: &'a str,
    as_of: String,
    gaps: usize,
    open_questions: usize,
    demanded: usize,
}

#[derive(Serialize)]
struct Summary {
    gaps_closed: usize,
    gaps_closed_with_evidence: usize,
    gaps_fallen_away: usize,
    gaps_still_open: usize,
    gaps_new: usize,
    sl_a: MovesJson,
    sl_a_evidenced: MovesJson,
    sl_t: MovesJson,
}

#[derive(Serialize)]
struct MovesJson {
    up: usize,
    down: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct TargetJson<'a> {
    tag: &'a str,
    name: &'a str,
    was_called: Option<&'a str>,
    what: &'static str,
    sl_t: Levels,
    sl_a: Levels,
    sl_a_possible: Levels,
    sl_a_evidenced: Levels,
}

#[derive(Serialize)]
struct Levels {
    then: [Option<u8>; 7],
    now: [Option<u8>; 7],
}

#[derive(Serialize)]
struct GapJson<'a> {
    target: &'a str,
    requirement: Option<String>,
    title: &'a str,
    what: &'static str,
    reason: &'static str,
    why: &'a str,
    evidenced: bool,
    band: &'static str,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    target: &'a str,
    requirement: String,
    then: &'a str,
    now: &'a str,
    also: &'a [&'static str],
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    severity: &'static str,
    about: &'a [String],
    message: &'a str,
    what: &'static str,
}

#[derive(Serialize)]
struct RiskJson<'a> {
    tag: &'a str,
    title: &'a str,
    what: &'static str,
    then: [Option<&'static str>; 3],
    now: [Option<&'static str>; 3],
}

#[derive(Serialize)]
struct ActionJson<'a> {
    tag: &'a str,
    title: &'a str,
    then: Option<&'static str>,
    now: Option<&'static str>,
    overdue: bool,
}

#[derive(Serialize)]
struct ThingJson<'a> {
    kind: &'static str,
    tag: &'a str,
    what: &'static str,
    fields: &'a [String],
}

impl From<Moves> for MovesJson {
    fn from(Moves { up, down, unknown }: Moves) -> Self {
        Self { up, down, unknown }
    }
}

pub(super) fn to_json(comparison: &Comparison, names: Names) -> Result<String, serde_json::Error> {
    let document = Document {
        format: 1,
        then: State {
            name: names.then,
            as_of: comparison.as_of.then.to_string(),
            gaps: comparison.gaps_then(),
            open_questions: comparison.answered.then.open(),
            demanded: comparison.answered.then.demanded,
        },
        now: State {
            name: names.now,
            as_of: comparison.as_of.now.to_string(),
            gaps: comparison.gaps_now(),
            open_questions: comparison.answered.now.open(),
            demanded: comparison.answered.now.demanded,
        },
        summary: Summary {
            gaps_closed: comparison.count(Fate::Closed),
            gaps_closed_with_evidence: comparison.closed_with_proof(),
            gaps_fallen_away: comparison.count(Fate::FellAway),
            gaps_still_open: comparison.count(Fate::Open),
            gaps_new: comparison.count(Fate::New),
            sl_a: comparison.moves(|it| it.achieved).into(),
            sl_a_evidenced: comparison.moves(|it| it.proven).into(),
            sl_t: comparison.moves(|it| it.target).into(),
        },
        targets: targets(comparison),
        gaps: gaps(comparison),
        answers: answers(comparison),
        findings: findings(comparison),
        risks: risks(comparison),
        actions: actions(comparison),
        changes: changes(comparison),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn targets(comparison: &Comparison) -> Vec<TargetJson<'_>> {
    let target = |it| {
        let target: &crate::analysis::compare::TargetChange = it;
        let numbers = |level: &dyn Fn(&FrChange) -> Option<SecurityLevel>| {
            Fr::ALL.map(|fr| level(&target.levels[fr]).map(SecurityLevel::number))
        };
        let levels = |of: fn(&FrChange) -> ThenNow<SoFar>| Levels {
            then: numbers(&|it| of(it).then.level),
            now: numbers(&|it| of(it).now.level),
        };
        TargetJson {
            tag: &target.tag,
            name: &target.name,
            was_called: target.was_called.as_deref(),
            what: if target.differs() || target.was_called.is_some() { target.presence().word() } else { "unchanged" },
            sl_t: levels(|it| it.target),
            sl_a: levels(|it| it.achieved),
            sl_a_possible: Levels {
                then: numbers(&|it| it.achieved.then.up_to),
                now: numbers(&|it| it.achieved.now.up_to),
            },
            sl_a_evidenced: levels(|it| it.proven),
        }
    };
    comparison.targets.iter().map(target).collect()
}

fn gaps(comparison: &Comparison) -> Vec<GapJson<'_>> {
    let all = comparison.gaps.iter().map(|it| GapJson {
        target: &it.tag,
        requirement: it.requirement.map(|it| it.to_string()),
        title: &it.title,
        what: it.fate.word(),
        reason: it.reason.words(),
        why: &it.why,
        evidenced: it.is_proven,
        band: it.band.word(),
    });
    all.collect()
}

fn answers(comparison: &Comparison) -> Vec<AnswerJson<'_>> {
    let all = comparison.answers.iter().map(|it| AnswerJson {
        target: &it.tag,
        requirement: it.requirement.to_string(),
        then: &it.status.then,
        now: &it.status.now,
        also: &it.also,
    });
    all.collect()
}

fn findings(comparison: &Comparison) -> Vec<FindingJson<'_>> {
    let all = comparison.findings.iter().map(|it| FindingJson {
        code: it.code,
        severity: it.severity.word(),
        about: &it.tags,
        message: &it.message,
        what: it.fate.words(),
    });
    all.collect()
}

fn risks(comparison: &Comparison) -> Vec<RiskJson<'_>> {
    let words = |levels: [Option<RiskLevel>; 3]| levels.map(|it| it.map(RiskLevel::word));
    let all = comparison.risks.iter().map(|it| RiskJson {
        tag: &it.tag,
        title: &it.title,
        what: it.presence().word(),
        then: words(it.levels.then),
        now: words(it.levels.now),
    });
    all.collect()
}

fn actions(comparison: &Comparison) -> Vec<ActionJson<'_>> {
    let all = comparison.actions.iter().map(|it| ActionJson {
        tag: &it.tag,
        title: &it.title,
        then: it.status.then.map(crate::model::ActionStatus::word),
        now: it.status.now.map(crate::model::ActionStatus::word),
        overdue: it.is_overdue,
    });
    all.collect()
}

fn changes(comparison: &Comparison) -> Vec<ThingJson<'_>> {
    let all = comparison.things.iter().map(|it| ThingJson {
        kind: it.kind,
        tag: &it.tag,
        what: it.presence.word(),
        fields: &it.fields,
    });
    all.collect()
}
