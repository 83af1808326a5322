//! The answers of one target, taken over at others.

use std::collections::BTreeSet;

use super::chain::chain;
use super::{Offer, Signature, own, scope};
use crate::catalogue::Catalogue;
use crate::model::{Answer, GapKey, Project, RequirementId, Status, Target};

/// What is taken over of an answer, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Also where another answer was given.
    pub overwrite: bool,
    /// Evidence goes along.
    pub evidence: bool,
}

/// What a target would take over from another one; of all its requirements, or of these. Evidence of
/// an answer that another one replaces goes: it proved the old one. What is taken says where from, and
/// is marked to be looked at again.
pub fn copies(
    project: &Project,
    catalogue: &'static Catalogue,
    (from, to): (Target, Target),
    only: Option<&BTreeSet<RequirementId>>,
    taking: Taking,
    signature: Signature,
) -> Vec<Offer> {
    let wanted = scope(project, catalogue, to).filter(|id| only.is_none_or(|only| only.contains(id)));
    let offer = |requirement: RequirementId| {
        let there = project.answer(from, requirement).filter(|it| says_something(it.status))?;
        let key = GapKey { target: to, requirement };
        let (here, replaces) = own(project, key);
        // what comes from here already would go in a circle
        let way = chain(project, GapKey { target: from, requirement });
        let is_circle = way.through.contains(&to) || from == to;
        if is_circle || replaces && !taking.overwrite {
            return None;
        }
        let mut answer = taken(&here, there, taking, signature);
        if replaces && answer.status != here.status {
            answer.evidence.clear();
        }
        if taking.evidence {
            answer.evidence.extend(&there.evidence);
        }
        if without_signature(&answer) == without_signature(&here) {
            return None;
        }
        let tag = project.target_tag(from);
        answer.mark_taken_over(tag, signature.role, Some(signature.on));
        Some(Offer { key, answer, why: format!("as at {tag}"), replaces })
    };
    wanted.filter_map(offer).collect()
}

/// One that is inherited from nowhere answers nothing elsewhere either.
fn says_something(status: Status) -> bool {
    !matches!(status, Status::NotAssessed | Status::Inherited(None))
}

fn without_signature(answer: &Answer) -> Answer {
    Answer { answered_by: String::new(), answered_on: None, ..answer.clone() }
}

/// What was remarked here stays, and so does what was noted before anybody answered; no text is
/// replaced by none.
fn taken(here: &Answer, there: &Answer, taking: Taking, signature: Signature) -> Answer {
    let text = |here: &String, there: &String| {
        let is_taken = here.is_empty() || taking.overwrite && !there.trim().is_empty();
        if is_taken { there.clone() } else { here.clone() }
    };
    let mut answer = Answer {
        status: there.status,
        capable: there.capable,
        notes: text(&here.notes, &there.notes),
        countermeasure: text(&here.countermeasure, &there.countermeasure),
        justification: text(&here.justification, &there.justification),
        ..here.clone()
    };
    signature.sign(&mut answer);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::edit::Edit;
    use crate::model::{EvidenceId, Id};

    const BY: Signature = Signature { role: "Assessor", on: TODAY };

    fn plant() -> Fixture {
        let evidence = EvidenceId::derived_from("EV-1");
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", |_| ())
            .evidence("EV-1", |_| ())
            .answer("Z-1", "SR 1.1", Status::Met, |it| {
                it.notes = "Seen".into();
                it.evidence.insert(evidence);
            })
            .answer("Z-1", "SR 1.2", Status::NotMet, |_| ())
            .answer("Z-1", "SR 1.3", Status::Inherited(Some(Fixture::new().target("Z-2"))), |_| ())
            .answer("Z-1", "SR 1.4", Status::Inherited(None), |_| ())
            .answer("Z-2", "SR 1.2", Status::Partial, |it| it.notes = "Ours".into())
    }

    fn taken(plant: &Fixture, taking: Taking) -> Vec<(String, Answer, bool)> {
        let ends = (plant.target("Z-1"), plant.target("Z-2"));
        let offers = copies(&plant.project, Catalogue::embedded(), ends, None, taking, BY);
        offers.into_iter().map(|it| (it.key.requirement.to_string(), it.answer, it.replaces)).collect()
    }

    #[test]
    fn only_what_is_unanswered_is_taken_and_no_evidence() {
        let found = taken(&plant(), Taking::default());
        let [(requirement, answer, replaces)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((requirement.as_str(), answer.status, *replaces), ("SR 1.1", Status::Met, false));
        assert_eq!((answer.notes.as_str(), answer.answered_by.as_str()), ("Seen", "Assessor"));
        assert_eq!(answer.answered_on, Some(TODAY));
        assert!(answer.evidence.is_empty(), "what proves it there proves nothing here");
    }

    #[test]
    fn what_is_taken_says_where_from_and_waits_for_a_look() {
        let found = taken(&plant(), Taking::default());
        let answer = &found[0].1;
        assert!(answer.review);
        let [remark] = answer.comments.as_slice() else { panic!("{:?}", answer.comments) };
        assert_eq!((remark.text.as_str(), remark.by.as_str()), ("Taken over from Z-1", "Assessor"));
        assert!(remark.resolved, "it is the mark that asks for a look, and only once");
    }

    #[test]
    fn what_was_answered_is_replaced_and_evidence_taken_only_when_asked_for() {
        let found = taken(&plant(), Taking { overwrite: true, evidence: true });
        let words: Vec<_> = found.iter().map(|it| (it.0.as_str(), it.1.status, it.1.evidence.len(), it.2)).collect();
        assert_eq!(words, [("SR 1.1", Status::Met, 1, false), ("SR 1.2", Status::NotMet, 0, true)]);
    }

    #[test]
    fn an_empty_text_replaces_none_and_old_evidence_proves_no_new_answer() {
        let old = EvidenceId::derived_from("EV-2");
        let ours = |it: &mut Answer| {
            (it.notes, it.countermeasure) = ("Ours".into(), "A guard".into());
            it.evidence.insert(old);
        };
        let plant = plant().evidence("EV-2", |_| ());
        let plant = plant.answer("Z-2", "SR 1.1", Status::NotMet, ours).answer("Z-2", "SR 1.2", Status::NotMet, ours);
        let found = taken(&plant, Taking { overwrite: true, evidence: false });
        let [(_, answer, true)] = found.as_slice() else { panic!("SR 1.2 stands there as here: {found:?}") };
        assert_eq!(
            (answer.status, answer.notes.as_str(), answer.countermeasure.as_str()),
            (Status::Met, "Seen", "A guard")
        );
        assert!(answer.evidence.is_empty(), "it proved that it is not met");
        let found = taken(&plant, Taking { overwrite: true, evidence: true });
        assert_eq!(found[0].1.evidence, [EvidenceId::derived_from("EV-1")].into());
    }

    #[test]
    fn what_was_taken_over_is_not_offered_again() {
        let mut plant = plant();
        let ends = (plant.target("Z-1"), plant.target("Z-2"));
        let taking = Taking { overwrite: true, evidence: true };
        let offers = copies(&plant.project, Catalogue::embedded(), ends, None, taking, BY);
        let answers = offers.into_iter().map(|it| (it.key, it.answer)).collect();
        Edit::Answer(answers).apply(&mut plant.project).unwrap();
        assert_eq!(taken(&plant, taking), []);
    }
}
