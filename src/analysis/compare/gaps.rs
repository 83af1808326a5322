//! What became of each gap, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pairing, ThenNow};
use crate::analysis::answering::chain;
use crate::analysis::gaps::{Gap, Treatment};
use crate::analysis::priority::Band;
use crate::analysis::{Analysis, TargetLevels};
use crate::catalogue::Catalogue;
use crate::model::*;

/// What became of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It was met, or a countermeasure stands in.
    Closed,
    /// It is no gap any more although nothing was mended.
    FellAway,
    /// It is one still.
    Open,
    /// It was none.
    New,
}

impl Fate {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Closed, Self::FellAway, Self::Open, Self::New];

    /// The word for it in JSON, tables and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::FellAway => "fell away",
            Self::Open => "still open",
            Self::New => "new",
        }
    }
}

/// Why a gap came to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Answered Met.
    Met,
    /// A countermeasure stands in.
    Compensated,
    /// The manual finding was closed.
    FindingClosed,
    /// Called not applicable.
    NotApplicable,
    /// The SL-T asks for less.
    TargetLowered,
    /// The requirement is out of scope.
    OutOfScope,
    /// The zone or conduit is gone.
    TargetGone,
    /// The answer was taken back: an open question now.
    AnswerTakenBack,
    /// The manual finding was deleted, or does not name the target any more.
    FindingGone,
    /// Nothing is done about it.
    Untreated,
    /// An action is planned.
    Planned,
    /// An action is under way.
    InProgress,
    /// An action should have been finished.
    Overdue,
    /// An action is finished, and nobody has confirmed it in the answer.
    NotConfirmed,
    /// The action was given up.
    Dropped,
    /// The residual risk is accepted.
    Accepted,
    /// The acceptance is past its last day.
    AcceptanceExpired,
    /// The zone or conduit is new.
    NewTarget,
    /// The SL-T asks for more.
    TargetRaised,
    /// The requirement came into scope.
    NewInScope,
    /// The answer is worse than it was.
    AnswerWorsened,
    /// Nobody had answered.
    NewlyAnswered,
    /// A manual finding that was not there, or was closed.
    NewFinding,
}

impl Reason {
    /// The words for it in JSON, tables and on screens.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Compensated => "compensated",
            Self::FindingClosed => "finding closed",
            Self::NotApplicable => "called not applicable",
            Self::TargetLowered => "SL-T lowered",
            Self::OutOfScope => "out of scope",
            Self::TargetGone => "zone or conduit gone",
            Self::AnswerTakenBack => "answer taken back",
            Self::FindingGone => "finding gone",
            Self::Untreated => "untreated",
            Self::Planned => "action planned",
            Self::InProgress => "action in progress",
            Self::Overdue => "action overdue",
            Self::NotConfirmed => "action done, not confirmed",
            Self::Dropped => "action dropped",
            Self::Accepted => "accepted",
            Self::AcceptanceExpired => "acceptance expired",
            Self::NewTarget => "new zone or conduit",
            Self::TargetRaised => "SL-T raised",
            Self::NewInScope => "new in scope",
            Self::AnswerWorsened => "answer worsened",
            Self::NewlyAnswered => "newly answered",
            Self::NewFinding => "new finding",
        }
    }
}

/// A gap of either state, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GapChange {
    /// Where it was and is; `None` where there is no such target, or where it names none.
    pub target: ThenNow<Option<Target>>,
    /// The target's tag.
    pub tag: String,
    /// Which requirement; `None` only for a manual finding that names none.
    pub requirement: Option<RequirementId>,
    /// The manual finding that it is, then or now.
    pub manual: Option<ManualFindingId>,
    /// Requirement and title.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// Why, as a word to filter by.
    pub reason: Reason,
    /// Why, in a sentence without a full stop.
    pub why: String,
    /// Whether a closed one has evidence in force.
    pub is_proven: bool,
    /// How urgent it is, or was.
    pub band: Band,
}

/// A gap by what it is later known by.
type Key = (Option<Target>, Option<RequirementId>, Option<ManualFindingId>);

struct Sides<'a> {
    then: &'a Analysis,
    now: &'a Analysis,
    pairing: &'a Pairing,
    catalogue: &'a Catalogue,
}

/// All gaps of both states.
pub(super) fn gaps(then: &Analysis, now: &Analysis, pairing: &Pairing, catalogue: &Catalogue) -> Vec<GapChange> {
    let sides = Sides { then, now, pairing, catalogue };
    let known: BTreeSet<Key> = then.gaps.iter().filter_map(|it| sides.key_later(it)).collect();
    let still: BTreeSet<Key> = now.gaps.iter().map(key).collect();
    let treated = Treating::new(now);
    let gone = then.gaps.iter().filter(|it| sides.key_later(it).is_none_or(|key| !still.contains(&key)));
    let gone = gone.map(|it| sides.gone(it));
    let here = now.gaps.iter().map(|it| match known.contains(&key(it)) {
        true => sides.open(it, &treated),
        false => sides.came(it),
    });
    let mut all: Vec<_> = gone.chain(here).collect();
    all.sort_by_key(|it| it.fate);
    all
}

fn key(gap: &Gap) -> Key {
    (gap.target, gap.requirement.filter(|_| gap.manual.is_none()), gap.manual)
}

impl Sides<'_> {
    /// What an earlier gap would be known by later; `None` where its target or finding is gone.
    fn key_later(&self, gap: &Gap) -> Option<Key> {
        let target = match gap.target {
            Some(target) => Some(self.pairing.later_target(target)?),
            None => None,
        };
        let manual = match gap.manual {
            Some(id) => Some(self.pairing.manual_findings.later(id)?),
            None => None,
        };
        Some((target, gap.requirement.filter(|_| manual.is_none()), manual))
    }

    fn gone(&self, gap: &Gap) -> GapChange {
        let (reason, why, is_proven) = match gap.manual {
            Some(id) => {
                let (reason, why) = self.manual_gone(gap, id);
                (reason, why, false)
            }
            None => self.answer_gone(gap),
        };
        let is_closed = matches!(reason, Reason::Met | Reason::Compensated | Reason::FindingClosed);
        let fate = if is_closed { Fate::Closed } else { Fate::FellAway };
        let target = ThenNow { then: gap.target, now: gap.target.and_then(|it| self.pairing.later_target(it)) };
        GapChange { is_proven, ..self.change(self.then, gap, target, (fate, reason, why)) }
    }

    fn change(
        &self,
        of: &Analysis,
        gap: &Gap,
        target: ThenNow<Option<Target>>,
        (fate, reason, why): (Fate, Reason, String),
    ) -> GapChange {
        let tag = match target {
            ThenNow { now: Some(now), .. } => self.now.project().target_tag(now),
            ThenNow { then: Some(then), .. } => self.then.project().target_tag(then),
            _ => "",
        };
        GapChange {
            target,
            tag: tag.to_owned(),
            requirement: gap.requirement,
            manual: gap.manual,
            title: gap.title(of.project(), self.catalogue),
            fate,
            reason,
            why,
            is_proven: false,
            band: gap.band,
        }
    }

    fn manual_gone(&self, gap: &Gap, id: ManualFindingId) -> (Reason, String) {
        let later = self.pairing.manual_findings.later(id).and_then(|id| self.now.project().manual_findings.get(id));
        match later {
            Some(finding) if finding.closed => (Reason::FindingClosed, format!("{} was closed", finding.tag)),
            Some(finding) => {
                let tag = gap.target.map_or("", |it| self.then.project().target_tag(it));
                (Reason::FindingGone, format!("{} does not name {tag} any more", finding.tag))
            }
            None => (Reason::FindingGone, "The finding was deleted".to_owned()),
        }
    }

    fn answer_gone(&self, gap: &Gap) -> (Reason, String, bool) {
        let fell = |reason, why: String| (reason, why, false);
        let (Some(was), Some(id)) = (gap.target, gap.requirement) else {
            return fell(Reason::FindingGone, String::new());
        };
        let Some((target, levels)) = self.later(was) else {
            let tag = self.then.project().target_tag(was);
            return fell(Reason::TargetGone, format!("{tag} is not there any more"));
        };
        let index = self.catalogue.index(id);
        let is_in = |set: crate::catalogue::RequirementSet| index.is_some_and(|it| set.contains(it));
        if is_in(levels.standing.satisfied) {
            let (source, answer) = effective(self.now.project(), target, id);
            let from = if source == target {
                String::new()
            } else {
                format!(", inherited from {}", self.now.project().target_tag(source))
            };
            let is_proven = is_in(levels.standing.proven);
            let proof = if is_proven { "with evidence in force" } else { "with no evidence in force" };
            return match answer.map(|it| it.status) {
                Some(Status::NotApplicable) => {
                    fell(Reason::NotApplicable, format!("Called not applicable{from}; nothing was mended"))
                }
                Some(Status::Compensated) => (Reason::Compensated, format!("Compensated{from}, {proof}"), is_proven),
                _ => (Reason::Met, format!("Met{from}, {proof}"), is_proven),
            };
        }
        if !is_in(levels.scope) {
            return fell(Reason::OutOfScope, "The requirement was taken out of scope".to_owned());
        }
        if !is_in(levels.demanded) {
            let fr = id.fr();
            let was = self.then.target(was).and_then(|it| it.target).map(|it| it[fr]);
            let why = match (was, levels.target.map(|it| it[fr])) {
                (Some(was), Some(is)) => {
                    format!("The SL-T of {fr} was lowered from {was} to {is}; the answer is as it was")
                }
                _ => "The SL-T was taken away; the answer is as it was".to_owned(),
            };
            return fell(Reason::TargetLowered, why);
        }
        fell(Reason::AnswerTakenBack, "The answer was taken back: it is an open question now".to_owned())
    }

    fn later(&self, was: Target) -> Option<(Target, &TargetLevels)> {
        let target = self.pairing.later_target(was)?;
        Some((target, self.now.target(target)?))
    }

    fn came(&self, gap: &Gap) -> GapChange {
        let (reason, why) = match gap.manual {
            Some(id) => self.manual_new(id),
            None => self.answer_new(gap),
        };
        let target = ThenNow { then: gap.target.and_then(|it| self.pairing.earlier_target(it)), now: gap.target };
        self.change(self.now, gap, target, (Fate::New, reason, why))
    }

    fn manual_new(&self, id: ManualFindingId) -> (Reason, String) {
        let earlier = self.pairing.manual_findings.earlier(id);
        let was = earlier.and_then(|id| self.then.project().manual_findings.get(id));
        let why = match was {
            Some(finding) if finding.closed => "A finding that was closed is open again",
            Some(_) => "A finding names this place now",
            None => "A finding that was not there",
        };
        (Reason::NewFinding, why.to_owned())
    }

    fn answer_new(&self, gap: &Gap) -> (Reason, String) {
        let (Some(target), Some(id)) = (gap.target, gap.requirement) else {
            return (Reason::NewFinding, String::new());
        };
        let tag = self.now.project().target_tag(target);
        let before = self.pairing.earlier_target(target).and_then(|it| Some((it, self.then.target(it)?)));
        let Some((was, levels)) = before else {
            return (Reason::NewTarget, format!("{tag} was not there"));
        };
        let index = self.catalogue.index(id);
        let is_in = |set: crate::catalogue::RequirementSet| index.is_some_and(|it| set.contains(it));
        if is_in(levels.standing.satisfied) {
            let word = |project, target| effective(project, target, id).1.map_or("not assessed", |it| it.status.word());
            let (was, is) = (word(self.then.project(), was), word(self.now.project(), target));
            return (Reason::AnswerWorsened, format!("It was {was} and is {is}"));
        }
        if !is_in(levels.scope) {
            return (Reason::NewInScope, "The requirement came into scope".to_owned());
        }
        if !is_in(levels.demanded) {
            let fr = id.fr();
            let is = self.now.target(target).and_then(|it| it.target).map(|it| it[fr]);
            let why = match (levels.target.map(|it| it[fr]), is) {
                (Some(was), Some(is)) => format!("The SL-T of {fr} was raised from {was} to {is}"),
                _ => "An SL-T was set".to_owned(),
            };
            return (Reason::TargetRaised, why);
        }
        (Reason::NewlyAnswered, "Nobody had answered".to_owned())
    }

    fn open(&self, gap: &Gap, treated: &Treating) -> GapChange {
        let target = ThenNow { then: gap.target.and_then(|it| self.pairing.earlier_target(it)), now: gap.target };
        let (reason, why) = treated.of(gap);
        self.change(self.now, gap, target, (Fate::Open, reason, why))
    }
}

/// The answer that counts for a requirement, and the target that it stands at.
pub(super) fn effective(project: &Project, target: Target, id: RequirementId) -> (Target, Option<&Answer>) {
    let at = chain(project, GapKey { target, requirement: id }).last(target);
    (at, project.answer(at, id))
}

/// What is being done about gaps.
struct Treating<'a> {
    analysis: &'a Analysis,
    actions: BTreeMap<GapKey, Vec<&'a Action>>,
    acceptances: BTreeMap<GapKey, Vec<&'a Acceptance>>,
}

impl<'a> Treating<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let project = analysis.project();
        let mut actions: BTreeMap<GapKey, Vec<&Action>> = BTreeMap::new();
        for action in project.actions.values() {
            action.closes.iter().for_each(|key| actions.entry(*key).or_default().push(action));
        }
        let mut acceptances: BTreeMap<GapKey, Vec<&Acceptance>> = BTreeMap::new();
        for acceptance in project.acceptances.values() {
            acceptance.gaps.iter().for_each(|key| acceptances.entry(*key).or_default().push(acceptance));
        }
        Self { analysis, actions, acceptances }
    }

    /// Why a gap is still open: by its action, or else by its acceptance.
    fn of(&self, gap: &Gap) -> (Reason, String) {
        let project = self.analysis.project();
        let (mut actions, mut acceptances): (Vec<&Action>, Vec<&Acceptance>) = match (gap.manual, gap.key()) {
            (Some(id), _) => (
                project.actions.values().filter(|it| it.findings.contains(&id)).collect(),
                project.acceptances.values().filter(|it| it.findings.contains(&id)).collect(),
            ),
            (None, Some(key)) => (
                self.actions.get(&key).cloned().unwrap_or_default(),
                self.acceptances.get(&key).cloned().unwrap_or_default(),
            ),
            (None, None) => (Vec::new(), Vec::new()),
        };
        actions.sort_by_key(|it| &it.tag);
        acceptances.sort_by_key(|it| &it.tag);
        let by_action = |all: &[&Action]| all.iter().map(|it| self.of_action(it)).min();
        let in_force = acceptances.iter().find(|it| !it.is_expired(self.analysis.as_of));
        let accepted = in_force.map(|it| {
            let until = it.expires_on.map(|day| format!(" until {day}")).unwrap_or_default();
            (Reason::Accepted, format!("{} accepts it{until}", it.tag))
        });
        let is_treated = gap.treatment != Treatment::Untreated;
        let treating: Vec<&Action> = actions.iter().copied().filter(|it| it.treats()).collect();
        let told = match (by_action(&treating).map(|(_, reason, why)| (reason, why)), accepted) {
            (Some((reason, why)), Some((_, accepted))) => Some((reason, format!("{why}; {accepted}"))),
            (one, other) => one.or(other),
        };
        if let Some(told) = told.filter(|_| is_treated) {
            return told;
        }
        if let Some(expired) = acceptances.first().and_then(|it| Some((it, it.expires_on?))) {
            return (Reason::AcceptanceExpired, format!("{} expired on {}", expired.0.tag, expired.1));
        }
        match by_action(&actions) {
            Some((_, reason, why)) => (reason, why),
            None => (Reason::Untreated, "Nothing is done about it".to_owned()),
        }
    }

    /// How an action stands, with what tells most first.
    fn of_action(&self, action: &Action) -> (u8, Reason, String) {
        let tag = &action.tag;
        let due = action.due.map(|day| format!(", due {day}")).unwrap_or_default();
        match action.status {
            _ if action.is_overdue(self.analysis.as_of) => (0, Reason::Overdue, format!("{tag} is overdue{due}")),
            ActionStatus::InProgress => (1, Reason::InProgress, format!("{tag} is in progress{due}")),
            ActionStatus::Planned => (2, Reason::Planned, format!("{tag} is planned{due}")),
            ActionStatus::Done | ActionStatus::Verified => {
                let word = action.status.word().to_lowercase();
                (3, Reason::NotConfirmed, format!("{tag} is {word}, but no answer with evidence confirms it"))
            }
            ActionStatus::Dropped => (4, Reason::Dropped, format!("{tag} was dropped")),
        }
    }
}
