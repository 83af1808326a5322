//! Tags for copies: the next free number after the one that the original has.

use std::collections::{BTreeMap, BTreeSet};

/// Tags in use, and those given out so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    taken: BTreeSet<String>,
    /// The number given last after each beginning.
    last: BTreeMap<String, u64>,
}

impl Tags {
    /// Begins with the tags in use.
    pub(super) fn of<'a>(taken: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: taken.map(|tag| tag.trim().to_owned()).collect(), last: BTreeMap::new() }
    }

    /// Whether a tag is in use.
    pub(super) fn is_taken(&self, tag: &str) -> bool {
        self.taken.contains(tag.trim())
    }

    /// Takes a tag into use.
    pub(super) fn take(&mut self, tag: &str) {
        self.taken.insert(tag.trim().to_owned());
    }

    /// The tag itself if it is free, else the same with the next free number; `nameless`
    /// stands in for a tag left empty.
    pub(super) fn free(&mut self, tag: &str, nameless: &str) -> String {
        let wanted = if tag.trim().is_empty() { nameless } else { tag.trim() };
        if !self.is_taken(wanted) {
            self.take(wanted);
            return wanted.to_owned();
        }
        let (stem, digits) = split(wanted);
        let stem = if digits.is_empty() { format!("{stem}-") } else { stem.to_owned() };
        let own = digits.parse().unwrap_or(1);
        let mut number = self.last.get(&stem).map_or(own, |&last: &u64| last.max(own)) + 1;
        let numbered = |number: u64| format!("{stem}{number:0width$}", width = digits.len());
        while self.is_taken(&numbered(number)) {
            number += 1;
        }
        let tag = numbered(number);
        self.take(&tag);
        self.last.insert(stem, number);
        tag
    }
}

/// The tag after the highest with this beginning, written as wide: "C-12" after "C-11",
/// "C-0008" after "C-0007"; one that is free.
pub fn next_tag<'t, S: AsRef<str> + ?Sized + 't>(prefix: &str, taken: impl Iterator<Item = &'t S>) -> String {
    next_tags(prefix, taken).next().unwrap_or_default()
}

/// The tags after the highest with this beginning, one after the other, as [`next_tag`] gives the first.
pub fn next_tags<'t, S: AsRef<str> + ?Sized + 't>(
    prefix: &str,
    taken: impl Iterator<Item = &'t S>,
) -> impl Iterator<Item = String> {
    let taken: BTreeSet<&str> = taken.map(|tag| tag.as_ref().trim()).collect();
    let numbered = taken.iter().filter_map(|tag| {
        let (stem, figures) = split(tag);
        Some((figures.parse::<u64>().ok().filter(|_| stem == prefix)?, figures.len()))
    });
    let (highest, width) = numbered.max().unwrap_or((0, 2));
    let tags = (1..).map(move |step| format!("{prefix}{:0width$}", highest + step));
    tags.filter(move |tag| !taken.contains(tag.as_str()))
}

/// A tag as its beginning and the figures at its end, at most nine of them.
fn split(tag: &str) -> (&str, &str) {
    let figures = tag.bytes().rev().take_while(u8::is_ascii_digit).count().min(9);
    tag.split_at_checked(tag.len() - figures).unwrap_or((tag, ""))
}

/// What tags are sorted by, so that Z-9 comes before Z-10.
pub(super) fn order(tag: &str) -> (&str, u64) {
    let (stem, digits) = split(tag.trim());
    (stem, digits.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(taken: &[&str], wanted: &[&str]) -> Vec<String> {
        let mut tags = Tags::of(taken.iter().copied());
        wanted.iter().map(|tag| tags.free(tag, "Z-1")).collect()
    }

    #[test]
    fn a_copy_gets_the_next_free_number() {
        assert_eq!(free(&["Z-1", "Z-2", "Z-4"], &["Z-1", "Z-1", "Z-2"]), ["Z-3", "Z-5", "Z-6"]);
        assert_eq!(free(&["PLC-099"], &["PLC-099"]), ["PLC-100"]);
        assert_eq!(free(&["FT-007"], &["FT-007"]), ["FT-008"]);
    }

    #[test]
    fn a_tag_without_a_number_becomes_the_first_of_two() {
        assert_eq!(free(&["Z-CTRL"], &["Z-CTRL", "Z-CTRL"]), ["Z-CTRL-2", "Z-CTRL-3"]);
        assert_eq!(free(&["FT-101A"], &["FT-101A"]), ["FT-101A-2"]);
    }

    #[test]
    fn a_free_tag_stays_and_an_empty_one_is_filled() {
        assert_eq!(free(&["Z-1"], &["Z-9", "", " "]), ["Z-9", "Z-2", "Z-3"]);
    }

    fn next(prefix: &str, taken: &[&str]) -> String {
        next_tag(prefix, taken.iter().copied())
    }

    #[test]
    fn the_next_tag_is_written_as_wide_as_the_last() {
        assert_eq!(next("C-", &["C-09", "C-3", "C-x", "D-44"]), "C-10");
        assert_eq!(next("C-", &[" C-0007 ", "Z-C-12"]), "C-0008");
        assert_eq!(next("C-", &[]), "C-01");
    }

    #[test]
    fn several_tags_are_those_that_one_after_the_other_would_be() {
        let given: Vec<String> = next_tags("R-", ["R-98", "R-x"].into_iter()).take(3).collect();
        assert_eq!(given, ["R-99", "R-100", "R-101"]);
    }

    #[test]
    fn the_next_tag_is_free_however_large_the_last() {
        let zeros = format!("C-{}999", "0".repeat(70_000));
        for taken in ["C-4294967295", "C-999999999", "C-18446744073709551615", &zeros] {
            let tag = next("C-", &[taken]);
            assert!(tag.starts_with("C-") && tag.len() < 20, "{tag}");
            let after = next("C-", &[taken, &tag]);
            assert!(tag != taken && after != tag && after != taken, "{after}");
        }
    }

    #[test]
    fn figures_without_end_are_no_trouble() {
        let long = "9".repeat(40);
        assert_ne!(free(&[&long], &[&long]), [long]);
    }
}
