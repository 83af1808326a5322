//! What differs between a file and the work recovered from it, in words.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::Project;

/// The longest text that is told whole.
const LONGEST: usize = 160;
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

    /// What a part of a path is called.
    fn word(&self, path: &[String], part: &str) -> String {
        let collection = path.first().map(String::as_str).unwrap_or_default();
        let own = self.name(collection, part);
        // answers and values put in place of computed ones go by the id of what they are about
        let elsewhere =
            || ["zones", "conduits"].iter().find_map(|it| part.split_once('/').and_then(|id| self.name(it, id.1)));
        let beside = || ["zones", "conduits"].iter().find_map(|it| self.name(it, part));
        own.or_else(beside).or_else(elsewhere).unwrap_or_else(|| part.replace('_', " "))
    }
}

/// What stands beside the tag of something; `None` where it has no tag.
fn titled(value: &Value) -> Option<&str> {
    let text = |field: &str| value.get(field).and_then(Value::as_str).filter(|it| !it.trim().is_empty());
    text("tag")?;
    ["title", "name"].into_iter().find_map(text)
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
        (None, Some(Value::Object(new))) if path.len() < 2 => fields(names, path, &nothing, new, lines),
        (Some(Value::Object(old)), None) if path.len() < 2 => fields(names, path, old, &nothing, lines),
        (Some(Value::Array(old)), Some(Value::Array(new))) => items(names, path, old, new, lines),
        (old, new) => {
            let place = place(names, path);
            // of a thing with a name its name tells enough
            if path.len() == 2
                && let Some(title) = old.xor(new).and_then(titled)
            {
                let what = if old.is_none() { "new" } else { "deleted" };
                lines.push(format!("{place}: {what}, {}", from(&format!("“{title}”"), 0)));
                return;
            }
            let shown = |it: &Value| shown(names, it);
            let (old, new) = (old.map(shown), new.map(shown));
            lines.push(match (old, new) {
                (None, Some(new)) => format!("{place}: new, {}", from(&new, 0)),
                (Some(old), None) => format!("{place}: gone, was {}", from(&old, 0)),
                (old, new) => {
                    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
                    let start = first_difference(&old, &new);
                    format!("{place}: {} → {}", from(&old, start), from(&new, start))
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

/// "zones Z-1, purpose".
fn place(names: &Names, path: &[String]) -> String {
    let words = path.iter().enumerate().map(|(depth, part)| match depth {
        0 => part.replace('_', " "),
        _ => names.word(path, part),
    });
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [collection, thing] => format!("{collection} {thing}"),
        [collection, thing, rest @ ..] => format!("{collection} {thing}, {}", rest.join(", ")),
        _ => words.join(", "),
    }
}

/// Where two texts begin to differ, with some words before it; 0 where both are told whole.
fn first_difference(old: &str, new: &str) -> usize {
    if old.chars().count().max(new.chars().count()) <= LONGEST {
        return 0;
    }
    let alike = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    alike.saturating_sub(LONGEST / 4)
}

/// As much of a text as is told, from there on.
fn from(text: &str, start: usize) -> String {
    let told: String = text.chars().skip(start).take(LONGEST).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if text.chars().count() > start + LONGEST { "…" } else { "" };
    format!("{before}{told}{after}")
}

/// A value as people read it, whole; what is named by its id by its tag.
fn shown(names: &Names, value: &Value) -> String {
    let shown = |it: &Value| shown(names, it);
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(id) if names.called.contains_key(id.as_str()) => {
            names.called.get(id.as_str()).cloned().unwrap_or_default()
        }
        Value::String(text) if text.contains(char::is_whitespace) || text.is_empty() => format!("“{text}”"),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(&shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{} {}", key.replace('_', " "), shown(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::edit::Edit;
    use std::sync::Arc;

    use crate::model::{Answer, Person, Status};

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
            told.iter().any(|it| it.starts_with("zones Z-1, notes: ") && it.ends_with("“Dosing of chlorine”")),
            "{told:?}"
        );
        let answer = told.iter().find(|it| it.starts_with("answers Z-1")).unwrap();
        assert!(answer.contains("SR 1.1") && answer.contains("Shared password"), "{answer}");
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
        assert_eq!(differences(&file, &recovered), ["zones Z-1, parent: new, Z-2"]);
        recovered.zones.remove(one);
        recovered.zones.remove(id);
        let told = differences(&file, &recovered);
        assert!(told.contains(&"zones Z-2: deleted, “Dosing”".to_owned()), "{told:?}");
        assert!(differences(&recovered, &file).contains(&"zones Z-2: new, “Dosing”".to_owned()));
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
        assert!(
            told.iter()
                .any(|it| it.contains("people, entry 2 (Vendor): new") || it.contains("people entry 2 (Vendor): new")),
            "{told:?}"
        );
    }
}
