//! What is on the agenda of a workshop, and in which order.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::Analysis;
use crate::catalogue::{Catalogue, RequirementSet};
use crate::model::{
    Agenda, AgendaOrder, AgendaSubject, AssessmentStage, Fr, GapKey, Project, RatedAt, Risk, RiskId, Taken, Target,
    Workshop, WorkshopItem,
};

/// One thing on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is looked at.
    pub item: WorkshopItem,
    /// Nobody has answered it, or rated it, yet.
    pub is_open: bool,
    /// The room has come to it.
    pub is_taken: bool,
}

/// Everything that a workshop goes through, in its order. What the room has come to keeps its
/// place in it, whatever it answered there.
pub(super) fn stops(project: &Project, catalogue: &Catalogue, analysis: &Analysis, workshop: &Workshop) -> Vec<Stop> {
    match workshop.agenda.subject {
        // what one that is over went through does not change with what is answered after it
        _ if workshop.closed => gone_through(project, catalogue, analysis, workshop),
        AgendaSubject::Requirements => questions(project, catalogue, analysis, workshop),
        AgendaSubject::Risks => scenarios(project, workshop),
    }
}

/// What a new workshop begins with: what the targets demand and nobody has answered, and more of it
/// only where that is nothing.
pub fn to_begin_with(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Agenda {
    let of = |(demanded_only, open_only)| Agenda { demanded_only, open_only, ..Agenda::default() };
    let has_any = |agenda: &Agenda| {
        let workshop = Workshop { agenda: agenda.clone(), ..Workshop::default() };
        !stops(project, catalogue, analysis, &workshop).is_empty()
    };
    let narrow = of((true, true));
    let wider = [(true, false), (false, true), (false, false)].map(of);
    if has_any(&narrow) { narrow } else { wider.into_iter().find(has_any).unwrap_or(narrow) }
}

/// Whether something waits for an answer or a rating.
pub fn is_open(project: &Project, catalogue: &Catalogue, analysis: &Analysis, item: WorkshopItem) -> bool {
    match item {
        WorkshopItem::Question(key) => is_question_open(catalogue, analysis, key),
        WorkshopItem::Risk(id) => project.risks.get(id).is_some_and(is_unrated),
    }
}

fn is_question_open(catalogue: &Catalogue, analysis: &Analysis, key: GapKey) -> bool {
    let index = catalogue.index(key.requirement);
    let known = |index: usize| {
        let standing = &analysis.target(key.target)?.standing;
        Some(standing.satisfied.contains(index) || standing.violated.contains(index))
    };
    !index.and_then(known).unwrap_or(false)
}

/// Whether a scenario lacks a rating that its assessment asks for.
fn is_unrated(risk: &Risk) -> bool {
    let needed: &[RatedAt] = match risk.stage {
        AssessmentStage::Initial => &[RatedAt::Unmitigated],
        AssessmentStage::Detailed => &[RatedAt::Unmitigated, RatedAt::Current],
    };
    needed.iter().any(|&at| risk.rating(at).is_none())
}

/// All zones, the outer before those in them, each by tag, then all conduits by tag.
pub fn usual_order(project: &Project) -> Vec<Target> {
    project.ordered_targets().into_iter().map(|(target, _)| target).collect()
}

fn questions(project: &Project, catalogue: &Catalogue, analysis: &Analysis, workshop: &Workshop) -> Vec<Stop> {
    let agenda = &workshop.agenda;
    let targets = if agenda.targets.is_empty() { usual_order(project) } else { agenda.targets.clone() };
    let frs = if agenda.frs.is_empty() { Fr::ALL.to_vec() } else { agenda.frs.clone() };
    let taken = taken_questions(catalogue, workshop);
    let mut found = Vec::new();
    for (target_at, &target) in targets.iter().enumerate() {
        let Some(levels) = analysis.target(target) else { continue };
        let open = !(levels.standing.satisfied | levels.standing.violated);
        let (taken, taken_open) = taken.get(&target).copied().unwrap_or_default();
        let was_open = taken_open | open.without(taken);
        let mut asked = if agenda.demanded_only { levels.demanded } else { levels.scope };
        if agenda.open_only {
            // the room is not led away from where it is
            let here = workshop.place.and_then(WorkshopItem::question).filter(|it| it.target == target);
            let here = here.and_then(|it| catalogue.index(it.requirement));
            asked &= was_open | here.into_iter().collect();
        }
        let consequence = Reverse(analysis.factors.consequence(target).value);
        for (fr_at, &fr) in frs.iter().enumerate() {
            for index in (asked & catalogue.of_fr(fr)).iter() {
                let Some(requirement) = catalogue.requirements().get(index) else { continue };
                let item = WorkshopItem::Question(GapKey { target, requirement: requirement.id });
                let stop = Stop { item, is_open: open.contains(index), is_taken: taken.contains(index) };
                let places = [target_at, fr_at, index];
                let first = (!was_open.contains(index), consequence);
                found.push((rank(agenda.order, places, requirement.gate.number(), first), stop));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.dedup_by_key(|(_, stop)| stop.item);
    found.into_iter().map(|(_, stop)| stop).collect()
}

/// What the room has gone through, in the order of the agenda: whatever is demanded, in scope or open
/// by now. Only what is gone from the project is left out.
fn gone_through(project: &Project, catalogue: &Catalogue, analysis: &Analysis, workshop: &Workshop) -> Vec<Stop> {
    let agenda = &workshop.agenda;
    let ordered = |chosen: &[Target]| chosen.iter().copied().chain(usual_order(project)).collect::<Vec<_>>();
    let targets: HashMap<Target, usize> =
        ordered(&agenda.targets).into_iter().enumerate().rev().map(|(at, it)| (it, at)).collect();
    let frs: Vec<Fr> = agenda.frs.iter().copied().chain(Fr::ALL).collect();
    let stop = |(at, it): (usize, &Taken)| {
        let item = it.item;
        let is_open = is_open(project, catalogue, analysis, item);
        let rank = match item {
            WorkshopItem::Question(GapKey { target, requirement }) => {
                let fr_at = frs.iter().position(|it| *it == requirement.fr()).unwrap_or_default();
                let places = [*targets.get(&target)?, fr_at, catalogue.index(requirement)?];
                match agenda.order {
                    AgendaOrder::ByOpen => rank(agenda.order, [at, 0, 0], 0, (false, Reverse(0))),
                    order => rank(order, places, 0, (false, Reverse(0))),
                }
            }
            WorkshopItem::Risk(id) => {
                project.risks.get(id)?;
                rank(AgendaOrder::ByTarget, [at, 0, 0], 0, (false, Reverse(0)))
            }
        };
        Some((rank, Stop { item, is_open, is_taken: true }))
    };
    let mut known = HashSet::new();
    let taken = workshop.taken.iter().enumerate().filter(|(_, it)| known.insert(it.item));
    let mut found: Vec<_> = taken.filter_map(stop).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, stop)| stop).collect()
}

/// The questions that the room has come to at each target, and which of them were open then.
fn taken_questions(catalogue: &Catalogue, workshop: &Workshop) -> HashMap<Target, (RequirementSet, RequirementSet)> {
    let mut taken = HashMap::<_, (RequirementSet, RequirementSet)>::new();
    for it in &workshop.taken {
        let Some(key) = it.item.question() else { continue };
        let Some(index) = catalogue.index(key.requirement) else { continue };
        let (all, open) = taken.entry(key.target).or_default();
        // what was noted first holds
        if !all.contains(index) {
            all.set(index, true);
            open.set(index, it.was_open);
        }
    }
    taken
}

/// What an order looks at first, second and so on; what does not matter is 0.
type Rank = (bool, Reverse<u8>, u8, [usize; 3]);

fn rank(
    order: AgendaOrder,
    [target, fr, index]: [usize; 3],
    gate: u8,
    (is_known, consequence): (bool, Reverse<u8>),
) -> Rank {
    let plainly = |places| (false, Reverse(0), 0, places);
    match order {
        AgendaOrder::ByTarget => plainly([target, fr, index]),
        AgendaOrder::ByFr => plainly([fr, target, index]),
        AgendaOrder::ByRequirement => plainly([fr, index, target]),
        AgendaOrder::ByOpen => (is_known, consequence, gate, [target, fr, index]),
    }
}

fn scenarios(project: &Project, workshop: &Workshop) -> Vec<Stop> {
    let agenda = &workshop.agenda;
    let matrix = &project.settings.matrix;
    let targets = if agenda.targets.is_empty() { usual_order(project) } else { agenda.targets.clone() };
    // of a target named twice the first place counts
    let places: HashMap<Target, usize> = targets.into_iter().enumerate().rev().map(|(at, it)| (it, at)).collect();
    let place = |risk: &Risk| risk.targets.iter().filter_map(|it| places.get(it)).min().copied();
    let asked = |(_, risk): &(RiskId, &Risk)| agenda.targets.is_empty() || place(risk).is_some();
    let taken: HashMap<_, _> = workshop.taken.iter().rev().map(|it| (it.item, it.was_open)).collect();
    let mut found: Vec<_> = project
        .risks
        .iter()
        .filter(asked)
        .filter_map(|(id, risk)| {
            let item = WorkshopItem::Risk(id);
            let is_open = is_unrated(risk);
            let was_open = taken.get(&item).copied();
            let (is_taken, was_open) = (was_open.is_some(), was_open.unwrap_or(is_open));
            if agenda.open_only && !was_open && workshop.place != Some(item) {
                return None;
            }
            let at = place(risk).unwrap_or(usize::MAX);
            let worst = risk.consequences.worst().map_or(0, |it| matrix.consequence_of_five(it));
            let rank = match agenda.order {
                AgendaOrder::ByTarget | AgendaOrder::ByFr => (false, Reverse(0), at),
                AgendaOrder::ByRequirement => (false, Reverse(0), 0),
                AgendaOrder::ByOpen => (!was_open, Reverse(worst), 0),
            };
            Some((rank, &risk.tag, Stop { item, is_open, is_taken }))
        })
        .collect();
    found.sort_by_key(|&(rank, tag, _)| (rank, tag));
    found.into_iter().map(|(_, _, stop)| stop).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Consequences, Rating, Status, ZoneId};

    /// Two zones and a conduit that demand SL 1, one zone graver than the other.
    pub fn plant() -> Fixture {
        let grave = |it: &mut crate::model::Zone| it.consequence = Rating::new(5);
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", grave)
            .conduit("C-1", "Z-1", "Z-2", |_| ())
            .sl_t("Z-1", 1)
            .sl_t("Z-2", 1)
    }

    pub fn workshop(change: impl FnOnce(&mut Agenda)) -> Workshop {
        let mut workshop = Workshop::default();
        change(&mut workshop.agenda);
        workshop
    }

    fn course(plant: &Fixture, workshop: &Workshop) -> Vec<Stop> {
        stops(&plant.project, Catalogue::embedded(), &plant.analyse(), workshop)
    }

    pub fn read(plant: &Fixture, stops: &[Stop], first: usize) -> Vec<String> {
        let name = |stop: &Stop| match stop.item {
            WorkshopItem::Question(key) => format!("{}/{}", plant.project.target_tag(key.target), key.requirement),
            WorkshopItem::Risk(id) => plant.project.subject_tag(id.into()).into_owned(),
        };
        stops.iter().take(first).map(name).collect()
    }

    pub fn question(plant: &Fixture, text: &str) -> WorkshopItem {
        WorkshopItem::Question(plant.gap(text))
    }

    #[test]
    fn everything_in_scope_is_asked_zone_after_zone() {
        let plant = plant();
        let course = course(&plant, &Workshop::default());
        assert_eq!(read(&plant, &course, 2), ["Z-1/SR 1.1", "Z-1/SR 1.1 RE 1"]);
        assert_eq!(course.iter().position(|it| it.item == question(&plant, "Z-2/SR 1.1")), Some(100));
        assert!(course.len() > 200, "the conduit comes last with what applies to it");
    }

    #[test]
    fn the_facilitator_says_which_targets_and_frs_come_first() {
        let plant = plant();
        let of = |change: &dyn Fn(&mut Agenda)| {
            let workshop = workshop(|it| {
                it.demanded_only = true;
                it.targets = vec![plant.target("Z-2"), plant.target("Z-1")];
                it.frs = vec![Fr::Rdf, Fr::Uc];
                change(it);
            });
            read(&plant, &course(&plant, &workshop), 5)
        };
        assert_eq!(of(&|_| ()), ["Z-2/SR 5.1", "Z-2/SR 5.2", "Z-2/SR 5.3", "Z-2/SR 5.4", "Z-2/SR 2.1"]);
        assert_eq!(of(&|it| it.order = AgendaOrder::ByFr)[4], "Z-1/SR 5.1");
        assert_eq!(of(&|it| it.order = AgendaOrder::ByRequirement)[..3], ["Z-2/SR 5.1", "Z-1/SR 5.1", "Z-2/SR 5.2"]);
    }

    #[test]
    fn only_what_is_demanded_is_asked_where_so_wished() {
        let plant = plant();
        let all = course(&plant, &workshop(|it| it.demanded_only = true));
        let gate = |stop: &Stop| match stop.item {
            WorkshopItem::Question(key) => Catalogue::embedded().requirement(key.requirement).unwrap().gate.number(),
            WorkshopItem::Risk(_) => 0,
        };
        assert!(!all.is_empty() && all.iter().all(|it| gate(it) == 1));
    }

    #[test]
    fn a_new_workshop_begins_with_what_is_demanded_and_open() {
        let of = |plant: &Fixture| to_begin_with(&plant.project, Catalogue::embedded(), &plant.analyse());
        let narrow = of(&plant());
        assert!(narrow.demanded_only && narrow.open_only);
        // where all of that is answered, it can be gone through again
        let all = course(&plant(), &Workshop { agenda: narrow, ..Workshop::default() });
        let answered = read(&plant(), &all, all.len()).iter().fold(plant(), |plant, name| {
            let (target, requirement) = name.split_once('/').unwrap();
            plant.answer(target, requirement, Status::Met, |_| ())
        });
        let again = of(&answered);
        assert!(again.demanded_only && !again.open_only);
        // and where nothing is demanded yet, everything in scope is asked
        let untargeted = of(&Fixture::new().zone("Z-1", |_| ()));
        assert!(!untargeted.demanded_only && untargeted.open_only);
    }

    #[test]
    fn what_is_open_comes_first_the_graver_zone_before_the_other() {
        let plant = plant().answer("Z-2", "SR 1.1", Status::Met, |_| ());
        let course = course(&plant, &workshop(|it| it.order = AgendaOrder::ByOpen));
        assert_eq!(read(&plant, &course, 1), ["Z-2/SR 1.3"]);
        let last = course.last().unwrap();
        assert_eq!((last.item, last.is_open), (question(&plant, "Z-2/SR 1.1"), false));
    }

    #[test]
    fn scenarios_that_nobody_rated_come_first() {
        let five = Consequences { safety: Rating::new(5), ..Consequences::default() };
        let plant = plant()
            .risk("R-1", |it| {
                it.consequences = five.clone();
                (it.unmitigated, it.current) = (Rating::new(2), Rating::new(2));
            })
            .risk("R-2", |it| it.targets = [ZoneId::derived_from("Z-1").into()].into())
            .risk("R-3", |it| it.consequences = five.clone());
        use crate::model::Id;
        let by = |order| workshop(|it| (it.subject, it.order) = (AgendaSubject::Risks, order));
        let open = course(&plant, &by(AgendaOrder::ByOpen));
        assert_eq!(read(&plant, &open, 9), ["R-3", "R-2", "R-1"]);
        assert_eq!(open.iter().filter(|it| !it.is_open).count(), 1);
        assert_eq!(read(&plant, &course(&plant, &by(AgendaOrder::ByTarget)), 9), ["R-2", "R-1", "R-3"]);
    }
}
