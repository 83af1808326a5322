//! How a room goes through what is on the agenda: on and back, how far it is, how long it takes.

use std::cell::Cell;

use super::Analysis;
use super::agenda::{self, Stop};
use crate::catalogue::Catalogue;
use crate::model::{AgendaSubject, Project, Workshop, WorkshopItem};

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
    /// The one of them that the room is at is not done with.
    is_under_way: bool,
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

impl Course {
    /// The course of a workshop as things stand.
    pub fn new(project: &Project, catalogue: &Catalogue, analysis: &Analysis, workshop: &Workshop) -> Self {
        let stops = agenda::stops(project, catalogue, analysis, workshop);
        let gone = stops.iter().filter(|it| it.is_taken).count();
        let left_open = stops.iter().filter(|it| it.is_taken && it.is_open).count();
        let at = stops.iter().find(|it| it.is_taken && Some(it.item) == workshop.place && !workshop.closed);
        // a scenario that the room has just come to is not gone through yet, rated before or not
        let is_come_to = |it: &Stop| matches!(it.item, WorkshopItem::Risk(_)) && is_last_taken(workshop, it.item);
        let is_under_way = at.is_some_and(|it| it.is_open || is_come_to(it) && gone < stops.len());
        Self { stops, gone, left_open, is_under_way, last: Last::default() }
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

    /// How many the room has yet to go through, with the one that it is at until that is done with.
    pub fn to_go(&self) -> usize {
        self.stops.len() - self.gone + usize::from(self.is_under_way)
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

fn is_last_taken(workshop: &Workshop, item: WorkshopItem) -> bool {
    workshop.taken.last().is_some_and(|it| it.item == item)
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

#[cfg(test)]
mod tests {
    use super::super::agenda::tests::{plant, question, read, workshop};
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Agenda, AgendaOrder, Answer, Fr, Rating, Risk, Status};

    fn course(plant: &Fixture, workshop: &Workshop) -> Course {
        Course::new(&plant.project, Catalogue::embedded(), &plant.analyse(), workshop)
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
    fn what_the_room_is_at_is_to_go_until_it_is_done_with() {
        let rate = |risk: &mut Risk| {
            let [one, two] = [1, 2].map(Rating::new);
            risk.consequences.operations = two;
            (risk.unmitigated, risk.current, risk.residual) = (one, one, one);
        };
        let rated = plant().risk("R-1", rate).risk("R-2", rate);
        let unrated = plant().risk("R-1", |_| ()).risk("R-2", |_| ());
        for (plant, to_go) in [(rated, [2, 0, 0]), (unrated, [2, 1, 1])] {
            let mut workshop = workshop(|it| it.subject = AgendaSubject::Risks);
            let items: Vec<_> = course(&plant, &workshop).stops().iter().map(|it| it.item).collect();
            let mut come_to = |item: WorkshopItem| {
                workshop.take(item, true);
                workshop.place = Some(item);
                course(&plant, &workshop).to_go()
            };
            assert_eq!([items[0], items[1], items[0]].map(&mut come_to), to_go);
            workshop.closed = true;
            assert_eq!(course(&plant, &workshop).to_go(), 0);
        }
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
        let all = read(&plant, course(&plant, &workshop).stops(), 9);
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
    fn what_a_workshop_that_is_over_went_through_stays_as_it_was() {
        let plant = plant();
        let mut workshop = workshop(|it| (it.demanded_only, it.open_only) = (true, true));
        for text in ["Z-2/SR 1.3", "Z-1/SR 1.3", "Z-1/SR 1.1"] {
            workshop.take(question(&plant, text), true);
        }
        // as a file written by hand may have it
        workshop.taken.extend(workshop.taken.clone());
        workshop.closed = true;
        let asked = ["Z-1/SR 1.1", "Z-1/SR 1.3", "Z-2/SR 1.3"];
        let read_all = |plant: &Fixture| {
            let course = course(plant, &workshop);
            (read(plant, course.stops(), 9), course.gone_through(), course.to_go())
        };
        let asked = (asked.map(str::to_owned).to_vec(), 3, 0);
        assert_eq!(read_all(&plant), asked);
        let later = plant.answer("Z-1", "SR 1.1", Status::Met, |_| ()).answer("Z-1", "SR 1.4", Status::Met, |_| ());
        assert_eq!(read_all(&later.sl_t("Z-1", 0).zone("Z-3", |_| ())), asked, "whatever became of the plant");
    }
}
