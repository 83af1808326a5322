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

use std::cmp::Ordering;

use jiff::civil::Date;

pub use gaps::{Fate, GapChange, Reason};
pub use pairs::{Pairing, Pairs};
pub use plain::{Presence, ThingChange, words as field_words};
pub use rest::{ActionChange, AnswerChange, FindingChange, FindingFate, RiskChange};

use super::{Analysis, Answered, SoFar, TargetLevels, analyse};
use crate::catalogue::Catalogue;
use crate::model::{Baseline, BaselineId, Fr, PerFr, Project, Target};

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

impl ThenNow<SoFar> {
    /// Whether it is shown as another one.
    pub fn shows_change(&self) -> bool {
        self.then.figure() != self.now.figure()
    }

    /// Whether it is known to have gone up or down: however what is open turns out, and turned
    /// out then.
    pub fn moved(&self) -> Option<Ordering> {
        let (then, now) = (self.then, self.now);
        let is_higher = now.level.zip(then.up_to).is_some_and(|(now, then)| now > then);
        let is_lower = now.up_to.zip(then.level).is_some_and(|(now, then)| now < then);
        match (is_higher, is_lower) {
            (true, _) => Some(Ordering::Greater),
            (_, true) => Some(Ordering::Less),
            _ => None,
        }
    }
}

/// The levels of one FR of a target, then and now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrChange {
    /// SL-T.
    pub target: ThenNow<SoFar>,
    /// SL-A.
    pub achieved: ThenNow<SoFar>,
    /// SL-A counting only what is proven.
    pub proven: ThenNow<SoFar>,
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
            [it.target, it.achieved, it.proven].iter().any(ThenNow::shows_change)
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
    /// How much of what was and is demanded is answered.
    pub answered: ThenNow<Answered>,
}

/// How many levels, over all targets in both states and all FRs, went up and down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Higher than then.
    pub up: usize,
    /// Lower than then.
    pub down: usize,
    /// Another one than then, and nobody can say whether higher: not all was answered then, or is now.
    pub unknown: usize,
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
        answered: ThenNow { then: then.answered(), now: now.answered() },
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
    let both = |of: &dyn Fn(&TargetLevels) -> SoFar| ThenNow {
        then: before.map(of).unwrap_or_default(),
        now: after.map(of).unwrap_or_default(),
    };
    let levels = PerFr::from_fn(|fr| FrChange {
        target: both(&|it| SoFar::settled(it.target.map(|it| it[fr]))),
        achieved: both(&|it| it.achieved_so_far(fr)),
        proven: both(&|it| it.proven_so_far(fr)),
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
    pub fn moves(&self, of: impl Fn(&FrChange) -> ThenNow<SoFar>) -> Moves {
        let mut moves = Moves::default();
        let levels = self.targets.iter().flat_map(|target| Fr::ALL.map(|fr| of(&target.levels[fr])));
        for change in levels.filter(|it| it.then.level.is_some() && it.now.level.is_some()) {
            match change.moved() {
                Some(Ordering::Greater) => moves.up += 1,
                Some(_) => moves.down += 1,
                None => moves.unknown += usize::from(change.shows_change()),
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
