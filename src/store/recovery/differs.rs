//! What differs between a file and the work recovered from it, in words.

mod words;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::analysis::compare::field_words;
use crate::model::Project;

/// The longest text that is told whole; of a longer one what is alike is left out.
const LONGEST: usize = 160;
/// So much of it stands before and behind what differs.
const AROUND: usize = 40;
/// More than this is only counted.
const MOST: usize = 400;

/// One line for each thing that differs: what it is, what it was and what it is now.
pub fn differences(file: &Project, recovered: &Project) -> Vec<String> {
    if file.same(recovered) {
        return Vec::new();
    }
    let as_value = |project: &Project| serde_json::to_value(project).unwrap_or_default();
    let (old, new) = (as_value(file), as_value(recovered));
    let called = all_called(&old).chain(all_called(&new)).collect();
    let names = Names { old: &old, new: &new, called };
    let mut lines = Vec::new();
    compare(&names, &mut Vec::new(), Some(&old), Some(&new), &mut lines);
    if lines.len() > MOST {
        let more = lines.len() - MOST;
        lines.truncate(MOST);
        lines.push(format!("and {more} more"));
    }
    lines
}

/// Both projects, to tell things by their tags.
struct Names<'a> {
    old: &'a Value,
    new: &'a Value,
    /// What everything in a collection is called, by its id.
    called: BTreeMap<&'a str, String>,
}

/// What everything in the collections of a project is called, by its id.
fn all_called(project: &Value) -> impl Iterator<Item = (&str, String)> {
    let collections = project.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    collections.flatten().filter_map(|(id, thing)| Some((id.as_str(), called(thing)?)))
}

impl Names<'_> {
    /// What people call something in one of the collections.
    fn name(&self, collection: &str, id: &str) -> Option<String> {
        let find = |project: &Value| called(project.get(collection)?.get(id)?);
        find(self.new).or_else(|| find(self.old))
    }

    /// What a part of a path is called: nothing where that would be an id.
    fn word(&self, path: &[String], part: &str) -> String {
        let collection = path.first().map(String::as_str).unwrap_or_default();
        if let Some(name) = self.name(collection, part) {
            return name;
        }
        // answers, values set by hand and what was decided go by the ids of what they are about
        self.named(part).unwrap_or_else(|| match words::is_id(part) {
            true => String::new(),
            false => field_words(&words::value(part)),
        })
    }

    /// A text with the tags of what it names by ids; `None` where it names nothing so.
    fn named(&self, text: &str) -> Option<String> {
        if let Some((name, rest)) = text.split_once('/').and_then(|(id, rest)| Some((self.called.get(id)?, rest))) {
            return Some(format!("{rest} at {name}"));
        }
        let is_named = text.split(' ').any(|it| self.called.contains_key(it));
        let words = text.split(' ').map(|it| self.called.get(it).map_or(it, String::as_str));
        is_named.then(|| words.collect::<Vec<_>>().join(" "))
    }
}

/// What stands beside the tag of something.
fn titled(value: &Value) -> Option<&str> {
    value.get("tag")?;
    ["title", "name"].into_iter().find_map(|it| value.get(it)?.as_str()).filter(|it| !it.trim().is_empty())
}

/// The tag, name or title of something.
fn called(value: &Value) -> Option<String> {
    let text = |field: &str| value.get(field).and_then(Value::as_str).filter(|it| !it.is_empty());
    ["tag", "name", "code", "title"].into_iter().find_map(text).map(str::to_owned)
}

fn compare(names: &Names, path: &mut Vec<String>, old: Option<&Value>, new: Option<&Value>, lines: &mut Vec<String>) {
    if old == new {
        return;
    }
    let nothing = Map::new();
    match (old, new) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => fields(names, path, old, new, lines),
        // what is new or gone as a whole is told by its parts down to where things have names
        (None, Some(Value::Object(new))) if path.len() < named_at(path) => fields(names, path, &nothing, new, lines),
        (Some(Value::Object(old)), None) if path.len() < named_at(path) => fields(names, path, old, &nothing, lines),
        (Some(Value::Array(old)), Some(Value::Array(new))) => items(names, path, old, new, lines),
        (old, new) => {
            let place = place(names, path);
            // of a thing with a name its name tells enough
            if path.len() == 2
                && let Some(thing) = old.xor(new).filter(|it| called(it).is_some())
            {
                let what = if old.is_none() { "new" } else { "deleted" };
                let title = titled(thing).map(|it| format!(", “{it}”")).unwrap_or_default();
                lines.push(format!("{place}: {what}{title}"));
                return;
            }
            let shown = |it: &Value| shown(names, it);
            let (old, new) = (old.map(shown), new.map(shown));
            lines.push(match (old, new) {
                (None, Some(new)) => format!("{place}: new, {new}"),
                (Some(old), None) => format!("{place}: gone, was {old}"),
                (old, new) => {
                    let (old, new) = where_they_differ(&old.unwrap_or_default(), &new.unwrap_or_default());
                    format!("{place}: {old} → {new}")
                }
            });
        }
    }
}

/// Tells a list by what is between the entries that are alike at its beginning and at its end.
fn items(names: &Names, path: &mut Vec<String>, old: &[Value], new: &[Value], lines: &mut Vec<String>) {
    let head = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = |all: &[Value]| all.len() - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest(old).min(rest(new)));
    let tail = tail.take_while(|(old, new)| old == new).count();
    let old_end = old.len() - tail;
    let new_end = new.len() - tail;
    for place in head..old_end.max(new_end) {
        let old = old.get(place).filter(|_| place < old_end);
        let new = new.get(place).filter(|_| place < new_end);
        let name = new.or(old).and_then(called).map(|it| format!(" ({it})")).unwrap_or_default();
        path.push(format!("entry {}{name}", place + 1));
        compare(names, path, old, new, lines);
        path.pop();
    }
}

fn fields(
    names: &Names,
    path: &mut Vec<String>,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    lines: &mut Vec<String>,
) {
    let gone = old.keys().filter(|it| !new.contains_key(*it));
    for key in new.keys().chain(gone) {
        path.push(key.clone());
        compare(names, path, old.get(key), new.get(key), lines);
        path.pop();
    }
}

/// How deep in the project a thing has its name: an answer at its target by its requirement.
fn named_at(path: &[String]) -> usize {
    if path.first().is_some_and(|it| it == "answers") { 3 } else { 2 }
}

/// "Zone Z-1, purpose".
fn place(names: &Names, path: &[String]) -> String {
    let collection = path.first().map(String::as_str).unwrap_or_default();
    let parts = path.iter().skip(1).map(|part| names.word(path, part)).filter(|it| !it.is_empty());
    let parts: Vec<String> = parts.collect();
    let kind = words::kind(collection);
    let (head, rest) = match (collection, parts.as_slice()) {
        ("answers", [target, requirement, rest @ ..]) => (format!("{requirement} at {target}"), rest),
        (_, [thing, rest @ ..]) if !words::is_once(collection) => (format!("{kind} {thing}"), rest),
        (_, rest) => (kind, rest),
    };
    let mut letters = head.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let head: String = first.chain(letters).collect();
    std::iter::once(&head).chain(rest).cloned().collect::<Vec<_>>().join(", ")
}

/// Two texts from where they begin to differ to where they are alike again, with some words around it;
/// whole where they are short.
fn where_they_differ(old: &str, new: &str) -> (String, String) {
    let [old, new] = [old, new].map(|it| it.chars().collect::<Vec<char>>());
    if old.len().max(new.len()) <= LONGEST {
        return (old.iter().collect(), new.iter().collect());
    }
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let (skipped, left_out) = (head.saturating_sub(AROUND), tail.saturating_sub(AROUND));
    let part = |text: &[char]| {
        let told: String = text.iter().take(text.len() - left_out).skip(skipped).collect();
        format!("{}{told}{}", if skipped > 0 { "…" } else { "" }, if left_out > 0 { "…" } else { "" })
    };
    (part(&old), part(&new))
}

/// A value as people read it, whole; what is named by its id by its tag.
fn shown(names: &Names, value: &Value) -> String {
    let shown = |it: &Value| shown(names, it);
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(is_so) => if *is_so { "yes" } else { "no" }.to_owned(),
        Value::String(text) if names.named(text).is_some() => names.named(text).unwrap_or_default(),
        Value::String(text) if text.contains(char::is_whitespace) || text.is_empty() => format!("“{text}”"),
        Value::String(text) => words::value(text),
        Value::Array(all) => all.iter().map(&shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let word = |key: &String| field_words(&words::value(key));
            let fields = fields.iter().map(|(key, value)| format!("{} {}", word(key), shown(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.to_string(),
    };
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::edit::Edit;
    use std::sync::Arc;

    use crate::model::{
        Answer, Id, LogEntry, Note, NoteId, Person, SetAside, Status, Workshop, WorkshopId, WorkshopItem,
    };

    #[test]
    fn what_differs_is_told_by_tags_with_what_it_was() {
        let plant = Fixture::new().zone("Z-1", |zone| zone.notes = "Dosing".into()).zone("Z-2", |_| ());
        let gap = plant.gap("Z-1/SR 1.1");
        let file = plant.project;
        let mut recovered = file.clone();
        let noted = Answer { status: Status::NotMet, notes: "Shared password".into(), ..Answer::default() };
        Edit::Answer(vec![(gap, noted)]).apply(&mut recovered).unwrap();
        let (id, zone) = recovered.zones.iter().find(|(_, it)| it.tag == "Z-1").unwrap();
        let mut zone = zone.clone();
        zone.notes = "Dosing of chlorine".into();
        recovered.zones.insert(id, zone);
        let told = differences(&file, &recovered);
        assert!(
            told.iter().any(|it| it.starts_with("Zone Z-1, notes: ") && it.ends_with("“Dosing of chlorine”")),
            "{told:?}"
        );
        let answer = "SR 1.1 at Z-1: new, notes “Shared password”, status not met".to_owned();
        assert!(told.contains(&answer), "{told:?}");
        assert!(differences(&recovered, &recovered.clone()).is_empty());
        assert!(differences(&recovered, &file).iter().any(|it| it.contains("gone")));
    }

    #[test]
    fn what_is_gone_or_new_is_told_by_its_tag_and_name_and_no_id_is_shown() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |zone| zone.name = "Dosing".into());
        let file = plant.project;
        let mut recovered = file.clone();
        let id = recovered.zones.iter().find(|(_, it)| it.tag == "Z-2").unwrap().0;
        let mut child = recovered.zones.iter().find(|(_, it)| it.tag == "Z-1").unwrap().1.clone();
        child.parent = Some(id);
        let one = recovered.zones.iter().find(|(_, it)| it.tag == "Z-1").unwrap().0;
        recovered.zones.insert(one, child);
        assert_eq!(differences(&file, &recovered), ["Zone Z-1, parent: new, Z-2"]);
        recovered.zones.remove(one);
        recovered.zones.remove(id);
        let told = differences(&file, &recovered);
        assert!(told.contains(&"Zone Z-2: deleted, “Dosing”".to_owned()), "{told:?}");
        assert!(differences(&recovered, &file).contains(&"Zone Z-2: new, “Dosing”".to_owned()));
    }

    #[test]
    fn no_word_of_what_differs_is_left_out_and_no_name_of_a_field_or_id_is_told() {
        let plant = Fixture::new().zone("Z-1", |_| ()).zone("Z-2", |_| ()).sl_t("Z-1", 2);
        let gap = plant.gap("Z-1/SR 1.1");
        let mut file = plant.project;
        let alike = "Seen on the walk-down. ".repeat(30);
        Arc::make_mut(&mut file.info).statement = format!("{alike}Old.{alike}");
        let mut recovered = file.clone();
        let long = "Said by the shift in so many words. ".repeat(30);
        Arc::make_mut(&mut recovered.info).statement = format!("{alike}{long}{alike}");
        let answer = Answer { status: Status::NotMet, notes: long.clone(), ..Answer::default() };
        Edit::Answer(vec![(gap, answer)]).apply(&mut recovered).unwrap();
        let zone = recovered.zones.iter().find(|(_, it)| it.tag == "Z-1").unwrap().0;
        let aside = SetAside { reason: "Agreed".into(), ..SetAside::default() };
        Arc::make_mut(&mut recovered.set_aside).insert(format!("E05 {zone}"), aside);
        recovered.notes.insert(NoteId::random(), Note { text: "Shutdown in May".into(), ..Note::default() });
        let told = differences(&file, &recovered);
        assert_eq!(told.iter().filter(|it| it.contains(long.trim_end())).count(), 2, "{told:?}");
        assert!(told.iter().all(|it| it.len() < 2 * long.len()), "what is alike is left out: {told:?}");
        assert!(told.iter().any(|it| it.starts_with("Finding set aside E05 Z-1: new, reason Agreed")), "{told:?}");
        assert!(told.iter().any(|it| it.starts_with("Note on the diagram: new, ")), "{told:?}");
        let entry = LogEntry { about: Some(WorkshopItem::Question(gap)), ..LogEntry::default() };
        let workshop = Workshop { title: "Dosing".into(), log: vec![entry], ..Workshop::default() };
        recovered.workshops.insert(WorkshopId::random(), Workshop { log: Vec::new(), ..workshop.clone() });
        let before = recovered.clone();
        let id = recovered.workshops.ids().next().unwrap();
        recovered.workshops.insert(id, workshop);
        let told = differences(&before, &recovered);
        assert!(told.iter().any(|it| it.contains("SR 1.1 at Z-1")), "{told:?}");
        assert!(told.iter().all(|it| !it.contains('_') && !it.contains(&zone.to_string())), "{told:?}");
    }

    #[test]
    fn what_differs_late_in_a_list_or_a_long_text_is_told() {
        let mut file = Project::default();
        let scope = Arc::make_mut(&mut file.scope);
        scope.assumptions = (1..=40).map(|it| format!("Assumption number {it} of many")).collect();
        scope.description = format!("{}It ends here.", "The plant treats water. ".repeat(40));
        scope.people = vec![Person { name: "Operator".into(), ..Person::default() }];
        let mut recovered = file.clone();
        let scope = Arc::make_mut(&mut recovered.scope);
        scope.assumptions[38] = "Nobody else comes in".into();
        scope.description = scope.description.replace("ends here", "ends at the fence");
        scope.people.push(Person { name: "Vendor".into(), ..Person::default() });
        let told = differences(&file, &recovered);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().any(|it| it.contains("entry 39: “Assumption number 39 of many” → “Nobody else comes in”")));
        assert!(told.iter().any(|it| it.contains("ends here") && it.contains("ends at the fence")), "{told:?}");
        assert!(told.iter().any(|it| it.starts_with("Scope, people, entry 2 (Vendor): new")), "{told:?}");
    }
}
