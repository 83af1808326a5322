//! Tags made from names, each given once.

use std::collections::{BTreeMap, BTreeSet};

use super::words::folded;
use crate::model::Id;

/// Tags that are taken, and the number to try next for each that was asked for twice.
#[derive(Debug, Default)]
pub(super) struct Tags {
    taken: BTreeSet<String>,
    next: BTreeMap<String, u32>,
}

impl Tags {
    pub(super) fn of(taken: impl Iterator<Item = String>) -> Self {
        Self { taken: taken.collect(), next: BTreeMap::new() }
    }

    /// Takes a tag, with a number where it is taken.
    pub(super) fn take(&mut self, tag: String) -> String {
        if self.taken.insert(tag.clone()) {
            return tag;
        }
        let number = self.next.entry(tag.clone()).or_insert(2);
        loop {
            let candidate = format!("{tag}-{number}");
            *number += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    /// Takes the next number after a prefix: "C-07".
    pub(super) fn take_number(&mut self, prefix: &str) -> String {
        let number = self.next.entry(prefix.to_owned()).or_insert(1);
        loop {
            let candidate = format!("{prefix}{number:02}");
            *number += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// A tag for a zone of this name; nothing where it has none.
pub(super) fn of_zone(name: &str) -> String {
    const PLAIN: [&str; 7] = ["zone", "level", "the", "and", "of", "network", "purdue"];
    let words = folded(name);
    let is_number = |word: &str| word.trim_start_matches('l').chars().all(|it| it.is_ascii_digit());
    let telling = words.split_whitespace().filter(|word| !PLAIN.contains(word) && !is_number(word));
    let slug = if words.contains("dmz ") { "DMZ".to_owned() } else { slug(telling, 12) };
    let slug = if slug.is_empty() { self::slug(words.split_whitespace(), 12) } else { slug };
    if slug.is_empty() { String::new() } else { format!("Z-{slug}") }
}

/// A tag for an asset of this name and type: the name itself where it looks like a tag.
pub(super) fn of_asset(name: &str, kind: &str) -> String {
    let is_tag = !name.is_empty()
        && name.chars().count() <= 20
        && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '.' | '/' | '+'));
    if is_tag {
        return name.to_owned();
    }
    let slug = slug(folded(name).split_whitespace(), 16);
    match (slug.is_empty(), kind.is_empty()) {
        (false, _) => slug,
        (true, false) => kind.replace('_', "-").to_uppercase(),
        (true, true) => "ASSET".to_owned(),
    }
}

/// The first words that fit, in capitals, joined by dashes.
fn slug<'w>(words: impl Iterator<Item = &'w str>, longest: usize) -> String {
    let mut slug = String::new();
    for word in words {
        let length = slug.chars().count() + word.chars().count() + usize::from(!slug.is_empty());
        if length > longest && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(longest).flat_map(char::to_uppercase));
    }
    slug
}

/// An id that follows from a tag and the file that it stands in, and is not taken: the same file
/// gives the same ids, and another one gives others.
pub(super) fn fresh<K: Id>(file: &str, tag: &str, is_taken: impl Fn(K) -> bool) -> K {
    let mut id = K::derived_from(&format!("{file} {tag}"));
    let mut number = 1;
    while is_taken(id) {
        number += 1;
        id = K::derived_from(&format!("{file} {tag} {number}"));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::drawings::staging::Staging;
    use crate::exchange::drawings::{DrawingKind, read};

    #[test]
    fn tags_are_short_and_say_what_they_stand_for() {
        assert_eq!(of_zone("L3.5 - Industrial DMZ / Edge"), "Z-DMZ");
        assert_eq!(of_zone("Level 2: Supervisory network"), "Z-SUPERVISORY");
        assert_eq!(of_zone("Zone 3"), "Z-ZONE-3");
        assert_eq!(of_zone(""), "");
        assert_eq!(of_asset("PLC-101", "plc"), "PLC-101");
        assert_eq!(of_asset("Order Processor 2; old", ""), "ORDER-PROCESSOR");
        assert_eq!(of_asset("", "jump_host"), "JUMP-HOST");
    }

    #[test]
    fn ids_follow_from_the_file() {
        let drawn = |name: &str| {
            let model = format!(
                r#"{{"otmVersion": "0.2.0", "project": {{"name": "{name}", "id": "p"}},
                "trustZones": [{{"id": "z", "name": "Control", "risk": {{"trustRating": 50}}}}],
                "components": [{{"id": "c", "name": "PLC-1", "type": "plc", "parent": {{"trustZone": "z"}}}}]}}"#
            );
            let drawing = read(DrawingKind::Otm, model.as_bytes()).unwrap();
            Staging::new(drawing).build().0
        };
        let (one, again, other) = (drawn("One"), drawn("One"), drawn("Other"));
        assert_eq!((one.zones.len(), one.assets.len()), (1, 1));
        assert_eq!(one, again);
        assert!(one.zones.ids().all(|id| !other.zones.contains(id)));
        assert!(one.assets.ids().all(|id| !other.assets.contains(id)));
    }

    #[test]
    fn no_tag_is_given_twice() {
        let mut tags = Tags::of(["PLC".to_owned(), "PLC-3".to_owned(), "C-01".to_owned()].into_iter());
        assert_eq!(["PLC", "PLC", "HMI"].map(|it| tags.take(it.to_owned())), ["PLC-2", "PLC-4", "HMI"]);
        assert_eq!([tags.take_number("C-"), tags.take_number("C-")], ["C-02", "C-03"]);
    }
}
