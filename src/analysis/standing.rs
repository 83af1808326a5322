//! How the requirements stand at each target, inheritance followed to its source
//! (domain rules, section 2).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::answering::chain::{End, follow};
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{Answer, Answers, Evidence, EvidenceId, Known, Project, Status, Table, Target};

/// How all requirements stand at one target. A requirement that is neither
/// satisfied nor violated is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// Satisfied: yes.
    pub satisfied: RequirementSet,
    /// Satisfied: no.
    pub violated: RequirementSet,
    /// Of the violated, those fulfilled in part.
    pub partial: RequirementSet,
    /// Of the satisfied, those with current evidence, or justified where they do not apply.
    pub proven: RequirementSet,
    /// What counts for SL-C.
    pub capable: RequirementSet,
    /// What the technology in place is said to be capable of.
    pub said_capable: RequirementSet,
    /// What the technology in place is said not to be capable of.
    pub said_incapable: RequirementSet,
    /// Inherited from a target that is gone, or in a circle.
    pub unresolved: RequirementSet,
}

impl Standing {
    fn sets_mut(&mut self) -> [&mut RequirementSet; 8] {
        [
            &mut self.satisfied,
            &mut self.violated,
            &mut self.partial,
            &mut self.proven,
            &mut self.capable,
            &mut self.said_capable,
            &mut self.said_incapable,
            &mut self.unresolved,
        ]
    }

    /// Lets a requirement stand here as it stands there.
    fn copy(&mut self, index: usize, mut there: Self) {
        for (here, there) in self.sets_mut().into_iter().zip(there.sets_mut()) {
            here.set(index, there.contains(index));
        }
    }

    /// The same with these requirements answered Met, with nothing to prove it.
    pub fn with_met(mut self, closed: RequirementSet) -> Self {
        for set in self.sets_mut() {
            *set = set.without(closed);
        }
        self.satisfied |= closed;
        self.capable |= closed;
        self
    }

    /// What the target's own answer says of a requirement; an inherited one says nothing by itself.
    fn answer(&mut self, index: usize, answer: &Answer, is_proven: bool) {
        let satisfied = match answer.status {
            Status::Met => true,
            Status::Compensated | Status::NotApplicable => !answer.lacks_text(),
            Status::NotAssessed | Status::Partial | Status::NotMet | Status::Inherited(_) => false,
        };
        self.satisfied.set(index, satisfied);
        self.violated.set(index, matches!(answer.status, Status::Partial | Status::NotMet));
        self.partial.set(index, answer.status == Status::Partial);
        self.proven.set(index, satisfied && (is_proven || answer.status == Status::NotApplicable));
        let met_unless_denied = answer.status == Status::Met && answer.capable == Known::Unknown;
        self.capable.set(index, answer.capable == Known::Yes || met_unless_denied);
        self.said_capable.set(index, answer.capable == Known::Yes);
        self.said_incapable.set(index, answer.capable == Known::No);
    }
}

/// What a target's own answers claim and do not bear out by themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// Met, with nothing attached to prove it.
    pub unproven: RequirementSet,
    /// Compensated or not applicable, without the words that say why.
    pub silent: RequirementSet,
    /// Met, with technology said not to be capable of it.
    pub beyond_capability: RequirementSet,
    /// Met, on evidence of which none was accepted.
    pub unaccepted: RequirementSet,
    /// Met.
    pub met: RequirementSet,
    /// Met in part or not at all.
    pub lacking: RequirementSet,
    /// Not applicable, with or without the words that say why.
    pub not_applicable: RequirementSet,
    /// Marked to be looked at again.
    pub to_review: RequirementSet,
    /// With a remark that still needs attention.
    pub remarked: RequirementSet,
    /// Expired evidence of answers that nothing in force proves, once for each such answer.
    pub expired: Vec<EvidenceId>,
}

impl Claims {
    fn answer(&mut self, index: usize, answer: &Answer, evidence: &[(EvidenceId, &Evidence)], as_of: Date) {
        let is_met = answer.status == Status::Met;
        self.unproven.set(index, is_met && answer.evidence.is_empty());
        self.silent.set(index, answer.lacks_text());
        self.beyond_capability.set(index, is_met && answer.capable == Known::No);
        // expired evidence is told of by itself
        let is_unaccepted =
            !evidence.is_empty() && evidence.iter().all(|(_, it)| !it.accepted && !it.is_expired(as_of));
        self.unaccepted.set(index, is_met && is_unaccepted);
        self.met.set(index, is_met);
        self.lacking.set(index, matches!(answer.status, Status::Partial | Status::NotMet));
        self.not_applicable.set(index, answer.status == Status::NotApplicable);
        self.to_review.set(index, answer.review);
        self.remarked.set(index, answer.comments.iter().any(|it| !it.resolved));
        if !evidence.iter().any(|(_, it)| it.is_current(as_of)) {
            self.expired.extend(evidence.iter().filter(|(_, it)| it.is_expired(as_of)).map(|&(id, _)| id));
        }
    }
}

/// What follows from one target's own answers alone; kept while they do not change.
#[derive(Debug)]
struct Own {
    answers: Arc<Answers>,
    standing: Standing,
    claims: Claims,
    inherited: Vec<(usize, Option<Target>)>,
}

/// How all requirements stand at all targets that have answers.
#[derive(Clone, Debug)]
pub struct Standings {
    as_of: Date,
    evidence: Table<EvidenceId, Evidence>,
    own: BTreeMap<Target, Arc<Own>>,
    resolved: BTreeMap<Target, Standing>,
}

impl Standings {
    /// Works them out; what an earlier result already holds of unchanged answers is taken over.
    pub fn new(project: &Project, catalogue: &Catalogue, as_of: Date, earlier: Option<&Self>) -> Self {
        let earlier = earlier.filter(|it| it.as_of == as_of && it.evidence.same(&project.evidence));
        let own = project.answers.iter_shared().map(|(target, answers)| {
            let known = earlier.and_then(|it| it.own.get(&target)).filter(|it| Arc::ptr_eq(&it.answers, answers));
            (target, known.map_or_else(|| Arc::new(own(project, catalogue, as_of, answers)), Arc::clone))
        });
        let own: BTreeMap<_, _> = own.collect();
        let resolved = resolve(&own, |_, standing| standing);
        Self { as_of, evidence: project.evidence.clone(), own, resolved }
    }

    /// The targets whose own answers are other ones than in an earlier result, or count otherwise.
    pub fn changed_since(&self, earlier: &Self) -> Vec<Target> {
        let is_known =
            |target: &Target, own: &Arc<Own>| earlier.own.get(target).is_some_and(|known| Arc::ptr_eq(known, own));
        let fresh = self.own.iter().filter(|(target, own)| !is_known(target, own)).map(|(&target, _)| target);
        let gone = earlier.own.keys().filter(|target| !self.own.contains_key(target)).copied();
        fresh.chain(gone).collect()
    }

    /// The targets at which requirements stand otherwise than in an earlier result.
    pub fn standing_otherwise(&self, earlier: &Self) -> Vec<Target> {
        let answered = self.resolved.keys().chain(earlier.resolved.keys()).copied();
        let mut differing: Vec<Target> = answered.filter(|&it| self.of(it) != earlier.of(it)).collect();
        differing.sort_unstable();
        differing.dedup();
        differing
    }

    /// How the requirements stand at a target; all unknown where nothing was answered.
    pub fn of(&self, target: Target) -> Standing {
        self.resolved.get(&target).copied().unwrap_or_default()
    }

    /// How the requirements stand at each target that has answers.
    pub fn iter(&self) -> impl Iterator<Item = (Target, &Standing)> {
        self.resolved.iter().map(|(&target, standing)| (target, standing))
    }

    /// What each target's own answers claim and do not bear out.
    pub fn claims(&self) -> impl Iterator<Item = (Target, &Claims)> {
        self.own.iter().map(|(&target, own)| (target, &own.claims))
    }

    /// What one target's own answers claim, where it has any.
    pub fn claims_of(&self, target: Target) -> Option<&Claims> {
        self.own.get(&target).map(|own| &own.claims)
    }

    /// The requirements that a target inherits, by their place in the catalogue, and where from.
    pub fn inherited(&self) -> impl Iterator<Item = (Target, &[(usize, Option<Target>)])> {
        let inheriting = self.own.iter().filter(|(_, own)| !own.inherited.is_empty());
        inheriting.map(|(&target, own)| (target, &*own.inherited))
    }

    /// How they would stand if these requirements were answered Met, by target; what inherits follows.
    pub fn with_met(&self, closed: &BTreeMap<Target, RequirementSet>) -> BTreeMap<Target, Standing> {
        resolve(&self.own, |target, standing| match closed.get(&target) {
            Some(&closed) => standing.with_met(closed),
            None => standing,
        })
    }
}

fn own(project: &Project, catalogue: &Catalogue, as_of: Date, answers: &Arc<Answers>) -> Own {
    let mut own = Own {
        answers: Arc::clone(answers),
        standing: Standing::default(),
        claims: Claims::default(),
        inherited: Vec::new(),
    };
    for (id, answer) in &**answers {
        let Some(index) = catalogue.index(*id) else { continue };
        let evidence = answer.evidence.iter().filter_map(|&id| Some((id, project.evidence.get(id)?)));
        let evidence: Vec<_> = evidence.collect();
        own.standing.answer(index, answer, evidence.iter().any(|(_, it)| it.is_current(as_of)));
        own.claims.answer(index, answer, &evidence, as_of);
        if let Status::Inherited(source) = answer.status {
            own.inherited.push((index, source));
        }
    }
    own
}

/// Follows each inherited requirement to the answer it comes from, once for all that
/// lie on the way. `change` is what to make of a target's own standing first; a
/// requirement that it satisfies is inherited no more.
fn resolve(
    own: &BTreeMap<Target, Arc<Own>>,
    change: impl Fn(Target, Standing) -> Standing,
) -> BTreeMap<Target, Standing> {
    let mut resolved: BTreeMap<_, _> =
        own.iter().map(|(&target, own)| (target, change(target, own.standing))).collect();
    // what still has to be followed: (target, requirement) to its source
    let mut open = std::collections::HashMap::new();
    for (&target, own) in own.iter().filter(|(_, own)| !own.inherited.is_empty()) {
        let standing = resolved.get(&target).copied().unwrap_or_default();
        let inherited = own.inherited.iter().filter(|(index, _)| !standing.satisfied.contains(*index));
        open.extend(inherited.map(|&(index, source)| ((target, index), source)));
    }
    for (&first, own) in own {
        for &(index, _) in &own.inherited {
            // each step is taken out, so that what lies on several ways is followed once
            let way = follow(first, |at| open.remove(&(at, index)));
            let source = match way.end {
                End::At(end) => resolved.get(&end).copied().unwrap_or_default(),
                End::Gone | End::Circle => {
                    let mut nowhere = Standing::default();
                    nowhere.unresolved.set(index, true);
                    nowhere
                }
            };
            for target in way.inheriting(first) {
                if let Some(standing) = resolved.get_mut(&target) {
                    standing.copy(index, source);
                }
            }
        }
    }
    resolved
}
