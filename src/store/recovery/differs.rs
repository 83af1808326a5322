//! What differs between a file and the work recovered from it, in words.

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
    let names = Names { old: &old, new: &new };
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
        (old, new) => {
            let place = place(names, path);
            let (old, new) = (old.map(shown), new.map(shown));
            lines.push(match (old, new) {
                (None, Some(new)) => format!("{place}: new, {new}"),
                (Some(old), None) => format!("{place}: gone, was {old}"),
                (old, new) => format!("{place}: {} → {}", old.unwrap_or_default(), new.unwrap_or_default()),
            });
        }
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

/// A value as people read it.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) if text.contains(char::is_whitespace) || text.is_empty() => format!("“{text}”"),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{} {}", key.replace('_', " "), shown(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let text = text.replace('\n', " ");
    if text.chars().count() > LONGEST { format!("{}…", text.chars().take(LONGEST).collect::<String>()) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::edit::Edit;
    use crate::model::{Answer, Status};

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
}
