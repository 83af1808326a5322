//! An edit asked for beside another one: two windows show the same project in one frame, and each
//! writes into it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Edit, Item};
use crate::model::Project;

impl Edit {
    /// The same change of a project that has moved on since it was `seen`: what was changed
    /// meanwhile in the same workshop, scenario or answer stays, but for what this changes too.
    #[must_use]
    pub fn onto(self, seen: &Project, now: &Project) -> Self {
        match self {
            Self::Put(Item::Workshop(id, wanted)) => {
                Self::Put(Item::Workshop(id, met(seen.workshops.get(id), wanted, now.workshops.get(id))))
            }
            Self::Put(Item::Risk(id, wanted)) => {
                Self::Put(Item::Risk(id, met(seen.risks.get(id), wanted, now.risks.get(id))))
            }
            Self::Answer(answers) => {
                let of = |project: &Project, key: &crate::model::GapKey| {
                    project.answer(key.target, key.requirement).cloned().unwrap_or_default()
                };
                let onto = |(key, wanted)| {
                    let (seen, now) = (of(seen, &key), of(now, &key));
                    (key, met(Some(&seen), wanted, Some(&now)))
                };
                Self::Answer(answers.into_iter().map(onto).collect())
            }
            Self::Several(label, edits) => {
                Self::Several(label, edits.into_iter().map(|it| it.onto(seen, now)).collect())
            }
            other => other,
        }
    }
}

/// What is wanted, with what became of the rest meanwhile.
fn met<T: Serialize + DeserializeOwned + PartialEq>(seen: Option<&T>, wanted: T, now: Option<&T>) -> T {
    let (Some(seen), Some(now)) = (seen, now) else { return wanted };
    if seen == now {
        return wanted;
    }
    let both = || {
        let [seen, asked, now] = [seen, &wanted, now].map(|it| serde_json::to_value(it).ok());
        serde_json::from_value(value(&seen?, &asked?, &now?)).ok()
    };
    both().unwrap_or(wanted)
}

fn value(seen: &Value, wanted: &Value, now: &Value) -> Value {
    match (seen, wanted, now) {
        _ if seen == wanted => now.clone(),
        _ if seen == now => wanted.clone(),
        (Value::Object(seen), Value::Object(wanted), Value::Object(now)) => Value::Object(fields(seen, wanted, now)),
        (Value::Array(seen), Value::Array(wanted), Value::Array(now)) => Value::Array(list(seen, wanted, now)),
        _ => wanted.clone(),
    }
}

/// What is at its default is not there.
fn fields(seen: &Map<String, Value>, wanted: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    let mut all = now.clone();
    for name in seen.keys().chain(wanted.keys()).filter(|it| seen.get(*it) != wanted.get(*it)) {
        // a list that was empty is one that grows
        let empty = match wanted.get(name).or(seen.get(name)) {
            Some(Value::Array(_)) => Value::Array(Vec::new()),
            Some(Value::Object(_)) => Value::Object(Map::new()),
            _ => Value::Null,
        };
        let [before, asked, after] = [seen, wanted, now].map(|it| it.get(name).unwrap_or(&empty));
        match value(before, asked, after) {
            gone if gone == empty => all.remove(name),
            it => all.insert(name.clone(), it),
        };
    }
    all
}

fn list(seen: &[Value], wanted: &[Value], now: &[Value]) -> Vec<Value> {
    let mut all = now.to_vec();
    if seen.len() == wanted.len() {
        // only what its entries say was changed
        for (place, (before, asked)) in seen.iter().zip(wanted).enumerate().filter(|(_, (one, other))| one != other) {
            let place = all.iter().position(|it| it == before).unwrap_or(place);
            match all.get_mut(place) {
                Some(it) => *it = value(before, asked, it),
                None => all.push(asked.clone()),
            }
        }
        return all;
    }
    let head = seen.iter().zip(wanted).take_while(|(one, other)| one == other).count();
    let most = seen.len().min(wanted.len()) - head;
    let tail = seen.iter().rev().zip(wanted.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let gone = seen.get(head..seen.len() - tail).unwrap_or_default();
    let come = wanted.get(head..wanted.len() - tail).unwrap_or_default();
    let begins = gone.first().or(seen.get(seen.len() - tail));
    let mut at = begins.and_then(|begins| all.iter().position(|it| it == begins)).unwrap_or(all.len());
    for before in gone {
        if let Some(place) = all.iter().position(|it| it == before) {
            all.remove(place);
            at -= usize::from(place < at);
        }
    }
    let count = |all: &[Value], wanted: &Value| all.iter().filter(|it| *it == wanted).count();
    for asked in come {
        // both have added the same
        if count(now, asked) > count(seen, asked) {
            continue;
        }
        all.insert(at.min(all.len()), asked.clone());
        at += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::*;

    fn entry(text: &str) -> LogEntry {
        LogEntry { text: text.to_owned(), ..LogEntry::default() }
    }

    /// What comes of two changes of one workshop that were asked for beside each other.
    fn both(before: &Workshop, one: impl Fn(&mut Workshop), other: impl Fn(&mut Workshop)) -> Workshop {
        let id = WorkshopId::derived_from("W-1");
        let put = |change: &dyn Fn(&mut Workshop)| {
            let mut changed = before.clone();
            change(&mut changed);
            Edit::Put(Item::Workshop(id, changed))
        };
        let mut seen = plant().project;
        seen.workshops.insert(id, before.clone());
        let mut now = seen.clone();
        put(&one).apply(&mut now).unwrap();
        put(&other).onto(&seen, &now).apply(&mut now).unwrap();
        now.workshops.get(id).unwrap().clone()
    }

    fn plant() -> Fixture {
        Fixture::new().zone("Z-1", |_| ())
    }

    fn texts(workshop: &Workshop) -> Vec<&str> {
        workshop.log.iter().map(|it| it.text.as_str()).collect()
    }

    #[test]
    fn what_two_windows_write_into_one_workshop_stays_from_both() {
        let asked = |requirement: &str| WorkshopItem::Question(plant().gap(&format!("Z-1/{requirement}")));
        for log in [vec![], vec![entry("a"), entry("b")]] {
            let before = Workshop { log: log.clone(), ..Workshop::default() };
            let after = both(
                &before,
                |it| {
                    it.log.push(entry("one"));
                    it.take(asked("SR 1.1"), true);
                },
                |it| {
                    it.log.push(entry("other"));
                    it.take(asked("SR 1.1"), true);
                    it.take(asked("SR 1.2"), true);
                    it.answering = "Operator".to_owned();
                },
            );
            let mut all: Vec<_> = log.iter().map(|it| it.text.as_str()).collect();
            all.extend(["one", "other"]);
            assert_eq!(texts(&after), all);
            let taken: Vec<_> = after.taken.iter().map(|it| it.item).collect();
            assert_eq!(taken, [asked("SR 1.1"), asked("SR 1.2")], "what both took is taken once");
            assert_eq!(after.answering, "Operator");
        }
    }

    #[test]
    fn an_entry_is_written_on_wherever_it_has_gone_to() {
        let before = Workshop { log: vec![entry("a"), entry("b"), entry("c")], ..Workshop::default() };
        let write = |it: &mut Workshop| it.log[1].text.push('!');
        assert_eq!(texts(&both(&before, |it| drop(it.log.remove(0)), write)), ["b!", "c"]);
        assert_eq!(texts(&both(&before, write, |it| drop(it.log.remove(0)))), ["b!", "c"]);
        assert_eq!(texts(&both(&before, write, |it| it.log[1].by = "x".to_owned())), ["a", "b!", "c"]);
        assert_eq!(both(&before, write, |it| it.log[1].by = "x".to_owned()).log[1].by, "x");
        assert_eq!(texts(&both(&before, |it| it.log.push(entry("d")), write)), ["a", "b!", "c", "d"]);
        assert_eq!(texts(&both(&before, write, |it| it.log.push(entry("d")))), ["a", "b!", "c", "d"]);
    }

    #[test]
    fn a_note_and_a_status_of_one_answer_are_both_kept() {
        let plant = plant();
        let key = plant.gap("Z-1/SR 1.1");
        let noted = Edit::Answer(vec![(key, Answer { notes: "Badges".to_owned(), ..Answer::default() })]);
        let met = Edit::Answer(vec![(key, Answer { status: Status::Met, ..Answer::default() })]).named("answer");
        for (one, other) in [(&noted, &met), (&met, &noted)] {
            let mut now = plant.project.clone();
            one.apply(&mut now).unwrap();
            other.clone().onto(&plant.project, &now).apply(&mut now).unwrap();
            let answer = now.answer(key.target, key.requirement).unwrap();
            assert_eq!((answer.status, answer.notes.as_str()), (Status::Met, "Badges"));
        }
    }

    #[test]
    fn a_scenario_is_moved_while_somebody_estimates_it() {
        let plant = plant().risk("R-1", |_| ());
        let id = RiskId::derived_from("R-1");
        let risk = || plant.project.risks.get(id).unwrap().clone();
        let estimates = vec![Estimate { by: "Operator".to_owned(), ..Estimate::default() }];
        let mut now = plant.project.clone();
        Edit::Put(Item::Risk(id, Risk { estimates: estimates.clone(), ..risk() })).apply(&mut now).unwrap();
        let moved = Edit::Put(Item::Risk(id, Risk { current: Rating::new(3), ..risk() }));
        moved.onto(&plant.project, &now).apply(&mut now).unwrap();
        let after = now.risks.get(id).unwrap();
        assert_eq!((after.current, &after.estimates), (Rating::new(3), &estimates));
    }
}
