//! How what was found is said: names in a row, one or several, how far levels lie apart.

use crate::model::{Fr, PerFr, SlVector, Zone};

/// "1 level", "2 levels".
pub fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", one_or_more(count, one, more))
}

/// The word for one thing, or that for several.
pub fn one_or_more<'a>(count: usize, one: &'a str, more: &'a str) -> &'a str {
    if count == 1 { one } else { more }
}

/// "SL 2", or the seven levels where they differ.
pub fn in_words(levels: &SlVector) -> String {
    if *levels == SlVector::uniform(levels.highest()) { format!("SL {}", levels.highest()) } else { levels.to_string() }
}

/// How far two zones' SL-T lie apart where that is most, such as "2 levels apart in FR 5";
/// `None` where they are alike or one is not set.
pub fn levels_apart(one: &Zone, other: &Zone) -> Option<String> {
    let (one, other) = (one.sl_t.as_ref()?.levels, other.sl_t.as_ref()?.levels);
    let apart = PerFr::from_fn(|fr| one[fr].number().abs_diff(other[fr].number()));
    let most = Fr::ALL.into_iter().map(|fr| apart[fr]).max().filter(|&most| most > 0)?;
    let frs: Vec<_> = apart.iter().filter(|(_, apart)| **apart == most).map(|(fr, _)| fr).collect();
    Some(format!("{} apart in {}", counted(usize::from(most), "level", "levels"), all_of(&frs)))
}

/// The FRs in which one SL-T lies below another, in a sentence; `None` where it does in none.
pub fn frs_below(lower: &SlVector, upper: &SlVector) -> Option<String> {
    let frs: Vec<_> = Fr::ALL.into_iter().filter(|&fr| lower[fr] < upper[fr]).collect();
    (!frs.is_empty()).then(|| all_of(&frs))
}

/// A few names in a sentence: "A and B", "A, B, C, D and 4 more".
pub fn some_of<S: AsRef<str>>(names: &[S]) -> String {
    first_few(names.iter().map(|it| it.as_ref().to_owned()), names.len())
}

/// The first few of so many names in a sentence.
pub(super) fn first_few(names: impl Iterator<Item = String>, count: usize) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<_> = names.take(SHOWN).collect();
    if let more @ 1.. = count.saturating_sub(SHOWN) {
        shown.push(format!("{more} more"));
    }
    all_of(&shown)
}

/// All names in a sentence: "A, B and C".
pub fn all_of(names: &[impl ToString]) -> String {
    let mut names: Vec<_> = names.iter().map(ToString::to_string).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_many() {
        assert_eq!([0, 1, 2].map(|it| counted(it, "level", "levels")), ["0 levels", "1 level", "2 levels"]);
        assert_eq!([1, 2].map(|it| one_or_more(it, "counters", "counter")), ["counters", "counter"]);
    }

    #[test]
    fn levels_are_one_figure_where_they_are_alike() {
        let levels: Vec<SlVector> = ["2-2-2-2-2-2-2", "3-2-2-2-2-2-2"].map(|it| it.parse().unwrap()).into();
        assert_eq!([in_words(&levels[0]), in_words(&levels[1])], ["SL 2", "3-2-2-2-2-2-2"]);
    }

    #[test]
    fn a_long_list_ends_with_how_many_more() {
        let listed = ["", "A", "A and B", "A, B and C", "A, B, C and D", "A, B, C, D and 1 more"];
        for (count, sentence) in listed.iter().enumerate() {
            assert_eq!(some_of(&["A", "B", "C", "D", "E"][..count]), *sentence);
        }
    }
}
