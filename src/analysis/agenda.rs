//! What a workshop goes through, in which order, and how far it is.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::Analysis;
use crate::catalogue::Catalogue;
use crate::model::{
    Agenda, AgendaOrder, AgendaSubject, AssessmentStage, Fr, GapKey, Project, RatedAt, Risk, RiskId, Target, Workshop,
    WorkshopItem,
};

/// Seconds that a room usually takes for a requirement at a target.
pub const FOR_A_QUESTION: u32 = 120;
/// Seconds that a room usually takes for a risk scenario.
pub const FOR_A_SCENARIO: u32 = 420;

/// What a workshop goes through, in its order. What the room has come to keeps its
/// place in it, whatever it answered there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    stops: Vec<Stop>,
    /// How many of them the room has gone through.
    gone: usize,
    /// How many of these are still open.
    left_open: usize,
    /// How many are answered or rated.
    done: usize,
    last: Last,
}

/// The position that was asked for last; it says nothing about a course.
#[derive(Clone, Debug, Default)]
struct Last(Cell<usize>);

impl PartialEq for Last {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// One thing on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is looked at.
    pub item: WorkshopItem,
    /// Nobody has answered it, or rated it, yet.
    pub is_open: bool,
}

impl Course {
    /// The course of a workshop as things stand.
    pub fn new(project: &Project, catalogue: &Catalogue, analysis: &Analysis, workshop: &Workshop) -> Self {
        let stops = match workshop.agenda.subject {
            AgendaSubject::Requirements => questions(project, catalogue, analysis, workshop),
            AgendaSubject::Risks => scenarios(project, workshop),
        };
        let taken = taken(workshop);
        let is_gone = |it: &&Stop| !taken.is_empty() && taken.contains_key(&it.item);
        let gone = stops.iter().filter(is_gone).count();
        let left_open = stops.iter().filter(|it| it.is_open).filter(is_gone).count();
        let done = stops.iter().filter(|it| !it.is_open).count();
        Self { stops, gone, left_open, done, last: Last::default() }
    }

    /// Everything on it.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.stops.len()
    }

    /// Whether there is nothing to go through.
    pub fn is_empty(&self) -> bool {
        self.stops.is_empty()
    }

    /// How many the room has gone through.
    pub fn gone_through(&self) -> usize {
        self.gone
    }

    /// How many are answered or rated, in this workshop or before it.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Where something stands on it, counted from 0.
    pub fn position(&self, item: WorkshopItem) -> Option<usize> {
        let is_at = |place: &usize| self.stops.get(*place).is_some_and(|it| it.item == item);
        // mostly it is where the room was, or beside it
        let last = self.last.0.get();
        let near = [last, last + 1, last.saturating_sub(1)].into_iter().find(is_at);
        let place = near.or_else(|| self.stops.iter().position(|it| it.item == item))?;
        self.last.0.set(place);
        Some(place)
    }

    /// Where to begin: at the place where the room stopped, or else at what is open first.
    pub fn start(&self, place: Option<WorkshopItem>) -> Option<WorkshopItem> {
        let stopped = place.filter(|&it| self.position(it).is_some());
        let open = || self.stops.iter().find(|it| it.is_open).or(self.stops.first()).map(|it| it.item);
        stopped.or_else(open)
    }

    /// What comes after; at the end nothing does.
    pub fn next(&self, place: WorkshopItem) -> Option<WorkshopItem> {
        self.stops.get(self.position(place)? + 1).map(|it| it.item)
    }

    /// What came before; at the beginning nothing did.
    pub fn previous(&self, place: WorkshopItem) -> Option<WorkshopItem> {
        self.stops.get(self.position(place)?.checked_sub(1)?).map(|it| it.item)
    }

    /// The next one that is open, from the beginning again after the end.
    pub fn next_open(&self, place: WorkshopItem) -> Option<WorkshopItem> {
        let after = self.position(place)? + 1;
        let (before, behind) = self.stops.split_at_checked(after)?;
        let mut around = behind.iter().chain(before);
        around.find(|it| it.is_open && it.item != place).map(|it| it.item)
    }

    /// How many the room has yet to go through.
    pub fn to_go(&self) -> usize {
        self.stops.len() - self.gone
    }

    /// Seconds that going through it takes, counting those given for each or else what is usual.
    pub fn seconds(&self, workshop: &Workshop) -> u32 {
        times(self.stops.len(), usual_seconds(workshop))
    }

    /// Seconds that what is to go takes when the room has worked for so many. A room that has gone
    /// through enough of it goes on as fast as it did.
    pub fn seconds_to_go(&self, workshop: &Workshop, worked: u32) -> u32 {
        let usual = usual_seconds(workshop);
        let each = match (workshop.agenda.seconds_each, usually_taken(workshop)) {
            (Some(given), _) => given,
            // a clock that ran on over lunch, or was stopped, says nothing
            (None, Some(taken)) => {
                let measured = u64::from(usual) * u64::from(worked) / u64::from(taken.max(1));
                u32::try_from(measured).unwrap_or(u32::MAX).clamp(usual / 4, usual * 3)
            }
            (None, None) => usual,
        };
        times(self.to_go(), each)
    }

    /// How many of those that the room has gone through still wait for an answer or a rating: a note
    /// or a mark alone answers nothing.
    pub fn left_open(&self) -> usize {
        self.left_open
    }
}

/// From so many on it is known how fast a room is.
const MEASURED_FROM: usize = 10;

/// Seconds that a room usually takes for all that this one has gone through, whatever was on the
/// agenda then; `None` where that is too little to know its pace by.
fn usually_taken(workshop: &Workshop) -> Option<u32> {
    let each = workshop.taken.iter().map(|it| match it.item {
        WorkshopItem::Question(_) => FOR_A_QUESTION,
        WorkshopItem::Risk(_) => FOR_A_SCENARIO,
    });
    (workshop.taken.len() >= MEASURED_FROM).then(|| each.fold(0, u32::saturating_add))
}

fn usual_seconds(workshop: &Workshop) -> u32 {
    let usual = match workshop.agenda.subject {
        AgendaSubject::Requirements => FOR_A_QUESTION,
        AgendaSubject::Risks => FOR_A_SCENARIO,
    };
    workshop.agenda.seconds_each.unwrap_or(usual)
}

fn times(count: usize, each: u32) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(each)
}

/// What a new workshop begins with: what the targets demand and nobody has answered, and more of it
/// only where that is nothing.
pub fn to_begin_with(project: &Project, catalogue: &Catalogue, analysis: &Analysis) -> Agenda {
    let of = |(demanded_only, open_only)| Agenda { demanded_only, open_only, ..Agenda::default() };
    let has_any = |agenda: &Agenda| {
        let workshop = Workshop { agenda: agenda.clone(), ..Workshop::default() };
        !Course::new(project, catalogue, analysis, &workshop).is_empty()
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
    let taken = taken(workshop);
    let mut found = Vec::new();
    for (target_at, &target) in targets.iter().enumerate() {
        let Some(levels) = analysis.target(target) else { continue };
        let known = levels.standing.satisfied | levels.standing.violated;
        let asked = if agenda.demanded_only { levels.demanded } else { levels.scope };
        let consequence = Reverse(analysis.factors.consequence(target).value);
        for (fr_at, &fr) in frs.iter().enumerate() {
            for index in (asked & catalogue.of_fr(fr)).iter() {
                let Some(requirement) = catalogue.requirements().get(index) else { continue };
                let item = WorkshopItem::Question(GapKey { target, requirement: requirement.id });
                let is_open = !known.contains(index);
                let was_open = taken.get(&item).copied().unwrap_or(is_open);
                // the room is not led away from where it is
                if agenda.open_only && !was_open && workshop.place != Some(item) {
                    continue;
                }
                let places = [target_at, fr_at, index];
                let rank = rank(agenda.order, places, requirement.gate.number(), (!was_open, consequence));
                found.push((rank, Stop { item, is_open }));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.dedup_by_key(|(_, stop)| stop.item);
    found.into_iter().map(|(_, stop)| stop).collect()
}

/// What the room has come to, and whether it was open then.
fn taken(workshop: &Workshop) -> HashMap<WorkshopItem, bool> {
    workshop.taken.iter().map(|it| (it.item, it.was_open)).collect()
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
    let taken = taken(workshop);
    let mut found: Vec<_> = project
        .risks
        .iter()
        .filter(asked)
        .filter_map(|(id, risk)| {
            let item = WorkshopItem::Risk(id);
            let is_open = is_unrated(risk);
            let was_open = taken.get(&item).copied().unwrap_or(is_open);
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
            Some((rank, &risk.tag, Stop { item, is_open }))
        })
        .collect();
    found.sort_by_key(|&(rank, tag, _)| (rank, tag));
    found.into_iter().map(|(_, _, stop)| stop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Answer, Consequences, Rating, Status, ZoneId};

    /// Two zones and a conduit that demand SL 1, one zone graver than the other.
    fn plant() -> Fixture {
        let grave = |it: &mut crate::model::Zone| it.consequence = Rating::new(5);
        Fixture::new()
            .zone("Z-1", |_| ())
            .zone("Z-2", grave)
            .conduit("C-1", "Z-1", "Z-2", |_| ())
            .sl_t("Z-1", 1)
            .sl_t("Z-2", 1)
    }

    fn workshop(change: impl FnOnce(&mut Agenda)) -> Workshop {
        let mut workshop = Workshop::default();
        change(&mut workshop.agenda);
        workshop
    }

    fn course(plant: &Fixture, workshop: &Workshop) -> Course {
        Course::new(&plant.project, Catalogue::embedded(), &plant.analyse(), workshop)
    }

    fn read(plant: &Fixture, course: &Course, first: usize) -> Vec<String> {
        let name = |stop: &Stop| match stop.item {
            WorkshopItem::Question(key) => format!("{}/{}", plant.project.target_tag(key.target), key.requirement),
            WorkshopItem::Risk(id) => plant.project.subject_tag(id.into()).into_owned(),
        };
        course.stops().iter().take(first).map(name).collect()
    }

    fn question(plant: &Fixture, text: &str) -> WorkshopItem {
        WorkshopItem::Question(plant.gap(text))
    }

    #[test]
    fn everything_in_scope_is_asked_zone_after_zone() {
        let plant = plant();
        let course = course(&plant, &Workshop::default());
        assert_eq!(read(&plant, &course, 2), ["Z-1/SR 1.1", "Z-1/SR 1.1 RE 1"]);
        assert_eq!(course.position(question(&plant, "Z-2/SR 1.1")), Some(100));
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
        assert!(!all.is_empty() && all.stops().iter().all(|it| gate(it) == 1));
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
    fn what_is_to_go_takes_as_long_as_the_room_has_taken() {
        let plant = plant();
        let mut workshop = Workshop::default();
        let all = course(&plant, &workshop);
        let len = u32::try_from(all.len()).unwrap();
        assert_eq!(all.seconds_to_go(&workshop, 0), len * FOR_A_QUESTION);
        all.stops().iter().take(10).for_each(|it| workshop.take(it.item, true));
        let gone = course(&plant, &workshop);
        assert_eq!((gone.to_go(), gone.seconds_to_go(&workshop, 600)), (all.len() - 10, (len - 10) * 60));
        assert_eq!(gone.seconds_to_go(&workshop, 100_000), (len - 10) * 3 * FOR_A_QUESTION, "the clock ran on");
        workshop.agenda.seconds_each = Some(30);
        assert_eq!(gone.seconds_to_go(&workshop, 600), (len - 10) * 30);
    }

    #[test]
    fn the_pace_of_a_room_is_that_of_all_it_has_gone_through() {
        let plant = plant().risk("R-1", |_| ()).risk("R-2", |_| ());
        let mut workshop = Workshop::default();
        course(&plant, &workshop).stops().iter().take(20).for_each(|it| workshop.take(it.item, true));
        // the agenda is another one now, of which little was gone through
        workshop.agenda.frs = vec![Fr::Tre];
        let narrow = course(&plant, &workshop);
        assert!(narrow.gone_through() < MEASURED_FROM && !narrow.is_empty());
        let len = u32::try_from(narrow.to_go()).unwrap();
        assert_eq!(narrow.seconds_to_go(&workshop, 20 * 60), len * 60);
        // half as long as usual for questions is half as long as usual for scenarios
        workshop.agenda = Agenda { subject: AgendaSubject::Risks, ..Agenda::default() };
        assert_eq!(course(&plant, &workshop).seconds_to_go(&workshop, 20 * 60), 2 * FOR_A_SCENARIO / 2);
    }

    #[test]
    fn what_was_only_spoken_about_is_gone_through_and_still_open() {
        let plant = plant().answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let mut workshop = Workshop::default();
        for text in ["Z-1/SR 1.1", "Z-1/SR 1.3"] {
            workshop.take(question(&plant, text), true);
        }
        let course = course(&plant, &workshop);
        assert_eq!((course.gone_through(), course.left_open()), (2, 1));
    }

    #[test]
    fn what_is_open_comes_first_the_graver_zone_before_the_other() {
        let plant = plant().answer("Z-2", "SR 1.1", Status::Met, |_| ());
        let course = course(&plant, &workshop(|it| it.order = AgendaOrder::ByOpen));
        assert_eq!(read(&plant, &course, 1), ["Z-2/SR 1.3"]);
        let last = course.stops().last().unwrap();
        assert_eq!((last.item, last.is_open), (question(&plant, "Z-2/SR 1.1"), false));
    }

    #[test]
    fn an_answer_leaves_everything_where_it_was() {
        let open = |it: &mut Agenda| (it.order, it.open_only) = (AgendaOrder::ByOpen, true);
        let before = plant().answer("Z-1", "SR 7.8", Status::Met, |_| ());
        let mut workshop = workshop(open);
        let asked = course(&before, &workshop);
        let answered_before = question(&before, "Z-1/SR 7.8");
        assert_eq!(asked.position(answered_before), None);
        let place = asked.stops()[3].item;
        let WorkshopItem::Question(key) = place else { panic!("a question") };
        let mut after = before;
        let met = Answer { status: Status::Met, ..Answer::default() };
        after.project.answers.insert(key.target, [(key.requirement, met)].into());
        workshop.place = Some(place);
        workshop.take(place, true);
        let now = course(&after, &workshop);
        assert_eq!(now.position(place), Some(3));
        assert_eq!(now.next(place), asked.next(place));
        assert_eq!((asked.done(), now.done()), (0, 1));
        // and when the room is elsewhere
        workshop.place = now.next(place);
        assert_eq!(course(&after, &workshop).position(place), Some(3));
        // what was answered before is there only while the room looks at it
        workshop.place = Some(answered_before);
        assert!(course(&after, &workshop).position(answered_before).is_some());
    }

    #[test]
    fn one_goes_on_and_back_and_to_what_is_open_around_the_end() {
        let plant = plant();
        let workshop = workshop(|it| (it.targets, it.frs) = (vec![plant.target("Z-1")], vec![Fr::Tre]));
        let all = read(&plant, &course(&plant, &workshop), 9);
        let met = all.iter().skip(1).fold(plant.clone(), |plant, name| {
            plant.answer("Z-1", name.split('/').next_back().unwrap(), Status::Met, |_| ())
        });
        let course = course(&met, &workshop);
        let (first, last) = (course.stops()[0].item, course.stops().last().unwrap().item);
        assert_eq!((course.previous(first), course.next(last)), (None, None));
        assert_eq!(course.previous(course.next(first).unwrap()), Some(first));
        assert_eq!((course.next_open(last), course.next_open(first)), (Some(first), None));
        assert_eq!(course.start(None), Some(first));
        assert_eq!(course.start(Some(last)), Some(last));
        assert_eq!(course.start(Some(question(&plant, "Z-2/SR 1.1"))), Some(first), "what it does not hold");
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
        assert_eq!(open.done(), 1);
        assert_eq!(read(&plant, &course(&plant, &by(AgendaOrder::ByTarget)), 9), ["R-2", "R-1", "R-3"]);
        assert_eq!(open.seconds(&by(AgendaOrder::ByOpen)), 3 * FOR_A_SCENARIO);
    }
}
