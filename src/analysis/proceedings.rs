//! What happened in a workshop, in the order in which it happened: what was answered and rated, and
//! what was said.

use jiff::civil::{Date, DateTime};

use crate::model::{Answer, LogKind, Project, RatedAt, Risk, Status, Workshop, WorkshopItem};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, where that was noted.
    pub at: Option<DateTime>,
    /// The day, where no more is known.
    pub day: Option<Date>,
    /// What it is about; `None`: the workshop as a whole.
    pub about: Option<WorkshopItem>,
    /// What it was.
    pub what: What,
    /// Who: roles.
    pub by: String,
    /// What was said or found.
    pub words: String,
}

/// What it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An answer, as it stands.
    Answer(Status),
    /// A scenario was gone through. When it was rated as it stands is not known.
    Rating,
    /// Something was said: the entry of the log with this place.
    Said(LogKind, usize),
}

/// All of it. What has no time stands where the day begins.
pub fn proceedings(project: &Project, workshop: &Workshop) -> Vec<Event> {
    let gone = workshop.taken.iter().filter_map(|it| match it.item {
        WorkshopItem::Question(key) => {
            let answer = project.answer(key.target, key.requirement)?;
            (answer.status != Status::NotAssessed).then(|| Event {
                // an answer of another day is not what the room said at that time
                at: it.at.filter(|at| answer.answered_on.is_none_or(|day| day == at.date())),
                day: answer.answered_on.or(workshop.held_on),
                about: Some(it.item),
                what: What::Answer(answer.status),
                by: answer.answered_by.clone(),
                words: texts(answer),
            })
        }
        WorkshopItem::Risk(id) => {
            let words = rated(project, project.risks.get(id)?);
            (!words.is_empty()).then(|| Event {
                at: it.at,
                day: workshop.held_on,
                about: Some(it.item),
                what: What::Rating,
                by: String::new(),
                words,
            })
        }
    });
    let said = workshop.log.iter().enumerate().map(|(place, entry)| Event {
        at: entry.at,
        day: workshop.held_on,
        about: entry.about,
        what: What::Said(entry.kind, place),
        by: entry.by.clone(),
        words: entry.text.clone(),
    });
    let mut all: Vec<Event> = gone.chain(said).collect();
    all.sort_by_key(|it| it.at.or(it.day.map(|day| day.at(0, 0, 0, 0))));
    all
}

/// Everything that is written to an answer.
pub fn texts(answer: &Answer) -> String {
    let texts = [&answer.countermeasure, &answer.justification, &answer.notes];
    texts.into_iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "As it stands: unmitigated critical, today high".
fn rated(project: &Project, risk: &Risk) -> String {
    let matrix = &project.settings.matrix;
    let moments =
        [(RatedAt::Unmitigated, "unmitigated"), (RatedAt::Current, "today"), (RatedAt::Residual, "after the plan")];
    let part = |(at, words)| Some(format!("{words} {}", matrix.level_word(risk.level(at, matrix)?)));
    let levels = moments.into_iter().filter_map(part).collect::<Vec<_>>().join(", ");
    if levels.is_empty() { levels } else { format!("As it stands: {levels}") }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use jiff::civil::date;

    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Id, LogEntry, Rating, RiskId};

    #[test]
    fn answers_and_what_was_said_stand_in_the_order_of_their_times() {
        let day = date(2026, 11, 21);
        let plant = Fixture::new().zone("Z-1", |_| ()).answer("Z-1", "SR 1.1", Status::Met, |it| {
            (it.answered_by, it.notes) = ("Plant manager".to_owned(), "Badges".to_owned());
        });
        let (answered, open) = (plant.gap("Z-1/SR 1.1"), plant.gap("Z-1/SR 1.3"));
        let mut workshop = Workshop { held_on: Some(day), ..Workshop::default() };
        workshop.take_at(WorkshopItem::Question(answered), true, Some(day.at(10, 5, 0, 0)));
        workshop.take_at(WorkshopItem::Question(open), true, Some(day.at(10, 1, 0, 0)));
        for (minute, text) in [(9, "after"), (2, "before")] {
            let at = Some(day.at(10, minute, 0, 0));
            workshop.log.push(LogEntry { text: text.to_owned(), at, ..LogEntry::default() });
        }
        let all = proceedings(&plant.project, &workshop);
        let words: Vec<_> = all.iter().map(|it| it.words.as_str()).collect();
        assert_eq!(words, ["before", "Badges", "after"], "what nobody answered is not there");
        assert_eq!((all[1].what, all[1].by.as_str()), (What::Answer(Status::Met), "Plant manager"));
        assert_eq!(all[0].what, What::Said(LogKind::Decision, 1));
    }

    #[test]
    fn an_answer_of_another_day_has_that_day_and_no_time_of_the_workshop() {
        let [first, second, later] = [21, 22, 30].map(|day| date(2026, 11, day));
        let on = |day| move |it: &mut Answer| it.answered_on = Some(day);
        let plant = Fixture::new()
            .zone("Z-1", |_| ())
            .answer("Z-1", "SR 1.1", Status::Met, on(later))
            .answer("Z-1", "SR 1.2", Status::Met, on(second))
            .answer("Z-1", "SR 1.3", Status::Met, on(first));
        let mut workshop = Workshop { held_on: Some(first), last_on: Some(second), ..Workshop::default() };
        let at = Some(first.at(10, 5, 0, 0));
        for requirement in ["SR 1.1", "SR 1.2", "SR 1.3"] {
            let key = plant.gap(&format!("Z-1/{requirement}"));
            workshop.take_at(WorkshopItem::Question(key), true, at);
        }
        let all = proceedings(&plant.project, &workshop);
        let when: Vec<_> = all.iter().map(|it| (it.at, it.day)).collect();
        assert_eq!(when, [(at, Some(first)), (None, Some(second)), (None, Some(later))]);
        let places: Vec<_> = [first, second, later].map(|it| workshop.place_of(it)).into();
        assert_eq!(places, [Ordering::Equal, Ordering::Equal, Ordering::Greater]);
    }

    #[test]
    fn a_rating_is_told_as_it_stands() {
        let plant = Fixture::new().risk("R-1", |it| {
            it.consequences.safety = Rating::new(5);
            it.current = Rating::new(5);
        });
        let mut workshop = Workshop::default();
        workshop.take(WorkshopItem::Risk(RiskId::derived_from("R-1")), true);
        let all = proceedings(&plant.project, &workshop);
        assert!(all[0].words.starts_with("As it stands: today "), "{}", all[0].words);
    }
}
