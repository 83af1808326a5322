//! Answers, findings, risks and actions, then and now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::plain::Presence;
use super::{Pairing, ThenNow};
use crate::analysis::{Analysis, Finding, Severity};
use crate::catalogue::Catalogue;
use crate::model::*;

/// An answer that is another one.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChange {
    /// Where.
    pub target: ThenNow<Option<Target>>,
    /// The target's tag.
    pub tag: String,
    /// Which requirement.
    pub requirement: RequirementId,
    /// The status in words, with where it is inherited from.
    pub status: ThenNow<String>,
    /// What else is another one, such as "evidence".
    pub also: Vec<&'static str>,
}

/// A finding that came, went, was set aside or taken up again.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingChange {
    /// The code of its check.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about, in the state that has it; the later one where both have.
    pub about: Vec<Subject>,
    /// The tags of that.
    pub tags: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What became of it.
    pub fate: FindingFate,
}

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingFate {
    /// It was not found.
    New,
    /// It is not found any more.
    Gone,
    /// It is set aside now.
    SetAside,
    /// It was set aside and counts again.
    TakenUp,
}

impl FindingFate {
    /// The words for it in JSON, tables and on screens.
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::SetAside => "set aside",
            Self::TakenUp => "taken up again",
        }
    }
}

/// A risk that came, went or is rated otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskChange {
    /// Which it was and is.
    pub risk: ThenNow<Option<RiskId>>,
    /// Its tag.
    pub tag: String,
    /// What could happen.
    pub title: String,
    /// Its levels: unmitigated, current, residual.
    pub levels: ThenNow<[Option<RiskLevel>; 3]>,
}

impl RiskChange {
    /// Whether it is in both states, new, or gone.
    pub fn presence(&self) -> Presence {
        Presence::of(self.risk.then.is_some(), self.risk.now.is_some())
    }
}

/// An action that came, went or has another status.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionChange {
    /// Which it was and is.
    pub action: ThenNow<Option<ActionId>>,
    /// Its tag.
    pub tag: String,
    /// What is to be done.
    pub title: String,
    /// How far it was and is.
    pub status: ThenNow<Option<ActionStatus>>,
    /// Whether it should have been finished by now.
    pub is_overdue: bool,
}

pub(super) fn answers(then: &Project, now: &Project, pairing: &Pairing, catalogue: &Catalogue) -> Vec<AnswerChange> {
    let mut targets: Vec<_> = pairing.zones.now.keys().map(|&it| Target::Zone(it)).collect();
    targets.extend(pairing.conduits.now.keys().map(|&it| Target::Conduit(it)));
    targets.sort_by_key(|&it| (it.conduit().is_some(), now.target_tag(it), it));
    let mut changed = Vec::new();
    for target in targets {
        // all answers of what is new or gone would be told; that it came or went is enough
        let Some(was) = pairing.earlier_target(target) else { continue };
        let empty = Answers::new();
        let before = then.answers.get(was).unwrap_or(&empty);
        let after = now.answers.get(target).unwrap_or(&empty);
        let ids: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        for id in ids.into_iter().filter(|&it| catalogue.requirement(it).is_some()) {
            let none = Answer::default();
            let (one, other) = (before.get(&id).unwrap_or(&none), after.get(&id).unwrap_or(&none));
            changed.extend(answer_change((then, one), (now, other), pairing, (was, target, id)));
        }
    }
    changed
}

fn answer_change(
    (then, one): (&Project, &Answer),
    (now, other): (&Project, &Answer),
    pairing: &Pairing,
    (was, target, requirement): (Target, Target, RequirementId),
) -> Option<AnswerChange> {
    let later = |status: Status| match status {
        Status::Inherited(source) => Status::Inherited(source.and_then(|it| pairing.later_target(it))),
        other => other,
    };
    let evidence: BTreeSet<_> = one.evidence.iter().filter_map(|&it| pairing.evidence.later(it)).collect();
    let has_other_evidence = evidence != other.evidence || evidence.len() != one.evidence.len();
    let also = [
        ("capability", one.capable != other.capable),
        ("notes", one.notes != other.notes),
        ("countermeasure", one.countermeasure != other.countermeasure),
        ("justification", one.justification != other.justification),
        ("evidence", has_other_evidence),
        ("review mark", one.review != other.review),
        ("remarks", one.comments != other.comments),
    ];
    let also: Vec<_> = also.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect();
    (later(one.status) != other.status || !also.is_empty()).then(|| AnswerChange {
        target: ThenNow { then: Some(was), now: Some(target) },
        tag: now.target_tag(target).to_owned(),
        requirement,
        status: ThenNow { then: in_words(then, one.status), now: in_words(now, other.status) },
        also,
    })
}

fn in_words(project: &Project, status: Status) -> String {
    match status {
        Status::Inherited(Some(source)) => format!("inherited from {}", project.target_tag(source)),
        other => other.word().to_owned(),
    }
}

pub(super) fn findings(then: &Analysis, now: &Analysis, pairing: &Pairing) -> Vec<FindingChange> {
    let later = |it: &Finding| {
        let about: Option<Vec<_>> = it.about.iter().map(|&it| pairing.later(it)).collect();
        about.map(|about| (it.check.code, about, it.of))
    };
    let mut before: BTreeMap<_, &Finding> = BTreeMap::new();
    let mut changed = Vec::new();
    let mut change = |it: &Finding, project: &Project, fate| {
        changed.push(FindingChange {
            code: it.check.code,
            severity: it.severity(),
            about: it.about.clone(),
            tags: it.tags(project),
            message: it.message.clone(),
            fate,
        });
    };
    let mut gone = Vec::new();
    for finding in then.findings.iter() {
        match later(finding) {
            Some(key) => drop(before.insert(key, finding)),
            None => gone.push(finding),
        }
    }
    for finding in now.findings.iter() {
        let earlier = before.remove(&(finding.check.code, finding.about.clone(), finding.of));
        let was_open = earlier.map(|it| it.set_aside.is_none());
        match (was_open, finding.set_aside.is_none()) {
            (None, true) => change(finding, now.project(), FindingFate::New),
            (Some(true), false) => change(finding, now.project(), FindingFate::SetAside),
            (Some(false), true) => change(finding, now.project(), FindingFate::TakenUp),
            _ => (),
        }
    }
    let not_found = before.into_values().chain(gone).filter(|it| it.set_aside.is_none());
    not_found.for_each(|it| change(it, then.project(), FindingFate::Gone));
    changed.sort_by(|one, other| {
        let place = |it: &FindingChange| (it.fate, it.severity, it.code);
        place(one).cmp(&place(other)).then_with(|| one.tags.cmp(&other.tags))
    });
    changed
}

pub(super) fn risks(then: &Project, now: &Project, pairing: &Pairing) -> Vec<RiskChange> {
    let levels = |project: &Project, id: Option<RiskId>| {
        let at = [RatedAt::Unmitigated, RatedAt::Current, RatedAt::Residual];
        let risk = id.and_then(|id| project.risks.get(id));
        at.map(|at| risk.and_then(|it| it.level(at, &project.settings.matrix)))
    };
    let here = pairing.risks.now.iter().map(|(&now, &then)| ThenNow { then, now: Some(now) });
    let gone = pairing.risks.then.iter().filter(|(_, now)| now.is_none());
    let gone = gone.map(|(&then, _)| ThenNow { then: Some(then), now: None });
    let change = |risk: ThenNow<Option<RiskId>>| {
        let later = risk.now.and_then(|id| now.risks.get(id));
        let known = later.or_else(|| then.risks.get(risk.then?))?;
        let levels = ThenNow { then: levels(then, risk.then), now: levels(now, risk.now) };
        let differs = levels.differs() || risk.then.is_none() || risk.now.is_none();
        differs.then(|| RiskChange { risk, tag: known.tag.clone(), title: known.title.clone(), levels })
    };
    let mut changed: Vec<_> = here.chain(gone).filter_map(change).collect();
    changed.sort_by(|one, other| (&one.tag, one.risk.now).cmp(&(&other.tag, other.risk.now)));
    changed
}

pub(super) fn actions(then: &Project, (now, as_of): (&Project, Date), pairing: &Pairing) -> Vec<ActionChange> {
    let here = pairing.actions.now.iter().map(|(&now, &then)| ThenNow { then, now: Some(now) });
    let gone = pairing.actions.then.iter().filter(|(_, now)| now.is_none());
    let gone = gone.map(|(&then, _)| ThenNow { then: Some(then), now: None });
    let change = |action: ThenNow<Option<ActionId>>| {
        let before = action.then.and_then(|id| then.actions.get(id));
        let after = action.now.and_then(|id| now.actions.get(id));
        let status = ThenNow { then: before.map(|it| it.status), now: after.map(|it| it.status) };
        let known = after.or(before)?;
        status.differs().then(|| ActionChange {
            action,
            tag: known.tag.clone(),
            title: known.title.clone(),
            status,
            is_overdue: after.is_some_and(|it| it.is_overdue(as_of)),
        })
    };
    let mut changed: Vec<_> = here.chain(gone).filter_map(change).collect();
    changed.sort_by(|one, other| (&one.tag, one.action.now).cmp(&(&other.tag, other.action.now)));
    changed
}
