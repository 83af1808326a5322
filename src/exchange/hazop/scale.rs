//! What the severities and likelihoods of a study mean on the scales of a project.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::assets::plain;
use crate::model::{Consequences, Rating};

/// Values as they stand in cells, each with the rating that it becomes; `None`: none.
pub type Scale = BTreeMap<String, Option<Rating>>;

/// Words for steps of a scale of five, in English, German, French, Spanish and Italian.
const WORDS: [&str; 5] = [
    "negligible insignificant none verylow trivial remote rare improbable veryunlikely extremelyunlikely \
     vernachlassigbar unbedeutend sehrgering sehrunwahrscheinlich negligeable despreciable trascurabile",
    "minor low marginal slight small unlikely seldom gering klein leicht unwahrscheinlich selten mineur faible \
     menor bajo minore basso",
    "moderate medium serious significant possible occasional mittel massig erheblich moglich gelegentlich modere \
     moyen moderado medio moderato",
    "major high severe critical likely probable hoch schwer gross kritisch wahrscheinlich majeur grave eleve \
     mayor alto maggiore",
    "catastrophic veryhigh extreme disastrous fatal frequent certain almostcertain verylikely katastrophal sehrhoch \
     extrem haufig sehrwahrscheinlich fastsicher catastrophique catastrofico extremo",
];

/// The longest scale of numbers that is taken for one; beyond it stand amounts and frequencies.
const LONGEST: u64 = 20;

/// Of so many cells at least one is above the scale of a project where that of the study is longer.
const RARE: usize = 20;

/// What values mean on a scale with these words, as far as they say it: by the scale's own
/// words, by numbers, Roman ones too, by letters from A on, by words that are usual. The numbers of
/// a longer scale are spread over this one by the highest of them; among amounts, none means a step.
/// Each value comes as often as it stands in a cell: what is above the scale in one cell of many is
/// no longer scale but a slip, and means nothing, as all others would count for less by it.
pub fn proposed<'v>(values: impl IntoIterator<Item = &'v str>, words: &[String]) -> Scale {
    let cells: Vec<&str> = values.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect();
    let steps = words.len() as u64;
    let highest = highest(cells.iter().filter_map(|it| number(it)), steps);
    let letters = self::highest(cells.iter().filter_map(|it| letter(it)), steps);
    let values: BTreeSet<&str> = cells.into_iter().collect();
    let spread = |step: u64, of: u64| match of {
        of if of > LONGEST || step == 0 || step > of => None,
        of if of <= steps => Rating::new(step as u8),
        // 1 + round((step - 1) (steps - 1) / (of - 1)), in whole numbers
        of => Rating::new(1 + ((2 * (step - 1) * (steps - 1) + of - 1) / (2 * (of - 1))) as u8),
    };
    let names: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let rating = |value: &str| {
        let name = plain(value);
        let own = names.iter().position(|word| !word.is_empty() && *word == name);
        let usual = || WORDS.iter().position(|words| words.split_ascii_whitespace().any(|it| it == name));
        own.and_then(|at| Rating::new(at as u8 + 1))
            .or_else(|| number(value).and_then(|step| spread(step, highest)))
            .or_else(|| letter(value).and_then(|step| spread(step, letters)))
            .or_else(|| usual().and_then(|at| Rating::new(at as u8 + 1)).map(|it| it.spread(5, words.len())))
    };
    values.into_iter().map(|value| (value.to_owned(), rating(value))).collect()
}

/// The highest step of the scale that cells stand on, if it is longer than one of so many steps.
fn highest(cells: impl Iterator<Item = u64>, steps: u64) -> u64 {
    let cells: Vec<u64> = cells.collect();
    let above: Vec<u64> = cells.iter().copied().filter(|it| *it > steps).collect();
    let is_longer = above.len() > 1 && above.len() * RARE >= cells.len();
    if is_longer { above.into_iter().max().unwrap_or(steps) } else { steps }
}

/// Whether a value is a number or a letter above a scale of so many steps.
pub(super) fn is_above(value: &str, steps: usize) -> bool {
    number(value).or_else(|| letter(value)).is_some_and(|it| it > steps as u64)
}

/// The same scale the other way round: in some studies 1 is the worst.
pub fn reversed(scale: &Scale, steps: usize) -> Scale {
    let turned = |it: Rating| Rating::new((steps as u8 + 1).saturating_sub(it.number()));
    scale.iter().map(|(value, rating)| (value.clone(), rating.and_then(turned))).collect()
}

/// The one whole number in a value such as "4", "4.0", "S4", "4 - Severe" or "IV"; none in a frequency.
fn number(value: &str) -> Option<u64> {
    let whole = value.split_once(['.', ',']).filter(|(_, zeros)| matches!(*zeros, "0" | "00"));
    let value = whole.map_or(value, |(whole, _)| whole);
    let is_fraction = value.split(['.', ',']).skip(1).any(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    let is_measure = is_fraction || value.contains(['^', '%', '<', '>']) || value.to_lowercase().contains("e-");
    let mut figures = value.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let Some(first) = figures.next() else { return roman(value) };
    let number = first.parse().ok()?;
    (figures.next().is_none() && !is_measure).then_some(number)
}

/// The one Roman number from I to X in a value such as "IV" or "Class II".
fn roman(value: &str) -> Option<u64> {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let words = value.split(|it: char| !it.is_alphanumeric());
    let mut numbers = words.filter_map(|word| NUMBERS.iter().position(|it| *it == word));
    let number = numbers.next()? as u64 + 1;
    numbers.next().is_none().then_some(number)
}

fn letter(value: &str) -> Option<u64> {
    match value.to_ascii_uppercase().as_bytes() {
        [letter @ b'A'..=b'H'] => Some(u64::from(letter - b'A') + 1),
        _ => None,
    }
}

/// The categories that a cell names, such as "Health & Safety" or "Safety, environment"; none
/// where one of them is unknown.
pub fn categories(cell: &str) -> Option<Vec<usize>> {
    if let Some(known) = category(cell) {
        return Some(vec![known]);
    }
    let cell = cell.replace(" and ", "/").replace(" und ", "/");
    let parts = cell.split(['/', ',', ';', '&', '+', '|', '\n']).filter(|it| !it.trim().is_empty());
    parts.map(category).collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())
}

/// The category that a cell names, by its place in [`Consequences::CATEGORIES`].
pub fn category(cell: &str) -> Option<usize> {
    const NAMES: [&str; 6] = [
        "safety s people person personnel health hs healthandsafety injury injuries sicherheit personen personenschaden mensch securite \
         personnes sicurezza persone seguridad personas",
        "environment e env environmental environmentaldamage umwelt umweltschaden environnement ambiente medioambiente",
        "operations o operational operation production productionloss lossofproduction p availability downtime betrieb produktion exploitation produzione produccion",
        "finance f financial financialloss economic economicloss cost costs money loss asset assets assetdamage \
         equipmentdamage a property propertydamage business commercial legal liability sachschaden kosten finanzen \
         finanziell finances cout couts economico costo costi costos",
        "reputation r image ansehen ruf reputazione reputacion",
        "publicservice public service supply community versorgung servicepublic",
    ];
    let name = plain(cell);
    let own = Consequences::CATEGORIES.iter().position(|it| plain(it) == name);
    own.or_else(|| NAMES.iter().position(|names| names.split_ascii_whitespace().any(|it| it == name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RiskMatrix;

    fn of(values: &[&str]) -> Vec<u8> {
        let scale = proposed(values.iter().copied(), &RiskMatrix::default().consequence);
        values.iter().map(|it| scale[*it].map_or(0, Rating::number)).collect()
    }

    #[test]
    fn numbers_letters_and_words_are_understood() {
        assert_eq!(of(&["1", "S3", "4 - Severe", "Sev 5"]), [1, 3, 4, 5]);
        assert_eq!(of(&["A", "c", "E"]), [1, 3, 5]);
        assert_eq!(of(&["catastrophic", "Serious", "gering", "Très grave", "Moderate"]), [5, 3, 2, 0, 3]);
    }

    #[test]
    fn a_longer_scale_is_spread_over_the_shorter() {
        assert_eq!(of(&["1", "3", "6", "6"]), [1, 3, 5, 5]);
        assert_eq!(of(&["1", "4", "7", "10"]), [1, 2, 4, 5], "the worst is the worst");
        assert_eq!(of(&["A", "G", "H"]), [1, 4, 5]);
        let four = RiskMatrix::default().with_steps(4, 4);
        let scale = proposed(["1", "5", "5", "Major"], &four.consequence);
        assert_eq!(scale["5"], Rating::new(4));
        assert_eq!(scale["Major"], Rating::new(3));
    }

    #[test]
    fn a_slip_above_the_scale_means_nothing_and_makes_nothing_less_grave() {
        assert_eq!(of(&["3", "4", "9"]), [3, 4, 0]);
        assert_eq!(of(&["C", "D", "H"]), [3, 4, 0]);
        assert_eq!(of(&["III", "IV", "IX"]), [3, 4, 0]);
        assert_eq!(of(&["3", "4", "2026"]), [3, 4, 0], "nor is it an amount");
        let many = ["4"; 50].into_iter().chain(["9", "7"]);
        let scale = proposed(many, &RiskMatrix::default().consequence);
        assert_eq!((scale["4"], scale["7"], scale["9"]), (Rating::new(4), None, None), "two of many are slips too");
        assert!(is_above("S9", 5) && is_above("H", 5) && !is_above("5", 5) && !is_above("grim", 5));
    }

    #[test]
    fn frequencies_and_ranges_are_left_to_the_user() {
        assert_eq!(of(&["1E-3", "0.1", "<1 per year", "3-4", "?"]), [0; 5]);
    }

    #[test]
    fn whole_numbers_are_understood_however_they_are_written() {
        assert_eq!(of(&["4.0", "3,0", "5.00", "1"]), [4, 3, 5, 1]);
        assert_eq!(of(&["Sev. 2", "5"]), [2, 5]);
        assert_eq!(of(&["I", "III", "Class IV", "V"]), [1, 3, 4, 5]);
        assert_eq!(of(&["I", "X", "X"]), [1, 5, 5]);
    }

    #[test]
    fn amounts_are_no_steps() {
        assert_eq!(of(&["1", "10", "100000", "1,000"]), [0; 4]);
    }

    #[test]
    fn a_scale_can_be_turned_round() {
        let scale = reversed(&proposed(["1", "5", "?"], &RiskMatrix::default().consequence), 5);
        assert_eq!((scale["1"], scale["5"], scale["?"]), (Rating::new(5), Rating::new(1), None));
    }

    #[test]
    fn categories_are_known_by_name_and_initial() {
        assert_eq!(
            ["Safety", "E", "Umwelt", "public service", "Asset"].map(category),
            [Some(0), Some(1), Some(1), Some(5), Some(3)]
        );
        assert_eq!(["Financial loss", "Costs", "Kosten", "asset damage", "Legal"].map(category), [Some(3); 5]);
        assert_eq!(category("weather"), None);
        assert_eq!(categories("Health & Safety"), Some(vec![0, 0]));
        assert_eq!(categories("Safety / Environment"), Some(vec![0, 1]));
        assert_eq!(categories("Safety / weather"), None);
    }
}
