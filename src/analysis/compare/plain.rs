//! What was added, changed or removed, in the words of the fields.

mod unnamed;

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::Value;

use super::{Pairing, Pairs, ThenNow};
use crate::model::{Project, Subject, Table};

/// Whether something is in both states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// It was not there.
    Added,
    /// It is in both.
    Both,
    /// It is not there any more.
    Removed,
}

impl Presence {
    /// By whether it was there and is there.
    pub const fn of(then: bool, now: bool) -> Self {
        match (then, now) {
            (false, _) => Self::Added,
            (true, true) => Self::Both,
            (true, false) => Self::Removed,
        }
    }

    /// The word for it in JSON, tables and on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Both => "changed",
            Self::Removed => "removed",
        }
    }
}

/// Something that was added, changed or removed.
#[derive(Clone, Debug, PartialEq)]
pub struct ThingChange {
    /// What it was and is; nothing for what has no id, such as the scope or a confirmation.
    pub subject: ThenNow<Option<Subject>>,
    /// The word for its kind, such as "zone".
    pub kind: &'static str,
    /// What people call it by, the later word where it has both; empty for what there is only one of.
    pub tag: String,
    /// Whether it was added, changed or removed.
    pub presence: Presence,
    /// The fields that are other ones, such as "purdue" or "sl t"; empty where it came or went.
    pub fields: Vec<String>,
}

/// Fields that only say where something lies on the canvas are told as one.
const PLACE: [&str; 4] = ["frame", "place", "order", "locked"];

/// Everything of both projects that is not the same, but answers and what the projects keep of
/// earlier states.
pub(super) fn things(then: &Project, now: &Project, pairing: &Pairing) -> Vec<ThingChange> {
    let renamed = pairing.renamed();
    // a baseline has no contents of files; which file it is, its hash says
    let (then, now) = (&then.without_contents(), &now.without_contents());
    let sides = (then, now);
    let mut all = unnamed::once(then, now, &renamed);
    macro_rules! tables {
        ($($table:ident)*) => {
            $(all.extend(of_table(sides, (&then.$table, &now.$table), &pairing.$table, &renamed));)*
        };
    }
    tables! {
        zones conduits assets flows evidence risks actions acceptances vendor_access exceptions manual_findings
        measures workshops notes views
    }
    all.extend(unnamed::decisions(then, now, &renamed));
    all
}

fn of_table<K, V>(
    (then, now): (&Project, &Project),
    (before, after): (&Table<K, V>, &Table<K, V>),
    pairs: &Pairs<K>,
    renamed: &HashMap<String, String>,
) -> Vec<ThingChange>
where
    K: Ord + Copy + Into<Subject>,
    V: Clone + PartialEq + Serialize,
{
    let change = |subject: ThenNow<Option<Subject>>, fields: Vec<String>| {
        let known = match subject {
            ThenNow { now: Some(it), .. } => Some((now, it)),
            ThenNow { then: Some(it), .. } => Some((then, it)),
            _ => None,
        };
        known.map(|(project, it)| ThingChange {
            subject,
            kind: it.kind(),
            tag: project.subject_tag(it).into_owned(),
            presence: Presence::of(subject.then.is_some(), subject.now.is_some()),
            fields,
        })
    };
    let here = pairs.now.iter().filter_map(|(&id, &was)| {
        let subject = ThenNow { then: was.map(Into::into), now: Some(id.into()) };
        let Some(was) = was else { return change(subject, Vec::new()) };
        let is_shared = before.shared(was).zip(after.shared(id)).is_some_and(|(a, b)| std::sync::Arc::ptr_eq(a, b));
        if is_shared {
            return None;
        }
        let fields = fields(before.get(was)?, after.get(id)?, renamed);
        if fields.is_empty() { None } else { change(subject, fields) }
    });
    let gone = pairs.then.iter().filter(|(_, now)| now.is_none());
    let gone = gone.filter_map(|(&id, _)| change(ThenNow { then: Some(id.into()), now: None }, Vec::new()));
    let mut all: Vec<_> = here.chain(gone).collect();
    all.sort_by(|one, other| (&one.tag, one.presence).cmp(&(&other.tag, other.presence)));
    all
}

/// The fields in which two items differ, in words, once each.
fn fields<V: Serialize>(then: &V, now: &V, renamed: &HashMap<String, String>) -> Vec<String> {
    differing(renaming(value(then), renamed), value(now), &words)
}

fn value<V: Serialize>(of: &V) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// The fields in which two records differ, in words, once each.
fn differing(then: Value, now: Value, words: &dyn Fn(&str) -> String) -> Vec<String> {
    let (Value::Object(then), Value::Object(now)) = (then, now) else { return Vec::new() };
    let keys: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let differing = keys.into_iter().filter(|key| then.get(*key) != now.get(*key));
    let word = |key: &String| if PLACE.contains(&key.as_str()) { "place".to_owned() } else { words(key) };
    let unique: BTreeSet<String> = differing.map(word).collect();
    unique.into_iter().collect()
}

/// A field's name as people say it.
pub fn words(field: &str) -> String {
    match field {
        "sl_t" => "SL-T".to_owned(),
        "in_suc" => "perimeter".to_owned(),
        "purdue" => "Purdue level".to_owned(),
        "kind" => "type".to_owned(),
        "sha256" => "file".to_owned(),
        "capable" => "capability".to_owned(),
        "other_zones" => "further zones".to_owned(),
        "review" => "to be looked at again".to_owned(),
        other => other.replace('_', " "),
    }
}

/// The same with each id as it is later.
fn renaming(value: Value, renamed: &HashMap<String, String>) -> Value {
    if renamed.is_empty() {
        return value;
    }
    let later = |text: String| with_ids(&text, |id| renamed.get(id).cloned()).unwrap_or(text);
    match value {
        Value::String(text) => Value::String(later(text)),
        Value::Array(items) => {
            let ids =
                |it: &Value| it.as_str().is_some_and(|it| renamed.contains_key(it.split('/').next().unwrap_or(it)));
            let is_set = items.iter().any(ids);
            let mut items: Vec<_> = items.into_iter().map(|it| renaming(it, renamed)).collect();
            // a set of ids is written in the order of the ids
            if is_set && items.iter().all(Value::is_string) {
                items.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            }
            Value::Array(items)
        }
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, it)| (later(key), renaming(it, renamed))).collect())
        }
        other => other,
    }
}

/// The text with each id in it put in other words; `None` where it holds none that is known. A
/// target and a requirement are written "z-…/SR 1.1", a decision "E05 a-… z-…".
fn with_ids(text: &str, known: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut is_other = false;
    let mut other = |word: &str| {
        let (id, rest) = word.split_once('/').map_or((word, None), |(id, rest)| (id, Some(rest)));
        let Some(id) = known(id) else { return word.to_owned() };
        is_other = true;
        rest.map_or_else(|| id.clone(), |rest| format!("{id}/{rest}"))
    };
    let words: Vec<_> = text.split(' ').map(&mut other).collect();
    is_other.then(|| words.join(" "))
}
