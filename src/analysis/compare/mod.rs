//! Two states of an assessment: what became of each level, gap, answer, finding and risk.
//!
//! What belongs together is found by id, or else by tag, so that another file made from
//! the same plant can be compared too. A gap that is gone because somebody lowered the
//! SL-T or called the requirement not applicable stands apart from one that was met.

mod gaps;
mod pairs;
mod plain;
mod rest;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use gaps::{Fate, GapChange, Reason};
pub use pairs::{Pairing, Pairs};
pub use plain::{Presence, ThingChange};
pub use rest::{ActionChange, AnswerChange, FindingChange, FindingFate, RiskChange};

use super::{Analysis, TargetLevels, analyse};
use crate::catalogue::Catalogue;
use crate::model::{Baseline, BaselineId, Fr, PerFr, Project, SecurityLevel, Target};

/// A value then and now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThenNow<T> {
    /// In the earlier state.
    pub then: T,
    /// In the later state.
    pub now: T,
}

impl<T: PartialEq> ThenNow<T> {
    /// Whether it is another one.
    pub fn differs(&self) -> bool {
        self.then != self.now
    }
}

/// The levels of one FR of a target, then and now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrChange {
    /// SL-T.
    pub target: ThenNow<Option<SecurityLevel>>,
    /// SL-A.
    pub achieved: ThenNow<Option<SecurityLevel>>,
    /// SL-A counting only what is proven.
    pub proven: ThenNow<Option<SecurityLevel>>,
}

/// A target then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetChange {
    /// Which it was and which it is; one of the two is missing where it is new or gone.
    pub target: ThenNow<Option<Target>>,
    /// Its tag, the later one where it has both.
    pub tag: String,
    /// Its name.
    pub name: String,
    /// The tag that it had, where that was another one.
    pub was_called: Option<String>,
    /// Its levels.
    pub levels: PerFr<FrChange>,
}

impl TargetChange {
    /// Whether it is in both states, new, or gone.
    pub fn presence(&self) -> Presence {
        Presence::of(self.target.then.is_some(), self.target.now.is_some())
    }

    /// Whether any of its levels is another one.
    pub fn differs(&self) -> bool {
        Fr::ALL.into_iter().any(|fr| {
            let it = &self.levels[fr];
            it.target.differs() || it.achieved.differs() || it.proven.differs()
        })
    }
}

/// What became of an assessment.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The days that the two states show.
    pub as_of: ThenNow<Date>,
    /// All targets by tag, zones first; those that are gone at the end.
    pub targets: Vec<TargetChange>,
    /// All gaps of both states: closed, fallen away, still open, new; each in rank order.
    pub gaps: Vec<GapChange>,
    /// Answers that are other ones.
    pub answers: Vec<AnswerChange>,
    /// Findings that came, went, were set aside or taken up again.
    pub findings: Vec<FindingChange>,
    /// Risks that came, went or are rated otherwise.
    pub risks: Vec<RiskChange>,
    /// Actions that came, went or have another status.
    pub actions: Vec<ActionChange>,
    /// Everything else that was added, changed or removed, in the words of its fields.
    pub things: Vec<ThingChange>,
    /// Open questions then and now.
    pub open_questions: ThenNow<usize>,
}

/// How many levels, over all targets in both states and all FRs, went up and down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Higher than then.
    pub up: usize,
    /// Lower than then.
    pub down: usize,
}

/// The newest baseline of a project, by its day; of one day the one taken last.
pub fn newest_baseline(project: &Project) -> Option<(BaselineId, &Baseline)> {
    project.baselines.iter().max_by_key(|(id, it)| (it.order(), *id))
}

/// Compares two projects, each as it stands on its day.
pub fn compare_projects(
    (then, then_as_of): (&Project, Date),
    (now, now_as_of): (&Project, Date),
    catalogue: &Catalogue,
) -> Comparison {
    compare(&analyse(then, catalogue, then_as_of), &analyse(now, catalogue, now_as_of), catalogue)
}

/// Compares what follows from two projects.
pub fn compare(then: &Analysis, now: &Analysis, catalogue: &Catalogue) -> Comparison {
    let pairing = Pairing::new(then.project(), now.project());
    Comparison {
        as_of: ThenNow { then: then.as_of, now: now.as_of },
        targets: targets(then, now, &pairing),
        gaps: gaps::gaps(then, now, &pairing, catalogue),
        answers: rest::answers(then.project(), now.project(), &pairing, catalogue),
        findings: rest::findings(then, now, &pairing),
        risks: rest::risks(then.project(), now.project(), &pairing),
        actions: rest::actions(then.project(), (now.project(), now.as_of), &pairing),
        things: plain::things(then.project(), now.project(), &pairing),
        open_questions: ThenNow { then: then.open_questions(), now: now.open_questions() },
    }
}

fn targets(then: &Analysis, now: &Analysis, pairing: &Pairing) -> Vec<TargetChange> {
    let in_order = |project: &Project, mut targets: Vec<Target>| {
        targets.sort_by_key(|&it| (it.conduit().is_some(), project.target_tag(it).to_owned(), it));
        targets
    };
    let here = in_order(now.project(), now.project().targets().collect());
    let is_gone = |it: &Target| pairing.later_target(*it).is_none();
    let gone = in_order(then.project(), then.project().targets().filter(is_gone).collect());
    let here = here.into_iter().map(|it| ThenNow { then: pairing.earlier_target(it), now: Some(it) });
    let gone = gone.into_iter().map(|it| ThenNow { then: Some(it), now: None });
    here.chain(gone).map(|target| target_change(then, now, target)).collect()
}

fn target_change(then: &Analysis, now: &Analysis, target: ThenNow<Option<Target>>) -> TargetChange {
    let before = target.then.and_then(|it| then.target(it));
    let after = target.now.and_then(|it| now.target(it));
    let both = |of: &dyn Fn(&TargetLevels) -> Option<SecurityLevel>| ThenNow {
        then: before.and_then(of),
        now: after.and_then(of),
    };
    let levels = PerFr::from_fn(|fr| FrChange {
        target: both(&|it| it.target.map(|it| it[fr])),
        achieved: both(&|it| it.achieved[fr]),
        proven: both(&|it| it.evidenced[fr]),
    });
    let named = |project: &Project, it: Target| (project.target_tag(it).to_owned(), project.target_name(it).to_owned());
    let was = target.then.map(|it| named(then.project(), it));
    let is = target.now.map(|it| named(now.project(), it));
    let was_called = was.as_ref().zip(is.as_ref()).filter(|(was, is)| was.0 != is.0).map(|(was, _)| was.0.clone());
    let (tag, name) = is.or(was).unwrap_or_default();
    TargetChange { target, tag, name, was_called, levels }
}

impl Comparison {
    /// How many gaps came to this.
    pub fn count(&self, fate: Fate) -> usize {
        self.gaps.iter().filter(|it| it.fate == fate).count()
    }

    /// How many gaps there were.
    pub fn gaps_then(&self) -> usize {
        self.gaps.iter().filter(|it| it.fate != Fate::New).count()
    }

    /// How many gaps there are.
    pub fn gaps_now(&self) -> usize {
        self.count(Fate::Open) + self.count(Fate::New)
    }

    /// How many closed gaps have evidence in force.
    pub fn closed_with_proof(&self) -> usize {
        self.gaps.iter().filter(|it| it.fate == Fate::Closed && it.is_proven).count()
    }

    /// How many levels went up and down.
    pub fn moves(&self, of: impl Fn(&FrChange) -> ThenNow<Option<SecurityLevel>>) -> Moves {
        let mut moves = Moves::default();
        for target in &self.targets {
            for fr in Fr::ALL {
                if let ThenNow { then: Some(then), now: Some(now) } = of(&target.levels[fr]) {
                    moves.up += usize::from(now > then);
                    moves.down += usize::from(now < then);
                }
            }
        }
        moves
    }

    /// Whether nothing at all is different.
    pub fn is_empty(&self) -> bool {
        let changed = |it: &TargetChange| it.presence() != Presence::Both || it.differs() || it.was_called.is_some();
        !self.targets.iter().any(changed)
            && self.gaps.iter().all(|it| it.fate == Fate::Open)
            && self.answers.is_empty()
            && self.findings.is_empty()
            && self.risks.is_empty()
            && self.actions.is_empty()
            && self.things.is_empty()
    }
}
