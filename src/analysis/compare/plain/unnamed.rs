//! What has no id: the title page, the scope, the settings, and what was decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::{Presence, ThingChange, differing, renaming, value, with_ids, words};
use crate::analysis::compare::ThenNow;
use crate::model::{Project, RiskMatrix, Settings};

/// What a project has once.
pub(super) fn once(then: &Project, now: &Project, renamed: &HashMap<String, String>) -> Vec<ThingChange> {
    let changed = |kind, fields: Vec<String>| (!fields.is_empty()).then(|| change(kind, "", Presence::Both, fields));
    let scope = || differing(renaming(value(&then.scope), renamed), value(&now.scope), &words);
    let info = (!Arc::ptr_eq(&then.info, &now.info))
        .then(|| differing(value(&then.info), value(&now.info), &words))
        .and_then(|it| changed("title page", it));
    let scope = (!Arc::ptr_eq(&then.scope, &now.scope)).then(scope).and_then(|it| changed("scope", it));
    let settings = changed("settings", settings(&then.settings, &now.settings));
    info.into_iter().chain(scope).chain(settings).collect()
}

fn settings(then: &Settings, now: &Settings) -> Vec<String> {
    if then == now {
        return Vec::new();
    }
    let rest = |it: &Settings| value(&Settings { matrix: RiskMatrix::default(), ..it.clone() });
    let mut fields = differing(value(&then.matrix), value(&now.matrix), &|field| match field {
        "tolerable" => "tolerable line".to_owned(),
        "levels" => "risk matrix".to_owned(),
        "styles" => "words and colours of risk levels".to_owned(),
        scale => format!("{scale} scale"),
    });
    fields.extend(differing(rest(then), rest(now), &|field| match field {
        "derivation" => "SL-T proposed by consequence".to_owned(),
        "conduit_scope" => "requirements in the scope of conduits".to_owned(),
        "outages" => "outage windows".to_owned(),
        other => words(other),
    }));
    fields
}

/// What was decided, about steps, findings, computed values and proposals.
pub(super) fn decisions(then: &Project, now: &Project, renamed: &HashMap<String, String>) -> Vec<ThingChange> {
    let sides = (then, now);
    let mut all = Vec::new();
    let mut tell = |kind, before, after| all.extend(of_map(sides, kind, (before, after), renamed));
    tell("confirmation", keyed(then.confirmations.iter()), keyed(now.confirmations.iter()));
    tell("confirmation", keyed(then.zcr.iter()), keyed(now.zcr.iter()));
    if !then.overrides.same(&now.overrides) {
        tell("override", keyed(then.overrides.iter()), keyed(now.overrides.iter()));
    }
    tell("finding set aside", keyed(then.set_aside.iter()), keyed(now.set_aside.iter()));
    tell("proposal refused", keyed(then.refused.iter()), keyed(now.refused.iter()));
    all
}

fn keyed<K: ToString, V: Serialize>(all: impl Iterator<Item = (K, V)>) -> BTreeMap<String, Value> {
    all.map(|(key, it)| (key.to_string(), value(&it))).collect()
}

fn of_map(
    (then, now): (&Project, &Project),
    kind: &'static str,
    (before, after): (BTreeMap<String, Value>, BTreeMap<String, Value>),
    renamed: &HashMap<String, String>,
) -> Vec<ThingChange> {
    let later = |key: String| with_ids(&key, |id| renamed.get(id).cloned()).unwrap_or(key);
    let before: BTreeMap<_, _> = before.into_iter().map(|(key, it)| (later(key), renaming(it, renamed))).collect();
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let keys: Vec<&String> = keys.into_iter().filter(|key| before.get(*key) != after.get(*key)).collect();
    if keys.is_empty() {
        return Vec::new();
    }
    let tags = tags(then, now);
    let told = keys.into_iter().map(|key| {
        let (was, is) = (before.get(key), after.get(key));
        let fields = was.zip(is).map_or_else(Vec::new, |(was, is)| differing(was.clone(), is.clone(), &words));
        let tag = with_ids(key, |id| tags.get(id).cloned()).unwrap_or_else(|| key.clone());
        // "Z-1/SR 1.1" is written "Z-1 SR 1.1" for people
        change(kind, &tag.replace("/SR ", " SR "), Presence::of(was.is_some(), is.is_some()), fields)
    });
    told.collect()
}

/// What people call each thing by, by its id; the later word where it is in both.
fn tags(then: &Project, now: &Project) -> HashMap<String, String> {
    let of = |it: &'_ Project| -> Vec<(String, String)> {
        it.subjects().map(|id| (id.to_string(), it.subject_tag(id).into_owned())).collect()
    };
    of(then).into_iter().chain(of(now)).collect()
}

fn change(kind: &'static str, tag: &str, presence: Presence, fields: Vec<String>) -> ThingChange {
    ThingChange { subject: ThenNow::default(), kind, tag: tag.to_owned(), presence, fields }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::{Comparison, compare_projects};
    use crate::analysis::fixture::{Fixture, TODAY};
    use crate::catalogue::Catalogue;
    use crate::model::*;

    fn plant() -> Fixture {
        Fixture::new().zone("Z-1", |_| ()).asset("PLC", "plc", "Z-1", |_| ())
    }

    fn compared(change: impl FnOnce(&mut Project)) -> Comparison {
        let then = plant().project;
        let mut now = then.clone();
        change(&mut now);
        compare_projects((&then, TODAY), (&now, TODAY), Catalogue::embedded())
    }

    /// "settings  changed: tolerable line".
    fn told(change: impl FnOnce(&mut Project)) -> Vec<String> {
        let comparison = compared(change);
        assert!(!comparison.is_empty());
        let line =
            |it: &ThingChange| format!("{} {} {}: {}", it.kind, it.tag, it.presence.word(), it.fields.join(", "));
        comparison.things.iter().map(line).collect()
    }

    #[test]
    fn title_page_scope_and_settings_are_told_by_field() {
        assert_eq!(
            told(|it| {
                let info = Arc::make_mut(&mut it.info);
                (info.title, info.marking) = ("Follow-up".into(), "Confidential".into());
            }),
            ["title page  changed: marking, title"]
        );
        assert_eq!(
            told(|it| {
                let scope = Arc::make_mut(&mut it.scope);
                scope.people.push(Person { role: "Plant manager".into(), ..Person::default() });
                scope.documents.push(Document::default());
                scope.regulated_service = "Drinking water".into();
            }),
            ["scope  changed: documents, people, regulated service"]
        );
        assert_eq!(
            told(|it| {
                let settings = Arc::make_mut(&mut it.settings);
                settings.matrix.tolerable = RiskLevel::Low;
                settings.matrix.levels[0][0] = RiskLevel::High;
                settings.derivation.0[0] = SecurityLevel::ALL[4];
                settings.conduit_scope.insert("SR 1.1".parse().unwrap(), false);
            }),
            [
                "settings  changed: risk matrix, tolerable line, SL-T proposed by consequence, requirements in the scope of conduits"
            ]
        );
    }

    #[test]
    fn what_was_decided_is_told_by_what_it_is_about() {
        let by = || Confirmation { by: "Plant manager".into(), ..Confirmation::default() };
        assert_eq!(
            told(|it| drop(Arc::make_mut(&mut it.confirmations).insert(ValidationStep::Levels, by()))),
            ["confirmation levels added: "]
        );
        assert_eq!(
            told(|it| drop(Arc::make_mut(&mut it.zcr).insert("ZCR 3.1".parse().unwrap(), by()))),
            ["confirmation ZCR 3.1 added: "]
        );
        let reason = |reason: &str| SetAside { reason: reason.into(), ..SetAside::default() };
        let key = format!("Z02 {}", ZoneId::derived_from("Z-1"));
        let refused = format!("no-backup {}", AssetId::derived_from("PLC"));
        assert_eq!(
            told(|it| drop(Arc::make_mut(&mut it.refused).insert(refused, reason("Spare")))),
            ["proposal refused no-backup PLC added: "]
        );
        assert_eq!(
            told(|it| drop(Arc::make_mut(&mut it.set_aside).insert(key.clone(), reason("Spare")))),
            ["finding set aside Z02 Z-1 added: "]
        );
        let gap = plant().gap("Z-1/SR 1.1");
        let blocks = Some(Override { value: true, reason: "The auditor asks for it".into() });
        let blocks = GapOverride { blocks_closure: blocks, ..GapOverride::default() };
        assert_eq!(told(|it| it.overrides.insert(gap, blocks)), ["override Z-1 SR 1.1 added: "]);
        // another reason for the same decision
        let mut then = plant().project;
        Arc::make_mut(&mut then.set_aside).insert(key.clone(), reason("Spare"));
        let mut now = then.clone();
        Arc::make_mut(&mut now.set_aside).insert(key, reason("Not in use"));
        let comparison = compare_projects((&then, TODAY), (&now, TODAY), Catalogue::embedded());
        assert_eq!(comparison.things[0].fields, ["reason"]);
    }

    #[test]
    fn notes_and_views_count_and_contents_of_files_do_not() {
        let note = Note { text: "Ask the vendor".into(), ..Note::default() };
        assert_eq!(told(|it| it.notes.insert(NoteId::derived_from("1"), note)), ["note Ask the vendor added: "]);
        let file = Attachment { name: "rules.txt".into(), content: vec![1; 20].into() };
        let evidence = Evidence { tag: "EV-1".into(), file: Some(file), ..Evidence::default() };
        let mut now = plant().project;
        now.evidence.insert(EvidenceId::derived_from("EV-1"), evidence);
        let comparison = compare_projects((&now.without_contents(), TODAY), (&now, TODAY), Catalogue::embedded());
        assert!(comparison.is_empty(), "{:?}", comparison.things);
    }
}
