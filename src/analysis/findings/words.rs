//! How what was found is said: names in a row, one or several, how far levels lie apart.

use crate::model::{Fr, PerFr, SlVector, Zone};

/// How far two zones' SL-T lie apart where that is most, such as "2 levels apart in FR 5";
/// `None` where they are alike or one is not set.
pub fn levels_apart(one: &Zone, other: &Zone) -> Option<String> {
    let (one, other) = (one.sl_t.as_ref()?.levels, other.sl_t.as_ref()?.levels);
    let apart = PerFr::from_fn(|fr| one[fr].number().abs_diff(other[fr].number()));
    let most = Fr::ALL.into_iter().map(|fr| apart[fr]).max().filter(|&most| most > 0)?;
    let frs: Vec<_> = apart.iter().filter(|(_, apart)| **apart == most).map(|(fr, _)| fr).collect();
    Some(format!("{most} {} apart in {}", if most == 1 { "level" } else { "levels" }, all_of(&frs)))
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
    fn a_long_list_ends_with_how_many_more() {
        let listed = ["", "A", "A and B", "A, B and C", "A, B, C and D", "A, B, C, D and 1 more"];
        for (count, sentence) in listed.iter().enumerate() {
            assert_eq!(some_of(&["A", "B", "C", "D", "E"][..count]), *sentence);
        }
    }
}
